/* Shaping with HarfBuzz: text in one face to glyphs with clusters. */
#ifndef BX_SHAPE_H
#define BX_SHAPE_H

#include "base/arena.h"
#include "font/fontset.h"

/* One glyph as shaped, before justification; design units. */
struct bx_shaped {
    uint32_t glyph;
    int advance; /* along the line: to the right, or downward when vertical; >= 0 */
    int dx, dy;  /* of the glyph's horizontal origin against the pen; dy up */
    int text_at; /* byte in `text` of the cluster's start */
};

enum bx_shape_flag {
    BX_SHAPE_HALF_DIGITS = 1, /* hwid, where the face has it */
    BX_SHAPE_VERTICAL = 2,    /* vert forms, upright */
    BX_SHAPE_LATIN = 4,       /* script Latn and kerning; else Hani, zh-Hans, no kerning */
};

/* Shapes text[at .. at+len) with the whole text as context. Never gives glyph 0 for a character
 * the face covers; ligatures over several characters have one glyph at the first of them.
 *
 * Gives   *out in the arena and the number of glyphs. */
int bx_shape(struct bx_shaped **out,
             struct bx_arena *arena,
             const struct bx_font *font,
             const char *text,
             int text_len,
             int at,
             int len,
             unsigned flags);

#endif

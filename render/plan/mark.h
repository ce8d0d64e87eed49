/* Marks: what ends up on paper. The vocabulary of the display list.
 *
 * Made by plan/ with places relative to a line or cell, put on pages by page/, read by output/.
 * y grows downward. */
#ifndef BX_MARK_H
#define BX_MARK_H

#include "base/len.h"
#include "font/fontset.h"
#include "layout/form.h"
#include "plan/structure.h"

/* A glyph with its place on the line.
 *
 * Holds  glyphs of one cluster stand side by side; the first carries the cluster's text, the
 *        others text_len 0. The clusters of a run cover its text in order, without gaps. */
struct bx_glyph {
    uint32_t index; /* in the font file; never 0 */
    bx_len advance; /* to the next glyph's pen, justification included */
    bx_len dx, dy;  /* of the glyph's horizontal origin against the pen; dy down */
    int text_at;    /* byte in the run's text */
    int text_len;   /* bytes of the cluster */
};

/* Glyphs in one face and size. The pen starts at x, y and moves right by each advance, or down
 * when is_vertical. A glyph is drawn with its horizontal origin (left end of the baseline) at
 * the pen + (dx, dy), in both cases.
 *
 * Notes   scale_x_1000 stretches the outlines horizontally (a —— joined from one dash). */
struct bx_run {
    const struct bx_font *font;
    bx_len size;
    bx_len x, y;
    bool is_vertical;
    int scale_x_1000; /* 1000 as a rule */
    const struct bx_glyph *glyphs;
    int glyph_count;
    const char *text; /* UTF-8 of exactly these glyphs, text_len bytes */
    int text_len;
    struct bx_colour colour;
    int element; /* or BX_ARTIFACT_... */
};

#endif

/* What a font's codes mean and how wide they are: the part of a font that reading needs. */
#ifndef BX_MEANING_H
#define BX_MEANING_H

#include "verify/document.h"

/* The text of a code; len 0 for a code without one. */
struct bx_meaning {
    const char *text; /* UTF-8 */
    int len;
};

/* A font of a page.
 *
 * Shape  meanings[0 .. meaning_count) and widths[0 .. width_count) by code, which is the CID. */
struct bx_read_font {
    const struct bx_object *object; /* the dictionary; the same font is the same object */
    bool is_vertical;
    struct bx_meaning *meanings;
    int meaning_count, meaning_capacity;
    int *widths; /* 1/1000 em; -1 for the default */
    int width_count, width_capacity;
    int default_width;
    int origin_y;      /* of vertical writing, 1/1000 em */
    const char *fault; /* why its codes cannot be trusted, or NULL */
};

/* Reads a composite font with two-byte codes that are CIDs: the only kind we write. Any other is
 * told as its fault. Texts are in the arena. */
void bx_read_font_build(struct bx_read_font *out,
                        const struct bx_document *document,
                        const struct bx_object *font,
                        struct bx_arena *arena);

struct bx_meaning bx_read_font_meaning(const struct bx_read_font *font, uint32_t code);
int bx_read_font_width(const struct bx_read_font *font, uint32_t code);

#endif

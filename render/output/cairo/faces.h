/* Faces for cairo, opened from the very file and index the glyph numbers belong to. */
#ifndef BX_CAIRO_FACES_H
#define BX_CAIRO_FACES_H

#include <cairo.h>

#include "base/arena.h"
#include "base/err.h"
#include "font/fontset.h"

struct bx_cairo_face {
    const struct bx_font *font;
    cairo_font_face_t *face;
};

/* Shape  one entry per face used so far: a handful, so it is searched from the front. */
struct bx_cairo_faces {
    struct bx_arena arena;
    struct bx_cairo_face *items;
    int count, capacity;
};

/* Gives   *out, lent by the list.
 * Fails   BX_E_FONT when FreeType cannot open the file. */
bool bx_cairo_faces_find(cairo_font_face_t **out,
                         struct bx_cairo_faces *faces,
                         const struct bx_font *font,
                         struct bx_err *err);

void bx_cairo_faces_fini(struct bx_cairo_faces *faces);

#endif

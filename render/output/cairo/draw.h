/* A page's marks as cairo calls: what PNG and SVG have in common. */
#ifndef BX_CAIRO_DRAW_H
#define BX_CAIRO_DRAW_H

#include "output/cairo/faces.h"
#include "page/pages.h"

enum bx_glyph_way {
    BX_GLYPHS_AS_PATHS, /* exact to 1/64 pixel */
    BX_GLYPHS_AS_TEXT,  /* an outline is stored once and used often */
};

/* Draws all marks. cr's user space is the page in points.
 *
 * Fails   BX_E_FONT, BX_E_WRITE. */
bool bx_cairo_draw(cairo_t *cr,
                   const struct bx_page *page,
                   enum bx_glyph_way way,
                   struct bx_cairo_faces *faces,
                   struct bx_err *err);

#endif

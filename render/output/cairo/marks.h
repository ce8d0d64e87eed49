/* A page's marks as cairo calls: what PNG and SVG have in common. */
#ifndef BX_CAIRO_MARKS_H
#define BX_CAIRO_MARKS_H

#include "output/cairo/faces.h"
#include "page/pages.h"

/* Draws all marks. cr's user space is the page in points. Glyphs are filled paths, exact to 1/64
 * pixel, or cairo's text, whose outlines are stored once and used often.
 *
 * Fails   BX_E_FONT, BX_E_WRITE. */
bool bx_cairo_marks(cairo_t *cr,
                    const struct bx_page *page,
                    bool as_paths,
                    struct bx_cairo_faces *faces,
                    struct bx_err *err);

#endif

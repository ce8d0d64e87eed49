/* The cairo back end: pages to PNG and SVG, for previews and as an independent look at what the
 * PDF must look like. */
#ifndef BX_CAIRO_OUT_H
#define BX_CAIRO_OUT_H

#include "base/buf.h"
#include "base/err.h"
#include "page/pages.h"

/* One page (from 0) as a PNG on white at `dpi`, or as SVG.
 *
 * Fails   BX_E_WRITE. */
bool bx_cairo_png(
    struct bx_buf *out, const struct bx_pages *pages, int page, int dpi, struct bx_err *err);
bool bx_cairo_svg(struct bx_buf *out,
                  const struct bx_pages *pages,
                  int page,
                  struct bx_err *err);

#endif

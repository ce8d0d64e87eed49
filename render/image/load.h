/* The pictures part, which is loaded when a report has its first image or a page is drawn as one:
 * libpng, libjpeg, lcms2 and cairo come with it, and with cairo half a window system. */
#ifndef BX_IMAGE_LOAD_H
#define BX_IMAGE_LOAD_H

#include "base/buf.h"
#include "image/image.h"

struct bx_pages;

/* What the module offers: functions of image.h and of output/cairo/cairo_out.h. */
struct bx_pictures {
    int version; /* BX_PICTURES_VERSION of the module */
    bool (*load)(struct bx_image **out,
                 struct bx_arena *arena,
                 const struct bx_image_request *request,
                 struct bx_findings *findings,
                 struct bx_err *err);
    bool (*read)(struct bx_image **out,
                 struct bx_arena *arena,
                 const void *data,
                 size_t len,
                 const struct bx_image_request *request,
                 struct bx_findings *findings,
                 struct bx_err *err);
    bool (*decode)(struct bx_image *out,
                   struct bx_arena *arena,
                   const struct bx_image *jpeg,
                   struct bx_err *err);
    bool (*draw_png)(struct bx_buf *out,
                     const struct bx_pages *pages,
                     int page,
                     int dpi,
                     struct bx_err *err);
    bool (*draw_svg)(struct bx_buf *out,
                     const struct bx_pages *pages,
                     int page,
                     struct bx_err *err);
};

#define BX_PICTURES_VERSION 2
#define BX_PICTURES_SYMBOL  "bx_pictures_module"

/* Fails   BX_E_READ: the module is not where the program is, or is of another version. */
const struct bx_pictures *bx_pictures_load(struct bx_err *err);

#endif

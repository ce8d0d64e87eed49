/* What the loaded module shows to the program: one table, found by its name. */
#include "image/load.h"
#include "output/cairo/cairo_out.h"

/* All else in the module is hidden. */
#pragma GCC visibility push(default)
extern const struct bx_pictures bx_pictures_module;
#pragma GCC visibility pop

const struct bx_pictures bx_pictures_module = {
    .version = BX_PICTURES_VERSION,
    .load = bx_image_load,
    .read = bx_image_read,
    .decode = bx_image_decode,
    .draw_png = bx_cairo_png,
    .draw_svg = bx_cairo_svg,
};

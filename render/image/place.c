#include "image/image.h"

static bx_len scale(bx_len len, bx_len to, bx_len from)
{
    int64_t scaled = ((int64_t)len * to + from / 2) / from;
    return scaled < 1 ? 1 : scaled > INT32_MAX ? INT32_MAX : (bx_len)scaled;
}

void bx_image_place_size(bx_len *w,
                         bx_len *h,
                         bx_len natural_w,
                         bx_len natural_h,
                         const struct bx_image_space *space)
{
    bx_len wide = natural_w;
    if (space->width_um > 0)
        wide = bx_len_from_um(space->width_um < BX_UM_MAX ? space->width_um : BX_UM_MAX);
    else if (space->width_1000 > 0)
        wide = scale(space->area_w, space->width_1000, 1000);
    wide = wide < space->area_w ? wide : space->area_w;
    bx_len high = scale(wide, natural_h, natural_w);
    if (high > space->most_h) {
        wide = scale(space->most_h, natural_w, natural_h);
        high = space->most_h;
    }
    *w = wide < space->area_w ? wide : space->area_w;
    *h = high;
}

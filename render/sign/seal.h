/* A seal's picture as the look of a signature. Plain pixels: this part knows no images. */
#ifndef BX_SIGN_SEAL_H
#define BX_SIGN_SEAL_H

#include <stdint.h>

/* Lengths in 1/1000 pt.
 *
 * Holds  the ink lies inside the picture; ink_x, ink_y count from its top left corner. */
struct bx_sign_seal {
    int width, height, components;      /* pixels; 1 gray or 3 RGB */
    const void *pixels, *alpha;         /* 8 bits each; alpha may be NULL */
    int64_t picture_w, picture_h;       /* the whole picture on paper */
    int64_t ink_x, ink_y, ink_w, ink_h; /* what of it is no blank margin */

    /* Where a seal goes that no field has a place for: the centre of its ink, y up. */
    int page; /* number of its object; 0: nowhere */
    int64_t centre_x, centre_y;
};

#endif

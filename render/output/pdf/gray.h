/* Colours as tints of black. */
#ifndef BX_PDF_GRAY_H
#define BX_PDF_GRAY_H

#include <stdint.h>

#include "layout/form.h"

/* The gray of a colour's lightness. */
struct bx_colour bx_pdf_gray(const struct bx_colour *colour);

/* The same for `count` pixels of three bytes; `out` takes one byte each. */
void bx_pdf_gray_pixels(uint8_t *out, const uint8_t *rgb, int64_t count);

#endif

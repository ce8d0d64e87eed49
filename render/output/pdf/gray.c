#include "output/pdf/gray.h"

/* sRGB colours as tints of black of the same lightness. Equal lightness is equal luminance, so a
 * colour is made linear, summed by the eye's weights and encoded again (IEC 61966-2-1). In whole
 * numbers, so that the result is the same on every machine. */

#define ONE      65536 /* of linear light */
#define ROOT_ONE 32768
#define BYTE_MAX 255
#define FULL     1000 /* of struct bx_colour */

/* The largest n with n^5 <= value, below 4097. */
static int64_t fifth_root(int64_t value)
{
    int64_t low = 0, high = 4097;
    while (high - low > 1) {
        int64_t n = (low + high) / 2;
        if (n * n * n * n * n <= value)
            low = n;
        else
            high = n;
    }
    return low;
}

/* From 0 .. full to 0 .. ONE. The curve's exponent 2.4 is 2 + 2/5: u^2 times the fifth root of
 * u^2, which is kept in 12 bits. */
static int64_t linear_from(int64_t value, int64_t full)
{
    if (value * 100000 <= full * 4045)
        return value * ONE * 25 / (full * 323); /* 12.92 = 323 / 25 */
    int64_t u = ROOT_ONE * (1000 * value + 55 * full) / (1055 * full);
    int64_t root = fifth_root(u * u << 30);
    return (u * u * root) >> 26; /* 2^30 * 2^12 to 2^16 */
}

static int64_t luminance(int64_t r, int64_t g, int64_t b)
{
    return (2126 * r + 7152 * g + 722 * b) / 10000;
}

/* The value of 0 .. full whose light is nearest. */
static int64_t encode(int64_t light, int64_t full)
{
    int64_t low = 0, high = full;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (linear_from(middle, full) < light)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0 && light - linear_from(low - 1, full) < linear_from(low, full) - light)
        low--;
    return low;
}

struct bx_colour bx_pdf_gray(const struct bx_colour *colour)
{
    if (colour->is_gray)
        return *colour;
    int64_t light = luminance(linear_from(colour->r, FULL), linear_from(colour->g, FULL),
                              linear_from(colour->b, FULL));
    return (struct bx_colour){.is_gray = true, .r = (int16_t)encode(light, FULL)};
}

void bx_pdf_gray_pixels(uint8_t *out, const uint8_t *rgb, int64_t count)
{
    int64_t linear[BYTE_MAX + 1];
    uint8_t grays[1024]; /* by the upper ten bits of the light */
    for (int i = 0; i <= BYTE_MAX; i++)
        linear[i] = linear_from(i, BYTE_MAX);
    for (int i = 0; i < 1024; i++)
        grays[i] = (uint8_t)encode(i * 64 + 32, BYTE_MAX);
    for (int64_t i = 0; i < count; i++) {
        int64_t light =
            luminance(linear[rgb[3 * i]], linear[rgb[3 * i + 1]], linear[rgb[3 * i + 2]]);
        out[i] = grays[light < ONE ? light >> 6 : 1023];
    }
}

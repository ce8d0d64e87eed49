#include <stdint.h>

#include "image/image.h"

/* A pixel is ink when an eighth of the paper's light or more is missing under it: the blank around a
 * stamp that was scanned is seldom quite white. */

enum {
    INK_LEAST = 32, /* of 255 */
    RED_LEAST = 48, /* red above the mean of the others, of 255, in the mean of all ink */
};

/* How much a component takes from white paper. */
static int missing(const struct bx_image *image, const unsigned char *pixel, size_t at, int i)
{
    const unsigned char *alphas = image->alpha;
    int alpha = alphas ? alphas[at] : 255;
    return (255 - pixel[image->components == 3 ? i : 0]) * alpha / 255;
}

void bx_image_find_ink(struct bx_image_ink *out, const struct bx_image *image)
{
    struct bx_image_ink ink = {.left = image->width, .top = image->height};
    const unsigned char *pixel = image->data;
    int64_t red = 0, count = 0;
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++, pixel += image->components) {
            size_t at = (size_t)y * (size_t)image->width + (size_t)x;
            int r = missing(image, pixel, at, 0), g = missing(image, pixel, at, 1);
            int b = missing(image, pixel, at, 2);
            if (r < INK_LEAST && g < INK_LEAST && b < INK_LEAST)
                continue;
            count++;
            red += (g + b) / 2 - r;
            ink.left = x < ink.left ? x : ink.left;
            ink.right = x >= ink.right ? x + 1 : ink.right;
            ink.top = y < ink.top ? y : ink.top;
            ink.bottom = y + 1;
        }
    ink.is_blank = count == 0;
    ink.is_red = red > RED_LEAST * count;
    *out = ink;
}

#include "image/image_work.h"

#include <assert.h>

/* From pixels as stored to the image as seen, in one pass, so that a large photograph is held
 * twice at most. */

uint32_t bx_image_u16(const unsigned char *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

uint32_t bx_image_u32(const unsigned char *at)
{
    return bx_image_u16(at) << 16 | bx_image_u16(at + 2);
}

static bool is_opaque(const struct bx_pixels *pixels)
{
    if (!pixels->has_alpha)
        return true;
    size_t count = (size_t)pixels->width * (size_t)pixels->height;
    size_t step = (size_t)pixels->components + 1;
    const unsigned char *alpha = pixels->samples + pixels->components;
    for (size_t i = 0; i < count; i++)
        if (alpha[i * step] != 255)
            return false;
    return true;
}

/* Gray that is told in three components prints in three inks; told in one, in black alone. */
static bool is_gray(const struct bx_pixels *pixels)
{
    if (pixels->components == 1)
        return true;
    size_t count = (size_t)pixels->width * (size_t)pixels->height;
    size_t step = pixels->has_alpha ? 4 : 3;
    const unsigned char *at = pixels->samples;
    for (size_t i = 0; i < count; i++, at += step)
        if (at[0] != at[1] || at[1] != at[2])
            return false;
    return true;
}

/* Where a pixel is stored that is seen at x, y. Width and height are those stored. */
static size_t find_stored(int orientation, int x, int y, int width, int height)
{
    int col = orientation >= 5 ? y : x, row = orientation >= 5 ? x : y;
    bool is_right =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    bool is_below =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    col = is_right ? width - 1 - col : col;
    row = is_below ? height - 1 - row : row;
    return (size_t)row * (size_t)width + (size_t)col;
}

struct bx_image *
bx_pixels_give(const struct bx_pixels *pixels, int orientation, struct bx_arena *arena)
{
    assert(pixels->components == 1 || pixels->components == 3);
    assert(1 <= orientation && orientation <= 8);
    bool is_turned = orientation >= 5;
    size_t count = (size_t)pixels->width * (size_t)pixels->height;
    size_t step = (size_t)pixels->components + pixels->has_alpha;
    size_t components = is_gray(pixels) ? 1 : 3;
    unsigned char *data = bx_arena_alloc(arena, count, components);
    unsigned char *alpha = is_opaque(pixels) ? NULL : bx_arena_alloc(arena, count, 1);

    struct bx_image *image = BX_NEW(arena, struct bx_image);
    *image = (struct bx_image){
        .width = is_turned ? pixels->height : pixels->width,
        .height = is_turned ? pixels->width : pixels->height,
        .components = (int)components,
        .data = data,
        .data_len = count * components,
        .alpha = alpha,
    };
    size_t to = 0;
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width; x++, to++) {
            const unsigned char *from =
                pixels->samples +
                step * find_stored(orientation, x, y, pixels->width, pixels->height);
            for (size_t c = 0; c < components; c++)
                data[to * components + c] = from[c];
            if (alpha)
                alpha[to] = from[pixels->components];
        }
    }
    return image;
}

static bx_len natural_side(int pixels, int64_t metre)
{
    enum {
        POINTS_PER_254_M = 720000 /* 72 pt are 0.0254 m */
    };
    if (metre < BX_METRE_LEAST || metre > BX_METRE_MOST)
        metre = BX_METRE_DEFAULT;
    int64_t side = (int64_t)pixels * POINTS_PER_254_M * BX_PT / 254 / metre;
    return side > 0 ? (bx_len)side : 1;
}

void bx_image_set_natural(struct bx_image *image, int64_t metre_x, int64_t metre_y)
{
    image->natural_w = natural_side(image->width, metre_x);
    image->natural_h = natural_side(image->height, metre_y);
}

#include "verify/seen.h"

/* Under Multiply black text stays black, and all that can hide it is a ground as dark as itself. So the
 * darkest place of the picture decides, each as it is on white paper. */

enum {
    LIGHT_LEAST = 12, /* percent; the red of a seal is 21 to 30 */
    SIDE_MOST = 1 << 16,
};

static int component_count(const struct bx_document *document, const struct bx_object *image)
{
    const struct bx_object *space = bx_object_find(document, image, "ColorSpace");
    return bx_object_is_name(space, "DeviceGray")   ? 1
           : bx_object_is_name(space, "DeviceRGB")  ? 3
           : bx_object_is_name(space, "DeviceCMYK") ? 4
                                                    : 0;
}

/* Samples of 8 bits, as many as its sides say; 0 where it holds anything else. */
static int64_t
pixel_count(const struct bx_document *document, const struct bx_object *image, int components)
{
    int64_t width = bx_object_int(bx_object_find(document, image, "Width"), 0);
    int64_t height = bx_object_int(bx_object_find(document, image, "Height"), 0);
    bool is_plain =
        image->kind == BX_OBJECT_STREAM && image->is_decoded && components > 0 &&
        bx_object_find(document, image, "Filter")->kind != BX_OBJECT_ARRAY &&
        !bx_object_is_name(bx_object_find(document, image, "Filter"), "DCTDecode") &&
        bx_object_int(bx_object_find(document, image, "BitsPerComponent"), 0) == 8 &&
        bx_object_find(document, image, "Decode")->kind == BX_OBJECT_NULL &&
        bx_object_find(document, image, "Mask")->kind == BX_OBJECT_NULL;
    bool has_sides = 0 < width && width < SIDE_MOST && 0 < height && height < SIDE_MOST;
    return is_plain && has_sides && (uint64_t)(width * height * components) <= image->len
               ? width * height
               : 0;
}

/* Percent of the light of white paper, by the weights that the text's colours are judged by. */
static int lightness(const unsigned char *pixel, int components)
{
    if (components == 1)
        return pixel[0] * 100 / 255;
    int sum = 299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2];
    if (components == 4)
        sum = (255000 - sum) / 255 * (255 - pixel[3]);
    return sum / 2550;
}

bool bx_seen_is_clear(const struct bx_document *document, const struct bx_object *image)
{
    const struct bx_object *mask = bx_object_find(document, image, "SMask");
    bool has_mask = mask->kind != BX_OBJECT_NULL;
    int components = component_count(document, image);
    int64_t count = pixel_count(document, image, components);
    if (count == 0 || (has_mask && pixel_count(document, mask, 1) != count))
        return false;
    const unsigned char *pixel = (const unsigned char *)image->bytes;
    const unsigned char *alphas = (const unsigned char *)mask->bytes;
    for (int64_t i = 0; i < count; i++, pixel += components) {
        int alpha = has_mask ? alphas[i] : 255;
        if (100 * 255 - alpha * (100 - lightness(pixel, components)) < LIGHT_LEAST * 255)
            return false;
    }
    return true;
}

/* The readers of images on any bytes: each gives an image that is whole, or says what is wrong.
 *
 * What looks like XML goes to the look before librsvg and no further: librsvg is another project's
 * to fuzz, and its texts keep fonts open to the end of the process. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "image/image.h"
#include "image/image_work.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Adds up all bytes that pages would read, so that a sanitizer sees each. */
static unsigned long sum(const void *bytes, size_t len)
{
    unsigned long total = 0;
    const unsigned char *at = bytes;
    for (size_t i = 0; at && i < len; i++)
        total += at[i];
    return total;
}

static void check_image(const struct bx_image *image, struct bx_arena *arena)
{
    assert(image->width > 0 && image->height > 0);
    assert(image->components == 1 || image->components == 3);
    assert(image->natural_w > 0 && image->natural_h > 0);
    size_t count = (size_t)image->width * (size_t)image->height;
    struct bx_image pixels = *image;
    struct bx_err err = {0};
    if (image->is_jpeg) {
        bool is_decoded = bx_image_decode(&pixels, arena, image, &err);
        assert(is_decoded);
    }
    assert(pixels.data_len == count * (size_t)pixels.components);
    volatile unsigned long total = sum(pixels.data, pixels.data_len) + sum(pixels.alpha, count);
    (void)total;
}

static bool is_xml(const uint8_t *data, size_t size)
{
    size_t at = size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < size && memchr(" \t\r\n", data[at], 4))
        at++;
    return at < size && data[at] == '<';
}

/* A picture of more pixels than this takes long under sanitizers and tells nothing new. */
static bool is_large(const uint8_t *data, size_t size)
{
    enum {
        PIXELS = 1 << 18,
        SIDE = 1 << 16
    };
    int64_t width, height;
    struct bx_jpeg_head head;
    if (bx_png_sides(&width, &height, data, size))
        return width <= SIDE && height <= SIDE && width * height > PIXELS;
    return size >= 2 && bx_jpeg_head_read(&head, data, size) &&
           (int64_t)head.width * head.height > PIXELS;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (is_large(data, size))
        return 0;
    struct bx_arena arena = {0};
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    struct bx_image *image = NULL;
    const struct bx_image_request request = {
        .path = "fuzz", .where = "/", .space = {.area_w = 72 * BX_PT, .most_h = 72 * BX_PT}};
    bool is_good;
    if (is_xml(data, size)) {
        struct bx_image_reader reader = {.arena = &arena,
                                         .data = data,
                                         .len = size,
                                         .request = &request,
                                         .findings = &findings,
                                         .err = &err};
        is_good = bx_svg_xml_check(&reader);
        bx_arena_fini(&reader.scratch);
    } else {
        is_good = bx_image_read(&image, &arena, data, size, &request, &findings, &err);
        assert(is_good == (image != NULL));
        if (image)
            check_image(image, &arena);
    }
    assert(is_good == (err.code == BX_OK));
    bx_findings_fini(&findings);
    bx_arena_fini(&arena);
    return 0;
}

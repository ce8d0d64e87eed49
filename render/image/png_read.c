#include "image/image_work.h"

#include <libdeflate.h>
#include <png.h>
#include <string.h>

/* PNG through libpng's simplified interface, which reports errors by return values: its full one
 * jumps out of the library.
 *
 * That interface hides the colour profile and would apply gamma in a way of its own. So the chunks
 * are walked here first, what they say of colour, size and orientation is kept, and libpng is given
 * the file without them: with the picture alone, all of whose samples then come through as they
 * are. Texts, which may unpack to anything, do not reach it either.
 *
 * Source  PNG (Second Edition), ISO/IEC 15948:2003, clause 11; eXIf: PNG Extensions 1.5.0. */

enum {
    SIGNATURE_LEN = 8,
    CHUNK_EXTRA = 12, /* length, type, check sum */
    NAME_MOST = 79,   /* of a profile */
    IHDR_LEN = 13,
    CHRM_LEN = 32,
    PHYS_LEN = 9,
    DEPTH_AT = 24, /* in the file, as its head stands first */
    INTERLACE_AT = 28,
};

struct png {
    int64_t width, height;
    int64_t metre_x, metre_y;
    struct bx_exif exif;
    struct bx_icc icc;
    bool is_srgb;
    bool has_bad_profile;
    unsigned char *bare; /* the file without what was read here */
    size_t bare_len;
};

bool bx_png_sides(int64_t *width, int64_t *height, const unsigned char *data, size_t len)
{
    if (len < SIGNATURE_LEN + CHUNK_EXTRA + IHDR_LEN ||
        memcmp(data, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) != 0)
        return false;
    *width = bx_image_u32(data + 16);
    *height = bx_image_u32(data + 20);
    return true;
}

/* Name, zero, method 0, deflated profile. */
static void
read_profile(struct png *png, const unsigned char *data, size_t len, struct bx_arena *scratch)
{
    png->has_bad_profile = true;
    size_t most = len < NAME_MOST + 1 ? len : NAME_MOST + 1;
    const unsigned char *end = memchr(data, 0, most);
    if (!end || (size_t)(end - data) + 2 > len || end[1] != 0)
        return;
    const unsigned char *packed = end + 2;
    unsigned char *profile = bx_arena_alloc(scratch, BX_ICC_BYTES_MOST, 1);
    struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor();
    if (!unpacker)
        return;
    size_t size = 0;
    enum libdeflate_result result = libdeflate_zlib_decompress(
        unpacker, packed, len - (size_t)(packed - data), profile, BX_ICC_BYTES_MOST, &size);
    libdeflate_free_decompressor(unpacker);
    if (result != LIBDEFLATE_SUCCESS)
        return;
    png->icc.data = profile;
    png->icc.len = size;
    png->has_bad_profile = false;
}

static void read_chunk(struct png *png,
                       const unsigned char *type,
                       const unsigned char *data,
                       size_t len,
                       struct bx_arena *scratch)
{
    if (memcmp(type, "pHYs", 4) == 0 && len == PHYS_LEN && data[8] == 1) {
        png->metre_x = bx_image_u32(data);
        png->metre_y = bx_image_u32(data + 4);
    } else if (memcmp(type, "eXIf", 4) == 0) {
        bx_exif_read(&png->exif, data, len);
    } else if (memcmp(type, "sRGB", 4) == 0) {
        png->is_srgb = true;
    } else if (memcmp(type, "gAMA", 4) == 0 && len == 4) {
        png->icc.gamma = bx_image_u32(data);
    } else if (memcmp(type, "cHRM", 4) == 0 && len == CHRM_LEN) {
        png->icc.has_primaries = true;
        for (int i = 0; i < 8; i++)
            png->icc.primaries[i] = bx_image_u32(data + 4 * i);
    } else if (memcmp(type, "iCCP", 4) == 0 && !png->icc.data) {
        read_profile(png, data, len, scratch);
    }
}

static bool is_picture(const unsigned char *type)
{
    static const char *const kept[] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};
    for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
        if (memcmp(type, kept[i], 4) == 0)
            return true;
    return false;
}

static bool walk_chunks(struct png *png, struct bx_image_reader *reader)
{
    png->bare = bx_arena_alloc(&reader->scratch, reader->len, 1);
    memcpy(png->bare, reader->data, SIGNATURE_LEN);
    png->bare_len = SIGNATURE_LEN;
    for (size_t at = SIGNATURE_LEN; at + CHUNK_EXTRA <= reader->len;) {
        const unsigned char *chunk = reader->data + at;
        size_t len = bx_image_u32(chunk), left = reader->len - at - CHUNK_EXTRA;
        if (len > left)
            break;
        if (is_picture(chunk + 4)) {
            memcpy(png->bare + png->bare_len, chunk, len + CHUNK_EXTRA);
            png->bare_len += len + CHUNK_EXTRA;
        } else {
            read_chunk(png, chunk + 4, chunk + 8, len, &reader->scratch);
        }
        if (memcmp(chunk + 4, "IEND", 4) == 0)
            return true;
        at += len + CHUNK_EXTRA;
    }
    return bx_image_fail(reader, "PNG 文件不完整", "the PNG file is cut off", NULL);
}

static bool fail_png(struct bx_image_reader *reader, png_image *image)
{
    bool is_told =
        bx_image_fail(reader, "PNG 文件已损坏", "the PNG file is broken", image->message);
    png_image_free(image);
    return is_told;
}

/* Light, multiplied with alpha, back to the numbers of the file, of 8 bits. */
static void encode(struct bx_pixels *out, const png_uint_16 *light, struct bx_arena *scratch)
{
    unsigned char *table = bx_arena_alloc(scratch, BX_LIGHT_COUNT, 1);
    bx_icc_make_encoding(table);
    size_t count = (size_t)out->width * (size_t)out->height;
    unsigned char *to = out->samples;
    for (size_t i = 0; i < count; i++) {
        uint32_t alpha = out->has_alpha ? light[out->components] : BX_LIGHT_COUNT - 1;
        for (int c = 0; c < out->components; c++) {
            uint32_t full =
                alpha > 0 ? (uint32_t)((uint64_t)*light * 65535 + alpha / 2) / alpha : 0;
            *to++ = table[full < BX_LIGHT_COUNT ? full : BX_LIGHT_COUNT - 1];
            light++;
        }
        if (!out->has_alpha)
            continue;
        *to++ = (unsigned char)((alpha + 128) / 257);
        light++;
    }
}

/* Interlaced files of 16 bits: libpng's simplified interface mixes up their rows when it is asked
 * for 8 bits (seen with 1.6.39-2+deb12u6), and does not for 16, which it gives as light only. */
static bool read_deep(struct bx_pixels *out, png_image *image, struct bx_image_reader *reader)
{
    image->format |= PNG_FORMAT_FLAG_LINEAR;
    png_uint_16 *light = bx_arena_alloc(&reader->scratch, PNG_IMAGE_SIZE(*image), 1);
    if (!png_image_finish_read(image, NULL, light, 0, NULL))
        return fail_png(reader, image);
    encode(out, light, &reader->scratch);
    return true;
}

static bool
read_samples(struct bx_pixels *out, const struct png *png, struct bx_image_reader *reader)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, png->bare, png->bare_len))
        return fail_png(reader, &image);
    image.format &= PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA;
    image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB; /* or 16 bit would be taken for linear light */
    *out = (struct bx_pixels){
        .width = (int)image.width,
        .height = (int)image.height,
        .components = image.format & PNG_FORMAT_FLAG_COLOR ? 3 : 1,
        .has_alpha = (image.format & PNG_FORMAT_FLAG_ALPHA) != 0,
    };
    size_t count = (size_t)image.width * image.height;
    out->samples =
        bx_arena_alloc(&reader->scratch, count, (size_t)out->components + out->has_alpha);
    if (png->bare[DEPTH_AT] == 16 && png->bare[INTERLACE_AT] != 0)
        return read_deep(out, &image, reader);
    if (!png_image_finish_read(&image, NULL, out->samples, 0, NULL))
        return fail_png(reader, &image);
    return true;
}

/* sRGB stands above iCCP, which stands above gAMA and cHRM (clauses 11.3.3.1 to 11.3.3.5). */
static void choose_colours(struct png *png)
{
    if (png->is_srgb)
        png->icc = (struct bx_icc){0};
}

bool bx_png_read(struct bx_image **out, struct bx_image_reader *reader)
{
    struct png png = {.exif = {.orientation = 1}};
    if (!bx_png_sides(&png.width, &png.height, reader->data, reader->len))
        return bx_image_fail(reader, "PNG 文件没有文件头", "the PNG file has no head", NULL);
    struct bx_pixels pixels;
    if (!bx_image_check_sides(reader, png.width, png.height) || !walk_chunks(&png, reader) ||
        !read_samples(&pixels, &png, reader))
        return false;
    choose_colours(&png);
    enum bx_icc_kind found = bx_icc_look(&png.icc, pixels.components);
    if (found == BX_ICC_OTHER)
        bx_icc_convert(&pixels, &png.icc, &reader->scratch);
    if (found == BX_ICC_UNFIT || (png.has_bad_profile && !png.is_srgb))
        bx_image_note(reader, "内嵌的颜色特性文件不能用，按 sRGB 处理",
                      "its colour profile cannot be used; it is taken for sRGB");
    *out = bx_pixels_give(&pixels, png.exif.orientation, reader->arena);
    bool is_turned = png.exif.orientation >= 5;
    bx_image_set_natural(*out, is_turned ? png.metre_y : png.metre_x,
                         is_turned ? png.metre_x : png.metre_y);
    return true;
}

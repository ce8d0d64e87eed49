#include "image/image_work.h"

#include <string.h>

/* Exif is a TIFF file in little: a byte order, the offset of a directory, entries of 12 bytes. Only
 * one number of it is wanted, so every offset is checked against the block and nothing is
 * followed further. */

enum {
    HEAD_LEN = 8,
    ENTRY_LEN = 12,
    TAG_ORIENTATION = 0x0112,
    TYPE_SHORT = 3,
    ORIENTATION_MOST = 8,
};

struct tiff {
    const unsigned char *data;
    size_t len;
    bool is_little;
};

static uint32_t read_u16(const struct tiff *tiff, size_t at)
{
    const unsigned char *p = tiff->data + at;
    return tiff->is_little ? (uint32_t)(p[0] | p[1] << 8) : bx_image_u16(p);
}

static uint32_t read_u32(const struct tiff *tiff, size_t at)
{
    if (!tiff->is_little)
        return bx_image_u32(tiff->data + at);
    return read_u16(tiff, at) | read_u16(tiff, at + 2) << 16;
}

void bx_exif_read(struct bx_exif *out, const unsigned char *data, size_t len)
{
    out->orientation = 1;
    struct tiff tiff = {.data = data, .len = len};
    if (len < HEAD_LEN)
        return;
    tiff.is_little = memcmp(data, "II*\0", 4) == 0;
    if (!tiff.is_little && memcmp(data, "MM\0*", 4) != 0)
        return;
    size_t at = read_u32(&tiff, 4);
    if (at > len - 2)
        return;
    uint32_t count = read_u16(&tiff, at);
    at += 2;
    for (uint32_t i = 0; i < count && at + ENTRY_LEN <= len; i++, at += ENTRY_LEN) {
        if (read_u16(&tiff, at) != TAG_ORIENTATION || read_u16(&tiff, at + 2) != TYPE_SHORT)
            continue;
        uint32_t value = read_u16(&tiff, at + 8);
        if (1 <= value && value <= ORIENTATION_MOST)
            out->orientation = (int)value;
        return;
    }
}

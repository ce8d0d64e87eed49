#include "image/image_work.h"

#include <string.h>

/* The segments of a JPEG before its first scan: what PDF and colour management need to know and a
 * decoder does not tell.
 *
 * Source  ITU-T T.81 annex B; JFIF 1.02; Adobe technical note 5116; ICC.1:2022 annex B.4. */

enum {
    MARKER_SOI = 0xD8,
    MARKER_EOI = 0xD9,
    MARKER_SOS = 0xDA,
    MARKER_DHT = 0xC4,
    MARKER_JPG = 0xC8,
    MARKER_DAC = 0xCC,
    MARKER_SOF0 = 0xC0,
    MARKER_SOF15 = 0xCF,
    MARKER_APP0 = 0xE0,
    MARKER_APP1 = 0xE1,
    MARKER_APP2 = 0xE2,
    MARKER_APP14 = 0xEE,
    MARKER_TEM = 0x01,
    MARKER_RST0 = 0xD0,
    MARKER_RST7 = 0xD7,
    INCH_UM = 25400,
};

static bool is_frame(int marker)
{
    return MARKER_SOF0 <= marker && marker <= MARKER_SOF15 && marker != MARKER_DHT &&
           marker != MARKER_JPG && marker != MARKER_DAC;
}

static bool
read_frame(struct bx_jpeg_head *out, int marker, const unsigned char *data, size_t len)
{
    if (out->frame != 0 || len < 6)
        return false;
    out->frame = marker;
    out->precision = data[0];
    out->height = (int)bx_image_u16(data + 1);
    out->width = (int)bx_image_u16(data + 3);
    out->components = data[5];
    if (len < 6 + 3 * (size_t)out->components)
        return false;
    for (int i = 0; i < out->components && i < 4; i++)
        out->ids[i] = data[6 + 3 * i];
    return true;
}

static void read_jfif(struct bx_jpeg_head *out, const unsigned char *data, size_t len)
{
    if (len < 12 || memcmp(data, "JFIF\0", 5) != 0)
        return;
    out->has_jfif = true;
    int unit = data[7], x = (int)bx_image_u16(data + 8), y = (int)bx_image_u16(data + 10);
    if (unit == 1) {
        out->metre_x = (int)((int64_t)x * 1000000 / INCH_UM);
        out->metre_y = (int)((int64_t)y * 1000000 / INCH_UM);
    } else if (unit == 2) {
        out->metre_x = x * 100;
        out->metre_y = y * 100;
    }
}

/* Parts may come in any order; each tells its number and how many there are. */
static void read_profile(struct bx_jpeg_head *out, const unsigned char *data, size_t len)
{
    enum {
        LEAD = 14
    };
    if (len < LEAD || memcmp(data, "ICC_PROFILE\0", 12) != 0)
        return;
    int number = data[12], count = data[13];
    if (number < 1 || number > count)
        return;
    out->icc_part_count = count;
    out->icc_parts[number - 1] = data + LEAD;
    out->icc_lens[number - 1] = len - LEAD;
}

static void
read_segment(struct bx_jpeg_head *out, int marker, const unsigned char *data, size_t len)
{
    switch (marker) {
    case MARKER_APP0:
        read_jfif(out, data, len);
        break;
    case MARKER_APP1:
        if (len >= 6 && memcmp(data, "Exif\0\0", 6) == 0)
            bx_exif_read(&out->exif, data + 6, len - 6);
        break;
    case MARKER_APP2:
        read_profile(out, data, len);
        break;
    case MARKER_APP14:
        if (len >= 12 && memcmp(data, "Adobe", 5) == 0) {
            out->has_adobe = true;
            out->adobe_transform = data[11];
        }
        break;
    default:
        break;
    }
}

/* Markers that stand alone, without a length. */
static bool is_lone(int marker)
{
    return marker == MARKER_TEM || (MARKER_RST0 <= marker && marker <= MARKER_RST7);
}

bool bx_jpeg_head_read(struct bx_jpeg_head *out, const unsigned char *data, size_t len)
{
    *out = (struct bx_jpeg_head){.exif = {.orientation = 1}};
    size_t at = 2; /* behind SOI */
    while (at + 4 <= len) {
        int marker = data[at + 1];
        if (data[at] != 0xFF)
            return false;
        if (marker == 0xFF) { /* a fill byte */
            at++;
            continue;
        }
        at += 2;
        if (is_lone(marker))
            continue;
        size_t size = bx_image_u16(data + at);
        if (marker == MARKER_SOI || marker == MARKER_EOI || size < 2 || size > len - at)
            return false;
        if (marker == MARKER_SOS)
            return out->frame != 0;
        if (is_frame(marker)) {
            if (!read_frame(out, marker, data + at + 2, size - 2))
                return false;
        } else {
            read_segment(out, marker, data + at + 2, size - 2);
        }
        at += size;
    }
    return false;
}

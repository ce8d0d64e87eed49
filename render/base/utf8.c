#include "base/utf8.h"

uint32_t bx_utf8_next(const char *text, int *at)
{
    const unsigned char *p = (const unsigned char *)text + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3Fu);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3Fu);
    }
    *at += 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
           (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3Fu);
}

int bx_utf8_encode(char bytes[4], uint32_t cp)
{
    if (cp < 0x80) {
        bytes[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        bytes[0] = (char)(0xC0 | cp >> 6);
        bytes[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        bytes[0] = (char)(0xE0 | cp >> 12);
        bytes[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | cp >> 18);
    bytes[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* The length of the well-formed sequence at p, or 0. The bounds of the second byte are those
 * of the Unicode Standard, table 3-7. */
static size_t sequence_len(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    size_t len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < len)
        return 0;
    unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

size_t bx_utf8_valid_len(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len) {
        size_t step = sequence_len((const unsigned char *)text + at, len - at);
        if (step == 0)
            return at;
        at += step;
    }
    return len;
}

int bx_utf8_count(const char *text, int len)
{
    int count = 0;
    for (int at = 0; at < len; at++)
        count += ((unsigned char)text[at] & 0xC0) != 0x80;
    return count;
}

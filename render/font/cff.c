/* A font of chosen glyphs as a CFF table:
 *
 *     header | name | Top DICT | strings | no subroutines | charset | FDSelect
 *            | charstrings | font DICT | private DICT
 *
 * A CID-keyed font is written whatever the face was, because only there a charset can say that CIDs
 * are glyph numbers; readers that take one for the other then draw the same. Offsets in the Top DICT
 * have five bytes whatever their value, so that its length is known before they are.
 *
 * Source  Adobe Technical Note 5176, The Compact Font Format Specification. */
#include "font/cff.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "font/charstring.h"

enum {
    OP_NOTICE = 1,
    OP_FONT_BBOX = 5,
    OP_CHARSET = 15,
    OP_CHARSTRINGS = 17,
    OP_PRIVATE = 18,
    OP_DEFAULT_WIDTH = 20,
    OP_NOMINAL_WIDTH = 21,
    OP_FONT_MATRIX = 12 << 8 | 7,
    OP_ROS = 12 << 8 | 30,
    OP_CID_COUNT = 12 << 8 | 34,
    OP_FDARRAY = 12 << 8 | 36,
    OP_FDSELECT = 12 << 8 | 37,
};

#define FIRST_STRING 391 /* the first number of a string of the table's own: appendix A */
#define OFFSET_LEN   5   /* of an offset in a DICT */
#define DEFAULT_UPEM 1000
#define REST         256 /* bytes that come after the charstrings, about */

enum string {
    REGISTRY,
    ORDERING,
    NOTICE, /* only when there is one */
    STRING_COUNT
};

static void add_number(struct bx_buf *out, uint32_t value, int size)
{
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        bx_buf_add_byte(out, (char)(value >> shift & 0xFF));
}

static void add_operator(struct bx_buf *out, int op)
{
    if (op > 0xFF)
        bx_buf_add_byte(out, (char)(op >> 8));
    bx_buf_add_byte(out, (char)(op & 0xFF));
}

static void add_entry(struct bx_buf *out, int value, int op)
{
    bx_charstring_add_number(out, value);
    add_operator(out, op);
}

static void add_offset(struct bx_buf *out, size_t offset, int op)
{
    bx_buf_add_byte(out, 29);
    add_number(out, (uint32_t)offset, OFFSET_LEN - 1);
    add_operator(out, op);
}

/* --- INDEX structures --- */

static int offset_size(size_t data_len)
{
    return data_len < 0xFF ? 1 : data_len < 0xFFFF ? 2 : data_len < 0xFFFFFF ? 3 : 4;
}

/* The start of an INDEX, up to the first offset. Returns the size of an offset. */
static int begin_index(struct bx_buf *out, int count, size_t data_len)
{
    int size = offset_size(data_len);
    add_number(out, (uint32_t)count, 2);
    bx_buf_add_byte(out, (char)size);
    add_number(out, 1, size);
    return size;
}

static void add_index_of_one(struct bx_buf *out, const void *bytes, size_t len)
{
    int size = begin_index(out, 1, len);
    add_number(out, (uint32_t)len + 1, size);
    bx_buf_add(out, bytes, len);
}

static void add_strings(struct bx_buf *out, const struct bx_cff_font *font)
{
    const char *const strings[STRING_COUNT] = {
        [REGISTRY] = "Adobe", [ORDERING] = "Identity", [NOTICE] = font->notice};
    int count = font->notice[0] ? STRING_COUNT : NOTICE;
    size_t len = 0;
    for (int i = 0; i < count; i++)
        len += strlen(strings[i]);
    int size = begin_index(out, count, len);
    size_t end = 1;
    for (int i = 0; i < count; i++)
        add_number(out, (uint32_t)(end += strlen(strings[i])), size);
    for (int i = 0; i < count; i++)
        bx_buf_add_text(out, strings[i]);
}

/* --- the parts --- */

/* Widths are written as what they differ from half an em: the whole and the half em, which nearly all
 * glyphs of a Chinese face have, then take no byte and one. */
static int nominal_width(const struct bx_cff_font *font)
{
    return font->upem / 2;
}

static void add_charstrings(struct bx_buf *out, const struct bx_cff_font *font)
{
    struct bx_buf width = {0};
    size_t len = 0;
    for (int pass = 0; pass < 3; pass++) { /* lengths, offsets, bytes */
        int size = 0;
        size_t end = 1;
        if (pass == 1) {
            bx_buf_reserve(out, len + 4 * (size_t)font->glyph_count + REST);
            size = begin_index(out, font->glyph_count, len);
        }
        for (int i = 0; i < font->glyph_count; i++) {
            const struct bx_cff_glyph *glyph = &font->glyphs[i];
            bx_buf_clear(&width);
            if (glyph->width != font->upem)
                bx_charstring_add_number(&width, glyph->width - nominal_width(font));
            len += pass == 0 ? width.len + glyph->len : 0;
            end += width.len + glyph->len;
            if (pass == 1)
                add_number(out, (uint32_t)end, size);
            if (pass == 2) {
                bx_buf_add(out, width.data, width.len);
                bx_buf_add(out, glyph->charstring, glyph->len);
            }
        }
    }
    assert(len < INT32_MAX);
    bx_buf_fini(&width);
}

/* 1/upem as a real number of a DICT: half bytes of a decimal, 10 the point, 15 the end. */
static void add_unit(struct bx_buf *out, int upem)
{
    char text[32];
    int len = snprintf(text, sizeof(text), ".%012lld",
                       (1000000000000LL + upem / 2) / (long long)upem);
    while (text[len - 1] == '0')
        len--;
    bx_buf_add_byte(out, 30);
    for (int i = 0; i <= len; i += 2) {
        int half[2];
        for (int k = 0; k < 2; k++)
            half[k] = i + k >= len ? 15 : text[i + k] == '.' ? 10 : text[i + k] - '0';
        bx_buf_add_byte(out, (char)(half[0] << 4 | half[1]));
    }
}

static void add_matrix(struct bx_buf *out, int upem)
{
    if (upem == DEFAULT_UPEM)
        return;
    add_unit(out, upem);
    bx_charstring_add_number(out, 0);
    bx_charstring_add_number(out, 0);
    add_unit(out, upem);
    bx_charstring_add_number(out, 0);
    add_entry(out, 0, OP_FONT_MATRIX);
}

/* Where the parts begin, from the table's start. */
struct places {
    size_t charset, fd_select, charstrings, fd_array, private;
};

/* Its length does not depend on the places. */
static void
add_top(struct bx_buf *out, const struct bx_cff_font *font, const struct places *places)
{
    bx_charstring_add_number(out, FIRST_STRING + REGISTRY);
    bx_charstring_add_number(out, FIRST_STRING + ORDERING);
    add_entry(out, 0, OP_ROS); /* the first, so that readers know what follows */
    if (font->notice[0])
        add_entry(out, FIRST_STRING + NOTICE, OP_NOTICE);
    add_matrix(out, font->upem);
    for (int i = 0; i < 4; i++)
        bx_charstring_add_number(out, font->box[i]);
    add_operator(out, OP_FONT_BBOX);
    add_offset(out, (size_t)font->glyph_count, OP_CID_COUNT);
    add_offset(out, places->charset, OP_CHARSET);
    add_offset(out, places->fd_select, OP_FDSELECT);
    add_offset(out, places->charstrings, OP_CHARSTRINGS);
    add_offset(out, places->fd_array, OP_FDARRAY);
}

static void add_charset(struct bx_buf *out, int glyph_count)
{
    if (glyph_count == 1) {
        bx_buf_add_byte(out, 0);
        return;
    }
    bx_buf_add_byte(out, 2); /* one range: CIDs from 1 on */
    add_number(out, 1, 2);
    add_number(out, (uint32_t)glyph_count - 2, 2);
}

static void add_fd_select(struct bx_buf *out, int glyph_count)
{
    bx_buf_add_byte(out, 3); /* one range: all glyphs have font DICT 0 */
    add_number(out, 1, 2);
    add_number(out, 0, 2);
    bx_buf_add_byte(out, 0);
    add_number(out, (uint32_t)glyph_count, 2);
}

static void add_private(struct bx_buf *out, const struct bx_cff_font *font)
{
    add_entry(out, font->upem, OP_DEFAULT_WIDTH);
    add_entry(out, nominal_width(font), OP_NOMINAL_WIDTH);
}

/* Everything behind the strings. The table begins at byte `base`, from which the places count. */
static void
add_body(struct bx_buf *out, struct places *places, const struct bx_cff_font *font, size_t base)
{
    add_number(out, 0, 2); /* no subroutines */
    places->charset = out->len - base;
    add_charset(out, font->glyph_count);
    places->fd_select = out->len - base;
    add_fd_select(out, font->glyph_count);
    places->charstrings = out->len - base;
    add_charstrings(out, font);

    struct bx_buf private = {0}, dict = {0};
    add_private(&private, font);
    bx_charstring_add_number(&dict, (int)private.len);
    places->fd_array = out->len - base;
    /* An INDEX of one item this short has five bytes before it. */
    places->private = places->fd_array + 5 + dict.len + OFFSET_LEN + 1;
    add_offset(&dict, places->private, OP_PRIVATE);
    add_index_of_one(out, dict.data, dict.len);
    assert(out->len - base == places->private);
    bx_buf_add(out, private.data, private.len);
    bx_buf_fini(&dict);
    bx_buf_fini(&private);
}

void bx_cff_write(struct bx_buf *out, const struct bx_cff_font *font)
{
    assert(1 <= font->glyph_count && font->glyph_count <= 65535);
    struct bx_buf top = {0};
    struct places places = {0};
    size_t base = out->len;
    bx_buf_add(out, "\1\0\4\4", 4);
    add_index_of_one(out, font->name, strlen(font->name));
    add_top(&top, font, &places);
    add_index_of_one(out, top.data, top.len);
    size_t top_end = out->len, top_len = top.len;
    add_strings(out, font);
    add_body(out, &places, font, base);

    /* Once more, now that the places are known. */
    bx_buf_clear(&top);
    add_top(&top, font, &places);
    assert(top.len == top_len);
    memcpy(out->data + top_end - top_len, top.data, top_len);
    bx_buf_fini(&top);
}

/* Renumbering the CIDs of a subset.
 *
 * hb-subset keeps every glyph's old CID. Readers that take the glyph number for the CID then draw
 * other characters, and W and ToUnicode of the PDF get long. So the charset is exchanged for one
 * range, which is shorter, the ordering's name for Identity, which may be longer, and every offset
 * of the table is moved accordingly:
 *
 *     head, names, Top DICT | strings | ... | charset | ...
 *                             ^ grows         ^ shrinks
 *
 * Top DICT keeps its length because hb-subset writes offsets in five bytes whatever their value;
 * one that is written otherwise makes the function fail rather than write a wrong table.
 *
 * Source  Adobe Technical Note 5176, The Compact Font Format Specification. */
#include "font/cff.h"

#include <string.h>

enum {
    OP_CHARSET = 15,
    OP_CHARSTRINGS = 17,
    OP_PRIVATE = 18,
    OP_ROS = 12 << 8 | 30,
    OP_FDARRAY = 12 << 8 | 36,
    OP_FDSELECT = 12 << 8 | 37,
};

#define MAX_OPERANDS     48  /* TN 5176, appendix B */
#define STANDARD_STRINGS 391 /* SIDs below are not in the table: appendix A */
#define LONG_INTEGER     29  /* the byte before a number of four bytes */

struct table {
    const uint8_t *bytes;
    size_t len;
};

/* A part of the table: bytes [at .. end). */
struct span {
    size_t at, end;
};

struct index {
    struct span all;
    int count;
    int offset_size;
    size_t data_at; /* offsets count from the byte before it */
};

struct operands {
    int count;
    size_t at[MAX_OPERANDS];
    int32_t value[MAX_OPERANDS]; /* 0 for a real number */
};

static uint32_t number_at(const struct table *table, size_t at, int size)
{
    uint32_t value = 0;
    for (int i = 0; i < size; i++)
        value = value << 8 | table->bytes[at + (size_t)i];
    return value;
}

static bool holds(const struct table *table, size_t at, size_t len)
{
    return at <= table->len && len <= table->len - at;
}

static bool
find_item(struct span *out, const struct table *table, const struct index *index, int i)
{
    size_t offsets = index->all.at + 3 + (size_t)i * (size_t)index->offset_size;
    uint32_t first = number_at(table, offsets, index->offset_size);
    uint32_t last = number_at(table, offsets + (size_t)index->offset_size, index->offset_size);
    if (first < 1 || first > last || !holds(table, index->data_at - 1, last))
        return false;
    *out = (struct span){index->data_at - 1 + first, index->data_at - 1 + last};
    return true;
}

static bool read_index(struct index *out, const struct table *table, size_t at)
{
    if (!holds(table, at, 2))
        return false;
    *out = (struct index){.all = {at, at + 2}, .count = (int)number_at(table, at, 2)};
    if (out->count == 0)
        return true;
    if (!holds(table, at, 3))
        return false;
    out->offset_size = table->bytes[at + 2];
    size_t offsets = ((size_t)out->count + 1) * (size_t)out->offset_size;
    struct span last;
    if (out->offset_size < 1 || out->offset_size > 4 || !holds(table, at + 3, offsets))
        return false;
    out->data_at = at + 3 + offsets;
    if (!find_item(&last, table, out, out->count - 1))
        return false;
    out->all.end = last.end;
    return true;
}

/* The length of a number in a DICT, 0 when it is none. */
static size_t operand_len(const struct table *table, size_t at, size_t end)
{
    uint8_t b = table->bytes[at];
    if (b == 28)
        return 3;
    if (b == LONG_INTEGER)
        return 5;
    if (b >= 32 && b <= 246)
        return 1;
    if (b >= 247 && b <= 254)
        return 2;
    if (b != 30)
        return 0;
    for (size_t i = at + 1; i < end; i++) /* a real number ends with a half byte of ones */
        if ((table->bytes[i] & 0x0F) == 0x0F || table->bytes[i] >> 4 == 0x0F)
            return i + 1 - at;
    return 0;
}

static int32_t operand_value(const struct table *table, size_t at)
{
    const uint8_t *b = table->bytes + at;
    if (b[0] == 28)
        return (int16_t)number_at(table, at + 1, 2);
    if (b[0] == LONG_INTEGER)
        return (int32_t)number_at(table, at + 1, 4);
    if (b[0] >= 32 && b[0] <= 246)
        return b[0] - 139;
    if (b[0] >= 247 && b[0] <= 250)
        return (b[0] - 247) * 256 + b[1] + 108;
    if (b[0] >= 251 && b[0] <= 254)
        return -(b[0] - 251) * 256 - b[1] - 108;
    return 0;
}

/* Looks for an operator of a DICT. `out->count` is -1 when the DICT does not have it.
 * Returns false when the DICT is damaged. */
static bool
find_operator(struct operands *out, const struct table *table, struct span dict, int op)
{
    out->count = 0;
    for (size_t at = dict.at; at < dict.end;) {
        if (table->bytes[at] <= 21) {
            bool is_long = table->bytes[at] == 12;
            if (is_long && dict.end - at < 2)
                return false;
            int found = is_long ? 12 << 8 | table->bytes[at + 1] : table->bytes[at];
            if (found == op)
                return true;
            at += is_long ? 2 : 1;
            out->count = 0;
            continue;
        }
        size_t len = operand_len(table, at, dict.end);
        if (len == 0 || len > dict.end - at || out->count == MAX_OPERANDS)
            return false;
        out->at[out->count] = at;
        out->value[out->count++] = operand_value(table, at);
        at += len;
    }
    out->count = -1;
    return true;
}

/* The change: what stands where `strings` and `charset` are in the old table. */
struct change {
    struct span strings, charset;
    struct bx_buf new_strings, new_charset;
    int ordering; /* place of its name among the strings */
    size_t supplement_at;
};

static size_t moved(const struct change *change, size_t at)
{
    size_t to = at;
    if (at >= change->strings.end)
        to = to - (change->strings.end - change->strings.at) + change->new_strings.len;
    if (at >= change->charset.end)
        to = to - (change->charset.end - change->charset.at) + change->new_charset.len;
    return to;
}

static void put_number(uint8_t *bytes, uint32_t value, int size)
{
    for (int i = size - 1; i >= 0; i--, value >>= 8)
        bytes[i] = (uint8_t)value;
}

static void add_number(struct bx_buf *buf, uint32_t value, int size)
{
    uint8_t bytes[4];
    put_number(bytes, value, size);
    bx_buf_add(buf, bytes, (size_t)size);
}

/* Where the charset ends. */
static bool
measure_charset(struct span *out, const struct table *table, size_t at, int glyph_count)
{
    if (!holds(table, at, 1))
        return false;
    int format = table->bytes[at];
    size_t end = at + 1;
    if (format == 0) {
        end += 2 * (size_t)(glyph_count - 1);
    } else if (format == 1 || format == 2) {
        for (int covered = 1; covered < glyph_count; end += 2 + (size_t)format) {
            if (!holds(table, end, 2 + (size_t)format))
                return false;
            covered += 1 + (int)number_at(table, end + 2, format);
        }
    } else {
        return false;
    }
    *out = (struct span){at, end};
    return holds(table, at, end - at);
}

static void write_charset(struct bx_buf *out, int glyph_count)
{
    if (glyph_count == 1) {
        bx_buf_add_byte(out, 0);
        return;
    }
    bx_buf_add_byte(out, 2);
    add_number(out, 1, 2);
    add_number(out, (uint32_t)glyph_count - 2, 2);
}

/* The strings again, one of them exchanged. */
static bool write_strings(struct bx_buf *out,
                          const struct table *table,
                          const struct index *strings,
                          int exchanged,
                          const char *text)
{
    struct bx_buf data = {0};
    add_number(out, (uint32_t)strings->count, 2);
    bx_buf_add_byte(out, 4);
    add_number(out, 1, 4);
    for (int i = 0; i < strings->count; i++) {
        struct span item;
        if (!find_item(&item, table, strings, i)) {
            bx_buf_fini(&data);
            return false;
        }
        if (i == exchanged)
            bx_buf_add_text(&data, text);
        else
            bx_buf_add(&data, table->bytes + item.at, item.end - item.at);
        add_number(out, (uint32_t)data.len + 1, 4);
    }
    bx_buf_add(out, data.data, data.len);
    bx_buf_fini(&data);
    return true;
}

static bool overlaps(struct span span, size_t at, size_t len)
{
    return at < span.end && span.at < at + len;
}

/* Moves one offset: the last operand of an operator, if the DICT has it. `dict` is a place in the
 * old table, the patch is made in the new one. */
static bool patch_offset(struct bx_buf *out,
                         const struct table *table,
                         const struct change *change,
                         struct span dict,
                         int op)
{
    struct operands operands;
    if (!find_operator(&operands, table, dict, op))
        return false;
    if (operands.count < 0)
        return true;
    if (operands.count == 0)
        return false;
    size_t at = operands.at[operands.count - 1];
    int32_t value = operands.value[operands.count - 1];
    if (value == 0)
        return true;
    if (table->bytes[at] != LONG_INTEGER || value < 0 || (size_t)value > table->len ||
        overlaps(change->strings, at, 5) || overlaps(change->charset, at, 5))
        return false;
    put_number((uint8_t *)out->data + moved(change, at) + 1,
               (uint32_t)moved(change, (size_t)value), 4);
    return true;
}

static bool patch_offsets(struct bx_buf *out,
                          const struct table *table,
                          const struct change *change,
                          struct span top)
{
    struct operands operands;
    struct index dicts;
    if (!patch_offset(out, table, change, top, OP_CHARSET) ||
        !patch_offset(out, table, change, top, OP_CHARSTRINGS) ||
        !patch_offset(out, table, change, top, OP_FDSELECT) ||
        !patch_offset(out, table, change, top, OP_FDARRAY) ||
        !find_operator(&operands, table, top, OP_FDARRAY) || operands.count != 1 ||
        operands.value[0] < 0 || !read_index(&dicts, table, (size_t)operands.value[0]))
        return false;
    for (int i = 0; i < dicts.count; i++) {
        struct span dict;
        if (!find_item(&dict, table, &dicts, i) ||
            !patch_offset(out, table, change, dict, OP_PRIVATE))
            return false;
    }
    return true;
}

static bool plan_change(struct change *change,
                        const struct table *table,
                        const struct index *strings,
                        struct span top,
                        const struct operands *ros)
{
    struct operands charset, outlines;
    struct index glyphs;
    if (ros->count != 3 || !find_operator(&charset, table, top, OP_CHARSET) ||
        charset.count != 1 || !find_operator(&outlines, table, top, OP_CHARSTRINGS) ||
        outlines.count != 1 || outlines.value[0] < 0 ||
        !read_index(&glyphs, table, (size_t)outlines.value[0]) || glyphs.count == 0)
        return false;
    if (charset.value[0] < 0 ||
        !measure_charset(&change->charset, table, (size_t)charset.value[0], glyphs.count) ||
        change->charset.at < strings->all.end)
        return false;

    change->strings = strings->all;
    change->ordering = ros->value[1] - STANDARD_STRINGS;
    change->supplement_at = ros->at[2];
    if (change->ordering < 0 || change->ordering >= strings->count ||
        operand_len(table, ros->at[2], top.end) != 1)
        return false;
    write_charset(&change->new_charset, glyphs.count);
    return write_strings(&change->new_strings, table, strings, change->ordering, "Identity");
}

static bool renumber(struct bx_buf *out,
                     struct change *change,
                     const struct table *table,
                     const struct index *strings,
                     struct span top,
                     const struct operands *ros)
{
    if (!plan_change(change, table, strings, top, ros))
        return false;
    const uint8_t *bytes = table->bytes;
    bx_buf_add(out, bytes, change->strings.at);
    bx_buf_add(out, change->new_strings.data, change->new_strings.len);
    bx_buf_add(out, bytes + change->strings.end, change->charset.at - change->strings.end);
    bx_buf_add(out, change->new_charset.data, change->new_charset.len);
    bx_buf_add(out, bytes + change->charset.end, table->len - change->charset.end);
    out->data[change->supplement_at] = (char)139; /* the number 0 */
    return patch_offsets(out, table, change, top);
}

bool bx_cff_renumber(struct bx_buf *out, const uint8_t *cff, size_t len)
{
    const struct table table = {cff, len};
    struct index names, tops, strings;
    struct span top;
    struct operands ros;
    if (len < 4 || cff[0] != 1 || !read_index(&names, &table, cff[2]) ||
        !read_index(&tops, &table, names.all.end) || tops.count != 1 ||
        !read_index(&strings, &table, tops.all.end) || !find_item(&top, &table, &tops, 0) ||
        !find_operator(&ros, &table, top, OP_ROS))
        return false;
    if (ros.count < 0) {
        bx_buf_add(out, cff, len);
        return true;
    }

    struct bx_buf made = {0};
    struct change change = {0};
    bool is_made = renumber(&made, &change, &table, &strings, top, &ros);
    if (is_made)
        bx_buf_add(out, made.data, made.len);
    bx_buf_fini(&made);
    bx_buf_fini(&change.new_strings);
    bx_buf_fini(&change.new_charset);
    return is_made;
}

#include <limits.h>
#include <string.h>

#include "sign/source_work.h"

/* Cross-reference sections, tables and streams, from the newest to the oldest; none is read twice, so
 * the chain ends. What a newer section says of an object
 * counts, whatever older ones say.
 *
 * Source  ISO 32000-2 7.5.4, 7.5.5, 7.5.8. */

enum {
    SECTIONS_MOST = 1024,
};

static bool fail_xref(struct bx_err *err, size_t at)
{
    return bx_fail(err, BX_E_READ, "", "", "the PDF's cross-reference is damaged at byte %zu",
                   at);
}

static void set_place(struct bx_source *source, int number, struct bx_place place)
{
    while (source->place_count <= number) {
        if (source->place_count == source->place_capacity)
            source->places = bx_arena_grow(&source->arena, source->places, source->place_count,
                                           &source->place_capacity, sizeof(*source->places));
        source->places[source->place_count++] = (struct bx_place){0};
    }
    place.is_known = true;
    if (!source->places[number].is_known)
        source->places[number] = place;
}

/* --- Tables --------------------------------------------------------------------------------- */

/* Entries of 20 bytes; their last two are blank in whatever way. */
static bool
read_table_part(struct bx_source *source, struct bx_span *rest, int64_t first, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        struct bx_value at = bx_value_next_plain(rest), generation = bx_value_next_plain(rest);
        if (at.kind != BX_VALUE_INT || generation.kind != BX_VALUE_INT || at.number < 0 ||
            generation.number < 0 || generation.number > 65535)
            return false;
        struct bx_place place = {.at = (size_t)at.number, .index = (int)generation.number};
        if (bx_span_take_word(rest, "n"))
            place.kind = BX_PLACE_PLAIN;
        else if (!bx_span_take_word(rest, "f"))
            return false;
        set_place(source, (int)(first + i), place);
    }
    return true;
}

static bool read_table(struct bx_source *source, struct bx_span rest, struct bx_value *trailer)
{
    while (!bx_span_take_word(&rest, "trailer")) {
        struct bx_value first = bx_value_next_plain(&rest), count = bx_value_next_plain(&rest);
        /* An entry takes 18 bytes at least, so a count cannot claim more than the file holds. */
        if (first.kind != BX_VALUE_INT || count.kind != BX_VALUE_INT || first.number < 0 ||
            count.number < 0 || (uint64_t)count.number > rest.len / 18 ||
            first.number + count.number > BX_OBJECTS_MOST + 1 ||
            !read_table_part(source, &rest, first.number, count.number))
            return false;
    }
    *trailer = bx_value_next(&rest);
    return trailer->kind == BX_VALUE_DICT;
}

/* --- Streams -------------------------------------------------------------------------------- */

struct rows {
    struct bx_span text;
    int widths[3];
};

static uint64_t take_field(struct rows *rows, int field, uint64_t otherwise)
{
    uint64_t value = 0;
    for (int i = 0; i < rows->widths[field]; i++)
        value = value << 8 | (unsigned char)rows->text.at[i];
    rows->text.at += rows->widths[field];
    rows->text.len -= (size_t)rows->widths[field];
    return rows->widths[field] > 0 ? value : otherwise;
}

static bool
read_stream_part(struct bx_source *source, struct rows *rows, int64_t first, int64_t count)
{
    size_t width = (size_t)(rows->widths[0] + rows->widths[1] + rows->widths[2]);
    if (first < 0 || count < 0 || first > BX_OBJECTS_MOST || width == 0 ||
        (uint64_t)count > rows->text.len / width || first + count > BX_OBJECTS_MOST + 1)
        return false;
    for (int64_t i = 0; i < count; i++) {
        uint64_t kind = take_field(rows, 0, 1), at = take_field(rows, 1, 0);
        uint64_t index = take_field(rows, 2, 0);
        if (at > SIZE_MAX / 2 || index > INT_MAX)
            return false;
        set_place(source, (int)(first + i),
                  (struct bx_place){.kind = kind == 1   ? BX_PLACE_PLAIN
                                            : kind == 2 ? BX_PLACE_PACKED
                                                        : BX_PLACE_FREE,
                                    .at = (size_t)at,
                                    .index = (int)index});
    }
    return true;
}

static bool read_widths(struct rows *rows, const struct bx_value *dict)
{
    struct bx_value widths = bx_value_find(dict, "W");
    struct bx_span rest = bx_value_inside(&widths);
    for (int i = 0; i < 3; i++) {
        struct bx_value width = bx_value_next_plain(&rest);
        if (width.kind != BX_VALUE_INT || width.number < 0 || width.number > 8)
            return false;
        rows->widths[i] = (int)width.number;
    }
    bx_span_skip_blank(&rest);
    return rest.len == 0;
}

static bool read_stream(struct bx_source *source, size_t at, struct bx_value *trailer)
{
    int number, generation;
    struct bx_span raw;
    *trailer = bx_source_at(source, at, &number, &generation, &raw);
    struct bx_value type = bx_value_find(trailer, "Type");
    struct rows rows;
    if (!bx_value_is_name(&type, "XRef") || !raw.at || !read_widths(&rows, trailer) ||
        !bx_source_decode(source, trailer, raw, &rows.text))
        return false;
    struct bx_value index = bx_value_find(trailer, "Index"),
                    size = bx_value_find(trailer, "Size");
    if (index.kind == BX_VALUE_NONE)
        return size.kind == BX_VALUE_INT && read_stream_part(source, &rows, 0, size.number);
    struct bx_span rest = bx_value_inside(&index);
    for (;;) {
        struct bx_value first = bx_value_next_plain(&rest), count = bx_value_next_plain(&rest);
        if (first.kind == BX_VALUE_NONE)
            break;
        if (first.kind != BX_VALUE_INT || count.kind != BX_VALUE_INT ||
            !read_stream_part(source, &rows, first.number, count.number))
            return false;
    }
    bx_span_skip_blank(&rest);
    return rest.len == 0;
}

/* --- The chain ------------------------------------------------------------------------------ */

static struct bx_section *add_section(struct bx_source *source, size_t at)
{
    if (source->section_count == source->section_capacity)
        source->sections =
            bx_arena_grow(&source->arena, source->sections, source->section_count,
                          &source->section_capacity, sizeof(*source->sections));
    source->sections[source->section_count] = (struct bx_section){.at = at};
    return &source->sections[source->section_count++];
}

static bool read_section(struct bx_source *source, size_t at)
{
    struct bx_section *section = add_section(source, at);
    struct bx_span rest = {source->file.at + at, source->file.len - at};
    if (!bx_span_take_word(&rest, "xref")) {
        section->is_stream = true;
        return read_stream(source, at, &section->trailer);
    }
    if (!read_table(source, rest, &section->trailer))
        return false;
    struct bx_value hybrid = bx_value_find(&section->trailer, "XRefStm"), dict;
    return hybrid.kind == BX_VALUE_NONE || (hybrid.kind == BX_VALUE_INT && hybrid.number > 0 &&
                                            (uint64_t)hybrid.number < source->file.len &&
                                            read_stream(source, (size_t)hybrid.number, &dict));
}

/* The last words of the file: startxref, a number, %%EOF and at most one end of line. */
static bool find_start(const struct bx_source *source, size_t *at)
{
    const char *data = source->file.at;
    size_t end = source->file.len;
    while (end > 0 && (data[end - 1] == '\n' || data[end - 1] == '\r'))
        end--;
    if (end < 5 || memcmp(data + end - 5, "%%EOF", 5) != 0)
        return false;
    size_t from = end - 5;
    for (int back = 0; from > 9 && back < 64; back++, from--)
        if (memcmp(data + from - 9, "startxref", 9) == 0)
            break;
    struct bx_span rest = {data + from, end - 5 - from};
    struct bx_value value = bx_value_next_plain(&rest);
    bx_span_skip_blank(&rest);
    if (from <= 9 || memcmp(data + from - 9, "startxref", 9) != 0 || rest.len > 0 ||
        value.kind != BX_VALUE_INT || value.number <= 0 || (uint64_t)value.number >= from)
        return false;
    *at = (size_t)value.number;
    return true;
}

static bool is_read(const struct bx_source *source, size_t at)
{
    for (int i = 0; i < source->section_count; i++)
        if (source->sections[i].at == at)
            return true;
    return false;
}

bool bx_source_read_sections(struct bx_source *source, struct bx_err *err)
{
    size_t at;
    if (!find_start(source, &at))
        return bx_fail(err, BX_E_READ, "", "",
                       "the PDF does not end as one: no cross-reference");
    for (;;) {
        if (!read_section(source, at))
            return fail_xref(err, at);
        struct bx_value prev =
            bx_value_find(&source->sections[source->section_count - 1].trailer, "Prev");
        if (prev.kind == BX_VALUE_NONE)
            return true;
        if (prev.kind != BX_VALUE_INT || prev.number <= 0 ||
            (uint64_t)prev.number >= source->file.len ||
            source->section_count >= SECTIONS_MOST || is_read(source, (size_t)prev.number))
            return fail_xref(err, at);
        at = (size_t)prev.number;
    }
}

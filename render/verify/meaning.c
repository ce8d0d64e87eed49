#include "verify/meaning.h"

#include <string.h>

#include "base/buf.h"
#include "verify/content.h"

/* ToUnicode maps and widths of ISO 32000-1 9.7 and 9.10, as far as fonts with Identity encoding
 * use them. */

#define CODES_MOST 65536

static struct bx_meaning *
need_meaning(struct bx_read_font *font, struct bx_arena *arena, int code)
{
    while (font->meaning_count <= code) {
        if (font->meaning_count == font->meaning_capacity)
            font->meanings = bx_arena_grow(arena, font->meanings, font->meaning_count,
                                           &font->meaning_capacity, sizeof(*font->meanings));
        font->meanings[font->meaning_count++] = (struct bx_meaning){.text = ""};
    }
    return &font->meanings[code];
}

/* A code of two bytes, -1 for any other string. */
static int code_of(const struct bx_object *string)
{
    if (string->kind != BX_OBJECT_STRING || string->len != 2)
        return -1;
    const unsigned char *bytes = (const unsigned char *)string->bytes;
    return bytes[0] << 8 | bytes[1];
}

static uint32_t unit_at(const unsigned char *bytes, size_t i)
{
    return (uint32_t)(bytes[i] << 8 | bytes[i + 1]);
}

/* UTF-16 whose last unit is raised by `more`, as in a range with one text. */
static void set_meaning(struct bx_read_font *font,
                        struct bx_arena *arena,
                        int code,
                        const struct bx_object *utf16,
                        int more)
{
    struct bx_buf text = {0};
    const unsigned char *bytes = (const unsigned char *)utf16->bytes;
    if (utf16->kind != BX_OBJECT_STRING || utf16->len % 2 != 0 || code < 0) {
        font->fault = "a map of codes to text that is broken";
        return;
    }
    for (size_t i = 0; i + 1 < utf16->len; i += 2) {
        uint32_t unit = unit_at(bytes, i);
        bool is_last = i + 2 >= utf16->len;
        if (unit >= 0xD800 && unit < 0xDC00 && !is_last) {
            i += 2;
            unit = 0x10000 + ((unit - 0xD800) << 10) + (unit_at(bytes, i) & 0x3FF);
            is_last = i + 2 >= utf16->len;
        }
        unit += is_last ? (uint32_t)more : 0;
        bool is_character = unit > 0 && (unit < 0xD800 || unit > 0xDFFF) && unit <= 0x10FFFF;
        bx_buf_add_utf8(&text, is_character ? unit : 0xFFFD);
    }
    *need_meaning(font, arena, code) = (struct bx_meaning){
        .text = bx_arena_strndup(arena, text.data ? text.data : "", text.len),
        .len = (int)text.len,
    };
    bx_buf_fini(&text);
}

static void add_chars(struct bx_read_font *font, struct bx_arena *arena, struct bx_content *map)
{
    for (int i = 0; i + 1 < map->operand_count; i += 2)
        set_meaning(font, arena, code_of(&map->operands[i]), &map->operands[i + 1], 0);
}

static void
add_ranges(struct bx_read_font *font, struct bx_arena *arena, struct bx_content *map)
{
    for (int i = 0; i + 2 < map->operand_count; i += 3) {
        int first = code_of(&map->operands[i]), last = code_of(&map->operands[i + 1]);
        const struct bx_object *texts = &map->operands[i + 2];
        bool is_list = texts->kind == BX_OBJECT_ARRAY;
        if (first < 0 || last < first || (is_list && texts->count != last - first + 1)) {
            font->fault = "a map of codes to text that is broken";
            return;
        }
        for (int code = first; code <= last; code++)
            set_meaning(font, arena, code, is_list ? &texts->items[code - first] : texts,
                        is_list ? 0 : code - first);
    }
}

static void
read_map(struct bx_read_font *font, const struct bx_object *stream, struct bx_arena *arena)
{
    if (stream->kind != BX_OBJECT_STREAM || !stream->is_decoded) {
        font->fault = "no map of codes to text";
        return;
    }
    struct bx_content map = {.data = stream->bytes, .len = stream->len};
    const char *word;
    enum bx_content_step step;
    while ((step = bx_content_next(&map, &word)) == BX_CONTENT_WORD) {
        if (strcmp(word, "endbfchar") == 0)
            add_chars(font, arena, &map);
        else if (strcmp(word, "endbfrange") == 0)
            add_ranges(font, arena, &map);
        else if (strcmp(word, "usecmap") == 0)
            font->fault = "a map of codes to text that builds on another";
    }
    if (step == BX_CONTENT_BROKEN)
        font->fault = "a map of codes to text that is broken";
    bx_content_fini(&map);
}

static void
set_width(struct bx_read_font *font, struct bx_arena *arena, int64_t code, int64_t width)
{
    if (code < 0 || code >= CODES_MOST || width < -CODES_MOST || width > CODES_MOST) {
        font->fault = "widths that cannot be";
        return;
    }
    while (font->width_count <= code) {
        if (font->width_count == font->width_capacity)
            font->widths = bx_arena_grow(arena, font->widths, font->width_count,
                                         &font->width_capacity, sizeof(*font->widths));
        font->widths[font->width_count++] = -1;
    }
    font->widths[code] = (int)width;
}

/* c [w1 w2 ...] or first last w (ISO 32000-1 9.7.4.3). */
static void read_widths(struct bx_read_font *font,
                        const struct bx_document *document,
                        const struct bx_object *widths,
                        struct bx_arena *arena)
{
    int count = widths->kind == BX_OBJECT_ARRAY ? widths->count : 0;
    for (int i = 0; i + 1 < count && !font->fault;) {
        int64_t first = bx_object_int(bx_object_item(document, widths, i), -1);
        const struct bx_object *second = bx_object_item(document, widths, i + 1);
        if (second->kind == BX_OBJECT_ARRAY) {
            for (int k = 0; k < second->count && !font->fault; k++)
                set_width(font, arena, first + k,
                          bx_object_int(bx_object_item(document, second, k), 0));
            i += 2;
            continue;
        }
        int64_t last = bx_object_int(second, -1);
        int64_t width = bx_object_int(bx_object_item(document, widths, i + 2), 0);
        for (int64_t code = first; code <= last && !font->fault; code++)
            set_width(font, arena, code, width);
        i += 3;
    }
}

void bx_read_font_build(struct bx_read_font *out,
                        const struct bx_document *document,
                        const struct bx_object *font,
                        struct bx_arena *arena)
{
    *out = (struct bx_read_font){.object = font, .default_width = 1000, .origin_y = 880};
    const struct bx_object *encoding = bx_object_find(document, font, "Encoding");
    const struct bx_object *kids = bx_object_find(document, font, "DescendantFonts");
    const struct bx_object *cid_font = bx_object_item(document, kids, 0);
    out->is_vertical = bx_object_is_name(encoding, "Identity-V");
    if (!bx_object_is_name(bx_object_find(document, font, "Subtype"), "Type0") ||
        (!out->is_vertical && !bx_object_is_name(encoding, "Identity-H"))) {
        out->fault = "a kind of font that banxin does not write";
        return;
    }
    read_map(out, bx_object_find(document, font, "ToUnicode"), arena);
    out->default_width =
        (int)(bx_object_int(bx_object_find(document, cid_font, "DW"), 1000) % CODES_MOST);
    const struct bx_object *vertical = bx_object_find(document, cid_font, "DW2");
    out->origin_y =
        (int)(bx_object_int(bx_object_item(document, vertical, 0), 880) % CODES_MOST);
    read_widths(out, document, bx_object_find(document, cid_font, "W"), arena);
}

struct bx_meaning bx_read_font_meaning(const struct bx_read_font *font, uint32_t code)
{
    if (code >= (uint32_t)font->meaning_count)
        return (struct bx_meaning){.text = ""};
    return font->meanings[code];
}

int bx_read_font_width(const struct bx_read_font *font, uint32_t code)
{
    if (code >= (uint32_t)font->width_count || font->widths[code] < 0)
        return font->default_width;
    return font->widths[code];
}

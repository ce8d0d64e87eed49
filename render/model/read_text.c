/* Texts: strings and spans, normalised; the level a heading's numbering says. */
#include "model/read.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "model/characters.h"
#include "model/normalise.h"

const char *
bx_read_line(struct bx_reader *reader, const struct bx_json *value, enum bx_string_rule rule)
{
    const char *text = bx_read_string(reader, value, rule);
    if (!text)
        return NULL;
    return bx_text_normalise(reader->arena, text, reader->options->keep_punctuation,
                             bx_read_where(reader, value), reader->findings);
}

static bool read_span(struct bx_reader *reader,
                      const struct bx_json *value,
                      const char **text,
                      const char **role)
{
    static const char *const roles[] = {"strong", "kai", "hei", "latin"};
    static const struct bx_field fields[] = {{"text", true}, {"role", false}};
    *text = NULL;
    *role = NULL;
    if (value->kind == BX_JSON_STRING) {
        *text = bx_read_string(reader, value, BX_STRING_LINES);
        return *text != NULL;
    }
    if (!bx_read_fields(reader, value, fields, 2))
        return false;
    const struct bx_json *member = bx_json_find(value, "role");
    if (member) {
        int i = bx_read_choice(reader, member, roles, 4);
        *role = i >= 0 ? roles[i] : NULL;
    }
    member = bx_json_find(value, "text");
    if (member)
        *text = bx_read_string(reader, member, BX_STRING_LINES);
    return *text != NULL;
}

bool bx_read_text(struct bx_reader *reader, const struct bx_json *value, struct bx_text *out)
{
    *out = (struct bx_text){.where = bx_read_where(reader, value)};
    bool is_array = value->kind == BX_JSON_ARRAY;
    const struct bx_json *item = is_array ? value->first : value;
    int most = is_array ? value->count : 1;
    if (!is_array && !bx_read_kind(reader, value, BX_JSON_STRING))
        return false;
    if (most == 0)
        return true;

    struct bx_span *spans = BX_NEW_ARRAY(reader->arena, struct bx_span, (size_t)most);
    const char **texts = BX_NEW_ARRAY(reader->scratch, const char *, (size_t)most);
    int count = 0;
    for (; item; item = is_array ? item->next : NULL)
        if (read_span(reader, item, &texts[count], &spans[count].role))
            count++;
    bx_texts_normalise(reader->arena, texts, count, reader->options->keep_punctuation,
                       out->where, reader->findings);
    for (int i = 0; i < count; i++)
        spans[i].text = texts[i];
    out->spans = spans;
    out->span_count = count;
    return count == most;
}

static bool is_numeral(uint32_t code)
{
    static const char numerals[] = "〇零一二三四五六七八九十百";
    for (int at = 0; numerals[at];)
        if (bx_utf8_next(numerals, &at) == code)
            return true;
    return false;
}

int bx_heading_level(const char *text)
{
    int at = 0, digits = 0, numerals = 0;
    if (!text[0])
        return 0;
    uint32_t code = bx_utf8_next(text, &at);
    bool is_bracketed = code == '(' || code == 0xFF08;
    if (is_bracketed)
        code = text[at] ? bx_utf8_next(text, &at) : 0;
    while (bx_char_is_digit(code) || is_numeral(code)) {
        *(bx_char_is_digit(code) ? &digits : &numerals) += 1;
        code = text[at] ? bx_utf8_next(text, &at) : 0;
    }
    bool is_pure = (digits == 0) != (numerals == 0);
    if (!is_pure)
        return 0;
    if (is_bracketed)
        return code != ')' && code != 0xFF09 ? 0 : numerals > 0 ? 2 : 4;
    if (numerals > 0)
        return code == 0x3001 ? 1 : 0;
    bool is_decimal = bx_char_is_digit((unsigned char)text[at]);
    return (code == '.' || code == 0xFF0E) && !is_decimal ? 3 : 0;
}

const char *bx_read_fill(struct bx_reader *reader,
                         const char *format,
                         const char *organ,
                         int year,
                         int month,
                         int day)
{
    const struct {
        const char *name;
        const char *text;
        int number;
    } slots[] = {{"{organ}", organ, 0},
                 {"{year}", NULL, year},
                 {"{month}", NULL, month},
                 {"{day}", NULL, day}};
    struct bx_buf out = {0};
    for (const char *p = format; *p;) {
        size_t i = 0;
        while (i < 4 && strncmp(p, slots[i].name, strlen(slots[i].name)) != 0)
            i++;
        if (i == 4)
            bx_buf_add_byte(&out, *p++);
        else if (slots[i].text)
            bx_buf_add_text(&out, slots[i].text);
        else
            bx_buf_printf(&out, "%d", slots[i].number);
        if (i < 4)
            p += strlen(slots[i].name);
    }
    const char *text = bx_arena_strndup(reader->arena, out.data ? out.data : "", out.len);
    bx_buf_fini(&out);
    return text;
}

#include "sign/value.h"

#include <limits.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* One pass over the brackets finds the end of a value; nothing is kept of what is inside. Nesting is
 * counted, not followed by calls, so depth costs nothing. */

enum {
    DEPTH_MOST = 256,
};

/* Source  ISO 32000-2 7.2.3, table 1. */
static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' ||
           c == '}' || c == '/' || c == '%';
}

static bool is_digit(char c)
{
    return '0' <= c && c <= '9';
}

static int hex_of(char c)
{
    return is_digit(c)            ? c - '0'
           : 'a' <= c && c <= 'f' ? c - 'a' + 10
           : 'A' <= c && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static void drop(struct bx_span *rest, size_t count)
{
    rest->at += count;
    rest->len -= count;
}

void bx_span_skip_blank(struct bx_span *rest)
{
    while (rest->len > 0) {
        if (*rest->at == '%')
            while (rest->len > 0 && *rest->at != '\n' && *rest->at != '\r')
                drop(rest, 1);
        else if (is_blank(*rest->at))
            drop(rest, 1);
        else
            return;
    }
}

bool bx_span_take_word(struct bx_span *rest, const char *word)
{
    struct bx_span after = *rest;
    bx_span_skip_blank(&after);
    size_t len = strlen(word);
    if (after.len < len || memcmp(after.at, word, len) != 0)
        return false;
    drop(&after, len);
    if (after.len > 0 && !is_blank(*after.at) && !is_delimiter(*after.at))
        return false;
    *rest = after;
    return true;
}

/* The length of the string in round brackets that starts here, 0 when it does not end. */
static size_t literal_len(struct bx_span text)
{
    int depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\\')
            i++;
        else if (text.at[i] == '(')
            depth++;
        else if (text.at[i] == ')' && --depth == 0)
            return i + 1;
    }
    return 0;
}

static size_t hex_len(struct bx_span text)
{
    for (size_t i = 1; i < text.len; i++) {
        if (text.at[i] == '>')
            return i + 1;
        if (hex_of(text.at[i]) < 0 && !is_blank(text.at[i]))
            return 0;
    }
    return 0;
}

static size_t word_len(struct bx_span text, size_t from)
{
    size_t i = from;
    while (i < text.len && !is_blank(text.at[i]) && !is_delimiter(text.at[i]))
        i++;
    return i;
}

static bool starts(struct bx_span text, const char *with)
{
    size_t len = strlen(with);
    return text.len >= len && memcmp(text.at, with, len) == 0;
}

/* The length of an array or dictionary, 0 when its brackets do not match. */
static size_t nested_len(struct bx_span text)
{
    char closing[DEPTH_MOST];
    int depth = 0;
    struct bx_span rest = text;
    do {
        bx_span_skip_blank(&rest);
        size_t len;
        if (starts(rest, "<<") || starts(rest, "[")) {
            if (depth == DEPTH_MOST)
                return 0;
            closing[depth++] = *rest.at == '[' ? ']' : '>';
            len = *rest.at == '[' ? 1 : 2;
        } else if (starts(rest, ">>") || starts(rest, "]")) {
            if (closing[--depth] != *rest.at)
                return 0;
            len = *rest.at == ']' ? 1 : 2;
        } else if (starts(rest, "(")) {
            len = literal_len(rest);
        } else if (starts(rest, "<")) {
            len = hex_len(rest);
        } else {
            len = word_len(rest, starts(rest, "/") ? 1 : 0);
        }
        if (len == 0)
            return 0;
        drop(&rest, len);
    } while (depth > 0);
    return text.len - rest.len;
}

/* An integer, or a REAL; NONE for any other word. */
static struct bx_value read_number(struct bx_span word)
{
    struct bx_value value = {.kind = BX_VALUE_INT, .span = word};
    size_t i = word.len > 0 && (word.at[0] == '-' || word.at[0] == '+');
    bool is_negative = i == 1 && word.at[0] == '-', has_digit = false;
    for (; i < word.len; i++) {
        if (word.at[i] == '.' && value.kind == BX_VALUE_INT) {
            value.kind = BX_VALUE_REAL;
        } else if (is_digit(word.at[i])) {
            has_digit = true;
            if (value.kind == BX_VALUE_INT && value.number < INT64_MAX / 100)
                value.number = value.number * 10 + (word.at[i] - '0');
        } else {
            value.kind = BX_VALUE_NONE;
            return value;
        }
    }
    if (!has_digit)
        value.kind = BX_VALUE_NONE;
    if (is_negative)
        value.number = -value.number;
    return value;
}

static bool is_word(struct bx_span span, const char *word)
{
    return span.len == strlen(word) && memcmp(span.at, word, span.len) == 0;
}

static struct bx_value read_word(struct bx_span word)
{
    if (is_word(word, "true") || is_word(word, "false"))
        return (struct bx_value){
            .kind = BX_VALUE_BOOL, .span = word, .number = word.at[0] == 't'};
    if (is_word(word, "null"))
        return (struct bx_value){.kind = BX_VALUE_NULL, .span = word};
    return read_number(word);
}

struct bx_value bx_value_next_plain(struct bx_span *rest)
{
    struct bx_span text = *rest;
    bx_span_skip_blank(&text);
    struct bx_value value = {.kind = BX_VALUE_NONE};
    size_t len = 0;
    if (starts(text, "<<") || starts(text, "[")) {
        len = nested_len(text);
        value.kind = *text.at == '[' ? BX_VALUE_ARRAY : BX_VALUE_DICT;
    } else if (starts(text, "(") || starts(text, "<")) {
        len = *text.at == '(' ? literal_len(text) : hex_len(text);
        value.kind = BX_VALUE_STRING;
    } else if (starts(text, "/")) {
        len = word_len(text, 1);
        value.kind = BX_VALUE_NAME;
    } else {
        len = word_len(text, 0);
        value = read_word((struct bx_span){text.at, len});
    }
    if (len == 0 || value.kind == BX_VALUE_NONE)
        return (struct bx_value){.kind = BX_VALUE_NONE};
    value.span = (struct bx_span){text.at, len};
    drop(&text, len);
    *rest = text;
    return value;
}

struct bx_value bx_value_next(struct bx_span *rest)
{
    struct bx_value value = bx_value_next_plain(rest);
    if (value.kind != BX_VALUE_INT || value.number <= 0)
        return value;
    struct bx_span after = *rest;
    struct bx_value generation = bx_value_next_plain(&after);
    if (generation.kind != BX_VALUE_INT || generation.number < 0 || generation.number > 65535 ||
        !bx_span_take_word(&after, "R"))
        return value;
    value.kind = BX_VALUE_REF;
    value.generation = (int)generation.number;
    value.span.len = (size_t)(after.at - value.span.at);
    *rest = after;
    return value;
}

struct bx_span bx_value_inside(const struct bx_value *value)
{
    size_t edge = value->kind == BX_VALUE_DICT ? 2 : value->kind == BX_VALUE_ARRAY ? 1 : 0;
    if (edge == 0)
        return (struct bx_span){"", 0};
    return (struct bx_span){value->span.at + edge, value->span.len - 2 * edge};
}

bool bx_value_entry(struct bx_span *rest, struct bx_value *key, struct bx_value *value)
{
    *key = bx_value_next_plain(rest);
    if (key->kind != BX_VALUE_NAME)
        return false;
    *value = bx_value_next(rest);
    return value->kind != BX_VALUE_NONE;
}

struct bx_value bx_value_find(const struct bx_value *dict, const char *key)
{
    struct bx_value found = {.kind = BX_VALUE_NONE}, name, value;
    if (dict->kind != BX_VALUE_DICT)
        return found;
    struct bx_span rest = bx_value_inside(dict);
    while (bx_value_entry(&rest, &name, &value))
        if (bx_value_is_name(&name, key))
            found = value;
    return found;
}

static struct bx_span undo_name(const struct bx_value *name, struct bx_arena *arena)
{
    struct bx_span span = {.at = NULL};
    span.at = bx_value_bytes(name, arena, &span.len);
    return span;
}

bool bx_value_has_unique_keys(const struct bx_value *dict)
{
    struct bx_arena arena = {0};
    struct bx_value key, value, other;
    bool is_unique = true;
    struct bx_span rest = bx_value_inside(dict);
    while (is_unique && bx_value_entry(&rest, &key, &value)) {
        struct bx_span name = undo_name(&key, &arena), behind = rest;
        while (is_unique && bx_value_entry(&behind, &other, &value)) {
            struct bx_span second = undo_name(&other, &arena);
            is_unique = second.len != name.len || memcmp(second.at, name.at, name.len) != 0;
        }
    }
    bx_span_skip_blank(&rest);
    bx_arena_fini(&arena);
    return is_unique && rest.len == 0;
}

/* The next byte of a name, its #xx undone. */
static char take_name_byte(struct bx_span *rest)
{
    char c = *rest->at;
    if (c == '#' && rest->len >= 3 && hex_of(rest->at[1]) >= 0 && hex_of(rest->at[2]) >= 0) {
        c = (char)(hex_of(rest->at[1]) << 4 | hex_of(rest->at[2]));
        drop(rest, 2);
    }
    drop(rest, 1);
    return c;
}

bool bx_value_is_name(const struct bx_value *value, const char *name)
{
    if (value->kind != BX_VALUE_NAME)
        return false;
    struct bx_span rest = {value->span.at + 1, value->span.len - 1};
    while (rest.len > 0 && *name)
        if (take_name_byte(&rest) != *name++)
            return false;
    return rest.len == 0 && !*name;
}

static void add_hex(struct bx_buf *to, struct bx_span digits)
{
    int high = -1;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = hex_of(digits.at[i]);
        if (digit >= 0 && high >= 0)
            bx_buf_add_byte(to, (char)(high << 4 | digit));
        if (digit >= 0)
            high = high >= 0 ? -1 : digit;
    }
    if (high >= 0)
        bx_buf_add_byte(to, (char)(high << 4));
}

/* What stands behind a backslash. Source  ISO 32000-2 7.3.4.2, table 3. */
static void add_escape(struct bx_buf *to, struct bx_span *rest)
{
    static const char letters[] = "nrtbf", bytes[] = "\n\r\t\b\f";
    const char *letter = *rest->at ? strchr(letters, *rest->at) : NULL;
    if (letter) {
        bx_buf_add_byte(to, bytes[letter - letters]);
        drop(rest, 1);
    } else if (*rest->at == '\r' || *rest->at == '\n') {
        bool is_pair = rest->len > 1 && rest->at[0] == '\r' && rest->at[1] == '\n';
        drop(rest, is_pair ? 2 : 1);
    } else if ('0' <= *rest->at && *rest->at <= '7') {
        int byte = 0;
        for (int i = 0; i < 3 && rest->len > 0 && '0' <= *rest->at && *rest->at <= '7'; i++) {
            byte = byte * 8 + (*rest->at - '0');
            drop(rest, 1);
        }
        bx_buf_add_byte(to, (char)(byte & 0xFF));
    } else {
        bx_buf_add_byte(to, *rest->at);
        drop(rest, 1);
    }
}

static void add_literal(struct bx_buf *to, struct bx_span rest)
{
    while (rest.len > 0) {
        char c = *rest.at;
        drop(&rest, 1);
        if (c == '\\' && rest.len > 0)
            add_escape(to, &rest);
        else
            bx_buf_add_byte(to, c);
    }
}

char *bx_value_bytes(const struct bx_value *value, struct bx_arena *arena, size_t *len)
{
    struct bx_buf bytes = {0};
    struct bx_span inside = {value->span.at + 1, value->span.len - 1};
    if (value->kind == BX_VALUE_NAME) {
        while (inside.len > 0)
            bx_buf_add_byte(&bytes, take_name_byte(&inside));
    } else if (value->kind == BX_VALUE_STRING) {
        inside.len--;
        if (value->span.at[0] == '<')
            add_hex(&bytes, inside);
        else
            add_literal(&bytes, inside);
    }
    char *copy = bx_arena_strndup(arena, bytes.data ? bytes.data : "", bytes.len);
    *len = bytes.len;
    bx_buf_fini(&bytes);
    return copy;
}

static uint32_t unit_at(const unsigned char *bytes, size_t i)
{
    return (uint32_t)(bytes[i] << 8 | bytes[i + 1]);
}

static void add_utf16(struct bx_buf *to, const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i + 1 < len; i += 2) {
        uint32_t point = unit_at(bytes, i);
        if (point >= 0xD800 && point < 0xDC00 && i + 3 < len &&
            unit_at(bytes, i + 2) >= 0xDC00 && unit_at(bytes, i + 2) < 0xE000) {
            point = 0x10000 + ((point - 0xD800) << 10) + (unit_at(bytes, i + 2) - 0xDC00);
            i += 2;
        }
        bool is_character = point > 0 && (point < 0xD800 || point > 0xDFFF);
        bx_buf_add_utf8(to, is_character ? point : 0xFFFD);
    }
}

/* What is neither UTF-16 nor UTF-8 is PDFDocEncoding, which agrees with Latin-1 but for marks that
 * matter to no name. */
const char *bx_value_text(const struct bx_value *value, struct bx_arena *arena)
{
    size_t len;
    const char *bytes = bx_value_bytes(value, arena, &len);
    struct bx_buf text = {0};
    if (len >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0) {
        add_utf16(&text, (const unsigned char *)bytes + 2, len - 2);
    } else if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 &&
               bx_utf8_valid_len(bytes, len) == len && !memchr(bytes, 0, len)) {
        bx_buf_add(&text, bytes + 3, len - 3);
    } else {
        for (size_t i = 0; i < len; i++)
            bx_buf_add_utf8(&text, bytes[i] ? (unsigned char)bytes[i] : 0xFFFDu);
    }
    const char *copy = bx_arena_strndup(arena, text.data ? text.data : "", text.len);
    bx_buf_fini(&text);
    return copy;
}

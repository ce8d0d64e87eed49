#include "verify/content.h"

#include <string.h>

#include "base/buf.h"

/* The grammar of ISO 32000-1 7.2 and 7.3 without indirect objects. Every byte of the stream is
 * looked at once, and what no rule covers ends the reading: a strict reader that guesses could be
 * made to see something else than a viewer that guesses otherwise. */

enum {
    DEPTH_MOST = 8,
    OPERANDS_MOST = 1 << 16,
    WORD_MOST = 32,
};

static bool is_blank(int byte)
{
    return byte == 0 || byte == '\t' || byte == '\n' || byte == '\f' || byte == '\r' ||
           byte == ' ';
}

static bool is_delimiter(int byte)
{
    return byte != 0 && strchr("()<>[]{}/%", byte) != NULL;
}

/* The byte at a distance, -1 behind the end. */
static int peek(const struct bx_content *c, size_t ahead)
{
    return ahead < c->len - c->at ? (unsigned char)c->data[c->at + ahead] : -1;
}

static void skip_blanks(struct bx_content *c)
{
    for (int byte = peek(c, 0); byte >= 0; byte = peek(c, 0)) {
        if (byte == '%')
            while (peek(c, 0) >= 0 && peek(c, 0) != '\n' && peek(c, 0) != '\r')
                c->at++;
        else if (is_blank(byte))
            c->at++;
        else
            return;
    }
}

static int hex_value(int byte)
{
    return '0' <= byte && byte <= '9'   ? byte - '0'
           : 'a' <= byte && byte <= 'f' ? byte - 'a' + 10
           : 'A' <= byte && byte <= 'F' ? byte - 'A' + 10
                                        : -1;
}

static void set_bytes(struct bx_content *c, struct bx_object *out, struct bx_buf *bytes)
{
    out->bytes = bx_arena_strndup(&c->arena, bytes->data ? bytes->data : "", bytes->len);
    out->len = bytes->len;
    bx_buf_fini(bytes);
}

/* Behind the opening "<". */
static bool read_hex(struct bx_content *c, struct bx_object *out)
{
    struct bx_buf bytes = {0};
    int high = -1, byte;
    for (byte = peek(c, 0); byte >= 0 && byte != '>'; byte = peek(c, 0)) {
        int value = hex_value(byte);
        c->at++;
        if (value < 0 && is_blank(byte))
            continue;
        if (value < 0)
            break;
        if (high >= 0)
            bx_buf_add_byte(&bytes, (char)(high << 4 | value));
        high = high >= 0 ? -1 : value;
    }
    if (high >= 0)
        bx_buf_add_byte(&bytes, (char)(high << 4));
    out->kind = BX_OBJECT_STRING;
    set_bytes(c, out, &bytes);
    c->at += byte == '>';
    return byte == '>';
}

static bool is_octal(int byte)
{
    return '0' <= byte && byte <= '7';
}

/* Behind a backslash: what it stands for, -1 for nothing (a line joined). */
static int read_escape(struct bx_content *c)
{
    int byte = peek(c, 0);
    c->at += byte >= 0;
    switch (byte) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case '\r':
        c->at += peek(c, 0) == '\n';
        return -1;
    case '\n':
        return -1;
    default:
        break;
    }
    if (!is_octal(byte))
        return byte;
    int value = byte - '0';
    for (int i = 0; i < 2 && is_octal(peek(c, 0)); i++)
        value = 8 * value + (c->data[c->at++] - '0');
    return value & 0xFF;
}

/* Behind the opening bracket. A bare end of line, of any kind, is a line feed. */
static bool read_string(struct bx_content *c, struct bx_object *out)
{
    struct bx_buf bytes = {0};
    int depth = 1;
    while (depth > 0 && peek(c, 0) >= 0) {
        int byte = peek(c, 0);
        c->at++;
        if (byte == '\\') {
            byte = read_escape(c);
        } else if (byte == '\r') {
            c->at += peek(c, 0) == '\n';
            byte = '\n';
        } else {
            depth += (byte == '(') - (byte == ')');
        }
        if (depth > 0 && byte >= 0)
            bx_buf_add_byte(&bytes, (char)byte);
    }
    out->kind = BX_OBJECT_STRING;
    set_bytes(c, out, &bytes);
    return depth == 0;
}

/* Behind the slash. */
static bool read_name(struct bx_content *c, struct bx_object *out)
{
    struct bx_buf bytes = {0};
    for (int byte = peek(c, 0); byte >= 0 && !is_blank(byte) && !is_delimiter(byte);
         byte = peek(c, 0)) {
        c->at++;
        if (byte == '#' && hex_value(peek(c, 0)) >= 0 && hex_value(peek(c, 1)) >= 0) {
            byte = hex_value(peek(c, 0)) << 4 | hex_value(peek(c, 1));
            c->at += 2;
        }
        bx_buf_add_byte(&bytes, (char)byte);
    }
    out->kind = BX_OBJECT_NAME;
    set_bytes(c, out, &bytes);
    return true;
}

static bool read_number(struct bx_content *c, struct bx_object *out)
{
    int64_t value = 0, unit = BX_MICRO;
    bool is_negative = peek(c, 0) == '-', has_digits = false;
    c->at += peek(c, 0) == '-' || peek(c, 0) == '+';
    for (; '0' <= peek(c, 0) && peek(c, 0) <= '9'; c->at++, has_digits = true)
        if (value < BX_NUMBER_MOST * BX_MICRO / 10 - BX_MICRO)
            value = 10 * value + (c->data[c->at] - '0') * (int64_t)BX_MICRO;
    if (peek(c, 0) == '.')
        for (c->at++; '0' <= peek(c, 0) && peek(c, 0) <= '9'; c->at++, has_digits = true) {
            unit /= 10;
            value += unit * (c->data[c->at] - '0');
        }
    out->kind = BX_OBJECT_NUMBER;
    out->number = is_negative ? -value : value;
    int next = peek(c, 0);
    return has_digits && (next < 0 || is_blank(next) || is_delimiter(next));
}

static bool read_value(struct bx_content *c, struct bx_object *out, int depth);

static struct bx_object *
add_item(struct bx_content *c, struct bx_object *items, int *count, int *capacity)
{
    if (*count == *capacity)
        items = bx_arena_grow(&c->arena, items, *count, capacity, sizeof(*items));
    items[(*count)++] = (struct bx_object){.bytes = ""};
    return items;
}

/* Behind "[". */
static bool read_array(struct bx_content *c, struct bx_object *out, int depth)
{
    struct bx_object *items = NULL;
    int count = 0, capacity = 0;
    for (skip_blanks(c); peek(c, 0) >= 0 && peek(c, 0) != ']'; skip_blanks(c)) {
        items = add_item(c, items, &count, &capacity);
        if (count > OPERANDS_MOST || !read_value(c, &items[count - 1], depth + 1))
            return false;
    }
    *out = (struct bx_object){
        .kind = BX_OBJECT_ARRAY, .items = items, .count = count, .bytes = ""};
    bool is_closed = peek(c, 0) == ']';
    c->at += is_closed;
    return is_closed;
}

/* Puts a key in its place among those before it; the last of two equal ones counts. */
static void insert_key(const char **keys, struct bx_object *items, int *count, const char *key)
{
    struct bx_object value = items[*count];
    int at = *count;
    while (at > 0 && strcmp(keys[at - 1], key) > 0)
        at--;
    if (at > 0 && strcmp(keys[at - 1], key) == 0) {
        items[at - 1] = value;
        return;
    }
    memmove(keys + at + 1, keys + at, (size_t)(*count - at) * sizeof(*keys));
    memmove(items + at + 1, items + at, (size_t)(*count - at) * sizeof(*items));
    keys[at] = key;
    items[at] = value;
    (*count)++;
}

/* Behind "<<". */
static bool read_dict(struct bx_content *c, struct bx_object *out, int depth)
{
    enum {
        KEYS_MOST = 64
    };
    const char **keys = BX_NEW_ARRAY(&c->arena, const char *, KEYS_MOST + 1);
    struct bx_object *items = BX_NEW_ARRAY(&c->arena, struct bx_object, KEYS_MOST + 1);
    int count = 0;
    for (skip_blanks(c); peek(c, 0) == '/' && count < KEYS_MOST; skip_blanks(c)) {
        struct bx_object key = {0};
        c->at++;
        items[count] = (struct bx_object){.bytes = ""};
        if (!read_name(c, &key) || !read_value(c, &items[count], depth + 1))
            return false;
        insert_key(keys, items, &count, key.bytes);
    }
    *out = (struct bx_object){
        .kind = BX_OBJECT_DICT, .keys = keys, .items = items, .count = count, .bytes = ""};
    bool is_closed = peek(c, 0) == '>' && peek(c, 1) == '>';
    c->at += is_closed ? 2 : 0;
    return is_closed;
}

static bool has_word(const struct bx_content *c, const char *word)
{
    size_t len = strlen(word);
    if (len > c->len - c->at || memcmp(c->data + c->at, word, len) != 0)
        return false;
    int next = peek(c, len);
    return next < 0 || is_blank(next) || is_delimiter(next);
}

static bool read_constant(struct bx_content *c, struct bx_object *out)
{
    if (has_word(c, "true") || has_word(c, "false")) {
        out->kind = BX_OBJECT_BOOL;
        out->number = peek(c, 0) == 't';
        c->at += out->number ? 4 : 5;
        return true;
    }
    if (!has_word(c, "null"))
        return false;
    out->kind = BX_OBJECT_NULL;
    c->at += 4;
    return true;
}

static bool read_value(struct bx_content *c, struct bx_object *out, int depth)
{
    if (depth > DEPTH_MOST)
        return false;
    skip_blanks(c);
    int byte = peek(c, 0);
    if (byte == '<' && peek(c, 1) == '<') {
        c->at += 2;
        return read_dict(c, out, depth);
    }
    if (byte >= 0 && strchr("+-.0123456789", byte) && byte != 0)
        return read_number(c, out);
    if (byte != '<' && byte != '(' && byte != '/' && byte != '[')
        return read_constant(c, out);
    c->at++;
    return byte == '<'   ? read_hex(c, out)
           : byte == '(' ? read_string(c, out)
           : byte == '/' ? read_name(c, out)
                         : read_array(c, out, depth);
}

static enum bx_content_step read_word(struct bx_content *c, const char **word)
{
    size_t start = c->at;
    while (peek(c, 0) >= 0 && !is_blank(peek(c, 0)) && !is_delimiter(peek(c, 0)))
        c->at++;
    if (c->at == start || c->at - start > WORD_MOST)
        return BX_CONTENT_BROKEN;
    *word = bx_arena_strndup(&c->arena, c->data + start, c->at - start);
    return BX_CONTENT_WORD;
}

enum bx_content_step bx_content_next(struct bx_content *content, const char **word)
{
    bx_arena_reset(&content->arena);
    content->operands = NULL;
    content->operand_count = content->operand_capacity = 0;
    for (;;) {
        skip_blanks(content);
        int byte = peek(content, 0);
        if (byte < 0)
            return content->operand_count > 0 ? BX_CONTENT_BROKEN : BX_CONTENT_END;
        bool is_value = strchr("+-.0123456789<(/[", byte) != NULL ||
                        has_word(content, "true") || has_word(content, "false") ||
                        has_word(content, "null");
        if (!is_value)
            return read_word(content, word);
        content->operands = add_item(content, content->operands, &content->operand_count,
                                     &content->operand_capacity);
        if (content->operand_count > OPERANDS_MOST ||
            !read_value(content, &content->operands[content->operand_count - 1], 0))
            return BX_CONTENT_BROKEN;
    }
}

int64_t bx_content_number(const struct bx_content *content, int i)
{
    if (i < 0 || i >= content->operand_count || content->operands[i].kind != BX_OBJECT_NUMBER)
        return 0;
    return content->operands[i].number;
}

void bx_content_fini(struct bx_content *content)
{
    bx_arena_fini(&content->arena);
    *content = (struct bx_content){0};
}

/* The grammar of RFC 8259, one function a production.
 *
 * Recursion is bounded by BX_JSON_DEPTH_MAX. The text is checked to be UTF-8 once, before
 * anything else; behind that only ASCII bytes matter to the grammar. A control character written
 * raw inside a string is no JSON; one written as an escape is, and is kept for the model's reader,
 * which names its place. Every function that returns false has left its reason through fail(). */
#include "model/json.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

struct parser {
    struct bx_arena *arena;
    const char *file;
    const char *text;
    int len;
    int at;
    int depth;
    int count;
    const char *zh;
    struct bx_err *err;
};

static bool fail(struct parser *parser, int at, const char *zh, const char *en)
{
    int line = 1, column = 1;
    for (int i = 0; i < at; i++) {
        if (parser->text[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)parser->text[i] & 0xC0) != 0x80) {
            column++;
        }
    }
    char where[64];
    snprintf(where, sizeof(where), "line %d column %d", line, column);
    parser->zh = zh;
    return bx_fail(parser->err, BX_E_READ, parser->file, where, "%s", en);
}

/* The byte at the parser's place, or -1 at the end. */
static int peek(const struct parser *parser)
{
    return parser->at < parser->len ? (unsigned char)parser->text[parser->at] : -1;
}

static void skip_space(struct parser *parser)
{
    int c = peek(parser);
    while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        parser->at++;
        c = peek(parser);
    }
}

static bool is_digit(int c)
{
    return '0' <= c && c <= '9';
}

static void skip_digits(struct parser *parser)
{
    while (is_digit(peek(parser)))
        parser->at++;
}

static bool read_number(struct parser *parser, struct bx_json *value)
{
    const char *const zh = "数字的写法不对", *const en =
                                                 "this is not a number as JSON writes it";
    int start = parser->at;
    if (peek(parser) == '-')
        parser->at++;
    if (!is_digit(peek(parser)))
        return fail(parser, start, zh, en);
    if (peek(parser) == '0')
        parser->at++;
    else
        skip_digits(parser);
    if (peek(parser) == '.') {
        parser->at++;
        if (!is_digit(peek(parser)))
            return fail(parser, start, zh, en);
        skip_digits(parser);
    }
    if (peek(parser) == 'e' || peek(parser) == 'E') {
        parser->at++;
        if (peek(parser) == '+' || peek(parser) == '-')
            parser->at++;
        if (!is_digit(peek(parser)))
            return fail(parser, start, zh, en);
        skip_digits(parser);
    }
    if (is_digit(peek(parser))) /* 007 */
        return fail(parser, start, zh, en);
    value->kind = BX_JSON_NUMBER;
    value->text_len = parser->at - start;
    value->text =
        bx_arena_strndup(parser->arena, parser->text + start, (size_t)value->text_len);
    return true;
}

/* The four hexadecimal digits of an escape, or -1. Moves behind them. */
static int32_t read_hex(struct parser *parser)
{
    int32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        int c = peek(parser);
        int digit = is_digit(c)            ? c - '0'
                    : 'a' <= c && c <= 'f' ? c - 'a' + 10
                    : 'A' <= c && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
        parser->at++;
    }
    return unit;
}

/* A \u escape, its second half included. `start` is the place of its backslash; the parser
 * stands behind the u. */
static bool read_unicode(struct parser *parser, int start, struct bx_buf *out)
{
    int32_t unit = read_hex(parser);
    if (unit < 0)
        return fail(parser, start, "\\u 后面应有四位十六进制数字",
                    "\\u must be followed by four hexadecimal digits");
    if (0xD800 <= unit && unit <= 0xDBFF && peek(parser) == '\\') {
        int32_t low = -1;
        parser->at++;
        if (peek(parser) == 'u') {
            parser->at++;
            low = read_hex(parser);
        }
        if (0xDC00 <= low && low <= 0xDFFF) {
            bx_buf_add_utf8(out, (uint32_t)(0x10000 + (unit - 0xD800) * 0x400 + low - 0xDC00));
            return true;
        }
    }
    if (0xD800 <= unit && unit <= 0xDFFF)
        return fail(parser, start, "\\u 写的是半个字符（单独的代理码），不是完整的字",
                    "this \\u escape is half a character (a lone surrogate)");
    bx_buf_add_utf8(out, (uint32_t)unit);
    return true;
}

static bool read_escape(struct parser *parser, struct bx_buf *out)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    int start = parser->at++;
    int c = peek(parser);
    const char *name = c > 0 ? strchr(names, c) : NULL;
    if (c == 'u') {
        parser->at++;
        return read_unicode(parser, start, out);
    }
    if (!name)
        return fail(parser, start, "反斜杠后面的字符不对",
                    "a backslash is followed by a character that JSON does not know");
    parser->at++;
    bx_buf_add_byte(out, meanings[name - names]);
    return true;
}

static bool read_characters(struct parser *parser, struct bx_buf *out)
{
    int start = parser->at++;
    for (;;) {
        int c = peek(parser);
        if (c < 0)
            return fail(parser, start, "这里开始的字符串没有结束的引号",
                        "the string that starts here has no closing quotation mark");
        if (c < 0x20)
            return fail(parser, parser->at,
                        "字符串中直接写了换行或其他控制字符，换行应写作 \\n",
                        "a line break or another control character stands inside a string; "
                        "write a line break as \\n");
        if (c == '"') {
            parser->at++;
            return true;
        }
        if (c == '\\') {
            if (!read_escape(parser, out))
                return false;
            continue;
        }
        bx_buf_add_byte(out, (char)c);
        parser->at++;
    }
}

static bool read_string(struct parser *parser, const char **text, int *len)
{
    struct bx_buf out = {0};
    bool is_good = read_characters(parser, &out);
    if (is_good) {
        *text = bx_arena_strndup(parser->arena, out.data ? out.data : "", out.len);
        *len = (int)out.len;
    }
    bx_buf_fini(&out);
    return is_good;
}

static bool read_value(struct parser *parser, struct bx_json *value);

/* One member or item, appended at *link. */
static bool
read_child(struct parser *parser, struct bx_json *parent, const struct bx_json ***link)
{
    if (++parser->count > BX_JSON_COUNT_MAX)
        return fail(parser, parser->at, "文件里的值太多，不像一份报告",
                    "the file holds too many values to be a report");
    struct bx_json *child = BX_NEW(parser->arena, struct bx_json);
    child->parent = parent;
    child->index = parent->count++;
    **link = child;
    *link = &child->next;

    if (parent->kind == BX_JSON_OBJECT) {
        if (peek(parser) != '"')
            return fail(parser, parser->at, "这里应是一个用双引号括起的字段名",
                        "a field name in double quotation marks is due here");
        if (!read_string(parser, &child->key, &child->key_len))
            return false;
        skip_space(parser);
        if (peek(parser) != ':')
            return fail(parser, parser->at, "字段名后面缺少冒号",
                        "a colon is due after the field name");
        parser->at++;
        skip_space(parser);
    }
    return read_value(parser, child);
}

static bool read_children(struct parser *parser, struct bx_json *value, int close)
{
    const struct bx_json **link = &value->first;
    if (++parser->depth > BX_JSON_DEPTH_MAX)
        return fail(parser, parser->at, "嵌套超过 32 层",
                    "the nesting is deeper than 32 levels");
    parser->at++;
    skip_space(parser);
    if (peek(parser) == close) {
        parser->at++;
        parser->depth--;
        return true;
    }
    for (;;) {
        if (!read_child(parser, value, &link))
            return false;
        skip_space(parser);
        int c = peek(parser);
        if (c != ',' && c != close)
            return fail(parser, parser->at, "这里应是逗号或右括号",
                        "a comma or a closing bracket is due here");
        parser->at++;
        if (c == close)
            break;
        skip_space(parser);
    }
    parser->depth--;
    return true;
}

static bool read_word(struct parser *parser, struct bx_json *value)
{
    static const struct {
        const char *word;
        enum bx_json_kind kind;
    } words[] = {{"null", BX_JSON_NULL}, {"true", BX_JSON_TRUE}, {"false", BX_JSON_FALSE}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        int len = (int)strlen(words[i].word);
        if (parser->len - parser->at >= len &&
            memcmp(parser->text + parser->at, words[i].word, (size_t)len) == 0) {
            value->kind = words[i].kind;
            parser->at += len;
            return true;
        }
    }
    return fail(parser, parser->at, "这里应是一个值", "a value is due here");
}

static bool read_value(struct parser *parser, struct bx_json *value)
{
    value->at = parser->at;
    int c = peek(parser);
    if (c == '{' || c == '[') {
        value->kind = c == '{' ? BX_JSON_OBJECT : BX_JSON_ARRAY;
        return read_children(parser, value, c == '{' ? '}' : ']');
    }
    if (c == '"') {
        value->kind = BX_JSON_STRING;
        return read_string(parser, &value->text, &value->text_len);
    }
    if (c == '-' || is_digit(c))
        return read_number(parser, value);
    return read_word(parser, value);
}

static bool read_file(struct parser *parser, struct bx_json *root)
{
    size_t good = bx_utf8_valid_len(parser->text, (size_t)parser->len);
    if (good < (size_t)parser->len)
        return fail(parser, (int)good, "文件不是 UTF-8 编码，请另存为 UTF-8",
                    "the file is not UTF-8");
    skip_space(parser);
    if (!read_value(parser, root))
        return false;
    skip_space(parser);
    if (parser->at < parser->len)
        return fail(parser, parser->at, "报告结束之后还有多余的内容",
                    "something follows after the end of the report");
    return true;
}

bool bx_json_read(const struct bx_json **out,
                  struct bx_arena *arena,
                  const char *file,
                  const void *data,
                  size_t len,
                  const char **zh,
                  struct bx_err *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    struct parser parser = {.arena = arena, .file = file, .text = data ? data : "", .err = err};
    bool is_good = false;
    if (len > BX_JSON_LEN_MAX) {
        is_good = fail(&parser, 0, "文件超过 64 MiB", "the file is larger than 64 MiB");
    } else {
        int skip = len >= 3 && memcmp(data, mark, 3) == 0 ? 3 : 0;
        parser.text += skip;
        parser.len = (int)len - skip;
        struct bx_json *root = BX_NEW(arena, struct bx_json);
        is_good = read_file(&parser, root);
        if (is_good)
            *out = root;
    }
    *zh = parser.zh;
    return is_good;
}

bool bx_json_is_named(const struct bx_json *member, const char *key)
{
    size_t len = strlen(key);
    return member->key && (size_t)member->key_len == len && memcmp(member->key, key, len) == 0;
}

const struct bx_json *bx_json_find(const struct bx_json *object, const char *key)
{
    assert(object->kind == BX_JSON_OBJECT);
    for (const struct bx_json *member = object->first; member; member = member->next)
        if (bx_json_is_named(member, key))
            return member;
    return NULL;
}

/* Control characters as escapes, so that keys and pointers stay on one line. */
static void add_shown(struct bx_buf *out, char c)
{
    if ((unsigned char)c < 0x20 || c == 0x7F)
        bx_buf_printf(out, "\\u%04x", (unsigned)c);
    else
        bx_buf_add_byte(out, c);
}

static void add_step(struct bx_buf *out, const char *key, int len)
{
    bx_buf_add_byte(out, '/');
    for (int i = 0; i < len; i++) {
        if (key[i] == '~')
            bx_buf_add_text(out, "~0");
        else if (key[i] == '/')
            bx_buf_add_text(out, "~1");
        else
            add_shown(out, key[i]);
    }
}

const char *bx_json_key_text(struct bx_arena *arena, const struct bx_json *member)
{
    struct bx_buf out = {0};
    for (int i = 0; i < member->key_len; i++)
        add_shown(&out, member->key[i]);
    const char *text = bx_arena_strndup(arena, out.data ? out.data : "", out.len);
    bx_buf_fini(&out);
    return text;
}

static void add_pointer(struct bx_buf *out, const struct bx_json *value)
{
    if (!value->parent)
        return;
    add_pointer(out, value->parent);
    if (value->key)
        add_step(out, value->key, value->key_len);
    else
        bx_buf_printf(out, "/%d", value->index);
}

static const char *
build_pointer(struct bx_arena *arena, const struct bx_json *value, const char *key)
{
    struct bx_buf out = {0};
    add_pointer(&out, value);
    if (key)
        add_step(&out, key, (int)strlen(key));
    const char *pointer = bx_arena_strndup(arena, out.data ? out.data : "", out.len);
    bx_buf_fini(&out);
    return pointer;
}

const char *bx_json_pointer(struct bx_arena *arena, const struct bx_json *value)
{
    return build_pointer(arena, value, NULL);
}

const char *
bx_json_pointer_below(struct bx_arena *arena, const struct bx_json *value, const char *key)
{
    return build_pointer(arena, value, key);
}

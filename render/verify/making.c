#include "verify/making.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"

/* XMP is XML, of which our writer uses two forms: a simple property is an attribute of its
 * description, any other an element. Both are found by looking for the name, without a parser:
 * nothing here decides whether the file is good, since the packet as a whole is compared with that
 * of the file written again. It only tells what to write again, and with what. */

#define PREFIX "banxin:"

enum {
    ITEMS_MOST = 4096,
};

static bool is_name_byte(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_' || byte == '-' || byte == '.';
}

/* The five entities of XML as characters. */
static const char *decode(struct bx_making *record, const char *text, size_t len)
{
    static const struct {
        const char *name;
        char byte;
    } entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    struct bx_buf out = {0};
    for (size_t i = 0; i < len;) {
        size_t step = 1;
        char byte = text[i];
        for (size_t e = 0; byte == '&' && e < sizeof(entities) / sizeof(entities[0]); e++) {
            size_t name_len = strlen(entities[e].name);
            if (name_len <= len - i && memcmp(text + i, entities[e].name, name_len) == 0) {
                byte = entities[e].byte;
                step = name_len;
                break;
            }
        }
        bx_buf_add_byte(&out, byte);
        i += step;
    }
    const char *copy = bx_arena_strndup(&record->arena, out.data ? out.data : "", out.len);
    bx_buf_fini(&out);
    return copy;
}

/* What stands in the property whose name, `len` bytes, stands at `at`: an attribute's value, or
 * an element's inside; NULL when it is a name of something else (a closing tag, a namespace). */
static const char *inside_of(struct bx_making *record, const char *at, size_t len)
{
    const char *packet = record->packet, *behind = at + len;
    char before = at > packet ? at[-1] : '\0';
    if (before == ' ' || before == '\n') {
        if (behind[0] != '=' || behind[1] != '"')
            return NULL;
        const char *end = strchr(behind + 2, '"');
        return end ? bx_arena_strndup(&record->arena, behind + 2, (size_t)(end - behind - 2))
                   : NULL;
    }
    const char *start = before == '<' ? strchr(behind, '>') : NULL;
    if (!start || start[-1] == '/')
        return NULL;
    char *tag = bx_arena_printf(&record->arena, "</%.*s>", (int)len, at);
    const char *end = strstr(start, tag);
    return end ? bx_arena_strndup(&record->arena, start + 1, (size_t)(end - start - 1)) : NULL;
}

static void add_item(struct bx_making *record, const char *name, size_t len, const char *value)
{
    if (record->count == ITEMS_MOST)
        return;
    if (record->count == record->capacity)
        record->items = bx_arena_grow(&record->arena, record->items, record->count,
                                      &record->capacity, sizeof(*record->items));
    record->items[record->count++] = (struct bx_making_item){
        .name = bx_arena_strndup(&record->arena, name, len), .value = value};
}

/* A list as an item each, anything else as one. */
static void
add_items(struct bx_making *record, const char *name, size_t len, const char *inside)
{
    static const char start[] = "<rdf:li>", stop[] = "</rdf:li>";
    const char *at = strstr(inside, start);
    if (!at)
        add_item(record, name, len, decode(record, inside, strlen(inside)));
    for (; at; at = strstr(at, start)) {
        at += strlen(start);
        const char *end = strstr(at, stop);
        if (!end)
            return;
        add_item(record, name, len, decode(record, at, (size_t)(end - at)));
    }
}

void bx_making_read(struct bx_making *out, const struct bx_document *document)
{
    *out = (struct bx_making){.packet = ""};
    const struct bx_object *stream = bx_object_find(document, document->root, "Metadata");
    if (stream->kind != BX_OBJECT_STREAM || memchr(stream->bytes, '\0', stream->len))
        return;
    out->packet = bx_arena_strndup(&out->arena, stream->bytes, stream->len);
    for (const char *at = strstr(out->packet, PREFIX); at; at = strstr(at + 1, PREFIX)) {
        size_t len = sizeof(PREFIX) - 1;
        while (is_name_byte(at[len]))
            len++;
        const char *inside = inside_of(out, at, len);
        if (inside)
            add_items(out, at, len, inside);
    }
    static const char producer[] = "pdf:Producer";
    for (const char *at = strstr(out->packet, producer); at; at = strstr(at + 1, producer)) {
        const char *inside = inside_of(out, at, strlen(producer));
        if (inside)
            add_items(out, at, strlen(producer), inside);
    }
}

const char *bx_making_find(const struct bx_making *record, const char *name, const char *start)
{
    size_t len = strlen(start);
    for (int i = 0; i < record->count; i++)
        if (strcmp(record->items[i].name, name) == 0 &&
            strncmp(record->items[i].value, start, len) == 0)
            return record->items[i].value + len;
    return NULL;
}

void bx_making_fini(struct bx_making *record)
{
    bx_arena_fini(&record->arena);
    *record = (struct bx_making){.packet = ""};
}

const struct bx_making_item *bx_making_compare(const struct bx_making *a,
                                               const struct bx_making *b)
{
    static const struct bx_making_item nothing = {.name = "banxin:", .value = ""};
    for (int i = 0; i < a->count || i < b->count; i++) {
        if (i >= a->count)
            return &nothing;
        if (i >= b->count || strcmp(a->items[i].name, b->items[i].name) != 0 ||
            strcmp(a->items[i].value, b->items[i].value) != 0)
            return &a->items[i];
    }
    return NULL;
}

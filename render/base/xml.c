/* Elements are put into the arena as expat finds them; texts between two tags come in pieces, which
 * are gathered until the next tag.
 *
 * A document type is refused where its declaration starts, before anything in it is looked at: what
 * entities can do to a reader (growing without end, reading other files) cannot begin. */
#include "base/xml.h"

#include <assert.h>
#include <expat.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

enum {
    DEPTH_MAX = 32,
};

struct parse {
    XML_Parser expat;
    struct bx_arena *arena;
    struct bx_buf text; /* since the last tag */
    struct bx_xml_node *open[DEPTH_MAX];
    const struct bx_xml_node **links[DEPTH_MAX]; /* where the next child of each is hung in */
    int depth;
    const struct bx_xml_node *root;
    struct bx_xml_fault *fault;
    bool is_failed;
};

static void fail(struct parse *parse, const char *what)
{
    if (parse->is_failed)
        return;
    parse->is_failed = true;
    parse->fault->line = (int)XML_GetCurrentLineNumber(parse->expat);
    snprintf(parse->fault->what, sizeof(parse->fault->what), "%s", what);
    XML_StopParser(parse->expat, XML_FALSE);
}

static bool is_blank_byte(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Copies text; a stretch of blanks with a line end in it goes. NULL when nothing is left. */
static const char *copy_text(struct bx_arena *arena, const char *text)
{
    char *copy = bx_arena_alloc(arena, strlen(text) + 1, 1);
    size_t len = 0;
    bool has_ink = false;
    while (*text) {
        size_t blanks = 0;
        bool has_line_end = false;
        while (is_blank_byte(text[blanks]))
            has_line_end |= text[blanks++] == '\n';
        if (blanks > 0 && !has_line_end) {
            memcpy(copy + len, text, blanks);
            len += blanks;
        }
        text += blanks;
        if (*text && blanks == 0) {
            copy[len++] = *text++;
            has_ink = true;
        }
    }
    copy[len] = '\0';
    return has_ink ? copy : NULL;
}

static bool is_blank(const struct bx_buf *text)
{
    for (size_t i = 0; i < text->len; i++)
        if (!is_blank_byte(text->data[i]))
            return false;
    return true;
}

/* Where the tag that was just read ends. */
static int end_line(const struct parse *parse)
{
    int offset = 0, size = 0;
    const char *input = XML_GetInputContext(parse->expat, &offset, &size);
    int len = XML_GetCurrentByteCount(parse->expat),
        line = (int)XML_GetCurrentLineNumber(parse->expat);
    for (int i = offset; input && i < offset + len && i < size; i++)
        line += input[i] == '\n';
    return line;
}

static struct bx_xml_node *hang(struct parse *parse)
{
    struct bx_xml_node *node = BX_NEW(parse->arena, struct bx_xml_node);
    node->line = end_line(parse);
    if (parse->depth == 0) {
        parse->root = node;
        return node;
    }
    int top = parse->depth - 1;
    node->parent = parse->open[top];
    *parse->links[top] = node;
    parse->links[top] = &node->next;
    return node;
}

static void end_text(struct parse *parse)
{
    if (parse->depth > 0 && !is_blank(&parse->text)) {
        const char *text = copy_text(parse->arena, parse->text.data);
        if (text)
            hang(parse)->text = text;
    }
    bx_buf_clear(&parse->text);
}

static void copy_attrs(struct parse *parse, struct bx_xml_node *node, const XML_Char **from)
{
    size_t count = 0;
    while (from[2 * count])
        count++;
    if (count == 0)
        return;
    struct bx_xml_attr *attrs = BX_NEW_ARRAY(parse->arena, struct bx_xml_attr, count);
    for (size_t i = 0; i < count; i++) {
        const char *name = from[2 * i], *value = from[2 * i + 1];
        attrs[i] = (struct bx_xml_attr){
            .name = bx_arena_strndup(parse->arena, name, strlen(name)),
            .value = bx_arena_strndup(parse->arena, value, strlen(value)),
        };
    }
    node->attrs = attrs;
    node->attr_count = (int)count;
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attrs)
{
    struct parse *parse = data;
    if (parse->depth == DEPTH_MAX) {
        fail(parse, "elements are nested too deep");
        return;
    }
    end_text(parse);
    struct bx_xml_node *node = hang(parse);
    node->name = bx_arena_strndup(parse->arena, name, strlen(name));
    copy_attrs(parse, node, attrs);
    parse->open[parse->depth] = node;
    parse->links[parse->depth] = &node->first;
    parse->depth++;
}

static void on_end(void *data, const XML_Char *name)
{
    (void)name;
    struct parse *parse = data;
    if (parse->is_failed) /* the end of the very tag that failed is still told */
        return;
    end_text(parse);
    assert(parse->depth > 0);
    parse->depth--;
}

static void on_text(void *data, const XML_Char *bytes, int len)
{
    struct parse *parse = data;
    bx_buf_add(&parse->text, bytes, (size_t)len);
}

static void on_doctype(void *data,
                       const XML_Char *name,
                       const XML_Char *system,
                       const XML_Char *public,
                       int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    fail(data, "a document type is not allowed");
}

bool bx_xml_parse(const struct bx_xml_node **root,
                  struct bx_arena *arena,
                  const void *data,
                  size_t len,
                  struct bx_xml_fault *fault)
{
    struct parse parse = {.arena = arena, .fault = fault, .expat = XML_ParserCreate(NULL)};
    if (!parse.expat || len > INT_MAX) {
        XML_ParserFree(parse.expat);
        *fault = (struct bx_xml_fault){.what = "no XML"};
        return false;
    }
    XML_SetUserData(parse.expat, &parse);
    XML_SetElementHandler(parse.expat, on_start, on_end);
    XML_SetCharacterDataHandler(parse.expat, on_text);
    XML_SetStartDoctypeDeclHandler(parse.expat, on_doctype);
    if (XML_Parse(parse.expat, len > 0 ? data : "", (int)len, XML_TRUE) != XML_STATUS_OK)
        fail(&parse, XML_ErrorString(XML_GetErrorCode(parse.expat)));
    XML_ParserFree(parse.expat);
    bx_buf_fini(&parse.text);
    if (parse.is_failed)
        return false;
    *root = parse.root;
    return true;
}

/* --- walking --- */

const char *bx_xml_find_attr(const struct bx_xml_node *node, const char *name)
{
    for (int i = 0; i < node->attr_count; i++)
        if (strcmp(node->attrs[i].name, name) == 0)
            return node->attrs[i].value;
    return NULL;
}

static const struct bx_xml_node *find_from(const struct bx_xml_node *node, const char *name)
{
    while (node && !(node->name && strcmp(node->name, name) == 0))
        node = node->next;
    return node;
}

const struct bx_xml_node *bx_xml_find_child(const struct bx_xml_node *node, const char *name)
{
    return find_from(node->first, name);
}

const struct bx_xml_node *bx_xml_find_next(const struct bx_xml_node *node, const char *name)
{
    return find_from(node->next, name);
}

static size_t add_text(char *out, const struct bx_xml_node *node)
{
    size_t len = 0;
    for (const struct bx_xml_node *child = node->first; child; child = child->next) {
        if (child->name) {
            len += add_text(out ? out + len : NULL, child);
            continue;
        }
        size_t more = strlen(child->text);
        if (out)
            memcpy(out + len, child->text, more);
        len += more;
    }
    return len;
}

const char *bx_xml_text(const struct bx_xml_node *node, struct bx_arena *arena)
{
    size_t len = add_text(NULL, node);
    char *out = bx_arena_alloc(arena, len + 1, 1);
    add_text(out, node);
    return out;
}

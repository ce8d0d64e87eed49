/* The one place of the layouts that knows libxml2.
 *
 * The file is read whole, parsed without network, document type or entities, validated, and
 * copied into plain elements; then libxml2's tree is gone. The copy costs little beside the parse
 * and keeps foreign lifetimes out of the readers.
 *
 * A document type is refused when its declaration starts, before anything in it is looked at:
 * what entities can do to a reader (growing without end, reading other files) cannot begin. */
#include "layout/xml_read.h"

#include <glib.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <libxml/xmlschemastypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"

enum {
    FILE_MAX = 1024 * 1024, /* far above any form */
    DEPTH_MAX = 32,
    PARSE_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                    XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES,
};

struct bx_xml_schema {
    xmlRelaxNGPtr grammar;
};

/* The first thing libxml2 had to say. */
struct complaint {
    bool is_set;
    int line;
    char what[256];
};

/* libxml2 sets up tables of its own on first use, which two threads must not do at once. */
static void init_libxml(void)
{
    xmlInitParser();
    xmlSchemaInitTypes();
    xmlRelaxNGInitTypes();
}

static void ensure_libxml(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, init_libxml);
}

/* --- messages --- */

static bool fail_at(struct bx_err *err, const char *file, int line, const char *what)
{
    char where[32] = "";
    if (line > 0)
        snprintf(where, sizeof(where), "line %d", line);
    return bx_fail(err, BX_E_LAYOUT, file, where, "%s", what);
}

/* Keeps the first line of a message without its full stop. */
static void keep_complaint(struct complaint *complaint, const xmlError *error)
{
    if (complaint->is_set || !error)
        return;
    complaint->is_set = true;
    complaint->line = error->line;
    snprintf(complaint->what, sizeof(complaint->what), "%s",
             error->message ? error->message : "not valid");
    size_t len = strcspn(complaint->what, "\n");
    while (len > 0 && (complaint->what[len - 1] == '.' || complaint->what[len - 1] == ' '))
        len--;
    complaint->what[len] = '\0';
    if (!g_utf8_validate(complaint->what, -1, NULL)) /* cut, or quoting broken bytes */
        snprintf(complaint->what, sizeof(complaint->what), "not valid");
}

static void take_complaint(void *data, xmlErrorPtr error)
{
    keep_complaint(data, error);
}

bool bx_xml_fail(const struct bx_xml *xml,
                 const struct bx_xml_node *node,
                 struct bx_err *err,
                 const char *fmt,
                 ...)
{
    char what[sizeof(err->what)];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    return fail_at(err, xml->file, node->line, what);
}

bool bx_xml_load(struct bx_buf *out, const char *path, struct bx_err *err)
{
    struct bx_err own = {0};
    if (bx_file_read(out, path, FILE_MAX, &own))
        return true;
    return fail_at(err, path, 0, own.what);
}

/* --- schema --- */

bool bx_xml_schema_read(struct bx_xml_schema **out, const char *path, struct bx_err *err)
{
    ensure_libxml();
    struct bx_buf buf = {0};
    if (!bx_xml_load(&buf, path, err)) {
        bx_buf_fini(&buf);
        return false;
    }
    struct complaint complaint = {0};
    xmlRelaxNGPtr grammar = NULL;
    xmlRelaxNGParserCtxtPtr ctxt = xmlRelaxNGNewMemParserCtxt(buf.data, (int)buf.len);
    if (ctxt) {
        xmlRelaxNGSetParserStructuredErrors(ctxt, take_complaint, &complaint);
        grammar = xmlRelaxNGParse(ctxt);
        xmlRelaxNGFreeParserCtxt(ctxt);
    }
    bx_buf_fini(&buf);
    if (!grammar)
        return fail_at(err, path, complaint.line,
                       complaint.is_set ? complaint.what : "no RELAX NG schema");
    struct bx_xml_schema *schema = calloc(1, sizeof(*schema));
    if (!schema)
        abort();
    schema->grammar = grammar;
    *out = schema;
    return true;
}

void bx_xml_schema_free(struct bx_xml_schema *schema)
{
    if (!schema)
        return;
    xmlRelaxNGFree(schema->grammar);
    free(schema);
}

/* --- parse --- */

static void
refuse_doctype(void *data, const xmlChar *name, const xmlChar *id, const xmlChar *uri)
{
    (void)name;
    (void)id;
    (void)uri;
    xmlParserCtxtPtr ctxt = data;
    struct complaint *complaint = ctxt->_private;
    *complaint = (struct complaint){
        .is_set = true,
        .line = ctxt->input ? ctxt->input->line : 0,
        .what = "a document type is not allowed",
    };
    xmlStopParser(ctxt);
}

static xmlDocPtr parse(const void *data, size_t len, struct complaint *complaint)
{
    xmlParserCtxtPtr ctxt = len > 0 ? xmlCreateMemoryParserCtxt(data, (int)len) : NULL;
    if (!ctxt) {
        snprintf(complaint->what, sizeof(complaint->what), "no XML");
        return NULL;
    }
    xmlCtxtUseOptions(ctxt, PARSE_OPTIONS);
    ctxt->_private = complaint;
    ctxt->sax->internalSubset = refuse_doctype;
    xmlParseDocument(ctxt);
    xmlDocPtr doc = ctxt->myDoc;
    ctxt->myDoc = NULL;
    if (!ctxt->wellFormed || complaint->is_set) {
        keep_complaint(complaint, &ctxt->lastError);
        xmlFreeDoc(doc);
        doc = NULL;
    }
    xmlFreeParserCtxt(ctxt);
    return doc;
}

static bool
validate(xmlDocPtr doc, const struct bx_xml_schema *schema, struct complaint *complaint)
{
    xmlRelaxNGValidCtxtPtr ctxt = xmlRelaxNGNewValidCtxt(schema->grammar);
    if (!ctxt)
        return false;
    xmlRelaxNGSetValidStructuredErrors(ctxt, take_complaint, complaint);
    int status = xmlRelaxNGValidateDoc(ctxt, doc);
    xmlRelaxNGFreeValidCtxt(ctxt);
    if (status != 0 && !complaint->is_set)
        snprintf(complaint->what, sizeof(complaint->what), "not valid by its schema");
    return status == 0;
}

/* libxml2's one message that does not say what is wrong. */
static bool is_about_attributes(const struct complaint *complaint)
{
    return strstr(complaint->what, "failed to validate attributes") != NULL;
}

/* --- copy --- */

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

static void copy_attrs(struct bx_arena *arena, struct bx_xml_node *out, const xmlNode *node)
{
    int count = 0;
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next)
        count++;
    if (count == 0)
        return;
    struct bx_xml_attr *attrs = BX_NEW_ARRAY(arena, struct bx_xml_attr, (size_t)count);
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        const char *name = (const char *)attr->name;
        /* Without entities a value is one text node, or none when it is empty. */
        const char *value = attr->children && attr->children->content
                                ? (const char *)attr->children->content
                                : "";
        attrs[out->attr_count++] = (struct bx_xml_attr){
            .name = bx_arena_strndup(arena, name, strlen(name)),
            .value = bx_arena_strndup(arena, value, strlen(value)),
        };
    }
    out->attrs = attrs;
}

/* NULL for what is neither an element nor text with ink: comments, blanks. */
static struct bx_xml_node *
copy_node(struct bx_arena *arena, const xmlNode *node, const struct bx_xml_node *parent)
{
    bool is_element = node->type == XML_ELEMENT_NODE;
    const char *text = NULL;
    if (node->type == XML_TEXT_NODE && node->content)
        text = copy_text(arena, (const char *)node->content);
    if (!is_element && !text)
        return NULL;
    struct bx_xml_node *out = BX_NEW(arena, struct bx_xml_node);
    out->parent = parent;
    out->line = (int)xmlGetLineNo((xmlNodePtr)(uintptr_t)node);
    out->text = text;
    if (!is_element)
        return out;
    const char *name = (const char *)node->name;
    out->name = bx_arena_strndup(arena, name, strlen(name));
    copy_attrs(arena, out, node);
    return out;
}

static bool copy_children(struct bx_arena *arena,
                          struct bx_xml_node *parent,
                          const xmlNode *from,
                          int depth)
{
    const struct bx_xml_node **link = &parent->first;
    if (depth > DEPTH_MAX)
        return false;
    for (const xmlNode *node = from->children; node; node = node->next) {
        struct bx_xml_node *copy = copy_node(arena, node, parent);
        if (!copy)
            continue;
        if (copy->name && !copy_children(arena, copy, node, depth + 1))
            return false;
        *link = copy;
        link = &copy->next;
    }
    return true;
}

bool bx_xml_read_bytes(struct bx_xml *out,
                       const struct bx_xml_schema *schema,
                       const char *file,
                       const void *data,
                       size_t len,
                       struct bx_err *err)
{
    ensure_libxml();
    *out = (struct bx_xml){0};
    if (len > FILE_MAX)
        return fail_at(err, file, 0, "the file is too large");
    struct complaint complaint = {0};
    xmlDocPtr doc = parse(data, len, &complaint);
    bool is_valid = doc && validate(doc, schema, &complaint);
    bool is_doubtful = doc && !is_valid && is_about_attributes(&complaint);
    if (!is_valid && !is_doubtful) {
        xmlFreeDoc(doc);
        return fail_at(err, file, complaint.line, complaint.what);
    }
    const xmlNode *from = xmlDocGetRootElement(doc);
    struct bx_xml_node *root = copy_node(&out->arena, from, NULL);
    bool is_done = copy_children(&out->arena, root, from, 0);
    xmlFreeDoc(doc);
    if (!is_done) {
        bx_xml_fini(out);
        return fail_at(err, file, 0, "elements are nested too deep");
    }
    out->file = bx_arena_strndup(&out->arena, file, strlen(file));
    out->root = root;
    if (is_doubtful) {
        out->doubt = bx_arena_printf(
            &out->arena, "%s: one is missing, or is not what it may be", complaint.what);
        out->doubt_line = complaint.line;
    }
    return true;
}

bool bx_xml_settle(const struct bx_xml *xml, struct bx_err *err)
{
    return !xml->doubt || fail_at(err, xml->file, xml->doubt_line, xml->doubt);
}

bool bx_xml_read(struct bx_xml *out,
                 const struct bx_xml_schema *schema,
                 const char *path,
                 struct bx_err *err)
{
    *out = (struct bx_xml){0};
    struct bx_buf buf = {0};
    bool is_done = bx_xml_load(&buf, path, err) &&
                   bx_xml_read_bytes(out, schema, path, buf.data, buf.len, err);
    bx_buf_fini(&buf);
    return is_done;
}

void bx_xml_fini(struct bx_xml *xml)
{
    bx_arena_fini(&xml->arena);
    *xml = (struct bx_xml){0};
}

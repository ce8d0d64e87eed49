/* A layout file as a tree of plain elements: read, checked against its RELAX NG schema.
 *
 * libxml2 is seen by xml_read.c alone. Nothing outside the file is ever looked at: no network, no
 * document type, no entities, no inclusions. */
#ifndef BX_XML_READ_H
#define BX_XML_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct bx_xml_attr {
    const char *name, *value;
};

/* An element, or a stretch of text between elements.
 *
 * Holds  name is NULL for text, text is NULL for elements. Text that is only blanks is left out;
 *        of other text a line end goes with the blanks around it, so that a label may be
 *        written over several lines. */
struct bx_xml_node {
    const char *name;
    const char *text;
    int line;
    const struct bx_xml_attr *attrs;
    int attr_count;
    const struct bx_xml_node *parent, *first, *next;
};

/* Holds  doubt is NULL for a valid file. libxml2 does not say which attribute of an element is
 *        wrong, so a file with such a fault is handed out all the same, with its complaint as
 *        doubt: the reader looks at the values and can say more. */
struct bx_xml {
    struct bx_arena arena;
    const char *file;
    const struct bx_xml_node *root;
    const char *doubt;
    int doubt_line;
};

struct bx_xml_schema;

/* Reads a RELAX NG schema.
 *
 * Gives   *out, which the caller frees with bx_xml_schema_free(); untouched on failure.
 * Fails   BX_E_LAYOUT. */
bool bx_xml_schema_read(struct bx_xml_schema **out, const char *path, struct bx_err *err);

void bx_xml_schema_free(struct bx_xml_schema *schema);

/* Appends a file's bytes; like bx_file_read(), but fails with BX_E_LAYOUT. */
struct bx_buf;
bool bx_xml_load(struct bx_buf *out, const char *path, struct bx_err *err);

/* Reads a file. The caller frees *out with bx_xml_fini(); it is empty after a failure. A reader
 * ends with bx_xml_settle().
 *
 * Fails   BX_E_LAYOUT with file and line: no XML, a document type, not valid. */
bool bx_xml_read(struct bx_xml *out,
                 const struct bx_xml_schema *schema,
                 const char *path,
                 struct bx_err *err);

/* The same from memory; `file` is for messages. */
bool bx_xml_read_bytes(struct bx_xml *out,
                       const struct bx_xml_schema *schema,
                       const char *file,
                       const void *data,
                       size_t len,
                       struct bx_err *err);

/* What a reader that found nothing wrong asks at last. Fails   BX_E_LAYOUT when there is a doubt. */
bool bx_xml_settle(const struct bx_xml *xml, struct bx_err *err);

/* A zeroed tree is empty. */
void bx_xml_fini(struct bx_xml *xml);

/* The attribute's value, or NULL. */
const char *bx_xml_find_attr(const struct bx_xml_node *node, const char *name);

/* The first child element of this name, or NULL; the next one after `node`, or NULL. */
const struct bx_xml_node *bx_xml_find_child(const struct bx_xml_node *node, const char *name);
const struct bx_xml_node *bx_xml_find_next(const struct bx_xml_node *node, const char *name);

/* All text of the element, joined, as a new string; "" without any. */
const char *bx_xml_text(const struct bx_xml_node *node, struct bx_arena *arena);

/* Records BX_E_LAYOUT with the file and the element's line, and returns false. */
bool bx_xml_fail(const struct bx_xml *xml,
                 const struct bx_xml_node *node,
                 struct bx_err *err,
                 const char *fmt,
                 ...) __attribute__((format(printf, 4, 5)));

/* Looks that every figure says where it comes from: an element with a value like 156mm, 2em or
 * 39% has a source itself or around it, the root not counted. With `counts_too` plain numbers are
 * figures as well.
 *
 * Fails   BX_E_LAYOUT naming the first element without. */
bool bx_xml_check_sources(const struct bx_xml *xml, bool counts_too, struct bx_err *err);

#endif

/* A layout file as a tree of plain elements: read, and valid by its RELAX NG schema.
 *
 * A file that came with the library is known to be valid by its digest; any other, one that was
 * changed or added, is validated whenever it is read. */
#ifndef BX_XML_READ_H
#define BX_XML_READ_H

#include "base/err.h"
#include "base/xml.h"

/* Holds  doubt is NULL for a valid file. The validator does not say which attribute of an element is
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

/* A RELAX NG schema, by its path: FOLDER/NAME.rng. It is read when a file has to be validated. Free
 * with bx_xml_schema_free(). One thread at a time. */
struct bx_xml_schema *bx_xml_schema_new(const char *path);

void bx_xml_schema_free(struct bx_xml_schema *schema);

/* Appends a file's bytes; like bx_file_read(), but fails with BX_E_LAYOUT. */
struct bx_buf;
bool bx_xml_load(struct bx_buf *out, const char *path, struct bx_err *err);

/* Reads a file. The caller frees *out with bx_xml_fini(); it is empty after a failure. A reader
 * ends with bx_xml_settle().
 *
 * Fails   BX_E_LAYOUT with file and line: no XML, a document type, not valid. */
bool bx_xml_read(struct bx_xml *out,
                 struct bx_xml_schema *schema,
                 const char *path,
                 struct bx_err *err);

/* The same from memory; `file` is for messages. */
bool bx_xml_read_bytes(struct bx_xml *out,
                       struct bx_xml_schema *schema,
                       const char *file,
                       const void *data,
                       size_t len,
                       struct bx_err *err);

/* What a reader that found nothing wrong asks at last. Fails   BX_E_LAYOUT when there is a doubt. */
bool bx_xml_settle(const struct bx_xml *xml, struct bx_err *err);

/* A zeroed tree is empty. */
void bx_xml_fini(struct bx_xml *xml);

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

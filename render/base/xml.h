/* XML as a tree of plain elements.
 *
 * expat is seen by xml.c alone. Nothing outside the bytes is ever looked at: no network, no document
 * type, no entities of a file's own, no inclusions. */
#ifndef BX_XML_H
#define BX_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct bx_xml_attr {
    const char *name, *value;
};

/* An element, or a stretch of text between elements.
 *
 * Holds  name is NULL for text, text is NULL for elements. Text that is only blanks is left out;
 *        of other text a line end goes with the blanks around it, so that a label may be
 *        written over several lines. `line` is where the element's tag ends. */
struct bx_xml_node {
    const char *name;
    const char *text;
    int line;
    const struct bx_xml_attr *attrs;
    int attr_count;
    const struct bx_xml_node *parent, *first, *next;
};

/* What is wrong with a file, and where; line 0 is unknown. */
struct bx_xml_fault {
    int line;
    char what[256];
};

/* Reads a whole document.
 *
 * Gives   *root in the arena; untouched on failure.
 * Fails   with *fault: not well-formed, a document type, elements nested too deep. */
bool bx_xml_parse(const struct bx_xml_node **root,
                  struct bx_arena *arena,
                  const void *data,
                  size_t len,
                  struct bx_xml_fault *fault);

/* The attribute's value, or NULL. */
const char *bx_xml_find_attr(const struct bx_xml_node *node, const char *name);

/* The first child element of this name, or NULL; the next one after `node`, or NULL. */
const struct bx_xml_node *bx_xml_find_child(const struct bx_xml_node *node, const char *name);
const struct bx_xml_node *bx_xml_find_next(const struct bx_xml_node *node, const char *name);

/* All text of the element, joined, as a new string; "" without any. */
const char *bx_xml_text(const struct bx_xml_node *node, struct bx_arena *arena);

#endif

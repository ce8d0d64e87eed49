/* The files inside a file. */
#ifndef BX_ATTACHED_H
#define BX_ATTACHED_H

#include "verify/document.h"

struct bx_attached {
    const char *name; /* UTF-8 */
    const char *relationship;
    const char *mime;
    const void *data; /* lent by the document */
    size_t len;
    bool is_whole; /* it can be decoded; size and digest are those that stand beside it */
};

/* Shape  items in the order of the name tree. */
struct bx_attached_list {
    struct bx_arena arena;
    struct bx_attached *items;
    int count, capacity;
};

/* Lists what the catalog names as embedded files. The document must outlive the list. */
void bx_attached_list_build(struct bx_attached_list *out, const struct bx_document *document);
void bx_attached_list_fini(struct bx_attached_list *list);

/* The file of this name, or NULL. */
const struct bx_attached *bx_attached_list_find(const struct bx_attached_list *list,
                                                const char *name);

/* The report's model: the only file in JSON that is a Source. NULL when there is none, or two. */
const struct bx_attached *bx_attached_list_model(const struct bx_attached_list *list);

#endif

/* What a file says of how it was made: the properties of its XMP packet. */
#ifndef BX_MAKING_H
#define BX_MAKING_H

#include "verify/document.h"

/* A property, or one value of a property that is a list: banxin:options, punctuation=gb. */
struct bx_making_item {
    const char *name, *value;
};

/* Shape  items in the packet's order: those of the prefix `banxin`, then pdf:Producer. */
struct bx_making {
    struct bx_arena arena;
    const char *packet; /* "" when there is none */
    struct bx_making_item *items;
    int count, capacity;
};

void bx_making_read(struct bx_making *out, const struct bx_document *document);
void bx_making_fini(struct bx_making *record);

/* What follows `start` in the first value of a property that begins so, or NULL. */
const char *bx_making_find(const struct bx_making *record, const char *name, const char *start);

/* The first value in which two records differ, or NULL. Its value is that of `a`; "" where
 * only b has it. */
const struct bx_making_item *bx_making_compare(const struct bx_making *a,
                                               const struct bx_making *b);

#endif

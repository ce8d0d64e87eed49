/* Do two files hold the same? Object by object, whatever their numbers, their order and the
 * compression of their streams. */
#ifndef BX_SAME_H
#define BX_SAME_H

#include "verify/document.h"

/* A place where they differ: the keys that lead to it from the trailer, "/Root/Pages/Kids/2/...". */
struct bx_difference {
    const char *path;
    enum bx_difference_kind {
        BX_DIFFERENCE_ADDED,   /* only in the file */
        BX_DIFFERENCE_MISSING, /* only in what it is held against */
        BX_DIFFERENCE_CHANGED,
    } kind;
};

enum {
    BX_DIFFERENCES_MOST = 32, /* kept; all are counted */
};

struct bx_differences {
    struct bx_arena arena;
    struct bx_difference items[BX_DIFFERENCES_MOST];
    int count; /* may be more than are kept */
};

/* Compares what the trailers lead to. A reference stands for what it leads to; two objects are
 * compared once however often they are referred to. */
void bx_differences_build(struct bx_differences *out,
                          const struct bx_document *file,
                          const struct bx_document *other);
void bx_differences_fini(struct bx_differences *differences);

#endif

/* Named sets of characters, to count what a face covers. Read only when somebody asks. */
#ifndef BX_SETS_H
#define BX_SETS_H

#include <hb.h>

#include "base/arena.h"
#include "base/err.h"

/* Holds  the set has `size` members. */
struct bx_char_set {
    const char *name; /* "GB 2312" */
    int size;
    hb_set_t *members;
};

struct bx_char_sets {
    struct bx_arena arena;
    struct bx_char_set *items;
    int count, capacity;
};

/* Reads sets.txt of a fonts folder.
 *
 * Gives   *out, to be given back with bx_char_sets_fini().
 * Fails   BX_E_READ when it cannot be read, BX_E_LAYOUT with the line when it is not of its form. */
bool bx_char_sets_read(struct bx_char_sets *out, const char *fonts_dir, struct bx_err *err);
void bx_char_sets_fini(struct bx_char_sets *sets);

#endif

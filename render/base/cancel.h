/* Whether work is still wanted: the caller's own question, asked between pieces of work.
 *
 * A stage asks it before each block, page or face and ends as it does on any failure, with nothing
 * half done. Whoever has no such question passes NULL. */
#ifndef BX_CANCEL_H
#define BX_CANCEL_H

#include "base/err.h"

struct bx_cancel {
    bool (*is_cancelled)(void *context); /* or NULL: never */
    void *context;
};

/* Gives   true while the work is wanted.
 * Fails   BX_E_CANCELLED. */
bool bx_cancel_check(const struct bx_cancel *cancel, struct bx_err *err);

#endif

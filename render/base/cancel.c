#include "base/cancel.h"

#include <stddef.h>

bool bx_cancel_check(const struct bx_cancel *cancel, struct bx_err *err)
{
    if (!cancel || !cancel->is_cancelled || !cancel->is_cancelled(cancel->context))
        return true;
    return bx_fail(err, BX_E_CANCELLED, "", "", "the caller wanted no more");
}

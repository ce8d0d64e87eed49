#include "base/len.h"

#include <assert.h>

bx_len bx_len_from_um(int32_t um)
{
    assert(-BX_UM_MAX <= um && um <= BX_UM_MAX);

    /* 1 um = 72 * 1024 / 25400 units */
    int64_t n = (int64_t)um * 72 * BX_PT;
    int64_t half = um < 0 ? -12700 : 12700;
    return (bx_len)((n + half) / 25400);
}

bx_len bx_len_part(bx_len len, int em1000)
{
    int64_t n = (int64_t)len * em1000;
    int64_t part = (n + (n < 0 ? -500 : 500)) / 1000;
    assert(INT32_MIN <= part && part <= INT32_MAX);
    return (bx_len)part;
}

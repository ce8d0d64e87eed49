#include "base/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a character that lost its last bytes off the end of a UTF-8 text. */
static void trim_partial(char *text)
{
    size_t end = strlen(text), start = end;
    while (start > 0 && end - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;

    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (end - (start - 1) < want)
        text[start - 1] = '\0';
}

bool bx_fail(struct bx_err *err,
             enum bx_code code,
             const char *file,
             const char *where,
             const char *fmt,
             ...)
{
    assert(err && code != BX_OK);
    if (err->code != BX_OK)
        return false;

    va_list ap;
    va_start(ap, fmt);
    err->code = code;
    snprintf(err->file, sizeof(err->file), "%s", file);
    snprintf(err->where, sizeof(err->where), "%s", where);
    vsnprintf(err->what, sizeof(err->what), fmt, ap);
    va_end(ap);
    trim_partial(err->file);
    trim_partial(err->where);
    trim_partial(err->what);
    return false;
}

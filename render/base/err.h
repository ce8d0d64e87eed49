/* How a stage says that it ended without a result.
 *
 * Findings about the report, its errors included, are not failures of a stage: they go to a list and are all reported. */
#ifndef BX_ERR_H
#define BX_ERR_H

#include <stdbool.h>

/* The values are the exit statuses of the command line. */
enum bx_code {
    BX_OK = 0,
    BX_E_USAGE = 1,     /* the command line is wrong */
    BX_E_READ = 2,      /* a file is missing, unreadable or not what it should be */
    BX_E_MODEL = 3,     /* the report model is not valid */
    BX_E_LAYOUT = 4,    /* a layout file is not valid */
    BX_E_FONT = 5,      /* a font, or a character in it, is missing */
    BX_E_FIT = 6,       /* the content cannot be set by these rules */
    BX_E_WRITE = 7,     /* the file could not be written */
    BX_E_SIGN = 8,      /* signing or verifying failed */
    BX_E_CANCELLED = 9, /* the caller wanted no more; never the command line's */
};

struct bx_err {
    enum bx_code code; /* BX_OK until something fails; the first failure stays */
    char file[256];    /* the file's name as the user gave it, or empty */
    char where[256];   /* JSON Pointer or line: "/sections/overview/body/12" */
    char what[512];    /* one sentence: no newline, no full stop */
};

/* Records a failure and returns false, so that a caller can `return bx_fail(...)`.
 * Every failure passes here: set the breakpoint here. Texts that are too long lose whole characters at their end. */
bool bx_fail(struct bx_err *err,
             enum bx_code code,
             const char *file,
             const char *where,
             const char *fmt,
             ...) __attribute__((format(printf, 5, 6)));

#endif

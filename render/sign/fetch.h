/* One question over HTTP(S), to a time-stamping authority: the only thing here that uses a network. */
#ifndef BX_SIGN_FETCH_H
#define BX_SIGN_FETCH_H

#include "base/buf.h"
#include "base/err.h"

struct bx_fetch {
    const char *url;
    const char *type;           /* media type of the question */
    const char *answer_type;    /* the only one that an answer may have */
    size_t answer_most;         /* bytes */
    const char *const *trusted; /* PEM files that a server is believed by, beside */
    int trusted_count;          /* those of the system */
};

/* Asks once, and once more when the connection fails.
 *
 * Fails   BX_E_SIGN: no connection, no answer in time, another status than 200, another media type,
 *         an answer that is too long; libcurl is not installed. BX_E_USAGE: another scheme, a
 *         password in the URL. */
bool bx_fetch_post(struct bx_buf *answer,
                   const struct bx_fetch *fetch,
                   const struct bx_buf *question,
                   struct bx_err *err);

#endif

/* A time-stamp token: an authority's word that bytes existed at a time.
 *
 * Source  RFC 3161 2.4.2, RFC 5816; EN 319 422 for the certificate. */
#ifndef BX_SIGN_TOKEN_H
#define BX_SIGN_TOKEN_H

#include <openssl/ts.h>
#include <stdint.h>

#include "base/err.h"
#include "sign/cms.h"
#include "sign/signed.h"

/* Holds  info is NULL unless the token was read. */
struct bx_token {
    struct bx_signed object;
    TS_TST_INFO *info;
    int64_t time; /* seconds since 1970, whole ones */
    int digest;   /* NID of what was stamped */
};

/* Reads a token and holds it against itself: one signer, who may stamp and nothing else, the
 * signature, the certificate valid at its own time.
 *
 * Gives   *out, to be emptied with bx_token_fini(), after a failure too; *why, what is wrong. */
bool bx_token_read(struct bx_token *out, struct bx_span der, const char **why);
void bx_token_fini(struct bx_token *token);

/* It stamps this digest. */
bool bx_token_is_of(const struct bx_token *token, const struct bx_digest *digest);

#endif

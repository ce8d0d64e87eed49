/* Asking a time-stamping authority. Source  RFC 3161 2.4, 3.4. */
#ifndef BX_SIGN_STAMP_H
#define BX_SIGN_STAMP_H

#include "sign/cms.h"
#include "sign/sign.h"

/* Takes a token over a digest from the authority at options->tsa, and believes nothing of it: granted,
 * over this digest, with the number that was sent, and whole in itself (token.h). With
 * options->trusted its certificate must lead there.
 *
 * Gives   *out, the token in DER, added. Untouched on failure.
 * Fails   BX_E_SIGN; BX_E_USAGE: no address. */
bool bx_stamp_take(struct bx_buf *out,
                   const struct bx_digest *digest,
                   const struct bx_sign_options *options,
                   struct bx_err *err);

#endif

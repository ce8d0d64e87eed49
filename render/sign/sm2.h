/* SM2's own digest: what a device that holds the key is given to sign.
 *
 * Source  GB/T 32918.2-2016 5.5 and 6.1; GM/T 0009-2012 10 for the identity that is taken when none was agreed
 * on. */
#ifndef BX_SIGN_SM2_H
#define BX_SIGN_SM2_H

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct bx_digest;

#define BX_SM2_IDENTITY "1234567812345678"

/* A public key of this curve, however OpenSSL calls its kind. */
bool bx_sm2_is_key(EVP_PKEY *pkey);

/* SM3(Z || bytes), Z being the digest of identity, curve and public key. Fails   BX_E_SIGN. */
bool bx_sm2_digest(
    struct bx_digest *out, EVP_PKEY *pkey, const void *bytes, size_t len, struct bx_err *err);

#endif

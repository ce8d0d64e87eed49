/* SHA-256 of many or long files. */
#ifndef BX_SIGN_DIGEST_H
#define BX_SIGN_DIGEST_H

#include <stddef.h>

/* As bx_sha256_hex(), by OpenSSL: ten times faster where the processor has instructions for it.
 *
 * Needs   out has room for BX_SHA256_HEX_SIZE. */
void bx_sign_sha256_hex(char *out, const void *data, size_t len);

#endif

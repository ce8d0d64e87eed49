#include "sign/digest.h"

#include <assert.h>
#include <openssl/evp.h>
#include <stdio.h>

#include "base/digest.h"

void bx_sign_sha256_hex(char *out, const void *data, size_t len)
{
    unsigned char digest[BX_SHA256_LEN];
    unsigned size = 0;
    int is_done = EVP_Digest(data, len, digest, &size, EVP_sha256(), NULL);
    assert(is_done == 1 && size == sizeof(digest));
    for (size_t i = 0; i < sizeof(digest); i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

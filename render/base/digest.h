/* Digests of files and attachments, over GLib's GChecksum. */
#ifndef BX_DIGEST_H
#define BX_DIGEST_H

#include <stddef.h>

enum {
    BX_SHA256_LEN = 32,
    BX_SHA256_HEX_SIZE = 2 * BX_SHA256_LEN + 1, /* the closing zero included */
    BX_MD5_LEN = 16,
    BX_MD5_HEX_SIZE = 2 * BX_MD5_LEN + 1,
};

/* SHA-256 in small hexadecimal digits, zero-terminated. Source  FIPS 180-4. */
void bx_sha256_hex(char out[BX_SHA256_HEX_SIZE], const void *data, size_t len);

/* MD5, where a file format asks for it, or where only a second file with the digest of a given one would
 * do harm, which nobody can make. Source  RFC 1321. */
void bx_md5(unsigned char out[BX_MD5_LEN], const void *data, size_t len);
void bx_md5_hex(char out[BX_MD5_HEX_SIZE], const void *data, size_t len);

#endif

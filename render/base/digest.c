/* GChecksum takes its lengths as gssize, so a block larger than that goes in pieces; OpenSSL's
 * digests are left to sign/, which must be absent from a build that does not sign. */
#include "base/digest.h"

#include <assert.h>
#include <glib.h>
#include <string.h>

static GChecksum *sum_up(GChecksumType type, const void *data, size_t len)
{
    GChecksum *sum = g_checksum_new(type);
    const unsigned char *bytes = data;
    while (len > 0) {
        size_t piece = len < G_MAXINT32 ? len : G_MAXINT32;
        g_checksum_update(sum, bytes, (gssize)piece);
        bytes += piece;
        len -= piece;
    }
    return sum;
}

/* In small hexadecimal digits, zero-terminated. */
static void sum_up_hex(char *out, size_t size, GChecksumType type, const void *data, size_t len)
{
    GChecksum *sum = sum_up(type, data, len);
    const char *hex = g_checksum_get_string(sum);
    assert(strlen(hex) == size - 1);
    memcpy(out, hex, size);
    g_checksum_free(sum);
}

void bx_sha256_hex(char out[BX_SHA256_HEX_SIZE], const void *data, size_t len)
{
    sum_up_hex(out, BX_SHA256_HEX_SIZE, G_CHECKSUM_SHA256, data, len);
}

void bx_md5_hex(char out[BX_MD5_HEX_SIZE], const void *data, size_t len)
{
    sum_up_hex(out, BX_MD5_HEX_SIZE, G_CHECKSUM_MD5, data, len);
}

void bx_md5(unsigned char out[BX_MD5_LEN], const void *data, size_t len)
{
    GChecksum *sum = sum_up(G_CHECKSUM_MD5, data, len);
    gsize size = BX_MD5_LEN;
    g_checksum_get_digest(sum, out, &size);
    assert(size == BX_MD5_LEN);
    g_checksum_free(sum);
}

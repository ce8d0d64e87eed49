/* The digest is taken as a number of 256 bits, its first byte the highest, so the remainder is
 * worked out digit by digit as in long division. Whoever knows SHA-256 can tell beforehand which
 * shard a report will be in. */
#include "batch/shard.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/digest.h"

int bx_shard_of(const char *key, int count)
{
    assert(count > 0);
    char hex[BX_SHA256_HEX_SIZE];
    bx_sha256_hex(hex, key, strlen(key));
    uint64_t rest = 0;
    for (const char *at = hex; *at; at++) {
        unsigned digit = (unsigned)(*at <= '9' ? *at - '0' : *at - 'a' + 10);
        rest = (rest * 16 + digit) % (uint64_t)count;
    }
    return (int)rest;
}

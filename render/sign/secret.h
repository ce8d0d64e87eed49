/* Secrets in memory: the key's file, the PIN, and what OpenSSL makes of them.
 *
 * They lie in pages that are not swapped out and are wiped before they are given back. */
#ifndef BX_SIGN_SECRET_H
#define BX_SIGN_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct bx_secret {
    char *bytes;      /* len bytes and a zero */
    size_t len, size; /* of the content; of the memory */
};

/* Room for len bytes, zeroed. False when there is none. */
bool bx_secret_init(struct bx_secret *out, size_t len);

/* A whole file of at most a megabyte. *out is to be emptied, after a failure too. Fails   BX_E_READ. */
bool bx_secret_read(struct bx_secret *out, const char *path, struct bx_err *err);

/* Wipes it. Takes zeroes too. */
void bx_secret_fini(struct bx_secret *secret);

/* Before OpenSSL is given the first secret. */
void bx_secret_keep(void);

#endif

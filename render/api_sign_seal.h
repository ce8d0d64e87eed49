/* A seal for a signature. For api_sign.c only. */
#ifndef BX_API_SIGN_SEAL_H
#define BX_API_SIGN_SEAL_H

#include "api.h"
#include "sign/seal.h"

struct bx_api_sign_seal {
    const char *path; /* of the picture */
    int diameter_um;  /* 0: BX_SEAL_DIAMETER_UM */
    const void *data; /* the file to be signed */
    size_t len;
};

/* Gives   *out, whose pixels are in the arena.
 * Notes   IMAGE, SEAL.
 * Fails   BX_E_READ: no picture, none of a seal. */
bool bx_api_read_sign_seal(struct bx_sign_seal *out,
                           struct bx_arena *arena,
                           const struct bx_api_sign_seal *from,
                           struct bx_findings *findings,
                           struct bx_err *err);

#endif

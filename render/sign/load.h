/* The signing part, which is loaded when the first file is signed or verified: with it come OpenSSL and
 * half a millisecond that every start of the program would pay. */
#ifndef BX_SIGN_LOAD_H
#define BX_SIGN_LOAD_H

#include "sign/check.h"
#include "sign/sign.h"
#include "sign/steps.h"

/* What the module offers: the functions of sign.h, steps.h and check.h; and bx_sha256_hex() by OpenSSL,
 * which knows the processor's own instructions: worth loading for those who digest many files. */
struct bx_signer {
    int version; /* BX_SIGNER_VERSION of the module */
    bool (*sign)(struct bx_buf *out,
                 const void *data,
                 size_t len,
                 const struct bx_sign_options *options,
                 struct bx_err *err);
    bool (*prepare)(struct bx_prepared *out,
                    const void *data,
                    size_t len,
                    const struct bx_sign_options *options,
                    const struct bx_prepare_options *prepare,
                    struct bx_err *err);
    bool (*finish)(struct bx_buf *out,
                   const void *data,
                   size_t len,
                   const struct bx_sign_options *options,
                   const struct bx_finish_input *input,
                   struct bx_err *err);
    bool (*check)(struct bx_check_result *out,
                  const void *data,
                  size_t len,
                  const struct bx_check_options *options,
                  struct bx_err *err);
    void (*sha256_hex)(char *out, const void *data, size_t len);
};

#define BX_SIGNER_VERSION 4
#define BX_SIGNER_SYMBOL  "bx_sign_module"

/* Never unloaded: OpenSSL keeps things for the whole process.
 *
 * Fails   BX_E_SIGN: the module is not where the program is, or is of another version. */
const struct bx_signer *bx_signer_load(struct bx_err *err);

#endif

/* What the loaded module shows to the program: one table, found by its name. */
#include "sign/digest.h"
#include "sign/load.h"

/* All else in the module is hidden. */
#pragma GCC visibility push(default)
extern const struct bx_signer bx_sign_module;
#pragma GCC visibility pop

const struct bx_signer bx_sign_module = {
    .version = BX_SIGNER_VERSION,
    .sign = bx_sign_pdf,
    .prepare = bx_prepare_pdf,
    .finish = bx_finish_pdf,
    .check = bx_check_pdf,
    .sha256_hex = bx_sign_sha256_hex,
};

/* What the loaded module shows to the program: one table, found by its name. */
#include "sign/load.h"

extern const struct bx_signer bx_sign_module;

const struct bx_signer bx_sign_module = {
    .version = BX_SIGNER_VERSION,
    .sign = bx_sign_pdf,
    .check = bx_check_pdf,
};

#include "sign/load.h"

#include <dlfcn.h>

#include "base/home.h"

#define MODULE_NAME "libbanxin-sign.so"

const struct bx_signer *bx_signer_load(struct bx_err *err)
{
    void *library = bx_home_load(MODULE_NAME);
    const struct bx_signer *signer = library ? dlsym(library, BX_SIGNER_SYMBOL) : NULL;
    if (!signer || signer->version != BX_SIGNER_VERSION) {
        bx_fail(err, BX_E_SIGN, "", "",
                "signing needs %s of this version, where it was installed", MODULE_NAME);
        return NULL;
    }
    return signer;
}

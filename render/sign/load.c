#include "sign/load.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The module is looked for beside the running program first, so that a build folder needs no
 * installation, then where the system keeps its libraries. */

#define MODULE_NAME "libbanxin-sign.so"

static void *open_beside_program(void)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - sizeof(MODULE_NAME) - 1);
    if (len <= 0)
        return NULL;
    path[len] = '\0';
    char *name = strrchr(path, '/');
    if (!name)
        return NULL;
    memcpy(name + 1, MODULE_NAME, sizeof(MODULE_NAME));
    return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

const struct bx_signer *bx_signer_load(struct bx_err *err)
{
    void *library = open_beside_program();
    if (!library)
        library = dlopen(MODULE_NAME, RTLD_NOW | RTLD_LOCAL);
    const struct bx_signer *signer = library ? dlsym(library, BX_SIGNER_SYMBOL) : NULL;
    if (!signer || signer->version != BX_SIGNER_VERSION) {
        bx_fail(err, BX_E_SIGN, "", "", "signing needs %s of this version beside the program",
                MODULE_NAME);
        return NULL;
    }
    return signer;
}

#include "image/load.h"

#include <dlfcn.h>

#include "base/home.h"

#define MODULE_NAME "libbanxin-pictures.so"

const struct bx_pictures *bx_pictures_load(struct bx_err *err)
{
    void *library = bx_home_load(MODULE_NAME);
    const struct bx_pictures *pictures = library ? dlsym(library, BX_PICTURES_SYMBOL) : NULL;
    if (!pictures || pictures->version != BX_PICTURES_VERSION) {
        bx_fail(err, BX_E_READ, "", "",
                "images need %s of this version, where it was installed", MODULE_NAME);
        return NULL;
    }
    return pictures;
}

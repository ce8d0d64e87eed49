/* The faces of a folder, by name. The only user of fontconfig. */
#ifndef BX_CATALOG_H
#define BX_CATALOG_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

struct bx_catalog;

struct bx_catalog_face {
    const char *path;
    int index; /* in a collection, as fontconfig gives it */
    const char *postscript;
};

/* Lists the faces of a folder and of the folders below it, or, when `folder` is NULL, of the
 * folders that fonts.conf of the fonts folder names.
 *
 * Gives   *out, which the caller frees with bx_catalog_free().
 * Fails   BX_E_READ when the folder or fonts.conf cannot be read. */
bool bx_catalog_new(struct bx_catalog **out,
                    const char *fonts_dir,
                    const char *folder,
                    struct bx_err *err);
void bx_catalog_free(struct bx_catalog *catalog);

/* The face whose family, full name or PostScript name, in any language, is `name`; of several, the
 * upright one nearest to the weight (0: of a family, the regular one). Variable faces are not
 * looked at.
 *
 * Gives   *out in the arena; false when there is none: the nearest other face is never given. */
bool bx_catalog_find(struct bx_catalog_face *out,
                     struct bx_arena *arena,
                     const struct bx_catalog *catalog,
                     const char *name,
                     int weight);

#endif

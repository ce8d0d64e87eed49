/* Where the running code lies, and with it what was installed beside it: data and modules.
 *
 * Everything is found by its place relative to the file that the code was loaded from, the library or
 * the program it is linked into. So a prefix can be moved, a build folder works without being
 * installed, and two versions on one machine never read each other's data. */
#ifndef BX_HOME_H
#define BX_HOME_H

#include "base/arena.h"

/* The folder share/banxin that belongs to the running code.
 *
 * Gives   the first of these that is there, links resolved: below the code's own folder (a build
 *         folder, a Python package), seen from bin/, seen from the folder of libraries; else where
 *         this build was told that data would be. */
const char *bx_home_data(struct bx_arena *arena);

/* Loads a part of the library that is a file of its own: from the code's folder, else from banxin/ in
 * the folder of libraries. Nowhere else: what lies on a search path may be somebody else's.
 *
 * Gives   what dlopen() gives; NULL when it is not there or cannot be loaded. */
void *bx_home_load(const char *name);

#endif

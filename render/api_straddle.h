/* The seal over the edges of all pages. For render.c and api_*.c only. */
#ifndef BX_API_STRADDLE_H
#define BX_API_STRADDLE_H

#include "api.h"

/* Reads the picture that the options name, or that is held, and presses it over the pages' edges; nothing
 * without one. A picture that is held under another name goes along under the same one as ever.
 *
 * Needs   the report's pages, as they were built.
 * Fails   BX_E_READ. */
bool bx_api_add_straddle(struct bx_report *report, struct bx_err *err);

/* The file with this digest, or NULL; sha256 may be NULL. */
const struct bx_held_file *bx_api_find_straddle(const struct bx_held_files *files,
                                                const char *sha256);

#endif

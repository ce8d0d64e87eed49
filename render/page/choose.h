/* Choosing the pages of a report together. */
#ifndef BX_CHOOSE_H
#define BX_CHOOSE_H

#include "page/fill.h"

struct bx_page_choice {
    int start, end;    /* units on the page */
    int64_t cost;      /* of ending it there */
    int next_end;      /* the next best end, or -1 */
    int64_t next_cost; /* how much more the whole would have cost with it */
};

/* Chooses densities and breaks. choices[0 .. n) are the pages.
 *
 * Gives   *choices in the arena; units->densities set to the chosen ones.
 * Fails   BX_E_FIT when a line or row is taller than the type area. */
bool bx_pages_choose(struct bx_page_choice **choices,
                     int *count,
                     struct bx_units *units,
                     struct bx_arena *arena,
                     struct bx_err *err);

/* The first unit that must stay with `unit` and all between: where the page would break if
 * `unit` could not stay on it. */
int bx_units_keep_start(const struct bx_units *units, int unit);

/* Whether a page that starts with this unit does so only because what should stay together takes more
 * than a page. A statutory table's group, and a row of prose, that no page holds are no such case. */
bool bx_units_is_forced(const struct bx_units *units, int unit);

#endif

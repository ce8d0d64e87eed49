/* Choosing the pages of a report together. */
#ifndef BX_CHOOSE_H
#define BX_CHOOSE_H

#include "page/fill.h"

struct bx_page_choice {
    int start, end;    /* units on the page */
    int64_t cost;      /* of ending it there */
    int blank;         /* grid lines at its foot */
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

#endif

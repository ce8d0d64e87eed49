/* Total-fit line breaking: the breaks of a whole paragraph chosen together. */
#ifndef BX_LINEBREAK_H
#define BX_LINEBREAK_H

#include "plan/span.h"

/* What a line costs by itself, and its colour: 0 tight, 1 even, 2 loose.
 *
 * Gives   less than 0 where it cannot be squeezed into its room. */
int64_t bx_line_cost(const struct bx_breaker *breaker, int start, int end, int *colour);

/* What a line of one colour costs more behind a line of another. */
int64_t bx_colour_cost(int before, int colour);

/* Chooses the breaks whose lines cost least together. Lines less than half full are only thought of
 * where no longer one ends at the same place. breaks[0 .. n) are the atoms that lines end before,
 * ascending; the last is atoms->count. *is_overfull tells that some line is wider than the measure
 * all the same.
 *
 * Gives   n >= 1. */
int bx_breaks_choose(int **breaks,
                     bool *is_overfull,
                     struct bx_arena *arena,
                     const struct bx_breaker *breaker);

#endif

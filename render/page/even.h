/* Pages that gave lines up for the signature, set evenly over the type area. */
#ifndef BX_EVEN_H
#define BX_EVEN_H

#include "page/choose.h"

/* What a page gave up, shared among the gaps between its lines, tables and images.
 *
 * Holds  all 0 on a page that is set on the grid. */
struct bx_even {
    bx_len extra;
    int gaps;
};

/* For each page; those in the run of text before the page of the signature which could have held more.
 *
 * Source  GB/T 9704-2012 7.3.5.5: line pitch is adjusted where seal and date find no room. */
void bx_even_find(struct bx_even *out,
                  const struct bx_units *units,
                  const struct bx_page_choice *choices,
                  int count);

/* Whether there is a gap to widen before a unit that is not the page's first. */
bool bx_even_has_gap(const struct bx_units *units, int unit);

/* How far what stands behind so many gaps is moved down. */
bx_len bx_even_shift(const struct bx_even *even, int gaps);

#endif

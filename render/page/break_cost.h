/* What it costs to end a page before a line, a row or an image. */
#ifndef BX_BREAK_COST_H
#define BX_BREAK_COST_H

#include "page/fill.h"

enum {
    BX_COST_NEVER = 100000000,   /* inside a group, a heading from its text ... */
    BX_COST_NEEDLESS = 10000000, /* a table cut against the rule of whole or cut */
    BX_COST_THIN =
        2500000, /* a part of one group: rather two pages with more than a third blank */
    BX_COST_SELDOM = 1000000, /* more than a third of a page blank, a row cut beside its edge */
};

/* What stands at a place is told by its unit: the first of the next page.
 *
 * Gives   BX_COST_NO_WAY where there is no break at all. */
#define BX_COST_NO_WAY (INT64_MAX / 4)
int64_t bx_break_cost(const struct bx_units *units, int unit);

/* The first unit that must stay with `unit` and all between: where the page would break if
 * `unit` could not stay on it. */
int bx_units_keep_start(const struct bx_units *units, int unit);

/* Whether text could be broken before this unit, or ends before it, whatever the signature takes with it. */
bool bx_units_may_end_text(const struct bx_units *units, int unit);

/* Whether a page that starts with this unit does so only because what should stay together takes more
 * than a page. A statutory table's group, and a row of prose, that no page holds are no such case. */
bool bx_units_is_forced(const struct bx_units *units, int unit);

/* Whether a cut of a mandated table stands between groups: then its place is for the balance of its
 * parts, whatever it leaves blank. */
bool bx_break_is_for_balance(const struct bx_units *units, int unit);

/* Whether a page of units start .. end-1 would be nothing but a part of a table that goes on before
 * and behind it, */
bool bx_page_is_middle_part(const struct bx_units *units, int start, int end);

/* and such a part of one group only; bx_break_cost() tells of the first and the last. */
bool bx_page_is_thin_part(const struct bx_units *units, int start, int end);

#endif

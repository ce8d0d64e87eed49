/* What must hold on every page of every run. */
#ifndef BX_PAGE_CHECK_H
#define BX_PAGE_CHECK_H

#include "page/fill.h"
#include "page/pages.h"

/* Checks: clusters cover each run's text without gaps; nothing but the page number and half an
 * outer rule stands outside the type area; every character of the plan is on exactly one page;
 * advances of a justified line add up to the measure; every table is what bx_table_check() asks.
 *
 * Needs   the units that the pages were filled with, at the densities chosen.
 * Fails   BX_E_FIT, naming the page and the text: a fault of ours. */
bool bx_pages_check(const struct bx_pages *pages,
                    const struct bx_units *units,
                    struct bx_err *err);

#endif

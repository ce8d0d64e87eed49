/* Why pages end where they do, in words. */
#ifndef BX_EXPLAIN_H
#define BX_EXPLAIN_H

#include "base/findings.h"
#include "page/choose.h"
#include "page/pages.h"

/* Needs   choices of all pages, by bx_pages_choose() from these units.
 * Gives   pages->whys, in the pages' arena: one a page. */
void bx_pages_explain(struct bx_pages *pages,
                      const struct bx_units *units,
                      const struct bx_page_choice *choices);

/* Notes   BREAK for every page that starts where it should not, because what should stay together does
 *         not fit a page: a heading leaves what it is for, a signature stands alone, a group is cut. */
void bx_pages_report_forced(const struct bx_units *units,
                            const struct bx_page_choice *choices,
                            int count,
                            struct bx_findings *findings);

#endif

/* Charts in the prose: figures drawn, with their caption. */
#ifndef BX_PLAN_CHART_H
#define BX_PLAN_CHART_H

#include "plan/plan_work.h"

/* Draws the chart of a block and adds it with its caption: under it, and kept on its page.
 *
 * Fails   BX_E_LAYOUT when the style does not say how charts are drawn; BX_E_FIT when the chart is
 *         larger than a page; BX_E_FONT. */
bool bx_planner_add_chart(struct bx_planner *p, const struct bx_block *block);

#endif

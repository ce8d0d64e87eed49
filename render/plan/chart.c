#include "plan/chart.h"

bool bx_planner_add_chart(struct bx_planner *p, const struct bx_block *block)
{
    return bx_fail(p->err, BX_E_LAYOUT, p->style->name, block->where,
                   "the style has no setting for charts");
}

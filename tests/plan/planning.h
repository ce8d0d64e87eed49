/* What the tests of a whole plan's parts share: a planner with the style gbt9704 in round figures. */
#ifndef BX_TEST_PLANNING_H
#define BX_TEST_PLANNING_H

#include "plan/plan_work.h"
#include "setting.h"

enum {
    HAN = 16 * BX_PT, /* the em, and the pitch, of body and signature */
    COLUMNS = 28,
    LINES = 22,
    PITCH = 30 * BX_PT,
};

struct planning {
    struct setting setting;
    struct bx_style *style;
    struct bx_model model;
    struct bx_plan plan;
    struct bx_planner planner;
    struct bx_err err;
};

void planning_init(struct planning *p);
void planning_fini(struct planning *p);

/* An empty plan again, of what the model and the style are now; findings are forgotten. */
void planning_clear(struct planning *p);

/* How many findings of a code and level there are. */
int planning_count(const struct planning *p, const char *code, enum bx_level level);

#endif

/* What the files of page/choose.c and page/density.c share while pages are chosen. */
#ifndef BX_CHOOSE_WORK_H
#define BX_CHOOSE_WORK_H

#include "page/choose.h"

struct bx_chooser {
    struct bx_units *units;
    struct bx_arena *arena;
    const struct bx_page_rules *rules;
    int64_t *break_costs; /* of a break before each unit */
    int64_t *best;        /* of the rest from each unit on */
    int *best_end;
    int *keep_starts; /* of the first unit of each block */
    int longest;      /* units that any page holds */
    bool is_bound;    /* only what a page or a cut costs at least is counted */
};

/* Sets best and best_end of units from .. to-1, at the densities set now; from `to` on they stand. */
void bx_chooser_solve(struct bx_chooser *c, int from, int to);

/* What the report costs up to each unit 0 .. to, if a page ends before it: before[0 .. to]. */
void bx_chooser_come(const struct bx_chooser *c, int64_t *before, int to);

/* page/density.c: chooses the densities, and solves the report with them.
 *
 * Needs   the report solved at densities 0. */
bool bx_chooser_densities(struct bx_chooser *c, struct bx_err *err);

#endif

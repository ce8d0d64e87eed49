/* Filling a page: where the next line or row would stand.
 *
 * Choosing the breaks and placing the marks both fill pages by these functions, so that a page
 * is never drawn otherwise than it was judged. */
#ifndef BX_FILL_H
#define BX_FILL_H

#include "plan/plan.h"

/* What pages are made of: a line of text, a row of a table, or an image.
 *
 * Shape  units[0 .. unit_count) in reading order. */
struct bx_unit {
    int block; /* of the plan */
    int index; /* of its line or row */
};

struct bx_units {
    struct bx_plan *plan;
    struct bx_unit *items;
    int count;
    int *first_of_block;               /* the first unit of each block; count for the end */
    int *densities;                    /* of each block: which of its tables is meant */
    const struct bx_table **stand_ins; /* of each block: another table in its place, or NULL */
    bx_len margin; /* from the edge of a grid cell to the em box in it; 0 at cells */
};

/* Needs   arena to outlive the units. All densities start at 0. */
void bx_units_build(struct bx_units *out, struct bx_plan *plan, struct bx_arena *arena);

/* The table a unit of a TABLE block is a row of. */
const struct bx_table *bx_units_table(const struct bx_units *units, int block);

/* A page while it is filled. y counts from the type area's top edge. */
struct bx_fill {
    const struct bx_units *units;
    bx_len y;      /* what is used */
    bool is_empty; /* nothing stands on it yet */
    int blank;     /* grid lines to leave before the next text */
};

/* Where a unit stands. */
struct bx_spot {
    bx_len y; /* TABLE, IMAGE: top of row or image; else: the line's ideographic centre */
    bx_len head_height; /* of what is set again above this row, which ends at y; 0 as a rule */
};

void bx_fill_start(struct bx_fill *fill, const struct bx_units *units);

/* Puts a unit on the page. false when it does not fit: the page stays as it was. */
bool bx_fill_add(struct bx_fill *fill, int unit, struct bx_spot *spot);

/* How many grid lines are used, counting a begun one. */
int bx_fill_lines(const struct bx_fill *fill);

#endif

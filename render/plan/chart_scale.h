/* Figures as whole numbers of one unit, and a scale with round steps for them. */
#ifndef BX_CHART_SCALE_H
#define BX_CHART_SCALE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/len.h"

enum {
    BX_SCALE_DIGITS = 12, /* kept of a figure: a unit of the page is a millionth of a chart */
};

/* Shape  items[i] * 10^exponent is figure i; 0 where there is none. */
struct bx_figures {
    int64_t *items;
    int count;
    int exponent;
};

/* Needs   texts of digits with a point and a minus at most, or NULL; at least one. */
void bx_figures_read(struct bx_figures *out,
                     struct bx_arena *arena,
                     const char *const *texts,
                     int count);

/* Holds  low <= 0 <= high, low < high, both multiples of step; in units of 10^exponent. */
struct bx_scale {
    int64_t low, high, step;
    int exponent;
};

/* The scale of the smallest step of 1, 2 or 5 times a power of ten that covers 0 and all figures
 * in at most `steps`.
 *
 * Needs   steps >= 2. */
void bx_scale_build(struct bx_scale *out, const struct bx_figures *figures, int steps);

/* How far a value lies from the scale's low end on a line of this length, to the nearest unit. */
bx_len bx_scale_at(const struct bx_scale *scale, int64_t value, bx_len length);

/* A value of the scale in decimal. */
const char *bx_scale_text(struct bx_arena *arena, const struct bx_scale *scale, int64_t value);

#endif

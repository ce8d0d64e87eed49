/* Sine and cosine in whole numbers, so that a slice ends in the same place on every machine. */
#ifndef BX_CHART_TURN_H
#define BX_CHART_TURN_H

#include "plan/mark.h"

enum {
    BX_TURN = 1 << 30, /* a whole turn; also the 1 of the functions' values */
};

/* Needs   0 <= turn <= BX_TURN. */
int64_t bx_turn_sin(int64_t turn);
int64_t bx_turn_cos(int64_t turn);

/* The point of a circle at a turn that counts clockwise from its top. */
struct bx_point bx_turn_point(struct bx_point centre, bx_len radius, int64_t turn);

/* Adds the arc from one turn to a later one as curves of at most an eighth of the circle, each off
 * it by less than a millionth of the radius; the pen stands at its start.
 *
 * Needs   room for BX_ARC_STEPS.
 * Gives   how many steps were added. */
enum {
    BX_ARC_STEPS = 8 /* of a whole turn */
};
int bx_turn_arc(
    struct bx_step *steps, struct bx_point centre, bx_len radius, int64_t from, int64_t to);

#endif

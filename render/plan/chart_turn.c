/* An angle is taken back to the first quarter of a turn. Values are fractions of 2^30, good to a few
 * of these. */
#include "plan/chart_turn.h"

#include <assert.h>

#define ONE ((int64_t)BX_TURN)

/* Rounded half up.
 *
 * Needs   value >= 0. */
static int64_t round_div(int64_t value, int64_t by)
{
    return (value + by / 2) / by;
}

static int64_t multiply(int64_t a, int64_t b)
{
    return round_div(a * b, ONE);
}

/* The length of the arc of the unit circle: 2 pi times the turn. */
static int64_t radians(int64_t turn)
{
    const int64_t two_pi = 3373259426; /* in 2^-29 */
    return round_div(turn * two_pi, ONE / 2);
}

/* 1 - x²/n(n+1) + x⁴/n(n+1)(n+2)(n+3) - ... to the last term that is not lost: of n = 1 the cosine,
 * of n = 2 the sine by x. */
static int64_t series(int64_t square, int n)
{
    int64_t sum = ONE, term = ONE;
    for (int sign = -1; term > 0; n += 2, sign = -sign) {
        term = round_div(multiply(square, term), n * (n + 1));
        sum += sign * term;
    }
    return sum;
}

/* Of any turn >= 0, by its quarter and the rest. */
static int64_t find_sin(int64_t turn)
{
    const int64_t quarter = ONE / 4;
    int64_t x = radians(turn % quarter), square = multiply(x, x);
    int64_t size = turn / quarter % 2 == 0 ? multiply(x, series(square, 2)) : series(square, 1);
    return turn / quarter % 4 < 2 ? size : -size;
}

int64_t bx_turn_sin(int64_t turn)
{
    assert(0 <= turn && turn <= ONE);
    return find_sin(turn);
}

int64_t bx_turn_cos(int64_t turn)
{
    assert(0 <= turn && turn <= ONE);
    return find_sin(turn + ONE / 4);
}

/* Rounded half away from 0. */
static bx_len scale(bx_len radius, int64_t share)
{
    return share < 0 ? -scale(radius, -share) : (bx_len)round_div(radius * share, ONE);
}

struct bx_point bx_turn_point(struct bx_point centre, bx_len radius, int64_t turn)
{
    return (struct bx_point){centre.x + scale(radius, bx_turn_sin(turn)),
                             centre.y - scale(radius, bx_turn_cos(turn))};
}

/* The control points lie on the tangents at 4/3 tan(angle / 4) of the radius. */
int bx_turn_arc(
    struct bx_step *steps, struct bx_point centre, bx_len radius, int64_t from, int64_t to)
{
    assert(0 <= from && from <= to && to <= ONE);
    int left_out = (int)((ONE - (to - from)) * BX_ARC_STEPS / ONE); /* whole ones */
    int count = BX_ARC_STEPS - left_out;
    for (int i = 0; i < count; i++) {
        int64_t a = from + (to - from) * i / count, b = from + (to - from) * (i + 1) / count;
        int64_t quarter = (b - a) / 4;
        int64_t k = round_div(4 * bx_turn_sin(quarter) * ONE / bx_turn_cos(quarter), 3);
        bx_len reach = scale(radius, k);
        struct bx_point start = bx_turn_point(centre, radius, a);
        struct bx_point end = bx_turn_point(centre, radius, b);
        steps[i] = (struct bx_step){
            .kind = BX_STEP_CURVE,
            .points =
                {
                    {start.x + scale(reach, bx_turn_cos(a)),
                     start.y + scale(reach, bx_turn_sin(a))},
                    {end.x - scale(reach, bx_turn_cos(b)),
                     end.y - scale(reach, bx_turn_sin(b))},
                    end,
                },
        };
    }
    return count;
}

/* An angle is taken back to the first eighth of a turn, where five terms of the series are good to
 * 1e-9. Values are fractions of 2^30. */
#include "plan/chart_turn.h"

#include <assert.h>
#include <stdbool.h>

#define ONE ((int64_t)BX_TURN)

/* Rounded half away from zero. */
static int64_t round_div(int64_t value, int64_t by)
{
    return value < 0 ? -((-value + by / 2) / by) : (value + by / 2) / by;
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

/* Of an eighth of a turn at most: 1 - x²/2 (1 - x²/12 (1 - ...)), by Horner. */
static int64_t series(int64_t square, int first)
{
    int64_t value = ONE;
    for (int n = first + 8; n >= first; n -= 2)
        value = ONE - multiply(square, value) / (n * (n + 1));
    return value;
}

static int64_t small_sin(int64_t turn)
{
    int64_t x = radians(turn);
    return multiply(x, series(multiply(x, x), 2));
}

static int64_t small_cos(int64_t turn)
{
    int64_t x = radians(turn);
    return series(multiply(x, x), 1);
}

int64_t bx_turn_sin(int64_t turn)
{
    assert(0 <= turn && turn <= ONE);
    if (turn > ONE / 2)
        return -bx_turn_sin(turn - ONE / 2);
    if (turn > ONE / 4)
        turn = ONE / 2 - turn;
    return turn <= ONE / 8 ? small_sin(turn) : small_cos(ONE / 4 - turn);
}

int64_t bx_turn_cos(int64_t turn)
{
    assert(0 <= turn && turn <= ONE);
    bool is_early = turn <= 3 * (ONE / 4);
    return bx_turn_sin(is_early ? turn + ONE / 4 : turn - 3 * (ONE / 4));
}

static bx_len scale(bx_len radius, int64_t share)
{
    return (bx_len)round_div(radius * share, ONE);
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
    int count = (int)((to - from + ONE / 8 - 1) / (ONE / 8));
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

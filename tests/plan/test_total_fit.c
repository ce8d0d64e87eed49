/* The search for breaks leaves out what cannot be the best: here it is held against all ways there
 * are, on random text. What a line costs is the engine's own; which lines, is found again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "plan/linebreak.h"
#include "random_text.h"
#include "setting.h"

int run_total_fit(void);

enum {
    TEXTS = 400,
    MOST = 500, /* atoms */
    COLOURS = 3,
};

static const int64_t NO_WAY = INT64_MAX;

static int64_t least_of(const int64_t *costs)
{
    int64_t least = costs[0];
    for (int c = 1; c < COLOURS; c++)
        least = costs[c] < least ? costs[c] : least;
    return least;
}

/* The line start .. end after every way to its start. Gives false where there is no such line. */
static bool add_line(int64_t cost[][COLOURS], const struct bx_breaker *b, int start, int end)
{
    int colour;
    int64_t own = bx_line_cost(b, start, end, &colour);
    if (own < 0 || least_of(cost[start]) == NO_WAY)
        return false;
    for (int c = 0; c < COLOURS; c++) {
        if (cost[start][c] == NO_WAY)
            continue;
        int64_t sum = cost[start][c] + own + (start > 0 ? bx_colour_cost(c, colour) : 0);
        if (sum < cost[end][colour])
            cost[end][colour] = sum;
    }
    return true;
}

/* The cost of the best of all ways; NO_WAY where none fits. */
static int64_t cost_of_best(const struct bx_breaker *b)
{
    static int64_t cost[MOST + 1][COLOURS];
    int count = b->atoms->count;
    for (int i = 0; i <= count; i++)
        for (int c = 0; c < COLOURS; c++)
            cost[i][c] = NO_WAY;
    cost[0][1] = 0;
    for (int end = 1; end <= count; end++) {
        bool is_reached = false;
        for (int start = 0; b->penalties[end] < BX_BREAK_FORBIDDEN && start < end; start++) {
            bool is_short = 2 * (b->sums[end].at - b->sums[start].at) < b->measure;
            if (!is_reached || !is_short || end == count)
                is_reached |= add_line(cost, b, start, end);
        }
    }
    return least_of(cost[count]);
}

static int64_t cost_of(const struct bx_breaker *b, const int *breaks, int count)
{
    int64_t sum = 0;
    for (int i = 0, start = 0, before = 1; i < count; start = breaks[i++]) {
        int colour;
        int64_t own = bx_line_cost(b, start, breaks[i], &colour);
        assert_true(own >= 0);
        sum += own + (i > 0 ? bx_colour_cost(before, colour) : 0);
        before = colour;
    }
    return sum;
}

static void test_breaks__cost_no_more_than_any_others(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct random r = {.state = 20260202};
    int tried = 0;
    for (int i = 0; i < TEXTS; i++) {
        char text[4000];
        random_text(text, sizeof(text), &r);
        random_rules(&s.rules, &r);
        s.rules.hang = random_next(&r, 4) == 0;
        struct bx_piece piece = setting_piece(&s, text);
        int indent = random_next(&r, 2) ? 2000 : 0;
        struct bx_para_spec spec =
            setting_spec(&s, 4000 + 500 * (int)random_next(&r, 50), indent);
        struct bx_atoms atoms;
        static int penalties[MOST + 1];
        bx_arena_reset(&s.context.scratch);
        bx_atoms_build(&atoms, &s.context, piece.text, piece.len, 0, piece.len, &piece,
                       &piece.len, 1, &spec);
        assert_in_range(atoms.count, 1, MOST);
        bx_breaks_find(penalties, &atoms, text, &s.rules, s.rules.level, BX_PASS_RULES);
        struct bx_breaker breaker = {
            .atoms = &atoms,
            .rules = &s.rules,
            .sums = bx_sums_build(&s.context.scratch, &atoms, &s.rules),
            .penalties = penalties,
            .measure = spec.measure,
            .first_indent = spec.indent,
            .em = spec.em,
            .align = random_next(&r, 4) ? BX_ALIGN_JUSTIFY : BX_ALIGN_CENTER,
            .is_ragged = random_next(&r, 3) == 0,
        };
        int *breaks;
        bool is_overfull;
        int count = bx_breaks_choose(&breaks, &is_overfull, &s.context.scratch, &breaker);
        int64_t best = cost_of_best(&breaker);
        assert_true(is_overfull || best != NO_WAY);
        if (is_overfull)
            continue;
        assert_true(cost_of(&breaker, breaks, count) == best);
        tried += count > 1;
    }
    setting_fini(&s);
    assert_true(tried > TEXTS / 2);
}

int run_total_fit(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_breaks__cost_no_more_than_any_others),
    };
    return cmocka_run_group_tests_name("total_fit", tests, NULL, NULL);
}

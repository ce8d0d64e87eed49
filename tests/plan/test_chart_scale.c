/* What charts are measured by: figures, scales, turns. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "plan/chart_scale.h"
#include "plan/chart_turn.h"

int run_chart_scale(void);

static void test_scale__has_round_steps_that_cover_zero_and_all_figures(void **state)
{
    static const struct {
        const char *figures[3];
        const char *low, *step, *high;
    } cases[] = {
        {{"1036", "872", NULL}, "0", "500", "1500"},
        {{"5", NULL, NULL}, "0", "1", "5"},
        {{"1", "2", "3"}, "0", "1", "3"},
        {{"7", NULL, NULL}, "0", "2", "8"},
        {{"0", "0", NULL}, "0", "1", "1"},
        {{"0.00", NULL, NULL}, "0", "0.01", "0.01"},
        {{"-3.5", "2", NULL}, "-4", "2", "2"},
        {{"-8", "-1", NULL}, "-8", "2", "0"},
        {{"0.5", "0.25", NULL}, "0", "0.1", "0.5"},
        {{"1234567890123456", "1", NULL}, "0", "500000000000000", "1500000000000000"},
        {{"0.00000000000012", NULL, NULL}, "0", "0.00000000000005", "0.00000000000015"},
        {{"10.2", "23.6", NULL}, "0", "5", "25"},
        {{"1.2", "0.5", NULL}, "0", "0.5", "1.5"},
        {{"12.05", NULL, NULL}, "0", "5", "15"},
        {{"0.05", "-0.12", NULL}, "-0.15", "0.05", "0.05"},
        {{"40", "10", NULL}, "0", "10", "40"},
        {{"90", NULL, NULL}, "0", "20", "100"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bx_arena arena = {0};
        struct bx_figures figures;
        struct bx_scale scale;
        bx_figures_read(&figures, &arena, cases[i].figures, 3);
        bx_scale_build(&scale, &figures, 5);
        assert_string_equal(bx_scale_text(&arena, &scale, scale.low), cases[i].low);
        assert_string_equal(bx_scale_text(&arena, &scale, scale.step), cases[i].step);
        assert_string_equal(bx_scale_text(&arena, &scale, scale.high), cases[i].high);
        bx_arena_fini(&arena);
    }
}

static void test_scale__has_two_steps_at_least(void **state)
{
    (void)state;
    const char *texts[] = {"50", "-30"};
    struct bx_arena arena = {0};
    struct bx_figures figures;
    struct bx_scale scale;
    bx_figures_read(&figures, &arena, texts, 2);
    bx_scale_build(&scale, &figures, 2);
    assert_int_equal(scale.low, -50);
    assert_int_equal(scale.high, 50);
    assert_int_equal(scale.step, 50);
    bx_arena_fini(&arena);
}

static void test_scale__places_a_value_within_a_unit(void **state)
{
    (void)state;
    const char *texts[] = {"-999999999999", "333333333333", "0", "999999999999"};
    struct bx_arena arena = {0};
    struct bx_figures figures;
    struct bx_scale scale;
    bx_figures_read(&figures, &arena, texts, 4);
    bx_scale_build(&scale, &figures, 5);
    const bx_len length = 700 * BX_PT;
    double range = (double)(scale.high - scale.low);
    for (int i = 0; i < 4; i++) {
        double place = strtod(texts[i], NULL) - (double)scale.low;
        assert_true(
            fabs(bx_scale_at(&scale, figures.items[i], length) - place / range * length) < 1);
    }
    assert_int_equal(bx_scale_at(&scale, scale.low, length), 0);
    assert_int_equal(bx_scale_at(&scale, scale.high, length), length);
    bx_arena_fini(&arena);
}

/* Twelve digits from the first that is not 0, of the largest; and none that no figure has. */
static void test_figures__keep_twelve_digits(void **state)
{
    static const struct {
        const char *texts[4];
        int exponent;
        int64_t items[4];
    } cases[] = {
        {{"1234567890125.5", "1234567890124.9", "-5", NULL},
         1,
         {123456789013, 123456789012, -1, 0}},
        {{"0.12345678901250", "-0.0000000000005", NULL, "0"}, -12, {123456789013, -1, 0, 0}},
        {{"0.01234567890125", NULL, NULL, NULL}, -13, {123456789013, 0, 0, 0}},
        {{"1.5", "0.25", "0", NULL}, -2, {150, 25, 0, 0}},
        {{"0", "0.00000000000012", NULL, NULL}, -14, {0, 12, 0, 0}},
        {{"0.00000000000000", NULL, NULL, NULL}, -14, {0, 0, 0, 0}},
        {{"100", "-20", NULL, NULL}, 0, {100, -20, 0, 0}},
        {{"9999999999999999", "1", NULL, NULL}, 4, {1000000000000, 0, 0, 0}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bx_arena arena = {0};
        struct bx_figures figures;
        bx_figures_read(&figures, &arena, cases[i].texts, 4);
        assert_int_equal(figures.exponent, cases[i].exponent);
        assert_int_equal(figures.count, 4);
        for (int k = 0; k < 4; k++)
            assert_int_equal(figures.items[k], cases[i].items[k]);
        bx_arena_fini(&arena);
    }
}

/* ---- turns ---- */

static void test_turn__is_the_sine_and_cosine(void **state)
{
    (void)state;
    const double turn = 2 * 3.14159265358979323846;
    for (int64_t at = 0; at <= BX_TURN; at += BX_TURN / 977) {
        double x = (double)at / BX_TURN * turn;
        assert_true(fabs((double)bx_turn_sin(at) / BX_TURN - sin(x)) < 1e-8);
        assert_true(fabs((double)bx_turn_cos(at) / BX_TURN - cos(x)) < 1e-8);
    }
    const int64_t quarter = BX_TURN / 4;
    for (int i = 0; i <= 4; i++) { /* exactly 0 or 1 */
        assert_int_equal(bx_turn_sin(i * quarter), (i == 1) * BX_TURN - (i == 3) * BX_TURN);
        assert_int_equal(bx_turn_cos(i * quarter), (i % 4 == 0) * BX_TURN - (i == 2) * BX_TURN);
    }
}

static void test_arc__keeps_to_the_circle(void **state)
{
    (void)state;
    const struct bx_point centre = {1000000, 2000000};
    const bx_len radius = 70 * BX_PT;
    const int64_t ends[][2] = {{0, BX_TURN},
                               {BX_TURN / 3, BX_TURN / 2},
                               {12345, 12346},
                               {BX_TURN / 8, BX_TURN / 8 * 3 + 1},
                               {BX_TURN / 8, BX_TURN / 8 * 3}};
    const int counts[] = {BX_ARC_STEPS, 2, 1, 3, 2}; /* of an eighth at most */
    for (int i = 0; i < 5; i++) {
        struct bx_step steps[BX_ARC_STEPS];
        int count = bx_turn_arc(steps, centre, radius, ends[i][0], ends[i][1]);
        struct bx_point start = bx_turn_point(centre, radius, ends[i][0]);
        assert_int_equal(count, counts[i]);
        for (int k = 0; k < count; k++) {
            const struct bx_point *p = steps[k].points;
            double x = (start.x + 3.0 * p[0].x + 3.0 * p[1].x + p[2].x) / 8 - centre.x;
            double y = (start.y + 3.0 * p[0].y + 3.0 * p[1].y + p[2].y) / 8 - centre.y;
            assert_true(fabs(sqrt(x * x + y * y) - radius) < 2);
            start = p[2];
        }
        struct bx_point end = bx_turn_point(centre, radius, ends[i][1]);
        assert_memory_equal(&start, &end, sizeof(end));
    }
}

int run_chart_scale(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scale__has_round_steps_that_cover_zero_and_all_figures),
        cmocka_unit_test(test_scale__has_two_steps_at_least),
        cmocka_unit_test(test_scale__places_a_value_within_a_unit),
        cmocka_unit_test(test_figures__keep_twelve_digits),
        cmocka_unit_test(test_turn__is_the_sine_and_cosine),
        cmocka_unit_test(test_arc__keeps_to_the_circle),
    };
    return cmocka_run_group_tests_name("chart_scale", tests, NULL, NULL);
}

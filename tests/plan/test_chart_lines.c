/* Lines by hand: where all of a small chart stands, which names there are, and what fits no page.
 *
 * Places are in points, found from the measures of drawn.h by what docs/report-model.md and the head
 * of chart_lines.c say. Scales go from 0 to 100, so that a point of height is a unit. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"

int run_chart_lines(void);

static bool has_table(const struct drawn *d)
{
    return d->plan.block_count > 1;
}

/* The n-th line of the drawing goes through these points. */
static void check_line(const struct drawn *d, int n, const double (*points)[2], int count)
{
    const struct bx_drawing *drawing = drawn_drawing(d);
    for (int i = 0; i < drawing->count; i++) {
        const struct bx_drawn *drawn = &drawing->items[i];
        if (!drawn_is_open_line(drawn) || n-- > 0)
            continue;
        assert_int_equal(drawn->path.step_count, count);
        assert_int_equal(drawn->path.width, CURVE_RULE);
        for (int k = 0; k < count; k++) {
            struct bx_point at = drawn->path.steps[k].points[0];
            assert_int_equal(drawn->rect.x + at.x, pt(points[k][0]));
            assert_int_equal(drawn->rect.y + at.y, pt(points[k][1]));
        }
        return;
    }
    fail_msg("too few lines");
}

static int count_lines(const struct drawn *d)
{
    int lines = 0;
    for (int i = 0; i < drawn_drawing(d)->count; i++)
        lines += drawn_is_open_line(&drawn_drawing(d)->items[i]);
    return lines;
}

/* The plot: 21 .. 421 by 42 .. 142, under the unit and a line for the highest figure; points in the
 * middle of slots of 80. A blank ends a line; a point alone has none. Markers are 6 across, keys of
 * the legend 30 long. */
static void test_lines__go_through_their_points_to_scale(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙丙", "丁", "戊", "己"}, *series[] = {"一", "二"};
    const char *values[] = {"20", "60", NULL, "40", "90", NULL, "10", NULL, "80", NULL};
    drawn_give(d, BX_CHART_LINE, names, 5, series, 2, values);
    d->chart.unit = "件";
    assert_true(drawn_fits(d, pt(421), HIGH));
    assert_int_equal(d->plan.block_count, 1);
    const struct drawn_text texts[] = {
        {"0", 10, 142},     {"20", 5, 122},   {"40", 5, 102},    {"60", 5, 82},
        {"80", 5, 62},      {"100", 0, 42},   {"计件数", 0, 18}, {"一", 190.5, 175},
        {"二", 256.5, 175}, {"甲", 56, 157},  {"20", 56, 110},   {"乙丙", 131, 157},
        {"60", 136, 70},    {"10", 136, 120}, {"丁", 216, 157},  {"戊", 296, 157},
        {"40", 296, 90},    {"80", 296, 50},  {"己", 376, 157},  {"90", 376, 40},
    };
    drawn_check_texts(d, texts, COUNT(texts));
    const double lines[4][2][2] = {{{61, 122}, {141, 82}},
                                   {{301, 102}, {381, 52}},
                                   {{154.5, 175}, {184.5, 175}},
                                   {{220.5, 175}, {250.5, 175}}};
    assert_int_equal(count_lines(d), 4);
    for (int i = 0; i < 4; i++)
        check_line(d, i, lines[i], 2);
    const struct drawn_rect shapes[] = {{58, 119, 6, 6},    {138, 79, 6, 6},   {298, 99, 6, 6},
                                        {378, 49, 6, 6},    {138, 129, 6, 6},  {298, 59, 6, 6},
                                        {166.5, 172, 6, 6}, {232.5, 172, 6, 6}};
    drawn_check_shapes(d, shapes, COUNT(shapes));
    const struct drawn_rect rules[] = {{21, 121.5, 400, 1},
                                       {21, 101.5, 400, 1},
                                       {21, 81.5, 400, 1},
                                       {21, 61.5, 400, 1},
                                       {21, 41.5, 400, 1}};
    drawn_check_fills(d, d->style->chart.tint, rules, COUNT(rules));
    const struct drawn_rect axis[] = {{21, 141, 400, 2}};
    drawn_check_fills(d, d->style->ink, axis, COUNT(axis));
    assert_int_equal(drawn_height(d), 181 * BX_PT);
}

/* Six series are told apart by their markers, each as large as the others: circle, square, triangle,
 * rhombus, circle, square, of which the second, the fourth and the fifth are white. */
static void test_lines__have_a_marker_each(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙"}, *series[] = {"一", "二", "三", "四", "五", "六"};
    const char *values[] = {"90", NULL, NULL, "90", "60", NULL,
                            NULL, "60", "30", NULL, NULL, "30"};
    static const struct {
        bool is_white;
        int corners; /* 0: a circle */
        double x[4], y[4];
    } markers[] = {
        {false, 0, {0}, {0}},
        {true, 4, {-3, 3, 3, -3}, {-3, -3, 3, 3}},
        {false, 3, {0, 3, -3}, {-3, 3, 3}},
        {true, 4, {0, 3, 0, -3}, {-3, 0, 3, 0}},
        {true, 0, {0}, {0}},
        {false, 4, {-3, 3, 3, -3}, {-3, -3, 3, 3}},
    };
    drawn_give(d, BX_CHART_LINE, names, 2, series, 6, values);
    assert_true(drawn_fits(d, pt(421), HIGH));
    const struct bx_drawing *drawing = drawn_drawing(d);
    int n = 0;
    for (int i = 0; i < drawing->count; i++) {
        const struct bx_drawn *drawn = &drawing->items[i];
        if (!drawn_is_shape(drawn))
            continue;
        const struct bx_step *steps = drawn->path.steps;
        int corners = markers[n % 6].corners;
        assert_int_equal(drawn->rect.w, MARKER);
        assert_int_equal(drawn->rect.h, MARKER);
        assert_int_equal(drawn->path.colour.r == 1000, markers[n % 6].is_white);
        assert_int_equal(drawn->path.step_count, corners > 0 ? corners + 1 : 10);
        assert_int_equal(steps[1].kind, corners > 0 ? BX_STEP_LINE : BX_STEP_CURVE);
        for (int k = 0; k < corners; k++) {
            assert_int_equal(steps[k].points[0].x, pt(3 + markers[n % 6].x[k]));
            assert_int_equal(steps[k].points[0].y, pt(3 + markers[n % 6].y[k]));
        }
        n++;
    }
    assert_int_equal(n, 6 + 6); /* and those of the legend */
}

/* And by their lines, here those of the legend: a solid one, and five dashed in another way each,
 * which is a width of the line more or less. */
static void test_lines__are_dashed_in_six_ways(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲"}, *series[] = {"一", "二", "三", "四", "五", "六"};
    const char *values[] = {"90", NULL, NULL, NULL, NULL, NULL};
    drawn_give(d, BX_CHART_LINE, names, 1, series, 6, values);
    assert_true(drawn_fits(d, pt(421), HIGH));
    const struct bx_drawing *drawing = drawn_drawing(d);
    bx_len on[6], off[6];
    int n = 0;
    for (int i = 0; i < drawing->count && n < 6; i++) {
        if (!drawn_is_open_line(&drawing->items[i]))
            continue;
        on[n] = drawing->items[i].path.dash_on;
        off[n] = drawing->items[i].path.dash_off;
        for (int k = 0; k < n; k++)
            assert_true(abs(on[n] - on[k]) >= CURVE_RULE || abs(off[n] - off[k]) >= CURVE_RULE);
        assert_true(n == 0 ? on[0] == 0 && off[0] == 0 : on[n] > 0 && off[n] > 0);
        n++;
    }
    assert_int_equal(n, 6);
}

/* ---- names ---- */

/* Names stand a gap under whatever is lowest: a marker as it is at 0, or a figure below its point. They
 * have three lines in their slot less a gap. */
static void test_names__stand_under_all_figures(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲乙丙", "丁", "戊"}, *series[] = {NULL};
    const char *high[] = {"90", NULL, "90"}, *low[] = {"90", "6", "90"};
    drawn_give(d, BX_CHART_LINE, names, 3, series, 1, high);
    assert_true(drawn_fits(d, pt(21 + 48), HIGH));
    drawn_check_text(d, 0, (struct drawn_text){"甲", 24, 139});
    drawn_check_text(d, 0, (struct drawn_text){"乙", 24, 151});
    drawn_check_text(d, 0, (struct drawn_text){"丙", 24, 163});
    drawn_check_text(d, 0, (struct drawn_text){"丁", 40, 139});
    assert_int_equal(drawn_height(d), 169 * BX_PT);
    drawn_give(d, BX_CHART_LINE, names, 3, series, 1, low);
    assert_true(drawn_fits(d, pt(21 + 48), HIGH));
    assert_false(has_table(d));
    drawn_check_text(d, 0, (struct drawn_text){"6", 42.5, 130});
    drawn_check_text(d, 0, (struct drawn_text){"丁", 40, 148});
}

/* Where names need more, each has one line in half the width, and as many are printed, evenly from
 * the first, as keep a gap: every second of 40 where slots are 23. Then all texts are of no element,
 * and a table follows. */
static void test_names__are_left_out_evenly(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲甲甲甲", "乙乙乙乙", "丙丙丙丙", "丁丁丁丁"}, *series[] = {NULL};
    const char *values[] = {"100", "50", "50", "50"};
    drawn_give(d, BX_CHART_LINE, names, 4, series, 1, values);
    d->block.width_1000 = 100;
    assert_true(drawn_fits(d, pt(1130), HIGH));
    const struct drawn_text second[] = {
        {"0", 10, 124}, {"20", 5, 104}, {"40", 5, 84},           {"60", 5, 64},
        {"80", 5, 44},  {"100", 0, 24}, {"甲甲甲甲", 12.5, 139}, {"丙丙丙丙", 58.5, 139},
    };
    drawn_check_texts(d, second, COUNT(second));
    assert_true(has_table(d));
    assert_int_equal(drawn_height(d), 145 * BX_PT);
    assert_true(drawn_fits(d, pt(1130) - 40, HIGH)); /* slots a unit smaller */
    drawn_check_text(d, 0, (struct drawn_text){"甲甲甲甲", NAN, 139});
    drawn_check_text(d, 0,
                     (struct drawn_text){"丁丁丁丁", 73 - 4.0 / BX_PT, 139}); /* the edge */
    names[1] = "甲乙丙丁戊己";
    assert_false(drawn_fits(d, pt(1130), HIGH));
    /* One that is wider than its slot, among narrow ones: all have room. */
    const char *digits[] = {"1", "23456", "7", "8"};
    drawn_give(d, BX_CHART_LINE, digits, 4, series, 1, values);
    d->block.width_1000 = 100;
    assert_true(drawn_fits(d, pt(1130), HIGH));
    drawn_check_text(d, 0, (struct drawn_text){"1", 30, 139});
    drawn_check_text(d, 0, (struct drawn_text){"23456", 43, 139});
    drawn_check_text(d, 0, (struct drawn_text){"7", 76, 139});
    drawn_check_text(d, 0, (struct drawn_text){"8", 99, 139});
}

/* ---- what does not fit ---- */

static void test_lines__need_half_the_width(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"1", "2"}, *series[] = {NULL}, *values[] = {"100", "90"};
    drawn_give(d, BX_CHART_LINE, names, 2, series, 1, values);
    d->block.width_1000 = 100;
    assert_true(drawn_fits(d, pt(420), HIGH));
    assert_false(drawn_fits(d, pt(420) - 20, HIGH));
}

static void test_lines__may_be_as_high_as_the_page(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙"}, *series[] = {"丙"}, *values[] = {"100", "90"};
    drawn_give(d, BX_CHART_LINE, names, 2, series, 1, values);
    assert_true(drawn_fits(d, pt(221), pt(163)));
    assert_int_equal(drawn_height(d), pt(163));
    assert_false(drawn_fits(d, pt(221), pt(163) - 1));
}

/* A word or a figure is never cut: none may be wider than the chart, and a series' name must leave
 * room for its key. */
static void test_lines__never_cut_a_word_or_figure(void **state)
{
    struct drawn *d = *state;
    const char *word = "internationalisations", *long_figure = "1.00000000000000";
    const char *names[] = {"1", "2"}, *no_name[] = {NULL}, *long_name[] = {word};
    const char *values[] = {"1", "1"}, *long_values[] = {long_figure, "1"};
    drawn_give(d, BX_CHART_LINE, names, 2, no_name, 1, values);
    assert_true(drawn_fits(d, pt(76), HIGH));
    d->chart.unit = word;
    assert_false(drawn_fits(d, pt(76), HIGH));
    drawn_give(d, BX_CHART_LINE, names, 2, long_name, 1, values);
    assert_false(drawn_fits(d, pt(76), HIGH));
    assert_true(drawn_fits(d, pt(176), HIGH));
    drawn_give(d, BX_CHART_LINE, names, 2, no_name, 1, long_values);
    assert_false(drawn_fits(d, pt(76), HIGH)); /* nor behind its point */
    assert_true(drawn_fits(d, pt(176), HIGH));
}

int run_chart_lines(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_lines__go_through_their_points_to_scale,
                               drawn_set_up_round),
        cmocka_unit_test_setup(test_lines__have_a_marker_each, drawn_set_up_round),
        cmocka_unit_test_setup(test_lines__are_dashed_in_six_ways, drawn_set_up_round),
        cmocka_unit_test_setup(test_names__stand_under_all_figures, drawn_set_up_round),
        cmocka_unit_test_setup(test_names__are_left_out_evenly, drawn_set_up_round),
        cmocka_unit_test_setup(test_lines__need_half_the_width, drawn_set_up_round),
        cmocka_unit_test_setup(test_lines__may_be_as_high_as_the_page, drawn_set_up_round),
        cmocka_unit_test_setup(test_lines__never_cut_a_word_or_figure, drawn_set_up_round),
    };
    return cmocka_run_group_tests_name("chart_lines", tests, drawn_set_up, drawn_tear_down);
}

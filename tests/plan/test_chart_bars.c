/* Bars by hand: where all of a small chart stands, and when bars lie or a chart fits no page.
 *
 * Places are in points, found from the measures of drawn.h by what docs/report-model.md and the
 * heads of chart_bars.c and chart_plot.c say. Standing bars share the width right of the scale's
 * labels: each category has a slot, its bars three quarters of it at most. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "drawn.h"

int run_chart_bars(void);

static const struct bx_colour white = {.is_gray = true, .r = 1000};

/* Whether the bars stand: only then their scale's zero is a line across. */
static bool do_stand(const struct drawn *d)
{
    const struct bx_drawing *drawing = drawn_drawing(d);
    for (int i = 0; i < drawing->count; i++) {
        const struct bx_drawn *drawn = &drawing->items[i];
        if (drawn->kind == BX_DRAWN_FILL && drawn->rect.h == AXIS_RULE)
            return true;
    }
    return false;
}

/* ---- standing ---- */

/* Scale 0 to 100 in five steps, so a point of height is a unit. Its widest label takes 15 and a gap
 * of 6: the plot is 21 .. 421, a slot 100, a bar 30, in the middle of its slot. From above: two gaps,
 * the unit, a gap, a line for the highest figure, the plot 42 .. 142, a gap, names, a gap, legend. */
static void test_columns__stand_to_scale_with_all_texts_in_place(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙丙", "丁", "戊"}, *series[] = {"合计"};
    const char *values[] = {"50", "100", NULL, "5"};
    drawn_give(d, BX_CHART_BAR, names, 4, series, 1, values);
    d->chart.unit = "件";
    assert_true(drawn_fits(d, pt(421), HIGH));
    const struct drawn_text texts[] = {
        {"0", 10, 142},   {"20", 5, 122},   {"40", 5, 102},     {"60", 5, 82},
        {"80", 5, 62},    {"100", 0, 42},   {"计件数", 0, 18},  {"合计", 213.5, 172},
        {"甲", 66, 154},  {"50", 66, 86},   {"乙丙", 161, 154}, {"100", 163.5, 36},
        {"丁", 266, 154}, {"戊", 366, 154}, {"5", 368.5, 131},
    };
    drawn_check_texts(d, texts, COUNT(texts));
    const struct drawn_rect bars[] = {
        {56, 92, 30, 50}, {156, 42, 30, 100}, {356, 137, 30, 5}, {187.5, 168.25, 20, 7.5}};
    drawn_check_shapes(d, bars, COUNT(bars));
    const struct drawn_rect rules[] = {{21, 121.5, 400, 1},
                                       {21, 101.5, 400, 1},
                                       {21, 81.5, 400, 1},
                                       {21, 61.5, 400, 1},
                                       {21, 41.5, 400, 1}};
    drawn_check_fills(d, d->style->chart.tint, rules, COUNT(rules));
    const struct drawn_rect axis[] = {{21, 141, 400, 2}};
    drawn_check_fills(d, d->style->ink, axis, COUNT(axis));
    const struct drawn_rect grounds[] = {
        {66, 80, 10, 12}, {163.5, 30, 15, 12}, {368.5, 125, 5, 12}};
    drawn_check_fills(d, white, grounds, COUNT(grounds));
    assert_int_equal(drawn_height(d), 178 * BX_PT);
}

/* Scale -50 to 100 over 150 points: zero stands 50 above the plot's foot at 174. A figure below zero
 * stands half a gap under its bar, and names a line further down. Two bars of 18 fill three quarters
 * of a slot of 48. */
static void test_columns__below_zero_have_their_figures_under_them(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙"}, *series[] = {"丙", "丁"};
    const char *values[] = {"60", "-45", "70", NULL};
    d->style->chart.plot_height = 150 * BX_PT;
    drawn_give(d, BX_CHART_GROUPED, names, 2, series, 2, values);
    assert_true(drawn_fits(d, pt(21 + 96), HIGH));
    const struct drawn_text texts[] = {
        {"-50", NAN, 174}, {"0", 10, 124},    {"50", 5, 74},     {"100", 0, 24},
        {"丙", 38.5, 216}, {"丁", 94.5, 216}, {"甲", 40, 198},   {"60", 31, 58},
        {"70", 49, 48},    {"乙", 88, 198},   {"-45", NAN, 178},
    };
    drawn_check_texts(d, texts, COUNT(texts));
    const struct drawn_rect shapes[] = {{27, 64, 18, 60},
                                        {45, 54, 18, 70},
                                        {75, 124, 18, 45},
                                        {12.5, 212.25, 20, 7.5},
                                        {68.5, 212.25, 20, 7.5}};
    drawn_check_shapes(d, shapes, COUNT(shapes));
    const struct drawn_rect rules[] = {
        {21, 173.5, 96, 1}, {21, 73.5, 96, 1}, {21, 23.5, 96, 1}};
    drawn_check_fills(d, d->style->chart.tint, rules, COUNT(rules));
    const struct drawn_rect axis[] = {{21, 123, 96, 2}};
    drawn_check_fills(d, d->style->ink, axis, COUNT(axis));
    assert_int_equal(drawn_height(d), 222 * BX_PT);
}

/* A name has three lines at most in its slot less a gap, here 30. It fills its lines, each centred
 * in the slot: a last one of a single character is as good as any. What is under the names keeps clear
 * of the longest. */
static void test_columns__have_names_in_centred_lines(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲乙丙丁", "甲乙丙丁戊己庚辛"}, *series[] = {"合计"};
    const char *values[] = {"1", "1"};
    drawn_give(d, BX_CHART_BAR, names, 2, series, 1, values);
    assert_true(drawn_fits(d, pt(11 + 72), HIGH));
    const struct drawn_text texts[] = {
        {"0", 0, 124},     {"1", 0, 24},    {"合计", 44.5, 178}, {"甲乙丙", 14, 136},
        {"丁", 24, 148},   {"1", 26.5, 18}, {"甲乙丙", 50, 136}, {"丁戊己", 50, 148},
        {"庚辛", 55, 160}, {"1", 62.5, 18},
    };
    drawn_check_texts(d, texts, COUNT(texts));
}

/* The least widths at which bars stand; a unit of length less, they lie. */
static void test_bars__stand_where_all_their_texts_fit(void **state)
{
    struct drawn *d = *state;
    const char *digits[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "1", "2"};
    const char *fives[] = {"5", "5", "5", "5", "5", "5", "5", "5", "5", "5", "5", "5"};
    const char *hundreds[] = {"100", "1", "100", "1", "100", "1", "100", "1"};
    const char *six[] = {"甲乙丙丁戊己", "庚"};
    const char *seven[] = {"甲乙丙丁戊己庚", "辛", "壬", "癸"};
    const char *one[] = {NULL}, *two[] = {"甲", "乙"};
    const struct {
        const char **names;
        int count;
        const char **series;
        int series_count;
        const char **values;
        double slot; /* the least, and what the bars of a scale need on its left */
        double left;
        bool do_stand;
    } cases[] = {
        /* three quarters of a slot of 12 are the least bar, 9 */
        {digits, 12, one, 1, fives, 12, 11, true},
        /* a single bar's figure has the slot less a gap: 21 - 6 = 15 */
        {digits, 4, one, 1, hundreds, 21, 21, true},
        /* one of two has its bar less half a gap: 48 * 3/8 - 3 = 15 */
        {digits, 3, two, 2, hundreds, 48, 21, true},
        /* three lines of two characters in 20 */
        {six, 2, one, 1, fives, 26, 11, true},
        /* a fourth line is one too many at any width below */
        {seven, 4, one, 1, fives, 26, 11, false},
        {seven, 2, one, 1, fives, 36, 11, true},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        bx_len width = pt(cases[i].left + cases[i].slot * cases[i].count);
        enum bx_chart_kind kind = cases[i].series_count > 1 ? BX_CHART_GROUPED : BX_CHART_BAR;
        drawn_give(d, kind, cases[i].names, cases[i].count, cases[i].series,
                   cases[i].series_count, cases[i].values);
        assert_true(drawn_fits(d, width, HIGH));
        if (do_stand(d) != cases[i].do_stand)
            fail_msg("case %d", i);
        assert_true(drawn_fits(d, width - 3 * cases[i].count, HIGH));
        if (do_stand(d))
            fail_msg("case %d stands in less", i);
    }
}

/* What is smaller than the hatch is wide has a fill without any: of the second of two bars, 18 wide,
 * lines stand 7/5 of the pitch apart along its edges. */
static void test_bars__have_a_hatch_where_there_is_room_for_a_line(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙"}, *series[] = {"丙", "丁"};
    const char *values[] = {"100", NULL, NULL, "17"};
    drawn_give(d, BX_CHART_GROUPED, names, 2, series, 2, values);
    for (int lines = 0; lines < 4; lines++) {
        /* 35 round the corner of a bar 18 by 17, and less round the legend's key, 20 by 7.5 */
        const bx_len pitches[] = {pt(26), pt(25), pt(12.5), pt(35.0 / 3 * 5 / 7)};
        d->style->chart.hatch_pitch = pitches[lines];
        assert_true(drawn_fits(d, pt(21 + 96), HIGH));
        const struct bx_drawing *drawing = drawn_drawing(d);
        int found = 0;
        for (int i = 0; i < drawing->count && found == 0; i++)
            if (drawing->items[i].kind == BX_DRAWN_PATH && drawing->items[i].path.clip)
                found = drawing->items[i].path.step_count / 2;
        assert_int_equal(found, lines);
    }
}

/* ---- lying ---- */

/* Names on the left 20 wide and a gap; figures on the right 15 wide and a gap: 200 between them for
 * 100. A bar is a line high, a group of two with what is around them 32. Ticks are under the plot. */
static void test_rows__lie_to_scale_with_all_texts_in_place(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙丙"}, *series[] = {"丁", "戊"};
    const char *values[] = {"100", NULL, "7", "25"};
    d->style->chart.bar_least = 200 * BX_PT;
    drawn_give(d, BX_CHART_GROUPED, names, 2, series, 2, values);
    d->chart.unit = "件";
    assert_true(drawn_fits(d, pt(26 + 200 + 21), HIGH));
    const struct drawn_text texts[] = {
        {"0", 23.5, 106},   {"20", 61, 106},     {"40", 101, 106},  {"60", 141, 106},
        {"80", 181, 106},   {"100", 218.5, 106}, {"计件数", 0, 18}, {"丁", 103.5, 124},
        {"戊", 159.5, 124}, {"甲", 10, 46},      {"100", 232, 40},  {"7", 46, 52},
        {"乙丙", 0, 78},    {"25", 82, 84},
    };
    drawn_check_texts(d, texts, COUNT(texts));
    const struct drawn_rect shapes[] = {{26, 34, 200, 12},
                                        {26, 46, 14, 12},
                                        {26, 78, 50, 12},
                                        {77.5, 120.25, 20, 7.5},
                                        {133.5, 120.25, 20, 7.5}};
    drawn_check_shapes(d, shapes, COUNT(shapes));
    const struct drawn_rect rules[] = {{65.5, 30, 1, 64},
                                       {105.5, 30, 1, 64},
                                       {145.5, 30, 1, 64},
                                       {185.5, 30, 1, 64},
                                       {225.5, 30, 1, 64}};
    drawn_check_fills(d, d->style->chart.tint, rules, COUNT(rules));
    const struct drawn_rect axis[] = {{25, 30, 2, 64}};
    drawn_check_fills(d, d->style->ink, axis, COUNT(axis));
    const struct drawn_rect grounds[] = {{232, 34, 15, 12}, {46, 46, 5, 12}, {82, 78, 10, 12}};
    drawn_check_fills(d, white, grounds, COUNT(grounds));
    assert_int_equal(drawn_height(d), 130 * BX_PT);
}

/* A name has two fifths of the width, in three lines at most, each ending where the names do; a row is
 * as high as the higher of its name and its bars. Here 30 of 75. */
static void test_rows__have_names_in_lines_flush_right(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲乙丙丁戊己庚", "辛", "壬癸子丑"}, *series[] = {NULL};
    const char *values[] = {"1", "1", "1"};
    d->style->chart.bar_least = 200 * BX_PT;
    drawn_give(d, BX_CHART_BAR, names, 3, series, 1, values);
    assert_true(drawn_fits(d, pt(75), HIGH));
    /* the plot: 36 .. 64; rows of 44, 20 and 32 from 12 on */
    const struct drawn_text texts[] = {
        {"0", 33.5, 120},  {"1", 61.5, 120}, {"甲乙丙", 0, 22}, {"丁戊己", 0, 34},
        {"庚", 20, 46},    {"1", 70, 34},    {"辛", 20, 66},    {"1", 70, 66},
        {"壬癸子", 0, 86}, {"丑", 20, 98},   {"1", 70, 92},
    };
    drawn_check_texts(d, texts, COUNT(texts));
    const struct drawn_rect bars[] = {{36, 28, 28, 12}, {36, 60, 28, 12}, {36, 86, 28, 12}};
    drawn_check_shapes(d, bars, COUNT(bars));
    names[2] = "甲乙丙丁戊己庚辛壬癸";
    assert_false(drawn_fits(d, pt(75), HIGH)); /* four lines */
}

/* Figures below zero stand before their bars, in room that the plot leaves them. */
static void test_rows__below_zero_have_their_figures_before_them(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙"}, *series[] = {NULL}, *values[] = {"60", "-40"};
    d->style->chart.bar_least = 200 * BX_PT;
    drawn_give(d, BX_CHART_BAR, names, 2, series, 1, values);
    assert_true(drawn_fits(d, pt(300), HIGH));
    struct bx_rect bars[2];
    assert_int_equal(drawn_list_shapes(d, bars, 2), 2);
    assert_int_equal(bars[1].x + bars[1].w, bars[0].x);
    assert_true(abs(3 * bars[1].w - 2 * bars[0].w) <= 3);
    const struct bx_drawing *drawing = drawn_drawing(d);
    int seen = 0;
    for (int i = 0; i < drawing->count; i++) {
        const struct bx_drawn *ground = &drawing->items[i];
        if (ground->kind != BX_DRAWN_FILL || ground->rect.y != bars[1].y || ++seen > 1)
            continue;
        assert_int_equal(ground->rect.x + ground->rect.w, bars[1].x - GAP);
        assert_int_equal(ground->rect.x, pt(10 + 6)); /* as far left as the names' gap */
        assert_int_equal(ground->rect.h, PITCH);
        assert_int_equal(bars[0].x + bars[0].w + GAP + ground->rect.w, pt(300));
    }
    assert_int_equal(seen, 1);
}

/* Where the labels of the scale would come nearer than two gaps only every second is printed, or every
 * third, counted from 0. Rules are drawn for all. */
static void test_rows__have_as_many_ticks_as_stand_clear(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲"}, *series[] = {NULL}, *values[] = {"100000"};
    d->style->chart.bar_least = 2000 * BX_PT;
    drawn_give(d, BX_CHART_BAR, names, 1, series, 1, values);
    /* names, gap, five steps of a label and two gaps, gap, figure */
    bx_len width = pt(16 + 5 * 42 + 36);
    assert_true(drawn_fits(d, width, HIGH));
    drawn_check_text(d, 0, (struct drawn_text){"20000", 16 + 42 - 12.5, 44});
    const struct drawn_text all[] = {
        {"0", 13.5, 44},      {"20000", 45.5, 44}, {"40000", 87.5, 44}, {"60000", 129.5, 44},
        {"80000", 171.5, 44}, {"100000", 211, 44}, {"甲", 0, 22},       {"100000", 232, 22},
    };
    drawn_check_texts(d, all, COUNT(all));
    assert_true(drawn_fits(d, pt(16 + 5 * 40 + 36), HIGH));
    const struct drawn_text second[] = {
        {"0", 13.5, 44}, {"40000", 83.5, 44}, {"80000", 163.5, 44},
        {"甲", 0, 22},   {"100000", 222, 22},
    };
    drawn_check_texts(d, second, COUNT(second));
    assert_true(drawn_fits(d, width - 5, HIGH)); /* a step a unit shorter */
    const struct drawn_text nearly[] = {
        {"0", 13.5, 44}, {"40000", NAN, 44},  {"80000", NAN, 44},
        {"甲", 0, 22},   {"100000", NAN, 22},
    };
    drawn_check_texts(d, nearly, COUNT(nearly));
    assert_true(drawn_fits(d, pt(16 + 5 * 20 + 36), HIGH));
    const struct drawn_text third[] = {
        {"0", 13.5, 44}, {"60000", 63.5, 44}, {"甲", 0, 22}, {"100000", 122, 22}};
    drawn_check_texts(d, third, COUNT(third));
}

/* The plot begins where half of the scale's widest label has room, be the names ever so short. */
static void test_rows__leave_room_for_the_first_tick(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"1"}, *series[] = {NULL}, *values[] = {"10000000"};
    d->style->chart.bar_least = 2000 * BX_PT;
    drawn_give(d, BX_CHART_BAR, names, 1, series, 1, values);
    assert_true(drawn_fits(d, pt(266), HIGH));
    const struct drawn_rect bar[] = {{20, 16, 200, 12}};
    drawn_check_shapes(d, bar, 1);
}

/* ---- what does not fit ---- */

/* A chart may be as high as the page, and not a unit higher. Lying bars come closer before they give
 * up: 4 around them and not 8. */
static void test_bars__may_be_as_high_as_the_page(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙丙"}, *series[] = {"丁", "戊"};
    const char *values[] = {"10", "20", "30", "40"};
    drawn_give(d, BX_CHART_GROUPED, names, 2, series, 2, values);
    bx_len high = 12 * BX_PT + PITCH + PLOT_HEIGHT + 2 * GAP + 2 * PITCH;
    assert_true(drawn_fits(d, pt(416), high));
    assert_true(do_stand(d) && drawn_height(d) == high);
    assert_false(drawn_fits(d, pt(416), high - 1));
    d->style->chart.bar_least = 2000 * BX_PT;
    high = 12 * BX_PT + 2 * pt(24 + 8) + 2 * GAP + 2 * PITCH;
    assert_true(drawn_fits(d, pt(416), high));
    assert_int_equal(drawn_height(d), high);
    assert_true(drawn_fits(d, pt(416), high - 1));
    assert_int_equal(drawn_height(d), high - 2 * pt(4));
    assert_true(drawn_fits(d, pt(416), high - 2 * pt(4)));
    assert_false(drawn_fits(d, pt(416), high - 2 * pt(4) - 1));
}

/* Lying bars need a fifth of the width for themselves. Names 30, a gap, figures 25 and a gap leave
 * 16.75 of 83.75. */
static void test_rows__need_a_fifth_of_the_width(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲乙丙"}, *series[] = {NULL}, *values[] = {"10000"};
    d->style->chart.bar_least = 2000 * BX_PT;
    drawn_give(d, BX_CHART_BAR, names, 1, series, 1, values);
    assert_true(drawn_fits(d, pt(83.75), HIGH));
    assert_false(drawn_fits(d, pt(83.75) - 2, HIGH));
}

/* A name in the legend leaves room for its key, 20 and a gap, and has as many lines as it takes. */
static void test_legend__has_names_in_lines_beside_their_keys(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"1"}, *series[] = {"甲乙丙丁戊"}, *values[] = {"1"};
    drawn_give(d, BX_CHART_BAR, names, 1, series, 1, values);
    assert_true(drawn_fits(d, pt(76), HIGH));
    drawn_check_text(d, 0, (struct drawn_text){"甲乙丙丁戊", 26, 154});
    assert_true(drawn_fits(d, pt(75), HIGH)); /* in two lines */
    drawn_check_text(d, 0, (struct drawn_text){"甲乙丙丁", 30.5, 154});
    drawn_check_text(d, 0, (struct drawn_text){"戊", 30.5, 166});
    assert_int_equal(drawn_height(d), 172 * BX_PT);
    series[0] = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"; /* 16 lines of a character */
    assert_true(drawn_fits(d, pt(36), HIGH));
    drawn_check_text(d, 0, (struct drawn_text){"甲", 26, 154});
    drawn_check_text(d, 0, (struct drawn_text){"巳", 26, 154 + 15 * 12});
    assert_int_equal(drawn_height(d), (160 + 15 * 12) * BX_PT);
}

int run_chart_bars(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_columns__stand_to_scale_with_all_texts_in_place,
                               drawn_set_up_round),
        cmocka_unit_test_setup(test_columns__below_zero_have_their_figures_under_them,
                               drawn_set_up_round),
        cmocka_unit_test_setup(test_columns__have_names_in_centred_lines, drawn_set_up_round),
        cmocka_unit_test_setup(test_bars__stand_where_all_their_texts_fit, drawn_set_up_round),
        cmocka_unit_test_setup(test_bars__have_a_hatch_where_there_is_room_for_a_line,
                               drawn_set_up_round),
        cmocka_unit_test_setup(test_rows__lie_to_scale_with_all_texts_in_place,
                               drawn_set_up_round),
        cmocka_unit_test_setup(test_rows__have_names_in_lines_flush_right, drawn_set_up_round),
        cmocka_unit_test_setup(test_rows__below_zero_have_their_figures_before_them,
                               drawn_set_up_round),
        cmocka_unit_test_setup(test_rows__have_as_many_ticks_as_stand_clear,
                               drawn_set_up_round),
        cmocka_unit_test_setup(test_rows__leave_room_for_the_first_tick, drawn_set_up_round),
        cmocka_unit_test_setup(test_bars__may_be_as_high_as_the_page, drawn_set_up_round),
        cmocka_unit_test_setup(test_rows__need_a_fifth_of_the_width, drawn_set_up_round),
        cmocka_unit_test_setup(test_legend__has_names_in_lines_beside_their_keys,
                               drawn_set_up_round),
    };
    return cmocka_run_group_tests_name("chart_bars", tests, drawn_set_up, drawn_tear_down);
}

/* Lines by hand: where all of a small chart stands, and where a figure may stand beside its point.
 *
 * Places are in points, found from the measures of drawn.h by what docs/report-model.md and the head
 * of chart_lines.c say. All scales go from 0 to 100 or a power of ten times that, so that a point of
 * height is a hundredth. A point's marker, its outline included, reaches 4 to every side. A figure is
 * 12 high: above its point it covers 6 to 18 over it, at a corner 4 to 16 and starts 4 beside it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"

int run_chart_lines(void);

enum {
    HIGH = 2000 * BX_PT, /* a page that holds any of these charts */
    CATEGORIES_MOST = 4,
    SERIES_MOST = 4,
};

static bx_len pt(double points)
{
    return (bx_len)(points * BX_PT);
}

static bool has_table(const struct drawn *d)
{
    return d->plan.block_count > 1;
}

static bx_len height(const struct drawn *d)
{
    return d->plan.blocks[0].image_h;
}

static int set_up(void **state)
{
    drawn_make_round(*state);
    return 0;
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
    assert_int_equal(height(d), 181 * BX_PT);
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

/* ---- where a figure may stand ---- */

/* On which side of its point, in the order they are tried. */
enum side {
    ABOVE,
    BELOW,
    UPPER_LEFT,
    UPPER_RIGHT,
    LOWER_RIGHT,
    LOWER_LEFT,
    NOWHERE, /* a table tells the figures */
};

/* Lines over categories of slots that wide. `left` is what the scale's labels and a gap take. */
struct crowd {
    int line; /* of the case */
    double left, slot;
    int categories, series;
    const char *values[SERIES_MOST][CATEGORIES_MOST];
    int at;      /* the figure that is looked at: its place in the values */
    double most; /* of the scale */
    enum side side;
    int less; /* units of length that the width is made smaller by */
};

static void check_side(const struct drawn *d, const struct crowd *crowd)
{
    static const double sides[][2] = {{0, -1}, {0, 1}, {-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    const char *text = d->chart.values[crowd->at];
    if (has_table(d) != (crowd->side == NOWHERE))
        fail_msg("line %d: the figures stand in a wrong place", crowd->line);
    if (crowd->side == NOWHERE)
        return;
    const struct bx_drawing *drawing = drawn_drawing(d);
    bx_len plot = d->plan.blocks[0].image_w - pt(crowd->left);
    int c = crowd->at % crowd->categories;
    double x = crowd->left + (double)plot / BX_PT * (2 * c + 1) / (2 * crowd->categories);
    double y = 12 + 12 + 100 - strtod(text, NULL) * 100 / crowd->most;
    for (int i = 0; i < drawing->count; i++) {
        const struct bx_run *run = &drawing->items[i].run;
        if (drawing->items[i].kind != BX_DRAWN_RUN ||
            drawing->items[i].element == BX_ARTIFACT_LAYOUT || /* of the scale */
            run->text_len != (int)strlen(text) ||
            memcmp(text, run->text, (size_t)run->text_len) != 0)
            continue;
        struct bx_rect box = drawn_run_box(run);
        double width = (double)box.w / BX_PT;
        double side_x = sides[crowd->side][0], side_y = sides[crowd->side][1];
        double dx = side_x * (width / 2 + 4), dy = side_y * (side_x == 0 ? 12 : 10);
        double middle_x = (box.x + box.w / 2.0) / BX_PT,
               middle_y = (box.y + SIZE / 2.0) / BX_PT;
        if (fabs(middle_x - x - dx) > 0.01 || fabs(middle_y - y - dy) > 0.01)
            fail_msg("line %d: %s stands %.3f %.3f off its point, not %.3f %.3f", crowd->line,
                     text, middle_x - x, middle_y - y, dx, dy);
        return;
    }
    fail_msg("line %d: %s is not there", crowd->line, text);
}

static void check_crowds(struct drawn *d, const struct crowd *crowds, int count)
{
    const char *names[] = {"1", "2", "3", "4"}, *series[] = {"甲", "乙", "丙", "丁"};
    for (int i = 0; i < count; i++) {
        const struct crowd *crowd = &crowds[i];
        const char *values[SERIES_MOST * CATEGORIES_MOST];
        for (int n = 0; n < crowd->series * crowd->categories; n++)
            values[n] = crowd->values[n / crowd->categories][n % crowd->categories];
        drawn_give(d, BX_CHART_LINE, names, crowd->categories, series, crowd->series, values);
        bx_len width = pt(crowd->left + crowd->slot * crowd->categories);
        assert_true(drawn_fits(d, width - crowd->less, HIGH));
        check_side(d, crowd);
    }
}

/* Above, as long as it ends within the line over the plot, which is 112 high; then below, as long as
 * it ends within a line under the plot. 4-digit figures of 20 in slots of 20 stay within the plot's
 * sides, and look for the next place when the slots are a little smaller. */
static void test_figure__stays_at_the_plot(void **state)
{
    const struct crowd crowds[] = {
        {__LINE__, 21, 100, 2, 1, {{"94", NULL}}, 0, 100, ABOVE, 0},
        {__LINE__, 21, 100, 2, 1, {{"94.001", NULL}}, 0, 100, BELOW, 0},
        {__LINE__, 21, 100, 3, 1, {{"90", "6.00", "90"}}, 1, 100, BELOW, 0},
        {__LINE__, 21, 100, 3, 1, {{"90", "5.99", "90"}}, 1, 100, LOWER_RIGHT, 0},
        {__LINE__, 31, 20, 2, 1, {{"9000"}}, 0, 10000, ABOVE, 0},
        {__LINE__, 31, 20, 2, 1, {{"9000"}}, 0, 10000, UPPER_RIGHT, 4},
        {__LINE__, 31, 20, 2, 1, {{NULL, "9000"}}, 1, 10000, ABOVE, 0},
        {__LINE__, 31, 20, 2, 1, {{NULL, "9000"}}, 1, 10000, UPPER_LEFT, 4},
        {__LINE__, 31, 20, 2, 1, {{"9600"}}, 0, 10000, UPPER_RIGHT, 4},
        {__LINE__, 31, 20, 2, 1, {{"9601"}}, 0, 10000, LOWER_RIGHT, 4},
        {__LINE__, 31, 20, 2, 1, {{NULL, "9601"}}, 1, 10000, LOWER_LEFT, 4},
    };
    check_crowds(*state, crowds, COUNT(crowds));
}

/* Above 50 there is room to 68, below it to 32: as far as a marker may reach. A further point makes
 * the scale end at 100. */
static void test_figure__covers_no_marker(void **state)
{
    const struct crowd crowds[] = {
        {__LINE__, 21, 100, 2, 3, {{"50"}, {"72"}, {NULL, "90"}}, 0, 100, ABOVE, 0},
        {__LINE__, 21, 100, 2, 3, {{"50"}, {"71.999"}, {NULL, "90"}}, 0, 100, BELOW, 0},
        {__LINE__, 21, 100, 2, 4, {{"50"}, {"60"}, {"28"}, {NULL, "90"}}, 0, 100, BELOW, 0},
        {__LINE__,
         21,
         100,
         2,
         4,
         {{"50"}, {"60"}, {"28.001"}, {NULL, "90"}},
         0,
         100,
         UPPER_LEFT,
         0},
    };
    check_crowds(*state, crowds, COUNT(crowds));
}

/* Side by side figures keep a gap: two of 20 in slots of 26. One above the other they may touch, as
 * two do that are 12 apart where only the right of their points is free. */
static void test_figure__covers_no_other(void **state)
{
    const struct crowd crowds[] = {
        {__LINE__, 31, 26, 2, 1, {{"8000", "8010"}}, 1, 10000, ABOVE, 0},
        {__LINE__, 31, 26, 2, 1, {{"8000", "8010"}}, 1, 10000, BELOW, 4},
        {__LINE__, 31, 26, 2, 2, {{NULL, "8000"}, {"8010"}}, 2, 10000, ABOVE, 0},
        {__LINE__, 31, 26, 2, 2, {{NULL, "8000"}, {"8010"}}, 2, 10000, BELOW, 4},
        {__LINE__,
         31,
         20,
         2,
         3,
         {{"5000"}, {"6200"}, {NULL, "9000"}},
         2,
         10000,
         UPPER_RIGHT,
         4},
        {__LINE__, 31, 20, 2, 3, {{"5000"}, {"6199"}, {NULL, "9000"}}, 2, 10000, NOWHERE, 4},
        {__LINE__,
         31,
         20,
         2,
         3,
         {{"6200"}, {"5000"}, {NULL, "9000"}},
         2,
         10000,
         UPPER_RIGHT,
         4},
        {__LINE__,
         31,
         20,
         2,
         3,
         {{"6200"}, {"5001"}, {NULL, "9000"}},
         2,
         10000,
         LOWER_RIGHT,
         4},
    };
    check_crowds(*state, crowds, COUNT(crowds));
}

/* A line that falls or rises by 60 over 100 just touches the corner of a figure 20 wide over or
 * under its end. */
static void test_figure__covers_no_line(void **state)
{
    const struct crowd crowds[] = {
        {__LINE__, 31, 100, 2, 1, {{"9000", "3000"}}, 1, 10000, ABOVE, 0},
        {__LINE__, 31, 100, 2, 1, {{"9001", "3000"}}, 1, 10000, BELOW, 0},
        {__LINE__, 31, 100, 2, 1, {{"3700", "9700"}}, 1, 10000, BELOW, 0},
        {__LINE__, 31, 100, 2, 1, {{"3699", "9700"}}, 1, 10000, LOWER_RIGHT, 0},
    };
    check_crowds(*state, crowds, COUNT(crowds));
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
    assert_int_equal(height(d), 169 * BX_PT);
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
    assert_int_equal(height(d), 145 * BX_PT);
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
    assert_int_equal(height(d), pt(163));
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
        cmocka_unit_test_setup(test_lines__go_through_their_points_to_scale, set_up),
        cmocka_unit_test_setup(test_lines__have_a_marker_each, set_up),
        cmocka_unit_test_setup(test_lines__are_dashed_in_six_ways, set_up),
        cmocka_unit_test_setup(test_figure__stays_at_the_plot, set_up),
        cmocka_unit_test_setup(test_figure__covers_no_marker, set_up),
        cmocka_unit_test_setup(test_figure__covers_no_other, set_up),
        cmocka_unit_test_setup(test_figure__covers_no_line, set_up),
        cmocka_unit_test_setup(test_names__stand_under_all_figures, set_up),
        cmocka_unit_test_setup(test_names__are_left_out_evenly, set_up),
        cmocka_unit_test_setup(test_lines__need_half_the_width, set_up),
        cmocka_unit_test_setup(test_lines__may_be_as_high_as_the_page, set_up),
        cmocka_unit_test_setup(test_lines__never_cut_a_word_or_figure, set_up),
    };
    return cmocka_run_group_tests_name("chart_lines", tests, drawn_set_up, drawn_tear_down);
}

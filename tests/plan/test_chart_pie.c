/* Pies by hand: slices by angle, labels beside them, and when a pie fits no page.
 *
 * Places are in points, found from the measures of drawn.h by what docs/report-model.md and the head
 * of chart_pie.c say. The centre is the middle of the width, the radius 60; labels end, or start, 48
 * off the circle, which is 92 and 308 where the width is 400. From above: two gaps, a line, the circle
 * 24 .. 144, a line: labels stand between 12 and 156. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "drawn.h"

int run_chart_pie(void);

enum {
    SLICES_MOST = 12,
};

static const double turn = 2 * 3.14159265358979323846;

/* On the circle of this radius, in units of length, at a share of the way round. */
static void check_on_circle(bx_len x, bx_len y, double radius, double at)
{
    double want_x = (200 + radius * sin(at * turn)) * BX_PT;
    double want_y = (84 - radius * cos(at * turn)) * BX_PT;
    if (fabs(x - want_x) > 1 || fabs(y - want_y) > 1)
        fail_msg("%d %d is not at %.2f of a circle", x, y, at);
}

/* The n-th slice goes from the centre to the circle, along it, and back: a whole circle has no
 * centre. */
static void check_slice(const struct drawn *d, int n, double from, double to)
{
    const struct bx_drawing *drawing = drawn_drawing(d);
    for (int i = 0; i < drawing->count; i++) {
        const struct bx_drawn *drawn = &drawing->items[i];
        if (!drawn_is_shape(drawn) || n-- > 0)
            continue;
        const struct bx_step *steps = drawn->path.steps;
        int last = drawn->path.step_count - 1, first = to - from < 1 ? 1 : 0;
        struct bx_point corner = {drawn->rect.x, drawn->rect.y};
        if (first > 0)
            check_on_circle(corner.x + steps[0].points[0].x, corner.y + steps[0].points[0].y, 0,
                            0);
        assert_int_equal(steps[0].kind, BX_STEP_MOVE);
        assert_int_equal(steps[last].kind, BX_STEP_CLOSE);
        int curves = last - first - 1;
        assert_int_equal(curves, (int)ceil((to - from) * 8 - 1e-6));
        for (int k = 0; k <= curves; k++) {
            const struct bx_step *step = &steps[first + k];
            struct bx_point end = step->points[k > 0 ? 2 : 0];
            check_on_circle(corner.x + end.x, corner.y + end.y, 60,
                            from + (to - from) * k / curves);
        }
        return;
    }
    fail_msg("too few slices");
}

/* A line leads from the circle, at the middle of its slice, two gaps outwards and then to a gap before
 * its label's middle. */
static void check_leader(const struct drawn *d, int n, double middle, double x, double y)
{
    const struct bx_drawing *drawing = drawn_drawing(d);
    for (int i = 0; i < drawing->count; i++) {
        const struct bx_drawn *drawn = &drawing->items[i];
        if (!drawn_is_open_line(drawn) || n-- > 0)
            continue;
        assert_int_equal(drawn->path.step_count, 3);
        assert_int_equal(drawn->path.width, GRID_RULE);
        struct bx_point at[3];
        for (int k = 0; k < 3; k++)
            at[k] = (struct bx_point){drawn->rect.x + drawn->path.steps[k].points[0].x,
                                      drawn->rect.y + drawn->path.steps[k].points[0].y};
        check_on_circle(at[0].x, at[0].y, 60, middle);
        check_on_circle(at[1].x, at[1].y, 72, middle);
        assert_int_equal(at[2].x, pt(x));
        assert_int_equal(at[2].y, pt(y));
        return;
    }
    fail_msg("too few leaders");
}

/* Three thirds: their middles are at a sixth, a half and five sixths of the way, so 30 above the
 * centre and 60 below it. A turn's 30 bits leave the middle one a little right of the foot; what is
 * exactly there counts to the left half. A name and its figure stand in one line, a character apart. */
static void test_pie__has_slices_by_angle_and_labels_beside_them(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙丙", "丁"}, *series[] = {"合计"};
    const char *values[] = {"20", "20", "20"};
    drawn_give(d, BX_CHART_PIE, names, 3, series, 1, values);
    d->chart.unit = NULL;
    assert_true(drawn_fits(d, pt(400), HIGH));
    const struct drawn_text texts[] = {{"合计", 190, 168}, {"甲", 308, 54},  {"20", 328, 54},
                                       {"乙丙", 308, 144}, {"20", 338, 144}, {"丁", 62, 54},
                                       {"20", 82, 54}};
    drawn_check_texts(d, texts, COUNT(texts));
    for (int i = 0; i < 3; i++)
        check_slice(d, i, i / 3.0, (i + 1) / 3.0);
    check_leader(d, 0, 1 / 6.0, 302, 54);
    check_leader(d, 1, 1 / 2.0, 302, 144);
    check_leader(d, 2, 5 / 6.0, 98, 54);
    assert_int_equal(drawn_height(d), 174 * BX_PT);
    d->chart.unit = "件";
    assert_true(drawn_fits(d, pt(400), HIGH));
    drawn_check_text(d, 0, (struct drawn_text){"计件数", 0, 18});
    drawn_check_text(d, 0, (struct drawn_text){"甲", 308, 54 + 18});
    assert_int_equal(drawn_height(d), (174 + 18) * BX_PT);
    const char *halves[] = {"1", "2", "1"};
    drawn_give(d, BX_CHART_PIE, names, 3, series, 1, halves);
    assert_true(drawn_fits(d, pt(400), HIGH));
    drawn_check_text(d, 0, (struct drawn_text){"乙丙", 57, 144});
    check_leader(d, 1, 1 / 2.0, 98, 144);
}

/* Shares of sums near the bounds of what figures may be, each as its angle; of nought and of a blank
 * there is no slice, but the name is told; a slice that is all is a circle. */
static void test_pie__shares_any_sum(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙", "丙", "丁", "戊", "己",
                           "庚", "辛", "壬", "癸", "子", "丑"};
    const char *series[] = {NULL};
    const struct {
        const char *values[SLICES_MOST];
        int count, slices;
        double ends[SLICES_MOST + 1];
    } cases[] = {
        {{"1", "3"}, 2, 2, {0, 0.25, 1}},
        {{"0.001", "0.003"}, 2, 2, {0, 0.25, 1}},
        {{"4294967296", "12884901888"}, 2, 2, {0, 0.25, 1}},
        {{"250000000000000", "750000000000000"}, 2, 2, {0, 0.25, 1}},
        {{"999999999999", "999999999999", "999999999999", "999999999999", "999999999999",
          "999999999999", "999999999999", "999999999999", "999999999999", "999999999999",
          "999999999999", "999999999999"},
         12,
         12,
         {0, 1 / 12.0, 2 / 12.0, 3 / 12.0, 4 / 12.0, 5 / 12.0, 6 / 12.0, 7 / 12.0, 8 / 12.0,
          9 / 12.0, 10 / 12.0, 11 / 12.0, 1}},
        {{"0", "1", NULL, "3"}, 4, 2, {0, 0.25, 1}},
        {{NULL, "5", "0"}, 3, 1, {0, 1}},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        const char *values[SLICES_MOST];
        for (int c = 0; c < cases[i].count; c++)
            values[c] = cases[i].values[c];
        drawn_give(d, BX_CHART_PIE, names, cases[i].count, series, 1, values);
        assert_true(drawn_fits(d, pt(400), HIGH));
        struct bx_rect boxes[SLICES_MOST + 1];
        assert_int_equal(drawn_list_shapes(d, boxes, SLICES_MOST + 1), cases[i].slices);
        bx_len down =
            drawn_height(d) / 2 - pt(84 - 6); /* of the centre, where labels need more */
        for (int k = 0; k < cases[i].slices && down == 0; k++)
            check_slice(d, k, cases[i].ends[k], cases[i].ends[k + 1]);
    }
}

/* Fills of neighbours differ: five in turn, and not the first again beside the first. */
static void test_pie__has_no_two_neighbours_alike(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙", "丙", "丁", "戊", "己",
                           "庚", "辛", "壬", "癸", "子", "丑"};
    const char *series[] = {NULL};
    const char *values[] = {"1", "1", "1", "1", "1", "1", "1", "1", "1", "1", "1", "1"};
    for (int count = 2; count <= SLICES_MOST; count++) {
        drawn_give(d, BX_CHART_PIE, names, count, series, 1, values);
        assert_true(drawn_fits(d, pt(400), HIGH));
        /* A fill is told by its colour and the hatches that follow it. */
        int kinds[SLICES_MOST], found = -1;
        for (int i = 0; i < drawn_drawing(d)->count; i++) {
            const struct bx_drawn *drawn = &drawn_drawing(d)->items[i];
            if (drawn_is_shape(drawn))
                kinds[++found] = drawn->path.colour.is_gray ? drawn->path.colour.r : -1000;
            else if (drawn->kind == BX_DRAWN_PATH && drawn->path.clip)
                kinds[found] += drawn->path.steps[0].points[0].y == 0 ? 1 : 2;
        }
        assert_int_equal(found + 1, count);
        for (int i = 0; i < count; i++) {
            if (kinds[i] == kinds[(i + 1) % count])
                fail_msg("of %d slices %d is like the next", count, i);
            assert_true(kinds[i] != 0); /* black would weigh too much */
        }
    }
}

/* ---- labels ---- */

/* Labels of one side stand in the order of their slices, each as near to the height of its slice's
 * middle as the one before it, a gap, and the ends of the chart allow. */
static void test_labels__are_moved_apart_in_order(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙", "丙"}, *series[] = {NULL};
    /* The upper left: middles at 0.99 and 0.97 of the way. The nearer to the top comes first. */
    const char *top[] = {"96", "2", "2"};
    drawn_give(d, BX_CHART_PIE, names, 3, series, 1, top);
    assert_true(drawn_fits(d, pt(400), HIGH));
    double y = round((84 - 60 * cos(0.99 * turn)) * BX_PT) / BX_PT;
    drawn_check_text(d, 0, (struct drawn_text){"丙", 67, y});
    drawn_check_text(d, 0, (struct drawn_text){"乙", 67, y + 18});
    /* The foot of the right: middles at 0.46 and 0.485. The lower keeps a gap to the next, and a line
     * to the end. */
    const char *foot[] = {"45", "2", "3", "50"};
    const char *four[] = {"子", "甲", "乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申", "丑"};
    drawn_give(d, BX_CHART_PIE, four, 4, series, 1, foot);
    assert_true(drawn_fits(d, pt(400), HIGH));
    /* 18 characters in 92 are two lines, and the figure is a third: 36, which ends at 156 */
    drawn_check_text(d, 0, (struct drawn_text){"乙丙丁戊己庚辛壬癸", 308, 126});
    drawn_check_text(d, 0, (struct drawn_text){"子丑寅卯辰巳午未申", 308, 138});
    drawn_check_text(d, 0, (struct drawn_text){"3", 308, 150});
    drawn_check_text(d, 0, (struct drawn_text){"甲", 308, 108});
    drawn_check_text(d, 0, (struct drawn_text){"2", 328, 108});
    /* The top: a label 36 high, of which 18 would stand above the chart, starts with it. */
    const char *high[] = {"2", "98"}, *two[] = {"乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申", "甲"};
    drawn_give(d, BX_CHART_PIE, two, 2, series, 1, high);
    assert_true(drawn_fits(d, pt(400), HIGH));
    drawn_check_text(d, 0, (struct drawn_text){"乙丙丁戊己庚辛壬癸", 308, 18});
}

/* Eleven labels of one side, of a line and a gap each, make the chart higher than the circle does. */
static void test_labels__make_the_chart_higher(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙", "丙", "丁", "戊", "己",
                           "庚", "辛", "壬", "癸", "子", "丑"};
    const char *series[] = {NULL};
    const char *right[] = {"4", "4", "4", "4", "4", "4", "4", "4", "4", "4", "4", "56"};
    const char *left[] = {"56", "4", "4", "4", "4", "4", "4", "4", "4", "4", "4", "4"};
    drawn_give(d, BX_CHART_PIE, names, 12, series, 1, right);
    assert_true(drawn_fits(d, pt(400), HIGH));
    assert_int_equal(drawn_height(d), (12 + 11 * 18) * BX_PT);
    drawn_give(d, BX_CHART_PIE, names, 12, series, 1, left);
    assert_true(drawn_fits(d, pt(400), HIGH));
    assert_int_equal(drawn_height(d), (12 + 11 * 18) * BX_PT);
    drawn_give(d, BX_CHART_PIE, names, 4, series, 1, right);
    assert_true(drawn_fits(d, pt(400), HIGH));
    assert_int_equal(drawn_height(d), 156 * BX_PT);
}

/* A name of 70, a character and a figure of 10 fill a room of 90; with less, the figure stands under
 * the name, in the same column. */
static void test_labels__have_their_figures_behind_or_below(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲乙丙丁戊己庚", "辛壬癸子丑寅卯"}, *series[] = {NULL};
    const char *values[] = {"50", "50"};
    drawn_give(d, BX_CHART_PIE, names, 2, series, 1, values);
    assert_true(drawn_fits(d, pt(396), HIGH)); /* columns end at 90 and start at 306 */
    const struct drawn_text one[] = {{"甲乙丙丁戊己庚", 306, 84},
                                     {"50", 386, 84},
                                     {"辛壬癸子丑寅卯", 0, 84},
                                     {"50", 80, 84}};
    drawn_check_texts(d, one, COUNT(one));
    assert_true(drawn_fits(d, pt(396) - 2, HIGH));
    const double unit = 1.0 / BX_PT;
    const struct drawn_text two[] = {{"甲乙丙丁戊己庚", 306 - unit, 78},
                                     {"50", 306 - unit, 90},
                                     {"辛壬癸子丑寅卯", 20 - unit, 78},
                                     {"50", 80 - unit, 90}};
    drawn_check_texts(d, two, COUNT(two));
}

/* ---- what does not fit ---- */

/* A column has four characters at least, names have three lines in it, and figures one. */
static void test_pie__needs_room_for_its_labels(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲乙丙丁戊己庚辛壬癸子丑", "寅"}, *series[] = {NULL};
    const char *values[] = {"50", "50"}, *wide[] = {"5000000000", "5000000000"};
    drawn_give(d, BX_CHART_PIE, names, 2, series, 1, values);
    assert_true(drawn_fits(d, pt(296), HIGH));
    drawn_check_text(d, 0, (struct drawn_text){"壬癸子丑", 256, 90});
    assert_false(drawn_fits(d, pt(296) - 2, HIGH));
    names[0] = "甲乙丙丁戊己庚辛壬癸子丑卯";
    assert_false(drawn_fits(d, pt(296), HIGH));
    names[0] = "甲";
    assert_true(drawn_fits(d, pt(296), HIGH));
    assert_false(drawn_fits(d, pt(296) - 2, HIGH));
    drawn_give(d, BX_CHART_PIE, names, 2, series, 1, wide);
    assert_true(drawn_fits(d, pt(316), HIGH));
    assert_false(drawn_fits(d, pt(316) - 2, HIGH));
}

static void test_pie__may_be_as_high_as_the_page(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲", "乙"}, *series[] = {"合计"}, *values[] = {"1", "1"};
    drawn_give(d, BX_CHART_PIE, names, 2, series, 1, values);
    assert_true(drawn_fits(d, pt(400), pt(174)));
    assert_false(drawn_fits(d, pt(400), pt(174) - 1));
}

int run_chart_pie(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_pie__has_slices_by_angle_and_labels_beside_them,
                               drawn_set_up_round),
        cmocka_unit_test_setup(test_pie__shares_any_sum, drawn_set_up_round),
        cmocka_unit_test_setup(test_pie__has_no_two_neighbours_alike, drawn_set_up_round),
        cmocka_unit_test_setup(test_labels__are_moved_apart_in_order, drawn_set_up_round),
        cmocka_unit_test_setup(test_labels__make_the_chart_higher, drawn_set_up_round),
        cmocka_unit_test_setup(test_labels__have_their_figures_behind_or_below,
                               drawn_set_up_round),
        cmocka_unit_test_setup(test_pie__needs_room_for_its_labels, drawn_set_up_round),
        cmocka_unit_test_setup(test_pie__may_be_as_high_as_the_page, drawn_set_up_round),
    };
    return cmocka_run_group_tests_name("chart_pie", tests, drawn_set_up, drawn_tear_down);
}

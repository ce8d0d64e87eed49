/* Figures beside the points of lines, by hand: where each may stand.
 *
 * Places are in points, found from the measures of drawn.h by what the head of chart_lines.c says.
 * All scales go from 0 to 100 or a power of ten times that, so that a point of height is a hundredth.
 * A point's marker, its outline included, reaches 4 to every side. A figure is 12 high: above its
 * point it covers 6 to 18 over it, at a corner 4 to 16 and starts 4 beside it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"

int run_chart_figures(void);

enum {
    CATEGORIES_MOST = 4,
    SERIES_MOST = 4,
};

static bool has_table(const struct drawn *d)
{
    return d->plan.block_count > 1;
}

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

int run_chart_figures(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_figure__stays_at_the_plot, drawn_set_up_round),
        cmocka_unit_test_setup(test_figure__covers_no_marker, drawn_set_up_round),
        cmocka_unit_test_setup(test_figure__covers_no_other, drawn_set_up_round),
        cmocka_unit_test_setup(test_figure__covers_no_line, drawn_set_up_round),
    };
    return cmocka_run_group_tests_name("chart_figures", tests, drawn_set_up, drawn_tear_down);
}

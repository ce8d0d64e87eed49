/* A chart among other blocks: its width, the room that its caption and the headings above leave it,
 * and the table under lines whose figures find no place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "drawn.h"

int run_chart_block(void);

enum {
    AREA = 420 * BX_PT,
};

/* A share or a length is as wide as it says, but never wider than the type area, which is the width
 * when none is given. */
static void test_chart__is_as_wide_as_it_says(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲"}, *series[] = {NULL}, *values[] = {"1"};
    const struct {
        int width_um, width_1000;
        bx_len width;
    } cases[] = {
        {0, 0, AREA},     {0, 500, AREA / 2},      {0, 1000, AREA},   {0, 99999, AREA},
        {0, 333, 143216}, {50800, 0, 144 * BX_PT}, {150000, 0, AREA},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        drawn_give(d, BX_CHART_BAR, names, 1, series, 1, values);
        d->block.width_um = cases[i].width_um;
        d->block.width_1000 = cases[i].width_1000;
        assert_true(drawn_fits(d, AREA, HIGH));
        assert_int_equal(d->plan.blocks[0].image_w, cases[i].width);
    }
}

/* ---- caption and headings ---- */

enum {
    LINES = 20,
    LINE_PITCH = 30 * BX_PT,
    BODY = 16 * BX_PT,
    BEYOND = (LINE_PITCH - BODY) / 2, /* half a blank: a line's em box begins below it */
    BEFORE = 1,                       /* blank lines of a caption */
    AFTER = 2,
};

static void set_grid(struct drawn *d)
{
    d->style->grid_lines = LINES;
    d->style->line_pitch = LINE_PITCH;
    d->style->grid_fit = BX_FIT_EDGES;
    d->style->texts[BX_TEXT_BODY].size = BODY;
    d->style->texts[BX_TEXT_CAPTION].blank_before = BEFORE;
    d->style->texts[BX_TEXT_CAPTION].blank_after = AFTER;
    d->style->type_area.w = AREA;
    d->style->type_area.h = LINES * LINE_PITCH - 2 * BEYOND;
}

/* Bars of this height as a whole, under so many headings of a line. */
static bool draw_high(struct drawn *d, bx_len height, int headings, const char *caption)
{
    static const char *names[] = {"甲"}, *series[] = {NULL}, *values[] = {"1"};
    drawn_give(d, BX_CHART_BAR, names, 1, series, 1, values);
    set_grid(d);
    d->style->chart.plot_height = height - 2 * GAP - PITCH - GAP - PITCH;
    if (caption) {
        d->caption.text = caption;
        d->block.caption =
            (struct bx_text){.spans = &d->caption, .span_count = 1, .where = "/caption"};
    }
    for (int i = 0; i < headings; i++) {
        struct bx_plan_block *heading = bx_planner_add(&d->planner, BX_PLAN_LINES, "/heading");
        heading->keep_next = true;
        heading->line_cells = heading->para.line_count = 1;
    }
    if (drawn_make(d))
        return true;
    assert_int_equal(d->err.code, BX_E_FIT);
    return false;
}

static void check_most(struct drawn *d, bx_len most, int headings, const char *caption)
{
    assert_true(draw_high(d, most, headings, caption));
    assert_int_equal(d->plan.blocks[headings].image_h, most);
    assert_false(draw_high(d, most + 1, headings, caption));
}

/* The page less the headings, with the blank before the chart, and less the caption, with the blank
 * behind it. */
static void test_chart__leaves_room_for_headings_and_caption(void **state)
{
    struct drawn *d = *state;
    const char *two_lines = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛壬癸";
    check_most(d, LINES * LINE_PITCH - 2 * BEYOND, 0, NULL);
    check_most(d, (LINES - 1 - BEFORE) * LINE_PITCH - BEYOND, 1, NULL);
    check_most(d, (LINES - 2 - BEFORE) * LINE_PITCH - BEYOND, 2, NULL);
    check_most(d, (LINES - AFTER - 1) * LINE_PITCH - BEYOND, 0, "图");
    check_most(d, (LINES - AFTER - 2) * LINE_PITCH - BEYOND, 0, two_lines);
    check_most(d, (LINES - AFTER - 1 - BEFORE - 2) * LINE_PITCH, 2, "图");
}

/* The blank lines of a caption stand around the two, and none between them: chart and caption stay on
 * one page. */
static void test_caption__stands_right_under_its_chart(void **state)
{
    struct drawn *d = *state;
    assert_true(draw_high(d, 200 * BX_PT, 0, "图"));
    assert_int_equal(d->plan.block_count, 2);
    const struct bx_plan_block *chart = &d->plan.blocks[0], *caption = &d->plan.blocks[1];
    assert_int_equal(chart->blank_before, BEFORE);
    assert_int_equal(chart->blank_after, AFTER);
    assert_int_equal(caption->blank_before, 0);
    assert_int_equal(caption->blank_after, 0);
    assert_true(chart->keep_whole && chart->keep_next && caption->keep_whole);
    assert_true(draw_high(d, 200 * BX_PT, 0, NULL));
    assert_int_equal(d->plan.block_count, 1);
    assert_false(d->plan.blocks[0].keep_next);
}

/* ---- the table below ---- */

static const struct bx_table_cell *find_cell(const struct bx_table *table, int row, int col)
{
    for (int i = 0; i < table->cell_count; i++)
        if (table->cells[i].row == row && table->cells[i].col == col)
            return &table->cells[i];
    fail_msg("no cell in row %d and column %d", row, col);
    return NULL;
}

static const char *cell_text(const struct bx_table *table, int row, int col)
{
    const char *text = find_cell(table, row, col)->para.text;
    return text ? text : "";
}

enum {
    COLUMNS = 3, /* at most, with the names */
    ROWS = 3,
};

/* Each figure has two heads: the name of its row, which comes first and has none itself, and that of
 * its column, if the table has a row of heads. */
static void check_heads(const struct drawn *d, const struct bx_table *table)
{
    const struct bx_element *elements = d->plan.structure.elements;
    for (int row = table->head_count; row < table->row_count; row++) {
        int name = find_cell(table, row, 0)->element;
        assert_int_equal(elements[name].tag, BX_TAG_TH);
        assert_int_equal(elements[name].scope, BX_SCOPE_ROW);
        assert_int_equal(elements[name].header_count, 0);
        for (int col = 1; col < table->col_count; col++) {
            const struct bx_element *figure = &elements[find_cell(table, row, col)->element];
            assert_int_equal(figure->tag, BX_TAG_TD);
            assert_int_equal(figure->header_count, 1 + table->head_count);
            assert_int_equal(figure->headers[0], name);
            if (table->head_count > 0)
                assert_int_equal(figure->headers[1], find_cell(table, 0, col)->element);
        }
    }
}

/* Two slots of 10 hold no names: then no figure is printed in the chart and a table has them all, its
 * unit in the corner, or over a series without a name; a blank is a blank. The head is there only
 * where it has something to say. */
static void test_table__tells_what_the_lines_do_not(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"1", "2"};
    const struct {
        const char *series[2];
        int series_count;
        const char *unit, *values[4];
        int head_count;
        const char *cells[ROWS][COLUMNS];
    } cases[] = {
        {{NULL}, 1, NULL, {"100", "90"}, 0, {{"1", "100"}, {"2", "90"}}},
        {{NULL}, 1, "件", {"100", NULL}, 1, {{"", "计件数"}, {"1", "100"}, {"2", ""}}},
        {{"甲"}, 1, NULL, {"100", "90"}, 1, {{"", "甲"}, {"1", "100"}, {"2", "90"}}},
        {{"甲", "乙"},
         2,
         "件",
         {"100", "90", "80", "70"},
         1,
         {{"计件数", "甲", "乙"}, {"1", "100", "80"}, {"2", "90", "70"}}},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        const char *series[2] = {cases[i].series[0], cases[i].series[1]}, *values[4];
        for (int n = 0; n < 4; n++)
            values[n] = cases[i].values[n];
        drawn_give(d, BX_CHART_LINE, names, 2, series, cases[i].series_count, values);
        d->chart.unit = cases[i].unit;
        d->block.width_1000 = 125; /* 52.5 of 420 */
        d->style->chart.gap = 10 * BX_PT;
        assert_true(drawn_fits(d, AREA, HIGH));
        assert_int_equal(d->plan.block_count, 2);
        assert_true(d->plan.blocks[0].keep_next);
        const struct bx_table *table = &d->plan.blocks[1].tables[0];
        assert_int_equal(table->col_count, 1 + cases[i].series_count);
        assert_int_equal(table->head_count, cases[i].head_count);
        assert_int_equal(table->row_count, cases[i].head_count + 2);
        for (int row = 0; row < table->row_count; row++)
            for (int col = 0; col < table->col_count; col++)
                assert_string_equal(cell_text(table, row, col), cases[i].cells[row][col]);
        check_heads(d, table);
    }
}

int run_chart_block(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_chart__is_as_wide_as_it_says, drawn_set_up_round),
        cmocka_unit_test_setup(test_table__tells_what_the_lines_do_not, drawn_set_up_round),
        cmocka_unit_test_setup(test_chart__leaves_room_for_headings_and_caption,
                               drawn_set_up_round),
        cmocka_unit_test_setup(test_caption__stands_right_under_its_chart, drawn_set_up_round),
    };
    return cmocka_run_group_tests_name("chart_block", tests, drawn_set_up, drawn_tear_down);
}

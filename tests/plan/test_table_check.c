/* Each fault that bx_table_check() is to find, planted into a table that has none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tables.h"

int run_table_check(void);

static struct bx_table set_review(struct tables *t)
{
    struct bx_section section = tables_section(t, "2021", "review", "1234");
    struct bx_table table = tables_set(t, &section, 0, true);
    struct bx_table_fault fault = {.cell = 7, .what = "?"};
    assert_true(bx_table_check(&table, t->style.clearance, &fault));
    assert_int_equal(fault.cell, -1);
    assert_null(fault.what);
    return table;
}

static void
check_fault(struct tables *t, const struct bx_table *table, int cell, const char *words)
{
    struct bx_table_fault fault;
    assert_false(bx_table_check(table, t->style.clearance, &fault));
    assert_int_equal(fault.cell, cell);
    assert_non_null(strstr(fault.what, words));
}

static void test_check__finds_a_cell_that_lies_on_another(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_review(t);
    table.cells[0].colspan++;
    check_fault(t, &table, -1, "exactly once");
    table.cells[0].colspan -= 2;
    check_fault(t, &table, -1, "exactly once");
}

static void test_check__finds_a_cell_outside_the_grid(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_review(t);
    struct bx_table_cell *last = &table.cells[table.cell_count - 1], own = *last;
    const struct {
        int row, col, rowspan, colspan;
    } cases[] = {
        {0, 0, 2, 1},
        {0, 0, 1, 2},
        {1, 0, 1, 1},
        {0, 1, 1, 1},
        {0, 0, 0, 1},
        {0, 0, 1, 0},
        {0, 0, -1, 1},
        {0, 0, 1, -1},
        {-own.row - 1, 0, own.row + 2, 1},
        {0, -own.col - 1, 1, own.col + 2},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        last->row = own.row + cases[i].row;
        last->col = own.col + cases[i].col;
        last->rowspan = cases[i].rowspan;
        last->colspan = cases[i].colspan;
        check_fault(t, &table, -1, "exactly once");
    }
}

/* Places outside that would fill those of the cell if they were only counted, and a cell without
 * any place beside a grid that is full. */
static void test_check__a_place_outside_is_no_place(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_review(t);
    int last = table.cell_count - 1, cols = table.col_count;
    struct bx_table_cell *cells =
        BX_NEW_ARRAY(&t->setting.arena, struct bx_table_cell, (size_t)table.cell_count + 1);
    memcpy(cells, table.cells, sizeof(*cells) * (size_t)table.cell_count);
    table.cells = cells;
    for (int i = 0; i < last; i++)
        if (cells[i].rowspan == 1 && cells[i].col + cells[i].colspan == cols) {
            struct bx_table_cell own = cells[i];
            cells[i].row++;
            cells[i].col -= cols;
            check_fault(t, &table, -1, "exactly once");
            cells[i] = own;
        }
    cells[last].row = -1;
    check_fault(t, &table, -1, "exactly once");
    cells[last] = cells[last - 1];
    table.cells[last].row = table.row_count - 1;
    table.cells[last].col = cols - 1;
    tables_check(t, &table);
    table.cell_count++;
    cells[last + 1] = cells[last];
    cells[last + 1].rowspan = 0;
    check_fault(t, &table, -1, "exactly once");
    cells[last + 1].rowspan = 1;
    cells[last + 1].colspan = 0;
    check_fault(t, &table, -1, "exactly once");
}

static void test_check__finds_edges_that_do_not_ascend(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_review(t);
    table.col_x[3] = table.col_x[2];
    check_fault(t, &table, -1, "ascend");
}

static void test_check__finds_a_row_without_height(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_review(t);
    table.rows[2].height = 0;
    check_fault(t, &table, -1, "height");
}

/* --- ink: as near as the clearance on every side, and no nearer --- */

enum side {
    LEFT,
    TOP,
    RIGHT,
    BOTTOM,
};

static bx_len row_y(const struct bx_table *table, int row)
{
    bx_len y = 0;
    for (int i = 0; i < row; i++)
        y += table->rows[i].height;
    return y;
}

/* Half a rule, rounded up. */
static bx_len half_of(const struct bx_table *table, bool is_outer)
{
    bx_len width = is_outer ? table->rule_outer : table->rule_inner;
    return width - width / 2;
}

/* From one side of a glyph's ink to that of the room inside the rules. */
static bx_len glyph_gap(const struct tables *t,
                        const struct bx_table *table,
                        const struct bx_table_cell *cell,
                        enum side side,
                        const struct bx_run *run,
                        const struct bx_ink *ink,
                        bx_len x,
                        bx_len y)
{
    bx_len clear = t->style.clearance;
    int end_col = cell->col + cell->colspan, end_row = cell->row + cell->rowspan;
    bx_len x0 = bx_font_len(run->font, ink->x0, run->size) * run->scale_x_1000 / 1000;
    bx_len x1 = bx_font_len(run->font, ink->x1, run->size) * run->scale_x_1000 / 1000;
    switch (side) {
    case LEFT:
        return x + x0 - (table->col_x[cell->col] + half_of(table, cell->col == 0) + clear);
    case RIGHT:
        return table->col_x[end_col] - half_of(table, end_col == table->col_count) - clear -
               (x + x1);
    case TOP:
        return y - bx_font_len(run->font, ink->y1, run->size) -
               (row_y(table, cell->row) + half_of(table, cell->row == 0) + clear);
    case BOTTOM:
    default:
        return row_y(table, end_row) - half_of(table, end_row == table->row_count) - clear -
               (y - bx_font_len(run->font, ink->y0, run->size));
    }
}

/* The least of all glyphs of a cell, which stand as table.h tells. */
static bx_len least_gap(const struct tables *t,
                        const struct bx_table *table,
                        const struct bx_table_cell *cell,
                        enum side side)
{
    bx_len least = 0;
    bool is_first = true;
    bx_len centre = (row_y(table, cell->row) + row_y(table, cell->row + cell->rowspan)) / 2;
    for (int i = 0; i < cell->para.line_count; i++)
        for (int k = 0; k < cell->para.lines[i].run_count; k++) {
            const struct bx_run *run = &cell->para.lines[i].runs[k];
            bx_len x = table->col_x[cell->col] + cell->pad_left + run->x;
            bx_len y = cell->is_vertical ? centre - cell->height / 2
                                         : centre + (2 * i - (cell->para.line_count - 1)) *
                                                        cell->line_pitch / 2;
            y += run->y;
            for (int g = 0; g < run->glyph_count; g++) {
                const struct bx_glyph *glyph = &run->glyphs[g];
                struct bx_ink ink;
                if (bx_font_ink(run->font, glyph->index, &ink)) {
                    bx_len gap = glyph_gap(t, table, cell, side, run, &ink, x + glyph->dx,
                                           y + glyph->dy);
                    least = is_first || gap < least ? gap : least;
                    is_first = false;
                }
                *(run->is_vertical ? &y : &x) += glyph->advance;
            }
        }
    assert_false(is_first);
    return least;
}

static void move_text(struct bx_table_cell *cell, enum side side, bx_len by)
{
    for (int i = 0; i < cell->para.line_count; i++)
        for (int k = 0; k < cell->para.lines[i].run_count; k++) {
            struct bx_run *run = &cell->para.lines[i].runs[k];
            *(side == LEFT || side == RIGHT ? &run->x : &run->y) +=
                side == LEFT || side == TOP ? -by : by;
        }
}

/* The text is moved until the last free unit is gone, and one unit further. */
static void check_side(struct tables *t, struct bx_table *table, int cell, enum side side)
{
    bx_len gap = least_gap(t, table, &table->cells[cell], side);
    move_text(&table->cells[cell], side, gap);
    tables_check(t, table);
    move_text(&table->cells[cell], side, 1);
    check_fault(t, table, cell, "too near");
    move_text(&table->cells[cell], side, -gap - 1);
    tables_check(t, table);
}

static void check_all_sides(struct tables *t, struct bx_table *table)
{
    for (int i = 0; i < table->cell_count; i++)
        for (int side = LEFT; side <= BOTTOM; side++)
            check_side(t, table, i, (enum side)side);
}

/* A plain table under rules of different widths, an odd and an even one. */
static struct bx_table
set_in(struct tables *t, const char *role, const struct bx_plain_table *plain)
{
    t->style.rule_outer = 3 * BX_PT + 1;
    t->style.rule_inner = BX_PT;
    struct bx_text_style text = {
        .role = role, .size = 10 * BX_PT, .pitch = 10 * BX_PT, .align = BX_ALIGN_CENTER};
    struct bx_table table;
    if (!bx_table_build_plain(&table, &t->setting.context, plain, &t->style, &text, t->ink,
                              t->width, &t->structure, t->table, &t->err))
        fail_msg("%s", t->err.what);
    tables_check(t, &table);
    return table;
}

/* Letters and marks of 宋体 reach far out of the em box (the tail of g to 0.63 em below the middle),
 * ideographs and figures fill it. */
static void test_check__ink_keeps_off_the_rules_on_every_side(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_in(t, "songti", tables_plain(t, "g|国|8\n|g|（）\n国|8|g", 0));
    for (int i = 0; i < table.cell_count; i++)
        if (table.cells[i].para.line_count > 0)
            for (int side = LEFT; side <= BOTTOM; side++)
                check_side(t, &table, i, (enum side)side);
}

static void test_check__every_line_of_a_cell_counts(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "甲|乙", 0);
    struct bx_span *two = (struct bx_span *)plain->cells[0].text.spans;
    two->text = "g 国\nj";
    struct bx_span *three = (struct bx_span *)plain->cells[1].text.spans;
    three->text = "国\n—\n国";
    t->style.line_em1000 = 1205; /* lines an odd number of units apart */
    struct bx_table table = set_in(t, "songti", plain);
    assert_int_equal(table.cells[0].line_pitch % 2, 1);
    assert_int_equal(table.cells[0].para.line_count, 2);
    assert_int_equal(table.cells[1].para.line_count, 3);
    check_all_sides(t, &table);
}

static void test_check__a_stretched_glyph_counts_as_it_is_drawn(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_in(t, "songti", tables_plain(t, "g", 0));
    table.cells[0].para.lines[0].runs[0].scale_x_1000 = 3000;
    check_all_sides(t, &table);
}

static void test_check__upright_text_counts_from_its_top(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "1");
    struct bx_table table = tables_set(t, &section, 0, true);
    int cell = (int)(tables_find(&table, "三、本年度办理结果") - table.cells);
    for (int side = LEFT; side <= BOTTOM; side++)
        check_side(t, &table, cell, (enum side)side);
}

/* 肆 of the pinned 仿宋 reaches 0.041 em out of its em box: its row may be as low as its ink allows,
 * which is higher than the box would. */
static void test_check__a_stroke_over_the_em_box_is_seen(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_in(t, "fangsong", tables_plain(t, "肆", 0));
    const struct bx_run *run = &table.cells[0].para.lines[0].runs[0];
    bx_len top = least_gap(t, &table, &table.cells[0], TOP);
    bx_len bottom = least_gap(t, &table, &table.cells[0], BOTTOM);
    bx_len gap = top < bottom ? top : bottom;
    bx_len height = table.rows[0].height & ~1;
    table.rows[0].height = height - 2 * gap;
    bx_len room = table.rows[0].height / 2 - half_of(&table, true) - t->style.clearance;
    assert_in_range(room, run->size * 54 / 100, run->size * 55 / 100);
    tables_check(t, &table);
    table.rows[0].height -= 2;
    check_fault(t, &table, 0, "too near");
}

/* An ideograph that does not fill its box may stand lower than the box. */
static void test_check__a_box_is_no_ink(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_in(t, "fangsong", tables_plain(t, "一", 0));
    table.rows[0].height = 10 * BX_PT + 2 * (half_of(&table, true) + t->style.clearance) - 2;
    tables_check(t, &table);
}

static void test_check__finds_ink_above_the_room(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_review(t);
    table.rows[3].height = t->style.figure_size[0] + BX_PT;
    tables_check(
        t, &table); /* less than an em box and twice the clearance: digits do not fill it */
    table.rows[3].height = t->style.figure_size[0] * 3 / 4;
    struct bx_table_fault fault;
    assert_false(bx_table_check(&table, t->style.clearance, &fault));
    assert_true(fault.cell >= 0 && table.cells[fault.cell].row == 3);
}

static void test_check__finds_an_upright_label_that_is_too_long(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "1");
    struct bx_table table = tables_set(t, &section, 0, true);
    const struct bx_table_cell *cell = tables_find(&table, "三、本年度办理结果");
    for (int row = cell->row; row < cell->row + cell->rowspan; row++)
        table.rows[row].height = cell->height / cell->rowspan;
    struct bx_table_fault fault;
    assert_false(bx_table_check(&table, t->style.clearance, &fault));
    assert_int_equal(fault.cell, (int)(cell - table.cells));
}

int run_table_check(void)
{
    const struct CMUnitTest tests[] = {
        TABLES_TEST(test_check__finds_a_cell_that_lies_on_another),
        TABLES_TEST(test_check__finds_a_cell_outside_the_grid),
        TABLES_TEST(test_check__a_place_outside_is_no_place),
        TABLES_TEST(test_check__finds_edges_that_do_not_ascend),
        TABLES_TEST(test_check__finds_a_row_without_height),
        TABLES_TEST(test_check__ink_keeps_off_the_rules_on_every_side),
        TABLES_TEST(test_check__every_line_of_a_cell_counts),
        TABLES_TEST(test_check__a_stretched_glyph_counts_as_it_is_drawn),
        TABLES_TEST(test_check__upright_text_counts_from_its_top),
        TABLES_TEST(test_check__a_stroke_over_the_em_box_is_seen),
        TABLES_TEST(test_check__a_box_is_no_ink),
        TABLES_TEST(test_check__finds_ink_above_the_room),
        TABLES_TEST(test_check__finds_an_upright_label_that_is_too_long),
    };
    return cmocka_run_group_tests_name("table_check", tests, NULL, NULL);
}

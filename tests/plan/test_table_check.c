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
    tables_check(t, &table);
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
    table.cells[table.cell_count - 1].rowspan = 2;
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

/* A figure of 1234 is moved until the last free unit is gone, and one unit further. */
static void test_check__finds_ink_beside_a_rule(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_review(t);
    int last = table.cell_count - 1;
    struct bx_table_cell *cell = &table.cells[last];
    const struct bx_run *run = &cell->para.lines[0].runs[0];
    struct bx_ink ink;
    assert_true(bx_font_ink(run->font, run->glyphs[0].index, &ink));
    bx_len gap = cell->pad_left + run->x + run->glyphs[0].dx +
                 bx_font_len(run->font, ink.x0, run->size) - table.rule_inner / 2 -
                 t->style.clearance;
    assert_true(gap > 0);
    cell->pad_left -= gap;
    tables_check(t, &table);
    cell->pad_left--;
    check_fault(t, &table, last, "too near");
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

static int set_up(void **state)
{
    static struct tables t;
    tables_init(&t);
    *state = &t;
    return 0;
}

static int tear_down(void **state)
{
    tables_fini(*state);
    return 0;
}

int run_table_check(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_check__finds_a_cell_that_lies_on_another, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_check__finds_a_cell_outside_the_grid, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_check__finds_edges_that_do_not_ascend, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_check__finds_a_row_without_height, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_check__finds_ink_beside_a_rule, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_check__finds_ink_above_the_room, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_check__finds_an_upright_label_that_is_too_long,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests_name("table_check", tests, NULL, NULL);
}

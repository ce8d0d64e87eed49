#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tables.h"

int run_table_plain(void);

static struct bx_text_style cell_style(void)
{
    return (struct bx_text_style){
        .role = "songti",
        .size = 10 * BX_PT,
        .pitch = 10 * BX_PT,
        .align = BX_ALIGN_LEFT,
    };
}

static struct bx_table set_plain(struct tables *t, const struct bx_plain_table *plain)
{
    struct bx_text_style text = cell_style();
    struct bx_table table;
    if (!bx_table_build_plain(&table, &t->setting.context, plain, &t->style, &text, t->ink,
                              t->width, &t->structure, t->table, &t->err))
        fail_msg("%s %s %s", t->err.file, t->err.where, t->err.what);
    tables_check(t, &table);
    return table;
}

static bx_len col_width(const struct bx_table *table, int col)
{
    return table->col_x[col + 1] - table->col_x[col];
}

static void test_plain__shares_are_shares_of_the_type_area(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "甲|乙|丙\n一|二|三", 1);
    plain->widths_1000[0] = 400;
    plain->widths_1000[1] = plain->widths_1000[2] = 300;
    struct bx_table table = set_plain(t, plain);
    assert_int_equal(table.col_x[1], t->width * 4LL / 10);
    assert_int_equal(table.col_x[3], t->width);
}

static void test_plain__shares_that_miss_the_whole_by_rounding_fill_it(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "甲|乙|丙", 0);
    plain->widths_1000[0] = plain->widths_1000[1] = plain->widths_1000[2] = 333;
    struct bx_table table = set_plain(t, plain);
    assert_int_equal(table.col_x[3], t->width);
    plain->widths_1000[2] = 100;
    table = set_plain(t, plain);
    assert_int_equal(table.col_x[3], t->width * 766LL / 1000);
}

/* TAB-06: shared by content alone the stub would have one character a line. */
static void test_plain__rules_are_the_styles_or_as_thick_as_the_clearance(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "甲|乙", 0);
    struct bx_table table = set_plain(t, plain);
    assert_int_equal(table.rule_outer, t->style.clearance);
    t->style.rule_outer = 2 * BX_PT;
    t->style.rule_inner = BX_PT / 4;
    table = set_plain(t, plain);
    assert_int_equal(table.rule_outer, 2 * BX_PT);
    assert_int_equal(table.rule_inner, BX_PT / 4);
}

static void test_plain__a_column_that_only_spans_cover_has_a_width(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "一|二", 0);
    plain->cells[0].colspan = 2;
    plain->cells[1].col = 2;
    plain->col_count = 3;
    plain->widths_1000[0] = 500;
    plain->widths_1000[2] = 500;
    struct bx_table table = set_plain(t, plain);
    assert_true(col_width(&table, 1) >= 10 * BX_PT);
}

static void test_plain__a_stub_keeps_two_characters(void **state)
{
    struct tables *t = *state;
    const char *wide = "本机关依法主动公开政府信息并且按规定办理公众提出的政府信息公开申请";
    const char *text =
        bx_arena_printf(&t->setting.arena, "信息公开行政复议|%s|%s|%s|%s|%s|%s|%s", wide, wide,
                        wide, wide, wide, wide, wide);
    struct bx_table table = set_plain(t, tables_plain(t, text, 0));
    assert_int_equal(table.col_count, 8);
    assert_int_equal(table.col_x[8], t->width);
    assert_true(col_width(&table, 0) >= 20 * BX_PT + 2 * t->style.padding_h);
}

static void test_plain__automatic_columns_hold_their_text_in_one_line_if_they_can(void **state)
{
    struct tables *t = *state;
    struct bx_table table =
        set_plain(t, tables_plain(t, "项目|说明\n公开|政府信息公开申请", 1));
    assert_int_equal(table.col_x[2], t->width);
    assert_true(col_width(&table, 1) > col_width(&table, 0));
    for (int i = 0; i < table.cell_count; i++)
        assert_int_equal(table.cells[i].para.line_count, 1);
    assert_int_equal(table.rows[0].height, 10 * BX_PT + 2 * t->style.padding_v[0]);
}

static void test_plain__a_share_too_small_for_a_number_is_widened(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "说明|123456789012\n公开|0", 0);
    plain->widths_1000[0] = 950;
    plain->widths_1000[1] = 50;
    struct bx_table table = set_plain(t, plain);
    const struct bx_table_cell *number = tables_find(&table, "123456789012");
    assert_int_equal(number->para.line_count, 1);
    assert_int_equal(table.col_x[2], t->width);
}

static void test_plain__rows_joined_by_a_cell_are_one_group(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "甲|乙\n丙|丁\n戊\n己|庚", 1);
    plain->cells[2].rowspan = 2; /* 丙 over two rows: 戊 stands beside it */
    plain->cells[4].col = 1;
    struct bx_table table = set_plain(t, plain);
    assert_int_equal(table.rows[1].group, table.rows[2].group);
    assert_int_not_equal(table.rows[0].group, table.rows[1].group);
    assert_int_not_equal(table.rows[2].group, table.rows[3].group);
    assert_true(table.rows[0].is_head && !table.rows[0].may_split);
    assert_true(table.rows[1].may_split);
}

static void test_plain__a_span_grows_its_columns(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain =
        tables_plain(t, "二〇二五年度政府信息公开工作情况统计\n甲|乙", 0);
    plain->cells[0].colspan = 2;
    t->width = 200 * BX_PT;
    struct bx_table table = set_plain(t, plain);
    assert_int_equal(table.cells[0].para.line_count, 1);
}

static void test_plain__heads_speak_for_the_cells_below(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "甲|乙\n丙|丁\n戊|己", 2);
    plain->cells[0].colspan = 1;
    struct bx_table table = set_plain(t, plain);
    const struct bx_element *elements = t->structure.elements;
    const struct bx_element *cell = &elements[tables_find(&table, "己")->element];
    assert_int_equal(cell->tag, BX_TAG_TD);
    assert_int_equal(cell->header_count, 2);
    assert_int_equal(cell->headers[0], tables_find(&table, "乙")->element);
    assert_int_equal(cell->headers[1], tables_find(&table, "丁")->element);
    assert_int_equal(elements[cell->headers[0]].tag, BX_TAG_TH);
    assert_int_equal(elements[cell->headers[0]].scope, BX_SCOPE_COL);
}

static void test_plain__without_heads_the_first_column_names_the_rows(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_plain(t, tables_plain(t, "甲|乙", 0));
    const struct bx_element *cell = &t->structure.elements[tables_find(&table, "乙")->element];
    assert_int_equal(cell->header_count, 1);
    assert_int_equal(cell->headers[0], tables_find(&table, "甲")->element);
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

int run_table_plain(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plain__shares_are_shares_of_the_type_area, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            test_plain__shares_that_miss_the_whole_by_rounding_fill_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plain__a_stub_keeps_two_characters, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            test_plain__rules_are_the_styles_or_as_thick_as_the_clearance, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plain__a_column_that_only_spans_cover_has_a_width,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_plain__automatic_columns_hold_their_text_in_one_line_if_they_can, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(test_plain__a_share_too_small_for_a_number_is_widened,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plain__rows_joined_by_a_cell_are_one_group, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_plain__a_span_grows_its_columns, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_plain__heads_speak_for_the_cells_below, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            test_plain__without_heads_the_first_column_names_the_rows, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("table_plain", tests, NULL, NULL);
}

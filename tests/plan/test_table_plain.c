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

/* TAB-06: shared by content alone the stub would have one character a line. */
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

/* Texts of these tests: characters of 10 pt, padding of 2.5 pt on each side. So a column of n Han wants
 * 10 n + 5 pt and needs 25: two characters. */
enum {
    HAN = 10 * BX_PT,
    PAD = 2 * BX_PT + BX_PT / 2,
    LEAST = 2 * HAN + 2 * PAD,
};

static void check_columns(const struct bx_table *table, const bx_len *widths)
{
    for (int col = 0; col < table->col_count; col++)
        assert_int_equal(col_width(table, col), widths[col]);
}

/* TAB-06: first what each column needs, then what its text takes in one line, then the rest. */
static void test_plain__automatic_columns_share_by_what_they_need_and_want(void **state)
{
    struct tables *t = *state;
    const struct bx_plain_table *plain = tables_plain(t, "政府公开|报", 1);
    static const struct {
        int width; /* pt; the columns need 25 + 25, want 45 + 25 */
        bx_len widths[2];
    } cases[] = {
        {40, {20 * BX_PT, 20 * BX_PT}}, /* as 25 to 25 */
        {50, {25 * BX_PT, 25 * BX_PT}},
        {62, {37 * BX_PT, 25 * BX_PT}}, /* 12 more, as 20 to 0 */
        {70, {45 * BX_PT, 25 * BX_PT}},
        {140, {90 * BX_PT, 50 * BX_PT}}, /* 70 more, as 45 to 25 */
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        t->width = cases[i].width * BX_PT;
        struct bx_table table = set_plain(t, plain);
        check_columns(&table, cases[i].widths);
    }
}

/* Three columns want 45, 35 and 25 pt: 15 more than they need are shared as 20 to 10 to 0. */
static void test_plain__what_is_more_than_needed_goes_to_those_that_want_it(void **state)
{
    struct tables *t = *state;
    t->width = 90 * BX_PT;
    struct bx_table table = set_plain(t, tables_plain(t, "政府公开|工作量|报", 1));
    const bx_len widths[] = {35 * BX_PT, 30 * BX_PT, 25 * BX_PT};
    check_columns(&table, widths);
}

/* Where the needs do not fit either the columns are in proportion to them. */
static void test_plain__columns_that_cannot_hold_their_texts_share_by_their_needs(void **state)
{
    struct tables *t = *state;
    const struct bx_plain_table *plain = tables_plain(t, "ABCDEFGHIJ|报|一", 1);
    struct bx_table table = set_plain(t, plain);
    int64_t need = tables_find(&table, "ABCDEFGHIJ")->para.lines[0].natural + 2 * PAD;
    assert_true(need > LEAST);
    t->width = 90 * BX_PT;
    table = set_plain(t, plain);
    int64_t sum = need + 2 * LEAST;
    assert_int_equal(table.col_x[1], t->width * need / sum);
    assert_int_equal(table.col_x[2], t->width * (need + LEAST) / sum);
    assert_int_equal(table.col_x[3], t->width);
}

static void test_plain__shares_come_first_and_automatic_columns_share_the_rest(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "甲|公开报告|报", 1);
    static const struct {
        int shares[3];
        int width; /* pt */
        bx_len widths[3];
    } cases[] = {
        {{500, 0, 0}, 280, {140 * BX_PT, 90 * BX_PT, 50 * BX_PT}},
        {{0, 0, 500}, 140, {25 * BX_PT, 45 * BX_PT, 70 * BX_PT}},
        /* all is asked for: what is left for the others is what they need, equally paid for by those that
         * have equal room */
        {{500, 0, 500}, 200, {175 * BX_PT / 2, 25 * BX_PT, 175 * BX_PT / 2}},
        {{900, 0, 900}, 200, {175 * BX_PT / 2, 25 * BX_PT, 175 * BX_PT / 2}},
        {{900, 900, 1800}, 200, {50 * BX_PT, 50 * BX_PT, 100 * BX_PT}},
        /* up to 2 % may lack by rounding; what lacks more is left blank */
        {{400, 400, 181}, 981, {400 * BX_PT, 400 * BX_PT, 181 * BX_PT}},
        {{400, 400, 180}, 1000, {400 * BX_PT, 400 * BX_PT, 180 * BX_PT}},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        memcpy(plain->widths_1000, cases[i].shares, sizeof(cases[i].shares));
        t->width = cases[i].width * BX_PT;
        struct bx_table table = set_plain(t, plain);
        check_columns(&table, cases[i].widths);
    }
}

/* A span of 8 Han wants 85 pt, over a column with a share of 40 pt and an automatic one. */
static void test_plain__a_span_widens_its_automatic_columns(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "二〇二五年度报告\n甲|乙|丙", 0);
    plain->cells[0].colspan = 2;
    plain->cell_count = 5;
    plain->cells[4] = plain->cells[3];
    plain->cells[4].row = 0; /* 丙 again, beside the span */
    t->width = 200 * BX_PT;
    plain->widths_1000[0] = 200;
    struct bx_table table = set_plain(t, plain);
    /* of the span 25 pt are in its first column, so the second wants 60 and the third 25: 160 in all */
    const bx_len second = (bx_len)(25 * BX_PT + 35 * BX_PT + 75 * BX_PT * 60 / 85);
    const bx_len automatic[] = {40 * BX_PT, second, 160 * BX_PT - second};
    check_columns(&table, automatic);

    /* both automatic: 35 pt more than 25 + 25 are shared equally, the third wants 25: as 42.5 to 25 */
    plain->widths_1000[0] = 0;
    t->width = 110 * BX_PT;
    table = set_plain(t, plain);
    const bx_len equal[] = {85 * BX_PT / 2, 85 * BX_PT / 2, 25 * BX_PT};
    check_columns(&table, equal);

    /* a column that only a span has text in is one character wide at least */
    struct bx_plain_table *stub = tables_plain(t, "甲|乙", 0);
    stub->cells[0].colspan = 2;
    stub->cells[1].col = 2;
    stub->col_count = 3;
    t->width = 55 * BX_PT;
    table = set_plain(t, stub);
    const bx_len stubs[] = {15 * BX_PT, 15 * BX_PT, 25 * BX_PT};
    check_columns(&table, stubs);
}

/* A number is not broken: a span of shares that is too narrow for one widens them alike. */
static void test_plain__a_span_of_shares_holds_its_number(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "1234567890123|说明", 0);
    plain->cells[0].colspan = 2;
    plain->cells[1].col = 2;
    plain->col_count = 3;
    plain->widths_1000[0] = plain->widths_1000[1] = 100;
    plain->widths_1000[2] = 800;
    t->width = 200 * BX_PT;
    struct bx_table table = set_plain(t, plain);
    const struct bx_table_cell *number = tables_find(&table, "1234567890123");
    assert_int_equal(number->para.line_count, 1);
    bx_len need = number->para.lines[0].natural + 2 * PAD;
    assert_int_equal(table.col_x[2], need);
    assert_int_equal(table.col_x[1], need / 2);
}

/* The columns want 45 and 25 pt, the span of both 85: the 15 that lack go to both alike. */
static void test_plain__a_span_of_all_columns_is_held_too(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "二〇二五年度报告\n政府公开|报", 0);
    plain->cells[0].colspan = 2;
    t->width = 85 * BX_PT;
    struct bx_table table = set_plain(t, plain);
    const bx_len widths[] = {105 * BX_PT / 2, 65 * BX_PT / 2};
    check_columns(&table, widths);
}

/* The rule lies half in the cell; a blank row is as high as a line of text. */
static void test_plain__text_keeps_clear_of_its_rules(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "甲\n", 0);
    struct bx_table table = set_plain(t, plain);
    assert_int_equal(table.rule_outer, BX_PT);
    assert_int_equal(table.rule_inner, BX_PT / 2);
    assert_int_equal(table.clear_v, BX_PT + BX_PT / 2);
    assert_int_equal(table.cells[0].pad_left, PAD);
    for (int row = 0; row < 2; row++)
        assert_int_equal(table.rows[row].height, HAN + 2 * t->style.padding_v[0]);

    t->style.padding_h = 0;
    table = set_plain(t, plain);
    assert_int_equal(table.cells[0].pad_left, BX_PT + BX_PT / 2);
    t->style.rule_outer = 2 * BX_PT + 1; /* its halves are rounded up */
    t->style.rule_inner = BX_PT / 4;
    table = set_plain(t, plain);
    assert_int_equal(table.cells[0].pad_left, 2 * BX_PT + 1);
    assert_int_equal(table.clear_v, 2 * BX_PT + 1);
}

/* Cells may be given in any order; heads are centred, others as the style says or they themselves. */
static void test_plain__cells_stand_by_row_then_column(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "甲|乙\n丙|丁\n戊|己", 1);
    struct bx_plain_cell first = plain->cells[0], second = plain->cells[1];
    plain->cells[0] = plain->cells[5];
    plain->cells[1] = plain->cells[3];
    plain->cells[5] = second;
    plain->cells[3] = first;
    plain->cells[4].has_align = true; /* 戊 */
    plain->cells[4].align = BX_ALIGN_CENTER;
    struct bx_table table = set_plain(t, plain);
    static const char *const texts[] = {"甲", "乙", "丙", "丁", "戊", "己"};
    static const enum bx_align aligns[] = {BX_ALIGN_CENTER, BX_ALIGN_CENTER, BX_ALIGN_LEFT,
                                           BX_ALIGN_LEFT,   BX_ALIGN_CENTER, BX_ALIGN_LEFT};
    for (int i = 0; i < 6; i++) {
        assert_string_equal(tables_text(&table.cells[i]), texts[i]);
        assert_int_equal(table.cells[i].row, i / 2);
        assert_int_equal(table.cells[i].col, i % 2);
        assert_int_equal(table.cells[i].align, aligns[i]);
    }
    for (int row = 0; row < 3; row++) {
        assert_int_equal(table.rows[row].is_head, row == 0);
        assert_int_equal(table.rows[row].may_split, row > 0);
    }
}

static enum bx_scope scope_of(struct tables *t, const struct bx_table *table, const char *text)
{
    const struct bx_element *element =
        &t->structure.elements[tables_find(table, text)->element];
    assert_int_equal(element->tag, BX_TAG_TH);
    return element->scope;
}

/* A head speaks for one column or row, or for all that it spans. */
static void test_plain__heads_have_the_scope_of_what_they_span(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "甲|乙\n丙|丁\n一|二|三", 2);
    plain->cells[0].rowspan = 2;
    plain->cells[1].colspan = 2;
    plain->cells[2].col = 1;
    plain->cells[3].col = 2;
    struct bx_table table = set_plain(t, plain);
    assert_int_equal(scope_of(t, &table, "甲"), BX_SCOPE_COL);
    assert_int_equal(scope_of(t, &table, "乙"), BX_SCOPE_COLGROUP);
    assert_int_equal(scope_of(t, &table, "丁"), BX_SCOPE_COL);

    t->table = bx_structure_add(&t->structure, BX_TAG_TABLE, 0);
    plain = tables_plain(t, "戊|一\n二\n己|三\n四|五", 0);
    plain->cells[0].rowspan = 2;
    plain->cells[2].col = 1;
    plain->cells[5].colspan = 1;
    table = set_plain(t, plain);
    assert_int_equal(scope_of(t, &table, "戊"), BX_SCOPE_ROWGROUP);
    assert_int_equal(scope_of(t, &table, "己"), BX_SCOPE_ROW);
    static const int groups[] = {0, 0, 1, 2};
    for (int row = 0; row < 4; row++)
        assert_int_equal(table.rows[row].group, groups[row]);
}

static void test_plain__a_style_with_an_unknown_role_fails(void **state)
{
    struct tables *t = *state;
    struct bx_text_style text = cell_style();
    const struct bx_plain_table *plain = tables_plain(t, "甲", 0);
    t->style.continued =
        (struct bx_continued_style){.text = "（续）", .role = "songti", .size = BX_PT};
    const char **roles[] = {&text.role, &t->style.continued.role};
    for (int i = 0; i < 2; i++) {
        struct bx_table table;
        *roles[i] = "nobody";
        assert_false(bx_table_build_plain(&table, &t->setting.context, plain, &t->style, &text,
                                          t->ink, t->width, &t->structure, t->table, &t->err));
        assert_int_equal(t->err.code, BX_E_LAYOUT);
        *roles[i] = "songti";
    }
}

int run_table_plain(void)
{
    const struct CMUnitTest tests[] = {
        TABLES_TEST(test_plain__shares_are_shares_of_the_type_area),
        TABLES_TEST(test_plain__shares_that_miss_the_whole_by_rounding_fill_it),
        TABLES_TEST(test_plain__a_stub_keeps_two_characters),
        TABLES_TEST(test_plain__rules_are_the_styles_or_as_thick_as_the_clearance),
        TABLES_TEST(test_plain__a_column_that_only_spans_cover_has_a_width),
        TABLES_TEST(test_plain__automatic_columns_hold_their_text_in_one_line_if_they_can),
        TABLES_TEST(test_plain__a_share_too_small_for_a_number_is_widened),
        TABLES_TEST(test_plain__rows_joined_by_a_cell_are_one_group),
        TABLES_TEST(test_plain__a_span_grows_its_columns),
        TABLES_TEST(test_plain__heads_speak_for_the_cells_below),
        TABLES_TEST(test_plain__without_heads_the_first_column_names_the_rows),
        TABLES_TEST(test_plain__automatic_columns_share_by_what_they_need_and_want),
        TABLES_TEST(test_plain__columns_that_cannot_hold_their_texts_share_by_their_needs),
        TABLES_TEST(test_plain__shares_come_first_and_automatic_columns_share_the_rest),
        TABLES_TEST(test_plain__a_span_widens_its_automatic_columns),
        TABLES_TEST(test_plain__a_span_of_shares_holds_its_number),
        TABLES_TEST(test_plain__what_is_more_than_needed_goes_to_those_that_want_it),
        TABLES_TEST(test_plain__a_span_of_all_columns_is_held_too),
        TABLES_TEST(test_plain__text_keeps_clear_of_its_rules),
        TABLES_TEST(test_plain__cells_stand_by_row_then_column),
        TABLES_TEST(test_plain__heads_have_the_scope_of_what_they_span),
        TABLES_TEST(test_plain__a_style_with_an_unknown_role_fails),
    };
    return cmocka_run_group_tests_name("table_plain", tests, NULL, NULL);
}

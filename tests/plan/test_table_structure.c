/* What a reader who does not see the page is told: elements, their order, the heads of each cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "plan/table_work.h"
#include "tables.h"

int run_table_structure(void);

static const char *
head_texts(struct tables *t, const struct bx_table *table, const struct bx_table_cell *cell)
{
    const struct bx_element *element = &t->structure.elements[cell->element];
    const char *all = "";
    for (int i = 0; i < element->header_count; i++)
        for (int k = 0; k < table->cell_count; k++)
            if (table->cells[k].element == element->headers[i])
                all = bx_arena_printf(&t->setting.arena, "%s%s%s", all, i > 0 ? ", " : "",
                                      tables_text(&table->cells[k]));
    return all;
}

static const char *heads_of(struct tables *t,
                            const struct bx_section *section,
                            const struct bx_table *table,
                            const char *path)
{
    int i = bx_form_find_cell(section->form, path);
    assert_true(i >= 0);
    const struct bx_element *element = &t->structure.elements[table->cells[i].element];
    assert_int_equal(element->tag, BX_TAG_TD);
    assert_string_equal(element->where, section->values[i].where);
    return head_texts(t, table, &table->cells[i]);
}

static void test_structure__figures_of_applications_have_all_their_heads(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "3");
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_string_equal(
        heads_of(t, &section, &table, "results/refused/state_secret/natural_person"),
        "三、本年度办理结果, （三）不予公开, 1.属于国家秘密, 申请人情况, 自然人");
    assert_string_equal(
        heads_of(t, &section, &table, "results/refused/forbidden_by_law/business"),
        "三、本年度办理结果, （三）不予公开, 2.其他法律行政法规禁止公开, "
        "申请人情况, 法人或其他组织, 商业企业");
    assert_string_equal(heads_of(t, &section, &table, "carried_forward/total"),
                        "四、结转下年度继续办理, 申请人情况, 总计");
}

static void test_structure__figures_of_disclosure_have_the_band_of_their_group(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "disclosure", "3");
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_string_equal(heads_of(t, &section, &table, "licensing/decisions"),
                        "行政许可, 第二十条第（五）项, 本年处理决定数量");
    assert_string_equal(heads_of(t, &section, &table, "normative/repealed"),
                        "行政规范性文件, 第二十条第（一）项, 本年废止件数");
}

static void test_structure__figures_of_review_have_three_heads(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2019", "review", "3");
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_string_equal(
        heads_of(t, &section, &table, "litigation/after_reconsideration/upheld"),
        "行政诉讼, 复议后起诉, 结果维持");
    assert_string_equal(heads_of(t, &section, &table, "reconsideration/total"),
                        "行政复议, 总计");
}

static void test_structure__structure_is_in_reading_order(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "3");
    struct bx_table table = tables_set(t, &section, 0, true);
    const struct bx_element *elements = t->structure.elements;
    assert_int_equal(elements[t->table + 1].tag, BX_TAG_THEAD);
    assert_int_equal(elements[t->table + 1].parent, t->table);
    for (int i = 0; i < table.cell_count; i++) {
        const struct bx_table_cell *cell = &table.cells[i];
        const struct bx_element *element = &elements[cell->element];
        const struct bx_element *row = &elements[element->parent];
        assert_true(i == 0 || cell->element > table.cells[i - 1].element);
        assert_int_equal(row->tag, BX_TAG_TR);
        assert_int_equal(elements[row->parent].tag,
                         cell->row < 3 ? BX_TAG_THEAD : BX_TAG_TBODY);
        assert_int_equal(element->rowspan, cell->rowspan);
        assert_int_equal(element->colspan, cell->colspan);
        assert_true(element->tag != BX_TAG_TH || element->scope != BX_SCOPE_NONE);
        for (int k = 0; k < cell->para.line_count; k++)
            for (int r = 0; r < cell->para.lines[k].run_count; r++)
                assert_int_equal(cell->para.lines[k].runs[r].element, cell->element);
    }
}

static void test_structure__set_again_it_is_the_same_elements(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2019", "disclosure", "3");
    struct bx_table first = tables_set(t, &section, 0, true);
    int count = t->structure.element_count;
    bx_structure_add(&t->structure, BX_TAG_P, 0);
    struct bx_table again = tables_set(t, &section, 2, false);
    assert_int_equal(t->structure.element_count, count + 1);
    for (int i = 0; i < first.cell_count; i++)
        assert_int_equal(again.cells[i].element, first.cells[i].element);
}

static void test_structure__an_offices_own_rows_have_their_band(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_own_section(t, "province.xml", "12");
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_string_equal(heads_of(t, &section, &table, "rules/issued"),
                        "规章, 第二十条第（一）项, 本年制发件数");
}

/* A grid by its cells, numbered in reading order: kind, place, span, and for cells of figures the numbers of
 * their heads, outer row heads first, then column heads from above; 0 ends them. */
struct role {
    int row, col, rowspan, colspan;
    enum bx_scope scope; /* NONE: no head */
    int heads[4];
};

/* Column heads inside the body speak for their own rows' group only, and for no cell beside them; row heads
 * for cells on their right. */
static const struct role roles[] = {
    /* 1 */ {0, 0, 1, 1, BX_SCOPE_COL, {0}},
    /* 2 */ {0, 1, 1, 2, BX_SCOPE_COLGROUP, {0}},
    /* 3 */ {0, 3, 1, 1, BX_SCOPE_COL, {0}},
    /* 4 */ {1, 0, 2, 1, BX_SCOPE_ROWGROUP, {0}},
    /* 5 */ {1, 1, 1, 1, BX_SCOPE_ROW, {0}},
    /* 6 */ {1, 2, 1, 1, BX_SCOPE_NONE, {4, 5, 2}},
    /* 7 */ {1, 3, 1, 1, BX_SCOPE_NONE, {4, 5, 3}},
    /* 8 */ {2, 1, 1, 1, BX_SCOPE_ROW, {0}},
    /* 9 */ {2, 2, 1, 2, BX_SCOPE_NONE, {4, 8, 2, 3}},
    /* 10 */ {3, 0, 1, 1, BX_SCOPE_ROW, {0}},
    /* 11 */ {3, 1, 1, 1, BX_SCOPE_COL, {0}},
    /* 12 */ {3, 2, 1, 1, BX_SCOPE_NONE, {10, 2}},
    /* 13 */ {3, 3, 1, 1, BX_SCOPE_ROW, {0}},
    /* 14 */ {4, 0, 1, 1, BX_SCOPE_ROW, {0}},
    /* 15 */ {4, 1, 1, 1, BX_SCOPE_NONE, {14, 2, 11}},
    /* 16 */ {4, 2, 1, 1, BX_SCOPE_NONE, {14, 2}},
    /* 17 */ {4, 3, 1, 1, BX_SCOPE_NONE, {14, 3}},
    /* 18 */ {5, 0, 1, 1, BX_SCOPE_NONE, {1}},
    /* 19 */ {5, 1, 1, 3, BX_SCOPE_NONE, {2, 3}},
};

enum {
    ROLES = sizeof(roles) / sizeof(*roles)
};

static void test_structure__heads_speak_for_their_rows_columns_and_groups(void **state)
{
    struct tables *t = *state;
    struct bx_cell_role cells[ROLES];
    for (int i = 0; i < ROLES; i++)
        cells[i] = (struct bx_cell_role){
            .row = roles[i].row,
            .col = roles[i].col,
            .rowspan = roles[i].rowspan,
            .colspan = roles[i].colspan,
            .is_head = roles[i].scope != BX_SCOPE_NONE,
            .scope = roles[i].scope,
        };
    static const int groups[] = {0, 1, 1, 2, 2, 3};
    int before = t->structure.element_count;
    bx_table_elements(cells, ROLES, groups, 6, 1, &t->structure, t->table, true);
    assert_int_equal(t->structure.element_count, before + 2 + 6 + ROLES); /* THead, TBody, TR */
    for (int i = 0; i < ROLES; i++) {
        const struct bx_element *element = &t->structure.elements[cells[i].element];
        int count = 0;
        while (count < 4 && roles[i].heads[count] > 0)
            count++;
        assert_int_equal(element->scope, roles[i].scope);
        assert_int_equal(element->tag, cells[i].is_head ? BX_TAG_TH : BX_TAG_TD);
        assert_int_equal(element->header_count, count);
        for (int k = 0; k < count; k++)
            assert_int_equal(element->headers[k], cells[roles[i].heads[k] - 1].element);
    }
}

static void test_structure__a_cell_may_have_no_heads(void **state)
{
    struct tables *t = *state;
    struct bx_cell_role cells[] = {{.rowspan = 1, .colspan = 1},
                                   {.col = 1, .rowspan = 1, .colspan = 1}};
    static const int groups[] = {0};
    bx_table_elements(cells, 2, groups, 1, 0, &t->structure, t->table, true);
    for (int i = 0; i < 2; i++) {
        const struct bx_element *element = &t->structure.elements[cells[i].element];
        const struct bx_element *row = &t->structure.elements[element->parent];
        assert_int_equal(element->header_count, 0);
        assert_null(element->headers);
        assert_int_equal(t->structure.elements[row->parent].tag, BX_TAG_TBODY);
    }
}

/* Behind a caption, which may hold anything, and what its heading holds. */
static void test_structure__a_table_with_a_caption_is_found_again(void **state)
{
    struct tables *t = *state;
    struct bx_structure *structure = &t->structure;
    int caption = bx_structure_add(structure, BX_TAG_CAPTION, t->table);
    bx_structure_add(structure, BX_TAG_H2, caption);
    struct bx_cell_role first[] = {{.rowspan = 1, .colspan = 1}}, again[] = {first[0]};
    static const int groups[] = {0};
    bx_table_elements(first, 1, groups, 1, 0, structure, t->table, true);
    int count = structure->element_count;
    bx_table_elements(again, 1, groups, 1, 0, structure, t->table, false);
    assert_int_equal(structure->element_count, count);
    assert_int_equal(again[0].element, first[0].element);
}

int run_table_structure(void)
{
    const struct CMUnitTest tests[] = {
        TABLES_TEST(test_structure__figures_of_applications_have_all_their_heads),
        TABLES_TEST(test_structure__figures_of_disclosure_have_the_band_of_their_group),
        TABLES_TEST(test_structure__figures_of_review_have_three_heads),
        TABLES_TEST(test_structure__structure_is_in_reading_order),
        TABLES_TEST(test_structure__set_again_it_is_the_same_elements),
        TABLES_TEST(test_structure__heads_speak_for_their_rows_columns_and_groups),
        TABLES_TEST(test_structure__a_cell_may_have_no_heads),
        TABLES_TEST(test_structure__a_table_with_a_caption_is_found_again),
        TABLES_TEST(test_structure__an_offices_own_rows_have_their_band),
    };
    return cmocka_run_group_tests_name("table_structure", tests, NULL, NULL);
}

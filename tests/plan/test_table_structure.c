/* What a reader who does not see the page is told: elements, their order, the heads of each cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

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

int run_table_structure(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_structure__figures_of_applications_have_all_their_heads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_structure__figures_of_disclosure_have_the_band_of_their_group, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(test_structure__figures_of_review_have_three_heads,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_structure__structure_is_in_reading_order, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_structure__set_again_it_is_the_same_elements,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_structure__an_offices_own_rows_have_their_band,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests_name("table_structure", tests, NULL, NULL);
}

/* layout.md 4a: who pays for wide figures, the size of all figures, and width for long labels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "plan/table_form.h"
#include "tables.h"

int run_table_fit(void);

static bx_len figure_size(const struct bx_table *table, const struct bx_section *section)
{
    for (int i = 0; i < table->cell_count; i++)
        if (section->form->cells[i].kind == BX_CELL_FIGURE &&
            table->cells[i].para.line_count > 0)
            return table->cells[i].para.lines[0].runs[0].size;
    fail_msg("no figure");
    return 0;
}

static bool fits(struct tables *t, const struct bx_section *section, struct bx_table *table)
{
    t->err = (struct bx_err){0};
    t->table = bx_structure_add(&t->structure, BX_TAG_TABLE, 0);
    return bx_table_build_form(table, &t->setting.context, section, &t->style, t->ink, t->width,
                               0, &t->structure, t->table, true, &t->err);
}

/* --- the size of figures --- */

/* The width of a figure of so many digits in 宋体: half an em each. */
static bx_len digits_width(int digits, bx_len size)
{
    return digits * size / 2;
}

/* What a figure needs of a column of table 四: its digits, and on both sides the clearance and half
 * an inner rule. A unit for the rounding of each digit's advance may be asked for besides. */
static bx_len
column_need(const struct tables *t, const struct bx_section *section, int digits, bx_len size)
{
    bx_len inner = section->form->rules.inner;
    return digits_width(digits, size) + 2 * (t->style.clearance + (inner + 1) / 2) + digits;
}

/* "then the figures' size goes down in steps of 0.5 pt, for the whole table": all fifteen columns
 * of table 四 are figures, so nobody else can pay. The size is the largest of the steps at which
 * six digits fit the columns, whatever their width. */
static void test_fit__the_size_is_the_largest_step_that_fits(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "review", "123456");
    /* the outer rule is wider, and the columns beside it need more */
    bx_len outer = (section.form->rules.outer + 1) / 2 - (section.form->rules.inner + 1) / 2;
    for (bx_len width = 26 * BX_PT; width < 50 * BX_PT; width += BX_PT / 2) {
        t->width = 15 * width;
        bx_len expected = 0;
        for (bx_len size = 12 * BX_PT; size >= t->style.figure_least && !expected;
             size -= BX_PT / 2)
            if (column_need(t, &section, 6, size) + 2 * outer <= width)
                expected = size;
        struct bx_table table;
        if (!fits(t, &section, &table)) {
            assert_true(column_need(t, &section, 6, t->style.figure_least) > width);
            continue;
        }
        bx_len size = figure_size(&table, &section);
        assert_int_equal((12 * BX_PT - size) % (BX_PT / 2), 0);
        assert_true(size >= expected);
        assert_true(column_need(t, &section, 6, size) - 6 <= width);
        if (size < 12 * BX_PT) /* the step before did not fit */
            assert_true(column_need(t, &section, 6, size + BX_PT / 2) + 2 * outer > width);
        tables_check(t, &table);
    }
}

/* Steps that pass over the least size end at it, and a least size over the figures' own is none. */
static void test_fit__the_least_size_is_tried_last(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "review", "123456");
    t->style.figure_size[0] = 10 * BX_PT;
    t->style.figure_least = 8 * BX_PT + 300;
    t->style.figure_step = BX_PT;
    t->width = 15 * (column_need(t, &section, 6, 8 * BX_PT + 300) + BX_PT);
    struct bx_table table;
    assert_true(fits(t, &section, &table));
    assert_int_equal(figure_size(&table, &section), 8 * BX_PT + 300);
    t->style.figure_step = 0; /* no other size */
    assert_false(fits(t, &section, &table));
    t->style.figure_step = BX_PT;
    t->style.figure_least = 11 * BX_PT;
    assert_false(fits(t, &section, &table));
    t->width = 15 * (column_need(t, &section, 6, 10 * BX_PT) + BX_PT);
    assert_true(fits(t, &section, &table));
    assert_int_equal(figure_size(&table, &section), 10 * BX_PT);
}

/* "Nothing fits: exit 6, naming the cell": the one that lacks most, of equal ones the first. */
static void test_fit__names_the_first_of_the_cells_that_lack_most(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "review", "12345678");
    int first = 0;
    while (section.form->cells[first].kind != BX_CELL_FIGURE)
        first++;
    struct bx_table table;
    int before = t->setting.findings.count;
    assert_false(fits(t, &section, &table));
    assert_int_equal(t->err.code, BX_E_FIT);
    assert_string_equal(t->err.where, section.values[first].where);
    assert_string_equal(t->err.file, "");
    t->setting.findings.file = "report.json";
    section.values[first + 3].text = "123456789";
    assert_false(fits(t, &section, &table));
    assert_string_equal(t->err.where, section.values[first + 3].where);
    assert_string_equal(t->err.file, "report.json");
    assert_int_equal(t->setting.findings.count, before + 2);
    const struct bx_finding *finding = &t->setting.findings.items[before + 1];
    assert_string_equal(finding->file, "report.json");
    assert_string_equal(finding->where, section.values[first + 3].where);
    assert_non_null(strstr(finding->zh, "123456789"));
    t->setting.findings.file = NULL;
}

/* --- long labels of an office's own rows --- */

/* The form of tests/plan/forms/province.xml with two labels of the test's: a column of a quarter,
 * up to two fifths. */
struct labels {
    struct bx_section section;
    struct bx_form form;
    struct bx_form_text texts[2];
};

static void
init_labels(struct tables *t, struct labels *l, const char *first, const char *second)
{
    if (!t->own_form)
        l->section = tables_own_section(t, "province.xml", "1");
    l->form = *t->own_form;
    l->form.cells =
        BX_NEW_ARRAY(&t->setting.arena, struct bx_form_cell, (size_t)l->form.cell_count);
    memcpy(l->form.cells, t->own_form->cells,
           sizeof(*l->form.cells) * (size_t)l->form.cell_count);
    l->texts[0].text = first;
    l->texts[1].text = second;
    int label = 0;
    for (int i = 0; i < l->form.cell_count; i++)
        if (l->form.cells[i].kind == BX_CELL_LABEL) {
            assert_true(label < 2);
            l->form.cells[i].texts = &l->texts[label];
            l->form.cells[i].text_count = 1;
            l->form.cells[i].text = l->texts[label++].text;
        }
    assert_int_equal(label, 2);
    l->section.form = &l->form;
}

static const char *repeat(struct tables *t, int count)
{
    const char *text = "";
    for (int i = 0; i < count; i++)
        text = bx_arena_printf(&t->setting.arena, "%s国", text);
    return text;
}

/* How many ems over a quarter the label column is; fails unless they are whole. */
static int ems_gained(struct tables *t, struct labels *l)
{
    struct bx_table table;
    assert_true(fits(t, &l->section, &table));
    tables_check(t, &table);
    assert_int_equal(table.col_x[4], t->width);
    bx_len gain = table.col_x[1] - t->width / 4;
    assert_int_equal(gain % t->style.label_size[0], 0);
    return gain / t->style.label_size[0];
}

/* A quarter of 156 mm holds ten characters of 10.5 pt inside 2.5 pt of padding on each side. */
static void test_relieve__labels_of_more_than_four_lines_get_width(void **state)
{
    struct tables *t = *state;
    static const struct {
        int count, gain;
    } cases[] = {
        {4, 0},  {30, 0}, {40, 0}, /* four lines of ten */
        {44, 1}, {45, 2}, {48, 2}, /* four of eleven, of twelve */
        {52, 3}, {56, 4},
    };
    struct labels l = {0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        init_labels(t, &l, "规章", repeat(t, cases[i].count));
        assert_int_equal(ems_gained(t, &l), cases[i].gain);
        init_labels(t, &l, repeat(t, cases[i].count), "规章");
        assert_int_equal(ems_gained(t, &l), cases[i].gain);
    }
}

/* Until there is no more to have: here two fifths are six characters more than a quarter. */
static void test_relieve__up_to_what_the_form_allows(void **state)
{
    struct tables *t = *state;
    struct labels l = {0};
    t->width = 6 * t->style.label_size[0] * 20 / 3; /* 15 % are six characters */
    assert_int_equal(t->width * 15 / 100, 6 * t->style.label_size[0]);
    init_labels(t, &l, "规章", repeat(t, 119)); /* 9.5 em and 6: eight lines of 15 */
    assert_int_equal(ems_gained(t, &l), 6);
    t->width -= 20;
    struct bx_table table;
    assert_true(fits(t, &l.section, &table));
    assert_in_range(table.col_x[1], t->width / 4 + 5 * t->style.label_size[0] - 2,
                    t->width / 4 + 5 * t->style.label_size[0] + 2);
}

/* "no label ends in a line of one Han": one behind a word that takes the line gets a character's
 * width, also where another label takes as many lines as before. */
static void test_relieve__labels_that_end_in_one_han_get_width(void **state)
{
    struct tables *t = *state;
    struct labels l = {0};
    const char *word = "ABCDEFGHIJKLMN局";
    init_labels(t, &l, word, "规章");
    struct bx_table table;
    assert_true(fits(t, &l.section, &table));
    assert_int_equal(ems_gained(t, &l), 1);
    assert_string_equal(tables_lines(t, tables_find(&table, word)), word);
    init_labels(t, &l, word, repeat(t, 30));
    assert_int_equal(ems_gained(t, &l), 1);
    init_labels(t, &l, repeat(t, 30), word);
    assert_int_equal(ems_gained(t, &l), 1);
    init_labels(t, &l, "ABCDEFGHIJKLM", repeat(t, 30));
    assert_int_equal(ems_gained(t, &l), 0);
}

/* Figures that fill their columns spare nothing: 17 of 12.5 pt are 106 pt of 110.5, rules and clearance
 * 2.5. */
static void test_relieve__figures_keep_what_they_need(void **state)
{
    struct tables *t = *state;
    struct labels l = {0};
    t->style.figure_size[0] = 12 * BX_PT + BX_PT / 2;
    init_labels(t, &l, "规章", repeat(t, 60));
    for (int i = 0; i < l.form.cell_count; i++)
        if (l.form.cells[i].kind == BX_CELL_FIGURE)
            l.section.values[i].text = "12345678901234567";
    assert_int_equal(ems_gained(t, &l), 0);
}

int run_table_fit(void)
{
    const struct CMUnitTest tests[] = {
        TABLES_TEST(test_fit__the_size_is_the_largest_step_that_fits),
        TABLES_TEST(test_fit__the_least_size_is_tried_last),
        TABLES_TEST(test_fit__names_the_first_of_the_cells_that_lack_most),
        TABLES_TEST(test_relieve__labels_of_more_than_four_lines_get_width),
        TABLES_TEST(test_relieve__up_to_what_the_form_allows),
        TABLES_TEST(test_relieve__labels_that_end_in_one_han_get_width),
        TABLES_TEST(test_relieve__figures_keep_what_they_need),
    };
    return cmocka_run_group_tests_name("table_fit", tests, NULL, NULL);
}

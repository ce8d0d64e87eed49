/* The cells of the issued forms at every density: sizes, what they keep to the rules, rows, upright labels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "plan/table_form.h"
#include "tables.h"

int run_table_form_cells(void);

static const char *const names[] = {"disclosure", "applications", "review"};

/* layout.md 4a: density from natural to least in equal steps, sizes and padding alike. */
static void test_form_cells__sizes_go_from_natural_to_least_in_equal_steps(void **state)
{
    struct tables *t = *state;
    static const struct {
        int steps, density;
        bx_len label, figure; /* of 10.5 .. 9 and 12 .. 9 pt */
    } cases[] = {
        {1, 0, 10 * BX_PT + BX_PT / 2, 12 * BX_PT},
        {2, 0, 10 * BX_PT + BX_PT / 2, 12 * BX_PT},
        {2, 1, 9 * BX_PT, 9 * BX_PT},
        {4, 1, 10 * BX_PT, 11 * BX_PT},
        {4, 2, 9 * BX_PT + BX_PT / 2, 10 * BX_PT},
        {4, 3, 9 * BX_PT, 9 * BX_PT},
    };
    struct bx_section section = tables_section(t, "2021", "applications", "3");
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        t->style.density_steps = cases[i].steps;
        struct bx_table table = tables_set(t, &section, cases[i].density, true);
        const struct bx_table_cell *label = tables_find(&table, "1.属于国家秘密");
        assert_int_equal(label->para.lines[0].runs[0].size, cases[i].label);
        const struct bx_table_cell *figure = tables_find(&table, "3");
        assert_int_equal(figure->para.lines[0].runs[0].size, cases[i].figure);
    }
}

/* The smaller of the least label and the least figure, with the least padding above and below. */
static void test_form_cells__no_row_is_lower_than_its_least_text(void **state)
{
    struct tables *t = *state;
    struct bx_table_style *style = &t->style;
    style->padding_v[0] = 2000;
    style->padding_v[1] = 1000;
    assert_int_equal(bx_form_row_least(style), 7 * BX_PT + BX_PT / 2 + 2 * 1000);
    style->figure_least = 20 * BX_PT; /* figures at the least density: 9 pt, labels too */
    assert_int_equal(bx_form_row_least(style), 9 * BX_PT + 2 * 1000);
    style->label_size[1] = 8 * BX_PT;
    assert_int_equal(bx_form_row_least(style), 8 * BX_PT + 2 * 1000);
    style->density_steps = 1; /* natural only */
    assert_int_equal(bx_form_row_least(style), 10 * BX_PT + BX_PT / 2 + 2 * 2000);
    style->density_steps = 2;
    style->padding_v[1] = 3000; /* denser in size, not in padding */
    assert_int_equal(bx_form_row_least(style), 8 * BX_PT + 2 * 2000);
}

/* layout.md 4a: ink keeps 1 pt from a rule, half of which lies in the cell: 1 pt outside the table, 1/2 pt
 * between cells; labels keep what the style wants, words over figures and upright labels need not. */
static void test_form_cells__texts_keep_clear_of_the_rules_beside_them(void **state)
{
    struct tables *t = *state;
    const bx_len outer = BX_PT + BX_PT / 2, inner = BX_PT + BX_PT / 4;
    struct bx_section section = tables_section(t, "2021", "applications", "3");
    const struct bx_form *form = section.form;
    assert_int_equal(form->rules.outer, BX_PT);
    assert_int_equal(form->rules.inner, BX_PT / 2);
    for (int round = 0; round < 2; round++) {
        bx_len wanted = round == 0 ? t->style.padding_h : 0;
        t->style.padding_h = wanted;
        struct bx_table table = tables_set(t, &section, 0, round == 0);
        assert_int_equal(table.clear_v, outer);
        for (int i = 0; i < table.cell_count; i++) {
            const struct bx_form_cell *cell = &form->cells[i];
            bool is_outer = cell->col == 0 || cell->col + cell->colspan == form->col_count;
            bool is_word = cell->kind == BX_CELL_HEAD && cell->col >= 3;
            bool is_label = cell->kind != BX_CELL_FIGURE && !is_word && !cell->is_vertical;
            bx_len pad = is_outer ? outer : inner;
            if (is_word && table.cells[i].para.line_count > 1)
                continue; /* broken after two characters: in the middle */
            assert_int_equal(table.cells[i].pad_left, is_label && wanted > pad ? wanted : pad);
        }
    }
    /* half of an odd rule is rounded up */
    struct bx_form odd = *form;
    odd.rules.outer = BX_PT + 1;
    odd.rules.inner = BX_PT / 2 + 1;
    section.form = &odd;
    struct bx_table table = tables_set(t, &section, 0, false);
    assert_int_equal(table.clear_v, outer + 1);
    assert_int_equal(table.cells[table.cell_count - 1].pad_left, outer + 1);
    assert_int_equal(table.cells[table.cell_count - 2].pad_left, inner + 1);
}

static void test_form_cells__rows_are_what_the_form_says(void **state)
{
    struct tables *t = *state;
    for (int n = 0; n < 3; n++) {
        struct bx_section section = tables_section(t, "2021", names[n], "3");
        struct bx_table table = tables_set(t, &section, 0, true);
        assert_int_equal(table.head_count, section.form->head_count);
        for (int row = 0; row < table.row_count; row++) {
            const struct bx_form_row *own = &section.form->rows[row];
            bool leads = own->kind == BX_ROW_BAND || own->kind == BX_ROW_HEAD;
            assert_int_equal(table.rows[row].is_head, row < section.form->head_count);
            assert_int_equal(table.rows[row].keep_next, leads);
            assert_int_equal(table.rows[row].group, own->group);
        }
    }
}

static void test_form_cells__a_style_with_an_unknown_role_fails(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "3");
    const struct bx_table_style style = t->style;
    for (int i = 0; i < 3; i++) {
        struct bx_table table;
        t->style = style;
        t->style.continued =
            (struct bx_continued_style){.text = "（续）", .role = "songti", .size = BX_PT};
        const char **roles[] = {&t->style.label_role, &t->style.figure_role,
                                &t->style.continued.role};
        *roles[i] = "nobody";
        assert_false(bx_table_build_form(&table, &t->setting.context, &section, &t->style,
                                         t->ink, t->width, 0, &t->structure, t->table, true,
                                         &t->err));
        assert_int_equal(t->err.code, BX_E_LAYOUT);
        assert_non_null(strstr(t->err.what, "nobody"));
    }
}

/* 𬭎 is not in the face of 仿宋; U+10FFFD is in none, and the report is not printed. One character may
 * take two glyphs: the first stands for its text. */
static void test_form_cells__an_upright_label_may_need_several_faces(void **state)
{
    struct tables *t = *state;
    static const struct {
        const char *role, *texts[2];
        const char *runs[4];
        bx_len y[4]; /* in em */
        int length, missing;
    } cases[] = {
        {"fangsong", {"三、办", "理结果"}, {"三、办理结果"}, {0}, 6, 0},
        {"fangsong", {"甲𬭎", "乙"}, {"甲", "𬭎", "乙"}, {0, 1, 2}, 3, 0},
        {"fangsong", {"甲𬭎𬭎乙丙"}, {"甲", "𬭎𬭎", "乙丙"}, {0, 1, 3}, 5, 0},
        {"fangsong", {"甲乙\U0010FFFD丙"}, {"甲乙", "丙"}, {0, 2}, 3, 1},
        {"fangsong", {"甲\U0010FFFB\U0010FFFC"}, {"甲"}, {0}, 1, 2},
        {"songti", {"甲ん\u309A乙"}, {"甲ん\u309A乙"}, {0}, 3, 0},
    };
    struct bx_section section = tables_section(t, "2021", "applications", "3");
    struct bx_form form = *section.form;
    struct bx_form_cell *cells =
        BX_NEW_ARRAY(&t->setting.arena, struct bx_form_cell, (size_t)form.cell_count);
    memcpy(cells, form.cells, sizeof(*cells) * (size_t)form.cell_count);
    form.cells = cells;
    section.form = &form;
    int upright = 0;
    while (!cells[upright].is_vertical)
        upright++;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const struct bx_form_text texts[] = {{.text = cases[i].texts[0]},
                                             {.text = cases[i].texts[1]}};
        t->style.label_role = cases[i].role;
        cells[upright].texts = texts;
        cells[upright].text_count = cases[i].texts[1] ? 2 : 1;
        int before = t->setting.findings.count, missing = 0;
        struct bx_table table = tables_set(t, &section, 0, i == 0);
        for (int k = before; k < t->setting.findings.count; k++)
            missing += strcmp(t->setting.findings.items[k].code, "MISSING") == 0;
        assert_int_equal(missing, cases[i].missing);
        const struct bx_table_cell *cell = &table.cells[upright];
        const struct bx_line *line = &cell->para.lines[0];
        bx_len size = t->style.label_size[0];
        int count = 0;
        for (; count < 4 && cases[i].runs[count]; count++) {
            assert_true(count < line->run_count);
            const struct bx_run *run = &line->runs[count];
            assert_int_equal(run->text_len, strlen(cases[i].runs[count]));
            assert_memory_equal(run->text, cases[i].runs[count], (size_t)run->text_len);
            assert_int_equal(run->y, cases[i].y[count] * size);
            assert_int_equal(run->size, size);
            assert_int_equal(run->scale_x_1000, 1000);
            assert_true(run->is_vertical);
            assert_int_equal(run->glyph_count, bx_utf8_count(run->text, run->text_len));
            int at = 0;
            for (int k = 0; k < run->glyph_count; at += run->glyphs[k++].text_len)
                if (run->glyphs[k].text_len > 0)
                    assert_int_equal(run->glyphs[k].text_at, at);
                else
                    assert_true(run->glyphs[k].text_at < at);
            assert_int_equal(at, run->text_len);
        }
        assert_int_equal(line->run_count, count);
        assert_int_equal(cell->height, cases[i].length * size);
        assert_int_equal(line->right - line->left, size);
        assert_int_equal(line->natural, size);
        assert_int_equal(line->text_len, strlen(cell->para.text));
    }
}

int run_table_form_cells(void)
{
    const struct CMUnitTest tests[] = {
        TABLES_TEST(test_form_cells__sizes_go_from_natural_to_least_in_equal_steps),
        TABLES_TEST(test_form_cells__no_row_is_lower_than_its_least_text),
        TABLES_TEST(test_form_cells__texts_keep_clear_of_the_rules_beside_them),
        TABLES_TEST(test_form_cells__rows_are_what_the_form_says),
        TABLES_TEST(test_form_cells__a_style_with_an_unknown_role_fails),
        TABLES_TEST(test_form_cells__an_upright_label_may_need_several_faces),
    };
    return cmocka_run_group_tests_name("table_form_cells", tests, NULL, NULL);
}

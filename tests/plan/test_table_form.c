/* The issued forms with values of every size: widths, sizes, lines, structure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "plan/table_form.h"
#include "tables.h"

int run_table_form(void);

static const char *const editions[] = {"2019", "2021"};
static const char *const names[] = {"disclosure", "applications", "review"};

static bx_len col_width(const struct bx_table *table, int col)
{
    return table->col_x[col + 1] - table->col_x[col];
}

/* The one size of all figures; fails when there are two, or one does not stand on one line. */
static bx_len figure_size(const struct bx_table *table, const struct bx_form *form)
{
    bx_len size = 0;
    for (int i = 0; i < table->cell_count; i++) {
        if (form->cells[i].kind != BX_CELL_FIGURE || table->cells[i].para.line_count == 0)
            continue;
        assert_int_equal(table->cells[i].para.line_count, 1);
        bx_len own = table->cells[i].para.lines[0].runs[0].size;
        if (size == 0)
            size = own;
        assert_int_equal(own, size);
    }
    return size;
}

static bx_len height_of(const struct bx_table *table)
{
    bx_len height = 0;
    for (int row = 0; row < table->row_count; row++)
        height += table->rows[row].height;
    return height;
}

static void test_form__columns_are_the_forms_when_figures_are_small(void **state)
{
    struct tables *t = *state;
    for (int e = 0; e < 2; e++)
        for (int n = 0; n < 3; n++) {
            struct bx_section section = tables_section(t, editions[e], names[n], "12");
            struct bx_table table = tables_set(t, &section, 0, true);
            const struct bx_form *form = section.form;
            int64_t sum = 0, passed = 0;
            for (int col = 0; col < form->col_count; col++)
                sum += form->cols[col].natural_1000;
            for (int col = 0; col < form->col_count; col++) {
                bx_len left = (bx_len)(passed * t->width / sum);
                passed += form->cols[col].natural_1000;
                if (form->cols[col].is_figure)
                    assert_int_equal(table.col_x[col], left);
            }
            assert_int_equal(table.col_x[form->col_count], t->width);
            assert_int_equal(figure_size(&table, form), t->style.figure_size[0]);
        }
}

static void test_form__ink_is_clear_of_rules_at_every_density(void **state)
{
    struct tables *t = *state;
    const char *const figures[] = {"0", "8888", "12345678"};
    for (int e = 0; e < 2; e++)
        for (int n = 0; n < 3; n++)
            for (int f = 0; f < 3; f++) {
                if (strcmp(names[n], "review") == 0 && f == 2)
                    continue;
                struct bx_section section =
                    tables_section(t, editions[e], names[n], figures[f]);
                for (int density = 0; density < t->style.density_steps; density++) {
                    struct bx_table table = tables_set(t, &section, density, density == 0);
                    tables_check(t, &table);
                }
            }
}

static void
test_form__eight_digits_fit_every_column_of_disclosure_and_applications(void **state)
{
    struct tables *t = *state;
    for (int e = 0; e < 2; e++)
        for (int n = 0; n < 2; n++) {
            struct bx_section section = tables_section(t, editions[e], names[n], "88888888");
            struct bx_table table = tables_set(t, &section, 0, true);
            bx_len size = figure_size(&table, section.form);
            assert_in_range(size, t->style.figure_least, t->style.figure_size[0]);
            assert_int_equal(table.col_x[table.col_count], t->width);
            tables_check(t, &table);
        }
}

static void test_form__label_columns_pay_before_the_size_does(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "0");
    struct bx_table natural = tables_set(t, &section, 0, true);
    tables_give(t, &section, "new/natural_person", "14069", BX_GIVEN_NUMBER);
    struct bx_table table = tables_set(t, &section, 0, false);
    assert_int_equal(figure_size(&table, section.form), t->style.figure_size[0]);
    assert_true(col_width(&table, 3) > col_width(&natural, 3));
    assert_true(table.col_x[3] < natural.col_x[3]);
    for (int col = 4; col < 10; col++)
        assert_int_equal(col_width(&table, col), col_width(&natural, col));
}

static void test_form__seven_digits_fit_all_fifteen_columns_of_review(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "review", "8888888");
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_in_range(figure_size(&table, section.form), t->style.figure_least, 8 * BX_PT);
    tables_check(t, &table);
    assert_int_equal(col_width(&table, 0), t->width / 15);
}

static void test_form__eight_digits_in_all_fifteen_columns_fail_and_name_a_cell(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "review", "1234567");
    for (int i = 0; i < section.form->cell_count; i++)
        if (section.form->cells[i].kind == BX_CELL_FIGURE)
            section.values[i].text = "12345678";
    tables_give(t, &section, "litigation/direct/pending", "123456789", BX_GIVEN_NUMBER);
    struct bx_table table;
    int before = t->setting.findings.count;
    assert_false(bx_table_build_form(&table, &t->setting.context, &section, &t->style, t->ink,
                                     t->width, 0, &t->structure, t->table, true, &t->err));
    assert_int_equal(t->err.code, BX_E_FIT);
    assert_string_equal(t->err.where, "/values/litigation/direct/pending");
    assert_non_null(strstr(t->err.what, "123456789"));
    assert_int_equal(t->setting.findings.count, before + 1);
    const struct bx_finding *finding = &t->setting.findings.items[before];
    assert_string_equal(finding->code, "FIT");
    assert_string_equal(finding->where, "/values/litigation/direct/pending");
    assert_int_equal(finding->stage, BX_E_FIT);
}

static void test_form__one_column_of_eight_digits_grows_at_the_cost_of_others(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2019", "review", "0");
    tables_give(t, &section, "reconsideration/total", "12345678", BX_GIVEN_NUMBER);
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_true(col_width(&table, 4) > t->width / 15);
    assert_int_equal(table.col_x[15], t->width);
    tables_check(t, &table);
}

/* The last line of a label holds more than one Han (自然／人 and other words over figures are no
 * sentences: statutory-forms.md breaks them after two). */
static void test_form__no_label_ends_in_a_line_of_one_han(void **state)
{
    struct tables *t = *state;
    for (int e = 0; e < 2; e++)
        for (int n = 0; n < 3; n++) {
            struct bx_section section = tables_section(t, editions[e], names[n], "123");
            struct bx_table table = tables_set(t, &section, 0, true);
            for (int i = 0; i < table.cell_count; i++) {
                const struct bx_table_cell *cell = &table.cells[i];
                int last = cell->para.line_count - 1;
                bool is_word =
                    section.form->cells[i].kind == BX_CELL_HEAD && cell->colspan == 1;
                if (last > 0 && !is_word && cell->para.lines[last].han_count <= 1)
                    fail_msg("%s %s: %s", editions[e], names[n], tables_lines(t, cell));
            }
        }
}

/* layout.md 4a: at natural density, with the heading of its section, in the type area of 225 mm. */
static void test_form__applications_fit_a_page_with_their_heading(void **state)
{
    struct tables *t = *state;
    for (int e = 0; e < 2; e++) {
        struct bx_section section = tables_section(t, editions[e], "applications", "123");
        struct bx_table table = tables_set(t, &section, 0, true);
        bx_len page = 637 * BX_PT, line = page / 22;
        assert_true(height_of(&table) <= page - line);
        struct bx_table dense = tables_set(t, &section, t->style.density_steps - 1, false);
        assert_true(height_of(&dense) < height_of(&table));
        assert_int_equal(dense.density, t->style.density_steps - 1);
    }
}

static void test_form__heads_over_figures_break_after_two(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "review", "0");
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_string_equal(tables_lines(t, tables_find(&table, "结果维持")), "结果|维持");
    assert_string_equal(tables_lines(t, tables_find(&table, "总计")), "总计");

    /* Also where three would fit: eight digits widen the column to more than 3 em. */
    section = tables_section(t, "2021", "applications", "88888888");
    table = tables_set(t, &section, 0, true);
    assert_true(col_width(&table, 4) > 3 * t->style.label_size[0] + 2 * BX_PT);
    assert_string_equal(tables_lines(t, tables_find(&table, "商业企业")), "商业|企业");
    assert_string_equal(tables_lines(t, tables_find(&table, "社会公益组织")), "社会|公益|组织");
}

static void test_form__vertical_label_is_upright_and_one_word(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "0");
    struct bx_table table = tables_set(t, &section, 0, true);
    const struct bx_table_cell *cell = tables_find(&table, "三、本年度办理结果");
    assert_true(cell->is_vertical && cell->repeats_label);
    assert_int_equal(cell->para.line_count, 1);
    assert_int_equal(cell->para.lines[0].run_count, 1);
    const struct bx_run *run = &cell->para.lines[0].runs[0];
    assert_true(run->is_vertical);
    assert_int_equal(run->glyph_count, 9);
    assert_string_equal(run->text, "三、本年度办理结果");
    assert_int_equal(cell->height, 9 * run->size);
    for (int i = 0; i < 9; i++) {
        assert_int_equal(run->glyphs[i].advance, run->size);
        assert_int_equal(run->glyphs[i].text_at, 3 * i);
        assert_int_equal(run->glyphs[i].text_len, 3);
    }
    /* The pen is in the middle of the column, the glyph's origin half an em left of it. */
    bx_len middle = (table.col_x[0] + table.col_x[1]) / 2;
    assert_in_range(cell->pad_left + run->x, middle - 1, middle + 1);
    assert_int_equal(run->glyphs[2].dx, -run->size / 2);

    /* Its 、 is not the horizontal one: the ink lies in the upper right of the em box. */
    struct bx_ink ink;
    assert_true(bx_font_ink(run->font, run->glyphs[1].index, &ink));
    bx_len right = run->glyphs[1].dx + bx_font_len(run->font, ink.x0, run->size);
    bx_len bottom = run->glyphs[1].dy - bx_font_len(run->font, ink.y0, run->size);
    assert_true(right > 0);
    assert_true(bottom < run->size / 2);
}

/* TAB-11: the ideographic centre of a line of Han is the cell's centre. */
static void test_form__upright_characters_stand_in_their_em_boxes(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "0");
    struct bx_table table = tables_set(t, &section, 0, true);
    const struct bx_table_cell *cell = tables_find(&table, "三、本年度办理结果");
    const struct bx_run *run = &cell->para.lines[0].runs[0];
    for (int i = 0; i < 9; i++) {
        struct bx_ink ink;
        assert_true(bx_font_ink(run->font, run->glyphs[i].index, &ink));
        bx_len top = run->glyphs[i].dy - bx_font_len(run->font, ink.y1, run->size);
        bx_len bottom = run->glyphs[i].dy - bx_font_len(run->font, ink.y0, run->size);
        assert_in_range(top, 0, run->size);
        assert_in_range(bottom, 0, run->size);
    }
}

static void test_form__bands_and_their_heads_stay_with_the_next_row(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "disclosure", "3");
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_true(table.rows[0].keep_next && table.rows[1].keep_next);
    assert_false(table.rows[2].keep_next);
    assert_int_equal(table.rows[0].group, table.rows[3].group);
    assert_int_not_equal(table.rows[3].group, table.rows[4].group);
    assert_true(table.cells[0].has_fill);
    assert_false(table.cells[1].has_fill);
}

static void test_form__a_blank_has_no_lines_and_its_row_no_less_height(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "review", "");
    for (int i = 0; i < section.form->cell_count; i++)
        section.values[i].given = BX_GIVEN_BLANK;
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_int_equal(table.cells[table.cell_count - 1].para.line_count, 0);
    assert_int_equal(table.cells[table.cell_count - 1].height, 0);
    assert_int_equal(table.rows[3].height, t->style.figure_size[0] + 2 * t->style.padding_v[0]);
    tables_check(t, &table);
}

static void test_form__strings_break_like_text(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "3");
    const char *text = "本机关无此项数据";
    tables_give(t, &section, "new/business", text, BX_GIVEN_TEXT);
    tables_give(t, &section, "new/research", "/", BX_GIVEN_TEXT);
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_true(tables_find(&table, text)->para.line_count > 1);
    assert_int_equal(tables_find(&table, "/")->para.line_count, 1);
    tables_check(t, &table);
}

static void test_form__amounts_break_before_their_unit_only(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2019", "disclosure", "3");
    tables_give(t, &section, "procurement/amount", "1234567810669.39万元", BX_GIVEN_NUMBER);
    int i = bx_form_find_cell(section.form, "procurement/amount");
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_string_equal(tables_lines(t, &table.cells[i]), "1234567810669.39万元");
    t->width = 230 * BX_PT;
    table = tables_set(t, &section, 0, false);
    assert_int_equal(table.cells[i].para.line_count, 2);
    assert_non_null(strstr(tables_lines(t, &table.cells[i]), "1234567810669.39"));
    assert_string_equal(strchr(tables_lines(t, &table.cells[i]), '|'), "|万元");
    tables_check(t, &table);
}

static void test_form__rows_grow_with_their_longest_text_only(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "3");
    struct bx_table table = tables_set(t, &section, 0, true);
    const struct bx_table_cell *one = tables_find(&table, "1.属于国家秘密");
    const struct bx_table_cell *two =
        tables_find(&table, "5.要求行政机关确认或重新出具已获取信息");
    bx_len figure = t->style.figure_size[0] + 2 * t->style.padding_v[0];
    assert_int_equal(one->para.line_count, 1);
    assert_int_equal(table.rows[one->row].height, figure);
    assert_int_equal(two->para.line_count, 2);
    assert_int_equal(two->height, t->style.label_size[0] + two->line_pitch);
    assert_int_equal(table.rows[two->row].height, two->height + 2 * t->style.padding_v[0]);
}

/* layout.md 4a: the label columns share their width so that the table is lowest. Every other share
 * in steps of 2 pt, forced by a form that leaves no choice, is as high or higher, or ends a label in a line of one Han. */
static void test_form__no_other_share_of_the_label_columns_is_lower(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "123");
    struct bx_table best = tables_set(t, &section, 0, true);
    struct bx_form forced = *section.form;
    struct bx_form_col cols[10];
    memcpy(cols, section.form->cols, sizeof(cols));
    forced.cols = cols;
    section.form = &forced;
    bx_len labels = best.col_x[3];
    for (bx_len a = 16 * BX_PT; a <= 22 * BX_PT; a += 3 * BX_PT)
        for (bx_len b = 48 * BX_PT; b < 100 * BX_PT; b += 2 * BX_PT) {
            const bx_len widths[] = {a, b, labels - a - b};
            for (int col = 0; col < 3; col++) {
                cols[col].least_em1000 = 0;
                cols[col].least_add = widths[col];
            }
            struct bx_table other = tables_set(t, &section, 0, false);
            assert_int_equal(other.col_x[2], a + b);
            assert_true(height_of(&other) >= height_of(&best));
        }
}

static void test_form__text_stands_where_its_alignment_says(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "123");
    struct bx_table table = tables_set(t, &section, 0, true);
    const struct bx_table_cell *label = tables_find(&table, "1.属于国家秘密");
    assert_int_equal(label->pad_left, t->style.padding_h);
    assert_int_equal(label->para.lines[0].left, 0);
    const struct bx_table_cell *figure = tables_find(&table, "123");
    const struct bx_line *line = &figure->para.lines[0];
    bx_len middle = figure->pad_left + (line->left + line->right) / 2;
    assert_in_range(middle, col_width(&table, figure->col) / 2 - 1,
                    col_width(&table, figure->col) / 2 + 1);
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

/* Digits of 1 to 8 places, blanks, strings. */
static void give_random(struct tables *t, struct bx_section *section, unsigned *seed)
{
    static const char *const strings[] = {"/", "—", "不适用", "NotApplicable", "详见附件一"};
    for (int i = 0; i < section->form->cell_count; i++) {
        struct bx_value *value = &section->values[i];
        if (section->form->cells[i].kind != BX_CELL_FIGURE)
            continue;
        unsigned kind = next_random(seed) % 40, digits = next_random(seed) % 8 + 1;
        value->given = kind == 0 ? BX_GIVEN_BLANK : kind == 1 ? BX_GIVEN_TEXT : BX_GIVEN_NUMBER;
        if (value->given == BX_GIVEN_BLANK)
            value->text = "";
        else if (value->given == BX_GIVEN_TEXT)
            value->text = strings[next_random(seed) % 5];
        else if (kind < 20)
            value->text = bx_arena_printf(&t->setting.arena, "%u", next_random(seed) % 100);
        else
            value->text = bx_arena_printf(&t->setting.arena, "%.*s", (int)digits, "72839465");
    }
}

/* Whatever the values: a table that is set keeps ink off the rules, has one size of figures and
 * its full width; one that is not names a cell. Only table 四 may not be set. */
static void test_form__random_values_never_touch_a_rule(void **state)
{
    struct tables *t = *state;
    unsigned seed = 7;
    for (int round = 0; round < 40; round++) {
        const char *name = names[round % 3];
        struct bx_section section = tables_section(t, editions[round / 3 % 2], name, "0");
        give_random(t, &section, &seed);
        struct bx_table table;
        t->table = bx_structure_add(&t->structure, BX_TAG_TABLE, 0);
        struct bx_err err = {0};
        if (!bx_table_build_form(&table, &t->setting.context, &section, &t->style, t->ink,
                                 t->width, round % t->style.density_steps, &t->structure,
                                 t->table, true, &err)) {
            assert_string_equal(name, "review");
            assert_int_equal(err.code, BX_E_FIT);
            assert_true(strncmp(err.where, "/values/", 8) == 0);
            continue;
        }
        for (int row = 0; row < table.row_count; row++)
            assert_true(table.rows[row].height >= bx_form_row_least(&t->style));
        tables_check(t, &table);
        assert_int_equal(table.col_x[table.col_count], t->width);
        bx_len size = 0;
        for (int i = 0; i < table.cell_count; i++) {
            if (section.values[i].given != BX_GIVEN_NUMBER)
                continue;
            assert_int_equal(table.cells[i].para.line_count, 1);
            bx_len own = table.cells[i].para.lines[0].runs[0].size;
            assert_true(size == 0 || own == size);
            size = own;
        }
    }
}

/* The upright label of 9 characters needs more than 94 pt on either side; （三）不予公开 one line. */
static void test_form__a_cut_leaves_room_for_the_labels_it_cuts(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_section(t, "2021", "applications", "12");
    struct bx_table table = tables_set(t, &section, 0, true);
    const struct bx_table_cell *label = tables_find(&table, "三、本年度办理结果");
    int end = label->row + label->rowspan;
    assert_true(bx_table_can_cut(&table, label->row)); /* above it: nothing is cut */
    assert_true(bx_table_can_cut(&table, end));
    assert_false(bx_table_can_cut(&table, label->row + 1));
    assert_false(bx_table_can_cut(&table, end - 1));
    bx_len above = 0;
    for (int row = label->row + 1; row < end; row++) {
        above += table.rows[row - 1].height;
        if (above < label->height)
            assert_false(bx_table_can_cut(&table, row));
    }
    const struct bx_table_cell *group = tables_find(&table, "（四）无法提供");
    assert_true(bx_table_can_cut(&table, group->row));
    table.rows[group->row].height = group->height;
    assert_false(bx_table_can_cut(&table, group->row + 1));
}

/* With the settings of the project's styles, at every density. */
static void test_form__the_projects_styles_set_every_form(void **state)
{
    struct tables *t = *state;
    const char *const styles[] = {"gbt9704", "gbt9704-word", "web"};
    for (int s = 0; s < 3; s++) {
        struct bx_style *style = NULL;
        if (!bx_style_read(&style, BX_SOURCE_DIR "/layouts", styles[s], &t->err))
            fail_msg("%s %s %s", t->err.file, t->err.where, t->err.what);
        for (int n = 0; n < 6; n++) {
            const struct bx_table_style *own = bx_style_find_table(style, names[n % 3]);
            assert_non_null(own);
            t->style = *own;
            t->width = style->type_area.w;
            struct bx_section section =
                tables_section(t, editions[n / 3], names[n % 3], "14069");
            for (int density = 0; density < own->density_steps; density++) {
                struct bx_table table = tables_set(t, &section, density, density == 0);
                tables_check(t, &table);
                if (strcmp(names[n % 3], "applications") == 0 && density == 0)
                    assert_true(height_of(&table) <= style->type_area.h - style->line_pitch);
            }
        }
        bx_style_free(style);
    }
}

/* An office's row set and its label of 70 characters: figures give the label column width, up to
 * what the form allows, until it takes few lines. */
static void test_form__a_provinces_long_label_gets_width(void **state)
{
    struct tables *t = *state;
    struct bx_section section = tables_own_section(t, "province.xml", "12");
    struct bx_table table = tables_set(t, &section, 0, true);
    assert_int_equal(table.row_count, 4);
    assert_true(table.col_x[1] > t->width / 4);
    assert_true(table.col_x[1] <= t->width * 2LL / 5 + 1);
    int i = bx_form_find_cell(section.form, "other/issued") - 1;
    const struct bx_table_cell *label = &table.cells[i];
    assert_in_range(label->para.line_count, 4, 6);
    assert_true(label->para.lines[label->para.line_count - 1].han_count > 1);
    tables_check(t, &table);
}

int run_table_form(void)
{
    const struct CMUnitTest tests[] = {
        TABLES_TEST(test_form__columns_are_the_forms_when_figures_are_small),
        TABLES_TEST(test_form__ink_is_clear_of_rules_at_every_density),
        TABLES_TEST(test_form__eight_digits_fit_every_column_of_disclosure_and_applications),
        TABLES_TEST(test_form__label_columns_pay_before_the_size_does),
        TABLES_TEST(test_form__seven_digits_fit_all_fifteen_columns_of_review),
        TABLES_TEST(test_form__eight_digits_in_all_fifteen_columns_fail_and_name_a_cell),
        TABLES_TEST(test_form__one_column_of_eight_digits_grows_at_the_cost_of_others),
        TABLES_TEST(test_form__no_label_ends_in_a_line_of_one_han),
        TABLES_TEST(test_form__applications_fit_a_page_with_their_heading),
        TABLES_TEST(test_form__heads_over_figures_break_after_two),
        TABLES_TEST(test_form__vertical_label_is_upright_and_one_word),
        TABLES_TEST(test_form__upright_characters_stand_in_their_em_boxes),
        TABLES_TEST(test_form__bands_and_their_heads_stay_with_the_next_row),
        TABLES_TEST(test_form__a_blank_has_no_lines_and_its_row_no_less_height),
        TABLES_TEST(test_form__strings_break_like_text),
        TABLES_TEST(test_form__amounts_break_before_their_unit_only),
        TABLES_TEST(test_form__no_other_share_of_the_label_columns_is_lower),
        TABLES_TEST(test_form__text_stands_where_its_alignment_says),
        TABLES_TEST(test_form__random_values_never_touch_a_rule),
        TABLES_TEST(test_form__a_cut_leaves_room_for_the_labels_it_cuts),
        TABLES_TEST(test_form__the_projects_styles_set_every_form),
        TABLES_TEST(test_form__a_provinces_long_label_gets_width),
        TABLES_TEST(test_form__rows_grow_with_their_longest_text_only),
    };
    return cmocka_run_group_tests_name("table_form", tests, NULL, NULL);
}

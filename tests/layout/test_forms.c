/* The six issued tables. grids/ was written from the description of the issued forms, not from
 * the XML: a row a line, its kind and group, then its cells with their columns x rows and, for
 * figures, the kind and path of their value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "forms.h"

int run_forms(void);

static const char *row_kind(enum bx_row_kind kind)
{
    static const char *const names[] = {
        [BX_ROW_THEAD] = "head-of-page",
        [BX_ROW_BAND] = "band",
        [BX_ROW_HEAD] = "head",
        [BX_ROW_BODY] = "body",
    };
    return names[kind];
}

static const char *value_kind(enum bx_value_kind kind)
{
    static const char *const names[] = {
        [BX_VALUE_COUNT] = "count",
        [BX_VALUE_SIGNED] = "signed",
        [BX_VALUE_AMOUNT] = "amount",
        [BX_VALUE_AMOUNT_UNIT] = "amount-unit",
    };
    return names[kind];
}

static void dump_grid(struct bx_buf *out, const struct bx_form *form)
{
    int i = 0;
    for (int row = 0; row < form->row_count; row++) {
        bx_buf_printf(out, "%s %d", row_kind(form->rows[row].kind), form->rows[row].group);
        for (; i < form->cell_count && form->cells[i].row == row; i++) {
            const struct bx_form_cell *cell = &form->cells[i];
            if (cell->kind == BX_CELL_FIGURE)
                bx_buf_printf(out, " | %s:%s", value_kind(cell->value_kind), cell->path);
            else
                bx_buf_printf(out, " | %s", cell->text);
            if (cell->colspan > 1 || cell->rowspan > 1)
                bx_buf_printf(out, " %dx%d", cell->colspan, cell->rowspan);
        }
        bx_buf_add_byte(out, '\n');
    }
}

static void check_grid(const char *edition, const char *section, int figures)
{
    struct bx_arena arena = {0};
    struct bx_form *form = forms_read(edition, section);
    struct bx_buf want = forms_load(
        bx_arena_printf(&arena, BX_TESTS_DIR "/layout/grids/%s-%s.txt", edition, section));
    struct bx_buf have = {0};
    dump_grid(&have, form);
    assert_string_equal(have.data, want.data);
    assert_string_equal(form->name, edition);
    assert_string_equal(form->section, section);
    int count = 0;
    for (int i = 0; i < form->cell_count; i++)
        count += form->cells[i].kind == BX_CELL_FIGURE;
    assert_int_equal(count, figures);
    bx_buf_fini(&have);
    bx_buf_fini(&want);
    bx_form_free(form);
    bx_arena_fini(&arena);
}

static void test_disclosure_2019__is_the_issued_grid(void **state)
{
    (void)state;
    check_grid("2019", "disclosure", 22);
}

static void test_disclosure_2021__is_the_issued_grid(void **state)
{
    (void)state;
    check_grid("2021", "disclosure", 10);
}

static void test_applications_2019__is_the_issued_grid(void **state)
{
    (void)state;
    check_grid("2019", "applications", 161);
}

static void test_applications_2021__is_the_issued_grid(void **state)
{
    (void)state;
    check_grid("2021", "applications", 175);
}

static void test_review_2019__is_the_issued_grid(void **state)
{
    (void)state;
    check_grid("2019", "review", 15);
}

static void test_review_2021__is_the_issued_grid(void **state)
{
    (void)state;
    check_grid("2021", "review", 15);
}

static void test_review__editions_differ_in_edition_only(void **state)
{
    (void)state;
    struct bx_buf old = forms_load(LAYOUTS "/forms/2019/review.xml");
    struct bx_buf new = forms_load(LAYOUTS "/forms/2021/review.xml");
    struct bx_form *form = forms_read("2019", "review");
    struct bx_arena arena = {0};
    struct bx_buf named = forms_edit(old.data, "name=\"2019\"", "name=\"2021\"");
    struct bx_buf issued =
        forms_edit(named.data, bx_arena_printf(&arena, "source=\"%s\"", form->source),
                   "source=\"国办公开办函〔2021〕30号\"");
    assert_string_equal(issued.data, new.data);
    bx_buf_fini(&old);
    bx_buf_fini(&new);
    bx_buf_fini(&named);
    bx_buf_fini(&issued);
    bx_form_free(form);
    bx_arena_fini(&arena);
}

/* Heads speak for columns, labels for rows; what spans several is for the group. */
static void check_scopes(const char *edition, const char *section)
{
    struct bx_form *form = forms_read(edition, section);
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        enum bx_scope want = BX_SCOPE_NONE;
        if (cell->kind == BX_CELL_BAND)
            want = BX_SCOPE_COLGROUP;
        else if (cell->kind == BX_CELL_LABEL)
            want = cell->rowspan > 1 ? BX_SCOPE_ROWGROUP : BX_SCOPE_ROW;
        else if (cell->kind == BX_CELL_HEAD && cell->row < form->head_count)
            want = cell->colspan > 1 ? BX_SCOPE_COLGROUP : BX_SCOPE_COL;
        else if (cell->kind == BX_CELL_HEAD)
            want = BX_SCOPE_COL;
        if (cell->scope != want)
            fail_msg("%s %s: scope of %s", edition, section, cell->text);
    }
    bx_form_free(form);
}

static void test_forms__scopes_follow_from_the_kind_of_cell(void **state)
{
    (void)state;
    static const char *const sections[] = {"disclosure", "applications", "review"};
    for (int i = 0; i < 3; i++) {
        check_scopes("2019", sections[i]);
        check_scopes("2021", sections[i]);
    }
}

static const struct bx_form_cell *find_text(const struct bx_form *form, const char *text)
{
    for (int i = 0; i < form->cell_count; i++)
        if (strcmp(form->cells[i].text, text) == 0)
            return &form->cells[i];
    fail_msg("no cell %s", text);
    return NULL;
}

static void check_bands(const char *edition, enum bx_align align)
{
    struct bx_form *form = forms_read(edition, "disclosure");
    const struct bx_colour *fill = &form->rules.band_fill;
    assert_int_equal(fill->r, 776);
    assert_int_equal(fill->g, 851);
    assert_int_equal(fill->b, 945);
    assert_false(fill->is_gray);
    for (int row = 0; row < form->row_count; row++)
        assert_int_equal(form->rows[row].has_fill, form->rows[row].kind == BX_ROW_BAND);
    assert_int_equal(find_text(form, "第二十条第（八）项")->align, align);
    assert_int_equal(find_text(form, "行政许可")->align, BX_ALIGN_CENTER);
    bx_form_free(form);
}

static void test_disclosure__bands_are_tinted_and_left_in_2021_centred_in_2019(void **state)
{
    (void)state;
    check_bands("2019", BX_ALIGN_CENTER);
    check_bands("2021", BX_ALIGN_LEFT);
}

static void test_applications__vertical_label_is_repeated_and_centred(void **state)
{
    (void)state;
    struct bx_form *form = forms_read("2021", "applications");
    const struct bx_form_cell *cell = find_text(form, "三、本年度办理结果");
    assert_true(cell->is_vertical);
    assert_true(cell->repeats_label);
    assert_int_equal(cell->align, BX_ALIGN_CENTER);
    cell = find_text(form, "（三）不予公开");
    assert_false(cell->is_vertical);
    assert_false(cell->repeats_label);
    assert_int_equal(cell->align, BX_ALIGN_LEFT);
    bx_form_free(form);
}

static void test_applications__check_sentence_and_bracket_are_in_kaiti(void **state)
{
    (void)state;
    struct bx_form *form = forms_read("2021", "applications");
    const struct bx_form_cell *corner = &form->cells[0];
    assert_int_equal(corner->text_count, 1);
    assert_string_equal(corner->texts[0].role, "kaiti");
    const struct bx_form_cell *partly =
        find_text(form, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）");
    assert_int_equal(partly->text_count, 2);
    assert_string_equal(partly->texts[0].text, "（二）部分公开");
    assert_null(partly->texts[0].role);
    assert_string_equal(partly->texts[1].role, "kaiti");
    bx_form_free(form);
}

static void test_applications__columns_have_the_measured_widths(void **state)
{
    (void)state;
    struct bx_form *form = forms_read("2021", "applications");
    static const int least[] = {1000, 4500, 8000};
    static const int natural[] = {50, 181, 317}; /* 22, 80, 140 of 442.2 pt */
    for (int col = 0; col < 3; col++) {
        assert_int_equal(form->cols[col].least_em1000, least[col]);
        assert_int_equal(form->cols[col].least_add, 5 * BX_PT);
        assert_int_equal(form->cols[col].natural_1000, natural[col]);
        assert_true(form->cols[col].most_1000 > natural[col]);
        assert_false(form->cols[col].is_figure);
    }
    for (int col = 3; col < 10; col++) {
        assert_int_equal(form->cols[col].natural_1000, 65);
        assert_true(form->cols[col].is_figure);
    }
    bx_form_free(form);
}

static void
test_disclosure__label_column_is_a_quarter_in_2021_and_39_percent_in_2019(void **state)
{
    (void)state;
    struct bx_form *old = forms_read("2019", "disclosure");
    struct bx_form *new = forms_read("2021", "disclosure");
    assert_int_equal(old->cols[0].natural_1000, 390);
    for (int col = 0; col < 4; col++)
        assert_int_equal(new->cols[col].natural_1000, 250);
    bx_form_free(old);
    bx_form_free(new);
}

static void test_forms__rules_are_thin_inside_and_thick_outside(void **state)
{
    (void)state;
    static const char *const sections[] = {"disclosure", "applications", "review"};
    for (int i = 0; i < 6; i++) {
        struct bx_form *form = forms_read(i < 3 ? "2019" : "2021", sections[i % 3]);
        assert_int_equal(form->rules.inner, BX_PT / 2);
        assert_int_equal(form->rules.outer, BX_PT);
        assert_string_equal(form->density, form->section);
        bx_form_free(form);
    }
}

/* --- looking up --- */

static void test_find_cell__gives_the_figure_of_a_path(void **state)
{
    (void)state;
    struct bx_form *form = forms_read("2021", "review");
    int i = bx_form_find_cell(form, "litigation/direct/total");
    assert_true(i >= 0);
    assert_int_equal(form->cells[i].col, 9);
    assert_int_equal(form->cells[i].row, 3);
    assert_string_equal(form->cells[i].row_id, "litigation/direct");
    assert_string_equal(form->cells[i].col_id, "total");
    assert_int_equal(bx_form_find_cell(form, "litigation/direct"), -1);
    bx_form_free(form);
}

static void test_form_set__reads_a_form_when_it_is_asked_for(void **state)
{
    (void)state;
    struct bx_form_set set;
    struct bx_err err = {0};
    const struct bx_form *form = NULL, *again = NULL;
    assert_true(bx_form_set_init(&set, LAYOUTS, &err));
    assert_int_equal(set.entry_count, 6);
    for (int i = 0; i < set.entry_count; i++) {
        assert_null(set.entries[i].form);
        if (i > 0)
            assert_true(strcmp(set.entries[i - 1].path, set.entries[i].path) < 0);
    }
    assert_true(bx_form_set_find(&form, &set, "review", "2019", &err));
    assert_non_null(form);
    assert_true(bx_form_set_find(&again, &set, "review", "2019", &err));
    assert_ptr_equal(form, again);
    assert_true(bx_form_set_find(&form, &set, "review", "1999", &err));
    assert_null(form);
    int read_count = 0;
    for (int i = 0; i < set.entry_count; i++)
        read_count += set.entries[i].form != NULL;
    assert_int_equal(read_count, 1);
    bx_form_set_fini(&set);
}

static void test_form_set__says_so_when_there_is_no_folder(void **state)
{
    (void)state;
    struct bx_form_set set;
    struct bx_err err = {0};
    assert_false(bx_form_set_init(&set, BX_TESTS_DIR "/none", &err));
    assert_int_equal(err.code, BX_E_LAYOUT);
}

int run_forms(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_disclosure_2019__is_the_issued_grid),
        cmocka_unit_test(test_disclosure_2021__is_the_issued_grid),
        cmocka_unit_test(test_applications_2019__is_the_issued_grid),
        cmocka_unit_test(test_applications_2021__is_the_issued_grid),
        cmocka_unit_test(test_review_2019__is_the_issued_grid),
        cmocka_unit_test(test_review_2021__is_the_issued_grid),
        cmocka_unit_test(test_review__editions_differ_in_edition_only),
        cmocka_unit_test(test_forms__scopes_follow_from_the_kind_of_cell),
        cmocka_unit_test(test_disclosure__bands_are_tinted_and_left_in_2021_centred_in_2019),
        cmocka_unit_test(test_applications__vertical_label_is_repeated_and_centred),
        cmocka_unit_test(test_applications__check_sentence_and_bracket_are_in_kaiti),
        cmocka_unit_test(test_applications__columns_have_the_measured_widths),
        cmocka_unit_test(
            test_disclosure__label_column_is_a_quarter_in_2021_and_39_percent_in_2019),
        cmocka_unit_test(test_forms__rules_are_thin_inside_and_thick_outside),
        cmocka_unit_test(test_find_cell__gives_the_figure_of_a_path),
        cmocka_unit_test(test_form_set__reads_a_form_when_it_is_asked_for),
        cmocka_unit_test(test_form_set__says_so_when_there_is_no_folder),
    };
    return cmocka_run_group_tests_name("forms", tests, NULL, NULL);
}

/* What a form may not be. Each case is an issued form with one thing changed; the failure names
 * the file, the line and the fault. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "forms.h"

int run_form_errors(void);

struct setting {
    struct bx_xml_schema *schema;
    struct bx_buf applications, disclosure, review;
};

static int set_up(void **state)
{
    static struct setting setting;
    setting = (struct setting){0};
    setting.schema = bx_xml_schema_new(LAYOUTS "/form.rng");
    setting.applications = forms_load(LAYOUTS "/forms/2021/applications.xml");
    setting.disclosure = forms_load(LAYOUTS "/forms/2021/disclosure.xml");
    setting.review = forms_load(LAYOUTS "/forms/2021/review.xml");
    *state = &setting;
    return 0;
}

static int tear_down(void **state)
{
    struct setting *setting = *state;
    bx_xml_schema_free(setting->schema);
    bx_buf_fini(&setting->applications);
    bx_buf_fini(&setting->disclosure);
    bx_buf_fini(&setting->review);
    return 0;
}

/* Reads text as a form and wants it refused. */
static void
refuse(const struct setting *setting, const char *text, size_t len, struct bx_err *err)
{
    struct bx_form *form = NULL;
    *err = (struct bx_err){0};
    if (bx_form_read_bytes(&form, setting->schema, "own.xml", text, len, err))
        fail_msg("the form was read");
    assert_null(form);
    assert_int_equal(err->code, BX_E_LAYOUT);
    assert_string_equal(err->file, "own.xml");
}

/* Replaces `from` by `to`; wants `what` in the message, and the line on which `at` (or `to`)
 * stands. */
static void refuse_edit(const struct setting *setting,
                        const struct bx_buf *form,
                        const char *from,
                        const char *to,
                        const char *at,
                        const char *what)
{
    struct bx_buf text = forms_edit(form->data, from, to);
    struct bx_err err;
    char line[32];
    refuse(setting, text.data, text.len, &err);
    snprintf(line, sizeof(line), "line %d", forms_line_of(text.data, at ? at : to));
    if (!strstr(err.what, what))
        fail_msg("%s: %s, not: %s", err.where, err.what, what);
    assert_string_equal(err.where, line);
    bx_buf_fini(&text);
}

static void test_form__overlap_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->applications, "<th scope=\"col\">社会公益组织</th>",
                "<th scope=\"col\" colspan=\"4\">社会公益组织</th>", NULL, "overlaps");
}

static void test_form__hole_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->disclosure, "        <th scope=\"col\">现行有效件数</th>\n", "",
                "<tr>\n        <th scope=\"col\">信息内容</th>", "no cell in column 4");
}

static void test_form__row_wider_than_the_table_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->disclosure, "<th scope=\"col\">现行有效件数</th>",
                "<th scope=\"col\">现行</th>\n<th scope=\"col\">有效</th>",
                "<th scope=\"col\">有效</th>", "more cells than the table has columns");
    refuse_edit(s, &s->disclosure, "<th scope=\"col\">现行有效件数</th>",
                "<th scope=\"col\" colspan=\"2\">现行有效件数</th>", NULL,
                "beyond the last column");
}

static void test_form__span_below_its_part_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->applications, "rowspan=\"22\"", "rowspan=\"25\"", NULL,
                "below the last row");
    refuse_edit(s, &s->applications, "<th scope=\"col\" rowspan=\"2\">自然人</th>",
                "<th scope=\"col\" rowspan=\"3\">自然人</th>", NULL, "below the last row");
}

static void test_form__span_one_short_is_refused(void **state)
{
    const struct setting *s = *state;
    struct bx_buf text = forms_edit(s->applications.data, "rowspan=\"22\"", "rowspan=\"21\"");
    struct bx_err err;
    refuse(s, text.data, text.len, &err);
    assert_non_null(strstr(err.what, "column"));
    bx_buf_fini(&text);
}

static void test_form__figure_without_ids_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->disclosure, "<tr id=\"rules\">\n        <th scope=\"row\">规章</th>",
                "<tr>\n        <th scope=\"row\">规章</th>", "<td column=\"issued\"/>",
                "without a row id");
    refuse_edit(s, &s->disclosure, "<td column=\"issued\"/>", "<td/>", NULL,
                "without a column id");
}

static void test_form__ids_given_twice_are_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->disclosure, "<tr id=\"normative\">", "<tr id=\"rules\">", "<table>",
                "rules/in_force are given twice");
}

static void test_form__figure_that_is_also_a_branch_is_refused(void **state)
{
    const struct setting *s = *state;
    /* results/granted/total would be a figure and hold figures */
    refuse_edit(s, &s->applications, "<tr id=\"results/total\">",
                "<tr id=\"results/granted/total\">", "<table>", "given twice");
}

static void test_form__missing_source_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(
        s, &s->disclosure,
        "<colgroup source=\"four equal columns: blank form of the edition; range of the "
        "label column: this project\">",
        "<colgroup>", "<col width=\"25%\" least=\"6em\"", "has no source");
    refuse_edit(s, &s->review,
                "source=\"blank form of edition 2021; rules 1 and 0.5 pt: this project\"",
                "source=\"\"", NULL, "source");
    refuse_edit(
        s, &s->review,
        "<check code=\"C4\" each=\"row\" source=\"implied by the columns 总计; used by those "
        "who check reports\">",
        "<check code=\"C4\" each=\"row\">", NULL, "");
}

static void test_form__unknown_attribute_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->disclosure, "<th scope=\"row\">规章</th>",
                "<th scope=\"row\" colour=\"red\">规章</th>", NULL, "colour");
}

static void test_form__unknown_element_is_refused(void **state)
{
    const struct setting *s = *state;
    struct bx_buf text = forms_edit(s->disclosure.data, "<td column=\"repealed\"/>",
                                    "<td column=\"repealed\"/><img/>");
    struct bx_err err;
    refuse(s, text.data, text.len, &err);
    assert_int_equal(strncmp(err.where, "line ", 5), 0);
    bx_buf_fini(&text);
}

static void test_form__bad_value_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->disclosure, "width=\"25%\" least", "width=\"wide\" least", NULL,
                "width");
    refuse_edit(s, &s->disclosure, "colspan=\"4\"", "colspan=\"0\"", NULL, "colspan");
    refuse_edit(s, &s->disclosure, "colspan=\"4\"", "colspan=\"9999\"", NULL, "colspan");
    refuse_edit(s, &s->disclosure, "outer=\"1pt\"", "outer=\"30000mm\"", "source=\"fill",
                "outer");
}

static void test_form__mixed_units_of_width_are_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->applications, "<col width=\"80pt\"", "<col width=\"18%\"", NULL,
                "all lengths or all percentages");
    refuse_edit(s, &s->applications, "<col width=\"80pt\"", "<col width=\"0pt\"", NULL,
                "without width");
}

static void test_form__label_without_text_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->disclosure, "<th scope=\"row\">规章</th>", "<th scope=\"row\"> </th>",
                NULL, "");
}

static void test_form__em_without_a_role_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->disclosure, "<th scope=\"row\">规章</th>",
                "<th scope=\"row\"><em>规章</em></th>", NULL, "em-role");
}

static void test_form__check_of_unknown_ids_is_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->applications, "<term of=\"carried_forward\"/></right>",
                "<term of=\"carried_on\"/></right>", "<check code=\"C1\"",
                "no row of the form is called carried_on");
    refuse_edit(s, &s->review, "<term of=\"upheld\"/>", "<term of=\"held\"/>",
                "<check code=\"C4\"", "no column of the form is called held");
}

static void test_form__document_type_and_entities_are_refused(void **state)
{
    const struct setting *s = *state;
    refuse_edit(s, &s->review, "<!-- Table",
                "<!DOCTYPE form [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<!-- Table",
                NULL, "document type");
    refuse_edit(s, &s->review, "<!-- Table", "<!DOCTYPE form SYSTEM \"form.dtd\">\n<!-- Table",
                NULL, "document type");
    refuse_edit(s, &s->review, "行政诉讼</th>", "&litigation;</th>", NULL, "undefined entity");
}

static void test_form__what_is_no_xml_is_refused(void **state)
{
    const struct setting *s = *state;
    struct bx_err err;
    refuse(s, "", 0, &err);
    refuse(s, "no xml", 6, &err);
    refuse(s, "<form", 5, &err);
    assert_string_equal(err.where, "line 1");
    refuse(s, "<form/>", 7, &err);
    refuse(s, "\0\0\0\0", 4, &err);
    refuse(s, s->review.data, s->review.len - 10, &err);
}

static void test_form__deep_nesting_is_refused(void **state)
{
    const struct setting *s = *state;
    struct bx_buf deep = {0};
    for (int i = 0; i < 20000; i++)
        bx_buf_add_text(&deep, "<form>");
    struct bx_err err;
    refuse(s, deep.data, deep.len, &err);
    bx_buf_fini(&deep);
}

static void test_form__file_that_is_not_there_is_refused(void **state)
{
    (void)state;
    struct bx_form *form = NULL;
    struct bx_err err = {0};
    assert_false(bx_form_read(&form, LAYOUTS, LAYOUTS "/forms/1999/review.xml", &err));
    assert_int_equal(err.code, BX_E_LAYOUT);
    assert_string_equal(err.file, LAYOUTS "/forms/1999/review.xml");
}

static void test_form__texts_lose_line_ends_of_the_file(void **state)
{
    const struct setting *s = *state;
    struct bx_buf text =
        forms_edit(s->disclosure.data, "<th scope=\"row\">行政规范性文件</th>",
                   "<th scope=\"row\">\n  行政规范性\n  <em>文件 A B</em>\n</th>");
    struct bx_buf full =
        forms_edit(text.data, "figure=\"center\"", "figure=\"center\" em-role=\"kaiti\"");
    struct bx_form *form = NULL;
    struct bx_err err = {0};
    if (!bx_form_read_bytes(&form, s->schema, "own.xml", full.data, full.len, &err))
        fail_msg("%s: %s", err.where, err.what);
    int i = bx_form_find_cell(form, "normative/issued") - 1;
    assert_string_equal(form->cells[i].text, "行政规范性文件 A B");
    assert_int_equal(form->cells[i].text_count, 2);
    bx_form_free(form);
    bx_buf_fini(&text);
    bx_buf_fini(&full);
}

int run_form_errors(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form__overlap_is_refused),
        cmocka_unit_test(test_form__hole_is_refused),
        cmocka_unit_test(test_form__row_wider_than_the_table_is_refused),
        cmocka_unit_test(test_form__span_below_its_part_is_refused),
        cmocka_unit_test(test_form__span_one_short_is_refused),
        cmocka_unit_test(test_form__figure_without_ids_is_refused),
        cmocka_unit_test(test_form__ids_given_twice_are_refused),
        cmocka_unit_test(test_form__figure_that_is_also_a_branch_is_refused),
        cmocka_unit_test(test_form__missing_source_is_refused),
        cmocka_unit_test(test_form__unknown_attribute_is_refused),
        cmocka_unit_test(test_form__unknown_element_is_refused),
        cmocka_unit_test(test_form__bad_value_is_refused),
        cmocka_unit_test(test_form__mixed_units_of_width_are_refused),
        cmocka_unit_test(test_form__label_without_text_is_refused),
        cmocka_unit_test(test_form__em_without_a_role_is_refused),
        cmocka_unit_test(test_form__check_of_unknown_ids_is_refused),
        cmocka_unit_test(test_form__document_type_and_entities_are_refused),
        cmocka_unit_test(test_form__what_is_no_xml_is_refused),
        cmocka_unit_test(test_form__deep_nesting_is_refused),
        cmocka_unit_test(test_form__file_that_is_not_there_is_refused),
        cmocka_unit_test(test_form__texts_lose_line_ends_of_the_file),
    };
    return cmocka_run_group_tests_name("form_errors", tests, set_up, tear_down);
}

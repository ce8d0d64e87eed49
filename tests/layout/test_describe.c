/* The forms as text and as JSON Schema. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "forms.h"
#include "layout/describe.h"

int run_describe(void);

static void test_form_describe__lists_columns_with_their_rows(void **state)
{
    (void)state;
    struct bx_form *form = forms_read("2019", "disclosure");
    struct bx_buf text = {0};
    bx_form_describe(&text, form, false);
    assert_non_null(strstr(text.data, "  columns\n"
                                      "    items_last_year  上一年项目数量\n"
                                      "    change  本年增/减 (whole, may be negative)\n"
                                      "    decisions  处理决定数量\n"
                                      "  rows\n"
                                      "    licensing  行政许可\n"
                                      "    other_services  其他对外管理服务事项\n"
                                      "    penalties  行政处罚\n"
                                      "    coercion  行政强制\n"
                                      "  columns\n"));
    assert_non_null(strstr(text.data, "    amount  采购总金额 (decimal, with unit)\n"));
    bx_buf_fini(&text);
    bx_form_free(form);
}

static void test_form_describe__names_rows_that_stand_in_columns(void **state)
{
    (void)state;
    struct bx_form *form = forms_read("2021", "review");
    struct bx_buf text = {0};
    bx_form_describe(&text, form, true);
    assert_string_equal(text.data, "2021/review  四、政府信息公开行政复议、行政诉讼情况\n"
                                   "  依据 国办公开办函〔2021〕30号\n"
                                   "  列\n"
                                   "    upheld  结果维持\n"
                                   "    corrected  结果纠正\n"
                                   "    other  其他结果\n"
                                   "    pending  尚未审结\n"
                                   "    total  总计\n"
                                   "  行\n"
                                   "    reconsideration  行政复议\n"
                                   "    litigation/direct  未经复议直接起诉\n"
                                   "    litigation/after_reconsideration  复议后起诉\n");
    bx_buf_fini(&text);
    bx_form_free(form);
}

static void test_form_find_label__is_the_innermost(void **state)
{
    (void)state;
    struct bx_form *form = forms_read("2021", "applications");
    int i = bx_form_find_cell(form, "results/refused/state_secret/research");
    assert_true(i >= 0);
    assert_string_equal(bx_form_find_label(form, &form->cells[i])->text, "1.属于国家秘密");
    assert_string_equal(bx_form_find_head(form, &form->cells[i])->text, "科研机构");
    i = bx_form_find_cell(form, "new/total");
    assert_string_equal(bx_form_find_head(form, &form->cells[i])->text, "总计");
    bx_form_free(form);
}

static void test_forms_describe__names_every_form_and_style(void **state)
{
    (void)state;
    struct bx_form_set set;
    struct bx_buf text = {0};
    struct bx_err err = {0};
    assert_true(bx_form_set_init(&set, LAYOUTS, &err));
    assert_true(bx_forms_describe(&text, &set, false, &err));
    for (int i = 0; i < set.entry_count; i++) {
        struct bx_arena arena = {0};
        assert_non_null(
            strstr(text.data, bx_arena_printf(&arena, "%s/%s  ", set.entries[i].name,
                                              set.entries[i].section)));
        bx_arena_fini(&arena);
    }
    const char *styles = strstr(text.data, "styles\n"); /* "-" sorts before "." */
    assert_non_null(styles);
    assert_non_null(strstr(styles, "gbt9704\n"));
    assert_non_null(strstr(styles, "gbt9704-word\n"));
    bx_buf_fini(&text);
    bx_form_set_fini(&set);
}

static void test_form_schema__nests_as_the_form_nests(void **state)
{
    (void)state;
    struct bx_form *form = forms_read("2021", "disclosure");
    struct bx_buf text = {0};
    bx_form_schema(&text, form);
    assert_non_null(strstr(text.data, "\"required\": [\"rules\", \"normative\", \"licensing\", "
                                      "\"penalties\", \"coercion\", \"fees\"],"));
    assert_non_null(strstr(text.data,
                           "\"amount\": {\"title\": \"本年收费金额（单位：万元）\", \"$ref\": "
                           "\"#/$defs/amount\"}"));
    bx_buf_fini(&text);
    bx_form_free(form);
}

static void test_forms_schema__takes_all_sections_or_one(void **state)
{
    (void)state;
    struct bx_form_set set;
    struct bx_buf all = {0}, one = {0}, none = {0};
    struct bx_err err = {0};
    assert_true(bx_form_set_init(&set, LAYOUTS, &err));
    assert_true(bx_forms_schema(&all, &set, "2021", &err));
    assert_non_null(strstr(all.data, "\n    \"applications\": {"));
    assert_non_null(strstr(all.data, "\n    \"review\": {"));
    assert_true(bx_forms_schema(&one, &set, "2021/review", &err));
    assert_null(strstr(one.data, "\n    \"applications\": {"));
    assert_non_null(strstr(one.data, "\n    \"review\": {"));
    assert_false(bx_forms_schema(&none, &set, "202", &err));
    assert_int_equal(err.code, BX_E_USAGE);
    bx_buf_fini(&all);
    bx_buf_fini(&one);
    bx_buf_fini(&none);
    bx_form_set_fini(&set);
}

int run_describe(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form_describe__lists_columns_with_their_rows),
        cmocka_unit_test(test_form_describe__names_rows_that_stand_in_columns),
        cmocka_unit_test(test_form_find_label__is_the_innermost),
        cmocka_unit_test(test_forms_describe__names_every_form_and_style),
        cmocka_unit_test(test_form_schema__nests_as_the_form_nests),
        cmocka_unit_test(test_forms_schema__takes_all_sections_or_one),
    };
    return cmocka_run_group_tests_name("describe", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "output/csv.h"

int run_csv(void);

#define LAYOUTS BX_SOURCE_DIR "/layouts"

/* A form of the project with a text in every figure cell. */
static char *write_form(const char *path, const char *text)
{
    struct bx_form *form = NULL;
    struct bx_err err = {0};
    struct bx_value values[512];
    struct bx_buf out = {0};
    assert_true(bx_form_read(&form, LAYOUTS, path, &err));
    assert_in_range(form->cell_count, 1, 512);
    for (int i = 0; i < form->cell_count; i++)
        values[i] = (struct bx_value){.given = BX_GIVEN_TEXT, .text = text};
    const struct bx_section section = {.form = form, .values = values};
    bx_csv_write(&out, &section);
    bx_form_free(form);
    return out.data;
}

static void test_csv__table_four_has_a_row_for_each_kind_of_case(void **state)
{
    (void)state;
    char *csv = write_form(LAYOUTS "/forms/2021/review.xml", "7");
    assert_string_equal(csv, "row,label,upheld,corrected,other,pending,total\r\n"
                             "reconsideration,行政复议,7,7,7,7,7\r\n"
                             "litigation/direct,未经复议直接起诉,7,7,7,7,7\r\n"
                             "litigation/after_reconsideration,复议后起诉,7,7,7,7,7\r\n");
    struct bx_buf owner = {.data = csv};
    bx_buf_fini(&owner);
}

static void test_csv__a_row_leaves_columns_of_others_empty(void **state)
{
    (void)state;
    char *csv = write_form(LAYOUTS "/forms/2021/disclosure.xml", "");
    assert_non_null(strstr(csv, "row,label,issued,repealed,in_force,decisions,amount\r\n"));
    assert_non_null(strstr(csv, "rules,规章,,,,,\r\n"));
    struct bx_buf owner = {.data = csv};
    bx_buf_fini(&owner);
}

static void test_csv__what_is_syntax_is_quoted(void **state)
{
    (void)state;
    char *csv = write_form(LAYOUTS "/forms/2021/review.xml", "1,2 \"x\"");
    assert_non_null(strstr(csv, "行政复议,\"1,2 \"\"x\"\"\",\"1,2 \"\"x\"\"\","));
    struct bx_buf owner = {.data = csv};
    bx_buf_fini(&owner);
}

int run_csv(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv__table_four_has_a_row_for_each_kind_of_case),
        cmocka_unit_test(test_csv__a_row_leaves_columns_of_others_empty),
        cmocka_unit_test(test_csv__what_is_syntax_is_quoted),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}

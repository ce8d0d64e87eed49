/* The cross-checks that the issued forms carry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "forms.h"

int run_form_checks(void);

static void check_terms(const struct bx_check_term *terms, int count, const char *want)
{
    struct bx_buf have = {0};
    for (int i = 0; i < count; i++) {
        bx_buf_printf(&have, "%s%s%s", i > 0 ? " " : "", terms[i].sign < 0 ? "-" : "+",
                      terms[i].pattern);
        if (terms[i].except)
            bx_buf_printf(&have, "!%s", terms[i].except);
    }
    assert_string_equal(have.data, want);
    bx_buf_fini(&have);
}

static void test_checks__c1_c2_c3_are_those_of_the_form(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct bx_form *form = forms_read(i ? "2021" : "2019", "applications");
        assert_int_equal(form->check_count, 3);
        const struct bx_check *c1 = &form->checks[0], *c2 = c1 + 1, *c3 = c1 + 2;
        assert_string_equal(c1->code, "C1");
        assert_int_equal(c1->each, BX_EACH_COLUMN);
        check_terms(c1->left, c1->left_count, "+new +carried_over");
        check_terms(c1->right, c1->right_count, "+results/total +carried_forward");
        assert_string_equal(c2->code, "C2");
        assert_int_equal(c2->each, BX_EACH_ROW);
        check_terms(c2->left, c2->left_count, "+total");
        check_terms(
            c2->right, c2->right_count,
            "+natural_person +business +research +public_welfare +legal_service +other");
        assert_string_equal(c3->code, "C3");
        assert_int_equal(c3->each, BX_EACH_COLUMN);
        check_terms(c3->left, c3->left_count, "+results/total");
        check_terms(c3->right, c3->right_count, "+results/**!results/total");
        bx_form_free(form);
    }
}

static void test_checks__c4_holds_in_each_of_three_parts(void **state)
{
    (void)state;
    struct bx_form *form = forms_read("2021", "review");
    assert_int_equal(form->check_count, 1);
    assert_string_equal(form->checks[0].code, "C4");
    assert_int_equal(form->checks[0].each, BX_EACH_ROW);
    check_terms(form->checks[0].left, form->checks[0].left_count, "+total");
    check_terms(form->checks[0].right, form->checks[0].right_count,
                "+upheld +corrected +other +pending");
    bx_form_free(form);
}

static void test_checks__c6_compares_with_last_year(void **state)
{
    (void)state;
    struct bx_form *form = forms_read("2021", "disclosure");
    assert_int_equal(form->year_check_count, 1);
    const struct bx_year_check *check = &form->year_checks[0];
    assert_string_equal(check->code, "C6");
    assert_string_equal(check->each_row, "*");
    check_terms(check->now, check->now_count, "+in_force -issued +repealed");
    check_terms(check->last, check->last_count, "+in_force");
    bx_form_free(form);

    form = forms_read("2019", "disclosure"); /* states no arithmetic */
    assert_int_equal(form->year_check_count + form->check_count, 0);
    bx_form_free(form);

    for (int i = 0; i < 2; i++) {
        form = forms_read(i ? "2021" : "2019", "applications");
        assert_int_equal(form->year_check_count, 1);
        assert_null(form->year_checks[0].each_row);
        check_terms(form->year_checks[0].now, form->year_checks[0].now_count, "+carried_over");
        check_terms(form->year_checks[0].last, form->year_checks[0].last_count,
                    "+carried_forward");
        bx_form_free(form);
    }
}

static void test_path_matches__stars_stand_for_steps(void **state)
{
    (void)state;
    assert_true(bx_form_path_matches("new", "new"));
    assert_false(bx_form_path_matches("new", "newer"));
    assert_false(bx_form_path_matches("newer", "new"));
    assert_true(bx_form_path_matches("*", "rules"));
    assert_false(bx_form_path_matches("*", "results/granted"));
    assert_true(bx_form_path_matches("results/*/total", "results/x/total"));
    assert_true(bx_form_path_matches("results/**", "results/refused/state_secret"));
    assert_false(bx_form_path_matches("results/**", "carried_over"));
    assert_true(bx_form_path_matches("**/total", "a/b/total"));
    assert_true(bx_form_path_matches("**/total", "total"));
    assert_false(bx_form_path_matches("**/total", "a/b"));
}

int run_form_checks(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checks__c1_c2_c3_are_those_of_the_form),
        cmocka_unit_test(test_checks__c4_holds_in_each_of_three_parts),
        cmocka_unit_test(test_checks__c6_compares_with_last_year),
        cmocka_unit_test(test_path_matches__stars_stand_for_steps),
    };
    return cmocka_run_group_tests_name("form_checks", tests, NULL, NULL);
}

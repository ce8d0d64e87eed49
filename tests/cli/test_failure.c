#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "api.h"

int run_failure(void);

static void test_failure__each_kind_has_its_code_and_both_languages(void **state)
{
    (void)state;
    static const char *const codes[] = {
        [BX_E_USAGE] = "USAGE",   [BX_E_READ] = "READ", [BX_E_MODEL] = "MODEL",
        [BX_E_LAYOUT] = "LAYOUT", [BX_E_FONT] = "FONT", [BX_E_FIT] = "FIT",
        [BX_E_WRITE] = "WRITE",   [BX_E_SIGN] = "SIGN",
    };
    for (int code = BX_E_USAGE; code <= BX_E_SIGN; code++) {
        struct bx_findings list = {.file = "report.json"};
        struct bx_err err = {0};
        bx_fail(&err, (enum bx_code)code, "", "line 3", "what is %s", "wrong");
        assert_int_equal(bx_api_tell(&list, &err), code);
        assert_int_equal(list.count, 1);
        assert_string_equal(list.items[0].code, codes[code]);
        assert_int_equal(list.items[0].level, BX_LEVEL_ERROR);
        assert_string_equal(list.items[0].file, "report.json");
        assert_string_equal(list.items[0].where, "line 3");
        assert_string_equal(list.items[0].en, "what is wrong");
        assert_non_null(strstr(list.items[0].zh, "what is wrong"));
        assert_true(strlen(list.items[0].zh) > strlen("what is wrong"));
        bx_findings_fini(&list);
    }
}

static void add(struct bx_findings *list, enum bx_level level, int stage)
{
    bx_findings_add(list, &(struct bx_finding){
                              .level = level, .code = "X", .stage = stage, .zh = "", .en = ""});
}

static void test_failure__is_not_told_twice(void **state)
{
    (void)state;
    struct bx_findings list = {0};
    struct bx_err err = {0};
    bx_fail(&err, BX_E_FONT, "", "", "no face");
    add(&list, BX_LEVEL_WARNING, BX_E_FONT); /* a warning does not say why it stopped */
    bx_api_tell(&list, &err);
    assert_int_equal(list.count, 2);
    bx_api_tell(&list, &err);
    assert_int_equal(list.count, 2);
    bx_findings_fini(&list);
}

static void test_status__is_that_of_the_first_error_by_stage(void **state)
{
    (void)state;
    struct bx_findings list = {0};
    assert_int_equal(bx_api_status(&list), BX_STATUS_DONE);
    add(&list, BX_LEVEL_WARNING, BX_E_MODEL);
    add(&list, BX_LEVEL_NOTE, BX_E_READ);
    assert_int_equal(bx_api_status(&list), BX_STATUS_DONE);
    add(&list, BX_LEVEL_ERROR, BX_E_FIT);
    assert_int_equal(bx_api_status(&list), BX_STATUS_FIT);
    add(&list, BX_LEVEL_ERROR, BX_E_MODEL);
    add(&list, BX_LEVEL_ERROR, BX_E_FONT);
    assert_int_equal(bx_api_status(&list), BX_STATUS_MODEL);
    bx_findings_fini(&list);
}

int run_failure(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failure__each_kind_has_its_code_and_both_languages),
        cmocka_unit_test(test_failure__is_not_told_twice),
        cmocka_unit_test(test_status__is_that_of_the_first_error_by_stage),
    };
    return cmocka_run_group_tests_name("failure", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"

int run_err(void);

static void test_fail__keeps_the_first_failure(void **state)
{
    (void)state;
    struct bx_err err = {0};
    assert_false(bx_fail(&err, BX_E_LAYOUT, "a.xml", "12", "width %d mm", 7));
    assert_false(bx_fail(&err, BX_E_WRITE, "b", "", "later"));
    assert_int_equal(err.code, BX_E_LAYOUT);
    assert_string_equal(err.file, "a.xml");
    assert_string_equal(err.where, "12");
    assert_string_equal(err.what, "width 7 mm");
}

static void test_fail__cuts_between_characters(void **state)
{
    (void)state;
    char text[3 * 200 + 1] = "";
    for (int i = 0; i < 200; i++)
        strcat(text, "公");
    for (int lead = 0; lead < 3; lead++) {
        struct bx_err err = {0};
        bx_fail(&err, BX_E_READ, text, text, "%.*s%s", lead, "ab", text);
        size_t room = sizeof(err.what) - 1 - (size_t)(lead < 2 ? lead : 2);
        assert_int_equal(strlen(err.what), sizeof(err.what) - 1 - room % 3);
        assert_int_equal(strlen(err.file), 255);
        assert_int_equal(strlen(err.where), 255);
    }
}

int run_err(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fail__keeps_the_first_failure),
        cmocka_unit_test(test_fail__cuts_between_characters),
    };
    return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}

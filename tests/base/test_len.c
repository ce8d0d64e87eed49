#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/len.h"

int run_len(void);

static void test_len_from_um__rounds_to_the_nearest_unit(void **state)
{
    (void)state;
    assert_int_equal(bx_len_from_um(297000), 862095); /* 297 mm = 841.8898 pt */
    assert_int_equal(bx_len_from_um(25400), 72 * BX_PT);
    assert_int_equal(bx_len_from_um(1), 3); /* 2.9027 */
    assert_int_equal(bx_len_from_um(0), 0);
}

static void test_len_from_um__halves_go_away_from_zero(void **state)
{
    (void)state;
    /* The result is nearest, and the greater of two that are equally near. */
    for (int32_t um = 1; um < 25400; um++) {
        int64_t exact = (int64_t)um * 72 * BX_PT;
        int64_t units = bx_len_from_um(um);
        assert_true(2 * (units * 25400 - exact) <= 25400 &&
                    2 * (units * 25400 - exact) > -25400);
        assert_int_equal(bx_len_from_um(-um), -units);
    }
}

static void test_len_from_um__holds_the_longest(void **state)
{
    (void)state;
    assert_int_equal(bx_len_from_um(BX_UM_MAX), 58053543);
    assert_int_equal(bx_len_from_um(-BX_UM_MAX), -58053543);
}

int run_len(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_len_from_um__rounds_to_the_nearest_unit),
        cmocka_unit_test(test_len_from_um__halves_go_away_from_zero),
        cmocka_unit_test(test_len_from_um__holds_the_longest),
    };
    return cmocka_run_group_tests_name("len", tests, NULL, NULL);
}

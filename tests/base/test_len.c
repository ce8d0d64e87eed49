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

static void test_len_part__rounds_to_the_nearest_unit(void **state)
{
    (void)state;
    assert_int_equal(bx_len_part(16172, 250), 4043); /* a quarter of the pitch of 28 columns */
    assert_int_equal(bx_len_part(16171, 250), 4043); /* 4042.75 */
    assert_int_equal(bx_len_part(16169, 250), 4042); /* 4042.25 */
    assert_int_equal(bx_len_part(16172, 2000), 32344);
    assert_int_equal(bx_len_part(16172, 0), 0);
}

static void test_len_part__halves_go_away_from_zero(void **state)
{
    (void)state;
    assert_int_equal(bx_len_part(1, 500), 1);
    assert_int_equal(bx_len_part(-1, 500), -1);
    assert_int_equal(bx_len_part(1, -500), -1);
    assert_int_equal(bx_len_part(1, 499), 0);
    assert_int_equal(bx_len_part(-1, 499), 0);
}

static void test_len_part__does_not_overflow_on_the_way(void **state)
{
    (void)state;
    assert_int_equal(bx_len_part(INT32_MAX, 1000), INT32_MAX);
    assert_int_equal(bx_len_part(INT32_MIN, 1000), INT32_MIN);
}

int run_len(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_len_from_um__rounds_to_the_nearest_unit),
        cmocka_unit_test(test_len_from_um__halves_go_away_from_zero),
        cmocka_unit_test(test_len_from_um__holds_the_longest),
        cmocka_unit_test(test_len_part__rounds_to_the_nearest_unit),
        cmocka_unit_test(test_len_part__halves_go_away_from_zero),
        cmocka_unit_test(test_len_part__does_not_overflow_on_the_way),
    };
    return cmocka_run_group_tests_name("len", tests, NULL, NULL);
}

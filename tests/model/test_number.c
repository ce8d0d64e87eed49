#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/number.h"

int run_number(void);

static void test_number__suits_its_kind_only(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool count, is_signed, amount, with_unit;
    } cases[] = {
        {"0", true, true, true, true},
        {"007", true, true, true, true},
        {"12345678901234567890", true, true, true, true},
        {"+1036", false, true, false, false},
        {"-8", false, true, false, false},
        {"0.10", false, false, true, true},
        {"59237.2449", false, false, true, true},
        {"-0.1", false, false, false, false},
        {"10669.39万元", false, false, false, true},
        {"251000元", false, false, false, true},
        {"3亿元", false, false, false, true},
        {"3万", false, false, false, false},
        {"3 万元", false, false, false, false},
        {"万元", false, false, false, false},
        {"1e3", false, false, false, false},
        {"1.", false, false, false, false},
        {".5", false, false, false, false},
        {"1,234", false, false, false, false},
        {"", false, false, false, false},
        {"+", false, false, false, false},
        {"--1", false, false, false, false},
        {" 1", false, false, false, false},
        {"１", false, false, false, false},
        {"/", false, false, false, false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *text = cases[i].text;
        assert_int_equal(bx_number_suits(text, BX_VALUE_COUNT), cases[i].count);
        assert_int_equal(bx_number_suits(text, BX_VALUE_SIGNED), cases[i].is_signed);
        assert_int_equal(bx_number_suits(text, BX_VALUE_AMOUNT), cases[i].amount);
        assert_int_equal(bx_number_suits(text, BX_VALUE_AMOUNT_UNIT), cases[i].with_unit);
    }
}

static void test_number_whole__as_json_schema_has_it(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_whole;
        int value;
    } cases[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"0.000", true, 0},
        {"0e5", true, 0},
        {"0e-5", true, 0},
        {"2019", true, 2019},
        {"-2019", true, -2019},
        {"2019.0", true, 2019},
        {"2.019e3", true, 2019},
        {"20190e-1", true, 2019},
        {"2019000E-3", true, 2019},
        {"1e+3", true, 1000},
        {"100.5", false, 0},
        {"0.5", false, 0},
        {"5e-1", false, 0},
        {"1e9", true, 1000000000},
        {"1e10", false, 0},
        {"1e999999999999", false, 0},
        {"1e-999999999999", false, 0},
        {"12345678901234567890", false, 0},
        {"1000000000000000000000e-21", true, 1},
        {"3000000000", false, 0},
        {"2019.00000000000000000000001", false, 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int value = 7;
        assert_int_equal(bx_number_whole(cases[i].text, &value), cases[i].is_whole);
        assert_int_equal(value, cases[i].is_whole ? cases[i].value : 7);
    }
}

static void assert_sum(const char *const *addends, const char *wanted)
{
    struct bx_arena arena = {0};
    struct bx_sum sum = {0};
    for (; *addends; addends++)
        assert_true(bx_sum_add(&sum, *addends, 1));
    assert_string_equal(bx_sum_text(&arena, &sum), wanted);
    bx_arena_fini(&arena);
}

static void test_sum__is_exact(void **state)
{
    (void)state;
    assert_sum((const char *const[]){NULL}, "0");
    assert_sum((const char *const[]){"0.1", "0.2", NULL}, "0.3");
    assert_sum((const char *const[]){"99999999999999999999", "1", NULL},
               "100000000000000000000");
    assert_sum((const char *const[]){"9007199254740993", "0", NULL}, "9007199254740993");
    assert_sum((const char *const[]){"5", "-8", NULL}, "-3");
    assert_sum((const char *const[]){"-8", "5", "3", NULL}, "0");
    assert_sum((const char *const[]){"-8", "-0.50", NULL}, "-8.5");
    assert_sum((const char *const[]){"1000", "-0.001", NULL}, "999.999");
    assert_sum((const char *const[]){"+1036", "007", NULL}, "1043");
}

static void test_sum__takes_numbers_of_64_digits(void **state)
{
    (void)state;
    char nines[65], small[65] = "0.";
    memset(nines, '9', 64);
    nines[64] = '\0';
    memset(small + 2, '0', 61);
    strcpy(small + 63, "1");
    struct bx_arena arena = {0};
    struct bx_sum sum = {0};
    for (int i = 0; i < 1000; i++)
        assert_true(bx_sum_add(&sum, nines, 1));
    assert_true(bx_sum_add(&sum, small, 1));
    const char *text = bx_sum_text(&arena, &sum);
    assert_int_equal(strlen(text), 67 + 1 + 62);
    assert_int_equal(strncmp(text, "9999", 4), 0);
    assert_string_equal(text + strlen(text) - 3, "001");
    assert_int_equal(strncmp(text + 64, "000.", 4), 0);
    bx_arena_fini(&arena);
}

static void test_sum__signs_and_what_is_no_number(void **state)
{
    (void)state;
    struct bx_sum left = {0}, right = {0};
    assert_false(bx_sum_add(&left, "3万元", 1));
    assert_false(bx_sum_add(&left, "", 1));
    assert_false(bx_sum_add(&left, "/", 1));
    assert_true(bx_sum_add(&left, "3", -1));
    assert_true(bx_sum_add(&right, "-3.0", 1));
    assert_true(bx_sum_is_equal(&left, &right));
    assert_true(bx_sum_add(&right, "6", 1));
    assert_false(bx_sum_is_equal(&left, &right));
    assert_true(bx_sum_add(&left, "-3", -1));
    assert_true(bx_sum_add(&right, "3", -1));
    assert_true(bx_sum_is_equal(&left, &right)); /* nought has no sign */
}

int run_number(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_number__suits_its_kind_only),
        cmocka_unit_test(test_number_whole__as_json_schema_has_it),
        cmocka_unit_test(test_sum__is_exact),
        cmocka_unit_test(test_sum__takes_numbers_of_64_digits),
        cmocka_unit_test(test_sum__signs_and_what_is_no_number),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}

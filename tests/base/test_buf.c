#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

int run_buf(void);

static void test_buf__holds_what_was_added_and_a_zero(void **state)
{
    (void)state;
    struct bx_buf buf = {0};
    for (int i = 0; i < 1000; i++) {
        bx_buf_add(&buf, "a\0b", 3);
        bx_buf_add_byte(&buf, 'c');
    }
    assert_int_equal(buf.len, 4000);
    assert_memory_equal(buf.data + 3996, "a\0bc", 5);
    bx_buf_clear(&buf);
    assert_int_equal(buf.len, 0);
    bx_buf_add_text(&buf, "公");
    bx_buf_printf(&buf, "%d%s", 12, "x");
    bx_buf_add_utf8(&buf, 0x20000);
    assert_string_equal(buf.data, "公12x𠀀");
    bx_buf_fini(&buf);
    assert_null(buf.data);
}

static void test_buf_reserve__what_fits_moves_nothing(void **state)
{
    (void)state;
    struct bx_buf buf = {0};
    bx_buf_reserve(&buf, 0);
    assert_string_equal(buf.data, "");
    bx_buf_add_text(&buf, "公");
    bx_buf_reserve(&buf, 5000);
    assert_string_equal(buf.data, "公");
    const char *before = buf.data;
    for (int i = 0; i < 5000; i++)
        bx_buf_add_byte(&buf, 'a');
    assert_ptr_equal(buf.data, before);
    bx_buf_reserve(&buf, 0); /* never less than there is */
    bx_buf_add_byte(&buf, 'b');
    assert_int_equal(buf.len, 5004);
    assert_string_equal(buf.data + 5002, "ab");
    bx_buf_fini(&buf);
}

/* Of every length around what a buffer begins with. */
static void test_buf_printf__is_whole_whatever_room_there_is(void **state)
{
    (void)state;
    for (int len = 0; len < 600; len++) {
        struct bx_buf buf = {0};
        bx_buf_printf(&buf, "%0*d|", len, 7);
        bx_buf_printf(&buf, "%s", "end");
        assert_int_equal(buf.len, (len > 0 ? len : 1) + 4);
        assert_string_equal(buf.data + buf.len - 5, "7|end");
        assert_true(buf.len < buf.capacity);
        bx_buf_fini(&buf);
    }
}

static void test_buf_add_fixed__has_no_trailing_zeroes(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        int decimals;
        const char *text;
    } cases[] = {
        {15750, 3, "15.75"}, {-15750, 3, "-15.75"}, {5, 3, "0.005"},
        {-5, 1, "-0.5"},     {12000, 3, "12"},      {0, 4, "0"},
        {42, 0, "42"},       {100, 0, "100"},       {1000000001, 9, "1.000000001"},
    };
    struct bx_buf buf = {0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        bx_buf_clear(&buf);
        bx_buf_add_fixed(&buf, cases[i].value, cases[i].decimals);
        assert_string_equal(buf.data, cases[i].text);
    }
    bx_buf_fini(&buf);
}

int run_buf(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf__holds_what_was_added_and_a_zero),
        cmocka_unit_test(test_buf_reserve__what_fits_moves_nothing),
        cmocka_unit_test(test_buf_printf__is_whole_whatever_room_there_is),
        cmocka_unit_test(test_buf_add_fixed__has_no_trailing_zeroes),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}

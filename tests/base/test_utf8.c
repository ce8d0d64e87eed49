#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

int run_utf8(void);

static void test_utf8__every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 97) {
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        char bytes[5] = "";
        int len = bx_utf8_encode(bytes, code), at = 0;
        assert_int_equal(bx_utf8_valid_len(bytes, (size_t)len), len);
        assert_int_equal(bx_utf8_next(bytes, &at), code);
        assert_int_equal(at, len);
    }
}

/* The bounds of the Unicode Standard, table 3-7, from both sides. */
static void test_utf8_valid_len__stops_at_the_first_bad_sequence(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t len, valid;
    } cases[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"a\x80", 2, 1},            /* a continuation without a lead */
        {"\xC1\xBF", 2, 0},         /* overlong */
        {"\xC2\x80", 2, 2},         /* U+0080 */
        {"\xE0\x9F\xBF", 3, 0},     /* overlong */
        {"\xE0\xA0\x80", 3, 3},     /* U+0800 */
        {"\xED\x9F\xBF", 3, 3},     /* U+D7FF */
        {"\xED\xA0\x80", 3, 0},     /* a surrogate */
        {"\xF0\x8F\xBF\xBF", 4, 0}, /* overlong */
        {"\xF4\x8F\xBF\xBF", 4, 4}, /* U+10FFFF */
        {"\xF4\x90\x80\x80", 4, 0}, /* beyond it */
        {"\xF5\x80\x80\x80", 4, 0}, /* no lead byte */
        {"公\xE5\x85", 5, 3},       /* cut short */
        {"公\xE5\x85\x28", 6, 3},   /* a bad third byte */
        {"\0x", 2, 2},              /* a zero is a character like any other */
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(bx_utf8_valid_len(cases[i].text, cases[i].len), cases[i].valid);
}

static void test_utf8_count__counts_code_points(void **state)
{
    (void)state;
    assert_int_equal(bx_utf8_count("a公𠀀", 8), 3);
    assert_int_equal(bx_utf8_count("", 0), 0);
}

int run_utf8(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8__every_code_point_comes_back),
        cmocka_unit_test(test_utf8_valid_len__stops_at_the_first_bad_sequence),
        cmocka_unit_test(test_utf8_count__counts_code_points),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}

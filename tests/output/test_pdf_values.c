#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "output/pdf/objects.h"
#include "output/pdf/tree.h"

int run_pdf_values(void);

static void assert_buf(struct bx_buf *buf, const char *expected, size_t len)
{
    assert_int_equal(buf->len, len);
    assert_memory_equal(buf->data, expected, len);
    bx_buf_fini(buf);
}

static void test_text__ascii_stays_as_it_is(void **state)
{
    (void)state;
    struct bx_buf buf = {0};
    bx_pdf_add_text(&buf, "a(b)\\c", 6);
    assert_buf(&buf, "(a\\(b\\)\\\\c)", 11);
}

static void test_text__others_are_utf16_with_mark(void **state)
{
    (void)state;
    struct bx_buf buf = {0};
    bx_pdf_add_text(&buf, "公𠮷", 7);
    assert_buf(&buf, "(\xFE\xFF\x51\x6C\xD8\x42\xDF\xB7)", 10);
}

/* The low bytes of U+4F0D, U+5128 and U+515C are a carriage return, a bracket and a backslash. */
static void test_text__bytes_that_are_syntax_are_escaped(void **state)
{
    (void)state;
    struct bx_buf buf = {0};
    bx_pdf_add_text(&buf, "伍儨兜", 9);
    assert_buf(&buf, "(\xFE\xFF\x4F\\r\x51\\\x28\x51\\\x5C)", 13);
}

static void test_string__a_control_character_is_text_too(void **state)
{
    (void)state;
    struct bx_buf buf = {0};
    bx_pdf_add_text(&buf, "a\tb", 3);
    assert_buf(&buf, "(\xFE\xFF\0a\0\t\0b)", 10);
}

static void test_name__what_is_no_regular_character_is_escaped(void **state)
{
    (void)state;
    struct bx_buf buf = {0};
    bx_pdf_add_name(&buf, "application/json #1");
    assert_buf(&buf, "/application#2Fjson#20#231", 26);
}

static void test_milli__rounds_half_away_from_zero(void **state)
{
    (void)state;
    assert_int_equal(bx_pdf_milli(BX_PT), 1000);
    assert_int_equal(bx_pdf_milli(1), 1);
    assert_int_equal(bx_pdf_milli(64), 63); /* 62.5 */
    assert_int_equal(bx_pdf_milli(-64), -63);
    assert_int_equal(bx_pdf_milli(0), 0);
    assert_int_equal(bx_pdf_milli(862095), 841890); /* 297 mm */
}

static void test_number__as_short_as_it_goes(void **state)
{
    (void)state;
    static const struct {
        int64_t milli;
        const char *text;
    } cases[] = {{0, "0"},       {15750, "15.75"}, {-15750, "-15.75"},  {1000, "1"},
                 {100, "0.1"},   {-1, "-0.001"},   {595276, "595.276"}, {70, "0.07"},
                 {-10000, "-10"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bx_buf buf = {0};
        bx_pdf_add_milli(&buf, cases[i].milli);
        assert_buf(&buf, cases[i].text, strlen(cases[i].text));
    }
    struct bx_buf buf = {0};
    bx_pdf_add_int(&buf, INT64_MIN);
    assert_buf(&buf, "-9223372036854775808", 20);
}

static void test_date__iso_to_pdf(void **state)
{
    (void)state;
    struct bx_buf buf = {0};
    assert_true(bx_pdf_add_date(&buf, "2020-01-23T00:00:00+08:00"));
    assert_buf(&buf, "(D:20200123000000+08'00')", 25);
    assert_true(bx_pdf_add_date(&buf, "2020-01-23T16:05:09Z"));
    assert_buf(&buf, "(D:20200123160509Z)", 19);
}

static void test_date__anything_else_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "2020-01-23",
                                      "2020-01-23T00:00:00",
                                      "2020-01-23T00:00:00+0800",
                                      "2020-01-23T00:00:00+08:0x",
                                      "2020-01-23 00:00:00Z",
                                      "20a0-01-23T00:00:00Z",
                                      "2020-01-23T00:00:00Zz"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct bx_buf buf = {0};
        assert_false(bx_pdf_add_date(&buf, bad[i]));
        assert_int_equal(buf.len, 0);
    }
}

int run_pdf_values(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__ascii_stays_as_it_is),
        cmocka_unit_test(test_text__others_are_utf16_with_mark),
        cmocka_unit_test(test_text__bytes_that_are_syntax_are_escaped),
        cmocka_unit_test(test_string__a_control_character_is_text_too),
        cmocka_unit_test(test_name__what_is_no_regular_character_is_escaped),
        cmocka_unit_test(test_milli__rounds_half_away_from_zero),
        cmocka_unit_test(test_number__as_short_as_it_goes),
        cmocka_unit_test(test_date__iso_to_pdf),
        cmocka_unit_test(test_date__anything_else_is_refused),
    };
    return cmocka_run_group_tests_name("pdf_values", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "verify/content.h"
#include "verify/meaning.h"

int run_content(void);

static struct bx_content content_of(const char *text)
{
    return (struct bx_content){.data = text, .len = strlen(text)};
}

/* The only operator of a content that has one. */
static void check_word(struct bx_content *content, const char *name, int operand_count)
{
    const char *word = "";
    assert_int_equal(bx_content_next(content, &word), BX_CONTENT_WORD);
    assert_string_equal(word, name);
    assert_int_equal(content->operand_count, operand_count);
}

static void test_content__reads_operands_of_every_kind(void **state)
{
    (void)state;
    struct bx_content content = content_of(
        "/N#41me -1.5 .25 +3 (a\\(b\\)\\101\\n) <0aF> [1(x)] <</B 2/A true>> null % no\n op");
    check_word(&content, "op", 9);
    const struct bx_object *o = content.operands;
    assert_string_equal(o[0].bytes, "NAme");
    assert_int_equal(bx_content_number(&content, 1), -1500000);
    assert_int_equal(bx_content_number(&content, 2), 250000);
    assert_int_equal(bx_content_number(&content, 3), 3000000);
    assert_string_equal(o[4].bytes, "a(b)A\n");
    assert_int_equal(o[5].len, 2);
    assert_memory_equal(o[5].bytes, "\x0A\xF0", 2);
    assert_int_equal(o[6].count, 2);
    assert_string_equal(o[7].keys[0], "A");
    assert_int_equal(bx_object_int(bx_object_find_raw(&o[7], "B"), 0), 2);
    assert_int_equal(o[8].kind, BX_OBJECT_NULL);
    const char *word;
    assert_int_equal(bx_content_next(&content, &word), BX_CONTENT_END);
    bx_content_fini(&content);
}

static void test_content__reads_strings_as_the_format_says(void **state)
{
    (void)state;
    struct bx_content content = content_of("(a\r\nb\rc\\\nd(e)\\0618) Tj");
    check_word(&content, "Tj", 1);
    assert_string_equal(content.operands[0].bytes, "a\nb\ncd(e)18");
    bx_content_fini(&content);
}

static void test_content__ends_where_no_rule_fits(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "(open Tj",
        "<0g> Tj",
        "[1 2 Tj",
        "<</A 1 op",
        "1 2",
        "1x op",
        "- op",
        ") op",
        "{ op",
        "<</A>> op",
        "<< 1 2 >> op",
        "[[[[[[[[[[1]]]]]]]]]] op",
        "averyveryveryveryveryverylongoperatorname",
    };
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct bx_content content = content_of(broken[i]);
        const char *word;
        assert_int_equal(bx_content_next(&content, &word), BX_CONTENT_BROKEN);
        bx_content_fini(&content);
    }
}

static void test_content__cuts_numbers_that_are_too_large(void **state)
{
    (void)state;
    struct bx_content content =
        content_of("99999999999999999999999999999999 -99999999999999999999.999999999 op");
    check_word(&content, "op", 2);
    assert_true(bx_content_number(&content, 0) > (int64_t)1 << 40);
    assert_true(bx_content_number(&content, 1) < -((int64_t)1 << 40));
    bx_content_fini(&content);
}

/* ---- meanings ---- */

static struct bx_read_font read_font(const char *map, struct bx_arena *arena)
{
    static const char *const keys[] = {"Encoding", "Subtype", "ToUnicode"};
    const struct bx_object items[] = {
        {.kind = BX_OBJECT_NAME, .bytes = "Identity-V", .len = 10},
        {.kind = BX_OBJECT_NAME, .bytes = "Type0", .len = 5},
        {.kind = BX_OBJECT_STREAM, .is_decoded = true, .bytes = map, .len = strlen(map)},
    };
    const struct bx_object dict = {
        .kind = BX_OBJECT_DICT, .items = items, .keys = keys, .count = 3, .bytes = ""};
    const struct bx_document document = {.object_count = 0};
    struct bx_read_font font;
    bx_read_font_build(&font, &document, &dict, arena);
    return font;
}

static void test_meaning__of_codes_in_ranges_lists_and_pairs(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    struct bx_read_font font = read_font(
        "1 beginbfrange <0001><0003><4E00> <0010><0011>[<0041> <D842DFB7>] endbfrange "
        "1 beginbfchar <0020><00660069> endbfchar",
        &arena);
    assert_null(font.fault);
    assert_true(font.is_vertical);
    assert_string_equal(bx_read_font_meaning(&font, 3).text, "丂");
    assert_string_equal(bx_read_font_meaning(&font, 0x11).text, "𠮷");
    assert_string_equal(bx_read_font_meaning(&font, 0x20).text, "fi");
    assert_int_equal(bx_read_font_meaning(&font, 4).len, 0);
    assert_int_equal(bx_read_font_meaning(&font, 65535).len, 0);
    assert_int_equal(bx_read_font_width(&font, 7), 1000);
    bx_arena_fini(&arena);
}

static void test_meaning__of_a_broken_map_is_a_fault(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "1 beginbfchar <01><0041> endbfchar",
        "1 beginbfchar <0001><41> endbfchar",
        "1 beginbfrange <0003><0001><0041> endbfrange",
        "1 beginbfrange <0001><0003>[<0041>] endbfrange",
        "/Other usecmap",
        "1 beginbfchar <0001><0041",
    };
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct bx_arena arena = {0};
        assert_non_null(read_font(broken[i], &arena).fault);
        bx_arena_fini(&arena);
    }
}

int run_content(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_content__reads_operands_of_every_kind),
        cmocka_unit_test(test_content__reads_strings_as_the_format_says),
        cmocka_unit_test(test_content__ends_where_no_rule_fits),
        cmocka_unit_test(test_content__cuts_numbers_that_are_too_large),
        cmocka_unit_test(test_meaning__of_codes_in_ranges_lists_and_pairs),
        cmocka_unit_test(test_meaning__of_a_broken_map_is_a_fault),
    };
    return cmocka_run_group_tests_name("content", tests, NULL, NULL);
}

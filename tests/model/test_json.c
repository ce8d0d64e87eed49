#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/json.h"

int run_json(void);

static const struct bx_json *read_good(struct bx_arena *arena, const char *text, size_t len)
{
    const struct bx_json *root = NULL;
    const char *zh = NULL;
    struct bx_err err = {0};
    if (!bx_json_read(&root, arena, "a.json", text, len, &zh, &err))
        fail_msg("%s: %s", err.where, err.what);
    return root;
}

static const struct bx_json *read_text(struct bx_arena *arena, const char *text)
{
    return read_good(arena, text, strlen(text));
}

static void assert_bad(const char *text, size_t len, const char *where)
{
    struct bx_arena arena = {0};
    const struct bx_json *root = NULL;
    const char *zh = NULL;
    struct bx_err err = {0};
    if (bx_json_read(&root, &arena, "a.json", text, len, &zh, &err))
        fail_msg("taken for JSON: %s", text);
    assert_null(root);
    assert_int_equal(err.code, BX_E_READ);
    assert_string_equal(err.file, "a.json");
    if (where)
        assert_string_equal(err.where, where);
    assert_true(zh && zh[0] && err.what[0]);
    bx_arena_fini(&arena);
}

static void test_json__numbers_keep_their_text(void **state)
{
    (void)state;
    static const char *const numbers[] = {"0",   "-0",   "0.10",    "12345678901234567890",
                                          "1e3", "1E+3", "-1.5e-3", "59237.2449"};
    struct bx_arena arena = {0};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        const struct bx_json *root = read_text(&arena, numbers[i]);
        assert_int_equal(root->kind, BX_JSON_NUMBER);
        assert_string_equal(root->text, numbers[i]);
    }
    bx_arena_fini(&arena);
}

static void test_json__members_keep_order_duplicates_and_places(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    const struct bx_json *root = read_text(&arena, "{\"b\": 1, \"a\": [true, null], \"b\": 2}");
    assert_int_equal(root->count, 3);
    const struct bx_json *b = root->first, *a = b->next;
    assert_true(bx_json_is_named(b, "b") && bx_json_is_named(a, "a"));
    assert_true(bx_json_is_named(a->next, "b"));
    assert_null(a->next->next);
    assert_ptr_equal(bx_json_find(root, "b"), b);
    assert_null(bx_json_find(root, "c"));
    assert_int_equal(b->at, 6);
    assert_int_equal(a->first->kind, BX_JSON_TRUE);
    assert_int_equal(a->first->next->kind, BX_JSON_NULL);
    assert_int_equal(a->first->next->index, 1);
    bx_arena_fini(&arena);
}

static void test_json__strings_are_decoded(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    const struct bx_json *root =
        read_text(&arena, "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u516c\\uD86D\\uDF4E\\u0000公\"");
    static const char wanted[] = "\"\\/\b\f\n\r\t公\xF0\xAB\x9D\x8E\0公";
    assert_int_equal(root->text_len, sizeof(wanted) - 1);
    assert_memory_equal(root->text, wanted, sizeof(wanted));
    bx_arena_fini(&arena);
}

static void test_json_pointer__is_escaped_by_rfc_6901(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    const struct bx_json *root = read_text(&arena, "{\"a/b~c\": [0, {\"\": 1, \"x\\ny\": 2}]}");
    const struct bx_json *inner = root->first->first->next;
    assert_string_equal(bx_json_pointer(&arena, root), "");
    assert_string_equal(bx_json_pointer(&arena, root->first), "/a~1b~0c");
    assert_string_equal(bx_json_pointer(&arena, inner), "/a~1b~0c/1");
    assert_string_equal(bx_json_pointer(&arena, inner->first), "/a~1b~0c/1/");
    assert_string_equal(bx_json_pointer(&arena, inner->first->next), "/a~1b~0c/1/x\\u000ay");
    assert_string_equal(bx_json_pointer_below(&arena, inner, "z/"), "/a~1b~0c/1/z~1");
    bx_arena_fini(&arena);
}

static void test_json__a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    assert_int_equal(read_text(&arena, "\xEF\xBB\xBF{}")->kind, BX_JSON_OBJECT);
    assert_bad("\xEF\xBB\xBF", 3, "line 1 column 1");
    assert_bad("\xEF\xBB\xBF\xEF\xBB\xBF{}", 8, "line 1 column 1");
    bx_arena_fini(&arena);
}

static void test_json__what_is_no_json_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where;
    } cases[] = {
        {"", "line 1 column 1"},
        {" \n ", "line 2 column 2"},
        {"{", "line 1 column 2"},
        {"[1,]", "line 1 column 4"},
        {"{\"a\":1,}", "line 1 column 8"},
        {"{\"a\" 1}", "line 1 column 6"},
        {"{a: 1}", "line 1 column 2"},
        {"{'a': 1}", "line 1 column 2"},
        {"[1 2]", "line 1 column 4"},
        {"{}{}", "line 1 column 3"},
        {"nul", "line 1 column 1"},
        {"True", "line 1 column 1"},
        {"NaN", "line 1 column 1"},
        {"Infinity", "line 1 column 1"},
        {"// a\n{}", "line 1 column 1"},
        {"{\n\"公开\": 公}", "line 2 column 7"},
        {"01", "line 1 column 1"},
        {"-", "line 1 column 1"},
        {"-a", "line 1 column 1"},
        {"+1", "line 1 column 1"},
        {".5", "line 1 column 1"},
        {"1.", "line 1 column 1"},
        {"1e", "line 1 column 1"},
        {"1e+", "line 1 column 1"},
        {"0x10", "line 1 column 2"},
        {"\"a", "line 1 column 1"},
        {"\"a\\", "line 1 column 3"},
        {"\"\\x41\"", "line 1 column 2"},
        {"\"\\u12\"", "line 1 column 2"},
        {"\"\\u12G4\"", "line 1 column 2"},
        {"\"a\nb\"", "line 1 column 3"},
        {"\"a\tb\"", "line 1 column 3"},
        {"\"公\\ud800\"", "line 1 column 3"},
        {"\"\\udc00\"", "line 1 column 2"},
        {"\"\\ud800\\u0041\"", "line 1 column 2"},
        {"\"\\ud800\\n\"", "line 1 column 2"},
        {"\"\\ud800\\ud800\"", "line 1 column 2"},
        {"[\"\xFF\"]", "line 1 column 3"},
        {"[\"\xC0\x80\"]", "line 1 column 3"},
        {"[\"\xED\xA0\x80\"]", "line 1 column 3"},
        {"[\"\xE5\x85\"]", "line 1 column 3"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_bad(cases[i].text, strlen(cases[i].text), cases[i].where);
    assert_bad("{}\0", 3, "line 1 column 3");
    assert_bad(NULL, 0, "line 1 column 1");
}

static void test_json__32_levels_are_read_and_33_are_not(void **state)
{
    (void)state;
    struct bx_buf text = {0};
    struct bx_arena arena = {0};
    for (int i = 0; i < 16; i++)
        bx_buf_add_text(&text, "[{\"a\":");
    bx_buf_add_text(&text, "1");
    for (int i = 0; i < 16; i++)
        bx_buf_add_text(&text, "}]");
    assert_int_equal(read_text(&arena, text.data)->kind, BX_JSON_ARRAY);
    bx_buf_clear(&text);
    for (int i = 0; i < 33; i++)
        bx_buf_add_text(&text, "[");
    for (int i = 0; i < 33; i++)
        bx_buf_add_text(&text, "]");
    assert_bad(text.data, text.len, "line 1 column 33");
    bx_buf_clear(&text);
    for (int i = 0; i < 1000000; i++)
        bx_buf_add_byte(&text, '[');
    assert_bad(text.data, text.len, "line 1 column 33");
    bx_buf_fini(&text);
    bx_arena_fini(&arena);
}

static void test_json__siblings_at_depth_do_not_add_up(void **state)
{
    (void)state;
    struct bx_buf text = {0};
    struct bx_arena arena = {0};
    bx_buf_add_text(&text, "[");
    for (int i = 0; i < 100; i++)
        bx_buf_add_text(&text, i > 0 ? ",[{}]" : "[{}]");
    bx_buf_add_text(&text, "]");
    assert_int_equal(read_text(&arena, text.data)->count, 100);
    bx_buf_fini(&text);
    bx_arena_fini(&arena);
}

int run_json(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__numbers_keep_their_text),
        cmocka_unit_test(test_json__members_keep_order_duplicates_and_places),
        cmocka_unit_test(test_json__strings_are_decoded),
        cmocka_unit_test(test_json_pointer__is_escaped_by_rfc_6901),
        cmocka_unit_test(test_json__a_byte_order_mark_is_skipped),
        cmocka_unit_test(test_json__what_is_no_json_is_refused_with_its_place),
        cmocka_unit_test(test_json__32_levels_are_read_and_33_are_not),
        cmocka_unit_test(test_json__siblings_at_depth_do_not_add_up),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}

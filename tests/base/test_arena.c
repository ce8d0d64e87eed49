#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

int run_arena(void);

static void test_arena__blocks_are_zeroed_and_aligned(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    for (size_t n = 1; n < 100000; n = n * 3 + 1) {
        unsigned char *p = BX_NEW_ARRAY(&arena, unsigned char, n);
        assert_int_equal((size_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, n);
    }
    assert_string_equal(bx_arena_strndup(&arena, "公文xyz", 6), "公文");
    assert_string_equal(bx_arena_printf(&arena, "%d/%s", 7, "公"), "7/公");
    bx_arena_fini(&arena);
    assert_null(arena.chunks);
}

static void test_arena_printf__long_texts_are_whole(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    for (int len = 1; len < 600; len++) {
        const char *text = bx_arena_printf(&arena, "%0*d", len, 7);
        assert_int_equal(strlen(text), len);
        assert_int_equal(text[len - 1], '7');
    }
    bx_arena_fini(&arena);
}

static void test_arena_reset__blocks_are_zeroed_again(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 200; i++) {
            unsigned char *p = BX_NEW_ARRAY(&arena, unsigned char, 1000);
            for (int at = 0; at < 1000; at++)
                assert_int_equal(p[at], 0);
            memset(p, 0xff, 1000);
        }
        bx_arena_reset(&arena);
    }
    bx_arena_fini(&arena);
}

static void test_arena_grow__keeps_what_was_there(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    int *items = NULL, count = 0, capacity = 0;
    for (; count < 1000; count++) {
        if (count == capacity)
            items = bx_arena_grow(&arena, items, count, &capacity, sizeof(*items));
        assert_true(capacity > count);
        items[count] = count * count;
    }
    for (int i = 0; i < count; i++)
        assert_int_equal(items[i], i * i);
    bx_arena_fini(&arena);
}

int run_arena(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena__blocks_are_zeroed_and_aligned),
        cmocka_unit_test(test_arena_printf__long_texts_are_whole),
        cmocka_unit_test(test_arena_reset__blocks_are_zeroed_again),
        cmocka_unit_test(test_arena_grow__keeps_what_was_there),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}

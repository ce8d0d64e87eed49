/* Pages that gave lines up for the signature. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "page/even.h"
#include "stack.h"

int run_even(void);

enum {
    PAGES_MOST = 16,
};

static struct bx_even evens[PAGES_MOST];

static void add_signature(struct stack *s, int blank, int lines)
{
    for (int i = 0; i < lines; i++) {
        struct bx_plan_block *block = stack_lines(s, 1);
        block->kind = BX_PLAN_SIGNATURE;
        block->blank_before = i == 0 ? blank : 0;
        block->keep_whole = true;
        block->keep_next = i + 1 < lines;
    }
}

static void choose(struct stack *s)
{
    s->style.pages.even_lines = 4;
    stack_choose(s);
    assert_in_range(s->page_count, 1, PAGES_MOST);
    bx_even_find(evens, &s->units, s->choices, s->page_count);
}

static bool is_signature(const struct stack *s, int unit)
{
    return s->blocks[s->units.items[unit].block].kind == BX_PLAN_SIGNATURE;
}

/* Text alone of every length, and every signature: it has two lines above it, and every page before
 * it ends where the last line of a page ends. */
static void test_even__pages_of_text_are_full_whatever_the_signature_takes(void **state)
{
    int given_up = 0;
    (void)state;
    for (int blank = 1; blank <= 3; blank++)
        for (int lines = 1; lines <= 3; lines++)
            for (int count = 23; count <= 23 + 3 * LINES; count++) {
                struct stack s;
                stack_init(&s);
                s.style.pages.widows = 0; /* which leaves blank lines too */
                stack_lines(&s, count);
                add_signature(&s, blank, lines);
                choose(&s);
                const struct bx_page_choice *last = &s.choices[s.page_count - 1];
                assert_false(is_signature(&s, last->start));
                assert_false(is_signature(&s, last->start + 1));
                for (int p = 0; p + 1 < s.page_count; p++) {
                    int stood = s.choices[p].end - s.choices[p].start;
                    assert_int_equal(evens[p].extra, (LINES - stood) * PITCH);
                    assert_int_equal(evens[p].gaps, stood < LINES ? stood - 1 : 0);
                    given_up += LINES - stood;
                    bx_len shift = 0;
                    for (int g = 1; g <= evens[p].gaps; g++) { /* equal to one unit */
                        bx_len next = bx_even_shift(&evens[p], g);
                        bx_len step = evens[p].extra / evens[p].gaps;
                        assert_in_range(next - shift, step, step + 1);
                        shift = next;
                    }
                    assert_int_equal(shift, evens[p].extra);
                }
                assert_int_equal(evens[s.page_count - 1].extra, 0);
                stack_fini(&s);
            }
    assert_true(given_up > 20); /* it did happen */
}

static void test_even__pages_short_for_another_reason_stay_on_the_grid(void **state)
{
    struct stack s;
    (void)state;
    stack_init(&s);
    stack_lines(&s, 20); /* no room for the heading with two lines */
    stack_heading(&s);
    stack_lines(&s, 10);
    add_signature(&s, 1, 2);
    choose(&s);
    assert_int_equal(s.page_count, 2);
    assert_int_equal(s.choices[0].end, 20);
    assert_int_equal(evens[0].extra, 0);
    stack_fini(&s);
}

static void test_even__no_more_lines_than_the_style_says(void **state)
{
    struct stack s;
    (void)state;
    for (int most = 0; most <= 2; most++) {
        stack_init(&s);
        s.style.pages.keep_lines = 2;
        s.style.pages.cost_short_page = 0; /* one page gives both lines */
        s.style.pages.cost_blank_line = 100;
        stack_lines(&s, 22);
        add_signature(&s, 1, 2);
        stack_choose(&s);
        s.style.pages.even_lines = most;
        bx_even_find(evens, &s.units, s.choices, s.page_count);
        assert_int_equal(s.choices[0].end, 20);
        assert_int_equal(evens[0].extra, most < 2 ? 0 : 2 * PITCH);
        stack_fini(&s);
    }
}

static void test_even__tables_keep_their_rows_together(void **state)
{
    static const int groups[] = {1, 1, 1, 1, 0};
    struct stack s;
    (void)state;
    stack_init(&s);
    s.style.pages.cost_short_page = 0;
    stack_lines(&s, 2);
    stack_table(&s, 1, groups, PITCH); /* five lines in all */
    stack_lines(&s, 15);
    add_signature(&s, 1, 2);
    choose(&s);
    assert_int_equal(s.page_count, 2);
    int stood = s.choices[0].end;
    assert_int_equal(stood, 2 + 5 + 13);
    assert_int_equal(evens[0].extra, 2 * PITCH);
    assert_int_equal(evens[0].gaps, 1 + 1 + 13);
    for (int i = 3; i < 7; i++)
        assert_false(bx_even_has_gap(&s.units, i));
    assert_true(bx_even_has_gap(&s.units, 2));
    stack_fini(&s);
}

static void test_even__without_a_signature_there_is_nothing_to_give(void **state)
{
    struct stack s;
    (void)state;
    stack_init(&s);
    stack_lines(&s, 45);
    choose(&s);
    for (int p = 0; p < s.page_count; p++)
        assert_int_equal(evens[p].extra, 0);
    stack_fini(&s);
}

int run_even(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_even__pages_of_text_are_full_whatever_the_signature_takes),
        cmocka_unit_test(test_even__pages_short_for_another_reason_stay_on_the_grid),
        cmocka_unit_test(test_even__no_more_lines_than_the_style_says),
        cmocka_unit_test(test_even__tables_keep_their_rows_together),
        cmocka_unit_test(test_even__without_a_signature_there_is_nothing_to_give),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

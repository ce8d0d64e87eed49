/* A seal over the edges: slices that meet, on every page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "page/pages.h"

int run_straddle(void);

enum {
    PAPER_W = 600 * BX_PT,
    PAPER_H = 800 * BX_PT,
    PAGES_MOST = 400,
};

static const struct bx_image image = {.width = 1, .height = 1, .path = "seal.png"};

/* Ink of 119 pt, and something, blank on all sides, more at the left. */
static const struct bx_seal seal = {
    .image = &image,
    .w = 200 * BX_PT,
    .h = 180 * BX_PT,
    .ink = {.x = 50 * BX_PT, .y = 20 * BX_PT, .w = 119 * BX_PT + 57, .h = 119 * BX_PT},
};

static struct bx_pages pages;
static struct bx_page page_list[PAGES_MOST];

/* Gives   how many warnings there were. */
static int press(int count, bx_len least)
{
    struct bx_style style = {.signature = {.straddle_least = least}};
    struct bx_plan plan = {.style = &style};
    struct bx_findings findings = {0};
    pages = (struct bx_pages){.pages = page_list, .page_count = count};
    for (int i = 0; i < count; i++)
        page_list[i] = (struct bx_page){.width = PAPER_W, .height = PAPER_H, .number = i + 1};
    bx_pages_add_straddle(&pages, &plan, &seal, &findings);
    int told = findings.count;
    bx_findings_fini(&findings);
    return told;
}

/* Slices first .. last-1 are one seal. */
static void check_seal(int first, int last)
{
    bx_len end = 0, least = seal.ink.w, most = 0;
    for (int i = first; i < last; i++) {
        assert_int_equal(page_list[i].mark_count, 1);
        const struct bx_mark *mark = &page_list[i].marks[0];
        assert_int_equal(mark->kind, BX_MARK_SEAL);
        assert_true(mark->element < 0);
        assert_int_equal(mark->shown.x + mark->shown.w, PAPER_W);
        assert_int_equal(mark->shown.h, seal.ink.h);
        assert_int_equal(mark->shown.x - (mark->rect.x + seal.ink.x), end); /* no gap */
        assert_int_equal(mark->shown.y, mark->rect.y + seal.ink.y);
        assert_int_equal(mark->shown.y + mark->shown.h / 2, PAPER_H / 2);
        end += mark->shown.w;
        least = mark->shown.w < least ? mark->shown.w : least;
        most = mark->shown.w > most ? mark->shown.w : most;
    }
    assert_int_equal(end, seal.ink.w);
    assert_true(most - least <= 1);
}

static void test_straddle__slices_are_one_whole_seal(void **state)
{
    (void)state;
    for (int count = 2; count <= 14; count++) {
        assert_int_equal(press(count, 8 * BX_PT), 0);
        check_seal(0, count);
        bx_arena_fini(&pages.arena);
    }
}

static void test_straddle__slices_are_never_narrower_than_the_style_says(void **state)
{
    (void)state;
    for (int count = 15; count <= PAGES_MOST; count += 11) {
        assert_int_equal(press(count, 8 * BX_PT), 0);
        int start = 0;
        for (int i = 1; i <= count; i++) {
            const struct bx_mark *mark = i < count ? &page_list[i].marks[0] : NULL;
            if (mark && mark->shown.x != mark->rect.x + seal.ink.x)
                continue; /* not the left part of a seal */
            check_seal(start, i);
            assert_true(seal.ink.w / (i - start) >= 8 * BX_PT);
            assert_true(i - start >= 7); /* shared evenly */
            start = i;
        }
        assert_int_equal(start, count);
        bx_arena_fini(&pages.arena);
    }
}

static void test_straddle__one_page_has_nothing_to_straddle(void **state)
{
    (void)state;
    assert_int_equal(press(1, 8 * BX_PT), 1);
    assert_int_equal(page_list[0].mark_count, 0);
    bx_arena_fini(&pages.arena);
}

int run_straddle(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_straddle__slices_are_one_whole_seal),
        cmocka_unit_test(test_straddle__slices_are_never_narrower_than_the_style_says),
        cmocka_unit_test(test_straddle__one_page_has_nothing_to_straddle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Widths and heights from numbers: no font is opened here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "plan/table_work.h"

int run_table_numbers(void);

enum {
    COLUMNS = 4
};

/* A label column and three for figures, 100 each. */
static const struct bx_col_range one_label[COLUMNS] = {
    {.natural = 100, .least = 60},
    {.natural = 100, .is_figure = true},
    {.natural = 100, .is_figure = true},
    {.natural = 100, .is_figure = true},
};

static void check_widths(const bx_len *widths, bx_len a, bx_len b, bx_len c, bx_len d)
{
    assert_int_equal(widths[0], a);
    assert_int_equal(widths[1], b);
    assert_int_equal(widths[2], c);
    assert_int_equal(widths[3], d);
}

static void test_columns_fit__small_figures_leave_the_form_alone(void **state)
{
    (void)state;
    const struct bx_col_need needs[] = {{1, 1, 90}, {2, 1, 100}, {1, 3, 300}};
    bx_len widths[COLUMNS];
    assert_true(bx_columns_fit(widths, one_label, COLUMNS, needs, 3, BX_LABELS_PAY));
    check_widths(widths, 100, 100, 100, 100);
}

static void test_columns_fit__labels_pay_down_to_their_least(void **state)
{
    (void)state;
    struct bx_col_need need = {2, 1, 140};
    bx_len widths[COLUMNS];
    assert_true(bx_columns_fit(widths, one_label, COLUMNS, &need, 1, BX_LABELS_PAY));
    check_widths(widths, 60, 100, 140, 100);
    need.width = 141;
    assert_false(bx_columns_fit(widths, one_label, COLUMNS, &need, 1, BX_LABELS_PAY));
}

static void test_columns_fit__figure_columns_pay_after_labels(void **state)
{
    (void)state;
    const struct bx_col_need needs[] = {{1, 1, 90}, {2, 1, 160}, {3, 1, 90}};
    bx_len widths[COLUMNS];
    assert_true(bx_columns_fit(widths, one_label, COLUMNS, needs, 3, BX_ALL_PAY));
    check_widths(widths, 60, 90, 160, 90);
    const struct bx_col_need more[] = {{1, 1, 90}, {2, 1, 161}, {3, 1, 90}};
    assert_false(bx_columns_fit(widths, one_label, COLUMNS, more, 3, BX_ALL_PAY));
}

static void test_columns_fit__a_span_is_held_by_its_columns_together(void **state)
{
    (void)state;
    const struct bx_col_need needs[] = {{1, 2, 231}};
    bx_len widths[COLUMNS];
    assert_true(bx_columns_fit(widths, one_label, COLUMNS, needs, 1, BX_LABELS_PAY));
    check_widths(widths, 69, 115, 116, 100);
}

/* Each column's floor is more than its natural width in one case and less in the other: together
 * they must still hold the span when all pay. */
static void test_columns_fit__a_span_holds_when_all_pay(void **state)
{
    (void)state;
    const struct bx_col_range cols[] = {
        {.natural = 50, .is_figure = true},
        {.natural = 20, .is_figure = true},
        {.natural = 30, .is_figure = true},
    };
    const struct bx_col_need needs[] = {{0, 2, 70}, {2, 1, 30}};
    bx_len widths[3];
    assert_true(bx_columns_fit(widths, cols, 3, needs, 2, BX_ALL_PAY));
    assert_true(widths[0] + widths[1] >= 70);
    assert_int_equal(widths[0] + widths[1] + widths[2], 100);
}

/* Label columns widen equally where no figure column can; figures pay where that is allowed. */
static void test_columns_fit__a_span_of_labels_widens_them_all(void **state)
{
    (void)state;
    const struct bx_col_range cols[] = {
        {.natural = 100, .least = 20},
        {.natural = 100, .least = 20},
        {.natural = 100, .is_figure = true},
    };
    const struct bx_col_need need = {0, 2, 251};
    bx_len widths[3];
    assert_true(bx_columns_fit(widths, cols, 3, &need, 1, BX_ALL_PAY));
    assert_int_equal(widths[0], 125);
    assert_int_equal(widths[1], 126);
    assert_int_equal(widths[2], 49);
    assert_false(bx_columns_fit(widths, cols, 3, &need, 1, BX_LABELS_PAY));
}

static void test_columns_fit__a_span_of_all_columns_has_the_tables_width(void **state)
{
    (void)state;
    for (int payer = BX_LABELS_PAY; payer <= BX_ALL_PAY; payer++) {
        struct bx_col_need need = {0, COLUMNS, 400};
        bx_len widths[COLUMNS];
        assert_true(
            bx_columns_fit(widths, one_label, COLUMNS, &need, 1, (enum bx_col_payer)payer));
        check_widths(widths, 100, 100, 100, 100);
        need.width = 401;
        assert_false(
            bx_columns_fit(widths, one_label, COLUMNS, &need, 1, (enum bx_col_payer)payer));
    }
}

/* The span of 70 needs 35: its columns may go down to 25 and 10, half of each. 30 of these 35 go to
 * the column beside it, as 5 to 2. */
static void test_columns_fit__columns_of_a_span_give_in_proportion(void **state)
{
    (void)state;
    const struct bx_col_range cols[COLUMNS] = {
        {.natural = 30, .is_figure = true},
        {.natural = 50, .is_figure = true},
        {.natural = 20, .is_figure = true},
        {.natural = 30, .is_figure = true},
    };
    bx_len widths[COLUMNS];
    const struct bx_col_need needs[] = {{1, 2, 35}, {0, 1, 60}, {3, 1, 30}};
    assert_true(bx_columns_fit(widths, cols, COLUMNS, needs, 3, BX_ALL_PAY));
    check_widths(widths, 60, 29, 11, 30);
    const struct bx_col_need more[] = {{1, 2, 35}, {0, 1, 65}, {3, 1, 30}};
    assert_true(bx_columns_fit(widths, cols, COLUMNS, more, 3, BX_ALL_PAY));
    check_widths(widths, 65, 25, 10, 30);
    const struct bx_col_need most[] = {{1, 2, 35}, {0, 1, 66}, {3, 1, 30}};
    assert_false(bx_columns_fit(widths, cols, COLUMNS, most, 3, BX_ALL_PAY));
}

static void test_columns_fit__the_sum_never_changes(void **state)
{
    (void)state;
    for (bx_len width = 1; width < 420; width += 7)
        for (int payer = BX_LABELS_PAY; payer <= BX_ALL_PAY; payer++) {
            const struct bx_col_need needs[] = {{1, 1, width}, {2, 2, width / 2 + 100}};
            bx_len widths[COLUMNS];
            if (!bx_columns_fit(widths, one_label, COLUMNS, needs, 2, (enum bx_col_payer)payer))
                continue;
            assert_int_equal(widths[0] + widths[1] + widths[2] + widths[3], 400);
            assert_true(widths[0] >= 60);
            assert_true(widths[1] >= width);
            assert_true(widths[2] + widths[3] >= width / 2 + 100);
        }
}

static void test_columns_deal__gives_out_all_of_it(void **state)
{
    (void)state;
    const bx_len weights[] = {1, 1, 1}, none[] = {0, 0, 0};
    bx_len widths[] = {10, 20, 30};
    bx_columns_deal(widths, weights, 3, 100);
    assert_int_equal(widths[0], 43);
    assert_int_equal(widths[1], 53);
    assert_int_equal(widths[2], 64);
    bx_columns_deal(widths, none, 3, 3);
    assert_int_equal(widths[0], 44);
    assert_int_equal(widths[2], 65);
}

static void test_rows_fit__single_rows_come_before_spans(void **state)
{
    (void)state;
    bx_len heights[] = {10, 10, 10};
    struct bx_row_need needs[] = {{0, 3, 50}, {1, 1, 25}};
    bx_rows_fit(heights, 3, needs, 2);
    assert_int_equal(heights[0], 10);
    assert_int_equal(heights[1], 25);
    assert_int_equal(heights[2], 15);
}

/* The inner span ends in row 1 and grows it; the outer one counts that and lacks nothing. */
static void test_rows_fit__a_span_that_ends_early_is_settled_first(void **state)
{
    (void)state;
    bx_len heights[] = {10, 10, 10};
    struct bx_row_need needs[] = {{0, 3, 45}, {0, 2, 35}};
    bx_rows_fit(heights, 3, needs, 2);
    assert_int_equal(heights[0], 10);
    assert_int_equal(heights[1], 25);
    assert_int_equal(heights[2], 10);
}

/* Both end in the last row: whichever is first, that row holds both. */
static void test_rows_fit__spans_that_end_together_ask_for_the_same_row(void **state)
{
    (void)state;
    for (int first = 0; first < 2; first++) {
        bx_len heights[] = {10, 20, 10, 7};
        struct bx_row_need needs[2];
        needs[first] = (struct bx_row_need){0, 3, 60};
        needs[1 - first] = (struct bx_row_need){1, 2, 45};
        bx_rows_fit(heights, 4, needs, 2);
        assert_int_equal(heights[0], 10);
        assert_int_equal(heights[1], 20);
        assert_int_equal(heights[2], 30);
        assert_int_equal(heights[3], 7);
    }
}

static void test_rows_fit__what_is_held_changes_nothing(void **state)
{
    (void)state;
    bx_len heights[] = {10, 20};
    struct bx_row_need needs[] = {{0, 2, 30}, {0, 1, 10}, {1, 1, 5}};
    bx_rows_fit(heights, 2, needs, 3);
    assert_int_equal(heights[0], 10);
    assert_int_equal(heights[1], 20);
}

int run_table_numbers(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_fit__small_figures_leave_the_form_alone),
        cmocka_unit_test(test_columns_fit__labels_pay_down_to_their_least),
        cmocka_unit_test(test_columns_fit__figure_columns_pay_after_labels),
        cmocka_unit_test(test_columns_fit__a_span_is_held_by_its_columns_together),
        cmocka_unit_test(test_columns_fit__a_span_holds_when_all_pay),
        cmocka_unit_test(test_columns_fit__a_span_of_labels_widens_them_all),
        cmocka_unit_test(test_columns_fit__a_span_of_all_columns_has_the_tables_width),
        cmocka_unit_test(test_columns_fit__columns_of_a_span_give_in_proportion),
        cmocka_unit_test(test_rows_fit__spans_that_end_together_ask_for_the_same_row),
        cmocka_unit_test(test_rows_fit__what_is_held_changes_nothing),
        cmocka_unit_test(test_columns_fit__the_sum_never_changes),
        cmocka_unit_test(test_columns_deal__gives_out_all_of_it),
        cmocka_unit_test(test_rows_fit__single_rows_come_before_spans),
        cmocka_unit_test(test_rows_fit__a_span_that_ends_early_is_settled_first),
    };
    return cmocka_run_group_tests_name("table_numbers", tests, NULL, NULL);
}

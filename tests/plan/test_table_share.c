/* How label columns share their width: layout.md 4a. Labels are of ideographs alone, so that what a
 * column holds is told by its whole ems. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plan/table_work.h"
#include "tables.h"

int run_table_share(void);

enum {
    EM_SIZE = 10 * BX_PT,
    PITCH = 12 * BX_PT,
    PAD_V = 4 * BX_PT,
    MOST_COLS = 8,
    MOST_ROWS = 12,
};

/* A grid of labels, each of so many ideographs. */
struct grid {
    struct bx_table_work work;
    struct bx_cell_work cells[MOST_COLS * MOST_ROWS];
    struct bx_col_range ranges[MOST_COLS];
    bx_len row_least[MOST_ROWS];
};

static void add_label(struct tables *t, struct grid *g, int row, int col, int count)
{
    const char *text = "";
    for (int i = 0; i < count; i++)
        text = bx_arena_printf(&t->setting.arena, "%s国", text);
    struct bx_piece *piece = BX_NEW(&t->setting.arena, struct bx_piece);
    *piece = (struct bx_piece){
        .text = text,
        .len = (int)strlen(text),
        .role = bx_fontset_find_role(t->setting.fonts, "songti"),
        .size = EM_SIZE,
        .where = "/label",
    };
    struct bx_cell_work *cell = &g->cells[g->work.cell_count++];
    *cell = (struct bx_cell_work){
        .row = row,
        .col = col,
        .rowspan = 1,
        .colspan = 1,
        .pieces = piece,
        .piece_count = count > 0,
        .em = EM_SIZE,
        .pad_h = BX_PT,
    };
    assert_true(bx_cell_measure(&g->work, cell, &t->err));
}

/* counts: by row, then column. */
static void init_grid(struct tables *t, struct grid *g, int rows, int cols, const int *counts)
{
    *g = (struct grid){.work = {
                           .context = &t->setting.context,
                           .rules = &t->style.lines,
                           .line_em1000 = 1200,
                           .pad_v = PAD_V,
                           .clear_v = BX_PT,
                           .row_count = rows,
                           .col_count = cols,
                       }};
    g->work.cells = g->cells;
    g->work.row_least = g->row_least;
    for (int row = 0; row < rows; row++) {
        g->row_least[row] = EM_SIZE + 2 * PAD_V;
        for (int col = 0; col < cols; col++)
            add_label(t, g, row, col, counts[row * cols + col]);
    }
}

struct merit {
    int lone;
    bx_len height;
};

static struct merit measure(struct tables *t, struct grid *g, const bx_len *widths)
{
    bx_len heights[MOST_ROWS];
    struct merit merit = {0};
    assert_true(bx_grid_measure(heights, &merit.lone, &g->work, widths, false, &t->err));
    for (int row = 0; row < g->work.row_count; row++)
        merit.height += heights[row];
    return merit;
}

static bool is_less(struct merit a, struct merit b)
{
    return a.lone != b.lone ? a.lone < b.lone : a.height < b.height;
}

/* The width of a column that holds so many half ems. */
static bx_len wide(int halves)
{
    return halves * EM_SIZE / 2 + 2 * BX_PT;
}

static bool is_allowed(const struct bx_col_range *range, bx_len width, bx_len base)
{
    return width >= range->least && width > 0 &&
           (range->most == 0 || width <= range->most || width <= base);
}

/* No other share in steps of half an em is better by the labels that end in one Han, or by the
 * height, or, where both are the same, nearer to the widths given. What has labels of more than
 * four lines may have width from the figures and is left out. */
static void check_two(struct tables *t, struct grid *g, const bx_len *base)
{
    bx_len widths[] = {base[0], base[1]}, total = base[0] + base[1];
    assert_true(bx_columns_share(widths, &g->work, g->ranges, &t->err));
    assert_int_equal(widths[0] + widths[1], total);
    for (int col = 0; col < 2; col++)
        assert_true(is_allowed(&g->ranges[col], widths[col], base[col]));
    struct merit own = measure(t, g, widths), best = own;
    bx_len distance = abs(widths[0] - base[0]), nearest = distance;
    for (int halves = 1; wide(halves) < total; halves++) {
        bx_len other[] = {wide(halves), total - wide(halves)};
        if (!is_allowed(&g->ranges[0], other[0], base[0]) ||
            !is_allowed(&g->ranges[1], other[1], base[1]))
            continue;
        struct merit merit = measure(t, g, other);
        bx_len own_distance = abs(other[0] - base[0]);
        if (is_less(merit, best) || (!is_less(best, merit) && own_distance < nearest)) {
            best = merit;
            nearest = own_distance;
        }
    }
    if (best.height > g->work.row_count * (EM_SIZE + 2 * PAD_V) + 3 * PITCH)
        return;
    if (is_less(best, own) || nearest < distance)
        fail_msg("share %d + %d of %d: %d lone, %d high, %d off; another %d, %d, %d", widths[0],
                 widths[1], total, own.lone, own.height, distance, best.lone, best.height,
                 nearest);
    if (!is_less(measure(t, g, base), own) && !is_less(own, measure(t, g, base)))
        assert_int_equal(widths[0], base[0]);
}

static void test_share__no_other_share_is_better(void **state)
{
    struct tables *t = *state;
    for (int a = 2; a < 40; a += 4)
        for (int b = 3; b < 40; b += 6)
            for (int total = 16; total < 60; total += 10) {
                const int counts[] = {a, 3, 4, b};
                const bx_len base[] = {wide(total / 2), wide(total - total / 2)};
                struct grid g;
                init_grid(t, &g, 2, 2, counts);
                for (int least = 0; least < 8; least += 7)
                    for (int most = 0; most < 3; most++) {
                        g.ranges[0].least = g.ranges[1].least = least > 0 ? wide(least) : 0;
                        /* the width of two lines, or of one */
                        g.ranges[0].most = most > 0 ? wide((a + most - 1) / most * 2) : 0;
                        check_two(t, &g, base);
                    }
            }
}

/* So many labels that not all of their widths are tried. */
static void test_share__of_long_tables(void **state)
{
    struct tables *t = *state;
    int counts[2 * MOST_ROWS];
    for (int i = 0; i < 2 * MOST_ROWS; i++)
        counts[i] = 5 + i * 11 % 61;
    struct grid g;
    init_grid(t, &g, MOST_ROWS, 2, counts);
    for (int total = 30; total < 60; total += 10) {
        const bx_len base[] = {wide(total / 2), wide(total - total / 2)};
        bx_len widths[] = {base[0], base[1]};
        assert_true(bx_columns_share(widths, &g.work, g.ranges, &t->err));
        assert_int_equal(widths[0] + widths[1], base[0] + base[1]);
        assert_false(is_less(measure(t, &g, base), measure(t, &g, widths)));
    }
}

/* The same with three columns, the given widths in any order. */
static void test_share__of_three_columns_too(void **state)
{
    struct tables *t = *state;
    static const int bases[][3] = {{4, 8, 12}, {12, 4, 8}, {8, 12, 4}, {8, 8, 8}, {10, 10, 4}};
    for (int a = 4; a < 16; a += 5)
        for (int b = 3; b < 30; b += 7)
            for (int c = 5; c < 20; c += 4)
                for (int k = 0; k < 5; k++) {
                    const int counts[] = {a, b, c};
                    struct grid g;
                    init_grid(t, &g, 1, 3, counts);
                    bx_len widths[3];
                    for (int col = 0; col < 3; col++)
                        widths[col] = wide(2 * bases[k][col]);
                    assert_true(bx_columns_share(widths, &g.work, g.ranges, &t->err));
                    assert_int_equal(widths[0] + widths[1] + widths[2],
                                     24 * EM_SIZE + 6 * BX_PT);
                    struct merit own = measure(t, &g, widths);
                    for (int i = 1; i < 23; i++)
                        for (int j = 1; i + j < 24; j++) {
                            bx_len other[] = {wide(2 * i), wide(2 * j), wide(2 * (24 - i - j))};
                            struct merit merit = measure(t, &g, other);
                            if (merit.height <= EM_SIZE + 2 * PAD_V + 3 * PITCH &&
                                is_less(merit, own))
                                fail_msg("%d %d %d: %d %d %d is better", a, b, c, i, j,
                                         24 - i - j);
                        }
                }
}

static void check_unshared(struct tables *t, struct grid *g, int cols)
{
    bx_len widths[MOST_COLS];
    for (int col = 0; col < cols; col++)
        widths[col] = wide(8);
    assert_true(bx_columns_share(widths, &g->work, g->ranges, &t->err));
    for (int col = 0; col < cols; col++)
        assert_int_equal(widths[col], wide(8));
}

/* A column alone has nobody to share with, figure columns do not share, and more than six are left
 * as they are. */
static void test_share__only_label_columns_and_not_too_many(void **state)
{
    struct tables *t = *state;
    static const int counts[] = {7, 4, 2, 2, 2, 2, 2, 2};
    struct grid g;
    init_grid(t, &g, 1, 1, counts);
    check_unshared(t, &g, 1);
    init_grid(t, &g, 1, 2, counts);
    g.ranges[1].is_figure = true;
    check_unshared(t, &g, 2);
    init_grid(t, &g, 1, 7, counts);
    check_unshared(t, &g, 7);
    for (int last = 1; last < 6; last += 4) { /* two, and six */
        init_grid(t, &g, 1, 8, counts);
        for (int col = last + 1; col < 8; col++)
            g.ranges[col].is_figure = true;
        bx_len widths[MOST_COLS];
        for (int col = 0; col < 8; col++)
            widths[col] = wide(8) - (col == 7 ? BX_PT : 0);
        assert_true(bx_columns_share(widths, &g.work, g.ranges, &t->err));
        assert_true(widths[0] >= wide(14) || last == 1);
        for (int col = last + 1; col < 8; col++)
            assert_int_equal(widths[col], wide(8) - (col == 7 ? BX_PT : 0));
    }
}

/* Blanks, figures and labels over two columns ask for no width of one column, but stand in the
 * heights. */
static void test_share__a_label_over_two_columns_is_no_label_of_one(void **state)
{
    struct tables *t = *state;
    static const int counts[] = {6, 0, 0, 9};
    struct grid g;
    init_grid(t, &g, 2, 2, counts);
    const bx_len base[] = {wide(12), wide(12)};
    check_two(t, &g, base);
    g.cells[3].col = 0;
    g.cells[3].colspan = 2;
    check_two(t, &g, base);
    g.cells[0].is_figure = true;
    check_two(t, &g, base);
}

int run_table_share(void)
{
    const struct CMUnitTest tests[] = {
        TABLES_TEST(test_share__no_other_share_is_better),
        TABLES_TEST(test_share__of_long_tables),
        TABLES_TEST(test_share__of_three_columns_too),
        TABLES_TEST(test_share__only_label_columns_and_not_too_many),
        TABLES_TEST(test_share__a_label_over_two_columns_is_no_label_of_one),
    };
    return cmocka_run_group_tests_name("table_share", tests, NULL, NULL);
}

/* The heights of a grid at given widths, by hand: characters of 10 pt, lines 12 pt apart, 2 pt of padding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "plan/table_work.h"
#include "tables.h"

int run_table_grid(void);

enum {
    HAN = 10 * BX_PT,
    PAD_H = 2 * BX_PT + BX_PT / 2,
    ONE = 14 * BX_PT, /* the height of a row with one line, two, three */
    TWO = 26 * BX_PT,
    THREE = 38 * BX_PT,
    ROWS = 4,
    COLS = 3,
    CELLS_MOST = 12,
};

struct grid {
    struct bx_table_work work;
    struct bx_cell_work cells[CELLS_MOST];
    struct bx_piece pieces[CELLS_MOST];
    bx_len row_least[ROWS];
    bx_len widths[COLS]; /* two, four and two characters */
};

static void grid_init(struct grid *g, struct tables *t, bx_len row_least)
{
    *g = (struct grid){.widths = {25 * BX_PT, 45 * BX_PT, 25 * BX_PT}};
    for (int row = 0; row < ROWS; row++)
        g->row_least[row] = row_least;
    g->work = (struct bx_table_work){
        .context = &t->setting.context,
        .rules = &t->style.lines,
        .ink = t->ink,
        .line_em1000 = 1200,
        .pad_v = 2 * BX_PT,
        .clear_v = BX_PT,
        .cells = g->cells,
        .row_count = ROWS,
        .col_count = COLS,
        .row_least = g->row_least,
    };
}

static struct bx_cell_work *add(struct grid *g,
                                struct tables *t,
                                int row,
                                int col,
                                int rowspan,
                                int colspan,
                                const char *text)
{
    int i = g->work.cell_count++;
    assert_true(i < CELLS_MOST);
    g->pieces[i] = setting_piece(&t->setting, text);
    g->pieces[i].role = bx_fontset_find_role(t->setting.fonts, "songti");
    g->pieces[i].size = HAN;
    g->cells[i] = (struct bx_cell_work){
        .row = row,
        .col = col,
        .rowspan = rowspan,
        .colspan = colspan,
        .pieces = &g->pieces[i],
        .piece_count = 1,
        .em = HAN,
        .pad_h = PAD_H,
    };
    assert_true(bx_cell_measure(&g->work, &g->cells[i], &t->err));
    return &g->cells[i];
}

static void
check_heights(struct grid *g, struct tables *t, bool by_bound, const bx_len *heights, int lone)
{
    bx_len found[ROWS];
    int found_lone = -1;
    assert_true(bx_grid_measure(found, &found_lone, &g->work, g->widths, by_bound, &t->err));
    for (int row = 0; row < ROWS; row++)
        assert_int_equal(found[row], heights[row]);
    assert_int_equal(found_lone, lone);
}

static void test_grid__a_row_is_as_high_as_its_highest_text(void **state)
{
    struct tables *t = *state;
    struct grid g;
    grid_init(&g, t, ONE - 1);
    add(&g, t, 0, 0, 1, 1, "政府");
    add(&g, t, 0, 1, 1, 1, "政府信息公开");
    add(&g, t, 1, 0, 1, 3, "政府信息公开");     /* 95 pt wide */
    add(&g, t, 1, 0, 1, 2, "政府信息公开年度"); /* 70 - 5 pt: six characters */
    add(&g, t, 2, 2, 1, 1, "政府信息公开");
    const bx_len heights[] = {TWO, TWO, THREE, ONE - 1};
    check_heights(&g, t, false, heights, 0);
    check_heights(&g, t, true, heights, 0);
}

/* A span lacks what it is higher than its rows: its last row gets that. */
static void test_grid__spans_raise_their_last_row(void **state)
{
    struct tables *t = *state;
    struct grid g;
    grid_init(&g, t, ONE);
    add(&g, t, 0, 0, 2, 1, "政府信息公开"); /* three lines: 38 of 28 pt */
    add(&g, t, 0, 1, 1, 1, "政府");
    add(&g, t, 2, 0, 2, 1, "政府信息"); /* two lines: 26 of 28 pt */
    add(&g, t, 3, 2, 1, 1, "政府");
    const bx_len heights[] = {ONE, THREE - ONE, ONE, ONE};
    check_heights(&g, t, false, heights, 0);
}

/* A last line of one Han is counted in labels; words over figures and strings are no sentences. */
static void test_grid__counts_labels_that_end_in_one_han(void **state)
{
    struct tables *t = *state;
    struct grid g;
    grid_init(&g, t, ONE);
    g.widths[0] = g.widths[2] = 15 * BX_PT; /* one character */
    add(&g, t, 0, 0, 1, 1, "自然");
    add(&g, t, 0, 1, 1, 1, "年度");
    add(&g, t, 1, 0, 1, 1, "自然")->is_word = true;
    add(&g, t, 1, 2, 1, 1, "自然")->is_figure = true;
    add(&g, t, 2, 0, 1, 1, "其他");
    const bx_len heights[] = {TWO, TWO, TWO, ONE};
    check_heights(&g, t, true, heights, 0);
    assert_int_equal(g.cells[0].try_count, 0); /* a bound sets no text */
    check_heights(&g, t, false, heights, 2);
}

/* All in units: em 64, so half an em is 32 and 1/32 em 2. */
static void test_grid__padding_clears_ink_that_stays_in_its_box(void **state)
{
    (void)state;
    static const struct {
        bx_len reach[2], pad_v, expected; /* clear_v is 100 */
    } cases[] = {
        {{30, 30}, 40, 98},  {{30, 32}, 40, 100},
        {{32, 30}, 40, 100}, {{34, 0}, 40, 102}, /* 1/32 em out of the box */
        {{35, 0}, 40, 40}, /* a slash or bracket gets padding of its own */
        {{0, 0}, 40, 40},  /* a blank has no ink */
        {{30, 30}, 99, 99},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct bx_cell_work cells[2] = {{.em = 64, .reach = cases[i].reach[0]},
                                        {.em = 64, .reach = cases[i].reach[1]}};
        struct bx_table_work work = {
            .cells = cells, .cell_count = 2, .clear_v = 100, .pad_v = cases[i].pad_v};
        bx_grid_clear_rules(&work);
        assert_int_equal(work.pad_v, cases[i].expected);
    }
}

int run_table_grid(void)
{
    const struct CMUnitTest tests[] = {
        TABLES_TEST(test_grid__a_row_is_as_high_as_its_highest_text),
        TABLES_TEST(test_grid__spans_raise_their_last_row),
        TABLES_TEST(test_grid__counts_labels_that_end_in_one_han),
        cmocka_unit_test(test_grid__padding_clears_ink_that_stays_in_its_box),
    };
    return cmocka_run_group_tests_name("table_grid", tests, NULL, NULL);
}

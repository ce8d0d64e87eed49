#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "plan/table_work.h"
#include "tables.h"

int run_table_cut(void);

enum {
    PAGE = 300 * BX_PT
};

static bx_len rows_height(const struct bx_table *table, int from, int to)
{
    bx_len height = 0;
    for (int row = from; row < to; row++)
        height += table->rows[row].height;
    return height;
}

static const char *repeat(struct tables *t, const char *text, int count)
{
    const char *all = "";
    for (int i = 0; i < count; i++)
        all = bx_arena_printf(t->setting.context.arena, "%s%s", all, text);
    return all;
}

/* Sliced for a page of 300 pt; the first column takes a tenth. */
static struct bx_table set_sliced(struct tables *t, struct bx_plain_table *plain)
{
    struct bx_text_style text = {
        .role = "songti", .size = 10 * BX_PT, .pitch = 10 * BX_PT, .align = BX_ALIGN_LEFT};
    plain->widths_1000[0] = 100;
    struct bx_table table;
    if (!bx_table_build_plain(&table, &t->setting.context, plain, &t->style, &text, t->ink,
                              t->width, &t->structure, t->table, &t->err))
        fail_msg("%s", t->err.what);
    bx_table_slice(&table, PAGE, t->setting.context.arena);
    tables_check(t, &table);
    return table;
}

/* In every part that a page could show of it, a text has its padding above and below. */
static void assert_parts_hold_their_lines(const struct bx_table *table,
                                          const struct bx_table_cell *cell)
{
    int end = cell->row + cell->rowspan, last = cell->para.line_count - 1;
    for (int from = cell->row; from < end; from++)
        for (int to = from + 1; to <= end; to++) {
            int count = 0;
            for (int i = 0; i <= last; i++)
                count += cell->line_rows[i] >= from && cell->line_rows[i] < to;
            if (count == 0 || (from == cell->row && to == end))
                continue;
            bx_len room = rows_height(table, from, to);
            room += from > cell->row ? table->rows[from].cut_above : 0;
            room += to < end ? table->rows[to - 1].cut_below : 0;
            assert_true(2 * cell->first_centre + (count - 1) * cell->line_pitch <= room);
        }
}

static void test_slice__leaves_rows_that_fit_half_a_page(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_sliced(t, tables_plain(t, "甲|乙\n一|二\n三|四", 1));
    assert_int_equal(table.row_count, 3);
    for (int row = 0; row < 3; row++)
        assert_false(table.rows[row].goes_on || table.rows[row].may_split);
}

static void test_slice__gives_a_long_row_a_row_for_each_line(void **state)
{
    struct tables *t = *state;
    const char *text = bx_arena_printf(t->setting.context.arena, "甲|乙\n一|%s\n三|四",
                                       repeat(t, "全年共收到申请并且全部按期办结，", 120));
    struct bx_table table = set_sliced(t, tables_plain(t, text, 1));
    const struct bx_table_cell *longest = &table.cells[0];
    for (int i = 0; i < table.cell_count; i++)
        if (table.cells[i].para.line_count > longest->para.line_count)
            longest = &table.cells[i];
    assert_int_equal(table.row_count, 2 + longest->para.line_count);
    assert_int_equal(longest->rowspan, longest->para.line_count);
    for (int i = 0; i < longest->para.line_count; i++) {
        assert_int_equal(longest->line_rows[i], longest->row + i);
        assert_true(table.rows[longest->row + i].goes_on == (i > 0));
        assert_true(table.rows[longest->row + i].may_split);
    }
    assert_false(table.rows[table.row_count - 1].goes_on);
    assert_parts_hold_their_lines(&table, longest);
}

static void test_slice__cuts_a_row_over_half_a_page_only_against_its_will(void **state)
{
    struct tables *t = *state;
    const char *text = bx_arena_printf(t->setting.context.arena, "一|%s",
                                       repeat(t, "全年共收到申请并且全部按期办结，", 35));
    struct bx_table table = set_sliced(t, tables_plain(t, text, 0));
    assert_true(table.row_count > 1);
    assert_in_range(rows_height(&table, 0, table.row_count), PAGE / 2, PAGE);
    for (int row = 0; row < table.row_count; row++)
        assert_false(table.rows[row].may_split);
}

/* A span whose lines do not meet the rows beside it at their edges. */
static void test_slice__a_span_goes_on_where_its_rows_are_cut(void **state)
{
    struct tables *t = *state;
    struct bx_arena *arena = t->setting.context.arena;
    const char *text = bx_arena_printf(arena, "%s|二\n|四\n|%s", repeat(t, "全年共收到", 30),
                                       repeat(t, "申请并且全部按期办结，", 200));
    struct bx_plain_table *plain = tables_plain(t, text, 0);
    int kept = 0;
    for (int i = 0; i < plain->cell_count; i++)
        if (plain->cells[i].col > 0 || plain->cells[i].row == 0)
            plain->cells[kept++] = plain->cells[i];
    plain->cell_count = kept;
    plain->cells[0].rowspan = 3;
    struct bx_table table = set_sliced(t, plain);
    for (int i = 0; i < table.cell_count; i++)
        if (table.cells[i].line_rows)
            assert_parts_hold_their_lines(&table, &table.cells[i]);
    assert_non_null(table.cells[0].line_rows);
    assert_true(table.cells[0].para.line_count > 10);
}

static void test_repeats_head__not_one_that_takes_half_a_page(void **state)
{
    struct tables *t = *state;
    struct bx_table table = set_sliced(t, tables_plain(t, "甲|乙\n一|二", 1));
    bx_len head = table.rows[0].height;
    assert_true(bx_table_repeats_head(&table, 2 * head));
    assert_false(bx_table_repeats_head(&table, 2 * head - 2));
}

/* --- labels beside rows of ten points, in a table of eight --- */

enum {
    ROWS = 8,
    ROW = 10 * BX_PT,
    CLEAR = 2 * BX_PT,
};

struct labelled {
    struct bx_table table;
    struct bx_table_row rows[ROWS];
    struct bx_table_cell cell;
};

/* One label that needs so many rows beside it, from a row on. */
static void init_labelled(struct labelled *l, int row, int rowspan, bx_len need, bool repeats)
{
    *l = (struct labelled){0};
    for (int i = 0; i < ROWS; i++)
        l->rows[i].height = ROW;
    l->cell = (struct bx_table_cell){.row = row,
                                     .rowspan = rowspan,
                                     .colspan = 1,
                                     .height = need - 2 * CLEAR,
                                     .repeats_label = repeats};
    l->cell.para.line_count = 1;
    l->table = (struct bx_table){.rows = l->rows,
                                 .row_count = ROWS,
                                 .cells = &l->cell,
                                 .cell_count = 1,
                                 .clear_v = CLEAR};
    bx_table_close_rows(&l->table);
}

static void assert_closed(const struct labelled *l, const char *expected)
{
    for (int row = 0; row < ROWS; row++)
        assert_int_equal(!bx_table_can_cut(&l->table, row), expected[row] == 'x');
}

static void test_close__a_label_has_room_in_the_first_part(void **state)
{
    (void)state;
    struct labelled l;
    init_labelled(&l, 1, 6, 3 * ROW, false);
    assert_closed(&l, "..xx....");
    init_labelled(&l, 1, 6, 3 * ROW + 1, false);
    assert_closed(&l, "..xxx...");
    init_labelled(&l, 1, 3, 5 * ROW, false); /* more than it has: as a whole */
    assert_closed(&l, "..xx....");
    l.cell.para.line_count = 0;
    l.rows[2].is_closed = l.rows[3].is_closed = false;
    bx_table_close_rows(&l.table);
    assert_closed(&l, "........");
}

static void test_close__a_label_that_is_set_again_has_room_in_the_last_part_too(void **state)
{
    (void)state;
    struct labelled l;
    init_labelled(&l, 1, 6, 2 * ROW, true);
    assert_closed(&l, "..x...x.");
    init_labelled(&l, 1, 6, 2 * ROW + 1, true);
    assert_closed(&l, "..xx.xx.");
}

static void test_part__a_label_set_again_has_room_between_two_cuts(void **state)
{
    (void)state;
    struct labelled l;
    init_labelled(&l, 0, ROWS - 1, 2 * ROW, true);
    assert_true(bx_table_part_has_room(&l.table, 2, 4));
    assert_false(bx_table_part_has_room(&l.table, 2, 3));
    assert_true(bx_table_part_has_room(&l.table, 0, 1)); /* the label starts there */
    assert_true(bx_table_part_has_room(&l.table, ROWS - 1, ROWS - 1)); /* and ends here */
    init_labelled(&l, 0, ROWS - 1, 2 * ROW + 1, true);
    assert_false(bx_table_part_has_room(&l.table, 2, 4));
    assert_true(bx_table_part_has_room(&l.table, 2, 5));
    init_labelled(&l, 0, ROWS - 1, 5 * ROW, false); /* stands in the first part only */
    assert_true(bx_table_part_has_room(&l.table, 5, 6));
}

/* Of two labels that follow each other neither goes through the part that holds both ends. */
static void test_part__not_for_labels_that_end_or_start_in_it(void **state)
{
    (void)state;
    struct labelled l;
    init_labelled(&l, 0, 4, 5 * ROW, true);
    struct bx_table_cell cells[] = {l.cell, l.cell};
    cells[1].row = 4;
    l.table.cells = cells;
    l.table.cell_count = 2;
    bx_table_close_rows(&l.table);
    assert_true(bx_table_part_has_room(&l.table, 3, 5));
    assert_true(bx_table_part_has_room(&l.table, 2, 4));
    assert_false(bx_table_part_has_room(&l.table, 2, 3));
    assert_false(bx_table_part_has_room(&l.table, 5, 6));
}

static int set_up(void **state)
{
    static struct tables t;
    tables_init(&t);
    *state = &t;
    return 0;
}

static int tear_down(void **state)
{
    tables_fini(*state);
    return 0;
}

int run_table_cut(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_close__a_label_has_room_in_the_first_part),
        cmocka_unit_test(test_close__a_label_that_is_set_again_has_room_in_the_last_part_too),
        cmocka_unit_test(test_part__a_label_set_again_has_room_between_two_cuts),
        cmocka_unit_test(test_part__not_for_labels_that_end_or_start_in_it),
        cmocka_unit_test_setup_teardown(test_slice__leaves_rows_that_fit_half_a_page, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_slice__gives_a_long_row_a_row_for_each_line,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_slice__cuts_a_row_over_half_a_page_only_against_its_will, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_slice__a_span_goes_on_where_its_rows_are_cut,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repeats_head__not_one_that_takes_half_a_page,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests_name("table_cut", tests, NULL, NULL);
}

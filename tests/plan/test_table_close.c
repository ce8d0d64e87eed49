/* Where labels beside several rows let a table be cut: rows of ten points, in a table of eight. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "plan/table_work.h"

int run_table_close(void);

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

/* Rows of different heights count with their own; the row that a label starts in can always be cut
 * above, and only those below it inside the span cut the label. */
static void test_close__rows_count_with_their_own_heights(void **state)
{
    (void)state;
    struct labelled l;
    init_labelled(&l, 1, 6, 20 * ROW, true); /* more than all rows hold */
    assert_closed(&l, "..xxxxx.");
    for (int row = 0; row < ROWS; row++) {
        assert_int_equal(l.rows[row].cuts_label, row > 1 && row < 7);
        l.rows[row].height = (row + 1) * BX_PT;
        l.rows[row].is_closed = false;
    }
    /* Rows of 2, 3, 4, 5, 6, 7: two hold 5 from above, one holds 5 from below. */
    l.cell.height = 5 * BX_PT - 2 * CLEAR;
    bx_table_close_rows(&l.table);
    assert_closed(&l, "..x.....");
    l.cell.height++;
    bx_table_close_rows(&l.table);
    assert_closed(&l, "..xx....");
    l.cell.height = 8 * BX_PT - 2 * CLEAR;
    bx_table_close_rows(&l.table);
    assert_closed(&l, "..xx..x.");
}

/* Beside a label that goes through, labels that start or end at a cut have all their room. */
static void test_part__labels_beside_one_another(void **state)
{
    (void)state;
    struct labelled l;
    init_labelled(&l, 0, ROWS, ROW, true);
    struct bx_table_cell cells[] = {l.cell, l.cell, l.cell};
    cells[1].row = 2; /* starts with the part */
    cells[1].rowspan = 5;
    cells[1].height = 4 * ROW;
    cells[2].row = 1; /* ends with it */
    cells[2].rowspan = 3;
    cells[2].height = 4 * ROW;
    l.table.cells = cells;
    l.table.cell_count = 3;
    assert_true(bx_table_part_has_room(&l.table, 2, 4));
    cells[2].rowspan++;
    assert_false(bx_table_part_has_room(&l.table, 2, 4));
    cells[2].rowspan--;
    cells[1].row--;
    assert_false(bx_table_part_has_room(&l.table, 2, 4));
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

int run_table_close(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_close__a_label_has_room_in_the_first_part),
        cmocka_unit_test(test_close__a_label_that_is_set_again_has_room_in_the_last_part_too),
        cmocka_unit_test(test_close__rows_count_with_their_own_heights),
        cmocka_unit_test(test_part__labels_beside_one_another),
        cmocka_unit_test(test_part__a_label_set_again_has_room_between_two_cuts),
        cmocka_unit_test(test_part__not_for_labels_that_end_or_start_in_it),
    };
    return cmocka_run_group_tests_name("table_close", tests, NULL, NULL);
}

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

enum {
    EM_SIZE = 10 * BX_PT, /* of every text here */
    PITCH = 12 * BX_PT,
    PAD = 2662,
};

/* The height of a row with so many lines: the padding above and below, and their em boxes. */
static bx_len lines_height(int lines)
{
    return 2 * PAD + EM_SIZE + (lines - 1) * PITCH;
}

static bx_len most_of(bx_len a, bx_len b)
{
    return a > b ? a : b;
}

/* What bx_table_slice() says of texts over several rows, told again for every edge of a row inside
 * one. A part that ends there holds the lines whose centres are above the edge; a part that starts
 * there has the next line where the first one stands in the whole. Each keeps to the rule that
 * closes its part the distance that the first line has to the top of the cell. */
static void check_flow(struct tables *t, const struct bx_table *table)
{
    struct bx_arena *arena = t->setting.context.arena;
    bx_len *below = BX_NEW_ARRAY(arena, bx_len, (size_t)table->row_count);
    bx_len *above = BX_NEW_ARRAY(arena, bx_len, (size_t)table->row_count);
    for (int k = 0; k < table->cell_count; k++) {
        const struct bx_table_cell *cell = &table->cells[k];
        int count = cell->para.line_count, end = cell->row + cell->rowspan;
        assert_int_equal(cell->line_rows != NULL, count > 0 && cell->rowspan > 1);
        if (!cell->line_rows)
            continue;
        assert_int_equal(cell->first_centre, table->pad_v + EM_SIZE / 2);
        for (int edge = cell->row + 1; edge < end; edge++) {
            bx_len y = rows_height(table, cell->row, edge);
            for (int i = 0; i < count; i++) {
                bx_len centre = cell->first_centre + i * cell->line_pitch;
                bool is_next = i == 0 || centre - cell->line_pitch < y;
                assert_int_equal(cell->line_rows[i] < edge, centre < y);
                if (centre < y)
                    below[edge - 1] = most_of(below[edge - 1], centre + cell->first_centre - y);
                else if (is_next)
                    above[edge] = most_of(above[edge], cell->first_centre - (centre - y));
            }
        }
        for (int i = 0; i < count; i++)
            assert_in_range(cell->line_rows[i], cell->row, end - 1);
    }
    for (int row = 0; row < table->row_count; row++) {
        assert_int_equal(table->rows[row].cut_below, below[row]);
        assert_int_equal(table->rows[row].cut_above, above[row]);
        assert_true(bx_table_can_cut(table, row));
    }
}

/* Sliced for a page; the first column takes a tenth. */
static struct bx_table set_for(struct tables *t, struct bx_plain_table *plain, bx_len page)
{
    struct bx_text_style text = {
        .role = "songti", .size = EM_SIZE, .pitch = EM_SIZE, .align = BX_ALIGN_LEFT};
    plain->widths_1000[0] = 100;
    struct bx_table table;
    if (!bx_table_build_plain(&table, &t->setting.context, plain, &t->style, &text, t->ink,
                              t->width, &t->structure, t->table, &t->err))
        fail_msg("%s", t->err.what);
    bx_table_slice(&table, page, t->setting.context.arena);
    tables_check(t, &table);
    check_flow(t, &table);
    return table;
}

static struct bx_table set_sliced(struct tables *t, struct bx_plain_table *plain)
{
    return set_for(t, plain, PAGE);
}

/* Puts so many lines of one character each into a cell. */
static void put_lines(struct tables *t, struct bx_plain_table *plain, int cell, int lines)
{
    struct bx_span *span = BX_NEW(t->setting.context.arena, struct bx_span);
    span->text = "一";
    for (int i = 1; i < lines; i++)
        span->text = bx_arena_printf(t->setting.context.arena, "%s\n一", span->text);
    plain->cells[cell].text.spans = span;
}

/* A plain table of two columns whose left cells have so many lines. */
static struct bx_plain_table *
make_lines(struct tables *t, int head_count, const int *lines, int row_count)
{
    const char *text = "一|一";
    for (int row = 1; row < row_count; row++)
        text = bx_arena_printf(t->setting.context.arena, "%s\n一|一", text);
    struct bx_plain_table *plain = tables_plain(t, text, head_count);
    for (int row = 0; row < row_count; row++)
        put_lines(t, plain, 2 * row, lines[row]);
    return plain;
}

/* The left cell of the first row spans all rows. */
static void span_first(struct bx_plain_table *plain)
{
    int kept = 0;
    for (int i = 0; i < plain->cell_count; i++)
        if (plain->cells[i].col > 0 || plain->cells[i].row == 0)
            plain->cells[kept++] = plain->cells[i];
    plain->cell_count = kept;
    plain->cells[0].rowspan = plain->row_count;
}

/* "Rows that are taller than half of what a page has under the head become one row for each line". */
static void test_slice__cuts_rows_over_half_of_what_a_page_has(void **state)
{
    struct tables *t = *state;
    const int lines[] = {1, 5};
    bx_len head = lines_height(1), row = lines_height(5);
    for (int head_count = 0; head_count < 2; head_count++) {
        bx_len page = 2 * row + (head_count > 0 ? head : 0);
        struct bx_table table = set_for(t, make_lines(t, head_count, lines, 2), page);
        assert_int_equal(table.row_count, 2);
        table = set_for(t, make_lines(t, head_count, lines, 2), page - 1);
        assert_int_equal(table.row_count, 6);
        assert_int_equal(table.rows[0].height, head);
        /* Each ends in the middle between two lines. */
        assert_int_equal(table.rows[1].height, PAD + EM_SIZE / 2 + PITCH / 2);
        for (int i = 2; i < 5; i++)
            assert_int_equal(table.rows[i].height, PITCH);
        assert_int_equal(table.rows[5].height, PITCH / 2 + EM_SIZE / 2 + PAD);
        for (int i = 0; i < 6; i++)
            assert_int_equal(table.rows[i].goes_on, i > 1);
        for (int i = 0; i < table.cell_count; i++)
            assert_int_equal(table.cells[i].rowspan, table.cells[i].row > 0 ? 5 : 1);
    }
}

/* TAB-02: the words above a repeated head are as high as their lines, with the tables' padding
 * between them and the rule below, and take that from what a page has under the head. */
static void test_slice__words_above_the_head_take_room(void **state)
{
    struct tables *t = *state;
    const int lines[] = {1, 5};
    t->style.continued = (struct bx_continued_style){
        .text = "续表", .role = "heiti", .size = 9 * BX_PT, .align = BX_ALIGN_RIGHT};
    bx_len words = 9 * BX_PT * 12 / 10 + PAD;
    bx_len page = 2 * lines_height(5) + lines_height(1) + words;
    struct bx_table table = set_for(t, make_lines(t, 1, lines, 2), page);
    assert_int_equal(table.row_count, 2);
    assert_int_equal(table.continued.height, words);
    assert_int_equal(table.continued.para.line_count, 1);
    assert_int_equal(table.continued.line_pitch, 9 * BX_PT * 12 / 10);
    assert_int_equal(table.continued.align, BX_ALIGN_RIGHT);
    assert_int_equal(bx_table_head_again(&table), lines_height(1) + words);
    const struct bx_run *run = &table.continued.para.lines[0].runs[0];
    assert_int_equal(run->size, 9 * BX_PT);
    assert_int_equal(run->glyphs[0].advance, 9 * BX_PT);
    assert_int_equal(run->element, BX_ARTIFACT_REPEAT);
    table = set_for(t, make_lines(t, 1, lines, 2), page - 1);
    assert_int_equal(table.row_count, 6);

    t->width = 60 * BX_PT; /* six characters of 9 pt a line */
    t->style.continued.text = "续表续表续表续表续表续表";
    table = set_for(t, make_lines(t, 1, lines, 1), PAGE);
    assert_int_equal(table.continued.height, words + table.continued.line_pitch);
}

static void test_slice__words_in_a_role_that_is_not_there_fail(void **state)
{
    struct tables *t = *state;
    t->style.continued =
        (struct bx_continued_style){.text = "续表", .role = "no", .size = BX_PT};
    struct bx_text_style text = {
        .role = "songti", .size = EM_SIZE, .pitch = EM_SIZE, .align = BX_ALIGN_LEFT};
    struct bx_table table;
    assert_false(bx_table_build_plain(&table, &t->setting.context, tables_plain(t, "一|一", 1),
                                      &t->style, &text, t->ink, t->width, &t->structure,
                                      t->table, &t->err));
    assert_int_equal(t->err.code, BX_E_LAYOUT);
}

/* "may_split is left to rows that no page holds". */
static void test_slice__rows_that_a_page_holds_are_not_split_at_will(void **state)
{
    struct tables *t = *state;
    for (int lines = 2; lines < 5; lines++) {
        bx_len row = lines_height(lines);
        struct bx_table table = set_for(t, make_lines(t, 0, &lines, 1), row);
        assert_int_equal(table.row_count, lines);
        assert_false(table.rows[0].may_split || table.rows[lines - 1].may_split);
        table = set_for(t, make_lines(t, 0, &lines, 1), row - 1);
        assert_int_equal(table.row_count, lines);
        assert_true(table.rows[0].may_split && table.rows[lines - 1].may_split);
    }
}

/* A head that takes more than half a page is not set again, and leaves all of a page to the rows;
 * it is never cut itself. */
static void test_slice__a_tall_head_leaves_the_whole_page(void **state)
{
    struct tables *t = *state;
    const int lines[] = {3, 3, 2};
    bx_len page = 2 * lines_height(3) - 1;
    struct bx_table table = set_for(t, make_lines(t, 1, lines, 3), page);
    assert_int_equal(table.row_count, 1 + 3 + 1);
    assert_int_equal(table.rows[0].height, lines_height(3));
    assert_int_equal(table.rows[4].height, lines_height(2));
}

/* Whichever of its texts is the longest. */
static void test_slice__a_row_is_cut_by_its_longest_text(void **state)
{
    struct tables *t = *state;
    for (int longest = 0; longest < 2; longest++) {
        struct bx_plain_table *plain = tables_plain(t, "一|一", 0);
        put_lines(t, plain, longest, 5);
        put_lines(t, plain, 1 - longest, 3);
        struct bx_table table = set_for(t, plain, lines_height(5));
        assert_int_equal(table.row_count, 5);
        assert_int_equal(table.cells[longest].line_rows[4], 4);
        assert_int_equal(table.cells[1 - longest].line_rows[2], 2);
        for (int row = 0; row < 4; row++) /* no line lacks anything between two of a row */
            assert_int_equal(table.rows[row].cut_below, PAD + EM_SIZE / 2 - PITCH / 2);
    }
}

/* Where a text from above is as long, the row's own lines decide. */
static void test_slice__by_the_text_that_starts_last_of_equal_ones(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "一|一\n一|一", 0);
    put_lines(t, plain, 0, 6);
    put_lines(t, plain, 3, 6);
    span_first(plain);
    struct bx_table table = set_for(t, plain, lines_height(6));
    assert_int_equal(table.row_count, 7);
    assert_int_equal(table.rows[1].height, PAD + EM_SIZE / 2 + PITCH / 2);
    assert_int_equal(table.rows[6].height, PAD + EM_SIZE / 2 + PITCH / 2);
}

/* A text that starts above: its lines go on at the top of the last row, without padding. */
static void test_slice__a_long_span_cuts_the_row_it_ends_in(void **state)
{
    struct tables *t = *state;
    for (int pad = 1; pad <= 16; pad++) {
        t->style.padding_v[0] = pad * BX_PT;
        struct bx_plain_table *plain = tables_plain(t, "一|一\n一|一", 0);
        put_lines(t, plain, 0, 12);
        span_first(plain);
        struct bx_table table = set_for(t, plain, lines_height(6));
        assert_int_equal(table.pad_v, pad * BX_PT < 2 * BX_PT ? table.pad_v : pad * BX_PT);
        bx_len row = 2 * table.pad_v + EM_SIZE, all = row + 11 * PITCH;
        assert_int_equal(table.rows[0].height, row);
        assert_int_equal(table.rows[1].height, EM_SIZE / 2 + PITCH / 2);
        assert_int_equal(table.rows[2].height, PITCH);
        assert_int_equal(rows_height(&table, 0, table.row_count), all);
        /* The last slice has half a line at least. */
        assert_in_range(table.rows[table.row_count - 1].height, PITCH / 2, PITCH * 3 / 2);
    }
}

/* Whatever rows stand above: what is left of the last line goes with it or is half of one at least. */
static void test_slice__the_last_slice_has_half_a_line(void **state)
{
    struct tables *t = *state;
    for (int pad = 1; pad <= 16; pad++) {
        t->style.padding_v[0] = pad * BX_PT;
        struct bx_plain_table *plain = tables_plain(t, "一|一\n一|一\n一|一", 0);
        put_lines(t, plain, 0, 12);
        span_first(plain);
        struct bx_table table = set_for(t, plain, lines_height(6));
        assert_true(table.row_count > 4);
        assert_in_range(table.rows[table.row_count - 1].height, PITCH / 2, PITCH * 3 / 2 - 1);
    }
}

/* Nothing is left for a second slice: a row of one line, half of a text of two. */
static void test_slice__a_row_of_one_line_stays_whole(void **state)
{
    struct tables *t = *state;
    struct bx_plain_table *plain = tables_plain(t, "一|一\n一|一", 0);
    put_lines(t, plain, 0, 2);
    span_first(plain);
    struct bx_table table = set_for(t, plain, lines_height(1));
    assert_int_equal(table.row_count, 2);
    assert_int_equal(table.rows[1].height, lines_height(1));
}

/* Short texts beside long ones flow as well, in one line or in many, and where rows are as high as
 * lines are apart a line on an edge goes with the row below. */
static void test_slice__every_text_over_several_rows_flows(void **state)
{
    struct tables *t = *state;
    for (int pitch = 1000; pitch <= 2000; pitch += 250)
        for (int lines = 1; lines < 12; lines++) {
            t->style.line_em1000 = pitch;
            t->style.padding_v[0] = EM_SIZE / 2;
            struct bx_plain_table *plain = tables_plain(t, "一|一\n一|一\n一|一\n一|一", 0);
            put_lines(t, plain, 0, lines);
            put_lines(t, plain, 5, 4);
            span_first(plain);
            set_for(t, plain, 80 * BX_PT);
            set_for(t, plain, PAGE);
        }
    struct bx_plain_table *plain = tables_plain(t, "一|一\n一|一", 0);
    t->style.line_em1000 = 1000;
    put_lines(t, plain, 0, 3);
    span_first(plain);
    struct bx_table table = set_for(t, plain, PAGE);
    assert_int_equal(table.rows[0].height, 2 * EM_SIZE);
    assert_int_equal(table.cells[0].line_rows[0], 0); /* centre at 1 em */
    assert_int_equal(table.cells[0].line_rows[1], 1); /* at 2 em */
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

int run_table_cut(void)
{
    const struct CMUnitTest tests[] = {
        TABLES_TEST(test_slice__words_above_the_head_take_room),
        TABLES_TEST(test_slice__words_in_a_role_that_is_not_there_fail),
        TABLES_TEST(test_slice__cuts_rows_over_half_of_what_a_page_has),
        TABLES_TEST(test_slice__rows_that_a_page_holds_are_not_split_at_will),
        TABLES_TEST(test_slice__a_tall_head_leaves_the_whole_page),
        TABLES_TEST(test_slice__a_row_is_cut_by_its_longest_text),
        TABLES_TEST(test_slice__by_the_text_that_starts_last_of_equal_ones),
        TABLES_TEST(test_slice__a_long_span_cuts_the_row_it_ends_in),
        TABLES_TEST(test_slice__the_last_slice_has_half_a_line),
        TABLES_TEST(test_slice__a_row_of_one_line_stays_whole),
        TABLES_TEST(test_slice__every_text_over_several_rows_flows),
        TABLES_TEST(test_slice__leaves_rows_that_fit_half_a_page),
        TABLES_TEST(test_slice__gives_a_long_row_a_row_for_each_line),
        TABLES_TEST(test_slice__cuts_a_row_over_half_a_page_only_against_its_will),
        TABLES_TEST(test_slice__a_span_goes_on_where_its_rows_are_cut),
        TABLES_TEST(test_repeats_head__not_one_that_takes_half_a_page),
    };
    return cmocka_run_group_tests_name("table_cut", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "plan/table_work.h"
#include "stack.h"

int run_choose(void);

static void assert_end(const struct stack *s, int page, int block, int index)
{
    struct bx_unit end = stack_end(s, page);
    assert_int_equal(end.block, block);
    assert_int_equal(end.index, index);
}

static void test_choose__fills_22_lines(void **state)
{
    (void)state;
    struct stack s;
    stack_init(&s);
    stack_lines(&s, 50);
    stack_choose(&s);
    assert_int_equal(s.page_count, 3);
    assert_end(&s, 0, 0, 22);
    assert_end(&s, 1, 0, 44);
    stack_fini(&s);
}

static void test_choose__no_widow(void **state)
{
    (void)state;
    struct stack s; /* PAR-04: of lines 21, 22, 23 the last two go over */
    stack_init(&s);
    stack_lines(&s, 20);
    stack_lines(&s, 3);
    stack_choose(&s);
    assert_int_equal(s.page_count, 2);
    assert_end(&s, 0, 1, 1);
    stack_fini(&s);
}

static void test_choose__orphans_as_the_style_says(void **state)
{
    (void)state;
    struct stack s;
    stack_init(&s);
    s.style.pages.orphans = 2;
    stack_lines(&s, 20);
    stack_lines(&s, 3);
    stack_choose(&s);
    assert_end(&s, 0, 1, 0);
    stack_fini(&s);
}

static void test_choose__heading_keeps_two_lines(void **state)
{
    (void)state;
    struct stack s; /* PAG-01: heading on line 21 with one line of text goes over */
    stack_init(&s);
    stack_lines(&s, 20);
    stack_heading(&s);
    stack_lines(&s, 5);
    stack_choose(&s);
    assert_end(&s, 0, 1, 0);
    stack_fini(&s);
}

static void test_choose__a_title_is_left_by_the_heading_never_parted(void **state)
{
    (void)state;
    struct stack s; /* title, heading and a row of 20 lines: more than a page */
    stack_init(&s);
    struct bx_plan_block *title = stack_lines(&s, 3);
    title->keep_next = title->keep_whole = title->is_title = true;
    stack_heading(&s);
    stack_table(&s, 0, (const int[]){1, 0}, 20 * PITCH);
    stack_choose(&s);
    assert_int_equal(s.page_count, 2);
    assert_end(&s, 0, 1, 0);
    stack_fini(&s);
}

static void test_choose__signature_takes_two_lines_along(void **state)
{
    (void)state;
    struct stack s; /* PAG-04 */
    stack_init(&s);
    stack_lines(&s, 21);
    struct bx_plan_block *signature = stack_lines(&s, 2);
    signature->kind = BX_PLAN_SIGNATURE;
    signature->keep_whole = true;
    signature->blank_before = 1;
    stack_choose(&s);
    assert_int_equal(s.page_count, 2);
    assert_end(&s, 0, 0, 19);
    stack_fini(&s);
}

static void test_choose__table_stays_whole_for_a_third_of_a_page(void **state)
{
    (void)state;
    for (int above = 14; above <= 16; above++) {
        struct stack s;
        stack_init(&s);
        stack_lines(&s, above);
        stack_heading(&s);
        stack_table(&s, 1, (const int[]){2, 2, 2, 2, 2, 2, 0}, PITCH);
        stack_choose(&s);
        assert_int_equal(s.page_count, 2);
        bool is_whole = stack_end(&s, 0).block == 1; /* the heading goes with it */
        assert_int_equal(is_whole, LINES - above <= s.style.pages.whole_blank_lines);
        stack_fini(&s);
    }
}

static void test_choose__table_is_cut_between_groups(void **state)
{
    (void)state;
    struct stack s; /* whole it would leave 12 lines blank */
    stack_init(&s);
    stack_lines(&s, 10);
    stack_heading(&s);
    stack_table(&s, 1, (const int[]){2, 3, 4, 3, 2, 0}, PITCH);
    stack_choose(&s);
    assert_int_equal(s.page_count, 2);
    struct bx_unit end = stack_end(&s, 0);
    assert_int_equal(end.block, 2);
    assert_true(end.index == 1 + 2 + 3 || end.index == 1 + 2 + 3 + 4);
    stack_fini(&s);
}

static void test_choose__group_taller_than_a_page_is_cut_between_rows(void **state)
{
    (void)state;
    struct stack s;
    stack_init(&s);
    stack_table(&s, 2, (const int[]){30, 0}, PITCH);
    stack_choose(&s);
    assert_int_equal(s.page_count, 2);
    assert_end(&s, 0, 0, 22);
    stack_fini(&s);
}

/* Rows of 5 lines, and two of 20 that fill a page alone; the label of 7 lines that stands beside
 * all of them is set again on each page, which a single row of 5 is too low for. */
static void test_choose__a_part_between_two_cuts_holds_its_label(void **state)
{
    (void)state;
    for (int lines = 4; lines <= 7; lines += 3) {
        struct stack s;
        stack_init(&s);
        struct bx_table *table =
            stack_table(&s, 0, (const int[]){1, 1, 1, 1, 1, 1, 1, 1, 0}, 5 * PITCH);
        const int tall[] = {3, 5};
        for (int i = 0; i < 2; i++)
            table->rows[tall[i]].height = 20 * PITCH;
        struct bx_table_cell label = {
            .rowspan = 8,
            .colspan = 1,
            .repeats_label = true,
            .para = {.lines = BX_NEW(&s.arena, struct bx_line), .line_count = 1},
            .height = lines * PITCH,
        };
        table->cells = &label;
        table->cell_count = 1;
        bx_table_close_rows(table);
        s.blocks[0].where = "/sections/overview/body/3";
        bx_units_build(&s.units, &s.plan, &s.arena);
        struct bx_err err = {0};
        bool is_set = bx_pages_choose(&s.choices, &s.page_count, &s.units, &s.arena, &err);
        assert_int_equal(is_set, lines == 4); /* row 4 stands alone between two pages */
        assert_int_equal(err.code, is_set ? 0 : BX_E_FIT);
        assert_string_equal(err.where, is_set ? "" : "/sections/overview/body/3");
        stack_fini(&s);
    }
}

/* Groups of 9, 9, 9, 2, 12 and 4 lines: the second page could be of one group, with the cut nearer to
 * the middle of the table. */
static void test_choose__a_part_between_two_cuts_is_of_two_groups(void **state)
{
    (void)state;
    struct stack s;
    stack_init(&s);
    stack_table(&s, 0, (const int[]){9, 9, 9, 2, 12, 4, 0}, PITCH);
    s.style.pages.cost_blank_line = 0;
    stack_choose(&s);
    assert_int_equal(s.page_count, 3);
    assert_end(&s, 0, 0, 18);
    assert_end(&s, 1, 0, 29);
    stack_fini(&s);
}

static void test_choose__head_is_counted_again(void **state)
{
    (void)state;
    struct stack s; /* 2 + 20 rows, then 2 + 20: the third page needs no head room only */
    stack_init(&s);
    int groups[61] = {0};
    for (int i = 0; i < 60; i++)
        groups[i] = 1;
    stack_table(&s, 2, groups, PITCH);
    s.blocks[0].is_statutory = false;
    stack_choose(&s);
    assert_int_equal(s.page_count, 3);
    assert_end(&s, 0, 0, 22);
    assert_end(&s, 1, 0, 42);
    stack_fini(&s);
}

/* TAB-02: what is said of a table that goes on takes room on each further page, none on the first. */
static void test_choose__words_above_a_further_part_take_room(void **state)
{
    (void)state;
    struct stack s;
    stack_init(&s);
    int groups[61] = {0};
    for (int i = 0; i < 60; i++)
        groups[i] = 1;
    struct bx_table *table = stack_table(&s, 2, groups, PITCH);
    table->continued.height = 2 * PITCH;
    s.blocks[0].is_statutory = false;
    stack_choose(&s);
    assert_int_equal(s.page_count, 4); /* 20 rows, 18, 18, 4 */
    assert_end(&s, 0, 0, 22);
    assert_end(&s, 1, 0, 40);
    assert_end(&s, 2, 0, 58);
    table->continued.height =
        10 * PITCH; /* more than half a page with the head: no head either */
    stack_choose(&s);
    assert_end(&s, 0, 0, 22);
    assert_end(&s, 1, 0, 44);
    stack_fini(&s);
}

static void test_choose__density_saves_a_page(void **state)
{
    (void)state;
    struct stack s; /* 12 + 1 + 15 rows: 28 lines; at 0.6 of the height 22 */
    stack_init(&s);
    stack_lines(&s, 12);
    stack_heading(&s);
    const int groups[] = {3, 3, 3, 3, 3, 0};
    struct bx_table *natural = stack_table(&s, 0, groups, PITCH);
    struct bx_plan_block *block = &s.blocks[s.plan.block_count - 1];
    struct bx_table *tables = BX_NEW_ARRAY(&s.arena, struct bx_table, 3);
    for (int d = 0; d < 3; d++) {
        tables[d] = *natural;
        tables[d].rows = BX_NEW_ARRAY(&s.arena, struct bx_table_row, 15);
        for (int i = 0; i < 15; i++) {
            tables[d].rows[i] = natural->rows[i];
            tables[d].rows[i].height = PITCH * (10 - 2 * d) / 10;
        }
    }
    block->tables = tables;
    block->table_count = 3;
    stack_choose(&s);
    assert_int_equal(s.page_count, 1);
    assert_int_equal(s.units.densities[2], 2);
    stack_fini(&s);
}

/* 2 lines and a table fill page 1. 14 lines and then a group of 20 rows leave 8 of page 2 blank, one
 * too many; the last row of the table would fill it, alone of its table (layout: whole or cut). */
static void test_choose__no_row_of_a_table_stands_alone_to_fill_a_page(void **state)
{
    (void)state;
    struct stack s;
    stack_init(&s);
    s.style.pages.cost_cut_table = s.style.pages.cost_unbalanced = 0; /* cheap otherwise */
    stack_lines(&s, 2);
    stack_table(&s, 0, (const int[]){19, 1, 0}, PITCH);
    stack_lines(&s, 14);
    stack_table(&s, 0, (const int[]){20, 0}, PITCH);
    stack_choose(&s);
    assert_int_equal(s.page_count, 3);
    assert_int_equal(stack_end(&s, 0).block, 2);
    assert_int_equal(stack_end(&s, 1).block, 3);
    stack_fini(&s);
}

static void test_choose__natural_density_when_nothing_is_saved(void **state)
{
    (void)state;
    struct stack s;
    stack_init(&s);
    stack_heading(&s);
    struct bx_table *natural = stack_table(&s, 0, (const int[]){3, 3, 0}, PITCH);
    struct bx_plan_block *block = &s.blocks[s.plan.block_count - 1];
    struct bx_table *tables = BX_NEW_ARRAY(&s.arena, struct bx_table, 2);
    tables[0] = tables[1] = *natural;
    block->tables = tables;
    block->table_count = 2;
    stack_choose(&s);
    assert_int_equal(s.units.densities[1], 0);
    stack_fini(&s);
}

/* --- the choice of densities against trying all of them --- */

enum {
    DENSITIES = 4,
    TRIALS = 300
};

/* Numbers that vary, the same in every run. */
static int vary(uint32_t *seed, int least, int most)
{
    *seed = *seed * 1664525u + 1013904223u;
    return least + (int)((*seed >> 16) % (uint32_t)(most - least + 1));
}

/* Gives the last block, a table, denser settings, each lower than the one before. */
static void make_densities(struct stack *s, uint32_t *seed)
{
    struct bx_plan_block *block = &s->blocks[s->plan.block_count - 1];
    const struct bx_table natural = block->tables[0];
    struct bx_table *tables = BX_NEW_ARRAY(&s->arena, struct bx_table, DENSITIES);
    bx_len height = natural.rows[0].height;
    for (int d = 0; d < DENSITIES; d++) {
        tables[d] = natural;
        tables[d].rows =
            BX_NEW_ARRAY(&s->arena, struct bx_table_row, (size_t)natural.row_count);
        for (int i = 0; i < natural.row_count; i++) {
            tables[d].rows[i] = natural.rows[i];
            tables[d].rows[i].height = height;
        }
        block->row_least = height;
        height -= vary(seed, 0, (int)height / 6);
    }
    block->tables = tables;
    block->table_count = DENSITIES;
}

static void make_report(struct stack *s, uint32_t seed)
{
    stack_init(s);
    s->style.pages.cost_dense_step = vary(&seed, 20, 600);
    for (int i = 0; i < 3; i++) {
        stack_lines(s, vary(&seed, 1, 40));
        stack_heading(s);
        const int groups[] = {vary(&seed, 1, 4), vary(&seed, 1, 4), vary(&seed, 1, 6),
                              vary(&seed, 1, 4), 0};
        stack_table(s, vary(&seed, 0, 3), groups, PITCH * vary(&seed, 6, 12) / 10);
        make_densities(s, &seed);
    }
    stack_lines(s, vary(&seed, 1, 20));
}

/* The cost of a report with each table at the one density given. */
static int64_t cost_at(uint32_t seed, const int *densities)
{
    struct stack s;
    make_report(&s, seed);
    int64_t cost = 0;
    for (int b = 0; b < s.plan.block_count; b++) {
        if (s.blocks[b].table_count <= 1)
            continue;
        s.blocks[b].tables += densities[b];
        s.blocks[b].table_count = 1;
        cost += (int64_t)densities[b] * s.style.pages.cost_dense_step;
    }
    stack_choose(&s);
    for (int i = 0; i < s.page_count; i++)
        cost += s.choices[i].cost;
    stack_fini(&s);
    return cost;
}

/* Gives a block the density that costs least, the first of equal ones; whether it had another. */
static bool
try_all_densities(const struct stack *s, uint32_t seed, int *due, int block, int64_t *least)
{
    int had = due[block], best = had;
    for (int d = 0; d < s->blocks[block].table_count; d++) {
        due[block] = d;
        int64_t cost = cost_at(seed, due);
        if (cost < *least) {
            *least = cost;
            best = d;
        }
    }
    due[block] = best;
    return best != had;
}

/* Settings that are not tried, because no page could be saved by them, would not have been
 * chosen. */
static void test_choose__densities_as_if_all_were_tried(void **state)
{
    (void)state;
    int denser = 0;
    for (uint32_t seed = 1; seed <= TRIALS; seed++) {
        struct stack s;
        make_report(&s, seed);
        int due[64] = {0};
        int64_t least = cost_at(seed, due);
        for (bool is_changed = true; is_changed;) {
            is_changed = false;
            for (int b = 0; b < s.plan.block_count; b++)
                is_changed = try_all_densities(&s, seed, due, b, &least) || is_changed;
        }
        for (int b = 0; b < s.plan.block_count; b++)
            denser += due[b] > 0;
        stack_choose(&s);
        for (int b = 0; b < s.plan.block_count; b++)
            assert_int_equal(s.units.densities[b], due[b]);
        stack_fini(&s);
    }
    assert_in_range(denser, TRIALS / 10, 2 * TRIALS); /* neither never nor always */
}

static void test_choose__a_row_taller_than_the_page_is_told(void **state)
{
    (void)state;
    struct stack s;
    stack_init(&s);
    stack_lines(&s, 3);
    stack_table(&s, 0, (const int[]){1, 0}, 23 * PITCH);
    s.blocks[1].where = "/sections/overview/body/3";
    struct bx_err err = {0};
    bx_units_build(&s.units, &s.plan, &s.arena);
    assert_false(bx_pages_choose(&s.choices, &s.page_count, &s.units, &s.arena, &err));
    assert_int_equal(err.code, BX_E_FIT);
    assert_string_equal(err.where, "/sections/overview/body/3");
    stack_fini(&s);
}

static void test_fill__text_after_a_table_is_on_the_grid(void **state)
{
    (void)state;
    struct stack s; /* GRD-04 */
    stack_init(&s);
    stack_lines(&s, 1);
    stack_table(&s, 0, (const int[]){1, 0}, PITCH / 3);
    stack_lines(&s, 1);
    bx_units_build(&s.units, &s.plan, &s.arena);
    struct bx_fill fill;
    struct bx_spot spot;
    bx_fill_start(&fill, &s.units);
    assert_true(bx_fill_add(&fill, 0, &spot));
    assert_int_equal(spot.y, PITCH / 2);
    assert_true(bx_fill_add(&fill, 1, &spot));
    assert_int_equal(spot.y, PITCH);
    assert_true(bx_fill_add(&fill, 2, &spot));
    assert_int_equal(spot.y, 2 * PITCH + PITCH / 2);
    stack_fini(&s);
}

static void test_fill__edges_put_the_first_em_box_at_the_top(void **state)
{
    (void)state;
    struct stack s; /* GRD-02: line 1 starts at the edge, line 22 ends at the other */
    stack_init(&s);
    s.style.grid_fit = BX_FIT_EDGES;
    s.style.texts[BX_TEXT_BODY].size = 6000;
    s.style.type_area.h = 21 * PITCH + 6000;
    stack_lines(&s, 22);
    bx_units_build(&s.units, &s.plan, &s.arena);
    struct bx_fill fill;
    struct bx_spot spot;
    bx_fill_start(&fill, &s.units);
    assert_true(bx_fill_add(&fill, 0, &spot));
    assert_int_equal(spot.y - 3000, 0);
    for (int i = 1; i < 22; i++)
        assert_true(bx_fill_add(&fill, i, &spot));
    assert_int_equal(spot.y + 3000, s.style.type_area.h);
    stack_fini(&s);
}

int run_choose(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choose__fills_22_lines),
        cmocka_unit_test(test_choose__no_widow),
        cmocka_unit_test(test_choose__orphans_as_the_style_says),
        cmocka_unit_test(test_choose__heading_keeps_two_lines),
        cmocka_unit_test(test_choose__a_title_is_left_by_the_heading_never_parted),
        cmocka_unit_test(test_choose__signature_takes_two_lines_along),
        cmocka_unit_test(test_choose__table_stays_whole_for_a_third_of_a_page),
        cmocka_unit_test(test_choose__table_is_cut_between_groups),
        cmocka_unit_test(test_choose__group_taller_than_a_page_is_cut_between_rows),
        cmocka_unit_test(test_choose__a_part_between_two_cuts_holds_its_label),
        cmocka_unit_test(test_choose__a_part_between_two_cuts_is_of_two_groups),
        cmocka_unit_test(test_choose__head_is_counted_again),
        cmocka_unit_test(test_choose__words_above_a_further_part_take_room),
        cmocka_unit_test(test_choose__density_saves_a_page),
        cmocka_unit_test(test_choose__no_row_of_a_table_stands_alone_to_fill_a_page),
        cmocka_unit_test(test_choose__natural_density_when_nothing_is_saved),
        cmocka_unit_test(test_choose__densities_as_if_all_were_tried),
        cmocka_unit_test(test_choose__a_row_taller_than_the_page_is_told),
        cmocka_unit_test(test_fill__text_after_a_table_is_on_the_grid),
        cmocka_unit_test(test_fill__edges_put_the_first_em_box_at_the_top),
    };
    return cmocka_run_group_tests_name("choose", tests, NULL, NULL);
}

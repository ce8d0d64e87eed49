/* The room a page has for an image between headings above it and text below it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "plan/figure.h"

int run_figure(void);

enum {
    LINES = 20,
    PITCH = 30 * BX_PT,
    SIZE = 16 * BX_PT,
    BEYOND = (PITCH - SIZE) / 2, /* half a blank, above the first em box */
    HEIGHT = LINES * PITCH - 2 * BEYOND,
    FIGURE_W = 100 * BX_PT,
    BLOCKS_MOST = 6,
};

struct paper {
    struct bx_style style;
    struct bx_plan plan;
    struct bx_plan_block blocks[BLOCKS_MOST];
    struct bx_planner planner;
};

static void init(struct paper *p)
{
    *p = (struct paper){0};
    for (int i = 0; i < BLOCKS_MOST; i++) /* of what lies behind the plan nothing counts */
        p->blocks[i] = (struct bx_plan_block){.blank_before = 100, .line_cells = 1};
    p->style.grid_lines = LINES;
    p->style.line_pitch = PITCH;
    p->style.type_area.h = HEIGHT;
    p->style.texts[BX_TEXT_BODY].size = SIZE;
    p->style.grid_fit = BX_FIT_EDGES;
    p->plan.style = &p->style;
    p->plan.blocks = p->blocks;
    p->planner.plan = &p->plan;
    p->planner.style = &p->style;
}

static struct bx_plan_block *add(struct paper *p, enum bx_plan_kind kind, int lines)
{
    assert_true(p->plan.block_count < BLOCKS_MOST);
    struct bx_plan_block *block = &p->blocks[p->plan.block_count++];
    *block = (struct bx_plan_block){.kind = kind, .line_cells = 1};
    block->para.line_count = lines;
    return block;
}

static struct bx_plan_block *add_heading(struct paper *p, int lines)
{
    struct bx_plan_block *heading = add(p, BX_PLAN_LINES, lines);
    heading->keep_next = true;
    return heading;
}

static struct bx_plan_block *add_image(struct paper *p, bx_len height)
{
    struct bx_plan_block *figure = add(p, BX_PLAN_IMAGE, 0);
    figure->image_w = FIGURE_W;
    figure->image_h = height;
    return figure;
}

/* What is left of the type area when so many lines stand above and below. */
static bx_len left(int above, int below)
{
    bx_len top = above > 0 ? above * PITCH - BEYOND : 0;
    return (below > 0 ? (LINES - below) * PITCH - BEYOND : HEIGHT) - top;
}

static void test_room__is_the_whole_page_behind_text_that_may_part(void **state)
{
    (void)state;
    struct paper p;
    init(&p);
    add(&p, BX_PLAN_LINES, 3);
    add_image(&p, 0);
    assert_int_equal(bx_planner_room(&p.planner, 1, 0), HEIGHT);
    assert_int_equal(bx_planner_room(&p.planner, 1, 2), left(0, 2));
    p.style.grid_fit = BX_FIT_CELLS; /* em boxes stand in the middle of their cells */
    assert_int_equal(bx_planner_room(&p.planner, 1, 2), (LINES - 2) * PITCH);
}

static void test_room__headings_that_stay_with_it_take_theirs(void **state)
{
    (void)state;
    struct paper p;
    init(&p);
    add(&p, BX_PLAN_LINES, 3);
    add_heading(&p, 1)->line_cells = 2;
    struct bx_plan_block *second = add_heading(&p, 1);
    second->blank_before = 1;
    second->blank_after = 2;
    add_image(&p, 0)->blank_before = 1;
    assert_int_equal(bx_planner_room(&p.planner, 3, 0), left(2 + 1 + 1 + 2 + 1, 0));
    assert_int_equal(bx_planner_room(&p.planner, 3, 1), left(7, 1));
}

/* The blank of what begins a page is dropped, but of a title, and of what begins the report. */
static void test_room__blank_at_a_page_head(void **state)
{
    (void)state;
    struct paper p;
    init(&p);
    add(&p, BX_PLAN_LINES, 3);
    struct bx_plan_block *heading = add_heading(&p, 1);
    heading->blank_before = 2;
    add_image(&p, 0);
    assert_int_equal(bx_planner_room(&p.planner, 2, 0), left(1, 0));

    init(&p);
    heading = add_heading(&p, 1);
    heading->blank_before = 2;
    add_image(&p, 0);
    assert_int_equal(bx_planner_room(&p.planner, 1, 0), left(3, 0));

    init(&p);
    add_image(&p, 0)->blank_before = 2;
    assert_int_equal(bx_planner_room(&p.planner, 0, 0), HEIGHT);

    init(&p);
    add(&p, BX_PLAN_LINES, 1); /* stands above the title and stays there */
    struct bx_plan_block *title = add_heading(&p, 2);
    title->is_title = true;
    title->blank_before = 1;
    add_image(&p, 0);
    assert_int_equal(bx_planner_room(&p.planner, 2, 0), left(1 + 1 + 2, 0));
}

static void test_room__headings_of_more_than_half_a_page_are_left_above(void **state)
{
    (void)state;
    struct paper p;
    init(&p);
    struct bx_plan_block *heading = add_heading(&p, LINES / 2);
    add_image(&p, 0);
    assert_int_equal(bx_planner_room(&p.planner, 1, 0), left(LINES / 2, 0));
    heading->para.line_count++;
    assert_int_equal(bx_planner_room(&p.planner, 1, 0), HEIGHT);
}

static void test_room__is_a_line_at_least(void **state)
{
    (void)state;
    struct paper p;
    init(&p);
    add_heading(&p, LINES / 2);
    add_image(&p, 0);
    assert_int_equal(bx_planner_room(&p.planner, 1, LINES / 2 - 1),
                     left(LINES / 2, LINES / 2 - 1));
    assert_int_equal(bx_planner_room(&p.planner, 1, LINES / 2), PITCH);
    assert_int_equal(bx_planner_room(&p.planner, 1, LINES), PITCH);
}

static void test_fit_last__the_signature_gets_its_lines(void **state)
{
    (void)state;
    struct paper p;
    init(&p);
    add(&p, BX_PLAN_LINES, 3);
    struct bx_plan_block *figure = add_image(&p, HEIGHT);
    struct bx_plan_block *organ = add(&p, BX_PLAN_SIGNATURE, 1);
    organ->blank_before = 2;
    struct bx_plan_block *date = add(&p, BX_PLAN_SIGNATURE, 1);
    organ->blank_after = 1;
    date->blank_after = 5; /* of the end: nothing follows */
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(figure->image_h, left(0, 5));
    assert_int_equal(figure->image_w, (int64_t)FIGURE_W * left(0, 5) / HEIGHT);
}

static void test_fit_last__its_caption_too(void **state)
{
    (void)state;
    struct paper p;
    init(&p);
    add(&p, BX_PLAN_LINES, 3);
    struct bx_plan_block *figure = add_image(&p, HEIGHT);
    figure->keep_next = true;
    add(&p, BX_PLAN_LINES, 1);
    add(&p, BX_PLAN_SIGNATURE, 2);
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(figure->image_h, left(0, 3));
}

static void test_fit_last__only_an_image_that_is_last_and_too_tall(void **state)
{
    (void)state;
    struct paper p;
    init(&p);
    struct bx_plan_block *figure = add_image(&p, HEIGHT);
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(figure->image_h, HEIGHT); /* no signature */

    init(&p);
    figure = add_image(&p, HEIGHT);
    add(&p, BX_PLAN_LINES, 1);
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(figure->image_h, HEIGHT); /* nor behind the text that follows */

    init(&p);
    figure = add_image(&p, HEIGHT);
    add(&p, BX_PLAN_LINES, 1); /* no caption: the image does not keep it */
    add(&p, BX_PLAN_SIGNATURE, 1);
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(figure->image_h, HEIGHT);

    init(&p);
    add(&p, BX_PLAN_LINES, 1);
    figure = add_image(&p, left(0, 1));
    add(&p, BX_PLAN_SIGNATURE, 1);
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(figure->image_h, left(0, 1));
    assert_int_equal(figure->image_w, FIGURE_W);

    struct bx_drawing drawing = {0}; /* a chart was drawn for its room */
    figure->image_h = HEIGHT;
    figure->drawing = &drawing;
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(figure->image_h, HEIGHT);
}

/* What stands above it is no caption. */
static void test_fit_last__below_a_heading(void **state)
{
    (void)state;
    struct paper p;
    init(&p);
    add_heading(&p, 1);
    struct bx_plan_block *figure = add_image(&p, HEIGHT);
    add(&p, BX_PLAN_SIGNATURE, 1);
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(figure->image_h, left(1, 1));

    init(&p);
    add_image(&p, HEIGHT);
    figure = add_image(&p, HEIGHT);
    add(&p, BX_PLAN_SIGNATURE, 1);
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(p.blocks[0].image_h, HEIGHT);
    assert_int_equal(figure->image_h, left(0, 1));
}

/* A signature of more than half a page goes to the next one. */
static void test_fit_last__not_for_a_signature_of_more_than_half_a_page(void **state)
{
    (void)state;
    struct paper p;
    init(&p);
    add(&p, BX_PLAN_LINES, 1);
    struct bx_plan_block *figure = add_image(&p, HEIGHT);
    struct bx_plan_block *signature = add(&p, BX_PLAN_SIGNATURE, LINES / 2 + 1);
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(figure->image_h, HEIGHT);
    signature->para.line_count--;
    bx_planner_fit_last_image(&p.planner);
    assert_int_equal(figure->image_h, left(0, LINES / 2));
}

int run_figure(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_room__is_the_whole_page_behind_text_that_may_part),
        cmocka_unit_test(test_room__headings_that_stay_with_it_take_theirs),
        cmocka_unit_test(test_room__blank_at_a_page_head),
        cmocka_unit_test(test_room__headings_of_more_than_half_a_page_are_left_above),
        cmocka_unit_test(test_room__is_a_line_at_least),
        cmocka_unit_test(test_fit_last__the_signature_gets_its_lines),
        cmocka_unit_test(test_fit_last__its_caption_too),
        cmocka_unit_test(test_fit_last__only_an_image_that_is_last_and_too_tall),
        cmocka_unit_test(test_fit_last__below_a_heading),
        cmocka_unit_test(test_fit_last__not_for_a_signature_of_more_than_half_a_page),
    };
    return cmocka_run_group_tests_name("figure", tests, NULL, NULL);
}

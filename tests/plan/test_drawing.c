/* Drawings: boxes of outlines, and outlines moved into their boxes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "plan/drawing.h"

int run_drawing(void);

/* A line, a curve whose control points lie farthest out, and a close, which has no point: the
 * noughts that stand there are none of the outline. */
static const struct bx_step outline[] = {
    {.kind = BX_STEP_MOVE, .points = {{100, 50}}},
    {.kind = BX_STEP_LINE, .points = {{40, 60}}},
    {.kind = BX_STEP_CURVE, .points = {{30, 90}, {170, 20}, {110, 80}}},
    {.kind = BX_STEP_CLOSE},
};

enum {
    STEPS = sizeof(outline) / sizeof(*outline),
};

static void test_box__holds_every_point_and_no_other(void **state)
{
    (void)state;
    struct bx_rect box = bx_steps_box(outline, STEPS);
    assert_int_equal(box.x, 30);
    assert_int_equal(box.y, 20);
    assert_int_equal(box.w, 140);
    assert_int_equal(box.h, 70);
}

static void test_path__counts_from_its_box(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    struct bx_drawing drawing = {.arena = &arena};
    const struct bx_path path = {.steps = outline, .step_count = STEPS};
    bx_drawing_add_path(&drawing, &path, 7);
    const struct bx_step moved[] = {
        {.kind = BX_STEP_MOVE, .points = {{70, 30}}},
        {.kind = BX_STEP_LINE, .points = {{10, 40}}},
        {.kind = BX_STEP_CURVE, .points = {{0, 70}, {140, 0}, {80, 60}}},
        {.kind = BX_STEP_CLOSE},
    };
    assert_int_equal(drawing.count, 1);
    const struct bx_drawn *drawn = &drawing.items[0];
    assert_int_equal(drawn->kind, BX_DRAWN_PATH);
    assert_int_equal(drawn->element, 7);
    assert_int_equal(drawn->rect.x, 30);
    assert_int_equal(drawn->path.box_w, 140);
    assert_int_equal(drawn->path.box_h, 70);
    assert_memory_equal(drawn->path.steps, moved, sizeof(moved));
    bx_arena_fini(&arena);
}

/* A line has half its width on either side, rounded up; a clip cuts that off. */
static void test_path__a_line_takes_its_width(void **state)
{
    static const struct {
        bx_len width, beyond;
    } cases[] = {{2, 1}, {3, 2}, {8, 4}};
    (void)state;
    struct bx_arena arena = {0};
    struct bx_drawing drawing = {.arena = &arena};
    for (int i = 0; i < 3; i++) {
        struct bx_path path = {
            .steps = outline, .step_count = STEPS, .is_stroked = true, .width = cases[i].width};
        bx_len beyond = cases[i].beyond;
        bx_drawing_add_path(&drawing, &path, 0);
        struct bx_rect box = drawing.items[drawing.count - 1].rect;
        assert_int_equal(box.x, 30 - beyond);
        assert_int_equal(box.y, 20 - beyond);
        assert_int_equal(box.w, 140 + 2 * beyond);
        assert_int_equal(box.h, 70 + 2 * beyond);
        path.clip = outline;
        path.clip_count = STEPS;
        bx_drawing_add_path(&drawing, &path, 0);
        box = drawing.items[drawing.count - 1].rect;
        assert_int_equal(box.x, 30);
        assert_int_equal(box.w, 140);
    }
    bx_arena_fini(&arena);
}

int run_drawing(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_box__holds_every_point_and_no_other),
        cmocka_unit_test(test_path__counts_from_its_box),
        cmocka_unit_test(test_path__a_line_takes_its_width),
    };
    return cmocka_run_group_tests_name("drawing", tests, NULL, NULL);
}

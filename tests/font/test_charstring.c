#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "font/charstring.h"
#include "font/face.h"

int run_charstring(void);

static void check_number(int value, const char *expected, size_t len)
{
    struct bx_buf out = {0};
    bx_charstring_add_number(&out, value);
    assert_int_equal(out.len, len);
    assert_memory_equal(out.data, expected, len);
    bx_buf_fini(&out);
}

/* The ends of each range of TN 5177, table 1. */
static void test_charstring__numbers_take_the_fewest_bytes(void **state)
{
    (void)state;
    check_number(0, "\x8b", 1);
    check_number(107, "\xf6", 1);
    check_number(-107, "\x20", 1);
    check_number(108, "\xf7\x00", 2);
    check_number(-108, "\xfb\x00", 2);
    check_number(1131, "\xfa\xff", 2);
    check_number(-1131, "\xfe\xff", 2);
    check_number(1132, "\x1c\x04\x6c", 3);
    check_number(-1132, "\x1c\xfb\x94", 3);
    check_number(32767, "\x1c\x7f\xff", 3);
    check_number(-32768, "\x1c\x80\x00", 3);
}

/* A step of a drawing: its kind and absolute coordinates. */
struct step {
    char kind;
    float at[6];
};

static void draw_steps(hb_font_t *font,
                       void *data,
                       hb_codepoint_t glyph,
                       hb_draw_funcs_t *funcs,
                       void *pen,
                       void *user)
{
    (void)font, (void)glyph, (void)user;
    hb_draw_state_t state = {.path_open = 0};
    for (const struct step *s = data; s->kind; s++) {
        const float *a = s->at;
        if (s->kind == 'M')
            hb_draw_move_to(funcs, pen, &state, a[0], a[1]);
        else if (s->kind == 'L')
            hb_draw_line_to(funcs, pen, &state, a[0], a[1]);
        else if (s->kind == 'C')
            hb_draw_cubic_to(funcs, pen, &state, a[0], a[1], a[2], a[3], a[4], a[5]);
        else
            hb_draw_close_path(funcs, pen, &state);
    }
}

/* What becomes of a drawing; false when it is refused. */
static bool encode(struct bx_buf *out, const struct step *steps)
{
    hb_font_funcs_t *funcs = hb_font_funcs_create();
    hb_font_funcs_set_glyph_shape_func(funcs, draw_steps, NULL, NULL);
    struct bx_arena arena = {0};
    struct bx_font font = {.path = ""};
    bx_face_init(&font, &arena, hb_face_reference(hb_face_get_empty()), 380);
    hb_font_set_funcs(bx_font_hb(&font), funcs, (void *)(uintptr_t)steps, NULL);
    struct bx_tracer *tracer = bx_tracer_new(&font);
    bool is_done = bx_charstring_trace(out, tracer, 1);
    bx_tracer_free(tracer);
    bx_face_fini(&font);
    bx_arena_fini(&arena);
    hb_font_funcs_destroy(funcs);
    return is_done;
}

static void check_encoding(const struct step *steps, const char *expected, size_t len)
{
    struct bx_buf out = {0};
    assert_true(encode(&out, steps));
    assert_int_equal(out.len, len);
    assert_memory_equal(out.data, expected, len);
    bx_buf_fini(&out);
}

static void test_charstring__the_line_that_closes_a_contour_is_left_out(void **state)
{
    (void)state;
    static const struct step box[] = {{'M', {10, 20}}, {'L', {30, 20}}, {'L', {30, 60}},
                                      {'L', {10, 60}}, {'L', {10, 20}}, {'Z', {0}},
                                      {0, {0}}};
    /* 10 20 rmoveto 20 40 -20 hlineto endchar */
    check_encoding(box, "\x95\x9f\x15\x9f\xb3\x77\x06\x0e", 8);
}

static void test_charstring__a_level_line_between_slanting_ones_does_not_part_them(void **state)
{
    (void)state;
    static const struct step steps[] = {{'M', {0, 5}}, {'L', {1, 7}}, {'L', {4, 7}},
                                        {'L', {5, 9}}, {'Z', {0}},    {0, {0}}};
    /* 5 vmoveto 1 2 3 0 1 2 rlineto endchar */
    check_encoding(steps, "\x90\x04\x8c\x8d\x8e\x8b\x8c\x8d\x05\x0e", 10);
}

static void test_charstring__quarter_curves_alternate_and_the_last_may_slant(void **state)
{
    (void)state;
    static const struct step steps[] = {{'M', {0, 0}},
                                        {'C', {1, 0, 2, 1, 2, 2}},
                                        {'C', {2, 3, 1, 4, 0, 5}},
                                        {'Z', {0}},
                                        {0, {0}}};
    /* 0 hmoveto 1 1 1 1 1 -1 1 -1 1 hvcurveto: dx1 dx2 dy2 dy3, dy1 dx2 dy2 dx3 dyf */
    check_encoding(steps, "\x8b\x16\x8c\x8c\x8c\x8c\x8c\x8a\x8c\x8a\x8c\x1f\x0e", 13);
}

static void test_charstring__a_fraction_of_a_unit_is_kept(void **state)
{
    (void)state;
    static const struct step steps[] = {
        {'M', {0.5f, 0}}, {'L', {1, 0}}, {'L', {1, 1}}, {'Z', {0}}, {0, {0}}};
    check_encoding(steps, "\xff\x00\x00\x80\x00\x16\xff\x00\x00\x80\x00\x8c\x06\x0e", 14);
}

static void test_charstring__no_operator_has_more_than_48_operands(void **state)
{
    (void)state;
    static struct step zigzag[60] = {{'M', {0, 0}}};
    for (int i = 1; i < 58; i++)
        zigzag[i] = (struct step){'L', {(float)i, (float)(i % 2 * 3 + i)}};
    struct bx_buf out = {0};
    assert_true(encode(&out, zigzag));
    int operands = 0, operators = 0;
    for (size_t i = 0; i < out.len; i++) { /* every number here has one byte */
        bool is_operator = (unsigned char)out.data[i] < 32;
        operands = is_operator ? 0 : operands + 1;
        operators += is_operator;
        assert_true(operands <= 48);
    }
    assert_int_equal(operators, 5); /* hmoveto, three times rlineto, endchar */
    bx_buf_fini(&out);
}

static void test_charstring__what_a_charstring_cannot_hold_is_refused(void **state)
{
    (void)state;
    static const struct step far[] = {
        {'M', {0, 0}}, {'L', {40000, 1}}, {'L', {1, 5}}, {0, {0}}};
    static struct step not_a_number[] = {{'M', {0, 0}}, {'L', {0, 1}}, {'L', {1, 5}}, {0, {0}}};
    const float zero = not_a_number[0].at[0];
    not_a_number[1].at[0] = zero / zero;
    struct bx_buf out = {0};
    bx_buf_add_text(&out, "before");
    assert_false(encode(&out, far));
    assert_false(encode(&out, not_a_number));
    assert_int_equal(out.len, 6);
    bx_buf_fini(&out);
}

int run_charstring(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charstring__numbers_take_the_fewest_bytes),
        cmocka_unit_test(test_charstring__the_line_that_closes_a_contour_is_left_out),
        cmocka_unit_test(
            test_charstring__a_level_line_between_slanting_ones_does_not_part_them),
        cmocka_unit_test(test_charstring__quarter_curves_alternate_and_the_last_may_slant),
        cmocka_unit_test(test_charstring__a_fraction_of_a_unit_is_kept),
        cmocka_unit_test(test_charstring__no_operator_has_more_than_48_operands),
        cmocka_unit_test(test_charstring__what_a_charstring_cannot_hold_is_refused),
    };
    return cmocka_run_group_tests_name("charstring", tests, NULL, NULL);
}

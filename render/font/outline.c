#include "font/outline.h"

#define FARTHEST 16000 /* units from the origin, as for outlines that are embedded (trace.c) */

struct pen {
    struct bx_arena *arena;
    struct bx_outline_step *steps;
    int count, capacity;
    bool is_bad;
};

static struct bx_outline_step *add_step(struct pen *pen, enum bx_outline_kind kind)
{
    if (pen->count == pen->capacity)
        pen->steps = bx_arena_grow(pen->arena, pen->steps, pen->count, &pen->capacity,
                                   sizeof(*pen->steps));
    struct bx_outline_step *step = &pen->steps[pen->count++];
    step->kind = kind;
    return step;
}

static int nearest(struct pen *pen, float value)
{
    if (!(-FARTHEST <= value && value <= FARTHEST)) { /* nor if it is not a number */
        pen->is_bad = true;
        return 0;
    }
    return (int)(value < 0 ? value - 0.5F : value + 0.5F);
}

static void set_point(struct pen *pen, struct bx_outline_step *step, int i, float x, float y)
{
    step->x[i] = nearest(pen, x);
    step->y[i] = nearest(pen, y);
}

static void move_to(
    hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    set_point(data, add_step(data, BX_OUTLINE_MOVE), 0, x, y);
}

static void line_to(
    hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    set_point(data, add_step(data, BX_OUTLINE_LINE), 0, x, y);
}

static void cubic_to(hb_draw_funcs_t *funcs,
                     void *data,
                     hb_draw_state_t *state,
                     float x1,
                     float y1,
                     float x2,
                     float y2,
                     float x,
                     float y,
                     void *user)
{
    (void)funcs, (void)state, (void)user;
    struct bx_outline_step *step = add_step(data, BX_OUTLINE_CURVE);
    set_point(data, step, 0, x1, y1);
    set_point(data, step, 1, x2, y2);
    set_point(data, step, 2, x, y);
}

static void close_path(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
    (void)funcs, (void)state, (void)user;
    add_step(data, BX_OUTLINE_CLOSE);
}

int bx_font_outline(const struct bx_outline_step **steps,
                    struct bx_arena *arena,
                    const struct bx_font *font,
                    uint32_t glyph)
{
    struct pen pen = {.arena = arena};
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, cubic_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, close_path, NULL, NULL);
    hb_font_get_glyph_shape(bx_font_hb(font), glyph, funcs, &pen);
    hb_draw_funcs_destroy(funcs);
    *steps = pen.steps;
    return pen.is_bad ? 0 : pen.count;
}

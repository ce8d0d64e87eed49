#include "plan/drawing.h"

static struct bx_drawn *add(struct bx_drawing *drawing, enum bx_drawn_kind kind, int element)
{
    if (drawing->count == drawing->capacity)
        drawing->items = bx_arena_grow(drawing->arena, drawing->items, drawing->count,
                                       &drawing->capacity, sizeof(*drawing->items));
    struct bx_drawn *drawn = &drawing->items[drawing->count++];
    *drawn = (struct bx_drawn){.kind = kind, .element = element};
    return drawn;
}

void bx_drawing_add_fill(struct bx_drawing *drawing,
                         struct bx_rect rect,
                         struct bx_colour colour,
                         int element)
{
    struct bx_drawn *drawn = add(drawing, BX_DRAWN_FILL, element);
    drawn->rect = rect;
    drawn->colour = colour;
}

static int count_points(enum bx_step_kind kind)
{
    int count = 0;
    switch (kind) {
    case BX_STEP_MOVE:
    case BX_STEP_LINE:
        count = 1;
        break;
    case BX_STEP_CURVE:
        count = 3;
        break;
    case BX_STEP_CLOSE:
        break;
    }
    return count;
}

struct bx_rect bx_steps_box(const struct bx_step *steps, int count)
{
    struct bx_point low = steps[0].points[0], high = low;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < count_points(steps[i].kind); k++) {
            const struct bx_point *p = &steps[i].points[k];
            low.x = p->x < low.x ? p->x : low.x;
            low.y = p->y < low.y ? p->y : low.y;
            high.x = p->x > high.x ? p->x : high.x;
            high.y = p->y > high.y ? p->y : high.y;
        }
    return (struct bx_rect){low.x, low.y, high.x - low.x, high.y - low.y};
}

static struct bx_step *
copy_steps(struct bx_arena *arena, const struct bx_step *steps, int count, struct bx_rect box)
{
    struct bx_step *copy = BX_NEW_ARRAY(arena, struct bx_step, (size_t)count);
    for (int i = 0; i < count; i++) {
        copy[i].kind = steps[i].kind;
        for (int k = 0; k < count_points(steps[i].kind); k++)
            copy[i].points[k] =
                (struct bx_point){steps[i].points[k].x - box.x, steps[i].points[k].y - box.y};
    }
    return copy;
}

void bx_drawing_add_path(struct bx_drawing *drawing, const struct bx_path *path, int element)
{
    struct bx_rect box = path->clip ? bx_steps_box(path->clip, path->clip_count)
                                    : bx_steps_box(path->steps, path->step_count);
    if (path->is_stroked && !path->clip) {
        bx_len half = (path->width + 1) / 2;
        box.x -= half;
        box.y -= half;
        box.w += 2 * half;
        box.h += 2 * half;
    }
    struct bx_drawn *drawn = add(drawing, BX_DRAWN_PATH, element);
    drawn->rect = box;
    drawn->path = *path;
    drawn->path.box_w = box.w;
    drawn->path.box_h = box.h;
    drawn->path.steps = copy_steps(drawing->arena, path->steps, path->step_count, box);
    if (path->clip)
        drawn->path.clip = copy_steps(drawing->arena, path->clip, path->clip_count, box);
}

void bx_drawing_add_line(struct bx_drawing *drawing,
                         const struct bx_line *line,
                         bx_len x,
                         bx_len y)
{
    for (int i = 0; i < line->run_count; i++) {
        const struct bx_run *run = &line->runs[i];
        struct bx_drawn *drawn = add(drawing, BX_DRAWN_RUN, run->element);
        drawn->colour = run->colour;
        drawn->run = *run;
        drawn->run.x += x;
        drawn->run.y += y;
    }
}

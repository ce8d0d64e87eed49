/* Shapes of a chart: bars, slices, markers, rules. Six fills are told apart in black and one tint,
 * also where the tint is printed as a gray: by being empty, tinted or black, and by their hatching. */
#include "plan/chart_work.h"

#include "plan/chart_turn.h"

static struct bx_colour ink(const struct bx_chart_work *w)
{
    return w->planner->style->ink;
}

struct bx_colour bx_chart_white(void)
{
    return (struct bx_colour){.is_gray = true, .r = 1000};
}

enum hatch {
    HATCH_NONE,
    HATCH_RISING,
    HATCH_FALLING,
    HATCH_CROSS,
};

static struct bx_step step_to(enum bx_step_kind kind, bx_len x, bx_len y)
{
    return (struct bx_step){.kind = kind, .points = {{x, y}}};
}

/* Parallel lines at 45 degrees over the box, cut off by the outline. */
static void add_hatch(struct bx_chart_work *w,
                      const struct bx_step *outline,
                      int outline_count,
                      bool is_rising)
{
    struct bx_rect box = bx_steps_box(outline, outline_count);
    bx_len pitch = w->style->hatch_pitch * 7 / 5; /* along an edge: √2 of that between lines */
    int lines = (box.w + box.h) / pitch;
    if (lines == 0)
        return;
    int count = 2 * lines;
    struct bx_step *steps = BX_NEW_ARRAY(w->drawing->arena, struct bx_step, (size_t)count);
    for (int i = 0; i < lines; i++) {
        bx_len at = box.x + (i + 1) * pitch;
        bx_len top = is_rising ? box.y : box.y + box.h,
               bottom = is_rising ? box.y + box.h : box.y;
        steps[2 * i] = step_to(BX_STEP_MOVE, at, top);
        steps[2 * i + 1] = step_to(BX_STEP_LINE, at - box.h, bottom);
    }
    struct bx_path path = {
        .steps = steps,
        .step_count = count,
        .clip = outline,
        .clip_count = outline_count,
        .is_stroked = true,
        .width = w->style->outline_rule,
        .colour = ink(w),
    };
    bx_drawing_add_path(w->drawing, &path, w->figure);
}

void bx_chart_add_filled(struct bx_chart_work *w,
                         const struct bx_step *steps,
                         int count,
                         int fill)
{
    const struct {
        struct bx_colour colour;
        enum hatch hatch;
    } fills[BX_CHART_FILLS] = {
        {w->style->tint, HATCH_NONE},    {bx_chart_white(), HATCH_RISING},
        {w->style->tint, HATCH_FALLING}, {bx_chart_white(), HATCH_NONE},
        {bx_chart_white(), HATCH_CROSS}, {ink(w), HATCH_NONE},
    };
    enum hatch hatch = fills[fill].hatch;
    struct bx_path path = {.steps = steps, .step_count = count, .colour = fills[fill].colour};
    bx_drawing_add_path(w->drawing, &path, w->figure);
    if (hatch == HATCH_RISING || hatch == HATCH_CROSS)
        add_hatch(w, steps, count, true);
    if (hatch == HATCH_FALLING || hatch == HATCH_CROSS)
        add_hatch(w, steps, count, false);
    path.is_stroked = true;
    path.width = w->style->outline_rule;
    path.colour = ink(w);
    bx_drawing_add_path(w->drawing, &path, w->figure);
}

void bx_chart_add_bar(struct bx_chart_work *w, struct bx_rect rect, int fill)
{
    const struct bx_step steps[] = {
        step_to(BX_STEP_MOVE, rect.x, rect.y),
        step_to(BX_STEP_LINE, rect.x + rect.w, rect.y),
        step_to(BX_STEP_LINE, rect.x + rect.w, rect.y + rect.h),
        step_to(BX_STEP_LINE, rect.x, rect.y + rect.h),
        {.kind = BX_STEP_CLOSE},
    };
    if (rect.w > 0 && rect.h > 0)
        bx_chart_add_filled(w, steps, 5, fill);
}

/* Solid, then dashes and the gaps between them, in widths of the line. */
static const struct {
    int on, off;
} dashes[BX_CHART_FILLS] = {{0, 0}, {5, 3}, {2, 2}, {9, 3}, {1, 3}, {7, 6}};

void bx_chart_add_polyline(
    struct bx_chart_work *w, const struct bx_point *points, int count, bx_len width, int dash)
{
    if (count < 2)
        return;
    struct bx_step *steps = BX_NEW_ARRAY(w->drawing->arena, struct bx_step, (size_t)count);
    for (int i = 0; i < count; i++)
        steps[i] = step_to(i == 0 ? BX_STEP_MOVE : BX_STEP_LINE, points[i].x, points[i].y);
    struct bx_path path = {
        .steps = steps,
        .step_count = count,
        .is_stroked = true,
        .width = width,
        .dash_on = dashes[dash].on * width,
        .dash_off = dashes[dash].off * width,
        .colour = ink(w),
    };
    bx_drawing_add_path(w->drawing, &path, w->figure);
}

static void add_rule(struct bx_chart_work *w, struct bx_rect rect, bool is_axis)
{
    bx_drawing_add_fill(w->drawing, rect, is_axis ? ink(w) : w->style->tint, w->figure);
}

void bx_chart_add_rule_across(
    struct bx_chart_work *w, bx_len x0, bx_len x1, bx_len y, bx_len width, bool is_axis)
{
    add_rule(w, (struct bx_rect){x0, y - width / 2, x1 - x0, width}, is_axis);
}

void bx_chart_add_rule_down(
    struct bx_chart_work *w, bx_len x, bx_len y0, bx_len y1, bx_len width, bool is_axis)
{
    add_rule(w, (struct bx_rect){x - width / 2, y0, width, y1 - y0}, is_axis);
}

void bx_chart_add_ground(struct bx_chart_work *w, const struct bx_chart_label *label)
{
    if (label->is_placed)
        bx_drawing_add_fill(w->drawing,
                            (struct bx_rect){label->x, label->y, label->width, label->height},
                            bx_chart_white(), w->figure);
}

/* Corners of markers in halves of their width; a circle has none. */
static const struct {
    int count;
    signed char x[4];
    signed char y[4];
    bool is_black;
} markers[BX_CHART_FILLS] = {
    {.is_black = true},
    {4, {-1, 1, 1, -1}, {-1, -1, 1, 1}, false},
    {3, {0, 1, -1}, {-1, 1, 1}, true},
    {4, {0, 1, 0, -1}, {-1, 0, 1, 0}, false},
    {.is_black = false},
    {4, {-1, 1, 1, -1}, {-1, -1, 1, 1}, true},
};

/* Black or white of a shape of its own for each series. */
void bx_chart_add_marker(struct bx_chart_work *w, struct bx_point at, int series)
{
    bx_len r = w->style->marker / 2;
    struct bx_step steps[BX_ARC_STEPS + 2] = {0};
    int count = 0, corners = markers[series].count;
    for (int i = 0; i < corners; i++)
        steps[count++] =
            step_to(i == 0 ? BX_STEP_MOVE : BX_STEP_LINE, at.x + markers[series].x[i] * r,
                    at.y + markers[series].y[i] * r);
    if (corners == 0) {
        steps[count++] = step_to(BX_STEP_MOVE, at.x, at.y - r);
        count += bx_turn_arc(&steps[count], at, r, 0, BX_TURN);
    }
    steps[count++].kind = BX_STEP_CLOSE;
    struct bx_path path = {
        .steps = steps,
        .step_count = count,
        .colour = markers[series].is_black ? ink(w) : bx_chart_white(),
    };
    bx_drawing_add_path(w->drawing, &path, w->figure);
    path.is_stroked = true;
    path.width = w->style->outline_rule;
    path.colour = ink(w);
    bx_drawing_add_path(w->drawing, &path, w->figure);
}

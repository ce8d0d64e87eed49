/* A pie: slices clockwise from the top, each label outside beside its slice. Labels of one side
 * stand in a column, in the order of their slices, moved apart where they would overlap; a thin
 * line leads to each. A slice's angle is its figure's share of the sum. */
#include <assert.h>

#include "plan/chart_turn.h"
#include "plan/chart_work.h"

enum {
    NAME_LINES = 3,
    FILLS = BX_CHART_FILLS - 1, /* the last, black, would weigh too much */
};

struct slice {
    int64_t from, to;   /* turns */
    bx_len top, height; /* of its label */
    bool is_right;
};

struct pie {
    struct bx_point centre;
    bx_len radius;
    bx_len left, right; /* columns: where left labels end and right ones start */
    struct slice *slices;
    int count;
};

/* The share `part` is of `sum`, in turns. Twelve digits and a sum of twelve such leave 19 bits, so a
 * turn's 30 are found in two steps. */
static int64_t turn_of(int64_t part, int64_t sum)
{
    const int64_t half = 1 << 15;
    return part * half / sum * half + part * half % sum * half / sum;
}

static void find_slices(const struct bx_chart_work *w, struct pie *k)
{
    int64_t sum = 0, before = 0;
    for (int c = 0; c < k->count; c++)
        sum += w->figures.items[c];
    assert(sum > 0); /* the model is asked for that */
    for (int c = 0; c < k->count; c++) {
        struct slice *slice = &k->slices[c];
        slice->from = turn_of(before, sum);
        before += w->figures.items[c];
        slice->to = turn_of(before, sum);
        slice->is_right = (slice->from + slice->to) / 2 < BX_TURN / 2;
    }
}

/* Names in the room beside the pie; the figure follows on the name's line or stands below. */
static bool set_labels(struct bx_chart_work *w, struct pie *k)
{
    bool fits;
    bx_len room = w->width - k->right;
    if (!bx_chart_set_categories(w, room, NAME_LINES, &fits))
        return false;
    for (int c = 0; c < k->count; c++) {
        const struct bx_chart_label *name = &w->categories[c], *value = &w->values[c];
        bool is_one =
            name->para.line_count == 1 && name->width + w->style->size + value->width <= room;
        k->slices[c].height = name->height + (is_one ? 0 : value->height);
        fits = fits && value->width <= room;
    }
    return fits || bx_chart_fail_size(w);
}

static void place_label(struct bx_chart_work *w, const struct pie *k, int c)
{
    const struct slice *slice = &k->slices[c];
    struct bx_chart_label *name = &w->categories[c], *value = &w->values[c];
    bool has_value = value->para.line_count > 0;
    bool is_one = has_value && slice->height == name->height;
    bx_len more = is_one ? w->style->size + value->width : 0;
    bx_len y = is_one ? slice->top : slice->top + name->height;
    if (slice->is_right) {
        bx_chart_place(name, k->right, slice->top, BX_ALIGN_LEFT);
        bx_len x = is_one ? k->right + name->width + w->style->size : k->right;
        if (has_value)
            bx_chart_place(value, x, y, BX_ALIGN_LEFT);
        return;
    }
    bx_chart_place(name, k->left - more, slice->top, BX_ALIGN_RIGHT);
    if (has_value)
        bx_chart_place(value, k->left, y, BX_ALIGN_RIGHT);
}

/* The labels of a side from above: as near to their slices as their order and heights allow. */
static void
spread(struct bx_chart_work *w, struct pie *k, bool is_right, bx_len top, bx_len end)
{
    int *order = BX_NEW_ARRAY(w->drawing->arena, int, (size_t)k->count), count = 0;
    for (int c = 0; c < k->count; c++) {
        int next = is_right ? c : k->count - 1 - c;
        if (k->slices[next].is_right == is_right)
            order[count++] = next;
    }
    bx_len y = top, gap = w->style->gap;
    for (int i = 0; i < count; i++) {
        struct slice *slice = &k->slices[order[i]];
        struct bx_point at = bx_turn_point(k->centre, k->radius, (slice->from + slice->to) / 2);
        slice->top = at.y - slice->height / 2;
        slice->top = slice->top > y ? slice->top : y;
        y = slice->top + slice->height + gap;
    }
    y = end;
    for (int i = count - 1; i >= 0; i--) {
        struct slice *slice = &k->slices[order[i]];
        bx_len lowest = y - slice->height;
        slice->top = slice->top < lowest ? slice->top : lowest;
        y = slice->top - gap;
    }
}

/* What the labels of the higher side take. */
static bx_len labels_height(const struct bx_chart_work *w, const struct pie *k)
{
    bx_len left = 0, right = 0;
    for (int c = 0; c < k->count; c++) {
        bx_len *side = k->slices[c].is_right ? &right : &left;
        *side += k->slices[c].height + w->style->gap;
    }
    return left > right ? left : right;
}

static void draw_slice(struct bx_chart_work *w, const struct pie *k, int c)
{
    const struct slice *slice = &k->slices[c];
    struct bx_step steps[BX_ARC_STEPS + 3] = {0};
    int count = 0, fill = c % FILLS;
    if (slice->from == slice->to)
        return;
    if (c > 0 && c + 1 == k->count && fill == 0)
        fill = 2; /* beside the first and the last but one, which differ from it */
    bool is_whole = slice->to - slice->from == BX_TURN;
    if (!is_whole)
        steps[count++] = (struct bx_step){BX_STEP_MOVE, {k->centre}};
    steps[count++] = (struct bx_step){
        is_whole ? BX_STEP_MOVE : BX_STEP_LINE,
        {bx_turn_point(k->centre, k->radius, slice->from)},
    };
    count += bx_turn_arc(&steps[count], k->centre, k->radius, slice->from, slice->to);
    steps[count++].kind = BX_STEP_CLOSE;
    bx_chart_add_filled(w, steps, count, fill);
}

static void draw_leader(struct bx_chart_work *w, const struct pie *k, int c)
{
    const struct slice *slice = &k->slices[c];
    if (slice->from == slice->to)
        return;
    int64_t middle = (slice->from + slice->to) / 2;
    bx_len out = w->style->gap * 2, gap = w->style->gap;
    const struct bx_point points[] = {
        bx_turn_point(k->centre, k->radius, middle),
        bx_turn_point(k->centre, k->radius + out, middle),
        {slice->is_right ? k->right - gap : k->left + gap, slice->top + slice->height / 2},
    };
    bx_chart_add_polyline(w, points, 3, w->style->grid_rule, 0);
}

bool bx_chart_draw_pie(struct bx_chart_work *w)
{
    struct pie k = {.radius = w->style->pie_radius, .count = w->chart->category_count};
    k.slices = BX_NEW_ARRAY(w->drawing->arena, struct slice, (size_t)k.count);
    bx_len reach = k.radius + 8 * w->style->gap;
    k.centre.x = w->width / 2;
    k.left = k.centre.x - reach;
    k.right = k.centre.x + reach;
    if (k.left < 4 * w->style->size)
        return bx_chart_fail_size(w);
    find_slices(w, &k);
    if (!set_labels(w, &k))
        return false;
    bx_len top = bx_chart_place_unit(w), around = w->pitch;
    bx_len height = 2 * (k.radius + around), labels = labels_height(w, &k);
    height = labels > height ? labels : height;
    k.centre.y = top + height / 2;
    spread(w, &k, false, top, top + height);
    spread(w, &k, true, top, top + height);
    for (int c = 0; c < k.count; c++)
        draw_leader(w, &k, c);
    for (int c = 0; c < k.count; c++) {
        draw_slice(w, &k, c);
        place_label(w, &k, c);
    }
    w->height = top + height;
    if (w->series[0].para.line_count > 0) {
        bx_chart_place(&w->series[0], w->width / 2, w->height + w->style->gap, BX_ALIGN_CENTER);
        w->height += w->style->gap + w->series[0].height;
    }
    return w->height <= w->most_height || bx_chart_fail_size(w);
}

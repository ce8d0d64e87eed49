/* Lines through points. A figure stands beside its point where it covers no line, no marker and no
 * other figure; when one finds no such place, none is shown and a table under the chart tells them
 * all. Then categories may be left out too, evenly. A blank figure interrupts its line. */
#include "plan/chart_work.h"

enum {
    CATEGORY_LINES = 3,
};

struct curves {
    bx_len left, right, top, bottom; /* of the plot */
    struct bx_point *points;         /* as the values */
};

static bool has_point(const struct bx_chart_work *w, int i)
{
    return w->chart->values[i] != NULL;
}

static void find_points(struct bx_chart_work *w, struct curves *k)
{
    int count = w->chart->category_count, all = count * w->chart->series_count;
    k->points = BX_NEW_ARRAY(w->drawing->arena, struct bx_point, (size_t)all);
    for (int i = 0; i < all; i++)
        k->points[i] = (struct bx_point){
            .x = k->left +
                 (bx_len)((int64_t)(k->right - k->left) * (2 * (i % count) + 1) / (2 * count)),
            .y = k->bottom - bx_scale_at(&w->scale, w->figures.items[i], w->style->plot_height),
        };
}

/* ---- where a figure may stand ---- */

static bool do_meet(const struct bx_rect *a, const struct bx_rect *b)
{
    return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

/* Twice the area of the triangle a b (x, y), signed. */
static int64_t side_of(struct bx_point a, struct bx_point b, bx_len x, bx_len y)
{
    return (int64_t)(b.x - a.x) * (y - a.y) - (int64_t)(b.y - a.y) * (x - a.x);
}

/* A line from a to the right misses a box when their boxes do, or when no corners lie on either side
 * of it. */
static bool is_crossed(const struct bx_rect *box, struct bx_point a, struct bx_point b)
{
    bx_len top = a.y < b.y ? a.y : b.y;
    bx_len bottom = a.y > b.y ? a.y : b.y;
    struct bx_rect line = {a.x, top, b.x - a.x, bottom - top};
    if (!do_meet(box, &line))
        return false;
    int above = 0, below = 0;
    for (int i = 0; i < 4; i++) {
        int64_t side = side_of(a, b, box->x + (i % 2) * box->w, box->y + (i / 2) * box->h);
        above += side > 0;
        below += side < 0;
    }
    return above > 0 && below > 0;
}

/* Of labels only those count that have found their places. */
static bool
is_free(const struct bx_chart_work *w, const struct curves *k, const struct bx_rect *box)
{
    int count = w->chart->category_count, all = count * w->chart->series_count;
    bx_len r = w->style->marker / 2 + w->style->outline_rule;
    if (box->x < k->left || box->x + box->w > k->right || box->y < k->top ||
        box->y + box->h > k->bottom + w->pitch)
        return false;
    for (int i = 0; i < all; i++) {
        if (!has_point(w, i))
            continue;
        struct bx_point p = k->points[i];
        struct bx_rect marker = {p.x - r, p.y - r, 2 * r, 2 * r};
        if (do_meet(box, &marker))
            return false;
        if (i % count > 0 && has_point(w, i - 1) && is_crossed(box, k->points[i - 1], p))
            return false;
        const struct bx_chart_label *other = &w->values[i];
        bx_len gap = w->style->gap; /* side by side, two figures would be one */
        struct bx_rect taken = {other->x - gap, other->y, other->width + 2 * gap,
                                other->height};
        if (other->is_placed && do_meet(box, &taken))
            return false;
    }
    return true;
}

/* Above its point, below it, then at its four corners. */
static bool place_value(struct bx_chart_work *w, const struct curves *k, int i)
{
    static const struct {
        int x, y;
    } sides[] = {{0, -1}, {0, 1}, {-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    struct bx_chart_label *label = &w->values[i];
    bx_len r = w->style->marker / 2 + w->style->outline_rule, gap = w->style->gap / 3;
    struct bx_point p = k->points[i];
    for (size_t n = 0; n < sizeof(sides) / sizeof(*sides); n++) {
        struct bx_rect box = {p.x - label->width / 2, p.y - label->height / 2, label->width,
                              label->height};
        box.x += sides[n].x * (label->width / 2 + r);
        box.y += sides[n].y * (label->height / 2 + r + (sides[n].x == 0 ? gap : 0));
        if (!is_free(w, k, &box))
            continue;
        bx_chart_place(label, box.x, box.y, BX_ALIGN_LEFT);
        return true;
    }
    return false;
}

static bool place_values(struct bx_chart_work *w, const struct curves *k)
{
    int all = w->chart->category_count * w->chart->series_count;
    for (int i = 0; i < all; i++)
        if (has_point(w, i) && !place_value(w, k, i))
            return false;
    return true;
}

/* ---- categories ---- */

/* Where a category starts: its middle under its point, or as near to that as the edges allow. */
static bx_len category_at(const struct bx_chart_work *w, const struct curves *k, int c)
{
    bx_len x = k->points[c].x - w->categories[c].width / 2;
    bx_len most = w->width - w->categories[c].width;
    x = x < most ? x : most;
    return x > 0 ? x : 0;
}

/* Whether each category shown is clear of the next: a single one is. */
static bool are_clear(const struct bx_chart_work *w, const struct curves *k, int every)
{
    bx_len end = -w->style->gap;
    for (int c = 0; c < w->chart->category_count; c += every) {
        bx_len x = category_at(w, k, c);
        if (x < end + w->style->gap)
            return false;
        end = x + w->categories[c].width;
    }
    return true;
}

/* As many categories as have one line each, clear of the next; the first is always shown. */
static bool thin_categories(struct bx_chart_work *w, const struct curves *k, int *every)
{
    bool fits;
    if (!bx_chart_set_categories(w, w->width / 2, 1, &fits))
        return false;
    *every = 1;
    while (!are_clear(w, k, *every))
        ++*every;
    return fits || bx_chart_fail_size(w);
}

/* ---- all ---- */

static void draw_series(struct bx_chart_work *w, const struct curves *k, int s)
{
    int count = w->chart->category_count, first = s * count, start = 0;
    for (int i = 0; i <= count; i++) {
        if (i < count && has_point(w, first + i))
            continue;
        bx_chart_add_polyline(w, &k->points[first + start], i - start, w->style->curve_rule, s);
        start = i + 1;
    }
}

static void draw(struct bx_chart_work *w, const struct curves *k)
{
    int all = w->chart->category_count * w->chart->series_count;
    bx_chart_add_scale(w, k->left, k->top);
    for (int i = 0; i < all; i++)
        bx_chart_add_ground(w, &w->values[i]);
    bx_len zero = k->bottom - bx_scale_at(&w->scale, 0, w->style->plot_height);
    bx_chart_add_rule_across(w, k->left, k->right, zero, w->style->axis_rule, true);
    for (int s = 0; s < w->chart->series_count; s++)
        draw_series(w, k, s);
    for (int i = 0; i < all; i++)
        if (has_point(w, i))
            bx_chart_add_marker(w, k->points[i], i / w->chart->category_count);
}

/* Where the lowest marker or figure ends. */
static bx_len find_foot(const struct bx_chart_work *w, const struct curves *k)
{
    bx_len foot = k->bottom + w->style->marker / 2;
    for (int i = 0; i < w->chart->category_count * w->chart->series_count; i++) {
        const struct bx_chart_label *label = &w->values[i];
        bx_len end = label->is_placed ? label->y + label->height : foot;
        foot = end > foot ? end : foot;
    }
    return foot;
}

bool bx_chart_draw_lines(struct bx_chart_work *w)
{
    const struct bx_chart *chart = w->chart;
    struct curves k = {.right = w->width};
    int every = 1;
    bool fits;
    k.left = bx_chart_widest(w->ticks, w->tick_count) + w->style->gap;
    k.top = bx_chart_place_unit(w);
    k.bottom = k.top + w->pitch + w->style->plot_height;
    if (k.right - k.left < w->width / 2)
        return bx_chart_fail_size(w);
    find_points(w, &k);
    bx_len slot = (k.right - k.left) / chart->category_count;
    if (!bx_chart_set_categories(w, slot - w->style->gap, CATEGORY_LINES, &fits))
        return false;
    w->needs_table = !fits || !place_values(w, &k);
    for (int i = 0; w->needs_table && i < chart->category_count * chart->series_count; i++)
        w->values[i].is_placed = false;
    if (!fits && !thin_categories(w, &k, &every))
        return false;
    k.top += w->pitch;
    draw(w, &k);
    bx_len y = find_foot(w, &k) + w->style->gap, height = 0;
    for (int c = 0; c < chart->category_count; c += every) {
        bx_chart_place(&w->categories[c], category_at(w, &k, c), y, BX_ALIGN_LEFT);
        height = w->categories[c].height > height ? w->categories[c].height : height;
    }
    w->height = bx_chart_add_legend(w, y + height, true);
    return w->height <= w->most_height || bx_chart_fail_size(w);
}

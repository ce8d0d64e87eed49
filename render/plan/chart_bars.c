/* Bars, standing or lying. They stand where every figure is narrower than its bar and every
 * category fits under its bars in three lines; otherwise they lie, each on a line of its own, with
 * its category before and its figure behind it, and there is always room: only the height grows.
 * Either way a bar's length is the figure's share of the scale, which starts at 0. */
#include "plan/chart_work.h"

enum {
    CATEGORY_LINES = 3,
};

/* ---- standing ---- */

struct columns {
    bx_len left, right, top, bottom; /* of the plot */
    bx_len bar;
};

static bx_len slot_at(const struct bx_chart_work *w, const struct columns *k, int c)
{
    return k->left + (bx_len)((int64_t)(k->right - k->left) * c / w->chart->category_count);
}

/* Whether bars can stand: then categories are set and the plot's place is known. */
static bool fit_columns(struct bx_chart_work *w, struct columns *k, bool *fits)
{
    const struct bx_chart *chart = w->chart;
    const struct bx_chart_style *style = w->style;
    int series = chart->series_count;
    bx_len widest = bx_chart_widest(w->values, series * chart->category_count);
    k->left = bx_chart_widest(w->ticks, w->tick_count) + style->gap;
    k->right = w->width;
    bx_len slot = (k->right - k->left) / chart->category_count;
    k->bar = slot * 3 / 4 / series;
    k->bar = k->bar < style->bar_widest ? k->bar : style->bar_widest;
    bx_len room = series == 1 ? slot - style->gap : k->bar - style->gap / 2;
    *fits = k->bar >= style->bar_least && widest <= room;
    if (!*fits)
        return true;
    k->top = bx_chart_place_unit(w) + w->pitch;
    k->bottom = k->top + style->plot_height;
    return bx_chart_set_categories(w, slot - style->gap, CATEGORY_LINES, fits);
}

static void place_column(struct bx_chart_work *w, const struct columns *k, int s, int c)
{
    int i = s * w->chart->category_count + c, series = w->chart->series_count;
    if (w->values[i].para.line_count == 0)
        return;
    bx_len slot = slot_at(w, k, c), room = slot_at(w, k, c + 1) - slot;
    bx_len x = slot + (room - series * k->bar) / 2 + s * k->bar;
    bx_len height = w->style->plot_height;
    bx_len zero = k->bottom - bx_scale_at(&w->scale, 0, height);
    bx_len end = k->bottom - bx_scale_at(&w->scale, w->figures.items[i], height);
    bool is_below = w->figures.items[i] < 0;
    bx_len y = is_below ? end + w->style->gap / 2 : end - w->pitch;
    bx_chart_place(&w->values[i], x + k->bar / 2, y, BX_ALIGN_CENTER);
    bx_chart_add_ground(w, &w->values[i]);
    struct bx_rect bar = {x, is_below ? zero : end, k->bar, is_below ? end - zero : zero - end};
    bx_chart_add_bar(w, bar, s);
}

static void draw_columns(struct bx_chart_work *w, const struct columns *k)
{
    const struct bx_chart *chart = w->chart;
    bx_chart_add_scale(w, k->left, k->top);
    for (int c = 0; c < chart->category_count; c++)
        for (int s = 0; s < chart->series_count; s++)
            place_column(w, k, s, c);
    bx_len zero = k->bottom - bx_scale_at(&w->scale, 0, w->style->plot_height);
    bx_chart_add_rule_across(w, k->left, k->right, zero, w->style->axis_rule, true);
    bx_len y = k->bottom + w->style->gap, height = 0;
    y += w->scale.low < 0 ? w->pitch : 0;
    for (int c = 0; c < chart->category_count; c++) {
        bx_len middle = (slot_at(w, k, c) + slot_at(w, k, c + 1)) / 2;
        bx_chart_place(&w->categories[c], middle, y, BX_ALIGN_CENTER);
        height = w->categories[c].height > height ? w->categories[c].height : height;
    }
    w->height = bx_chart_add_legend(w, y + height, true);
}

/* ---- lying ---- */

struct rows {
    bx_len left, right; /* of the plot */
    bx_len bar, gap;    /* of a bar, as high as its figure; around a group */
};

static bx_len row_height(const struct bx_chart_work *w, const struct rows *k, int c)
{
    bx_len bars = w->chart->series_count * k->bar, label = w->categories[c].height;
    bx_len height = bars > label ? bars : label;
    return height + k->gap;
}

static bx_len total_height(const struct bx_chart_work *w, const struct rows *k)
{
    bx_len height = 0;
    for (int c = 0; c < w->chart->category_count; c++)
        height += row_height(w, k, c);
    return height;
}

static void place_row(struct bx_chart_work *w, const struct rows *k, int s, int c, bx_len top)
{
    int i = s * w->chart->category_count + c;
    if (w->values[i].para.line_count == 0)
        return;
    bx_len spare = row_height(w, k, c) - w->chart->series_count * k->bar;
    bx_len y = top + spare / 2 + s * k->bar, gap = w->style->gap, width = k->right - k->left;
    bx_len zero = k->left + bx_scale_at(&w->scale, 0, width);
    bx_len end = k->left + bx_scale_at(&w->scale, w->figures.items[i], width);
    bool is_before = w->figures.items[i] < 0;
    if (is_before)
        bx_chart_place(&w->values[i], end - gap, y, BX_ALIGN_RIGHT);
    else
        bx_chart_place(&w->values[i], end + gap, y, BX_ALIGN_LEFT);
    bx_chart_add_ground(w, &w->values[i]);
    struct bx_rect bar = {is_before ? end : zero, y, is_before ? zero - end : end - zero,
                          k->bar};
    bx_chart_add_bar(w, bar, s);
}

/* Rules down the plot; their labels under it, as many as stand clear of each other. */
static void add_ticks(struct bx_chart_work *w, const struct rows *k, bx_len top, bx_len bottom)
{
    const struct bx_scale *scale = &w->scale;
    bx_len width = k->right - k->left, step = width / (w->tick_count - 1);
    bx_len widest = bx_chart_widest(w->ticks, w->tick_count) + 2 * w->style->gap;
    int every = step > 0 ? (widest + step - 1) / step : w->tick_count;
    for (int i = 0; i < w->tick_count; i++) {
        int64_t value = scale->low + i * scale->step;
        bx_len x = k->left + bx_scale_at(scale, value, width);
        if (value != 0)
            bx_chart_add_rule_down(w, x, top, bottom, w->style->grid_rule, false);
        if (value / scale->step % every == 0)
            bx_chart_place(&w->ticks[i], x, bottom + w->style->gap, BX_ALIGN_CENTER);
    }
}

static bool fit_rows(struct bx_chart_work *w, struct rows *k)
{
    const struct bx_chart *chart = w->chart;
    bx_len gap = w->style->gap;
    bx_len value =
        bx_chart_widest(w->values, chart->series_count * chart->category_count) + gap;
    bx_len tick = (bx_chart_widest(w->ticks, w->tick_count) + 1) / 2;
    bx_len side = value > tick ? value : tick;
    bool fits;
    if (!bx_chart_set_categories(w, w->width * 2 / 5, CATEGORY_LINES, &fits))
        return false;
    bx_len label = bx_chart_widest(w->categories, chart->category_count);
    k->left = label + gap;
    k->left += w->scale.low < 0 ? side : 0;
    k->left = k->left > tick ? k->left : tick;
    k->right = w->width - side;
    k->bar = w->pitch;
    k->gap = 2 * w->style->bar_gap;
    return (fits && k->right - k->left >= w->width / 5) || bx_chart_fail_size(w);
}

static bool draw_rows(struct bx_chart_work *w)
{
    const struct bx_chart *chart = w->chart;
    struct rows k;
    w->unit.is_placed = false;
    if (!fit_rows(w, &k))
        return false;
    bx_len top = bx_chart_place_unit(w), below = w->style->gap + w->pitch;
    bx_len legend = bx_chart_add_legend(w, 0, false);
    bx_len room = w->most_height - top - below - legend;
    if (total_height(w, &k) > room)
        k.gap = w->style->bar_gap;
    bx_len height = total_height(w, &k);
    if (height > room)
        return bx_chart_fail_size(w);
    add_ticks(w, &k, top, top + height);
    bx_len y = top, label = bx_chart_widest(w->categories, chart->category_count);
    for (int c = 0; c < chart->category_count; c++) {
        bx_len row = row_height(w, &k, c);
        bx_chart_place(&w->categories[c], label, y + (row - w->categories[c].height) / 2,
                       BX_ALIGN_RIGHT);
        for (int s = 0; s < chart->series_count; s++)
            place_row(w, &k, s, c, y);
        y += row;
    }
    bx_len zero = k.left + bx_scale_at(&w->scale, 0, k.right - k.left);
    bx_chart_add_rule_down(w, zero, top, top + height, w->style->axis_rule, true);
    w->height = bx_chart_add_legend(w, top + height + below, true);
    return true;
}

bool bx_chart_draw_bars(struct bx_chart_work *w)
{
    struct columns k;
    bool fits;
    if (!fit_columns(w, &k, &fits))
        return false;
    if (!fits)
        return draw_rows(w);
    draw_columns(w, &k);
    return w->height <= w->most_height || bx_chart_fail_size(w);
}

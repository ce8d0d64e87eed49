/* What bars and lines share: the rules and labels of the scale, the legend. */
#include "plan/chart_work.h"

bool bx_chart_fail_size(struct bx_chart_work *w)
{
    return bx_fail(w->planner->err, BX_E_FIT, w->planner->model->file, w->block->where,
                   "the chart does not fit a page: give it fewer or shorter categories, or "
                   "more width");
}

void bx_chart_add_scale(struct bx_chart_work *w, bx_len x0, bx_len y0)
{
    const struct bx_scale *scale = &w->scale;
    bx_len height = w->style->plot_height;
    for (int i = 0; i < w->tick_count; i++) {
        int64_t value = scale->low + i * scale->step;
        bx_len y = y0 + height - bx_scale_at(scale, value, height);
        bx_chart_place(&w->ticks[i], x0 - w->style->gap, y - w->pitch / 2, BX_ALIGN_RIGHT);
        if (value != 0)
            bx_chart_add_rule_across(w, x0, w->width, y, w->style->grid_rule, false);
    }
}

bx_len bx_chart_key_width(const struct bx_chart_work *w)
{
    return w->style->size * (w->chart->kind == BX_CHART_LINE ? 3 : 2);
}

static void add_key(struct bx_chart_work *w, int series, bx_len x, bx_len y)
{
    bx_len width = bx_chart_key_width(w), height = w->style->size * 3 / 4;
    if (w->chart->kind == BX_CHART_LINE) {
        const struct bx_point ends[] = {{x, y}, {x + width, y}};
        bx_chart_add_polyline(w, ends, 2, w->style->curve_rule, series);
        bx_chart_add_marker(w, (struct bx_point){x + width / 2, y}, series);
        return;
    }
    bx_chart_add_bar(w, (struct bx_rect){x, y - height / 2, width, height}, series);
}

/* How many series from `first` on stand in one row, and how wide they are. One always does: its
 * name was set to the room that its key leaves. */
static int fill_row(const struct bx_chart_work *w, int first, bx_len *width)
{
    bx_len between = 2 * w->style->size, fixed = bx_chart_key_width(w) + w->style->gap;
    int s = first;
    *width = 0;
    for (; s < w->chart->series_count; s++) {
        bx_len more = fixed + w->series[s].width + (s > first ? between : 0);
        if (*width + more > w->width)
            break;
        *width += more;
    }
    return s - first;
}

bx_len bx_chart_add_legend(struct bx_chart_work *w, bx_len y, bool draw)
{
    if (w->series[0].para.line_count == 0)
        return y;
    y += w->style->gap;
    for (int s = 0; s < w->chart->series_count;) {
        bx_len width, height = 0;
        int count = fill_row(w, s, &width);
        bx_len x = (w->width - width) / 2;
        for (int end = s + count; s < end; s++) {
            struct bx_chart_label *label = &w->series[s];
            if (draw)
                add_key(w, s, x, y + w->pitch / 2);
            x += bx_chart_key_width(w) + w->style->gap;
            bx_chart_place(label, x, y, BX_ALIGN_LEFT);
            x += label->width + 2 * w->style->size;
            height = label->height > height ? label->height : height;
        }
        y += height;
    }
    return y;
}

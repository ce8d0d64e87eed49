/* Texts of a chart. All are small and set ragged; a label is measured by its ink boxes, so that
 * what is placed edge to edge does not overlap. */
#include "plan/chart_work.h"

#include <limits.h>
#include <string.h>

enum {
    FIGURE_LINES = 1,
};

bool bx_chart_set(struct bx_chart_label *out,
                  struct bx_chart_work *w,
                  const char *text,
                  int element,
                  bx_len measure)
{
    struct bx_planner *p = w->planner;
    struct bx_piece piece = {
        .text = text,
        .len = (int)strlen(text),
        .role = bx_fontset_find_role(p->fonts, w->style->role),
        .size = w->style->size,
        .element = element,
        .where = w->block->where,
    };
    struct bx_para_spec spec = {
        .measure = measure > BX_PT ? measure : BX_PT, /* less holds nothing either */
        .em = w->style->size,
        .align = BX_ALIGN_LEFT,
        .rules = &w->rules,
        .is_cell = true,
        .half_digits = true,
        .ink = p->style->ink,
    };
    *out = (struct bx_chart_label){.is_placed = false};
    if (!bx_para_build(&out->para, &p->context, &piece, 1, &spec, p->err))
        return false;
    out->height = out->para.line_count * w->pitch;
    for (int i = 0; i < out->para.line_count; i++) {
        const struct bx_line *line = &out->para.lines[i];
        bx_len width = line->right - line->left;
        out->width = width > out->width ? width : out->width;
        out->is_bad |= line->is_overfull || line->is_emergency;
    }
    return true;
}

static bool set_ticks(struct bx_chart_work *w)
{
    const struct bx_scale *scale = &w->scale;
    struct bx_arena *arena = w->drawing->arena;
    w->tick_count = (int)((scale->high - scale->low) / scale->step) + 1;
    w->ticks = BX_NEW_ARRAY(arena, struct bx_chart_label, (size_t)w->tick_count);
    for (int i = 0; i < w->tick_count; i++) {
        const char *text = bx_scale_text(arena, scale, scale->low + i * scale->step);
        if (!bx_chart_set(&w->ticks[i], w, text, BX_ARTIFACT_LAYOUT, w->width))
            return false;
    }
    return true;
}

static bool are_good(const struct bx_chart_label *labels, int count, int lines)
{
    for (int i = 0; i < count; i++)
        if (labels[i].is_bad || labels[i].para.line_count > lines)
            return false;
    return true;
}

bool bx_chart_set_all(struct bx_chart_work *w)
{
    const struct bx_chart *chart = w->chart;
    int series = chart->series_count, count = series * chart->category_count;
    struct bx_arena *arena = w->drawing->arena;
    w->series = BX_NEW_ARRAY(arena, struct bx_chart_label, (size_t)series);
    w->categories = BX_NEW_ARRAY(arena, struct bx_chart_label, (size_t)chart->category_count);
    w->values = BX_NEW_ARRAY(arena, struct bx_chart_label, (size_t)count);
    if (chart->unit) {
        const char *text = bx_arena_printf(arena, "%s%s%s", w->style->unit_before, chart->unit,
                                           w->style->unit_after);
        if (!bx_chart_set(&w->unit, w, text, w->unit_element, w->width))
            return false;
    }
    bx_len room = w->width - bx_chart_key_width(w) - w->style->gap;
    for (int s = 0; s < series; s++)
        if (chart->series[s] &&
            !bx_chart_set(&w->series[s], w, chart->series[s], w->series_elements[s], room))
            return false;
    for (int i = 0; i < count; i++)
        if (chart->values[i] &&
            !bx_chart_set(&w->values[i], w, chart->values[i], w->value_elements[i], w->width))
            return false;
    if (chart->kind != BX_CHART_PIE && !set_ticks(w))
        return false;
    bool fits = are_good(&w->unit, 1, INT_MAX) && are_good(w->series, series, INT_MAX) &&
                are_good(w->values, count, FIGURE_LINES) &&
                are_good(w->ticks, w->tick_count, FIGURE_LINES);
    return fits || bx_chart_fail_size(w);
}

bool bx_chart_set_categories(struct bx_chart_work *w, bx_len measure, int lines, bool *fits)
{
    int count = w->chart->category_count;
    for (int c = 0; c < count; c++)
        if (!bx_chart_set(&w->categories[c], w, w->chart->categories[c],
                          w->category_elements[c], measure))
            return false;
    *fits = are_good(w->categories, count, lines);
    return true;
}

bx_len bx_chart_widest(const struct bx_chart_label *labels, int count)
{
    bx_len width = 0;
    for (int i = 0; i < count; i++)
        width = labels[i].width > width ? labels[i].width : width;
    return width;
}

void bx_chart_place(struct bx_chart_label *label, bx_len x, bx_len y, enum bx_align align)
{
    label->is_placed = true;
    label->align = align;
    label->x = x;
    label->y = y;
    if (align == BX_ALIGN_CENTER)
        label->x -= label->width / 2;
    if (align == BX_ALIGN_RIGHT)
        label->x -= label->width;
}

void bx_chart_add_label(struct bx_chart_work *w, const struct bx_chart_label *label)
{
    for (int i = 0; label->is_placed && i < label->para.line_count; i++) {
        const struct bx_line *line = &label->para.lines[i];
        bx_len spare = label->width - (line->right - line->left);
        bx_len x = label->x - line->left;
        if (label->align == BX_ALIGN_CENTER)
            x += spare / 2;
        if (label->align == BX_ALIGN_RIGHT)
            x += spare;
        bx_drawing_add_line(w->drawing, line, x, label->y + i * w->pitch + w->pitch / 2);
    }
}

bx_len bx_chart_place_unit(struct bx_chart_work *w)
{
    bx_len top = 2 * w->style->gap; /* to the text above */
    if (w->unit.para.line_count == 0)
        return top;
    bx_chart_place(&w->unit, 0, top, BX_ALIGN_LEFT);
    return top + w->unit.height + w->style->gap;
}

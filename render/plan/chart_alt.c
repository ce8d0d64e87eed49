/* What a chart shows, in words, for those who do not see it: its kind, its caption, and each
 * figure with its category and unit, series by series. Words come from the style. */
#include "plan/chart_work.h"

#include "base/buf.h"

static const char *kind_name(const struct bx_chart_style *style, enum bx_chart_kind kind)
{
    switch (kind) {
    case BX_CHART_BAR:
        return style->bar_name;
    case BX_CHART_GROUPED:
        return style->grouped_name;
    case BX_CHART_LINE:
        return style->line_name;
    case BX_CHART_PIE:
        return style->pie_name;
    }
    return "";
}

const char *bx_chart_alt(struct bx_planner *p, const struct bx_block *block)
{
    const struct bx_chart *chart = block->chart;
    const struct bx_chart_style *style = &p->style->chart;
    struct bx_buf text = {0};
    bx_buf_add_text(&text, kind_name(style, chart->kind));
    for (int i = 0; i < block->caption.span_count; i++)
        bx_buf_printf(&text, "%s%s", i == 0 ? "：" : "", block->caption.spans[i].text);
    for (int s = 0; s < chart->series_count; s++) {
        bx_buf_add_text(&text, s == 0 ? "。" : "；");
        if (chart->series[s])
            bx_buf_printf(&text, "%s：", chart->series[s]);
        for (int c = 0; c < chart->category_count; c++) {
            const char *value = chart->values[s * chart->category_count + c];
            bx_buf_printf(&text, "%s%s %s%s", c == 0 ? "" : "，", chart->categories[c],
                          value ? value : style->blank_name,
                          value && chart->unit ? chart->unit : "");
        }
    }
    bx_buf_add_text(&text, "。");
    const char *alt = bx_arena_strndup(&p->plan->arena, text.data, text.len);
    bx_buf_fini(&text);
    return alt;
}

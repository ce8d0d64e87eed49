/* A chart: what is to be drawn, and which figures. Every figure is printed at its bar, point or
 * slice, so there are no more of them than a page holds. */
#include "model/read.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "model/number.h"

enum {
    CATEGORIES_MAX = 24,
    SLICES_MAX = 12,
    SERIES_MAX = 6,
    VALUES_MAX = 60,
    NAME_MAX = 40,   /* characters of a category, series or unit */
    DIGITS_MAX = 16, /* characters of a figure */
};

static const char *read_name(struct bx_reader *reader, const struct bx_json *value)
{
    const char *text = bx_read_line(reader, value, BX_STRING_NAME);
    if (!text || bx_utf8_count(value->text, value->text_len) <= NAME_MAX)
        return text;
    bx_read_error(reader, "LENGTH", value,
                  bx_findings_text(reader->findings, "图表中的名称最多 %d 个字符", NAME_MAX),
                  bx_findings_text(reader->findings,
                                   "a name in a chart has at most %d characters", NAME_MAX));
    return NULL;
}

/* An array of least to most items; false, with an error, otherwise. */
static bool
check_count(struct bx_reader *reader, const struct bx_json *value, int least, int most)
{
    if (!bx_read_kind(reader, value, BX_JSON_ARRAY))
        return false;
    if (least <= value->count && value->count <= most)
        return true;
    struct bx_findings *list = reader->findings;
    bx_read_error(
        reader, "CHART", value,
        least == most ? bx_findings_text(list, "这里应有 %d 项，写了 %d 项", most, value->count)
                      : bx_findings_text(list, "这里应有 %d 到 %d 项，写了 %d 项", least, most,
                                         value->count),
        least == most
            ? bx_findings_text(list, "%d entries are due here, not %d", most, value->count)
            : bx_findings_text(list, "%d to %d entries are due here, not %d", least, most,
                               value->count));
    return false;
}

static void
read_categories(struct bx_reader *reader, const struct bx_json *value, struct bx_chart *chart)
{
    int least = chart->kind == BX_CHART_LINE ? 2 : 1;
    int most = chart->kind == BX_CHART_PIE ? SLICES_MAX : CATEGORIES_MAX;
    if (!check_count(reader, value, least, most))
        return;
    chart->category_count = value->count;
    chart->categories = BX_NEW_ARRAY(reader->arena, const char *, (size_t)value->count);
    for (const struct bx_json *item = value->first; item; item = item->next)
        chart->categories[item->index] = read_name(reader, item);
}

/* The figure as written; *out stays NULL for a blank one. False after an error. */
static bool read_figure(const char **out,
                        struct bx_reader *reader,
                        const struct bx_json *value,
                        enum bx_chart_kind kind)
{
    if (value->kind == BX_JSON_NULL)
        return true;
    if (!bx_read_kind(reader, value, BX_JSON_NUMBER))
        return false;
    bool is_negative = value->text[0] == '-';
    if (!bx_number_suits(value->text + is_negative, BX_VALUE_AMOUNT)) {
        bx_read_error(reader, "FIGURE", value, "图表中的数字不能用指数",
                      "a figure of a chart has no exponent");
        return false;
    }
    if (value->text_len > DIGITS_MAX) {
        bx_read_error(
            reader, "LENGTH", value,
            bx_findings_text(reader->findings, "图表中的数字最多 %d 个字符", DIGITS_MAX),
            bx_findings_text(reader->findings, "a figure of a chart has at most %d characters",
                             DIGITS_MAX));
        return false;
    }
    if (is_negative && kind == BX_CHART_PIE) {
        bx_read_error(reader, "CHART", value, "饼图的数字不能小于 0",
                      "a pie has no figures below 0");
        return false;
    }
    *out = bx_arena_strndup(reader->arena, value->text, (size_t)value->text_len);
    return true;
}

/* False after an error. */
static bool read_series(struct bx_reader *reader,
                        const struct bx_json *value,
                        struct bx_chart *chart,
                        bool is_named)
{
    const struct bx_field fields[] = {{"name", is_named}, {"values", true}};
    if (!bx_read_fields(reader, value, fields, 2))
        return false;
    const struct bx_json *name = bx_json_find(value, "name");
    const struct bx_json *values = bx_json_find(value, "values");
    if (name)
        chart->series[value->index] = read_name(reader, name);
    if (!values || chart->category_count == 0 ||
        !check_count(reader, values, chart->category_count, chart->category_count))
        return false;
    bool is_right = true;
    const char **figures = &chart->values[value->index * chart->category_count];
    for (const struct bx_json *item = values->first; item; item = item->next)
        if (!read_figure(&figures[item->index], reader, item, chart->kind))
            is_right = false;
    return is_right;
}

static bool is_nought(const char *figure)
{
    return figure[strspn(figure, "-0.")] == '\0';
}

/* Something must be there to draw; in a pie, more than nothing. */
static void check_figures(struct bx_reader *reader,
                          const struct bx_json *value,
                          const struct bx_chart *chart)
{
    for (int i = 0; i < chart->series_count * chart->category_count; i++)
        if (chart->values[i] && (chart->kind != BX_CHART_PIE || !is_nought(chart->values[i])))
            return;
    bx_read_error(reader, "CHART", value,
                  chart->kind == BX_CHART_PIE ? "饼图应有大于 0 的数字" : "图表中没有数字",
                  chart->kind == BX_CHART_PIE ? "a pie needs a figure above 0"
                                              : "the chart has no figures");
}

/* False after an error: then the figures are not looked at together. */
static bool
read_all_series(struct bx_reader *reader, const struct bx_json *value, struct bx_chart *chart)
{
    bool is_single = chart->kind == BX_CHART_BAR || chart->kind == BX_CHART_PIE;
    int least = chart->kind == BX_CHART_GROUPED ? 2 : 1, most = is_single ? 1 : SERIES_MAX;
    if (!check_count(reader, value, least, most))
        return false;
    if (value->count * chart->category_count > VALUES_MAX) {
        bx_read_error(
            reader, "CHART", value,
            bx_findings_text(reader->findings, "一张图最多 %d 个数字", VALUES_MAX),
            bx_findings_text(reader->findings, "a chart has at most %d figures", VALUES_MAX));
        return false;
    }
    size_t count = (size_t)value->count;
    chart->series_count = value->count;
    chart->series = BX_NEW_ARRAY(reader->arena, const char *, count);
    chart->values =
        BX_NEW_ARRAY(reader->arena, const char *, count *(size_t)chart->category_count + 1);
    bool is_right = true;
    for (const struct bx_json *item = value->first; item; item = item->next)
        if (!read_series(reader, item, chart, value->count > 1))
            is_right = false;
    return is_right;
}

void bx_read_chart(struct bx_reader *reader, const struct bx_json *value, struct bx_chart **out)
{
    static const char *const kinds[] = {"bar", "grouped", "line", "pie"};
    static const struct bx_field fields[] = {
        {"kind", true}, {"unit", false}, {"categories", true}, {"series", true}};
    if (!bx_read_fields(reader, value, fields, 4))
        return;
    const struct bx_json *member = bx_json_find(value, "kind");
    int kind = member ? bx_read_choice(reader, member, kinds, 4) : -1;
    struct bx_chart *chart = BX_NEW(reader->arena, struct bx_chart);
    member = bx_json_find(value, "unit");
    if (member)
        chart->unit = read_name(reader, member);
    if (kind < 0)
        return;
    chart->kind = (enum bx_chart_kind)kind;
    member = bx_json_find(value, "categories");
    if (member)
        read_categories(reader, member, chart);
    member = bx_json_find(value, "series");
    if (!member || !read_all_series(reader, member, chart) || chart->category_count == 0)
        return;
    check_figures(reader, value, chart);
    *out = chart;
}

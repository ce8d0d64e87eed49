/* How a style draws charts. What the drawing divides by or counts on is checked here. */
#include "layout/style_read.h"

enum {
    STEPS_MAX = 20,
};

static bool read_label(struct bx_chart_style *out,
                       struct bx_style_reader *reader,
                       const struct bx_xml_node *chart)
{
    struct bx_xml_place place;
    if (!bx_style_place(&place, reader, chart, "label") ||
        !bx_xml_len(&out->size, &place, "size") ||
        !bx_xml_em1000(&out->line_em1000, &place, "line-pitch") ||
        !bx_xml_len(&out->gap, &place, "gap"))
        return false;
    bx_xml_string(&out->role, &place, "role", &reader->style->arena);
    bool is_set = out->role && out->size > 0 && out->size <= reader->style->type_area.w / 8 &&
                  1000 <= out->line_em1000 && out->line_em1000 <= 10000 &&
                  out->gap <= reader->style->type_area.w / 8;
    return is_set ||
           bx_style_fail(&place, "no role, a size that cannot be, or lines lower than that");
}

static bool read_plot(struct bx_chart_style *out,
                      struct bx_style_reader *reader,
                      const struct bx_xml_node *chart)
{
    struct bx_xml_place place;
    out->steps = 1;
    if (!bx_style_place(&place, reader, chart, "plot") ||
        !bx_xml_len(&out->plot_height, &place, "height") ||
        !bx_xml_len(&out->pie_radius, &place, "pie-radius") ||
        !bx_xml_int(&out->steps, &place, "steps", 2, STEPS_MAX))
        return false;
    const struct bx_rect *area = &reader->style->type_area;
    bool is_inside = 0 < out->plot_height && out->plot_height <= area->h &&
                     0 < out->pie_radius && out->pie_radius <= area->w / 2;
    return is_inside || bx_style_fail(&place, "the plot is larger than the type area");
}

static bool read_rules(struct bx_chart_style *out,
                       struct bx_style_reader *reader,
                       const struct bx_xml_node *chart)
{
    struct bx_xml_place place;
    if (!bx_style_place(&place, reader, chart, "rules") ||
        !bx_xml_len(&out->axis_rule, &place, "axis") ||
        !bx_xml_len(&out->grid_rule, &place, "grid") ||
        !bx_xml_len(&out->outline_rule, &place, "outline") ||
        !bx_xml_len(&out->curve_rule, &place, "curve"))
        return false;
    bx_len most = out->size;
    bool is_thin = out->axis_rule <= most && out->grid_rule <= most &&
                   out->outline_rule <= most && out->curve_rule <= most;
    return is_thin || bx_style_fail(&place, "a rule is wider than the characters");
}

static bool read_bars(struct bx_chart_style *out,
                      struct bx_style_reader *reader,
                      const struct bx_xml_node *chart)
{
    struct bx_xml_place place;
    if (!bx_style_place(&place, reader, chart, "bars") ||
        !bx_xml_len(&out->bar_widest, &place, "widest") ||
        !bx_xml_len(&out->bar_least, &place, "least") ||
        !bx_xml_len(&out->bar_gap, &place, "gap") ||
        !bx_xml_len(&out->marker, &place, "marker"))
        return false;
    bool is_set = 0 < out->bar_least && out->bar_least <= out->bar_widest &&
                  out->bar_widest <= reader->style->type_area.w / 2 && 0 < out->marker &&
                  out->marker <= 4 * out->size && out->bar_gap <= 4 * out->size;
    return is_set || bx_style_fail(&place, "least is above 0 and at most widest");
}

static bool read_words(struct bx_chart_style *out,
                       struct bx_style_reader *reader,
                       const struct bx_xml_node *chart)
{
    struct bx_arena *arena = &reader->style->arena;
    struct bx_xml_place place;
    if (!bx_style_place(&place, reader, chart, "words"))
        return false;
    const struct {
        const char **word, *name;
    } words[] = {
        {&out->unit_before, "unit-before"},
        {&out->unit_after, "unit-after"},
        {&out->bar_name, "bar"},
        {&out->grouped_name, "grouped"},
        {&out->line_name, "line"},
        {&out->pie_name, "pie"},
        {&out->blank_name, "blank"},
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        *words[i].word = "";
        bx_xml_string(words[i].word, &place, words[i].name, arena);
    }
    return true;
}

bool bx_style_read_chart(struct bx_style_reader *reader)
{
    struct bx_chart_style *out = &reader->style->chart;
    const struct bx_xml_node *chart = bx_xml_find_child(reader->xml->root, "chart");
    struct bx_xml_place place;
    if (!chart)
        return true;
    out->is_given = true;
    return read_label(out, reader, chart) && read_plot(out, reader, chart) &&
           read_rules(out, reader, chart) && read_bars(out, reader, chart) &&
           bx_style_place(&place, reader, chart, "tint") &&
           bx_xml_colour(&out->tint, &place, "colour") &&
           bx_xml_len(&out->hatch_pitch, &place, "hatch") &&
           (out->hatch_pitch >= BX_PT ||
            bx_style_fail(&place, "lines of hatching stand 1pt apart at least")) &&
           read_words(out, reader, chart);
}

/* What the files of plan/chart*.c share while a chart is drawn.
 *
 * Drawing goes in two steps. First every text is set and gets its place, which decides the size of
 * all; what does not fit another layout tries. Then shapes are drawn, and after them the texts in
 * the order of the table they are (chart.c). */
#ifndef BX_CHART_WORK_H
#define BX_CHART_WORK_H

#include "plan/chart_scale.h"
#include "plan/plan_work.h"

/* A text of a chart: set ragged, placed line by line.
 *
 * Holds  nothing of it lies outside x .. x + width, y .. y + height. */
struct bx_chart_label {
    struct bx_para para;
    bx_len width, height; /* of the widest line; of all line cells */
    bool is_bad;          /* a line is too wide or broken where none should be */
    bool is_placed;
    bx_len x, y;
    enum bx_align align; /* of its lines within its width */
};

/* Shape  series[s]; categories[c]; values[s * category_count + c], without text where there is no
 *        figure; ticks in the order of the scale. */
struct bx_chart_work {
    struct bx_planner *planner;
    const struct bx_block *block;
    const struct bx_chart *chart;
    const struct bx_chart_style *style;
    struct bx_line_rules rules;
    struct bx_drawing *drawing;
    bx_len pitch; /* of lines of text */
    bx_len width, height;
    bx_len most_height;
    int figure; /* the element shapes belong to */
    struct bx_figures figures;
    struct bx_scale scale;

    struct bx_chart_label unit, *series, *categories, *values, *ticks;
    int tick_count;
    int unit_element, *series_elements, *category_elements, *value_elements;

    bool needs_table; /* the figures found no place at their points */
};

/* ---- chart_label.c: texts ---- */

bool bx_chart_set(struct bx_chart_label *out,
                  struct bx_chart_work *w,
                  const char *text,
                  int element,
                  bx_len measure);

/* Sets unit, series and values, and the ticks of the scale.
 *
 * Fails   BX_E_FIT where a word or a figure is wider than the chart. */
bool bx_chart_set_all(struct bx_chart_work *w);

/* Sets the categories to a measure. *fits tells that none is bad or has more than `lines`. */
bool bx_chart_set_categories(struct bx_chart_work *w, bx_len measure, int lines, bool *fits);

/* The widest of labels that have a text. */
bx_len bx_chart_widest(const struct bx_chart_label *labels, int count);

/* Puts a label so that its left end, its middle or its right end is at x, as `align` says. */
void bx_chart_place(struct bx_chart_label *label, bx_len x, bx_len y, enum bx_align align);

/* Adds the text of a label to the drawing, if it was placed. */
void bx_chart_add_label(struct bx_chart_work *w, const struct bx_chart_label *label);

/* Places the unit at the top left; gives where what stands below it starts. */
bx_len bx_chart_place_unit(struct bx_chart_work *w);

/* ---- chart_shape.c: shapes ---- */

enum {
    BX_CHART_FILLS = 6, /* that differ in black and one tint */
};

struct bx_colour bx_chart_white(void);

/* An outline in one of the fills. */
void bx_chart_add_filled(struct bx_chart_work *w,
                         const struct bx_step *steps,
                         int count,
                         int fill);
void bx_chart_add_bar(struct bx_chart_work *w, struct bx_rect rect, int fill);

/* A straight line through points. */
void bx_chart_add_polyline(
    struct bx_chart_work *w, const struct bx_point *points, int count, bx_len width, int dash);

/* A rule of the scale or an axis, centred on its place. */
void bx_chart_add_rule_across(
    struct bx_chart_work *w, bx_len x0, bx_len x1, bx_len y, bx_len width, bool is_axis);
void bx_chart_add_rule_down(
    struct bx_chart_work *w, bx_len x, bx_len y0, bx_len y1, bx_len width, bool is_axis);

/* White under a label, so that no rule runs through it. */
void bx_chart_add_ground(struct bx_chart_work *w, const struct bx_chart_label *label);

void bx_chart_add_marker(struct bx_chart_work *w, struct bx_point at, int series);

/* ---- layouts ----
 *
 * Each places all labels, draws the shapes and sets the height.
 *
 * Fails   BX_E_FIT where it is too large for a page. */
bool bx_chart_draw_bars(struct bx_chart_work *w);
bool bx_chart_draw_lines(struct bx_chart_work *w);
bool bx_chart_draw_pie(struct bx_chart_work *w);

bool bx_chart_fail_size(struct bx_chart_work *w);

/* The rules and labels of a scale that goes up, between y0 (high) and y0 + the plot's height. */
void bx_chart_add_scale(struct bx_chart_work *w, bx_len x0, bx_len y0);

/* What marks a series in the legend. */
bx_len bx_chart_key_width(const struct bx_chart_work *w);

/* The names of the series with what marks them, in centred rows from y on; gives their end. With
 * `draw` false the labels are placed only. */
bx_len bx_chart_add_legend(struct bx_chart_work *w, bx_len y, bool draw);

/* ---- chart_alt.c ---- */

/* What the chart shows, in words. */
const char *bx_chart_alt(struct bx_planner *p, const struct bx_block *block);

#endif

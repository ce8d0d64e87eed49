/* What the tests of charts share: a chart drawn by itself, and what stands where in its drawing. */
#ifndef BX_TEST_DRAWN_H
#define BX_TEST_DRAWN_H

#include "plan/chart.h"
#include "setting.h"

/* Of an array. */
#define COUNT(array) ((int)(sizeof(array) / sizeof(*(array))))

struct drawn {
    struct setting setting;
    struct bx_style *style;
    struct bx_plan plan;
    struct bx_model model;
    struct bx_planner planner;
    struct bx_chart chart;
    struct bx_block block;
    struct bx_span caption;
    struct bx_err err;
};

void drawn_init(struct drawn *d);
void drawn_fini(struct drawn *d);

/* Of a group of tests, in the style gbt9704. */
int drawn_set_up(void **state);
int drawn_tear_down(void **state);

/* Round measures for the style: a name has 10 pt a character, a figure 5 a digit. */
enum {
    SIZE = 10 * BX_PT,
    PITCH = 12 * BX_PT,
    GAP = 6 * BX_PT,
    PLOT_HEIGHT = 100 * BX_PT,
    PIE_RADIUS = 60 * BX_PT,
    AXIS_RULE = 2 * BX_PT,
    GRID_RULE = BX_PT,
    OUTLINE_RULE = BX_PT,
    CURVE_RULE = 2 * BX_PT,
    BAR_WIDEST = 30 * BX_PT,
    BAR_LEAST = 9 * BX_PT,
    BAR_GAP = 4 * BX_PT,
    MARKER = 6 * BX_PT,
};
void drawn_make_round(struct drawn *d);

/* Of a single test: round measures. */
int drawn_set_up_round(void **state);

enum {
    HIGH = 2000 * BX_PT, /* a page that holds any chart of a test */
};

bx_len pt(double points);

/* A chart whose names and figures stand in arrays of the caller. */
void drawn_give(struct drawn *d,
                enum bx_chart_kind kind,
                const char **categories,
                int category_count,
                const char **series,
                int series_count,
                const char **values);

bool drawn_make(struct drawn *d);

/* Gives the chart a page of this size, and draws it: told is whether it fits, which it must do or
 * else stop with exit status 6. */
bool drawn_fits(struct drawn *d, bx_len width, bx_len height);

const struct bx_drawing *drawn_drawing(const struct drawn *d);
bx_len drawn_height(const struct drawn *d);

/* A shape: filled and not white, so neither a line nor the ground of a text. */
bool drawn_is_shape(const struct bx_drawn *drawn);
bool drawn_is_open_line(const struct bx_drawn *drawn);

int drawn_list_shapes(const struct drawn *d, struct bx_rect *boxes, int room);

/* The em boxes of a run. */
struct bx_rect drawn_run_box(const struct bx_run *run);

/* A line of text: where it starts, and its ideographic centre. In points; x is NAN where the text has
 * no round width, so that it starts nowhere round. */
struct drawn_text {
    const char *text;
    double x, y;
};

/* All texts of the drawing, in its order, are these. */
void drawn_check_texts(const struct drawn *d, const struct drawn_text *texts, int count);

/* The n-th run of the drawing with this text stands there. */
void drawn_check_text(const struct drawn *d, int n, struct drawn_text text);

struct drawn_rect {
    double x, y, w, h;
};

/* All filled shapes, by their boxes, are these. */
void drawn_check_shapes(const struct drawn *d, const struct drawn_rect *rects, int count);

/* All rectangles of one colour are these: rules of the scale, axes, grounds of texts. */
void drawn_check_fills(const struct drawn *d,
                       struct bx_colour colour,
                       const struct drawn_rect *rects,
                       int count);

#endif

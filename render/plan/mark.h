/* Marks: what ends up on paper. The vocabulary of the display list.
 *
 * Made by plan/ with places relative to a line or cell, put on pages by page/, read by output/.
 * y grows downward. */
#ifndef BX_MARK_H
#define BX_MARK_H

#include "base/len.h"
#include "font/fontset.h"
#include "layout/form.h"
#include "plan/structure.h"

/* A glyph with its place on the line.
 *
 * Holds  glyphs of one cluster stand side by side; the first carries the cluster's text, the
 *        others text_len 0. The clusters of a run cover its text in order, without gaps. */
struct bx_glyph {
    uint32_t index; /* in the font file; never 0 */
    bx_len advance; /* to the next glyph's pen, justification included */
    bx_len dx, dy;  /* of the glyph's horizontal origin against the pen; dy down */
    int text_at;    /* byte in the run's text */
    int text_len;   /* bytes of the cluster */
};

/* Glyphs in one face and size. The pen starts at x, y and moves right by each advance, or down
 * when is_vertical. A glyph is drawn with its horizontal origin (left end of the baseline) at
 * the pen + (dx, dy), in both cases.
 *
 * Notes   scale_x_1000 stretches the outlines horizontally (a —— joined from one dash). */
struct bx_run {
    const struct bx_font *font;
    bx_len size;
    bx_len x, y;
    bool is_vertical;
    int scale_x_1000; /* 1000 as a rule */
    const struct bx_glyph *glyphs;
    int glyph_count;
    const char *text; /* UTF-8 of exactly these glyphs, text_len bytes */
    int text_len;
    struct bx_colour colour;
    int element; /* or BX_ARTIFACT_... */
};

struct bx_point {
    bx_len x, y;
};

enum bx_step_kind {
    BX_STEP_MOVE,
    BX_STEP_LINE,
    BX_STEP_CURVE, /* cubic: two control points, then the end */
    BX_STEP_CLOSE,
};

struct bx_step {
    enum bx_step_kind kind;
    struct bx_point points[3]; /* MOVE, LINE: the first */
};

/* An outline to be filled, or a line to be drawn along with round joins and flat ends.
 *
 * Shape  every part starts with MOVE. Places count from the corner of the path's box.
 * Holds  nothing drawn lies outside the box; colours are of the family of all others. */
struct bx_path {
    const struct bx_step *steps;
    int step_count;
    const struct bx_step *clip; /* an outline that nothing is drawn outside of, or NULL */
    int clip_count;
    bx_len box_w, box_h;
    bool is_stroked;
    bx_len width;             /* of the line */
    bx_len dash_on, dash_off; /* both 0: solid */
    struct bx_colour colour;
};

#endif

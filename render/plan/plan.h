/* The plan: everything set in lines and grids, no pages yet.
 *
 * Shape  blocks in the order of the printed report.
 * Holds  every character of the model stands in exactly one block. */
#ifndef BX_PLAN_H
#define BX_PLAN_H

#include "base/cancel.h"
#include "image/image.h"
#include "layout/style.h"
#include "model/model.h"
#include "plan/drawing.h"
#include "plan/para.h"
#include "plan/seal.h"
#include "plan/table.h"

enum bx_plan_kind {
    BX_PLAN_LINES, /* text on the grid */
    BX_PLAN_TABLE,
    BX_PLAN_SIGNATURE, /* lines that must not stand alone on a page */
    BX_PLAN_IMAGE,
};

/* One block of the plan.
 *
 * LINES, SIGNATURE: line i takes line_cells grid lines and is centred in them. blank_before and
 * blank_after are grid lines; blank lines at a page head are dropped for all but the title. */
struct bx_plan_block {
    enum bx_plan_kind kind;
    const char *where;
    struct bx_para para; /* x of each line relative to the type area's left edge */
    int line_cells;
    int blank_before, blank_after;
    bool keep_next; /* a heading: with the first keep_lines lines, or the table's first group */
    bool keep_whole; /* never broken over pages: titles, headings, signature */
    bool is_title;   /* its blank lines stay at the page head */

    /* TABLE: one setting for each density, natural first. The others have no rows until
     * bx_plan_need_table() is asked for them: pages seldom want a denser table. */
    struct bx_table *tables;
    int table_count;
    bool is_statutory;
    const struct bx_section *section; /* whose table it is; statutory tables only */
    bx_len row_least;                 /* no row of it is lower, at any density */

    /* IMAGE: centred, image_h off the grid; borrowed from the plan's arena. */
    const struct bx_image *image;
    bx_len image_w, image_h;
    const struct bx_drawing
        *drawing; /* stands in the image's place, as large as image_w, image_h */

    int element;
};

struct bx_plan {
    struct bx_arena arena;
    const struct bx_style *style; /* borrowed, as all below */
    const struct bx_model *model;
    struct bx_fontset *fonts;
    struct bx_kept *kept;           /* or NULL */
    const struct bx_cancel *cancel; /* asked by pages too; or NULL */
    struct bx_structure structure;
    struct bx_plan_block *blocks;
    int block_count;
    const struct bx_seal *seal; /* to be painted over organ and date, or NULL */
};

/* Sets a whole report.
 *
 * Gives   *out, which the caller frees with bx_plan_free(); it points into model, style and fonts.
 * Notes   what the headers of lines, tables and images say. MISSING is an error of the list that does
 *         not end the plan, so that every such character is told: with one no page may be made.
 *         cancel, which may be NULL, is asked before each block; kept (plan/kept.h) may be NULL.
 * Fails   BX_E_LAYOUT where the style lacks a setting or a role, BX_E_FIT where figures or a chart fit
 *         at no size, BX_E_READ where an image could not be read, BX_E_CANCELLED; findings name every
 *         place. */
bool bx_plan_build(struct bx_plan **out,
                   const struct bx_model *model,
                   const struct bx_style *style,
                   const struct bx_sections *sections,
                   struct bx_fontset *fonts,
                   struct bx_kept *kept,
                   const struct bx_cancel *cancel,
                   struct bx_findings *findings,
                   struct bx_err *err);

/* Sets a TABLE block at a density, if that was not done before.
 *
 * Needs   0 <= density < its table_count.
 * Fails   as bx_plan_build(); the natural setting stands ever since the plan was built. */
bool bx_plan_need_table(struct bx_plan *plan, int block, int density, struct bx_err *err);

/* All of them, for a look at the plan. */
bool bx_plan_need_tables(struct bx_plan *plan, struct bx_err *err);

void bx_plan_free(struct bx_plan *plan);

#endif

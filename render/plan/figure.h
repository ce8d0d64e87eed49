/* Images in the prose: a figure with its caption. */
#ifndef BX_PLAN_FIGURE_H
#define BX_PLAN_FIGURE_H

#include "plan/plan_work.h"

/* Reads the image of a block and adds it with its caption: under it, as figures have it, and
 * kept on its page.
 *
 * Gives   true also when the image cannot be read: then a finding tells why, planner->lacks_image
 *         is set, and the plan must fail at its end, so that every bad image is told.
 * Fails   BX_E_FONT, BX_E_FIT for the caption. */
bool bx_planner_add_image(struct bx_planner *p, const struct bx_block *block);

/* Reads an image of the report.
 *
 * Gives   NULL when it cannot be read: as above. */
const struct bx_image *bx_planner_load_image(struct bx_planner *p,
                                             const struct bx_image_request *request);

/* The height a page has for an image or a chart, which is this block of the plan, between the
 * headings that stay with it and `lines_below` grid lines of caption. */
bx_len bx_planner_room(const struct bx_planner *p, int block, int lines_below);

/* Makes an image that ends the report so small that the signature stands under it (PAG-04). */
void bx_planner_fit_last_image(struct bx_planner *p);

#endif

#include "plan/figure.h"

#include <string.h>

#include "image/load.h"

/* An image stands off the grid, like a table: it has its own height, and the text after it takes
 * the next whole line. It is made smaller until it fits on a page together with its caption. */

/* The caption stands on the grid, whose lines begin half a blank above the type area where its em
 * boxes touch the edges. */
bx_len bx_planner_room(const struct bx_planner *p, int lines_below)
{
    const struct bx_style *style = p->style;
    if (lines_below == 0)
        return style->type_area.h;
    int lines = style->grid_lines - lines_below;
    bx_len beyond = 0;
    if (style->grid_fit == BX_FIT_EDGES)
        beyond = (style->line_pitch - style->texts[BX_TEXT_BODY].size) / 2;
    return lines > 0 ? lines * style->line_pitch - beyond : style->line_pitch;
}

/* The same file read before for this report. An SVG is drawn for each of its sizes. */
static const struct bx_image *find_same(const struct bx_planner *p, const char *path)
{
    for (int i = 0; i < p->plan->block_count; i++) {
        const struct bx_image *image = p->plan->blocks[i].image;
        if (image && strcmp(image->path, path) == 0 &&
            strcmp(image->mime, "image/svg+xml") != 0)
            return image;
    }
    return NULL;
}

static void report_lack(struct bx_planner *p,
                        const struct bx_image_request *request,
                        const struct bx_err *told)
{
    bx_findings_add(p->findings,
                    &(struct bx_finding){
                        .level = BX_LEVEL_ERROR,
                        .code = "IMAGE",
                        .where = request->where,
                        .stage = told->code,
                        .zh = bx_findings_text(p->findings, "图片模块缺失：%s", told->what),
                        .en = bx_findings_text(p->findings, "%s", told->what)});
}

static const struct bx_image *find_image(struct bx_planner *p,
                                         const struct bx_image_request *request)
{
    const struct bx_image *same = find_same(p, request->path);
    if (same)
        return same;
    struct bx_image *image = NULL;
    struct bx_err told = {0}; /* the finding says it; the plan fails at its end */
    const struct bx_pictures *pictures = bx_pictures_load(&told);
    if (!pictures)
        report_lack(p, request, &told);
    if (!pictures || !pictures->load(&image, &p->plan->arena, request, p->findings, &told))
        p->lacks_image = true;
    return image;
}

static int add_figure_element(struct bx_planner *p, const struct bx_block *block)
{
    struct bx_structure *structure = &p->plan->structure;
    int element = bx_structure_add(structure, BX_TAG_FIGURE, p->section);
    structure->elements[element].alt = block->alt;
    structure->elements[element].where = block->where;
    return element;
}

bool bx_planner_add_image(struct bx_planner *p, const struct bx_block *block)
{
    const struct bx_text_style *text = &p->style->texts[BX_TEXT_CAPTION];
    int element = add_figure_element(p, block), at = p->plan->block_count, lines_below = 0;
    struct bx_plan_block *figure = bx_planner_add(p, BX_PLAN_IMAGE, block->where);
    figure->element = element;
    figure->keep_whole = true;
    figure->blank_before = text->blank_before;
    if (block->caption.span_count > 0) {
        figure->keep_next = true;
        figure->blank_after = text->blank_after;
        if (!bx_planner_add_caption(p, block, element))
            return false;
        struct bx_plan_block *caption = &p->plan->blocks[p->plan->block_count - 1];
        caption->blank_before = caption->blank_after = 0;
        lines_below = text->blank_after + caption->para.line_count * caption->line_cells;
    }
    const struct bx_image_request request = {
        .base_dir = p->model->base_dir,
        .held = p->model->held,
        .path = block->image_path,
        .where = block->where,
        .space = {.width_um = block->width_um,
                  .width_1000 = block->width_1000,
                  .area_w = p->style->type_area.w,
                  .most_h = bx_planner_room(p, lines_below)},
    };
    const struct bx_image *image = find_image(p, &request);
    if (!image)
        return true;
    figure = &p->plan->blocks[at];
    figure->image = image;
    bx_image_place_size(&figure->image_w, &figure->image_h, image->natural_w, image->natural_h,
                        &request.space);
    return true;
}

#include "plan/figure.h"

#include <string.h>

#include "image/load.h"

/* An image stands off the grid, like a table: it has its own height, and the text after it takes
 * the next whole line. It is made smaller until it fits on a page together with its caption and the
 * headings right above it. */

/* Grid lines of the headings that stay with this block, and of what stands above the title if that is
 * one of them; 0 where they take more than half a page. */
static int lines_above(const struct bx_planner *p, int block)
{
    const struct bx_plan_block *blocks = p->plan->blocks;
    int lines = 0, at = block;
    for (; at > 0 && (blocks[at - 1].keep_next || blocks[at].is_title); at--) {
        const struct bx_plan_block *heading = &blocks[at - 1];
        lines += blocks[at].blank_before + heading->blank_after +
                 heading->para.line_count * heading->line_cells;
    }
    if (blocks[at].is_title || (at == 0 && block > 0))
        lines += blocks[at].blank_before; /* a page head where they are not dropped */
    return lines <= p->style->grid_lines / 2 ? lines : 0;
}

/* Text stands on the grid, whose lines begin half a blank above the type area where its em boxes
 * touch the edges. */
bx_len bx_planner_room(const struct bx_planner *p, int block, int lines_below)
{
    const struct bx_style *style = p->style;
    bx_len beyond = 0, top = 0, bottom = style->type_area.h;
    if (style->grid_fit == BX_FIT_EDGES)
        beyond = (style->line_pitch - style->texts[BX_TEXT_BODY].size) / 2;
    int above = lines_above(p, block), end = style->grid_lines - lines_below;
    if (above > 0)
        top = above * style->line_pitch - beyond;
    if (lines_below > 0)
        bottom = end * style->line_pitch - beyond;
    return end > above ? bottom - top : style->line_pitch;
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
                        .stage = (int)told->code,
                        .zh = bx_findings_text(p->findings, "图片模块缺失：%s", told->what),
                        .en = bx_findings_text(p->findings, "%s", told->what)});
}

const struct bx_image *bx_planner_load_image(struct bx_planner *p,
                                             const struct bx_image_request *request)
{
    struct bx_image *image = NULL;
    struct bx_err told = {0}; /* the finding says it; the plan fails at its end */
    const struct bx_pictures *pictures = bx_pictures_load(&told);
    if (!pictures)
        report_lack(p, request, &told);
    if (!pictures || !pictures->load(&image, &p->plan->arena, request, p->findings, &told))
        p->lacks_image = true;
    return image;
}

static const struct bx_image *find_image(struct bx_planner *p,
                                         const struct bx_image_request *request)
{
    const struct bx_image *same = find_same(p, request->path);
    return same ? same : bx_planner_load_image(p, request);
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
                  .most_h = bx_planner_room(p, at, lines_below)},
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

/* Grid lines of the blocks from `first` on, which are text; 0 where they take more than half a
 * page. */
static int lines_from(const struct bx_planner *p, int first)
{
    int lines = 0;
    for (int i = first; i < p->plan->block_count; i++) {
        const struct bx_plan_block *block = &p->plan->blocks[i];
        lines += block->blank_before + block->para.line_count * block->line_cells;
        lines += i + 1 < p->plan->block_count ? block->blank_after : 0;
    }
    return lines <= p->style->grid_lines / 2 ? lines : 0;
}

void bx_planner_fit_last_image(struct bx_planner *p)
{
    struct bx_plan_block *blocks = p->plan->blocks;
    int at = p->plan->block_count - 1;
    while (at > 0 && blocks[at].kind == BX_PLAN_SIGNATURE)
        at--;
    if (at == p->plan->block_count - 1)
        return;
    int first = at + 1;
    if (at > 0 && blocks[at - 1].kind == BX_PLAN_IMAGE && blocks[at - 1].keep_next)
        first = at--; /* below its caption */
    struct bx_plan_block *figure = &blocks[at];
    bx_len room = bx_planner_room(p, at, lines_from(p, first));
    if (figure->kind != BX_PLAN_IMAGE || figure->drawing || figure->image_h <= room)
        return;
    figure->image_w = (bx_len)((int64_t)figure->image_w * room / figure->image_h);
    figure->image_h = room;
}

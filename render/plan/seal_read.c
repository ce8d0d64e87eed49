/* The seal of the report: its picture is read as every image is, from the report's folder alone. */
#include "plan/figure.h"
#include "plan/plan_work.h"

enum {
    LINES_BESIDE = 6, /* what a page must hold besides a seal: text, organ and date */
};

static int add_figure(struct bx_planner *p)
{
    struct bx_structure *structure = &p->plan->structure;
    int element = bx_structure_add(structure, BX_TAG_FIGURE, 0);
    structure->elements[element].alt = bx_arena_printf(
        &p->plan->arena, "%s%s", p->model->signature.organ ? p->model->signature.organ : "",
        p->style->signature.seal_alt);
    structure->elements[element].where = "/signature/seal";
    return element;
}

/* The seal's own, or what a page has room for. */
static bx_len choose_diameter(struct bx_planner *p)
{
    const struct bx_signature *signature = &p->model->signature;
    const struct bx_style *style = p->style;
    bx_len diameter = signature->seal_um > 0 ? bx_len_from_um(signature->seal_um)
                                             : style->signature.seal_diameter;
    bx_len most = style->type_area.h - LINES_BESIDE * style->line_pitch;
    most = most < style->type_area.w ? most : style->type_area.w;
    most = most > style->line_pitch ? most : style->line_pitch;
    if (diameter <= most)
        return diameter;
    bx_findings_add(p->findings, &(struct bx_finding){.level = BX_LEVEL_WARNING,
                                                      .code = "SEAL",
                                                      .where = "/signature/seal/diameter",
                                                      .stage = BX_E_FIT,
                                                      .zh = "印章太大，已缩小到页面放得下",
                                                      .en = "the seal is made smaller, for a "
                                                            "page has no room for it"});
    return most;
}

void bx_planner_add_seal(struct bx_planner *p)
{
    const struct bx_signature *signature = &p->model->signature;
    bx_len diameter = choose_diameter(p);
    const struct bx_image_request request = {
        .base_dir = p->model->base_dir,
        .held = p->model->held,
        .path = signature->seal_image,
        .where = "/signature/seal/image",
        .space = {.width_1000 = 1000, .area_w = diameter, .most_h = diameter},
    };
    const struct bx_image *image = bx_planner_load_image(p, &request);
    struct bx_seal *seal = BX_NEW(&p->plan->arena, struct bx_seal);
    struct bx_err told = {0}; /* the finding says it; the plan fails at its end */
    if (!image)
        return;
    if (!bx_seal_make(seal, image, diameter, &p->plan->arena, request.where, p->findings,
                      &told)) {
        p->lacks_image = true;
        return;
    }
    bx_seal_tell(p->findings, request.where);
    seal->element = add_figure(p);
    p->plan->seal = seal;
}

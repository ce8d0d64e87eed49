/* The signature block: organ and date at the end of the report.
 *
 * Without a seal (GB/T 9704-2012 7.3.5.2): the organ ends two characters from the right edge, the
 * date starts two characters to the right of the organ's first; a date that is longer than the
 * organ ends there itself and the organ moves left. With room for a seal (7.3.5.1): the date ends
 * four characters from the right edge, the organ stands above it, centred on it. The figures are
 * the style's. */
#include <string.h>

#include "plan/plan_work.h"

struct signature_line {
    const char *text;
    const char *where;
    struct bx_para para;
    bx_len width;
    bx_len x; /* where it shall start */
};

static bx_len part_of(bx_len em, int em1000)
{
    return (bx_len)(((int64_t)em * em1000 + 500) / 1000);
}

static bool
set_text(struct bx_planner *p, struct signature_line *line, int element, bx_len measure)
{
    if (!line->text)
        return true;
    struct bx_para_spec spec = bx_planner_spec(p, BX_TEXT_SIGNATURE);
    spec.align = BX_ALIGN_LEFT;
    spec.indent = 0;
    spec.measure = measure;
    struct bx_line_rules rules = *spec.rules;
    rules.autospace = 0; /* dates are set without Han-Latin space */
    spec.rules = &rules;
    struct bx_piece piece = {
        .text = line->text,
        .len = (int)strlen(line->text),
        .role = bx_planner_role(p, BX_TEXT_SIGNATURE),
        .size = p->style->texts[BX_TEXT_SIGNATURE].size,
        .element = element,
        .where = line->where,
    };
    if (!bx_para_build(&line->para, &p->context, &piece, 1, &spec, p->err))
        return false;
    line->width = line->para.width;
    return true;
}

static void shift(struct bx_para *para, bx_len dx)
{
    for (int i = 0; i < para->line_count; i++) {
        struct bx_line *line = &para->lines[i];
        line->left += dx;
        line->right += dx;
        for (int r = 0; r < line->run_count; r++)
            line->runs[r].x += dx;
    }
    para->width += dx;
}

/* 7.3.5.2 */
static void place_unsealed(const struct bx_planner *p,
                           struct signature_line *organ,
                           struct signature_line *date)
{
    const struct bx_signature_rules *rules = &p->style->signature;
    bx_len em = p->style->texts[BX_TEXT_SIGNATURE].pitch;
    bx_len right = p->style->type_area.w - part_of(em, rules->right_em1000);
    bx_len step = part_of(em, rules->date_shift_em1000);
    if (organ->text && date->text && date->width > organ->width) {
        date->x = right - date->width;
        organ->x = date->x - step;
    } else {
        organ->x = right - organ->width;
        date->x = organ->text ? organ->x + step : right - date->width;
    }
    bx_len edge = p->style->type_area.w;
    if (date->x + date->width > edge)
        date->x = edge - date->width;
}

/* 7.3.5.1: an organ too long for the edge moves left together with its date. */
static void place_sealed(const struct bx_planner *p,
                         struct signature_line *organ,
                         struct signature_line *date)
{
    const struct bx_signature_rules *rules = &p->style->signature;
    bx_len em = p->style->texts[BX_TEXT_SIGNATURE].pitch;
    bx_len edge = p->style->type_area.w;
    bx_len width = date->text ? date->width : organ->width;
    date->x = edge - part_of(em, rules->sealed_right_em1000) - width;
    organ->x = date->x + (width - organ->width) / 2;
    if (organ->x + organ->width > edge) {
        bx_len over = organ->x + organ->width - edge;
        organ->x -= over;
        date->x -= over;
    }
}

/* Joins the lines of several paragraphs into one block. */
static void add_lines(struct bx_planner *p, struct bx_para *all, const struct bx_para *para)
{
    if (para->line_count == 0)
        return;
    struct bx_line *lines = BX_NEW_ARRAY(&p->plan->arena, struct bx_line,
                                         (size_t)(all->line_count + para->line_count));
    if (all->line_count > 0)
        memcpy(lines, all->lines, sizeof(*lines) * (size_t)all->line_count);
    memcpy(lines + all->line_count, para->lines, sizeof(*lines) * (size_t)para->line_count);
    all->lines = lines;
    all->line_count += para->line_count;
    all->width = all->width > para->width ? all->width : para->width;
}

/* 7.3.5.3: post, then the name or room to write it. */
static bool set_signer(struct bx_planner *p, struct signature_line *signer, int element)
{
    const struct bx_signature *signature = &p->model->signature;
    const struct bx_signature_rules *rules = &p->style->signature;
    if (!signature->has_signer)
        return true;
    bx_len em = p->style->texts[BX_TEXT_SIGNATURE].pitch;
    signer->text = bx_arena_printf(&p->plan->arena, "%s　　%s",
                                   signature->signer_post ? signature->signer_post : "",
                                   signature->signer_name ? signature->signer_name : "");
    signer->where = "/signature/signer";
    if (!set_text(p, signer, element, p->style->type_area.w))
        return false;
    bx_len room = signature->signer_name ? 0 : part_of(em, rules->name_blank_em1000);
    signer->x =
        p->style->type_area.w - part_of(em, rules->signer_right_em1000) - room - signer->width;
    shift(&signer->para, signer->x);
    return true;
}

static int seal_lines(const struct bx_planner *p)
{
    bx_len diameter = p->model->signature.seal_um > 0
                          ? bx_len_from_um(p->model->signature.seal_um)
                          : p->style->signature.seal_diameter;
    return (int)((diameter + p->style->line_pitch - 1) / p->style->line_pitch);
}

bool bx_planner_add_signature(struct bx_planner *p)
{
    const struct bx_signature *signature = &p->model->signature;
    bool is_empty = !signature->organ && !signature->date && !signature->has_signer;
    if (!signature->is_given || is_empty || signature->under_title)
        return true;
    struct bx_structure *structure = &p->plan->structure;
    struct signature_line organ = {.text = signature->organ, .where = signature->organ_where};
    struct signature_line date = {.text = signature->date, .where = signature->date_where};
    struct signature_line signer = {0};
    bx_len em = p->style->texts[BX_TEXT_SIGNATURE].pitch;
    bx_len measure = p->style->type_area.w - 2 * part_of(em, p->style->signature.right_em1000);
    int organ_element = organ.text ? bx_structure_add(structure, BX_TAG_P, 0) : 0;
    int signer_element = signature->has_signer ? bx_structure_add(structure, BX_TAG_P, 0) : 0;
    int date_element = date.text ? bx_structure_add(structure, BX_TAG_P, 0) : 0;
    if (!set_text(p, &organ, organ_element, measure) ||
        !set_text(p, &date, date_element, measure) || !set_signer(p, &signer, signer_element))
        return false;
    bool is_sealed = signature->seal != BX_SEAL_NONE;
    if (is_sealed)
        place_sealed(p, &organ, &date);
    else
        place_unsealed(p, &organ, &date);
    shift(&organ.para, organ.x);
    shift(&date.para, date.x);

    struct bx_plan_block *block =
        bx_planner_add(p, BX_PLAN_SIGNATURE, organ.where ? organ.where : date.where);
    block->keep_whole = true;
    block->blank_before = p->style->signature.blank_before;
    if (is_sealed) /* organ and date lie under the seal's lower half */
        block->blank_before = seal_lines(p) - 1;
    block->element = 0;
    add_lines(p, &block->para, &organ.para);
    add_lines(p, &block->para, &signer.para);
    add_lines(p, &block->para, &date.para);
    return true;
}

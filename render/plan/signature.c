/* The signature block: organ and date at the end of the report.
 *
 * Without a seal (GB/T 9704-2012 7.3.5.2): the organ ends two characters from the right edge, the
 * date starts two characters to the right of the organ's first; a date that is longer than the
 * organ ends there itself and the organ moves left. With room for a seal (7.3.5.1): the date ends
 * four characters from the right edge, the organ stands above it, centred on it. The figures are
 * the style's. The seal itself is plan/seal.c's. */
#include <string.h>

#include "plan/plan_work.h"

struct signature_line {
    const char *text;
    const char *where;
    struct bx_para para;
    int element;
    bx_len width;
    bx_len x; /* where it shall start */
};

static bool set_text(struct bx_planner *p, struct signature_line *line, bx_len measure)
{
    if (!line->text)
        return true;
    struct bx_para_spec spec = bx_planner_spec(p, BX_TEXT_SIGNATURE);
    spec.align = BX_ALIGN_LEFT;
    spec.indent = 0;
    spec.measure = measure;
    struct bx_piece piece = {
        .text = line->text,
        .len = (int)strlen(line->text),
        .role = bx_planner_role(p, BX_TEXT_SIGNATURE),
        .size = p->style->texts[BX_TEXT_SIGNATURE].size,
        .element = line->element,
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

/* An organ that no line holds is broken by its meaning, clear of its room at the right. */
static bool set_organ(struct bx_planner *p, struct signature_line *organ)
{
    bx_len measure = p->style->type_area.w;
    if (!set_text(p, organ, measure))
        return false;
    if (organ->para.line_count <= 1)
        return true;
    measure -=
        bx_len_part(p->style->texts[BX_TEXT_SIGNATURE].pitch, p->style->signature.right_em1000);
    organ->text = bx_planner_split_words(p, BX_TEXT_SIGNATURE, organ->text, measure);
    return organ->text && set_text(p, organ, measure);
}

/* 7.3.5.2; what is too long for the room at its right takes a part of it. */
static void place_unsealed(const struct bx_planner *p,
                           struct signature_line *organ,
                           struct signature_line *date)
{
    const struct bx_signature_rules *rules = &p->style->signature;
    bx_len em = p->style->texts[BX_TEXT_SIGNATURE].pitch;
    bx_len right = p->style->type_area.w - bx_len_part(em, rules->right_em1000);
    bx_len step = bx_len_part(em, rules->date_shift_em1000);
    if (date->width > organ->width) { /* what is not there is as wide as nothing */
        date->x = right - date->width;
        organ->x = date->x - step;
    } else {
        organ->x = right - organ->width;
        date->x = organ->x + step;
    }
    if (organ->x < 0) {
        organ->x = 0;
        date->x = step;
    }
    bx_len most = p->style->type_area.w - date->width;
    date->x = date->x < most ? date->x : most;
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
    date->x = edge - bx_len_part(em, rules->sealed_right_em1000) - width;
    organ->x = date->x + (width - organ->width) / 2;
    bx_len over = organ->x + organ->width - edge;
    if (over > 0) {
        organ->x -= over;
        date->x -= over;
    }
    organ->x = organ->x > 0 ? organ->x : 0; /* of the whole width, without a date */
}

/* Adds one line of the signature as a block; all but the last keep the next with them. */
static void
add_block(struct bx_planner *p, struct signature_line *line, int blank_before, bool is_last)
{
    shift(&line->para, line->x);
    struct bx_plan_block *block = bx_planner_add(p, BX_PLAN_SIGNATURE, line->where);
    block->para = line->para;
    block->blank_before = blank_before;
    block->keep_whole = true;
    block->keep_next = !is_last;
    block->element = line->element;
}

/* 7.3.5.3: the name, or room to write it, and the post to its left, on one line. Where that is
 * too long for a line the post stands above the name, both ending at the same place. */
static bool
set_signer(struct bx_planner *p, struct signature_line *post, struct signature_line *name)
{
    const struct bx_signature_rules *rules = &p->style->signature;
    bx_len em = p->style->texts[BX_TEXT_SIGNATURE].pitch;
    if (!set_text(p, post, p->style->type_area.w) || !set_text(p, name, p->style->type_area.w))
        return false;
    bx_len room = name->text ? name->width : bx_len_part(em, rules->name_blank_em1000);
    name->x = p->style->type_area.w - bx_len_part(em, rules->signer_right_em1000) - room;
    post->x = name->x - bx_len_part(em, rules->signer_gap_em1000) - post->width;
    if (post->x < 0)
        post->x = name->x + room - post->width;
    post->x = post->x > 0 ? post->x : 0;
    name->x = name->x > 0 ? name->x : 0;
    return true;
}

static bool fit_one_line(const struct signature_line *left, const struct signature_line *right)
{
    return left->para.line_count == 1 && right->para.line_count == 1 &&
           left->x + left->width <= right->x;
}

/* One line that shows two: the runs of the second join those of the first. */
static void
join_lines(struct bx_planner *p, struct signature_line *left, struct signature_line *right)
{
    struct bx_line *a = &left->para.lines[0], *b = &right->para.lines[0];
    shift(&right->para, right->x - left->x);
    struct bx_run *runs =
        BX_NEW_ARRAY(&p->plan->arena, struct bx_run, (size_t)(a->run_count + b->run_count));
    memcpy(runs, a->runs, sizeof(*runs) * (size_t)a->run_count);
    memcpy(runs + a->run_count, b->runs, sizeof(*runs) * (size_t)b->run_count);
    a->runs = runs;
    a->run_count += b->run_count;
    a->right = b->right;
    left->para.width = a->right;
}

/* The seal's height: of its picture's ink, else of the room that is left. */
static bx_len seal_height(const struct bx_planner *p)
{
    const struct bx_signature *signature = &p->model->signature;
    if (p->plan->seal)
        return p->plan->seal->ink.h;
    return signature->seal_um > 0 ? bx_len_from_um(signature->seal_um)
                                  : p->style->signature.seal_diameter;
}

/* Grid lines between the text and the organ: the fewest that let the upper half of a seal stand
 * between them, so that its top lies within one line of the text (7.3.5.1); but no more than let it
 * reach down to the date from there, as one of 20 mm would not. */
static int seal_blank(const struct bx_planner *p)
{
    const struct bx_style *style = p->style;
    const struct bx_signature *signature = &p->model->signature;
    bx_len size = style->texts[BX_TEXT_SIGNATURE].size, pitch = style->line_pitch;
    bx_len boxes = (style->texts[BX_TEXT_BODY].size + size) / 2, height = seal_height(p);
    int lines = (int)((height / 2 + boxes + pitch - 1) / pitch) - 1;
    lines = lines > 0 ? lines : 1;
    bx_len pressed = size + (signature->organ && signature->date ? pitch : 0);
    while (lines > 0 && !signature->has_signer && lines * pitch + pressed > height + boxes)
        lines--;
    return lines;
}

static void add_signer(struct bx_planner *p,
                       struct signature_line *post,
                       struct signature_line *name,
                       bool has_organ,
                       bool is_last)
{
    struct signature_line *line = post->text ? post : name;
    bool has_both = post->text && name->text, has_more = false;
    if (has_both && fit_one_line(post, name))
        join_lines(p, post, name);
    else
        has_more = has_both;
    if (line->text)
        add_block(p, line, has_organ ? 1 : p->style->signature.signer_blank_before,
                  is_last && !has_more);
    if (has_more)
        add_block(p, name, 0, is_last);
}

static void add_element(struct bx_planner *p, struct signature_line *line)
{
    if (line->text)
        line->element = bx_structure_add(&p->plan->structure, BX_TAG_P, 0);
}

/* A seal is pressed on organ and date at the end of the report, and on nothing else. */
static bool can_be_sealed(struct bx_planner *p)
{
    const struct bx_signature *signature = &p->model->signature;
    if (!signature->under_title && (signature->organ || signature->date))
        return true;
    bx_findings_add(p->findings, &(struct bx_finding){
                                     .level = BX_LEVEL_WARNING,
                                     .code = "SEAL",
                                     .where = "/signature/seal",
                                     .stage = BX_E_FIT,
                                     .zh = "报告末尾没有署名和日期，印章没有画",
                                     .en = "the report does not end with an organ or a date: "
                                           "no seal is drawn"});
    return false;
}

bool bx_planner_add_signature(struct bx_planner *p)
{
    const struct bx_signature *signature = &p->model->signature;
    bool has_seal = signature->seal == BX_SEAL_IMAGE && can_be_sealed(p);
    if (signature->under_title)
        return true;
    struct signature_line organ = {.text = signature->organ, .where = signature->organ_where};
    struct signature_line date = {.text = signature->date, .where = signature->date_where};
    struct signature_line post = {.where = "/signature/signer/post"};
    struct signature_line name = {.where = "/signature/signer/name"};
    if (signature->has_signer) {
        post.text = signature->signer_post;
        name.text = signature->signer_name;
    }
    bx_len measure = p->style->type_area.w;
    add_element(p, &organ);
    add_element(p, post.text ? &post : &name);
    name.element = post.text ? post.element : name.element;
    add_element(p, &date);
    if (!set_organ(p, &organ) || !set_text(p, &date, measure) || !set_signer(p, &post, &name))
        return false;
    if (has_seal)
        bx_planner_add_seal(p);
    bool is_sealed = signature->seal != BX_SEAL_NONE, has_signer = post.text || name.text;
    int blank = is_sealed ? seal_blank(p) : p->style->signature.blank_before;
    if (is_sealed)
        place_sealed(p, &organ, &date);
    else
        place_unsealed(p, &organ, &date);
    if (organ.text)
        add_block(p, &organ, blank, !date.text && !has_signer);
    if (has_signer)
        add_signer(p, &post, &name, organ.text != NULL, !date.text);
    if (date.text)
        add_block(p, &date, has_signer ? 1 : organ.text ? 0 : blank, true);
    return true;
}

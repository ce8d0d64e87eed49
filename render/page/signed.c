#include "page/signed.h"

#include <string.h>

/* What belongs to the signature is known by its elements. What ends last above the first of its lines
 * is the text that a seal keeps clear of. */

struct search {
    struct bx_signed *found;
    const struct bx_plan *plan;
    struct bx_rect organ, date; /* h 0: none yet */
};

/* The block of the signature whose lines have this element, or NULL. */
static const struct bx_plan_block *find_block(const struct bx_plan *plan, int element)
{
    for (int i = plan->block_count - 1; i >= 0; i--)
        if (plan->blocks[i].kind == BX_PLAN_SIGNATURE && plan->blocks[i].element == element)
            return &plan->blocks[i];
    return NULL;
}

/* The em boxes of a run, from its first pen place to its last. */
static struct bx_rect box_of(const struct bx_run *run)
{
    struct bx_rect box = {.x = run->x, .h = run->size};
    box.y = run->y - bx_font_centre(run->font, run->size) - run->size / 2;
    for (int i = 0; i < run->glyph_count; i++)
        box.w += run->glyphs[i].advance;
    return box;
}

static void widen(struct bx_rect *box, const struct bx_rect *by)
{
    if (box->h == 0)
        *box = *by;
    bx_len right = box->x + box->w, bottom = box->y + box->h;
    box->x = by->x < box->x ? by->x : box->x;
    box->y = by->y < box->y ? by->y : box->y;
    box->w = (by->x + by->w > right ? by->x + by->w : right) - box->x;
    box->h = (by->y + by->h > bottom ? by->y + by->h : bottom) - box->y;
}

static void take_run(struct search *search, const struct bx_run *run)
{
    const struct bx_signature *signature = &search->plan->model->signature;
    const char *where = find_block(search->plan, run->element)->where;
    struct bx_rect box = box_of(run);
    widen(&search->found->box, &box);
    if (where && where == signature->organ_where)
        widen(&search->organ, &box);
    if (where && where == signature->date_where)
        widen(&search->date, &box);
}

static void take_page(struct search *search, struct bx_page *page)
{
    for (int i = 0; i < page->mark_count; i++) {
        const struct bx_mark *mark = &page->marks[i];
        if (mark->kind != BX_MARK_RUN || !find_block(search->plan, mark->element))
            continue;
        if (search->found->page != page)
            *search = (struct search){.found = search->found, .plan = search->plan};
        if (search->found->page != page)
            *search->found = (struct bx_signed){.page = page};
        take_run(search, &mark->run);
    }
}

/* The lowest edge of what stands above the signature. */
static bx_len find_above(const struct bx_signed *found, const struct bx_plan *plan)
{
    bx_len above = plan->style->type_area.y;
    for (int i = 0; i < found->page->mark_count; i++) {
        const struct bx_mark *mark = &found->page->marks[i];
        if (mark->element == BX_ARTIFACT_PAGINATION || find_block(plan, mark->element))
            continue;
        struct bx_rect box = mark->kind == BX_MARK_RUN ? box_of(&mark->run) : mark->rect;
        if (mark->kind == BX_MARK_RUN && mark->run.is_vertical)
            continue; /* inside a table, whose rules reach lower */
        bx_len bottom = box.y + box.h;
        if (bottom > above && bottom <= found->box.y)
            above = bottom;
    }
    return above;
}

void bx_signed_find(struct bx_signed *out, struct bx_pages *pages, const struct bx_plan *plan)
{
    struct search search = {.found = out, .plan = plan};
    *out = (struct bx_signed){0};
    for (int p = 0; p < pages->page_count; p++)
        take_page(&search, &pages->pages[p]);
    if (!out->page)
        return;
    struct bx_rect pressed = search.date.h > 0    ? search.date
                             : search.organ.h > 0 ? search.organ
                                                  : out->box; /* a signer alone */
    out->spot.middle = pressed.x + pressed.w / 2;
    if (search.organ.h > 0)
        widen(&pressed, &search.organ);
    out->spot.top = pressed.y;
    out->spot.bottom = pressed.y + pressed.h;
    out->spot.above = find_above(out, plan);
}

void bx_signed_add(struct bx_pages *pages, struct bx_page *page, const struct bx_mark *mark)
{
    struct bx_mark *marks =
        BX_NEW_ARRAY(&pages->arena, struct bx_mark, (size_t)page->mark_count + 1);
    if (page->mark_count > 0)
        memcpy(marks, page->marks, (size_t)page->mark_count * sizeof(*marks));
    marks[page->mark_count++] = *mark;
    page->marks = marks;
}

/* A signer's line between organ and date moves the date out of a seal's reach. */
static void tell_reach(struct bx_findings *findings, int page)
{
    bx_findings_add(findings, &(struct bx_finding){.level = BX_LEVEL_WARNING,
                                                   .code = "SEAL",
                                                   .where = "/signature/seal",
                                                   .page = page,
                                                   .stage = BX_E_FIT,
                                                   .zh = "印章压不到成文日期",
                                                   .en = "the seal does not reach the date"});
}

void bx_pages_add_seal(struct bx_pages *pages,
                       const struct bx_plan *plan,
                       struct bx_findings *findings)
{
    const struct bx_seal *seal = plan->seal;
    struct bx_signed found;
    bx_signed_find(&found, pages, plan);
    if (!seal || !found.page)
        return;
    struct bx_point centre = bx_seal_centre(&found.spot, &plan->style->type_area,
                                            plan->style->line_pitch, seal->ink.w, seal->ink.h);
    struct bx_mark mark = {.kind = BX_MARK_SEAL,
                           .element = seal->element,
                           .rect = bx_seal_rect(seal, centre),
                           .image = seal->image};
    mark.shown = mark.rect;
    if (centre.y + seal->ink.h / 2 < found.spot.bottom - plan->style->line_pitch / 2)
        tell_reach(findings, found.page->number);
    bx_signed_add(pages, found.page, &mark);
}

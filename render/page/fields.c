#include <string.h>

#include "page/pages.h"

/* Empty signature fields over organ and date.
 *
 * One field covers the lines of the signature from side to side. Several stand in a row, each as wide as
 * a seal where there is room, the last one ending where the signature ends: GB/T 9704-2012 7.3.5.1 sets
 * the seals of offices that sign together in a row inside the type area, the last over the date. Fields
 * are for the eye of no one: nothing is drawn and no text moves. Who does not see hears the organ. */

struct find {
    const struct bx_plan *plan;
    struct bx_page *page; /* of the last signature line, or NULL */
    bx_len left, right, top, bottom;
};

static bool is_of_signature(const struct bx_plan *plan, int element)
{
    for (int i = 0; i < plan->block_count; i++)
        if (plan->blocks[i].kind == BX_PLAN_SIGNATURE && plan->blocks[i].element == element)
            return true;
    return false;
}

static void take_run(struct find *find, struct bx_page *page, const struct bx_run *run)
{
    bx_len right = run->x, middle = run->y - bx_font_centre(run->font, run->size);
    for (int i = 0; i < run->glyph_count; i++)
        right += run->glyphs[i].advance;
    bx_len top = middle - run->size / 2, bottom = middle + run->size / 2;
    if (find->page != page)
        *find = (struct find){find->plan, page, run->x, right, top, bottom};
    find->left = run->x < find->left ? run->x : find->left;
    find->right = right > find->right ? right : find->right;
    find->top = top < find->top ? top : find->top;
    find->bottom = bottom > find->bottom ? bottom : find->bottom;
}

static void find_signature(struct find *find, struct bx_pages *pages)
{
    for (int p = 0; p < pages->page_count; p++)
        for (int i = 0; i < pages->pages[p].mark_count; i++) {
            const struct bx_mark *mark = &pages->pages[p].marks[i];
            if (mark->kind == BX_MARK_RUN && is_of_signature(find->plan, mark->element))
                take_run(find, &pages->pages[p], &mark->run);
        }
}

/* Rectangle i of count, from the left. */
static struct bx_rect place_field(const struct find *find, int i, int count)
{
    const struct bx_style *style = find->plan->style;
    struct bx_rect rect = {find->left, find->top, find->right - find->left,
                           find->bottom - find->top};
    if (count == 1)
        return rect;
    bx_len gap = style->line_pitch / 4, room = find->right - style->type_area.x;
    rect.w = (room - (count - 1) * gap) / count;
    if (rect.w > style->signature.seal_diameter)
        rect.w = style->signature.seal_diameter;
    rect.x = find->right - rect.w - (count - 1 - i) * (rect.w + gap);
    return rect;
}

static void add_mark(struct bx_pages *pages, struct bx_page *page, const struct bx_mark *mark)
{
    struct bx_mark *marks =
        BX_NEW_ARRAY(&pages->arena, struct bx_mark, (size_t)page->mark_count + 1);
    memcpy(marks, page->marks, (size_t)page->mark_count * sizeof(*marks));
    marks[page->mark_count++] = *mark;
    page->marks = marks;
}

bool bx_pages_add_fields(struct bx_pages *pages,
                         const struct bx_plan *plan,
                         int count,
                         struct bx_err *err)
{
    struct find find = {.plan = plan};
    find_signature(&find, pages);
    if (!find.page)
        return bx_fail(err, BX_E_FIT, plan->model->file, "/signature",
                       "there is no signature at the end that a field could stand over");
    int before = pages->element_count;
    struct bx_element *elements =
        BX_NEW_ARRAY(&pages->arena, struct bx_element, (size_t)(before + count));
    memcpy(elements, pages->elements, (size_t)before * sizeof(*elements));
    for (int i = 0; i < count; i++) {
        elements[before + i] = (struct bx_element){
            .tag = BX_TAG_FORM,
            .parent = 0,
            .alt = count == 1
                       ? pages->meta.organ
                       : bx_arena_printf(&pages->arena, "%s %d", pages->meta.organ, i + 1),
            .where = "/signature",
        };
        add_mark(pages, find.page,
                 &(struct bx_mark){.kind = BX_MARK_FIELD,
                                   .element = before + i,
                                   .rect = place_field(&find, i, count)});
    }
    pages->elements = elements;
    pages->element_count = before + count;
    return true;
}

#include <string.h>

#include "page/signed.h"

/* Empty signature fields over organ and date.
 *
 * One field covers the lines of the signature from side to side, or is where a seal will be, when the
 * report leaves room for one. Several stand in a row, each as wide as
 * a seal where there is room, the last one ending where the signature ends: GB/T 9704-2012 7.3.5.1 sets
 * the seals of offices that sign together in a row inside the type area, the last over the date. Fields
 * are for the eye of no one: nothing is drawn and no text moves. Who does not see hears the organ. */

/* Rectangle i of count, from the left. With room for seals each is the square of one, in its place. */
static struct bx_rect
place_field(const struct bx_signed *found, const struct bx_plan *plan, int i, int count)
{
    const struct bx_style *style = plan->style;
    const struct bx_signature *signature = &plan->model->signature;
    struct bx_rect rect = found->box;
    bool is_sealed = signature->seal != BX_SEAL_NONE;
    if (count == 1 && !is_sealed)
        return rect;
    bx_len widest = is_sealed && signature->seal_um > 0 ? bx_len_from_um(signature->seal_um)
                                                        : style->signature.seal_diameter;
    bx_len gap = style->line_pitch / 4, right = found->box.x + found->box.w;
    bx_len room = right - style->type_area.x;
    if (is_sealed) { /* the last over the date: half of it lies at the right of the middle */
        room = found->spot.middle - style->type_area.x;
        rect.w = (2 * room - 2 * (count - 1) * gap) / (2 * count - 1);
    } else {
        rect.w = (room - (count - 1) * gap) / count;
    }
    rect.w = rect.w < widest ? rect.w : widest;
    if (is_sealed) {
        struct bx_point centre =
            bx_seal_centre(&found->spot, &style->type_area, style->line_pitch, rect.w, rect.w);
        rect.h = rect.w;
        rect.y = centre.y - rect.h / 2;
        right = centre.x - rect.w / 2 + rect.w;
    }
    rect.x = right - rect.w - (count - 1 - i) * (rect.w + gap);
    return rect;
}

bool bx_pages_add_fields(struct bx_pages *pages,
                         const struct bx_plan *plan,
                         int count,
                         struct bx_err *err)
{
    struct bx_signed found;
    bx_signed_find(&found, pages, plan);
    if (!found.page)
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
        bx_signed_add(pages, found.page,
                      &(struct bx_mark){.kind = BX_MARK_FIELD,
                                        .element = before + i,
                                        .rect = place_field(&found, plan, i, count)});
    }
    pages->elements = elements;
    pages->element_count = before + count;
    return true;
}

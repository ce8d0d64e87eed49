#include "page/even.h"

#include "page/break_cost.h"

/* A signature takes at least two lines of text with it (PAG-04), so that the page before ends though
 * more would fit. It is not left with blank lines at its foot: they are shared among its gaps, and its
 * last line stands where the last line of every page does. Gaps inside a table stay, for its height is
 * the form's. Pages that end short for other reasons stay on the grid. */

enum {
    WIDER_MOST =
        4, /* a gap gets at most this part of the pitch: a page of few gaps stays as it is */
};

static bool is_text(const struct bx_units *units, int unit)
{
    return units->plan->blocks[units->items[unit].block].kind == BX_PLAN_LINES;
}

bool bx_even_has_gap(const struct bx_units *units, int unit)
{
    const struct bx_unit *own = &units->items[unit], *before = &units->items[unit - 1];
    return own->block != before->block || units->plan->blocks[own->block].kind != BX_PLAN_TABLE;
}

bx_len bx_even_shift(const struct bx_even *even, int gaps)
{
    return even->gaps > 0 ? (bx_len)((int64_t)even->extra * gaps / even->gaps) : 0;
}

/* Could a page that is filled so far go on, and end at a later place where text may be broken, were
 * there no signature? */
static bool could_go_on(struct bx_fill fill, const struct bx_units *units, int end)
{
    struct bx_spot spot;
    for (int i = end; i + 1 < units->count && is_text(units, i); i++) {
        if (!bx_fill_add(&fill, i, &spot))
            return false;
        if (bx_units_may_end_text(units, i + 1))
            return true;
    }
    return false;
}

/* Gives   false for a page of text that ends early for another reason: those before it gave nothing to the
 *         signature. */
static bool
find_page(struct bx_even *out, const struct bx_units *units, const struct bx_page_choice *page)
{
    const struct bx_style *style = units->plan->style;
    struct bx_fill fill;
    struct bx_spot spot;
    int gaps = 0;
    if (page->end >= units->count || !is_text(units, page->end) ||
        !is_text(units, page->end - 1))
        return false;
    bx_fill_start(&fill, units);
    for (int i = page->start; i < page->end; i++) {
        if (!bx_fill_add(&fill, i, &spot))
            return false;
        gaps += i > page->start && bx_even_has_gap(units, i);
    }
    bx_len extra = style->grid_lines * style->line_pitch - units->margin - fill.y;
    if (extra <= 0)
        return true; /* full */
    if (extra * (int64_t)WIDER_MOST > gaps * (int64_t)style->line_pitch)
        return false;
    if (extra > style->pages.even_lines * style->line_pitch ||
        !could_go_on(fill, units, page->end))
        return false;
    *out = (struct bx_even){.extra = extra, .gaps = gaps};
    return true;
}

static bool holds_signature(const struct bx_units *units, const struct bx_page_choice *page)
{
    for (int i = page->start; i < page->end; i++)
        if (units->plan->blocks[units->items[i].block].kind == BX_PLAN_SIGNATURE)
            return true;
    return false;
}

void bx_even_find(struct bx_even *out,
                  const struct bx_units *units,
                  const struct bx_page_choice *choices,
                  int count)
{
    int signed_page = 0;
    while (signed_page < count && !holds_signature(units, &choices[signed_page]))
        signed_page++;
    for (int p = 0; p < count; p++)
        out[p] = (struct bx_even){0};
    for (int p = signed_page - 1; p >= 0 && signed_page < count; p--)
        if (!find_page(&out[p], units, &choices[p]))
            return;
}

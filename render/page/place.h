/* Putting what was planned on pages. */
#ifndef BX_PLACE_H
#define BX_PLACE_H

#include "page/choose.h"
#include "page/pages.h"

/* A page's marks while they are gathered. */
struct bx_placer {
    struct bx_arena *arena;
    const struct bx_style *style;
    struct bx_page *page;
    int capacity; /* of page->marks */
};

void bx_placer_add(struct bx_placer *placer, const struct bx_mark *mark);

/* Adds a line's runs with its left edge at x and its ideographic centre at y. */
void bx_placer_add_line(
    struct bx_placer *placer, const struct bx_line *line, bx_len x, bx_len y, int artifact);

/* A fragment of a table: rows first .. last-1, when `repeats_head` under the head rows again and what
 * the style says of a table that goes on.
 * Marks in reading order; then the rules, drawn once between cells and closed all around.
 *
 * Needs   y the fragment's top edge on the page. */
void bx_placer_add_fragment(struct bx_placer *placer,
                            const struct bx_table *table,
                            int first,
                            int last,
                            bool repeats_head,
                            bx_len y);

/* The page number by the style (GB/T 9704-2012 7.5): outer side, under the type area; with the number
 * of all pages where the style tells it. It stands outside the text, which is broken into pages
 * before: no number moves it (PAG-05). */
bool bx_placer_add_number(struct bx_placer *placer,
                          int page_count,
                          struct bx_fontset *fonts,
                          struct bx_findings *findings,
                          struct bx_err *err);

#endif

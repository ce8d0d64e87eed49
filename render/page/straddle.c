#include "page/signed.h"

/* Sheets that are pushed aside a little, each below a step farther to the right, show a strip of each right
 * edge; a seal over the strips leaves a slice on every page, the first its left part. Slices meet in
 * whole units, so that together they are the whole seal, with no gap.
 *
 * The right edge is the outer one of every page: styles leave the margin for binding at the left. */

/* Where slice i of count starts in a width. */
static bx_len cut_at(bx_len width, int i, int count)
{
    return (bx_len)((int64_t)width * i / count);
}

/* Slice i of count on a page: the picture overhangs the edge, and of it only the slice is shown. */
static void add_slice(
    struct bx_pages *pages, struct bx_page *page, const struct bx_seal *seal, int i, int count)
{
    bx_len from = cut_at(seal->ink.w, i, count), to = cut_at(seal->ink.w, i + 1, count);
    struct bx_mark mark = {
        .kind = BX_MARK_SEAL, .element = BX_ARTIFACT_LAYOUT, .image = seal->image};
    mark.rect = bx_seal_rect(seal, (struct bx_point){.x = page->width - to + seal->ink.w / 2,
                                                     .y = page->height / 2});
    mark.shown = (struct bx_rect){.x = page->width - (to - from),
                                  .y = mark.rect.y + seal->ink.y,
                                  .w = to - from,
                                  .h = seal->ink.h};
    bx_signed_add(pages, page, &mark);
}

void bx_pages_add_straddle(struct bx_pages *pages,
                           const struct bx_plan *plan,
                           const struct bx_seal *seal,
                           struct bx_findings *findings)
{
    int count = pages->page_count, start = 0;
    if (count < 2) {
        bx_findings_add(
            findings, &(struct bx_finding){.level = BX_LEVEL_WARNING,
                                           .code = "SEAL",
                                           .stage = BX_E_FIT,
                                           .zh = "报告只有一页，没有骑缝可盖",
                                           .en = "a report of one page has no edges for a seal "
                                                 "to straddle"});
        return;
    }
    bx_len least = plan->style->signature.straddle_least;
    int most = least > 0 ? (int)(seal->ink.w / least) : count;
    most = most < 2 ? 2 : most;
    int seals = (count + most - 1) / most;
    for (int s = 0; s < seals; s++) {
        int end = (int)((int64_t)count * (s + 1) / seals);
        for (int p = start; p < end; p++)
            add_slice(pages, &pages->pages[p], seal, p - start, end - start);
        start = end;
    }
}

/* Pages: where every mark stands on paper. The result of layout and all that back ends read.
 *
 * Made by bx_pages_build() from a plan. Plain data: nothing here changes once it has returned.
 * It points into the plan, which must outlive it. Places count from the page's top left corner. */
#ifndef BX_PAGES_H
#define BX_PAGES_H

#include "base/findings.h"
#include "image/image.h"
#include "plan/mark.h"
#include "plan/plan.h"
#include "plan/structure.h"

enum bx_mark_kind {
    BX_MARK_RUN,
    BX_MARK_FILL, /* a rectangle: rules and bands */
    BX_MARK_IMAGE,
    BX_MARK_LINK,
    BX_MARK_PATH,
    BX_MARK_FIELD, /* an empty signature field: nothing to see */
    BX_MARK_SEAL,  /* a picture that darkens what lies under it, as ink does */
};

struct bx_mark {
    enum bx_mark_kind kind;
    int element;             /* or BX_ARTIFACT_...; equals run.element for runs */
    struct bx_rect rect;     /* FILL, IMAGE, LINK, FIELD, SEAL; PATH: its box */
    struct bx_rect shown;    /* SEAL: what of rect is drawn */
    struct bx_colour colour; /* FILL */
    struct bx_run run;       /* RUN; x, y on the page */
    const struct bx_image *image;
    const char *uri;            /* LINK */
    const struct bx_path *path; /* PATH; of the plan */
};

/* Shape  marks in drawing order, which is reading order but for artifacts. */
struct bx_page {
    bx_len width, height;
    struct bx_mark *marks;
    int mark_count;
    int number; /* printed, from 1 */
};

/* What the file says of itself. */
struct bx_meta {
    const char *title; /* one line */
    const char *organ;
    const char *language; /* "zh-CN" */
    const char *date_iso; /* of the signature, or NULL */
    int year;
    const char *style;
};

/* Why a page ends where it does. The cost is that of a page, that of the place, and for the rest what
 * blank lines and a part or a cut against the rules cost. */
struct bx_break_why {
    int page;         /* that ends */
    int block;        /* of the plan where the next page starts */
    const char *what; /* where, in words */
    const char *how;  /* what the break parts; NULL at the report's end */
    int blank;        /* grid lines at the page's foot */
    long long cost, page_cost, place_cost;
    const char *next_what; /* the next best end, or NULL */
    long long next_cost;   /* what the whole report would have cost more with it */
};

struct bx_pages {
    struct bx_arena arena;
    struct bx_page *pages;
    int page_count;
    const struct bx_element *elements; /* the plan's */
    int element_count;
    struct bx_meta meta;
    struct bx_break_why *whys; /* one a page */
    int why_count;
};

/* Chooses page breaks together and places every mark.
 *
 * Gives   *out, which the caller frees with bx_pages_free(); untouched on failure.
 * Notes   LOOSE, OVERFULL, EMERGENCY, RESCUED for lines, with page and JSON Pointer.
 * Fails   BX_E_FIT when a row or an image is taller than the type area; or an invariant of
 *         page/check.c does not hold (a fault of ours, told as such).
 *         BX_E_CANCELLED, by the question of the plan, asked before each page. */
bool bx_pages_build(struct bx_pages **out,
                    struct bx_plan *plan,
                    struct bx_fontset *fonts,
                    struct bx_findings *findings,
                    struct bx_err *err);

/* Presses a seal over the right edges of all pages as they lie fanned out (骑缝章): each shows one slice,
 * from the left, and where slices would be narrower than the style allows there are several seals.
 *
 * Needs   pages as bx_pages_build() made them from this plan; the seal to outlive them.
 * Notes   SEAL (warning): a report of one page has no edge to press it over. */
void bx_pages_add_straddle(struct bx_pages *pages,
                           const struct bx_plan *plan,
                           const struct bx_seal *seal,
                           struct bx_findings *findings);

/* Draws the style's word for a draft across each page, under all else.
 *
 * Needs   pages as bx_pages_build() made them in this style.
 * Fails   BX_E_LAYOUT, BX_E_FONT. */
bool bx_pages_add_draft(struct bx_pages *pages,
                        const struct bx_style *style,
                        struct bx_fontset *fonts,
                        struct bx_findings *findings,
                        struct bx_err *err);

/* Puts empty signature fields over organ and date: the last thing that is done to pages.
 *
 * Needs   pages as bx_pages_build() made them from this plan; count >= 1.
 * Fails   BX_E_FIT: the report ends without a signature. */
bool bx_pages_add_fields(struct bx_pages *pages,
                         const struct bx_plan *plan,
                         int count,
                         struct bx_err *err);

void bx_pages_free(struct bx_pages *pages);

#endif

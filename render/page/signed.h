/* The signature as it stands on its page. */
#ifndef BX_SIGNED_H
#define BX_SIGNED_H

#include "page/pages.h"

/* Lengths from the page's corner; boxes are em boxes. */
struct bx_signed {
    struct bx_page *page; /* of its last line; NULL: the report ends without a signature */
    struct bx_rect box;   /* of all its lines on that page */
    struct bx_seal_spot spot;
};

void bx_signed_find(struct bx_signed *out, struct bx_pages *pages, const struct bx_plan *plan);

/* One more mark above all others of a page. */
void bx_signed_add(struct bx_pages *pages, struct bx_page *page, const struct bx_mark *mark);

/* Presses the plan's seal on organ and date.
 *
 * Notes   SEAL (warning): it is too small to reach the date. */
void bx_pages_add_seal(struct bx_pages *pages,
                       const struct bx_plan *plan,
                       struct bx_findings *findings);

#endif

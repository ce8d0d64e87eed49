/* Stages as stable text: one thing a line, integers in our units. For tests and for the curious. */
#ifndef BX_DUMP_H
#define BX_DUMP_H

#include "base/buf.h"
#include "page/pages.h"

void bx_dump_model(struct bx_buf *out, const struct bx_model *model);
void bx_dump_plan(struct bx_buf *out, const struct bx_plan *plan);
void bx_dump_pages(struct bx_buf *out, const struct bx_pages *pages);

/* One page of bx_dump_pages(): golden files hold a page each. */
void bx_dump_page(struct bx_buf *out, const struct bx_page *page);

/* Why each page ends where it does (--why). */
void bx_dump_why(struct bx_buf *out, const struct bx_pages *pages);

/* The structure tree, indented. */
void bx_dump_structure(struct bx_buf *out, const struct bx_pages *pages);

#endif

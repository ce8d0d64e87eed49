/* The state of a content stream while it is written; shared by content.c and content_text.c. */
#ifndef BX_PDF_CONTENT_STATE_H
#define BX_PDF_CONTENT_STATE_H

#include "output/pdf/content.h"

enum {
    BX_PDF_NOTHING_OPEN = -100
};

struct bx_pdf_content {
    struct bx_pdf *pdf;
    struct bx_buf *out;
    struct bx_buf string; /* the operand of the next Tj or TJ, without its outer brackets */
    bool has_adjustments; /* it is one of TJ */
    struct bx_buf codes;  /* struct bx_pdf_code of each glyph of the run being drawn */
    const struct bx_page *page;
    int page_number;
    int64_t height; /* of the page, 1/1000 pt */

    int open;     /* element or artifact of the open sequence */
    bool is_text; /* between BT and ET; sequences of text stand inside, all others outside */

    /* The graphics state as a reader has it; starts as ISO 32000-1 8.4.1 says. */
    struct bx_colour colour;
    int font;              /* face * 2 + is_vertical, or -1 */
    int64_t size, spacing; /* 1/1000 pt */
    int scale;             /* 1/1000 */

    int64_t line_x, line_y; /* start of the text line, 1/1000 pt, y down */
    int64_t pen, across;    /* along and across the line, nanopoints */
    bool is_placed;         /* both are known: a glyph may follow without Td */
    bool is_vertical;       /* of that pen */
};

/* Opens a sequence of an element or artifact for text or for anything else, unless it is open
 * already. */
void bx_pdf_begin_sequence(struct bx_pdf_content *c, int element, bool is_text);

/* A sequence of its own for text that its codes do not say, and its end. Of an artifact it is a
 * span inside it and no part of the tree. */
void bx_pdf_begin_actual(struct bx_pdf_content *c, int element, const char *text, int len);
void bx_pdf_end_actual(struct bx_pdf_content *c, int element);

void bx_pdf_set_colour(struct bx_pdf_content *c, const struct bx_colour *colour);

/* Draws a seal's picture, or the part of it that is shown. */
void bx_pdf_draw_seal(struct bx_pdf_content *c, const struct bx_mark *mark);

/* Draws a run, in as many sequences as its text needs. */
void bx_pdf_draw_run(struct bx_pdf_content *c, const struct bx_run *run);

#endif

/* A small report made by hand: a title, a paragraph, a table, page numbers. Tests of back ends
 * draw it, so that they need no planner. */
#ifndef BX_PDF_SAMPLE_H
#define BX_PDF_SAMPLE_H

#include "page/pages.h"

#define BX_SAMPLE_MARKS    64
#define BX_SAMPLE_ELEMENTS 64

/* Shape  pages.pages points to `page`, its marks to `marks`, pages.elements to `elements`. */
struct bx_sample {
    struct bx_arena arena;
    struct bx_findings findings;
    struct bx_fontset *fonts;
    struct bx_pages pages;
    struct bx_page page[3];
    struct bx_mark marks[3][BX_SAMPLE_MARKS];
    struct bx_element elements[BX_SAMPLE_ELEMENTS];
    struct bx_structure structure;
    int title, section, paragraph, cell; /* elements */
    struct bx_image images[2];
};

/* Opens the project's own faces and makes the two pages. */
void bx_sample_init(struct bx_sample *sample);
void bx_sample_fini(struct bx_sample *sample);

/* Adds a third page with all that a report seldom has: a vertical label, a glyph that stands for
 * two characters, in a paragraph and in an artifact, a dash drawn twice as long, a ligature of two
 * glyphs, images gray and in colour with a mask, a link. */
void bx_sample_add_extras(struct bx_sample *sample);

/* Adds an element behind all others and gives its number. */
int bx_sample_element(struct bx_sample *sample, enum bx_tag tag, int parent);

/* A text to be set as one run. Each glyph is `gap` wider than it is. */
struct bx_sample_text {
    int page, element;
    const char *role, *text;
    bx_len x, y, size, gap;
    bool is_vertical;
};

/* Shapes a text and adds it to its page. */
struct bx_mark *bx_sample_set(struct bx_sample *sample, const struct bx_sample_text *text);

/* Adds a mark of another kind and gives it to be filled. */
struct bx_mark *
bx_sample_mark(struct bx_sample *sample, int page, enum bx_mark_kind kind, int element);

#endif

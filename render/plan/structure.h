/* The structure tree: what each mark is, for those who do not see the page.
 *
 * Elements are numbered in reading order: a parent before its children, siblings in order.
 * Element 0 is the document. Marks name their element, or BX_ARTIFACT. */
#ifndef BX_STRUCTURE_H
#define BX_STRUCTURE_H

#include "base/arena.h"
#include "layout/form.h"

/* What a mark may carry instead of an element. */
enum {
    BX_ARTIFACT_WATERMARK = -4, /* the word for a draft, under all else */
    BX_ARTIFACT_REPEAT,         /* heads and span labels set again on a later page */
    BX_ARTIFACT_PAGINATION,     /* page numbers */
    BX_ARTIFACT_LAYOUT,         /* rules, bands */
};

enum bx_tag {
    BX_TAG_DOCUMENT,
    BX_TAG_SECT,
    BX_TAG_H1,
    BX_TAG_H2,
    BX_TAG_H3,
    BX_TAG_H4,
    BX_TAG_H5,
    BX_TAG_H6,
    BX_TAG_P,
    BX_TAG_TABLE,
    BX_TAG_CAPTION,
    BX_TAG_THEAD,
    BX_TAG_TBODY,
    BX_TAG_TR,
    BX_TAG_TH,
    BX_TAG_TD,
    BX_TAG_FIGURE,
    BX_TAG_SPAN,
    BX_TAG_LINK,
    BX_TAG_FORM, /* a field to be filled in */
};

struct bx_element {
    enum bx_tag tag;
    int parent;        /* < own number; -1 for the document */
    const char *title; /* of headings: for the outline; else NULL */
    const char *alt;   /* of figures, else NULL */
    const char *where; /* JSON Pointer into the model, or NULL */

    /* TH and TD. */
    enum bx_scope scope;
    int rowspan, colspan;
    const int *
        headers; /* elements of the TH cells that apply: rows from outer to inner, then columns */
    int header_count;
};

struct bx_structure {
    struct bx_arena *arena; /* borrowed: of the plan */
    struct bx_element *elements;
    int element_count;
    int capacity;
};

/* Adds an element behind all others and returns its number. */
int bx_structure_add(struct bx_structure *structure, enum bx_tag tag, int parent);

#endif

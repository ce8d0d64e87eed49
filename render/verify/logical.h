/* The logical text of a file: what a reader hears, in the order of the structure tree; and beside
 * it what the same places show to the eye. */
#ifndef BX_LOGICAL_H
#define BX_LOGICAL_H

#include "base/buf.h"
#include "page/pages.h"
#include "verify/seen.h"

/* A stretch of text.
 *
 * Notes   where is a JSON Pointer, or "" where none is known. */
struct bx_logical_piece {
    int at, len; /* in the text */
    int page;    /* from 0, or -1 */
    const char *where;
};

/* Texts without blanks, since every reader has its own (report-model.md).
 *
 * Shape  pieces in order; they cover the text without gaps. */
struct bx_logical {
    struct bx_arena arena;
    struct bx_buf text;
    struct bx_logical_piece *pieces;
    int piece_count, piece_capacity;
};

void bx_logical_fini(struct bx_logical *logical);

/* Adds a text, without its blanks. */
void bx_logical_add(
    struct bx_logical *to, const char *text, int len, int page, const char *where);

/* The page and place of a byte of the text. */
struct bx_logical_piece bx_logical_find(const struct bx_logical *logical, int at);

/* The report text as the display list has it, in the order of its structure; the texts in place
 * of figures follow each other in `alts`. */
void bx_logical_expect(struct bx_logical *to,
                       struct bx_logical *alts,
                       const struct bx_pages *pages);

/* All text of one page of the display list in drawing order, artifacts too. */
void bx_logical_expect_page(struct bx_logical *to, const struct bx_pages *pages, int page);

/* The same without artifacts. */
void bx_logical_expect_tagged(struct bx_logical *to, const struct bx_pages *pages, int page);

/* What may stand on a page outside the structure, one piece each: every head of a table, which may
 * be set again, and each stretch of layout, such as the words inside a chart. */
void bx_logical_expect_artifacts(struct bx_logical *to, const struct bx_pages *pages);

/* What a page's number is printed with, before and behind its digits; "" without one. The texts
 * are added to two pieces. */
void bx_logical_expect_number(struct bx_logical *before,
                              struct bx_logical *behind,
                              const struct bx_pages *pages);

/* The text of a file by its structure tree: `heard` with ActualText, `seen` by its glyphs alone.
 * Names of tables, of which ours have none, are among the `alts`.
 *
 * Gives   in *fault what is wrong with the tree, or NULL: marked content that it does not name, or
 *         names twice; fault_page from 0, or -1. */
struct bx_logical_read {
    struct bx_logical heard, seen, alts;
    const char *fault_zh, *fault;
    int fault_page;
};
void bx_logical_read(struct bx_logical_read *out, const struct bx_seen *drawn);
void bx_logical_read_fini(struct bx_logical_read *read);

/* The glyphs of a page in drawing order: all, or a part. */
enum bx_logical_part {
    BX_LOGICAL_ALL,
    BX_LOGICAL_ARTIFACTS,
    BX_LOGICAL_TAGGED,
};
void bx_logical_draw(struct bx_logical *to,
                     const struct bx_seen *drawn,
                     int page,
                     enum bx_logical_part part);

#endif

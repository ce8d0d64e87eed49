/* What a file draws on its pages: the marks a reader's eye meets, found by carrying out the
 * content streams, and what each of them is tagged as. */
#ifndef BX_SEEN_H
#define BX_SEEN_H

#include "base/buf.h"
#include "verify/document.h"
#include "verify/meaning.h"

enum bx_seen_kind {
    BX_SEEN_GLYPH,
    BX_SEEN_FILL, /* a rectangle */
    BX_SEEN_PATH, /* any other outline, filled */
    BX_SEEN_LINE, /* an outline, drawn along */
    BX_SEEN_IMAGE,
    BX_SEEN_ACTUAL, /* nothing to see: a text that replaces that of the glyphs behind it */
};

/* Instead of the number of a marked-content sequence. */
enum {
    BX_SEEN_ARTIFACT = -1,
    BX_SEEN_UNTAGGED = -2,
};

struct bx_seen_point {
    int64_t x, y;
};

/* Lengths in millionths of a point, y up, as the file has them.
 *
 * Shape  points of a PATH or LINE; curves stand with their control points as corners, near enough
 *        to say what they cover.
 * Holds  a GLYPH's x, y is its horizontal origin, w its width; of others the lower left corner. */
struct bx_seen_mark {
    enum bx_seen_kind kind;
    int mcid;
    bool is_under_actual; /* GLYPH: stands for no text of its own */
    bool is_ink;          /* IMAGE: lets through what lies under it, as a seal does */
    int64_t x, y, w, h;   /* h of a GLYPH: its size */
    int64_t colour;       /* lightness, 0 black .. BX_MICRO white */
    const char *text;     /* GLYPH: what its code means; ACTUAL; UTF-8, len bytes */
    int len;
    uint32_t code;
    const struct bx_object *object; /* GLYPH: its font; IMAGE */
    struct bx_seen_point *points;
    int point_count, point_capacity;
};

struct bx_seen_page {
    const struct bx_object *page; /* its dictionary */
    int number;                   /* of its object */
    int64_t left, bottom, right, top;
    struct bx_seen_mark *marks;
    int mark_count, mark_capacity;
    struct bx_buf content; /* all its streams */
    const char *fault;     /* the first thing that nothing of ours does, or NULL */
};

/* Shape  pages in their order. */
struct bx_seen {
    struct bx_arena arena;
    const struct bx_document *document;
    struct bx_seen_page *pages;
    int page_count, page_capacity;
    struct bx_read_font *fonts;
    int font_count, font_capacity;
    size_t content_bytes; /* of all pages */
    int mark_total;
    const struct bx_object *ink; /* the last image that was ink, and whether it is one at all */
    bool is_ink_clear;
};

/* Carries out all pages of a document, which must outlive the result. Does not fail: what cannot
 * be carried out is the page's fault. */
void bx_seen_build(struct bx_seen *out, const struct bx_document *document);
void bx_seen_fini(struct bx_seen *drawn);

/* The page whose object has this number, -1 for none. */
int bx_seen_find_page(const struct bx_seen *drawn, int64_t number);

/* Whether text stays legible under an image painted as ink: nothing of it is nearly black. What cannot
 * be looked into is not. */
bool bx_seen_is_clear(const struct bx_document *document, const struct bx_object *image);

/* Carries out one page's content. For bx_seen_build(). */
void bx_seen_read(struct bx_seen *drawn, struct bx_seen_page *page);

/* Looks for text on a page that is there and cannot be seen: painted over, white, minute, beside
 * the paper.
 *
 * Gives   the first such mark, or NULL; *why is what hides it. */
const struct bx_seen_mark *
bx_seen_find_hidden(const struct bx_seen_page *page, const char **why_zh, const char **why);

#endif

/* The faces of a file: which glyphs it needs of each, what they mean, and the font objects.
 *
 * First pass over the display list. It counts, for every glyph, the texts it is drawn for. A font
 * gets one meaning a code, the most frequent text (ToUnicode); whatever else a glyph stands for is
 * said by ActualText at its place (pdf.md 3.2, 3.3). */
#ifndef BX_PDF_FONTS_H
#define BX_PDF_FONTS_H

#include "base/arena.h"
#include "base/err.h"
#include "font/subset.h"
#include "output/pdf/objects.h"
#include "page/pages.h"

/* Where a vertical run's pen stands against a glyph's horizontal origin: half its width to the
 * right and this much above, 1/1000 em (DW2). Any number is right as long as both sides use it;
 * this is the default of ISO 32000-1 9.7.4.3. */
#define BX_PDF_ORIGIN_Y 880

/* A text that a glyph was drawn for. */
struct bx_pdf_meaning {
    const char *text; /* borrowed from a run */
    int len;
    int count;
    int next; /* of the same glyph, or -1 */
};

/* Shape  glyphs and the arrays beside it in the order of first use. */
struct bx_pdf_face {
    const struct bx_font *font;
    int *slots;       /* by glyph of the face: place in `glyphs` + 1, or 0 */
    uint32_t *glyphs; /* in the face */
    int *meanings;    /* the first of each glyph's, or -1 */
    int *chosen;      /* the most frequent of each glyph's, or -1 */
    uint32_t *codes;  /* in the subset: what the content stream writes */
    int glyph_count, glyph_capacity;

    struct bx_subset subset;
    int *widths; /* by code, 1/1000 em */
    bool is_used[2];
    int objects[2]; /* Type0 font for horizontal and for vertical runs */
};

struct bx_pdf_fonts {
    struct bx_arena arena;
    struct bx_pdf_face *faces;
    int face_count, face_capacity;
    struct bx_pdf_meaning *meanings;
    int meaning_count, meaning_capacity;
};

/* Collects the glyphs of all pages and makes the subsets.
 *
 * Needs   a zeroed *out, which bx_pdf_fonts_fini() frees, after a failure too.
 * Fails   BX_E_FONT: a missing glyph, a face that may not be embedded. BX_E_WRITE: too many
 *         glyphs, a name that is too long. */
bool bx_pdf_fonts_build(struct bx_pdf_fonts *out,
                        const struct bx_pages *pages,
                        struct bx_err *err);

/* Writes every font object; the Type0 fonts' numbers are then known. */
void bx_pdf_fonts_write(struct bx_pdf_fonts *fonts, struct bx_pdf_objects *objects);

/* The entries of a Resources dictionary's Font: /F0 12 0 R /V0 13 0 R. */
void bx_pdf_fonts_add_resources(const struct bx_pdf_fonts *fonts, struct bx_buf *to);

/* The face of a run, and its number. */
int bx_pdf_fonts_find(const struct bx_pdf_fonts *fonts, const struct bx_font *font);

/* Does the code of a glyph mean exactly this text? */
bool bx_pdf_face_means(const struct bx_pdf_fonts *fonts,
                       const struct bx_pdf_face *face,
                       uint32_t glyph,
                       const char *text,
                       int len);

/* The number of glyphs of the cluster that starts at run->glyphs[i]. */
int bx_pdf_cluster_len(const struct bx_run *run, int i);

void bx_pdf_fonts_fini(struct bx_pdf_fonts *fonts);

#endif

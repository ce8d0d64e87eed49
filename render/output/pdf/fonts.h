/* The faces of a file: which glyphs it needs of each, what they mean, and the font objects.
 *
 * First pass over the display list. It counts, for every glyph, the texts it is drawn for. The
 * most frequent one is what the glyph's code means (ToUnicode); where it stands for another,
 * ActualText says so at the place (pdf.md 3.2, 3.3). poppler's structure text and MuPDF do not
 * read ActualText, so there the glyph is taken from a second, tiny subset of the face, whose code
 * for it means the other text. (Two codes for one glyph through a CMap of our own would be less,
 * but MuPDF then takes the last meaning for all of them.) */
#ifndef BX_PDF_FONTS_H
#define BX_PDF_FONTS_H

#include <pthread.h>

#include "base/arena.h"
#include "base/err.h"
#include "font/subset.h"
#include "output/pdf/objects.h"
#include "page/pages.h"

/* Where a vertical run's pen stands against a glyph's horizontal origin: half its width to the
 * right and this much above, 1/1000 em (DW2). Any number is right as long as both sides use it;
 * this is the default of ISO 32000-1 9.7.4.3. */
#define BX_PDF_ORIGIN_Y 880

/* A text that a glyph was drawn for; empty for a glyph that is left over in its cluster. */
struct bx_pdf_meaning {
    const char *text; /* borrowed from a run */
    int len;
    int count;
    int next; /* of the same glyph and subset, or -1 */
};

/* A subset of a face.
 *
 * Shape  glyphs and the arrays beside it in the order of first use.
 * Holds  once built, each glyph has one meaning, its others stand in the subset `other`. */
struct bx_pdf_face {
    const struct bx_font *font;
    uint16_t *slots;  /* by glyph of the face, 65,535 at most: place in `glyphs` + 1, or 0 */
    uint32_t *glyphs; /* in the face */
    int *meanings;    /* the first of each glyph's */
    uint32_t *codes;  /* in the subset: code = CID = glyph of the program */
    int glyph_count, glyph_capacity;
    int other; /* in bx_pdf_fonts.faces, or -1 */

    struct bx_subset subset;
    struct bx_buf deflated; /* the program, once it is compressed */
    bool is_kept;           /* it was taken from the file before */
    int program;            /* its object */
    int *widths;            /* by code, 1/1000 em */
    bool is_used[2];
    int objects[2]; /* Type0 font for horizontal and for vertical runs */
};

/* Programs on their way from being made to being compressed, by two threads.
 *
 * Holds  begun <= made <= count, until it is closed. */
struct bx_pdf_queue {
    bool is_open;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int begun, made, count; /* of the faces, in their order; under the lock */
    pthread_t helper;       /* while is_helped */
    bool is_helped;
};

struct bx_pdf_fonts {
    struct bx_arena arena;
    struct bx_pdf_face *faces;
    int face_count, face_capacity;
    struct bx_pdf_meaning *meanings;
    int meaning_count, meaning_capacity;
    struct bx_pdf_queue queue;
};

/* Collects the glyphs of all pages and makes the subsets. With a helper, a thread of its own
 * compresses the programs from then on, until bx_pdf_fonts_write_programs() or bx_pdf_fonts_fini(); it
 * touches `deflated` of a face and nothing else. Programs that `kept` (or NULL) holds are taken from it.
 *
 * Needs   pages that passed the check; a zeroed *out, which bx_pdf_fonts_fini() frees, after a failure too.
 * Fails   BX_E_FONT: a face that cannot be read. BX_E_WRITE: too many glyphs. */
bool bx_pdf_fonts_build(struct bx_pdf_fonts *out,
                        const struct bx_pages *pages,
                        bool has_helper,
                        const struct bx_pdf_kept *kept,
                        struct bx_err *err);

/* The queue: open once the faces are counted, told of each program that is made, and closed, which
 * waits for the helper. One that is not open is nothing to close. */
void bx_pdf_queue_open(struct bx_pdf_fonts *fonts, bool has_helper);
void bx_pdf_queue_add(struct bx_pdf_fonts *fonts, int made);
void bx_pdf_queue_close(struct bx_pdf_fonts *fonts);

/* Compresses the programs that are not yet and writes all. Needs   bx_pdf_fonts_write(). */
void bx_pdf_fonts_write_programs(struct bx_pdf_fonts *fonts, struct bx_pdf_objects *objects);

/* Writes every font object but the programs; the Type0 fonts' numbers are then known. */
void bx_pdf_fonts_write(struct bx_pdf_fonts *fonts, struct bx_pdf_objects *objects);

/* The entries of a Resources dictionary's Font: /F0 12 0 R /V0 13 0 R. */
void bx_pdf_fonts_add_resources(const struct bx_pdf_fonts *fonts, struct bx_buf *to);

/* How glyph i of a run is written. */
struct bx_pdf_code {
    int face;
    uint32_t code;
    int width;      /* 1/1000 em */
    bool is_actual; /* to stand under ActualText */
};
struct bx_pdf_code
bx_pdf_fonts_code(const struct bx_pdf_fonts *fonts, const struct bx_run *run, int i);

/* The number of glyphs of the cluster that starts at run->glyphs[i]. */
int bx_pdf_cluster_len(const struct bx_run *run, int i);

void bx_pdf_fonts_fini(struct bx_pdf_fonts *fonts);

#endif

/* Page contents: marks to PDF operators, and the list of what was marked for the structure tree. */
#ifndef BX_PDF_CONTENT_H
#define BX_PDF_CONTENT_H

#include "output/pdf/fonts.h"
#include "output/pdf/objects.h"
#include "output/pdf/pdf.h"
#include "page/pages.h"

/* One piece of an element's content: a marked-content sequence of a page, or an annotation. */
struct bx_pdf_item {
    int element;
    int page;       /* from 0 */
    int mcid;       /* or -1 */
    int annotation; /* object number, or 0 */
};

enum {
    BX_PDF_SEAL_MAX = 2, /* on the date, over the edges */
};

/* Everything of the file while it is written.
 *
 * Shape  items in reading order; those of one page stand together, with mcid ascending from 0. */
struct bx_pdf {
    struct bx_arena arena;
    const struct bx_pages *pages;
    const struct bx_pdf_options *options;
    const struct bx_pdf_profile *profile;
    struct bx_pdf_objects objects;
    struct bx_pdf_fonts fonts;
    struct bx_pdf_item *items;
    int item_count, item_capacity;
    int *page_objects;    /* by page */
    int *mcid_counts;     /* by page */
    int *annotations;     /* objects, in order; the n-th has StructParent page_count + n */
    int *annotation_page; /* beside it */
    int annotation_count, annotation_capacity;
    struct bx_buf form; /* references to the signature fields */
    int field_count;
    const struct bx_image **images;                      /* each once */
    const struct bx_image *seal_images[BX_PDF_SEAL_MAX]; /* those of them that are seals */
    int seal_image_count;
    bool *has_seal; /* by page */
    int *image_objects;
    int image_count, image_capacity;
    int *bbox_page;         /* by element: first page of a figure's image, or -1 */
    struct bx_rect *bboxes; /* by element: of figures, on that page */
    int namespace_object;   /* of the elements' tags, or 0 */
    int *elements;          /* in the order they are written */
    int *element_objects;   /* by element */
};

/* The name of a standard structure type. */
const char *bx_pdf_tag_name(enum bx_tag tag);

void bx_pdf_add_item(struct bx_pdf *pdf, const struct bx_pdf_item *item);

/* Writes the content streams, the pages and their annotations.
 *
 * Gives   the number of the pages' root object; 0 on failure.
 * Fails   BX_E_CANCELLED, asked before each page. */
int bx_pdf_write_pages(struct bx_pdf *pdf, struct bx_err *err);

/* The marks of one page as operators; items are added to the list. */
void bx_pdf_content_build(struct bx_pdf *pdf, int page, struct bx_buf *out);

/* What lies around a page that is cut from a larger sheet, in 1/1000 pt: how far the sheet and the
 * part of it that may be printed to reach beyond the page. */
struct bx_pdf_margin {
    int64_t sheet, bleed;
};
struct bx_pdf_margin bx_pdf_margin(const struct bx_pdf *pdf);

/* The marks at the corners by which a page is cut. */
void bx_pdf_add_crop_marks(const struct bx_pdf *pdf, int page, struct bx_buf *out);

/* The number of an image in the resources, /I0 ... */
int bx_pdf_image_number(struct bx_pdf *pdf, const struct bx_image *image);

/* What a page with a seal says of how it is put together, and what all pages know of the way a seal is
 * painted; nothing in a file without one. */
void bx_pdf_add_seal_group(struct bx_buf *to, const struct bx_pdf *pdf, int page);
void bx_pdf_add_seal_state(struct bx_buf *to, const struct bx_pdf *pdf);

bool bx_pdf_is_seal(const struct bx_pdf *pdf, const struct bx_image *image);

/* The samples of a seal's image as the file's family of colours has them; false where it takes them as
 * they are. */
bool bx_pdf_seal_inks(uint8_t **out, struct bx_pdf *pdf, const struct bx_image *image);

/* Writes all images that were used. */
void bx_pdf_write_images(struct bx_pdf *pdf);

#endif

/* The PDF back end: pages to the bytes of a tagged, archival file. */
#ifndef BX_PDF_H
#define BX_PDF_H

#include "base/buf.h"
#include "base/cancel.h"
#include "base/err.h"
#include "base/findings.h"
#include "output/pdf/profile.h"
#include "page/pages.h"

struct bx_attachment {
    const char *name; /* "report.json" */
    const char *mime, *description;
    const char *relationship; /* "Source", "Data", "Supplement" */
    const void *data;
    size_t len;
};

/* One property of the record in the metadata: what the file was made with. */
struct bx_pdf_record {
    const char *name;        /* "faces" */
    const char *description; /* in a word or two, ASCII */
    const char *const *values;
    int count;
};

struct bx_pdf_options {
    const struct bx_pdf_profile *profile; /* NULL: the default one */
    const char *producer;                 /* "Banxin 0.1" */
    const char *date; /* ISO 8601 with zone, or NULL: no date is written anywhere */
    const struct bx_attachment *attachments;
    int attachment_count;
    const struct bx_pdf_record *records;
    int record_count;
    const struct bx_cancel *cancel; /* asked before each page; or NULL */
    bool has_helper;                /* a second thread may compress */
    struct bx_pdf_kept *kept;       /* what files of one font set share, or NULL */
    const char *data_dir;           /* where the sRGB profile lies (layouts/icc) */

    /* Where the profile allows it. */
    const void *intent; /* an ICC profile of a CMYK printer, or NULL: sRGB */
    size_t intent_len;
    bx_len bleed; /* beyond the page on every side */
    bool has_crop_marks;
    int seal_magenta, seal_yellow; /* percent: the ink of seals in a file with such a profile */
};

/* Small font programs, kept from one file to the next: of one font set and one thread. It is freed
 * before the font set. */
struct bx_pdf_kept;
struct bx_pdf_kept *bx_pdf_kept_new(void);
void bx_pdf_kept_free(struct bx_pdf_kept *kept);

/* What a file consists of. */
enum bx_pdf_kind {
    BX_PDF_KIND_FONTS,
    BX_PDF_KIND_CONTENT,
    BX_PDF_KIND_IMAGES,
    BX_PDF_KIND_PAGES,
    BX_PDF_KIND_STRUCTURE,
    BX_PDF_KIND_OUTLINE,
    BX_PDF_KIND_METADATA,
    BX_PDF_KIND_COLOUR,
    BX_PDF_KIND_ATTACHMENTS,
    BX_PDF_KIND_FILE, /* header, catalog, cross-references, trailer */
    BX_PDF_KIND_COUNT,
};

/* Shape  by enum bx_pdf_kind.
 * Holds  the sum of `stored` is the file's length. */
struct bx_pdf_census {
    int objects[BX_PDF_KIND_COUNT];
    size_t plain[BX_PDF_KIND_COUNT];  /* bytes before compression */
    size_t stored[BX_PDF_KIND_COUNT]; /* bytes of the file */
};

const char *bx_pdf_kind_name(enum bx_pdf_kind kind); /* "fonts" */

/* A line for each kind and one for all. */
void bx_pdf_describe(struct bx_buf *out, const struct bx_pdf_census *census);

/* Milliseconds of the two dear phases, for --timings. */
struct bx_pdf_timings {
    double subset_ms, compress_ms, write_ms;
};

/* What is told besides the file; each may be NULL. */
struct bx_pdf_told {
    struct bx_pdf_timings *timings;
    struct bx_pdf_census *census;
    struct bx_findings *findings; /* every rule that is broken, with its place */
};

/* Writes the whole file into memory.
 *
 * Notes   PDF (error) for every rule that is broken, before a byte is written.
 * Fails   BX_E_FONT: a face may not be embedded. BX_E_WRITE: a rule of the file format is broken
 *         (a limit, a missing title): the first of them. BX_E_CANCELLED. */
bool bx_pdf_write(struct bx_buf *out,
                  const struct bx_pages *pages,
                  const struct bx_pdf_options *options,
                  const struct bx_pdf_told *told,
                  struct bx_err *err);

#endif

/* The PDF back end: pages to the bytes of a tagged, archival file. */
#ifndef BX_PDF_H
#define BX_PDF_H

#include "base/buf.h"
#include "base/err.h"
#include "page/pages.h"

struct bx_attachment {
    const char *name; /* "report.json" */
    const char *mime, *description;
    const char *relationship; /* "Source", "Data", "Supplement" */
    const void *data;
    size_t len;
};

struct bx_pdf_options {
    const char *producer; /* "Banxin 0.1" */
    const char *date;     /* ISO 8601 with zone, or NULL: no date is written anywhere */
    const struct bx_attachment *attachments;
    int attachment_count;
    const char *data_dir; /* where the ICC profile lies (layouts/icc) */
};

/* Milliseconds of the two dear phases, for --timings. */
struct bx_pdf_timings {
    double subset_ms, compress_ms, write_ms;
};

/* Writes the whole file into memory.
 *
 * Fails   BX_E_FONT: a face may not be embedded. BX_E_WRITE: a rule of the file format is broken
 *         (a limit, a missing title); the place is named. */
bool bx_pdf_write(struct bx_buf *out,
                  const struct bx_pages *pages,
                  const struct bx_pdf_options *options,
                  struct bx_pdf_timings *timings,
                  struct bx_err *err);

#endif

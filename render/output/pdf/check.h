/* The writer's self-check: every rule of the file that the display list alone can break, told
 * with its place in the model before a byte is written (pdf.md 3.17). */
#ifndef BX_PDF_CHECK_H
#define BX_PDF_CHECK_H

#include "output/pdf/pdf.h"

/* ISO 19005-2 6.1.13. */
#define BX_PDF_NAME_MAX   127
#define BX_PDF_STRING_MAX 32767

/* A failure at an element: its own place in the model or the nearest one above it; else, and for
 * artifacts, the page (from 0). Returns false. */
bool bx_pdf_fail(struct bx_err *err,
                 enum bx_code code,
                 const struct bx_pages *pages,
                 int element,
                 int page,
                 const char *fmt,
                 ...) __attribute__((format(printf, 6, 7)));

/* Fails   BX_E_WRITE: the first rule that is broken. */
bool bx_pdf_check(const struct bx_pages *pages,
                  const struct bx_pdf_options *options,
                  struct bx_err *err);

#endif

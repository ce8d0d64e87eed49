/* What a file records of its making, so that it can be made again and compared. */
#ifndef BX_API_RECORD_H
#define BX_API_RECORD_H

#include "api.h"
#include "output/pdf/pdf.h"

/* The record of a report's file, in its arena.
 *
 * Shape   options: NAME=VALUE; layouts: "style NAME VERSION", "form SECTION NAME VERSION"; faces:
 *         "POSTSCRIPT SHA256 VERSION", the version up to the end.
 * Needs   pages; `intent` as in struct bx_pdf_options.
 * Fails   BX_E_READ: a face's file cannot be read again. */
bool bx_api_record(struct bx_report *report,
                   struct bx_pdf_options *options,
                   struct bx_err *err);

#endif

/* The output intent: what the colours of a file mean. */
#ifndef BX_PDF_INTENT_H
#define BX_PDF_INTENT_H

#include "output/pdf/content.h"

/* Whether bytes are an ICC profile of a CMYK printer that PDF/A lets a file be printed by.
 *
 * Source  ISO 19005-2 6.2.3; ISO 15076-1 7.2. */
bool bx_pdf_is_printer(const void *icc, size_t len);

/* The catalog's OutputIntents, around a profile that was written as an object. */
void bx_pdf_add_intent(struct bx_buf *to, const struct bx_pdf *pdf, int profile);

#endif

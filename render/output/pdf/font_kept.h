/* Font programs of the file before: the labels of the forms need the same glyphs in every report of a
 * batch, so two of five faces or so are already there, compressed. */
#ifndef BX_PDF_FONT_KEPT_H
#define BX_PDF_FONT_KEPT_H

#include "output/pdf/fonts.h"

/* Takes the program of the same glyphs, sorted, if it is there. Needs   kept may be NULL. */
bool bx_pdf_kept_take(struct bx_pdf_face *face,
                      const struct bx_pdf_kept *kept,
                      const uint32_t *glyphs,
                      int count);

/* Keeps the programs of a file that is written. Needs   kept may be NULL. */
void bx_pdf_kept_add(struct bx_pdf_kept *kept, const struct bx_pdf_fonts *fonts);

#endif

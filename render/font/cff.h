/* Compact Font Format, as far as a subset for a PDF needs it. */
#ifndef BX_CFF_H
#define BX_CFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Copies a CFF table; in a CID-keyed one the CIDs become the glyph numbers: one range as charset,
 * and the character collection Adobe-Identity-0, since it is no other any more. A name-keyed one is
 * copied as it is: there a PDF takes CIDs for glyph numbers anyway (ISO 32000-1, 9.7.4.2).
 *
 * Fails   false, with out as it was: not one font, or offsets that lie outside the table. */
bool bx_cff_renumber(struct bx_buf *out, const uint8_t *cff, size_t len);

#endif

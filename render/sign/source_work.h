/* What source.c and source_xref.c share. */
#ifndef BX_SIGN_SOURCE_WORK_H
#define BX_SIGN_SOURCE_WORK_H

#include "sign/source.h"

#define BX_OBJECTS_MOST 8388607 /* Source  ISO 19005-2 6.1.13 */

/* The value of the object that stands at this byte, its number, generation and stream. */
struct bx_value bx_source_at(
    struct bx_source *source, size_t at, int *number, int *generation, struct bx_span *stream);

/* The byte behind the "endobj" of the object that stands at this byte, and its number; 0 when none does. */
size_t bx_source_object_end(struct bx_source *source, size_t at, int *number);

/* Follows startxref and every Prev. Fails   BX_E_READ. */
bool bx_source_read_sections(struct bx_source *source, struct bx_err *err);

#endif

/* Compact Font Format, as far as a PDF needs it: written, never read. */
#ifndef BX_CFF_H
#define BX_CFF_H

#include "base/buf.h"

/* A glyph: its charstring as bx_charstring_trace() makes it, and its width in design units. */
struct bx_cff_glyph {
    const uint8_t *charstring; /* borrowed */
    size_t len;
    int width;
};

struct bx_cff_font {
    const char *name;   /* PostScript */
    const char *notice; /* whose it is; may be empty */
    int upem;
    int box[4]; /* of all glyphs: left, bottom, right, top */
    const struct bx_cff_glyph *glyphs;
    int glyph_count;
};

/* Writes a CID-keyed table in which every CID is the glyph's number: one range as charset, the
 * character collection Adobe-Identity-0, one font DICT.
 *
 * Needs   1 to 65535 glyphs; charstrings below 2 GB together. */
void bx_cff_write(struct bx_buf *out, const struct bx_cff_font *font);

#endif

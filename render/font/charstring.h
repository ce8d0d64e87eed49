/* Glyphs as charstrings of our own making. */
#ifndef BX_CHARSTRING_H
#define BX_CHARSTRING_H

#include "base/buf.h"
#include "font/fontset.h"

struct bx_tracer;

/* Lends the font, which stays as it is. To be given back with bx_tracer_free(). */
struct bx_tracer *bx_tracer_new(const struct bx_font *font);
void bx_tracer_free(struct bx_tracer *tracer);

/* Adds the charstring of a glyph (Type 2) without hints, subroutines and width: a width goes before
 * it as one number, since what it begins with is always a moveto or endchar.
 *
 * Notes   the same bytes for the same outline, however the face encodes it.
 * Fails   false, with *out as it was: coordinates that a charstring cannot hold. */
bool bx_charstring_trace(struct bx_buf *out, struct bx_tracer *tracer, uint32_t glyph);

/* Adds a number as a charstring or a DICT has it, in the fewest bytes.
 *
 * Needs   -32768 <= value <= 32767. */
void bx_charstring_add_number(struct bx_buf *out, int value);

#endif

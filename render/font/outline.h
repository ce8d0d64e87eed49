/* The outline of a glyph, for what is drawn and not set: turned or cut letters. */
#ifndef BX_OUTLINE_H
#define BX_OUTLINE_H

#include "base/arena.h"
#include "font/fontset.h"

enum bx_outline_kind {
    BX_OUTLINE_MOVE,
    BX_OUTLINE_LINE,
    BX_OUTLINE_CURVE, /* cubic: two control points, then the end */
    BX_OUTLINE_CLOSE,
};

struct bx_outline_step {
    enum bx_outline_kind kind;
    int x[3], y[3]; /* font units, y up; MOVE and LINE: the first */
};

/* Gives   how many steps there are, *steps in the arena; 0 for a glyph without ink or with points
 *         farther out than any face has. Quadratic curves of
 *         TrueType outlines are told as the cubic ones they are. */
int bx_font_outline(const struct bx_outline_step **steps,
                    struct bx_arena *arena,
                    const struct bx_font *font,
                    uint32_t glyph);

#endif

/* Atoms: what a line is made of. A cluster in its face, or a —— or …… as one unit, as a box
 * without the blank that may be removed from it.
 *
 * Text -> clusters (a base and its marks and selectors) -> class by the table and by neighbours
 * -> face -> glyphs -> atoms. */
#ifndef BX_ATOM_H
#define BX_ATOM_H

#include "plan/class.h"
#include "plan/cluster.h"
#include "plan/para.h"

/* A box on a line. The blanks of a full-width mark stand outside the box: the glue beside it
 * puts them back.
 *
 * Holds  blanks never cut into ink (PUN-08). */
struct bx_atom {
    enum bx_class class;
    int text_at, text_len; /* in the joined text */
    int piece, role;
    const struct bx_font *font;
    bx_len size;
    bx_len em;
    bx_len box;
    bx_len blank_left, blank_right;
    bx_len space;   /* of a space: its natural width; the box is 0 */
    bx_len kern;    /* what the box has for standing before the next atom; not at a line end */
    bx_len draw_dx; /* of the first glyph's pen against the box's left edge */
    int glyph_at, glyph_count;
    int scale_x_1000;
    bool is_url_joint;     /* as in bx_cluster */
    enum bx_behind behind; /* as in bx_cluster */
};

/* Shape  atoms in text order; glyphs of atom i at glyphs[glyph_at ..]: advance is the distance
 *        to the next glyph of the same atom, text_at a byte in the joined text. */
struct bx_atoms {
    struct bx_atom *items;
    int count;
    struct bx_glyph *glyphs;
    int glyph_count;
};

/* Makes the atoms of one stretch text[at .. at+len) without line breaks.
 *
 * Needs   `text` is all pieces joined, piece_ends[i] the end of piece i in it.
 * Notes   FALLBACK (warning) for a character not in its role's first face; MISSING (error, stage
 *         FONT) for one that no face holds: it is left out, and the report will not be printed. */
void bx_atoms_build(struct bx_atoms *out,
                    struct bx_para_context *context,
                    const char *text,
                    int text_len,
                    int at,
                    int len,
                    const struct bx_piece *pieces,
                    const int *piece_ends,
                    int piece_count,
                    const struct bx_para_spec *spec);

/* True where two atoms belong to one word, number or unit: no break, no stretch between them. */
bool bx_atoms_are_solid(const struct bx_atoms *atoms, int left);

#endif

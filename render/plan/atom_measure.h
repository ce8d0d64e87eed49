/* The box of an atom: how wide it is on a line, and where its glyphs stand in it. */
#ifndef BX_ATOM_MEASURE_H
#define BX_ATOM_MEASURE_H

#include "plan/atom.h"
#include "plan/cluster.h"

/* Sets box, blanks, space, draw_dx and scale_x_1000 of an atom that is shaped, by its class; `c`
 * is the cluster it was made of. The glyphs of a —— become one, those of a …… an em apart. */
void bx_atom_measure(struct bx_atom *atom, struct bx_glyph *glyphs, const struct bx_cluster *c);

#endif

/* Glue: the space between two atoms, with how far it may shrink and stretch, and when. */
#ifndef BX_GLUE_H
#define BX_GLUE_H

#include "plan/atom.h"

enum {
    BX_SHRINK_STEPS = 7,  /* CLREQ's order of squeezing; step 1 is the mark at the line end */
    BX_STRETCH_STEPS = 3, /* word spaces, Han-Latin, all other gaps */
};

struct bx_glue {
    bx_len natural;
    bx_len shrink;    /* at most this much, at step shrink_step */
    bx_len stretch;   /* at most this much at step 1 or 2; step 3 has no limit */
    int shrink_step;  /* 2..7; 0 = rigid */
    int stretch_step; /* 1..3; 0 = rigid */
};

/* The glue between atoms left and left + 1. */
struct bx_glue
bx_glue_between(const struct bx_atoms *atoms, int left, const struct bx_line_rules *rules);

/* The blank a line's last atom keeps unless it is squeezed (step 1): 0 when the style forces
 * half width at line ends (GB/T 15834-2011 5.1.10). */
bx_len bx_glue_tail(const struct bx_atom *last, const struct bx_line_rules *rules);

#endif

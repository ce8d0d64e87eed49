/* Setting a chosen line to its measure: where every atom stands. */
#ifndef BX_JUSTIFY_H
#define BX_JUSTIFY_H

#include "plan/linebreak.h"

/* What setting did to a line. */
struct bx_set_line {
    bx_len *at; /* of each atom first .. last: left edge of its box, from the measure's left */
    bx_len right;     /* end of the last box */
    bx_len gap_extra; /* most put into one gap of stretch step 3 */
    bool is_justified, is_loose, is_overfull;
};

/* Sets atoms m->first .. m->last between `left` and `left + room`.
 *
 * Gives   out->at in the arena. Squeezes by CLREQ's steps when the line is too wide for the room;
 *         stretches to it exactly when the alignment asks for it and the line is not the last. */
void bx_line_justify(struct bx_set_line *out,
                     struct bx_arena *arena,
                     const struct bx_breaker *breaker,
                     const struct bx_span_measure *m,
                     bx_len left,
                     bx_len room,
                     bool is_last);

#endif

/* How wide the lines of a paragraph are, before any is chosen. */
#ifndef BX_SPAN_H
#define BX_SPAN_H

#include "plan/breaks.h"
#include "plan/glue.h"

/* Sums over the atoms of a stretch up to one place, so that any line is measured in a few
 * subtractions. */
struct bx_sum {
    int64_t
        at; /* where the box of the atom starts on one endless line; wider than a length, which
                   a long paragraph on one line would overflow */
    int64_t tight;                       /* the same when all glue is squeezed */
    int64_t shrink[BX_SHRINK_STEPS + 1]; /* [2..7]: of the glue before the atom, by step */
    int64_t stretch[3];                  /* [1], [2] */
    int gaps;                            /* of stretch step 3 */
    int chars;                           /* atoms that are no marks or spaces */
};

/* A line of atoms first .. last (spaces at its edges left out), before setting. */
struct bx_span_measure {
    int first, last;
    bx_len natural; /* head and tail included */
    bx_len head;    /* blank an opening mark keeps after the indent, when the style says so */
    bx_len tail;    /* blank the last mark keeps when it is not squeezed */
    bx_len hung;    /* box of a last mark that hangs outside the measure (PUN-15), or 0 */
    bx_len shrink[BX_SHRINK_STEPS + 1];
    bx_len stretch[3];
    int gaps;
    int chars;
};

struct bx_breaker {
    const struct bx_atoms *atoms;
    const struct bx_line_rules *rules;
    const struct bx_sum *sums; /* [0 .. atoms->count] */
    const int *penalties;
    bx_len measure;
    bx_len first_indent;
    bx_len em;
    enum bx_align align;
    bool is_ragged; /* lines are not stretched to the measure */
};

/* Needs   atoms->count > 0.
 * Gives   the sums up to each atom and behind the last: atoms->count + 1. */
struct bx_sum *bx_sums_build(struct bx_arena *arena,
                             const struct bx_atoms *atoms,
                             const struct bx_line_rules *rules);

/* Measures the line from a break before atom `start` to one before atom `end`. */
void bx_span_measure(struct bx_span_measure *out,
                     const struct bx_breaker *breaker,
                     int start,
                     int end);

/* The same, but for what it can be squeezed where it need not be: then shrink is not set. */
void bx_span_measure_needed(struct bx_span_measure *out,
                            const struct bx_breaker *breaker,
                            int start,
                            int end);

/* Whether the line can be squeezed into its room, by one subtraction. */
bool bx_span_fits(const struct bx_breaker *breaker, int start, int end);

/* How wide a line that starts there may be. */
bx_len bx_line_room(const struct bx_breaker *breaker, int start);

#endif

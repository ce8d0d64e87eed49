/* Total-fit line breaking: the breaks of a whole paragraph chosen together. */
#ifndef BX_LINEBREAK_H
#define BX_LINEBREAK_H

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

/* What a line costs by itself, and its colour: 0 tight, 1 even, 2 loose.
 *
 * Gives   less than 0 where it cannot be squeezed into its room. */
int64_t bx_line_cost(const struct bx_breaker *breaker, int start, int end, int *colour);

/* What a line of one colour costs more behind a line of another. */
int64_t bx_colour_cost(int before, int colour);

/* Chooses the breaks whose lines cost least together. Lines less than half full are only thought of
 * where no longer one ends at the same place. breaks[0 .. n) are the atoms that lines end before, ascending; the last is
 * atoms->count. *is_overfull tells that some line is wider than the measure all the same.
 *
 * Gives   n >= 1. */
int bx_breaks_choose(int **breaks,
                     bool *is_overfull,
                     struct bx_arena *arena,
                     const struct bx_breaker *breaker);

#endif

/* Shared by the two halves of charstring.h: what draws a contour and what writes it. */
#ifndef BX_CHARSTRING_WORK_H
#define BX_CHARSTRING_WORK_H

#include "font/charstring.h"

#define BX_CHARSTRING_ONE 65536 /* coordinates are in 1/65536 of a design unit */

/* A line or a curve, as differences: of a line d[0], d[1] only. */
struct bx_segment {
    bool is_curve;
    int32_t d[6];
    int lens[6];    /* of each number in bytes */
    int len, count; /* of all numbers together */
};

struct bx_charstring_choice;

/* The contour being drawn, with memory that is used again for the next. */
struct bx_contour {
    int32_t x, y;             /* in the charstring, before the contour */
    int32_t start_x, start_y; /* absolute, as what follows */
    int32_t at_x, at_y;
    struct bx_segment *segments;
    int count, capacity;
    struct bx_charstring_choice *choices; /* of charstring.c */
    int choice_capacity;
};

/* Adds a line (count 2) or a curve (count 6) to absolute points.
 *
 * Needs   points below 16384 units from the origin: differences of two can then be written. */
void bx_contour_add(struct bx_contour *contour, const int32_t *points, int count);

/* Writes the contour and starts an empty one where it ends. One without lines and curves is not
 * written. */
void bx_contour_write(struct bx_buf *out, struct bx_contour *contour);
void bx_contour_fini(struct bx_contour *contour);

/* The end of a charstring. */
void bx_charstring_end(struct bx_buf *out);

#endif

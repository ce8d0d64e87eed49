/* Numbers as they are written, and sums of them that are exact. */
#ifndef BX_NUMBER_H
#define BX_NUMBER_H

#include <stdbool.h>

#include "base/arena.h"
#include "layout/form.h"

enum {
    BX_NUMBER_DIGITS_MAX = 64, /* in a number: as many as a cell holds characters */
    BX_SUM_INTEGERS = 80,      /* digits before the point: room for 10^15 addends */
    BX_SUM_DECIMALS = 64,      /* digits behind it */
    BX_SUM_DIGITS = BX_SUM_INTEGERS + BX_SUM_DECIMALS,
};

/* A sum in decimal digits, the most significant first.
 *
 * Holds  between calls every digit is 0..9. */
struct bx_sum {
    bool is_negative;
    signed char digits[BX_SUM_DIGITS];
};

/* Whether a text, the raw text of a JSON number or a string, is a number of this kind. */
bool bx_number_suits(const char *text, enum bx_value_kind kind);

/* The value of a JSON number that is whole, as 2019, 2019.0 and 2.019e3 are.
 *
 * Gives   false when it has a fraction or more digits than an int surely holds. */
bool bx_number_whole(const char *text, int *out);

/* Adds sign * text to the sum.
 *
 * Gives   false when the text is no plain decimal number: it has a unit, say. */
bool bx_sum_add(struct bx_sum *sum, const char *text, int sign);

bool bx_sum_is_equal(const struct bx_sum *left, const struct bx_sum *right);

/* In decimal, without needless zeroes: "-8", "59237.2449". */
const char *bx_sum_text(struct bx_arena *arena, const struct bx_sum *sum);

#endif

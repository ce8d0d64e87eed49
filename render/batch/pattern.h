/* Names of files made from a pattern such as "{year}/{organ}.pdf". */
#ifndef BX_PATTERN_H
#define BX_PATTERN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

/* What the places of a pattern stand for. The texts need not end in a zero and may hold one. */
struct bx_pattern_values {
    const char *year, *organ;
    int year_len, organ_len;
};

/* Whether a pattern has only places we know: {year} and {organ}. */
bool bx_pattern_is_valid(const char *pattern);

/* Whether what it makes stays below a folder: no "/" at its start, no ".." among its parts. */
bool bx_pattern_is_inside(const char *pattern);

/* The pattern with its places filled in. In a value, `/`, control characters and a leading `.`
 * become `_`, so that it is never more than a part of one name.
 *
 * Needs   a valid pattern; values in UTF-8. */
const char *bx_pattern_fill(struct bx_arena *arena,
                            const char *pattern,
                            const struct bx_pattern_values *values);

#endif

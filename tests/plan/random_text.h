/* Random text for lines: the characters of a real report and every mark, in any order. The generator
 * is seeded, so a failure can be run again. */
#ifndef BX_TEST_RANDOM_TEXT_H
#define BX_TEST_RANDOM_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "layout/style.h"

struct random {
    uint64_t state; /* the seed at first */
};

/* Gives   0 .. below - 1. */
uint32_t random_next(struct random *r, uint32_t below);

/* At most 120 characters, with NUL. */
void random_text(char *text, size_t size, struct random *r);

/* The rules of a text: every choice a style has. */
void random_rules(struct bx_line_rules *rules, struct random *r);

#endif

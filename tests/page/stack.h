/* Plans made by hand: blocks of lines and tables of given heights, without fonts. */
#ifndef BX_TEST_STACK_H
#define BX_TEST_STACK_H

#include "page/choose.h"

enum {
    PITCH = 10000, /* of a grid line, in units */
    LINES = 22,    /* of a page */
};

struct stack {
    struct bx_arena arena;
    struct bx_style style;
    struct bx_model model;
    struct bx_plan plan;
    struct bx_plan_block blocks[64];
    struct bx_units units;
    struct bx_page_choice *choices;
    int page_count;
};

/* A style of 22 lines with the rules and costs of gbt9704; fails the test when it cannot be read. */
void stack_init(struct stack *s);
void stack_fini(struct stack *s);

/* Adds a paragraph of so many lines; returns the block for more settings. */
struct bx_plan_block *stack_lines(struct stack *s, int count);

/* Adds a heading: one line, kept with what follows. */
struct bx_plan_block *stack_heading(struct stack *s);

/* Adds a statutory table: `heads` head rows, then groups of rows as given, ended by 0; every row
 * takes `height`. */
struct bx_table *stack_table(struct stack *s, int heads, const int *groups, bx_len height);

/* Chooses the pages; fails the test when that fails. */
void stack_choose(struct stack *s);

/* Where page i (from 0) ends: block and index of the unit that starts the next page. */
struct bx_unit stack_end(const struct stack *s, int page);

#endif

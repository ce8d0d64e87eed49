/* What may be converted, between the two halves of punctuation. Inside model/ only. */
#ifndef BX_PUNCTUATION_MARKS_H
#define BX_PUNCTUATION_MARKS_H

#include "model/punctuation.h"

enum bx_mark_class {
    CLASS_PLAIN,  /* ends a run */
    CLASS_FIGURE, /* digits and marks inside a number: skipped */
    CLASS_SPACE,  /* skipped */
    CLASS_MARK,   /* may be converted */
    CLASS_TAIL,   /* the rest of a mark of several characters: ... and -- */
};

struct bx_mark_state {
    enum bx_mark_class class;
    int partner;    /* of a bracket or quotation mark: its index; -1 without one */
    uint32_t wants; /* MARK: what it becomes */
    int run;        /* index, of all but PLAIN */
    bool is_fixed;  /* inside a URL or an address */
    bool is_forced; /* converted whatever its neighbours */
};

struct bx_mark_run {
    int from, to;
    bool is_chosen;
};

struct bx_marks {
    struct bx_chars *chars;
    struct bx_mark_state *states;
    int *stack; /* open brackets; then runs to look at */
    struct bx_mark_run *runs;
    int run_count;
    const struct bx_punctuation_sink *sink;
};

/* The code at an index; 0 outside. */
uint32_t bx_marks_code(const struct bx_marks *work, int at);

/* The first index from `at` on, in steps of 1 or -1, that is no space. */
int bx_marks_skip_blanks(const struct bx_marks *work, int at, int step);

/* The end of a line: outside, or a line break. */
bool bx_marks_is_edge(uint32_t code);

/* Gives every character its class, and protects and notes document numbers. */
void bx_marks_build(struct bx_marks *work);

/* Takes out what is never converted, and pairs brackets and quotation marks. */
void bx_marks_protect(struct bx_marks *work);

#endif

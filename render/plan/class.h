/* Character classes: what a character is to a line of Chinese.
 *
 * The table is made at build time from Unicode data and classes.txt. Everything about breaking
 * and spacing is decided by classes; two depend on their neighbours (quotation marks, a single
 * dash) and are settled in cluster.c. */
#ifndef BX_CLASS_H
#define BX_CLASS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "layout/style.h"

enum bx_class {
    BX_CLASS_HAN,
    BX_CLASS_OPEN,  /* full-width: blank half on the left */
    BX_CLASS_CLOSE, /* full-width: blank half on the right; so the next four */
    BX_CLASS_COMMA,
    BX_CLASS_COLON,
    BX_CLASS_STOP,
    BX_CLASS_EXCLAIM,
    BX_CLASS_MIDDLE_DOT,
    BX_CLASS_DASH,
    BX_CLASS_ELLIPSIS,
    BX_CLASS_CONNECTOR,
    BX_CLASS_SOLIDUS,
    BX_CLASS_PREFIX,
    BX_CLASS_POSTFIX,
    BX_CLASS_SYMBOL, /* full-width, as Han, but no autospace beside it */
    BX_CLASS_ITERATION,
    BX_CLASS_NONSTARTER, /* marks that only keep off a line start */
    BX_CLASS_RAISED,     /* a note mark: one with what stands before it */
    BX_CLASS_LATIN,
    BX_CLASS_LATIN_SYMBOL, /* & @ = and their like */
    BX_CLASS_DIGIT,
    BX_CLASS_LATIN_OPEN,
    BX_CLASS_LATIN_CLOSE,
    BX_CLASS_SPACE,
    BX_CLASS_IDEO_SPACE,
    BX_CLASS_GLUE,       /* no break on either side */
    BX_CLASS_ZERO_WIDTH, /* a break, no width */
    BX_CLASS_BREAK,      /* ends the line */
    BX_CLASS_MARK,       /* combining: never alone */
    BX_CLASS_COUNT,
};

enum bx_class bx_class_of(uint32_t code_point);

const char *bx_class_name(enum bx_class c);

/* Whether a line may start (end) with the class at a level. */
bool bx_class_may_start(enum bx_class c, enum bx_break_level level);
bool bx_class_may_end(enum bx_class c, enum bx_break_level level);

/* Full-width marks with a blank half that may be removed, on the left or the right. */
bool bx_class_has_left_blank(enum bx_class c);
bool bx_class_has_right_blank(enum bx_class c);

/* A letter, digit or mark of a Latin word or number: no break inside a run of them. */
bool bx_class_is_latin(enum bx_class c);

/* A letter or digit: what autospace stands next to (AUT-01). */
bool bx_class_is_word(enum bx_class c);

/* Prints the table: one range a line. */
void bx_class_dump(struct bx_buf *out);

#endif

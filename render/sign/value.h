/* The values of a PDF file as they stand in it: stretches of its own text.
 *
 * Signing copies what it does not change byte for byte, so nothing is taken apart that nobody asks
 * for. Bytes are anyone's: every step is checked, and what is no value ends the reading. */
#ifndef BX_SIGN_VALUE_H
#define BX_SIGN_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct bx_span {
    const char *at;
    size_t len;
};

enum bx_value_kind {
    BX_VALUE_NONE, /* there is none, or it is broken */
    BX_VALUE_NULL,
    BX_VALUE_BOOL,
    BX_VALUE_INT,
    BX_VALUE_REAL,
    BX_VALUE_STRING,
    BX_VALUE_NAME,
    BX_VALUE_ARRAY,
    BX_VALUE_DICT,
    BX_VALUE_REF,
};

/* Holds  span is the whole value with its brackets; number that of an INT, or 0 or 1 of a BOOL, or
 *        the object's of a REF. */
struct bx_value {
    enum bx_value_kind kind;
    struct bx_span span;
    int64_t number;
    int generation; /* of a REF */
};

/* Takes the value at the start of *rest and moves *rest behind it. Gives a NONE at the end and where
 * no value can be read; *rest is then not moved. */
struct bx_value bx_value_next(struct bx_span *rest);

/* The same without looking for references: "1 0 R" is a number. */
struct bx_value bx_value_next_plain(struct bx_span *rest);

/* Leaves white space and comments behind. */
void bx_span_skip_blank(struct bx_span *rest);

/* Takes `word` off the start, white space before it too; false, and nothing moved, when another
 * word stands there. */
bool bx_span_take_word(struct bx_span *rest, const char *word);

/* What stands between the brackets of an ARRAY or DICT, empty for anything else. */
struct bx_span bx_value_inside(const struct bx_value *value);

/* Takes the next entry off the inside of a DICT; false at its end. */
bool bx_value_entry(struct bx_span *rest, struct bx_value *key, struct bx_value *value);

/* The value of a key of a DICT, a NONE when it is not there. The last one counts when a key stands
 * twice, as in most readers. */
struct bx_value bx_value_find(const struct bx_value *dict, const char *key);

/* No key of this DICT stands twice. */
bool bx_value_has_unique_keys(const struct bx_value *dict);

/* A NAME that is this one, its #xx undone. */
bool bx_value_is_name(const struct bx_value *value, const char *name);

/* The bytes of a STRING or NAME (without its slash), with a zero behind them. */
char *bx_value_bytes(const struct bx_value *value, struct bx_arena *arena, size_t *len);

/* A text string as UTF-8. Source  ISO 32000-2 7.9.2.2. */
const char *bx_value_text(const struct bx_value *value, struct bx_arena *arena);

#endif

/* JSON as a tree that forgets nothing: number text, member order, duplicate keys, places.
 *
 * A strict reader of RFC 8259 of our own. The report's figures must be printed digit for digit
 * (`0.10`, 20-digit integers) and every finding must name its place; jansson turns numbers into
 * long and double, and yajl 2.1 replaces a lone surrogate (`\ud800`) by "?" without a word. */
#ifndef BX_JSON_H
#define BX_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

enum {
    BX_JSON_DEPTH_MAX = 32,      /* report-model.md: deeper nesting ends the reading */
    BX_JSON_COUNT_MAX = 1000000, /* values in a file: bounds the memory of a hostile one */
    BX_JSON_LEN_MAX = 64 << 20,  /* bytes in a file */
};

enum bx_json_kind {
    BX_JSON_NULL,
    BX_JSON_TRUE,
    BX_JSON_FALSE,
    BX_JSON_NUMBER,
    BX_JSON_STRING,
    BX_JSON_ARRAY,
    BX_JSON_OBJECT,
};

/* Shape  the children of an array or object hang at `first` in the order of the file.
 * Holds  texts are valid UTF-8 and zero-terminated, but may hold U+0000 before text_len. */
struct bx_json {
    enum bx_json_kind kind;
    int at;           /* byte in the file */
    const char *text; /* STRING: decoded; NUMBER: as written */
    int text_len;
    const char *key; /* of a member of an object, else NULL */
    int key_len;
    const struct bx_json *parent; /* NULL for the root */
    const struct bx_json *next;   /* sibling */
    const struct bx_json *first;  /* child */
    int index;                    /* among its siblings, from 0 */
    int count;                    /* of children */
};

/* Reads a whole file. A byte order mark at its start is skipped: RFC 8259 section 8.1 lets a
 * reader do so, and editors of clerks write one.
 *
 * Gives   *out in the arena; texts are copies. On failure *zh is err.what in Chinese, static.
 * Fails   BX_E_READ with err.where "line L column C", the column counted in characters: not
 *         UTF-8, not JSON, a lone surrogate, deeper than BX_JSON_DEPTH_MAX, too large. */
bool bx_json_read(const struct bx_json **out,
                  struct bx_arena *arena,
                  const char *file,
                  const void *data,
                  size_t len,
                  const char **zh,
                  struct bx_err *err);

/* The first member of an object with this key, or NULL. */
const struct bx_json *bx_json_find(const struct bx_json *object, const char *key);

/* Whether the member is named so. */
bool bx_json_is_named(const struct bx_json *member, const char *key);

/* The member's key with control characters written as escapes: to be shown. */
const char *bx_json_key_text(struct bx_arena *arena, const struct bx_json *member);

/* The JSON Pointer of a value (RFC 6901), "" for the root. */
const char *bx_json_pointer(struct bx_arena *arena, const struct bx_json *value);

/* The pointer of a member that is not there. */
const char *
bx_json_pointer_below(struct bx_arena *arena, const struct bx_json *value, const char *key);

#endif

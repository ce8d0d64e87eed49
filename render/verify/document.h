/* A PDF file that someone hands us, as plain data.
 *
 * Everything the trailer leads to is read once, by a strict reader, into values that cannot fail
 * any more; whoever looks at them afterwards needs no library. Streams are decoded. */
#ifndef BX_DOCUMENT_H
#define BX_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum bx_object_kind {
    BX_OBJECT_NULL,
    BX_OBJECT_BOOL,
    BX_OBJECT_NUMBER,
    BX_OBJECT_STRING,
    BX_OBJECT_NAME,
    BX_OBJECT_ARRAY,
    BX_OBJECT_DICT,
    BX_OBJECT_STREAM,
    BX_OBJECT_REF,
};

#define BX_MICRO 1000000 /* numbers are kept in millionths */

/* Numbers beyond this many units are cut to it: no coordinate, count or code we write is larger
 * than a file's length. */
#define BX_NUMBER_MOST ((int64_t)1 << 42)

/* Shape  `items` of an ARRAY; of a DICT or STREAM the values beside `keys`, which ascend.
 * Holds  bytes have a zero behind them. */
struct bx_object {
    enum bx_object_kind kind;
    bool is_decoded;   /* STREAM: no filter but that of an image is left */
    int64_t number;    /* BOOL: 0 or 1; NUMBER: millionths; REF: the object's number */
    const char *bytes; /* STRING; NAME, without its slash; STREAM: the decoded data */
    size_t len;
    const struct bx_object *items;
    const char *const *keys; /* without their slash */
    int count;
};

/* Shape  objects[0 .. object_count), by number; NULL for one that nothing refers to. */
struct bx_document {
    struct bx_arena arena;
    const struct bx_object *trailer;
    const struct bx_object *root; /* the catalog: a dictionary */
    const struct bx_object **objects;
    int object_count;
    int stray_count;     /* objects of the file that nothing refers to */
    const char *warning; /* the first thing the strict reader complained of, or NULL */
    int warning_count;
    bool is_encrypted;
};

/* Reads a file. Broken places are counted as warnings where reading can go on.
 *
 * Gives   *out, which the caller frees with bx_document_free(); untouched on failure.
 * Fails   BX_E_READ: no PDF, or one whose objects cannot be found; no reader on this machine. */
bool bx_document_read(struct bx_document **out,
                      const void *data,
                      size_t len,
                      struct bx_err *err);
void bx_document_free(struct bx_document *document);

/* The object behind a reference, or the object itself; never NULL: what is not there is a NULL
 * object. */
const struct bx_object *bx_object_follow(const struct bx_document *document,
                                         const struct bx_object *object);

/* The value of a key of a DICT or STREAM, followed; a NULL object when there is none. */
const struct bx_object *bx_object_find(const struct bx_document *document,
                                       const struct bx_object *dict,
                                       const char *key);

/* The same, as it stands: a reference stays one. */
const struct bx_object *bx_object_find_raw(const struct bx_object *dict, const char *key);

/* Item i of an ARRAY, followed. A value that is no array is its own only item. */
const struct bx_object *
bx_object_item(const struct bx_document *document, const struct bx_object *array, int i);
int bx_object_item_count(const struct bx_object *array);

bool bx_object_is_name(const struct bx_object *object, const char *name);

/* The whole part of a NUMBER, `otherwise` for anything else. */
int64_t bx_object_int(const struct bx_object *object, int64_t otherwise);

/* A text string of the file as UTF-8, in the arena. Source  ISO 32000-1 7.9.2.2. */
const char *bx_object_text(const struct bx_object *object, struct bx_arena *arena);

#endif

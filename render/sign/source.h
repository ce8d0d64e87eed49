/* A PDF file to be signed or verified: where its objects lie, and what the newest trailer says.
 *
 * The strict reading: nothing is searched for or put right. A file that other programs repair in
 * their own ways can be one thing to the signer and another to the reader. */
#ifndef BX_SIGN_SOURCE_H
#define BX_SIGN_SOURCE_H

#include "base/err.h"
#include "sign/value.h"

enum bx_place_kind {
    BX_PLACE_FREE,
    BX_PLACE_PLAIN,  /* at a byte of the file */
    BX_PLACE_PACKED, /* in an object stream */
};

struct bx_place {
    enum bx_place_kind kind;
    bool is_known; /* a section named it; older sections do not count any more */
    size_t at;     /* byte of the file, or number of the object stream */
    int index;     /* its generation, or its index in the stream */
};

/* One cross-reference section, with the stream that a hybrid file adds to it. */
struct bx_section {
    size_t at;
    bool is_stream;
    struct bx_value trailer;
};

/* An object stream that was opened. */
struct bx_opened {
    int number;
    struct bx_span text;
    int count, first;
};

/* Shape  places by number; sections from the newest to the oldest.
 * Holds  spans point into the file's bytes, which the caller keeps, or into the arena. */
struct bx_source {
    struct bx_arena arena;
    struct bx_span file;
    struct bx_place *places;
    int place_count, place_capacity;
    struct bx_section *sections;
    int section_count, section_capacity;
    struct bx_opened *opened;
    int opened_count, opened_capacity;
    size_t inflated; /* bytes so far */
};

/* Reads the cross-reference of a whole file.
 *
 * Gives   *out, also after a failure to be freed with bx_source_fini().
 * Fails   BX_E_READ: no PDF of 1.4 to 2.0, damaged, encrypted. */
bool bx_source_read(struct bx_source *out, const void *data, size_t len, struct bx_err *err);
void bx_source_fini(struct bx_source *source);

/* The newest trailer. */
const struct bx_value *bx_source_trailer(const struct bx_source *source);

/* The value of an object; a NONE when it is not there or broken. `stream`, unless NULL, gets the
 * stream's bytes as they stand, at NULL for an object that has none. */
struct bx_value bx_source_object(struct bx_source *source, int number, struct bx_span *stream);

/* The value behind a reference, or the value itself. */
struct bx_value bx_source_follow(struct bx_source *source, struct bx_value value);

/* The value of a key, followed. */
struct bx_value
bx_source_find(struct bx_source *source, const struct bx_value *dict, const char *key);

/* A stream's bytes, decoded; false when a filter other than Flate stands before them. */
bool bx_source_decode(struct bx_source *source,
                      const struct bx_value *dict,
                      struct bx_span raw,
                      struct bx_span *out);

#endif

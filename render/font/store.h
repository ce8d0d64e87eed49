/* Prepared faces: what the engine asks of a face, worked out once and kept in a file.
 *
 * A store is a cache. Whatever it tells is what HarfBuzz tells of the same face, so a file set with
 * it has the same bytes as one set without; a store that is missing, stale or damaged only costs
 * time. It is mapped, and of its pages only those that a report needs are read. */
#ifndef BX_STORE_H
#define BX_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "font/facts.h"

struct bx_buf;
struct bx_err;
struct bx_store;

/* Which file a store is of. */
struct bx_store_key {
    const char *postscript;
    int index;
    int64_t size; /* of the file */
    int64_t
        time; /* when it was changed, in whole seconds: layers of images keep no fractions */
};

enum bx_store_state {
    BX_STORE_MISSING,
    BX_STORE_STALE, /* of another file, HarfBuzz or version of this format */
    BX_STORE_DAMAGED,
    BX_STORE_GOOD,
};

/* The key of a font file; false when it cannot be looked at. The name is borrowed. */
bool bx_store_key_of(struct bx_store_key *out,
                     const char *path,
                     int index,
                     const char *postscript);

/* Looks for a store in a folder. Of a file that is not what its name says only the state is given.
 *
 * Gives   *out, which the caller closes, when the state is GOOD. */
enum bx_store_state
bx_store_open(struct bx_store **out, const char *folder, const struct bx_store_key *key);
void bx_store_close(struct bx_store *store);

const struct bx_facts *bx_store_facts(const struct bx_store *store);

/* SHA-256 of the font file when the store was made. */
const char *bx_store_sha256(const struct bx_store *store);

/* Whether one of the functions below has met bytes that are not those once written. They then say
 * that they do not know, now and ever after. */
bool bx_store_is_damaged(const struct bx_store *store);

/* Looks at every byte of it. */
bool bx_store_check(struct bx_store *store);

/* --- What it knows. All give false when it does not, and for a store that is NULL. --------- */

/* How text is shaped, as far as it decides glyphs: bx_shape(). */
enum bx_store_mode {
    BX_STORE_HAN,
    BX_STORE_LATIN,
    BX_STORE_UPRIGHT,
    BX_STORE_MODE_COUNT,
};

/* Holds  glyph[m] > 0: in mode m the character is drawn by this glyph with its own advance whatever
 *        stands around it, as long as that can be said of the characters around it too. */
struct bx_store_character {
    uint16_t nominal; /* of the cmap; 0: the face does not have it */
    uint16_t glyph[BX_STORE_MODE_COUNT];
};
bool bx_store_character(struct bx_store_character *out,
                        struct bx_store *store,
                        uint32_t code_point);

/* The same for a digit in half width; 0 when it cannot be said. */
uint32_t bx_store_half_digit(const struct bx_store *store, enum bx_store_mode mode, int digit);

/* Design units. Holds  a blank glyph has no ink: all zeroes. */
struct bx_store_glyph {
    uint16_t advance, height; /* to the right; downward in upright text */
    int16_t ink[4];           /* left, bottom, right, top */
};
bool bx_store_glyph(struct bx_store_glyph *out, struct bx_store *store, uint32_t glyph);

/* Adds the charstrings that bx_charstring_trace() makes of some glyphs, one behind the other. Only for
 * CFF faces. They are read and not mapped: what a report needs of them is scattered all over the file,
 * and of a mapped file the kernel counts 64 kB for each. Those of the second call and later ones are
 * kept, at most 4 MiB: the reports of a batch need the same again.
 *
 * Gives   lens[i] of each; false, with *out as it was, when one of them is not known. */
bool bx_store_charstrings(struct bx_buf *out,
                          size_t *lens,
                          struct bx_store *store,
                          const uint32_t *glyphs,
                          int count);

/* --- Making one. --------------------------------------------------------------------------- */

/* Works everything out and puts it into a file of the folder, which is made when it is not there.
 * The file appears in one piece, so two that make it at once do no harm.
 *
 * Fails   BX_E_FONT: a face that cannot be used. BX_E_READ, BX_E_WRITE. */
bool bx_store_make(const char *folder,
                   const char *path,
                   const struct bx_store_key *key,
                   struct bx_err *err);

/* The user's folder of stores, below XDG_CACHE_HOME or ~/.cache: where time is saved, and nothing
 * else, depends on the environment. NULL when that names no absolute folder (XDG Base Directory).
 *
 * Notes   not by GLib, whose answer threads share behind a lock that sanitizers do not see. */
const char *bx_store_user_folder(struct bx_arena *arena);

#endif

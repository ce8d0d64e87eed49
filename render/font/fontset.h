/* Roles to faces: which file draws which character.
 *
 * fonts/roles.xml names the roles and their ordered faces, fonts/lock.xml pins each face of the
 * free set to a file, an index in it, a size and a SHA-256. An office's folder (--fonts) is looked
 * at first, through a private fontconfig configuration. A face is opened (mapped) when the first
 * character needs it. A font set belongs to one thread. */
#ifndef BX_FONTSET_H
#define BX_FONTSET_H

#include <stdbool.h>
#include <stdint.h>

#include <hb.h>

#include "base/err.h"
#include "base/findings.h"
#include "base/len.h"

struct bx_facts;
struct bx_source;
struct bx_store;

/* A face in use. Everything but `id` and the names is in design units.
 *
 * Holds  index in the file is the one pinned or given by fontconfig, never a guess. */
struct bx_font {
    int id; /* place in the set, from 0, in the order of opening */
    const char *path;
    int index;                    /* in a collection */
    const char *postscript;       /* "FandolFang-Regular" */
    const char *version, *sha256; /* of the lock, or of the file's name table and "" */
    int upem, glyph_count;
    int centre; /* of the ideographs above the baseline, measured from ink; 0.38 em without Han */
    bool has_han;
    bool is_cff;
    bool has_hwid;  /* half-width digits as a feature: page numbers and figures use them */
    bool is_pinned; /* the size of its file is that of the lock */
    const struct bx_facts *facts;
    struct bx_source *source; /* the file, opened when first asked */
    struct bx_store *store;   /* what was prepared of it, or NULL */
};

/* The font as HarfBuzz has it, scale = units per em: opens the file. Borrowed. */
hb_font_t *bx_font_hb(const struct bx_font *font);
hb_face_t *bx_font_face(const struct bx_font *font);
hb_buffer_t *bx_font_scratch(const struct bx_font *font); /* of bx_shape() */

struct bx_buf;
struct bx_fontset;

struct bx_fontset_options {
    const char *fonts_dir;     /* with fonts.conf, roles.xml and lock.xml */
    const char *office_dir;    /* --fonts, or NULL */
    const char *faces_dirs[2]; /* of prepared faces, best first; NULL: none */
};

/* Reads roles and lock and decides which face each role starts with.
 *
 * Gives   *out, which the caller frees with bx_fontset_free().
 * Notes   FONT (note) for a role that is not set in its first face, and for a face that differs
 *         from the lock.
 * Fails   BX_E_FONT when a role has no face at all; BX_E_READ, BX_E_LAYOUT for the two files. */
bool bx_fontset_new(struct bx_fontset **out,
                    const struct bx_fontset_options *options,
                    struct bx_findings *findings,
                    struct bx_err *err);
void bx_fontset_free(struct bx_fontset *set);

/* The number of a role, or -1. */
int bx_fontset_find_role(const struct bx_fontset *set, const char *name);

/* The face for one cluster: the first of the role's faces, then of the fallback chain, that has
 * all its code points (default ignorables and variation selectors need not be in it).
 *
 * Gives   NULL when no face holds it. *is_fallback tells that it is not the role's first face. */
const struct bx_font *bx_fontset_pick(struct bx_fontset *set,
                                      int role,
                                      const uint32_t *code_points,
                                      int count,
                                      bool *is_fallback);

/* The face a role starts with; never NULL. */
const struct bx_font *bx_fontset_first(struct bx_fontset *set, int role);

/* Faces opened so far: 0 <= i < bx_fontset_count(). */
int bx_fontset_count(const struct bx_fontset *set);
const struct bx_font *bx_fontset_at(const struct bx_fontset *set, int i);

/* Tells, once each, of prepared faces that turned out to be damaged while they were used. What was
 * set with them is right: damage is found before anything is believed. */
void bx_fontset_tell_damage(struct bx_fontset *set, struct bx_findings *findings);

/* Prepares every face of the set that has no good store, in the best of its
 * folders. What was done is added to `out` as text, a line a face.
 *
 * Fails   BX_E_READ, BX_E_WRITE, BX_E_FONT: of the first face that could not be prepared, after all
 *         others were. */
bool bx_fontset_prepare(struct bx_fontset *set,
                        struct bx_buf *out,
                        bool in_chinese,
                        struct bx_err *err);

/* What `banxin fonts` prints; also verifies the digests of the lock. */
bool bx_fontset_describe(struct bx_fontset *set,
                         struct bx_buf *out,
                         bool in_chinese,
                         struct bx_err *err);

/* Design units at a size, rounded half away from zero. */
bx_len bx_font_len(const struct bx_font *font, int units, bx_len size);

/* The height of the ideographic centre above the baseline at a size, in bx_len. */
bx_len bx_font_centre(const struct bx_font *font, bx_len size);

/* Whether the face draws a character by itself. */
bool bx_font_covers(const struct bx_font *font, uint32_t code_point);

/* How far a glyph moves the pen to the right, design units. */
int bx_font_advance(const struct bx_font *font, uint32_t glyph);

/* The ink of a glyph, design units: x0 <= x1, y0 <= y1, y up. false for a blank glyph. */
struct bx_ink {
    int x0, y0, x1, y1;
};
bool bx_font_ink(const struct bx_font *font, uint32_t glyph, struct bx_ink *out);

/* Whether the face draws base and variation selector together; without, the base alone is drawn. */
bool bx_font_has_sequence(const struct bx_font *font, uint32_t base, uint32_t selector);

#endif

/* The part of a face that a file needs. */
#ifndef BX_SUBSET_H
#define BX_SUBSET_H

#include "base/buf.h"
#include "font/fontset.h"

/* A font program with only the glyphs asked for, numbered in ascending order of their old
 * numbers, .notdef first. CFF: the bare CFF table, CID-keyed whatever the face is, with CID = glyph
 * number; glyf: a TrueType file without hints.
 *
 * Shape  new glyph i was old glyph old_ids[i]; old_ids[0] is 0. advances in design units. */
struct bx_subset {
    struct bx_buf program;
    bool is_cff;
    uint32_t *old_ids;
    int *advances;
    int glyph_count;
};

/* Whether the face's maker lets parts of it be embedded (fsType). */
bool bx_subset_is_allowed(const struct bx_font *font);

/* Needs   glyphs sorted ascending without repeats, all > 0.
 * Fails   BX_E_FONT: the face forbids embedding or subsetting (fsType), or cannot be read. */
bool bx_subset_build(struct bx_subset *out,
                     const struct bx_font *font,
                     const uint32_t *glyphs,
                     int glyph_count,
                     struct bx_err *err);

void bx_subset_fini(struct bx_subset *subset);

#endif

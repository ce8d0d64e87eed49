/* One face of one file: mapped, checked, measured. */
#ifndef BX_FACE_H
#define BX_FACE_H

#include "base/arena.h"
#include "font/fontset.h"

/* Maps a file and takes the face at `index` of it.
 *
 * Gives   a face with at least one glyph, a cmap and outlines that can be embedded (CFF or glyf,
 *         not variable), which the caller destroys; NULL else. */
hb_face_t *bx_face_open(const char *path, int index);

/* Fills a font from its face: coverage, features, centre. A centre that is known (the lock has it)
 * is not measured again: 1 ms a face.
 *
 * Needs   a face of bx_face_open(), whose ownership passes to the font; known_centre <= 0 when it
 *         is not known. */
void bx_face_init(struct bx_font *out, hb_face_t *face, int known_centre);
void bx_face_fini(struct bx_font *font);

/* A text of the name table ("" when it has none), by its number in hb-ot-name.h. */
const char *bx_face_name(struct bx_arena *arena, hb_face_t *face, unsigned name_id);

/* The box of all glyphs as the face gives it: left, bottom, right, top, in design units. */
void bx_face_read_box(const struct bx_font *font, int box[4]);

#endif

/* One face of one file: opened by HarfBuzz, or known from its store. */
#ifndef BX_FACE_H
#define BX_FACE_H

#include "base/arena.h"
#include "font/facts.h"
#include "font/fontset.h"
#include "font/store.h"

/* Maps a file and takes the face at `index` of it.
 *
 * Gives   a face with at least one glyph, a cmap and outlines that can be embedded (CFF or glyf,
 *         not variable), which the caller destroys; NULL else. */
hb_face_t *bx_face_open(const char *path, int index);

bool bx_face_has_table(hb_face_t *face, hb_tag_t tag);

/* Makes a font of a face. What it keeps lives in the arena.
 *
 * Needs   out->path and out->index; a face of bx_face_open(), whose ownership passes to the font;
 *         known_centre as for bx_facts_read(). */
void bx_face_init(struct bx_font *out,
                  struct bx_arena *arena,
                  hb_face_t *face,
                  int known_centre);

/* Makes a font of a store, whose ownership passes to it; the face is opened when it is needed. */
void bx_face_init_prepared(struct bx_font *out,
                           struct bx_arena *arena,
                           struct bx_store *store,
                           int known_centre);
void bx_face_fini(struct bx_font *font);

/* A text of the name table ("" when it has none), by its number in hb-ot-name.h. */
const char *bx_face_name(struct bx_arena *arena, hb_face_t *face, unsigned name_id);

#endif

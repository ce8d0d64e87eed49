/* The pinned faces, for the tests of this folder. */
#ifndef FONTS_H
#define FONTS_H

#include "font/fontset.h"

#define FONTS_DIR BX_SOURCE_DIR "/fonts"

/* Opens the project's font set; fails the test when it cannot. Notes are thrown away. */
struct bx_fontset *open_fonts(const char *office_dir);

/* The face the lock gives this id to, measured anew (nothing is taken from the lock). To be given
 * back with close_face(). */
struct bx_font *open_face(const char *lock_id);
void close_face(struct bx_font *font);

/* The glyph of a character, which must be in the face. */
uint32_t find_glyph(const struct bx_font *font, uint32_t code_point);

#endif

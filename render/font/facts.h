/* What is known of a face as a whole: read from its tables, or kept in its store. */
#ifndef BX_FACTS_H
#define BX_FACTS_H

#include <stdint.h>

#include <hb.h>

enum {
    BX_FACTS_HAN = 1,  /* draws ideographs: their centre was measured */
    BX_FACTS_CFF = 2,  /* else TrueType */
    BX_FACTS_HWID = 4, /* has half-width digits as a feature */
};

/* Lengths in design units. Holds  no bytes but those of its members: it is kept in files. */
struct bx_facts {
    int32_t upem, glyph_count;
    int32_t centre; /* as bx_font.centre */
    int32_t box[4]; /* of all glyphs, as `head` has it: left, bottom, right, top */
    int32_t ascender, descender, cap_height;
    uint32_t fs_type; /* of OS/2: what the face's maker forbids */
    uint32_t flags;
    char version[128], notice[128]; /* of the name table: which it is, whose it is */
};

/* Reads and measures a face.
 *
 * Needs   a face of bx_face_open() and a font of it whose scale is its units per em; known_centre
 *         <= 0 when it is not known and is to be measured: 1 ms a face. */
void bx_facts_read(struct bx_facts *out, hb_font_t *font, int known_centre);

#endif

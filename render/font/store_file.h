/* The file of a store.
 *
 *     header | directory | blocks of characters | blocks of glyphs | charstrings
 *
 * Numbers are in the machine's own order and layout, since a store never leaves it; the header says
 * which. Every part has a sum of its own, looked at when the part is first used: a single changed
 * byte is found for certain, and a run never reads what it does not need. */
#ifndef BX_STORE_FILE_H
#define BX_STORE_FILE_H

#include "font/facts.h"
#include "font/store.h"

#define BX_STORE_MAGIC   0x65636166786200ffu /* "\xff\0bxface", read as a number */
#define BX_STORE_VERSION 1

/* Code points behind these (private ones, tags) are not in the directory. */
#define BX_STORE_CODE_POINTS 0x40000

enum {
    BX_STORE_BLOCK = 64, /* characters in a block */
    BX_STORE_DIRECTORY = BX_STORE_CODE_POINTS / BX_STORE_BLOCK,
    BX_STORE_GLYPHS = 16, /* glyphs in a block */
    BX_STORE_DIGITS = 10,
};

struct bx_store_header {
    uint64_t magic;
    uint32_t version;
    int32_t index;
    uint64_t len; /* of the whole file */
    int64_t font_size, font_time;
    char harfbuzz[16]; /* its version: shaping and drawing are its work */
    char sha256[72];   /* of the font file */
    struct bx_facts facts;
    uint16_t half_digits[BX_STORE_MODE_COUNT][BX_STORE_DIGITS], unused[2];
    uint32_t block_count, unused_too; /* of characters */
    uint64_t directory_sum;
    uint64_t sum; /* of all before it */
};

/* Shape  directory[code point / 64]: number of the block + 1, or 0: none of them is in the face. */
struct bx_store_block {
    struct bx_store_character characters[BX_STORE_BLOCK];
    uint64_t sum;
};

struct bx_store_record {
    struct bx_store_glyph glyph;
    uint32_t len; /* of the charstring; 0 for a TrueType face */
    uint64_t at, sum;
};

struct bx_store_glyphs {
    struct bx_store_record records[BX_STORE_GLYPHS];
    uint64_t sum;
};

_Static_assert(sizeof(struct bx_store_header) % 8 == 0 &&
                   sizeof(struct bx_store_block) == 8 * BX_STORE_BLOCK + 8 &&
                   sizeof(struct bx_store_record) == 32 &&
                   sizeof(struct bx_store_glyphs) == 32 * BX_STORE_GLYPHS + 8,
               "no bytes between the members, which no sum would guard");

/* Where the parts begin. */
struct bx_store_places {
    uint64_t directory, blocks, glyphs, charstrings;
};
struct bx_store_places bx_store_places(uint32_t block_count, uint32_t glyph_count);

/* A sum in which any change of 64 bits or fewer in a row shows for certain: each step can be undone,
 * so two different words cannot lead to the same. `seed` tells parts of the same bytes apart. */
uint64_t bx_store_sum(const void *bytes, size_t len, uint64_t seed);

/* The name of a store's file in a folder. */
const char *
bx_store_file(struct bx_arena *arena, const char *folder, const struct bx_store_key *key);

/* What store_shape.c finds out: how each character of a face is drawn. */
struct bx_store_shaper;
struct bx_store_shaper *bx_store_shaper_new(hb_font_t *font);
void bx_store_shaper_free(struct bx_store_shaper *shaper);

/* The glyph that draws a character in a mode whatever stands around it; 0 when that cannot be said.
 * With is_half, the half-width form of a digit. */
uint32_t bx_store_shape(struct bx_store_shaper *shaper,
                        uint32_t code_point,
                        enum bx_store_mode mode,
                        bool is_half);

#endif

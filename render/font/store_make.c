/* Making stores: every character and every glyph of a face, once. */
#include "font/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <hb-ot.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/file.h"
#include "font/charstring.h"
#include "font/face.h"
#include "font/store_file.h"

struct maker {
    struct bx_font font;
    struct bx_store_header header;
    uint16_t directory[BX_STORE_DIRECTORY];
    struct bx_store_block *blocks;
    struct bx_store_glyphs *glyphs;
    uint32_t glyph_block_count;
    struct bx_buf charstrings;
};

/* --- characters --- */

static void fill_character(struct maker *maker,
                           struct bx_store_shaper *shaper,
                           struct bx_store_character *to,
                           uint32_t code_point)
{
    hb_codepoint_t nominal = 0;
    hb_font_get_nominal_glyph(bx_font_hb(&maker->font), code_point, &nominal);
    to->nominal = (uint16_t)nominal;
    for (int m = 0; m < BX_STORE_MODE_COUNT; m++)
        to->glyph[m] =
            (uint16_t)bx_store_shape(shaper, code_point, (enum bx_store_mode)m, false);
}

/* Counts the blocks that have a character of the face, and numbers them from 1. */
static void number_blocks(struct maker *maker, const hb_set_t *coverage)
{
    for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(coverage, &c);)
        if (c < BX_STORE_CODE_POINTS && maker->directory[c / BX_STORE_BLOCK] == 0)
            maker->directory[c / BX_STORE_BLOCK] = (uint16_t)++maker->header.block_count;
}

static void fill_characters(struct maker *maker)
{
    struct bx_store_shaper *shaper = bx_store_shaper_new(bx_font_hb(&maker->font));
    hb_set_t *coverage = hb_set_create();
    hb_face_collect_unicodes(bx_font_face(&maker->font), coverage);
    number_blocks(maker, coverage);
    uint32_t count = maker->header.block_count;
    maker->blocks = calloc((size_t)count + 1, sizeof(*maker->blocks));
    if (!maker->blocks)
        abort();
    for (uint32_t c = 0; c < BX_STORE_CODE_POINTS; c++) {
        uint32_t number = maker->directory[c / BX_STORE_BLOCK];
        if (number > 0)
            fill_character(maker, shaper,
                           &maker->blocks[number - 1].characters[c % BX_STORE_BLOCK], c);
    }
    for (uint32_t b = 0; b < count; b++)
        maker->blocks[b].sum =
            bx_store_sum(&maker->blocks[b], offsetof(struct bx_store_block, sum), b);
    for (int m = 0; m < BX_STORE_MODE_COUNT; m++)
        for (int d = 0; d < BX_STORE_DIGITS; d++)
            maker->header.half_digits[m][d] = (uint16_t)bx_store_shape(
                shaper, (uint32_t)('0' + d), (enum bx_store_mode)m, true);
    hb_set_destroy(coverage);
    bx_store_shaper_free(shaper);
}

/* --- glyphs --- */

static bool fill_metrics(struct bx_store_glyph *to, const struct bx_font *font, uint32_t glyph)
{
    int advance = hb_font_get_glyph_h_advance(bx_font_hb(font), glyph);
    int height = abs(hb_font_get_glyph_v_advance(bx_font_hb(font), glyph));
    if (advance < 0 || advance > UINT16_MAX || height > UINT16_MAX)
        return false;
    to->advance = (uint16_t)advance;
    to->height = (uint16_t)height;
    struct bx_ink ink;
    if (!bx_font_ink(font, glyph, &ink))
        return true;
    const int sides[4] = {ink.x0, ink.y0, ink.x1, ink.y1};
    for (int i = 0; i < 4; i++) {
        if (sides[i] < INT16_MIN || sides[i] > INT16_MAX)
            return false;
        to->ink[i] = (int16_t)sides[i];
    }
    return true;
}

/* A glyph that cannot be traced has no charstring; asking for it fails as it does without a store. */
static void fill_charstring(struct maker *maker,
                            struct bx_store_record *to,
                            struct bx_tracer *tracer,
                            uint32_t glyph)
{
    struct bx_buf *buf = &maker->charstrings;
    size_t before = buf->len;
    if (!bx_charstring_trace(buf, tracer, glyph))
        return;
    to->len = (uint32_t)(buf->len - before);
    to->at = before;
    to->sum = bx_store_sum(buf->data + before, to->len, glyph);
}

static bool fill_glyphs(struct maker *maker)
{
    const struct bx_font *font = &maker->font;
    uint32_t count = (uint32_t)font->glyph_count;
    maker->glyph_block_count = (count + BX_STORE_GLYPHS - 1) / BX_STORE_GLYPHS;
    maker->glyphs = calloc(maker->glyph_block_count, sizeof(*maker->glyphs));
    if (!maker->glyphs)
        abort();
    uint64_t start = bx_store_places(maker->header.block_count, count).charstrings;
    struct bx_tracer *tracer = bx_tracer_new(font);
    bool is_done = true;
    for (uint32_t g = 0; g < count && is_done; g++) {
        struct bx_store_record *record =
            &maker->glyphs[g / BX_STORE_GLYPHS].records[g % BX_STORE_GLYPHS];
        is_done = fill_metrics(&record->glyph, font, g);
        if (font->is_cff)
            fill_charstring(maker, record, tracer, g);
        record->at += start;
    }
    bx_tracer_free(tracer);
    for (uint32_t b = 0; b < maker->glyph_block_count; b++)
        maker->glyphs[b].sum =
            bx_store_sum(&maker->glyphs[b], offsetof(struct bx_store_glyphs, sum),
                         (uint64_t)maker->header.block_count + b);
    return is_done;
}

/* --- the file --- */

static bool digest_file(char *to, const char *path, int64_t size)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    unsigned len = 0;
    const char *bytes = blob ? hb_blob_get_data(blob, &len) : NULL;
    char hex[BX_SHA256_HEX_SIZE];
    if (bytes) {
        bx_sha256_hex(hex, bytes, len);
        memcpy(to, hex, sizeof(hex));
    }
    hb_blob_destroy(blob);
    return bytes && (int64_t)len == size;
}

static void fill_header(struct maker *maker, const struct bx_store_key *key)
{
    struct bx_store_header *header = &maker->header;
    header->magic = BX_STORE_MAGIC;
    header->version = BX_STORE_VERSION;
    header->index = key->index;
    header->font_size = key->size;
    header->font_time = key->time;
    strncpy(header->harfbuzz, hb_version_string(), sizeof(header->harfbuzz) - 1);
    header->facts = *maker->font.facts;
    header->len =
        bx_store_places(header->block_count, maker->font.facts->glyph_count > 0
                                                 ? (uint32_t)maker->font.facts->glyph_count
                                                 : 0)
            .charstrings +
        maker->charstrings.len;
    header->directory_sum = bx_store_sum(maker->directory, sizeof(maker->directory), 0);
    header->sum = bx_store_sum(header, offsetof(struct bx_store_header, sum), 0);
}

static bool write_store(struct maker *maker,
                        const char *folder,
                        const struct bx_store_key *key,
                        struct bx_err *err)
{
    struct bx_arena scratch = {0};
    struct bx_buf file = {0};
    bx_buf_add(&file, &maker->header, sizeof(maker->header));
    bx_buf_add(&file, maker->directory, sizeof(maker->directory));
    bx_buf_add(&file, maker->blocks, maker->header.block_count * sizeof(*maker->blocks));
    bx_buf_add(&file, maker->glyphs, maker->glyph_block_count * sizeof(*maker->glyphs));
    bx_buf_add(&file, maker->charstrings.data, maker->charstrings.len);
    bool is_done =
        bx_file_make_folder(folder, err) &&
        bx_file_write(bx_store_file(&scratch, folder, key), file.data, file.len, err);
    bx_buf_fini(&file);
    bx_arena_fini(&scratch);
    return is_done;
}

bool bx_store_make(const char *folder,
                   const char *path,
                   const struct bx_store_key *key,
                   struct bx_err *err)
{
    hb_face_t *face = bx_face_open(path, key->index);
    if (!face)
        return bx_fail(err, BX_E_FONT, path, "", "this font file cannot be used");
    struct bx_arena arena = {0};
    struct maker *maker = BX_NEW(&arena, struct maker);
    maker->font.path = path;
    maker->font.index = key->index;
    bx_face_init(&maker->font, &arena, face, 0);
    bool is_done = true;
    if (!digest_file(maker->header.sha256, path, key->size))
        is_done =
            bx_fail(err, BX_E_READ, path, "", "the font file has changed while it was read");
    if (is_done) {
        fill_characters(maker);
        is_done =
            fill_glyphs(maker) || bx_fail(err, BX_E_FONT, path, "",
                                          "the measures of this face are beyond all bounds");
    }
    if (is_done) {
        fill_header(maker, key);
        is_done = write_store(maker, folder, key, err);
    }
    bx_buf_fini(&maker->charstrings);
    free(maker->blocks);
    free(maker->glyphs);
    bx_face_fini(&maker->font);
    bx_arena_fini(&arena);
    return is_done;
}

/* Faces and the fonts made of them.
 *
 * A font has its facts from the start; HarfBuzz opens the file only when something is asked that its
 * store does not know, which for a usual report is never. */
#include "font/face.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <hb-ot.h>

bool bx_face_has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *table = hb_face_reference_table(face, tag);
    bool has = hb_blob_get_length(table) > 0;
    hb_blob_destroy(table);
    return has;
}

hb_face_t *bx_face_open(const char *path, int index)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob)
        return NULL;
    hb_face_t *face = hb_face_create(blob, (unsigned)index);
    hb_blob_destroy(blob); /* the face holds it */

    bool has_outlines = bx_face_has_table(face, HB_TAG('C', 'F', 'F', ' ')) ||
                        (bx_face_has_table(face, HB_TAG('g', 'l', 'y', 'f')) &&
                         bx_face_has_table(face, HB_TAG('l', 'o', 'c', 'a')));
    if (!has_outlines || bx_face_has_table(face, HB_TAG('f', 'v', 'a', 'r')) ||
        !bx_face_has_table(face, HB_TAG('c', 'm', 'a', 'p')) ||
        hb_face_get_glyph_count(face) == 0) {
        hb_face_destroy(face);
        return NULL;
    }
    return face;
}

/* What HarfBuzz has of a file. */
struct bx_source {
    const char *path;
    int index;
    hb_face_t *face;      /* NULL: not opened yet */
    hb_font_t *hb;        /* scale = units per em */
    hb_buffer_t *scratch; /* of bx_shape() */
};

static void open_source(struct bx_source *source, hb_face_t *face)
{
    source->face = face;
    source->hb = hb_font_create(face);
    int upem = (int)hb_face_get_upem(face);
    hb_font_set_scale(source->hb, upem, upem);
    source->scratch = hb_buffer_create();
    assert(hb_buffer_allocation_successful(source->scratch));
}

/* The file was there when its store was looked at. Should it be gone now, the empty face draws
 * nothing and cannot be subset, which is told as a failure. */
static struct bx_source *need_source(const struct bx_font *font)
{
    struct bx_source *source = font->source;
    if (!source->face) {
        hb_face_t *face = bx_face_open(source->path, source->index);
        open_source(source, face ? face : hb_face_get_empty());
    }
    return source;
}

hb_face_t *bx_font_face(const struct bx_font *font)
{
    return need_source(font)->face;
}

hb_font_t *bx_font_hb(const struct bx_font *font)
{
    return need_source(font)->hb;
}

hb_buffer_t *bx_font_scratch(const struct bx_font *font)
{
    return need_source(font)->scratch;
}

static void take_facts(struct bx_font *out, const struct bx_facts *facts)
{
    out->upem = facts->upem;
    out->glyph_count = facts->glyph_count;
    out->centre = facts->centre;
    out->has_han = facts->flags & BX_FACTS_HAN;
    out->is_cff = facts->flags & BX_FACTS_CFF;
    out->has_hwid = facts->flags & BX_FACTS_HWID;
    out->facts = facts;
}

static struct bx_source *new_source(struct bx_arena *arena, const char *path, int index)
{
    struct bx_source *source = BX_NEW(arena, struct bx_source);
    source->path = path;
    source->index = index;
    return source;
}

void bx_face_init(struct bx_font *out,
                  struct bx_arena *arena,
                  hb_face_t *face,
                  int known_centre)
{
    out->source = new_source(arena, out->path, out->index);
    open_source(out->source, face);
    struct bx_facts *facts = BX_NEW(arena, struct bx_facts);
    bx_facts_read(facts, out->source->hb, known_centre);
    take_facts(out, facts);
}

void bx_face_init_prepared(struct bx_font *out,
                           struct bx_arena *arena,
                           struct bx_store *store,
                           int known_centre)
{
    out->source = new_source(arena, out->path, out->index);
    out->store = store;
    struct bx_facts *facts = BX_NEW(arena, struct bx_facts);
    *facts = *bx_store_facts(store);
    if (known_centre > 0) {
        facts->centre = known_centre;
        facts->flags |= BX_FACTS_HAN;
    }
    take_facts(out, facts);
}

void bx_face_fini(struct bx_font *font)
{
    struct bx_source *source = font->source;
    if (source && source->face) {
        hb_buffer_destroy(source->scratch);
        hb_font_destroy(source->hb);
        hb_face_destroy(source->face);
    }
    bx_store_close(font->store);
}

const char *bx_face_name(struct bx_arena *arena, hb_face_t *face, unsigned name_id)
{
    char text[128];
    unsigned size = sizeof(text);
    hb_ot_name_get_utf8(face, name_id, HB_LANGUAGE_INVALID, &size, text);
    return bx_arena_strndup(arena, text, strlen(text));
}

bx_len bx_font_len(const struct bx_font *font, int units, bx_len size)
{
    int64_t product = 2 * (int64_t)units * size;
    int64_t half = product < 0 ? -font->upem : font->upem;
    return (bx_len)((product + half) / (2 * (int64_t)font->upem));
}

bx_len bx_font_centre(const struct bx_font *font, bx_len size)
{
    return bx_font_len(font, font->centre, size);
}

bool bx_font_covers(const struct bx_font *font, uint32_t code_point)
{
    struct bx_store_character known;
    if (bx_store_character(&known, font->store, code_point))
        return known.nominal > 0;
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(bx_font_hb(font), code_point, &glyph) && glyph > 0;
}

int bx_font_advance(const struct bx_font *font, uint32_t glyph)
{
    struct bx_store_glyph known;
    if (bx_store_glyph(&known, font->store, glyph))
        return known.advance;
    return hb_font_get_glyph_h_advance(bx_font_hb(font), glyph);
}

bool bx_font_ink(const struct bx_font *font, uint32_t glyph, struct bx_ink *out)
{
    struct bx_store_glyph known;
    if (bx_store_glyph(&known, font->store, glyph)) {
        *out = (struct bx_ink){known.ink[0], known.ink[1], known.ink[2], known.ink[3]};
        return out->x0 < out->x1;
    }
    hb_glyph_extents_t ink;
    /* A TrueType glyph says itself where its ink is, and may say that it ends before it begins. */
    if (!hb_font_get_glyph_extents(bx_font_hb(font), glyph, &ink) || ink.width <= 0 ||
        ink.height >= 0)
        return false;
    *out = (struct bx_ink){
        .x0 = ink.x_bearing,
        .x1 = ink.x_bearing + ink.width,
        .y0 = ink.y_bearing + ink.height,
        .y1 = ink.y_bearing,
    };
    return true;
}

bool bx_font_has_sequence(const struct bx_font *font, uint32_t base, uint32_t selector)
{
    hb_codepoint_t glyph;
    return hb_font_get_variation_glyph(bx_font_hb(font), base, selector, &glyph);
}

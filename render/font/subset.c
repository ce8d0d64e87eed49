/* Subsets, cut down to what a PDF reads.
 *
 * Of a CFF face: a table of our own writing, from charstrings as HarfBuzz draws them (trace.c). Of a
 * TrueType face: what draws glyphs and spaces them, by hb-subset. Names, cmap and layout tables say
 * nothing in a composite font and cost bytes. hb-subset is given a face that never had them: told
 * to drop them, it would still walk the cmap and add the glyphs of its variation sequences. Hints
 * are dropped and subroutines dissolved, because that deflates smaller (pdf.md 3.5). */
#include "font/subset.h"

#include <stdlib.h>
#include <string.h>

#include <hb-subset.h>

#include "font/cff.h"
#include "font/charstring.h"
#include "font/facts.h"
#include "font/store.h"

/* OS/2 fsType: what the face's maker forbids (OpenType 1.9, OS/2). */
enum {
    FS_RESTRICTED = 0x0002,
    FS_NO_SUBSETTING = 0x0100,
    FS_BITMAPS_ONLY = 0x0200,
};

/* --- lists --- */

static void make_lists(struct bx_subset *out, size_t count)
{
    out->glyph_count = (int)count;
    out->old_ids = calloc(count, sizeof(*out->old_ids));
    out->advances = calloc(count, sizeof(*out->advances));
    if (!out->old_ids || !out->advances)
        abort();
}

static bool add_glyph(struct bx_subset *out, const struct bx_font *font, int i, uint32_t old_id)
{
    out->old_ids[i] = old_id;
    if (old_id >= (uint32_t)font->glyph_count)
        return false;
    out->advances[i] = bx_font_advance(font, old_id);
    return 0 <= out->advances[i] && out->advances[i] <= INT16_MAX;
}

/* --- CFF --- */

static bool trace_charstrings(struct bx_buf *out,
                              size_t *lens,
                              const struct bx_subset *subset,
                              const struct bx_font *font)
{
    struct bx_tracer *tracer = bx_tracer_new(font);
    bool is_traced = true;
    for (int i = 0; i < subset->glyph_count && is_traced; i++) {
        size_t before = out->len;
        is_traced = bx_charstring_trace(out, tracer, subset->old_ids[i]);
        lens[i] = out->len - before;
    }
    bx_tracer_free(tracer);
    return is_traced;
}

static bool write_cff(struct bx_subset *out, const struct bx_font *font)
{
    struct bx_arena scratch = {0};
    struct bx_buf charstrings = {0};
    size_t count = (size_t)out->glyph_count, *lens = BX_NEW_ARRAY(&scratch, size_t, count);
    struct bx_cff_glyph *glyphs = BX_NEW_ARRAY(&scratch, struct bx_cff_glyph, count);
    struct bx_cff_font made = {
        .name = font->postscript,
        .notice = font->facts->notice,
        .upem = font->upem,
        .glyphs = glyphs,
        .glyph_count = out->glyph_count,
    };
    for (int i = 0; i < 4; i++)
        made.box[i] = font->facts->box[i];
    bool is_found =
        bx_store_charstrings(&charstrings, lens, font->store, out->old_ids, out->glyph_count) ||
        trace_charstrings(&charstrings, lens, out, font);
    const uint8_t *at = (const uint8_t *)charstrings.data;
    for (size_t i = 0; i < count && is_found; i++) {
        glyphs[i] = (struct bx_cff_glyph){at, lens[i], out->advances[i]};
        at += lens[i];
    }
    if (is_found)
        bx_cff_write(&out->program, &made);
    bx_buf_fini(&charstrings);
    bx_arena_fini(&scratch);
    return is_found;
}

static bool build_cff(struct bx_subset *out,
                      const struct bx_font *font,
                      const uint32_t *glyphs,
                      int glyph_count)
{
    make_lists(out, (size_t)glyph_count + 1);
    for (int i = 0; i < out->glyph_count; i++)
        if (!add_glyph(out, font, i, i > 0 ? glyphs[i - 1] : 0))
            return false;
    return write_cff(out, font);
}

/* --- TrueType --- */

static bool is_kept(hb_tag_t tag)
{
    static const hb_tag_t kept[] = {
        HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'),
        HB_TAG('m', 'a', 'x', 'p'), HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'),
    };
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
        if (kept[i] == tag)
            return true;
    return false;
}

/* Lends a kept table of the face that `face` points to. */
static hb_blob_t *lend_table(hb_face_t *view, hb_tag_t tag, void *face)
{
    (void)view;
    return is_kept(tag) ? hb_face_reference_table(face, tag) : hb_blob_get_empty();
}

static hb_subset_plan_t *
make_plan(const struct bx_font *font, const uint32_t *glyphs, int glyph_count)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_face_t *view = hb_face_create_for_tables(lend_table, bx_font_face(font), NULL);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t *wanted = hb_subset_input_glyph_set(input);
    hb_set_add(wanted, 0);
    for (int i = 0; i < glyph_count; i++)
        hb_set_add(wanted, glyphs[i]);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(view, input);
    hb_face_destroy(view); /* the plan holds it */
    hb_subset_input_destroy(input);
    return plan;
}

/* Old numbers and advances, parts of composite glyphs included. */
static bool
list_glyphs(struct bx_subset *out, const struct bx_font *font, const hb_subset_plan_t *plan)
{
    const hb_map_t *old_ids = hb_subset_plan_new_to_old_glyph_mapping(plan);
    unsigned count = hb_map_get_population(old_ids);
    if (count == 0)
        return false;
    make_lists(out, count);
    for (unsigned i = 0; i < count; i++)
        if (!add_glyph(out, font, (int)i, hb_map_get(old_ids, i)))
            return false;
    return out->old_ids[0] == 0;
}

static bool copy_program(struct bx_subset *out, hb_face_t *subset)
{
    hb_blob_t *blob = hb_face_reference_blob(subset);
    unsigned len;
    const char *bytes = hb_blob_get_data(blob, &len);
    bx_buf_add(&out->program, bytes, len);
    hb_blob_destroy(blob);
    return len > 0;
}

static bool build_truetype(struct bx_subset *out,
                           const struct bx_font *font,
                           const uint32_t *glyphs,
                           int glyph_count)
{
    for (int i = 0; i < glyph_count; i++)
        if (glyphs[i] >= (uint32_t)font->glyph_count)
            return false;
    hb_subset_plan_t *plan = make_plan(font, glyphs, glyph_count);
    if (!plan)
        return false;
    hb_face_t *subset = hb_subset_plan_execute_or_fail(plan);
    bool is_built = subset && list_glyphs(out, font, plan) && copy_program(out, subset);
    hb_face_destroy(subset);
    hb_subset_plan_destroy(plan);
    return is_built;
}

bool bx_subset_is_allowed(const struct bx_font *font)
{
    return !(font->facts->fs_type & (FS_RESTRICTED | FS_BITMAPS_ONLY | FS_NO_SUBSETTING));
}

bool bx_subset_build(struct bx_subset *out,
                     const struct bx_font *font,
                     const uint32_t *glyphs,
                     int glyph_count,
                     struct bx_err *err)
{
    uint32_t fs_type = font->facts->fs_type;
    if (fs_type & (FS_RESTRICTED | FS_BITMAPS_ONLY))
        return bx_fail(err, BX_E_FONT, font->path, "", "the face forbids embedding");
    if (fs_type & FS_NO_SUBSETTING)
        return bx_fail(err, BX_E_FONT, font->path, "", "the face forbids subsetting");

    struct bx_subset made = {.is_cff = font->is_cff};
    bool is_built = made.is_cff ? build_cff(&made, font, glyphs, glyph_count)
                                : build_truetype(&made, font, glyphs, glyph_count);
    if (!is_built) {
        bx_subset_fini(&made);
        return bx_fail(err, BX_E_FONT, font->path, "", "the face cannot be subset");
    }
    *out = made;
    return true;
}

void bx_subset_fini(struct bx_subset *subset)
{
    bx_buf_fini(&subset->program);
    free(subset->old_ids);
    free(subset->advances);
    *subset = (struct bx_subset){0};
}

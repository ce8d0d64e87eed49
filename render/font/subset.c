/* Subsets by hb-subset, cut down to what a PDF reads.
 *
 * Kept of a TrueType face: what draws glyphs and spaces them; of a CFF face: the CFF table only.
 * Names, cmap and layout tables say nothing in a composite font and cost bytes. hb-subset is given
 * a face that never had them: told to drop them, it would still walk the cmap and add the glyphs of
 * its variation sequences. Hints are dropped and subroutines dissolved, because that deflates
 * smaller (pdf.md 3.5). */
#include "font/subset.h"

#include <stdlib.h>

#include <hb-subset.h>

#include "font/cff.h"

#define TAG_CFF HB_TAG('C', 'F', 'F', ' ')

/* OS/2 fsType: what the face's maker forbids (OpenType 1.9, OS/2). */
enum {
    FS_RESTRICTED = 0x0002,
    FS_NO_SUBSETTING = 0x0100,
    FS_BITMAPS_ONLY = 0x0200,
};

static unsigned read_fs_type(hb_face_t *face)
{
    hb_blob_t *table = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
    unsigned len, value = 0;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(table, &len);
    if (len >= 10)
        value = (unsigned)bytes[8] << 8 | bytes[9];
    hb_blob_destroy(table);
    return value;
}

static bool is_kept(hb_tag_t tag)
{
    static const hb_tag_t kept[] = {
        HB_TAG('h', 'e', 'a', 'd'),
        HB_TAG('h', 'h', 'e', 'a'),
        HB_TAG('h', 'm', 't', 'x'),
        HB_TAG('m', 'a', 'x', 'p'),
        HB_TAG('g', 'l', 'y', 'f'),
        HB_TAG('l', 'o', 'c', 'a'),
        TAG_CFF,
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
    hb_face_t *view = hb_face_create_for_tables(lend_table, font->face, NULL);
    hb_subset_input_set_flags(input,
                              HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
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
    out->glyph_count = (int)count;
    out->old_ids = calloc(count, sizeof(*out->old_ids));
    out->advances = calloc(count, sizeof(*out->advances));
    if (!out->old_ids || !out->advances)
        abort();
    for (unsigned i = 0; i < count; i++) {
        out->old_ids[i] = hb_map_get(old_ids, i);
        if (out->old_ids[i] == HB_MAP_VALUE_INVALID)
            return false;
        out->advances[i] = hb_font_get_glyph_h_advance(font->hb, out->old_ids[i]);
    }
    return out->old_ids[0] == 0;
}

static bool copy_program(struct bx_subset *out, hb_face_t *subset)
{
    hb_blob_t *blob =
        out->is_cff ? hb_face_reference_table(subset, TAG_CFF) : hb_face_reference_blob(subset);
    unsigned len;
    const char *bytes = hb_blob_get_data(blob, &len);
    bool is_copied = len > 0;
    if (out->is_cff)
        is_copied = is_copied && bx_cff_renumber(&out->program, (const uint8_t *)bytes, len);
    else if (is_copied)
        bx_buf_add(&out->program, bytes, len);
    hb_blob_destroy(blob);
    return is_copied;
}

static bool build(struct bx_subset *out,
                  const struct bx_font *font,
                  const uint32_t *glyphs,
                  int glyph_count)
{
    for (int i = 0; i < glyph_count; i++)
        if (glyphs[i] >= hb_face_get_glyph_count(font->face))
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
    return !(read_fs_type(font->face) & (FS_RESTRICTED | FS_BITMAPS_ONLY | FS_NO_SUBSETTING));
}

bool bx_subset_build(struct bx_subset *out,
                     const struct bx_font *font,
                     const uint32_t *glyphs,
                     int glyph_count,
                     struct bx_err *err)
{
    unsigned fs_type = read_fs_type(font->face);
    if (fs_type & (FS_RESTRICTED | FS_BITMAPS_ONLY))
        return bx_fail(err, BX_E_FONT, font->path, "", "the face forbids embedding");
    if (fs_type & FS_NO_SUBSETTING)
        return bx_fail(err, BX_E_FONT, font->path, "", "the face forbids subsetting");

    struct bx_subset made = {.is_cff = font->is_cff};
    if (!build(&made, font, glyphs, glyph_count)) {
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

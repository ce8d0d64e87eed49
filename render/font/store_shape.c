/* Which characters can be set without shaping.
 *
 * HarfBuzz tells which lookups of GSUB and GPOS a text of given script and features goes through,
 * and which glyphs each of them looks at. A glyph that none looks at comes out as it went in. One that
 * only single substitutions look at comes out as one other glyph, whatever stands beside it, if none
 * of the other lookups looks at any glyph it may become on the way. So a text of such characters is
 * shaped by looking each of them up; all others, and all text that has one of them in it, go to
 * HarfBuzz. A test compares both on every character and on random pairs.
 *
 * Besides lookups a shaper treats some characters by their kind: marks, joiners, variation
 * selectors, spaces that the face lacks. They are left out, by naming the blocks that have none. */
#include "font/store_file.h"

#include <stdlib.h>

#include <hb-ot.h>

#include "font/face.h"

#define TAG_GSUB HB_TAG('G', 'S', 'U', 'B')
#define TAG_GPOS HB_TAG('G', 'P', 'O', 'S')

enum {
    LOOKUP_SINGLE = 1, /* OpenType 1.9, GSUB: lookup types */
    LOOKUP_EXTENSION = 7,
};

/* A way of shaping, and what is looked at on the way. */
struct way {
    enum bx_store_mode mode;
    bool is_half;
    hb_feature_t features[2];
    unsigned feature_count;
    hb_set_t *singles;  /* lookups that only exchange a glyph for one other */
    hb_set_t *replaced; /* the glyphs these look at */
    hb_set_t *blocked;  /* the glyphs that other lookups look at */
};

struct bx_store_shaper {
    hb_font_t *font;
    hb_buffer_t *buffer;
    hb_set_t *closure;
    bool has_other_tables; /* HarfBuzz would use them beside GSUB and GPOS, or instead */
    struct way ways[BX_STORE_MODE_COUNT][2];
};

/* As bx_shape() has them. */
static void set_properties(hb_segment_properties_t *out, enum bx_store_mode mode)
{
    *out = (hb_segment_properties_t){
        .direction = mode == BX_STORE_UPRIGHT ? HB_DIRECTION_TTB : HB_DIRECTION_LTR,
        .script = mode == BX_STORE_LATIN ? HB_SCRIPT_LATIN : HB_SCRIPT_HAN,
        .language = hb_language_from_string("zh-hans", -1),
    };
}

static void add_feature(struct way *way, hb_tag_t tag, uint32_t value)
{
    way->features[way->feature_count++] =
        (hb_feature_t){tag, value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}

static unsigned number_at(const uint8_t *bytes, unsigned len, size_t at)
{
    return at + 2 <= len ? (unsigned)bytes[at] << 8 | bytes[at + 1] : 0;
}

/* Whether a lookup of GSUB exchanges single glyphs and does nothing else. */
static bool is_single(hb_face_t *face, unsigned lookup)
{
    hb_blob_t *blob = hb_face_reference_table(face, TAG_GSUB);
    unsigned len;
    const uint8_t *gsub = (const uint8_t *)hb_blob_get_data(blob, &len);
    size_t list = number_at(gsub, len, 8);
    size_t at = list + number_at(gsub, len, list + 2 + 2 * (size_t)lookup);
    unsigned type = number_at(gsub, len, at);
    if (type == LOOKUP_EXTENSION)
        type = number_at(gsub, len, at + number_at(gsub, len, at + 6) + 2);
    hb_blob_destroy(blob);
    return type == LOOKUP_SINGLE;
}

static void collect_lookup(struct way *way, hb_face_t *face, hb_tag_t table, unsigned lookup)
{
    bool single = table == TAG_GSUB && is_single(face, lookup);
    hb_ot_layout_lookup_collect_glyphs(face, table, lookup, NULL,
                                       single ? way->replaced : way->blocked, NULL, NULL);
    if (single)
        hb_set_add(way->singles, lookup);
}

static void init_way(struct way *way, hb_face_t *face, enum bx_store_mode mode, bool is_half)
{
    *way = (struct way){.mode = mode, .is_half = is_half};
    if (mode != BX_STORE_LATIN)
        add_feature(way, HB_TAG('k', 'e', 'r', 'n'), 0);
    if (is_half)
        add_feature(way, HB_TAG('h', 'w', 'i', 'd'), 1);
    way->singles = hb_set_create();
    way->replaced = hb_set_create();
    way->blocked = hb_set_create();

    hb_segment_properties_t properties;
    set_properties(&properties, mode);
    static const char *const shapers[] = {"ot", NULL};
    hb_shape_plan_t *plan =
        hb_shape_plan_create(face, &properties, way->features, way->feature_count, shapers);
    static const hb_tag_t tables[] = {TAG_GSUB, TAG_GPOS};
    for (int t = 0; t < 2; t++) {
        hb_set_t *lookups = hb_set_create();
        hb_ot_shape_plan_collect_lookups(plan, tables[t], lookups);
        for (hb_codepoint_t l = HB_SET_VALUE_INVALID; hb_set_next(lookups, &l);)
            collect_lookup(way, face, tables[t], l);
        hb_set_destroy(lookups);
    }
    hb_shape_plan_destroy(plan);
}

struct bx_store_shaper *bx_store_shaper_new(hb_font_t *font)
{
    static const hb_tag_t others[] = {
        HB_TAG('m', 'o', 'r', 'x'), HB_TAG('m', 'o', 'r', 't'), HB_TAG('k', 'e', 'r', 'x'),
        HB_TAG('k', 'e', 'r', 'n'), HB_TAG('t', 'r', 'a', 'k'),
    };
    struct bx_store_shaper *shaper = calloc(1, sizeof(*shaper));
    if (!shaper)
        abort();
    hb_face_t *face = hb_font_get_face(font);
    shaper->font = font;
    shaper->buffer = hb_buffer_create();
    shaper->closure = hb_set_create();
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        shaper->has_other_tables |= bx_face_has_table(face, others[i]);
    for (int m = 0; m < BX_STORE_MODE_COUNT; m++)
        for (int h = 0; h < 2; h++)
            init_way(&shaper->ways[m][h], face, (enum bx_store_mode)m, h > 0);
    return shaper;
}

void bx_store_shaper_free(struct bx_store_shaper *shaper)
{
    for (int i = 0; i < 2 * BX_STORE_MODE_COUNT; i++) {
        struct way *way = &shaper->ways[i / 2][i % 2];
        hb_set_destroy(way->singles);
        hb_set_destroy(way->replaced);
        hb_set_destroy(way->blocked);
    }
    hb_set_destroy(shaper->closure);
    hb_buffer_destroy(shaper->buffer);
    free(shaper);
}

/* Blocks of Unicode in which every character that a face has is drawn by the glyph of its cmap: no
 * marks, nothing default ignorable, no Hangul letters, nothing that joins.
 *
 * Source  Unicode 15, UnicodeData.txt and DerivedCoreProperties.txt. */
static bool is_plain(uint32_t code_point)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x0020, 0x007E}, {0x00A1, 0x00AC}, {0x00AE, 0x02FF},   {0x0370, 0x0482},
        {0x2010, 0x2027}, {0x2030, 0x205E}, {0x2070, 0x20BF},   {0x2100, 0x2BFF},
        {0x2E80, 0x3029}, {0x3030, 0x3098}, {0x309B, 0x312F},   {0x3190, 0x4DBF},
        {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0xFE10, 0xFE1F},   {0xFE30, 0xFE6F},
        {0xFF01, 0xFF9D}, {0xFFE0, 0xFFE6}, {0x20000, 0x3FFFD},
    };
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (ranges[i].first <= code_point && code_point <= ranges[i].last)
            return true;
    return false;
}

/* Whether nothing but the exchange of single glyphs can happen to a glyph and what becomes of it. */
static bool is_left_alone(struct bx_store_shaper *shaper, const struct way *way, uint32_t glyph)
{
    hb_face_t *face = hb_font_get_face(shaper->font);
    hb_set_clear(shaper->closure);
    hb_set_add(shaper->closure, glyph);
    if (hb_set_has(way->replaced, glyph))
        hb_ot_layout_lookups_substitute_closure(face, way->singles, shaper->closure);
    for (hb_codepoint_t g = HB_SET_VALUE_INVALID; hb_set_next(shaper->closure, &g);)
        if (hb_set_has(way->blocked, g) ||
            hb_ot_layout_get_glyph_class(face, g) == HB_OT_LAYOUT_GLYPH_CLASS_MARK)
            return false;
    return true;
}

/* The only glyph a character alone is shaped to, at the pen and with its own advance; else 0. */
static uint32_t
shape_alone(struct bx_store_shaper *shaper, const struct way *way, uint32_t code_point)
{
    hb_segment_properties_t properties;
    set_properties(&properties, way->mode);
    hb_buffer_clear_contents(shaper->buffer);
    hb_buffer_set_segment_properties(shaper->buffer, &properties);
    hb_buffer_set_flags(shaper->buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_add_codepoints(shaper->buffer, &code_point, 1, 0, 1);
    static const char *const shapers[] = {"ot", NULL};
    hb_shape_full(shaper->font, shaper->buffer, way->features, way->feature_count, shapers);
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(shaper->buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(shaper->buffer, &count);
    if (count != 1)
        return 0;
    uint32_t glyph = infos[0].codepoint;
    bool is_upright = way->mode == BX_STORE_UPRIGHT;
    bool is_at_pen = is_upright || (places[0].x_offset == 0 && places[0].y_offset == 0);
    bool is_own = is_upright
                      ? places[0].y_advance == hb_font_get_glyph_v_advance(shaper->font, glyph)
                      : places[0].x_advance == hb_font_get_glyph_h_advance(shaper->font, glyph);
    return is_at_pen && is_own ? glyph : 0;
}

uint32_t bx_store_shape(struct bx_store_shaper *shaper,
                        uint32_t code_point,
                        enum bx_store_mode mode,
                        bool is_half)
{
    const struct way *way = &shaper->ways[mode][is_half];
    hb_codepoint_t nominal;
    if (shaper->has_other_tables || !is_plain(code_point) ||
        !hb_font_get_nominal_glyph(shaper->font, code_point, &nominal) || nominal == 0 ||
        !is_left_alone(shaper, way, nominal))
        return 0;
    return shape_alone(shaper, way, code_point);
}

/* Text to glyphs, by HarfBuzz, or by looking up what it would give where a store knows that: for
 * every character of nearly all texts.
 *
 * The language decides forms and even widths (—— of Noto Serif CJK is one glyph of 2 em in zh-Hans
 * and 1.69 em in English), so it is always given and never the machine's. Widths are the business
 * of the paragraph: no kerning of Han, none of the features that narrow marks. */
#include "font/shape.h"

#include <assert.h>
#include <stdlib.h>

#include <hb.h>

#include "base/utf8.h"
#include "font/store.h"

#define MAX_FEATURES 64

static bool is_digit(char c)
{
    return '0' <= c && c <= '9';
}

/* Half-width forms for the runs of digits only: letters and marks of the face stay what they are.
 * Returns the number of features; digits behind the last one that fits keep their own width, which
 * needs a cell of more than 60 numbers. */
static unsigned
add_half_digits(hb_feature_t *features, unsigned count, const char *text, int at, int end)
{
    while (at < end && count < MAX_FEATURES) {
        if (!is_digit(text[at])) {
            at++;
            continue;
        }
        int first = at;
        while (at < end && is_digit(text[at]))
            at++;
        features[count++] = (hb_feature_t){
            .tag = HB_TAG('h', 'w', 'i', 'd'),
            .value = 1,
            .start = (unsigned)first,
            .end = (unsigned)at,
        };
    }
    return count;
}

/* 、，。: in vertical text they stand under the character, on the right: the upper right corner of
 * their own em.
 *
 * Source  GB/T 15834-2011, 5.2.1. */
static bool is_corner_mark(uint32_t code_point)
{
    return code_point == 0x3001 || code_point == 0x3002 || code_point == 0xFF0C;
}

/* Where a glyph of upright vertical text stands: its advance centred across the column, the
 * measured box of the ideographs on the em it takes. A longer glyph (a dash over two characters)
 * is centred by its ink, having no box. Every Fandol face draws the vertical 、 halfway down the
 * right side; a mark that is so low goes up until it is as far from the top as from the right. */
static void
place_upright(struct bx_shaped *glyph, const struct bx_font *font, uint32_t code_point)
{
    int middle = font->centre;
    struct bx_ink ink;
    bool has_ink = bx_font_ink(font, glyph->glyph, &ink);
    if (has_ink && glyph->advance != font->upem)
        middle = (ink.y0 + ink.y1) / 2;
    int width = bx_font_advance(font, glyph->glyph);
    glyph->dx = -width / 2;
    glyph->dy = -(glyph->advance / 2 + middle);
    if (has_ink && is_corner_mark(code_point) && ink.x0 > width / 2 && ink.y0 < middle)
        glyph->dy = -(width - ink.x1) - ink.y1;
}

static void shape_buffer(
    const struct bx_font *font, const char *text, int text_len, int at, int len, unsigned flags)
{
    hb_buffer_t *buffer = bx_font_scratch(font);
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, text, text_len, (unsigned)at, len);
    hb_buffer_set_direction(buffer,
                            flags & BX_SHAPE_VERTICAL ? HB_DIRECTION_TTB : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, flags & BX_SHAPE_LATIN ? HB_SCRIPT_LATIN : HB_SCRIPT_HAN);
    hb_buffer_set_language(buffer, hb_language_from_string("zh-hans", -1));
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);

    hb_feature_t features[MAX_FEATURES];
    unsigned count = 0;
    if (!(flags & BX_SHAPE_LATIN))
        features[count++] = (hb_feature_t){
            .tag = HB_TAG('k', 'e', 'r', 'n'),
            .value = 0,
            .start = HB_FEATURE_GLOBAL_START,
            .end = HB_FEATURE_GLOBAL_END,
        };
    if (flags & BX_SHAPE_HALF_DIGITS && font->has_hwid)
        count = add_half_digits(features, count, text, at, at + len);
    /* Named here, or the environment would choose (HB_SHAPER_LIST). */
    static const char *const shapers[] = {"ot", NULL};
    hb_shape_full(bx_font_hb(font), buffer, features, count, shapers);
    assert(hb_buffer_allocation_successful(buffer));
}

/* Shapes by looking up. Returns the number of glyphs, -1 when a character must be shaped. */
static int look_up(struct bx_shaped *glyphs,
                   const struct bx_font *font,
                   const char *text,
                   int at,
                   int len,
                   unsigned flags)
{
    const bool is_upright = flags & BX_SHAPE_VERTICAL;
    if (!font->store || (is_upright && flags & BX_SHAPE_LATIN))
        return -1;
    const enum bx_store_mode mode = is_upright               ? BX_STORE_UPRIGHT
                                    : flags & BX_SHAPE_LATIN ? BX_STORE_LATIN
                                                             : BX_STORE_HAN;
    const bool is_half = flags & BX_SHAPE_HALF_DIGITS && font->has_hwid;
    int count = 0, runs = 0; /* of digits: no more than HarfBuzz is given features for */
    for (int next = at; next < at + len; count++) {
        struct bx_shaped *glyph = &glyphs[count];
        runs += is_half && is_digit(text[next]) && (next == at || !is_digit(text[next - 1]));
        struct bx_store_character known;
        struct bx_store_glyph measures;
        glyph->text_at = next;
        uint32_t code_point = bx_utf8_next(text, &next);
        if (runs >= MAX_FEATURES - 1 || !bx_store_character(&known, font->store, code_point))
            return -1;
        glyph->glyph = is_half && code_point < 0x80 && is_digit((char)code_point)
                           ? bx_store_half_digit(font->store, mode, (int)code_point - '0')
                           : known.glyph[mode];
        if (glyph->glyph == 0 || !bx_store_glyph(&measures, font->store, glyph->glyph))
            return -1;
        glyph->advance = is_upright ? measures.height : measures.advance;
        glyph->dx = glyph->dy = 0;
        if (is_upright)
            place_upright(glyph, font, code_point);
    }
    return count;
}

int bx_shape(struct bx_shaped **out,
             struct bx_arena *arena,
             const struct bx_font *font,
             const char *text,
             int text_len,
             int at,
             int len,
             unsigned flags)
{
    assert(0 <= at && 0 < len && len <= text_len - at);
    struct bx_shaped *glyphs = BX_NEW_ARRAY(arena, struct bx_shaped, (size_t)len + 1);
    int found = look_up(glyphs, font, text, at, len, flags);
    if (found >= 0) {
        *out = glyphs;
        return found;
    }
    shape_buffer(font, text, text_len, at, len, flags);
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(bx_font_scratch(font), &count);
    const hb_glyph_position_t *places =
        hb_buffer_get_glyph_positions(bx_font_scratch(font), &count);

    glyphs = BX_NEW_ARRAY(arena, struct bx_shaped, (size_t)count + 1);
    for (unsigned i = 0; i < count; i++) {
        struct bx_shaped *glyph = &glyphs[i];
        glyph->glyph = infos[i].codepoint;
        glyph->text_at = (int)infos[i].cluster;
        if (flags & BX_SHAPE_VERTICAL) {
            glyph->advance = abs(places[i].y_advance);
            int text_at = glyph->text_at;
            place_upright(glyph, font, bx_utf8_next(text, &text_at));
        } else {
            glyph->advance = places[i].x_advance < 0 ? 0 : places[i].x_advance;
            glyph->dx = places[i].x_offset;
            glyph->dy = places[i].y_offset;
        }
    }
    *out = glyphs;
    return (int)count;
}

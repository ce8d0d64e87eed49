/* The face of a cluster.
 *
 * A cluster is drawn by one face: what a variation selector or a mark says about its base is lost
 * when they part. A face that has the very sequence goes before one that has the base only, be it
 * a fallback face: the selector stands in the text because the form matters, as in a name. */
#include "font/fontset.h"

#include <assert.h>

#include "font/fontset_data.h"

struct range {
    uint32_t first, last;
};

static bool is_within(uint32_t code_point, const struct range *ranges, int count)
{
    for (int i = 0; i < count && ranges[i].first <= code_point; i++)
        if (code_point <= ranges[i].last)
            return true;
    return false;
}

/* Characters that are drawn as nothing, whatever the face.
 *
 * Source  Unicode 15, DerivedCoreProperties: Default_Ignorable_Code_Point. */
static bool is_default_ignorable(uint32_t code_point)
{
    static const struct range ranges[] = {
        {0x00AD, 0x00AD},   {0x034F, 0x034F}, {0x061C, 0x061C},   {0x115F, 0x1160},
        {0x17B4, 0x17B5},   {0x180B, 0x180F}, {0x200B, 0x200F},   {0x202A, 0x202E},
        {0x2060, 0x206F},   {0x3164, 0x3164}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
        {0xE0000, 0xE0FFF},
    };
    return is_within(code_point, ranges, sizeof(ranges) / sizeof(ranges[0]));
}

/* Spaces that HarfBuzz makes from the face's U+0020 when it lacks them. */
static bool is_made_from_space(uint32_t code_point)
{
    static const struct range ranges[] = {
        {0x00A0, 0x00A0}, {0x2000, 0x200A}, {0x202F, 0x202F},
        {0x205F, 0x205F}, {0x3000, 0x3000},
    };
    return is_within(code_point, ranges, sizeof(ranges) / sizeof(ranges[0]));
}

static bool is_selector(uint32_t code_point)
{
    return (0xFE00 <= code_point && code_point <= 0xFE0F) ||
           (0xE0100 <= code_point && code_point <= 0xE01EF);
}

/* A mark keeps the body's face even when another has a variant of it; an ideograph does not. */
static bool is_ideograph(uint32_t code_point)
{
    static const struct range ranges[] = {
        {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF},
        {0xF900, 0xFAFF},
        {0x20000, 0x3FFFF},
    };
    return is_within(code_point, ranges, sizeof(ranges) / sizeof(ranges[0]));
}

static bool has_character(const struct bx_font *font, uint32_t code_point)
{
    if (is_default_ignorable(code_point) || bx_font_covers(font, code_point))
        return true;
    if (code_point == 0x2011) /* HarfBuzz draws the hyphen for the one that does not break */
        return bx_font_covers(font, 0x2010);
    return is_made_from_space(code_point) && bx_font_covers(font, ' ');
}

/* Whether a base with its marks is in the face as one character: HarfBuzz composes them. */
static bool has_composed(const struct bx_font *font, const uint32_t *code_points, int count)
{
    hb_codepoint_t composed = code_points[0];
    for (int i = 1; i < count; i++)
        if (!is_default_ignorable(code_points[i]) &&
            !hb_unicode_compose(hb_unicode_funcs_get_default(), composed, code_points[i],
                                &composed))
            return false;
    return has_character(font, composed);
}

static bool has_cluster(const struct bx_font *font, const uint32_t *code_points, int count)
{
    for (int i = 0; i < count; i++)
        if (!has_character(font, code_points[i]))
            return count > 1 && has_composed(font, code_points, count);
    return true;
}

static bool has_sequences(const struct bx_font *font, const uint32_t *code_points, int count)
{
    for (int i = 1; i < count; i++)
        if (is_selector(code_points[i]) &&
            !bx_font_has_sequence(font, code_points[i - 1], code_points[i]))
            return false;
    return true;
}

/* The first face of the role and of the fallback chain that has it all, or NULL. */
static const struct bx_font *search(struct bx_fontset *set,
                                    int role,
                                    const uint32_t *code_points,
                                    int count,
                                    bool with_sequences)
{
    const int roles[] = {role, set->roles.fallback};
    for (int r = 0; r < 2; r++) {
        const struct bx_role_set *list = &set->sets[roles[r]];
        for (int i = 0; i < list->entry_count; i++) {
            const struct bx_font *font = bx_fontset_load(set, list->entries[i]);
            if (font && has_cluster(font, code_points, count) &&
                (!with_sequences || has_sequences(font, code_points, count)))
                return font;
        }
    }
    return NULL;
}

const struct bx_font *bx_fontset_pick(
    struct bx_fontset *set, int role, const uint32_t *code_points, int count, bool *is_fallback)
{
    assert(0 <= role && role < set->roles.role_count && count > 0);
    const struct bx_font *font = NULL;
    bool has_selector = false;
    for (int i = 1; i < count; i++)
        has_selector |= is_selector(code_points[i]) && is_ideograph(code_points[i - 1]);
    if (has_selector)
        font = search(set, role, code_points, count, true);
    if (!font)
        font = search(set, role, code_points, count, false);
    *is_fallback = font && font != bx_fontset_first(set, role);
    return font;
}

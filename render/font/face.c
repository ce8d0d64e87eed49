/* Opening and measuring a face.
 *
 * The tables' own ascent, descent and vertical origins are not used for anything: every Fandol face
 * draws in a box of 0.80/-0.20 em and claims 0.88/-0.12. What counts is where the ink is
 * (fonts.md 3): the middle of the ideographs is measured from a sample of them. */
#include "font/face.h"

#include <assert.h>
#include <string.h>

#include <hb-ot.h>

#include "base/utf8.h"

/* Every 19th character of GB 2312 level 1, from the tenth: 198 of 3,755. The mean over them is
 * within 0.0015 em of the mean over all ideographs in each of the pinned faces. */
static const char han_sample[] =
    "蔼敖靶般蚌鲍本毖变摈铂部惨插缠抄忱秤虫躇串戳丛寸代弹德嫡佃蝶栋睹吨堕饵繁纺纷逢俘覆概肛鸽"
    "羹钩蛊官轨骸捍呵黑喉虎坏蝗慧活迹级忌架硷饯椒绞捷金茎靖舅巨抉喀抗刻窟框困篮劳类荔哩粱廖玲留"
    "漏录孪骡迈锚媒眯勉闽墨木难匿镊努趴乓佩砒骗评朴奇迄钱橇窃晴曲券嚷日辱塞砂擅芍砷牲时誓首赎数"
    "瞬伺素穗塔坛唐藤天汀痛颓挖晚微蔚稳污晤希隙仙宪巷肖蟹惺休叙靴迅阉艳疡姚夜姨疫因缨雍油余芋渊"
    "曰晕葬贼诈占障这挣知纸中帚嘱撰拙籽卒作";

/* With fewer of them in the face, characters from all over its ideographs are taken instead. */
#define SAMPLE_SIZE  198
#define SAMPLE_LEAST 100

#define CENTRE_WITHOUT_HAN_EM1000 380 /* what faces for Latin and Han claim (fonts.md 3) */

static bool has_table(hb_face_t *face, hb_tag_t tag)
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

    bool has_outlines = has_table(face, HB_TAG('C', 'F', 'F', ' ')) ||
                        (has_table(face, HB_TAG('g', 'l', 'y', 'f')) &&
                         has_table(face, HB_TAG('l', 'o', 'c', 'a')));
    if (!has_outlines || has_table(face, HB_TAG('f', 'v', 'a', 'r')) ||
        !has_table(face, HB_TAG('c', 'm', 'a', 'p')) || hb_face_get_glyph_count(face) == 0) {
        hb_face_destroy(face);
        return NULL;
    }
    return face;
}

/* Twice the middle of a character's ink; false when the face does not draw it. */
static bool
measure_middle(const struct bx_font *font, hb_codepoint_t code_point, int64_t *twice)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t ink;
    if (!hb_font_get_nominal_glyph(font->hb, code_point, &glyph) ||
        !hb_font_get_glyph_extents(font->hb, glyph, &ink) || ink.height == 0)
        return false;
    *twice = 2 * (int64_t)ink.y_bearing + ink.height;
    return true;
}

/* Ideographs of the face, without compatibility ideographs. */
static hb_set_t *collect_han(const struct bx_font *font)
{
    hb_set_t *han = hb_set_create();
    hb_set_add_range(han, 0x3400, 0x4DBF);
    hb_set_add_range(han, 0x4E00, 0x9FFF);
    hb_set_add_range(han, 0x20000, 0x2F7FF);
    hb_set_add_range(han, 0x30000, 0x3FFFF);
    hb_set_intersect(han, font->coverage);
    return han;
}

static void measure_centre(struct bx_font *font)
{
    int64_t sum = 0, twice;
    int count = 0;
    for (int at = 0; at < (int)sizeof(han_sample) - 1;)
        if (measure_middle(font, bx_utf8_next(han_sample, &at), &twice)) {
            sum += twice;
            count++;
        }

    if (count < SAMPLE_LEAST) {
        hb_set_t *han = collect_han(font);
        unsigned step = hb_set_get_population(han) / SAMPLE_SIZE + 1, i = 0;
        for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(han, &c); i++)
            if (i % step == 0 && measure_middle(font, c, &twice)) {
                sum += twice;
                count++;
            }
        hb_set_destroy(han);
    }
    font->has_han = count > 0;
    if (count == 0)
        font->centre = (CENTRE_WITHOUT_HAN_EM1000 * font->upem + 500) / 1000;
    else
        font->centre = (int)((sum + (sum < 0 ? -count : count)) / (2 * count));
}

/* Looks for a feature of GSUB, in whatever script: half-width digits serve all of them. */
static bool has_feature(hb_face_t *face, hb_tag_t wanted)
{
    hb_tag_t tags[32];
    unsigned start = 0, count;
    do {
        count = sizeof(tags) / sizeof(tags[0]);
        unsigned all =
            hb_ot_layout_table_get_feature_tags(face, HB_OT_TAG_GSUB, start, &count, tags);
        for (unsigned i = 0; i < count; i++)
            if (tags[i] == wanted)
                return true;
        start += count;
        if (start >= all)
            break;
    } while (count > 0);
    return false;
}

void bx_face_init(struct bx_font *out, hb_face_t *face, int known_centre)
{
    out->face = face;
    out->upem = (int)hb_face_get_upem(face);
    out->hb = hb_font_create(face);
    hb_font_set_scale(out->hb, out->upem, out->upem);
    out->scratch = hb_buffer_create();
    out->coverage = hb_set_create();
    hb_face_collect_unicodes(face, out->coverage);
    out->is_cff = has_table(face, HB_TAG('C', 'F', 'F', ' '));
    out->has_hwid = has_feature(face, HB_TAG('h', 'w', 'i', 'd'));
    if (known_centre > 0) {
        out->centre = known_centre;
        out->has_han = true;
    } else {
        measure_centre(out);
    }
    assert(hb_buffer_allocation_successful(out->scratch) &&
           hb_set_allocation_successful(out->coverage));
}

void bx_face_fini(struct bx_font *font)
{
    hb_buffer_destroy(font->scratch);
    hb_set_destroy(font->coverage);
    hb_font_destroy(font->hb);
    hb_face_destroy(font->face);
}

const char *bx_face_name(struct bx_arena *arena, hb_face_t *face, unsigned name_id)
{
    char text[128];
    unsigned size = sizeof(text);
    hb_ot_name_get_utf8(face, name_id, HB_LANGUAGE_INVALID, &size, text);
    return bx_arena_strndup(arena, text, strlen(text));
}

/* 16-bit numbers at byte 36 of `head` (OpenType 1.9). */
void bx_face_read_box(const struct bx_font *font, int box[4])
{
    hb_blob_t *blob = hb_face_reference_table(font->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned len = 0;
    const unsigned char *head = (const unsigned char *)hb_blob_get_data(blob, &len);
    for (int i = 0; i < 4; i++)
        box[i] = len >= 44 ? (int16_t)(head[36 + 2 * i] << 8 | head[37 + 2 * i])
                           : (i < 2 ? 0 : font->upem);
    hb_blob_destroy(blob);
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

bool bx_font_ink(const struct bx_font *font, uint32_t glyph, struct bx_ink *out)
{
    hb_glyph_extents_t ink;
    if (!hb_font_get_glyph_extents(font->hb, glyph, &ink) || ink.width == 0 || ink.height == 0)
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
    return hb_font_get_variation_glyph(font->hb, base, selector, &glyph);
}

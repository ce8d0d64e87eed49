/* Reading and measuring a face.
 *
 * The tables' own ascent, descent and vertical origins are not used to place anything: every Fandol
 * face draws in a box of 0.80/-0.20 em and claims 0.88/-0.12. What counts is where the ink is
 * (fonts.md 3): the middle of the ideographs is measured from a sample of them. */
#include "font/facts.h"

#include <string.h>

#include <hb-ot.h>

#include "base/utf8.h"
#include "font/face.h"

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

/* Twice the middle of a character's ink; false when the face does not draw it. */
static bool measure_middle(hb_font_t *font, hb_codepoint_t code_point, int64_t *twice)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t ink;
    if (!hb_font_get_nominal_glyph(font, code_point, &glyph) ||
        !hb_font_get_glyph_extents(font, glyph, &ink) || ink.height == 0)
        return false;
    *twice = 2 * (int64_t)ink.y_bearing + ink.height;
    return true;
}

/* Ideographs of the face, without compatibility ideographs. */
static hb_set_t *collect_han(hb_font_t *font)
{
    hb_set_t *han = hb_set_create(), *coverage = hb_set_create();
    hb_face_collect_unicodes(hb_font_get_face(font), coverage);
    hb_set_add_range(han, 0x3400, 0x4DBF);
    hb_set_add_range(han, 0x4E00, 0x9FFF);
    hb_set_add_range(han, 0x20000, 0x2F7FF);
    hb_set_add_range(han, 0x30000, 0x3FFFF);
    hb_set_intersect(han, coverage);
    hb_set_destroy(coverage);
    return han;
}

static void measure_centre(struct bx_facts *out, hb_font_t *font)
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
    if (count == 0) {
        out->centre = (CENTRE_WITHOUT_HAN_EM1000 * out->upem + 500) / 1000;
        return;
    }
    out->flags |= BX_FACTS_HAN;
    out->centre = (int32_t)((sum + (sum < 0 ? -count : count)) / (2 * count));
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

/* A table, of which at least `least` bytes are needed; the caller gives it back. NULL when there are
 * fewer. */
static const uint8_t *
lend_table(hb_blob_t **blob, hb_face_t *face, hb_tag_t tag, unsigned least)
{
    unsigned len = 0;
    *blob = hb_face_reference_table(face, tag);
    const char *bytes = hb_blob_get_data(*blob, &len);
    return len >= least ? (const uint8_t *)bytes : NULL;
}

/* 16-bit numbers at byte 36 of `head`, fsType at byte 8 of `OS/2` (OpenType 1.9). */
static void read_tables(struct bx_facts *out, hb_face_t *face)
{
    hb_blob_t *blob;
    const uint8_t *head = lend_table(&blob, face, HB_TAG('h', 'e', 'a', 'd'), 44);
    for (int i = 0; i < 4; i++)
        out->box[i] = head    ? (int16_t)(head[36 + 2 * i] << 8 | head[37 + 2 * i])
                      : i < 2 ? 0
                              : out->upem;
    hb_blob_destroy(blob);
    const uint8_t *os2 = lend_table(&blob, face, HB_TAG('O', 'S', '/', '2'), 10);
    out->fs_type = os2 ? (uint32_t)os2[8] << 8 | os2[9] : 0;
    hb_blob_destroy(blob);
}

static void read_name(char *to, unsigned size, hb_face_t *face, hb_ot_name_id_t id)
{
    hb_ot_name_get_utf8(face, id, HB_LANGUAGE_INVALID, &size, to);
}

void bx_facts_read(struct bx_facts *out, hb_font_t *font, int known_centre)
{
    memset(out, 0, sizeof(*out));
    hb_face_t *face = hb_font_get_face(font);
    out->upem = (int32_t)hb_face_get_upem(face);
    out->glyph_count = (int32_t)hb_face_get_glyph_count(face);
    if (bx_face_has_table(face, HB_TAG('C', 'F', 'F', ' ')))
        out->flags |= BX_FACTS_CFF;
    if (has_feature(face, HB_TAG('h', 'w', 'i', 'd')))
        out->flags |= BX_FACTS_HWID;
    read_tables(out, face);

    hb_font_extents_t extents = {0};
    hb_font_get_h_extents(font, &extents);
    out->ascender = extents.ascender;
    out->descender = extents.descender;
    if (!hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_CAP_HEIGHT, &out->cap_height))
        out->cap_height = extents.ascender;
    read_name(out->version, sizeof(out->version), face, HB_OT_NAME_ID_VERSION_STRING);
    read_name(out->notice, sizeof(out->notice), face, HB_OT_NAME_ID_COPYRIGHT);
    out->centre = known_centre;
    if (known_centre > 0)
        out->flags |= BX_FACTS_HAN;
    else
        measure_centre(out, font);
}

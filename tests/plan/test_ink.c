/* What marks look like, whatever the face: measured from the ink of the glyphs where a line puts
 * them. All lengths in 1/1000 em. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hb.h>

#include <cmocka.h>

#include "setting.h"

int run_ink(void);

static const char *const faces[] = {"fangsong", "songti", "wenkai",
                                    "heiti",    "kaiti",  "fandolsong"};
enum {
    FACE_COUNT = sizeof(faces) / sizeof(*faces)
};

struct drawn {
    int x0, x1, y0, y1; /* of the ink, y up from the line's ideographic centre */
    const struct bx_font *font;
    uint32_t glyph;
};

static int em1000(bx_len len)
{
    return (int)((len + (len < 0 ? -512 : 512)) / 1024);
}

/* Sets a piece on one line of a measure and takes the ink of its glyphs; -1 when it takes more. */
static int draw_piece(struct drawn *out,
                      int most,
                      struct setting *s,
                      const struct bx_piece *piece,
                      int measure,
                      bx_len pitch)
{
    struct bx_para_spec spec = setting_spec(s, measure, 0);
    spec.em = pitch;
    struct bx_para para;
    struct bx_err err = {0};
    assert_true(bx_para_build(&para, &s->context, piece, 1, &spec, &err));
    if (para.line_count > 1)
        return -1;
    int count = 0;
    for (int r = 0; r < para.lines[0].run_count; r++) {
        const struct bx_run *run = &para.lines[0].runs[r];
        bx_len pen = run->x;
        for (int g = 0; g < run->glyph_count; g++) {
            struct bx_ink ink;
            bool has_ink = bx_font_ink(run->font, run->glyphs[g].index, &ink);
            if (has_ink) {
                assert_true(count < most);
                bx_len x = pen + run->glyphs[g].dx;
                bx_len left = (bx_len)((int64_t)bx_font_len(run->font, ink.x0, run->size) *
                                       run->scale_x_1000 / 1000);
                bx_len right = (bx_len)((int64_t)bx_font_len(run->font, ink.x1, run->size) *
                                        run->scale_x_1000 / 1000);
                bx_len up = -run->y - run->glyphs[g].dy;
                out[count++] = (struct drawn){
                    .x0 = em1000(x + left),
                    .x1 = em1000(x + right),
                    .y0 = em1000(up + bx_font_len(run->font, ink.y0, run->size)),
                    .y1 = em1000(up + bx_font_len(run->font, ink.y1, run->size)),
                    .font = run->font,
                    .glyph = run->glyphs[g].index,
                };
            }
            pen += run->glyphs[g].advance;
        }
    }
    return count;
}

static int draw_on_pitch(struct drawn *out,
                         int most,
                         struct setting *s,
                         const char *role,
                         const char *text,
                         int measure,
                         bx_len pitch)
{
    struct bx_piece piece = setting_piece(s, text);
    piece.role = bx_fontset_find_role(s->fonts, role);
    assert_true(piece.role >= 0);
    return draw_piece(out, most, s, &piece, measure, pitch);
}

static int draw_in(struct drawn *out,
                   int most,
                   struct setting *s,
                   const char *role,
                   const char *text,
                   int measure)
{
    return draw_on_pitch(out, most, s, role, text, measure, EM);
}

static int
draw(struct drawn *out, int most, struct setting *s, const char *role, const char *text)
{
    return draw_in(out, most, s, role, text, 50000);
}

static void fonts_init(struct setting *s)
{
    setting_init_fonts(s, BX_TESTS_DIR "/lines/fonts");
}

static void test_PUN_10__a_dash_is_one_unbroken_line_of_two_em(void **state)
{
    (void)state;
    struct setting s;
    fonts_init(&s);
    for (int f = 0; f < FACE_COUNT; f++) {
        struct drawn d[4];
        assert_int_equal(draw(d, 4, &s, faces[f], "中——中"), 3);
        assert_in_range(d[1].x0, 1000, 1080);
        assert_in_range(d[1].x1, 2920, 3000);
        assert_in_range(abs((d[1].x0 - 1000) - (3000 - d[1].x1)), 0, 3);
        assert_in_range(abs(d[1].y0 + d[1].y1) / 2, 0, 60);
    }
    setting_fini(&s);
}

static void test_PUN_11__the_dots_of_an_ellipsis_are_even_and_centred(void **state)
{
    (void)state;
    struct setting s;
    fonts_init(&s);
    for (int f = 0; f < FACE_COUNT; f++) {
        struct drawn d[4];
        assert_int_equal(draw(d, 4, &s, faces[f], "中……中"), 4);
        assert_in_range(abs(d[2].x0 - d[1].x0 - 1000), 0, 1);
        assert_in_range(abs((d[1].x0 - 1000) - (3000 - d[2].x1)), 0, 80);
        assert_in_range(abs(d[1].y0 + d[1].y1), 0, 2);
        assert_in_range(abs(d[2].y0 + d[2].y1), 0, 2);
    }
    setting_fini(&s);
}

/* U+2025 and U+22EF are ellipses too; some faces draw them on the baseline. */
static void test_PUN_11__other_dots_are_centred_too(void **state)
{
    (void)state;
    static const char *const texts[] = {"中‥中", "中⋯中", "中‥‥中", "中⋯⋯中"};
    struct setting s;
    fonts_init(&s);
    for (int f = 0; f < FACE_COUNT; f++)
        for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
            struct drawn d[6];
            int count = draw(d, 6, &s, faces[f], texts[i]);
            assert_in_range(count, 3, 4);
            for (int k = 1; k + 1 < count; k++) {
                assert_in_range(abs(d[k].y0 + d[k].y1), 0, 2);
            }
            assert_int_equal(d[count - 1].y0, d[0].y0); /* and nothing beside them */
        }
    setting_fini(&s);
}

static void test_PUN_09__the_interpunct_stands_in_the_middle_of_half_an_em(void **state)
{
    (void)state;
    struct setting s;
    fonts_init(&s);
    for (int f = 0; f < FACE_COUNT; f++) {
        struct drawn d[4];
        assert_int_equal(draw(d, 4, &s, faces[f], "中·中"), 3);
        assert_in_range(abs(d[1].x0 + d[1].x1 - 2500), 0, 2);
    }
    setting_fini(&s);
}

/* Squeezed as far as it goes, the mark keeps its clearance on the side that gave. */
static void test_PUN_08__no_mark_is_cut_or_touched_in_any_face(void **state)
{
    (void)state;
    enum {
        CLEARANCE = 20,
        ROUNDING = 1,
        STEP = 5
    };
    static const char *const marks[] = {"，", "、", "。", "：", "；", "！", "？", "”", "’",
                                        "）", "》", "〉", "」", "』", "】", "〕", "“", "‘",
                                        "（", "《", "〈", "「", "『", "【", "〔"};
    struct setting s;
    fonts_init(&s);
    for (int f = 0; f < FACE_COUNT; f++)
        for (size_t m = 0; m < sizeof(marks) / sizeof(*marks); m++) {
            char text[40];
            struct drawn d[4];
            snprintf(text, sizeof(text), "中%s中", marks[m]);
            int measure = 2500, count = -1;
            while ((count = draw_in(d, 4, &s, faces[f], text, measure)) < 0)
                measure += STEP;
            assert_int_equal(count, 3);
            assert_true(measure < 3000);
            assert_true(d[1].x0 >= 1000 + CLEARANCE - ROUNDING);
            assert_true(d[1].x1 + CLEARANCE - ROUNDING <= measure - 1000);
        }
    setting_fini(&s);
}

static void test_PUN_14__two_marks_stand_in_the_middle_of_their_halves(void **state)
{
    (void)state;
    struct setting s;
    fonts_init(&s);
    for (int f = 0; f < FACE_COUNT; f++) {
        struct drawn d[4];
        assert_int_equal(draw(d, 4, &s, faces[f], "中？！中"), 4);
        assert_in_range(abs(d[1].x0 + d[1].x1 - 2500), 0, 2);
        assert_in_range(abs(d[2].x0 + d[2].x1 - 3500), 0, 2);
    }
    setting_fini(&s);
}

/* The half-width form of Noto's own feature is where the engine puts the mark. */
static void test_PUN_17__offsets_equal_those_of_halt(void **state)
{
    (void)state;
    static const char *const marks[] = {"（", "）", "，", "。"};
    struct setting s;
    fonts_init(&s);
    const struct bx_font *font =
        bx_fontset_first(s.fonts, bx_fontset_find_role(s.fonts, "songti"));
    for (size_t m = 0; m < sizeof(marks) / sizeof(*marks); m++) {
        hb_buffer_t *buffer = hb_buffer_create();
        hb_feature_t halt = {HB_TAG('h', 'a', 'l', 't'), 1, HB_FEATURE_GLOBAL_START,
                             HB_FEATURE_GLOBAL_END};
        hb_buffer_add_utf8(buffer, marks[m], -1, 0, -1);
        hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
        hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
        hb_buffer_set_language(buffer, hb_language_from_string("zh-hans", -1));
        hb_shape(bx_font_hb(font), buffer, &halt, 1);
        hb_glyph_position_t place = *hb_buffer_get_glyph_positions(buffer, NULL);
        hb_buffer_destroy(buffer);
        assert_int_equal(place.x_advance, 500);

        struct drawn d[1];
        struct bx_ink ink;
        assert_int_equal(draw(d, 1, &s, "songti", marks[m]), 1);
        assert_true(bx_font_ink(font, d[0].glyph, &ink));
        assert_in_range(abs(d[0].x0 - (ink.x0 + place.x_offset)), 0, 1);
    }
    setting_fini(&s);
}

static void test_LNG_10__a_fallback_glyph_stands_as_high_as_its_neighbours(void **state)
{
    (void)state;
    struct setting s;
    fonts_init(&s);
    struct drawn d[8];
    /* U+2CB4E is in no Fandol face; 国 and 围 fill their boxes */
    assert_int_equal(draw(d, 8, &s, "fangsong", "国𬭎围"), 3);
    assert_ptr_not_equal(d[1].font, d[0].font);
    int middle = (d[0].y0 + d[0].y1 + d[2].y0 + d[2].y1) / 4;
    assert_in_range(abs((d[1].y0 + d[1].y1) / 2 - middle), 0, 30);
    setting_fini(&s);
}

static void test_LNG_03__quotation_marks_come_from_the_face_of_their_text(void **state)
{
    (void)state;
    struct setting s;
    setting_init_fonts(&s, BX_TESTS_DIR "/lines/fonts-latin");
    struct drawn d[8];
    assert_int_equal(draw(d, 8, &s, "fangsong", "“公”"), 3);
    assert_ptr_equal(d[0].font, d[1].font);
    assert_int_equal(draw(d, 8, &s, "fangsong", "a “b” c"), 5);
    for (int i = 1; i < 5; i++)
        assert_ptr_equal(d[i].font, d[0].font);
    assert_int_equal(draw(d, 8, &s, "fangsong", "中a"), 2);
    assert_ptr_not_equal(d[0].font, d[1].font); /* LNG-04 */
    /* what stands in both kinds of text is of the Chinese face, be it below U+0100 */
    assert_int_equal(draw(d, 8, &s, "fangsong", "中·中°中"), 5);
    for (int i = 1; i < 5; i++)
        assert_ptr_equal(d[i].font, d[0].font);
    setting_fini(&s);
}

/* On a pitch wider by a fifth, everything stands a tenth of an em further right in its cell. */
static void test_GRD_01__characters_stand_in_the_middle_of_the_pitch(void **state)
{
    (void)state;
    static const char *const roles[] = {"fangsong", "songti", "wenkai"};
    enum {
        WIDER = 200 /* 1/1000 em */
    };
    struct setting s;
    fonts_init(&s);
    for (int r = 0; r < 3; r++) {
        struct drawn on_em[12], on_pitch[12];
        bx_len pitch = EM + (bx_len)((int64_t)EM * WIDER / 1000);
        int count = draw_on_pitch(on_em, 12, &s, roles[r], "国国，国……国①", 50000, EM);
        assert_int_equal(
            draw_on_pitch(on_pitch, 12, &s, roles[r], "国国，国……国①", 50000, pitch), count);
        assert_in_range(count, 7, 8);
        for (int i = 0; i < count; i++) {
            int wide = on_pitch[i].x1 - on_pitch[i].x0;
            assert_in_range(wide - (on_em[i].x1 - on_em[i].x0) + 1, 0, 2);
        }
        int cells[] = {0, 1, 2, 3, 4, 5, 6, 7};
        if (count == 8)
            for (int i = 0; i < count; i++)
                assert_in_range(on_pitch[i].x0 - on_em[i].x0 - WIDER / 2 - cells[i] * WIDER + 2,
                                0, 4);
    }
    setting_fini(&s);
}

/* The ink of the glyph number `at` of a text of `size`, in 1/1000 em of EM. */
static int
ink_at(struct setting *s, const char *role, const char *text, int at, bx_len size, bx_len pitch)
{
    struct drawn d[6];
    struct bx_piece piece = setting_piece(s, text);
    piece.role = bx_fontset_find_role(s->fonts, role);
    piece.size = size;
    assert_true(at < draw_piece(d, 6, s, &piece, 50000, pitch));
    return d[at].x0;
}

enum {
    NINE_TENTHS = EM / 10 * 9, /* a size whose thirds are whole */
};

/* A mark is padded to the pitch like all else, unless the face draws it on less than three quarters of
 * that: such a one stands where its half begins. The second cell, ink against its left edge. */
static void test_GRD_01__a_mark_of_three_quarters_of_the_pitch_is_padded(void **state)
{
    (void)state;
    static const struct {
        bx_len pitch;
        int pad; /* 1/1000 of EM */
    } cases[] = {
        {NINE_TENTHS, 0},
        {NINE_TENTHS / 3 * 4, 150},
        {NINE_TENTHS / 3 * 4 + 4, 0},
        {NINE_TENTHS * 2, 0},
    };
    struct setting s;
    fonts_init(&s);
    for (int f = 0; f < 2; f++) {
        int ink = ink_at(&s, faces[f], "国，国", 1, NINE_TENTHS, NINE_TENTHS) - 900;
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
            int x = ink_at(&s, faces[f], "国，国", 1, NINE_TENTHS, cases[i].pitch);
            assert_in_range(x - em1000(cases[i].pitch) - ink - cases[i].pad + 1, 0, 2);
        }
    }
    setting_fini(&s);
}

/* In a Latin word a mark drawn on more than three quarters of an em loses its blank; a narrower one,
 * and every letter, stands as the face has it, whatever the pitch. */
static void test_LNG_03__only_wide_quotation_marks_of_words_are_trimmed(void **state)
{
    (void)state;
    static const struct {
        bx_len pitch;
        bool is_trimmed;
    } cases[] = {
        {NINE_TENTHS, true},
        {NINE_TENTHS / 3 * 4 - 4, true},
        {NINE_TENTHS / 3 * 4, false},
        {NINE_TENTHS * 2, false},
    };
    struct setting s;
    fonts_init(&s);
    const char *role = "fangsong"; /* its ’ is an em wide */
    int beside = ink_at(&s, role, "its", 2, NINE_TENTHS, NINE_TENTHS);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        int x = ink_at(&s, role, "it’s", 3, NINE_TENTHS, cases[i].pitch);
        if (cases[i].is_trimmed)
            assert_true(x < beside + 600);
        else
            assert_in_range(x - beside - 900 + 1, 0, 2);
        assert_int_equal(ink_at(&s, role, "a\u2126s", 2, NINE_TENTHS, cases[i].pitch),
                         ink_at(&s, role, "a\u2126s", 2, NINE_TENTHS, NINE_TENTHS / 2));
    }
    setting_fini(&s);
}

/* Two em at any size: also where the outlines are a fraction of a point wide. */
static void test_PUN_10__a_dash_of_a_small_size_is_whole(void **state)
{
    (void)state;
    struct setting s;
    fonts_init(&s);
    for (int f = 0; f < FACE_COUNT; f++) {
        struct drawn d[3];
        struct bx_piece piece = setting_piece(&s, "中——中");
        piece.role = bx_fontset_find_role(s.fonts, faces[f]);
        piece.size = EM / 100; /* ten points */
        assert_int_equal(draw_piece(d, 3, &s, &piece, 500, EM / 100), 3);
        assert_in_range(d[1].x0, 10, 11);
        assert_in_range(d[1].x1, 29, 30);
    }
    setting_fini(&s);
}

static void test_GRD_01__28_characters_of_16_pt_fill_the_type_area(void **state)
{
    (void)state;
    enum {
        PITCH = 16172, /* 156 mm / 28 in 1/1024 pt */
        SIZE = 16 * 1024
    };
    struct setting s;
    setting_init(&s);
    char text[28 * 3 + 1] = "";
    for (int i = 0; i < 28; i++)
        strcat(text, i % 7 == 3 ? "，" : "国");
    struct bx_piece piece = setting_piece(&s, text);
    piece.size = SIZE;
    struct bx_para_spec spec = setting_spec(&s, 1000, 0);
    spec.em = PITCH;
    spec.measure = 452818; /* 442.205 pt */
    struct bx_para para;
    struct bx_err err = {0};
    assert_true(bx_para_build(&para, &s.context, &piece, 1, &spec, &err));
    assert_int_equal(para.line_count, 1);
    assert_in_range(para.lines[0].right, 452818 - 10, 452818 + 10);
    setting_fini(&s);
}

int run_ink(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_PUN_08__no_mark_is_cut_or_touched_in_any_face),
        cmocka_unit_test(test_PUN_09__the_interpunct_stands_in_the_middle_of_half_an_em),
        cmocka_unit_test(test_PUN_10__a_dash_is_one_unbroken_line_of_two_em),
        cmocka_unit_test(test_PUN_11__the_dots_of_an_ellipsis_are_even_and_centred),
        cmocka_unit_test(test_PUN_11__other_dots_are_centred_too),
        cmocka_unit_test(test_PUN_14__two_marks_stand_in_the_middle_of_their_halves),
        cmocka_unit_test(test_PUN_17__offsets_equal_those_of_halt),
        cmocka_unit_test(test_LNG_03__quotation_marks_come_from_the_face_of_their_text),
        cmocka_unit_test(test_LNG_10__a_fallback_glyph_stands_as_high_as_its_neighbours),
        cmocka_unit_test(test_GRD_01__characters_stand_in_the_middle_of_the_pitch),
        cmocka_unit_test(test_GRD_01__a_mark_of_three_quarters_of_the_pitch_is_padded),
        cmocka_unit_test(test_LNG_03__only_wide_quotation_marks_of_words_are_trimmed),
        cmocka_unit_test(test_PUN_10__a_dash_of_a_small_size_is_whole),
        cmocka_unit_test(test_GRD_01__28_characters_of_16_pt_fill_the_type_area),
    };
    return cmocka_run_group_tests_name("ink", tests, NULL, NULL);
}

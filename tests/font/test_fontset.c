#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "font/face.h"
#include "font/fontset.h"
#include "font/roles.h"
#include "font/sets.h"
#include "fonts.h"

int run_fontset(void);

static const struct bx_font *
pick(struct bx_fontset *set, const char *role, uint32_t code_point, bool *is_fallback)
{
    int r = bx_fontset_find_role(set, role);
    assert_true(r >= 0);
    return bx_fontset_pick(set, r, &code_point, 1, is_fallback);
}

static void check_pick(const char *role, uint32_t code_point, const char *face, bool falls_back)
{
    struct bx_fontset *set = open_fonts(NULL);
    bool is_fallback;
    const struct bx_font *font = pick(set, role, code_point, &is_fallback);
    assert_non_null(font);
    assert_string_equal(font->postscript, face);
    assert_int_equal(is_fallback, falls_back);
    bx_fontset_free(set);
}

/* Every pinned face is there, is the one meant, and its centre in the lock is what measuring
 * gives. The digests are fonts/install.sh's and test_describe's. */
static void test_lock__faces_are_the_pinned_ones(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    struct bx_roles roles;
    struct bx_err err = {0};
    assert_true(bx_roles_read(&roles, &arena, FONTS_DIR, &err));
    assert_true(roles.lock_count >= 13);
    for (int i = 0; i < roles.lock_count; i++) {
        struct bx_font *font = open_face(roles.lock[i].id);
        assert_string_equal(bx_face_name(&arena, bx_font_face(font), 6),
                            roles.lock[i].postscript);
        assert_int_equal(font->centre, roles.lock[i].centre);
        assert_true(font->has_han);
        close_face(font);
    }
    bx_arena_fini(&arena);
}

/* The mean over all ideographs of U+4E00..U+9FA5 in the face, as fonts.md gives it, is met by the
 * sample within 0.005 em. HanaMinB has next to none of those; its like is HanaMinA's 0.387. */
static void test_centre__agrees_with_the_mean_of_all_ideographs(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int mean_em1000;
    } faces[] = {
        {"fandol-fang", 309},     {"fandol-kai", 307},        {"fandol-hei", 297},
        {"fandol-hei-bold", 297}, {"fandol-song", 301},       {"fandol-song-bold", 301},
        {"noto-serif-sc", 378},   {"noto-sans-sc-bold", 378}, {"lxgw-wenkai", 356},
        {"hanamin-a", 387},       {"hanamin-b", 387},
    };
    for (size_t i = 0; i < sizeof(faces) / sizeof(faces[0]); i++) {
        struct bx_font *font = open_face(faces[i].id);
        int centre = (1000 * font->centre + font->upem / 2) / font->upem;
        assert_in_range(centre, faces[i].mean_em1000 - 5, faces[i].mean_em1000 + 5);
        close_face(font);
    }
}

static void test_roles__start_with_the_faces_of_the_free_set(void **state)
{
    (void)state;
    static const char *const expected[][2] = {
        {"fangsong", "FandolFang-Regular"},   {"xiaobiaosong", "NotoSerifCJKsc-Bold"},
        {"heiti", "FandolHei-Regular"},       {"kaiti", "FandolKai-Regular"},
        {"songti", "NotoSerifCJKsc-Regular"},
    };
    struct bx_fontset *set = open_fonts(NULL);
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        int role = bx_fontset_find_role(set, expected[i][0]);
        assert_true(role >= 0);
        assert_string_equal(bx_fontset_first(set, role)->postscript, expected[i][1]);
        assert_true(bx_fontset_first(set, role)->is_pinned);
    }
    assert_int_equal(bx_fontset_find_role(set, "latin"), -1);
    assert_int_equal(bx_fontset_find_role(set, "fallback"), -1);
    assert_int_equal(bx_fontset_find_role(set, "Fangsong"), -1);
    bx_fontset_free(set);
}

/* Index 0 of the collection would be the Japanese face, with other forms (ofdrw PR 396). */
static void test_noto__index_in_the_collection_is_that_of_sc(void **state)
{
    (void)state;
    struct bx_fontset *set = open_fonts(NULL);
    const struct bx_font *font = bx_fontset_first(set, bx_fontset_find_role(set, "songti"));
    struct bx_arena arena = {0};
    assert_int_equal(font->index, 2);
    assert_string_equal(bx_face_name(&arena, bx_font_face(font), 1), "Noto Serif CJK SC");
    bx_arena_fini(&arena);
    bx_fontset_free(set);
}

static void test_free_set__only_the_stand_in_for_xiaobiaosong_is_noted(void **state)
{
    (void)state;
    struct bx_fontset *set;
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    assert_true(bx_fontset_new(&set, &(struct bx_fontset_options){FONTS_DIR, NULL, {NULL}},
                               &findings, &err));
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.items[0].code, "FONT");
    assert_int_equal(findings.items[0].level, BX_LEVEL_NOTE);
    assert_string_equal(findings.items[0].zh, "没有小标宋字体，以Noto Serif CJK SC Bold代替");
    bx_fontset_free(set);
    bx_findings_fini(&findings);
}

static void test_pick__first_face_of_the_role(void **state)
{
    (void)state;
    check_pick("fangsong", 0x56FD, "FandolFang-Regular", false);
    check_pick("fangsong", '7', "FandolFang-Regular", false);
    check_pick("xiaobiaosong", 0x2CB4E, "NotoSerifCJKsc-Bold", false);
}

static void test_pick__lng_06_rare_character_falls_back(void **state)
{
    (void)state;
    check_pick("fangsong", 0x2CB4E, "NotoSerifCJKsc-Regular", true); /* 𬭎 */
    check_pick("fangsong", 0x3A39, "NotoSerifCJKsc-Regular", true);  /* 㨹 */
    check_pick("fangsong", 0x2611, "HanaMinA", true);                /* ☑, which Noto lacks */
    check_pick("songti", 0x20001, "HanaMinB", true);
}

static void test_pick__a_second_face_of_the_same_kind_is_a_fallback_too(void **state)
{
    (void)state;
    check_pick("kaiti", 0x3447, "LXGWWenKai-Regular", true);
    check_pick("heiti", 0x3447, "NotoSansCJKsc-Bold", true);
}

static void test_pick__no_face_for_a_character_nobody_holds(void **state)
{
    (void)state;
    struct bx_fontset *set = open_fonts(NULL);
    bool is_fallback = true;
    assert_null(pick(set, "fangsong", 0x30041, &is_fallback)); /* extension G */
    assert_false(is_fallback);
    bx_fontset_free(set);
}

static void test_pick__opens_only_the_faces_it_needs(void **state)
{
    (void)state;
    struct bx_fontset *set = open_fonts(NULL);
    bool is_fallback;
    assert_int_equal(bx_fontset_count(set), 0);
    pick(set, "fangsong", 0x56FD, &is_fallback);
    assert_int_equal(bx_fontset_count(set), 1);
    pick(set, "fangsong", 0x2CB4E, &is_fallback);
    assert_int_equal(bx_fontset_count(set), 2);
    for (int i = 0; i < 2; i++)
        assert_int_equal(bx_fontset_at(set, i)->id, i);
    assert_string_equal(bx_fontset_at(set, 0)->postscript, "FandolFang-Regular");
    bx_fontset_free(set);
}

static void test_pick__what_is_not_drawn_need_not_be_covered(void **state)
{
    (void)state;
    struct bx_fontset *set = open_fonts(NULL);
    static const uint32_t clusters[][2] = {{0x516C, 0x200D},
                                           {0x516C, 0xFE00},
                                           {0x516C, 0xE01EF},
                                           {0x200B, 0x2060},
                                           {0x2003, 0x202F}};
    for (size_t i = 0; i < sizeof(clusters) / sizeof(clusters[0]); i++) {
        bool is_fallback;
        const struct bx_font *font = bx_fontset_pick(set, bx_fontset_find_role(set, "fangsong"),
                                                     clusters[i], 2, &is_fallback);
        assert_non_null(font);
        assert_string_equal(font->postscript, "FandolFang-Regular");
    }
    bx_fontset_free(set);
}

/* LNG-05: base and selector stay together, and the face that knows the sequence draws them. */
static void test_pick__lng_05_face_with_the_variation_sequence(void **state)
{
    (void)state;
    struct bx_fontset *set = open_fonts(NULL);
    const uint32_t ge[] = {0x845B, 0xE0100}; /* 葛 */
    bool is_fallback;
    int role = bx_fontset_find_role(set, "fangsong");
    const struct bx_font *font = bx_fontset_pick(set, role, ge, 2, &is_fallback);
    assert_non_null(font);
    assert_true(bx_font_has_sequence(font, ge[0], ge[1]));
    assert_true(is_fallback);
    assert_false(bx_font_has_sequence(bx_fontset_first(set, role), ge[0], ge[1]));
    bx_fontset_free(set);
}

/* A mark with a selector stays in the face of the text: Noto has 、 U+FE01, FandolFang has not. */
static void test_pick__a_mark_with_a_selector_keeps_its_face(void **state)
{
    (void)state;
    struct bx_fontset *set = open_fonts(NULL);
    const uint32_t mark[] = {0x3001, 0xFE01};
    bool is_fallback;
    const struct bx_font *font =
        bx_fontset_pick(set, bx_fontset_find_role(set, "fangsong"), mark, 2, &is_fallback);
    assert_string_equal(font->postscript, "FandolFang-Regular");
    assert_false(is_fallback);
    bx_fontset_free(set);
}

static void test_pick__base_with_mark_as_one_character(void **state)
{
    (void)state;
    struct bx_fontset *set = open_fonts(NULL);
    const uint32_t letter[] = {'u', 0x0308, 0x030C}; /* ǚ, of which FandolFang has no parts */
    bool is_fallback;
    const struct bx_font *font =
        bx_fontset_pick(set, bx_fontset_find_role(set, "fangsong"), letter, 3, &is_fallback);
    assert_string_equal(font->postscript, "FandolFang-Regular");
    bx_fontset_free(set);
}

/* Every character of levels 1 to 3 of GB 18030-2022 and of 通用规范汉字表 is in some face. */
static void test_fallback__holds_gb_18030_levels_1_to_3(void **state)
{
    (void)state;
    struct bx_fontset *set = open_fonts(NULL);
    struct bx_char_sets sets;
    struct bx_err err = {0};
    assert_true(bx_char_sets_read(&sets, FONTS_DIR, &err));
    assert_int_equal(sets.count, 5);
    assert_int_equal(sets.items[1].size, 8105);
    assert_int_equal(sets.items[4].size, 88081);
    for (int i = 0; i < sets.count; i++)
        for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(sets.items[i].members, &c);) {
            bool is_fallback;
            if (!pick(set, "fangsong", c, &is_fallback))
                fail_msg("U+%04X of %s is in no face", c, sets.items[i].name);
        }
    bx_char_sets_fini(&sets);
    bx_fontset_free(set);
}

static void test_font_len__rounds_half_away_from_zero(void **state)
{
    (void)state;
    const struct bx_font font = {.upem = 1000, .centre = 309};
    assert_int_equal(bx_font_len(&font, 1000, 16 * BX_PT), 16 * BX_PT);
    assert_int_equal(bx_font_len(&font, 1, 500), 1);
    assert_int_equal(bx_font_len(&font, -1, 500), -1);
    assert_int_equal(bx_font_len(&font, 1, 499), 0);
    assert_int_equal(bx_font_len(&font, -1, 499), 0);
    assert_int_equal(bx_font_centre(&font, 16 * BX_PT), 5063); /* 0.309 * 16384 = 5062.7 */
}

/* fonts.md 3: FandolFang draws ？ in the middle of its em, FandolSong and Noto on the left. */
static void test_font_ink__of_the_question_mark(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int x0, x1;
    } marks[] = {
        {"fandol-fang", 320, 680},      {"fandol-song", 70, 430}, {"noto-serif-sc", 40, 460},
        {"noto-sans-sc-bold", 30, 460}, {"lxgw-wenkai", 70, 500},
    };
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        struct bx_font *font = open_face(marks[i].id);
        struct bx_ink ink;
        assert_true(bx_font_ink(font, find_glyph(font, 0xFF1F), &ink));
        assert_in_range(ink.x0, marks[i].x0 - 20, marks[i].x0 + 20);
        assert_in_range(ink.x1, marks[i].x1 - 20, marks[i].x1 + 20);
        assert_true(ink.y0 < ink.y1);
        assert_false(bx_font_ink(font, find_glyph(font, ' '), &ink));
        close_face(font);
    }
}

static void test_describe__says_what_is_pinned_and_covered(void **state)
{
    (void)state;
    struct bx_fontset *set = open_fonts(NULL);
    struct bx_buf text = {0};
    struct bx_err err = {0};
    assert_true(bx_fontset_describe(set, &text, false, &err));
    assert_null(strstr(text.data, "differs"));
    assert_null(strstr(text.data, "missing"));
    assert_non_null(strstr(text.data, "NotoSerifCJKsc-Bold (stands for 小标宋)"));
    assert_non_null(strstr(text.data, "NotoSerifCJK-Regular.ttc #2"));
    /* FandolFang lacks 1,467 of the 8,105 standard characters */
    assert_non_null(strstr(text.data, "GB 2312 6763/6763 · 通用规范汉字表 6638/8105"));
    assert_non_null(strstr(text.data, "GB 18030-3 88081/88081"));
    bx_buf_clear(&text);
    assert_true(bx_fontset_describe(set, &text, true, &err));
    assert_non_null(strstr(text.data, "与锁定的摘要一致"));
    bx_buf_fini(&text);
    bx_fontset_free(set);
}

int run_fontset(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lock__faces_are_the_pinned_ones),
        cmocka_unit_test(test_centre__agrees_with_the_mean_of_all_ideographs),
        cmocka_unit_test(test_roles__start_with_the_faces_of_the_free_set),
        cmocka_unit_test(test_noto__index_in_the_collection_is_that_of_sc),
        cmocka_unit_test(test_free_set__only_the_stand_in_for_xiaobiaosong_is_noted),
        cmocka_unit_test(test_pick__first_face_of_the_role),
        cmocka_unit_test(test_pick__lng_06_rare_character_falls_back),
        cmocka_unit_test(test_pick__a_second_face_of_the_same_kind_is_a_fallback_too),
        cmocka_unit_test(test_pick__no_face_for_a_character_nobody_holds),
        cmocka_unit_test(test_pick__opens_only_the_faces_it_needs),
        cmocka_unit_test(test_pick__what_is_not_drawn_need_not_be_covered),
        cmocka_unit_test(test_pick__lng_05_face_with_the_variation_sequence),
        cmocka_unit_test(test_pick__a_mark_with_a_selector_keeps_its_face),
        cmocka_unit_test(test_pick__base_with_mark_as_one_character),
        cmocka_unit_test(test_fallback__holds_gb_18030_levels_1_to_3),
        cmocka_unit_test(test_font_len__rounds_half_away_from_zero),
        cmocka_unit_test(test_font_ink__of_the_question_mark),
        cmocka_unit_test(test_describe__says_what_is_pinned_and_covered),
    };
    return cmocka_run_group_tests_name("fontset", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "font/shape.h"
#include "fonts.h"

int run_shape(void);

/* Text in a face, and what came of it. */
struct shaping {
    struct bx_font *font;
    struct bx_arena arena;
    struct bx_shaped *glyphs;
    int count;
};

static void shape(struct shaping *out, const char *lock_id, const char *text, unsigned flags)
{
    *out = (struct shaping){.font = open_face(lock_id)};
    int len = (int)strlen(text);
    out->count = bx_shape(&out->glyphs, &out->arena, out->font, text, len, 0, len, flags);
}

static void drop(struct shaping *shaping)
{
    bx_arena_fini(&shaping->arena);
    close_face(shaping->font);
}

static void test_shape__han_has_one_glyph_of_one_em_each(void **state)
{
    (void)state;
    struct shaping s;
    shape(&s, "fandol-fang", "政府，公开", 0);
    assert_int_equal(s.count, 5);
    for (int i = 0; i < s.count; i++) {
        assert_int_equal(s.glyphs[i].advance, 1000);
        assert_int_equal(s.glyphs[i].text_at, 3 * i);
        assert_int_equal(s.glyphs[i].dx, 0);
        assert_int_equal(s.glyphs[i].dy, 0);
        assert_true(s.glyphs[i].glyph > 0);
    }
    drop(&s);
}

/* PUN-10, LNG-01: in zh-Hans the pair is one glyph of exactly 2 em; in English 1.69 em. */
static void test_shape__pun_10_dash_of_noto_is_one_glyph_of_two_em(void **state)
{
    (void)state;
    struct shaping s;
    shape(&s, "noto-serif-sc", "公开——依", 0);
    assert_int_equal(s.count, 4);
    assert_int_equal(s.glyphs[2].advance, 2000);
    assert_int_equal(s.glyphs[2].text_at, 6);
    assert_int_equal(s.glyphs[3].text_at, 12);
    drop(&s);
}

/* LNG-01: ja would give 0.462 em. */
static void test_shape__lng_01_quotes_are_one_em(void **state)
{
    (void)state;
    static const char *const ids[] = {"noto-serif-sc", "noto-serif-sc-bold", "fandol-fang"};
    for (int i = 0; i < 3; i++) {
        struct shaping s;
        shape(&s, ids[i], "“公”", 0);
        assert_int_equal(s.count, 3);
        assert_int_equal(s.glyphs[0].advance, 1000);
        assert_int_equal(s.glyphs[2].advance, 1000);
        drop(&s);
    }
}

static void test_shape__half_digits_of_noto_are_half_an_em(void **state)
{
    (void)state;
    struct shaping plain, half;
    shape(&plain, "noto-serif-sc", "0123456789", 0);
    shape(&half, "noto-serif-sc", "0123456789", BX_SHAPE_HALF_DIGITS);
    assert_int_equal(half.count, 10);
    bool differs = false;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(half.glyphs[i].advance, 500);
        differs |= plain.glyphs[i].advance != 500;
    }
    assert_true(differs); /* proportional without: 0.471 to 0.562 em */
    drop(&plain);
    drop(&half);
}

static void test_shape__half_digits_leave_everything_else(void **state)
{
    (void)state;
    struct shaping plain, half;
    shape(&plain, "noto-serif-sc", "共%，公（A）—", 0);
    shape(&half, "noto-serif-sc", "共%，公（A）—", BX_SHAPE_HALF_DIGITS);
    assert_int_equal(plain.count, half.count);
    for (int i = 0; i < plain.count; i++) {
        assert_int_equal(plain.glyphs[i].glyph, half.glyphs[i].glyph);
        assert_int_equal(plain.glyphs[i].advance, half.glyphs[i].advance);
    }
    drop(&plain);
    drop(&half);
}

/* 32 numbers apart are as many runs of digits; more than the features that fit still shapes. */
static void test_shape__half_digits_in_a_long_text(void **state)
{
    (void)state;
    char text[400] = "";
    for (int i = 0; i < 40; i++)
        strcat(text, "1件，");
    struct shaping s;
    shape(&s, "noto-serif-sc", text, BX_SHAPE_HALF_DIGITS);
    assert_int_equal(s.count, 120);
    for (int i = 0; i < s.count; i++)
        assert_int_equal(s.glyphs[i].advance, i % 3 == 0 ? 500 : 1000);
    drop(&s);
}

static void test_shape__part_of_a_text_is_shaped_in_its_context(void **state)
{
    (void)state;
    struct bx_font *font = open_face("noto-serif-sc");
    struct bx_arena arena = {0};
    struct bx_shaped *glyphs;
    const char text[] = "公开，依";
    assert_int_equal(bx_shape(&glyphs, &arena, font, text, 12, 3, 6, 0), 2);
    assert_int_equal(glyphs[0].text_at, 3);
    assert_int_equal(glyphs[0].glyph, find_glyph(font, 0x5F00));
    assert_int_equal(glyphs[1].text_at, 6);
    bx_arena_fini(&arena);
    close_face(font);
}

static void test_shape__a_selector_the_face_lacks_draws_nothing(void **state)
{
    (void)state;
    struct shaping s;
    shape(&s, "fandol-fang", "葛\U000E0100城", 0);
    assert_int_equal(s.count, 2);
    assert_int_equal(s.glyphs[0].glyph, find_glyph(s.font, 0x845B));
    assert_int_equal(s.glyphs[1].text_at, 7);
    drop(&s);
}

static void test_shape__only_latin_is_kerned(void **state)
{
    (void)state;
    struct shaping han, latin;
    shape(&han, "noto-serif-sc", "AVAV", 0);
    shape(&latin, "noto-serif-sc", "AVAV", BX_SHAPE_LATIN);
    int han_width = 0, latin_width = 0;
    for (int i = 0; i < 4; i++) {
        han_width += han.glyphs[i].advance;
        latin_width += latin.glyphs[i].advance;
    }
    assert_true(latin_width < han_width);
    drop(&han);
    drop(&latin);
}

/* The em box of each glyph lies below the pen and is centred on it: the ideographic centre half an
 * em down, the advance half to the left. */
static void test_shape__vertical_boxes_hang_from_the_pen(void **state)
{
    (void)state;
    static const char *const ids[] = {"fandol-hei", "noto-serif-sc", "lxgw-wenkai"};
    for (int f = 0; f < 3; f++) {
        struct shaping s;
        shape(&s, ids[f], "信息", BX_SHAPE_VERTICAL);
        assert_int_equal(s.count, 2);
        for (int i = 0; i < 2; i++) {
            assert_int_equal(s.glyphs[i].advance, s.font->upem);
            assert_int_equal(s.glyphs[i].dx, -s.font->upem / 2);
            assert_int_equal(s.glyphs[i].dy + s.font->centre, -s.font->upem / 2);
        }
        drop(&s);
    }
}

/* The pause mark of vertical text stands in the upper right of its em, by vert or U+FE11. */
static void test_shape__vertical_pause_mark_has_its_vertical_form(void **state)
{
    (void)state;
    static const char *const ids[] = {"fandol-fang", "fandol-hei", "noto-serif-sc"};
    for (int f = 0; f < 3; f++) {
        struct shaping s;
        struct bx_ink ink;
        shape(&s, ids[f], "、", BX_SHAPE_VERTICAL);
        assert_int_equal(s.count, 1);
        assert_true(s.glyphs[0].glyph != find_glyph(s.font, 0x3001));
        assert_true(bx_font_ink(s.font, s.glyphs[0].glyph, &ink));
        assert_true(s.glyphs[0].dx + ink.x0 > 0);
        assert_true(s.glyphs[0].dy + ink.y0 > -s.font->upem / 2);
        drop(&s);
    }
}

static void test_shape__vertical_dash_of_two_em_fills_its_box(void **state)
{
    (void)state;
    struct shaping s;
    struct bx_ink ink;
    shape(&s, "noto-serif-sc", "——", BX_SHAPE_VERTICAL);
    assert_int_equal(s.count, 1);
    assert_int_equal(s.glyphs[0].advance, 2000);
    assert_true(bx_font_ink(s.font, s.glyphs[0].glyph, &ink));
    int above = -(s.glyphs[0].dy + ink.y1), below = 2000 + s.glyphs[0].dy + ink.y0;
    assert_in_range(above - below + 1, 0, 2);
    drop(&s);
}

int run_shape(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape__han_has_one_glyph_of_one_em_each),
        cmocka_unit_test(test_shape__pun_10_dash_of_noto_is_one_glyph_of_two_em),
        cmocka_unit_test(test_shape__lng_01_quotes_are_one_em),
        cmocka_unit_test(test_shape__half_digits_of_noto_are_half_an_em),
        cmocka_unit_test(test_shape__half_digits_leave_everything_else),
        cmocka_unit_test(test_shape__half_digits_in_a_long_text),
        cmocka_unit_test(test_shape__part_of_a_text_is_shaped_in_its_context),
        cmocka_unit_test(test_shape__a_selector_the_face_lacks_draws_nothing),
        cmocka_unit_test(test_shape__only_latin_is_kerned),
        cmocka_unit_test(test_shape__vertical_boxes_hang_from_the_pen),
        cmocka_unit_test(test_shape__vertical_pause_mark_has_its_vertical_form),
        cmocka_unit_test(test_shape__vertical_dash_of_two_em_fills_its_box),
    };
    return cmocka_run_group_tests_name("shape", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "picture.h"

int run_png(void);

static int value_of(int component, int x, int y)
{
    const int values[4] = {x * 23, y * 28, 255 - x * 11 - y * 3, (x * 20 + y * 5) % 256};
    return values[component];
}

static int expect_gray(int depth, int x, int y)
{
    int most = (1 << depth) - 1;
    return depth < 8 ? (x + 3 * y) % (most + 1) * 255 / most : value_of(0, x, y);
}

static int expect_palette(int depth, int component, int x, int y)
{
    int i = (x + 3 * y) % (1 << depth);
    const int colour[3] = {i, 255 - i, i * 7 % 256};
    return colour[component];
}

struct kind {
    const char *name;
    int depth, components;
    bool has_alpha, is_palette;
    bool is_deep; /* 16 bits, interlaced */
};

/* Light multiplied with little alpha keeps few steps: see read_deep() of png_read.c. */
static int slack_of(const struct kind *kind, int alpha)
{
    return kind->is_deep && kind->has_alpha ? (alpha > 0 ? 255 / alpha : 255) : 0;
}

static void check_pixels(const struct picture *p, const struct kind *kind)
{
    assert_int_equal(p->image->width, PICTURE_WIDTH);
    assert_int_equal(p->image->height, PICTURE_HEIGHT);
    assert_int_equal(p->image->components, kind->components);
    assert_int_equal(p->image->alpha != NULL, kind->has_alpha);
    const unsigned char *alpha = p->image->alpha;
    for (int y = 0; y < PICTURE_HEIGHT; y++) {
        for (int x = 0; x < PICTURE_WIDTH; x++) {
            for (int c = 0; c < kind->components; c++) {
                int expected = kind->is_palette        ? expect_palette(kind->depth, c, x, y)
                               : kind->components == 1 ? expect_gray(kind->depth, x, y)
                                                       : value_of(c, x, y);
                if (abs(picture_at(p, x, y, c) - expected) > slack_of(kind, value_of(3, x, y)))
                    fail_msg("%s: %d,%d,%d is %d, not %d", kind->name, x, y, c,
                             picture_at(p, x, y, c), expected);
            }
            if (alpha)
                assert_int_equal(alpha[y * PICTURE_WIDTH + x], value_of(3, x, y));
        }
    }
}

static void test_png__every_colour_type_keeps_its_values(void **state)
{
    (void)state;
    static const struct kind kinds[] = {
        {"gray1", 1, 1, false, false, false},      {"gray2", 2, 1, false, false, false},
        {"gray4", 4, 1, false, false, false},      {"gray8", 8, 1, false, false, false},
        {"gray16", 16, 1, false, false, false},    {"rgb8", 8, 3, false, false, false},
        {"rgb16", 16, 3, false, false, false},     {"palette1", 1, 3, false, true, false},
        {"palette2", 2, 3, false, true, false},    {"palette4", 4, 3, false, true, false},
        {"gray-alpha8", 8, 1, true, false, false}, {"gray-alpha16", 16, 1, true, false, false},
        {"rgba8", 8, 3, true, false, false},       {"rgba16", 16, 3, true, false, false},
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        for (int interlaced = 0; interlaced < 2; interlaced++) {
            char name[64];
            snprintf(name, sizeof(name), "%s%s.png", kinds[i].name,
                     interlaced ? "-interlaced" : "");
            struct picture p;
            picture_init(&p, name);
            if (!picture_read(&p))
                fail_msg("%s: %s", name, p.err.what);
            struct kind kind = kinds[i];
            kind.is_deep = interlaced && kind.depth == 16;
            check_pixels(&p, &kind);
            assert_int_equal(p.findings.count, 0);
            picture_fini(&p);
        }
    }
}

static void test_png__a_palette_may_be_partly_clear(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "palette4-clear.png");
    assert_true(picture_read(&p));
    const unsigned char *alpha = p.image->alpha;
    assert_non_null(alpha);
    for (int x = 0; x < PICTURE_WIDTH; x++)
        assert_int_equal(alpha[x], x * 10);
    picture_fini(&p);
}

static void test_png__the_file_is_kept_for_the_attachment(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "rgb8.png");
    assert_true(picture_read(&p));
    assert_string_equal(p.image->mime, "image/png");
    assert_string_equal(p.image->path, "picture");
    assert_int_equal(p.image->source_len, p.len);
    assert_memory_equal(p.image->source, p.data, p.len);
    picture_fini(&p);
}

static void test_png__resolution_makes_the_natural_size(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "rgb8.png");
    assert_true(picture_read(&p));
    /* 150 dpi where nothing is said */
    assert_in_range(p.image->natural_w, 11 * 72 * BX_PT / 150 - 2, 11 * 72 * BX_PT / 150 + 2);
    picture_add_chunk(&p, "pHYs", "\0\0\x0f\xa0\0\0\x07\xd0\1", 9); /* 4000 and 2000 a metre */
    assert_true(picture_read(&p));
    assert_in_range(p.image->natural_w, bx_len_from_um(2750) - 1, bx_len_from_um(2750) + 1);
    assert_in_range(p.image->natural_h, bx_len_from_um(4500) - 1, bx_len_from_um(4500) + 1);
    picture_fini(&p);
}

static void test_png__gamma_is_undone(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "gray8.png");
    picture_add_chunk(&p, "gAMA", "\0\x01\x86\xa0", 4); /* 1.0: linear light */
    assert_true(picture_read(&p));
    assert_int_equal(picture_at(&p, 0, 0, 0), 0);
    /* 115 / 255 of the light is 179 of sRGB (IEC 61966-2-1) */
    assert_in_range(picture_at(&p, 5, 0, 0), 178, 180);
    picture_add_chunk(&p, "sRGB", "\0", 1); /* stands above gAMA */
    assert_true(picture_read(&p));
    assert_int_equal(picture_at(&p, 5, 0, 0), 115);
    picture_fini(&p);

    picture_init(&p, "gray8.png");
    picture_add_chunk(&p, "gAMA", "\0\0\xb1\x8f", 4); /* 0.45455: sRGB, as most write it */
    assert_true(picture_read(&p));
    assert_int_equal(picture_at(&p, 5, 0, 0), 115);
    picture_fini(&p);
}

static void test_png__numbers_that_are_no_colours_are_passed_over(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "rgb8.png");
    picture_add_chunk(&p, "gAMA", "\0\0\0\x01", 4);
    unsigned char primaries[32];
    memset(primaries, 0xFF, sizeof(primaries));
    picture_add_chunk(&p, "cHRM", primaries, sizeof(primaries));
    assert_true(picture_read(&p));
    assert_int_equal(picture_count(&p, BX_LEVEL_NOTE), 1);
    assert_int_equal(picture_at(&p, 5, 5, 0), 115);
    picture_fini(&p);
}

static void test_png__a_foreign_profile_is_applied(void **state)
{
    (void)state;
    const char *const names[] = {"rgb8.png", "rgb16.png", "rgba8.png"};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        struct picture p;
        picture_init(&p, names[i]);
        size_t len;
        void *profile = picture_profile_swapped(&len);
        picture_add_iccp(&p, profile, len);
        free(profile);
        assert_true(picture_read(&p));
        for (int x = 0; x < PICTURE_WIDTH; x++) {
            assert_in_range(picture_at(&p, x, 3, 0) + 3, value_of(1, x, 3),
                            value_of(1, x, 3) + 6);
            assert_in_range(picture_at(&p, x, 3, 1) + 3, value_of(0, x, 3),
                            value_of(0, x, 3) + 6);
        }
        assert_int_equal(p.image->alpha != NULL, i == 2);
        assert_int_equal(p.findings.count, 0);
        picture_fini(&p);
    }
}

static void test_png__an_srgb_profile_changes_nothing(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "rgb8.png");
    size_t len;
    void *profile = picture_profile_srgb(&len);
    picture_add_iccp(&p, profile, len);
    free(profile);
    assert_true(picture_read(&p));
    check_pixels(&p, &(struct kind){"srgb", 8, 3, false, false, false});
    assert_int_equal(p.findings.count, 0);
    picture_fini(&p);
}

static void test_png__a_profile_of_another_kind_is_noted(void **state)
{
    (void)state;
    struct picture p;
    size_t len;
    picture_init(&p, "rgb8.png");
    void *profile = picture_profile_black_only(&len);
    picture_add_iccp(&p, profile, len);
    free(profile);
    assert_true(picture_read(&p));
    check_pixels(&p, &(struct kind){"cmyk", 8, 3, false, false, false});
    assert_int_equal(picture_count(&p, BX_LEVEL_NOTE), 1);
    picture_fini(&p);

    picture_init(&p, "rgb8.png");
    picture_add_chunk(&p, "iCCP", "icc\0\0rubbish", 12);
    assert_true(picture_read(&p));
    check_pixels(&p, &(struct kind){"rubbish", 8, 3, false, false, false});
    assert_int_equal(picture_count(&p, BX_LEVEL_NOTE), 1);
    picture_fini(&p);
}

static void test_png__the_orientation_is_obeyed(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "rgb8.png");
    unsigned char tiff[PICTURE_TIFF_LEN];
    picture_make_tiff(tiff, 6, true); /* stored lying on its left side */
    picture_add_chunk(&p, "eXIf", tiff, sizeof(tiff));
    assert_true(picture_read(&p));
    assert_int_equal(p.image->width, PICTURE_HEIGHT);
    assert_int_equal(p.image->height, PICTURE_WIDTH);
    /* the top right pixel is the first stored one */
    assert_int_equal(picture_at(&p, PICTURE_HEIGHT - 1, 0, 2), 255);
    picture_fini(&p);
}

static void test_png__a_part_of_a_file_is_no_file(void **state)
{
    (void)state;
    const char *const names[] = {"rgba16-interlaced.png", "palette4-clear.png", "gray1.png"};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        struct picture p;
        picture_init(&p, names[i]);
        for (size_t len = 0; len < p.len; len += 7) {
            assert_false(picture_read_part(&p, len));
            assert_int_equal(p.err.code, BX_E_READ);
        }
        picture_fini(&p);
    }
}

static void test_png__a_changed_byte_of_the_picture_is_seen(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "rgb8.png");
    for (size_t at = 8; at < p.len - 12; at++) {
        p.data[at] ^= 0x55;
        assert_false(picture_read(&p));
        p.data[at] ^= 0x55;
    }
    assert_true(picture_read(&p));
    picture_fini(&p);
}

static void test_png__more_pixels_than_memory_should_hold_are_refused(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "huge.png");
    assert_false(picture_read(&p));
    assert_non_null(strstr(p.err.what, "too many pixels"));
    picture_fini(&p);
}

int run_png(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_png__every_colour_type_keeps_its_values),
        cmocka_unit_test(test_png__a_palette_may_be_partly_clear),
        cmocka_unit_test(test_png__the_file_is_kept_for_the_attachment),
        cmocka_unit_test(test_png__resolution_makes_the_natural_size),
        cmocka_unit_test(test_png__gamma_is_undone),
        cmocka_unit_test(test_png__numbers_that_are_no_colours_are_passed_over),
        cmocka_unit_test(test_png__a_foreign_profile_is_applied),
        cmocka_unit_test(test_png__an_srgb_profile_changes_nothing),
        cmocka_unit_test(test_png__a_profile_of_another_kind_is_noted),
        cmocka_unit_test(test_png__the_orientation_is_obeyed),
        cmocka_unit_test(test_png__a_part_of_a_file_is_no_file),
        cmocka_unit_test(test_png__a_changed_byte_of_the_picture_is_seen),
        cmocka_unit_test(test_png__more_pixels_than_memory_should_hold_are_refused),
    };
    return cmocka_run_group_tests_name("png", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "picture.h"

int run_jpeg(void);

enum {
    APP1 = 0xE1,
    APP2 = 0xE2,
    APP14 = 0xEE,
    WIDTH = 48,
    HEIGHT = 32,
};

static void add_profile(struct picture *p, void *profile, size_t len)
{
    unsigned char *segment = malloc(len + 14);
    assert_non_null(segment);
    memcpy(segment, "ICC_PROFILE\0\1\1", 14);
    memcpy(segment + 14, profile, len);
    picture_add_segment(p, APP2, segment, len + 14);
    free(segment);
    free(profile);
}

static void add_orientation(struct picture *p, int orientation, bool is_little)
{
    unsigned char segment[6 + PICTURE_TIFF_LEN] = "Exif\0";
    picture_make_tiff(segment + 6, orientation, is_little);
    picture_add_segment(p, APP1, segment, sizeof(segment));
}

static void check_kept(struct picture *p)
{
    assert_true(picture_read(p));
    assert_true(p->image->is_jpeg);
    assert_int_equal(p->image->data_len, p->len);
    assert_memory_equal(p->image->data, p->data, p->len);
}

static void test_jpeg__a_plain_file_stays_byte_for_byte(void **state)
{
    (void)state;
    const struct {
        const char *name;
        int components;
    } files[] = {{"ycc.jpg", 3}, {"progressive.jpg", 3}, {"gray.jpg", 1}};
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        struct picture p;
        picture_init(&p, files[i].name);
        check_kept(&p);
        assert_int_equal(p.image->width, WIDTH);
        assert_int_equal(p.image->height, HEIGHT);
        assert_int_equal(p.image->components, files[i].components);
        assert_string_equal(p.image->mime, "image/jpeg");
        assert_int_equal(p.findings.count, 0);
        picture_fini(&p);
    }
}

static void test_jpeg__jfif_density_makes_the_natural_size(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "ycc.jpg");
    assert_true(picture_read(&p));
    assert_in_range(p.image->natural_w, 48 * 72 * BX_PT / 300 - 3, 48 * 72 * BX_PT / 300 + 3);
    picture_fini(&p);
}

static void test_jpeg__srgb_and_upright_tags_change_nothing(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "ycc.jpg");
    size_t len;
    void *profile = picture_profile_srgb(&len);
    add_profile(&p, profile, len);
    add_orientation(&p, 1, false);
    check_kept(&p);
    assert_int_equal(p.findings.count, 0);
    picture_fini(&p);
}

static void test_jpeg__a_foreign_profile_is_applied(void **state)
{
    (void)state;
    struct picture plain, p;
    picture_init(&plain, "corners.jpg");
    picture_init(&p, "corners.jpg");
    size_t len;
    void *profile = picture_profile_swapped(&len);
    add_profile(&p, profile, len);
    assert_true(picture_read(&plain));
    assert_true(plain.image->is_jpeg);
    assert_true(picture_read(&p));
    assert_false(p.image->is_jpeg);
    assert_true(picture_at(&p, 4, 4, 0) < 10); /* red became green */
    assert_true(picture_at(&p, 4, 4, 1) > 245);
    picture_fini(&p);
    picture_fini(&plain);
}

static void test_jpeg__a_profile_that_is_none_is_noted(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "ycc.jpg");
    picture_add_segment(&p, APP2, "ICC_PROFILE\0\1\1rubbish", 21);
    check_kept(&p);
    assert_int_equal(picture_count(&p, BX_LEVEL_NOTE), 1);
    picture_fini(&p);

    picture_init(&p, "ycc.jpg");
    picture_add_segment(&p, APP2, "ICC_PROFILE\0\2\3a part", 20); /* the others are missing */
    check_kept(&p);
    assert_int_equal(picture_count(&p, BX_LEVEL_NOTE), 1);
    picture_fini(&p);
}

static void test_jpeg__cmyk_becomes_rgb(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "cmyk.jpg");
    assert_true(picture_read(&p));
    assert_false(p.image->is_jpeg);
    assert_int_equal(p.image->components, 3);
    assert_int_equal(picture_count(&p, BX_LEVEL_NOTE), 1); /* it has no profile */
    for (int x = 4; x < WIDTH; x += 8) { /* x * 5, y * 7, 128 before packing */
        assert_in_range(picture_at(&p, x, 16, 0) + 12, x * 5, x * 5 + 24);
        assert_in_range(picture_at(&p, x, 16, 1) + 12, 112, 112 + 24);
        assert_in_range(picture_at(&p, x, 16, 2) + 12, 128, 128 + 24);
    }
    picture_fini(&p);
}

static void test_jpeg__a_cmyk_profile_is_applied(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "cmyk.jpg"); /* without black ink */
    size_t len;
    void *profile = picture_profile_black_only(&len);
    add_profile(&p, profile, len);
    assert_true(picture_read(&p));
    assert_int_equal(p.findings.count, 0);
    assert_int_equal(p.image->components, 1); /* white is gray */
    for (int x = 0; x < WIDTH; x++)
        assert_in_range(picture_at(&p, x, 10, 0), 250, 255);
    picture_fini(&p);
}

/* The blocks of corners.jpg: 1 red, 2 green, 3 blue, 4 gray. */
static int block_at(const struct picture *p, int x, int y)
{
    int r = picture_at(p, x, y, 0), g = picture_at(p, x, y, 1), b = picture_at(p, x, y, 2);
    return r > 200 ? 1 : g > 200 ? 2 : b > 200 ? 3 : 4;
}

static void test_jpeg__orientation_1_to_8_are_obeyed(void **state)
{
    (void)state;
    /* top left, top right, bottom left, bottom right as seen. Source  Exif 2.32, 4.6.4 A. */
    static const int seen[9][4] = {
        {0},          {1, 2, 3, 4}, {2, 1, 4, 3}, {4, 3, 2, 1}, {3, 4, 1, 2},
        {1, 3, 2, 4}, {3, 1, 4, 2}, {4, 2, 3, 1}, {2, 4, 1, 3},
    };
    for (int orientation = 1; orientation <= 8; orientation++) {
        struct picture p;
        picture_init(&p, "corners.jpg");
        add_orientation(&p, orientation, orientation % 2 == 0);
        assert_true(picture_read(&p));
        assert_int_equal(p.image->is_jpeg, orientation == 1);
        bool is_lying = orientation >= 5;
        assert_int_equal(p.image->width, is_lying ? HEIGHT : WIDTH);
        assert_int_equal(p.image->height, is_lying ? WIDTH : HEIGHT);
        if (p.image->is_jpeg)
            assert_true(bx_image_decode(p.image, &p.arena, p.image, &p.err));
        int right = p.image->width - 3, bottom = p.image->height - 3;
        const int blocks[4] = {block_at(&p, 3, 3), block_at(&p, right, 3),
                               block_at(&p, 3, bottom), block_at(&p, right, bottom)};
        assert_memory_equal(blocks, seen[orientation], sizeof(blocks));
        picture_fini(&p);
    }
}

static void test_jpeg__colours_that_readers_take_differently_are_decoded(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "ycc.jpg"); /* JFIF says YCbCr, Adobe RGB */
    picture_add_segment(&p, APP14, "Adobe\0\144\0\0\0\0\0", 12);
    assert_true(picture_read(&p));
    assert_false(p.image->is_jpeg);
    picture_fini(&p);

    picture_init(&p, "ycc.jpg"); /* without JFIF; components named R, G, B */
    p.data[6] = 'X';
    check_kept(&p);
    for (size_t at = 0; at + 20 < p.len; at++) {
        bool is_frame = p.data[at] == 0xFF && p.data[at + 1] == 0xC0;
        bool is_scan = p.data[at] == 0xFF && p.data[at + 1] == 0xDA;
        for (int i = 0; i < 3; i++) {
            if (is_frame)
                p.data[at + 10 + 3 * (size_t)i] = (unsigned char)"RGB"[i];
            if (is_scan)
                p.data[at + 5 + 2 * (size_t)i] = (unsigned char)"RGB"[i];
        }
    }
    assert_true(picture_read(&p));
    assert_false(p.image->is_jpeg);
    picture_fini(&p);
}

static void test_jpeg__a_part_of_a_file_is_no_file(void **state)
{
    (void)state;
    const char *const names[] = {"ycc.jpg", "progressive.jpg", "gray.jpg", "cmyk.jpg"};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        struct picture p;
        picture_init(&p, names[i]);
        for (size_t len = 0; len + 2 < p.len; len += 7) {
            assert_false(picture_read_part(&p, len));
            assert_int_equal(p.err.code, BX_E_READ);
        }
        picture_fini(&p);
    }
}

static void test_jpeg__any_byte_may_be_changed(void **state)
{
    (void)state;
    const char *const names[] = {"progressive.jpg", "cmyk.jpg"};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        struct picture p;
        picture_init(&p, names[i]);
        add_orientation(&p, 6, true);
        for (size_t at = 0; at < p.len; at++) {
            unsigned char before = p.data[at];
            p.data[at] = (unsigned char)(at % 2 ? 0xFF : before ^ 0x10);
            picture_read(&p); /* whatever comes of it */
            p.data[at] = before;
        }
        assert_true(picture_read(&p));
        picture_fini(&p);
    }
}

int run_jpeg(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jpeg__a_plain_file_stays_byte_for_byte),
        cmocka_unit_test(test_jpeg__jfif_density_makes_the_natural_size),
        cmocka_unit_test(test_jpeg__srgb_and_upright_tags_change_nothing),
        cmocka_unit_test(test_jpeg__a_foreign_profile_is_applied),
        cmocka_unit_test(test_jpeg__a_profile_that_is_none_is_noted),
        cmocka_unit_test(test_jpeg__cmyk_becomes_rgb),
        cmocka_unit_test(test_jpeg__a_cmyk_profile_is_applied),
        cmocka_unit_test(test_jpeg__orientation_1_to_8_are_obeyed),
        cmocka_unit_test(test_jpeg__colours_that_readers_take_differently_are_decoded),
        cmocka_unit_test(test_jpeg__a_part_of_a_file_is_no_file),
        cmocka_unit_test(test_jpeg__any_byte_may_be_changed),
    };
    return cmocka_run_group_tests_name("jpeg", tests, NULL, NULL);
}

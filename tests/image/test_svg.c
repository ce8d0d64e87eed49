#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "picture.h"

int run_svg(void);

static void test_svg__becomes_600_dpi_of_its_printed_size(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "plain.svg"); /* 96 x 48 px: an inch and half an inch */
    assert_true(picture_read(&p));
    assert_int_equal(p.image->width, 600);
    assert_int_equal(p.image->height, 300);
    assert_int_equal(p.image->natural_w, 72 * BX_PT);
    assert_int_equal(p.image->natural_h, 36 * BX_PT);
    assert_int_equal(picture_count(&p, BX_LEVEL_NOTE), 1);
    const unsigned char *alpha = p.image->alpha;
    assert_non_null(alpha);
    assert_int_equal(alpha[100], 255);
    assert_int_equal(alpha[500], 0); /* nothing was drawn there */
    assert_int_equal(picture_at(&p, 100, 100, 0), 255);
    assert_int_equal(picture_at(&p, 100, 100, 1), 0);

    p.request.space.width_um = 50800; /* two inches */
    assert_true(picture_read(&p));
    assert_int_equal(p.image->width, 1200);
    assert_int_equal(p.image->height, 600);
    assert_int_equal(p.image->natural_w, 72 * BX_PT);
    picture_fini(&p);
}

static void test_svg__a_view_box_is_a_size(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "box.svg");
    assert_true(picture_read(&p));
    assert_int_equal(p.image->natural_w, 150 * BX_PT);
    assert_int_equal(p.image->natural_h, 75 * BX_PT);
    assert_null(p.image->alpha);
    assert_int_equal(picture_at(&p, 5, 5, 2), 0x99);
    picture_fini(&p);
}

static void test_svg__a_link_and_a_gradient_of_its_own_are_no_outside(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "link.svg");
    assert_true(picture_read(&p));
    assert_int_equal(picture_at(&p, 300, 100, 1), 255);
    picture_fini(&p);
}

static void test_svg__what_needs_something_outside_is_refused(void **state)
{
    (void)state;
    const struct {
        const char *name, *says;
    } files[] = {
        {"sizeless.svg", "no sensible width"},
        {"file.svg", "outside itself: other.png"},
        {"network.svg", "outside itself: http://localhost/x.svg#a"},
        {"url.svg", "outside itself: other.svg#a"},
        {"import.svg", "outside itself"},
        {"include.svg", "outside itself"},
        {"entity.svg", "entity"},
        {"laughs.svg", "well-formed"},
        {"huge.svg", "too many pixels"},
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        struct picture p;
        picture_init(&p, files[i].name);
        assert_false(picture_read(&p));
        assert_int_equal(p.err.code, BX_E_READ);
        if (!strstr(p.err.what, files[i].says))
            fail_msg("%s: %s", files[i].name, p.err.what);
        picture_fini(&p);
    }
}

static void test_svg__a_part_of_a_file_is_no_file(void **state)
{
    (void)state;
    struct picture p;
    picture_init(&p, "link.svg");
    for (size_t len = 0; len + 7 < p.len; len += 7)
        assert_false(picture_read_part(&p, len));
    picture_fini(&p);
}

int run_svg(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_svg__becomes_600_dpi_of_its_printed_size),
        cmocka_unit_test(test_svg__a_view_box_is_a_size),
        cmocka_unit_test(test_svg__a_link_and_a_gradient_of_its_own_are_no_outside),
        cmocka_unit_test(test_svg__what_needs_something_outside_is_refused),
        cmocka_unit_test(test_svg__a_part_of_a_file_is_no_file),
    };
    return cmocka_run_group_tests_name("svg", tests, NULL, NULL);
}

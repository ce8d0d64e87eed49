/* Pictures that the report brings: images between its paragraphs, and its seal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "plan/figure.h"
#include "planning.h"

int run_pictures(void);

enum {
    NAME_MOST = 16,
    FILES_MOST = 48,
};

struct pictured {
    struct planning p;
    struct bx_buf bytes[FILES_MOST];
    struct bx_held_file files[FILES_MOST];
    struct bx_held_files held;
    char names[FILES_MOST][NAME_MOST];
};

static void init(struct pictured *r)
{
    *r = (struct pictured){0};
    planning_init(&r->p);
    r->held.items = r->files;
    r->p.model.held = &r->held;
    r->p.model.signature.organ = "某局";
}

static void fini(struct pictured *r)
{
    for (int i = 0; i < r->held.count; i++)
        bx_buf_fini(&r->bytes[i]);
    planning_fini(&r->p);
}

/* Holds a file of tests/image/files for the report; its name there. */
static const char *hold(struct pictured *r, const char *file)
{
    int i = r->held.count++;
    struct bx_buf path = {0};
    assert_true(i < FILES_MOST);
    bx_buf_printf(&path, BX_TESTS_DIR "/image/files/%s", file);
    if (!bx_file_read(&r->bytes[i], path.data, 1 << 20, &r->p.err))
        fail_msg("%s: %s", r->p.err.file, r->p.err.what);
    bx_buf_fini(&path);
    snprintf(r->names[i], NAME_MOST, "%d", i);
    r->files[i] = (struct bx_held_file){r->names[i], r->bytes[i].data, r->bytes[i].len};
    return r->names[i];
}

/* Adds an image of a width; what of it the plan holds. */
static const struct bx_image *add(struct pictured *r, const char *name, int width_um)
{
    const struct bx_block block = {
        .kind = BX_BLOCK_IMAGE, .where = "/image", .image_path = name, .width_um = width_um};
    if (!bx_planner_add_image(&r->p.planner, &block) || r->p.planner.lacks_image)
        fail_msg("%s is not read", name);
    return r->p.plan.blocks[r->p.plan.block_count - 1].image;
}

/* A file that stands in the report several times is read once, but drawings are drawn for each of
 * their sizes. */
static void test_image__the_same_file_is_read_once(void **state)
{
    struct pictured r;
    (void)state;
    init(&r);
    const char *plain = hold(&r, "rgb8.png"), *other = hold(&r, "rgb8.png");
    const char *drawing = hold(&r, "plain.svg");
    const struct bx_image *first = add(&r, plain, 10000);
    assert_ptr_not_equal(add(&r, other, 10000), first);
    assert_ptr_equal(add(&r, plain, 20000), first);
    const struct bx_image *small = add(&r, drawing, 10000), *large = add(&r, drawing, 20000);
    assert_ptr_not_equal(small, large);
    assert_true(large->width > small->width);
    assert_ptr_equal(add(&r, plain, 30000), first);
    fini(&r);
}

/* Nothing is found beyond the last block, however many there are. */
static void test_image__many_files(void **state)
{
    struct pictured r;
    (void)state;
    init(&r);
    const struct bx_image *before = NULL;
    for (int i = 0; i < FILES_MOST; i++) {
        const struct bx_image *image = add(&r, hold(&r, "gray1.png"), 5000);
        assert_ptr_not_equal(image, before);
        before = image;
    }
    fini(&r);
}

/* The seal of a file, `diameter` wide by the style. */
static const struct bx_seal *seal(struct pictured *r, const char *name, bx_len diameter)
{
    planning_clear(&r->p);
    r->p.style->signature.seal_diameter = diameter;
    r->p.model.signature.seal_image = name;
    bx_planner_add_seal(&r->p.planner);
    if (!r->p.plan.seal)
        fail_msg("no seal of %s", name);
    return r->p.plan.seal;
}

static bx_len larger_side(const struct bx_seal *seal)
{
    return seal->ink.w > seal->ink.h ? seal->ink.w : seal->ink.h;
}

/* PNG, JPEG and SVG become pixels as large as the seal is; what it is is told and spoken. */
static void test_seal__of_every_kind_of_file(void **state)
{
    static const char *const files[] = {"rgb8.png", "ycc.jpg", "plain.svg"};
    struct pictured r;
    (void)state;
    init(&r);
    for (int i = 0; i < 3; i++) {
        const struct bx_seal *found = seal(&r, hold(&r, files[i]), 120 * BX_PT);
        assert_false(found->image->is_jpeg);
        assert_true(found->image->width > 0 && found->image->height > 0);
        assert_in_range(larger_side(found) + 1 - 120 * BX_PT, 0, 2);
        assert_int_equal(planning_count(&r.p, "SEAL", BX_LEVEL_NOTE), 1);
        const struct bx_element *element = &r.p.plan.structure.elements[found->element];
        assert_int_equal(element->tag, BX_TAG_FIGURE);
        assert_int_equal(element->parent, 0);
        assert_ptr_equal(strstr(element->alt, "某局印章"), element->alt);
    }
    fini(&r);
}

/* A seal is as wide as the type area at most, and as tall as leaves a page six lines for text,
 * organ and date; one that is not is made smaller, which is told. */
static void test_seal__is_no_larger_than_a_page_has_room_for(void **state)
{
    static const struct {
        int lines; /* of the page */
        bx_len most;
    } cases[] = {{22, COLUMNS * HAN}, {20, 14 * PITCH}, {12, 6 * PITCH}, {5, PITCH}};
    struct pictured r;
    (void)state;
    init(&r);
    const char *file = hold(&r, "rgb8.png");
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        for (int beyond = 0; beyond < 2; beyond++) {
            r.p.style->type_area.h = cases[i].lines * PITCH;
            const struct bx_seal *found = seal(&r, file, cases[i].most + beyond);
            assert_in_range(larger_side(found) + 1 - cases[i].most, 0, 2);
            int told = 0;
            for (int k = 0; k < r.p.setting.findings.count; k++)
                told += strcmp(r.p.setting.findings.items[k].where,
                               "/signature/seal/diameter") == 0;
            assert_int_equal(told, beyond);
        }
    fini(&r);
}

int run_pictures(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_image__the_same_file_is_read_once),
        cmocka_unit_test(test_image__many_files),
        cmocka_unit_test(test_seal__of_every_kind_of_file),
        cmocka_unit_test(test_seal__is_no_larger_than_a_page_has_room_for),
    };
    return cmocka_run_group_tests_name("pictures", tests, NULL, NULL);
}

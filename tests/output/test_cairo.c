#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cairo.h>

#include "output/cairo/cairo_out.h"
#include "pdf_sample.h"

int run_cairo(void);

#define DPI 144 /* two pixels a point */

struct picture {
    cairo_surface_t *surface;
    const unsigned char *data;
    int width, height, stride;
};

struct reader {
    const struct bx_buf *bytes;
    size_t at;
};

static cairo_status_t read_bytes(void *closure, unsigned char *data, unsigned len)
{
    struct reader *reader = closure;
    if (reader->bytes->len - reader->at < len)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, reader->bytes->data + reader->at, len);
    reader->at += len;
    return CAIRO_STATUS_SUCCESS;
}

/* Draws a page and reads the PNG back. */
static struct picture draw(const struct bx_pages *pages, int page)
{
    struct bx_err err = {0};
    struct bx_buf png = {0};
    assert_true(bx_cairo_png(&png, pages, page, DPI, &err));
    struct reader reader = {.bytes = &png};
    struct picture picture = {0};
    picture.surface = cairo_image_surface_create_from_png_stream(read_bytes, &reader);
    assert_int_equal(cairo_surface_status(picture.surface), CAIRO_STATUS_SUCCESS);
    picture.data = cairo_image_surface_get_data(picture.surface);
    picture.width = cairo_image_surface_get_width(picture.surface);
    picture.height = cairo_image_surface_get_height(picture.surface);
    picture.stride = cairo_image_surface_get_stride(picture.surface);
    bx_buf_fini(&png);
    return picture;
}

static uint32_t pixel(const struct picture *picture, int x, int y)
{
    uint32_t value;
    memcpy(&value, picture->data + y * picture->stride + 4 * x, sizeof(value));
    return value & 0xFFFFFF;
}

/* The box of all that is darker than half, in pixels: x1 and y1 are the last ones. */
struct box {
    int x0, y0, x1, y1;
};

static struct box find_ink(const struct picture *picture)
{
    struct box box = {.x0 = picture->width, .y0 = picture->height, .x1 = -1, .y1 = -1};
    for (int y = 0; y < picture->height; y++)
        for (int x = 0; x < picture->width; x++) {
            if ((pixel(picture, x, y) & 0xFF) >= 0x80)
                continue;
            box.x0 = x < box.x0 ? x : box.x0;
            box.x1 = x > box.x1 ? x : box.x1;
            box.y0 = y < box.y0 ? y : box.y0;
            box.y1 = y > box.y1 ? y : box.y1;
        }
    return box;
}

/* A sample whose first page is empty. */
static void init_empty(struct bx_sample *sample)
{
    bx_sample_init(sample);
    sample->page[0].mark_count = 0;
}

static void add_fill(struct bx_sample *sample, struct bx_rect rect, struct bx_colour colour)
{
    struct bx_mark *mark = bx_sample_mark(sample, 0, BX_MARK_FILL, BX_ARTIFACT_LAYOUT);
    mark->rect = rect;
    mark->colour = colour;
}

static void test_png__is_the_page_on_white(void **state)
{
    (void)state;
    struct bx_sample sample;
    init_empty(&sample);
    struct picture picture = draw(&sample.pages, 0);
    assert_int_equal(picture.width, 1191); /* 595.28 pt, and the last pixel in part */
    assert_int_equal(picture.height, 1684);
    assert_int_equal(pixel(&picture, 0, 0), 0xFFFFFF);
    assert_int_equal(find_ink(&picture).x1, -1);
    cairo_surface_destroy(picture.surface);
    bx_sample_fini(&sample);
}

static void test_fill__covers_its_rectangle_in_its_colour(void **state)
{
    (void)state;
    struct bx_sample sample;
    init_empty(&sample);
    add_fill(&sample,
             (struct bx_rect){.x = 100 * BX_PT, .y = 50 * BX_PT, .w = 10 * BX_PT, .h = BX_PT},
             (struct bx_colour){.is_gray = true, .r = 0});
    add_fill(&sample, (struct bx_rect){.x = 0, .y = 0, .w = 20 * BX_PT, .h = 20 * BX_PT},
             (struct bx_colour){.r = 776, .g = 851, .b = 945});
    struct picture picture = draw(&sample.pages, 0);
    struct box ink = find_ink(&picture);
    assert_int_equal(ink.x0, 200);
    assert_int_equal(ink.x1, 219);
    assert_int_equal(ink.y0, 100);
    assert_int_equal(ink.y1, 101);
    assert_int_equal(pixel(&picture, 10, 10), 0xC6D9F1);
    assert_int_equal(pixel(&picture, 40, 40), 0xFFFFFF);
    cairo_surface_destroy(picture.surface);
    bx_sample_fini(&sample);
}

/* Where a glyph's ink must be, by the face's own outline; one pixel for the rounding of edges. */
static void
check_ink(const struct picture *picture, const struct bx_run *run, bx_len x, bx_len y)
{
    struct bx_ink ink;
    assert_true(bx_font_ink(run->font, run->glyphs[0].index, &ink));
    bx_len left = x + bx_font_len(run->font, ink.x0, run->size) * run->scale_x_1000 / 1000;
    bx_len right = x + bx_font_len(run->font, ink.x1, run->size) * run->scale_x_1000 / 1000;
    struct box box = find_ink(picture);
    assert_in_range(box.x0 + 1, left / 512, left / 512 + 2);
    assert_in_range(box.x1 + 1, right / 512 - 1, right / 512 + 1);
    assert_in_range(box.y0 + 1, (y - bx_font_len(run->font, ink.y1, run->size)) / 512,
                    (y - bx_font_len(run->font, ink.y1, run->size)) / 512 + 2);
    assert_in_range(box.y1 + 1, (y - bx_font_len(run->font, ink.y0, run->size)) / 512 - 1,
                    (y - bx_font_len(run->font, ink.y0, run->size)) / 512 + 1);
}

static struct bx_mark *set_char(struct bx_sample *sample, const char *text, bool is_vertical)
{
    return bx_sample_set(sample, &(struct bx_sample_text){
                                     .element = BX_ARTIFACT_LAYOUT,
                                     .role = "heiti",
                                     .text = text,
                                     .x = 200 * BX_PT,
                                     .y = 300 * BX_PT,
                                     .size = 80 * BX_PT,
                                     .is_vertical = is_vertical,
                                 });
}

static void test_run__glyph_stands_on_its_pen(void **state)
{
    (void)state;
    struct bx_sample sample;
    init_empty(&sample);
    struct bx_mark *mark = set_char(&sample, "田", false);
    struct picture picture = draw(&sample.pages, 0);
    check_ink(&picture, &mark->run, 200 * BX_PT, 300 * BX_PT);
    cairo_surface_destroy(picture.surface);
    bx_sample_fini(&sample);
}

static void test_run__scale_stretches_to_the_right(void **state)
{
    (void)state;
    struct bx_sample sample;
    init_empty(&sample);
    struct bx_mark *mark = set_char(&sample, "田", false);
    mark->run.scale_x_1000 = 1500;
    struct picture picture = draw(&sample.pages, 0);
    check_ink(&picture, &mark->run, 200 * BX_PT, 300 * BX_PT);
    cairo_surface_destroy(picture.surface);
    bx_sample_fini(&sample);
}

static void test_run__vertical_pen_moves_down(void **state)
{
    (void)state;
    struct bx_sample sample;
    init_empty(&sample);
    /* A blank first glyph: only the second leaves ink, one advance below. */
    struct bx_mark *mark = set_char(&sample, "　田", true);
    struct bx_run second = mark->run;
    second.glyphs = &mark->run.glyphs[1];
    struct picture picture = draw(&sample.pages, 0);
    check_ink(&picture, &second, 200 * BX_PT + second.glyphs->dx,
              300 * BX_PT + mark->run.glyphs[0].advance + second.glyphs->dy);
    cairo_surface_destroy(picture.surface);
    bx_sample_fini(&sample);
}

static void test_run__takes_its_colour(void **state)
{
    (void)state;
    struct bx_sample sample;
    init_empty(&sample);
    struct bx_mark *mark = set_char(&sample, "一", false);
    mark->run.colour = (struct bx_colour){.r = 1000};
    struct picture picture = draw(&sample.pages, 0);
    struct box ink = find_ink(&picture);
    assert_true(ink.x1 >= 0);
    int red_count = 0;
    for (int x = ink.x0; x <= ink.x1; x++)
        red_count += pixel(&picture, x, (ink.y0 + ink.y1) / 2) == 0xFF0000;
    assert_true(red_count > (ink.x1 - ink.x0) / 2);
    cairo_surface_destroy(picture.surface);
    bx_sample_fini(&sample);
}

static void test_image__pixels_fill_the_rectangle(void **state)
{
    (void)state;
    static const unsigned char pixels[12] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0};
    static const unsigned char alpha[4] = {255, 255, 255, 0};
    const struct bx_image image = {.width = 2,
                                   .height = 2,
                                   .components = 3,
                                   .data = pixels,
                                   .data_len = sizeof(pixels),
                                   .alpha = alpha};
    struct bx_sample sample;
    init_empty(&sample);
    struct bx_mark *mark = bx_sample_mark(&sample, 0, BX_MARK_IMAGE, BX_ARTIFACT_LAYOUT);
    mark->rect =
        (struct bx_rect){.x = 10 * BX_PT, .y = 10 * BX_PT, .w = 100 * BX_PT, .h = 50 * BX_PT};
    mark->image = &image;
    struct picture picture = draw(&sample.pages, 0);
    assert_int_equal(pixel(&picture, 40, 30), 0xFF0000);
    assert_int_equal(pixel(&picture, 118, 30), 0xFF0000); /* enlarged, not smoothed */
    assert_int_equal(pixel(&picture, 200, 30), 0x00FF00);
    assert_int_equal(pixel(&picture, 40, 110), 0x0000FF);
    assert_int_equal(pixel(&picture, 200, 110), 0xFFFFFF); /* transparent */
    assert_int_equal(pixel(&picture, 230, 30), 0xFFFFFF);  /* outside */
    cairo_surface_destroy(picture.surface);
    bx_sample_fini(&sample);
}

/* A square of 40 pt, 10 pt inside a box at 10, 10, then a line across it that a clip cuts off. */
static void test_path__is_filled_and_stroked_within_its_clip(void **state)
{
    (void)state;
    const struct bx_step square[] = {
        {BX_STEP_MOVE, {{10 * BX_PT, 10 * BX_PT}}},
        {BX_STEP_LINE, {{50 * BX_PT, 10 * BX_PT}}},
        {BX_STEP_LINE, {{50 * BX_PT, 50 * BX_PT}}},
        {BX_STEP_LINE, {{10 * BX_PT, 50 * BX_PT}}},
        {.kind = BX_STEP_CLOSE},
    };
    const struct bx_step across[] = {
        {BX_STEP_MOVE, {{0, 30 * BX_PT}}},
        {BX_STEP_LINE, {{60 * BX_PT, 30 * BX_PT}}},
    };
    const struct bx_path fill = {.steps = square, .step_count = 5, .colour = {.r = 1000}};
    const struct bx_path line = {
        .steps = across,
        .step_count = 2,
        .clip = square,
        .clip_count = 5,
        .is_stroked = true,
        .width = 4 * BX_PT,
        .colour = {.b = 1000},
    };
    struct bx_sample sample;
    init_empty(&sample);
    const struct bx_rect box = {10 * BX_PT, 10 * BX_PT, 60 * BX_PT, 60 * BX_PT};
    struct bx_mark *mark = bx_sample_mark(&sample, 0, BX_MARK_PATH, BX_ARTIFACT_LAYOUT);
    mark->rect = box;
    mark->path = &fill;
    mark = bx_sample_mark(&sample, 0, BX_MARK_PATH, BX_ARTIFACT_LAYOUT);
    mark->rect = box;
    mark->path = &line;
    struct picture picture = draw(&sample.pages, 0);
    assert_int_equal(pixel(&picture, 2 * 25, 2 * 25), 0xFF0000);
    assert_int_equal(pixel(&picture, 2 * 57, 2 * 57), 0xFF0000);
    assert_int_equal(pixel(&picture, 2 * 40, 2 * 40), 0x0000FF);
    assert_int_equal(pixel(&picture, 2 * 15, 2 * 40), 0xFFFFFF); /* clipped */
    assert_int_equal(pixel(&picture, 2 * 65, 2 * 40), 0xFFFFFF);
    cairo_surface_destroy(picture.surface);
    bx_sample_fini(&sample);
}

static void test_image__a_broken_jpeg_is_refused_not_left_out(void **state)
{
    (void)state;
    const struct bx_image image = {
        .width = 1, .height = 1, .components = 3, .data = "", .is_jpeg = true};
    struct bx_sample sample;
    init_empty(&sample);
    bx_sample_mark(&sample, 0, BX_MARK_IMAGE, BX_ARTIFACT_LAYOUT)->image = &image;
    struct bx_buf png = {0};
    struct bx_err err = {0};
    assert_false(bx_cairo_png(&png, &sample.pages, 0, DPI, &err));
    assert_int_equal(err.code, BX_E_WRITE);
    assert_int_equal(png.len, 0);
    bx_sample_fini(&sample);
}

static void test_face__that_cannot_be_opened_fails(void **state)
{
    (void)state;
    struct bx_sample sample;
    init_empty(&sample);
    struct bx_mark *mark = set_char(&sample, "田", false);
    struct bx_font lost = *mark->run.font;
    lost.path = "/nonexistent/face.otf";
    mark->run.font = &lost;
    struct bx_buf png = {0};
    struct bx_err err = {0};
    assert_false(bx_cairo_png(&png, &sample.pages, 0, DPI, &err));
    assert_int_equal(err.code, BX_E_FONT);
    assert_string_equal(err.file, "/nonexistent/face.otf");
    bx_sample_fini(&sample);
}

static void test_png__too_many_pixels_fail(void **state)
{
    (void)state;
    struct bx_sample sample;
    init_empty(&sample);
    sample.page[0].width = 2000000 * 1024;
    struct bx_buf png = {0};
    struct bx_err err = {0};
    assert_false(bx_cairo_png(&png, &sample.pages, 0, 1200, &err));
    assert_int_equal(err.code, BX_E_WRITE);
    bx_sample_fini(&sample);
}

static void test_svg__same_bytes_whatever_was_drawn_before(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    struct bx_err err = {0};
    struct bx_buf first = {0}, other = {0}, again = {0};
    int last = sample.pages.page_count - 1;
    assert_true(bx_cairo_svg(&first, &sample.pages, last, &err));
    assert_true(bx_cairo_svg(&other, &sample.pages, 0, &err));
    assert_true(bx_cairo_svg(&again, &sample.pages, last, &err));
    assert_int_equal(first.len, again.len);
    assert_memory_equal(first.data, again.data, first.len);
    assert_non_null(strstr(first.data, "<svg"));
    assert_non_null(strstr(first.data, "width=\"595.27"));
    bx_buf_fini(&first);
    bx_buf_fini(&other);
    bx_buf_fini(&again);
    bx_sample_fini(&sample);
}

int run_cairo(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_png__is_the_page_on_white),
        cmocka_unit_test(test_fill__covers_its_rectangle_in_its_colour),
        cmocka_unit_test(test_run__glyph_stands_on_its_pen),
        cmocka_unit_test(test_run__scale_stretches_to_the_right),
        cmocka_unit_test(test_run__vertical_pen_moves_down),
        cmocka_unit_test(test_run__takes_its_colour),
        cmocka_unit_test(test_image__pixels_fill_the_rectangle),
        cmocka_unit_test(test_path__is_filled_and_stroked_within_its_clip),
        cmocka_unit_test(test_image__a_broken_jpeg_is_refused_not_left_out),
        cmocka_unit_test(test_face__that_cannot_be_opened_fails),
        cmocka_unit_test(test_png__too_many_pixels_fail),
        cmocka_unit_test(test_svg__same_bytes_whatever_was_drawn_before),
    };
    return cmocka_run_group_tests_name("cairo", tests, NULL, NULL);
}

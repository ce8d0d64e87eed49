#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "output/pdf/gray.h"
#include "output/pdf/pdf.h"
#include "pdf_sample.h"

int run_pdf_profiles(void);

/* A sample of one profile, and what is told of it. */
static void write_sample(struct bx_buf *file, const char *profile, struct bx_pdf_census *census)
{
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    const struct bx_pdf_options options = {
        .profile = bx_pdf_profile_find(profile),
        .producer = "Banxin test",
        .data_dir = BX_SOURCE_DIR "/layouts/icc",
    };
    const struct bx_pdf_told told = {.census = census};
    struct bx_err err = {0};
    assert_non_null(options.profile);
    if (!bx_pdf_write(file, &sample.pages, &options, &told, &err))
        fail_msg("%s: %s", profile, err.what);
    bx_sample_fini(&sample);
}

static bool holds(const struct bx_buf *file, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i + len <= file->len; i++)
        if (memcmp(file->data + i, text, len) == 0)
            return true;
    return false;
}

static void test_profile__claims_stand_in_the_metadata(void **state)
{
    (void)state;
    static const struct {
        const char *profile, *header, *claims;
    } cases[] = {
        {"archive", "%PDF-1.7\n",
         " pdfaid:part=\"3\" pdfaid:conformance=\"A\" pdfuaid:part=\"1\" pdf:"},
        {"archive-2a", "%PDF-1.7\n",
         " pdfaid:part=\"2\" pdfaid:conformance=\"A\" pdfuaid:part=\"1\" pdf:"},
        {"archive-4f", "%PDF-2.0\n",
         " pdfaid:part=\"4\" pdfaid:rev=\"2020\" pdfaid:conformance=\"F\" pdfuaid:part=\"2\""
         " pdfuaid:rev=\"2024\" pdf:"},
        {"print", "%PDF-1.7\n",
         " pdfaid:part=\"3\" pdfaid:conformance=\"A\" pdfuaid:part=\"1\" pdf:"},
    };
    assert_int_equal(bx_pdf_profile_count(), sizeof(cases) / sizeof(cases[0]));
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bx_buf file = {0};
        write_sample(&file, cases[i].profile, NULL);
        assert_memory_equal(file.data, cases[i].header, strlen(cases[i].header));
        assert_true(holds(&file, cases[i].claims));
        bool declares = holds(&file, "wtpdf#reuse1.0");
        assert_int_equal(declares, strcmp(cases[i].profile, "archive-4f") == 0);
        bx_buf_fini(&file);
    }
}

static void test_profile__of_another_name_is_none(void **state)
{
    (void)state;
    assert_null(bx_pdf_profile_find("screen"));
    assert_null(bx_pdf_profile_find(""));
    assert_string_equal(bx_pdf_profile_at(0)->name, "archive");
}

static void test_census__adds_up_to_the_file(void **state)
{
    (void)state;
    for (int i = 0; i < bx_pdf_profile_count(); i++) {
        struct bx_buf file = {0};
        struct bx_pdf_census census = {0};
        write_sample(&file, bx_pdf_profile_at(i)->name, &census);
        size_t sum = 0;
        for (int k = 0; k < BX_PDF_KIND_COUNT; k++)
            sum += census.stored[k];
        assert_int_equal(sum, file.len);
        assert_true(census.stored[BX_PDF_KIND_FONTS] > census.stored[BX_PDF_KIND_PAGES]);
        assert_true(census.objects[BX_PDF_KIND_STRUCTURE] > 10);
        assert_int_equal(census.objects[BX_PDF_KIND_METADATA], 1);
        bx_buf_fini(&file);
    }
}

static int gray_of(int r, int g, int b)
{
    const struct bx_colour colour = {.r = (int16_t)r, .g = (int16_t)g, .b = (int16_t)b};
    struct bx_colour gray = bx_pdf_gray(&colour);
    assert_true(gray.is_gray);
    return gray.r;
}

static void test_gray__has_the_lightness_of_the_colour(void **state)
{
    (void)state;
    assert_int_equal(gray_of(0, 0, 0), 0);
    assert_int_equal(gray_of(1000, 1000, 1000), 1000);
    assert_int_equal(gray_of(500, 500, 500), 500);
    /* Luminance 0.6803 of #C6D9F1 is that of 0.8432; red's 0.2126 that of 0.4985. */
    assert_in_range(gray_of(776, 851, 945), 842, 844);
    assert_in_range(gray_of(1000, 0, 0), 498, 499);
    const struct bx_colour gray = {.is_gray = true, .r = 123};
    assert_int_equal(bx_pdf_gray(&gray).r, 123);
}

static void test_gray__pixels_and_colours_agree(void **state)
{
    (void)state;
    static const uint8_t rgb[] = {0, 0, 0, 255, 255, 255, 198, 217, 241, 255, 0, 0, 9, 9, 9};
    uint8_t grays[5];
    bx_pdf_gray_pixels(grays, rgb, 5);
    for (int i = 0; i < 5; i++) {
        int wanted = gray_of(rgb[3 * i] * 1000 / 255, rgb[3 * i + 1] * 1000 / 255,
                             rgb[3 * i + 2] * 1000 / 255) *
                     255 / 1000;
        assert_in_range(grays[i] + 2, wanted, wanted + 4);
    }
}

int run_pdf_profiles(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_profile__claims_stand_in_the_metadata),
        cmocka_unit_test(test_profile__of_another_name_is_none),
        cmocka_unit_test(test_census__adds_up_to_the_file),
        cmocka_unit_test(test_gray__has_the_lightness_of_the_colour),
        cmocka_unit_test(test_gray__pixels_and_colours_agree),
    };
    return cmocka_run_group_tests_name("pdf_profiles", tests, NULL, NULL);
}

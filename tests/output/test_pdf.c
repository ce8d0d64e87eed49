#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libdeflate.h>

#include "base/digest.h"
#include "base/file.h"
#include "output/dump.h"
#include "output/pdf/pdf.h"
#include "pdf_sample.h"

int run_pdf(void);

static const struct bx_attachment ATTACHMENTS[] = {
    {.name = "report.json",
     .mime = "application/json",
     .description = "报告数据",
     .relationship = "Source",
     .data = "{\"year\": 2019}\n",
     .len = 15},
    {.name = "applications.csv",
     .mime = "text/csv",
     .description = "表格",
     .relationship = "Data",
     .data = "a,b\r\n",
     .len = 5},
};

static const struct bx_pdf_options OPTIONS = {
    .producer = "Banxin test",
    .date = "2020-01-23T00:00:00+08:00",
    .attachments = ATTACHMENTS,
    .attachment_count = 2,
    .data_dir = BX_SOURCE_DIR "/layouts/icc",
};

/* The file of a sample; the caller frees it. */
static struct bx_buf write_with(const struct bx_sample *sample,
                                const struct bx_pdf_options *options)
{
    struct bx_buf file = {0};
    struct bx_err err = {0};
    bool is_done = bx_pdf_write(&file, &sample->pages, options, NULL, &err);
    if (!is_done)
        print_error("%s: %s\n", err.where, err.what);
    assert_true(is_done);
    return file;
}

/* All streams of a file inflated, and what stands between them: a text to search in. */
static struct bx_buf inflate(const struct bx_buf *file)
{
    static char room[4 << 20];
    struct bx_buf text = {0};
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    size_t at = 0;
    for (;;) {
        const char *stream = NULL;
        for (size_t i = at; i + 8 < file->len && !stream; i++)
            if (memcmp(file->data + i, ">>\nstream\n", 10) == 0)
                stream = file->data + i;
        if (!stream)
            break;
        size_t head = (size_t)(stream - file->data);
        bx_buf_add(&text, file->data + at, head - at);
        const char *length = stream;
        while (strncmp(length, "/Length ", 8) != 0)
            length--;
        size_t len = strtoul(length + 8, NULL, 10), got = 0;
        const char *data = stream + 10;
        if (strncmp(stream - 12, "/FlateDecode", 12) == 0) {
            assert_int_equal(
                libdeflate_zlib_decompress(inflater, data, len, room, sizeof(room), &got), 0);
            bx_buf_add(&text, room, got);
        } else {
            bx_buf_add(&text, data, len);
        }
        at = head + 10 + len;
    }
    bx_buf_add(&text, file->data + at, file->len - at);
    libdeflate_free_decompressor(inflater);
    return text;
}

static const char *find_in(const struct bx_buf *text, const char *what)
{
    size_t len = strlen(what);
    for (size_t i = 0; i + len <= text->len; i++)
        if (memcmp(text->data + i, what, len) == 0)
            return text->data + i;
    fail_msg("%s is not there", what);
    return NULL;
}

static int count_of(const struct bx_buf *text, const char *what)
{
    int count = 0;
    size_t len = strlen(what);
    for (size_t i = 0; i + len <= text->len; i++)
        count += memcmp(text->data + i, what, len) == 0;
    return count;
}

static void keep(const char *folder, const char *name, const struct bx_buf *bytes)
{
    char path[1024];
    struct bx_err err = {0};
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_true(bx_file_write(path, bytes->data, bytes->len, &err));
}

/* A sample with its third page, as inflated text; state of most tests. */
static int open_sample(void **state)
{
    static struct bx_sample sample;
    static struct bx_buf text;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    struct bx_buf file = write_with(&sample, &OPTIONS);
    const char *folder = getenv("BX_KEEP_SAMPLE"); /* set by tests/pdf/check_sample.py */
    if (folder) {
        struct bx_buf dump = {0};
        bx_dump_pages(&dump, &sample.pages);
        keep(folder, "sample.pdf", &file);
        keep(folder, "sample.txt", &dump);
        bx_buf_fini(&dump);
    }
    text = inflate(&file);
    bx_buf_fini(&file);
    bx_sample_fini(&sample);
    *state = &text;
    return 0;
}

static int close_sample(void **state)
{
    bx_buf_fini(*state);
    return 0;
}

static void test_pdf__same_pages_same_bytes(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    struct bx_buf first = write_with(&sample, &OPTIONS), second = write_with(&sample, &OPTIONS);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    bx_buf_fini(&first);
    bx_buf_fini(&second);
    bx_sample_fini(&sample);
}

static void test_pdf__a_helper_changes_no_byte(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    struct bx_pdf_options options = OPTIONS;
    struct bx_buf alone = write_with(&sample, &options);
    options.has_helper = true;
    struct bx_buf helped = write_with(&sample, &options);
    assert_int_equal(alone.len, helped.len);
    assert_memory_equal(alone.data, helped.data, alone.len);
    bx_buf_fini(&alone);
    bx_buf_fini(&helped);
    bx_sample_fini(&sample);
}

static bool is_unwanted(void *context)
{
    (void)context;
    return true;
}

/* The question comes when the helper has begun. */
static void test_pdf__called_off_with_a_helper_at_work(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    const struct bx_cancel cancel = {.is_cancelled = is_unwanted};
    struct bx_pdf_options options = OPTIONS;
    options.has_helper = true;
    options.cancel = &cancel;
    struct bx_buf file = {0};
    struct bx_err err = {0};
    assert_false(bx_pdf_write(&file, &sample.pages, &options, NULL, &err));
    assert_int_equal(err.code, BX_E_CANCELLED);
    assert_int_equal(file.len, 0);
    bx_sample_fini(&sample);
}

static void test_pdf__begins_and_ends_as_6_1_2_and_6_1_3(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    struct bx_buf file = write_with(&sample, &OPTIONS);
    assert_memory_equal(file.data, "%PDF-1.7\n%", 10);
    for (int i = 10; i < 14; i++)
        assert_true((unsigned char)file.data[i] > 127);
    assert_memory_equal(file.data + file.len - 6, "%%EOF\n", 6);
    bx_buf_fini(&file);
    bx_sample_fini(&sample);
}

/* Programs taken from a file before are those that would be made: of the same glyphs, then of
 * others of the same faces; with a second thread too. */
static void test_pdf__kept_programs_change_nothing(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    struct bx_pdf_options options = OPTIONS;
    options.kept = bx_pdf_kept_new();
    for (int i = 0; i < 6; i++) {
        if (i == 3)
            bx_sample_add_extras(&sample);
        options.has_helper = i % 3 == 2;
        struct bx_buf wanted = write_with(&sample, &OPTIONS);
        struct bx_buf file = write_with(&sample, &options);
        assert_int_equal(file.len, wanted.len);
        assert_memory_equal(file.data, wanted.data, wanted.len);
        bx_buf_fini(&wanted);
        bx_buf_fini(&file);
    }
    bx_pdf_kept_free(options.kept);
    bx_sample_fini(&sample);
}

static void test_pdf__another_text_another_id(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    struct bx_buf first = write_with(&sample, &OPTIONS);
    sample.pages.meta.organ = "某县人民政府";
    struct bx_buf second = write_with(&sample, &OPTIONS);
    const char *a = find_in(&first, "/ID[<"), *b = find_in(&second, "/ID[<");
    assert_memory_not_equal(a, b, 5 + 32);
    assert_memory_equal(a + 5, a + 5 + 34, 32); /* both halves are the same in a new file */
    bx_buf_fini(&first);
    bx_buf_fini(&second);
    bx_sample_fini(&sample);
}

static void test_pdf__without_date_none_is_written(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    struct bx_pdf_options options = OPTIONS;
    options.date = NULL;
    struct bx_buf file = write_with(&sample, &options), text = inflate(&file);
    assert_int_equal(count_of(&text, "Date="), 0);
    assert_int_equal(count_of(&text, "dc:date"), 0);
    assert_int_equal(count_of(&text, "ModDate"), 0);
    bx_buf_fini(&text);
    bx_buf_fini(&file);
    bx_sample_fini(&sample);
}

static void test_pdf__every_mark_is_content_or_artifact(void **state)
{
    const struct bx_buf *text = *state;
    assert_int_equal(count_of(text, "/H1<</MCID 0>>BDC"), 1);
    assert_int_equal(count_of(text, "/H2<</MCID 1>>BDC"), 1);
    /* Two lines of one paragraph are one sequence; on the next page it has another. */
    assert_int_equal(count_of(text, "/P<</MCID 2>>BDC\n"), 2);
    assert_int_equal(count_of(text, "/Artifact<</Type/Pagination/Subtype/Footer>>BDC"), 2);
    assert_int_equal(count_of(text, "/Artifact<</Type/Layout>>BDC"), 1);
    assert_int_equal(count_of(text, " BDC\n") + count_of(text, ">>BDC\n"),
                     count_of(text, "EMC\n"));
    assert_int_equal(count_of(text, "BT\n"), count_of(text, "ET\n"));
}

static void test_pdf__black_is_gray_and_only_the_band_has_colour(void **state)
{
    const struct bx_buf *text = *state;
    assert_int_equal(count_of(text, "0.776 0.851 0.945 rg\n"), 1);
    assert_int_equal(count_of(text, " rg\n"), 1);
    assert_int_equal(count_of(text, "0 g\n"), 1); /* after the band; a page starts black */
}

static void test_pdf__another_text_of_a_glyph_stands_under_actual_text(void **state)
{
    const struct bx_buf *text = *state;
    /* ︑ is U+FE11: in a sibling sequence of the paragraph, and inside an artifact; —— besides —
     * of the page numbers. Each has a code of its own as well. */
    assert_int_equal(count_of(text, "/Span<</MCID "), 2);
    assert_int_equal(count_of(text, "/Span<</ActualText(\xFE\xFF\xFE\x11)>>BDC"), 1);
    assert_int_equal(count_of(text, "/ActualText"), 3);
    assert_int_equal(count_of(text, "<FE11>"), 1);
    assert_int_equal(count_of(text, "<20142014>"), 1);
    assert_int_equal(count_of(text, "<2014>"), 1);
}

static void test_pdf__a_cell_names_all_its_heads(void **state)
{
    const struct bx_buf *text = *state;
    assert_int_equal(count_of(text, "/Scope/Column"), 2);
    assert_int_equal(count_of(text, "/Scope/Row"), 1);
    const char *heads = "/Headers[(,)(+)]";
    assert_int_equal(count_of(text, heads), 1);
    assert_int_equal(count_of(text, "/ID(+)"), 1);
    assert_int_equal(count_of(text, "/ID(,)"), 1);
    assert_int_equal(count_of(text, "/ID(*)"), 1); /* a head that no cell names */
    assert_int_equal(count_of(text, "/Limits[(*)(,)]"), 1);
}

static void test_pdf__attachments_are_named_typed_and_summed(void **state)
{
    const struct bx_buf *text = *state;
    unsigned char md5[BX_MD5_LEN];
    char sum[64] = "/Params<</Size 15/CheckSum<";
    bx_md5(md5, ATTACHMENTS[0].data, ATTACHMENTS[0].len);
    for (int i = 0; i < BX_MD5_LEN; i++)
        snprintf(sum + strlen(sum), 3, "%02x", md5[i]);
    assert_int_equal(count_of(text, sum), 1);
    assert_int_equal(count_of(text, "/Subtype/application#2Fjson"), 1);
    assert_int_equal(count_of(text, "/AFRelationship/Source"), 1);
    assert_int_equal(count_of(text, "/AFRelationship/Data"), 1);
    assert_int_equal(count_of(text, "/ModDate(D:20200123000000+08'00')"), 2);
    assert_int_equal(count_of(text, "/EmbeddedFiles<</Names[(applications.csv)"), 1);
}

static void test_pdf__a_link_is_part_of_its_element_and_prints(void **state)
{
    const struct bx_buf *text = *state;
    assert_int_equal(count_of(text, "/F 4/"), 1);
    assert_int_equal(count_of(text, "/StructParent 3/"), 1); /* behind the three pages */
    assert_int_equal(count_of(text, "<</Type/OBJR/"), 1);
    assert_int_equal(
        count_of(text, "/URI(https://www.example.gov.cn/%E5%85%AC%E5%BC%80?a=\\(1\\))"), 1);
    assert_int_equal(count_of(text, "/Tabs/S"), 3);
}

static void test_pdf__a_jpeg_goes_in_as_it_is(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    static const char jpeg[] = "\xFF\xD8 not a picture, but nobody decodes it here \xFF\xD9";
    sample.images[0].data = jpeg;
    sample.images[0].data_len = sizeof(jpeg) - 1;
    sample.images[0].is_jpeg = true;
    struct bx_buf file = write_with(&sample, &OPTIONS);
    assert_int_equal(count_of(&file, "/Filter/DCTDecode"), 1);
    assert_int_equal(count_of(&file, jpeg), 1);
    bx_buf_fini(&file);
    bx_sample_fini(&sample);
}

/* Two marks of one figure: a filled triangle and a dashed line through a clip. */
static void test_pdf__paths_are_drawn_within_their_figures_box(void **state)
{
    (void)state;
    const struct bx_step steps[] = {
        {BX_STEP_MOVE, {{0, 0}}},
        {BX_STEP_LINE, {{10 * BX_PT, 0}}},
        {BX_STEP_CURVE, {{10 * BX_PT, BX_PT}, {9 * BX_PT, 2 * BX_PT}, {0, 2 * BX_PT}}},
        {.kind = BX_STEP_CLOSE},
    };
    const struct bx_path fill = {
        .steps = steps, .step_count = 4, .colour = {.r = 776, .g = 851, .b = 945}};
    const struct bx_path line = {
        .steps = steps,
        .step_count = 2,
        .clip = steps,
        .clip_count = 4,
        .is_stroked = true,
        .width = BX_PT / 2,
        .dash_on = 3 * BX_PT,
        .dash_off = BX_PT,
        .colour = {.is_gray = true},
    };
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    int figure = bx_sample_element(&sample, BX_TAG_FIGURE, sample.section);
    sample.elements[figure].alt = "两个图形";
    struct bx_mark *mark = bx_sample_mark(&sample, 2, BX_MARK_PATH, figure);
    bx_len bottom = sample.page[2].height;
    mark->path = &fill;
    mark->rect = (struct bx_rect){100 * BX_PT, bottom - 50 * BX_PT, 10 * BX_PT, 2 * BX_PT};
    mark = bx_sample_mark(&sample, 2, BX_MARK_PATH, figure);
    mark->path = &line;
    mark->rect = (struct bx_rect){120 * BX_PT, bottom - 60 * BX_PT, 10 * BX_PT, 2 * BX_PT};
    struct bx_buf file = write_with(&sample, &OPTIONS), text = inflate(&file);
    find_in(&text,
            "0.776 0.851 0.945 rg\nq\n100 50 m\n110 50 l\n110 49 109 48 100 48 c\nh\nf\nQ\n"
            "q\n120 60 m\n130 60 l\n130 59 129 58 120 58 c\nh\nW n\n"
            "0 G\n0.5 w 1 j\n[3 1]0 d\n120 60 m\n130 60 l\nS\nQ\n");
    find_in(&text, "/A<</O/Layout/Placement/Block/BBox[100 48 130 60]>>");
    bx_buf_fini(&text);
    bx_buf_fini(&file);
    bx_sample_fini(&sample);
}

static void test_pdf__page_labels_follow_the_printed_numbers(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    sample.page[1].number = 5;
    sample.page[2].number = 6;
    struct bx_buf file = write_with(&sample, &OPTIONS), text = inflate(&file);
    assert_int_equal(count_of(&text, "/PageLabels<</Nums[0<</S/D>>1<</S/D/St 5>>]>>"), 1);
    bx_buf_fini(&text);
    bx_buf_fini(&file);
    bx_sample_fini(&sample);
}

static void test_pdf__without_profile_nothing_is_written(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    struct bx_pdf_options options = OPTIONS;
    options.data_dir = BX_SOURCE_DIR "/no-such-folder";
    struct bx_buf file = {0};
    struct bx_err err = {0};
    assert_false(bx_pdf_write(&file, &sample.pages, &options, NULL, &err));
    assert_int_equal(err.code, BX_E_READ);
    assert_null(file.data);
    bx_sample_fini(&sample);
}

int run_pdf(void)
{
    const struct CMUnitTest own[] = {
        cmocka_unit_test(test_pdf__same_pages_same_bytes),
        cmocka_unit_test(test_pdf__a_helper_changes_no_byte),
        cmocka_unit_test(test_pdf__called_off_with_a_helper_at_work),
        cmocka_unit_test(test_pdf__begins_and_ends_as_6_1_2_and_6_1_3),
        cmocka_unit_test(test_pdf__another_text_another_id),
        cmocka_unit_test(test_pdf__kept_programs_change_nothing),
        cmocka_unit_test(test_pdf__without_date_none_is_written),
        cmocka_unit_test(test_pdf__a_jpeg_goes_in_as_it_is),
        cmocka_unit_test(test_pdf__paths_are_drawn_within_their_figures_box),
        cmocka_unit_test(test_pdf__page_labels_follow_the_printed_numbers),
        cmocka_unit_test(test_pdf__without_profile_nothing_is_written),
    };
    const struct CMUnitTest shared[] = {
        cmocka_unit_test(test_pdf__every_mark_is_content_or_artifact),
        cmocka_unit_test(test_pdf__black_is_gray_and_only_the_band_has_colour),
        cmocka_unit_test(test_pdf__another_text_of_a_glyph_stands_under_actual_text),
        cmocka_unit_test(test_pdf__a_cell_names_all_its_heads),
        cmocka_unit_test(test_pdf__attachments_are_named_typed_and_summed),
        cmocka_unit_test(test_pdf__a_link_is_part_of_its_element_and_prints),
    };
    int failed = cmocka_run_group_tests_name("pdf", own, NULL, NULL);
    return failed +
           cmocka_run_group_tests_name("pdf_sample", shared, open_sample, close_sample);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>

#include "banxin.h"

int run_banxin(void);

#define SAMPLE BX_TESTS_DIR "/examples/changsha-hitech-2019.json"
#define OTHER  BX_TESTS_DIR "/examples/hongze-2024.json"

/* Renders a file with an engine. */
static struct bx_bytes render(struct bx_engine *engine, const char *path)
{
    struct bx_bytes pdf = {0};
    struct bx_report *report = bx_report_new(engine, NULL);
    bx_report_read_file(report, path);
    if (bx_report_render(report, &pdf) != BX_STATUS_DONE)
        pdf = (struct bx_bytes){0};
    bx_report_free(report);
    return pdf;
}

static void test_engine__reports_do_not_touch_each_other(void **state)
{
    (void)state;
    struct bx_engine *engine = bx_engine_new(NULL);
    struct bx_bytes first = render(engine, SAMPLE);
    struct bx_bytes other = render(engine, OTHER);
    struct bx_bytes again = render(engine, SAMPLE);
    bx_engine_free(engine);
    assert_true(first.len > 0 && other.len > 0);
    assert_int_equal(first.len, again.len);
    assert_memory_equal(first.data, again.data, first.len);
    bx_bytes_fini(&first);
    bx_bytes_fini(&other);
    bx_bytes_fini(&again);
}

static void *render_alone(void *path)
{
    struct bx_engine *engine = bx_engine_new(NULL);
    struct bx_bytes *pdf = malloc(sizeof(*pdf));
    if (!pdf)
        abort();
    *pdf = render(engine, path);
    bx_engine_free(engine);
    return pdf;
}

static void test_engine__threads_with_one_each_give_the_same_bytes(void **state)
{
    (void)state;
    static char path[] = SAMPLE;
    pthread_t threads[2];
    struct bx_bytes *pdfs[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, render_alone, path), 0);
    for (int i = 0; i < 2; i++) {
        void *result;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        pdfs[i] = result;
    }
    assert_true(pdfs[0]->len > 0);
    assert_int_equal(pdfs[0]->len, pdfs[1]->len);
    assert_memory_equal(pdfs[0]->data, pdfs[1]->data, pdfs[0]->len);
    for (int i = 0; i < 2; i++) {
        bx_bytes_fini(pdfs[i]);
        free(pdfs[i]);
    }
}

static void test_report__tells_why_it_was_not_read(void **state)
{
    (void)state;
    struct bx_engine *engine = bx_engine_new(NULL);
    struct bx_report *report = bx_report_new(engine, NULL);
    assert_int_equal(bx_report_read(report, "{", 1, "half.json"), BX_STATUS_READ);
    const struct bx_findings *list = bx_report_findings(report);
    assert_int_equal(bx_findings_count(list), 1);
    const struct bx_finding *finding = bx_findings_at(list, 0);
    assert_int_equal(bx_finding_level(finding), BX_FINDING_ERROR);
    assert_string_equal(bx_finding_code(finding), "JSON");
    assert_string_equal(bx_finding_file(finding), "half.json");
    assert_int_equal(bx_finding_page(finding), 0);
    assert_true(bx_finding_zh(finding)[0] && bx_finding_en(finding)[0]);

    /* All that comes later says the same and touches nothing. */
    struct bx_bytes out = {.len = 77};
    assert_int_equal(bx_report_check(report), BX_STATUS_READ);
    assert_int_equal(bx_report_typeset(report), BX_STATUS_READ);
    assert_int_equal(bx_report_render(report, &out), BX_STATUS_READ);
    assert_int_equal(bx_report_dump(report, BX_STAGE_MODEL, &out), BX_STATUS_READ);
    assert_int_equal(bx_report_preview(report, 0, BX_PICTURE_PNG, 96, &out), BX_STATUS_READ);
    assert_int_equal(bx_report_page_count(report), 0);
    assert_int_equal(bx_findings_count(list), 1);
    assert_null(out.data);
    assert_int_equal(out.len, 77);
    bx_report_free(report);
    bx_engine_free(engine);
}

static void test_engine__without_layouts_says_so_each_time(void **state)
{
    (void)state;
    const struct bx_engine_options options = {.layouts_dir = "/nonexistent"};
    struct bx_engine *engine = bx_engine_new(&options);
    for (int i = 0; i < 2; i++) {
        struct bx_report *report = bx_report_new(engine, NULL);
        assert_int_equal(bx_report_read_file(report, SAMPLE), BX_STATUS_LAYOUT);
        assert_int_equal(bx_findings_count(bx_report_findings(report)), 1);
        bx_report_free(report);
    }
    struct bx_bytes out = {0};
    assert_int_equal(bx_engine_forms(engine, false, &out), BX_STATUS_LAYOUT);
    assert_null(out.data);
    bx_engine_free(engine);
}

static void test_engine__without_fonts_checks_and_does_not_render(void **state)
{
    (void)state;
    const struct bx_engine_options options = {.fonts_dir = "/nonexistent"};
    struct bx_engine *engine = bx_engine_new(&options);
    struct bx_report *report = bx_report_new(engine, NULL);
    assert_int_equal(bx_report_read_file(report, SAMPLE), BX_STATUS_DONE);
    assert_int_equal(bx_report_check(report), BX_STATUS_DONE);
    struct bx_bytes out = {0};
    assert_int_not_equal(bx_report_render(report, &out), BX_STATUS_DONE);
    assert_null(out.data);
    bx_report_free(report);
    bx_engine_free(engine);
}

static void test_free__takes_nothing(void **state)
{
    (void)state;
    bx_report_free(NULL);
    bx_engine_free(NULL);
    bx_bytes_fini(NULL);
    struct bx_bytes none = {0};
    bx_bytes_fini(&none);
    assert_null(none.data);
}

static void test_version__header_and_library_agree(void **state)
{
    (void)state;
    int major, minor, patch;
    assert_int_equal(sscanf(bx_version(), "%d.%d.%d", &major, &minor, &patch), 3);
    assert_int_equal(major, BX_VERSION_MAJOR);
    assert_int_equal(minor, BX_VERSION_MINOR);
    assert_int_equal(patch, BX_VERSION_PATCH);
}

int run_banxin(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_engine__reports_do_not_touch_each_other),
        cmocka_unit_test(test_engine__threads_with_one_each_give_the_same_bytes),
        cmocka_unit_test(test_report__tells_why_it_was_not_read),
        cmocka_unit_test(test_engine__without_layouts_says_so_each_time),
        cmocka_unit_test(test_engine__without_fonts_checks_and_does_not_render),
        cmocka_unit_test(test_free__takes_nothing),
        cmocka_unit_test(test_version__header_and_library_agree),
    };
    return cmocka_run_group_tests_name("banxin", tests, NULL, NULL);
}

/* Who watches an engine: is told what is found, and may call the work off; and a PDF in pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "banxin.h"

int run_watch(void);

#define SAMPLE BX_TESTS_DIR "/examples/changsha-hitech-2019.json"
#define OTHER  BX_TESTS_DIR "/examples/hongze-2024.json" /* has a warning, C5 */

/* Asks for the end at the question number `last`, from 0; -1: never. */
struct watcher {
    int asked, last;
    int told, errors, warnings;
    const struct bx_report *report;
    bool is_in_order;
};

static bool is_over(void *context)
{
    struct watcher *watcher = context;
    return watcher->asked++ == watcher->last;
}

static void hear(void *context, const struct bx_finding *finding)
{
    struct watcher *watcher = context;
    const struct bx_findings *list = bx_report_findings(watcher->report);
    watcher->is_in_order &= bx_findings_at(list, watcher->told) == finding;
    watcher->told++;
    watcher->errors += bx_finding_level(finding) == BX_FINDING_ERROR;
    watcher->warnings += bx_finding_level(finding) == BX_FINDING_WARNING;
}

static enum bx_status render(struct bx_engine *engine,
                             struct watcher *watcher,
                             const char *path,
                             bool is_strict,
                             struct bx_bytes *out)
{
    const struct bx_watch watch = {.is_cancelled = is_over, .tell = hear, .context = watcher};
    struct bx_report *report =
        bx_report_new(engine, &(struct bx_report_options){.is_strict = is_strict});
    watcher->report = report;
    watcher->is_in_order = true;
    bx_engine_watch(engine, &watch);
    bx_report_read_file(report, path);
    enum bx_status status = bx_report_render(report, out);
    assert_int_equal(watcher->told, bx_findings_count(bx_report_findings(report)));
    assert_true(watcher->is_in_order);
    bx_engine_watch(engine, NULL);
    bx_report_free(report);
    return status;
}

static void test_watch__is_told_each_finding_once_at_its_final_level(void **state)
{
    (void)state;
    struct bx_engine *engine = bx_engine_new(NULL);
    struct bx_bytes pdf = {0};
    struct watcher plain = {.last = -1}, strict = {.last = -1};
    assert_int_equal(render(engine, &plain, OTHER, false, &pdf), BX_STATUS_DONE);
    assert_true(plain.warnings == 1 && plain.errors == 0);
    bx_bytes_fini(&pdf);
    assert_int_equal(render(engine, &strict, OTHER, true, &pdf), BX_STATUS_MODEL);
    assert_true(strict.warnings == 0 && strict.errors == 1);
    assert_null(pdf.data);
    bx_engine_free(engine);
}

static void test_watch__may_cancel_at_every_question(void **state)
{
    (void)state;
    struct bx_engine *engine = bx_engine_new(NULL);
    struct bx_bytes wanted = {0}, pdf = {0};
    struct watcher all = {.last = -1};
    assert_int_equal(render(engine, &all, SAMPLE, false, &wanted), BX_STATUS_DONE);
    assert_true(all.asked > 20); /* stages, blocks and pages */
    for (int last = 0; last < all.asked; last += last < 4 || last > all.asked - 8 ? 1 : 5) {
        struct watcher watcher = {.last = last};
        assert_int_equal(render(engine, &watcher, SAMPLE, false, &pdf), BX_STATUS_CANCELLED);
        assert_int_equal(watcher.errors, 1); /* CANCELLED */
        assert_null(pdf.data);
    }
    struct watcher again = {.last = -1}; /* the engine is as good as new */
    assert_int_equal(render(engine, &again, SAMPLE, false, &pdf), BX_STATUS_DONE);
    assert_int_equal(pdf.len, wanted.len);
    assert_memory_equal(pdf.data, wanted.data, wanted.len);
    bx_bytes_fini(&pdf);
    bx_bytes_fini(&wanted);
    bx_engine_free(engine);
}

static void test_watch__a_cancelled_report_stays_so(void **state)
{
    (void)state;
    struct bx_engine *engine = bx_engine_new(NULL);
    struct watcher watcher = {.last = 3, .is_in_order = true};
    const struct bx_watch watch = {.is_cancelled = is_over, .context = &watcher};
    struct bx_report *report = bx_report_new(engine, NULL);
    struct bx_bytes out = {0};
    bx_engine_watch(engine, &watch);
    bx_report_read_file(report, SAMPLE);
    assert_int_equal(bx_report_typeset(report), BX_STATUS_CANCELLED);
    bx_engine_watch(engine, NULL);
    assert_int_equal(bx_report_check(report), BX_STATUS_CANCELLED);
    assert_int_equal(bx_report_render(report, &out), BX_STATUS_CANCELLED);
    assert_int_equal(bx_report_preview(report, 0, BX_PICTURE_SVG, 0, &out),
                     BX_STATUS_CANCELLED);
    assert_int_equal(bx_report_dump(report, BX_STAGE_PLAN, &out), BX_STATUS_CANCELLED);
    assert_int_equal(bx_report_status(report), BX_STATUS_CANCELLED);
    const struct bx_findings *list = bx_report_findings(report);
    const char *code = bx_finding_code(bx_findings_at(list, bx_findings_count(list) - 1));
    assert_string_equal(code, "CANCELLED");
    assert_int_equal(bx_report_page_count(report), 0);
    assert_null(out.data);
    bx_report_free(report);
    bx_engine_free(engine);
}

static void hear_verdict(void *context, const struct bx_finding *finding)
{
    struct watcher *watcher = context;
    watcher->told++;
    watcher->errors += strcmp(bx_finding_code(finding), "CANCELLED") == 0;
}

static void test_watch__a_cancelled_verdict_answers_nothing(void **state)
{
    (void)state;
    struct bx_engine *engine = bx_engine_new(NULL);
    struct bx_bytes pdf = {0};
    struct watcher all = {.last = -1};
    assert_int_equal(render(engine, &all, SAMPLE, false, &pdf), BX_STATUS_DONE);
    const int lasts[] = {0, 7, all.asked - 1, all.asked};
    for (int i = 0; i < 4; i++) {
        struct watcher watcher = {.last = lasts[i]};
        const struct bx_watch watch = {
            .is_cancelled = is_over, .tell = hear_verdict, .context = &watcher};
        bx_engine_watch(engine, &watch);
        struct bx_verdict *verdict = bx_verdict_new(engine);
        assert_int_equal(bx_verdict_verify(verdict, pdf.data, pdf.len, "sample.pdf"),
                         BX_STATUS_CANCELLED);
        assert_int_equal(bx_verdict_answer(verdict, BX_QUESTION_TEXT), BX_ANSWER_NOT_CHECKED);
        assert_int_equal(watcher.told, bx_findings_count(bx_verdict_findings(verdict)));
        assert_int_equal(watcher.errors, 1);
        bx_verdict_free(verdict);
    }
    bx_bytes_fini(&pdf);
    bx_engine_free(engine);
}

/* Takes pieces until `most` were given; -1: all. */
struct receiver {
    struct bx_bytes bytes;
    int pieces, most;
};

static bool receive(void *context, const void *data, size_t len)
{
    struct receiver *to = context;
    if (to->pieces == to->most)
        return false;
    to->pieces++;
    char *longer = realloc(to->bytes.data, to->bytes.len + len);
    if (!longer)
        abort();
    memcpy(longer + to->bytes.len, data, len);
    to->bytes.data = longer;
    to->bytes.len += len;
    return true;
}

static enum bx_status render_to(struct receiver *to, const char *path, bool is_strict)
{
    struct bx_engine *engine = bx_engine_new(NULL);
    struct bx_report *report =
        bx_report_new(engine, &(struct bx_report_options){.is_strict = is_strict});
    bx_report_read_file(report, path);
    enum bx_status status = bx_report_render_to(report, receive, to);
    assert_int_equal(status, bx_report_status(report));
    bx_report_free(report);
    bx_engine_free(engine);
    return status;
}

static void test_render_to__pieces_are_the_file(void **state)
{
    (void)state;
    struct receiver to = {.most = -1};
    assert_int_equal(render_to(&to, SAMPLE, false), BX_STATUS_DONE);
    assert_true(to.pieces > 1);
    struct bx_engine *engine = bx_engine_new(NULL);
    struct bx_bytes pdf = {0};
    struct watcher none = {.last = -1};
    assert_int_equal(render(engine, &none, SAMPLE, false, &pdf), BX_STATUS_DONE);
    assert_int_equal(pdf.len, to.bytes.len);
    assert_memory_equal(pdf.data, to.bytes.data, pdf.len);
    bx_bytes_fini(&pdf);
    bx_bytes_fini(&to.bytes);
    bx_engine_free(engine);
}

static void test_render_to__a_receiver_may_refuse(void **state)
{
    (void)state;
    struct receiver to = {.most = 1};
    assert_int_equal(render_to(&to, SAMPLE, false), BX_STATUS_WRITE);
    assert_int_equal(to.pieces, 1);
    bx_bytes_fini(&to.bytes);
}

static void test_render_to__a_report_that_fails_gives_nothing(void **state)
{
    (void)state;
    struct receiver to = {.most = -1};
    assert_int_equal(render_to(&to, OTHER, true), BX_STATUS_MODEL);
    assert_int_equal(to.pieces, 0);
}

int run_watch(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_watch__is_told_each_finding_once_at_its_final_level),
        cmocka_unit_test(test_watch__may_cancel_at_every_question),
        cmocka_unit_test(test_watch__a_cancelled_report_stays_so),
        cmocka_unit_test(test_watch__a_cancelled_verdict_answers_nothing),
        cmocka_unit_test(test_render_to__pieces_are_the_file),
        cmocka_unit_test(test_render_to__a_receiver_may_refuse),
        cmocka_unit_test(test_render_to__a_report_that_fails_gives_nothing),
    };
    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}

/* The parts of a batch by themselves: names from patterns, shards, the lines of a manifest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <string.h>
#include <unistd.h>

#include "banxin.h"
#include "base/file.h"
#include "batch/manifest.h"
#include "batch/pattern.h"
#include "batch/shard.h"

int run_parts(void);

static const char *fill(struct bx_arena *arena, const char *pattern, const char *organ, int len)
{
    const struct bx_pattern_values values = {
        .year = "2024", .year_len = 4, .organ = organ, .organ_len = len};
    return bx_pattern_fill(arena, pattern, &values);
}

static void test_pattern__cleans_values_and_leaves_itself(void **state)
{
    (void)state;
    static const struct {
        const char *organ;
        int len;
        const char *name;
    } cases[] = {
        {"a\0b", 3, "./2024/a_b.pdf"},      {"a\x1F\x7F", 3, "./2024/a__.pdf"},
        {"\xC2\x85x", 3, "./2024/_x.pdf"},  {"\xC2\xB7", 2, "./2024/\xC2\xB7.pdf"},
        {"...", 3, "./2024/_...pdf"},       {"/etc", 4, "./2024/_etc.pdf"},
        {"{year}", 6, "./2024/{year}.pdf"}, {"", 0, "./2024/.pdf"},
    };
    struct bx_arena arena = {0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(fill(&arena, "./{year}/{organ}.pdf", cases[i].organ, cases[i].len),
                            cases[i].name);
    bx_arena_fini(&arena);
}

static void test_shard__is_the_digest_modulo_the_count(void **state)
{
    (void)state;
    /* SHA-256("abc"), FIPS 180-4: ba7816bf ... f20015ad */
    assert_int_equal(bx_shard_of("abc", 1), 0);
    assert_int_equal(bx_shard_of("abc", 2), 1);
    assert_int_equal(bx_shard_of("abc", 16), 0xD);
    assert_int_equal(bx_shard_of("abc", 65536), 0x15AD);
    assert_int_equal(bx_shard_of("abc", 1 << 30), 0x320015AD);
}

static const char *make_path(struct bx_arena *arena)
{
    char *path = bx_arena_strndup(arena, "/tmp/banxin-manifest-XXXXXX", 27);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    return path;
}

static void add(struct bx_manifest *manifest, const char *output, const char *digest)
{
    struct bx_err err = {0};
    const struct bx_manifest_report report = {
        .input = "in \"\\\n\xFF.json",
        .input_sha256 = "11",
        .output = output,
        .output_sha256 = digest,
        .setting = "22",
        .page_count = 3,
    };
    assert_true(bx_manifest_add(manifest, &report, &err));
}

static void test_manifest__reads_back_the_last_line_of_each_output(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    struct bx_err err = {0};
    const char *path = make_path(&arena);
    struct bx_manifest manifest = {0};
    assert_true(bx_manifest_open(&manifest, path, true, &err));
    add(&manifest, "b.pdf", "01");
    add(&manifest, "a\"\n.pdf", "02");
    add(&manifest, "b.pdf", "03");
    add(&manifest, NULL, "");
    assert_int_equal(write(manifest.fd, "{\"input\":\"torn", 14), 14);

    struct bx_manifest_lines lines;
    assert_true(bx_manifest_read(&lines, path, &err));
    assert_int_equal(lines.count, 2);
    assert_string_equal(bx_manifest_find(&lines, "b.pdf")->output_sha256, "03");
    assert_string_equal(bx_manifest_find(&lines, "a\"\n.pdf")->input_sha256, "11");
    assert_null(bx_manifest_find(&lines, "c.pdf"));

    lines.lines[0].is_stale = true; /* a…, sorted by output */
    assert_true(bx_manifest_replace(&manifest, &lines, &err));
    add(&manifest, "c.pdf", "04");
    bx_manifest_lines_fini(&lines);
    assert_true(bx_manifest_read(&lines, path, &err));
    assert_int_equal(lines.count, 2);
    assert_non_null(bx_manifest_find(&lines, "c.pdf"));
    assert_null(bx_manifest_find(&lines, "a\"\n.pdf"));
    bx_manifest_lines_fini(&lines);
    bx_manifest_close(&manifest);
    unlink(path);
    bx_arena_fini(&arena);
}

struct watch {
    struct bx_batch *batch;
    int told_count;
};

static void cancel_at_first(void *data, const struct bx_batch_item *item)
{
    struct watch *watch = data;
    assert_int_equal(item->status, BX_STATUS_DONE);
    assert_non_null(item->report);
    watch->told_count++;
    bx_batch_cancel(watch->batch);
}

static void test_batch__can_be_cancelled_from_its_callback(void **state)
{
    (void)state;
    char folder[] = "/tmp/banxin-batch-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *const inputs[] = {BX_TESTS_DIR "/examples"};
    const struct bx_batch_options options = {
        .inputs = inputs, .input_count = 1, .folder = folder, .thread_count = 1};
    struct bx_batch *batch = bx_batch_new(&options);
    assert_int_equal(bx_batch_plan(batch), BX_STATUS_DONE);
    assert_int_equal(bx_batch_count(batch), 3);
    assert_int_equal(bx_batch_total(batch), 3);
    struct watch watch = {.batch = batch};
    assert_int_equal(bx_batch_run(batch, cancel_at_first, &watch), BX_STATUS_DONE);
    assert_int_equal(watch.told_count, 1);
    bx_batch_free(batch);

    struct bx_arena arena = {0};
    unlink(bx_arena_printf(&arena, "%s/manifest.jsonl", folder));
    unlink(bx_arena_printf(&arena, "%s/2019/长沙高新技术产业开发区管理委员会.pdf", folder));
    assert_int_equal(rmdir(bx_arena_printf(&arena, "%s/2019", folder)), 0);
    assert_int_equal(rmdir(folder), 0);
    bx_arena_fini(&arena);
}

int run_parts(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pattern__cleans_values_and_leaves_itself),
        cmocka_unit_test(test_shard__is_the_digest_modulo_the_count),
        cmocka_unit_test(test_manifest__reads_back_the_last_line_of_each_output),
        cmocka_unit_test(test_batch__can_be_cancelled_from_its_callback),
    };
    return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}

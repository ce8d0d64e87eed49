/* What `verify` reads, on any bytes: a whole file when they begin as one does, else a content stream,
 * a map of codes to text or a metadata packet, by their first byte. Whatever they are, they are held
 * against a small report that was set once. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "api.h"
#include "base/file.h"
#include "verify/logical.h"
#include "verify/making.h"
#include "verify/seen.h"
#include "verify/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Set and written at the first call. */
static struct bx_report *report;
static struct bx_bytes made;
static struct bx_document *document, *small;

static void prepare(void)
{
    if (report)
        return;
    struct bx_err err = {0};
    struct bx_engine *engine = bx_engine_new(NULL);
    report = bx_report_new(engine, NULL);
    bx_report_read_file(report, BX_TESTS_DIR "/model/base.json");
    enum bx_status status = bx_report_render(report, &made);
    assert(status == BX_STATUS_DONE);
    bool is_read = bx_document_read(&document, made.data, made.len, &err);
    assert(is_read);
    struct bx_buf bytes = {0};
    is_read = bx_file_read(&bytes, BX_TESTS_DIR "/verify/seeds/small.pdf", 1 << 20, &err) &&
              bx_document_read(&small, bytes.data, bytes.len, &err);
    assert(is_read);
    bx_buf_fini(&bytes);
}

static void read_file(const uint8_t *data, size_t size)
{
    struct bx_document *file = NULL;
    struct bx_err err = {0};
    if (!bx_document_read(&file, data, size, &err)) {
        assert(err.code == BX_E_READ);
        return;
    }
    struct bx_findings findings = {0};
    const struct bx_verify_input input = {.document = file,
                                          .data = data,
                                          .len = size,
                                          .pages = report->pages,
                                          .made = document,
                                          .made_data = made.data,
                                          .made_len = made.len};
    struct bx_verify_result result = bx_verify_compare(&input, &findings);
    assert(result.text == BX_VERDICT_SAME || findings.count > 0);
    bx_findings_fini(&findings);
    bx_document_free(file);
}

/* The bytes as the content of a page. */
static void read_content(const uint8_t *data, size_t size)
{
    struct bx_seen seen;
    struct bx_logical_read read;
    const char *why_zh, *why;
    bx_seen_build(&seen, small);
    struct bx_seen_page *page = &seen.pages[0];
    bx_buf_clear(&page->content);
    bx_buf_add(&page->content, data, size);
    page->mark_count = 0;
    bx_seen_read(&seen, page);
    bx_seen_find_hidden(page, &why_zh, &why);
    bx_logical_read(&read, &seen);
    bx_logical_read_fini(&read);
    bx_seen_fini(&seen);
}

static void read_map(const uint8_t *data, size_t size)
{
    struct bx_arena arena = {0};
    const char *bytes = bx_arena_strndup(&arena, (const char *)data, size);
    const struct bx_object name = {.kind = BX_OBJECT_NAME, .bytes = "Identity-H", .len = 10};
    const struct bx_object type = {.kind = BX_OBJECT_NAME, .bytes = "Type0", .len = 5};
    const struct bx_object map = {
        .kind = BX_OBJECT_STREAM, .is_decoded = true, .bytes = bytes, .len = size};
    const struct bx_object items[] = {name, type, map};
    static const char *const keys[] = {"Encoding", "Subtype", "ToUnicode"};
    const struct bx_object font = {
        .kind = BX_OBJECT_DICT, .items = items, .keys = keys, .count = 3, .bytes = ""};
    struct bx_read_font read;
    bx_read_font_build(&read, document, &font, &arena);
    for (uint32_t code = 0; code < 70000; code += 7) {
        struct bx_meaning meaning = bx_read_font_meaning(&read, code);
        assert(meaning.len == (int)strlen(meaning.text));
    }
    bx_arena_fini(&arena);
}

static void read_packet(const uint8_t *data, size_t size)
{
    struct bx_arena arena = {0};
    const char *bytes = bx_arena_strndup(&arena, (const char *)data, size);
    const struct bx_object packet = {
        .kind = BX_OBJECT_STREAM, .is_decoded = true, .bytes = bytes, .len = size};
    static const char *const keys[] = {"Metadata"};
    const struct bx_object root = {
        .kind = BX_OBJECT_DICT, .items = &packet, .keys = keys, .count = 1, .bytes = ""};
    const struct bx_document file = {.root = &root, .trailer = &root};
    struct bx_making making;
    bx_making_read(&making, &file);
    assert(!bx_making_compare(&making, &making));
    bx_making_find(&making, "banxin:options", "profile=");
    bx_making_fini(&making);
    bx_arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    prepare();
    if (size == 0)
        return 0;
    if (data[0] == '%')
        read_file(data, size);
    else if (data[0] == 'c')
        read_content(data + 1, size - 1);
    else if (data[0] == 'm')
        read_map(data + 1, size - 1);
    else
        read_packet(data + 1, size - 1);
    return 0;
}

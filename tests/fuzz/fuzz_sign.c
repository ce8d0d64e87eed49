/* What signing and checking signatures read, on any bytes: a PDF when they begin as one does, which is checked,
 * signed, prepared and finished; else, by their first byte, a CMS object as the answer to a prepared file ('c'),
 * a signature with its attributes behind each other ('s'), or a CMS object in the place of a good one's ('p'). */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "sign/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Made at the first call from the key of the seeds. */
static struct bx_prepared prepared;
static const struct bx_signer *signer;

static const struct bx_sign_options options = {
    .key = BX_TESTS_DIR "/fuzz/sign/key.pem",
    .certificate = BX_TESTS_DIR "/fuzz/sign/cert.pem",
    .time = 1769131800,
};

static void prepare(void)
{
    if (prepared.file.len > 0)
        return;
    struct bx_err err = {0};
    struct bx_buf file = {0};
    const struct bx_prepare_options how = {.has_attributes = true};
    signer = bx_signer_load(&err);
    assert(signer);
    bool is_done = bx_file_read(&file, BX_TESTS_DIR "/verify/seeds/small.pdf", 1 << 20, &err) &&
                   signer->prepare(&prepared, file.data, file.len, &options, &how, &err);
    assert(is_done);
    bx_buf_fini(&file);
}

static void check(const void *data, size_t size)
{
    static const char *const trusted[] = {BX_TESTS_DIR "/fuzz/sign/cert.pem"};
    const struct bx_check_options how = {.trusted = trusted, .trusted_count = 1};
    struct bx_check_result result;
    struct bx_err err = {0};
    if (!signer->check(&result, data, size, &how, &err))
        assert(err.code == BX_E_READ);
    for (int i = 0; i < result.count; i++)
        assert(result.signatures[i].is_intact == (result.signatures[i].why == NULL));
    bx_arena_fini(&result.arena);
}

/* Whatever is signed or given away holds in the eyes of check. */
static void look(const struct bx_buf *file)
{
    const struct bx_check_options how = {.trusted_count = 0};
    struct bx_check_result result;
    struct bx_err err = {0};
    bool is_read = signer->check(&result, file->data, file->len, &how, &err);
    assert(is_read && result.count > 0);
    const struct bx_check_signature *last = &result.signatures[result.count - 1];
    assert(last->is_intact && last->covered_len == file->len);
    bx_arena_fini(&result.arena);
}

static void finish(const struct bx_finish_input *input, const void *data, size_t size)
{
    struct bx_buf out = {0};
    struct bx_err err = {0};
    if (signer->finish(&out, data, size, &options, input, &err))
        look(&out);
    bx_buf_fini(&out);
}

/* All are checked; signing takes a hundred times as long, so each of its ways has a part of them. */
static void read_file(const void *data, size_t size)
{
    struct bx_buf out = {0};
    struct bx_prepared made = {0};
    struct bx_err err = {0};
    const struct bx_prepare_options how = {.has_attributes = true};
    const struct bx_finish_input input = {
        .signature = {"0", 1},
        .attributes = {prepared.attributes.data, prepared.attributes.len}};
    check(data, size);
    if (size % 16 == 0 && signer->sign(&out, data, size, &options, &err))
        assert(out.len > size && memcmp(out.data, data, size) == 0);
    if (size % 16 == 1 && signer->prepare(&made, data, size, &options, &how, &err))
        assert(memcmp(made.file.data, data, size) == 0);
    if (size % 16 == 2)
        finish(&input, data, size);
    bx_buf_fini(&out);
    bx_buf_fini(&made.file);
    bx_buf_fini(&made.attributes);
}

/* The bytes where the prepared file has zeroes. */
static void put_in(const uint8_t *data, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    struct bx_buf file = {0};
    bx_buf_add(&file, prepared.file.data, prepared.file.len);
    char *at = strstr(file.data, "/Contents<0000");
    for (size_t i = 0; at && i < size && at[10 + 2 * i] == '0' && at[11 + 2 * i] == '0'; i++) {
        at[10 + 2 * i] = digits[data[i] >> 4];
        at[11 + 2 * i] = digits[data[i] & 15];
    }
    assert(at);
    check(file.data, file.len);
    bx_buf_fini(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    prepare();
    const char *bytes = (const char *)data + 1;
    if (size < 2)
        return 0;
    if (data[0] == '%') {
        read_file(data, size);
    } else if (data[0] == 'p') {
        put_in(data + 1, size - 1);
    } else if (data[0] == 's') {
        size_t half = (size - 1) / 2;
        const struct bx_finish_input input = {.signature = {bytes, half},
                                              .attributes = {bytes + half, size - 1 - half}};
        finish(&input, prepared.file.data, prepared.file.len);
    } else {
        const struct bx_finish_input input = {.cms = {bytes, size - 1}};
        finish(&input, prepared.file.data, prepared.file.len);
    }
    return 0;
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "output/pdf/pdf.h"
#include "pdf_sample.h"

int run_pdf(void);

static const struct bx_pdf_options OPTIONS = {
    .producer = "Banxin test",
    .date = "2020-01-23T00:00:00+08:00",
    .data_dir = BX_SOURCE_DIR "/layouts/icc",
};

/* The file of a sample; the caller frees it. */
static struct bx_buf write_sample(const struct bx_sample *sample)
{
    struct bx_buf file = {0};
    struct bx_err err = {0};
    bool is_done = bx_pdf_write(&file, &sample->pages, &OPTIONS, NULL, &err);
    if (!is_done)
        print_error("%s: %s\n", err.where, err.what);
    assert_true(is_done);
    const char *keep = getenv("BX_KEEP_PDF");
    if (keep) {
        FILE *to = fopen(keep, "wb");
        assert_non_null(to);
        fwrite(file.data, 1, file.len, to);
        fclose(to);
    }
    return file;
}

static void test_pdf__same_pages_same_bytes(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    struct bx_buf first = write_sample(&sample), second = write_sample(&sample);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    bx_buf_fini(&first);
    bx_buf_fini(&second);
    bx_sample_fini(&sample);
}

int run_pdf(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf__same_pages_same_bytes),
    };
    return cmocka_run_group_tests_name("pdf", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "verify/logical.h"
#include "verify/seen.h"

int run_seen(void);

/* A file of one page with one font: code 1 is 一, code 2 is 二, both half an em wide. */
static struct bx_document *read_small(void)
{
    struct bx_err err = {0};
    struct bx_buf bytes = {0};
    struct bx_document *document = NULL;
    assert_true(
        bx_file_read(&bytes, BX_TESTS_DIR "/verify/seeds/small.pdf", (size_t)1 << 20, &err));
    assert_true(bx_document_read(&document, bytes.data, bytes.len, &err));
    bx_buf_fini(&bytes);
    return document;
}

/* The page with another content. */
static void see(struct bx_seen *seen, const struct bx_document *document, const char *content)
{
    bx_seen_build(seen, document);
    assert_int_equal(seen->page_count, 1);
    struct bx_seen_page *page = &seen->pages[0];
    bx_buf_clear(&page->content);
    bx_buf_add_text(&page->content, content);
    page->mark_count = 0;
    page->fault = NULL;
    bx_seen_read(seen, page);
}

static void test_seen__places_glyphs_as_a_reader_does(void **state)
{
    (void)state;
    struct bx_document *document = read_small();
    struct bx_seen seen;
    see(&seen, document,
        "BT /F0 20 Tf 50 Tz 2 Tc 100 700 Td [<0001>-500<0002>] TJ 10 -30 Td "
        "<0001> Tj ET");
    const struct bx_seen_mark *marks = seen.pages[0].marks;
    assert_null(seen.pages[0].fault);
    assert_int_equal(seen.pages[0].mark_count, 3);
    assert_int_equal(marks[0].x, 100 * BX_MICRO);
    /* Half an em of 20 pt and 2 pt of spacing, then 500/1000 of 20 pt, all at half width. */
    assert_int_equal(marks[1].x, 111 * BX_MICRO);
    assert_int_equal(marks[2].x, 110 * BX_MICRO);
    assert_int_equal(marks[2].y, 670 * BX_MICRO);
    assert_string_equal(marks[1].text, "二");
    assert_int_equal(marks[1].mcid, BX_SEEN_UNTAGGED);
    bx_seen_fini(&seen);
    bx_document_free(document);
}

static void test_seen__what_nothing_of_ours_does_is_a_fault(void **state)
{
    (void)state;
    static const char *const contents[] = {
        "BT /F0 9 Tf 3 Tr <0001> Tj ET",
        "BT /F0 9 Tf (x) ' ET",
        "/GS0 gs",
        "0 0 9 9 re W* n",
        "BI /W 1 ID x EI",
        "/X0 Do",
        "BT /F9 9 Tf <0001> Tj ET",
        "BT <0001> Tj ET",
        "q",
        "Q",
        "EMC",
        "/P BDC",
        "/OC /MC0 BDC EMC",
        "BT",
        "0 0 m 9 9 l",
        "0 0 9 9 re S",
        "9 w 0 0 m 9 9 l S",
        "/Cs1 cs",
        "0 0 9 9 re W n BT /F0 9 Tf <0001> Tj ET",
        "1 0 0 1 99999 0 cm",
        "BT /F0 9 Tf <00> Tj ET",
    };
    struct bx_document *document = read_small();
    for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
        struct bx_seen seen;
        see(&seen, document, contents[i]);
        if (!seen.pages[0].fault)
            fail_msg("no fault: %s", contents[i]);
        bx_seen_fini(&seen);
    }
    bx_document_free(document);
}

static void test_seen__text_that_cannot_be_seen_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *content;
        bool is_hidden;
    } cases[] = {
        {"BT /F0 16 Tf 80 700 Td <0001> Tj ET", false},
        {"0.9 g 70 690 50 50 re f 0 g BT /F0 16 Tf 80 700 Td <0001> Tj ET", false},
        {"BT /F0 16 Tf 80 700 Td <0001> Tj ET 0.9 g 70 690 50 50 re f", true},
        {"BT /F0 16 Tf 80 700 Td <0001> Tj ET 70 698 50 1 re f", false},
        {"BT /F0 16 Tf 80 700 Td <0001> Tj ET 70 690 m 120 690 l 95 740 l h f", true},
        {"BT /F0 16 Tf 80 700 Td <0001> Tj ET 70 690 m 70 740 l 75 740 l h f", false},
        {"BT /F0 16 Tf 80 700 Td <0001> Tj ET 70 690 m 70 740 l 120 740 l h S", false},
        {"1 1 1 rg BT /F0 16 Tf 80 700 Td <0001> Tj ET", true},
        {"0 0 0 0.1 k BT /F0 16 Tf 80 700 Td <0001> Tj ET", true},
        {"0 0 0 1 k BT /F0 16 Tf 80 700 Td <0001> Tj ET", false},
        {"BT /F0 1 Tf 80 700 Td <0001> Tj ET", true},
        {"BT /F0 16 Tf -80 700 Td <0001> Tj ET", true},
        {"BT /F0 16 Tf 80 900 Td <0001> Tj ET", true},
    };
    struct bx_document *document = read_small();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bx_seen seen;
        const char *why_zh, *why;
        see(&seen, document, cases[i].content);
        assert_null(seen.pages[0].fault);
        if ((bx_seen_find_hidden(&seen.pages[0], &why_zh, &why) != NULL) != cases[i].is_hidden)
            fail_msg("%s", cases[i].content);
        bx_seen_fini(&seen);
    }
    bx_document_free(document);
}

static void test_logical__hears_actual_text_and_sees_glyphs(void **state)
{
    (void)state;
    struct bx_document *document = read_small();
    struct bx_seen seen;
    struct bx_logical_read read;
    see(&seen, document,
        "BT /F0 16 Tf 80 700 Td /H1<</MCID 0>>BDC <0001>Tj EMC "
        "/Span<</MCID 1/ActualText<FEFF4E09>>>BDC <0002>Tj EMC /Artifact BMC <0001>Tj EMC ET");
    bx_logical_read(&read, &seen);
    assert_null(read.fault);
    assert_string_equal(read.seen.text.data, "一二");
    assert_string_equal(read.heard.text.data, "一三");
    assert_string_equal(read.alts.text.data, "a");
    bx_logical_read_fini(&read);
    bx_seen_fini(&seen);
    bx_document_free(document);
}

static void test_logical__content_that_the_tree_does_not_name_is_a_fault(void **state)
{
    (void)state;
    static const char *const contents[] = {
        "BT /F0 16 Tf 80 700 Td <0001>Tj ET",
        "BT /F0 16 Tf 80 700 Td /P<</MCID 5>>BDC <0001>Tj EMC ET % and many more bytes of "
        "comment "
        "so that there is room for six sequences",
    };
    struct bx_document *document = read_small();
    for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
        struct bx_seen seen;
        struct bx_logical_read read;
        see(&seen, document, contents[i]);
        bx_logical_read(&read, &seen);
        assert_non_null(read.fault);
        assert_int_equal(read.fault_page, 0);
        bx_logical_read_fini(&read);
        bx_seen_fini(&seen);
    }
    bx_document_free(document);
}

int run_seen(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seen__places_glyphs_as_a_reader_does),
        cmocka_unit_test(test_seen__what_nothing_of_ours_does_is_a_fault),
        cmocka_unit_test(test_seen__text_that_cannot_be_seen_is_found),
        cmocka_unit_test(test_logical__hears_actual_text_and_sees_glyphs),
        cmocka_unit_test(test_logical__content_that_the_tree_does_not_name_is_a_fault),
    };
    return cmocka_run_group_tests_name("seen", tests, NULL, NULL);
}

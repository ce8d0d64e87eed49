#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "output/pdf/check.h"
#include "pdf_sample.h"

int run_pdf_check(void);

/* One rule broken on purpose. */
struct fault {
    const char *what;  /* words of the finding */
    const char *where; /* its place, or NULL when it has none of its own */
    enum bx_code code;
    void (*plant)(struct bx_sample *sample);
};

static void forget_title(struct bx_sample *sample)
{
    sample->pages.meta.title = "";
}

static void forget_organ(struct bx_sample *sample)
{
    sample->pages.meta.organ = NULL;
}

static void misname_language(struct bx_sample *sample)
{
    sample->pages.meta.language = "zh_CN";
}

static void lose_pages(struct bx_sample *sample)
{
    sample->pages.page_count = 0;
}

static void skip_heading(struct bx_sample *sample)
{
    sample->elements[sample->title].tag = BX_TAG_H2;
}

static void forget_alt(struct bx_sample *sample)
{
    int figure = bx_sample_element(sample, BX_TAG_FIGURE, sample->section);
    sample->elements[figure].where = "/sections/other/body/3";
}

static void forget_scope(struct bx_sample *sample)
{
    sample->elements[sample->cell - 1].scope = BX_SCOPE_NONE;
}

static void name_no_head(struct bx_sample *sample)
{
    static const int heads[] = {1};
    sample->elements[sample->cell].headers = heads;
    sample->elements[sample->cell].header_count = 1;
}

static void widen_cell(struct bx_sample *sample)
{
    sample->elements[sample->cell].colspan = 2;
}

static void lengthen_cell(struct bx_sample *sample)
{
    sample->elements[sample->cell].rowspan = 2;
}

static void put_cell_out_of_rows(struct bx_sample *sample)
{
    int table = bx_sample_element(sample, BX_TAG_TABLE, sample->section);
    bx_sample_element(sample, BX_TAG_TD, table);
}

static void use_private_character(struct bx_sample *sample)
{
    for (int i = 0; i < sample->page[0].mark_count; i++)
        if (sample->marks[0][i].run.element == sample->paragraph) {
            sample->marks[0][i].run.text = "\xEE\x80\x80"; /* U+E000 */
            sample->marks[0][i].run.text_len = 3;
        }
}

static void draw_notdef(struct bx_sample *sample)
{
    static const struct bx_glyph missing = {.index = 0, .text_len = 3};
    for (int i = 0; i < sample->page[0].mark_count; i++)
        if (sample->marks[0][i].run.element == sample->paragraph) {
            sample->marks[0][i].run.glyphs = &missing;
            sample->marks[0][i].run.glyph_count = 1;
        }
}

static void set_text_in_section(struct bx_sample *sample)
{
    sample->elements[sample->section].where = "/sections/overview";
    sample->marks[0][0].element = sample->marks[0][0].run.element = sample->section;
}

static void link_without_element(struct bx_sample *sample)
{
    struct bx_mark *mark = bx_sample_mark(sample, 1, BX_MARK_LINK, sample->paragraph);
    mark->uri = "https://www.example.gov.cn/";
}

static void mark_without_element(struct bx_sample *sample)
{
    bx_sample_mark(sample, 1, BX_MARK_FILL, 60);
}

static const struct fault FAULTS[] = {
    {"no title", "/title", BX_E_WRITE, forget_title},
    {"no creator", "/organ", BX_E_WRITE, forget_organ},
    {"no valid language", "/language", BX_E_WRITE, misname_language},
    {"no page", NULL, BX_E_WRITE, lose_pages},
    {"skips a level", "/title", BX_E_WRITE, skip_heading},
    {"no alternative text", "/sections/other/body/3", BX_E_WRITE, forget_alt},
    {"no scope", NULL, BX_E_WRITE, forget_scope},
    {"head that is none", NULL, BX_E_WRITE, name_no_head},
    {"unequal columns", NULL, BX_E_WRITE, widen_cell},
    {"past its table's end", NULL, BX_E_WRITE, lengthen_cell},
    {"no place in its grid", NULL, BX_E_WRITE, put_cell_out_of_rows},
    {"U+E000", "/sections/overview/body/0", BX_E_WRITE, use_private_character},
    {"no face has this character", "/sections/overview/body/0", BX_E_FONT, draw_notdef},
    {"outside a paragraph", "/sections/overview", BX_E_WRITE, set_text_in_section},
    {"no Link element", "/sections/overview/body/0", BX_E_WRITE, link_without_element},
    {"no element", "page 2", BX_E_WRITE, mark_without_element},
};

static void test_check__each_broken_rule_is_named_with_its_place(void **state)
{
    (void)state;
    struct bx_pdf_options options = {.producer = "Banxin test",
                                     .data_dir = BX_SOURCE_DIR "/layouts/icc"};
    for (size_t i = 0; i < sizeof(FAULTS) / sizeof(FAULTS[0]); i++) {
        struct bx_sample sample;
        bx_sample_init(&sample);
        FAULTS[i].plant(&sample);
        struct bx_buf file = {0};
        struct bx_err err = {0};
        assert_false(bx_pdf_write(&file, &sample.pages, &options, NULL, &err));
        if (!strstr(err.what, FAULTS[i].what))
            fail_msg("“%s” was told instead of “%s”", err.what, FAULTS[i].what);
        assert_int_equal(err.code, FAULTS[i].code);
        if (FAULTS[i].where)
            assert_string_equal(err.where, FAULTS[i].where);
        assert_int_equal(file.len, 0);
        bx_buf_fini(&file);
        bx_sample_fini(&sample);
    }
}

static void test_check__a_whole_report_passes(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    struct bx_err err = {0};
    assert_true(bx_pdf_check(&sample.pages, &(struct bx_pdf_options){0}, &err));
    bx_sample_fini(&sample);
}

static void test_check__an_attachment_needs_a_description(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    struct bx_attachment file = {.name = "report.json",
                                 .mime = "application/json",
                                 .description = "",
                                 .data = "{}",
                                 .len = 2};
    struct bx_pdf_options options = {.attachments = &file, .attachment_count = 1};
    struct bx_err err = {0};
    assert_false(bx_pdf_check(&sample.pages, &options, &err));
    assert_string_equal(err.where, "report.json");
    bx_sample_fini(&sample);
}

int run_pdf_check(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check__each_broken_rule_is_named_with_its_place),
        cmocka_unit_test(test_check__a_whole_report_passes),
        cmocka_unit_test(test_check__an_attachment_needs_a_description),
    };
    return cmocka_run_group_tests_name("pdf_check", tests, NULL, NULL);
}

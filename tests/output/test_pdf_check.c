#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "font/facts.h"
#include "output/pdf/check.h"
#include "pdf_sample.h"

int run_pdf_check(void);

/* One rule broken on purpose: in the display list, or by what is asked for. `where` is the place
 * that is told, or NULL when it has none of its own. */
struct fault {
    enum bx_pdf_rule rule;
    const char *where;
    void (*plant)(struct bx_sample *sample);
};
struct choice {
    enum bx_pdf_rule rule;
    const char *where;
    const struct bx_pdf_options *options;
    const char *profile;
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

static void shrink_page(struct bx_sample *sample)
{
    sample->page[1].width = BX_PT;
}

static void put_row_in_section(struct bx_sample *sample)
{
    bx_sample_element(sample, BX_TAG_TR, sample->section);
}

static void put_parent_behind(struct bx_sample *sample)
{
    sample->elements[sample->section].parent = sample->section;
}

static void add_document(struct bx_sample *sample)
{
    bx_sample_element(sample, BX_TAG_DOCUMENT, 0);
}

static void forget_row_head(struct bx_sample *sample)
{
    sample->elements[sample->cell].headers++; /* the row's stands first */
    sample->elements[sample->cell].header_count--;
}

static void forget_column_head(struct bx_sample *sample)
{
    sample->elements[sample->cell].header_count--;
}

static void lengthen_text(struct bx_sample *sample)
{
    char *text = bx_arena_alloc(&sample->arena, 1, 20000);
    memset(text, 'a', 19999);
    sample->pages.meta.title = text;
}

static struct bx_font *borrow_font(struct bx_sample *sample)
{
    struct bx_run *run = &sample->marks[0][0].run;
    struct bx_font *font = BX_NEW(&sample->arena, struct bx_font);
    *font = *run->font;
    run->font = font;
    return font;
}

static void lengthen_name(struct bx_sample *sample)
{
    char *name = bx_arena_alloc(&sample->arena, 1, 200);
    memset(name, 'A', 199);
    borrow_font(sample)->postscript = name;
}

static void forbid_embedding(struct bx_sample *sample)
{
    static const struct bx_facts forbidden = {.fs_type = 2};
    borrow_font(sample)->facts = &forbidden;
}

static void overlap_cells(struct bx_sample *sample)
{
    int table = bx_sample_element(sample, BX_TAG_TABLE, sample->section);
    int first = bx_sample_element(sample, BX_TAG_TR, table);
    bx_sample_element(sample, BX_TAG_TD, first);
    int tall = bx_sample_element(sample, BX_TAG_TD, first);
    sample->elements[tall].rowspan = 2;
    int second = bx_sample_element(sample, BX_TAG_TR, table);
    int wide = bx_sample_element(sample, BX_TAG_TD, second);
    sample->elements[wide].colspan = 2;
}

static void write_no_character(struct bx_sample *sample)
{
    for (int i = 0; i < sample->page[0].mark_count; i++)
        if (sample->marks[0][i].run.element == sample->paragraph) {
            sample->marks[0][i].run.text = "\xEF\xBB\xBF"; /* U+FEFF */
            sample->marks[0][i].run.text_len = 3;
        }
}

static void set_field_in_paragraph(struct bx_sample *sample)
{
    bx_sample_mark(sample, 1, BX_MARK_FIELD, sample->paragraph);
}

static const struct bx_pdf_options PLAIN = {.producer = "Banxin test",
                                            .data_dir = BX_SOURCE_DIR "/layouts/icc"};

static const struct bx_pdf_options NO_ZONE = {.date = "2020-01-23T00:00:00"};

#define MODEL                                                                                  \
    .name = "report.json", .mime = "application/json", .relationship = "Source", .data = "{}", \
    .len = 2
static const struct bx_attachment FILES[] = {
    {MODEL, .description = "the model"},
    {MODEL, .description = "the model"},
    {MODEL, .description = ""},
};
#undef MODEL

static const struct bx_pdf_options ATTACHED_TWICE = {.attachments = FILES,
                                                     .attachment_count = 2};
static const struct bx_pdf_options UNDESCRIBED = {.attachments = FILES + 2,
                                                  .attachment_count = 1};
static const struct bx_pdf_options ATTACHED = {.attachments = FILES, .attachment_count = 1};

static const struct bx_pdf_options BLEEDING = {.bleed = BX_PT};
static const struct bx_pdf_options INTENDED = {.intent = "no profile", .intent_len = 10};

static const struct fault FAULTS[] = {
    {BX_PDF_RULE_TITLE, "/title", forget_title},
    {BX_PDF_RULE_ORGAN, "/organ", forget_organ},
    {BX_PDF_RULE_LANGUAGE, "/language", misname_language},
    {BX_PDF_RULE_PAGES, "", lose_pages},
    {BX_PDF_RULE_PAGE_SIZE, "page 2", shrink_page},
    {BX_PDF_RULE_STRING, "", lengthen_text},
    {BX_PDF_RULE_NAME, NULL, lengthen_name},
    {BX_PDF_RULE_PARENT, NULL, put_parent_behind},
    {BX_PDF_RULE_ROOT, NULL, add_document},
    {BX_PDF_RULE_NESTING, NULL, put_row_in_section},
    {BX_PDF_RULE_HEADING, "/title", skip_heading},
    {BX_PDF_RULE_ALT, "/sections/other/body/3", forget_alt},
    {BX_PDF_RULE_SCOPE, NULL, forget_scope},
    {BX_PDF_RULE_HEAD, NULL, name_no_head},
    {BX_PDF_RULE_ROW_HEAD, NULL, forget_row_head},
    {BX_PDF_RULE_COLUMN_HEAD, NULL, forget_column_head},
    {BX_PDF_RULE_RAGGED, NULL, widen_cell},
    {BX_PDF_RULE_SPAN, NULL, lengthen_cell},
    {BX_PDF_RULE_CELL, NULL, put_cell_out_of_rows},
    {BX_PDF_RULE_OVERLAP, NULL, overlap_cells},
    {BX_PDF_RULE_PRIVATE, "/sections/overview/body/0", use_private_character},
    {BX_PDF_RULE_CHARACTER, "/sections/overview/body/0", write_no_character},
    {BX_PDF_RULE_GLYPH, "/sections/overview/body/0", draw_notdef},
    {BX_PDF_RULE_EMBEDDING, NULL, forbid_embedding},
    {BX_PDF_RULE_CONTENT, "/sections/overview", set_text_in_section},
    {BX_PDF_RULE_LINK, "/sections/overview/body/0", link_without_element},
    {BX_PDF_RULE_MARK, "page 2", mark_without_element},
    {BX_PDF_RULE_FIELD, "/sections/overview/body/0", set_field_in_paragraph},
};

static const struct choice CHOICES[] = {
    {BX_PDF_RULE_DATE, "/signature/date", &NO_ZONE, "archive"},
    {BX_PDF_RULE_ATTACHMENT, "report.json", &ATTACHED, "archive-2a"},
    {BX_PDF_RULE_DESCRIPTION, "report.json", &UNDESCRIBED, "archive"},
    {BX_PDF_RULE_DESCRIPTION, "report.json", &ATTACHED_TWICE, "archive"},
    {BX_PDF_RULE_PRINT, "", &BLEEDING, "archive"},
    {BX_PDF_RULE_PRINT, "", &INTENDED, "archive"},
    {BX_PDF_RULE_INTENT, "", &INTENDED, "print"},
    {BX_PDF_RULE_FAMILY, NULL, &INTENDED, "archive"},
};

static const struct bx_finding *find_fault(const struct bx_findings *findings, const char *what)
{
    for (int i = 0; i < findings->count; i++)
        if (strstr(findings->items[i].en, what))
            return &findings->items[i];
    return NULL;
}

/* The rule is told with its place, and nothing is written. */
static void expect(const struct fault *fault, const struct bx_pdf_options *options)
{
    const struct bx_pdf_rule_text *rule = bx_pdf_rule_text(fault->rule);
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    if (fault->plant)
        fault->plant(&sample);
    struct bx_buf file = {0};
    struct bx_err err = {0};
    struct bx_findings findings = {0};
    const struct bx_pdf_told told = {.findings = &findings};
    assert_false(bx_pdf_write(&file, &sample.pages, options, &told, &err));
    const struct bx_finding *found = find_fault(&findings, rule->en);
    if (!found)
        fail_msg("“%s” was told instead of “%s”", err.what, rule->en);
    assert_string_equal(found->code, "PDF");
    assert_int_equal(found->level, BX_LEVEL_ERROR);
    assert_int_equal(found->stage, rule->code);
    if (fault->where)
        assert_string_equal(found->where, fault->where);
    assert_int_equal(file.len, 0);
    bx_findings_fini(&findings);
    bx_buf_fini(&file);
    bx_sample_fini(&sample);
}

static void test_check__each_broken_rule_is_named_with_its_place(void **state)
{
    (void)state;
    bool is_broken[BX_PDF_RULE_COUNT] = {false};
    for (size_t i = 0; i < sizeof(FAULTS) / sizeof(FAULTS[0]); i++) {
        expect(&FAULTS[i], &PLAIN);
        is_broken[FAULTS[i].rule] = true;
    }
    for (size_t i = 0; i < sizeof(CHOICES) / sizeof(CHOICES[0]); i++) {
        struct bx_pdf_options options = *CHOICES[i].options;
        options.profile = bx_pdf_profile_find(CHOICES[i].profile);
        expect(&(struct fault){CHOICES[i].rule, CHOICES[i].where, NULL}, &options);
        is_broken[CHOICES[i].rule] = true;
    }
    for (int i = 0; i < BX_PDF_RULE_COUNT; i++)
        if (!is_broken[i])
            fail_msg("“%s” was never broken", bx_pdf_rule_text((enum bx_pdf_rule)i)->en);
}

static void test_check__every_broken_rule_is_told_not_only_the_first(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    forget_title(&sample);
    forget_scope(&sample);
    use_private_character(&sample);
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    assert_false(bx_pdf_check(&sample.pages, &PLAIN, &findings, &err));
    assert_int_equal(findings.count, 3);
    assert_non_null(find_fault(&findings, "no title"));
    assert_non_null(find_fault(&findings, "no scope"));
    assert_non_null(find_fault(&findings, "U+E000"));
    assert_non_null(strstr(err.what, "no title"));
    bx_findings_fini(&findings);
    bx_sample_fini(&sample);
}

static void test_check__a_whole_report_passes(void **state)
{
    (void)state;
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    struct bx_err err = {0};
    for (int i = 0; i < bx_pdf_profile_count(); i++)
        assert_true(bx_pdf_check(&sample.pages,
                                 &(struct bx_pdf_options){.profile = bx_pdf_profile_at(i)},
                                 NULL, &err));
    bx_sample_fini(&sample);
}

/* What the options say is told too; `where` is the name of the file that is meant, or empty. */
static void
expect_options(const struct bx_pdf_options *options, const char *where, const char *what)
{
    struct bx_sample sample;
    bx_sample_init(&sample);
    bx_sample_add_extras(&sample);
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    assert_false(bx_pdf_check(&sample.pages, options, &findings, &err));
    const struct bx_finding *found = find_fault(&findings, what);
    if (!found)
        fail_msg("“%s” was told instead of “%s”", err.what, what);
    if (where)
        assert_string_equal(found->where, where);
    bx_findings_fini(&findings);
    bx_sample_fini(&sample);
}

/* The header of an ICC profile and a byte behind it. */
static void make_printer(char icc[129])
{
    memset(icc, 0, 129);
    icc[3] = (char)129;
    icc[8] = 2;
    memcpy(icc + 12, "prtrCMYK", 8);
    memcpy(icc + 36, "acsp", 4);
}

static void test_check__another_output_intent_is_for_print_and_of_a_printer(void **state)
{
    (void)state;
    char icc[129];
    make_printer(icc);
    struct bx_pdf_options options = {.intent = icc, .intent_len = sizeof(icc)};
    expect_options(&options, "", "for print only");
    expect_options(&options, NULL, "of another family than the output intent");
    options.profile = bx_pdf_profile_find("print");
    icc[16] = 'R';
    expect_options(&options, "", "no ICC profile of a CMYK printer");
    const struct bx_pdf_options bleed = {.bleed = BX_PT};
    expect_options(&bleed, "", "for print only");
}

static void test_check__every_rule_has_its_clause_and_its_words(void **state)
{
    (void)state;
    for (int i = 0; i < BX_PDF_RULE_COUNT; i++) {
        const struct bx_pdf_rule_text *text = bx_pdf_rule_text((enum bx_pdf_rule)i);
        assert_non_null(text->clause);
        assert_non_null(text->zh);
        assert_non_null(text->en);
    }
}

int run_pdf_check(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check__each_broken_rule_is_named_with_its_place),
        cmocka_unit_test(test_check__every_broken_rule_is_told_not_only_the_first),
        cmocka_unit_test(test_check__a_whole_report_passes),
        cmocka_unit_test(test_check__another_output_intent_is_for_print_and_of_a_printer),
        cmocka_unit_test(test_check__every_rule_has_its_clause_and_its_words),
    };
    return cmocka_run_group_tests_name("pdf_check", tests, NULL, NULL);
}

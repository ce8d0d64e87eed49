#include "output/pdf/check.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "font/subset.h"
#include "output/pdf/intent.h"
#include "output/pdf/tree.h"

#define PAGE_LEAST_MILLI 3000     /* ISO 19005-2 6.1.13: 3 units ... */
#define PAGE_MOST_MILLI  14400000 /* ... to 14400 */

/* ---- telling ---- */

void bx_pdf_tell_at(struct bx_pdf_checker *checker,
                    enum bx_pdf_rule rule,
                    const char *where,
                    const char *detail)
{
    const struct bx_pdf_rule_text *text = bx_pdf_rule_text(rule);
    if (checker->fault_count > 0 && checker->last_rule == rule &&
        strncmp(checker->last_where, where, sizeof(checker->last_where) - 1) == 0)
        return;
    checker->last_rule = rule;
    snprintf(checker->last_where, sizeof(checker->last_where), "%s", where);
    const char *colon = detail ? ": " : "", *value = detail ? detail : "";
    if (checker->fault_count++ == 0)
        bx_fail(checker->err, text->code, "", where, "%s%s%s (%s)", text->en, colon, value,
                text->clause);
    if (!checker->findings)
        return;
    bx_findings_add(checker->findings,
                    &(struct bx_finding){
                        .level = BX_LEVEL_ERROR,
                        .code = "PDF",
                        .where = where,
                        .stage = (int)text->code,
                        .zh = bx_findings_text(checker->findings, "%s%s%s（%s）", text->zh,
                                               detail ? "：" : "", value, text->clause),
                        .en = bx_findings_text(checker->findings, "%s%s%s (%s)", text->en,
                                               colon, value, text->clause),
                    });
}

void bx_pdf_tell(struct bx_pdf_checker *checker,
                 enum bx_pdf_rule rule,
                 int element,
                 int page,
                 const char *detail)
{
    const struct bx_pages *pages = checker->pages;
    const char *where = NULL;
    char place[40] = "";
    int e = element < pages->element_count ? element : -1;
    for (; e >= 0 && !where; e = pages->elements[e].parent < e ? pages->elements[e].parent : -1)
        where = pages->elements[e].where;
    if (!where && page >= 0)
        snprintf(place, sizeof(place), "page %d", page + 1);
    bx_pdf_tell_at(checker, rule, where ? where : place, detail);
}

/* ---- the file ---- */

/* BCP 47 as ISO 19005-2 6.7.4 wants it: subtags of 1 to 8 letters or digits, the first one of
 * letters. */
static bool is_language(const char *text)
{
    int len = 0;
    bool is_first = true;
    for (const char *p = text;; p++) {
        if (*p == '-' || *p == '\0') {
            if (len < 1 || len > 8)
                return false;
            if (*p == '\0')
                return true;
            len = 0;
            is_first = false;
            continue;
        }
        bool is_letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
        if (!is_letter && (is_first || *p < '0' || *p > '9'))
            return false;
        len++;
    }
}

/* UTF-16 never needs more bytes than twice those of UTF-8. */
static void check_string(struct bx_pdf_checker *checker, int element, const char *text)
{
    if (text && strlen(text) > (BX_PDF_STRING_MAX - 2) / 2)
        bx_pdf_tell(checker, BX_PDF_RULE_STRING, element, -1, NULL);
}

static void check_meta(struct bx_pdf_checker *checker)
{
    const struct bx_meta *meta = &checker->pages->meta;
    const char *date = checker->options->date;
    if (checker->pages->page_count < 1)
        bx_pdf_tell_at(checker, BX_PDF_RULE_PAGES, "", NULL);
    if (!meta->title || meta->title[0] == '\0')
        bx_pdf_tell_at(checker, BX_PDF_RULE_TITLE, "/title", NULL);
    if (!meta->organ || meta->organ[0] == '\0')
        bx_pdf_tell_at(checker, BX_PDF_RULE_ORGAN, "/organ", NULL);
    if (!meta->language || !is_language(meta->language))
        bx_pdf_tell_at(checker, BX_PDF_RULE_LANGUAGE, "/language", meta->language);
    check_string(checker, -1, meta->title);
    check_string(checker, -1, meta->organ);
    struct bx_buf pdf_date = {0};
    if (date && !bx_pdf_add_date(&pdf_date, date))
        bx_pdf_tell_at(checker, BX_PDF_RULE_DATE, "/signature/date", date);
    bx_buf_fini(&pdf_date);
}

static void check_attachments(struct bx_pdf_checker *checker)
{
    const struct bx_pdf_options *options = checker->options;
    for (int i = 0; i < options->attachment_count; i++) {
        const struct bx_attachment *file = &options->attachments[i];
        bool is_described = strlen(file->mime) <= BX_PDF_NAME_MAX && file->mime[0] &&
                            file->description[0] && file->name[0];
        for (int k = 0; k < i; k++)
            is_described =
                is_described && strcmp(options->attachments[k].name, file->name) != 0;
        if (!is_described)
            bx_pdf_tell_at(checker, BX_PDF_RULE_DESCRIPTION, file->name, NULL);
        if (!checker->profile->may_attach)
            bx_pdf_tell_at(checker, BX_PDF_RULE_ATTACHMENT, file->name, NULL);
    }
}

static void check_printing(struct bx_pdf_checker *checker)
{
    const struct bx_pdf_options *options = checker->options;
    if (!checker->profile->may_be_printed &&
        (options->intent || options->bleed != 0 || options->has_crop_marks))
        bx_pdf_tell_at(checker, BX_PDF_RULE_PRINT, "", checker->profile->name);
    if (options->intent && !bx_pdf_is_printer(options->intent, options->intent_len))
        bx_pdf_tell_at(checker, BX_PDF_RULE_INTENT, "", NULL);
}

/* ---- elements ---- */

static bool is_heading(enum bx_tag tag)
{
    return tag >= BX_TAG_H1 && tag <= BX_TAG_H6;
}

/* What a part of a table may stand under (ISO 14289-1 7.2; ISO 32000-1 table 337). */
static bool is_nested_right(enum bx_tag tag, enum bx_tag parent)
{
    if (tag == BX_TAG_THEAD || tag == BX_TAG_TBODY)
        return parent == BX_TAG_TABLE;
    if (tag == BX_TAG_TR)
        return parent == BX_TAG_TABLE || parent == BX_TAG_THEAD || parent == BX_TAG_TBODY;
    if (tag == BX_TAG_TH || tag == BX_TAG_TD)
        return parent == BX_TAG_TR;
    return parent != BX_TAG_TR && parent != BX_TAG_THEAD && parent != BX_TAG_TBODY &&
           (parent != BX_TAG_TABLE || tag == BX_TAG_CAPTION);
}

static void check_element(struct bx_pdf_checker *checker, int e, int *heading)
{
    const struct bx_pages *pages = checker->pages;
    const struct bx_element *element = &pages->elements[e];
    if ((e == 0) != (element->parent < 0) || element->parent >= e)
        bx_pdf_tell(checker, BX_PDF_RULE_PARENT, e, -1, NULL);
    else if (e > 0 && !is_nested_right(element->tag, pages->elements[element->parent].tag))
        bx_pdf_tell(checker, BX_PDF_RULE_NESTING, e, -1, NULL);
    if ((e == 0) != (element->tag == BX_TAG_DOCUMENT))
        bx_pdf_tell(checker, BX_PDF_RULE_ROOT, e, -1, NULL);
    if (is_heading(element->tag)) {
        int level = (int)element->tag - BX_TAG_H1 + 1;
        if (level > *heading + 1)
            bx_pdf_tell(checker, BX_PDF_RULE_HEADING, e, -1, NULL);
        *heading = level;
    }
    if ((element->tag == BX_TAG_FIGURE || element->tag == BX_TAG_FORM) &&
        (!element->alt || element->alt[0] == '\0'))
        bx_pdf_tell(checker, BX_PDF_RULE_ALT, e, -1, NULL);
    if (element->tag == BX_TAG_TH && element->scope == BX_SCOPE_NONE)
        bx_pdf_tell(checker, BX_PDF_RULE_SCOPE, e, -1, NULL);
    for (int i = 0; i < element->header_count; i++) {
        int head = element->headers[i];
        if (head < 0 || head >= pages->element_count || pages->elements[head].tag != BX_TAG_TH)
            bx_pdf_tell(checker, BX_PDF_RULE_HEAD, e, -1, NULL);
    }
    check_string(checker, e, element->title);
    check_string(checker, e, element->alt);
}

/* ---- marks ---- */

static bool is_container(enum bx_tag tag)
{
    return tag == BX_TAG_DOCUMENT || tag == BX_TAG_SECT || tag == BX_TAG_TABLE ||
           tag == BX_TAG_THEAD || tag == BX_TAG_TBODY || tag == BX_TAG_TR;
}

static bool is_private(uint32_t cp)
{
    return (cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000;
}

static void check_text(struct bx_pdf_checker *checker, const struct bx_run *run, int page)
{
    char code[16];
    for (int at = 0; at < run->text_len;) {
        uint32_t cp = bx_utf8_next(run->text, &at);
        bool is_character = cp != 0 && cp != 0xFEFF && cp != 0xFFFE;
        if (is_character && !is_private(cp))
            continue;
        snprintf(code, sizeof(code), "U+%04X", (unsigned)cp);
        bx_pdf_tell(checker, is_character ? BX_PDF_RULE_PRIVATE : BX_PDF_RULE_CHARACTER,
                    run->element, page, code);
    }
}

static void check_run(struct bx_pdf_checker *checker, const struct bx_run *run, int page)
{
    const struct bx_font *font = run->font;
    if (strlen(font->postscript) + 18 > BX_PDF_NAME_MAX)
        bx_pdf_tell(checker, BX_PDF_RULE_NAME, run->element, page, font->postscript);
    if (!bx_subset_is_allowed(font))
        bx_pdf_tell(checker, BX_PDF_RULE_EMBEDDING, run->element, page, font->postscript);
    if (run->text_len > (BX_PDF_STRING_MAX - 2) / 2)
        bx_pdf_tell(checker, BX_PDF_RULE_STRING, run->element, page, NULL);
    uint32_t count = (uint32_t)font->glyph_count;
    for (int i = 0; i < run->glyph_count; i++) {
        const struct bx_glyph *glyph = &run->glyphs[i];
        if (glyph->index > 0 && glyph->index < count)
            continue;
        char text[64];
        snprintf(text, sizeof(text), "“%.*s”", glyph->text_len < 32 ? glyph->text_len : 32,
                 run->text + glyph->text_at);
        bx_pdf_tell(checker, BX_PDF_RULE_GLYPH, run->element, page, text);
    }
    check_text(checker, run, page);
}

/* Gray belongs to every family; with a CMYK intent nothing else does, unless all is turned gray. */
static void check_family(struct bx_pdf_checker *checker, const struct bx_mark *mark, int page)
{
    if (!checker->options->intent || checker->profile->is_black)
        return;
    bool is_gray = mark->kind == BX_MARK_IMAGE  ? mark->image->components == 1
                   : mark->kind == BX_MARK_RUN  ? mark->run.colour.is_gray
                   : mark->kind == BX_MARK_PATH ? mark->path->colour.is_gray
                                                : mark->colour.is_gray;
    if (!is_gray && mark->kind != BX_MARK_LINK && mark->kind != BX_MARK_FIELD &&
        mark->kind != BX_MARK_SEAL)
        bx_pdf_tell(checker, BX_PDF_RULE_FAMILY, mark->element, page, NULL);
}

static void check_mark(struct bx_pdf_checker *checker, const struct bx_mark *mark, int page)
{
    const struct bx_pages *pages = checker->pages;
    int e = mark->kind == BX_MARK_RUN ? mark->run.element : mark->element;
    if (e < BX_ARTIFACT_WATERMARK || e >= pages->element_count) {
        bx_pdf_tell(checker, BX_PDF_RULE_MARK, -1, page, NULL);
        return;
    }
    if (e >= 0 && is_container(pages->elements[e].tag))
        bx_pdf_tell(checker, BX_PDF_RULE_CONTENT, e, page, NULL);
    check_family(checker, mark, page);
    if (mark->kind == BX_MARK_RUN)
        check_run(checker, &mark->run, page);
    if (mark->kind == BX_MARK_FIELD && (e < 0 || pages->elements[e].tag != BX_TAG_FORM))
        bx_pdf_tell(checker, BX_PDF_RULE_FIELD, e, page, NULL);
    if (mark->kind == BX_MARK_LINK) {
        if (e < 0 || pages->elements[e].tag != BX_TAG_LINK)
            bx_pdf_tell(checker, BX_PDF_RULE_LINK, e, page, NULL);
        check_string(checker, e, mark->uri);
    }
}

static void check_page(struct bx_pdf_checker *checker, int page)
{
    const struct bx_page *source = &checker->pages->pages[page];
    int64_t sides[2] = {bx_pdf_milli(source->width), bx_pdf_milli(source->height)};
    for (int i = 0; i < 2; i++)
        if (sides[i] < PAGE_LEAST_MILLI || sides[i] > PAGE_MOST_MILLI)
            bx_pdf_tell(checker, BX_PDF_RULE_PAGE_SIZE, -1, page, NULL);
    for (int i = 0; i < source->mark_count; i++)
        check_mark(checker, &source->marks[i], page);
}

bool bx_pdf_check(const struct bx_pages *pages,
                  const struct bx_pdf_options *options,
                  struct bx_findings *findings,
                  struct bx_err *err)
{
    struct bx_pdf_checker checker = {
        .pages = pages,
        .options = options,
        .profile = options->profile ? options->profile : bx_pdf_profile_at(0),
        .findings = findings,
        .err = err,
    };
    check_meta(&checker);
    int heading = 0;
    for (int e = 0; e < pages->element_count; e++)
        check_element(&checker, e, &heading);
    bx_pdf_check_tables(&checker);
    for (int p = 0; p < pages->page_count; p++)
        check_page(&checker, p);
    check_attachments(&checker);
    check_printing(&checker);
    return checker.fault_count == 0;
}

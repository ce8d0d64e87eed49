#include "verify/verify.h"

#include <string.h>

#include "verify/same.h"
#include "verify/verify_added.h"
#include "verify/verify_work.h"

/* The order of the comparison: first the text, which needs nothing but the model; then what was
 * added, for which the file alone is enough; then attachments, pages and bytes, as far as the file
 * written again is one of the same making. At last everything else is held against it object by
 * object, so that what no other check looks at (an outline in a font, a name in the outline of
 * the document) cannot be changed unseen. */

void bx_verifier_tell(struct bx_verifier *verifier,
                      enum bx_level level,
                      const char *code,
                      int stage,
                      int page,
                      const char *where,
                      const char *zh,
                      const char *en)
{
    bx_findings_add(verifier->findings, &(struct bx_finding){.level = level,
                                                             .code = code,
                                                             .page = page + 1,
                                                             .where = where,
                                                             .stage = stage,
                                                             .zh = zh,
                                                             .en = en});
}

/* ---- text ---- */

/* What may be printed outside the structure. */
struct allowed {
    struct bx_logical texts, before, behind; /* of a page number */
};

/* Marks where a text may go on, behind `len` bytes at `at` that are allowed. */
static void
reach(bool *is_reached, const struct bx_buf *text, size_t at, const char *allowed, size_t len)
{
    if (len > 0 && len <= text->len - at && memcmp(text->data + at, allowed, len) == 0)
        is_reached[at + len] = true;
}

/* Is a text put together from whole texts that are allowed, and the page's number? */
static bool is_made_of(const struct bx_buf *text, const struct allowed *allowed, int page)
{
    struct bx_arena arena = {0};
    const struct bx_logical *texts = &allowed->texts;
    const char *before = allowed->before.text.data, *behind = allowed->behind.text.data;
    const char *number =
        bx_arena_printf(&arena, "%s%d%s", before ? before : "", page + 1, behind ? behind : "");
    bool *is_reached = BX_NEW_ARRAY(&arena, bool, text->len + 1);
    is_reached[0] = true;
    for (size_t at = 0; at < text->len; at++) {
        if (!is_reached[at])
            continue;
        reach(is_reached, text, at, number, strlen(number));
        for (int i = 0; i < texts->piece_count; i++)
            reach(is_reached, text, at, texts->text.data + texts->pieces[i].at,
                  (size_t)texts->pieces[i].len);
    }
    bool is_whole = is_reached[text->len];
    bx_arena_fini(&arena);
    return is_whole;
}

static bool check_artifact(struct bx_verifier *verifier,
                           int page,
                           const struct bx_buf *text,
                           const struct allowed *allowed)
{
    if (text->len == 0 || is_made_of(text, allowed, page))
        return true;
    const char *quoted = bx_verifier_quote(verifier->findings, text->data, (int)text->len);
    bx_verifier_tell(verifier, BX_LEVEL_ERROR, "VERIFY-TEXT", BX_VERIFY_STAGE_TEXT, page, "",
                     bx_findings_text(verifier->findings, "印着报告里没有的文字“%s”", quoted),
                     bx_findings_text(verifier->findings,
                                      "text is printed that the report does not have: “%s”",
                                      quoted));
    return false;
}

/* Text that is drawn as an artifact is no part of the tree, so its stretches are looked at one by
 * one. */
static bool check_artifacts(struct bx_verifier *verifier)
{
    struct allowed allowed = {0};
    bool is_good = true;
    bx_logical_expect_artifacts(&allowed.texts, verifier->input->pages);
    bx_logical_expect_number(&allowed.before, &allowed.behind, verifier->input->pages);
    for (int p = 0; p < verifier->drawn.page_count; p++) {
        const struct bx_seen_page *page = &verifier->drawn.pages[p];
        struct bx_logical artifact = {0};
        for (int i = 0; i < page->mark_count; i++) {
            const struct bx_seen_mark *mark = &page->marks[i];
            bool is_glyph = mark->kind == BX_SEEN_GLYPH;
            if (is_glyph && mark->mcid == BX_SEEN_ARTIFACT) {
                bx_logical_add(&artifact, mark->text, mark->len, p, "");
            } else if (is_glyph && artifact.text.len > 0) {
                is_good &= check_artifact(verifier, p, &artifact.text, &allowed);
                bx_logical_fini(&artifact);
            }
        }
        is_good &= check_artifact(verifier, p, &artifact.text, &allowed);
        bx_logical_fini(&artifact);
    }
    bx_logical_fini(&allowed.texts);
    bx_logical_fini(&allowed.before);
    bx_logical_fini(&allowed.behind);
    return is_good;
}

/* Pages out of order leave the tree as it was. What is drawn, in the pages' order, must be the
 * report's text too; a row over two pages is the one thing that is drawn in another order than
 * read, so only a text that is neither is told. */
static bool check_order(struct bx_verifier *verifier, const struct bx_logical *report)
{
    struct bx_logical drawn = {0}, list = {0};
    for (int p = 0; p < verifier->drawn.page_count; p++)
        bx_logical_draw(&drawn, &verifier->drawn, p, BX_LOGICAL_TAGGED);
    for (int p = 0; p < verifier->input->pages->page_count; p++)
        bx_logical_expect_tagged(&list, verifier->input->pages, p);
    bool is_same = (drawn.text.len == list.text.len &&
                    memcmp(drawn.text.data ? drawn.text.data : "",
                           list.text.data ? list.text.data : "", drawn.text.len) == 0) ||
                   (drawn.text.len == report->text.len &&
                    memcmp(drawn.text.data ? drawn.text.data : "",
                           report->text.data ? report->text.data : "", drawn.text.len) == 0) ||
                   bx_verifier_compare_text(verifier, &drawn, &list, "各页依次印出的文字",
                                            "the text that the pages show one after another");
    bx_logical_fini(&drawn);
    bx_logical_fini(&list);
    return is_same;
}

static void check_text(struct bx_verifier *verifier)
{
    struct bx_logical wanted = {0}, alts = {0};
    struct bx_logical_read read;
    if (!verifier->input->pages)
        return;
    bx_logical_expect(&wanted, &alts, verifier->input->pages);
    bx_logical_read(&read, &verifier->drawn);
    bool is_same = bx_verifier_compare_text(verifier, &read.seen, &wanted, "看到的文字",
                                            "the text that is seen");
    if (is_same)
        is_same = bx_verifier_compare_text(verifier, &read.heard, &wanted, "朗读的文字",
                                           "the text that is read out") &&
                  bx_verifier_compare_text(verifier, &read.alts, &alts, "图的替代文字",
                                           "the text in place of figures") &&
                  check_order(verifier, &wanted);
    if (is_same && read.fault)
        bx_verifier_tell(verifier, BX_LEVEL_ERROR, "VERIFY-TEXT", BX_VERIFY_STAGE_TEXT,
                         read.fault_page, "", read.fault_zh, read.fault);
    bool is_plain = check_artifacts(verifier);
    verifier->result.text =
        is_same && is_plain && !read.fault ? BX_VERDICT_SAME : BX_VERDICT_DIFFERENT;
    bx_logical_read_fini(&read);
    bx_logical_fini(&wanted);
    bx_logical_fini(&alts);
}

/* ---- attachments ---- */

static void
tell_file(struct bx_verifier *verifier, const char *name, const char *zh, const char *en)
{
    verifier->result.attachments = BX_VERDICT_DIFFERENT;
    bx_verifier_tell(
        verifier, BX_LEVEL_ERROR, "VERIFY-FILE", BX_VERIFY_STAGE_CHANGE, -1, "",
        bx_findings_text(verifier->findings, "附件 %.100s %s", name, zh),
        bx_findings_text(verifier->findings, "the attachment %.100s %s", name, en));
}

/* Attachments follow from the model alone, so they are compared whatever faces are at hand. */
static void compare_attachments(struct bx_verifier *verifier,
                                const struct bx_attached_list *files)
{
    struct bx_attached_list made;
    bx_attached_list_build(&made, verifier->input->made);
    for (int i = 0; i < made.count; i++) {
        const struct bx_attached *file = bx_attached_list_find(files, made.items[i].name);
        if (!file)
            tell_file(verifier, made.items[i].name, "没有了", "is missing");
        else if (file->len != made.items[i].len ||
                 memcmp(file->data, made.items[i].data, file->len) != 0)
            tell_file(verifier, file->name, "与报告数据不符", "is not what the model gives");
    }
    for (int i = 0; i < files->count; i++)
        if (!bx_attached_list_find(&made, files->items[i].name))
            tell_file(verifier, files->items[i].name, "是多出来的", "was added");
    bx_attached_list_fini(&made);
}

static void check_attachments(struct bx_verifier *verifier)
{
    struct bx_attached_list files;
    bx_attached_list_build(&files, verifier->input->document);
    if (files.count > 0 || verifier->input->made)
        verifier->result.attachments = BX_VERDICT_SAME;
    for (int i = 0; i < files.count; i++)
        if (!files.items[i].is_whole)
            tell_file(verifier, files.items[i].name, "与所记的长度或摘要不符",
                      "is not of the length or digest that stands beside it");
    if (verifier->input->made)
        compare_attachments(verifier, &files);
    bx_attached_list_fini(&files);
}

/* ---- the whole ---- */

static void find_comparable(struct bx_verifier *verifier)
{
    struct bx_making file, made;
    if (!verifier->input->made)
        return;
    bx_making_read(&file, verifier->input->document);
    bx_making_read(&made, verifier->input->made);
    const struct bx_making_item *item = bx_making_compare(&file, &made);
    verifier->is_comparable = !item;
    if (item)
        bx_verifier_tell(
            verifier, BX_LEVEL_NOTE, "VERIFY-NOT", 0, -1, "",
            bx_findings_text(verifier->findings,
                             "页面和字节没有比较：文件所用的 %.60s（%.200s）这里没有",
                             item->name, item->value),
            bx_findings_text(verifier->findings,
                             "pages and bytes are not compared: %.60s is another here than in "
                             "the file (%.200s)",
                             item->name, item->value));
    bx_making_fini(&file);
    bx_making_fini(&made);
}

/* The page that a path leads through, from 0; -1 for none. */
static int page_of_path(const char *path)
{
    static const char start[] = "/Root/Pages/Kids/";
    int page = 0;
    if (strncmp(path, start, sizeof(start) - 1) != 0)
        return -1;
    for (const char *at = path + sizeof(start) - 1; '0' <= *at && *at <= '9' && page < 100000;
         at++)
        page = 10 * page + (*at - '0');
    return page;
}

static void tell_difference(struct bx_verifier *verifier,
                            const struct bx_difference *difference)
{
    static const char *const zh[] = {
        [BX_DIFFERENCE_ADDED] = "多出来的",
        [BX_DIFFERENCE_MISSING] = "没有了",
        [BX_DIFFERENCE_CHANGED] = "改过了",
    };
    static const char *const en[] = {
        [BX_DIFFERENCE_ADDED] = "was added",
        [BX_DIFFERENCE_MISSING] = "is missing",
        [BX_DIFFERENCE_CHANGED] = "was changed",
    };
    bx_verifier_tell(verifier, BX_LEVEL_ERROR, "VERIFY-CHANGE", BX_VERIFY_STAGE_CHANGE,
                     page_of_path(difference->path), "",
                     bx_findings_text(verifier->findings, "PDF 的 %.200s：%s", difference->path,
                                      zh[difference->kind]),
                     bx_findings_text(verifier->findings, "%.200s of the PDF %s",
                                      difference->path, en[difference->kind]));
}

/* Everything that the file holds against the file written again. */
static void compare_objects(struct bx_verifier *verifier)
{
    enum {
        TOLD_MOST = 8
    };
    struct bx_differences differences;
    bx_differences_build(&differences, verifier->input->document, verifier->input->made);
    for (int i = 0; i < differences.count && i < TOLD_MOST; i++)
        tell_difference(verifier, &differences.items[i]);
    if (differences.count > 0)
        verifier->result.is_untouched = false;
    if (differences.count == 0)
        bx_verifier_tell(verifier, BX_LEVEL_WARNING, "VERIFY-BYTES", 0, -1, "",
                         "字节与重新生成的文件不同，但内容完全相同：文件另存过",
                         "the bytes are not those of the file written again, but all that it "
                         "holds is the same: it was saved anew");
    bx_differences_fini(&differences);
}

static void compare_files(struct bx_verifier *verifier)
{
    const struct bx_verify_input *input = verifier->input;
    bool is_same = bx_verifier_compare_pages(verifier);
    verifier->result.pages = is_same ? BX_VERDICT_SAME : BX_VERDICT_DIFFERENT;
    bool has_same_bytes =
        input->len == input->made_len && memcmp(input->data, input->made_data, input->len) == 0;
    verifier->result.bytes = has_same_bytes ? BX_VERDICT_SAME : BX_VERDICT_DIFFERENT;
    if (!has_same_bytes)
        compare_objects(verifier);
}

static bool has_error(const struct bx_findings *findings, int from, int stage)
{
    for (int i = from; i < findings->count; i++)
        if (findings->items[i].level == BX_LEVEL_ERROR && findings->items[i].stage == stage)
            return true;
    return false;
}

static void check_damage(struct bx_verifier *verifier)
{
    const struct bx_document *document = verifier->input->document;
    if (document->warning_count > 0)
        bx_verifier_tell(
            verifier, BX_LEVEL_ERROR, "VERIFY-DAMAGED", BX_VERIFY_STAGE_CHANGE, -1, "",
            bx_findings_text(verifier->findings, "文件有损坏之处：%.200s（共%d处）",
                             document->warning, document->warning_count),
            bx_findings_text(verifier->findings, "the file is damaged: %.200s (places: %d)",
                             document->warning, document->warning_count));
    if (document->stray_count > 0)
        bx_verifier_tell(
            verifier, BX_LEVEL_WARNING, "VERIFY-ADDED", 0, -1, "",
            bx_findings_text(verifier->findings, "有%d个没有用处的对象", document->stray_count),
            bx_findings_text(verifier->findings, "objects that nothing refers to: %d",
                             document->stray_count));
}

/* What the file written again holds too was not added. */
static void check_added(struct bx_verifier *verifier)
{
    const struct bx_verify_input *input = verifier->input;
    struct bx_findings ours = {0};
    if (input->made)
        bx_verify_find_added(&ours, NULL, &verifier->made, input->made_data, input->made_len);
    bx_verify_find_added(verifier->findings, &ours, &verifier->drawn, input->data, input->len);
    bx_findings_fini(&ours);
}

/* A picture of a seal says nothing of who put it there. */
static void tell_seals(struct bx_verifier *verifier)
{
    int first = -1, count = 0;
    for (int p = 0; p < verifier->drawn.page_count; p++) {
        const struct bx_seen_page *page = &verifier->drawn.pages[p];
        bool has_seal = false;
        for (int i = 0; i < page->mark_count; i++)
            has_seal |= page->marks[i].is_ink;
        count += has_seal;
        first = has_seal && first < 0 ? p : first;
    }
    if (count > 0)
        bx_verifier_tell(
            verifier, BX_LEVEL_NOTE, "VERIFY-SEAL", 0, first, "",
            bx_findings_text(verifier->findings,
                             "有%d页画着印章图样：只是示意，不是经认证的电子印章", count),
            bx_findings_text(verifier->findings,
                             "pages with a drawn seal: %d; it is an illustration, no certified "
                             "electronic seal",
                             count));
}

struct bx_verify_result bx_verify_compare(const struct bx_verify_input *input,
                                          struct bx_findings *findings)
{
    struct bx_verifier verifier = {.input = input, .findings = findings};
    int from = findings->count;
    verifier.result.is_untouched = true;
    bx_seen_build(&verifier.drawn, input->document);
    if (input->made)
        bx_seen_build(&verifier.made, input->made);
    check_damage(&verifier);
    find_comparable(&verifier);
    check_text(&verifier);
    check_added(&verifier);
    tell_seals(&verifier);
    check_attachments(&verifier);
    if (verifier.is_comparable) {
        compare_files(&verifier);
    } else if (input->made) {
        verifier.result.pages = verifier.result.bytes = BX_VERDICT_NOT_POSSIBLE;
    }
    if (has_error(findings, from, BX_VERIFY_STAGE_CHANGE))
        verifier.result.is_untouched = false;
    bx_seen_fini(&verifier.drawn);
    bx_seen_fini(&verifier.made);
    return verifier.result;
}

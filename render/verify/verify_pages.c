#include "verify/verify_work.h"

#include <string.h>

/* Page by page, mark by mark: what the file draws against what the file written again draws. Both
 * were carried out by the same reader, so places are equal or they are not. */

static bool is_same_mark(const struct bx_seen_mark *a, const struct bx_seen_mark *b)
{
    if (a->kind != b->kind || a->x != b->x || a->y != b->y || a->w != b->w || a->h != b->h ||
        a->colour != b->colour || a->len != b->len || a->point_count != b->point_count ||
        a->is_ink != b->is_ink ||
        (a->mcid == BX_SEEN_ARTIFACT) != (b->mcid == BX_SEEN_ARTIFACT))
        return false;
    for (int i = 0; i < a->point_count; i++)
        if (a->points[i].x != b->points[i].x || a->points[i].y != b->points[i].y)
            return false;
    return memcmp(a->text, b->text, (size_t)a->len) == 0 && a->code == b->code;
}

static bool is_same_page(const struct bx_seen_page *a, const struct bx_seen_page *b)
{
    if (a->mark_count != b->mark_count)
        return false;
    for (int i = 0; i < a->mark_count; i++)
        if (!is_same_mark(&a->marks[i], &b->marks[i]))
            return false;
    return a->left == b->left && a->right == b->right && a->bottom == b->bottom &&
           a->top == b->top;
}

/* The page of the other file that looks like this one; -1 for none. */
static int find_page(const struct bx_seen *drawn, const struct bx_seen_page *page)
{
    for (int p = 0; p < drawn->page_count; p++)
        if (is_same_page(&drawn->pages[p], page))
            return p;
    return -1;
}

/* What of a mark is said: its text with that of the glyphs behind it on the line, or its kind. */
static const char *
describe(struct bx_verifier *verifier, const struct bx_seen_page *page, int i, bool in_chinese)
{
    static const char *const zh[] = {
        [BX_SEEN_GLYPH] = "文字", [BX_SEEN_FILL] = "色块", [BX_SEEN_PATH] = "图形",
        [BX_SEEN_LINE] = "线",    [BX_SEEN_IMAGE] = "图",  [BX_SEEN_ACTUAL] = "替代文字",
    };
    static const char *const en[] = {
        [BX_SEEN_GLYPH] = "text",     [BX_SEEN_FILL] = "a rectangle",
        [BX_SEEN_PATH] = "a path",    [BX_SEEN_LINE] = "a line",
        [BX_SEEN_IMAGE] = "an image", [BX_SEEN_ACTUAL] = "a replacement text",
    };
    enum {
        GLYPHS_MOST = 10
    };
    if (i >= page->mark_count)
        return in_chinese ? "没有" : "nothing";
    const struct bx_seen_mark *mark = &page->marks[i];
    struct bx_buf text = {0};
    for (int k = i; k < page->mark_count && k < i + GLYPHS_MOST; k++)
        if (page->marks[k].kind == BX_SEEN_GLYPH && mark->kind == BX_SEEN_GLYPH)
            bx_buf_add(&text, page->marks[k].text, (size_t)page->marks[k].len);
    const char *said =
        bx_findings_text(verifier->findings,
                         in_chinese ? "%s%s%s%s（%lld,%lld pt）" : "%s%s%s%s at %lld,%lld pt",
                         in_chinese ? zh[mark->kind] : en[mark->kind], text.len > 0 ? " “" : "",
                         text.data ? text.data : "", text.len > 0 ? "”" : "",
                         (long long)(mark->x / BX_MICRO), (long long)(mark->y / BX_MICRO));
    bx_buf_fini(&text);
    return said;
}

/* The place in the model of the glyph that is mark i of a page. */
static const char *where_of(const struct bx_verifier *verifier, int p, int i)
{
    struct bx_logical before = {0}, page = {0};
    const struct bx_seen_page *made = &verifier->made.pages[p];
    if (p >= verifier->input->pages->page_count)
        return "";
    for (int k = 0; k < i && k < made->mark_count; k++)
        if (made->marks[k].kind == BX_SEEN_GLYPH)
            bx_logical_add(&before, made->marks[k].text, made->marks[k].len, p, "");
    bx_logical_expect_page(&page, verifier->input->pages, p);
    const char *where = bx_logical_find(&page, (int)before.text.len).where;
    bx_logical_fini(&before);
    bx_logical_fini(&page);
    return where;
}

static void tell_page(struct bx_verifier *verifier, int p)
{
    const struct bx_seen_page *page = &verifier->drawn.pages[p],
                              *made = &verifier->made.pages[p];
    struct bx_findings *findings = verifier->findings;
    int other = find_page(&verifier->made, page), i = 0;
    if (other >= 0) {
        bx_verifier_tell(
            verifier, BX_LEVEL_ERROR, "VERIFY-PAGE", BX_VERIFY_STAGE_CHANGE, p, "",
            bx_findings_text(findings, "这里是报告的第%d页", other + 1),
            bx_findings_text(findings, "page %d of the report stands here", other + 1));
        return;
    }
    while (i < page->mark_count && i < made->mark_count &&
           is_same_mark(&page->marks[i], &made->marks[i]))
        i++;
    bool is_box = i == page->mark_count && i == made->mark_count;
    bx_verifier_tell(verifier, BX_LEVEL_ERROR, "VERIFY-PAGE", BX_VERIFY_STAGE_CHANGE, p,
                     where_of(verifier, p, i),
                     is_box ? "页面的大小改过"
                            : bx_findings_text(findings, "画的是%s，应是%s",
                                               describe(verifier, page, i, true),
                                               describe(verifier, made, i, true)),
                     is_box ? "the page's size was changed"
                            : bx_findings_text(findings, "what is drawn is %s; it should be %s",
                                               describe(verifier, page, i, false),
                                               describe(verifier, made, i, false)));
}

bool bx_verifier_compare_pages(struct bx_verifier *verifier)
{
    int count = verifier->drawn.page_count, made_count = verifier->made.page_count;
    bool is_same = count == made_count;
    if (!is_same)
        bx_verifier_tell(
            verifier, BX_LEVEL_ERROR, "VERIFY-PAGE", BX_VERIFY_STAGE_CHANGE, -1, "",
            bx_findings_text(verifier->findings, "有%d页，应是%d页", count, made_count),
            bx_findings_text(verifier->findings, "pages: %d; there should be %d", count,
                             made_count));
    for (int p = 0; p < count && p < made_count; p++)
        if (!is_same_page(&verifier->drawn.pages[p], &verifier->made.pages[p])) {
            tell_page(verifier, p);
            is_same = false;
        }
    return is_same;
}

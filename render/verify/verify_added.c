#include "verify/verify_added.h"

#include <stdio.h>
#include <string.h>

/* Our files hold few kinds of things, so what they may hold is listed, and all else is told: a
 * list of what is harmful would never be complete. Values that are not looked at here, the
 * structure tree's, say, are compared with the file written again where that is possible. */

enum {
    STAGE = BX_E_SIGN, /* a change that is not allowed */
    DEPTH_MOST = 64,
    TOLD_MOST = 20,
};

/* Keys of a dictionary, with blanks around each. */
static const char TRAILER_KEYS[] = " DecodeParms Filter ID Index Length Prev Root Size Type W ";
static const char CATALOG_KEYS[] = " AF Extensions Lang MarkInfo Metadata Names Outlines"
                                   " OutputIntents PageLabels Pages StructTreeRoot Type Version"
                                   " ViewerPreferences ";
static const char PAGE_KEYS[] = " Annots ArtBox BleedBox Contents CropBox Group MediaBox Parent"
                                " Resources StructParents Tabs TrimBox Type ";
static const char RESOURCE_KEYS[] = " ExtGState Font ProcSet XObject ";
static const char GROUP_KEYS[] = " CS S Type ";
static const char NAMES_KEYS[] = " EmbeddedFiles ";
static const char ANNOTATION_KEYS[] =
    " A Border Contents Dest F P Rect StructParent Subtype Type ";
static const char ACTION_KEYS[] = " D S SD Type URI ";

static const char LINK_ACTIONS[] = " GoTo URI ";

/* What does something by itself, wherever it stands. */
static const char ACTIVE_KEYS[] = " AA AcroForm JavaScript JS OCProperties OpenAction XFA ";

struct search {
    struct bx_findings *findings;
    const struct bx_findings *ours; /* or NULL */
    bool *is_used;                  /* beside its items */
    const struct bx_seen *drawn;
    const struct bx_document *document;
    int told_count;
};

static bool is_listed(const char *list, const char *key)
{
    size_t len = strlen(key);
    for (const char *at = len > 0 ? strstr(list, key) : NULL; at; at = strstr(at + 1, key))
        if (at[-1] == ' ' && at[len] == ' ')
            return true;
    return false;
}

/* Is the same told of the file written again? */
static bool is_excused(struct search *search, const struct bx_finding *finding)
{
    for (int i = 0; search->ours && i < search->ours->count; i++) {
        const struct bx_finding *own = &search->ours->items[i];
        if (search->is_used[i] || own->page != finding->page ||
            strcmp(own->code, finding->code) != 0 || strcmp(own->en, finding->en) != 0)
            continue;
        search->is_used[i] = true;
        return true;
    }
    return false;
}

static void
tell_finding(struct search *search, int page, const char *code, const char *zh, const char *en)
{
    const struct bx_finding finding = {.level = BX_LEVEL_ERROR,
                                       .code = code,
                                       .page = page + 1,
                                       .stage = STAGE,
                                       .zh = zh,
                                       .en = en};
    if (!is_excused(search, &finding) && (!search->ours || search->told_count++ < TOLD_MOST))
        bx_findings_add(search->findings, &finding);
}

/* zh and en hold one "%s", for the word. */
static void tell(struct search *search,
                 int page,
                 const char *code,
                 const char *zh,
                 const char *en,
                 const char *word)
{
    char full_zh[256], full_en[256];
    const char *place = strstr(zh, "%s");
    snprintf(full_zh, sizeof(full_zh), "%.*s%.60s%s", (int)(place - zh), zh, word, place + 2);
    place = strstr(en, "%s");
    snprintf(full_en, sizeof(full_en), "%.*s%.60s%s", (int)(place - en), en, word, place + 2);
    tell_finding(search, page, code, bx_findings_text(search->findings, "%s", full_zh),
                 bx_findings_text(search->findings, "%s", full_en));
}

static void check_keys(struct search *search,
                       const struct bx_object *dict,
                       const char *list,
                       int page,
                       const char *of)
{
    for (int i = 0; i < dict->count && dict->keys; i++) {
        if (is_listed(list, dict->keys[i]))
            continue;
        char word[96];
        snprintf(word, sizeof(word), "%s/%.60s", of, dict->keys[i]);
        tell(search, page, "VERIFY-ADDED", "多出了 %s", "%s was added", word);
    }
}

static void
check_annotation(struct search *search, const struct bx_object *annotation, int page)
{
    const struct bx_document *document = search->document;
    const struct bx_object *type = bx_object_find(document, annotation, "Subtype");
    const struct bx_object *action = bx_object_find(document, annotation, "A");
    const struct bx_object *kind = bx_object_find(document, action, "S");
    if (!bx_object_is_name(type, "Link")) {
        tell(search, page, "VERIFY-ADDED", "多出了批注（%s）", "an annotation was added (%s)",
             type->kind == BX_OBJECT_NAME ? type->bytes : "?");
        return;
    }
    check_keys(search, annotation, ANNOTATION_KEYS, page, "Link");
    check_keys(search, action, ACTION_KEYS, page, "A");
    if (action->kind != BX_OBJECT_NULL &&
        (kind->kind != BX_OBJECT_NAME || !is_listed(LINK_ACTIONS, kind->bytes)))
        tell(search, page, "VERIFY-ADDED", "链接的动作是 %s", "a link does %s",
             kind->kind == BX_OBJECT_NAME ? kind->bytes : "?");
}

static void tell_hidden(
    struct search *search, int page, const char *text, const char *why_zh, const char *why)
{
    tell_finding(
        search, page, "VERIFY-HIDDEN",
        bx_findings_text(search->findings, "有看不见的文字“%s”：%s", text, why_zh),
        bx_findings_text(search->findings, "text that cannot be seen, “%s”: %s", text, why));
}

static void check_page(struct search *search, int p)
{
    const struct bx_seen_page *page = &search->drawn->pages[p];
    const struct bx_document *document = search->document;
    const struct bx_object *annotations = bx_object_find(document, page->page, "Annots");
    const char *why_zh = "", *why = "";
    check_keys(search, page->page, PAGE_KEYS, p, "Page");
    check_keys(search, bx_object_find(document, page->page, "Resources"), RESOURCE_KEYS, p,
               "Resources");
    check_keys(search, bx_object_find(document, page->page, "Group"), GROUP_KEYS, p, "Group");
    for (int i = 0; i < bx_object_item_count(annotations); i++)
        check_annotation(search, bx_object_item(document, annotations, i), p);
    if (page->fault)
        tell(search, p, "VERIFY-HIDDEN", "页面上有版心不会写的内容：%s",
             "the page is drawn as banxin never does: %s", page->fault);
    const struct bx_seen_mark *hidden = bx_seen_find_hidden(page, &why_zh, &why);
    if (hidden) {
        const char *text = bx_findings_text(search->findings, "%.*s",
                                            hidden->len < 16 ? hidden->len : 0, hidden->text);
        tell_hidden(search, p, text, why_zh, why);
    }
}

static void check_active(struct search *search, const struct bx_object *object, int depth)
{
    for (int i = 0; i < object->count && depth < DEPTH_MOST; i++) {
        if (object->keys && is_listed(ACTIVE_KEYS, object->keys[i]))
            tell(search, -1, "VERIFY-ADDED", "多出了会自己动作的 /%s",
                 "/%s was added, which acts by itself", object->keys[i]);
        check_active(search, &object->items[i], depth + 1);
    }
}

/* Only the XMP packet describes our files. */
static void check_parts(struct search *search)
{
    const struct bx_document *document = search->document;
    check_keys(search, document->trailer, TRAILER_KEYS, -1, "Trailer");
    check_keys(search, document->root, CATALOG_KEYS, -1, "Catalog");
    check_keys(search, bx_object_find(document, document->root, "Names"), NAMES_KEYS, -1,
               "Names");
    for (int i = 0; i < document->object_count; i++)
        if (document->objects[i])
            check_active(search, document->objects[i], 0);
    if (document->is_encrypted)
        tell(search, -1, "VERIFY-ADDED", "文件加了密%s", "the file was encrypted%s", "");
}

static int count_ends(const char *data, size_t len, size_t *last)
{
    static const char mark[] = "%%EOF";
    int count = 0;
    for (size_t i = 0; i + sizeof(mark) - 1 <= len; i++)
        if (data[i] == '%' && memcmp(data + i, mark, sizeof(mark) - 1) == 0) {
            count++;
            *last = i + sizeof(mark) - 1;
        }
    return count;
}

static bool is_linearized(const char *data, size_t len)
{
    static const char word[] = "/Linearized";
    for (size_t i = 0; i + sizeof(word) - 1 <= len && i < 1024; i++)
        if (memcmp(data + i, word, sizeof(word) - 1) == 0)
            return true;
    return false;
}

/* A revision is a file's changes written behind it (ISO 32000-1 7.5.6). One that was put in the
 * order of reading has two ends and is whole all the same. */
static void check_revisions(struct search *search, const char *data, size_t len)
{
    size_t last = 0;
    int count = count_ends(data, len, &last) - is_linearized(data, len);
    if (count > 1)
        tell(search, -1, "VERIFY-ADDED", "文件写好后又续写过%s",
             "changes were written behind the finished file%s", "");
    for (; last < len; last++)
        if (data[last] != '\n' && data[last] != '\r') {
            tell(search, -1, "VERIFY-ADDED", "文件末尾之后还有内容%s",
                 "something stands behind the file's end%s", "");
            return;
        }
}

void bx_verify_find_added(struct bx_findings *findings,
                          const struct bx_findings *ours,
                          const struct bx_seen *drawn,
                          const void *data,
                          size_t len)
{
    struct bx_arena arena = {0};
    struct search search = {.findings = findings,
                            .ours = ours,
                            .is_used =
                                BX_NEW_ARRAY(&arena, bool, ours ? (size_t)ours->count + 1 : 1),
                            .drawn = drawn,
                            .document = drawn->document};
    check_parts(&search);
    for (int p = 0; p < drawn->page_count; p++)
        check_page(&search, p);
    check_revisions(&search, data, len);
    bx_arena_fini(&arena);
}

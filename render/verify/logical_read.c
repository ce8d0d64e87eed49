#include "verify/logical.h"

#include <string.h>

/* The text of a file by its structure tree. Each marked-content sequence is said where the tree
 * names it; the tree must name each drawn one exactly once, or something could be seen that is
 * never said, or said that is not seen. ActualText, E and, but for figures and links, Alt of an
 * element replace what it holds, as screen readers do. */

enum {
    DEPTH_MOST = 64,
    STEPS_MOST = 1 << 22,
};

/* Shape  of page p the sequences are slots[starts[p]] .. slots[starts[p + 1]]. */
struct slot {
    bool is_drawn, is_named;
    int first, next; /* marks of the page; each leads to its next in next_marks */
};

struct walk {
    struct bx_logical_read *out;
    const struct bx_seen *drawn;
    struct bx_arena arena;
    struct slot *slots;
    int *starts;      /* by page */
    int **next_marks; /* by page and mark: the next of the same sequence, or -1 */
    bool *is_seen;    /* by object number: an element is walked once */
    int step_count;
};

static void blame(struct walk *walk, int page, const char *zh, const char *what)
{
    if (walk->out->fault)
        return;
    walk->out->fault_zh = zh;
    walk->out->fault = what;
    walk->out->fault_page = page;
}

static void index_page(struct walk *walk, int p)
{
    const struct bx_seen_page *page = &walk->drawn->pages[p];
    struct slot *slots = walk->slots + walk->starts[p];
    walk->next_marks[p] = BX_NEW_ARRAY(&walk->arena, int, (size_t)page->mark_count + 1);
    for (int i = walk->starts[p]; i < walk->starts[p + 1]; i++)
        walk->slots[i] = (struct slot){.first = -1, .next = -1};
    for (int i = page->mark_count - 1; i >= 0; i--) {
        int mcid = page->marks[i].mcid;
        walk->next_marks[p][i] = -1;
        if (mcid == BX_SEEN_UNTAGGED && page->marks[i].kind == BX_SEEN_GLYPH)
            blame(walk, p, "有文字不在结构树里", "text that is neither tagged nor an artifact");
        if (mcid < 0)
            continue;
        walk->next_marks[p][i] = slots[mcid].first;
        slots[mcid].first = i;
        slots[mcid].is_drawn = true;
    }
}

static void index_pages(struct walk *walk)
{
    int count = walk->drawn->page_count, total = 0;
    walk->starts = BX_NEW_ARRAY(&walk->arena, int, (size_t)count + 1);
    walk->next_marks = BX_NEW_ARRAY(&walk->arena, int *, (size_t)count + 1);
    for (int p = 0; p < count; p++) {
        int most = -1;
        for (int i = 0; i < walk->drawn->pages[p].mark_count; i++)
            if (walk->drawn->pages[p].marks[i].mcid > most)
                most = walk->drawn->pages[p].marks[i].mcid;
        walk->starts[p] = total;
        total += most + 1;
    }
    walk->starts[count] = total;
    walk->slots = BX_NEW_ARRAY(&walk->arena, struct slot, (size_t)total + 1);
    for (int p = 0; p < count; p++)
        index_page(walk, p);
}

static void say_sequence(struct walk *walk, int page, int64_t mcid, bool is_replaced)
{
    if (page < 0 || mcid < 0 || mcid >= walk->starts[page + 1] - walk->starts[page])
        return; /* nothing was drawn in it: nothing to say */
    struct slot *slot = &walk->slots[walk->starts[page] + mcid];
    if (slot->is_named)
        blame(walk, page, "结构树两次提到同一处内容", "content that the structure names twice");
    if (slot->is_named)
        return;
    slot->is_named = true;
    for (int i = slot->first; i >= 0; i = walk->next_marks[page][i]) {
        const struct bx_seen_mark *mark = &walk->drawn->pages[page].marks[i];
        if (mark->kind == BX_SEEN_GLYPH)
            bx_logical_add(&walk->out->seen, mark->text, mark->len, page, "");
        bool is_heard = mark->kind == BX_SEEN_ACTUAL ||
                        (mark->kind == BX_SEEN_GLYPH && !mark->is_under_actual);
        if (is_heard && !is_replaced)
            bx_logical_add(&walk->out->heard, mark->text, mark->len, page, "");
    }
}

/* The name of a table, from one dictionary of attributes or several. */
static void read_summary(struct walk *walk, const struct bx_object *element)
{
    const struct bx_document *document = walk->drawn->document;
    const struct bx_object *attributes = bx_object_find(document, element, "A");
    bool is_list = attributes->kind == BX_OBJECT_ARRAY;
    for (int i = 0; i < (is_list ? attributes->count : 1); i++) {
        const struct bx_object *owner =
            is_list ? bx_object_item(document, attributes, i) : attributes;
        const struct bx_object *summary = bx_object_find(document, owner, "Summary");
        if (summary->kind != BX_OBJECT_STRING)
            continue;
        const char *text = bx_object_text(summary, &walk->arena);
        bx_logical_add(&walk->out->alts, text, (int)strlen(text), -1, "");
    }
}

/* What is said instead of an element's content, or NULL. */
static const char *replacement_of(struct walk *walk, const struct bx_object *element)
{
    const struct bx_document *document = walk->drawn->document;
    const struct bx_object *type = bx_object_find(document, element, "S");
    const struct bx_object *alt = bx_object_find(document, element, "Alt");
    const struct bx_object *actual = bx_object_find(document, element, "ActualText");
    read_summary(walk, element);
    if (actual->kind != BX_OBJECT_STRING)
        actual = bx_object_find(document, element, "E");
    if (actual->kind == BX_OBJECT_STRING)
        return bx_object_text(actual, &walk->arena);
    if (alt->kind != BX_OBJECT_STRING || bx_object_is_name(type, "Link"))
        return NULL;
    const char *text = bx_object_text(alt, &walk->arena);
    if (!bx_object_is_name(type, "Figure"))
        return text;
    bx_logical_add(&walk->out->alts, text, (int)strlen(text), -1, "");
    return NULL; /* its caption is text of the report */
}

static void
walk_kid(struct walk *walk, const struct bx_object *raw, int page, bool is_replaced, int depth);

static void walk_kids(
    struct walk *walk, const struct bx_object *element, int page, bool is_replaced, int depth)
{
    const struct bx_object *raw = bx_object_find_raw(element, "K");
    const struct bx_object *kids = bx_object_follow(walk->drawn->document, raw);
    if (kids->kind != BX_OBJECT_ARRAY) {
        walk_kid(walk, raw, page, is_replaced, depth);
        return;
    }
    for (int i = 0; i < kids->count; i++)
        walk_kid(walk, &kids->items[i], page, is_replaced, depth);
}

static int page_of(const struct walk *walk, const struct bx_object *dict, int otherwise)
{
    const struct bx_object *raw = bx_object_find_raw(dict, "Pg");
    return raw->kind == BX_OBJECT_REF ? bx_seen_find_page(walk->drawn, raw->number) : otherwise;
}

static void walk_element(
    struct walk *walk, const struct bx_object *element, int page, bool is_replaced, int depth)
{
    const char *instead = replacement_of(walk, element);
    page = page_of(walk, element, page);
    if (instead && !is_replaced)
        bx_logical_add(&walk->out->heard, instead, (int)strlen(instead), page, "");
    walk_kids(walk, element, page, is_replaced || instead, depth + 1);
}

static void
walk_kid(struct walk *walk, const struct bx_object *raw, int page, bool is_replaced, int depth)
{
    const struct bx_document *document = walk->drawn->document;
    const struct bx_object *kid = bx_object_follow(document, raw);
    if (depth > DEPTH_MOST || ++walk->step_count > STEPS_MOST) {
        blame(walk, -1, "结构树太深或太大", "a structure tree that is too deep or too large");
        return;
    }
    if (kid->kind == BX_OBJECT_NUMBER) {
        say_sequence(walk, page, kid->number / BX_MICRO, is_replaced);
        return;
    }
    if (kid->kind != BX_OBJECT_DICT)
        return;
    const struct bx_object *type = bx_object_find(document, kid, "Type");
    if (bx_object_is_name(type, "MCR")) {
        int64_t mcid = bx_object_int(bx_object_find(document, kid, "MCID"), -1);
        say_sequence(walk, page_of(walk, kid, page), mcid, is_replaced);
        return;
    }
    if (bx_object_is_name(type, "OBJR"))
        return;
    if (raw->kind == BX_OBJECT_REF && raw->number < document->object_count) {
        if (walk->is_seen[raw->number]) {
            blame(walk, -1, "结构树里有环", "a structure tree that goes round");
            return;
        }
        walk->is_seen[raw->number] = true;
    }
    walk_element(walk, kid, page, is_replaced, depth);
}

/* A sequence that shows text and is named nowhere. */
static void find_unnamed(struct walk *walk)
{
    for (int p = 0; p < walk->drawn->page_count; p++)
        for (int s = walk->starts[p]; s < walk->starts[p + 1]; s++)
            if (walk->slots[s].is_drawn && !walk->slots[s].is_named)
                blame(walk, p, "有内容不在结构树里",
                      "content that the structure does not name");
}

void bx_logical_read(struct bx_logical_read *out, const struct bx_seen *drawn)
{
    *out = (struct bx_logical_read){.fault_page = -1};
    struct walk walk = {.out = out, .drawn = drawn};
    const struct bx_document *document = drawn->document;
    walk.is_seen = BX_NEW_ARRAY(&walk.arena, bool, (size_t)document->object_count + 1);
    index_pages(&walk);
    const struct bx_object *root = bx_object_find(document, document->root, "StructTreeRoot");
    if (root->kind != BX_OBJECT_DICT)
        blame(&walk, -1, "没有结构树", "no structure tree");
    walk_kids(&walk, root, -1, false, 0);
    find_unnamed(&walk);
    bx_arena_fini(&walk.arena);
}

void bx_logical_read_fini(struct bx_logical_read *read)
{
    bx_logical_fini(&read->heard);
    bx_logical_fini(&read->seen);
    bx_logical_fini(&read->alts);
    *read = (struct bx_logical_read){0};
}

void bx_logical_draw(struct bx_logical *to,
                     const struct bx_seen *drawn,
                     int page,
                     enum bx_logical_part part)
{
    for (int i = 0; i < drawn->pages[page].mark_count; i++) {
        const struct bx_seen_mark *mark = &drawn->pages[page].marks[i];
        bool is_artifact = mark->mcid == BX_SEEN_ARTIFACT;
        if (mark->kind == BX_SEEN_GLYPH &&
            (part == BX_LOGICAL_ALL || (part == BX_LOGICAL_ARTIFACTS) == is_artifact))
            bx_logical_add(to, mark->text, mark->len, page, "");
    }
}

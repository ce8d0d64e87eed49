#include "verify/ending.h"

/* The tree of our files is a document of sections; behind the last of them stand the paragraphs of the
 * signature, the date last, and nothing else but figures and fields. */

enum {
    KIDS_MOST = 64, /* parts of one paragraph: a signature is short */
    LINES_MOST = 8,
};

struct search {
    const struct bx_seen *drawn;
    const struct bx_document *document;
    struct bx_ending *out;
    int page; /* index, -1 before the first line */
};

static bool
has_tag(const struct search *search, const struct bx_object *element, const char *tag)
{
    return bx_object_is_name(bx_object_find(search->document, element, "S"), tag);
}

/* The lower edge of an em box below the baseline: an eighth, as most Han faces have it. */
static int64_t bottom_of(const struct bx_seen_mark *glyph)
{
    return glyph->y - glyph->h / 8;
}

/* Takes the glyphs of one sequence; *left and *right widen to them. */
static void
take_sequence(struct search *search, int page, int mcid, int64_t *left, int64_t *right)
{
    struct bx_ending *out = search->out;
    const struct bx_seen_page *on = &search->drawn->pages[page];
    if (search->page != page)
        *out = (struct bx_ending){.page = on};
    for (int i = 0; i < on->mark_count; i++) {
        const struct bx_seen_mark *mark = &on->marks[i];
        if (mark->kind != BX_SEEN_GLYPH || mark->mcid != mcid)
            continue;
        int64_t bottom = bottom_of(mark), top = bottom + mark->h;
        bool is_first = out->pitch == 0;
        out->top = is_first || top > out->top ? top : out->top;
        out->bottom = is_first || bottom < out->bottom ? bottom : out->bottom;
        out->pitch = 2 * mark->h;
        bool is_new = *left > *right;
        *left = is_new || mark->x < *left ? mark->x : *left;
        *right = is_new || mark->x + mark->w > *right ? mark->x + mark->w : *right;
        search->page = page;
    }
}

static void take_part(struct search *search,
                      const struct bx_object *element,
                      const struct bx_object *part,
                      int64_t *left,
                      int64_t *right)
{
    const struct bx_object *number = part, *page = bx_object_find_raw(element, "Pg");
    if (part->kind == BX_OBJECT_DICT) {
        number = bx_object_find(search->document, part, "MCID");
        if (bx_object_find_raw(part, "Pg")->kind == BX_OBJECT_REF)
            page = bx_object_find_raw(part, "Pg");
    }
    int at = page->kind == BX_OBJECT_REF ? bx_seen_find_page(search->drawn, page->number) : -1;
    int64_t mcid = bx_object_int(number, -1);
    if (at >= 0 && 0 <= mcid && mcid < INT32_MAX)
        take_sequence(search, at, (int)mcid, left, right);
}

static void take_paragraph(struct search *search, const struct bx_object *element)
{
    const struct bx_object *parts = bx_object_find(search->document, element, "K");
    int64_t left = 1, right = 0;
    for (int i = 0; i < bx_object_item_count(parts) && i < KIDS_MOST; i++)
        take_part(search, element, bx_object_item(search->document, parts, i), &left, &right);
    if (left <= right)
        search->out->middle = left + (right - left) / 2;
}

/* What stands above the signature and ends lowest. */
static void find_above(struct search *search)
{
    struct bx_ending *out = search->out;
    const struct bx_seen_page *page = out->page;
    out->above = page->top;
    for (int i = 0; i < page->mark_count; i++) {
        const struct bx_seen_mark *mark = &page->marks[i];
        int64_t bottom = mark->kind == BX_SEEN_GLYPH ? bottom_of(mark) : mark->y;
        bool is_drawn = mark->kind != BX_SEEN_ACTUAL && !mark->is_ink;
        if (is_drawn && bottom >= out->top && bottom < out->above)
            out->above = bottom;
    }
}

bool bx_ending_find(struct bx_ending *out, const struct bx_seen *drawn)
{
    const struct bx_document *document = drawn->document;
    struct search search = {.drawn = drawn, .document = document, .out = out, .page = -1};
    const struct bx_object *root = bx_object_find(document, document->root, "StructTreeRoot");
    const struct bx_object *whole =
        bx_object_item(document, bx_object_find(document, root, "K"), 0);
    const struct bx_object *kids = bx_object_find(document, whole, "K");
    int count = bx_object_item_count(kids), first = count;
    *out = (struct bx_ending){0};
    while (first > 0 && count - first < LINES_MOST &&
           !has_tag(&search, bx_object_item(document, kids, first - 1), "Sect"))
        first--;
    if (first == 0 || !has_tag(&search, bx_object_item(document, kids, first - 1), "Sect"))
        return false;
    for (int i = first; i < count; i++)
        if (has_tag(&search, bx_object_item(document, kids, i), "P"))
            take_paragraph(&search, bx_object_item(document, kids, i));
    if (search.page < 0 || out->pitch == 0)
        return false;
    find_above(&search);
    return true;
}

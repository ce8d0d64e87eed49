#include "verify/seen.h"

#include <string.h>

/* The pages in their order, each with its box and the bytes of its content. Boxes and resources
 * may be inherited from the nodes above (ISO 32000-1 7.7.3.4). */

enum {
    TREE_DEPTH_MOST = 16,
    PAGES_MOST = 1 << 14,
};

/* Of all pages; a hostile file may name one stream on each of them. */
#define CONTENT_MOST ((size_t)64 << 20)

/* Holds  is_seen by object number: a node of the tree is walked once. */
struct walk {
    struct bx_seen *drawn;
    bool *is_seen;
};

static const struct bx_object *
find_box(const struct bx_document *document, const struct bx_object *node, const char *name)
{
    for (int i = 0; i < TREE_DEPTH_MOST && node->kind == BX_OBJECT_DICT; i++) {
        const struct bx_object *box = bx_object_find(document, node, name);
        if (box->kind == BX_OBJECT_ARRAY && box->count == 4)
            return box;
        node = bx_object_find(document, node, "Parent");
    }
    return bx_object_follow(document, NULL);
}

static int64_t edge(const struct bx_document *document, const struct bx_object *box, int i)
{
    const struct bx_object *value = bx_object_item(document, box, i);
    return value->kind == BX_OBJECT_NUMBER ? value->number : 0;
}

/* Pieces of a content are joined with a blank: a word never goes over two of them. */
static void join_content(struct bx_seen *drawn, struct bx_seen_page *page)
{
    const struct bx_document *document = drawn->document;
    const struct bx_object *contents = bx_object_find(document, page->page, "Contents");
    for (int i = 0; i < bx_object_item_count(contents); i++) {
        const struct bx_object *piece = bx_object_item(document, contents, i);
        if (piece->kind != BX_OBJECT_STREAM || !piece->is_decoded ||
            piece->len > CONTENT_MOST - drawn->content_bytes) {
            page->fault = "content that cannot be read";
            continue;
        }
        drawn->content_bytes += piece->len;
        bx_buf_add(&page->content, piece->bytes, piece->len);
        bx_buf_add_byte(&page->content, '\n');
    }
}

static void add_page(struct bx_seen *drawn, const struct bx_object *node, int number)
{
    if (drawn->page_count == PAGES_MOST)
        return;
    if (drawn->page_count == drawn->page_capacity)
        drawn->pages = bx_arena_grow(&drawn->arena, drawn->pages, drawn->page_count,
                                     &drawn->page_capacity, sizeof(*drawn->pages));
    struct bx_seen_page *page = &drawn->pages[drawn->page_count++];
    *page = (struct bx_seen_page){.page = node, .number = number};
    const struct bx_document *document = drawn->document;
    const struct bx_object *box = find_box(document, node, "CropBox");
    if (box->kind == BX_OBJECT_NULL)
        box = find_box(document, node, "MediaBox");
    int64_t a = edge(document, box, 0), b = edge(document, box, 2);
    page->left = a < b ? a : b;
    page->right = a < b ? b : a;
    a = edge(document, box, 1);
    b = edge(document, box, 3);
    page->bottom = a < b ? a : b;
    page->top = a < b ? b : a;
    join_content(drawn, page);
}

static void walk_pages(struct walk *walk, const struct bx_object *raw, int depth)
{
    const struct bx_document *document = walk->drawn->document;
    int number = raw->kind == BX_OBJECT_REF ? (int)raw->number : -1;
    if (depth > TREE_DEPTH_MOST || number <= 0 || number >= document->object_count ||
        walk->is_seen[number])
        return;
    walk->is_seen[number] = true;
    const struct bx_object *node = bx_object_follow(document, raw);
    const struct bx_object *kids = bx_object_find(document, node, "Kids");
    if (kids->kind == BX_OBJECT_ARRAY) {
        for (int i = 0; i < kids->count; i++)
            walk_pages(walk, &kids->items[i], depth + 1);
    } else if (node->kind == BX_OBJECT_DICT) {
        add_page(walk->drawn, node, number);
    }
}

void bx_seen_build(struct bx_seen *out, const struct bx_document *document)
{
    *out = (struct bx_seen){.document = document};
    struct walk walk = {.drawn = out};
    walk.is_seen = BX_NEW_ARRAY(&out->arena, bool, (size_t)document->object_count + 1);
    walk_pages(&walk, bx_object_find_raw(document->root, "Pages"), 0);
    for (int i = 0; i < out->page_count; i++)
        bx_seen_read(out, &out->pages[i]);
}

void bx_seen_fini(struct bx_seen *drawn)
{
    for (int i = 0; i < drawn->page_count; i++)
        bx_buf_fini(&drawn->pages[i].content);
    bx_arena_fini(&drawn->arena);
    *drawn = (struct bx_seen){0};
}

int bx_seen_find_page(const struct bx_seen *drawn, int64_t number)
{
    for (int i = 0; i < drawn->page_count; i++)
        if (drawn->pages[i].number == number)
            return i;
    return -1;
}

/* ---- text that cannot be seen ---- */

#define SIZE_LEAST  (2 * (int64_t)BX_MICRO)        /* pt: nobody reads smaller letters */
#define LIGHT_LEAST (85 * (int64_t)BX_MICRO / 100) /* on white paper */
#define TESTS_MOST  50000000 /* pairs of marks looked at on a page: ours have 300,000 */

static bool has_text(const struct bx_seen_mark *mark)
{
    if (mark->kind != BX_SEEN_GLYPH)
        return false;
    return mark->len > 0 && !(mark->len == 1 && mark->text[0] == ' ');
}

/* Is a point inside an outline? A ray to the right crosses its edges an odd number of times. In
 * 1/1000 pt, so that products fit. */
static bool is_inside(const struct bx_seen_mark *path, int64_t x, int64_t y)
{
    bool is_odd = false;
    x /= 1000;
    y /= 1000;
    for (int i = 0, k = path->point_count - 1; i < path->point_count; k = i++) {
        int64_t ax = path->points[i].x / 1000, ay = path->points[i].y / 1000;
        int64_t bx = path->points[k].x / 1000, by = path->points[k].y / 1000;
        if ((ay > y) == (by > y))
            continue;
        int64_t side = (x - ax) * (by - ay) - (bx - ax) * (y - ay);
        is_odd ^= by > ay ? side < 0 : side > 0;
    }
    return is_odd;
}

/* Does a mark cover the middle of a glyph? */
static bool covers(const struct bx_seen_mark *over, const struct bx_seen_mark *glyph)
{
    int64_t x = glyph->x + glyph->w / 2, y = glyph->y + glyph->h / 3;
    if (over->x >= x || x >= over->x + over->w || over->y >= y || y >= over->y + over->h)
        return false;
    if (over->is_ink)
        return false; /* what is too dark for that is the page's fault */
    return over->kind == BX_SEEN_FILL || over->kind == BX_SEEN_IMAGE ||
           (over->kind == BX_SEEN_PATH && is_inside(over, x, y));
}

const struct bx_seen_mark *
bx_seen_find_hidden(const struct bx_seen_page *page, const char **why_zh, const char **why)
{
    int64_t tests = 0;
    for (int i = 0; i < page->mark_count; i++) {
        const struct bx_seen_mark *mark = &page->marks[i];
        int64_t x = mark->x + mark->w / 2, y = mark->y + mark->h / 3;
        if (!has_text(mark))
            continue;
        *why_zh = mark->colour >= LIGHT_LEAST ? "颜色几乎是白的"
                  : mark->h < SIZE_LEAST      ? "字太小"
                                              : "在纸外";
        *why = mark->colour >= LIGHT_LEAST ? "nearly white"
               : mark->h < SIZE_LEAST      ? "minute"
                                           : "beside the paper";
        if (mark->colour >= LIGHT_LEAST || mark->h < SIZE_LEAST || x < page->left ||
            x > page->right || y < page->bottom || y > page->top)
            return mark;
        *why_zh = "被盖住了";
        *why = "painted over";
        for (int k = i + 1; k < page->mark_count; k++) {
            const struct bx_seen_mark *over = &page->marks[k];
            tests += 1 + over->point_count;
            if (tests > TESTS_MOST || covers(over, mark))
                return mark;
        }
    }
    return NULL;
}

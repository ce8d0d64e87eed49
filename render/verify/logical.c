#include "verify/logical.h"

#include <limits.h>
#include <string.h>

#include "base/utf8.h"

/* Texts with their places, and the report text of a display list.
 *
 * Order is the structure's: an element's own runs and its children, merged by where their first
 * run stands. It is worked out here from the display list alone, not by the writer's code, so
 * that both can be wrong only in different ways. */

/* What readers treat as white space, and the zero width space that stands for "no text". */
static bool is_blank(uint32_t cp)
{
    return cp <= 0x20 || cp == 0x7F || cp == 0xA0 || (0x2000 <= cp && cp <= 0x200B) ||
           cp == 0x2028 || cp == 0x2029 || cp == 0x3000 || cp == 0xFEFF;
}

void bx_logical_fini(struct bx_logical *logical)
{
    bx_buf_fini(&logical->text);
    bx_arena_fini(&logical->arena);
    *logical = (struct bx_logical){0};
}

void bx_logical_add(
    struct bx_logical *to, const char *text, int len, int page, const char *where)
{
    int start = (int)to->text.len;
    for (int at = 0; at < len;) {
        int from = at;
        if (!is_blank(bx_utf8_next(text, &at)))
            bx_buf_add(&to->text, text + from, (size_t)(at - from));
    }
    int added = (int)to->text.len - start;
    struct bx_logical_piece *last =
        to->piece_count > 0 ? &to->pieces[to->piece_count - 1] : NULL;
    if (added == 0)
        return;
    if (last && last->page == page && strcmp(last->where, where) == 0) {
        last->len += added;
        return;
    }
    if (to->piece_count == to->piece_capacity)
        to->pieces = bx_arena_grow(&to->arena, to->pieces, to->piece_count, &to->piece_capacity,
                                   sizeof(*to->pieces));
    to->pieces[to->piece_count++] =
        (struct bx_logical_piece){.at = start, .len = added, .page = page, .where = where};
}

struct bx_logical_piece bx_logical_find(const struct bx_logical *logical, int at)
{
    int low = 0, high = logical->piece_count;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (logical->pieces[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return high > low ? logical->pieces[low]
                      : (struct bx_logical_piece){.page = -1, .where = ""};
}

/* ---- of a display list ---- */

struct placed {
    const struct bx_run *run;
    int page;
};

/* Shape  lists by element; -1 ends them. runs in drawing order, artifacts left out. */
struct expect {
    const struct bx_pages *pages;
    struct placed *runs;
    int run_count;
    int *first_run, *last_run, *next_run;
    int *first_child, *last_child, *next_sibling;
    int *starts; /* the first run of an element's subtree, or INT_MAX */
};

static int *new_list(struct bx_arena *arena, int count)
{
    int *list = BX_NEW_ARRAY(arena, int, (size_t)count + 1);
    for (int i = 0; i <= count; i++)
        list[i] = -1;
    return list;
}

static int count_runs(const struct bx_pages *pages)
{
    int count = 0;
    for (int p = 0; p < pages->page_count; p++)
        for (int i = 0; i < pages->pages[p].mark_count; i++)
            count += pages->pages[p].marks[i].kind == BX_MARK_RUN;
    return count;
}

static void append(int *first, int *last, int *next, int list, int item)
{
    if (first[list] < 0)
        first[list] = item;
    else
        next[last[list]] = item;
    last[list] = item;
}

static void link_runs(struct expect *e)
{
    for (int p = 0; p < e->pages->page_count; p++)
        for (int i = 0; i < e->pages->pages[p].mark_count; i++) {
            const struct bx_mark *mark = &e->pages->pages[p].marks[i];
            if (mark->kind != BX_MARK_RUN || mark->run.element < 0)
                continue;
            int element = mark->run.element;
            e->runs[e->run_count] = (struct placed){.run = &mark->run, .page = p};
            append(e->first_run, e->last_run, e->next_run, element, e->run_count);
            if (e->starts[element] == INT_MAX)
                e->starts[element] = e->run_count;
            e->run_count++;
        }
}

/* Parents stand before their children, so one pass from behind raises the starts. */
static void link_children(struct expect *e)
{
    for (int i = 1; i < e->pages->element_count; i++)
        append(e->first_child, e->last_child, e->next_sibling, e->pages->elements[i].parent, i);
    for (int i = e->pages->element_count - 1; i > 0; i--) {
        int parent = e->pages->elements[i].parent;
        if (e->starts[i] < e->starts[parent])
            e->starts[parent] = e->starts[i];
    }
}

/* The place in the model of an element or the nearest one above it. */
static const char *where_of(const struct bx_pages *pages, int element)
{
    for (; element >= 0; element = pages->elements[element].parent)
        if (pages->elements[element].where)
            return pages->elements[element].where;
    return "";
}

static void
say_element(const struct expect *e, struct bx_logical *to, struct bx_logical *alts, int element)
{
    int run = e->first_run[element], child = e->first_child[element], child_at = -1;
    const char *where = where_of(e->pages, element), *alt = e->pages->elements[element].alt;
    if (alt && e->pages->elements[element].tag == BX_TAG_FIGURE)
        bx_logical_add(alts, alt, (int)strlen(alt), -1, where);
    while (run >= 0 || child >= 0) {
        if (child >= 0 && e->starts[child] != INT_MAX)
            child_at = e->starts[child];
        if (child >= 0 && (run < 0 || child_at < run)) {
            say_element(e, to, alts, child);
            child = e->next_sibling[child];
        } else {
            bx_logical_add(to, e->runs[run].run->text, e->runs[run].run->text_len,
                           e->runs[run].page, where);
            run = e->next_run[run];
        }
    }
}

void bx_logical_expect(struct bx_logical *to,
                       struct bx_logical *alts,
                       const struct bx_pages *pages)
{
    struct bx_arena arena = {0};
    int count = pages->element_count, run_count = count_runs(pages);
    struct expect e = {
        .pages = pages,
        .runs = BX_NEW_ARRAY(&arena, struct placed, (size_t)run_count + 1),
        .first_run = new_list(&arena, count),
        .last_run = new_list(&arena, count),
        .next_run = new_list(&arena, run_count),
        .first_child = new_list(&arena, count),
        .last_child = new_list(&arena, count),
        .next_sibling = new_list(&arena, count),
        .starts = new_list(&arena, count),
    };
    for (int i = 0; i < count; i++)
        e.starts[i] = INT_MAX;
    link_runs(&e);
    link_children(&e);
    if (count > 0)
        say_element(&e, to, alts, 0);
    bx_arena_fini(&arena);
}

static void add_heads(struct bx_logical *to, const struct bx_pages *pages)
{
    struct bx_arena arena = {0};
    int count = pages->element_count, run_count = count_runs(pages);
    struct expect e = {
        .pages = pages,
        .runs = BX_NEW_ARRAY(&arena, struct placed, (size_t)run_count + 1),
        .first_run = new_list(&arena, count),
        .last_run = new_list(&arena, count),
        .next_run = new_list(&arena, run_count),
        .starts = new_list(&arena, count),
    };
    link_runs(&e);
    for (int element = 0; element < count; element++)
        for (int run = e.first_run[element];
             run >= 0 && pages->elements[element].tag == BX_TAG_TH; run = e.next_run[run])
            bx_logical_add(to, e.runs[run].run->text, e.runs[run].run->text_len, element, "");
    bx_arena_fini(&arena);
}

/* The "page" of a piece only keeps it apart from the one before. */
void bx_logical_expect_artifacts(struct bx_logical *to, const struct bx_pages *pages)
{
    int stretch = pages->element_count;
    add_heads(to, pages);
    for (int p = 0; p < pages->page_count; p++, stretch++)
        for (int i = 0; i < pages->pages[p].mark_count; i++) {
            const struct bx_mark *mark = &pages->pages[p].marks[i];
            if (mark->kind != BX_MARK_RUN)
                continue;
            if (mark->run.element == BX_ARTIFACT_LAYOUT)
                bx_logical_add(to, mark->run.text, mark->run.text_len, stretch, "");
            else
                stretch++;
        }
}

/* The first run of page furniture on the first page that has digits. */
static const struct bx_run *find_number(const struct bx_pages *pages, int *first, int *end)
{
    static const char digits[] = "0123456789";
    for (int i = 0; pages->page_count > 0 && i < pages->pages[0].mark_count; i++) {
        const struct bx_mark *mark = &pages->pages[0].marks[i];
        const struct bx_run *run = &mark->run;
        if (mark->kind != BX_MARK_RUN || run->element != BX_ARTIFACT_PAGINATION)
            continue;
        for (*first = 0; *first < run->text_len && !strchr(digits, run->text[*first]);)
            ++*first;
        for (*end = *first; *end < run->text_len && strchr(digits, run->text[*end]);)
            ++*end;
        if (*first < *end)
            return run;
    }
    return NULL;
}

void bx_logical_expect_number(struct bx_logical *before,
                              struct bx_logical *behind,
                              const struct bx_pages *pages)
{
    int first, end;
    const struct bx_run *run = find_number(pages, &first, &end);
    if (!run)
        return;
    bx_logical_add(before, run->text, first, 0, "");
    bx_logical_add(behind, run->text + end, run->text_len - end, 0, "");
}

static void
expect_page(struct bx_logical *to, const struct bx_pages *pages, int page, bool with_artifacts)
{
    for (int i = 0; i < pages->pages[page].mark_count; i++) {
        const struct bx_mark *mark = &pages->pages[page].marks[i];
        if (mark->kind == BX_MARK_RUN && (with_artifacts || mark->run.element >= 0))
            bx_logical_add(to, mark->run.text, mark->run.text_len, page,
                           where_of(pages, mark->run.element));
    }
}

void bx_logical_expect_page(struct bx_logical *to, const struct bx_pages *pages, int page)
{
    expect_page(to, pages, page, true);
}

void bx_logical_expect_tagged(struct bx_logical *to, const struct bx_pages *pages, int page)
{
    expect_page(to, pages, page, false);
}

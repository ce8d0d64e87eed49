#include "output/pdf/tree.h"

#include <limits.h>
#include <string.h>

/* Bookmarks: one for every element with a title, nested as the headings are. */

/* Shape  in reading order; links are places in the list, or -1. */
struct entry {
    int element;
    int level; /* 1..6 */
    int parent, previous, next, first_child, last_child;
    int page;
    bx_len y; /* the top of what the reader shall see */
};

static int level_of(enum bx_tag tag)
{
    return tag >= BX_TAG_H1 && tag <= BX_TAG_H6 ? (int)tag - BX_TAG_H1 + 1 : 6;
}

/* The top of a mark: of a run its em box, roughly. */
static bx_len top_of(const struct bx_mark *mark)
{
    return mark->kind == BX_MARK_RUN ? mark->run.y - mark->run.size : mark->rect.y;
}

/* Finds the first mark of every element that has an entry. */
static void
place_entries(const struct bx_pages *pages, struct entry *entries, const int *entry_of)
{
    for (int p = 0; p < pages->page_count; p++)
        for (int i = 0; i < pages->pages[p].mark_count; i++) {
            const struct bx_mark *mark = &pages->pages[p].marks[i];
            int e = mark->kind == BX_MARK_RUN ? mark->run.element : mark->element;
            if (e < 0 || entry_of[e] < 0 || entries[entry_of[e]].page >= 0)
                continue;
            entries[entry_of[e]].page = p;
            entries[entry_of[e]].y = top_of(mark);
        }
}

/* The last entry before i of a lower level is its parent. */
static void nest_entry(struct entry *entries, int i)
{
    struct entry *entry = &entries[i];
    int before = i - 1;
    while (before >= 0 && entries[before].level >= entry->level) {
        entry->previous = before;
        before = entries[before].parent;
    }
    entry->parent = before;
    if (entry->previous >= 0)
        entries[entry->previous].next = i;
    if (before >= 0) {
        if (entries[before].first_child < 0)
            entries[before].first_child = i;
        entries[before].last_child = i;
    }
}

static void add_link(struct bx_buf *to, const char *key, int base, int i)
{
    if (i >= 0)
        bx_buf_printf(to, "/%s %d 0 R", key, base + i);
}

/* A place on a page, or an element with that place beside it for readers that know no other
 * (ISO 32000-2 12.3.2.3, table 202). */
static void add_place(struct bx_buf *to, const struct bx_pdf *pdf, const struct entry *entry)
{
    bx_len y = pdf->pages->pages[entry->page].height - entry->y;
    int top = (y + BX_PT - 1) / BX_PT; /* whole points, upwards */
    int page = pdf->page_objects[entry->page];
    if (pdf->profile->has_element_places)
        bx_buf_printf(to, "/A<</S/GoTo/SD[%d 0 R/XYZ null %d 0]/D[%d 0 R/XYZ null %d 0]>>",
                      pdf->element_objects[entry->element], top, page, top);
    else
        bx_buf_printf(to, "/Dest[%d 0 R/XYZ null %d 0]", page, top);
}

static void
write_entry(struct bx_pdf *pdf, const struct entry *entries, int i, int base, int root)
{
    const struct entry *entry = &entries[i];
    const char *title = pdf->pages->elements[entry->element].title;
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, base + i);
    bx_buf_add_text(to, "<</Title");
    bx_pdf_add_text(to, title, strlen(title));
    bx_buf_printf(to, "/Parent %d 0 R", entry->parent < 0 ? root : base + entry->parent);
    add_link(to, "Prev", base, entry->previous);
    add_link(to, "Next", base, entry->next);
    add_link(to, "First", base, entry->first_child);
    add_link(to, "Last", base, entry->last_child);
    if (entry->first_child >= 0) { /* open: Count is positive, all entries below that show */
        int count = 0;
        for (int k = i + 1; k < INT_MAX && entries[k].level > entry->level; k++)
            count++;
        bx_buf_printf(to, "/Count %d", count);
    }
    if (entry->page >= 0)
        add_place(to, pdf, entry);
    bx_buf_add_text(to, ">>");
    bx_pdf_end(&pdf->objects);
}

/* The list ends with an entry of level 0, which nothing is inside of. */
static int list_entries(struct bx_pdf *pdf, struct entry **out)
{
    const struct bx_pages *pages = pdf->pages;
    struct entry *entries =
        BX_NEW_ARRAY(&pdf->arena, struct entry, (size_t)pages->element_count + 1);
    int *entry_of = BX_NEW_ARRAY(&pdf->arena, int, (size_t)pages->element_count + 1);
    int count = 0;
    for (int e = 0; e < pages->element_count; e++) {
        entry_of[e] = -1;
        if (!pages->elements[e].title || pages->elements[e].title[0] == '\0')
            continue;
        entry_of[e] = count;
        entries[count] = (struct entry){.element = e,
                                        .level = level_of(pages->elements[e].tag),
                                        .previous = -1,
                                        .next = -1,
                                        .first_child = -1,
                                        .last_child = -1,
                                        .page = -1};
        nest_entry(entries, count++);
    }
    place_entries(pages, entries, entry_of);
    *out = entries;
    return count;
}

int bx_pdf_write_outline(struct bx_pdf *pdf)
{
    struct entry *entries;
    int count = list_entries(pdf, &entries), first = -1, last = -1;
    if (count == 0)
        return 0;
    int root = bx_pdf_new_object(&pdf->objects), base = bx_pdf_new_object(&pdf->objects);
    for (int i = 1; i < count; i++)
        bx_pdf_new_object(&pdf->objects);
    for (int i = 0; i < count; i++) {
        write_entry(pdf, entries, i, base, root);
        if (entries[i].parent < 0) {
            first = first < 0 ? i : first;
            last = i;
        }
    }
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, root);
    bx_buf_printf(to, "<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>", base + first,
                  base + last, count);
    bx_pdf_end(&pdf->objects);
    return root;
}

#include "output/pdf/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

bool bx_pdf_fail(struct bx_err *err,
                 enum bx_code code,
                 const struct bx_pages *pages,
                 int element,
                 int page,
                 const char *fmt,
                 ...)
{
    char what[sizeof(err->what)], place[40] = "";
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);

    const char *where = NULL;
    for (int e = element; e >= 0 && e < pages->element_count && !where;
         e = pages->elements[e].parent)
        where = pages->elements[e].where;
    if (!where && page >= 0)
        snprintf(place, sizeof(place), "page %d", page + 1);
    return bx_fail(err, code, "", where ? where : place, "%s", what);
}

static bool
fail_element(struct bx_err *err, const struct bx_pages *pages, int element, const char *what)
{
    return bx_pdf_fail(err, BX_E_WRITE, pages, element, -1, "%s", what);
}

static bool is_heading(enum bx_tag tag)
{
    return tag >= BX_TAG_H1 && tag <= BX_TAG_H6;
}

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

static bool check_string(struct bx_err *err,
                         const struct bx_pages *pages,
                         int element,
                         const char *text,
                         const char *name)
{
    /* UTF-16 never needs more bytes than twice those of UTF-8. */
    if (text && strlen(text) > (BX_PDF_STRING_MAX - 2) / 2)
        return bx_pdf_fail(err, BX_E_WRITE, pages, element, -1,
                           "%s is longer than a string may be", name);
    return true;
}

static bool check_meta(const struct bx_pages *pages, struct bx_err *err)
{
    const struct bx_meta *meta = &pages->meta;
    if (pages->page_count < 1)
        return bx_fail(err, BX_E_WRITE, "", "", "the file has no page");
    if (!meta->title || meta->title[0] == '\0')
        return bx_fail(err, BX_E_WRITE, "", "/title", "the file has no title");
    if (!meta->organ || meta->organ[0] == '\0')
        return bx_fail(err, BX_E_WRITE, "", "/organ", "the file has no creator");
    if (!meta->language || !is_language(meta->language))
        return bx_fail(err, BX_E_WRITE, "", "/language", "the file has no valid language");
    return check_string(err, pages, -1, meta->title, "the title") &&
           check_string(err, pages, -1, meta->organ, "the organ");
}

static bool check_element(const struct bx_pages *pages, int e, int *heading, struct bx_err *err)
{
    const struct bx_element *element = &pages->elements[e];
    if ((e == 0) != (element->parent < 0) || element->parent >= e)
        return fail_element(err, pages, e, "an element stands before its parent");
    if ((e == 0) != (element->tag == BX_TAG_DOCUMENT))
        return fail_element(err, pages, e, "the tree's root is not the document");
    if (is_heading(element->tag)) {
        int level = (int)element->tag - BX_TAG_H1 + 1;
        if (level > *heading + 1)
            return fail_element(err, pages, e, "a heading skips a level");
        *heading = level;
    }
    if (element->tag == BX_TAG_FIGURE && (!element->alt || element->alt[0] == '\0'))
        return fail_element(err, pages, e, "a figure has no alternative text");
    if (element->tag == BX_TAG_TH && element->scope == BX_SCOPE_NONE)
        return fail_element(err, pages, e, "a head cell has no scope");
    for (int i = 0; i < element->header_count; i++) {
        int head = element->headers[i];
        if (head < 0 || head >= pages->element_count || pages->elements[head].tag != BX_TAG_TH)
            return fail_element(err, pages, e, "a cell names a head that is none");
    }
    return check_string(err, pages, e, element->title, "a heading") &&
           check_string(err, pages, e, element->alt, "an alternative text");
}

/* Rows of a table as they are met. Shape  open[c] rows that column c still takes from above. */
struct grid {
    int table;  /* element, or -1 */
    int width;  /* columns of the first row; 0 before it */
    int column; /* where the next cell goes; -1 outside a row */
    int *open;
    int capacity;
};

static void skip_open(struct grid *grid)
{
    while (grid->column >= 0 && grid->column < grid->capacity && grid->open[grid->column] > 0)
        grid->open[grid->column++]--;
}

static bool
end_row(const struct bx_pages *pages, struct grid *grid, int row, struct bx_err *err)
{
    if (grid->column < 0)
        return true;
    skip_open(grid);
    if (grid->width == 0)
        grid->width = grid->column;
    bool is_whole = grid->column == grid->width && grid->width > 0;
    grid->column = -1;
    return is_whole || fail_element(err, pages, row, "a table's rows have unequal columns");
}

static bool end_table(const struct bx_pages *pages, struct grid *grid, struct bx_err *err)
{
    for (int c = 0; c < grid->capacity; c++)
        if (grid->open[c] > 0)
            return fail_element(err, pages, grid->table, "a cell spans past its table's end");
    return true;
}

static bool add_cell(const struct bx_pages *pages, struct grid *grid, int e, struct bx_err *err)
{
    const struct bx_element *cell = &pages->elements[e];
    skip_open(grid);
    if (grid->column < 0 || cell->colspan < 1 || cell->rowspan < 1 ||
        cell->colspan > grid->capacity - grid->column)
        return fail_element(err, pages, e, "a table cell has no place in its grid");
    for (int i = 0; i < cell->colspan; i++, grid->column++) {
        if (grid->open[grid->column] > 0)
            return fail_element(err, pages, e, "two table cells overlap");
        grid->open[grid->column] = cell->rowspan - 1;
    }
    return true;
}

/* No table has more columns than this; it bounds the grid below. */
#define COLUMN_MAX 4096

/* Every row of a table covers the same columns, spans included (ISO 14289-1 7.5). A table inside
 * a cell is not known to this format. */
static bool check_tables(const struct bx_pages *pages, struct bx_err *err)
{
    int open[COLUMN_MAX];
    struct grid grid = {.table = -1, .column = -1, .open = open, .capacity = COLUMN_MAX};
    int row = -1;
    for (int e = 0; e <= pages->element_count; e++) {
        bool is_end = e == pages->element_count;
        enum bx_tag tag = is_end ? BX_TAG_TABLE : pages->elements[e].tag;
        if (tag == BX_TAG_TR || tag == BX_TAG_TABLE)
            if (!end_row(pages, &grid, row, err))
                return false;
        if (tag == BX_TAG_TABLE) {
            if (grid.table >= 0 && !end_table(pages, &grid, err))
                return false;
            memset(open, 0, sizeof(open));
            grid.table = e;
            grid.width = 0;
        }
        if (tag == BX_TAG_TR) {
            grid.column = 0;
            row = e;
        }
        if ((tag == BX_TAG_TH || tag == BX_TAG_TD) && !add_cell(pages, &grid, e, err))
            return false;
    }
    return true;
}

static bool is_container(enum bx_tag tag)
{
    return tag == BX_TAG_DOCUMENT || tag == BX_TAG_SECT || tag == BX_TAG_TABLE ||
           tag == BX_TAG_THEAD || tag == BX_TAG_TBODY || tag == BX_TAG_TR;
}

static bool is_private(uint32_t cp)
{
    return (cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000;
}

static bool
check_run(const struct bx_pages *pages, const struct bx_run *run, int page, struct bx_err *err)
{
    if (strlen(run->font->postscript) + 18 > BX_PDF_NAME_MAX)
        return bx_pdf_fail(err, BX_E_WRITE, pages, run->element, page,
                           "a font's name is too long");
    if (run->text_len > (BX_PDF_STRING_MAX - 2) / 2)
        return bx_pdf_fail(err, BX_E_WRITE, pages, run->element, page, "a run is too long");
    for (int at = 0; at < run->text_len;) {
        uint32_t cp = bx_utf8_next(run->text, &at);
        if (is_private(cp))
            return bx_pdf_fail(err, BX_E_WRITE, pages, run->element, page,
                               "U+%04X is for private use and has no meaning for others", cp);
        if (cp == 0 || cp == 0xFEFF || cp == 0xFFFE)
            return bx_pdf_fail(err, BX_E_WRITE, pages, run->element, page,
                               "U+%04X is no character", cp);
    }
    return true;
}

static bool check_mark(const struct bx_pages *pages,
                       const struct bx_mark *mark,
                       int page,
                       struct bx_err *err)
{
    int e = mark->kind == BX_MARK_RUN ? mark->run.element : mark->element;
    if (e < BX_ARTIFACT_REPEAT || e >= pages->element_count)
        return bx_pdf_fail(err, BX_E_WRITE, pages, -1, page, "a mark has no element");
    if (e >= 0 && is_container(pages->elements[e].tag))
        return bx_pdf_fail(err, BX_E_WRITE, pages, e, page, "text stands outside a paragraph");
    switch (mark->kind) {
    case BX_MARK_RUN:
        return check_run(pages, &mark->run, page, err);
    case BX_MARK_LINK:
        if (e < 0 || pages->elements[e].tag != BX_TAG_LINK)
            return bx_pdf_fail(err, BX_E_WRITE, pages, e, page, "a link has no Link element");
        return check_string(err, pages, e, mark->uri, "a link's address");
    case BX_MARK_FILL:
    case BX_MARK_IMAGE:
    case BX_MARK_PATH:
        return true;
    }
    return true;
}

bool bx_pdf_check(const struct bx_pages *pages,
                  const struct bx_pdf_options *options,
                  struct bx_err *err)
{
    if (!check_meta(pages, err))
        return false;
    int heading = 0;
    for (int e = 0; e < pages->element_count; e++)
        if (!check_element(pages, e, &heading, err))
            return false;
    if (!check_tables(pages, err))
        return false;
    for (int p = 0; p < pages->page_count; p++)
        for (int i = 0; i < pages->pages[p].mark_count; i++)
            if (!check_mark(pages, &pages->pages[p].marks[i], p, err))
                return false;
    for (int i = 0; i < options->attachment_count; i++) {
        const struct bx_attachment *file = &options->attachments[i];
        if (strlen(file->mime) > BX_PDF_NAME_MAX || file->mime[0] == '\0' ||
            file->description[0] == '\0')
            return bx_fail(err, BX_E_WRITE, "", file->name,
                           "an attachment lacks its description");
    }
    return true;
}

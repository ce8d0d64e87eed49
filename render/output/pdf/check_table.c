#include "output/pdf/check.h"

#include <string.h>

/* Every row of a table covers the same columns, spans included, and every figure knows the heads
 * of both its sides (ISO 14289-1 7.5). Checkers of the format are content with one side; a reader
 * who listens is not. A table inside a cell is not known to this format. */

/* No table has more columns than this; it bounds the grid below. */
#define COLUMN_MAX 1024

/* Rows of a table as they are met.
 *
 * Shape  by column: open, rows that it still takes from above; has_row_head, whether one of those
 *        cells is a head of its rows; has_head, whether a head of the column stood above. */
struct grid {
    int table;  /* element, or -1 */
    int row;    /* element */
    int width;  /* columns of the first row; 0 before it */
    int column; /* where the next cell goes; -1 outside a row */
    bool is_row_headed;
    int open[COLUMN_MAX];
    bool has_row_head[COLUMN_MAX], has_head[COLUMN_MAX];
};

static void skip_open(struct grid *grid)
{
    while (grid->column >= 0 && grid->column < COLUMN_MAX && grid->open[grid->column] > 0) {
        grid->is_row_headed = grid->is_row_headed || grid->has_row_head[grid->column];
        grid->open[grid->column++]--;
    }
}

static void end_row(struct bx_pdf_checker *checker, struct grid *grid)
{
    if (grid->column < 0)
        return;
    skip_open(grid);
    if (grid->width == 0)
        grid->width = grid->column;
    if (grid->column != grid->width || grid->width == 0)
        bx_pdf_tell(checker, BX_PDF_RULE_RAGGED, grid->row, -1, NULL);
    grid->column = -1;
}

static void end_table(struct bx_pdf_checker *checker, struct grid *grid)
{
    bool is_past = false;
    for (int c = 0; c < COLUMN_MAX; c++)
        is_past = is_past || grid->open[c] > 0;
    if (is_past && grid->table >= 0)
        bx_pdf_tell(checker, BX_PDF_RULE_SPAN, grid->table, -1, NULL);
}

static bool is_row_scope(enum bx_scope scope)
{
    return scope == BX_SCOPE_ROW || scope == BX_SCOPE_ROWGROUP;
}

static void
check_heads(struct bx_pdf_checker *checker, const struct grid *grid, int e, int column)
{
    const struct bx_element *cell = &checker->pages->elements[e];
    bool names_row = false, names_column = false;
    for (int i = 0; i < cell->header_count; i++) {
        int head = cell->headers[i];
        if (head < 0 || head >= checker->pages->element_count)
            continue; /* told by check.c */
        bool is_row = is_row_scope(checker->pages->elements[head].scope);
        names_row = names_row || is_row;
        names_column = names_column || !is_row;
    }
    bool has_column_head = false;
    for (int c = column; c < column + cell->colspan; c++)
        has_column_head = has_column_head || grid->has_head[c];
    if (grid->is_row_headed && !names_row)
        bx_pdf_tell(checker, BX_PDF_RULE_ROW_HEAD, e, -1, NULL);
    if (has_column_head && !names_column)
        bx_pdf_tell(checker, BX_PDF_RULE_COLUMN_HEAD, e, -1, NULL);
}

static void add_cell(struct bx_pdf_checker *checker, struct grid *grid, int e)
{
    const struct bx_element *cell = &checker->pages->elements[e];
    skip_open(grid);
    if (grid->column < 0 || cell->colspan < 1 || cell->rowspan < 1 ||
        cell->colspan > COLUMN_MAX - grid->column) {
        bx_pdf_tell(checker, BX_PDF_RULE_CELL, e, -1, NULL);
        return;
    }
    int first = grid->column;
    bool is_row_head = cell->tag == BX_TAG_TH && is_row_scope(cell->scope);
    grid->is_row_headed = grid->is_row_headed || is_row_head;
    for (; grid->column < first + cell->colspan; grid->column++) {
        int c = grid->column;
        if (grid->open[c] > 0)
            bx_pdf_tell(checker, BX_PDF_RULE_OVERLAP, e, -1, NULL);
        grid->open[c] = cell->rowspan - 1;
        grid->has_row_head[c] = is_row_head;
        if (cell->tag == BX_TAG_TH && !is_row_head)
            grid->has_head[c] = true;
    }
    if (cell->tag == BX_TAG_TD)
        check_heads(checker, grid, e, first);
}

void bx_pdf_check_tables(struct bx_pdf_checker *checker)
{
    const struct bx_pages *pages = checker->pages;
    struct grid grid = {.table = -1, .column = -1};
    for (int e = 0; e <= pages->element_count; e++) {
        enum bx_tag tag = e == pages->element_count ? BX_TAG_TABLE : pages->elements[e].tag;
        if (tag == BX_TAG_TR || tag == BX_TAG_TABLE)
            end_row(checker, &grid);
        if (tag == BX_TAG_TABLE) {
            end_table(checker, &grid);
            memset(&grid, 0, sizeof(grid));
            grid.table = e;
            grid.column = -1;
        }
        if (tag == BX_TAG_TR) {
            grid.column = 0;
            grid.row = e;
            grid.is_row_headed = false;
        }
        if (tag == BX_TAG_TH || tag == BX_TAG_TD)
            add_cell(checker, &grid, e);
    }
}

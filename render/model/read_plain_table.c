/* A plain table: its cells are put on a grid as HTML puts them, each in the first free place of
 * its row. Unlike HTML nothing is forgiven: the cells must cover every row exactly once, and a
 * span must end inside its head or body, since a table on paper has no ragged edge. */
#include "model/read.h"

#include <string.h>

#include "model/number.h"

enum {
    COLS_MAX = 100, /* more do not fit a page, and bound the grid of a hostile file */
    ROWS_MAX = 10000,
};

struct grid {
    struct bx_reader *reader;
    struct bx_plain_table *table;
    int capacity; /* of the cells */
    int *until;   /* per column: the first row that is free again */
};

static void read_columns(struct bx_reader *reader,
                         const struct bx_json *value,
                         struct bx_plain_table *table)
{
    if (!bx_read_kind(reader, value, BX_JSON_ARRAY))
        return;
    if (value->count < 1 || value->count > COLS_MAX) {
        bx_read_error(reader, "VALUE", value, "表格应有 1 到 100 列",
                      "a table has 1 to 100 columns");
        return;
    }
    table->col_count = value->count;
    for (const struct bx_json *item = value->first; item; item = item->next) {
        int um = 0;
        const char *text = bx_read_string(reader, item, BX_STRING_LINE);
        if (text && strcmp(text, "auto") != 0 &&
            !bx_read_measure(text, false, &um, &table->widths_1000[item->index]))
            bx_read_error(reader, "VALUE", item, "列宽应写作 \"40%\" 这样的形式，或写 \"auto\"",
                          "a column's width reads like \"40%\" or \"auto\"");
    }
}

/* How many columns a row without spans from above takes. */
static int count_columns(const struct bx_json *rows)
{
    const struct bx_json *row = rows && rows->kind == BX_JSON_ARRAY ? rows->first : NULL;
    int count = 0;
    if (!row || row->kind != BX_JSON_ARRAY)
        return 0;
    for (const struct bx_json *item = row->first; item && count < COLS_MAX; item = item->next) {
        const struct bx_json *span =
            item->kind == BX_JSON_OBJECT ? bx_json_find(item, "colspan") : NULL;
        int wide = 1;
        if (span && span->kind == BX_JSON_NUMBER)
            bx_number_whole(span->text, &wide);
        count += 1 <= wide && wide <= COLS_MAX ? wide : 1;
    }
    return count < COLS_MAX ? count : COLS_MAX;
}

static void read_span(
    struct bx_reader *reader, const struct bx_json *value, const char *name, int most, int *out)
{
    const struct bx_json *member = bx_json_find(value, name);
    if (member)
        bx_read_whole(reader, member, 1, most, out);
}

static void
read_cell(struct bx_reader *reader, const struct bx_json *value, struct bx_plain_cell *cell)
{
    static const struct bx_field fields[] = {
        {"text", true}, {"colspan", false}, {"rowspan", false}, {"align", false}};
    static const char *const names[] = {"left", "center", "right", "justify"};
    static const enum bx_align aligns[] = {BX_ALIGN_LEFT, BX_ALIGN_CENTER, BX_ALIGN_RIGHT,
                                           BX_ALIGN_JUSTIFY};
    *cell = (struct bx_plain_cell){.rowspan = 1, .colspan = 1};
    if (value->kind == BX_JSON_STRING) {
        bx_read_text(reader, value, &cell->text);
        return;
    }
    if (!bx_read_fields(reader, value, fields, 4))
        return;
    const struct bx_json *member = bx_json_find(value, "text");
    if (member)
        bx_read_text(reader, member, &cell->text);
    read_span(reader, value, "colspan", COLS_MAX, &cell->colspan);
    read_span(reader, value, "rowspan", ROWS_MAX, &cell->rowspan);
    member = bx_json_find(value, "align");
    int align = member ? bx_read_choice(reader, member, names, 4) : -1;
    cell->has_align = align >= 0;
    cell->align = align >= 0 ? aligns[align] : BX_ALIGN_LEFT;
}

/* Puts a cell on the grid. False, with an error, when it does not fit. */
static bool place_cell(struct grid *grid,
                       const struct bx_json *value,
                       struct bx_plain_cell *cell,
                       int end_row)
{
    int col = 0, count = grid->table->col_count;
    while (col < count && grid->until[col] > cell->row)
        col++;
    bool is_fitting = cell->colspan <= count - col && cell->rowspan <= end_row - cell->row;
    for (int i = col; is_fitting && i < col + cell->colspan; i++)
        is_fitting = grid->until[i] <= cell->row;
    if (!is_fitting) {
        bx_read_error(grid->reader, "GRID", value,
                      "这一格放不下：它超出了表格的行列，或与别的合并格重叠",
                      "this cell does not fit: it leaves the grid or overlaps a merged cell");
        return false;
    }
    cell->col = col;
    for (int i = col; i < col + cell->colspan; i++)
        grid->until[i] = cell->row + cell->rowspan;
    return true;
}

static void read_row(struct grid *grid, const struct bx_json *row, int row_at, int end_row)
{
    struct bx_plain_table *table = grid->table;
    if (!bx_read_kind(grid->reader, row, BX_JSON_ARRAY))
        return;
    bool is_whole = true;
    for (const struct bx_json *item = row->first; item; item = item->next) {
        struct bx_plain_cell cell;
        read_cell(grid->reader, item, &cell);
        cell.row = row_at;
        if (!place_cell(grid, item, &cell, end_row)) {
            is_whole = false;
            continue;
        }
        if (table->cell_count == grid->capacity)
            table->cells = bx_arena_grow(grid->reader->arena, table->cells, table->cell_count,
                                         &grid->capacity, sizeof(*table->cells));
        table->cells[table->cell_count++] = cell;
    }
    for (int col = 0; is_whole && col < table->col_count; col++) {
        if (grid->until[col] > row_at)
            continue;
        bx_read_error(grid->reader, "GRID", row, "这一行没有填满表格的所有列",
                      "this row does not fill every column of the table");
        return;
    }
}

/* The rows of the head or of the body; returns how many there are. */
static int
read_rows(struct grid *grid, const struct bx_json *rows, int first, bool may_be_empty)
{
    if (!bx_read_kind(grid->reader, rows, BX_JSON_ARRAY))
        return 0;
    if (rows->count > ROWS_MAX || (rows->count == 0 && !may_be_empty)) {
        bx_read_error(grid->reader, "VALUE", rows, "表格应有 1 到 10000 行",
                      "a table has 1 to 10000 rows");
        return 0;
    }
    for (int col = 0; col < grid->table->col_count; col++)
        grid->until[col] = first;
    for (const struct bx_json *row = rows->first; row; row = row->next)
        read_row(grid, row, first + row->index, first + rows->count);
    return rows->count;
}

void bx_read_plain_table(struct bx_reader *reader,
                         const struct bx_json *value,
                         struct bx_plain_table **out)
{
    static const struct bx_field fields[] = {
        {"columns", false}, {"head", false}, {"rows", true}};
    if (!bx_read_fields(reader, value, fields, 3))
        return;
    const struct bx_json *columns = bx_json_find(value, "columns");
    const struct bx_json *head = bx_json_find(value, "head");
    const struct bx_json *rows = bx_json_find(value, "rows");
    struct bx_plain_table *table = BX_NEW(reader->arena, struct bx_plain_table);
    table->widths_1000 = BX_NEW_ARRAY(reader->arena, int, COLS_MAX);
    if (columns)
        read_columns(reader, columns, table);
    else
        table->col_count = count_columns(head && head->first ? head : rows);

    struct grid grid = {.reader = reader,
                        .table = table,
                        .until = BX_NEW_ARRAY(reader->scratch, int, COLS_MAX)};
    if (columns && table->col_count == 0)
        return;
    if (head)
        table->head_count = read_rows(&grid, head, 0, true);
    if (rows)
        table->row_count = table->head_count + read_rows(&grid, rows, table->head_count, false);
    *out = table;
}

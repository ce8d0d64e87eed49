/* The grid of a form, by the rule of HTML: a cell takes the first free column of its row, and as
 * many columns and rows as its spans say. Unlike HTML nothing is mended: what overlaps, sticks
 * out or leaves a hole is refused, since a statutory table is right or it is not.
 *
 * Kinds follow from what stands in a row. td is a figure. th speaks for rows (a label) or for
 * columns (a head), by its scope; a head alone over all columns in the body is a band.
 *
 * Groups: the rows of a tbody that is kept together, and the rows a merged cell joins, unless a
 * page may cut it. */
#include <stdlib.h>
#include <string.h>

#include "layout/form_read.h"

struct grid {
    struct bx_form_reader *reader;
    int *owner;      /* per place of the grid: the cell's number from 1, 0 while free */
    int *part_ends;  /* per row: the row behind its thead or tbody, which no cell may pass */
    bool *is_joined; /* per row: to the row above */
    int cell_capacity;
};

static bool fail(const struct grid *grid, const struct bx_xml_node *node, const char *what)
{
    return bx_xml_fail(grid->reader->xml, node, grid->reader->err, "%s", what);
}

static int *owner_at(const struct grid *grid, int row, int col)
{
    return &grid->owner[row * grid->reader->form->col_count + col];
}

/* --- rows --- */

static int count_children(const struct bx_xml_node *node, const char *name)
{
    int count = 0;
    for (const struct bx_xml_node *child = bx_xml_find_child(node, name); child;
         child = bx_xml_find_next(child, name))
        count++;
    return count;
}

static int count_rows(const struct bx_xml_node *table)
{
    int count = 0;
    for (const struct bx_xml_node *part = table->first; part; part = part->next)
        count += part->name ? count_children(part, "tr") : 0;
    return count;
}

/* The rows of a thead or tbody, from row `first` on. */
static int list_part(struct grid *grid, const struct bx_xml_node *part, int first)
{
    struct bx_form_reader *reader = grid->reader;
    bool is_head = strcmp(part->name, "thead") == 0;
    int count = count_children(part, "tr"), row = first;
    for (const struct bx_xml_node *tr = bx_xml_find_child(part, "tr"); tr;
         tr = bx_xml_find_next(tr, "tr"), row++) {
        struct bx_form_row *out = &reader->form->rows[row];
        struct bx_xml_place place = bx_form_place(reader, tr);
        reader->row_nodes[row] = tr;
        out->kind = is_head ? BX_ROW_THEAD : BX_ROW_BODY;
        bx_xml_string(&out->id, &place, "id", &reader->form->arena);
        grid->part_ends[row] = first + count;
        grid->is_joined[row] = row > first && (is_head || bx_xml_find_attr(part, "keep"));
    }
    return first + count;
}

static bool list_rows(struct grid *grid, const struct bx_xml_node *table)
{
    struct bx_form *form = grid->reader->form;
    struct bx_arena *scratch = &grid->reader->scratch;
    int count = count_rows(table);
    if (count < 1 || count > BX_FORM_ROWS_MAX)
        return fail(grid, table, "a table has 1 to 1000 rows");
    size_t size = (size_t)count;
    form->row_count = count;
    form->rows = BX_NEW_ARRAY(&form->arena, struct bx_form_row, size);
    grid->reader->row_nodes = BX_NEW_ARRAY(scratch, const struct bx_xml_node *, size);
    grid->part_ends = BX_NEW_ARRAY(scratch, int, size);
    grid->is_joined = BX_NEW_ARRAY(scratch, bool, size);
    grid->owner = BX_NEW_ARRAY(scratch, int, size *(size_t)form->col_count);
    int row = 0;
    for (const struct bx_xml_node *part = table->first; part; part = part->next)
        if (part->name)
            row = list_part(grid, part, row);
    while (form->head_count < count && form->rows[form->head_count].kind == BX_ROW_THEAD)
        form->head_count++;
    if (bx_xml_find_attr(table, "keep"))
        for (row = 1; row < count; row++)
            grid->is_joined[row] = true;
    return true;
}

/* --- cells --- */

/* The stretches of a label: text, and <em> in the form's second face. */
static bool
read_texts(struct grid *grid, struct bx_form_cell *cell, const struct bx_xml_node *node)
{
    struct bx_form *form = grid->reader->form;
    int count = 0;
    for (const struct bx_xml_node *child = node->first; child; child = child->next)
        count++;
    cell->text = bx_xml_text(node, &form->arena);
    if (cell->text[0] == '\0')
        return fail(grid, node, "a label without text");
    struct bx_form_text *texts = BX_NEW_ARRAY(&form->arena, struct bx_form_text, (size_t)count);
    for (const struct bx_xml_node *child = node->first; child; child = child->next) {
        if (child->name && !form->aux_role)
            return fail(grid, child, "<em> needs the em-role of <look>");
        const char *text =
            child->name ? bx_xml_text(child, &form->arena)
                        : bx_arena_strndup(&form->arena, child->text, strlen(child->text));
        if (text[0] == '\0')
            return fail(grid, child, "<em> without text");
        texts[cell->text_count++] = (struct bx_form_text){
            .text = text,
            .role = child->name ? form->aux_role : NULL,
        };
    }
    cell->texts = texts;
    return true;
}

static bool
read_label(struct grid *grid, struct bx_form_cell *cell, const struct bx_xml_node *node)
{
    static const char *const words[] = {
        [BX_SCOPE_NONE] = "none",         [BX_SCOPE_ROW] = "row",
        [BX_SCOPE_COL] = "col",           [BX_SCOPE_ROWGROUP] = "rowgroup",
        [BX_SCOPE_COLGROUP] = "colgroup", NULL,
    };
    struct bx_form_reader *reader = grid->reader;
    struct bx_xml_place place = bx_form_place(reader, node);
    int scope = BX_SCOPE_NONE;
    if (!bx_xml_word(&scope, &place, "scope", words))
        return false;
    cell->scope = (enum bx_scope)scope;
    bool is_head = cell->scope == BX_SCOPE_COL || cell->scope == BX_SCOPE_COLGROUP;
    bool is_band = is_head && reader->form->rows[cell->row].kind != BX_ROW_THEAD &&
                   cell->colspan == reader->form->col_count;
    cell->kind = is_band ? BX_CELL_BAND : is_head ? BX_CELL_HEAD : BX_CELL_LABEL;
    cell->is_vertical = bx_xml_find_attr(node, "writing") != NULL;
    cell->repeats_label = bx_xml_find_attr(node, "cut") != NULL;
    cell->align = reader->aligns[cell->kind];
    return read_texts(grid, cell, node);
}

static const char *first_of(const char *a, const char *b, const char *c)
{
    return a ? a : b ? b : c;
}

/* Only the first figures of the lines are looked at: a form has few lines. */
static void find_firsts(struct bx_form_cell *cell, const struct bx_form *form)
{
    cell->row_first = cell->col_first = form->cell_count;
    for (int i = form->cell_count - 1; i >= 0; i--) {
        const struct bx_form_cell *other = &form->cells[i];
        if (!other->path)
            continue;
        if (other->row_first == i && strcmp(other->row_id, cell->row_id) == 0)
            cell->row_first = i;
        if (other->col_first == i && strcmp(other->col_id, cell->col_id) == 0)
            cell->col_first = i;
    }
}

/* The ids of a figure, by its place where it does not say them itself. */
static bool
read_figure(struct grid *grid, struct bx_form_cell *cell, const struct bx_xml_node *node)
{
    static const char *const kinds[] = {
        [BX_VALUE_COUNT] = "count",
        [BX_VALUE_SIGNED] = "signed",
        [BX_VALUE_AMOUNT] = "amount",
        [BX_VALUE_AMOUNT_UNIT] = "amount-unit",
        NULL,
    };
    struct bx_form_reader *reader = grid->reader;
    struct bx_arena *arena = &reader->form->arena;
    const struct bx_xml_node *col = reader->col_nodes[cell->col];
    struct bx_xml_place places[] = {bx_form_place(reader, col), bx_form_place(reader, node)};
    int kind = BX_VALUE_COUNT;
    for (int i = 0; i < 2; i++)
        if (!bx_xml_word(&kind, &places[i], "kind", kinds))
            return false;
    const char *row_id =
        first_of(bx_xml_find_attr(node, "row"), reader->form->rows[cell->row].id,
                 bx_xml_find_attr(col->parent, "row"));
    const char *col_id =
        first_of(bx_xml_find_attr(node, "column"), bx_xml_find_attr(col, "id"), NULL);
    if (!row_id)
        return fail(grid, node,
                    "a figure without a row id: of its own, its tr or its colgroup");
    if (!col_id)
        return fail(grid, node, "a figure without a column id: of its own or its col");
    cell->kind = BX_CELL_FIGURE;
    cell->value_kind = (enum bx_value_kind)kind;
    cell->row_id = bx_arena_strndup(arena, row_id, strlen(row_id));
    cell->col_id = bx_arena_strndup(arena, col_id, strlen(col_id));
    cell->path = bx_arena_printf(arena, "%s/%s", row_id, col_id);
    find_firsts(cell, reader->form);
    cell->text = "";
    cell->align = reader->aligns[BX_CELL_FIGURE];
    for (int i = cell->col; i < cell->col + cell->colspan; i++)
        reader->form->cols[i].is_figure = true;
    return true;
}

/* Puts a cell's number on all its places. */
static bool
take_places(struct grid *grid, const struct bx_form_cell *cell, const struct bx_xml_node *node)
{
    const struct bx_form *form = grid->reader->form;
    if (cell->col + cell->colspan > form->col_count)
        return fail(grid, node, "the cell reaches beyond the last column");
    if (cell->row + cell->rowspan > grid->part_ends[cell->row])
        return fail(grid, node, "the cell reaches below the last row of its thead or tbody");
    for (int row = cell->row; row < cell->row + cell->rowspan; row++)
        for (int col = cell->col; col < cell->col + cell->colspan; col++) {
            if (*owner_at(grid, row, col) != 0)
                return fail(grid, node, "the cell overlaps another");
            *owner_at(grid, row, col) = form->cell_count + 1;
        }
    return true;
}

static bool add_cell(struct grid *grid, int row, int col, const struct bx_xml_node *node)
{
    struct bx_form_reader *reader = grid->reader;
    struct bx_form *form = reader->form;
    struct bx_xml_place place = bx_form_place(reader, node);
    struct bx_form_cell cell = {
        .row = row, .col = col, .rowspan = 1, .colspan = 1, .row_first = -1, .col_first = -1};
    if (form->cell_count >= BX_FORM_CELLS_MAX)
        return fail(grid, node, "too many cells");
    if (!bx_xml_int(&cell.rowspan, &place, "rowspan", 1, BX_FORM_ROWS_MAX) ||
        !bx_xml_int(&cell.colspan, &place, "colspan", 1, BX_FORM_COLS_MAX) ||
        !take_places(grid, &cell, node))
        return false;
    bool is_figure = strcmp(node->name, "td") == 0;
    if (!(is_figure ? read_figure(grid, &cell, node) : read_label(grid, &cell, node)) ||
        !bx_form_read_align(&cell.align, reader, node, "align"))
        return false;
    for (int i = row + 1; i < row + cell.rowspan && !cell.repeats_label; i++)
        grid->is_joined[i] = true;
    if (form->cell_count == grid->cell_capacity)
        form->cells = bx_arena_grow(&form->arena, form->cells, form->cell_count,
                                    &grid->cell_capacity, sizeof(cell));
    form->cells[form->cell_count++] = cell;
    return true;
}

static bool fill_row(struct grid *grid, int row)
{
    const struct bx_form *form = grid->reader->form;
    const struct bx_xml_node *tr = grid->reader->row_nodes[row];
    int col = 0;
    for (const struct bx_xml_node *node = tr->first; node; node = node->next) {
        if (!node->name)
            continue;
        while (col < form->col_count && *owner_at(grid, row, col) != 0)
            col++;
        if (col == form->col_count)
            return fail(grid, node, "the row has more cells than the table has columns");
        if (!add_cell(grid, row, col, node))
            return false;
    }
    for (col = 0; col < form->col_count; col++)
        if (*owner_at(grid, row, col) == 0)
            return bx_xml_fail(grid->reader->xml, tr, grid->reader->err,
                               "the row has no cell in column %d", col + 1);
    return true;
}

/* --- what follows from the cells --- */

static void name_row_kinds(struct bx_form_reader *reader)
{
    struct bx_form *form = reader->form;
    for (int i = 0; i < form->cell_count;) {
        struct bx_form_row *row = &form->rows[form->cells[i].row];
        bool is_head = true, is_band = false;
        int first = i;
        for (; i < form->cell_count && form->cells[i].row == form->cells[first].row; i++) {
            enum bx_cell_kind kind = form->cells[i].kind;
            is_head &= kind == BX_CELL_HEAD || kind == BX_CELL_BAND;
            is_band |= kind == BX_CELL_BAND;
        }
        if (row->kind == BX_ROW_BODY && is_head)
            row->kind = is_band ? BX_ROW_BAND : BX_ROW_HEAD;
        row->has_fill = row->kind == BX_ROW_BAND && reader->has_band_fill;
    }
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A path may neither occur twice nor be the beginning of another: a value is a figure or an
 * object of figures. '/' sorts before all other characters of ids, so such paths are neighbours. */
static bool check_paths(const struct grid *grid, const struct bx_xml_node *table)
{
    const struct bx_form *form = grid->reader->form;
    const char **paths =
        BX_NEW_ARRAY(&grid->reader->scratch, const char *, (size_t)form->cell_count + 1);
    size_t count = 0;
    for (int i = 0; i < form->cell_count; i++)
        if (form->cells[i].path)
            paths[count++] = form->cells[i].path;
    qsort(paths, count, sizeof(*paths), compare_paths);
    for (size_t i = 1; i < count; i++) {
        size_t len = strlen(paths[i - 1]);
        bool is_start = strncmp(paths[i - 1], paths[i], len) == 0;
        if (is_start && (paths[i][len] == '\0' || paths[i][len] == '/'))
            return bx_xml_fail(grid->reader->xml, table, grid->reader->err,
                               "the ids of %s are given twice", paths[i - 1]);
    }
    return count > 0 || fail(grid, table, "a table without figures");
}

bool bx_form_read_grid(struct bx_form_reader *reader, const struct bx_xml_node *table)
{
    struct bx_form *form = reader->form;
    struct grid grid = {.reader = reader};
    if (!list_rows(&grid, table))
        return false;
    for (int row = 0; row < form->row_count; row++)
        if (!fill_row(&grid, row))
            return false;
    name_row_kinds(reader);
    for (int row = 1; row < form->row_count; row++)
        form->rows[row].group = form->rows[row - 1].group + !grid.is_joined[row];
    return check_paths(&grid, table);
}

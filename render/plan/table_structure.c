/* The structure of a table: Table > THead, TBody > TR > TH, TD, and which heads a cell has.
 *
 * A figure cell lists every head that speaks for it, on both sides: the row labels from the
 * outer group inward, then the column heads from above, so that a reader hears
 * "不予公开, 属于国家秘密, 自然人". A head inside the body (a band, and the head row below it)
 * speaks for the rows of its own group only. Numbers follow from the grid alone: a table that is set again
 * finds the elements of the first time. */
#include "plan/table_work.h"

#include <assert.h>

struct walk {
    struct bx_structure *structure;
    bool adds;
    int next; /* when it does not add: the element that comes next */
};

static int step(struct walk *walk, enum bx_tag tag, int parent)
{
    if (walk->adds)
        return bx_structure_add(walk->structure, tag, parent);
    int number = walk->next++;
    assert(number < walk->structure->element_count);
    assert(walk->structure->elements[number].tag == tag);
    assert(walk->structure->elements[number].parent == parent);
    return number;
}

/* Where the grid of an existing table starts: behind its caption, if there is one. */
static int find_grid(const struct bx_structure *structure, int table)
{
    for (int i = table + 1;; i++) {
        assert(i < structure->element_count);
        const struct bx_element *element = &structure->elements[i];
        if (element->parent == table &&
            (element->tag == BX_TAG_THEAD || element->tag == BX_TAG_TBODY))
            return i;
    }
}

/* Whether a TH cell is a row head of a cell. */
static bool heads_row(const struct bx_cell_role *head, const struct bx_cell_role *cell)
{
    return (head->scope == BX_SCOPE_ROW || head->scope == BX_SCOPE_ROWGROUP) &&
           head->col + head->colspan <= cell->col && head->row <= cell->row &&
           cell->row < head->row + head->rowspan;
}

static bool heads_column(const struct bx_cell_role *head,
                         const struct bx_cell_role *cell,
                         const int *groups,
                         int head_count)
{
    if (head->scope != BX_SCOPE_COL && head->scope != BX_SCOPE_COLGROUP)
        return false;
    if (head->row + head->rowspan > cell->row)
        return false;
    if (head->row >= head_count && groups[head->row] != groups[cell->row])
        return false;
    return head->col < cell->col + cell->colspan && cell->col < head->col + head->colspan;
}

/* The TH cells of a table, by row, then column. So row heads come outer first (an outer label
 * starts in no later row than an inner one) and column heads from above. */
struct heads {
    const struct bx_cell_role **items;
    int count;
};

static void list_heads(struct bx_element *element,
                       const struct heads *heads,
                       const struct bx_cell_role *cell,
                       const int *groups,
                       int head_count,
                       struct bx_arena *arena)
{
    int count = 0;
    for (int i = 0; i < heads->count; i++)
        count += heads_row(heads->items[i], cell) ||
                 heads_column(heads->items[i], cell, groups, head_count);
    if (count == 0)
        return;
    int *numbers = BX_NEW_ARRAY(arena, int, (size_t)count);
    int at = 0;
    for (int i = 0; i < heads->count; i++)
        if (heads_row(heads->items[i], cell))
            numbers[at++] = heads->items[i]->element;
    for (int i = 0; i < heads->count; i++)
        if (heads_column(heads->items[i], cell, groups, head_count))
            numbers[at++] = heads->items[i]->element;
    element->headers = numbers;
    element->header_count = count;
}

static void describe(struct bx_structure *structure, const struct bx_cell_role *cell)
{
    struct bx_element *element = &structure->elements[cell->element];
    element->where = cell->where;
    element->rowspan = cell->rowspan;
    element->colspan = cell->colspan;
    element->scope = cell->is_head ? cell->scope : BX_SCOPE_NONE;
}

static void describe_all(const struct bx_cell_role *cells,
                         int cell_count,
                         const int *groups,
                         int head_count,
                         struct bx_structure *structure)
{
    struct heads heads = {0};
    heads.items =
        BX_NEW_ARRAY(structure->arena, const struct bx_cell_role *, (size_t)cell_count);
    for (int i = 0; i < cell_count; i++) {
        describe(structure, &cells[i]);
        if (cells[i].is_head)
            heads.items[heads.count++] = &cells[i];
    }
    for (int i = 0; i < cell_count; i++)
        if (!cells[i].is_head)
            list_heads(&structure->elements[cells[i].element], &heads, &cells[i], groups,
                       head_count, structure->arena);
}

void bx_table_elements(struct bx_cell_role *cells,
                       int cell_count,
                       const int *groups,
                       int row_count,
                       int head_count,
                       struct bx_structure *structure,
                       int element,
                       bool add_elements)
{
    struct walk walk = {.structure = structure, .adds = add_elements};
    if (!add_elements)
        walk.next = find_grid(structure, element);
    int part = element, at = 0;
    for (int row = 0; row < row_count; row++) {
        if (row == 0 && head_count > 0)
            part = step(&walk, BX_TAG_THEAD, element);
        else if (row == head_count)
            part = step(&walk, BX_TAG_TBODY, element);
        int line = step(&walk, BX_TAG_TR, part);
        for (; at < cell_count && cells[at].row == row; at++)
            cells[at].element = step(&walk, cells[at].is_head ? BX_TAG_TH : BX_TAG_TD, line);
    }
    assert(at == cell_count);
    if (add_elements)
        describe_all(cells, cell_count, groups, head_count, structure);
}

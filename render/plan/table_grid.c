/* The grid at given column widths: its heights, and in the end its cells. */
#include "plan/table_work.h"

static bx_len span_width(const struct bx_cell_work *cell, const bx_len *widths)
{
    bx_len width = 0;
    for (int col = cell->col; col < cell->col + cell->colspan; col++)
        width += widths[col];
    return width;
}

bool bx_grid_measure(bx_len *heights,
                     int *lone,
                     struct bx_table_work *work,
                     const bx_len *widths,
                     bool by_bound,
                     struct bx_err *err)
{
    if (!work->needs)
        work->needs =
            BX_NEW_ARRAY(work->context->arena, struct bx_row_need, (size_t)work->cell_count);
    int need_count = 0;
    bool done = true;
    *lone = 0;
    for (int i = 0; i < work->cell_count && done; i++) {
        struct bx_cell_work *cell = &work->cells[i];
        bx_len width = span_width(cell, widths);
        int lines = bx_cell_lines_bound(cell, width);
        bool is_lone = false;
        if (!by_bound)
            done = bx_cell_lines(&lines, &is_lone, work, cell, width, err);
        *lone += is_lone && !cell->is_figure && !cell->is_word;
        bx_len height = bx_cell_height(work, cell, lines);
        if (height > work->row_least[cell->row]) /* else its first row holds it */
            work->needs[need_count++] = (struct bx_row_need){cell->row, cell->rowspan, height};
    }
    for (int row = 0; row < work->row_count; row++)
        heights[row] = work->row_least[row];
    bx_rows_fit(heights, work->row_count, work->needs, need_count);
    return done;
}

enum {
    OVERHANG = 32
}; /* up to 1/32 em beyond the box is no reason for a row of its own height */

void bx_grid_clear_rules(struct bx_table_work *work)
{
    for (int i = 0; i < work->cell_count; i++) {
        const struct bx_cell_work *cell = &work->cells[i];
        bx_len half = cell->em / 2, clear = work->clear_v + cell->reach - half;
        if (cell->reach > 0 && cell->reach <= half + cell->em / OVERHANG) {
            if (clear > work->pad_v)
                work->pad_v = clear;
        }
    }
}

bool bx_grid_set(struct bx_table *out,
                 struct bx_table_work *work,
                 const bx_len *widths,
                 struct bx_err *err)
{
    struct bx_arena *arena = work->context->arena;
    out->pad_v = work->pad_v;
    out->clear_v = work->clear_v;
    out->col_count = work->col_count;
    out->col_x = BX_NEW_ARRAY(arena, bx_len, (size_t)work->col_count + 1);
    for (int col = 0; col < work->col_count; col++)
        out->col_x[col + 1] = out->col_x[col] + widths[col];

    out->cell_count = work->cell_count;
    out->cells = BX_NEW_ARRAY(arena, struct bx_table_cell, (size_t)work->cell_count);
    for (int i = 0; i < work->cell_count; i++) {
        struct bx_cell_work *cell = &work->cells[i];
        if (!bx_cell_set(&out->cells[i], work, cell, span_width(cell, widths), err))
            return false;
    }

    bx_len *heights = BX_NEW_ARRAY(arena, bx_len, (size_t)work->row_count);
    int lone;
    if (!bx_grid_measure(heights, &lone, work, widths, false, err))
        return false;
    out->row_count = work->row_count;
    out->rows = BX_NEW_ARRAY(arena, struct bx_table_row, (size_t)work->row_count);
    for (int row = 0; row < work->row_count; row++)
        out->rows[row].height = heights[row];
    bx_table_close_rows(out);
    return true;
}

/* What must hold of every table, looked at again after it was set.
 *
 * Outlines are read only where they decide: an ideograph whose em box is clear, with what strokes
 * reach over it, is clear. */
#include "plan/table_work.h"

struct place {
    const struct bx_table *table;
    const struct bx_table_cell *cell;
    bx_len left, top, right, bottom; /* the room for ink, from the table's top left corner */
    bx_len text_x, centre_y;
};

static bx_len half_rule(const struct bx_table *table, bool is_outer)
{
    return ((is_outer ? table->rule_outer : table->rule_inner) + 1) / 2;
}

/* row_y: the edges of the rows, from the table's top. */
static struct place find_place(const struct bx_table *table,
                               const bx_len *row_y,
                               const struct bx_table_cell *cell,
                               bx_len clearance)
{
    int end_col = cell->col + cell->colspan, end_row = cell->row + cell->rowspan;
    bx_len top = row_y[cell->row], bottom = row_y[end_row];
    return (struct place){
        .table = table,
        .cell = cell,
        .left = table->col_x[cell->col] + half_rule(table, cell->col == 0) + clearance,
        .right =
            table->col_x[end_col] - half_rule(table, end_col == table->col_count) - clearance,
        .top = top + half_rule(table, cell->row == 0) + clearance,
        .bottom = bottom - half_rule(table, end_row == table->row_count) - clearance,
        .text_x = table->col_x[cell->col] + cell->pad_left,
        .centre_y = (top + bottom) / 2,
    };
}

static bx_len scale(const struct bx_run *run, int units)
{
    return bx_font_len(run->font, units, run->size);
}

static bool
is_inside(const struct place *place, bx_len left, bx_len top, bx_len right, bx_len bottom)
{
    return left >= place->left && top >= place->top && right <= place->right &&
           bottom <= place->bottom;
}

/* x, y: the glyph's origin, here and below. */
static bool
box_is_clear(const struct place *place, const struct bx_run *run, bx_len x, bx_len y)
{
    bx_len over = run->size / BX_BOX_OVER, half = run->size / 2 + over;
    bx_len centre = y - bx_font_centre(run->font, run->size);
    return is_inside(place, x - over, centre - half, x + run->size + over, centre + half);
}

static bool ink_is_clear(const struct place *place,
                         const struct bx_run *run,
                         const struct bx_glyph *glyph,
                         bx_len x,
                         bx_len y)
{
    struct bx_ink ink;
    if (!bx_font_ink(run->font, glyph->index, &ink))
        return true;
    bx_len wide = run->scale_x_1000;
    return is_inside(
        place, x + (bx_len)((int64_t)scale(run, ink.x0) * wide / 1000), y - scale(run, ink.y1),
        x + (bx_len)((int64_t)scale(run, ink.x1) * wide / 1000), y - scale(run, ink.y0));
}

static bool run_is_clear(const struct place *place, const struct bx_run *run, bx_len line_y)
{
    bx_len x = place->text_x + run->x, y = line_y + run->y;
    for (int i = 0; i < run->glyph_count; i++) {
        const struct bx_glyph *glyph = &run->glyphs[i];
        bx_len at_x = x + glyph->dx, at_y = y + glyph->dy;
        bool is_clear = !run->is_vertical && bx_glyph_is_boxed(run, glyph) &&
                        box_is_clear(place, run, at_x, at_y);
        if (!is_clear && !ink_is_clear(place, run, glyph, at_x, at_y))
            return false;
        if (run->is_vertical)
            y += glyph->advance;
        else
            x += glyph->advance;
    }
    return true;
}

/* Where the y of a line's runs counts from: the line's centre, or the top of upright text. */
static bx_len line_origin(const struct place *place, int line)
{
    const struct bx_table_cell *cell = place->cell;
    if (cell->is_vertical)
        return place->centre_y - cell->height / 2;
    return place->centre_y + (2 * line - (cell->para.line_count - 1)) * cell->line_pitch / 2;
}

static bool cell_is_clear(const struct bx_table *table,
                          const bx_len *row_y,
                          const struct bx_table_cell *cell,
                          bx_len clearance)
{
    struct place place = find_place(table, row_y, cell, clearance);
    for (int i = 0; i < cell->para.line_count; i++) {
        const struct bx_line *line = &cell->para.lines[i];
        for (int k = 0; k < line->run_count; k++)
            if (!run_is_clear(&place, &line->runs[k], line_origin(&place, i)))
                return false;
    }
    return true;
}

static bool grid_is_covered_once(const struct bx_table *table)
{
    struct bx_arena scratch = {0};
    size_t count = (size_t)table->row_count * (size_t)table->col_count;
    bool *taken = BX_NEW_ARRAY(&scratch, bool, count);
    size_t covered = 0;
    bool holds = true;
    for (int i = 0; i < table->cell_count && holds; i++) {
        const struct bx_table_cell *cell = &table->cells[i];
        int end_row = cell->row + cell->rowspan, end_col = cell->col + cell->colspan;
        holds = cell->row >= 0 && cell->col >= 0 && cell->rowspan > 0 && cell->colspan > 0 &&
                end_row <= table->row_count && end_col <= table->col_count;
        for (int row = cell->row; row < end_row && holds; row++)
            for (int col = cell->col; col < end_col && holds; col++) {
                bool *place = &taken[row * table->col_count + col];
                holds = !*place;
                *place = true;
                covered++;
            }
    }
    bx_arena_fini(&scratch);
    return holds && covered == count;
}

bool bx_table_check(const struct bx_table *table,
                    bx_len clearance,
                    struct bx_table_fault *fault)
{
    *fault = (struct bx_table_fault){.cell = -1};
    fault->what = "cells do not cover the grid exactly once";
    if (!grid_is_covered_once(table))
        return false;
    fault->what = "edges of columns do not ascend";
    for (int col = 0; col < table->col_count; col++)
        if (table->col_x[col] >= table->col_x[col + 1])
            return false;
    fault->what = "a row has no height";
    for (int row = 0; row < table->row_count; row++)
        if (table->rows[row].height <= 0)
            return false;
    struct bx_arena scratch = {0};
    bx_len *row_y = BX_NEW_ARRAY(&scratch, bx_len, (size_t)table->row_count + 1);
    for (int row = 0; row < table->row_count; row++)
        row_y[row + 1] = row_y[row] + table->rows[row].height;
    bool is_clear = true;
    for (int i = 0; i < table->cell_count && is_clear; i++) {
        is_clear = cell_is_clear(table, row_y, &table->cells[i], clearance);
        if (!is_clear)
            *fault =
                (struct bx_table_fault){.cell = i, .what = "text comes too near to a rule"};
    }
    bx_arena_fini(&scratch);
    if (is_clear)
        *fault = (struct bx_table_fault){.cell = -1};
    return is_clear;
}

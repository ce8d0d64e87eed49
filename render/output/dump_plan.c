/* The plan as text: what is set, before pages.
 *
 *     block I lines|table|signature|image ELEMENT cells N blank A,B [next] [whole] [title] WHERE
 *       line LEFT RIGHT natural W [gap G] [loose] [overfull] ... TEXT
 *         run ...                                           (as on pages, places in the line)
 *       image W H                                         (on paper)
 *       drawing W H items N                               (in an image's place)
 *       table density D WIDTH rules OUTER,INNER columns X X X
 *         row I HEIGHT group G [head] [next] [split]
 *         cell ROW,COL [span RxC] ELEMENT ... */
#include "output/dump.h"

#include "output/dump_text.h"

static void add_flags(struct bx_buf *out, const struct bx_line *line)
{
    if (line->gap_extra)
        bx_buf_printf(out, " gap %d", line->gap_extra);
    if (line->is_justified)
        bx_buf_add_text(out, " justified");
    if (line->is_loose)
        bx_buf_add_text(out, " loose");
    if (line->is_overfull)
        bx_buf_add_text(out, " overfull");
    if (line->is_emergency)
        bx_buf_add_text(out, " emergency");
    if (line->is_rescued)
        bx_buf_add_text(out, " rescued");
}

static void add_para(struct bx_buf *out, const struct bx_para *para, int depth)
{
    for (int i = 0; i < para->line_count; i++) {
        const struct bx_line *line = &para->lines[i];
        bx_buf_printf(out, "%*sline %d %d natural %d han %d text %d+%d", 2 * depth, "",
                      line->left, line->right, line->natural, line->han_count, line->text_at,
                      line->text_len);
        add_flags(out, line);
        bx_buf_add_byte(out, '\n');
        for (int j = 0; j < line->run_count; j++)
            bx_dump_run(out, &line->runs[j], depth + 1);
    }
}

static void add_row(struct bx_buf *out, const struct bx_table_row *row, int i)
{
    bx_buf_printf(out, "    row %d %d group %d", i, row->height, row->group);
    if (row->is_head)
        bx_buf_add_text(out, " head");
    if (row->keep_next)
        bx_buf_add_text(out, " next");
    if (row->may_split)
        bx_buf_add_text(out, " split");
    bx_buf_add_byte(out, '\n');
}

static void add_cell(struct bx_buf *out, const struct bx_table_cell *cell)
{
    bx_buf_printf(out, "    cell %d,%d", cell->row, cell->col);
    if (cell->rowspan > 1 || cell->colspan > 1)
        bx_buf_printf(out, " span %dx%d", cell->rowspan, cell->colspan);
    bx_dump_element(out, cell->element);
    bx_buf_printf(out, " %s height %d pitch %d pad %d", bx_dump_align(cell->align),
                  cell->height, cell->line_pitch, cell->pad_left);
    if (cell->is_vertical)
        bx_buf_add_text(out, " vertical");
    if (cell->repeats_label)
        bx_buf_add_text(out, " repeats");
    if (cell->has_fill) {
        bx_buf_add_text(out, " fill");
        bx_dump_colour(out, cell->fill);
    }
    bx_buf_add_byte(out, '\n');
    add_para(out, &cell->para, 3);
}

/* The cells are told of the natural setting only: a denser one differs in sizes, not in kind. */
static void add_table(struct bx_buf *out, const struct bx_table *table, bool with_cells)
{
    bx_buf_printf(out, "  table density %d rules %d,%d columns", table->density,
                  table->rule_outer, table->rule_inner);
    for (int i = 0; i <= table->col_count; i++)
        bx_buf_printf(out, " %d", table->col_x[i]);
    bx_buf_add_byte(out, '\n');
    for (int i = 0; i < table->row_count; i++)
        add_row(out, &table->rows[i], i);
    for (int i = 0; with_cells && i < table->cell_count; i++)
        add_cell(out, &table->cells[i]);
}

static const char *kind_name(enum bx_plan_kind kind)
{
    switch (kind) {
    case BX_PLAN_LINES:
        return "lines";
    case BX_PLAN_TABLE:
        return "table";
    case BX_PLAN_SIGNATURE:
        return "signature";
    case BX_PLAN_IMAGE:
        return "image";
    }
    return "?";
}

static void add_block(struct bx_buf *out, const struct bx_plan_block *block, int i)
{
    bx_buf_printf(out, "block %d %s", i, kind_name(block->kind));
    bx_dump_element(out, block->element);
    bx_buf_printf(out, " cells %d blank %d,%d", block->line_cells, block->blank_before,
                  block->blank_after);
    if (block->keep_next)
        bx_buf_add_text(out, " next");
    if (block->keep_whole)
        bx_buf_add_text(out, " whole");
    if (block->is_title)
        bx_buf_add_text(out, " title");
    bx_dump_string(out, block->where);
    bx_buf_add_byte(out, '\n');
    if (block->drawing)
        bx_buf_printf(out, "  drawing %d %d items %d\n", block->image_w, block->image_h,
                      block->drawing->count);
    if (block->image)
        bx_buf_printf(out, "  image %d %d\n", block->image_w, block->image_h);
    add_para(out, &block->para, 1);
    for (int j = 0; j < block->table_count; j++)
        add_table(out, &block->tables[j], j == 0);
}

void bx_dump_plan(struct bx_buf *out, const struct bx_plan *plan)
{
    bx_buf_printf(out, "plan %d blocks style %s\n", plan->block_count, plan->style->name);
    for (int i = 0; i < plan->block_count; i++)
        add_block(out, &plan->blocks[i], i);
}

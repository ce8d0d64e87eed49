/* Text stands in the cells of the grid. With fit "edges" the em boxes of the first and last line
 * touch the type area's edges, so the cells, which are centred on them, reach half a blank
 * beyond; y counts in these cells and starts at -margin. Tables stand off the grid: they start
 * where the last cell ends and the next text takes the next whole cell (GRD-03, GRD-04). */
#include "page/fill.h"

/* How many units a block is made of. */
static int count_parts(const struct bx_plan_block *block)
{
    switch (block->kind) {
    case BX_PLAN_TABLE:
        return block->tables[0].row_count;
    case BX_PLAN_IMAGE:
        return 1;
    case BX_PLAN_LINES:
    case BX_PLAN_SIGNATURE:
        break;
    }
    return block->para.line_count;
}

void bx_units_build(struct bx_units *out, struct bx_plan *plan, struct bx_arena *arena)
{
    int count = 0;
    for (int i = 0; i < plan->block_count; i++)
        count += count_parts(&plan->blocks[i]);
    *out = (struct bx_units){
        .plan = plan,
        .items = BX_NEW_ARRAY(arena, struct bx_unit, (size_t)count + 1),
        .first_of_block = BX_NEW_ARRAY(arena, int, (size_t)plan->block_count + 1),
        .densities = BX_NEW_ARRAY(arena, int, (size_t)plan->block_count + 1),
        .stand_ins =
            BX_NEW_ARRAY(arena, const struct bx_table *, (size_t)plan->block_count + 1),
    };
    if (plan->style->grid_fit == BX_FIT_EDGES)
        out->margin = (plan->style->line_pitch - plan->style->texts[BX_TEXT_BODY].size) / 2;
    for (int i = 0; i < plan->block_count; i++) {
        int parts = count_parts(&plan->blocks[i]);
        out->first_of_block[i] = out->count;
        for (int k = 0; k < parts; k++)
            out->items[out->count++] = (struct bx_unit){.block = i, .index = k};
    }
    out->first_of_block[plan->block_count] = out->count;
}

const struct bx_table *bx_units_table(const struct bx_units *units, int block)
{
    const struct bx_table *stand_in = units->stand_ins[block];
    return stand_in ? stand_in : &units->plan->blocks[block].tables[units->densities[block]];
}

void bx_fill_start(struct bx_fill *fill, const struct bx_units *units)
{
    *fill = (struct bx_fill){.units = units, .y = -units->margin, .is_empty = true};
}

/* The first grid cell that starts at y or below it. */
static int next_cell(const struct bx_fill *fill)
{
    bx_len pitch = fill->units->plan->style->line_pitch;
    return (int)((fill->y + fill->units->margin + pitch - 1) / pitch);
}

int bx_fill_lines(const struct bx_fill *fill)
{
    return next_cell(fill);
}

static bool add_line(struct bx_fill *fill,
                     const struct bx_plan_block *block,
                     int index,
                     struct bx_spot *spot)
{
    const struct bx_style *style = fill->units->plan->style;
    int cell = next_cell(fill), blank = fill->blank;
    if (index == 0)
        blank += block->blank_before;
    if (!fill->is_empty || (block->is_title && index == 0))
        cell += blank;
    if (cell + block->line_cells > style->grid_lines)
        return false;
    bx_len top = cell * style->line_pitch - fill->units->margin;
    bx_len height = block->line_cells * style->line_pitch;
    *spot = (struct bx_spot){.y = top + height / 2};
    fill->y = top + height;
    fill->is_empty = false;
    fill->blank = index + 1 == block->para.line_count ? block->blank_after : 0;
    return true;
}

static bool follows(const struct bx_units *units, int block, enum bx_plan_kind kind)
{
    return block > 0 && units->plan->blocks[block - 1].kind == kind;
}

/* Text keeps its distance by the blank in its grid cells. Things that stand off the grid, with none
 * between them, have this much: two tables a whole line, or they are one. */
static bx_len least_gap(const struct bx_units *units, int block)
{
    bx_len pitch = units->plan->style->line_pitch;
    bool is_table = units->plan->blocks[block].kind == BX_PLAN_TABLE;
    if (follows(units, block, BX_PLAN_TABLE))
        return is_table ? pitch : pitch / 2;
    return follows(units, block, BX_PLAN_IMAGE) ? pitch / 2 : 0;
}

/* A row is the first of a fragment when nothing of its table stands above it on the page. Where
 * the page may end with it, what it grows by then must have room too. */
static bool add_row(struct bx_fill *fill, int block, int row, struct bx_spot *spot)
{
    const struct bx_style *style = fill->units->plan->style;
    const struct bx_table *table = bx_units_table(fill->units, block);
    const struct bx_table_row *r = &table->rows[row];
    bx_len y = fill->y > 0 ? fill->y : 0, head = 0, height = r->height;
    if (row == 0 && !fill->is_empty)
        y += fill->blank * style->line_pitch + least_gap(fill->units, block);
    if (row >= table->head_count && row > 0 && fill->is_empty) {
        head =
            bx_table_repeats_head(table, style->type_area.h) ? bx_table_head_again(table) : 0;
        height += r->cut_above;
    }
    if (y + head + height + r->cut_below > style->type_area.h)
        return false;
    *spot = (struct bx_spot){.y = y + head, .head_height = head};
    fill->y = y + head + height;
    fill->is_empty = false;
    fill->blank = 0;
    return true;
}

/* Whether the block's caption stands under it, on the first line that the grid has there. */
static bool has_caption(const struct bx_units *units, int block)
{
    const struct bx_plan *plan = units->plan;
    return plan->blocks[block].keep_next && block + 1 < plan->block_count &&
           plan->blocks[block + 1].kind == BX_PLAN_LINES;
}

/* An image ends where the grid cell of its caption starts, so that all captions are equally near.
 * One without a caption stands in the middle of what it takes of the grid, as far from the text
 * above as from that below, or at the page's head. */
static bool add_image(struct bx_fill *fill, int index, struct bx_spot *spot)
{
    const struct bx_style *style = fill->units->plan->style;
    const struct bx_plan_block *block = &fill->units->plan->blocks[index];
    bx_len y = 0;
    if (!fill->is_empty) {
        bx_len least = fill->y + least_gap(fill->units, index);
        y = (next_cell(fill) + fill->blank + block->blank_before) * style->line_pitch -
            fill->units->margin;
        y = y > least ? y : least;
    }
    bx_len left = style->type_area.h - y - block->image_h;
    if (left < 0)
        return false;
    fill->y = y + block->image_h;
    bx_len slack = next_cell(fill) * style->line_pitch - fill->units->margin - fill->y;
    if (!has_caption(fill->units, index))
        slack = fill->is_empty ? 0 : slack / 2;
    y += slack < left ? slack : left;
    *spot = (struct bx_spot){.y = y};
    fill->y = y + block->image_h;
    fill->is_empty = false;
    fill->blank = block->blank_after;
    return true;
}

bool bx_fill_add(struct bx_fill *fill, int unit, struct bx_spot *spot)
{
    const struct bx_unit *item = &fill->units->items[unit];
    const struct bx_plan_block *block = &fill->units->plan->blocks[item->block];
    if (block->kind == BX_PLAN_TABLE)
        return add_row(fill, item->block, item->index, spot);
    if (block->kind == BX_PLAN_IMAGE)
        return add_image(fill, item->block, spot);
    return add_line(fill, block, item->index, spot);
}

/* Where a page may end, and what that place costs by itself.
 *
 * Places where a break is never wanted have a cost so high that it is only paid where the report
 * could not be set otherwise (a group taller than a page); costs between are the style's. */
#include "page/break_cost.h"

enum {
    BALANCE_ONE = 1000
};

static const struct bx_plan_block *block_of(const struct bx_units *units, int unit)
{
    return &units->plan->blocks[units->items[unit].block];
}

/* Lines of the first part that a heading keeps with it. */
static int kept_lines(const struct bx_units *units, int unit)
{
    const struct bx_plan_block *block = block_of(units, unit);
    int keep = units->plan->style->pages.keep_lines;
    return keep < block->para.line_count ? keep : block->para.line_count;
}

static bool follows_heading(const struct bx_units *units, int block)
{
    return block > 0 && units->plan->blocks[block - 1].keep_next;
}

/* Lines and rows between `unit` and the signature behind it; a row counts as enough. */
static bool strands_signature(const struct bx_units *units, int unit)
{
    int keep = units->plan->style->pages.keep_lines, lines = 0;
    for (int i = unit; i < units->count && lines < keep; i++) {
        const struct bx_plan_block *block = block_of(units, i);
        if (block->kind == BX_PLAN_SIGNATURE)
            return true;
        if (block->kind == BX_PLAN_TABLE || block->kind == BX_PLAN_IMAGE)
            return false;
        lines++;
    }
    return false;
}

/* Of a break before a block. What comes after the title may leave it, but only where it would leave
 * its own heading otherwise. */
static int64_t heading_break_cost(const struct bx_units *units, int block)
{
    if (!follows_heading(units, block))
        return 0;
    return units->plan->blocks[block - 1].is_title ? BX_COST_NEVER / 2 : BX_COST_NEVER;
}

static int64_t text_break_cost(const struct bx_units *units, int unit)
{
    const struct bx_page_rules *rules = &units->plan->style->pages;
    const struct bx_plan_block *block = block_of(units, unit);
    int index = units->items[unit].index, rest = block->para.line_count - index;
    if (index == 0)
        return heading_break_cost(units, units->items[unit].block);
    if (block->keep_whole)
        return (int64_t)BX_COST_NEVER * 20;
    if (follows_heading(units, units->items[unit].block) && index < kept_lines(units, unit))
        return BX_COST_NEVER;
    return index < rules->orphans || rest < rules->widows ? BX_COST_NEVER : 0;
}

bool bx_units_may_end_text(const struct bx_units *units, int unit)
{
    const struct bx_plan_block *block = block_of(units, unit);
    if (block->kind != BX_PLAN_LINES && block->kind != BX_PLAN_SIGNATURE)
        return false;
    return text_break_cost(units, unit) < BX_COST_NEVER;
}

/* How unequal the two parts of a table cut before `row` are, of 1000. */
static int64_t imbalance(const struct bx_table *table, int row)
{
    int64_t above = 0, below = 0;
    for (int i = table->head_count; i < table->row_count; i++)
        *(i < row ? &above : &below) += table->rows[i].height;
    int64_t off = above > below ? above - below : below - above;
    return off * BALANCE_ONE / (above + below);
}

static int groups_between(const struct bx_table *table, int from, int to)
{
    int count = 0;
    for (int i = from; i < to; i++)
        count += i == from || table->rows[i].group != table->rows[i - 1].group;
    return count;
}

static bool is_longer_than_page(const struct bx_units *units, const struct bx_table *table)
{
    bx_len height = 0, most = units->plan->style->type_area.h;
    for (int i = 0; i < table->row_count && height <= most; i++)
        height += table->rows[i].height;
    return height > most;
}

/* A cut between the slices of one row: only of one that no page holds, or before all that is
 * never wanted; and rather not beside its first or last line. */
static int64_t slice_break_cost(const struct bx_table *table, int row)
{
    if (!table->rows[row].may_split)
        return BX_COST_NEVER / 2;
    bool is_second = !table->rows[row - 1].goes_on;
    bool is_last = row + 1 == table->row_count || !table->rows[row + 1].goes_on;
    return is_second || is_last ? BX_COST_SELDOM : 0;
}

/* The least cost of a cut before a row of a table whose heights are not known. */
static int64_t least_row_break_cost(const struct bx_units *units, int unit)
{
    const struct bx_table *table = bx_units_table(units, units->items[unit].block);
    int row = units->items[unit].index;
    if (row <= table->head_count || table->rows[row - 1].keep_next ||
        table->rows[row].group == table->rows[row - 1].group)
        return BX_COST_NEVER;
    return units->plan->style->pages.cost_cut_table;
}

static int64_t row_break_cost(const struct bx_units *units, int unit)
{
    const struct bx_page_rules *rules = &units->plan->style->pages;
    int block = units->items[unit].block, row = units->items[unit].index;
    const struct bx_table *table = bx_units_table(units, block);
    bool is_statutory = units->plan->blocks[block].is_statutory;
    if (row == 0)
        return heading_break_cost(units, block);
    if (units->stand_ins[block])
        return least_row_break_cost(units, unit);
    if (row <= table->head_count)
        return (int64_t)BX_COST_NEVER * 10; /* the head alone */
    if (table->rows[row - 1].keep_next)
        return (int64_t)BX_COST_NEVER * 2;
    if (!bx_table_can_cut(table, row))
        return BX_COST_NO_WAY;
    if (table->rows[row].goes_on)
        return slice_break_cost(table, row);
    if (table->rows[row].group == table->rows[row - 1].group)
        return BX_COST_NEVER;
    if (!is_statutory && is_longer_than_page(units, table))
        return 0;
    int64_t cost =
        rules->cost_cut_table + rules->cost_unbalanced * imbalance(table, row) / BALANCE_ONE;
    bool is_thin = groups_between(table, table->head_count, row) < 2 ||
                   groups_between(table, row, table->row_count) < 2;
    if (is_thin) /* one row under the head is enough in a table of prose (PAG-01) */
        cost += is_statutory ? BX_COST_THIN : rules->cost_cut_table;
    return cost;
}

int64_t bx_break_cost(const struct bx_units *units, int unit)
{
    const struct bx_plan_block *block = block_of(units, unit);
    int64_t cost = block->kind == BX_PLAN_TABLE ? row_break_cost(units, unit)
                                                : text_break_cost(units, unit);
    bool is_stranding = strands_signature(units, unit);
    return is_stranding && cost < BX_COST_NEVER ? BX_COST_NEVER : cost;
}

/* Whether the group of a row takes more than a page by itself. */
static bool is_group_tall(const struct bx_units *units, int unit)
{
    const struct bx_table *table = bx_units_table(units, units->items[unit].block);
    int row = units->items[unit].index, group = table->rows[row].group;
    bx_len height = 0;
    for (int i = table->head_count; i < table->row_count; i++)
        if (table->rows[i].group == group)
            height += table->rows[i].height;
    return height + bx_table_head_again(table) > units->plan->style->type_area.h;
}

bool bx_units_is_forced(const struct bx_units *units, int unit)
{
    const struct bx_plan_block *block = block_of(units, unit);
    if (bx_break_cost(units, unit) < BX_COST_NEVER / 2)
        return false;
    return block->kind != BX_PLAN_TABLE || !block->is_statutory ||
           units->items[unit].index == 0 || !is_group_tall(units, unit);
}

int bx_units_keep_start(const struct bx_units *units, int unit)
{
    while (unit > 0 && bx_break_cost(units, unit) >= BX_COST_NEVER)
        unit--;
    return unit;
}

bool bx_page_is_middle_part(const struct bx_units *units, int start, int end)
{
    if (end == units->count)
        return false;
    const struct bx_unit *first = &units->items[start], *next = &units->items[end];
    return first->block == next->block && first->index > 0 &&
           units->plan->blocks[first->block].kind == BX_PLAN_TABLE;
}

bool bx_page_is_thin_part(const struct bx_units *units, int start, int end)
{
    int block = units->items[start].block;
    return units->plan->blocks[block].is_statutory &&
           bx_page_is_middle_part(units, start, end) &&
           groups_between(bx_units_table(units, block), units->items[start].index,
                          units->items[end].index) < 2;
}

bool bx_break_is_for_balance(const struct bx_units *units, int end)
{
    int row = units->items[end].index;
    if (row == 0 || !block_of(units, end)->is_statutory)
        return false;
    const struct bx_table_row *rows = bx_units_table(units, units->items[end].block)->rows;
    return rows[row].group != rows[row - 1].group;
}

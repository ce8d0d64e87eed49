/* Total fit over the whole report. What fits on a page is decided by its first unit alone, so the
 * best way to set the rest of the report from any unit on is found from the end backward, each
 * page tried at every end it could have: linear in the report.
 *
 * Places where a break is never wanted have a cost so high that it is only paid where the report
 * could not be set otherwise (a group taller than a page); costs between are the style's. */
#include "page/choose.h"

#include <stdlib.h>

static const int64_t NO_WAY = INT64_MAX / 4;

enum {
    NEVER = 100000000,   /* inside a group, a heading from its text ... */
    NEEDLESS = 10000000, /* a table cut against the rule of whole or cut */
    SELDOM = 1000000,    /* a part of one group, more than a third of a page blank */
    BALANCE_ONE = 1000,
};

struct chooser {
    struct bx_units *units;
    struct bx_arena *arena;
    const struct bx_page_rules *rules;
    int64_t *break_costs; /* of a break before each unit */
    int64_t *best;        /* of the rest from each unit on */
    int *best_end;
    int *keep_starts; /* of the first unit of each block */
    bool is_bound;    /* only what a page or a cut costs at least is counted */
};

static const struct bx_plan_block *block_of(const struct bx_units *units, int unit)
{
    return &units->plan->blocks[units->items[unit].block];
}

static bool is_first_of_block(const struct bx_units *units, int unit)
{
    return units->items[unit].index == 0;
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
    return units->plan->blocks[block - 1].is_title ? NEVER / 2 : NEVER;
}

static int64_t text_break_cost(const struct bx_units *units, int unit)
{
    const struct bx_page_rules *rules = &units->plan->style->pages;
    const struct bx_plan_block *block = block_of(units, unit);
    int index = units->items[unit].index, rest = block->para.line_count - index;
    if (index == 0)
        return heading_break_cost(units, units->items[unit].block);
    if (block->keep_whole)
        return (int64_t)NEVER * 20;
    if (follows_heading(units, units->items[unit].block) && index < kept_lines(units, unit))
        return NEVER;
    return index < rules->orphans || rest < rules->widows ? NEVER : 0;
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
        return NEVER / 2;
    bool is_second = !table->rows[row - 1].goes_on;
    bool is_last = row + 1 == table->row_count || !table->rows[row + 1].goes_on;
    return is_second || is_last ? SELDOM : 0;
}

/* The least cost of a cut before a row of a table whose heights are not known. */
static int64_t least_row_break_cost(const struct bx_units *units, int unit)
{
    const struct bx_table *table = bx_units_table(units, units->items[unit].block);
    int row = units->items[unit].index;
    if (row <= table->head_count || table->rows[row - 1].keep_next ||
        table->rows[row].group == table->rows[row - 1].group)
        return NEVER;
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
        return (int64_t)NEVER * 10; /* the head alone */
    if (table->rows[row - 1].keep_next)
        return (int64_t)NEVER * 2;
    if (!bx_table_can_cut(table, row))
        return NO_WAY;
    if (table->rows[row].goes_on)
        return slice_break_cost(table, row);
    if (table->rows[row].group == table->rows[row - 1].group)
        return NEVER;
    if (!is_statutory && is_longer_than_page(units, table))
        return 0;
    int64_t cost =
        rules->cost_cut_table + rules->cost_unbalanced * imbalance(table, row) / BALANCE_ONE;
    bool is_thin = groups_between(table, table->head_count, row) < 2 ||
                   groups_between(table, row, table->row_count) < 2;
    if (is_thin) /* one row under the head is enough in a table of prose (PAG-01) */
        cost += is_statutory ? SELDOM : rules->cost_cut_table;
    return cost;
}

static int64_t break_cost(const struct bx_units *units, int unit)
{
    const struct bx_plan_block *block = block_of(units, unit);
    int64_t cost = block->kind == BX_PLAN_TABLE ? row_break_cost(units, unit)
                                                : text_break_cost(units, unit);
    bool is_stranding = strands_signature(units, unit);
    return is_stranding && cost < NEVER ? NEVER : cost;
}

/* Whether the group of a row takes more than a page by itself. */
static bool is_group_tall(const struct bx_units *units, int unit)
{
    const struct bx_table *table = bx_units_table(units, units->items[unit].block);
    int row = units->items[unit].index, group = table->rows[row].group;
    bx_len height = 0;
    for (int i = 0; i < table->row_count; i++)
        if (table->rows[i].group == group || i < table->head_count)
            height += table->rows[i].height;
    return height > units->plan->style->type_area.h;
}

bool bx_units_is_forced(const struct bx_units *units, int unit)
{
    const struct bx_plan_block *block = block_of(units, unit);
    if (break_cost(units, unit) < NEVER / 2)
        return false;
    return block->kind != BX_PLAN_TABLE || !block->is_statutory ||
           units->items[unit].index == 0 || !is_group_tall(units, unit);
}

int bx_units_keep_start(const struct bx_units *units, int unit)
{
    while (unit > 0 && break_cost(units, unit) >= NEVER)
        unit--;
    return unit;
}

static bx_len table_height(const struct bx_table *table)
{
    bx_len height = 0;
    for (int i = 0; i < table->row_count; i++)
        height += table->rows[i].height;
    return height;
}

/* Whether a table, with the heading kept with it, would fit on a page of its own. */
static bool fits_whole(const struct chooser *c, int block)
{
    const struct bx_units *units = c->units;
    int first = units->first_of_block[block];
    struct bx_fill fill;
    struct bx_spot spot;
    bx_fill_start(&fill, units);
    for (int i = c->keep_starts[block]; i < first; i++)
        if (!bx_fill_add(&fill, i, &spot))
            return false;
    bx_len y = fill.y > 0 ? fill.y : 0;
    return y + table_height(bx_units_table(units, block)) <= units->plan->style->type_area.h;
}

/* Cutting a table on a page on which it starts, though keeping it whole would leave no more
 * blank lines than the style allows (layout: whole or cut). */
static bool
cuts_needlessly(const struct chooser *c, int start, int end, const int *lines_before)
{
    if (end >= c->units->count || is_first_of_block(c->units, end))
        return false;
    int block = c->units->items[end].block;
    if (c->units->plan->blocks[block].kind != BX_PLAN_TABLE)
        return false;
    int keep_start = c->keep_starts[block];
    if (keep_start <= start || !fits_whole(c, block))
        return false;
    int blank = c->units->plan->style->grid_lines - lines_before[keep_start - start];
    return blank <= c->rules->whole_blank_lines;
}

/* Whether a unit is a table's heading, or one of several before it. */
static bool starts_table(const struct bx_units *units, int unit)
{
    int block = units->items[unit].block;
    while (block + 1 < units->plan->block_count && units->plan->blocks[block].keep_next)
        block++;
    return units->plan->blocks[block].kind == BX_PLAN_TABLE;
}

/* Whether the page would be nothing but a part of a table that goes on before and behind it. */
static bool is_middle_part(const struct bx_units *units, int start, int end)
{
    if (end == units->count)
        return false;
    const struct bx_unit *first = &units->items[start], *next = &units->items[end];
    return first->block == next->block && first->index > 0 &&
           units->plan->blocks[first->block].kind == BX_PLAN_TABLE;
}

/* A part between two cuts is of one group; of the others row_break_cost() tells. */
static bool is_thin_part(const struct bx_units *units, int start, int end)
{
    int block = units->items[start].block;
    return units->plan->blocks[block].is_statutory && is_middle_part(units, start, end) &&
           groups_between(bx_units_table(units, block), units->items[start].index,
                          units->items[end].index) < 2;
}

/* A mandated table is cut where its parts are most alike, whatever that leaves blank. */
static bool is_for_balance(const struct bx_units *units, int end)
{
    int row = units->items[end].index;
    if (row == 0 || !block_of(units, end)->is_statutory)
        return false;
    const struct bx_table_row *rows = bx_units_table(units, units->items[end].block)->rows;
    return rows[row].group != rows[row - 1].group;
}

static int64_t
page_cost(const struct chooser *c, int start, int end, int lines, const int *lines_before)
{
    if (end == c->units->count)
        return 0;
    if (c->is_bound)
        return c->break_costs[end] + c->rules->cost_page;
    int blank = c->units->plan->style->grid_lines - lines;
    int64_t cost = c->break_costs[end];
    if (!is_for_balance(c->units, end))
        cost += (int64_t)c->rules->cost_blank_line * blank;
    if (block_of(c->units, end)->kind == BX_PLAN_LINES && !starts_table(c->units, end))
        cost +=
            (int64_t)c->rules->cost_short_page * blank * blank; /* text breaks off for once */
    if (blank > c->rules->whole_blank_lines)
        cost += SELDOM;
    if (is_thin_part(c->units, start, end))
        cost += SELDOM;
    if (cuts_needlessly(c, start, end, lines_before))
        cost += NEEDLESS;
    return cost + c->rules->cost_page;
}

enum {
    PAGE_UNITS_MAX = 400
}; /* more rows than any page holds: 400 of 1.6 pt */

/* Whether the page would be one part of a table that is too low for a label set again in it. */
static bool lacks_room(const struct bx_units *units, int start, int end)
{
    return is_middle_part(units, start, end) &&
           !bx_table_part_has_room(bx_units_table(units, units->items[start].block),
                                   units->items[start].index, units->items[end].index);
}

/* Tries every end of a page that starts with a unit. next_* take the second best. */
static void try_page(struct chooser *c, int start, struct bx_page_choice *choice)
{
    int lines_before[PAGE_UNITS_MAX + 1];
    struct bx_fill fill;
    bx_fill_start(&fill, c->units);
    *choice = (struct bx_page_choice){.start = start, .end = -1, .next_end = -1};
    int64_t best = NO_WAY, next = NO_WAY;
    for (int end = start + 1; end <= c->units->count && end - start <= PAGE_UNITS_MAX; end++) {
        struct bx_spot spot;
        lines_before[end - 1 - start] = bx_fill_lines(&fill);
        if (!bx_fill_add(&fill, end - 1, &spot))
            break;
        if (end < c->units->count && c->best[end] >= NO_WAY)
            continue;
        if (!c->is_bound && lacks_room(c->units, start, end))
            continue;
        int64_t own = page_cost(c, start, end, bx_fill_lines(&fill), lines_before);
        int64_t total = own + (end < c->units->count ? c->best[end] : 0);
        if (total < best) {
            next = best;
            choice->next_end = choice->end;
            best = total;
            choice->end = end;
            choice->cost = own;
        } else if (total < next) {
            next = total;
            choice->next_end = end;
        }
    }
    choice->next_cost = next < NO_WAY ? next - best : 0;
    c->best[start] = best;
    c->best_end[start] = choice->end;
}

/* The cost of the whole report at the densities set now. */
static int64_t solve(struct chooser *c)
{
    const struct bx_units *units = c->units;
    for (int i = 0; i < units->count; i++)
        c->break_costs[i] = break_cost(units, i);
    for (int b = 0; b < units->plan->block_count; b++)
        if (units->first_of_block[b] < units->count)
            c->keep_starts[b] = bx_units_keep_start(units, units->first_of_block[b]);
    for (int i = units->count - 1; i >= 0; i--) {
        struct bx_page_choice choice;
        try_page(c, i, &choice);
    }
    int64_t cost = c->best[0];
    for (int b = 0; b < units->plan->block_count; b++)
        cost += (int64_t)units->densities[b] * c->rules->cost_dense_step;
    return cost;
}

/* A table's rows at the least height they could have. */
static void stand_in(struct chooser *c, int block)
{
    const struct bx_plan_block *from = &c->units->plan->blocks[block];
    struct bx_table *table = BX_NEW(c->arena, struct bx_table);
    size_t count = (size_t)from->tables[0].row_count;
    *table = from->tables[0];
    table->rows = BX_NEW_ARRAY(c->arena, struct bx_table_row, count);
    for (size_t i = 0; i < count; i++) {
        table->rows[i] = from->tables[0].rows[i];
        table->rows[i].height = from->row_least;
        table->rows[i].cut_above = table->rows[i].cut_below = 0;
    }
    c->units->stand_ins[block] = table;
}

static bool may_be_denser(const struct chooser *c, int block)
{
    return c->units->plan->blocks[block].table_count > 1;
}

/* What the report costs at least, however dense the tables `first` .. `last` are. */
static int64_t bound(struct chooser *c, int first, int last)
{
    for (int b = first; b <= last; b++)
        if (may_be_denser(c, b))
            stand_in(c, b);
    c->is_bound = true;
    int64_t cost = solve(c);
    c->is_bound = false;
    for (int b = first; b <= last; b++)
        c->units->stand_ins[b] = NULL;
    return cost;
}

/* The best density of one table while the others keep theirs; the loosest of equal worth, since
 * each step has its cost. A setting whose cost nothing can bring in again is not made. */
static bool choose_density(
    struct chooser *c, int block, int64_t *cost, bool *is_changed, struct bx_err *err)
{
    struct bx_units *units = c->units;
    int *density = &units->densities[block], had = *density, best = had;
    *density = 0;
    int64_t least = bound(c, block, block);
    for (int d = 0; d < units->plan->blocks[block].table_count; d++) {
        if (least + (int64_t)d * c->rules->cost_dense_step >= *cost)
            break;
        if (d == had)
            continue;
        if (!bx_plan_need_table(units->plan, block, d, err))
            return false;
        *density = d;
        int64_t tried = solve(c);
        if (tried < *cost) {
            *cost = tried;
            best = d;
        }
    }
    *density = best;
    *is_changed = *is_changed || best != had;
    return true;
}

/* Sets tables denser where that is worth its cost: where it saves a page or a cut. What a table was
 * made denser for may be saved by a later one, so they are gone through until nothing changes: the
 * cost falls each time, and so this ends. Most reports are done with the first bound: their pages
 * cost no more than their number. */
static bool choose_densities(struct chooser *c, int64_t *cost, struct bx_err *err)
{
    int count = c->units->plan->block_count;
    bool is_changed = bound(c, 0, count - 1) + c->rules->cost_dense_step < *cost;
    while (is_changed) {
        is_changed = false;
        for (int b = 0; b < count; b++)
            if (may_be_denser(c, b) && !choose_density(c, b, cost, &is_changed, err))
                return false;
    }
    *cost = solve(c);
    return true;
}

static bool report_misfit(const struct chooser *c, struct bx_err *err)
{
    for (int i = 0; i < c->units->count; i++) {
        struct bx_fill fill;
        struct bx_spot spot;
        bx_fill_start(&fill, c->units);
        if (!bx_fill_add(&fill, i, &spot)) {
            const struct bx_plan_block *block = block_of(c->units, i);
            return bx_fail(err, BX_E_FIT, c->units->plan->model->file,
                           block->where ? block->where : "",
                           "a %s is taller than the type area",
                           block->kind == BX_PLAN_TABLE ? "table row" : "line");
        }
    }
    /* Each would fit alone: it is the last table that no cuts make parts of. */
    int at = c->units->count - 1;
    while (at > 0 && c->best[at] < NO_WAY)
        at--;
    const char *where = block_of(c->units, at)->where;
    return bx_fail(err, BX_E_FIT, c->units->plan->model->file, where ? where : "",
                   "no way to cut the table into pages leaves room for its labels");
}

bool bx_pages_choose(struct bx_page_choice **choices,
                     int *count,
                     struct bx_units *units,
                     struct bx_arena *arena,
                     struct bx_err *err)
{
    size_t n = (size_t)units->count + 1;
    struct chooser c = {
        .units = units,
        .arena = arena,
        .rules = &units->plan->style->pages,
        .break_costs = BX_NEW_ARRAY(arena, int64_t, n),
        .best = BX_NEW_ARRAY(arena, int64_t, n),
        .best_end = BX_NEW_ARRAY(arena, int, n),
        .keep_starts = BX_NEW_ARRAY(arena, int, (size_t)units->plan->block_count + 1),
    };
    int64_t cost = solve(&c);
    if (!choose_densities(&c, &cost, err))
        return false;
    if (cost >= NO_WAY)
        return report_misfit(&c, err);

    *count = 0;
    for (int at = 0; at < units->count; at = c.best_end[at])
        ++*count;
    *choices = BX_NEW_ARRAY(arena, struct bx_page_choice, (size_t)*count + 1);
    for (int at = 0, i = 0; at < units->count; at = c.best_end[at])
        try_page(&c, at, &(*choices)[i++]);
    return true;
}

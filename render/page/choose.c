/* Total fit over the whole report. What fits on a page is decided by its first unit alone, so the
 * best way to set the rest of the report from any unit on is found from the end backward, each
 * page tried at every end it could have: linear in the report. */
#include "page/choose.h"

#include <stdlib.h>

#include "page/break_cost.h"

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
    if (end >= c->units->count || c->units->items[end].index == 0)
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

static int64_t
page_cost(const struct chooser *c, int start, int end, int lines, const int *lines_before)
{
    if (end == c->units->count)
        return 0;
    if (c->is_bound)
        return c->break_costs[end] + c->rules->cost_page;
    int blank = c->units->plan->style->grid_lines - lines;
    int64_t cost = c->break_costs[end];
    if (!bx_break_is_for_balance(c->units, end))
        cost += (int64_t)c->rules->cost_blank_line * blank;
    if (block_of(c->units, end)->kind == BX_PLAN_LINES && !starts_table(c->units, end))
        cost +=
            (int64_t)c->rules->cost_short_page * blank * blank; /* text breaks off for once */
    if (blank > c->rules->whole_blank_lines)
        cost += BX_COST_SELDOM;
    if (bx_page_is_thin_part(c->units, start, end))
        cost += BX_COST_SELDOM;
    if (cuts_needlessly(c, start, end, lines_before))
        cost += BX_COST_NEEDLESS;
    return cost + c->rules->cost_page;
}

enum {
    PAGE_UNITS_MAX = 400
}; /* more rows than any page holds: 400 of 1.6 pt */

/* Whether the page would be one part of a table that is too low for a label set again in it. */
static bool lacks_room(const struct bx_units *units, int start, int end)
{
    return bx_page_is_middle_part(units, start, end) &&
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
    int64_t best = BX_COST_NO_WAY, next = BX_COST_NO_WAY;
    for (int end = start + 1; end <= c->units->count && end - start <= PAGE_UNITS_MAX; end++) {
        struct bx_spot spot;
        lines_before[end - 1 - start] = bx_fill_lines(&fill);
        if (!bx_fill_add(&fill, end - 1, &spot))
            break;
        if (end < c->units->count && c->best[end] >= BX_COST_NO_WAY)
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
            choice->blank = c->units->plan->style->grid_lines - bx_fill_lines(&fill);
        } else if (total < next) {
            next = total;
            choice->next_end = end;
        }
    }
    choice->next_cost = next < BX_COST_NO_WAY ? next - best : 0;
    c->best[start] = best;
    c->best_end[start] = choice->end;
}

/* The cost of the whole report at the densities set now. */
static int64_t solve(struct chooser *c)
{
    const struct bx_units *units = c->units;
    for (int i = 0; i < units->count; i++)
        c->break_costs[i] = bx_break_cost(units, i);
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
    while (at > 0 && c->best[at] < BX_COST_NO_WAY)
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
    if (cost >= BX_COST_NO_WAY)
        return report_misfit(&c, err);

    *count = 0;
    for (int at = 0; at < units->count; at = c.best_end[at])
        ++*count;
    *choices = BX_NEW_ARRAY(arena, struct bx_page_choice, (size_t)*count + 1);
    for (int at = 0, i = 0; at < units->count; at = c.best_end[at])
        try_page(&c, at, &(*choices)[i++]);
    return true;
}

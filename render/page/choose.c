/* Total fit over the whole report. What fits on a page is decided by its first unit alone, so the
 * best way to set the rest of the report from any unit on is found from the end backward, each
 * page tried at every end it could have: linear in the report. The ends are tried from the fullest
 * page on, and what an end costs is only worked out where its break and the rest alone do not cost
 * more already than the best two. */
#include "page/choose.h"

#include <stdlib.h>

#include "page/break_cost.h"
#include "page/choose_work.h"

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
static bool fits_whole(const struct bx_chooser *c, int block)
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
cuts_needlessly(const struct bx_chooser *c, int start, int end, const int *lines_before)
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

/* Whether what goes on behind the page could have filled it: text, and rows of a table of prose. */
static bool breaks_off(const struct bx_units *units, int end)
{
    const struct bx_plan_block *block = block_of(units, end);
    if (block->kind == BX_PLAN_TABLE)
        return !block->is_statutory && units->items[end].index > 0;
    return block->kind == BX_PLAN_LINES && !starts_table(units, end);
}

static int64_t
page_cost(const struct bx_chooser *c, int start, int end, int lines, const int *lines_before)
{
    if (end == c->units->count)
        return 0;
    if (c->is_bound)
        return c->break_costs[end] + c->rules->cost_page;
    int blank = c->units->plan->style->grid_lines - lines;
    int64_t cost = c->break_costs[end];
    if (!bx_break_is_for_balance(c->units, end))
        cost += (int64_t)c->rules->cost_blank_line * blank;
    if (breaks_off(c->units, end))
        cost += (int64_t)c->rules->cost_short_page * blank * blank;
    if (blank > c->rules->whole_blank_lines)
        cost += BX_COST_SELDOM;
    if (bx_page_is_thin_part(c->units, start, end))
        cost += BX_COST_THIN;
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

/* A page while its ends are tried: first it is filled, then each end is judged. */
struct page_try {
    struct bx_fill fill;
    int start, end;
    int lines[PAGE_UNITS_MAX + 1]; /* grid lines used by so many units */
};

static void start_page(struct page_try *page, const struct bx_chooser *c, int start)
{
    bx_fill_start(&page->fill, c->units);
    page->start = page->end = start;
    page->lines[0] = bx_fill_lines(&page->fill);
}

/* Adds the next unit; false when the page holds no more. */
static bool add_unit(struct page_try *page, struct bx_chooser *c)
{
    struct bx_spot spot;
    int count = page->end - page->start;
    if (page->end == c->units->count || count == PAGE_UNITS_MAX ||
        !bx_fill_add(&page->fill, page->end, &spot))
        return false;
    page->end++;
    page->lines[++count] = bx_fill_lines(&page->fill);
    c->longest = count > c->longest ? count : c->longest;
    return true;
}

/* What it costs to end the page there; BX_COST_NO_WAY where it cannot. */
static int64_t cost_of_end(const struct page_try *page, const struct bx_chooser *c, int end)
{
    if (!c->is_bound && lacks_room(c->units, page->start, end))
        return BX_COST_NO_WAY;
    return page_cost(c, page->start, end, page->lines[end - page->start], page->lines);
}

/* What it costs at least, told at once: a page of a style may hold a line more than its grid. */
static int64_t
least_cost_of_end(const struct page_try *page, const struct bx_chooser *c, int end)
{
    if (end == c->units->count)
        return 0;
    int blank = c->units->plan->style->grid_lines - page->lines[end - page->start];
    int64_t gain = blank < 0 ? (int64_t)c->rules->cost_blank_line * blank : 0;
    return c->break_costs[end] + c->rules->cost_page + gain;
}

/* Tries every end of a page that starts with a unit; of ends of equal worth the first is better.
 * next_* take the second best. */
static void try_page(struct bx_chooser *c, int start, struct bx_page_choice *choice)
{
    struct page_try page;
    start_page(&page, c, start);
    while (add_unit(&page, c)) {
    }
    *choice = (struct bx_page_choice){.start = start, .end = -1, .next_end = -1};
    int64_t best = BX_COST_NO_WAY, next = BX_COST_NO_WAY;
    for (int end = page.end; end > start; end--) {
        int64_t rest = end < c->units->count ? c->best[end] : 0;
        if (least_cost_of_end(&page, c, end) + rest > next)
            continue;
        int64_t own = cost_of_end(&page, c, end), total = own + rest;
        if (total >= BX_COST_NO_WAY)
            continue;
        if (total <= best) {
            next = best;
            choice->next_end = choice->end;
            best = total;
            choice->end = end;
            choice->cost = own;
        } else if (total <= next) {
            next = total;
            choice->next_end = end;
        }
    }
    if (choice->end >= 0)
        choice->blank = c->units->plan->style->grid_lines - page.lines[choice->end - start];
    choice->next_cost = next < BX_COST_NO_WAY ? next - best : 0;
    c->best[start] = best;
    c->best_end[start] = choice->end;
}

void bx_chooser_solve(struct bx_chooser *c, int from, int to)
{
    const struct bx_units *units = c->units;
    for (int i = from; i < to; i++)
        c->break_costs[i] = bx_break_cost(units, i);
    for (int b = from < to ? units->items[from].block : units->plan->block_count;
         b < units->plan->block_count && units->first_of_block[b] < to; b++)
        c->keep_starts[b] = bx_units_keep_start(units, units->first_of_block[b]);
    for (int i = to - 1; i >= from; i--) {
        struct bx_page_choice choice;
        try_page(c, i, &choice);
    }
}

void bx_chooser_come(const struct bx_chooser *c, int64_t *before, int to)
{
    struct bx_chooser own = *c;
    for (int i = 1; i <= to; i++)
        before[i] = BX_COST_NO_WAY;
    before[0] = 0;
    for (int start = 0; start < to; start++) {
        if (before[start] >= BX_COST_NO_WAY)
            continue;
        struct page_try page;
        start_page(&page, &own, start);
        while (page.end < to && add_unit(&page, &own)) {
            if (before[start] + least_cost_of_end(&page, &own, page.end) >= before[page.end])
                continue;
            int64_t total = before[start] + cost_of_end(&page, &own, page.end);
            before[page.end] = total < before[page.end] ? total : before[page.end];
        }
    }
}

static bool report_misfit(const struct bx_chooser *c, struct bx_err *err)
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
    struct bx_chooser c = {
        .units = units,
        .arena = arena,
        .rules = &units->plan->style->pages,
        .break_costs = BX_NEW_ARRAY(arena, int64_t, n),
        .best = BX_NEW_ARRAY(arena, int64_t, n),
        .best_end = BX_NEW_ARRAY(arena, int, n),
        .keep_starts = BX_NEW_ARRAY(arena, int, (size_t)units->plan->block_count + 1),
    };
    if (units->count > 0)
        bx_chooser_solve(&c, 0, units->count);
    if (!bx_chooser_densities(&c, err))
        return false;
    if (c.best[0] >= BX_COST_NO_WAY)
        return report_misfit(&c, err);

    *count = 0;
    for (int at = 0; at < units->count; at = c.best_end[at])
        ++*count;
    *choices = BX_NEW_ARRAY(arena, struct bx_page_choice, (size_t)*count + 1);
    for (int at = 0, i = 0; at < units->count; at = c.best_end[at])
        try_page(&c, at, &(*choices)[i++]);
    return true;
}

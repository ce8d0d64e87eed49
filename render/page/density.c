/* How dense the mandated tables are set: natural, unless that saves a page or a cut.
 *
 * Setting a table costs more than choosing pages, so what a denser table could save is bounded first,
 * with rows as low as they could be; most reports are done with that. */
#include "page/break_cost.h"
#include "page/choose_work.h"

/* The units that are solved again for other densities: from the first that a page with a row of the
 * first such table could start with, to the end of the last. What comes before and behind costs what
 * it cost: a long report pays no more for its tables than a short one.
 *
 * Shape  before[0 .. table]: what the report costs up to there. */
struct window {
    int from, table, to; /* table: the first unit of the first table */
    int first, last;     /* blocks */
    int64_t *before;
};

/* A table's rows at the least height they could have. */
static void stand_in(struct bx_chooser *c, int block)
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

static bool may_be_denser(const struct bx_chooser *c, int block)
{
    return c->units->plan->blocks[block].table_count > 1;
}

/* What the report costs at the densities set now: the page with the first table's first row starts
 * somewhere in the window. */
static int64_t cost_now(struct bx_chooser *c, const struct window *win)
{
    bx_chooser_solve(c, win->from, win->to);
    int64_t cost = BX_COST_NO_WAY;
    for (int i = win->from; i <= win->table; i++)
        if (win->before[i] + c->best[i] < cost)
            cost = win->before[i] + c->best[i];
    for (int b = win->first; b <= win->last; b++)
        cost += (int64_t)c->units->densities[b] * c->rules->cost_dense_step;
    return cost;
}

/* What the report costs at least, however dense the tables `first` .. `last` are. */
static int64_t bound(struct bx_chooser *c, const struct window *win, int first, int last)
{
    for (int b = first; b <= last; b++)
        if (may_be_denser(c, b))
            stand_in(c, b);
    c->is_bound = true;
    int64_t cost = cost_now(c, win);
    c->is_bound = false;
    for (int b = first; b <= last; b++)
        c->units->stand_ins[b] = NULL;
    return cost;
}

/* The best density of one table while the others keep theirs; the loosest of equal worth, since
 * each step has its cost. A setting whose cost nothing can bring in again is not made. */
static bool choose_density(struct bx_chooser *c,
                           const struct window *win,
                           int block,
                           int64_t *cost,
                           bool *is_changed,
                           struct bx_err *err)
{
    struct bx_units *units = c->units;
    int *density = &units->densities[block], had = *density, best = had;
    *density = 0;
    int64_t least = bound(c, win, block, block);
    for (int d = 0; d < units->plan->blocks[block].table_count; d++) {
        if (least + (int64_t)d * c->rules->cost_dense_step >= *cost)
            break;
        if (d == had)
            continue;
        if (!bx_plan_need_table(units->plan, block, d, err))
            return false;
        *density = d;
        int64_t tried = cost_now(c, win);
        if (tried < *cost) {
            *cost = tried;
            best = d;
        }
    }
    *density = best;
    *is_changed = best != had;
    return true;
}

/* false when no table may be denser. */
static bool find_window(struct window *win, const struct bx_chooser *c)
{
    const struct bx_units *units = c->units;
    *win = (struct window){.first = -1};
    for (int b = 0; b < units->plan->block_count; b++)
        if (may_be_denser(c, b)) {
            win->first = win->first < 0 ? b : win->first;
            win->last = b;
        }
    if (win->first < 0)
        return false;
    win->table = units->first_of_block[win->first];
    win->to = units->first_of_block[win->last + 1];
    win->from = win->table > c->longest ? win->table - c->longest : 0;
    win->before = BX_NEW_ARRAY(c->arena, int64_t, (size_t)win->table + 1);
    bx_chooser_come(c, win->before, win->table);
    return true;
}

/* Sets tables denser where that is worth its cost: where it saves a page or a cut. What a table was
 * made denser for may be saved by a later one, so they are gone through until none has changed since
 * each was tried: the cost falls each time, and so this ends. Most reports are done with the first
 * bound: their pages cost no more than their number. */
bool bx_chooser_densities(struct bx_chooser *c, struct bx_err *err)
{
    struct window win;
    if (!find_window(&win, c))
        return true;
    int64_t cost = c->best[0];
    int untried = 0;
    if (bound(c, &win, win.first, win.last) + c->rules->cost_dense_step < cost)
        untried = win.last - win.first + 1;
    for (int b = win.first; untried > 0; b = b < win.last ? b + 1 : win.first) {
        bool is_changed = false;
        if (may_be_denser(c, b) && !choose_density(c, &win, b, &cost, &is_changed, err))
            return false;
        untried = is_changed ? win.last - win.first : untried - 1;
    }
    bool is_natural = true;
    for (int b = win.first; b <= win.last; b++)
        is_natural = is_natural && c->units->densities[b] == 0;
    bx_chooser_solve(c, is_natural ? win.from : 0, win.to);
    return true;
}

/* Widths of the columns, from numbers alone.
 *
 * A need says that some columns together must be so wide. Needs of one column are met first,
 * then wider spans, which by then lack least (CSS tables do the same). Whatever the columns gain
 * others must lose, and the sum never changes: a table is as wide as its type area. */
#include "plan/table_work.h"

#include <assert.h>

static int64_t sum_of(const bx_len *items, int count)
{
    int64_t sum = 0;
    for (int i = 0; i < count; i++)
        sum += items[i];
    return sum;
}

void bx_columns_deal(bx_len *widths, const bx_len *weights, int count, bx_len amount)
{
    int64_t total = sum_of(weights, count);
    int64_t passed = 0, dealt = 0;
    for (int i = 0; i < count; i++) {
        passed += total > 0 ? weights[i] : 1;
        int64_t due = amount * passed / (total > 0 ? total : count);
        widths[i] += (bx_len)(due - dealt);
        dealt = due;
    }
}

/* Widens the figure columns of a span (all of them where it has none) until it holds `need`. */
static void
raise_span(bx_len *widths, const struct bx_col_range *cols, const struct bx_col_need *need)
{
    bx_len lack = need->width - (bx_len)sum_of(widths + need->col, need->colspan);
    if (lack <= 0)
        return;
    int takers = 0;
    for (int i = need->col; i < need->col + need->colspan; i++)
        takers += cols[i].is_figure;
    int all = takers == 0;
    int left = all ? need->colspan : takers;
    for (int i = need->col; i < need->col + need->colspan; i++) {
        if (!all && !cols[i].is_figure)
            continue;
        bx_len part = (lack + left - 1) / left;
        widths[i] += part;
        lack -= part;
        left--;
    }
}

/* Raises floors below widths that hold the span already, until they hold it too: each column
 * keeps what it has of room in proportion. */
static void raise_floors(bx_len *floors, const bx_len *widths, const struct bx_col_need *need)
{
    bx_len *first = floors + need->col;
    const bx_len *caps = widths + need->col;
    int64_t lack = need->width - sum_of(first, need->colspan);
    int64_t room = sum_of(caps, need->colspan) - sum_of(first, need->colspan);
    int64_t passed = 0, raised = 0;
    for (int i = 0; i < need->colspan && lack > 0; i++) {
        passed += caps[i] - first[i];
        int64_t due = (lack * passed + room - 1) / room;
        first[i] += (bx_len)(due - raised);
        raised = due;
    }
}

static void hold_needs(bx_len *widths,
                       bx_len *floors,
                       const struct bx_col_range *cols,
                       int count,
                       const struct bx_col_need *needs,
                       int need_count)
{
    for (int span = 1; span <= count; span++)
        for (int i = 0; i < need_count; i++)
            if (needs[i].colspan == span) {
                assert(needs[i].col >= 0 && needs[i].col + span <= count);
                raise_span(widths, cols, &needs[i]);
                raise_floors(floors, widths, &needs[i]);
            }
}

/* Takes `amount` from the columns that are wider than their floor, in proportion to what they
 * have above it. */
static bool take(bx_len *widths, const bx_len *floors, int count, bx_len amount)
{
    int64_t spare = 0;
    for (int i = 0; i < count; i++)
        spare += widths[i] - floors[i];
    if (spare < amount)
        return false;
    int64_t passed = 0, taken = 0, total = spare;
    for (int i = 0; i < count && total > 0; i++) {
        passed += widths[i] - floors[i];
        int64_t due = amount * passed / total;
        widths[i] -= (bx_len)(due - taken);
        taken = due;
    }
    return true;
}

static bx_len label_floor(const struct bx_col_range *col)
{
    return col->least > 0 ? col->least : 0;
}

enum {
    MAX_COLUMNS = 256
}; /* the readers refuse wider tables */

bool bx_columns_fit(bx_len *widths,
                    const struct bx_col_range *cols,
                    int count,
                    const struct bx_col_need *needs,
                    int need_count,
                    enum bx_col_payer payer)
{
    assert(0 < count && count <= MAX_COLUMNS);
    bx_len floors[MAX_COLUMNS];
    int64_t total = 0;
    for (int i = 0; i < count; i++) {
        total += cols[i].natural;
        floors[i] = cols[i].is_figure ? 0 : label_floor(&cols[i]);
        widths[i] = cols[i].natural > floors[i] ? cols[i].natural : floors[i];
    }
    hold_needs(widths, floors, cols, count, needs, need_count);
    for (int i = 0; i < count; i++)
        if (payer == BX_LABELS_PAY && cols[i].is_figure)
            floors[i] = widths[i];
    int64_t excess = sum_of(widths, count) - total;
    if (payer == BX_LABELS_PAY)
        return take(widths, floors, count, (bx_len)excess);

    /* Labels pay first here too, then the figure columns that have more than they need. */
    int64_t labels = 0;
    bx_len keep[MAX_COLUMNS];
    for (int i = 0; i < count; i++) {
        keep[i] = cols[i].is_figure ? widths[i] : floors[i];
        labels += widths[i] - keep[i];
    }
    bx_len first = (bx_len)(excess < labels ? excess : labels);
    return take(widths, keep, count, first) &&
           take(widths, floors, count, (bx_len)(excess - first));
}

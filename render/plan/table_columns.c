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
    bx_len takers[BX_FORM_COLS_MAX];
    for (int i = 0; i < need->colspan; i++)
        takers[i] = cols[need->col + i].is_figure;
    int64_t lack = need->width - sum_of(widths + need->col, need->colspan);
    if (lack > 0)
        bx_columns_deal(widths + need->col, takers, need->colspan, (bx_len)lack);
}

/* Raises floors below widths that hold the span already, until they hold it too: each column
 * keeps what it has of room in proportion. */
static void raise_floors(bx_len *floors, const bx_len *widths, const struct bx_col_need *need)
{
    bx_len room[BX_FORM_COLS_MAX];
    for (int i = 0; i < need->colspan; i++)
        room[i] = widths[need->col + i] - floors[need->col + i];
    int64_t lack = need->width - sum_of(floors + need->col, need->colspan);
    if (lack > 0)
        bx_columns_deal(floors + need->col, room, need->colspan, (bx_len)lack);
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
static bool take(bx_len *widths, const bx_len *floors, int count, int64_t amount)
{
    bx_len spare[BX_FORM_COLS_MAX];
    for (int i = 0; i < count; i++)
        spare[i] = widths[i] - floors[i];
    if (sum_of(spare, count) < amount)
        return false;
    bx_columns_deal(widths, spare, count, (bx_len)-amount);
    return true;
}

bool bx_columns_fit(bx_len *widths,
                    const struct bx_col_range *cols,
                    int count,
                    const struct bx_col_need *needs,
                    int need_count,
                    enum bx_col_payer payer)
{
    assert(0 < count && count <= BX_FORM_COLS_MAX);
    bx_len floors[BX_FORM_COLS_MAX], figures_keep[BX_FORM_COLS_MAX];
    int64_t total = 0;
    for (int i = 0; i < count; i++) {
        total += cols[i].natural;
        floors[i] = cols[i].least;
        widths[i] = cols[i].natural > floors[i] ? cols[i].natural : floors[i];
    }
    hold_needs(widths, floors, cols, count, needs, need_count);
    int64_t excess = sum_of(widths, count) - total;
    int64_t labels = 0;
    for (int i = 0; i < count; i++) {
        figures_keep[i] = cols[i].is_figure ? widths[i] : floors[i];
        labels += widths[i] - figures_keep[i];
    }
    if (payer == BX_LABELS_PAY)
        return take(widths, figures_keep, count, excess);

    /* Labels pay first here too, then the figure columns that have more than they need. */
    int64_t first = excess < labels ? excess : labels;
    return take(widths, figures_keep, count, first) &&
           take(widths, floors, count, excess - first);
}

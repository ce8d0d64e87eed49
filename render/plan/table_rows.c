/* Heights of the rows, from numbers alone.
 *
 * A span that ends early is settled before one that ends later, so that a height which the
 * shorter span asks for is counted by the longer one and nothing grows twice. What is lacking goes
 * to the last row of the span: the rows above it keep the density of the table. */
#include "plan/table_work.h"

#include <assert.h>
#include <stdlib.h>

/* Meets the needs of single rows, moves the others to the front and returns how many they are. */
static int raise_single_rows(bx_len *heights, struct bx_row_need *needs, int need_count)
{
    int spans = 0;
    for (int i = 0; i < need_count; i++) {
        struct bx_row_need need = needs[i];
        if (need.rowspan > 1)
            needs[spans++] = need;
        else if (heights[need.row] < need.height)
            heights[need.row] = need.height;
    }
    return spans;
}

/* Of spans that end in the same row either may come first: both ask for that row alone. */
static int compare_ends(const void *left, const void *right)
{
    const struct bx_row_need *a = left, *b = right;
    return (a->row + a->rowspan) - (b->row + b->rowspan);
}

static bx_len span_height(const bx_len *heights, const struct bx_row_need *need)
{
    bx_len sum = 0;
    for (int row = need->row; row < need->row + need->rowspan; row++)
        sum += heights[row];
    return sum;
}

void bx_rows_fit(bx_len *heights, int row_count, struct bx_row_need *needs, int need_count)
{
    int spans = raise_single_rows(heights, needs, need_count);
    qsort(needs, (size_t)spans, sizeof(*needs), compare_ends);
    for (int i = 0; i < spans; i++) {
        int last = needs[i].row + needs[i].rowspan - 1;
        assert(needs[i].row >= 0 && last < row_count);
        bx_len lack = needs[i].height - span_height(heights, &needs[i]);
        if (lack > 0)
            heights[last] += lack;
    }
}

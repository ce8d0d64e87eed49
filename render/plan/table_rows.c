/* Heights of the rows, from numbers alone.
 *
 * A span that ends early is settled before one that ends later, so that a height which the
 * shorter span asks for is counted by the longer one and nothing grows twice. What is lacking goes
 * to the last row of the span: the rows above it keep the density of the table. */
#include "plan/table_work.h"

#include <assert.h>

static void raise_single_rows(bx_len *heights, const struct bx_row_need *needs, int need_count)
{
    for (int i = 0; i < need_count; i++)
        if (needs[i].rowspan == 1 && heights[needs[i].row] < needs[i].height)
            heights[needs[i].row] = needs[i].height;
}

static bx_len span_height(const bx_len *heights, const struct bx_row_need *need)
{
    bx_len sum = 0;
    for (int row = need->row; row < need->row + need->rowspan; row++)
        sum += heights[row];
    return sum;
}

void bx_rows_fit(bx_len *heights,
                 int row_count,
                 const struct bx_row_need *needs,
                 int need_count)
{
    raise_single_rows(heights, needs, need_count);
    for (int last = 1; last < row_count; last++)
        for (int i = 0; i < need_count; i++) {
            const struct bx_row_need *need = &needs[i];
            assert(need->row >= 0 && need->row + need->rowspan <= row_count);
            if (need->rowspan == 1 || need->row + need->rowspan - 1 != last)
                continue;
            bx_len lack = need->height - span_height(heights, need);
            if (lack > 0)
                heights[last] += lack;
        }
}

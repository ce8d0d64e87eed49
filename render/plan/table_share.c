/* How the label columns share the width that the figures leave them.
 *
 * The number of lines of a label falls only where its column reaches certain widths: its whole
 * text, or a half or a third of it. So the widths worth looking at are few, and trying all of
 * them finds the best: first no label with a last line of one Han, then the least height,
 * then the least distance from the widths of the form. Each choice has a bound of its height
 * that needs no text to be set; choices are looked at by this bound, and looking ends where no
 * other can be better. Rejected: stepping through all widths by a point, which sets every label
 * dozens of times and still misses the exact width at which a line falls away. */
#include "plan/table_work.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_LABEL_COLS = 6, /* more are not shared: no form has them */
    MAX_WIDTHS = 48,    /* worth looking at, per column */
    MAX_CHOICES = 1024,
    MAX_LOOKS = 24, /* choices whose texts are set */
    MANY_LINES = 4, /* a longer label may take width from figure columns that can spare it */
};

/* Widths of one column that are worth looking at. */
struct widths {
    bx_len items[MAX_WIDTHS];
    int count;
};

/* One way to share. Holds  widths[] of all label columns, in the order of `cols`. */
struct choice {
    bx_len widths[MAX_LABEL_COLS];
    int lone;        /* labels that end in one Han; 0 before it was looked at */
    bx_len height;   /* of the table; before it was looked at no more than that */
    bx_len distance; /* from the widths to start from */
    int order;
};

struct share {
    struct bx_table_work *work;
    const struct bx_col_range *ranges;
    int cols[MAX_LABEL_COLS]; /* label columns, the widest first */
    int count;
    const bx_len *base; /* widths of all columns to start from */
    bx_len total;       /* of the label columns */
    struct choice *choices;
    int choice_count;
    bx_len *heights, *trial; /* scratch: rows, columns */
};

static void add_width(struct widths *list, bx_len width)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i] == width)
            return;
    if (list->count < MAX_WIDTHS)
        list->items[list->count++] = width;
}

/* The width given, and those at which a label of this column alone loses a line. */
static void collect_widths(struct widths *list, const struct share *share, int col)
{
    add_width(list, share->base[col]);
    add_width(list, share->ranges[col].least);
    for (int i = 0; i < share->work->cell_count; i++) {
        const struct bx_cell_work *cell = &share->work->cells[i];
        if (cell->col != col || cell->colspan != 1)
            continue;
        add_width(list, cell->most + 2 * cell->pad_h);
        bx_len half = cell->em / 2;
        for (int lines = 2; lines <= MANY_LINES; lines++) {
            bx_len part = cell->most / lines, over = part % half;
            part += over > 0 ? half - over : 0;
            add_width(list, part + 2 * cell->pad_h);
            add_width(list, part + half + 2 * cell->pad_h);
        }
    }
}

static void add_choice(struct share *share, const bx_len *widths)
{
    if (share->choice_count == MAX_CHOICES)
        return;
    struct choice choice = {.order = share->choice_count};
    for (int i = 0; i < share->count; i++) {
        const struct bx_col_range *range = &share->ranges[share->cols[i]];
        bx_len base = share->base[share->cols[i]];
        bool is_wide = range->most > 0 && widths[i] > range->most && widths[i] > base;
        if (widths[i] < range->least || widths[i] <= 0 || is_wide)
            return;
        choice.widths[i] = widths[i];
        choice.distance += abs(widths[i] - base);
    }
    share->choices[share->choice_count++] = choice;
}

/* Columns 0 and 1 take what the others leave: one gets a width worth looking at, its partner
 * the rest. */
static void split_rest(struct share *share, const struct widths *lists, bx_len *widths)
{
    bx_len rest = share->total;
    for (int i = 2; i < share->count; i++)
        rest -= widths[i];
    for (int first = 0; first < 2; first++)
        for (int k = 0; k < lists[first].count; k++) {
            widths[first] = lists[first].items[k];
            widths[1 - first] = rest - widths[first];
            add_choice(share, widths);
        }
}

static void enumerate(struct share *share, const struct widths *lists, bx_len *widths, int at)
{
    if (at == share->count) {
        split_rest(share, lists, widths);
        return;
    }
    for (int k = 0; k < lists[at].count; k++) {
        widths[at] = lists[at].items[k];
        enumerate(share, lists, widths, at + 1);
    }
}

static bool
measure_choice(struct share *share, struct choice *choice, bool by_bound, struct bx_err *err)
{
    for (int i = 0; i < share->count; i++)
        share->trial[share->cols[i]] = choice->widths[i];
    if (!bx_grid_measure(share->heights, &choice->lone, share->work, share->trial, by_bound,
                         err))
        return false;
    choice->height = 0;
    for (int row = 0; row < share->work->row_count; row++)
        choice->height += share->heights[row];
    return true;
}

static int compare_choices(const void *left, const void *right)
{
    const struct choice *a = left, *b = right;
    int by = a->lone - b->lone;
    if (by == 0)
        by = a->height - b->height;
    if (by == 0)
        by = a->distance - b->distance;
    if (by == 0)
        by = a->order - b->order;
    return by;
}

static bool is_better(const struct choice *a, const struct choice *b)
{
    return compare_choices(a, b) < 0;
}

/* Looks at the choices, those that can be best first, and gives the best one; NULL where there is
 * none. Ends at one that is no better even by its bounds, for those behind it are not either. */
static bool find_best(const struct choice **best, struct share *share, struct bx_err *err)
{
    int most = share->choice_count < MAX_LOOKS ? share->choice_count : MAX_LOOKS;
    *best = NULL;
    for (int i = 0; i < most; i++) {
        struct choice *choice = &share->choices[i];
        if (*best && !is_better(choice, *best))
            return true;
        if (!measure_choice(share, choice, false, err))
            return false;
        if (!*best || is_better(choice, *best))
            *best = choice;
    }
    return true;
}

static void list_label_columns(struct share *share, int col_count)
{
    for (int col = 0; col < col_count; col++) {
        if (share->ranges[col].is_figure)
            continue;
        if (share->count == MAX_LABEL_COLS) {
            share->count = 0;
            return;
        }
        int at = share->count++;
        for (; at > 0 && share->base[share->cols[at - 1]] < share->base[col]; at--)
            share->cols[at] = share->cols[at - 1];
        share->cols[at] = col;
        share->total += share->base[col];
    }
}

static bool choose(bx_len *widths, struct share *share, struct bx_err *err)
{
    struct widths lists[MAX_LABEL_COLS] = {0};
    for (int i = 0; i < share->count; i++)
        collect_widths(&lists[i], share, share->cols[i]);
    bx_len trial[MAX_LABEL_COLS] = {0};
    enumerate(share, lists, trial, 2);
    for (int i = 0; i < share->choice_count; i++)
        if (!measure_choice(share, &share->choices[i], true, err))
            return false;
    qsort(share->choices, (size_t)share->choice_count, sizeof(*share->choices),
          compare_choices);
    const struct choice *best;
    if (!find_best(&best, share, err))
        return false;
    for (int i = 0; i < share->count && best; i++)
        widths[share->cols[i]] = best->widths[i];
    return true;
}

bool bx_columns_share(bx_len *widths,
                      struct bx_table_work *work,
                      const struct bx_col_range *cols,
                      struct bx_err *err)
{
    struct bx_arena scratch = {0};
    bx_len *base = BX_NEW_ARRAY(&scratch, bx_len, (size_t)work->col_count);
    memcpy(base, widths, sizeof(*base) * (size_t)work->col_count);
    struct share share = {.work = work, .ranges = cols, .base = base};
    list_label_columns(&share, work->col_count);
    bool done = true;
    if (share.count >= 2) {
        share.heights = BX_NEW_ARRAY(&scratch, bx_len, (size_t)work->row_count);
        share.trial = BX_NEW_ARRAY(&scratch, bx_len, (size_t)work->col_count);
        memcpy(share.trial, widths, sizeof(*base) * (size_t)work->col_count);
        share.choices = BX_NEW_ARRAY(&scratch, struct choice, MAX_CHOICES);
        done = choose(widths, &share, err);
    }
    bx_arena_fini(&scratch);
    return done;
}

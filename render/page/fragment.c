/* A table's part on one page. Rows of the fragment get places of their own; a cell shows the part
 * of its span that lies in the fragment, with its text centred anew. Text of a cell is set where
 * its first row stands; further on only where the form says that the label is set again.
 *
 * Rules are found between cells: a stretch of an edge with different cells on its two sides. All
 * stretches of one edge that meet are one filled rectangle, which reaches half a rule's width
 * beyond its ends, so that corners are closed and nothing is drawn twice in a line. */
#include "page/place.h"

struct fragment {
    struct bx_placer *placer;
    const struct bx_table *table;
    int *rows; /* of the table, in the order they stand here */
    bx_len *y; /* edges: row_count + 1 */
    int row_count;
    int repeated; /* leading rows that are set again */
    int *cells;   /* row_count x col_count: which cell lies there */
    bx_len x;
};

static void lay_rows(struct fragment *f, int first, int last, bool repeats_head, bx_len y)
{
    const struct bx_table *t = f->table;
    size_t most = (size_t)(last - first + t->head_count);
    f->rows = BX_NEW_ARRAY(f->placer->arena, int, most + 1);
    f->y = BX_NEW_ARRAY(f->placer->arena, bx_len, most + 1);
    f->repeated = repeats_head ? t->head_count : 0;
    for (int i = 0; i < f->repeated; i++)
        f->rows[f->row_count++] = i;
    for (int i = first; i < last; i++)
        f->rows[f->row_count++] = i;
    f->y[0] = y;
    for (int i = 0; i < f->row_count; i++) {
        bx_len height = t->rows[f->rows[i]].height;
        if (i == f->repeated && first > 0)
            height += t->rows[first].cut_above;
        if (i == f->row_count - 1 && last < t->row_count)
            height += t->rows[last - 1].cut_below;
        f->y[i + 1] = f->y[i] + height;
    }
}

static void map_cells(struct fragment *f)
{
    const struct bx_table *t = f->table;
    size_t cols = (size_t)t->col_count;
    int *owner = BX_NEW_ARRAY(f->placer->arena, int, (size_t)t->row_count *cols);
    for (int i = 0; i < t->cell_count; i++) {
        const struct bx_table_cell *cell = &t->cells[i];
        for (int r = cell->row; r < cell->row + cell->rowspan; r++)
            for (int c = cell->col; c < cell->col + cell->colspan; c++)
                owner[(size_t)r * cols + (size_t)c] = i;
    }
    f->cells = BX_NEW_ARRAY(f->placer->arena, int, (size_t)f->row_count *cols);
    for (int r = 0; r < f->row_count; r++)
        for (size_t c = 0; c < cols; c++)
            f->cells[(size_t)r * cols + c] = owner[(size_t)f->rows[r] * cols + c];
}

static int cell_at(const struct fragment *f, int row, int col)
{
    return f->cells[row * f->table->col_count + col];
}

/* How many rows of this fragment the cell covers from `row` on. */
static int rows_shown(const struct fragment *f, int row, int col)
{
    int count = 1, cell = cell_at(f, row, col);
    bool is_head = row < f->repeated;
    while (row + count < f->row_count && (row + count < f->repeated) == is_head &&
           cell_at(f, row + count, col) == cell)
        count++;
    return count;
}

/* Whether this is where the cell shows first in the fragment. */
static bool is_corner(const struct fragment *f, int row, int col)
{
    int cell = cell_at(f, row, col);
    bool is_left = col == 0 || cell_at(f, row, col - 1) != cell;
    bool is_top = row == 0 || row == f->repeated || cell_at(f, row - 1, col) != cell;
    return is_left && is_top;
}

static void add_fill(const struct fragment *f, struct bx_rect rect, struct bx_colour colour)
{
    struct bx_mark mark = {
        .kind = BX_MARK_FILL,
        .element = BX_ARTIFACT_LAYOUT,
        .rect = rect,
        .colour = colour,
    };
    bx_placer_add(f->placer, &mark);
}

static void add_background(const struct fragment *f, int row, int col)
{
    const struct bx_table *t = f->table;
    const struct bx_table_cell *cell = &t->cells[cell_at(f, row, col)];
    if (!cell->has_fill)
        return;
    int end = row + rows_shown(f, row, col);
    bx_len left = t->col_x[cell->col], right = t->col_x[cell->col + cell->colspan];
    add_fill(f, (struct bx_rect){f->x + left, f->y[row], right - left, f->y[end] - f->y[row]},
             cell->fill);
}

/* The lines of a text that goes on over pages which belong to this part, from its top down. */
static void
add_flow(const struct fragment *f, int row, int end, const struct bx_table_cell *cell)
{
    bx_len x = f->x + f->table->col_x[cell->col] + cell->pad_left;
    bx_len y = f->y[row] + cell->first_centre;
    for (int i = 0; i < cell->para.line_count; i++) {
        if (cell->line_rows[i] < f->rows[row] || cell->line_rows[i] > f->rows[end - 1])
            continue;
        bx_placer_add_line(f->placer, &cell->para.lines[i], x, y, 0);
        y += cell->line_pitch;
    }
}

static void add_text(const struct fragment *f, int row, int col)
{
    const struct bx_table *t = f->table;
    const struct bx_table_cell *cell = &t->cells[cell_at(f, row, col)];
    int shown = rows_shown(f, row, col);
    if (cell->line_rows && shown < cell->rowspan) {
        add_flow(f, row, row + shown, cell);
        return;
    }
    bool is_again = row < f->repeated || f->rows[row] != cell->row;
    bool is_shown = row < f->repeated || f->rows[row] == cell->row || cell->repeats_label;
    if (!is_shown)
        return;
    int end = row + shown;
    bx_len centre = (f->y[row] + f->y[end]) / 2;
    bx_len x = f->x + t->col_x[cell->col] + cell->pad_left;
    int artifact = is_again ? BX_ARTIFACT_REPEAT : 0;
    for (int i = 0; i < cell->para.line_count; i++) {
        bx_len y = centre + (2 * i - (cell->para.line_count - 1)) * cell->line_pitch / 2;
        if (cell->is_vertical)
            y = centre - cell->height / 2;
        bx_placer_add_line(f->placer, &cell->para.lines[i], x, y, artifact);
    }
}

/* Whether an edge above row `row` (0 .. row_count) is drawn over column `col`. */
static bool has_rule_above(const struct fragment *f, int row, int col)
{
    if (row == 0 || row == f->row_count || (row == f->repeated && row > 0))
        return true;
    return cell_at(f, row - 1, col) != cell_at(f, row, col);
}

static bool has_rule_before(const struct fragment *f, int row, int col)
{
    if (col == 0 || col == f->table->col_count)
        return true;
    return cell_at(f, row, col - 1) != cell_at(f, row, col);
}

static void add_horizontal_rules(const struct fragment *f)
{
    const struct bx_table *t = f->table;
    for (int row = 0; row <= f->row_count; row++) {
        bool is_outer = row == 0 || row == f->row_count;
        bx_len width = is_outer ? t->rule_outer : t->rule_inner;
        for (int col = 0, start = -1; col <= t->col_count; col++) {
            bool is_drawn = col < t->col_count && has_rule_above(f, row, col);
            if (is_drawn && start < 0)
                start = col;
            if (is_drawn || start < 0)
                continue;
            bx_len half = is_outer ? t->rule_outer / 2 : 0;
            bx_len left = t->col_x[start] - half, right = t->col_x[col] + half;
            add_fill(f,
                     (struct bx_rect){f->x + left, f->y[row] - width / 2, right - left, width},
                     t->ink);
            start = -1;
        }
    }
}

static void add_vertical_rules(const struct fragment *f)
{
    const struct bx_table *t = f->table;
    for (int col = 0; col <= t->col_count; col++) {
        bool is_outer = col == 0 || col == t->col_count;
        bx_len width = is_outer ? t->rule_outer : t->rule_inner;
        for (int row = 0, start = -1; row <= f->row_count; row++) {
            bool is_drawn = row < f->row_count && has_rule_before(f, row, col);
            if (is_drawn && start < 0)
                start = row;
            if (is_drawn || start < 0)
                continue;
            add_fill(f,
                     (struct bx_rect){f->x + t->col_x[col] - width / 2, f->y[start], width,
                                      f->y[row] - f->y[start]},
                     t->ink);
            start = -1;
        }
    }
}

/* What is said above the head of a further part; gives where the head starts. */
static bx_len add_continued(const struct fragment *f, bx_len y)
{
    const struct bx_table_continued *said = &f->table->continued;
    bx_len width = f->table->col_x[f->table->col_count];
    for (int i = 0; i < said->para.line_count; i++) {
        const struct bx_line *line = &said->para.lines[i];
        bx_len spare = width > line->right ? width - line->right : 0, x = f->x;
        if (said->align == BX_ALIGN_CENTER)
            x += spare / 2;
        if (said->align == BX_ALIGN_RIGHT)
            x += spare;
        bx_placer_add_line(f->placer, line, x, y + (2 * i + 1) * said->line_pitch / 2,
                           BX_ARTIFACT_REPEAT);
    }
    return y + said->height;
}

void bx_placer_add_fragment(struct bx_placer *placer,
                            const struct bx_table *table,
                            int first,
                            int last,
                            bool repeats_head,
                            bx_len y)
{
    struct fragment f = {
        .placer = placer,
        .table = table,
        .x = placer->style->type_area.x,
    };
    if (repeats_head)
        y = add_continued(&f, y);
    lay_rows(&f, first, last, repeats_head, y);
    map_cells(&f);
    for (int pass = 0; pass < 2; pass++)
        for (int row = 0; row < f.row_count; row++)
            for (int col = 0; col < table->col_count; col++)
                if (is_corner(&f, row, col)) {
                    if (pass == 0)
                        add_background(&f, row, col);
                    else
                        add_text(&f, row, col);
                }
    add_horizontal_rules(&f);
    add_vertical_rules(&f);
}

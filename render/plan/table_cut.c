/* Where a table may be cut, and how it is made ready for cuts inside its rows.
 *
 * A label that is set again in every part, and one that stands in the first part only, need room
 * for their text there: rows too near to the start or the end of their span are closed, and a
 * part between two cuts is not lower than such a label (bx_table_part_has_room). Text of
 * prose may be longer than any page. Its row is then sliced, a row a line, so that pages go on
 * being made of whole rows: choosing and filling them needs to know nothing of lines in cells.
 *
 * The slices of a row meet in the middle between two lines. A cut there leaves less than the
 * padding to the rule that closes the part, so the rows on both sides say how much they grow. */
#include "plan/table_work.h"

#include <string.h>

static bx_len rows_height(const struct bx_table *table, int from, int to)
{
    bx_len height = 0;
    for (int row = from; row < to; row++)
        height += table->rows[row].height;
    return height;
}

static bx_len label_need(const struct bx_table *table, const struct bx_table_cell *cell)
{
    return cell->height + 2 * table->clear_v;
}

void bx_table_close_rows(struct bx_table *table)
{
    for (int i = 0; i < table->cell_count; i++) {
        const struct bx_table_cell *cell = &table->cells[i];
        int end = cell->row + cell->rowspan;
        if (cell->para.line_count == 0 || cell->line_rows)
            continue;
        bx_len need = label_need(table, cell), room = 0;
        for (int row = cell->row + 1; row < end; row++)
            table->rows[row].cuts_label = table->rows[row].cuts_label || cell->repeats_label;
        for (int row = cell->row + 1; row < end; row++) {
            room += table->rows[row - 1].height;
            if (room >= need)
                break;
            table->rows[row].is_closed = true;
        }
        room = 0;
        for (int row = end - 1; row > cell->row && cell->repeats_label; row--) {
            room += table->rows[row].height;
            if (room >= need)
                break;
            table->rows[row].is_closed = true;
        }
    }
}

bool bx_table_can_cut(const struct bx_table *table, int row)
{
    return !table->rows[row].is_closed;
}

bool bx_table_part_has_room(const struct bx_table *table, int first, int last)
{
    if (!table->rows[first].cuts_label || !table->rows[last].cuts_label)
        return true;
    bx_len room = rows_height(table, first, last);
    for (int i = 0; i < table->cell_count; i++) {
        const struct bx_table_cell *cell = &table->cells[i];
        bool is_through = cell->row < first && cell->row + cell->rowspan > last;
        if (is_through && cell->repeats_label && label_need(table, cell) > room)
            return false;
    }
    return true;
}

bool bx_table_set_continued(struct bx_table *table,
                            struct bx_table_work *work,
                            const struct bx_table_style *style,
                            bx_len width,
                            struct bx_err *err)
{
    const struct bx_continued_style *said = &style->continued;
    if (!said->text)
        return true;
    struct bx_piece piece = {
        .text = said->text,
        .len = (int)strlen(said->text),
        .role = bx_fontset_find_role(work->context->fonts, said->role),
        .size = said->size,
        .element = BX_ARTIFACT_REPEAT,
    };
    struct bx_para_spec spec = {
        .measure = width,
        .em = said->size,
        .align = BX_ALIGN_LEFT,
        .rules = &style->lines,
        .is_cell = true,
        .ink = work->ink,
    };
    struct bx_table_continued *out = &table->continued;
    if (piece.role < 0)
        return bx_fail(err, BX_E_LAYOUT, "", "", "no font role %s", said->role);
    if (!bx_para_build(&out->para, work->context, &piece, 1, &spec, err))
        return false;
    out->align = said->align;
    out->line_pitch = bx_len_part(said->size, style->line_em1000);
    out->height = out->para.line_count * out->line_pitch + style->padding_v[0];
    return true;
}

bx_len bx_table_head_again(const struct bx_table *table)
{
    return rows_height(table, 0, table->head_count) + table->continued.height;
}

bool bx_table_repeats_head(const struct bx_table *table, bx_len page_height)
{
    return bx_table_head_again(table) <= page_height / 2;
}

/* --- slices --- */

struct slicer {
    struct bx_table *table;
    struct bx_arena *arena;
    bx_len room;       /* of a page, under the head */
    int *first;        /* row_count + 1: where each row starts among the slices */
    bool *is_tall;     /* of each row: its group is taller than the room */
    int *lines;        /* of each row: the most lines of a text that ends in it; 0 = whole */
    bx_len *pitches;   /* of that text */
    bx_len *pads;      /* above its first em box */
    bx_len *em_halves; /* from there to its first centre */
};

static void mark_tall_groups(struct slicer *s)
{
    const struct bx_table *t = s->table;
    for (int row = t->head_count, end; row < t->row_count; row = end) {
        end = row + 1;
        while (end < t->row_count && t->rows[end].group == t->rows[row].group)
            end++;
        bool is_tall = rows_height(t, row, end) > s->room;
        for (int k = row; k < end; k++)
            s->is_tall[k] = is_tall;
    }
}

static bx_len em_half(const struct bx_table_cell *cell)
{
    return (cell->height - (cell->para.line_count - 1) * cell->line_pitch) / 2;
}

/* Which rows are sliced, by the longest text among those that end in them. */
static void find_slices(struct slicer *s)
{
    const struct bx_table *t = s->table;
    for (int i = 0; i < t->cell_count; i++) {
        const struct bx_table_cell *cell = &t->cells[i];
        int row = cell->row + cell->rowspan - 1;
        bx_len height = t->rows[row].height;
        if (!t->rows[row].may_split || height <= s->room / 2 ||
            cell->para.line_count <= s->lines[row])
            continue;
        s->lines[row] = cell->para.line_count;
        s->pitches[row] = cell->line_pitch;
        s->em_halves[row] = em_half(cell);
        bx_len above = rows_height(t, cell->row, row);
        s->pads[row] = above > 0 ? 0 : t->pad_v;
    }
}

/* Heights of the slices of a row: each ends in the middle between two lines. */
static void slice_row(struct slicer *s, struct bx_table_row *out, int row, int count)
{
    const struct bx_table_row *whole = &s->table->rows[row];
    bx_len left = whole->height;
    for (int k = 0; k < count; k++) {
        bx_len first = s->pads[row] + s->em_halves[row] + s->pitches[row] / 2;
        bx_len height = k == count - 1 ? left : k == 0 ? first : s->pitches[row];
        out[k] = *whole;
        out[k].height = height;
        out[k].goes_on = k > 0;
        out[k].may_split = whole->height > s->room;
        left -= height;
    }
}

/* How many slices the lines of a row's longest text need, the last one at least half a line. */
static int slice_count(const struct slicer *s, int row)
{
    if (s->lines[row] < 2)
        return 1;
    bx_len pitch = s->pitches[row];
    bx_len after_first =
        s->table->rows[row].height - (s->pads[row] + s->em_halves[row] + pitch / 2);
    int more = (int)((after_first + pitch / 2) / pitch);
    return 1 + (more > 0 ? more : 0);
}

static void replace_rows(struct slicer *s)
{
    struct bx_table *t = s->table;
    int count = 0;
    for (int row = 0; row < t->row_count; row++) {
        s->first[row] = count;
        count += slice_count(s, row);
    }
    s->first[t->row_count] = count;
    struct bx_table_row *rows = BX_NEW_ARRAY(s->arena, struct bx_table_row, (size_t)count);
    for (int row = 0; row < t->row_count; row++)
        slice_row(s, &rows[s->first[row]], row, s->first[row + 1] - s->first[row]);
    t->rows = rows;
    t->row_count = count;
    for (int i = 0; i < t->cell_count; i++) {
        struct bx_table_cell *cell = &t->cells[i];
        int end = s->first[cell->row + cell->rowspan];
        cell->row = s->first[cell->row];
        cell->rowspan = end - cell->row;
    }
}

/* Lets a text flow from the top of its cell, and the rows at every cut through it grow by what
 * its lines lack there. Lines of a later part stand no lower in it than here, so what is enough
 * below a part that starts with the cell is enough below all. */
static void flow(struct slicer *s, struct bx_table_cell *cell)
{
    struct bx_table *t = s->table;
    int count = cell->para.line_count, row = cell->row, end = cell->row + cell->rowspan;
    int *line_rows = BX_NEW_ARRAY(s->arena, int, (size_t)count + 1);
    cell->first_centre = t->pad_v + em_half(cell);
    cell->line_rows = line_rows;
    bx_len bottom = t->rows[row].height, centre = cell->first_centre;
    for (int i = 0; i < count; i++, centre += cell->line_pitch) {
        while (row + 1 < end && centre >= bottom) {
            struct bx_table_row *above = &t->rows[row++], *below = &t->rows[row];
            bx_len lacks_below =
                i > 0 ? centre - cell->line_pitch - bottom + cell->first_centre : 0;
            bx_len lacks_above = cell->first_centre - (centre - bottom);
            if (above->cut_below < lacks_below)
                above->cut_below = lacks_below;
            if (below->cut_above < lacks_above)
                below->cut_above = lacks_above;
            bottom += below->height;
        }
        line_rows[i] = row;
    }
    bx_len last = centre - cell->line_pitch + cell->first_centre - bottom;
    if (row + 1 < end && t->rows[row].cut_below < last)
        t->rows[row].cut_below = last;
}

static bool covers_slices(const struct bx_table *table, const struct bx_table_cell *cell)
{
    for (int row = cell->row + 1; row < cell->row + cell->rowspan; row++)
        if (table->rows[row].goes_on)
            return true;
    return false;
}

void bx_table_slice(struct bx_table *table, bx_len page_height, struct bx_arena *arena)
{
    size_t count = (size_t)table->row_count;
    bx_len head = bx_table_head_again(table);
    struct slicer s = {
        .table = table,
        .arena = arena,
        .room = page_height - (bx_table_repeats_head(table, page_height) ? head : 0),
        .first = BX_NEW_ARRAY(arena, int, count + 1),
        .is_tall = BX_NEW_ARRAY(arena, bool, count + 1),
        .lines = BX_NEW_ARRAY(arena, int, count + 1),
        .pitches = BX_NEW_ARRAY(arena, bx_len, count + 1),
        .pads = BX_NEW_ARRAY(arena, bx_len, count + 1),
        .em_halves = BX_NEW_ARRAY(arena, bx_len, count + 1),
    };
    mark_tall_groups(&s);
    find_slices(&s);
    bool *is_tall = BX_NEW_ARRAY(arena, bool, (size_t)table->cell_count + 1);
    for (int i = 0; i < table->cell_count; i++)
        is_tall[i] = s.is_tall[table->cells[i].row] && table->cells[i].rowspan > 1 &&
                     table->cells[i].para.line_count > 1;
    replace_rows(&s);
    for (int i = 0; i < table->cell_count; i++) {
        struct bx_table_cell *cell = &table->cells[i];
        if (cell->para.line_count > 0 && (is_tall[i] || covers_slices(table, cell)))
            flow(&s, cell);
    }
    for (int row = 0; row < table->row_count; row++)
        table->rows[row].is_closed = false;
    bx_table_close_rows(table);
}

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
    if (!table->rows[first].cuts_label)
        return true;
    if (!table->rows[last].cuts_label)
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
    bx_len room; /* of a page, under the head */
    int *first;  /* row_count + 1: where each row starts among the slices */
    /* Of each row the longest text that ends in it; NULL: the row stays whole. */
    const struct bx_table_cell **longest;
};

static bx_len em_half(const struct bx_table_cell *cell)
{
    return (cell->height - (cell->para.line_count - 1) * cell->line_pitch) / 2;
}

/* Which rows are sliced, by the longest text among those that end in them; of equal ones by the
 * one that starts last. */
static void find_slices(struct slicer *s)
{
    const struct bx_table *t = s->table;
    for (int i = 0; i < t->cell_count; i++) {
        const struct bx_table_cell *cell = &t->cells[i];
        int row = cell->row + cell->rowspan - 1;
        int least = s->longest[row] ? s->longest[row]->para.line_count : 2;
        if (t->rows[row].may_split && t->rows[row].height > s->room / 2 &&
            cell->para.line_count >= least)
            s->longest[row] = cell;
    }
}

/* From the top of a row to the middle between the first two lines of its longest text, if that
 * starts there. */
static bx_len first_slice(const struct slicer *s, const struct bx_table_cell *longest)
{
    bx_len pad = longest->rowspan > 1 ? 0 : s->table->pad_v;
    return pad + em_half(longest) + longest->line_pitch / 2;
}

/* How many slices the lines of a row's longest text need, the last one at least half a line. */
static int slice_count(const struct slicer *s, int row)
{
    const struct bx_table_cell *longest = s->longest[row];
    if (!longest)
        return 1;
    bx_len rest = s->table->rows[row].height - first_slice(s, longest);
    int more = (int)((rest + longest->line_pitch / 2) / longest->line_pitch);
    return 1 + (more > 0 ? more : 0);
}

/* Heights of the slices of a row: each ends in the middle between two lines. */
static void slice_row(struct slicer *s, struct bx_table_row *out, int row, int count)
{
    const struct bx_table_row *whole = &s->table->rows[row];
    bx_len left = whole->height;
    for (int k = 0; k < count; k++) {
        out[k] = *whole;
        out[k].goes_on = k > 0;
        out[k].may_split = whole->height > s->room;
        if (k < count - 1)
            out[k].height =
                k > 0 ? s->longest[row]->line_pitch : first_slice(s, s->longest[row]);
        else
            out[k].height = left;
        left -= out[k].height;
    }
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

static bx_len centre_of(const struct bx_table_cell *cell, int line)
{
    return cell->first_centre + line * cell->line_pitch;
}

static void raise_to(bx_len *height, bx_len least)
{
    if (*height < least)
        *height = least;
}

/* Lets a text flow from the top of its cell, and the rows at every cut through it grow by what
 * its lines lack there. Lines of a later part stand no lower in it than here, so what is enough
 * below a part that starts with the cell is enough below all. */
static void flow(struct slicer *s, struct bx_table_cell *cell)
{
    struct bx_table_row *rows = s->table->rows;
    int count = cell->para.line_count, end = cell->row + cell->rowspan, i = 0;
    int *line_rows = BX_NEW_ARRAY(s->arena, int, (size_t)count);
    cell->first_centre = s->table->pad_v + em_half(cell);
    cell->line_rows = line_rows;
    bx_len edge = 0;
    for (int row = cell->row; row + 1 < end; row++) {
        edge += rows[row].height;
        for (; i < count && centre_of(cell, i) < edge; i++)
            line_rows[i] = row;
        if (i > 0)
            raise_to(&rows[row].cut_below, centre_of(cell, i - 1) + cell->first_centre - edge);
        if (i < count)
            raise_to(&rows[row + 1].cut_above,
                     cell->first_centre - (centre_of(cell, i) - edge));
    }
    for (; i < count; i++)
        line_rows[i] = end - 1;
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
        .longest = BX_NEW_ARRAY(arena, const struct bx_table_cell *, count),
    };
    find_slices(&s);
    replace_rows(&s);
    for (int i = 0; i < table->cell_count; i++)
        if (table->cells[i].para.line_count > 0 && table->cells[i].rowspan > 1)
            flow(&s, &table->cells[i]);
    for (int row = 0; row < table->row_count; row++)
        table->rows[row].is_closed = false;
    bx_table_close_rows(table);
}

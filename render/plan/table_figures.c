/* Figures of a statutory table as texts: measured once a size, equal ones once. */
#include "plan/table_form.h"

#include <string.h>

/* Bytes of the number before a unit: all of 1036, the digits of 10669.39万元. */
static int number_len(const char *text)
{
    return (int)strspn(text, "+-.0123456789");
}

/* A figure, or with `break_unit` its number and its unit on two lines. */
void bx_figure_make(struct bx_form_work *fw,
                    struct bx_cell_work *out,
                    const struct bx_value *value,
                    bool break_unit)
{
    int len = (int)strlen(value->text);
    int cut = break_unit ? number_len(value->text) : len;
    struct bx_piece whole = {
        .text = value->text,
        .len = len,
        .role = fw->figure_role,
        .size = fw->figure_size,
        .element = out->element,
        .where = value->where,
    };
    struct bx_piece *pieces = BX_NEW_ARRAY(fw->work.context->arena, struct bx_piece, 3);
    pieces[0] = pieces[1] = pieces[2] = whole;
    pieces[0].len = cut;
    pieces[1].text = "\n";
    pieces[1].len = 1;
    pieces[2].text += cut;
    pieces[2].len -= cut;
    out->pieces = pieces;
    out->piece_count = break_unit ? 3 : len > 0;
    out->em = fw->figure_size;
    out->is_figure = true;
}

/* Sets all figures in one line at the current size; equal ones once. */
bool bx_figures_measure(struct bx_form_work *fw, struct bx_err *err)
{
    const struct bx_value *values = fw->section->values;
    int *first = BX_NEW_ARRAY(fw->work.context->arena, int, (size_t)fw->work.cell_count);
    int count = 0;
    for (int i = 0; i < fw->work.cell_count; i++) {
        struct bx_cell_work *cell = &fw->work.cells[i];
        if (!cell->is_figure)
            continue;
        bx_figure_make(fw, cell, &values[i], false);
        int k = 0;
        while (k < count && strcmp(values[first[k]].text, values[i].text) != 0)
            k++;
        if (k < count) {
            bx_cell_copy(&fw->work, cell, &fw->work.cells[first[k]]);
        } else {
            if (!bx_cell_measure(&fw->work, cell, err))
                return false;
            first[count++] = i;
        }
    }
    return true;
}

static bool measure_part(bx_len *width,
                         struct bx_form_work *fw,
                         const struct bx_cell_work *cell,
                         int piece,
                         struct bx_err *err)
{
    struct bx_cell_work part = *cell;
    part.pieces = &cell->pieces[piece];
    part.piece_count = 1;
    part.tries = NULL;
    part.try_count = part.try_capacity = 0;
    if (!bx_cell_measure(&fw->work, &part, err))
        return false;
    *width = part.most;
    return true;
}

enum {
    STRING_MOST = 4,  /* em: a string gets no more width than the widest figure, of 8 digits */
    STRING_LEAST = 2, /* em: and can be set in two characters */
    STRING_OVER = 32, /* its characters reach up to 1/32 em out of their boxes at the sides */
};

/* A string breaks as text does: it wants its widest unbreakable unit. Its lines can fill the
 * measure, where digits never do. */
static bool
find_string_widths(struct bx_form_work *fw, struct bx_cell_work *cell, struct bx_err *err)
{
    if (!bx_cell_unit(&cell->pref, &fw->work, cell, err))
        return false;
    if (cell->pref > STRING_MOST * cell->em)
        cell->pref = STRING_MOST * cell->em;
    cell->least = cell->pref < STRING_LEAST * cell->em ? cell->pref : STRING_LEAST * cell->em;
    cell->pad_h += cell->em / STRING_OVER;
    return true;
}

/* An amount with its unit can be set in the wider of the two. */
static bool find_amount_widths(struct bx_form_work *fw,
                               struct bx_cell_work *cell,
                               const struct bx_value *value,
                               struct bx_err *err)
{
    bx_len number, unit;
    struct bx_cell_work broken = *cell;
    bx_figure_make(fw, &broken, value, true);
    if (!measure_part(&number, fw, &broken, 0, err) ||
        !measure_part(&unit, fw, &broken, 2, err))
        return false;
    cell->least = number > unit ? number : unit;
    return true;
}

/* Digits never break. */
bool bx_figures_find_widths(struct bx_form_work *fw, struct bx_err *err)
{
    for (int i = 0; i < fw->work.cell_count; i++) {
        struct bx_cell_work *cell = &fw->work.cells[i];
        const struct bx_value *value = &fw->section->values[i];
        if (!cell->is_figure)
            continue;
        cell->pref = cell->least = cell->most;
        bool has_unit = value->text[number_len(value->text)] != '\0';
        if (value->given == BX_GIVEN_TEXT && !find_string_widths(fw, cell, err))
            return false;
        if (value->given == BX_GIVEN_NUMBER && has_unit &&
            !find_amount_widths(fw, cell, value, err))
            return false;
    }
    return true;
}

/* Amounts that do not fit their cell in one line are broken before the unit. */
void bx_figures_break_units(struct bx_form_work *fw, const bx_len *widths)
{
    for (int i = 0; i < fw->work.cell_count; i++) {
        struct bx_cell_work *cell = &fw->work.cells[i];
        const struct bx_value *value = &fw->section->values[i];
        if (!cell->is_figure || value->given != BX_GIVEN_NUMBER || cell->least == cell->pref)
            continue;
        bx_len width = -2 * cell->pad_h;
        for (int col = cell->col; col < cell->col + cell->colspan; col++)
            width += widths[col];
        if (cell->most > width)
            bx_figure_make(fw, cell, value, true);
    }
}

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

/* How wide a figure wants to be, and how narrow it can be set: digits never break; an amount
 * breaks before its unit; any other text breaks as text does and needs two characters. */
bool bx_figures_find_widths(struct bx_form_work *fw, struct bx_err *err)
{
    for (int i = 0; i < fw->work.cell_count; i++) {
        struct bx_cell_work *cell = &fw->work.cells[i];
        const struct bx_value *value = &fw->section->values[i];
        if (!cell->is_figure)
            continue;
        cell->pref = cell->least = cell->most;
        if (value->given == BX_GIVEN_TEXT) {
            struct bx_para_spec spec = {
                .measure = cell->most + 1,
                .em = cell->em,
                .align = cell->align,
                .rules = fw->work.rules,
                .is_cell = true,
                .half_digits = true,
                .ink = fw->work.ink,
            };
            bx_len most;
            if (!bx_para_widths(&cell->pref, &most, fw->work.context, cell->pieces,
                                cell->piece_count, &spec, err))
                return false;
            cell->least = cell->pref < 2 * cell->em ? cell->pref : 2 * cell->em;
        } else if (value->text[number_len(value->text)] != '\0') {
            bx_len number, unit;
            struct bx_cell_work broken = *cell;
            bx_figure_make(fw, &broken, value, true);
            if (!measure_part(&number, fw, &broken, 0, err) ||
                !measure_part(&unit, fw, &broken, 2, err))
                return false;
            cell->least = number > unit ? number : unit;
        }
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

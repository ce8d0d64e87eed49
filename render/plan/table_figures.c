/* Figures of a statutory table as texts: measured once a size, equal ones once. */
#include "plan/table_form.h"

#include <string.h>

/* Bytes of the number before a unit: all of 1036, the digits of 10669.39万元. */
static int number_len(const char *text)
{
    return (int)strspn(text, "+-.0123456789");
}

void bx_figure_make(struct bx_form_work *fw,
                    struct bx_cell_work *out,
                    const struct bx_value *value)
{
    struct bx_piece *piece = BX_NEW(fw->work.context->arena, struct bx_piece);
    *piece = (struct bx_piece){
        .text = value->text,
        .len = (int)strlen(value->text),
        .role = fw->figure_role,
        .size = fw->figure_size,
        .element = out->element,
        .where = value->where,
    };
    out->pieces = piece;
    out->piece_count = piece->len > 0;
    out->em = fw->figure_size;
    out->is_figure = true;
}

/* Of the cells that are listed the one with this text; NULL when there is none. */
static struct bx_cell_work *
find_equal(struct bx_form_work *fw, const int *list, int count, const char *text)
{
    for (int i = 0; i < count; i++)
        if (strcmp(fw->section->values[list[i]].text, text) == 0)
            return &fw->work.cells[list[i]];
    return NULL;
}

bool bx_figures_measure(struct bx_form_work *fw, struct bx_err *err)
{
    const struct bx_value *values = fw->section->values;
    int *different = BX_NEW_ARRAY(fw->work.context->arena, int, (size_t)fw->work.cell_count);
    int count = 0;
    for (int i = 0; i < fw->work.cell_count; i++) {
        struct bx_cell_work *cell = &fw->work.cells[i];
        if (!cell->is_figure)
            continue;
        bx_figure_make(fw, cell, &values[i]);
        const struct bx_cell_work *equal = find_equal(fw, different, count, values[i].text);
        if (equal) {
            bx_cell_copy(&fw->work, cell, equal);
        } else {
            if (!bx_cell_measure(&fw->work, cell, err))
                return false;
            different[count++] = i;
        }
    }
    return true;
}

/* The width in one line of len bytes of a figure's text. */
static bool measure_part(bx_len *width,
                         struct bx_form_work *fw,
                         const struct bx_cell_work *cell,
                         const char *text,
                         int len,
                         struct bx_err *err)
{
    struct bx_cell_work part = *cell;
    struct bx_piece piece = *cell->pieces;
    piece.text = text;
    piece.len = len;
    part.pieces = &piece;
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
    bx_len most = STRING_MOST * cell->em, two = STRING_LEAST * cell->em;
    if (cell->pref > most)
        cell->pref = most;
    cell->least = cell->pref < two ? cell->pref : two;
    cell->pad_h += cell->em / STRING_OVER;
    return true;
}

/* An amount with its unit can be set in the wider of the two: lines break nowhere else in it, for a
 * last line of one Han is worse. */
static bool find_amount_widths(struct bx_form_work *fw,
                               struct bx_cell_work *cell,
                               const struct bx_value *value,
                               struct bx_err *err)
{
    int len = number_len(value->text);
    const char *rest = value->text + len;
    bx_len number, unit;
    if (!measure_part(&number, fw, cell, value->text, len, err) ||
        !measure_part(&unit, fw, cell, rest, (int)strlen(rest), err))
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

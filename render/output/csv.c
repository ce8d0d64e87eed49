#include "output/csv.h"

#include <stdbool.h>
#include <string.h>

/* Rows are told apart by the ids of the figures, not by where they are printed: the one row of
 * table 四 holds three rows of figures. A row that lacks a column leaves it empty, as it leaves
 * empty what is not given. */

static void add_field(struct bx_buf *out, const char *text)
{
    bool is_quoted = strpbrk(text, ",\"\r\n") != NULL;
    if (is_quoted)
        bx_buf_add_byte(out, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            bx_buf_add_byte(out, '"');
        bx_buf_add_byte(out, *p);
    }
    if (is_quoted)
        bx_buf_add_byte(out, '"');
}

/* The stretch of the grid that the figures of a row cover. */
struct stretch {
    int row, first_col, last_col;
};

static struct stretch find_stretch(const struct bx_form *form, int row_first)
{
    struct stretch found = {.row = -1};
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        if (cell->row_first != row_first)
            continue;
        if (found.row < 0)
            found = (struct stretch){cell->row, cell->col, cell->col};
        found.first_col = cell->col < found.first_col ? cell->col : found.first_col;
        int last = cell->col + cell->colspan - 1;
        found.last_col = last > found.last_col ? last : found.last_col;
    }
    return found;
}

/* The label that stands nearest to the figures in their row; without one, the lowest head over
 * exactly these columns. */
static const char *find_label(const struct bx_form *form, int row_first)
{
    struct stretch at = find_stretch(form, row_first);
    const struct bx_form_cell *label = NULL, *head = NULL;
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        bool is_beside = cell->row <= at.row && at.row < cell->row + cell->rowspan &&
                         cell->col < at.first_col;
        if (cell->kind == BX_CELL_LABEL && is_beside && (!label || cell->col > label->col))
            label = cell;
        bool is_over = cell->col == at.first_col &&
                       cell->col + cell->colspan - 1 == at.last_col && cell->row < at.row;
        if (cell->kind == BX_CELL_HEAD && is_over && (!head || cell->row > head->row))
            head = cell;
    }
    return label ? label->text : head ? head->text : "";
}

static const char *find_value(const struct bx_section *section, int row_first, int col_first)
{
    const struct bx_form *form = section->form;
    for (int i = row_first; i < form->cell_count; i++)
        if (form->cells[i].row_first == row_first && form->cells[i].col_first == col_first)
            return section->values[i].text;
    return "";
}

void bx_csv_write(struct bx_buf *out, const struct bx_section *section)
{
    const struct bx_form *form = section->form;
    bx_buf_add_text(out, "row,label");
    for (int c = 0; c < form->cell_count; c++)
        if (form->cells[c].col_first == c) {
            bx_buf_add_byte(out, ',');
            add_field(out, form->cells[c].col_id);
        }
    bx_buf_add_text(out, "\r\n");
    for (int r = 0; r < form->cell_count; r++) {
        if (form->cells[r].row_first != r)
            continue;
        add_field(out, form->cells[r].row_id);
        bx_buf_add_byte(out, ',');
        add_field(out, find_label(form, r));
        for (int c = 0; c < form->cell_count; c++)
            if (form->cells[c].col_first == c) {
                bx_buf_add_byte(out, ',');
                add_field(out, find_value(section, r, c));
            }
        bx_buf_add_text(out, "\r\n");
    }
}

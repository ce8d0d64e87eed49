/* A statutory table on its way: what table_form.c, table_figures.c and table_fit.c share. */
#ifndef BX_TABLE_FORM_H
#define BX_TABLE_FORM_H

#include "plan/table_work.h"

/* Holds  work.cells and roles stand as the form's cells do, section->values too. */
struct bx_form_work {
    const struct bx_form *form;
    const struct bx_section *section;
    const struct bx_table_style *style;
    struct bx_table_work work;
    struct bx_cell_role *roles;
    struct bx_col_range *ranges;
    struct bx_col_need *needs;
    int need_count;
    bx_len label_size, figure_size; /* at the density; figures may be set smaller */
    int label_role, figure_role;
    bx_len width;
};

/* Lower than any row of a statutory table in this style, whatever its texts and its density. */
bx_len bx_form_row_least(const struct bx_table_style *style);

/* A figure as a text to set. */
void bx_figure_make(struct bx_form_work *fw,
                    struct bx_cell_work *out,
                    const struct bx_value *value);

/* Sets all figures in one line at the current size; equal ones once. */
bool bx_figures_measure(struct bx_form_work *fw, struct bx_err *err);

/* Finds the width each figure wants and the one it can be set in. */
bool bx_figures_find_widths(struct bx_form_work *fw, struct bx_err *err);

/* Chooses the size of the figures and the widths of the columns.
 *
 * Gives   widths[col_count]; figure_size is the size chosen and all figures are measured at it.
 * Fails   BX_E_FIT, with a finding, naming the cell that lacks most. */
bool bx_form_fit(bx_len *widths, struct bx_form_work *fw, struct bx_err *err);

#endif

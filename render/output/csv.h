/* A mandated table's figures for spreadsheets and scripts. */
#ifndef BX_CSV_H
#define BX_CSV_H

#include "base/buf.h"
#include "model/model.h"

/* The table of a section as CSV (RFC 4180, UTF-8): a head row, then a row for every row of
 * figures: its id, its label as the form has it, and its figures as printed, one column for each
 * column id of the form.
 *
 * Needs   section->form. */
void bx_csv_write(struct bx_buf *out, const struct bx_section *section);

#endif

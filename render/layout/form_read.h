/* What the parts of the form reader share. */
#ifndef BX_FORM_READ_H
#define BX_FORM_READ_H

#include "layout/form.h"
#include "layout/xml_read.h"
#include "layout/xml_value.h"

enum {
    BX_FORM_ROWS_MAX = 1000,
    BX_FORM_CELLS_MAX = 20000,
};

/* A form while it is read.
 *
 * Shape  col_nodes[col], row_nodes[row]: the elements behind the form's columns and rows. */
struct bx_form_reader {
    const struct bx_xml *xml;
    struct bx_err *err;
    struct bx_form *form;
    struct bx_arena scratch; /* gone after reading */
    const struct bx_xml_node **col_nodes, **row_nodes;
    enum bx_align aligns[BX_CELL_FIGURE + 1]; /* by kind of cell */
    bool has_band_fill;
};

/* Rows, columns, cells and groups, from <table>.
 *
 * Fails   BX_E_LAYOUT: cells overlap or leave holes, a figure without ids, ids given twice. */
bool bx_form_read_grid(struct bx_form_reader *reader, const struct bx_xml_node *table);

/* The columns' widths, from <colgroup> and <col>. */
bool bx_form_read_cols(struct bx_form_reader *reader, const struct bx_xml_node *table);

/* Checks and year checks; after the grid. */
bool bx_form_read_checks(struct bx_form_reader *reader, const struct bx_xml_node *root);

struct bx_xml_place bx_form_place(const struct bx_form_reader *reader,
                                  const struct bx_xml_node *node);

/* Reads "left", "center", "right". */
bool bx_form_read_align(enum bx_align *out,
                        const struct bx_form_reader *reader,
                        const struct bx_xml_node *node,
                        const char *name);

#endif

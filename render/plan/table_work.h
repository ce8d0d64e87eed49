/* A table on its way to bx_table: texts measured, widths and heights being chosen.
 *
 * Shared by the table_*.c files and their tests; nothing outside the plan's tables includes it. */
#ifndef BX_TABLE_WORK_H
#define BX_TABLE_WORK_H

#include "plan/table.h"

/* --- columns (table_columns.c): numbers only --- */

struct bx_col_range {
    bx_len natural; /* all of them together are the table's width */
    bx_len least;   /* label columns: never narrower; 0 for figures */
    bx_len most;    /* label columns: not wider than this by choice; 0 = no limit */
    bool is_figure; /* grows for its figures, at the cost of the others */
};

/* Columns col .. col+colspan-1 must together be at least this wide. */
struct bx_col_need {
    int col, colspan;
    bx_len width;
};

/* Who pays for a figure column that is too narrow. */
enum bx_col_payer {
    BX_LABELS_PAY, /* figure columns keep at least their natural width */
    BX_ALL_PAY,    /* figure columns go down to what they need themselves */
};

/* Widths that hold every need.
 *
 * Needs   0 < count <= BX_FORM_COLS_MAX.
 * Gives   widths[count], which sum to the sum of the natural widths exactly; false, and widths
 *         of no meaning, when the needs and the least widths leave no such widths. */
bool bx_columns_fit(bx_len *widths,
                    const struct bx_col_range *cols,
                    int count,
                    const struct bx_col_need *needs,
                    int need_count,
                    enum bx_col_payer payer);

/* Deals `amount` out over count shares in proportion to weights >= 0 (equally when all are 0),
 * exactly: the rounding is cumulative. Adds to widths. */
void bx_columns_deal(bx_len *widths, const bx_len *weights, int count, bx_len amount);

/* --- rows (table_rows.c): numbers only --- */

struct bx_row_need {
    int row, rowspan;
    bx_len height;
};

/* Raises heights[0..row_count) until every need is met: single rows first, then spans by the
 * row they end in; what a span lacks goes to its last row. Reorders needs. */
void bx_rows_fit(bx_len *heights, int row_count, struct bx_row_need *needs, int need_count);

/* --- cells (table_cell.c) --- */

/* Lines of a text at one measure, kept: the search for widths asks for the same ones again. */
struct bx_cell_try {
    bx_len measure;
    struct bx_para para;
};

/* A cell with its text.
 *
 * Holds  after bx_cell_measure(): most is its width in one line and `one` that line, flush
 *        left (several lines where '\n' breaks the text). */
struct bx_cell_work {
    int row, col, rowspan, colspan;
    enum bx_align align;
    bool is_vertical, repeats_label;
    bool is_figure;
    bool is_word; /* a head over figure columns: broken after two characters */
    const struct bx_piece *pieces;
    int piece_count;
    bx_len em;
    bx_len pad_h; /* between the text's measure and the cell's edge, on each side */
    bx_len most;  /* in one line */
    bx_len loose; /* what breaking and squeezing may take of it, at most */
    bx_len tall;  /* upright labels: from the first character's top to the last one's end */
    bx_len reach; /* how far ink goes up or down from the centre of its line, at most */
    bx_len pref, least; /* figures: the width they want and the one they can be set in */
    struct bx_para one;
    struct bx_cell_try *tries;
    int try_count, try_capacity;
    struct bx_colour fill;
    bool has_fill;
    int element;
};

/* Where the ink of a glyph was found, kept while a table is set. */
struct bx_glyph_ink {
    const struct bx_font *font; /* NULL: free */
    uint32_t glyph;
    bool has_ink;
    struct bx_ink ink;
};

enum {
    BX_GLYPH_INKS = 256,
    BX_BOX_OVER = 16,
};

struct bx_table_work {
    struct bx_para_context *context;
    const struct bx_line_rules *rules;
    struct bx_colour ink;
    int line_em1000;
    bx_len pad_v;   /* above and below the em boxes of a text, in all rows */
    bx_len clear_v; /* what ink keeps to the middle of a rule above or below, at least */
    struct bx_cell_work *cells;
    int cell_count;
    int row_count, col_count;
    const bx_len *row_least;                 /* per row, whatever its texts */
    struct bx_glyph_ink inks[BX_GLYPH_INKS]; /* by glyph modulo their number */
    struct bx_row_need *needs;               /* scratch of bx_grid_measure() */
};

/* Whether a glyph is an ideograph or a figure: drawn inside its em box in every face, but for
 * strokes that reach up to 1/BX_BOX_OVER em over it (肆 in FandolFang: 0.041 em). */
bool bx_glyph_is_boxed(const struct bx_run *run, const struct bx_glyph *glyph);

/* Sets the text in one line. A figure that stands in another cell already may be copied with
 * bx_cell_copy() instead. */
bool bx_cell_measure(struct bx_table_work *work, struct bx_cell_work *cell, struct bx_err *err);
void bx_cell_copy(struct bx_table_work *work,
                  struct bx_cell_work *cell,
                  const struct bx_cell_work *from);

/* The width of the widest unit of a measured text that lines do not break; 0 for a blank. */
bool bx_cell_unit(bx_len *width,
                  struct bx_table_work *work,
                  const struct bx_cell_work *cell,
                  struct bx_err *err);

/* How many lines the text takes in a cell of this width, and whether the last of several has
 * one Han only. */
bool bx_cell_lines(int *lines,
                   bool *is_lone,
                   struct bx_table_work *work,
                   struct bx_cell_work *cell,
                   bx_len width,
                   struct bx_err *err);

/* The least number of lines it can take: no text is set for it. */
int bx_cell_lines_bound(const struct bx_cell_work *cell, bx_len width);

/* Its height with padding, at a number of lines. */
bx_len
bx_cell_height(const struct bx_table_work *work, const struct bx_cell_work *cell, int lines);

/* The finished cell. */
bool bx_cell_set(struct bx_table_cell *out,
                 struct bx_table_work *work,
                 struct bx_cell_work *cell,
                 bx_len width,
                 struct bx_err *err);

/* An upright label (table_vertical.c): one line, its runs' pens at x = 0, the middle of the
 * column. Gives the length of the label downward. */
bx_len bx_vertical_set(struct bx_para *out,
                       const struct bx_table_work *work,
                       const struct bx_cell_work *cell);

/* --- the whole grid (table_share.c, table_grid.c) --- */

/* Shares the width of the label columns among them so that no label ends in a line of one Han,
 * the table's height is least, and the columns stay near the widths given. */
bool bx_columns_share(bx_len *widths,
                      struct bx_table_work *work,
                      const struct bx_col_range *cols,
                      struct bx_err *err);

/* The height of the grid with columns of these widths.
 *
 * Gives   heights[row_count], and how many labels end in one Han; with `by_bound` a lower bound
 *         of every height, for which no text is set (lone is 0). */
bool bx_grid_measure(bx_len *heights,
                     int *lone,
                     struct bx_table_work *work,
                     const bx_len *widths,
                     bool by_bound,
                     struct bx_err *err);

/* Raises pad_v until the ink of all texts keeps clear_v, but for those that reach out of their
 * em boxes (a slash, a bracket): these get more padding of their own. After all are measured. */
void bx_grid_clear_rules(struct bx_table_work *work);

/* Sets every cell in columns of these widths and fills cells, rows and col_x of *out. */
bool bx_grid_set(struct bx_table *out,
                 struct bx_table_work *work,
                 const bx_len *widths,
                 struct bx_err *err);

/* Sets what the style says where a table goes on (table_cut.c), above a table of this width.
 *
 * Fails  BX_E_LAYOUT for a role that no font list has. */
bool bx_table_set_continued(struct bx_table *table,
                            struct bx_table_work *work,
                            const struct bx_table_style *style,
                            bx_len width,
                            struct bx_err *err);

/* Marks the rows above which a cut would leave a label without room (table_cut.c). */
void bx_table_close_rows(struct bx_table *table);

/* --- structure (table_structure.c) --- */

/* A cell as the structure tree sees it. */
struct bx_cell_role {
    int row, col, rowspan, colspan;
    bool is_head;        /* TH, else TD */
    enum bx_scope scope; /* of TH; never NONE */
    const char *where;
    int element; /* given by bx_table_elements() */
};

/* Adds THead, TBody, TR, TH and TD below the Table element, or finds those that an earlier call
 * with the same grid added; fills in `element` of every cell.
 *
 * Needs   cells by row, then column; groups[row] numbers the rows whose heads inside the body
 *         speak for one another. */
void bx_table_elements(struct bx_cell_role *cells,
                       int cell_count,
                       const int *groups,
                       int row_count,
                       int head_count,
                       struct bx_structure *structure,
                       int element,
                       bool add_elements);

#endif

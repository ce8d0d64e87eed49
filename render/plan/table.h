/* Tables: a grid with merged cells, columns and rows measured, no pages yet.
 *
 * The statutory tables and the plain tables of prose end in the same type. page/ cuts it between
 * rows, repeats its heads and draws the rules of each fragment. */
#ifndef BX_TABLE_H
#define BX_TABLE_H

#include "layout/style.h"
#include "model/model.h"
#include "plan/para.h"

/* A cell and where its text stands. The measure of its lines starts at pad_left from the cell's
 * left edge; page/ centres the text in the height that the cell has on a page:
 *
 * Upright false: the centre line of line i is at the cell's centre
 *                + (2 i - (line_count - 1)) * line_pitch / 2; y of a run counts from it.
 * is_vertical:   one line; its runs (one, unless a face lacks a character) have their pen at
 *                x from the measure's left edge, y from the top of the text, which is at the
 *                cell's centre - height / 2. */
struct bx_table_cell {
    int row, col, rowspan, colspan;
    enum bx_align align;
    bool is_vertical;
    bool repeats_label;   /* set again, centred anew, in every fragment its span reaches */
    const int *line_rows; /* where it is cut: the row that line i goes with; NULL: all with the
                             first row */
    bx_len first_centre;  /* from the top of such a part down to its first line's centre */
    struct bx_para para;  /* lines relative to the cell; empty for blanks */
    bx_len line_pitch;    /* between the centres of its lines */
    bx_len height;        /* of its text: em boxes of all lines */
    bx_len pad_left;      /* of the measure against the cell's left edge */
    struct bx_colour fill;
    bool has_fill;
    int element;
};

struct bx_table_row {
    bx_len height;
    int group;       /* rows of one group are kept together where a page holds them */
    bool is_head;    /* of thead */
    bool keep_next;  /* a band or a head row of the body: never last on a page */
    bool may_split;  /* plain tables only; after bx_table_slice(): taller than a page */
    bool is_closed;  /* never cut above it: a label whose span is cut there would lack room */
    bool cuts_label; /* a label that is set again has its span above it and in it */
    bool goes_on;    /* a further part of the row above, by bx_table_slice(): no rule between */
    bx_len cut_above, cut_below; /* more height where a page starts, or ends, with it */
};

/* What stands above the head rows where a table goes on (TAB-02), an artifact like them.
 *
 * Shape  lines flush left from x = 0; none and height 0 where the style has no such words. */
struct bx_table_continued {
    struct bx_para para;
    bx_len line_pitch;
    bx_len height; /* with what keeps the last line from the rule below */
    enum bx_align align;
};

/* Shape  col_x[0..col_count], the edges from the table's left edge; rows from top to bottom.
 * Holds  cells cover the grid exactly once; edges ascend; every text clears every rule. */
struct bx_table {
    bx_len *col_x;
    int col_count;
    struct bx_table_row *rows;
    int row_count, head_count;
    struct bx_table_cell *cells;
    int cell_count;
    bx_len rule_outer, rule_inner;
    bx_len pad_v;   /* above and below the em boxes of a text */
    bx_len clear_v; /* text keeps this from the middle of a rule above or below, at least */
    struct bx_table_continued continued;
    struct bx_colour ink;
    int density; /* step it was set at, from 0 natural */
    int element;
};

/* Sets a statutory table at a density step (0 natural .. style->density_steps - 1 least).
 *
 * Needs   `element` is the Table element; its rows and cells are added below it when `add_elements`
 *         is set, and must have been added by an earlier call with the same form otherwise
 *         (a table set again at another density is the same element).
 * Fails   BX_E_FIT when figures fit at no size, naming the cell; BX_E_FONT. */
bool bx_table_build_form(struct bx_table *out,
                         struct bx_para_context *context,
                         const struct bx_section *section,
                         const struct bx_table_style *style,
                         struct bx_colour ink,
                         bx_len width,
                         int density,
                         struct bx_structure *structure,
                         int element,
                         bool add_elements,
                         struct bx_err *err);

/* Sets a plain table of prose. */
bool bx_table_build_plain(struct bx_table *out,
                          struct bx_para_context *context,
                          const struct bx_plain_table *table,
                          const struct bx_table_style *style,
                          const struct bx_text_style *text,
                          struct bx_colour ink,
                          bx_len width,
                          struct bx_structure *structure,
                          int element,
                          struct bx_err *err);

/* Whether the table can be cut above `row` so that every label whose span is cut has room for
 * its text on both sides: above, and below if the label is set again. */
bool bx_table_can_cut(const struct bx_table *table, int row);

/* Whether the part of rows first .. last-1, cut off on both sides, has room for every label that
 * is set again in it and goes on in the parts before and behind. */
bool bx_table_part_has_room(const struct bx_table *table, int first, int last);

/* What stands above the rows of a further part: the head rows, under the words that say that the
 * table goes on, if the style has such (TAB-02). */
bx_len bx_table_head_again(const struct bx_table *table);

/* Whether these are set again where the table goes on, on a page of this height: not when they would
 * take more than half of it. */
bool bx_table_repeats_head(const struct bx_table *table, bx_len page_height);

/* Makes a table of prose that is longer than a page ready to be cut inside its rows and cells.
 *
 * Rows that are taller than half of what a page has under the head become one row for each line
 * of their text, all of them `goes_on` but the first. Texts over several rows flow:
 * where a page ends inside the cell they start at its top, each line goes with the row that its
 * centre then lies in (or at whose top), and the rows beside the cut grow so that the lines keep
 * their distance from the rules there.
 * `may_split` is left to rows that no page holds: others are cut only where a heading above them
 * would stand alone otherwise.
 *
 * Needs   the table as bx_table_build_plain() gave it; arena to outlive it. */
void bx_table_slice(struct bx_table *table, bx_len page_height, struct bx_arena *arena);

/* What is wrong with a table. */
struct bx_table_fault {
    int cell;         /* index, or -1 where no single cell is to blame */
    const char *what; /* NULL when nothing is wrong */
};

/* Looks whether a table is what it must be: the grid covered once, edges ascending, and the ink
 * of every text at least `clearance` away from every rule, at the heights of the uncut table.
 *
 * Gives   false and the first fault. */
bool bx_table_check(const struct bx_table *table,
                    bx_len clearance,
                    struct bx_table_fault *fault);

#endif

/* A statutory table as data: what stands in layouts/forms/EDITION/NAME.xml.
 *
 * The file speaks the vocabulary of an HTML table, so that it can be laid beside the issued
 * form and read. Here the grid is resolved: every cell knows its row, column and spans, and
 * every figure cell knows the path of its value in the report model. No id, label, merge or
 * check of a form is known to C. */
#ifndef BX_FORM_H
#define BX_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/len.h"

enum {
    BX_FORM_COLS_MAX = 256 /* no table has more, of a form or of prose */
};

/* What kind of value a figure cell takes (report-model: count, signed, amount ...). */
enum bx_value_kind {
    BX_VALUE_COUNT,       /* an integer >= 0 */
    BX_VALUE_SIGNED,      /* any integer */
    BX_VALUE_AMOUNT,      /* a decimal >= 0 */
    BX_VALUE_AMOUNT_UNIT, /* a number, or a number followed by 元, 万元 or 亿元 */
};

enum bx_cell_kind {
    BX_CELL_BAND,   /* a heading over all columns of a group: 第二十条第（一）项 */
    BX_CELL_HEAD,   /* a column head */
    BX_CELL_LABEL,  /* a row label */
    BX_CELL_FIGURE, /* a value of the report */
};

enum bx_scope {
    BX_SCOPE_NONE,
    BX_SCOPE_ROW,
    BX_SCOPE_COL,
    BX_SCOPE_ROWGROUP, /* written to PDF as Row */
    BX_SCOPE_COLGROUP, /* written to PDF as Column */
};

enum bx_align {
    BX_ALIGN_LEFT,
    BX_ALIGN_CENTER,
    BX_ALIGN_RIGHT,
    BX_ALIGN_JUSTIFY,
    BX_ALIGN_DISTRIBUTE, /* spread over the measure, single lines too */
};

enum bx_row_kind {
    BX_ROW_THEAD, /* repeated on every page the table reaches */
    BX_ROW_BAND,
    BX_ROW_HEAD, /* a head row inside the body, under its band */
    BX_ROW_BODY,
};

/* A stretch of a cell's text in one face: 楷体 for the bracket of （二）部分公开（…）. */
struct bx_form_text {
    const char *text; /* UTF-8, zero-terminated */
    const char *role; /* a role of the font set, or NULL for the table style's own */
};

struct bx_form_cell {
    int row, col;         /* of its top left corner, from 0 */
    int rowspan, colspan; /* >= 1 */
    enum bx_cell_kind kind;
    enum bx_scope scope; /* of BAND, HEAD and LABEL cells */
    enum bx_align align;
    bool is_vertical;   /* upright characters from top to bottom */
    bool repeats_label; /* its label is set again when a page cuts the span */
    const struct bx_form_text *texts;
    int text_count;
    const char *text; /* all texts joined: the cell's logical text; "" for figures */

    /* Figures only. */
    const char *path;         /* "results/refused/state_secret/natural_person"; else NULL */
    const char *row_id;       /* "results/refused/state_secret" */
    const char *col_id;       /* "natural_person" */
    int row_first, col_first; /* index of the form's first figure with this row id, column id */
    enum bx_value_kind value_kind;
};

struct bx_form_row {
    enum bx_row_kind kind;
    const char *id; /* "results/refused/state_secret", or NULL */
    int group; /* rows of one group share a number and are kept on one page if it holds them */
    bool has_fill; /* the whole row on a tint */
};

/* A grid column. Widths are in 1/1000 of the type area's width (natural), and for label columns
 * the least width is `least_em1000` of the label size plus `least_add`. */
struct bx_form_col {
    const char *id; /* of figure columns, or NULL */
    int natural_1000;
    int least_em1000;
    bx_len least_add;
    int most_1000;  /* largest share of the width a label column may take */
    bool is_figure; /* grows for its figures */
};

/* left = right, for each of the columns (or rows, or once), where both sides are sums. */
struct bx_check_term {
    const char *
        pattern; /* a row path, a column id or a whole value path; "*" is any one step, "**" any steps */
    const char *except; /* a path that the pattern shall not match, or NULL */
    int sign;           /* +1 or -1 */
};

enum bx_check_each {
    BX_EACH_COLUMN, /* terms are row paths, checked in every figure column */
    BX_EACH_ROW,    /* terms are column ids, checked in every row that has them all */
};

struct bx_check {
    const char *code; /* "C1" */
    enum bx_check_each each;
    const struct bx_check_term *left, *right;
    int left_count, right_count;
    const char *zh, *en; /* the rule in words */
};

/* A relation between this year's cell and last year's (C6): sum of `now` = sum of `last`. */
struct bx_year_check {
    const char *code;
    const char *each_row; /* row pattern to which the ids below are columns, or NULL */
    const struct bx_check_term *now, *last;
    int now_count, last_count;
    const char *zh, *en;
};

struct bx_colour {
    bool is_gray;    /* only r counts */
    int16_t r, g, b; /* 1/1000 */
};

/* Widths of rules and fills; data of the form, with defaults in the RELAX NG schema. */
struct bx_form_rules {
    bx_len outer, inner;
    struct bx_colour band_fill;
};

/* Shape  cells in reading order of the file: by row, then column.
 * Holds  the cells cover the row_count x col_count grid exactly once; every path occurs once. */
struct bx_form {
    struct bx_arena arena;
    const char *name;    /* "2021" of the model's "form", or a name of an office's own */
    const char *section; /* "disclosure", "applications", "review" */
    const char *source;  /* the notice that issued it */
    const char *title;   /* 三、收到和处理政府信息公开申请情况 */
    const char *version; /* of the file, for the record in the PDF */
    struct bx_form_col *cols;
    int col_count;
    struct bx_form_row *rows;
    int row_count;
    int head_count; /* leading rows of kind THEAD */
    struct bx_form_cell *cells;
    int cell_count;
    struct bx_check *checks;
    int check_count;
    struct bx_year_check *year_checks;
    int year_check_count;
    struct bx_form_rules rules;
    const char *density;  /* the name of the style's table setting it is set by: = section */
    const char *aux_role; /* role of <em>: 楷体 */
};

/* Reads a form file and checks it against layouts/form.rng.
 *
 * Gives   *out, which the caller frees with bx_form_free(); untouched on failure.
 * Fails   BX_E_LAYOUT, with file and line. */
bool bx_form_read(struct bx_form **out,
                  const char *layouts_dir,
                  const char *path,
                  struct bx_err *err);

/* The same from memory, with the schema at hand (layout/xml_read.h); `file` is for messages. */
struct bx_xml_schema;
bool bx_form_read_bytes(struct bx_form **out,
                        struct bx_xml_schema *schema,
                        const char *file,
                        const void *data,
                        size_t len,
                        struct bx_err *err);

void bx_form_free(struct bx_form *form);

/* The forms of a layouts folder: forms/NAME/SECTION.xml. A form is read when it is first asked
 * for, since a report needs three of them.
 *
 * Shape  entries in byte order of their paths; form is NULL until it is read. */
struct bx_form_entry {
    const char *name, *section; /* "2021", "applications" */
    const char *path;
    struct bx_form *form;
};

struct bx_form_set {
    struct bx_arena arena;
    const char *layouts_dir;
    struct bx_form_entry *entries;
    int entry_count;
    struct bx_xml_schema *schema; /* NULL until the first form is read */
};

/* Lists the folder. Fails   BX_E_LAYOUT when it cannot be read. */
bool bx_form_set_init(struct bx_form_set *out, const char *layouts_dir, struct bx_err *err);

/* Gives   *out, lent by the set; NULL when the folder has no such form (that is no failure).
 * Fails   BX_E_LAYOUT when its file is not valid. */
bool bx_form_set_find(const struct bx_form **out,
                      struct bx_form_set *set,
                      const char *section,
                      const char *name,
                      struct bx_err *err);

void bx_form_set_fini(struct bx_form_set *set);

/* The index of the figure cell with this path, or -1. */
int bx_form_find_cell(const struct bx_form *form, const char *path);

/* The same; it is looked for from a cell on first: figures often come in the form's order. */
int bx_form_find_cell_from(const struct bx_form *form, const char *path, int from);

/* Whether a term's pattern matches a path: "*" is any one step, "**" any number of steps.
 *
 * Needs   at most one "**" in the pattern, or time grows with each; the schema sees to it. */
bool bx_form_path_matches(const char *pattern, const char *path);

#endif

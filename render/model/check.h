/* What the parts of the cross-checks share. Inside model/ only. */
#ifndef BX_CHECK_H
#define BX_CHECK_H

#include "model/model.h"
#include "model/number.h"

struct bx_checker {
    struct bx_arena scratch;
    const struct bx_model *model;
    const struct bx_sections *sections;
    struct bx_findings *findings;
    bool allow_inconsistent;
};

void bx_check_report(struct bx_checker *checker,
                     enum bx_level level,
                     const char *code,
                     const char *where,
                     const char *zh,
                     const char *en);

/* The section with this id, or NULL. */
const struct bx_section *bx_check_find_section(const struct bx_model *model, const char *id);

/* C6. Needs   previous not NULL. */
void bx_check_years(struct bx_checker *checker, const struct bx_model *previous);

/* C5 and C7. */
void bx_check_texts(struct bx_checker *checker);

/* ---- sums of cells ---- */

/* The cells that the terms of one side take, with their signs.
 *
 * Shape  in the order of the terms, cells of one term in the form's order. */
struct bx_operands {
    const struct bx_form_cell **cells;
    const struct bx_value **values;
    int *signs;
    int count;
    bool is_complete; /* every term took at least one cell */
};

/* The cells of a column (is_column, `fixed` its id, terms are rows) or of a row. */
void bx_operands_build(struct bx_operands *out,
                       struct bx_arena *arena,
                       const struct bx_section *section,
                       const struct bx_check_term *terms,
                       int term_count,
                       bool is_column,
                       const char *fixed);

/* The sum, or the first value that is no number. */
const struct bx_value *bx_operands_sum(const struct bx_operands *operands, struct bx_sum *sum);

/* "10 + 1 + 0 = 11", or the one value. */
const char *bx_operands_text(struct bx_arena *arena,
                             const struct bx_operands *operands,
                             const struct bx_sum *sum);

/* Whether this figure is the form's first with its column (or row) id. */
bool bx_check_is_first(const struct bx_form *form, int at, bool is_column);

/* What stands over a figure's column, or before its row. */
const char *
bx_check_label(const struct bx_form *form, const struct bx_form_cell *figure, bool is_column);

/* Tells that a check was not made because `value` is blank or no number. */
void bx_check_skip(struct bx_checker *checker,
                   const char *code,
                   const struct bx_value *value,
                   const char *zh,
                   const char *en);

#endif

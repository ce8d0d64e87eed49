/* The forms told to people and to other programs: ids, labels, kinds. */
#ifndef BX_DESCRIBE_H
#define BX_DESCRIBE_H

#include "base/buf.h"
#include "layout/form.h"

/* Adds a form's rows and columns with their labels, as lines of text. */
void bx_form_describe(struct bx_buf *out, const struct bx_form *form, bool in_chinese);

/* Adds every form of the folder, and the names of its styles.
 *
 * Fails   BX_E_LAYOUT: a form that is not valid. */
bool bx_forms_describe(struct bx_buf *out,
                       struct bx_form_set *set,
                       bool in_chinese,
                       struct bx_err *err);

/* Adds the names of the folder's styles, one a line, in byte order. */
bool bx_styles_list(struct bx_buf *out, const char *layouts_dir, struct bx_err *err);

/* Adds the JSON Schema (2020-12) of the `values` of one form. */
void bx_form_schema(struct bx_buf *out, const struct bx_form *form);

/* Adds the schema of all forms of a name, as members of the model's `sections`: "2021"; or of one,
 * "2021/applications".
 *
 * Fails   BX_E_USAGE: no form of this name; BX_E_LAYOUT. */
bool bx_forms_schema(struct bx_buf *out,
                     struct bx_form_set *set,
                     const char *name,
                     struct bx_err *err);

/* The label of a figure's column: the nearest head above it. NULL without one. */
const struct bx_form_cell *bx_form_find_head(const struct bx_form *form,
                                             const struct bx_form_cell *figure);

/* The label of a figure's row: the nearest to its left, or, where its row is told by the columns,
 * the head above its own. NULL without one. */
const struct bx_form_cell *bx_form_find_label(const struct bx_form *form,
                                              const struct bx_form_cell *figure);

#endif

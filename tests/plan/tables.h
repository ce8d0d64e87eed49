/* What the tests of tables share: a style, a structure tree with a Table element, forms of the
 * project with made-up values, plain tables from text. */
#ifndef BX_TEST_TABLES_H
#define BX_TEST_TABLES_H

#include "plan/table.h"
#include "setting.h"

struct tables {
    struct setting setting;
    struct bx_structure structure;
    struct bx_table_style style;
    struct bx_colour ink;
    bx_len width;
    int table; /* the Table element */
    struct bx_form_set forms;
    bool has_forms;
    struct bx_form *own_form;
    struct bx_err err;
};

void tables_init(struct tables *t);
void tables_fini(struct tables *t);

/* A test of a group whose state is a `struct tables` of its own. */
#define TABLES_TEST(test) cmocka_unit_test_setup_teardown(test, tables_set_up, tables_tear_down)
int tables_set_up(void **state);
int tables_tear_down(void **state);

/* A plain table from rows parted by '\n' and cells by '|'. */
struct bx_plain_table *tables_plain(struct tables *t, const char *text, int head_count);

/* A section with a form of the project; every figure cell has the text. */
struct bx_section
tables_section(struct tables *t, const char *edition, const char *name, const char *figure);

/* The same with a form of tests/plan/forms. */
struct bx_section tables_own_section(struct tables *t, const char *file, const char *figure);

/* Puts a value into the cell with this path. */
void tables_give(struct tables *t,
                 struct bx_section *section,
                 const char *path,
                 const char *text,
                 enum bx_given given);

/* Sets the section's table, as a new Table element when it adds elements; fails the test when
 * that fails. */
struct bx_table
tables_set(struct tables *t, const struct bx_section *section, int density, bool add_elements);

/* The cell whose logical text this is; the text of a cell. */
const struct bx_table_cell *tables_find(const struct bx_table *table, const char *text);
const char *tables_text(const struct bx_table_cell *cell);

/* A cell's lines with '|' between them, in the arena. */
const char *tables_lines(struct tables *t, const struct bx_table_cell *cell);

/* Fails the test unless bx_table_check() holds at the style's clearance. */
void tables_check(struct tables *t, const struct bx_table *table);

#endif

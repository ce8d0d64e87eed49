/* Rows that take the same columns are listed together under these columns, so that a form reads
 * as it is filled in. */
#include "layout/describe.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* --- labels --- */

static bool covers(const struct bx_form_cell *cell, enum bx_cell_kind kind, int row, int col)
{
    return cell->kind == kind && cell->row <= row && row < cell->row + cell->rowspan &&
           cell->col <= col && col < cell->col + cell->colspan;
}

/* The lowest head over a column that ends above `row`. */
static const struct bx_form_cell *find_head_above(const struct bx_form *form, int row, int col)
{
    const struct bx_form_cell *best = NULL;
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        if (cell->row + cell->rowspan <= row && covers(cell, BX_CELL_HEAD, cell->row, col) &&
            (!best || cell->row > best->row))
            best = cell;
    }
    return best;
}

const struct bx_form_cell *bx_form_find_head(const struct bx_form *form,
                                             const struct bx_form_cell *figure)
{
    return find_head_above(form, figure->row, figure->col);
}

const struct bx_form_cell *bx_form_find_label(const struct bx_form *form,
                                              const struct bx_form_cell *figure)
{
    const struct bx_form_cell *best = NULL;
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        if (cell->col < figure->col && covers(cell, BX_CELL_LABEL, figure->row, cell->col) &&
            (!best || cell->col > best->col))
            best = cell;
    }
    const struct bx_form_cell *head = best ? NULL : bx_form_find_head(form, figure);
    return head ? find_head_above(form, head->row, figure->col) : best;
}

/* --- text --- */

static void add_kind(struct bx_buf *out, enum bx_value_kind kind, bool in_chinese)
{
    static const struct {
        const char *zh, *en;
    } words[] = {
        [BX_VALUE_COUNT] = {.zh = "", .en = ""},
        [BX_VALUE_SIGNED] = {.zh = "（整数，可为负）", .en = " (whole, may be negative)"},
        [BX_VALUE_AMOUNT] = {.zh = "（可带小数）", .en = " (decimal)"},
        [BX_VALUE_AMOUNT_UNIT] = {.zh = "（可带小数和单位）", .en = " (decimal, with unit)"},
    };
    bx_buf_add_text(out, in_chinese ? words[kind].zh : words[kind].en);
}

/* The columns of the row that starts with a figure, as one text by which rows are compared. */
static void
add_columns(struct bx_buf *out, const struct bx_form *form, int first, bool in_chinese)
{
    for (int i = first; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        if (cell->row_first != first)
            continue;
        const struct bx_form_cell *head = bx_form_find_head(form, cell);
        bx_buf_printf(out, "    %s", cell->col_id);
        if (head)
            bx_buf_printf(out, "  %s", head->text);
        add_kind(out, cell->value_kind, in_chinese);
        bx_buf_add_byte(out, '\n');
    }
}

void bx_form_describe(struct bx_buf *out, const struct bx_form *form, bool in_chinese)
{
    struct bx_buf columns = {0}, last = {0};
    bx_buf_printf(out, "%s/%s  %s\n", form->name, form->section, form->title);
    bx_buf_printf(out, "  %s %s\n", in_chinese ? "依据" : "source:", form->source);
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        if (cell->row_first != i)
            continue;
        bx_buf_clear(&columns);
        add_columns(&columns, form, i, in_chinese);
        if (!last.data || strcmp(last.data, columns.data) != 0)
            bx_buf_printf(out, "  %s\n%s  %s\n", in_chinese ? "列" : "columns", columns.data,
                          in_chinese ? "行" : "rows");
        bx_buf_clear(&last);
        bx_buf_add_text(&last, columns.data);
        const struct bx_form_cell *label = bx_form_find_label(form, cell);
        bx_buf_printf(out, "    %s%s%s\n", cell->row_id, label ? "  " : "",
                      label ? label->text : "");
    }
    bx_buf_fini(&columns);
    bx_buf_fini(&last);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool bx_styles_list(struct bx_buf *out, const char *layouts_dir, struct bx_err *err)
{
    struct bx_arena arena = {0};
    const char *folder = bx_arena_printf(&arena, "%s/styles", layouts_dir);
    GDir *dir = g_dir_open(folder, 0, NULL);
    if (!dir) {
        bx_fail(err, BX_E_LAYOUT, folder, "", "the folder of styles cannot be read");
        bx_arena_fini(&arena);
        return false;
    }
    const char **names = NULL;
    int count = 0, capacity = 0;
    for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
        if (name[0] == '.' || !g_str_has_suffix(name, ".xml"))
            continue;
        if (count == capacity)
            names = bx_arena_grow(&arena, names, count, &capacity, sizeof(*names));
        names[count++] = bx_arena_strndup(&arena, name, strlen(name) - strlen(".xml"));
    }
    g_dir_close(dir);
    if (count > 1)
        qsort(names, (size_t)count, sizeof(*names), compare_names);
    for (int i = 0; i < count; i++)
        bx_buf_printf(out, "%s\n", names[i]);
    bx_arena_fini(&arena);
    return true;
}

bool bx_forms_describe(struct bx_buf *out,
                       struct bx_form_set *set,
                       bool in_chinese,
                       struct bx_err *err)
{
    for (int i = 0; i < set->entry_count; i++) {
        const struct bx_form_entry *entry = &set->entries[i];
        const struct bx_form *form;
        if (!bx_form_set_find(&form, set, entry->section, entry->name, err))
            return false;
        bx_form_describe(out, form, in_chinese);
        bx_buf_add_byte(out, '\n');
    }
    bx_buf_printf(out, "%s\n", in_chinese ? "版式" : "styles");
    return bx_styles_list(out, set->layouts_dir, err);
}

#include "tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

void tables_init(struct tables *t)
{
    *t = (struct tables){0};
    setting_init(&t->setting);
    t->structure.arena = &t->setting.arena;
    bx_structure_add(&t->structure, BX_TAG_DOCUMENT, -1);
    t->table = bx_structure_add(&t->structure, BX_TAG_TABLE, 0);
    t->width = 452812; /* 156 mm */
    t->ink = (struct bx_colour){.is_gray = true};
    t->style = (struct bx_table_style){
        .label_role = "songti",
        .figure_role = "songti",
        .label_size = {10 * BX_PT + BX_PT / 2, 9 * BX_PT},
        .figure_size = {12 * BX_PT, 9 * BX_PT},
        .padding_v = {2662, 1331}, /* 2.6 pt, 1.3 pt */
        .figure_least = 7 * BX_PT + BX_PT / 2,
        .figure_step = BX_PT / 2,
        .padding_h = 2 * BX_PT + BX_PT / 2,
        .clearance = BX_PT,
        .line_em1000 = 1200,
        .density_steps = 4,
        .lines = t->setting.rules,
    };
}

void tables_fini(struct tables *t)
{
    if (t->has_forms)
        bx_form_set_fini(&t->forms);
    bx_form_free(t->own_form);
    setting_fini(&t->setting);
}

int tables_set_up(void **state)
{
    static struct tables t;
    tables_init(&t);
    *state = &t;
    return 0;
}

int tables_tear_down(void **state)
{
    tables_fini(*state);
    return 0;
}

struct bx_plain_table *tables_plain(struct tables *t, const char *text, int head_count)
{
    struct bx_arena *arena = &t->setting.arena;
    struct bx_plain_table *plain = BX_NEW(arena, struct bx_plain_table);
    size_t most = strlen(text) + 1;
    plain->cells = BX_NEW_ARRAY(arena, struct bx_plain_cell, most);
    plain->widths_1000 = BX_NEW_ARRAY(arena, int, most);
    plain->head_count = head_count;
    int row = 0, col = 0;
    for (const char *p = text;; p++) {
        size_t len = strcspn(p, "|\n");
        struct bx_span *span = BX_NEW(arena, struct bx_span);
        span->text = bx_arena_strndup(arena, p, len);
        plain->cells[plain->cell_count++] = (struct bx_plain_cell){
            .text = {.spans = span, .span_count = 1, .where = "/cell"},
            .row = row,
            .col = col++,
            .rowspan = 1,
            .colspan = 1,
        };
        plain->col_count = col > plain->col_count ? col : plain->col_count;
        p += len;
        if (*p != '|') {
            row++;
            col = 0;
        }
        if (!*p)
            break;
    }
    plain->row_count = row;
    return plain;
}

static struct bx_section
make_section(struct tables *t, const struct bx_form *form, const char *figure)
{
    struct bx_section section = {.form = form, .title_where = "/sections/x/title"};
    int count = form->cell_count;
    section.values = BX_NEW_ARRAY(&t->setting.arena, struct bx_value, (size_t)count);
    for (int i = 0; i < count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        bool is_figure = cell->kind == BX_CELL_FIGURE;
        section.values[i] = (struct bx_value){
            .given = is_figure ? BX_GIVEN_NUMBER : BX_GIVEN_BLANK,
            .text = is_figure ? figure : "",
            .where =
                is_figure ? bx_arena_printf(&t->setting.arena, "/values/%s", cell->path) : NULL,
        };
    }
    return section;
}

struct bx_section
tables_section(struct tables *t, const char *edition, const char *name, const char *figure)
{
    if (!t->has_forms && !bx_form_set_init(&t->forms, BX_SOURCE_DIR "/layouts", &t->err))
        fail_msg("%s %s %s", t->err.file, t->err.where, t->err.what);
    t->has_forms = true;
    const struct bx_form *form = NULL;
    if (!bx_form_set_find(&form, &t->forms, name, edition, &t->err))
        fail_msg("%s %s %s", t->err.file, t->err.where, t->err.what);
    assert_non_null(form);
    return make_section(t, form, figure);
}

struct bx_section tables_own_section(struct tables *t, const char *file, const char *figure)
{
    const char *path = bx_arena_printf(&t->setting.arena, BX_TESTS_DIR "/plan/forms/%s", file);
    assert_null(t->own_form);
    if (!bx_form_read(&t->own_form, BX_SOURCE_DIR "/layouts", path, &t->err))
        fail_msg("%s %s %s", t->err.file, t->err.where, t->err.what);
    return make_section(t, t->own_form, figure);
}

void tables_give(struct tables *t,
                 struct bx_section *section,
                 const char *path,
                 const char *text,
                 enum bx_given given)
{
    int i = bx_form_find_cell(section->form, path);
    if (i < 0)
        fail_msg("no cell %s", path);
    section->values[i].text = bx_arena_printf(&t->setting.arena, "%s", text);
    section->values[i].given = given;
}

struct bx_table
tables_set(struct tables *t, const struct bx_section *section, int density, bool add_elements)
{
    struct bx_table table;
    if (add_elements)
        t->table = bx_structure_add(&t->structure, BX_TAG_TABLE, 0);
    if (!bx_table_build_form(&table, &t->setting.context, section, &t->style, t->ink, t->width,
                             density, &t->structure, t->table, add_elements, &t->err))
        fail_msg("%s %s %s", t->err.file, t->err.where, t->err.what);
    return table;
}

const char *tables_text(const struct bx_table_cell *cell)
{
    return cell->para.text ? cell->para.text : "";
}

const struct bx_table_cell *tables_find(const struct bx_table *table, const char *text)
{
    for (int i = 0; i < table->cell_count; i++)
        if (strcmp(tables_text(&table->cells[i]), text) == 0)
            return &table->cells[i];
    fail_msg("no cell %s", text);
    return NULL;
}

const char *tables_lines(struct tables *t, const struct bx_table_cell *cell)
{
    const char *all = "";
    for (int i = 0; i < cell->para.line_count; i++) {
        const struct bx_line *line = &cell->para.lines[i];
        all = bx_arena_printf(&t->setting.arena, "%s%s%.*s", all, i > 0 ? "|" : "",
                              line->text_len, cell->para.text + line->text_at);
    }
    return all;
}

void tables_check(struct tables *t, const struct bx_table *table)
{
    struct bx_table_fault fault;
    if (bx_table_check(table, t->style.clearance, &fault))
        return;
    const char *text = fault.cell >= 0 ? tables_text(&table->cells[fault.cell]) : "";
    fail_msg("%s: cell %d %s", fault.what, fault.cell, text);
}

/* A statutory table: the cells of its form with the values of the report.
 *
 * Labels and figures become cells, table_fit.c chooses one size for the figures and the widths of
 * the columns, the grid gets its heights. All is chosen once, so that every page the table
 * reaches shows the same one. */
#include "plan/table_form.h"

#include <string.h>

static bx_len at_density(const bx_len *range, int density, int steps)
{
    if (steps <= 1)
        return range[0];
    return range[0] + (bx_len)((int64_t)(range[1] - range[0]) * density / (steps - 1));
}

static bx_len least_of(const bx_len *range, int steps)
{
    bx_len last = at_density(range, steps - 1, steps);
    return range[0] < last ? range[0] : last;
}

bx_len bx_form_row_least(const struct bx_table_style *style)
{
    int steps = style->density_steps;
    bx_len label = least_of(style->label_size, steps);
    bx_len figure = least_of(style->figure_size, steps);
    figure = style->figure_least < figure ? style->figure_least : figure;
    bx_len least = label < figure ? label : figure;
    return least + 2 * least_of(style->padding_v, steps);
}

static bool
find_role(int *role, const struct bx_table_work *work, const char *name, struct bx_err *err)
{
    *role = bx_fontset_find_role(work->context->fonts, name);
    return *role >= 0 || bx_fail(err, BX_E_LAYOUT, "", "", "no font role %s", name);
}

static void find_elements(struct bx_form_work *fw,
                          struct bx_structure *structure,
                          int element,
                          bool add_elements)
{
    const struct bx_form *form = fw->form;
    struct bx_arena *arena = fw->work.context->arena;
    fw->roles = BX_NEW_ARRAY(arena, struct bx_cell_role, (size_t)form->cell_count);
    int *groups = BX_NEW_ARRAY(arena, int, (size_t)form->row_count);
    for (int row = 0; row < form->row_count; row++)
        groups[row] = form->rows[row].group;
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        bool is_figure = cell->kind == BX_CELL_FIGURE;
        fw->roles[i] = (struct bx_cell_role){
            .row = cell->row,
            .col = cell->col,
            .rowspan = cell->rowspan,
            .colspan = cell->colspan,
            .is_head = !is_figure,
            .scope = cell->scope,
            .where = is_figure ? fw->section->values[i].where : NULL,
        };
    }
    bx_table_elements(fw->roles, form->cell_count, groups, form->row_count, form->head_count,
                      structure, element, add_elements);
}

static bool is_over_figures(const struct bx_form *form, const struct bx_form_cell *cell)
{
    for (int col = cell->col; col < cell->col + cell->colspan; col++)
        if (!form->cols[col].is_figure)
            return false;
    return true;
}

/* The narrowest padding that keeps ink clear of the rules beside it, half of whose width lies
 * inside the cell. */
static bx_len clear_padding(const struct bx_form_work *fw, const struct bx_form_cell *cell)
{
    const struct bx_form_rules *rules = &fw->form->rules;
    bool is_outer = cell->col == 0 || cell->col + cell->colspan == fw->form->col_count;
    bx_len rule = is_outer && rules->outer > rules->inner ? rules->outer : rules->inner;
    return fw->style->clearance + (rule + 1) / 2;
}

static bool make_label(struct bx_form_work *fw,
                       struct bx_cell_work *out,
                       const struct bx_form_cell *cell,
                       struct bx_err *err)
{
    struct bx_piece *pieces =
        BX_NEW_ARRAY(fw->work.context->arena, struct bx_piece, (size_t)cell->text_count + 1);
    const char *where = fw->section->title_where ? fw->section->title_where : "";
    for (int i = 0; i < cell->text_count; i++) {
        const struct bx_form_text *text = &cell->texts[i];
        int role = fw->label_role;
        if (text->role && !find_role(&role, &fw->work, text->role, err))
            return false;
        pieces[i] = (struct bx_piece){
            .text = text->text,
            .len = (int)strlen(text->text),
            .role = role,
            .size = fw->label_size,
            .element = out->element,
            .where = where,
        };
    }
    out->pieces = pieces;
    out->piece_count = cell->text_count;
    out->em = fw->label_size;
    out->is_word = cell->kind == BX_CELL_HEAD && is_over_figures(fw->form, cell);
    if (!out->is_word && !cell->is_vertical) {
        if (out->pad_h < fw->style->padding_h)
            out->pad_h = fw->style->padding_h;
    }
    return true;
}

static bool make_cells(struct bx_form_work *fw, struct bx_err *err)
{
    const struct bx_form *form = fw->form;
    struct bx_arena *arena = fw->work.context->arena;
    fw->work.cells = BX_NEW_ARRAY(arena, struct bx_cell_work, (size_t)form->cell_count);
    fw->work.cell_count = form->cell_count;
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        struct bx_cell_work *out = &fw->work.cells[i];
        *out = (struct bx_cell_work){
            .row = cell->row,
            .col = cell->col,
            .rowspan = cell->rowspan,
            .colspan = cell->colspan,
            .align = cell->align,
            .is_vertical = cell->is_vertical,
            .repeats_label = cell->repeats_label,
            .pad_h = clear_padding(fw, cell),
            .has_fill = form->rows[cell->row].has_fill,
            .fill = form->rules.band_fill,
            .element = fw->roles[i].element,
        };
        if (cell->kind == BX_CELL_FIGURE)
            bx_figure_make(fw, out, &fw->section->values[i]);
        else if (!make_label(fw, out, cell, err) || !bx_cell_measure(&fw->work, out, err))
            return false;
    }
    return true;
}

static void describe_rows(struct bx_table *table, const struct bx_form *form)
{
    for (int row = 0; row < form->row_count; row++) {
        enum bx_row_kind kind = form->rows[row].kind;
        table->rows[row].group = form->rows[row].group;
        table->rows[row].is_head = kind == BX_ROW_THEAD;
        table->rows[row].keep_next = kind == BX_ROW_BAND || kind == BX_ROW_HEAD;
    }
}

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
                         struct bx_err *err)
{
    const struct bx_form *form = section->form;
    struct bx_form_work fw = {
        .form = form,
        .section = section,
        .style = style,
        .width = width,
        .label_size = at_density(style->label_size, density, style->density_steps),
        .figure_size = at_density(style->figure_size, density, style->density_steps),
        .work =
            {
                .context = context,
                .rules = &style->lines,
                .ink = ink,
                .line_em1000 = style->line_em1000,
                .pad_v = at_density(style->padding_v, density, style->density_steps),
                .clear_v = style->clearance + (form->rules.outer + 1) / 2,
                .row_count = form->row_count,
                .col_count = form->col_count,
            },
    };
    if (!find_role(&fw.label_role, &fw.work, style->label_role, err) ||
        !find_role(&fw.figure_role, &fw.work, style->figure_role, err))
        return false;
    find_elements(&fw, structure, element, add_elements);
    bx_len *widths = BX_NEW_ARRAY(context->arena, bx_len, (size_t)form->col_count);
    if (!make_cells(&fw, err) || !bx_form_fit(widths, &fw, err))
        return false;

    struct bx_table table = {
        .head_count = form->head_count,
        .rule_outer = form->rules.outer,
        .rule_inner = form->rules.inner,
        .ink = ink,
        .density = density,
        .element = element,
    };
    if (!bx_grid_set(&table, &fw.work, widths, err) ||
        !bx_table_set_continued(&table, &fw.work, style, width, err))
        return false;
    describe_rows(&table, form);
    *out = table;
    return true;
}

/* A statutory table: the cells of its form with the values of the report.
 *
 * The order of the choices is layout.md 4a's: one size for all figures, decided by the widest of
 * each column; a column too narrow for its figures grows at the cost of the label columns; only
 * then do the figures become smaller, all of them. What the figures leave the label columns
 * share. Everything is chosen here, once, so that all pages show the same table. */
#include "plan/table.h"

#include <string.h>

#include "plan/table_work.h"

/* What is known of the table while it is set. */
struct form_work {
    const struct bx_form *form;
    const struct bx_section *section;
    const struct bx_table_style *style;
    struct bx_table_work work;
    struct bx_cell_role *roles;
    struct bx_col_range *ranges;
    struct bx_col_need *needs;
    int need_count;
    bx_len label_size, figure_size; /* at the density; figures may be set smaller */
    int label_role, figure_role;
    bx_len width;
};

enum {
    MANY_LINES = 4
}; /* a label that takes more may have the width figures can spare */

static bx_len at_density(const bx_len range[2], int density, int steps)
{
    if (steps <= 1)
        return range[0];
    return range[0] + (bx_len)((int64_t)(range[1] - range[0]) * density / (steps - 1));
}

static bool
find_role(int *role, const struct bx_table_work *work, const char *name, struct bx_err *err)
{
    *role = bx_fontset_find_role(work->context->fonts, name);
    return *role >= 0 || bx_fail(err, BX_E_LAYOUT, "", "", "no font role %s", name);
}

/* --- elements --- */

static enum bx_scope scope_of(const struct bx_form_cell *cell)
{
    if (cell->scope != BX_SCOPE_NONE)
        return cell->scope;
    return cell->kind == BX_CELL_LABEL ? BX_SCOPE_ROW : BX_SCOPE_COL;
}

static void find_elements(struct form_work *fw,
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
            .scope = is_figure ? BX_SCOPE_NONE : scope_of(cell),
            .where = is_figure ? fw->section->values[i].where : NULL,
        };
    }
    bx_table_elements(fw->roles, form->cell_count, groups, form->row_count, form->head_count,
                      structure, element, add_elements);
}

/* --- cells --- */

static bool is_over_figures(const struct bx_form *form, const struct bx_form_cell *cell)
{
    for (int col = cell->col; col < cell->col + cell->colspan; col++)
        if (!form->cols[col].is_figure)
            return false;
    return true;
}

/* The narrowest padding that keeps ink clear of the rules beside it, half of whose width lies
 * inside the cell. */
static bx_len clear_padding(const struct form_work *fw, const struct bx_form_cell *cell)
{
    const struct bx_form_rules *rules = &fw->form->rules;
    bool is_outer = cell->col == 0 || cell->col + cell->colspan == fw->form->col_count;
    bx_len rule = is_outer && rules->outer > rules->inner ? rules->outer : rules->inner;
    return fw->style->clearance + (rule + 1) / 2;
}

static bool make_label(struct form_work *fw,
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
    if (!out->is_word && out->pad_h < fw->style->padding_h && !cell->is_vertical)
        out->pad_h = fw->style->padding_h;
    return true;
}

/* Bytes of the number before a unit: all of 1036, the digits of 10669.39万元. */
static int number_len(const char *text)
{
    return (int)strspn(text, "+-.0123456789");
}

/* A figure, or with `break_unit` its number and its unit on two lines. */
static void make_figure(struct form_work *fw,
                        struct bx_cell_work *out,
                        const struct bx_value *value,
                        bool break_unit)
{
    int len = (int)strlen(value->text);
    int cut = break_unit ? number_len(value->text) : len;
    struct bx_piece whole = {
        .text = value->text,
        .len = len,
        .role = fw->figure_role,
        .size = fw->figure_size,
        .element = out->element,
        .where = value->where,
    };
    struct bx_piece *pieces = BX_NEW_ARRAY(fw->work.context->arena, struct bx_piece, 3);
    pieces[0] = pieces[1] = pieces[2] = whole;
    pieces[0].len = cut;
    pieces[1].text = "\n";
    pieces[1].len = 1;
    pieces[2].text += cut;
    pieces[2].len -= cut;
    out->pieces = pieces;
    out->piece_count = break_unit ? 3 : len > 0;
    out->em = fw->figure_size;
    out->is_figure = true;
}

static bool make_cells(struct form_work *fw, struct bx_err *err)
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
            make_figure(fw, out, &fw->section->values[i], false);
        else if (!make_label(fw, out, cell, err) || !bx_cell_measure(&fw->work, out, err))
            return false;
    }
    return true;
}

/* --- figures --- */

/* Sets all figures in one line at the current size; equal ones once. */
static bool measure_figures(struct form_work *fw, struct bx_err *err)
{
    const struct bx_value *values = fw->section->values;
    int *first = BX_NEW_ARRAY(fw->work.context->arena, int, (size_t)fw->work.cell_count);
    int count = 0;
    for (int i = 0; i < fw->work.cell_count; i++) {
        struct bx_cell_work *cell = &fw->work.cells[i];
        if (!cell->is_figure)
            continue;
        make_figure(fw, cell, &values[i], false);
        int k = 0;
        while (k < count && strcmp(values[first[k]].text, values[i].text) != 0)
            k++;
        if (k < count) {
            bx_cell_copy(&fw->work, cell, &fw->work.cells[first[k]]);
        } else {
            if (!bx_cell_measure(&fw->work, cell, err))
                return false;
            first[count++] = i;
        }
    }
    return true;
}

static bool measure_part(bx_len *width,
                         struct form_work *fw,
                         const struct bx_cell_work *cell,
                         int piece,
                         struct bx_err *err)
{
    struct bx_cell_work part = *cell;
    part.pieces = &cell->pieces[piece];
    part.piece_count = 1;
    part.tries = NULL;
    part.try_count = part.try_capacity = 0;
    if (!bx_cell_measure(&fw->work, &part, err))
        return false;
    *width = part.most;
    return true;
}

/* How wide a figure wants to be, and how narrow it can be set: digits never break; an amount
 * breaks before its unit; any other text breaks as text does and needs two characters. */
static bool find_figure_widths(struct form_work *fw, struct bx_err *err)
{
    for (int i = 0; i < fw->work.cell_count; i++) {
        struct bx_cell_work *cell = &fw->work.cells[i];
        const struct bx_value *value = &fw->section->values[i];
        if (!cell->is_figure)
            continue;
        cell->pref = cell->least = cell->most;
        if (value->given == BX_GIVEN_TEXT) {
            struct bx_para_spec spec = {
                .measure = cell->most + 1,
                .em = cell->em,
                .align = cell->align,
                .rules = fw->work.rules,
                .is_cell = true,
                .half_digits = true,
                .ink = fw->work.ink,
            };
            bx_len most;
            if (!bx_para_widths(&cell->pref, &most, fw->work.context, cell->pieces,
                                cell->piece_count, &spec, err))
                return false;
            cell->least = cell->pref < 2 * cell->em ? cell->pref : 2 * cell->em;
        } else if (value->text[number_len(value->text)] != '\0') {
            bx_len number, unit;
            struct bx_cell_work broken = *cell;
            make_figure(fw, &broken, value, true);
            if (!measure_part(&number, fw, &broken, 0, err) ||
                !measure_part(&unit, fw, &broken, 2, err))
                return false;
            cell->least = number > unit ? number : unit;
        }
    }
    return true;
}

/* Amounts that do not fit their cell in one line are broken before the unit. */
static void break_units(struct form_work *fw, const bx_len *widths)
{
    for (int i = 0; i < fw->work.cell_count; i++) {
        struct bx_cell_work *cell = &fw->work.cells[i];
        const struct bx_value *value = &fw->section->values[i];
        if (!cell->is_figure || value->given != BX_GIVEN_NUMBER || cell->least == cell->pref)
            continue;
        bx_len width = -2 * cell->pad_h;
        for (int col = cell->col; col < cell->col + cell->colspan; col++)
            width += widths[col];
        if (cell->most > width)
            make_figure(fw, cell, value, true);
    }
}

/* --- columns --- */

static void make_ranges(struct form_work *fw)
{
    const struct bx_form *form = fw->form;
    struct bx_arena *arena = fw->work.context->arena;
    fw->ranges = BX_NEW_ARRAY(arena, struct bx_col_range, (size_t)form->col_count);
    bx_len *natural = BX_NEW_ARRAY(arena, bx_len, (size_t)form->col_count);
    bx_len *shares = BX_NEW_ARRAY(arena, bx_len, (size_t)form->col_count);
    for (int col = 0; col < form->col_count; col++)
        shares[col] = form->cols[col].natural_1000;
    bx_columns_deal(natural, shares, form->col_count, fw->width);
    for (int col = 0; col < form->col_count; col++) {
        const struct bx_form_col *from = &form->cols[col];
        bx_len least = (bx_len)((int64_t)from->least_em1000 * fw->label_size / 1000);
        fw->ranges[col] = (struct bx_col_range){
            .natural = natural[col],
            .least = from->is_figure ? 0 : least + from->least_add,
            .is_figure = from->is_figure,
        };
    }
}

/* Needs of figures set at `size`, measured at the density's, and of the words above them. A unit
 * a byte covers the rounding of advances. */
static void make_needs(struct form_work *fw, bx_len size, bool by_pref)
{
    fw->need_count = 0;
    for (int i = 0; i < fw->work.cell_count; i++) {
        const struct bx_cell_work *cell = &fw->work.cells[i];
        bx_len text = 0;
        if (cell->is_figure) {
            bx_len own = by_pref ? cell->pref : cell->least;
            text = (bx_len)((int64_t)own * size / fw->figure_size);
            if (size != fw->figure_size && own > 0)
                text += cell->pieces[0].len;
        } else if (cell->is_word) {
            text = cell->most < 2 * cell->em ? cell->most : 2 * cell->em;
        }
        if (text > 0)
            fw->needs[fw->need_count++] =
                (struct bx_col_need){cell->col, cell->colspan, text + 2 * cell->pad_h};
    }
}

static bool
fit_at(bx_len *widths, struct form_work *fw, bx_len size, bool by_pref, enum bx_col_payer payer)
{
    make_needs(fw, size, by_pref);
    return bx_columns_fit(widths, fw->ranges, fw->form->col_count, fw->needs, fw->need_count,
                          payer);
}

/* Widths at the largest size of figures that fits. Label columns pay first, then the size does;
 * only where the least size does not fit either may narrow figure columns give to wide ones. */
static bool fit_figures(bx_len *widths, bx_len *size, struct form_work *fw)
{
    bx_len least = fw->style->figure_least, step = fw->style->figure_step;
    *size = fw->figure_size;
    if (fit_at(widths, fw, *size, true, BX_LABELS_PAY))
        return true;
    for (int payer = BX_LABELS_PAY; payer <= BX_ALL_PAY; payer++)
        for (*size = fw->figure_size;; *size -= step) {
            if (*size < least)
                *size = least < fw->figure_size ? least : fw->figure_size;
            if (fit_at(widths, fw, *size, false, (enum bx_col_payer)payer))
                return true;
            if (*size <= least || step <= 0)
                break;
        }
    return false;
}

/* Names the cell that lacks most. */
static bool fail_fit(struct form_work *fw, struct bx_err *err)
{
    int worst = -1;
    bx_len worst_lack = 0;
    for (int i = 0; i < fw->work.cell_count; i++) {
        const struct bx_cell_work *cell = &fw->work.cells[i];
        if (!cell->is_figure)
            continue;
        bx_len lack = cell->least;
        for (int col = cell->col; col < cell->col + cell->colspan; col++)
            lack -= fw->ranges[col].natural;
        if (worst < 0 || lack > worst_lack) {
            worst = i;
            worst_lack = lack;
        }
    }
    const struct bx_value *value = worst < 0 ? NULL : &fw->section->values[worst];
    struct bx_findings *findings = fw->work.context->findings;
    const char *text = value ? value->text : "";
    const char *where = value && value->where ? value->where : "";
    if (findings)
        bx_findings_add(
            findings,
            &(struct bx_finding){
                .level = BX_LEVEL_ERROR,
                .code = "FIT",
                .file = findings->file ? findings->file : "",
                .where = where,
                .stage = BX_E_FIT,
                .zh = bx_findings_text(findings, "单元格放不下“%s”，字号减到最小也不行", text),
                .en = bx_findings_text(findings, "\"%s\" does not fit its cell at any size",
                                       text),
            });
    return bx_fail(err, BX_E_FIT, findings && findings->file ? findings->file : "", where,
                   "\"%s\" does not fit its cell at any size", text);
}

/* The most lines a label takes in columns of these widths, and whether any ends in one Han. */
static bool find_longest(
    int *lines, bool *any_lone, struct form_work *fw, const bx_len *widths, struct bx_err *err)
{
    *lines = 0;
    *any_lone = false;
    for (int i = 0; i < fw->work.cell_count; i++) {
        struct bx_cell_work *cell = &fw->work.cells[i];
        if (cell->is_figure || cell->is_word || cell->is_vertical)
            continue;
        bx_len width = 0;
        for (int col = cell->col; col < cell->col + cell->colspan; col++)
            width += widths[col];
        int own;
        bool is_lone;
        if (!bx_cell_lines(&own, &is_lone, &fw->work, cell, width, err))
            return false;
        *any_lone = *any_lone || is_lone;
        *lines = own > *lines ? own : *lines;
    }
    return true;
}

/* Moves `amount` of the natural widths from figure columns to label columns that may still
 * grow. false when none may. */
static bool shift_ranges(struct form_work *fw, struct bx_col_range *ranges, bx_len amount)
{
    int count = fw->form->col_count;
    struct bx_arena *arena = fw->work.context->arena;
    bx_len *gain = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    bx_len *room = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    bx_len *loss = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    bx_len *from = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    int64_t rooms = 0;
    for (int col = 0; col < count; col++) {
        bx_len most = (bx_len)((int64_t)fw->form->cols[col].most_1000 * fw->width / 1000);
        if (!ranges[col].is_figure && most > ranges[col].natural)
            room[col] = most - ranges[col].natural;
        from[col] = ranges[col].is_figure ? ranges[col].natural : 0;
        rooms += room[col];
    }
    if (rooms < amount)
        return false;
    bx_columns_deal(gain, room, count, amount);
    bx_columns_deal(loss, from, count, amount);
    for (int col = 0; col < count; col++)
        ranges[col].natural += gain[col] - loss[col];
    return true;
}

/* Long labels (an office's own rows carry explanations of 70 characters) get width that the
 * figures can spare, a character at a time, until none takes more than MANY_LINES lines or the
 * form allows no more. */
static bool
relieve_labels(bx_len *widths, struct form_work *fw, bx_len size, struct bx_err *err)
{
    int count = fw->form->col_count;
    struct bx_arena *arena = fw->work.context->arena;
    struct bx_col_range *own = fw->ranges;
    bx_len *trial = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    int lines;
    bool is_lone, done = find_longest(&lines, &is_lone, fw, widths, err);
    for (int step = 1; done && (lines > MANY_LINES || is_lone); step++) {
        fw->ranges = BX_NEW_ARRAY(arena, struct bx_col_range, (size_t)count);
        memcpy(fw->ranges, own, sizeof(*own) * (size_t)count);
        if (!shift_ranges(fw, fw->ranges, step * fw->label_size) ||
            !fit_at(trial, fw, size, false, BX_LABELS_PAY))
            break;
        int now;
        bool now_lone;
        done = bx_columns_share(trial, &fw->work, fw->ranges, err) &&
               find_longest(&now, &now_lone, fw, trial, err);
        if (done && (now < lines || (now == lines && is_lone && !now_lone))) {
            lines = now;
            is_lone = now_lone;
            memcpy(widths, trial, sizeof(*trial) * (size_t)count);
        }
    }
    fw->ranges = own;
    return done;
}

static bool choose_columns(bx_len *widths, struct form_work *fw, struct bx_err *err)
{
    bx_len size;
    if (!measure_figures(fw, err) || !find_figure_widths(fw, err))
        return false;
    if (!fit_figures(widths, &size, fw))
        return fail_fit(fw, err);
    if (!bx_columns_share(widths, &fw->work, fw->ranges, err) ||
        !relieve_labels(widths, fw, size, err))
        return false;
    if (size != fw->figure_size) {
        fw->figure_size = size;
        if (!measure_figures(fw, err))
            return false;
    }
    break_units(fw, widths);
    return true;
}

/* --- the whole --- */

static void make_row_least(struct form_work *fw)
{
    bx_len *least = BX_NEW_ARRAY(fw->work.context->arena, bx_len, (size_t)fw->form->row_count);
    for (int row = 0; row < fw->form->row_count; row++) {
        bool is_head = fw->form->rows[row].kind == BX_ROW_THEAD;
        least[row] = (is_head ? fw->label_size : fw->figure_size) + 2 * fw->work.pad_v;
    }
    fw->work.row_least = least;
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
    struct form_work fw = {
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
                .row_count = form->row_count,
                .col_count = form->col_count,
            },
    };
    if (!find_role(&fw.label_role, &fw.work, style->label_role, err) ||
        !find_role(&fw.figure_role, &fw.work, style->figure_role, err))
        return false;
    find_elements(&fw, structure, element, add_elements);
    fw.needs = BX_NEW_ARRAY(context->arena, struct bx_col_need, (size_t)form->cell_count);
    bx_len *widths = BX_NEW_ARRAY(context->arena, bx_len, (size_t)form->col_count);
    make_ranges(&fw);
    make_row_least(&fw);
    if (!make_cells(&fw, err) || !choose_columns(widths, &fw, err))
        return false;

    make_row_least(&fw); /* figures may have become smaller */
    struct bx_table table = {
        .head_count = form->head_count,
        .rule_outer = form->rules.outer,
        .rule_inner = form->rules.inner,
        .ink = ink,
        .density = density,
        .element = element,
    };
    if (!bx_grid_set(&table, &fw.work, widths, err))
        return false;
    describe_rows(&table, form);
    *out = table;
    return true;
}

/* The size of the figures and the columns of a statutory table, in the order of layout.md 4a:
 * first the label columns pay for wide figures, then the size of all figures does, and what the
 * figures leave the label columns share. */
#include "plan/table_form.h"

#include <string.h>

enum {
    MANY_LINES = 4
}; /* a label that takes more may have the width figures can spare */

static void make_ranges(struct bx_form_work *fw)
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
            .most = from->is_figure ? 0 : (bx_len)((int64_t)from->most_1000 * fw->width / 1000),
            .is_figure = from->is_figure,
        };
    }
}

/* Needs of figures set at `size`, measured at the density's, and of the words above them. A unit
 * a byte covers the rounding of advances. */
static void make_needs(struct bx_form_work *fw, bx_len size, bool by_pref)
{
    fw->need_count = 0;
    for (int i = 0; i < fw->work.cell_count; i++) {
        const struct bx_cell_work *cell = &fw->work.cells[i];
        bx_len text = 0;
        if (cell->is_figure) {
            bx_len own = by_pref ? cell->pref : cell->least;
            text = (bx_len)((int64_t)own * size / fw->figure_size);
            if (size != fw->figure_size)
                text += cell->pieces[0].len;
        } else if (cell->is_word) {
            bx_len pair = 2 * cell->em;
            text = cell->most < pair ? cell->most : pair;
        }
        if (text > 0)
            fw->needs[fw->need_count++] =
                (struct bx_col_need){cell->col, cell->colspan, text + 2 * cell->pad_h};
    }
}

static bool fit_at(
    bx_len *widths, struct bx_form_work *fw, bx_len size, bool by_pref, enum bx_col_payer payer)
{
    make_needs(fw, size, by_pref);
    return bx_columns_fit(widths, fw->ranges, fw->form->col_count, fw->needs, fw->need_count,
                          payer);
}

/* Widths at the largest size of figures that fits. Label columns pay first, then the size does;
 * only where the least size does not fit either may narrow figure columns give to wide ones. */
static bool fit_figures(bx_len *widths, bx_len *size, struct bx_form_work *fw)
{
    bx_len natural = fw->figure_size, step = fw->style->figure_step;
    bx_len least = fw->style->figure_least < natural ? fw->style->figure_least : natural;
    *size = natural;
    if (fit_at(widths, fw, *size, true, BX_LABELS_PAY))
        return true;
    for (int payer = BX_LABELS_PAY; payer <= BX_ALL_PAY; payer++)
        for (*size = natural;; *size -= step) {
            if (*size < least)
                *size = least;
            if (fit_at(widths, fw, *size, false, (enum bx_col_payer)payer))
                return true;
            if (*size == least || step <= 0)
                break;
        }
    return false;
}

static bx_len lack_of(const struct bx_form_work *fw, const struct bx_cell_work *cell)
{
    bx_len lack = cell->least;
    for (int col = cell->col; col < cell->col + cell->colspan; col++)
        lack -= fw->ranges[col].natural;
    return lack;
}

/* Names the cell that lacks most, the first of several. */
static bool fail_fit(struct bx_form_work *fw, struct bx_err *err)
{
    const struct bx_cell_work *cells = fw->work.cells, *worst = NULL;
    for (int i = 0; i < fw->work.cell_count; i++)
        if (cells[i].is_figure && (!worst || lack_of(fw, &cells[i]) > lack_of(fw, worst)))
            worst = &cells[i];
    const struct bx_value *value = worst ? &fw->section->values[worst - cells] : NULL;
    struct bx_findings *findings = fw->work.context->findings;
    const char *text = value ? value->text : "", *given = value ? value->where : NULL;
    const char *where = given ? given : "";
    const char *file = findings->file ? findings->file : "";
    bx_findings_add(
        findings,
        &(struct bx_finding){
            .level = BX_LEVEL_ERROR,
            .code = "FIT",
            .file = file,
            .where = where,
            .stage = BX_E_FIT,
            .zh = bx_findings_text(findings, "单元格放不下“%s”，字号减到最小也不行", text),
            .en = bx_findings_text(findings, "\"%s\" does not fit its cell at any size", text),
        });
    return bx_fail(err, BX_E_FIT, file, where, "\"%s\" does not fit its cell at any size",
                   text);
}

/* The most lines a label takes in columns of these widths, and whether any ends in one Han. */
static bool find_longest(int *lines,
                         bool *any_lone,
                         struct bx_form_work *fw,
                         const bx_len *widths,
                         struct bx_err *err)
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
static bool shift_ranges(struct bx_form_work *fw, struct bx_col_range *ranges, bx_len amount)
{
    int count = fw->form->col_count;
    struct bx_arena *arena = fw->work.context->arena;
    bx_len *gain = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    bx_len *room = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    bx_len *loss = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    bx_len *from = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    int64_t rooms = 0;
    for (int col = 0; col < count; col++) {
        bx_len spare = ranges[col].most - ranges[col].natural;
        room[col] = spare > 0 ? spare : 0;
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

/* Label columns wider by `amount`, at the cost of figure columns. false when the form or the
 * figures allow no more. */
static bool widen_labels(bx_len *trial,
                         struct bx_form_work *fw,
                         const struct bx_col_range *own,
                         bx_len amount,
                         bx_len size)
{
    memcpy(fw->ranges, own, sizeof(*own) * (size_t)fw->form->col_count);
    return shift_ranges(fw, fw->ranges, amount) &&
           fit_at(trial, fw, size, false, BX_LABELS_PAY);
}

/* Long labels (an office's own rows carry explanations of 70 characters) get width that the
 * figures can spare, a character at a time, until none takes more than MANY_LINES lines or ends
 * in one Han, or there is no more to have. */
static bool
relieve_labels(bx_len *widths, struct bx_form_work *fw, bx_len size, struct bx_err *err)
{
    size_t count = (size_t)fw->form->col_count;
    struct bx_arena *arena = fw->work.context->arena;
    struct bx_col_range *own = fw->ranges;
    bx_len *trial = BX_NEW_ARRAY(arena, bx_len, count);
    memcpy(trial, widths, sizeof(*trial) * count);
    fw->ranges = BX_NEW_ARRAY(arena, struct bx_col_range, count);
    int lines;
    bool is_lone, done = find_longest(&lines, &is_lone, fw, widths, err);
    for (int step = 1; done && (lines > MANY_LINES || is_lone); step++) {
        if (!widen_labels(trial, fw, own, step * fw->label_size, size))
            break;
        int now;
        bool now_lone;
        done = bx_columns_share(trial, &fw->work, fw->ranges, err) &&
               find_longest(&now, &now_lone, fw, trial, err);
        if (done && (now < lines || (now == lines && is_lone && !now_lone))) {
            lines = now;
            is_lone = now_lone;
            memcpy(widths, trial, sizeof(*trial) * count);
        }
    }
    fw->ranges = own;
    return done;
}

/* No row is lower than a figure with the padding of all rows; head rows go by their text. */
static void make_row_least(struct bx_form_work *fw, bx_len size)
{
    const struct bx_form *form = fw->form;
    bx_len *least = BX_NEW_ARRAY(fw->work.context->arena, bx_len, (size_t)form->row_count);
    for (int row = 0; row < form->row_count; row++) {
        bool is_head = form->rows[row].kind == BX_ROW_THEAD;
        least[row] = (is_head ? fw->label_size : size) + 2 * fw->work.pad_v;
    }
    fw->work.row_least = least;
}

bool bx_form_fit(bx_len *widths, struct bx_form_work *fw, struct bx_err *err)
{
    size_t cell_count = (size_t)fw->form->cell_count;
    fw->needs = BX_NEW_ARRAY(fw->work.context->arena, struct bx_col_need, cell_count);
    make_ranges(fw);
    bx_len size;
    if (!bx_figures_measure(fw, err) || !bx_figures_find_widths(fw, err))
        return false;
    if (!fit_figures(widths, &size, fw))
        return fail_fit(fw, err);
    bx_grid_clear_rules(&fw->work);
    make_row_least(fw, size);
    if (!bx_columns_share(widths, &fw->work, fw->ranges, err) ||
        !relieve_labels(widths, fw, size, err))
        return false;
    if (size != fw->figure_size) {
        fw->figure_size = size;
        if (!bx_figures_measure(fw, err))
            return false;
    }
    return true;
}

/* A plain ruled table of prose: columns in shares of the type area or as wide as their text.
 *
 * A column is never narrower than its widest unbreakable unit, nor than two characters: shared
 * by content alone, a Chinese column shrinks to one character a line, since Chinese text can
 * break anywhere. Rows that a merged cell joins are one group. */
#include "plan/table.h"

#include <stdlib.h>
#include <string.h>

#include "plan/pieces.h"
#include "plan/table_work.h"

struct plain_work {
    const struct bx_plain_table *plain;
    const struct bx_text_style *text;
    struct bx_table_work work;
    struct bx_cell_role *roles;
    const struct bx_plain_cell **cells; /* by row, then column */
    int *groups;                        /* per row */
    bx_len *least, *pref;               /* per column */
    bx_len pad_h, width;
};

static int compare_cells(const void *left, const void *right)
{
    const struct bx_plain_cell *const *a = left, *const *b = right;
    if ((*a)->row != (*b)->row)
        return (*a)->row - (*b)->row;
    return (*a)->col - (*b)->col;
}

static void sort_cells(struct plain_work *pw)
{
    const struct bx_plain_table *plain = pw->plain;
    pw->cells = BX_NEW_ARRAY(pw->work.context->arena, const struct bx_plain_cell *,
                             (size_t)plain->cell_count);
    for (int i = 0; i < plain->cell_count; i++)
        pw->cells[i] = &plain->cells[i];
    qsort(pw->cells, (size_t)plain->cell_count, sizeof(*pw->cells), compare_cells);
}

/* Rows share a group from the first to the last row of every cell that joins them. */
static void make_groups(struct plain_work *pw)
{
    const struct bx_plain_table *plain = pw->plain;
    struct bx_arena *arena = pw->work.context->arena;
    bool *is_joined =
        BX_NEW_ARRAY(arena, bool, (size_t)plain->row_count); /* to the row above */
    pw->groups = BX_NEW_ARRAY(arena, int, (size_t)plain->row_count);
    for (int i = 0; i < plain->cell_count; i++) {
        const struct bx_plain_cell *cell = pw->cells[i];
        for (int row = cell->row + 1; row < cell->row + cell->rowspan; row++)
            is_joined[row] = true;
    }
    for (int row = 1; row < plain->row_count; row++)
        pw->groups[row] = pw->groups[row - 1] + !is_joined[row];
}

/* Without head rows the first column names the rows. */
static bool is_head(const struct bx_plain_table *plain, const struct bx_plain_cell *cell)
{
    return cell->row < plain->head_count || (plain->head_count == 0 && cell->col == 0);
}

static void find_elements(struct plain_work *pw, struct bx_structure *structure, int element)
{
    const struct bx_plain_table *plain = pw->plain;
    pw->roles =
        BX_NEW_ARRAY(pw->work.context->arena, struct bx_cell_role, (size_t)plain->cell_count);
    for (int i = 0; i < plain->cell_count; i++) {
        const struct bx_plain_cell *cell = pw->cells[i];
        bool is_column = cell->row < plain->head_count;
        int span = is_column ? cell->colspan : cell->rowspan;
        enum bx_scope one = is_column ? BX_SCOPE_COL : BX_SCOPE_ROW;
        enum bx_scope many = is_column ? BX_SCOPE_COLGROUP : BX_SCOPE_ROWGROUP;
        pw->roles[i] = (struct bx_cell_role){
            .row = cell->row,
            .col = cell->col,
            .rowspan = cell->rowspan,
            .colspan = cell->colspan,
            .is_head = is_head(plain, cell),
            .scope = span > 1 ? many : one,
            .where = cell->text.where,
        };
    }
    bx_table_elements(pw->roles, plain->cell_count, pw->groups, plain->row_count,
                      plain->head_count, structure, element, true);
}

static bool make_pieces(struct bx_cell_work *out,
                        struct plain_work *pw,
                        const struct bx_text *text,
                        struct bx_err *err)
{
    const struct bx_fontset *fonts = pw->work.context->fonts;
    struct bx_piece_base base = {
        .fonts = fonts,
        .role = bx_fontset_find_role(fonts, pw->text->role),
        .size = pw->text->size,
        .element = out->element,
    };
    if (base.role < 0)
        return bx_fail(err, BX_E_LAYOUT, "", "", "no font role %s", pw->text->role);
    struct bx_piece *pieces =
        BX_NEW_ARRAY(pw->work.context->arena, struct bx_piece, (size_t)text->span_count + 1);
    bx_pieces_add(pieces, &out->piece_count, text, &base);
    out->pieces = pieces;
    return true;
}

static bool find_widths(struct plain_work *pw, struct bx_cell_work *cell, struct bx_err *err)
{
    if (!bx_cell_measure(&pw->work, cell, err))
        return false;
    bx_len unit, two = 2 * cell->em;
    if (!bx_cell_unit(&unit, &pw->work, cell, err))
        return false;
    bx_len text = unit > two ? unit : two;
    cell->least = text + 2 * cell->pad_h;
    cell->pref = cell->most + 2 * cell->pad_h;
    if (cell->pref < cell->least)
        cell->pref = cell->least;
    return true;
}

static bool make_cells(struct plain_work *pw, struct bx_err *err)
{
    const struct bx_plain_table *plain = pw->plain;
    pw->work.cell_count = plain->cell_count;
    pw->work.cells =
        BX_NEW_ARRAY(pw->work.context->arena, struct bx_cell_work, (size_t)plain->cell_count);
    for (int i = 0; i < plain->cell_count; i++) {
        const struct bx_plain_cell *cell = pw->cells[i];
        struct bx_cell_work *out = &pw->work.cells[i];
        enum bx_align align = cell->row < plain->head_count ? BX_ALIGN_CENTER : pw->text->align;
        *out = (struct bx_cell_work){
            .row = cell->row,
            .col = cell->col,
            .rowspan = cell->rowspan,
            .colspan = cell->colspan,
            .align = cell->has_align ? cell->align : align,
            .em = pw->text->size,
            .pad_h = pw->pad_h,
            .element = pw->roles[i].element,
        };
        if (!make_pieces(out, pw, &cell->text, err) || !find_widths(pw, out, err))
            return false;
    }
    return true;
}

/* --- columns --- */

/* Raises the columns of a span to `width` together: automatic ones where it has any. */
static void raise_span(bx_len *columns,
                       const struct plain_work *pw,
                       const struct bx_cell_work *cell,
                       bx_len width)
{
    bx_len takers[BX_FORM_COLS_MAX];
    for (int i = 0; i < cell->colspan; i++) {
        width -= columns[cell->col + i];
        takers[i] = pw->plain->widths_1000[cell->col + i] == 0;
    }
    if (width > 0)
        bx_columns_deal(columns + cell->col, takers, cell->colspan, width);
}

static void find_column_ranges(struct plain_work *pw)
{
    int count = pw->plain->col_count;
    pw->least = BX_NEW_ARRAY(pw->work.context->arena, bx_len, (size_t)count);
    pw->pref = BX_NEW_ARRAY(pw->work.context->arena, bx_len, (size_t)count);
    for (int span = 1; span <= count; span++)
        for (int i = 0; i < pw->work.cell_count; i++) {
            const struct bx_cell_work *cell = &pw->work.cells[i];
            if (cell->colspan != span)
                continue;
            raise_span(pw->least, pw, cell, cell->least);
            raise_span(pw->pref, pw, cell, cell->pref);
        }
    bx_len stub = pw->text->size + 2 * pw->pad_h; /* of columns that only spans have text in */
    for (int col = 0; col < count; col++) {
        if (pw->least[col] < stub)
            pw->least[col] = stub;
        if (pw->pref[col] < pw->least[col])
            pw->pref[col] = pw->least[col];
    }
}

/* Deals at most *rest, and at most all of what the weights are, in proportion to them. */
static void deal_most(bx_len *widths, const bx_len *weights, int count, int64_t *rest)
{
    int64_t most = 0;
    for (int col = 0; col < count; col++)
        most += weights[col];
    int64_t amount = most < *rest ? most : *rest;
    bx_columns_deal(widths, weights, count, (bx_len)amount);
    *rest -= amount;
}

/* Automatic columns of what the shares leave: first what they need, then what their texts take in
 * one line, then some more, each in proportion. */
static void deal_rest(bx_len *widths, const struct plain_work *pw, int64_t rest)
{
    int count = pw->plain->col_count;
    struct bx_arena *arena = pw->work.context->arena;
    bx_len *least = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    bx_len *pref = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    bx_len *more = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    for (int col = 0; col < count; col++) {
        bool is_automatic = pw->plain->widths_1000[col] == 0;
        least[col] = is_automatic ? pw->least[col] : 0;
        pref[col] = is_automatic ? pw->pref[col] : 0;
        more[col] = pref[col] - least[col];
    }
    deal_most(widths, least, count, &rest);
    deal_most(widths, more, count, &rest);
    bx_columns_deal(widths, pref, count, (bx_len)rest);
}

enum {
    WHOLE = 1000,  /* all shares */
    ROUNDING = 20, /* what shares may lack and still mean the whole */
};

/* Widths as asked for. Shares that miss the whole by rounding (33 % three times) are the
 * whole; smaller ones make a table narrower than the type area. */
static void deal_shares(bx_len *widths, const struct plain_work *pw)
{
    int count = pw->plain->col_count, total = 0, automatic = 0;
    bx_len *shares = BX_NEW_ARRAY(pw->work.context->arena, bx_len, (size_t)count);
    for (int col = 0; col < count; col++) {
        shares[col] = pw->plain->widths_1000[col];
        total += shares[col];
        automatic += shares[col] == 0;
    }
    int asked = total > WHOLE ? WHOLE : total;
    if (automatic == 0 && total > WHOLE - ROUNDING)
        asked = WHOLE;
    bx_len room = (bx_len)((int64_t)pw->width * asked / WHOLE);
    bx_columns_deal(widths, shares, count, room);
    if (automatic > 0)
        deal_rest(widths, pw, pw->width - room);
}

/* The widths asked for, with every column at its least width if that is possible. */
static void choose_columns(bx_len *widths, struct plain_work *pw)
{
    int count = pw->plain->col_count;
    struct bx_arena *arena = pw->work.context->arena;
    struct bx_col_range *ranges = BX_NEW_ARRAY(arena, struct bx_col_range, (size_t)count);
    struct bx_col_need *needs = BX_NEW_ARRAY(arena, struct bx_col_need, (size_t)count);
    bx_len *asked = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    deal_shares(asked, pw);
    for (int col = 0; col < count; col++) {
        ranges[col] = (struct bx_col_range){.natural = asked[col], .is_figure = true};
        needs[col] = (struct bx_col_need){col, 1, pw->least[col]};
    }
    if (bx_columns_fit(widths, ranges, count, needs, count, BX_ALL_PAY))
        return;
    bx_len total = 0;
    for (int col = 0; col < count; col++) {
        total += asked[col];
        widths[col] = 0;
    }
    bx_columns_deal(widths, pw->least, count, total);
}

static void describe_rows(struct bx_table *table, const struct plain_work *pw)
{
    for (int row = 0; row < table->row_count; row++) {
        table->rows[row].group = pw->groups[row];
        table->rows[row].is_head = row < table->head_count;
        table->rows[row].may_split = row >= table->head_count;
    }
}

bool bx_table_build_plain(struct bx_table *out,
                          struct bx_para_context *context,
                          const struct bx_plain_table *table,
                          const struct bx_table_style *style,
                          const struct bx_text_style *text,
                          struct bx_colour ink,
                          bx_len width,
                          struct bx_structure *structure,
                          int element,
                          struct bx_err *err)
{
    /* Without rules in the style: the clearance is the thickest a rule can be without touching
     * what it must stay clear of. */
    bool has_rules = style->rule_outer > 0;
    struct bx_table built = {
        .head_count = table->head_count,
        .rule_outer = has_rules ? style->rule_outer : style->clearance,
        .rule_inner = has_rules ? style->rule_inner : style->clearance / 2,
        .ink = ink,
        .element = element,
    };
    bx_len clear = style->clearance + (built.rule_outer + 1) / 2;
    struct plain_work pw = {
        .plain = table,
        .text = text,
        .width = width,
        .pad_h = style->padding_h > clear ? style->padding_h : clear,
        .work =
            {
                .context = context,
                .rules = &style->lines,
                .ink = ink,
                .line_em1000 = style->line_em1000,
                .pad_v = style->padding_v[0],
                .clear_v = clear,
                .row_count = table->row_count,
                .col_count = table->col_count,
            },
    };
    sort_cells(&pw);
    make_groups(&pw);
    find_elements(&pw, structure, element);
    if (!make_cells(&pw, err))
        return false;
    bx_grid_clear_rules(&pw.work);
    bx_len *widths = BX_NEW_ARRAY(context->arena, bx_len, (size_t)table->col_count);
    bx_len *least = BX_NEW_ARRAY(context->arena, bx_len, (size_t)table->row_count);
    for (int row = 0; row < table->row_count; row++)
        least[row] = text->size + 2 * pw.work.pad_v;
    pw.work.row_least = least;
    find_column_ranges(&pw);
    choose_columns(widths, &pw);
    if (!bx_grid_set(&built, &pw.work, widths, err) ||
        !bx_table_set_continued(&built, &pw.work, style, width, err))
        return false;
    describe_rows(&built, &pw);
    *out = built;
    return true;
}

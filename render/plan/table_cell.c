/* The text of one cell: measured once in one line, broken only where it does not fit.
 *
 * Most cells of a form are one line at any width that comes into question, so a text is set once,
 * flush left on a measure without end, and moved to its place. What must be broken is kept by
 * measure: choosing the columns asks for few different ones, over and over. */
#include "plan/table_work.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "plan/class.h"
#include "plan/kept.h"

/* Wider than any line of a cell (about 1.4 m). */
static const bx_len endless = 4000 * BX_PT;

/* 自然人 over a figure column is 自然／人, as the issued forms have it: the rule against a last
 * line of one Han is for sentences, not for words. */
static struct bx_line_rules word_rules(const struct bx_line_rules *rules)
{
    struct bx_line_rules own = *rules;
    own.orphan_penalty = 0;
    return own;
}

static struct bx_para_spec make_spec(const struct bx_table_work *work,
                                     const struct bx_cell_work *cell,
                                     bx_len measure,
                                     const struct bx_line_rules *rules)
{
    return (struct bx_para_spec){
        .measure = measure,
        .em = cell->em,
        .align = cell->align,
        .rules = rules,
        .is_cell = true,
        .half_digits = true,
        .ink = work->ink,
    };
}

static bool build(struct bx_para *out,
                  const struct bx_table_work *work,
                  const struct bx_cell_work *cell,
                  bx_len measure,
                  enum bx_align align,
                  struct bx_err *err)
{
    struct bx_line_rules rules = cell->is_word ? word_rules(work->rules) : *work->rules;
    struct bx_para_spec spec = make_spec(work, cell, measure, &rules);
    spec.align = align;
    return bx_kept_build(out, work->context, cell->pieces, cell->piece_count, &spec, err);
}

bool bx_cell_unit(bx_len *width,
                  struct bx_table_work *work,
                  const struct bx_cell_work *cell,
                  struct bx_err *err)
{
    bx_len most;
    struct bx_para_spec spec = make_spec(work, cell, endless, work->rules);
    return bx_para_widths(width, &most, work->context, cell->pieces, cell->piece_count, &spec,
                          err);
}

bool bx_glyph_is_boxed(const struct bx_run *run, const struct bx_glyph *glyph)
{
    int at = glyph->text_at;
    uint32_t code_point = bx_utf8_next(run->text, &at);
    bool is_han = code_point >= 0x4E00 && code_point <= 0x9FFF;
    return glyph->text_len && (is_han || bx_class_of(code_point) == BX_CLASS_DIGIT);
}

/* The ink of a glyph; labels use the same few characters again and again. */
static const struct bx_glyph_ink *
find_ink(struct bx_table_work *work, const struct bx_font *font, uint32_t glyph)
{
    struct bx_glyph_ink *known = &work->inks[glyph % BX_GLYPH_INKS];
    if (known->font != font || known->glyph != glyph) {
        *known = (struct bx_glyph_ink){.font = font, .glyph = glyph};
        known->has_ink = bx_font_ink(font, glyph, &known->ink);
    }
    return known;
}

/* Outlines are read only where they decide: with padding enough for an em box that is full of ink
 * and what strokes reach over it, characters that stay in it cannot come too near to a rule. */
static bx_len run_reach(struct bx_table_work *work, const struct bx_run *run)
{
    bx_len reach = 0;
    bool asks_all = work->pad_v < work->clear_v + run->size / BX_BOX_OVER;
    for (int i = 0; i < run->glyph_count; i++) {
        const struct bx_glyph *glyph = &run->glyphs[i];
        if (!asks_all && bx_glyph_is_boxed(run, glyph))
            continue;
        const struct bx_glyph_ink *known = find_ink(work, run->font, glyph->index);
        if (!known->has_ink)
            continue;
        bx_len y = run->y + glyph->dy;
        bx_len up = bx_font_len(run->font, known->ink.y1, run->size) - y;
        bx_len down = y - bx_font_len(run->font, known->ink.y0, run->size);
        bx_len own = up > down ? up : down;
        reach = own > reach ? own : reach;
    }
    return reach;
}

/* What a text may lose of its width where it is broken and squeezed, at most. Ideographs lose
 * nothing. Any other character half an em: its blank, the space beside it, or what of a letter is no
 * half em. */
static bx_len find_loose(const struct bx_cell_work *cell)
{
    bx_len loose = 0;
    for (int i = 0; i < cell->piece_count; i++)
        for (int at = 0; at < cell->pieces[i].len;)
            if (bx_class_of(bx_utf8_next(cell->pieces[i].text, &at)) != BX_CLASS_HAN)
                loose += cell->em / 2;
    return loose;
}

bool bx_cell_measure(struct bx_table_work *work, struct bx_cell_work *cell, struct bx_err *err)
{
    cell->most = cell->reach = cell->tall = 0;
    cell->try_count = 0;
    cell->loose = find_loose(cell);
    if (!build(&cell->one, work, cell, endless, BX_ALIGN_LEFT, err))
        return false;
    if (cell->is_vertical) { /* the paragraph told of characters that are missing */
        cell->tall = bx_vertical_set(&cell->one, work, cell);
        cell->most = cell->em;
        return true;
    }
    for (int i = 0; i < cell->one.line_count; i++) {
        const struct bx_line *line = &cell->one.lines[i];
        if (cell->most < line->right - line->left)
            cell->most = line->right - line->left;
        for (int k = 0; k < line->run_count; k++) {
            bx_len reach = run_reach(work, &line->runs[k]);
            cell->reach = reach > cell->reach ? reach : cell->reach;
        }
    }
    return true;
}

void bx_cell_copy(struct bx_table_work *work,
                  struct bx_cell_work *cell,
                  const struct bx_cell_work *from)
{
    struct bx_arena *arena = work->context->arena;
    cell->one = from->one;
    cell->most = from->most;
    cell->loose = from->loose;
    cell->reach = from->reach;
    cell->try_count = 0;
    cell->one.lines = BX_NEW_ARRAY(arena, struct bx_line, (size_t)from->one.line_count + 1);
    for (int i = 0; i < from->one.line_count; i++) {
        struct bx_line *line = &cell->one.lines[i];
        *line = from->one.lines[i];
        line->runs = BX_NEW_ARRAY(arena, struct bx_run, (size_t)line->run_count + 1);
        for (int k = 0; k < line->run_count; k++) {
            line->runs[k] = from->one.lines[i].runs[k];
            line->runs[k].element = cell->element;
        }
    }
}

static bool fits_as_is(const struct bx_cell_work *cell, bx_len measure)
{
    return cell->is_vertical || cell->most <= measure;
}

static bool find_try(struct bx_cell_try **out,
                     const struct bx_table_work *work,
                     struct bx_cell_work *cell,
                     bx_len measure,
                     struct bx_err *err)
{
    for (int i = 0; i < cell->try_count; i++)
        if (cell->tries[i].measure == measure) {
            *out = &cell->tries[i];
            return true;
        }
    struct bx_para para;
    if (!build(&para, work, cell, measure, cell->align, err))
        return false;
    if (cell->try_count == cell->try_capacity)
        cell->tries = bx_arena_grow(work->context->arena, cell->tries, cell->try_count,
                                    &cell->try_capacity, sizeof(*cell->tries));
    cell->tries[cell->try_count] = (struct bx_cell_try){.measure = measure, .para = para};
    *out = &cell->tries[cell->try_count++];
    return true;
}

/* The measure inside a cell's padding; of one character where that leaves nothing. A head over figure
 * columns that does not fit in one line is broken after two characters (结果／维持, also where three
 * would fit); in a column of 4 em and more its lines are made equal, in whole pairs. One of four
 * characters over a single column is broken even where it would fit, so that heads side by side look
 * alike. */
static bx_len cell_measure(const struct bx_cell_work *cell, bx_len width)
{
    bx_len measure = width - 2 * cell->pad_h;
    bx_len pair = 2 * cell->em;
    if (measure <= 0)
        return cell->em;
    if (!cell->is_word)
        return measure;
    bool is_four = cell->colspan == 1 && cell->most == 2 * pair;
    if (cell->most <= measure)
        return is_four ? pair : measure;
    if (measure < 2 * pair)
        return pair < measure ? pair : measure;
    int lines = (cell->most + measure - 1) / measure;
    bx_len even = (cell->most / lines + pair - 1) / pair * pair;
    return even < measure ? even : measure;
}

bool bx_cell_lines(int *lines,
                   bool *is_lone,
                   struct bx_table_work *work,
                   struct bx_cell_work *cell,
                   bx_len width,
                   struct bx_err *err)
{
    bx_len measure = cell_measure(cell, width);
    *is_lone = false;
    *lines = bx_cell_lines_bound(cell, width);
    if (fits_as_is(cell, measure))
        return true;
    struct bx_cell_try *found;
    if (!find_try(&found, work, cell, measure, err))
        return false;
    *lines = found->para.line_count;
    *is_lone = *lines > 1 && found->para.lines[*lines - 1].han_count <= 1;
    return true;
}

int bx_cell_lines_bound(const struct bx_cell_work *cell, bx_len width)
{
    bx_len measure = cell_measure(cell, width);
    if (fits_as_is(cell, measure))
        return cell->one.line_count;
    /* Ideographs are whole em and marks halves, so what is left of a measure beyond halves holds
     * nothing but what `loose` allows for. A line holds one character at least. */
    bx_len half = cell->em / 2;
    bx_len room = measure / half * half;
    if (room < cell->em)
        room = cell->em;
    int lines = (cell->most - cell->loose + room - 1) / room;
    return lines > cell->one.line_count ? lines : cell->one.line_count;
}

static bx_len
text_height(const struct bx_table_work *work, const struct bx_cell_work *cell, int lines)
{
    if (cell->is_vertical)
        return cell->tall;
    int64_t pitch = (int64_t)cell->em * work->line_em1000 / 1000;
    return (bx_len)((lines - 1) * pitch) + cell->em;
}

bx_len
bx_cell_height(const struct bx_table_work *work, const struct bx_cell_work *cell, int lines)
{
    bx_len clear = work->clear_v + cell->reach - cell->em / 2;
    bx_len pad = cell->is_vertical || work->pad_v > clear ? work->pad_v : clear;
    return text_height(work, cell, lines) + 2 * pad;
}

/* Moves lines that are flush left to where the alignment wants them. */
static void align_lines(struct bx_para *para, enum bx_align align, bx_len measure)
{
    para->width = 0;
    for (int i = 0; i < para->line_count; i++) {
        struct bx_line *line = &para->lines[i];
        bx_len spare = measure - (line->right - line->left);
        bx_len shift = -line->left;
        if (align == BX_ALIGN_CENTER)
            shift += spare / 2;
        else if (align == BX_ALIGN_RIGHT)
            shift += spare;
        for (int k = 0; k < line->run_count; k++)
            line->runs[k].x += shift;
        line->left += shift;
        line->right += shift;
        if (para->width < line->right)
            para->width = line->right;
    }
}

static bool set_text(struct bx_para *out,
                     struct bx_table_work *work,
                     struct bx_cell_work *cell,
                     bx_len measure,
                     struct bx_err *err)
{
    enum bx_align align = cell->is_vertical ? BX_ALIGN_CENTER : cell->align;
    if (fits_as_is(cell, measure) && align != BX_ALIGN_DISTRIBUTE) {
        *out = cell->one;
        align_lines(out, align, measure);
        return true;
    }
    struct bx_cell_try *found;
    if (!find_try(&found, work, cell, measure, err))
        return false;
    *out = found->para;
    return true;
}

bool bx_cell_set(struct bx_table_cell *out,
                 struct bx_table_work *work,
                 struct bx_cell_work *cell,
                 bx_len width,
                 struct bx_err *err)
{
    bx_len measure = cell_measure(cell, width);
    *out = (struct bx_table_cell){
        .row = cell->row,
        .col = cell->col,
        .rowspan = cell->rowspan,
        .colspan = cell->colspan,
        .align = cell->align,
        .is_vertical = cell->is_vertical,
        .repeats_label = cell->repeats_label,
        .line_pitch = (bx_len)((int64_t)cell->em * work->line_em1000 / 1000),
        .pad_left = (width - measure) / 2,
        .fill = cell->fill,
        .has_fill = cell->has_fill,
        .element = cell->element,
    };
    if (!set_text(&out->para, work, cell, measure, err))
        return false;
    if (out->para.line_count > 0)
        out->height = text_height(work, cell, out->para.line_count);
    return true;
}

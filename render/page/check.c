#include "page/check.h"

#include <string.h>

static bool fail_at(struct bx_err *err,
                    const struct bx_page *page,
                    const struct bx_run *run,
                    const char *what)
{
    return bx_fail(err, BX_E_FIT, "", "", "internal: page %d, \"%.*s\": %s", page->number,
                   run ? run->text_len : 0, run ? run->text : "", what);
}

static bool check_clusters(const struct bx_run *run)
{
    int at = 0;
    for (int i = 0; i < run->glyph_count; i++) {
        const struct bx_glyph *g = &run->glyphs[i];
        if (g->index == 0)
            return false;
        if (g->text_len > 0 && g->text_at != at)
            return false;
        at += g->text_len;
    }
    return at == run->text_len;
}

static bool is_inside(
    const struct bx_style *style, bx_len x0, bx_len x1, bx_len y0, bx_len y1, bx_len slack)
{
    const struct bx_rect *area = &style->type_area;
    return x0 >= area->x - slack && x1 <= area->x + area->w + slack && y0 >= area->y - slack &&
           y1 <= area->y + area->h + slack;
}

/* A run's em boxes, from its pen's start to its end. */
static bool check_run_place(const struct bx_style *style, const struct bx_run *run)
{
    if (run->element == BX_ARTIFACT_PAGINATION)
        return true;
    bx_len advance = 0;
    for (int i = 0; i < run->glyph_count; i++)
        advance += run->glyphs[i].advance;
    bx_len half = run->size / 2, centre = bx_font_centre(run->font, run->size);
    if (run->is_vertical)
        return is_inside(style, run->x - half, run->x + half, run->y, run->y + advance, half);
    bx_len middle = run->y - centre;
    return is_inside(style, run->x, run->x + advance, middle - half, middle + half,
                     run->size / 8);
}

/* A seal may reach into the margin. */
static bool is_on_paper(const struct bx_page *page, const struct bx_rect *rect)
{
    return rect->x >= 0 && rect->y >= 0 && rect->x + rect->w <= page->width &&
           rect->y + rect->h <= page->height;
}

static bool check_page(const struct bx_style *style,
                       const struct bx_page *page,
                       long long *bytes,
                       struct bx_err *err)
{
    for (int i = 0; i < page->mark_count; i++) {
        const struct bx_mark *mark = &page->marks[i];
        switch (mark->kind) {
        case BX_MARK_RUN:
            if (!check_clusters(&mark->run))
                return fail_at(err, page, &mark->run, "clusters do not cover the text");
            if (!check_run_place(style, &mark->run))
                return fail_at(err, page, &mark->run, "outside the type area");
            if (mark->element >= 0)
                *bytes += mark->run.text_len;
            break;
        case BX_MARK_FILL:
        case BX_MARK_IMAGE:
        case BX_MARK_LINK:
        case BX_MARK_FIELD:
        case BX_MARK_PATH:
            if (!is_inside(style, mark->rect.x, mark->rect.x + mark->rect.w, mark->rect.y,
                           mark->rect.y + mark->rect.h, BX_PT))
                return fail_at(err, page, NULL, "a rule or image outside the type area");
            break;
        case BX_MARK_SEAL:
            if (!is_on_paper(page, &mark->shown))
                return fail_at(err, page, NULL, "a seal outside the paper");
            break;
        }
    }
    return true;
}

static long long para_bytes(const struct bx_para *para)
{
    long long bytes = 0;
    for (int i = 0; i < para->line_count; i++)
        for (int r = 0; r < para->lines[i].run_count; r++)
            bytes += para->lines[i].runs[r].text_len;
    return bytes;
}

static long long drawing_bytes(const struct bx_drawing *drawing)
{
    long long bytes = 0;
    for (int i = 0; drawing && i < drawing->count; i++)
        if (drawing->items[i].kind == BX_DRAWN_RUN && drawing->items[i].element >= 0)
            bytes += drawing->items[i].run.text_len;
    return bytes;
}

/* Of the tables as they were set: a blank at the end of a line is no text of it, so that the
 * count may differ between densities. */
static long long plan_bytes(const struct bx_units *units)
{
    const struct bx_plan *plan = units->plan;
    long long bytes = 0;
    for (int i = 0; i < plan->block_count; i++) {
        const struct bx_plan_block *block = &plan->blocks[i];
        bytes += para_bytes(&block->para) + drawing_bytes(block->drawing);
        if (block->kind != BX_PLAN_TABLE)
            continue;
        const struct bx_table *table = bx_units_table(units, i);
        for (int c = 0; c < table->cell_count; c++)
            bytes += para_bytes(&table->cells[c].para);
    }
    return bytes;
}

/* The last glyph of a justified line ends at the measure, exactly. */
static bool check_measures(const struct bx_plan *plan, struct bx_err *err)
{
    for (int i = 0; i < plan->block_count; i++) {
        const struct bx_para *para = &plan->blocks[i].para;
        for (int k = 0; k < para->line_count; k++) {
            const struct bx_line *line = &para->lines[k];
            if (!line->is_justified || line->run_count == 0)
                continue;
            const struct bx_run *last = &line->runs[line->run_count - 1];
            bx_len end = last->x;
            for (int g = 0; g < last->glyph_count; g++)
                end += last->glyphs[g].advance;
            if (end != plan->style->type_area.w && !line->is_overfull)
                return bx_fail(err, BX_E_FIT, "",
                               plan->blocks[i].where ? plan->blocks[i].where : "",
                               "internal: line %d ends %d units off the measure", k + 1,
                               (int)(end - plan->style->type_area.w));
        }
    }
    return true;
}

/* Tables are set so that this holds but for one case, which is the report's: a table of prose
 * with columns too narrow for its text. */
static bool check_tables(const struct bx_units *units, struct bx_err *err)
{
    const struct bx_plan *plan = units->plan;
    for (int i = 0; i < plan->block_count; i++) {
        const struct bx_plan_block *block = &plan->blocks[i];
        if (block->kind != BX_PLAN_TABLE)
            continue;
        const struct bx_table *table = bx_units_table(units, i);
        struct bx_table_fault fault;
        if (bx_table_check(table, table->clear_v - (table->rule_outer + 1) / 2, &fault))
            continue;
        const char *where = block->where;
        if (fault.cell >= 0)
            where = plan->structure.elements[table->cells[fault.cell].element].where;
        bool is_ours = block->is_statutory || fault.cell < 0;
        return bx_fail(err, BX_E_FIT, plan->model->file, where ? where : "", "%s%s",
                       is_ours ? "internal: " : "", fault.what);
    }
    return true;
}

bool bx_pages_check(const struct bx_pages *pages,
                    const struct bx_units *units,
                    struct bx_err *err)
{
    const struct bx_plan *plan = units->plan;
    long long bytes = 0;
    for (int i = 0; i < pages->page_count; i++)
        if (!check_page(plan->style, &pages->pages[i], &bytes, err))
            return false;
    if (bytes != plan_bytes(units))
        return bx_fail(err, BX_E_FIT, "", "",
                       "internal: %lld bytes of text on the pages, %lld in the plan", bytes,
                       plan_bytes(units));
    return check_measures(plan, err) && check_tables(units, err);
}

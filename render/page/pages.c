#include "page/pages.h"

#include <assert.h>
#include <stdlib.h>

#include "page/check.h"
#include "page/choose.h"
#include "page/even.h"
#include "page/explain.h"
#include "page/place.h"
#include "page/signed.h"

struct maker {
    struct bx_pages *pages;
    const struct bx_plan *plan;
    struct bx_units *units;
    struct bx_fontset *fonts;
    struct bx_findings *findings;
    struct bx_err *err;
};

static void report_line(const struct maker *m,
                        const struct bx_plan_block *block,
                        const struct bx_line *line,
                        int page)
{
    struct bx_findings *list = m->findings;
    const struct {
        bool is_so;
        enum bx_level level;
        const char *code, *zh, *en;
    } kinds[] = {
        {line->is_overfull, BX_LEVEL_ERROR, "OVERFULL", "此行超出版心", "a line is too wide"},
        {line->is_emergency, BX_LEVEL_WARNING, "EMERGENCY", "此行在词或数字中间断开",
         "a line is broken inside a word or number"},
        {line->is_rescued, BX_LEVEL_WARNING, "RESCUED", "此行首尾的标点未能避开",
         "a line starts or ends with a mark that should not stand there"},
        {line->is_loose, BX_LEVEL_WARNING, "LOOSE", "此行字距过松", "a line is set too loose"},
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (!kinds[i].is_so)
            continue;
        const char *text =
            bx_findings_text(list, "%.*s", line->text_len, block->para.text + line->text_at);
        bx_findings_add(list, &(struct bx_finding){
                                  .level = kinds[i].level,
                                  .code = kinds[i].code,
                                  .where = block->where,
                                  .page = page,
                                  .stage = BX_E_FIT,
                                  .zh = bx_findings_text(list, "%s：%s", kinds[i].zh, text),
                                  .en = bx_findings_text(list, "%s: %s", kinds[i].en, text)});
    }
}

static void report_cells(const struct maker *m, int block, int first, int last, int page)
{
    const struct bx_table *table = bx_units_table(m->units, block);
    for (int i = 0; i < table->cell_count; i++) {
        const struct bx_table_cell *cell = &table->cells[i];
        if (cell->row < first || cell->row >= last)
            continue;
        struct bx_plan_block place = {
            .where = m->plan->blocks[block].where,
            .para = cell->para,
        };
        for (int k = 0; k < cell->para.line_count; k++)
            report_line(m, &place, &cell->para.lines[k], page);
    }
}

static void place_image(struct bx_placer *placer, const struct bx_plan_block *block, bx_len y)
{
    const struct bx_rect *area = &placer->style->type_area;
    bx_placer_add(placer,
                  &(struct bx_mark){.kind = BX_MARK_IMAGE,
                                    .element = block->element,
                                    .rect = {.x = area->x + (area->w - block->image_w) / 2,
                                             .y = area->y + y,
                                             .w = block->image_w,
                                             .h = block->image_h},
                                    .image = block->image});
}

/* A drawing's items, centred as images are. */
static void place_drawing(struct bx_placer *placer, const struct bx_plan_block *block, bx_len y)
{
    const struct bx_rect *area = &placer->style->type_area;
    bx_len x = area->x + (area->w - block->image_w) / 2;
    y += area->y;
    for (int i = 0; i < block->drawing->count; i++) {
        const struct bx_drawn *drawn = &block->drawing->items[i];
        struct bx_mark mark = {.element = drawn->element, .colour = drawn->colour};
        mark.rect = drawn->rect;
        mark.rect.x += x;
        mark.rect.y += y;
        switch (drawn->kind) {
        case BX_DRAWN_FILL:
            mark.kind = BX_MARK_FILL;
            break;
        case BX_DRAWN_PATH:
            mark.kind = BX_MARK_PATH;
            mark.path = &drawn->path;
            break;
        case BX_DRAWN_RUN:
            mark.kind = BX_MARK_RUN;
            mark.run = drawn->run;
            mark.run.x += x;
            mark.run.y += y;
            break;
        }
        bx_placer_add(placer, &mark);
    }
}

/* Puts units start .. end-1 on a page. Rows of one table that stand together are a fragment. */
static void place_units(const struct maker *m,
                        struct bx_placer *placer,
                        const struct bx_page_choice *choice,
                        const struct bx_even *even)
{
    const struct bx_style *style = m->plan->style;
    struct bx_fill fill;
    int end = choice->end, gaps = 0;
    bx_fill_start(&fill, m->units);
    for (int i = choice->start; i < end; i++) {
        int b = m->units->items[i].block, index = m->units->items[i].index;
        const struct bx_plan_block *block = &m->plan->blocks[b];
        struct bx_spot spot;
        bool is_added = bx_fill_add(&fill, i, &spot);
        assert(is_added); /* chosen by the same filling */
        gaps += i > choice->start && bx_even_has_gap(m->units, i);
        spot.y += bx_even_shift(even, gaps);
        if (block->kind == BX_PLAN_IMAGE) {
            if (block->drawing)
                place_drawing(placer, block, spot.y);
            else
                place_image(placer, block, spot.y);
            continue;
        }
        if (block->kind != BX_PLAN_TABLE) {
            const struct bx_line *line = &block->para.lines[index];
            bx_placer_add_line(placer, line, style->type_area.x, style->type_area.y + spot.y,
                               0);
            report_line(m, block, line, placer->page->number);
            continue;
        }
        bx_len top = style->type_area.y + spot.y - spot.head_height;
        int last = index + 1;
        for (; i + 1 < end && m->units->items[i + 1].block == b; i++, last++) {
            is_added = bx_fill_add(&fill, i + 1, &spot);
            assert(is_added);
        }
        const struct bx_table *table = bx_units_table(m->units, b);
        bool repeats_head = index >= table->head_count && index > 0 &&
                            bx_table_repeats_head(table, style->type_area.h);
        bx_placer_add_fragment(placer, table, index, last, repeats_head, top);
        report_cells(m, b, index, last, placer->page->number);
    }
}

static bool make_page(const struct maker *m,
                      int number,
                      const struct bx_page_choice *choice,
                      const struct bx_even *even)
{
    const struct bx_style *style = m->plan->style;
    struct bx_page *page = &m->pages->pages[number - 1];
    *page = (struct bx_page){
        .width = style->paper_w,
        .height = style->paper_h,
        .number = number,
    };
    struct bx_placer placer = {
        .arena = &m->pages->arena,
        .style = style,
        .page = page,
    };
    place_units(m, &placer, choice, even);
    return bx_placer_add_number(&placer, m->pages->page_count, m->fonts, m->findings, m->err);
}

static bool make_pages(struct maker *m)
{
    struct bx_page_choice *choices;
    int count;
    if (!bx_pages_choose(&choices, &count, m->units, &m->pages->arena, m->err))
        return false;
    m->pages->page_count = count;
    m->pages->pages = BX_NEW_ARRAY(&m->pages->arena, struct bx_page, (size_t)count + 1);
    struct bx_even *evens = BX_NEW_ARRAY(&m->pages->arena, struct bx_even, (size_t)count + 1);
    bx_even_find(evens, m->units, choices, count);
    for (int i = 0; i < count; i++)
        if (!bx_cancel_check(m->plan->cancel, m->err) ||
            !make_page(m, i + 1, &choices[i], &evens[i]))
            return false;
    bx_pages_explain(m->pages, m->units, choices);
    bx_pages_report_forced(m->units, choices, count, m->findings);
    bx_pages_add_seal(m->pages, m->plan, m->findings);
    return bx_pages_check(m->pages, m->units, m->err);
}

bool bx_pages_build(struct bx_pages **out,
                    struct bx_plan *plan,
                    struct bx_fontset *fonts,
                    struct bx_findings *findings,
                    struct bx_err *err)
{
    struct bx_pages *pages = calloc(1, sizeof(*pages));
    assert(pages);
    const struct bx_model *model = plan->model;
    pages->elements = plan->structure.elements;
    pages->element_count = plan->structure.element_count;
    pages->meta = (struct bx_meta){
        .title = model->title,
        .organ = model->organ,
        .language = model->language,
        .date_iso = model->signature.date_iso,
        .year = model->year,
        .style = plan->style->name,
    };
    struct bx_units units;
    bx_units_build(&units, plan, &pages->arena);
    struct maker m = {
        .pages = pages,
        .plan = plan,
        .units = &units,
        .fonts = fonts,
        .findings = findings,
        .err = err,
    };
    if (!make_pages(&m)) {
        bx_pages_free(pages);
        return false;
    }
    *out = pages;
    return true;
}

void bx_pages_free(struct bx_pages *pages)
{
    if (!pages)
        return;
    bx_arena_fini(&pages->arena);
    free(pages);
}

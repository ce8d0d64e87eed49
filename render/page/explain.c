/* The costs by which pages were chosen are told as they were added up, and beside them the next best
 * end of the same page: who wonders at a page finds what another would have cost, and which figure
 * of the style decides it. */
#include "page/explain.h"

#include "page/break_cost.h"

/* Where a unit stands in the report. */
static const char *
describe_place(struct bx_arena *arena, const struct bx_units *units, int unit)
{
    if (unit >= units->count)
        return "the end of the report";
    const struct bx_unit *item = &units->items[unit];
    const struct bx_plan_block *block = &units->plan->blocks[item->block];
    if (block->kind == BX_PLAN_IMAGE)
        return bx_arena_printf(arena, "before the %s of %s", block->drawing ? "chart" : "image",
                               block->where);
    return bx_arena_printf(arena, "before %s %d of %s",
                           block->kind == BX_PLAN_TABLE ? "row" : "line", item->index + 1,
                           block->where ? block->where : "the title");
}

/* What a break there parts. */
static const char *describe_break(const struct bx_units *units, int unit)
{
    const struct bx_unit *item = &units->items[unit];
    const struct bx_plan_block *block = &units->plan->blocks[item->block];
    if (bx_units_is_forced(units, unit))
        return "parts what should stay together";
    if (item->index == 0)
        return "between blocks";
    if (block->kind != BX_PLAN_TABLE)
        return "inside a paragraph";
    const struct bx_table_row *row = &bx_units_table(units, item->block)->rows[item->index];
    if (row->goes_on)
        return "inside a row";
    return row->group == row[-1].group ? "inside a group" : "cuts the table between groups";
}

void bx_pages_explain(struct bx_pages *pages,
                      const struct bx_units *units,
                      const struct bx_page_choice *choices)
{
    struct bx_arena *arena = &pages->arena;
    pages->why_count = pages->page_count;
    pages->whys = BX_NEW_ARRAY(arena, struct bx_break_why, (size_t)pages->page_count + 1);
    for (int i = 0; i < pages->page_count; i++) {
        const struct bx_page_choice *choice = &choices[i];
        bool is_last = choice->end >= units->count;
        struct bx_break_why *why = &pages->whys[i];
        *why = (struct bx_break_why){
            .page = i + 1,
            .block = is_last ? units->plan->block_count : units->items[choice->end].block,
            .what = describe_place(arena, units, choice->end),
            .blank = choice->blank,
            .cost = choice->cost,
            .next_what =
                choice->next_end >= 0 ? describe_place(arena, units, choice->next_end) : NULL,
            .next_cost = choice->next_cost,
        };
        if (is_last)
            continue;
        why->how = describe_break(units, choice->end);
        why->page_cost = units->plan->style->pages.cost_page;
        why->place_cost = bx_break_cost(units, choice->end);
    }
}

void bx_pages_report_forced(const struct bx_units *units,
                            const struct bx_page_choice *choices,
                            int count,
                            struct bx_findings *findings)
{
    for (int i = 1; i < count; i++) {
        int start = choices[i].start;
        if (!bx_units_is_forced(units, start))
            continue;
        bx_findings_add(
            findings,
            &(struct bx_finding){.level = BX_LEVEL_WARNING,
                                 .code = "BREAK",
                                 .where = units->plan->blocks[units->items[start].block].where,
                                 .page = i + 1,
                                 .stage = BX_E_FIT,
                                 .zh = "只能在此处分页：本应同页的内容一页放不下",
                                 .en = "the page starts here only because what should stay "
                                       "together does not fit a page"});
    }
}

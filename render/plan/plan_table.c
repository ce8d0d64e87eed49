/* The mandated table of a section, set at the natural density with the plan and at others when the
 * pages ask: a denser setting costs as much as the first and is seldom used. */
#include <assert.h>

#include "plan/plan_work.h"
#include "plan/table_form.h"

static bool build_table(struct bx_plan *plan,
                        struct bx_para_context *context,
                        const struct bx_plan_block *block,
                        const struct bx_table_style *style,
                        int density,
                        struct bx_err *err)
{
    return bx_table_build_form(&block->tables[density], context, block->section, style,
                               plan->style->ink, plan->style->type_area.w, density,
                               &plan->structure, block->element, density == 0, err);
}

bool bx_planner_add_statutory_table(struct bx_planner *p,
                                    const struct bx_section *section,
                                    int element)
{
    const struct bx_table_style *style = bx_style_find_table(p->style, section->form->density);
    if (!style)
        return bx_fail(p->err, BX_E_LAYOUT, p->style->name, section->spec->id,
                       "the style has no setting for tables of the section \"%s\"",
                       section->spec->id);
    struct bx_plan_block table = {
        .element = element,
        .section = section,
        .is_statutory = true,
        .table_count = style->density_steps,
        .tables = BX_NEW_ARRAY(&p->plan->arena, struct bx_table, (size_t)style->density_steps),
        .row_least = bx_form_row_least(style),
    };
    if (!build_table(p->plan, &p->context, &table, style, 0, p->err))
        return false;
    struct bx_plan_block *block = bx_planner_add(
        p, BX_PLAN_TABLE,
        bx_arena_printf(&p->plan->arena, "/sections/%s/values", section->spec->id));
    table.kind = block->kind;
    table.where = block->where;
    table.line_cells = block->line_cells;
    *block = table;
    return true;
}

/* What there is to tell of the characters was told of the natural setting. */
bool bx_plan_need_table(struct bx_plan *plan, int block, int density, struct bx_err *err)
{
    const struct bx_plan_block *wanted = &plan->blocks[block];
    assert(wanted->kind == BX_PLAN_TABLE && 0 <= density && density < wanted->table_count);
    if (wanted->tables[density].row_count > 0)
        return true;
    const struct bx_table_style *style =
        bx_style_find_table(plan->style, wanted->section->form->density);
    struct bx_findings unheard = {0};
    struct bx_para_context context = {
        .arena = &plan->arena,
        .fonts = plan->fonts,
        .kept = plan->kept,
        .findings = &unheard,
    };
    bool is_built = build_table(plan, &context, wanted, style, density, err);
    bx_arena_fini(&context.scratch);
    bx_findings_fini(&unheard);
    return is_built;
}

bool bx_plan_need_tables(struct bx_plan *plan, struct bx_err *err)
{
    for (int i = 0; i < plan->block_count; i++)
        for (int d = 0; d < plan->blocks[i].table_count; d++)
            if (!bx_plan_need_table(plan, i, d, err))
                return false;
    return true;
}

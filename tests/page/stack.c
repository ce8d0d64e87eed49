#include "stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Those of the style gbt9704, read once: thousands of plans are made. */
static const struct bx_page_rules *own_rules(void)
{
    static struct bx_page_rules rules;
    if (rules.cost_page > 0)
        return &rules;
    struct bx_style *style = NULL;
    struct bx_err err = {0};
    if (!bx_style_read(&style, BX_SOURCE_DIR "/layouts", "gbt9704", &err))
        fail_msg("%s %s %s", err.file, err.where, err.what);
    rules = style->pages;
    bx_style_free(style);
    return &rules;
}

void stack_init(struct stack *s)
{
    *s = (struct stack){0};
    s->style = (struct bx_style){
        .name = "test",
        .type_area = {.w = 28 * PITCH, .h = LINES * PITCH},
        .grid_columns = 28,
        .grid_lines = LINES,
        .grid_fit = BX_FIT_CELLS,
        .line_pitch = PITCH,
        .pages = *own_rules(),
    };
    s->plan = (struct bx_plan){.style = &s->style, .model = &s->model, .blocks = s->blocks};
    s->model.file = "test";
}

void stack_fini(struct stack *s)
{
    bx_arena_fini(&s->arena);
}

struct bx_plan_block *stack_lines(struct stack *s, int count)
{
    assert_true(s->plan.block_count < 64);
    struct bx_plan_block *block = &s->blocks[s->plan.block_count++];
    *block = (struct bx_plan_block){
        .kind = BX_PLAN_LINES,
        .line_cells = 1,
        .para = {.lines = BX_NEW_ARRAY(&s->arena, struct bx_line, (size_t)count),
                 .line_count = count,
                 .text = ""},
    };
    return block;
}

struct bx_plan_block *stack_heading(struct stack *s)
{
    struct bx_plan_block *block = stack_lines(s, 1);
    block->keep_next = block->keep_whole = true;
    return block;
}

struct bx_table *stack_table(struct stack *s, int heads, const int *groups, bx_len height)
{
    int rows = heads;
    for (int i = 0; groups[i]; i++)
        rows += groups[i];
    struct bx_table *table = BX_NEW(&s->arena, struct bx_table);
    table->rows = BX_NEW_ARRAY(&s->arena, struct bx_table_row, (size_t)rows);
    table->row_count = rows;
    table->head_count = heads;
    int row = 0;
    for (; row < heads; row++)
        table->rows[row] =
            (struct bx_table_row){.height = height, .is_head = true, .group = -1};
    for (int i = 0; groups[i]; i++)
        for (int k = 0; k < groups[i]; k++)
            table->rows[row++] = (struct bx_table_row){.height = height, .group = i};
    struct bx_plan_block *block = stack_lines(s, 1);
    block->kind = BX_PLAN_TABLE;
    block->para = (struct bx_para){.text = ""};
    block->tables = table;
    block->table_count = 1;
    block->is_statutory = true;
    return table;
}

void stack_choose(struct stack *s)
{
    struct bx_err err = {0};
    bx_units_build(&s->units, &s->plan, &s->arena);
    if (!bx_pages_choose(&s->choices, &s->page_count, &s->units, &s->arena, &err))
        fail_msg("%s", err.what);
}

struct bx_unit stack_end(const struct stack *s, int page)
{
    assert_in_range(page, 0, s->page_count - 1);
    int end = s->choices[page].end;
    return end < s->units.count ? s->units.items[end]
                                : (struct bx_unit){.block = s->plan.block_count};
}

/* A chart becomes a drawing in the place of an image. In the tagged file it is two things: a Figure
 * with the shapes, whose alternative text tells all figures; and directly behind it a Table, whose
 * cells are the texts of the drawing themselves: series and categories are its heads, the figures
 * printed at bars, points and slices its cells, the unit its caption. So each name and figure
 * stands once on paper and once in the file, and is read in the table's order. The numbers of the
 * scale are an artifact: the figures say more.
 *
 * Where figures find no place in a line chart, all texts of the drawing are artifacts, and a plain
 * table under it is printed and is the Table. */
#include "plan/chart.h"

#include "plan/chart_work.h"
#include "plan/figure.h"

/* ---- structure ---- */

static void number_all(int *elements, int count, int number)
{
    for (int i = 0; i < count; i++)
        elements[i] = number;
}

static void init_elements(struct bx_chart_work *w)
{
    const struct bx_chart *chart = w->chart;
    struct bx_arena *arena = w->drawing->arena;
    int series = chart->series_count, categories = chart->category_count;
    w->unit_element = BX_ARTIFACT_LAYOUT;
    w->series_elements = BX_NEW_ARRAY(arena, int, (size_t)series);
    w->category_elements = BX_NEW_ARRAY(arena, int, (size_t)categories);
    w->value_elements = BX_NEW_ARRAY(arena, int, (size_t)(series * categories));
    number_all(w->series_elements, series, BX_ARTIFACT_LAYOUT);
    number_all(w->category_elements, categories, BX_ARTIFACT_LAYOUT);
    number_all(w->value_elements, series * categories, BX_ARTIFACT_LAYOUT);
}

static int add_head(struct bx_structure *structure, int row, enum bx_scope scope)
{
    int head = bx_structure_add(structure, BX_TAG_TH, row);
    structure->elements[head].scope = scope;
    return head;
}

/* A row of series under THead, where they have names; in TBody a row for each category. */
static void add_elements(struct bx_chart_work *w)
{
    const struct bx_chart *chart = w->chart;
    struct bx_structure *structure = &w->planner->plan->structure;
    int series = chart->series_count, categories = chart->category_count;
    bool is_named = chart->series[0] != NULL;
    int table = bx_structure_add(structure, BX_TAG_TABLE, w->planner->section);
    structure->elements[table].where = w->block->where;
    if (chart->unit)
        w->unit_element = bx_structure_add(structure, BX_TAG_CAPTION, table);
    if (is_named) {
        int head = bx_structure_add(structure, BX_TAG_THEAD, table);
        int row = bx_structure_add(structure, BX_TAG_TR, head);
        bx_structure_add(structure, BX_TAG_TD, row); /* the corner: a blank is no head */
        for (int s = 0; s < series; s++)
            w->series_elements[s] = add_head(structure, row, BX_SCOPE_COL);
    }
    int body = bx_structure_add(structure, BX_TAG_TBODY, table);
    for (int c = 0; c < categories; c++) {
        int row = bx_structure_add(structure, BX_TAG_TR, body);
        w->category_elements[c] = add_head(structure, row, BX_SCOPE_ROW);
        for (int s = 0; s < series; s++) {
            int cell = bx_structure_add(structure, BX_TAG_TD, row);
            int head_count = is_named ? 2 : 1;
            int *heads = BX_NEW_ARRAY(w->drawing->arena, int, (size_t)head_count);
            heads[0] = w->category_elements[c];
            if (is_named)
                heads[1] = w->series_elements[s];
            structure->elements[cell].headers = heads;
            structure->elements[cell].header_count = head_count;
            w->value_elements[s * categories + c] = cell;
        }
    }
}

/* ---- drawing ---- */

/* In the order of the table; the scale's numbers first. */
static void add_labels(struct bx_chart_work *w)
{
    const struct bx_chart *chart = w->chart;
    for (int i = 0; i < w->tick_count; i++)
        bx_chart_add_label(w, &w->ticks[i]);
    bx_chart_add_label(w, &w->unit);
    for (int s = 0; s < chart->series_count; s++)
        bx_chart_add_label(w, &w->series[s]);
    for (int c = 0; c < chart->category_count; c++) {
        bx_chart_add_label(w, &w->categories[c]);
        for (int s = 0; s < chart->series_count; s++)
            bx_chart_add_label(w, &w->values[s * chart->category_count + c]);
    }
}

static bool draw_shapes(struct bx_chart_work *w)
{
    switch (w->chart->kind) {
    case BX_CHART_BAR:
    case BX_CHART_GROUPED:
        return bx_chart_draw_bars(w);
    case BX_CHART_LINE:
        return bx_chart_draw_lines(w);
    case BX_CHART_PIE:
        return bx_chart_draw_pie(w);
    }
    return false;
}

static bool draw(struct bx_chart_work *w)
{
    w->drawing->count = 0;
    w->needs_table = false;
    if (!bx_chart_set_all(w) || !draw_shapes(w))
        return false;
    add_labels(w);
    return true;
}

/* ---- the table below ---- */

static void add_cell(
    struct bx_chart_work *w, struct bx_plain_table *table, int row, int col, const char *text)
{
    struct bx_plain_cell *cell = &table->cells[table->cell_count++];
    *cell = (struct bx_plain_cell){.row = row, .col = col, .rowspan = 1, .colspan = 1};
    cell->has_align = true;
    cell->align = BX_ALIGN_CENTER;
    cell->text.where = w->block->where;
    if (!text)
        return;
    struct bx_span *span = BX_NEW(w->drawing->arena, struct bx_span);
    span->text = text;
    cell->text.spans = span;
    cell->text.span_count = 1;
}

/* The unit stands in the corner, or over the figures where their series has no name. */
static void add_head_row(struct bx_chart_work *w, struct bx_plain_table *table)
{
    const struct bx_chart *chart = w->chart;
    const char *unit = NULL;
    if (chart->unit)
        unit = bx_arena_printf(w->drawing->arena, "%s%s%s", w->style->unit_before, chart->unit,
                               w->style->unit_after);
    bool is_named = chart->series[0] != NULL;
    if (!is_named && !unit)
        return;
    table->head_count = table->row_count = 1;
    add_cell(w, table, 0, 0, is_named ? unit : NULL);
    for (int s = 0; s < chart->series_count; s++)
        add_cell(w, table, 0, s + 1, is_named ? chart->series[s] : unit);
}

static struct bx_plain_table *make_table(struct bx_chart_work *w)
{
    const struct bx_chart *chart = w->chart;
    struct bx_arena *arena = w->drawing->arena;
    struct bx_plain_table *table = BX_NEW(arena, struct bx_plain_table);
    table->col_count = chart->series_count + 1;
    size_t cols = (size_t)table->col_count;
    table->widths_1000 = BX_NEW_ARRAY(arena, int, cols);
    table->cells =
        BX_NEW_ARRAY(arena, struct bx_plain_cell, cols * ((size_t)chart->category_count + 1));
    add_head_row(w, table);
    for (int c = 0; c < chart->category_count; c++, table->row_count++) {
        add_cell(w, table, table->row_count, 0, chart->categories[c]);
        for (int s = 0; s < chart->series_count; s++)
            add_cell(w, table, table->row_count, s + 1,
                     chart->values[s * chart->category_count + c]);
    }
    return table;
}

/* The first column names the rows, beside the head that names the columns. A table without a head
 * has such a column by itself. */
static void add_row_heads(struct bx_chart_work *w, const struct bx_table *table)
{
    struct bx_element *elements = w->planner->plan->structure.elements;
    const struct bx_table_cell *head = table->cells;
    for (int i = 0; i < table->cell_count; i++) {
        const struct bx_table_cell *cell = &table->cells[i];
        struct bx_element *element = &elements[cell->element];
        if (cell->row < table->head_count)
            continue;
        if (cell->col == 0) {
            head = cell;
            element->tag = BX_TAG_TH;
            element->scope = BX_SCOPE_ROW;
            element->headers = NULL;
            element->header_count = 0;
            continue;
        }
        int *heads = BX_NEW_ARRAY(w->drawing->arena, int, (size_t)element->header_count + 1);
        heads[0] = head->element;
        for (int k = 0; k < element->header_count; k++)
            heads[k + 1] = element->headers[k];
        element->headers = heads;
        element->header_count++;
    }
}

static bool add_table_below(struct bx_chart_work *w)
{
    struct bx_planner *p = w->planner;
    struct bx_block block = {
        .kind = BX_BLOCK_TABLE, .where = w->block->where, .table = make_table(w)};
    p->plan->blocks[p->plan->block_count - 1].keep_next = true;
    if (!bx_planner_add_plain_table(p, &block))
        return false;
    const struct bx_plan_block *made = &p->plan->blocks[p->plan->block_count - 1];
    if (made->tables[0].head_count > 0)
        add_row_heads(w, &made->tables[0]);
    return true;
}

/* ---- all ---- */

static bx_len find_width(const struct bx_planner *p, const struct bx_block *block)
{
    bx_len most = p->style->type_area.w, width = most;
    if (block->width_um > 0)
        width = bx_len_from_um(block->width_um);
    if (block->width_1000 > 0)
        width = (bx_len)((int64_t)most * block->width_1000 / 1000);
    return width < most ? width : most;
}

static void init_work(struct bx_chart_work *w,
                      struct bx_planner *p,
                      const struct bx_block *block,
                      bx_len most_height)
{
    const struct bx_chart *chart = block->chart;
    struct bx_arena *arena = &p->plan->arena;
    *w = (struct bx_chart_work){
        .planner = p,
        .block = block,
        .chart = chart,
        .style = &p->style->chart,
        .rules = p->style->lines,
        .drawing = BX_NEW(arena, struct bx_drawing),
        .width = find_width(p, block),
        .most_height = most_height,
    };
    w->rules.autospace = w->rules.autospace_min = w->rules.autospace_max = 0;
    w->rules.orphan_penalty = 0;
    w->drawing->arena = arena;
    w->pitch = (bx_len)((int64_t)w->style->size * w->style->line_em1000 / 1000);
    init_elements(w);
    bx_figures_read(&w->figures, arena, chart->values,
                    chart->series_count * chart->category_count);
    bx_scale_build(&w->scale, &w->figures, w->style->steps);
}

/* Adds the block of the drawing and that of its caption. Gives the room the drawing has. */
static bool
add_blocks(struct bx_planner *p, const struct bx_block *block, int figure, bx_len *room)
{
    const struct bx_text_style *text = &p->style->texts[BX_TEXT_CAPTION];
    struct bx_plan_block *made = bx_planner_add(p, BX_PLAN_IMAGE, block->where);
    int at = p->plan->block_count - 1, lines = 0;
    made->element = figure;
    made->keep_whole = true;
    made->blank_before = text->blank_before;
    if (block->caption.span_count > 0) {
        made->keep_next = true;
        made->blank_after = text->blank_after;
        if (!bx_planner_add_caption(p, block, figure))
            return false;
        struct bx_plan_block *caption = &p->plan->blocks[p->plan->block_count - 1];
        caption->blank_before = caption->blank_after = 0;
        lines = text->blank_after + caption->para.line_count * caption->line_cells;
    }
    *room = bx_planner_room(p, at, lines);
    return true;
}

bool bx_planner_add_chart(struct bx_planner *p, const struct bx_block *block)
{
    if (!p->style->chart.is_given)
        return bx_fail(p->err, BX_E_LAYOUT, p->style->name, block->where,
                       "the style has no setting for charts");
    struct bx_structure *structure = &p->plan->structure;
    int figure = bx_structure_add(structure, BX_TAG_FIGURE, p->section);
    structure->elements[figure].alt = block->alt ? block->alt : bx_chart_alt(p, block);
    structure->elements[figure].where = block->where;
    int at = p->plan->block_count;
    bx_len room;
    if (!add_blocks(p, block, figure, &room))
        return false;

    struct bx_chart_work w;
    init_work(&w, p, block, room);
    w.figure = figure;
    /* Lines are drawn once to see whether a table must follow: elements cannot be taken back. */
    if (w.chart->kind == BX_CHART_LINE && !draw(&w))
        return false;
    if (!w.needs_table) {
        add_elements(&w);
        if (!draw(&w))
            return false;
    }
    struct bx_plan_block *made = &p->plan->blocks[at];
    made->drawing = w.drawing;
    made->image_w = w.width;
    made->image_h = w.height;
    return !w.needs_table || add_table_below(&w);
}

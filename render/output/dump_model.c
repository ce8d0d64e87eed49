/* The model as text: fields in the order of the printed report, then the source's length.
 *
 *     section ID TITLE
 *       paragraph|heading|image|table|chart [level N] WHERE
 *         heading SPANS / text SPANS / ...
 *       value PATH blank|number|text TEXT */
#include "output/dump.h"

#include "output/dump_text.h"

static void
add_text(struct bx_buf *out, int depth, const char *name, const struct bx_text *text)
{
    if (text->span_count == 0)
        return;
    bx_buf_printf(out, "%*s%s", 2 * depth, "", name);
    bx_dump_spans(out, text);
    bx_buf_add_byte(out, '\n');
}

static void add_plain_table(struct bx_buf *out, int depth, const struct bx_plain_table *table)
{
    bx_buf_printf(out, "%*sgrid %dx%d head %d widths", 2 * depth, "", table->row_count,
                  table->col_count, table->head_count);
    for (int i = 0; i < table->col_count; i++)
        bx_buf_printf(out, " %d", table->widths_1000[i]);
    bx_buf_add_byte(out, '\n');
    for (int i = 0; i < table->cell_count; i++) {
        const struct bx_plain_cell *cell = &table->cells[i];
        bx_buf_printf(out, "%*scell %d,%d", 2 * depth, "", cell->row, cell->col);
        if (cell->rowspan > 1 || cell->colspan > 1)
            bx_buf_printf(out, " span %dx%d", cell->rowspan, cell->colspan);
        if (cell->has_align)
            bx_buf_printf(out, " %s", bx_dump_align(cell->align));
        bx_dump_spans(out, &cell->text);
        bx_buf_add_byte(out, '\n');
    }
}

static void add_chart(struct bx_buf *out, int depth, const struct bx_chart *chart)
{
    static const char *const kinds[] = {
        [BX_CHART_BAR] = "bar",
        [BX_CHART_GROUPED] = "grouped",
        [BX_CHART_LINE] = "line",
        [BX_CHART_PIE] = "pie",
    };
    bx_buf_printf(out, "%*schart %s %dx%d\n", 2 * depth, "", kinds[chart->kind],
                  chart->series_count, chart->category_count);
    bx_dump_field(out, depth, "unit", chart->unit);
    for (int s = 0; s < chart->series_count; s++) {
        bx_dump_field(out, depth, "series", chart->series[s]);
        for (int c = 0; c < chart->category_count; c++) {
            const char *value = chart->values[s * chart->category_count + c];
            bx_buf_printf(out, "%*s%s", 2 * depth + 2, "", value ? value : "blank");
            bx_dump_string(out, chart->categories[c]);
            bx_buf_add_byte(out, '\n');
        }
    }
}

static const char *block_name(enum bx_block_kind kind)
{
    switch (kind) {
    case BX_BLOCK_PARAGRAPH:
        return "paragraph";
    case BX_BLOCK_HEADING:
        return "heading";
    case BX_BLOCK_IMAGE:
        return "image";
    case BX_BLOCK_TABLE:
        return "table";
    case BX_BLOCK_CHART:
        return "chart";
    }
    return "?";
}

static void add_block(struct bx_buf *out, const struct bx_block *block)
{
    bx_buf_printf(out, "  %s", block_name(block->kind));
    if (block->level > 0)
        bx_buf_printf(out, " level %d", block->level);
    bx_dump_string(out, block->where);
    bx_buf_add_byte(out, '\n');
    add_text(out, 2, "heading", &block->heading);
    add_text(out, 2, "text", &block->text);
    bx_dump_field(out, 2, "path", block->image_path);
    bx_dump_field(out, 2, "alt", block->alt);
    if (block->width_um > 0)
        bx_buf_printf(out, "    width %d um\n", block->width_um);
    if (block->width_1000 > 0)
        bx_buf_printf(out, "    width %d/1000\n", block->width_1000);
    if (block->table)
        add_plain_table(out, 2, block->table);
    if (block->chart)
        add_chart(out, 2, block->chart);
    add_text(out, 2, "caption", &block->caption);
}

static void add_blocks(struct bx_buf *out, const struct bx_blocks *blocks)
{
    for (int i = 0; i < blocks->count; i++)
        add_block(out, &blocks->items[i]);
}

static void add_values(struct bx_buf *out, const struct bx_section *section)
{
    static const char *const given[] = {
        [BX_GIVEN_BLANK] = "blank",
        [BX_GIVEN_NUMBER] = "number",
        [BX_GIVEN_TEXT] = "text",
    };
    for (int i = 0; i < section->form->cell_count; i++) {
        const struct bx_form_cell *cell = &section->form->cells[i];
        if (cell->kind != BX_CELL_FIGURE || !cell->path)
            continue;
        const struct bx_value *value = &section->values[i];
        bx_buf_printf(out, "  value %s %s", cell->path, given[value->given]);
        if (value->given != BX_GIVEN_BLANK)
            bx_dump_string(out, value->text);
        bx_buf_add_byte(out, '\n');
    }
}

static void add_signature(struct bx_buf *out, const struct bx_signature *signature)
{
    static const char *const seals[] = {
        [BX_SEAL_NONE] = "none",
        [BX_SEAL_SPACE] = "space",
        [BX_SEAL_IMAGE] = "image",
    };
    bx_buf_printf(out, "signature place %s seal %s\n", signature->under_title ? "title" : "end",
                  seals[signature->seal]);
    bx_dump_field(out, 1, "organ", signature->organ);
    bx_dump_field(out, 1, "date", signature->date);
    bx_dump_field(out, 1, "image", signature->seal_image);
    if (signature->seal_um > 0)
        bx_buf_printf(out, "  diameter %d um\n", signature->seal_um);
    bx_dump_field(out, 1, "post", signature->signer_post);
    bx_dump_field(out, 1, "name", signature->signer_name);
}

void bx_dump_model(struct bx_buf *out, const struct bx_model *model)
{
    bx_buf_printf(out, "model %d\n", model->year);
    bx_dump_field(out, 0, "organ", model->organ);
    bx_dump_field(out, 0, "language", model->language);
    bx_dump_field(out, 0, "number", model->document_number);
    for (int i = 0; i < model->title_line_count; i++)
        bx_dump_field(out, 0, model->is_title_free ? "title" : "title-line",
                      model->title_lines[i]);
    for (int i = 0; i < model->preamble_count; i++)
        add_text(out, 0, "preamble", &model->preamble[i]);
    for (int i = 0; i < model->section_count; i++) {
        const struct bx_section *section = &model->sections[i];
        bx_buf_printf(out, "section %s", section->spec->id);
        if (section->form)
            bx_buf_printf(out, " form %s", section->form->name);
        bx_dump_string(out, section->title);
        bx_buf_add_byte(out, '\n');
        add_blocks(out, &section->body);
        if (section->form)
            add_values(out, section);
        add_blocks(out, &section->after);
    }
    if (model->signature.is_given)
        add_signature(out, &model->signature);
    bx_buf_printf(out, "source %zu bytes\n", model->source_len);
}

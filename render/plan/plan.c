#include "plan/plan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plan/chart.h"
#include "plan/figure.h"
#include "plan/plan_work.h"

struct bx_plan_block *
bx_planner_add(struct bx_planner *p, enum bx_plan_kind kind, const char *where)
{
    struct bx_plan *plan = p->plan;
    if (plan->block_count == p->capacity)
        plan->blocks = bx_arena_grow(&plan->arena, plan->blocks, plan->block_count,
                                     &p->capacity, sizeof(*plan->blocks));
    struct bx_plan_block *block = &plan->blocks[plan->block_count++];
    *block = (struct bx_plan_block){.kind = kind, .where = where, .line_cells = 1};
    return block;
}

int bx_planner_role(const struct bx_planner *p, enum bx_text_kind kind)
{
    return bx_fontset_find_role(p->fonts, p->style->texts[kind].role);
}

struct bx_para_spec bx_planner_spec(const struct bx_planner *p, enum bx_text_kind kind)
{
    const struct bx_text_style *text = &p->style->texts[kind];
    bool may_hold_date = kind == BX_TEXT_SIGNATURE || kind == BX_TEXT_BYLINE;
    return (struct bx_para_spec){
        .measure = p->style->type_area.w,
        .em = text->pitch,
        .indent = bx_len_part(text->pitch, text->indent_em1000),
        .align = text->align,
        .rules = may_hold_date ? &p->dated_rules : &p->style->lines,
        .ink = p->style->ink,
    };
}

int bx_planner_line_cells(const struct bx_planner *p, bx_len size)
{
    bx_len pitch = p->style->line_pitch;
    return (int)((size + pitch - 1) / pitch);
}

/* Sets pieces in a kind of text as a block. */
static bool add_pieces(struct bx_planner *p,
                       enum bx_text_kind kind,
                       const struct bx_piece *pieces,
                       int piece_count,
                       const char *where)
{
    struct bx_para_spec spec = bx_planner_spec(p, kind);
    struct bx_para para;
    if (!bx_para_build(&para, &p->context, pieces, piece_count, &spec, p->err))
        return false;
    const struct bx_text_style *text = &p->style->texts[kind];
    struct bx_plan_block *block = bx_planner_add(p, BX_PLAN_LINES, where);
    block->para = para;
    block->line_cells = bx_planner_line_cells(p, text->size);
    block->blank_before = text->blank_before;
    block->blank_after = text->blank_after;
    return true;
}

bool bx_planner_add_string(struct bx_planner *p,
                           enum bx_text_kind kind,
                           const char *text,
                           const char *where,
                           int element)
{
    struct bx_piece piece = {
        .text = text,
        .len = (int)strlen(text),
        .role = bx_planner_role(p, kind),
        .size = p->style->texts[kind].size,
        .element = element,
        .where = where,
    };
    if (!add_pieces(p, kind, &piece, 1, where))
        return false;
    p->plan->blocks[p->plan->block_count - 1].element = element;
    return true;
}

static enum bx_text_kind heading_kind(int level)
{
    int kind = BX_TEXT_HEADING1 + level - 1;
    assert(BX_TEXT_HEADING1 <= kind && kind <= BX_TEXT_HEADING4);
    return (enum bx_text_kind)kind;
}

/* The heading's element. Its depth follows the outline, not the look: one deeper than the last
 * heading at most, and never above H3 inside a section. */
static int add_heading_element(struct bx_planner *p, const struct bx_text *heading, int level)
{
    enum {
        FIRST_DEPTH = 3
    };
    int above = level < p->heading_depth ? level : p->heading_depth, depth = above + 1;
    depth = depth > FIRST_DEPTH ? depth : FIRST_DEPTH;
    p->heading_depth = depth;
    struct bx_structure *structure = &p->plan->structure;
    int element = bx_structure_add(structure, (enum bx_tag)(BX_TAG_H1 + depth - 1), p->section);
    const char *title = "";
    for (int i = 0; i < heading->span_count; i++)
        title = bx_arena_printf(&p->plan->arena, "%s%s", title, heading->spans[i].text);
    structure->elements[element].title = title;
    structure->elements[element].where = heading->where;
    return element;
}

static struct bx_piece_base
piece_base(const struct bx_planner *p, enum bx_text_kind kind, int element)
{
    return (struct bx_piece_base){
        .fonts = p->fonts,
        .role = bx_planner_role(p, kind),
        .size = p->style->texts[kind].size,
        .element = element,
    };
}

/* A paragraph, with its heading run in where it has one; or a heading alone. */
static bool add_paragraph(struct bx_planner *p, const struct bx_block *block)
{
    struct bx_structure *structure = &p->plan->structure;
    int count = 0, room = block->heading.span_count + block->text.span_count;
    struct bx_piece *pieces =
        BX_NEW_ARRAY(&p->plan->arena, struct bx_piece, (size_t)(room > 0 ? room : 1));
    enum bx_text_kind kind = BX_TEXT_BODY;
    int element = p->section;
    if (block->heading.span_count > 0) {
        enum bx_text_kind heading = heading_kind(block->level);
        element = add_heading_element(p, &block->heading, block->level);
        struct bx_piece_base base = piece_base(p, heading, element);
        bx_pieces_add(pieces, &count, &block->heading, &base);
        if (block->kind == BX_BLOCK_HEADING)
            kind = heading;
    }
    if (block->text.span_count > 0) {
        element = bx_structure_add(structure, BX_TAG_P, p->section);
        structure->elements[element].where = block->text.where;
        struct bx_piece_base base = piece_base(p, BX_TEXT_BODY, element);
        bx_pieces_add(pieces, &count, &block->text, &base);
    }
    if (!add_pieces(p, kind, pieces, count, block->where))
        return false;
    struct bx_plan_block *made = &p->plan->blocks[p->plan->block_count - 1];
    made->element = element;
    made->keep_next = made->keep_whole = block->kind == BX_BLOCK_HEADING;
    return true;
}

bool bx_planner_add_caption(struct bx_planner *p, const struct bx_block *block, int parent)
{
    int caption = bx_structure_add(&p->plan->structure, BX_TAG_CAPTION, parent);
    struct bx_piece *pieces =
        BX_NEW_ARRAY(&p->plan->arena, struct bx_piece, (size_t)block->caption.span_count);
    int count = 0;
    struct bx_piece_base base = piece_base(p, BX_TEXT_CAPTION, caption);
    bx_pieces_add(pieces, &count, &block->caption, &base);
    if (!add_pieces(p, BX_TEXT_CAPTION, pieces, count, block->caption.where))
        return false;
    struct bx_plan_block *made = &p->plan->blocks[p->plan->block_count - 1];
    made->element = caption;
    made->keep_whole = true;
    return true;
}

bool bx_planner_add_plain_table(struct bx_planner *p, const struct bx_block *block)
{
    const struct bx_table_style *style = bx_style_find_table(p->style, "plain");
    if (!style)
        return bx_fail(p->err, BX_E_LAYOUT, p->style->name, block->where,
                       "the style has no setting for plain tables");
    struct bx_structure *structure = &p->plan->structure;
    int element = bx_structure_add(structure, BX_TAG_TABLE, p->section);
    if (block->caption.span_count > 0) {
        if (!bx_planner_add_caption(p, block, element))
            return false;
        p->plan->blocks[p->plan->block_count - 1].keep_next = true;
    }
    struct bx_table *table = BX_NEW(&p->plan->arena, struct bx_table);
    if (!bx_table_build_plain(table, &p->context, block->table, style,
                              &p->style->texts[BX_TEXT_CELL], p->style->ink,
                              p->style->type_area.w, structure, element, p->err))
        return false;
    bx_table_slice(table, p->style->type_area.h, &p->plan->arena);
    struct bx_plan_block *made = bx_planner_add(p, BX_PLAN_TABLE, block->where);
    made->tables = table;
    made->table_count = 1;
    made->element = element;
    return true;
}

static bool add_blocks(struct bx_planner *p, const struct bx_blocks *blocks)
{
    for (int i = 0; i < blocks->count; i++) {
        const struct bx_block *block = &blocks->items[i];
        bool is_added = false;
        if (!bx_cancel_check(p->cancel, p->err))
            return false;
        switch (block->kind) {
        case BX_BLOCK_PARAGRAPH:
        case BX_BLOCK_HEADING:
            is_added = add_paragraph(p, block);
            break;
        case BX_BLOCK_TABLE:
            is_added = bx_planner_add_plain_table(p, block);
            break;
        case BX_BLOCK_IMAGE:
            is_added = bx_planner_add_image(p, block);
            break;
        case BX_BLOCK_CHART:
            is_added = bx_planner_add_chart(p, block);
            break;
        }
        if (!is_added)
            return false;
    }
    return true;
}

/* The title of a section that is a table names the table: it is a heading inside the table's
 * caption, so that who comes to either hears it. Where text stands between the two the heading is
 * the section's own and the table has no caption: what is read in order stays in order. */
static bool add_section(struct bx_planner *p, const struct bx_section *section)
{
    struct bx_structure *structure = &p->plan->structure;
    bool names_table = section->form && section->body.count == 0;
    p->section = bx_structure_add(structure, BX_TAG_SECT, 0);
    int parent = p->section, table = parent;
    if (names_table) {
        table = bx_structure_add(structure, BX_TAG_TABLE, p->section);
        parent = bx_structure_add(structure, BX_TAG_CAPTION, table);
    }
    int heading = bx_structure_add(structure, BX_TAG_H2, parent);
    structure->elements[heading].title = section->title;
    p->heading_depth = 2;
    if (!bx_planner_add_string(p, BX_TEXT_HEADING1, section->title, section->title_where,
                               heading))
        return false;
    struct bx_plan_block *block = &p->plan->blocks[p->plan->block_count - 1];
    block->keep_next = block->keep_whole = true;
    if (!add_blocks(p, &section->body))
        return false;
    if (!bx_cancel_check(p->cancel, p->err))
        return false;
    if (section->form && !names_table)
        table = bx_structure_add(structure, BX_TAG_TABLE, p->section);
    if (section->form && !bx_planner_add_statutory_table(p, section, table))
        return false;
    return add_blocks(p, &section->after);
}

static bool add_report(struct bx_planner *p)
{
    struct bx_structure *structure = &p->plan->structure;
    bx_structure_add(structure, BX_TAG_DOCUMENT, -1);
    if (!bx_planner_add_title(p))
        return false;
    for (int i = 0; i < p->model->preamble_count; i++) {
        struct bx_block block = {
            .kind = BX_BLOCK_PARAGRAPH,
            .where = p->model->preamble[i].where,
            .text = p->model->preamble[i],
        };
        if (!add_paragraph(p, &block))
            return false;
    }
    for (int i = 0; i < p->model->section_count; i++)
        if (!add_section(p, &p->model->sections[i]))
            return false;
    if (!bx_planner_add_signature(p))
        return false;
    bx_planner_fit_last_image(p);
    return !p->lacks_image ||
           bx_fail(p->err, BX_E_READ, p->model->file, "", "an image cannot be read");
}

bool bx_plan_build(struct bx_plan **out,
                   const struct bx_model *model,
                   const struct bx_style *style,
                   const struct bx_sections *sections,
                   struct bx_fontset *fonts,
                   struct bx_kept *kept,
                   const struct bx_cancel *cancel,
                   struct bx_findings *findings,
                   struct bx_err *err)
{
    struct bx_plan *plan = calloc(1, sizeof(*plan));
    assert(plan);
    plan->style = style;
    plan->model = model;
    plan->fonts = fonts;
    plan->kept = kept;
    plan->cancel = cancel;
    plan->structure.arena = &plan->arena;
    struct bx_planner planner = {
        .plan = plan,
        .model = model,
        .style = style,
        .sections = sections,
        .fonts = fonts,
        .findings = findings,
        .context = {.arena = &plan->arena, .fonts = fonts, .findings = findings, .kept = kept},
        .cancel = cancel,
        .err = err,
        .dated_rules = style->lines,
    };
    planner.dated_rules.autospace = 0;
    bool is_built = add_report(&planner);
    bx_arena_fini(&planner.context.scratch);
    if (!is_built) {
        bx_plan_free(plan);
        return false;
    }
    *out = plan;
    return true;
}

void bx_plan_free(struct bx_plan *plan)
{
    if (!plan)
        return;
    bx_arena_fini(&plan->arena);
    free(plan);
}

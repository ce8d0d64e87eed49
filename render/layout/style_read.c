/* A style file to a style: the page, its texts and furniture. What later stages divide by or rely
 * on is checked here, whatever the schema says, so that no style can break them. */
#include "layout/style_read.h"

#include <string.h>

#include "base/buf.h"

enum {
    LINES_MAX = 200,
    COLUMNS_MAX = 200,
    BLANKS_MAX = 100,
    PERCENT_MAX = 100,
    COST_MAX = 999999, /* below what forbids a page break */
};

bool bx_style_fail(const struct bx_xml_place *place, const char *what)
{
    return bx_xml_fail(place->xml, place->node, place->err, "<%s>: %s", place->node->name,
                       what);
}

bool bx_style_place(struct bx_xml_place *out,
                    const struct bx_style_reader *reader,
                    const struct bx_xml_node *parent,
                    const char *name)
{
    const struct bx_xml_node *node = bx_xml_find_child(parent, name);
    *out = (struct bx_xml_place){
        .xml = reader->xml, .node = node ? node : parent, .err = reader->err};
    return node || bx_xml_fail(reader->xml, parent, reader->err, "<%s> has no <%s>",
                               parent->name, name);
}

/* --- page --- */

static bool read_page(struct bx_style_reader *reader, const struct bx_xml_node *root)
{
    struct bx_style *style = reader->style;
    struct bx_rect *area = &style->type_area;
    struct bx_xml_place place;
    if (!bx_style_place(&place, reader, root, "paper") ||
        !bx_xml_len(&style->paper_w, &place, "width") ||
        !bx_xml_len(&style->paper_h, &place, "height") ||
        !bx_style_place(&place, reader, root, "type-area") ||
        !bx_xml_len(&area->x, &place, "left") || !bx_xml_len(&area->y, &place, "top") ||
        !bx_xml_len(&area->w, &place, "width") || !bx_xml_len(&area->h, &place, "height"))
        return false;
    bool is_inside = area->x >= 0 && area->y >= 0 && area->w > 0 && area->h > 0 &&
                     (int64_t)area->x + area->w <= style->paper_w &&
                     (int64_t)area->y + area->h <= style->paper_h;
    return is_inside || bx_style_fail(&place, "the type area lies beyond the paper");
}

static bool read_grid(struct bx_style_reader *reader, const struct bx_xml_node *root)
{
    static const char *const fits[] = {
        [BX_FIT_EDGES] = "edges", [BX_FIT_CELLS] = "cells", NULL};
    struct bx_style *style = reader->style;
    struct bx_xml_place place;
    int fit = BX_FIT_EDGES;
    style->grid_columns = style->grid_lines = 2;
    if (!bx_style_place(&place, reader, root, "grid") ||
        !bx_xml_int(&style->grid_columns, &place, "columns", 1, COLUMNS_MAX) ||
        !bx_xml_int(&style->grid_lines, &place, "lines", 2, LINES_MAX) ||
        !bx_xml_word(&fit, &place, "fit", fits))
        return false;
    style->grid_fit = (enum bx_grid_fit)fit;
    return bx_style_place(&place, reader, root, "ink") &&
           bx_xml_colour(&style->ink, &place, "colour");
}

/* Edges: the first em box at the top edge, the last at the bottom edge. Cells: equal lines. */
static bool find_line_pitch(struct bx_style_reader *reader, const struct bx_xml_node *root)
{
    struct bx_style *style = reader->style;
    bx_len size = style->texts[BX_TEXT_BODY].size, height = style->type_area.h;
    style->line_pitch = style->grid_fit == BX_FIT_EDGES
                            ? (height - size) / (style->grid_lines - 1)
                            : height / style->grid_lines;
    return style->line_pitch >= size ||
           bx_xml_fail(reader->xml, root, reader->err,
                       "the lines of the grid are lower than the body's characters");
}

/* --- texts --- */

/* "grid": the type area's width by the columns, rounded down so that all columns fit. */
static bool
read_pitch(bx_len *out, const struct bx_style *style, const struct bx_xml_place *place)
{
    const char *pitch = bx_xml_find_attr(place->node, "pitch");
    if (pitch && strcmp(pitch, "grid") == 0) {
        *out = style->type_area.w / style->grid_columns;
        return true;
    }
    return bx_xml_len(out, place, "pitch");
}

static bool read_text(struct bx_style_reader *reader, const struct bx_xml_node *node)
{
    static const char *const kinds[] = {
        [BX_TEXT_BODY] = "body",
        [BX_TEXT_TITLE] = "title",
        [BX_TEXT_DOCUMENT_NUMBER] = "document-number",
        [BX_TEXT_HEADING1] = "heading1",
        [BX_TEXT_HEADING2] = "heading2",
        [BX_TEXT_HEADING3] = "heading3",
        [BX_TEXT_HEADING4] = "heading4",
        [BX_TEXT_BYLINE] = "byline",
        [BX_TEXT_SIGNATURE] = "signature",
        [BX_TEXT_CAPTION] = "caption",
        [BX_TEXT_CELL] = "cell",
        [BX_TEXT_PAGE_NUMBER] = "page-number",
        NULL,
    };
    static const char *const aligns[] = {
        [BX_ALIGN_LEFT] = "left",
        [BX_ALIGN_CENTER] = "center",
        [BX_ALIGN_RIGHT] = "right",
        [BX_ALIGN_JUSTIFY] = "justify",
        [BX_ALIGN_DISTRIBUTE] = "distribute",
        NULL,
    };
    struct bx_style *style = reader->style;
    struct bx_xml_place place = {.xml = reader->xml, .node = node, .err = reader->err};
    int kind = BX_TEXT_BODY, align = BX_ALIGN_LEFT;
    if (!bx_xml_word(&kind, &place, "kind", kinds))
        return false;
    struct bx_text_style *text = &style->texts[kind];
    if (text->size > 0)
        return bx_style_fail(&place, "this kind of text is given twice");
    bx_xml_string(&text->role, &place, "role", &style->arena);
    if (!text->role || !bx_xml_len(&text->size, &place, "size"))
        return text->role || bx_style_fail(&place, "no role");
    text->pitch = text->size;
    if (!read_pitch(&text->pitch, style, &place) ||
        !bx_xml_em1000(&text->indent_em1000, &place, "indent") ||
        !bx_xml_int(&text->blank_before, &place, "blank-before", 0, BLANKS_MAX) ||
        !bx_xml_int(&text->blank_after, &place, "blank-after", 0, BLANKS_MAX) ||
        !bx_xml_word(&align, &place, "align", aligns))
        return false;
    text->align = (enum bx_align)align;
    bool is_set = text->size > 0 && text->size <= style->type_area.h && text->pitch > 0 &&
                  text->pitch <= style->type_area.w;
    return is_set || bx_style_fail(&place, "its characters do not fit the type area");
}

static bool read_texts(struct bx_style_reader *reader, const struct bx_xml_node *root)
{
    for (const struct bx_xml_node *node = bx_xml_find_child(root, "text"); node;
         node = bx_xml_find_next(node, "text"))
        if (!read_text(reader, node))
            return false;
    for (int kind = 0; kind < BX_TEXT_KIND_COUNT; kind++)
        if (reader->style->texts[kind].size == 0)
            return bx_xml_fail(reader->xml, root, reader->err,
                               "a kind of text is missing: there are %d", BX_TEXT_KIND_COUNT);
    return true;
}

/* --- pages, signature, page number --- */

static bool read_pages(struct bx_style_reader *reader, const struct bx_xml_node *root)
{
    struct bx_page_rules *pages = &reader->style->pages;
    struct bx_xml_place place, costs;
    return bx_style_place(&place, reader, root, "pages") &&
           bx_xml_int(&pages->widows, &place, "widows", 0, LINES_MAX) &&
           bx_xml_int(&pages->orphans, &place, "orphans", 0, LINES_MAX) &&
           bx_xml_int(&pages->keep_lines, &place, "keep-lines", 0, LINES_MAX) &&
           bx_xml_int(&pages->even_lines, &place, "even-lines", 0, LINES_MAX) &&
           bx_xml_int(&pages->whole_blank_lines, &place, "whole-blank-lines", 0, LINES_MAX) &&
           bx_style_place(&costs, reader, place.node, "costs") &&
           bx_xml_int(&pages->cost_page, &costs, "page", 0, COST_MAX) &&
           bx_xml_int(&pages->cost_cut_table, &costs, "cut-table", 0, COST_MAX) &&
           bx_xml_int(&pages->cost_unbalanced, &costs, "unbalanced", 0, COST_MAX) &&
           bx_xml_int(&pages->cost_blank_line, &costs, "blank-line", 0, COST_MAX) &&
           bx_xml_int(&pages->cost_short_page, &costs, "short-page", 0, COST_MAX) &&
           bx_xml_int(&pages->cost_dense_step, &costs, "dense-step", 0, COST_MAX);
}

static bool read_seal(struct bx_style_reader *reader, const struct bx_xml_node *signature)
{
    struct bx_signature_rules *rules = &reader->style->signature;
    struct bx_xml_place part;
    if (!bx_style_place(&part, reader, signature, "seal"))
        return false;
    bx_xml_string(&rules->seal_alt, &part, "alt", &reader->style->arena);
    return bx_xml_int(&rules->seal_magenta, &part, "magenta", 0, PERCENT_MAX) &&
           bx_xml_int(&rules->seal_yellow, &part, "yellow", 0, PERCENT_MAX) &&
           bx_style_place(&part, reader, signature, "straddle") &&
           bx_xml_len(&rules->straddle_least, &part, "least-slice");
}

static bool read_signature(struct bx_style_reader *reader, const struct bx_xml_node *root)
{
    struct bx_signature_rules *rules = &reader->style->signature;
    struct bx_xml_place place, part;
    return bx_style_place(&place, reader, root, "signature") &&
           bx_style_place(&part, reader, place.node, "unsealed") &&
           bx_xml_em1000(&rules->right_em1000, &part, "right") &&
           bx_xml_em1000(&rules->date_shift_em1000, &part, "date-shift") &&
           bx_xml_int(&rules->blank_before, &part, "blank-before", 0, BLANKS_MAX) &&
           bx_style_place(&part, reader, place.node, "sealed") &&
           bx_xml_em1000(&rules->sealed_right_em1000, &part, "right") &&
           bx_xml_len(&rules->seal_diameter, &part, "diameter") &&
           read_seal(reader, place.node) &&
           bx_style_place(&part, reader, place.node, "signer") &&
           bx_xml_em1000(&rules->signer_right_em1000, &part, "right") &&
           bx_xml_em1000(&rules->signer_gap_em1000, &part, "gap") &&
           bx_xml_int(&rules->signer_blank_before, &part, "blank-before", 0, BLANKS_MAX) &&
           bx_xml_em1000(&rules->name_blank_em1000, &part, "name-blank");
}

static bool read_draft(struct bx_style_reader *reader, const struct bx_xml_node *root)
{
    struct bx_draft_style *draft = &reader->style->draft;
    struct bx_xml_place place;
    if (!bx_style_place(&place, reader, root, "draft"))
        return false;
    bx_xml_string(&draft->text, &place, "text", &reader->style->arena);
    bx_xml_string(&draft->role, &place, "role", &reader->style->arena);
    return bx_xml_len(&draft->size, &place, "size") &&
           bx_xml_share1000(&draft->turn_1000, &place, "turn") &&
           bx_xml_colour(&draft->colour, &place, "colour");
}

static bool read_page_number(struct bx_style_reader *reader, const struct bx_xml_node *root)
{
    struct bx_page_number *number = &reader->style->page_number;
    struct bx_xml_place place;
    number->before = number->after = "";
    if (!bx_style_place(&place, reader, root, "page-number"))
        return false;
    bx_xml_string(&number->before, &place, "before", &reader->style->arena);
    bx_xml_string(&number->after, &place, "after", &reader->style->arena);
    bx_xml_string(&number->before_total, &place, "before-total", &reader->style->arena);
    return bx_xml_len(&number->below, &place, "below") &&
           bx_xml_em1000(&number->inset_em1000, &place, "inset");
}

/* --- whole --- */

static bool read_style(struct bx_style_reader *reader)
{
    struct bx_style *style = reader->style;
    const struct bx_xml_node *root = reader->xml->root;
    struct bx_xml_place place = {.xml = reader->xml, .node = root, .err = reader->err}, lines;
    style->name = style->version = style->source = "";
    bx_xml_string(&style->name, &place, "name", &style->arena);
    bx_xml_string(&style->version, &place, "version", &style->arena);
    bx_xml_string(&style->source, &place, "source", &style->arena);
    return bx_xml_check_sources(reader->xml, true, reader->err) && read_page(reader, root) &&
           read_grid(reader, root) && read_texts(reader, root) &&
           find_line_pitch(reader, root) && bx_style_place(&lines, reader, root, "lines") &&
           bx_style_read_lines(&style->lines, reader, lines.node) && read_pages(reader, root) &&
           read_signature(reader, root) && read_page_number(reader, root) &&
           read_draft(reader, root) && bx_style_read_chart(reader) &&
           bx_style_read_tables(reader);
}

bool bx_style_read_bytes(struct bx_style **out,
                         struct bx_xml_schema *schema,
                         const char *file,
                         const void *data,
                         size_t len,
                         struct bx_err *err)
{
    struct bx_xml xml;
    if (!bx_xml_read_bytes(&xml, schema, file, data, len, err))
        return false;
    struct bx_arena arena = {0};
    struct bx_style *style = BX_NEW(&arena, struct bx_style);
    style->arena = arena;
    struct bx_style_reader reader = {.xml = &xml, .err = err, .style = style};
    bool is_done = read_style(&reader) && bx_xml_settle(&xml, err);
    bx_xml_fini(&xml);
    if (!is_done) {
        bx_style_free(style);
        return false;
    }
    *out = style;
    return true;
}

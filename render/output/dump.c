/* Stages as stable text.
 *
 * One thing a line; words and integers (1/1024 pt) with single spaces; what is free text comes
 * last. In texts, \n, \t, \\ and \x1b stand for what they stand for in C. An element is e12, an
 * artifact `layout`, `pagination` or `repeat`. A colour is gray, or r,g,b, in 1/1000.
 *
 * Pages, one "page" line and then its marks in drawing order:
 *
 *     page NUMBER WIDTH HEIGHT marks COUNT
 *     run X Y SIZE FACE ELEMENT [vertical] [scale N] [colour C] ADVANCES #GLYPHS TEXT
 *     fill X Y W H COLOUR ELEMENT
 *     image X Y W H PIXELSxPIXELSxCOMPONENTS ELEMENT
 *     link X Y W H ELEMENT URI
 *     path X Y W H fill|stroke COLOUR [width N] [dash N,N] ELEMENT STEPS [clip STEPS]
 *
 * ADVANCES are joined by commas, equal neighbours as N*advance; a glyph off its pen adds @dx;dy.
 * STEPS are M, L, C and Z with their places, which count from X, Y.
 * GLYPHS is a checksum of glyph numbers and clusters, so that any change of a glyph or of its
 * place changes the line, and a line stays short. Colour is named where it is not black.
 *
 * The model and the plan are in dump_model.c and dump_plan.c. */
#include "output/dump.h"

#include <assert.h>

#include "output/dump_text.h"

static void add_image(struct bx_buf *out, const struct bx_mark *mark)
{
    assert(mark->image);
    bx_buf_add_text(out, "image");
    bx_dump_rect(out, mark->rect);
    bx_buf_printf(out, " %dx%dx%d%s%s", mark->image->width, mark->image->height,
                  mark->image->components, mark->image->is_jpeg ? " jpeg" : "",
                  mark->image->alpha ? " alpha" : "");
    bx_dump_element(out, mark->element);
    bx_buf_add_byte(out, '\n');
}

static void add_steps(struct bx_buf *out, const struct bx_step *steps, int count)
{
    static const char letters[] = {[BX_STEP_MOVE] = 'M',
                                   [BX_STEP_LINE] = 'L',
                                   [BX_STEP_CURVE] = 'C',
                                   [BX_STEP_CLOSE] = 'Z'};
    static const int points[] = {
        [BX_STEP_MOVE] = 1, [BX_STEP_LINE] = 1, [BX_STEP_CURVE] = 3, [BX_STEP_CLOSE] = 0};
    for (int i = 0; i < count; i++) {
        bx_buf_printf(out, " %c", letters[steps[i].kind]);
        for (int k = 0; k < points[steps[i].kind]; k++)
            bx_buf_printf(out, "%s%d,%d", k > 0 ? ";" : "", steps[i].points[k].x,
                          steps[i].points[k].y);
    }
}

static void add_path(struct bx_buf *out, const struct bx_mark *mark)
{
    const struct bx_path *path = mark->path;
    bx_buf_add_text(out, "path");
    bx_dump_rect(out, mark->rect);
    bx_buf_add_text(out, path->is_stroked ? " stroke" : " fill");
    bx_dump_colour(out, path->colour);
    if (path->is_stroked)
        bx_buf_printf(out, " width %d", path->width);
    if (path->dash_on > 0)
        bx_buf_printf(out, " dash %d,%d", path->dash_on, path->dash_off);
    bx_dump_element(out, mark->element);
    add_steps(out, path->steps, path->step_count);
    if (path->clip) {
        bx_buf_add_text(out, " clip");
        add_steps(out, path->clip, path->clip_count);
    }
    bx_buf_add_byte(out, '\n');
}

static void add_mark(struct bx_buf *out, const struct bx_mark *mark)
{
    switch (mark->kind) {
    case BX_MARK_RUN:
        bx_dump_run(out, &mark->run, 0);
        return;
    case BX_MARK_FILL:
        bx_buf_add_text(out, "fill");
        bx_dump_rect(out, mark->rect);
        bx_dump_colour(out, mark->colour);
        bx_dump_element(out, mark->element);
        bx_buf_add_byte(out, '\n');
        return;
    case BX_MARK_IMAGE:
        add_image(out, mark);
        return;
    case BX_MARK_LINK:
        bx_buf_add_text(out, "link");
        bx_dump_rect(out, mark->rect);
        bx_dump_element(out, mark->element);
        bx_dump_string(out, mark->uri);
        bx_buf_add_byte(out, '\n');
        return;
    case BX_MARK_PATH:
        add_path(out, mark);
        return;
    case BX_MARK_SEAL:
        bx_buf_add_text(out, "seal");
        bx_dump_rect(out, mark->rect);
        bx_buf_add_text(out, " shown");
        bx_dump_rect(out, mark->shown);
        bx_dump_element(out, mark->element);
        bx_dump_string(out, mark->image->path);
        bx_buf_add_byte(out, '\n');
        return;
    case BX_MARK_FIELD:
        bx_buf_add_text(out, "field");
        bx_dump_rect(out, mark->rect);
        bx_dump_element(out, mark->element);
        bx_buf_add_byte(out, '\n');
        return;
    }
}

void bx_dump_page(struct bx_buf *out, const struct bx_page *page)
{
    bx_buf_printf(out, "page %d %d %d marks %d\n", page->number, page->width, page->height,
                  page->mark_count);
    for (int i = 0; i < page->mark_count; i++)
        add_mark(out, &page->marks[i]);
}

static void add_meta(struct bx_buf *out, const struct bx_meta *meta)
{
    bx_dump_field(out, 0, "title", meta->title);
    bx_dump_field(out, 0, "organ", meta->organ);
    bx_dump_field(out, 0, "language", meta->language);
    bx_dump_field(out, 0, "date", meta->date_iso);
    bx_dump_field(out, 0, "style", meta->style);
    bx_buf_printf(out, "year %d\n", meta->year);
}

void bx_dump_pages(struct bx_buf *out, const struct bx_pages *pages)
{
    bx_buf_printf(out, "pages %d\n", pages->page_count);
    add_meta(out, &pages->meta);
    for (int i = 0; i < pages->page_count; i++)
        bx_dump_page(out, &pages->pages[i]);
}

void bx_dump_why(struct bx_buf *out, const struct bx_pages *pages)
{
    bx_buf_printf(out, "pages %d\n", pages->page_count);
    for (int i = 0; i < pages->why_count; i++) {
        const struct bx_break_why *why = &pages->whys[i];
        bx_buf_printf(out, "page %d ends ", why->page);
        if (!why->how) {
            bx_buf_printf(out, "with the report, %d lines blank\n", why->blank);
            continue;
        }
        bx_buf_printf(out, "before block %d: ", why->block);
        bx_dump_escape(out, why->what);
        bx_buf_printf(out,
                      ", %s, %d lines blank, cost %lld = page %lld + place %lld + rest %lld",
                      why->how, why->blank, why->cost, why->page_cost, why->place_cost,
                      why->cost - why->page_cost - why->place_cost);
        if (why->next_what) {
            bx_buf_add_text(out, "; next best: ");
            bx_dump_escape(out, why->next_what);
            bx_buf_printf(out, ", %lld more for the report", why->next_cost);
        }
        bx_buf_add_byte(out, '\n');
    }
}

static const char *tag_name(enum bx_tag tag)
{
    switch (tag) {
    case BX_TAG_DOCUMENT:
        return "Document";
    case BX_TAG_SECT:
        return "Sect";
    case BX_TAG_H1:
        return "H1";
    case BX_TAG_H2:
        return "H2";
    case BX_TAG_H3:
        return "H3";
    case BX_TAG_H4:
        return "H4";
    case BX_TAG_H5:
        return "H5";
    case BX_TAG_H6:
        return "H6";
    case BX_TAG_P:
        return "P";
    case BX_TAG_TABLE:
        return "Table";
    case BX_TAG_CAPTION:
        return "Caption";
    case BX_TAG_THEAD:
        return "THead";
    case BX_TAG_TBODY:
        return "TBody";
    case BX_TAG_TR:
        return "TR";
    case BX_TAG_TH:
        return "TH";
    case BX_TAG_TD:
        return "TD";
    case BX_TAG_FIGURE:
        return "Figure";
    case BX_TAG_SPAN:
        return "Span";
    case BX_TAG_LINK:
        return "Link";
    case BX_TAG_FORM:
        return "Form";
    }
    return "?";
}

static const char *scope_name(enum bx_scope scope)
{
    switch (scope) {
    case BX_SCOPE_NONE:
        return NULL;
    case BX_SCOPE_ROW:
        return "row";
    case BX_SCOPE_COL:
        return "col";
    case BX_SCOPE_ROWGROUP:
        return "rowgroup";
    case BX_SCOPE_COLGROUP:
        return "colgroup";
    }
    return "?";
}

static void add_cell_fields(struct bx_buf *out, const struct bx_element *element)
{
    if (scope_name(element->scope))
        bx_buf_printf(out, " scope %s", scope_name(element->scope));
    if (element->rowspan > 1)
        bx_buf_printf(out, " rowspan %d", element->rowspan);
    if (element->colspan > 1)
        bx_buf_printf(out, " colspan %d", element->colspan);
    for (int i = 0; i < element->header_count; i++)
        bx_buf_printf(out, "%s%d", i ? "," : " headers e", element->headers[i]);
}

/* TAG ELEMENT [scope S] [rowspan N] [colspan N] [headers e1,2] [WHERE] [= TITLE] [alt TEXT] */
static void add_element(struct bx_buf *out, const struct bx_element *element, int i, int depth)
{
    bx_buf_printf(out, "%*s%s e%d", 2 * depth, "", tag_name(element->tag), i);
    if (element->tag == BX_TAG_TH || element->tag == BX_TAG_TD)
        add_cell_fields(out, element);
    if (element->where)
        bx_dump_string(out, element->where);
    if (element->title) {
        bx_buf_add_text(out, " =");
        bx_dump_string(out, element->title);
    }
    if (element->alt) {
        bx_buf_add_text(out, " alt");
        bx_dump_string(out, element->alt);
    }
    bx_buf_add_byte(out, '\n');
}

/* Parents stand before their children, so one pass knows every depth. */
void bx_dump_structure(struct bx_buf *out, const struct bx_pages *pages)
{
    if (pages->element_count == 0)
        return;
    struct bx_arena arena = {0};
    int *depths = BX_NEW_ARRAY(&arena, int, (size_t)pages->element_count);
    for (int i = 0; i < pages->element_count; i++) {
        const struct bx_element *element = &pages->elements[i];
        assert(element->parent < i);
        depths[i] = element->parent < 0 ? 0 : depths[element->parent] + 1;
        add_element(out, element, i, depths[i]);
    }
    bx_arena_fini(&arena);
}

#include "page/place.h"

#include <string.h>

void bx_placer_add(struct bx_placer *placer, const struct bx_mark *mark)
{
    struct bx_page *page = placer->page;
    if (page->mark_count == placer->capacity)
        page->marks = bx_arena_grow(placer->arena, page->marks, page->mark_count,
                                    &placer->capacity, sizeof(*page->marks));
    page->marks[page->mark_count++] = *mark;
}

/* An artifact below 0 takes the place of the runs' own elements. */
void bx_placer_add_line(
    struct bx_placer *placer, const struct bx_line *line, bx_len x, bx_len y, int artifact)
{
    for (int i = 0; i < line->run_count; i++) {
        struct bx_mark mark = {.kind = BX_MARK_RUN, .run = line->runs[i]};
        mark.run.x += x;
        mark.run.y += y;
        if (artifact < 0)
            mark.run.element = artifact;
        mark.element = mark.run.element;
        mark.colour = mark.run.colour;
        bx_placer_add(placer, &mark);
    }
}

static const char *number_text(const struct bx_placer *placer, int page_count)
{
    const struct bx_page_number *number = &placer->style->page_number;
    const char *text =
        bx_arena_printf(placer->arena, "%s%d", number->before, placer->page->number);
    if (number->before_total)
        text = bx_arena_printf(placer->arena, "%s%s%d", text, number->before_total, page_count);
    return bx_arena_printf(placer->arena, "%s%s", text, number->after);
}

bool bx_placer_add_number(struct bx_placer *placer,
                          int page_count,
                          struct bx_fontset *fonts,
                          struct bx_findings *findings,
                          struct bx_err *err)
{
    const struct bx_style *style = placer->style;
    const struct bx_page_number *number = &style->page_number;
    const struct bx_text_style *text = &style->texts[BX_TEXT_PAGE_NUMBER];
    const char *label = number_text(placer, page_count);
    struct bx_piece piece = {
        .text = label,
        .len = (int)strlen(label),
        .role = bx_fontset_find_role(fonts, text->role),
        .size = text->size,
        .element = BX_ARTIFACT_PAGINATION,
    };
    struct bx_para_spec spec = {
        .measure = style->type_area.w,
        .em = text->pitch,
        .align = BX_ALIGN_LEFT,
        .rules = &style->lines,
        .half_digits = true,
        .ink = style->ink,
    };
    struct bx_para_context context = {
        .arena = placer->arena, .fonts = fonts, .findings = findings};
    struct bx_para para;
    bool is_set = bx_para_build(&para, &context, &piece, 1, &spec, err);
    bx_arena_fini(&context.scratch);
    if (!is_set || para.line_count == 0)
        return is_set;

    const struct bx_line *line = &para.lines[0];
    const struct bx_run *first = &line->runs[0];
    struct bx_ink ink = {0};
    bx_font_ink(first->font, first->glyphs[0].index, &ink);
    bx_len inset = (bx_len)((int64_t)text->pitch * number->inset_em1000 / 1000);
    bx_len x = style->type_area.x + inset;
    if (placer->page->number % 2 == 1)
        x = style->type_area.x + style->type_area.w - inset - line->right;
    bx_len ink_top = style->type_area.y + style->type_area.h + number->below;
    bx_len baseline = ink_top + bx_font_len(first->font, ink.y1, first->size);
    bx_placer_add_line(placer, line, x, baseline - first->y, BX_ARTIFACT_PAGINATION);
    return true;
}

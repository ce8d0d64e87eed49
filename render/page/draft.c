/* The word for a draft across each page, under everything else: outlines, not text, so that the text
 * of the file stays that of the report, and an artifact that is no part of it.
 *
 * Set once in one line and turned about the middle of the page; all pages share the outline. */
#include <string.h>

#include "font/outline.h"
#include "page/pages.h"
#include "plan/chart_turn.h"
#include "plan/para.h"

struct drafter {
    const struct bx_style *style;
    struct bx_arena *arena;
    struct bx_step *steps;
    int step_count;
    struct bx_point middle; /* of the page */
    int64_t sin, cos;       /* of the turn */
};

static bx_len turned(int64_t value)
{
    return (bx_len)((value + (value < 0 ? -BX_TURN / 2 : BX_TURN / 2)) / BX_TURN);
}

/* A place that counts from the middle of the page, turned anticlockwise. */
static struct bx_point turn(const struct drafter *d, int64_t x, int64_t y)
{
    return (struct bx_point){
        .x = d->middle.x + turned(x * d->cos + y * d->sin),
        .y = d->middle.y + turned(y * d->cos - x * d->sin),
    };
}

/* x and y: the glyph's origin, from the middle of the page. */
static void
add_glyph(struct drafter *d, const struct bx_run *run, uint32_t glyph, bx_len x, bx_len y)
{
    static const enum bx_step_kind kinds[] = {[BX_OUTLINE_MOVE] = BX_STEP_MOVE,
                                              [BX_OUTLINE_LINE] = BX_STEP_LINE,
                                              [BX_OUTLINE_CURVE] = BX_STEP_CURVE,
                                              [BX_OUTLINE_CLOSE] = BX_STEP_CLOSE};
    const struct bx_outline_step *outline;
    int count = bx_font_outline(&outline, d->arena, run->font, glyph);
    if (count == 0)
        return;
    struct bx_step *steps =
        BX_NEW_ARRAY(d->arena, struct bx_step, (size_t)d->step_count + (size_t)count);
    if (d->step_count > 0)
        memcpy(steps, d->steps, sizeof(*steps) * (size_t)d->step_count);
    d->steps = steps;
    for (int i = 0; i < count; i++) {
        struct bx_step *step = &steps[d->step_count++];
        step->kind = kinds[outline[i].kind];
        for (int p = 0; p < 3; p++)
            step->points[p] = turn(d, x + bx_font_len(run->font, outline[i].x[p], run->size),
                                   y - bx_font_len(run->font, outline[i].y[p], run->size));
    }
}

/* The line's ideographic centre, and the middle of its width, on the middle of the page. */
static void add_line(struct drafter *d, const struct bx_line *line)
{
    bx_len middle = line->left + (line->right - line->left) / 2;
    for (int r = 0; r < line->run_count; r++) {
        const struct bx_run *run = &line->runs[r];
        bx_len x = run->x - middle;
        for (int g = 0; g < run->glyph_count; g++) {
            const struct bx_glyph *glyph = &run->glyphs[g];
            add_glyph(d, run, glyph->index, x + glyph->dx, run->y + glyph->dy);
            x += glyph->advance;
        }
    }
}

static bool draw_word(struct drafter *d,
                      struct bx_fontset *fonts,
                      struct bx_findings *findings,
                      struct bx_err *err)
{
    const struct bx_draft_style *draft = &d->style->draft;
    struct bx_piece piece = {
        .text = draft->text,
        .len = (int)strlen(draft->text),
        .role = bx_fontset_find_role(fonts, draft->role),
        .size = draft->size,
        .element = BX_ARTIFACT_WATERMARK,
    };
    if (piece.role < 0)
        return bx_fail(err, BX_E_LAYOUT, d->style->name, "", "no font role %s", draft->role);
    const struct bx_para_spec spec = {
        .measure = piece.len * draft->size,
        .em = draft->size,
        .align = BX_ALIGN_LEFT,
        .rules = &d->style->lines,
        .ink = draft->colour,
    };
    struct bx_para_context context = {.arena = d->arena, .fonts = fonts, .findings = findings};
    struct bx_para para;
    bool is_set = bx_para_build(&para, &context, &piece, 1, &spec, err);
    bx_arena_fini(&context.scratch);
    if (is_set && para.line_count > 0)
        add_line(d, &para.lines[0]);
    return is_set;
}

/* Marks are drawn in their order: first what lies lowest. */
static void add_lowest(struct bx_arena *arena, struct bx_page *page, const struct bx_mark *mark)
{
    size_t count = (size_t)page->mark_count;
    struct bx_mark *marks = BX_NEW_ARRAY(arena, struct bx_mark, count + 1);
    marks[0] = *mark;
    if (count > 0)
        memcpy(marks + 1, page->marks, sizeof(*marks) * count);
    page->marks = marks;
    page->mark_count++;
}

bool bx_pages_add_draft(struct bx_pages *pages,
                        const struct bx_style *style,
                        struct bx_fontset *fonts,
                        struct bx_findings *findings,
                        struct bx_err *err)
{
    int64_t part = (int64_t)BX_TURN * style->draft.turn_1000 / 1000;
    struct drafter d = {
        .style = style,
        .arena = &pages->arena,
        .middle = {.x = style->paper_w / 2, .y = style->paper_h / 2},
        .sin = bx_turn_sin(part),
        .cos = bx_turn_cos(part),
    };
    if (!draw_word(&d, fonts, findings, err))
        return false;
    struct bx_path *path = BX_NEW(d.arena, struct bx_path);
    *path = (struct bx_path){
        .steps = d.steps,
        .step_count = d.step_count,
        .box_w = style->paper_w,
        .box_h = style->paper_h,
        .colour = style->draft.colour,
    };
    const struct bx_mark mark = {
        .kind = BX_MARK_PATH,
        .element = BX_ARTIFACT_WATERMARK,
        .rect = {.w = style->paper_w, .h = style->paper_h},
        .colour = style->draft.colour,
        .path = path,
    };
    for (int i = 0; i < pages->page_count && d.step_count > 0; i++)
        add_lowest(d.arena, &pages->pages[i], &mark);
    return true;
}

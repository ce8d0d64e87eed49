#include "drawn.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

void drawn_init(struct drawn *d)
{
    *d = (struct drawn){0};
    setting_init(&d->setting);
    if (!bx_style_read(&d->style, BX_SOURCE_DIR "/layouts", "gbt9704", &d->err))
        fail_msg("%s: %s", d->err.file, d->err.what);
    d->model.file = "report.json";
}

static void clear(struct drawn *d)
{
    bx_arena_fini(&d->planner.context.scratch);
    bx_arena_fini(&d->plan.arena);
    d->plan = (struct bx_plan){.style = d->style, .model = &d->model};
    d->plan.structure.arena = &d->plan.arena;
    d->planner = (struct bx_planner){
        .plan = &d->plan,
        .model = &d->model,
        .style = d->style,
        .fonts = d->setting.fonts,
        .findings = &d->setting.findings,
        .context = {.arena = &d->plan.arena,
                    .fonts = d->setting.fonts,
                    .findings = &d->setting.findings},
        .err = &d->err,
    };
    bx_structure_add(&d->plan.structure, BX_TAG_DOCUMENT, -1);
    d->planner.section = bx_structure_add(&d->plan.structure, BX_TAG_SECT, 0);
}

void drawn_fini(struct drawn *d)
{
    bx_arena_fini(&d->planner.context.scratch);
    bx_arena_fini(&d->plan.arena);
    bx_style_free(d->style);
    setting_fini(&d->setting);
}

int drawn_set_up(void **state)
{
    static struct drawn d;
    drawn_init(&d);
    *state = &d;
    return 0;
}

int drawn_tear_down(void **state)
{
    drawn_fini(*state);
    return 0;
}

void drawn_make_round(struct drawn *d)
{
    struct bx_chart_style *style = &d->style->chart;
    style->size = SIZE;
    style->line_em1000 = 1200;
    style->gap = GAP;
    style->plot_height = PLOT_HEIGHT;
    style->pie_radius = PIE_RADIUS;
    style->axis_rule = AXIS_RULE;
    style->grid_rule = GRID_RULE;
    style->outline_rule = OUTLINE_RULE;
    style->curve_rule = CURVE_RULE;
    style->bar_widest = BAR_WIDEST;
    style->bar_least = BAR_LEAST;
    style->bar_gap = BAR_GAP;
    style->marker = MARKER;
    style->steps = 5;
    style->unit_before = "计";
    style->unit_after = "数";
}

int drawn_set_up_round(void **state)
{
    drawn_make_round(*state);
    return 0;
}

bx_len pt(double points)
{
    return (bx_len)(points * BX_PT);
}

void drawn_give(struct drawn *d,
                enum bx_chart_kind kind,
                const char **categories,
                int category_count,
                const char **series,
                int series_count,
                const char **values)
{
    clear(d);
    d->block = (struct bx_block){.kind = BX_BLOCK_CHART, .where = "/chart", .chart = &d->chart};
    d->chart =
        (struct bx_chart){kind, NULL, categories, category_count, series, series_count, values};
}

bool drawn_make(struct drawn *d)
{
    d->err = (struct bx_err){0};
    return bx_planner_add_chart(&d->planner, &d->block);
}

bool drawn_fits(struct drawn *d, bx_len width, bx_len height)
{
    clear(d);
    d->style->type_area.w = width;
    d->style->type_area.h = height;
    if (drawn_make(d))
        return true;
    assert_int_equal(d->err.code, BX_E_FIT);
    return false;
}

const struct bx_drawing *drawn_drawing(const struct drawn *d)
{
    for (int i = 0; i < d->plan.block_count; i++)
        if (d->plan.blocks[i].drawing)
            return d->plan.blocks[i].drawing;
    fail_msg("nothing is drawn");
    return NULL;
}

bx_len drawn_height(const struct drawn *d)
{
    return d->plan.blocks[0].image_h;
}

bool drawn_is_shape(const struct bx_drawn *drawn)
{
    return drawn->kind == BX_DRAWN_PATH && !drawn->path.is_stroked;
}

bool drawn_is_open_line(const struct bx_drawn *drawn)
{
    return drawn->kind == BX_DRAWN_PATH && drawn->path.is_stroked && !drawn->path.clip &&
           drawn->path.steps[drawn->path.step_count - 1].kind == BX_STEP_LINE;
}

int drawn_list_shapes(const struct drawn *d, struct bx_rect *boxes, int room)
{
    const struct bx_drawing *drawing = drawn_drawing(d);
    int count = 0;
    for (int i = 0; i < drawing->count && count < room; i++)
        if (drawn_is_shape(&drawing->items[i]))
            boxes[count++] = drawing->items[i].rect;
    return count;
}

struct bx_rect drawn_run_box(const struct bx_run *run)
{
    bx_len width = 0;
    for (int i = 0; i < run->glyph_count; i++)
        width += run->glyphs[i].advance;
    bx_len middle = run->y - bx_font_centre(run->font, run->size);
    return (struct bx_rect){run->x, middle - run->size / 2, width, run->size};
}

/* ---- exact places ---- */

static double points(bx_len len)
{
    return (double)len / BX_PT;
}

static bool is_at(const struct bx_run *run, const struct drawn_text *text)
{
    bx_len y = run->y - bx_font_centre(run->font, run->size);
    bool is_same = (int)strlen(text->text) == run->text_len &&
                   memcmp(text->text, run->text, (size_t)run->text_len) == 0;
    return is_same && (isnan(text->x) || points(run->x) == text->x) && points(y) == text->y;
}

static void fail_text(const struct bx_run *run, const struct drawn_text *text)
{
    fail_msg("\"%.*s\" stands at %.4f %.4f where \"%s\" should at %.4f %.4f", run->text_len,
             run->text, points(run->x), points(run->y - bx_font_centre(run->font, run->size)),
             text->text, text->x, text->y);
}

void drawn_check_texts(const struct drawn *d, const struct drawn_text *texts, int count)
{
    const struct bx_drawing *drawing = drawn_drawing(d);
    int n = 0;
    for (int i = 0; i < drawing->count; i++) {
        const struct bx_drawn *drawn = &drawing->items[i];
        if (drawn->kind != BX_DRAWN_RUN)
            continue;
        if (n == count)
            fail_msg("\"%.*s\" should not be there", drawn->run.text_len, drawn->run.text);
        if (!is_at(&drawn->run, &texts[n]))
            fail_text(&drawn->run, &texts[n]);
        n++;
    }
    assert_int_equal(n, count);
}

void drawn_check_text(const struct drawn *d, int n, struct drawn_text text)
{
    const struct bx_drawing *drawing = drawn_drawing(d);
    for (int i = 0; i < drawing->count; i++) {
        const struct bx_run *run = &drawing->items[i].run;
        if (drawing->items[i].kind != BX_DRAWN_RUN || (int)strlen(text.text) != run->text_len ||
            memcmp(text.text, run->text, (size_t)run->text_len) != 0 || n-- > 0)
            continue;
        if (!is_at(run, &text))
            fail_text(run, &text);
        return;
    }
    fail_msg("\"%s\" is not there", text.text);
}

static void check_rect(const struct bx_rect *rect, const struct drawn_rect *wanted, int n)
{
    if (points(rect->x) != wanted->x || points(rect->y) != wanted->y ||
        points(rect->w) != wanted->w || points(rect->h) != wanted->h)
        fail_msg("rectangle %d is %.4f %.4f %.4f %.4f, not %.4f %.4f %.4f %.4f", n,
                 points(rect->x), points(rect->y), points(rect->w), points(rect->h), wanted->x,
                 wanted->y, wanted->w, wanted->h);
}

void drawn_check_shapes(const struct drawn *d, const struct drawn_rect *rects, int count)
{
    struct bx_rect boxes[64];
    int found = drawn_list_shapes(d, boxes, 64);
    for (int i = 0; i < found && i < count; i++)
        check_rect(&boxes[i], &rects[i], i);
    assert_int_equal(found, count);
}

static bool is_same_colour(struct bx_colour a, struct bx_colour b)
{
    return a.is_gray == b.is_gray && a.r == b.r && a.g == b.g && a.b == b.b;
}

void drawn_check_fills(const struct drawn *d,
                       struct bx_colour colour,
                       const struct drawn_rect *rects,
                       int count)
{
    const struct bx_drawing *drawing = drawn_drawing(d);
    int n = 0;
    for (int i = 0; i < drawing->count; i++) {
        const struct bx_drawn *drawn = &drawing->items[i];
        if (drawn->kind != BX_DRAWN_FILL || !is_same_colour(drawn->colour, colour))
            continue;
        if (n < count)
            check_rect(&drawn->rect, &rects[n], n);
        n++;
    }
    assert_int_equal(n, count);
}

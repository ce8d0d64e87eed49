/* Charts: what holds of every drawing, whatever its figures. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"

int run_chart(void);

/* What an element says: its runs joined. */
static const char *text_of(const struct drawn *d, int element)
{
    const char *text = "";
    for (int i = 0; i < drawn_drawing(d)->count; i++) {
        const struct bx_drawn *drawn = &drawn_drawing(d)->items[i];
        if (drawn->kind == BX_DRAWN_RUN && drawn->element == element)
            text = bx_arena_printf(&((struct drawn *)(void *)(uintptr_t)d)->plan.arena,
                                   "%s%.*s", text, drawn->run.text_len, drawn->run.text);
    }
    return text;
}

static bool do_meet(const struct bx_rect *a, const struct bx_rect *b)
{
    return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

static void check_inside(const struct drawn *d, const struct bx_rect *box, bx_len slack)
{
    const struct bx_plan_block *block = &d->plan.blocks[0];
    if (box->x < -slack || box->y < -slack || box->x + box->w > block->image_w + slack ||
        box->y + box->h > block->image_h + slack)
        fail_msg("%d %d %d %d lies outside %d %d", box->x, box->y, box->w, box->h,
                 block->image_w, block->image_h);
}

/* Samples of a line's segments: fine enough that none crosses a character unseen. */
static void check_line(const struct drawn *d, const struct bx_drawn *line)
{
    enum {
        SAMPLES = 400
    };
    for (int i = 1; i < line->path.step_count; i++) {
        struct bx_point a = line->path.steps[i - 1].points[0];
        struct bx_point b = line->path.steps[i].points[0];
        for (int n = 0; n <= SAMPLES; n++) {
            bx_len x = line->rect.x + a.x + (bx_len)((int64_t)(b.x - a.x) * n / SAMPLES);
            bx_len y = line->rect.y + a.y + (bx_len)((int64_t)(b.y - a.y) * n / SAMPLES);
            for (int k = 0; k < drawn_drawing(d)->count; k++) {
                const struct bx_drawn *text = &drawn_drawing(d)->items[k];
                if (text->kind != BX_DRAWN_RUN)
                    continue;
                struct bx_rect box = drawn_run_box(&text->run);
                if (box.x < x && x < box.x + box.w && box.y < y && y < box.y + box.h)
                    fail_msg("a line crosses \"%.*s\"", text->run.text_len, text->run.text);
            }
        }
    }
}

/* Everything lies inside; no text meets another, a bar, a marker or a line. */
static void check_drawing(const struct drawn *d)
{
    for (int i = 0; i < drawn_drawing(d)->count; i++) {
        const struct bx_drawn *drawn = &drawn_drawing(d)->items[i];
        bool is_text = drawn->kind == BX_DRAWN_RUN;
        struct bx_rect box = is_text ? drawn_run_box(&drawn->run) : drawn->rect;
        check_inside(d, &box, BX_PT / 2);
        if (drawn_is_open_line(drawn))
            check_line(d, drawn);
        for (int k = 0; is_text && k < drawn_drawing(d)->count; k++) {
            const struct bx_drawn *other = &drawn_drawing(d)->items[k];
            struct bx_rect taken =
                other->kind == BX_DRAWN_RUN ? drawn_run_box(&other->run) : other->rect;
            bool may_meet = k == i || other->kind == BX_DRAWN_FILL ||
                            (other->kind == BX_DRAWN_PATH && !drawn_is_shape(other));
            if (!may_meet && do_meet(&box, &taken))
                fail_msg("\"%.*s\" at %d %d %d %d meets %.*s at %d %d %d %d",
                         drawn->run.text_len, drawn->run.text, box.x, box.y, box.w, box.h,
                         other->run.text_len, other->run.text ? other->run.text : "", taken.x,
                         taken.y, taken.w, taken.h);
        }
    }
}

/* The table's cells say the names and figures, in its order, and each once. */
static void check_table(const struct drawn *d)
{
    const struct bx_chart *chart = &d->chart;
    const struct bx_structure *structure = &d->plan.structure;
    int c = -1, s = 0, cells = 0;
    for (int e = 0; e < structure->element_count; e++) {
        const struct bx_element *element = &structure->elements[e];
        if (element->tag == BX_TAG_TH && element->scope == BX_SCOPE_ROW) {
            assert_string_equal(text_of(d, e), chart->categories[++c]);
            s = 0;
        }
        if (element->tag == BX_TAG_TD && c < 0)
            assert_string_equal(text_of(d, e), ""); /* the corner */
        if (element->tag != BX_TAG_TD || c < 0)
            continue;
        const char *value = chart->values[s * chart->category_count + c];
        assert_string_equal(text_of(d, e), value ? value : "");
        assert_int_equal(element->header_count, chart->series[0] ? 2 : 1);
        assert_string_equal(text_of(d, element->headers[0]), chart->categories[c]);
        if (chart->series[0])
            assert_string_equal(text_of(d, element->headers[1]), chart->series[s]);
        s++;
        cells++;
    }
    assert_int_equal(cells, chart->series_count * chart->category_count);
}

static void test_bars__are_as_long_as_their_figures(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"政策", "财政", "执法", "服务"}, *series[] = {NULL};
    const char *values[] = {"1036", "872", "0.5", "1288"};
    drawn_give(d, BX_CHART_BAR, names, 4, series, 1, values);
    assert_true(drawn_make(d));
    struct bx_rect bars[8];
    assert_int_equal(drawn_list_shapes(d, bars, 8), 4);
    bx_len height = d->style->chart.plot_height;
    for (int i = 0; i < 4; i++) {
        assert_true(fabs(bars[i].h - strtod(values[i], NULL) / 1500 * height) <= 1);
        assert_int_equal(bars[i].y + bars[i].h, bars[0].y + bars[0].h);
        assert_int_equal(bars[i].w, bars[0].w);
    }
    check_drawing(d);
    check_table(d);
}

static void test_bars__below_zero_hang_from_the_axis(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"一季度", "二季度"}, *series[] = {NULL}, *values[] = {"3", "-2"};
    drawn_give(d, BX_CHART_BAR, names, 2, series, 1, values);
    assert_true(drawn_make(d));
    struct bx_rect bars[4];
    assert_int_equal(drawn_list_shapes(d, bars, 4), 2);
    assert_int_equal(bars[0].y + bars[0].h, bars[1].y);
    assert_true(abs(bars[0].h * 2 - bars[1].h * 3) <= 4);
    check_drawing(d);
}

static void test_bars__lie_where_their_figures_find_no_place(void **state)
{
    struct drawn *d = *state;
    const char *names[12], *values[36], *series[] = {"甲", "乙", "丙"};
    for (int i = 0; i < 12; i++)
        names[i] = "本机关不掌握相关政府信息";
    for (int i = 0; i < 36; i++)
        values[i] = i % 5 == 0 ? NULL : i % 7 == 0 ? "-123456.75" : "654321";
    drawn_give(d, BX_CHART_GROUPED, names, 12, series, 3, values);
    assert_true(drawn_make(d));
    struct bx_rect shapes[64];
    int count = drawn_list_shapes(d, shapes, 64), bars = 0;
    for (int i = 0; i < count; i++)
        bars += shapes[i].w > 2 * shapes[i].h && shapes[i].x > d->style->type_area.w / 4;
    assert_true(bars >= 25); /* of 28 figures; the legend's keys are small */
    check_drawing(d);
    check_table(d);
}

static void test_group__has_a_bar_for_each_figure_and_none_for_a_blank(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"2022年", "2023年"}, *series[] = {"甲", "乙"};
    const char *values[] = {"5", "6", NULL, "7"};
    drawn_give(d, BX_CHART_GROUPED, names, 2, series, 2, values);
    d->chart.unit = "件";
    assert_true(drawn_make(d));
    struct bx_rect shapes[8];
    assert_int_equal(drawn_list_shapes(d, shapes, 8), 3 + 2); /* and the legend's */
    check_drawing(d);
    check_table(d);
}

static void test_lines__tell_their_figures_at_the_points(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"1月", "2月", "3月", "4月"}, *series[] = {"访问量"};
    const char *values[] = {"10", "30", NULL, "20"};
    drawn_give(d, BX_CHART_LINE, names, 4, series, 1, values);
    assert_true(drawn_make(d));
    assert_int_equal(d->plan.block_count, 1);
    check_drawing(d);
    check_table(d);
    int lines = 0;
    for (int i = 0; i < drawn_drawing(d)->count; i++)
        lines += drawn_is_open_line(&drawn_drawing(d)->items[i]);
    assert_int_equal(lines, 1 + 1); /* the blank ends the line; the last point stands alone */
}

static void test_lines__that_are_crowded_get_a_table_below(void **state)
{
    struct drawn *d = *state;
    const char *names[12], *series[] = {"甲", "乙", "丙", "丁"}, *values[48];
    for (int i = 0; i < 12; i++)
        names[i] = bx_arena_printf(&d->setting.arena, "%d月", i + 1);
    for (int i = 0; i < 48; i++)
        values[i] = bx_arena_printf(&d->setting.arena, "%d", 1000 + i * 7 % 40);
    drawn_give(d, BX_CHART_LINE, names, 12, series, 4, values);
    d->chart.unit = "件";
    assert_true(drawn_make(d));
    assert_int_equal(d->plan.block_count, 2);
    assert_true(d->plan.blocks[0].keep_next);
    for (int i = 0; i < drawn_drawing(d)->count; i++)
        if (drawn_drawing(d)->items[i].kind == BX_DRAWN_RUN)
            assert_int_equal(drawn_drawing(d)->items[i].element, BX_ARTIFACT_LAYOUT);
    const struct bx_table *table = &d->plan.blocks[1].tables[0];
    assert_int_equal(table->row_count, 13);
    assert_int_equal(table->col_count, 5);
    for (int i = 0; i < table->cell_count; i++) {
        const struct bx_table_cell *cell = &table->cells[i];
        const struct bx_element *element = &d->plan.structure.elements[cell->element];
        assert_int_equal(element->tag == BX_TAG_TH, cell->row == 0 || cell->col == 0);
        if (element->tag == BX_TAG_TD)
            assert_int_equal(element->header_count, 2);
    }
    check_drawing(d);
}

static void test_pie__has_slices_clockwise_and_labels_outside(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"自然人", "企业", "其他"}, *series[] = {NULL};
    const char *values[] = {"50", "25", "25"};
    drawn_give(d, BX_CHART_PIE, names, 3, series, 1, values);
    assert_true(drawn_make(d));
    struct bx_rect slices[4];
    assert_int_equal(drawn_list_shapes(d, slices, 4), 3);
    bx_len radius = d->style->chart.pie_radius, middle = d->plan.blocks[0].image_w / 2;
    assert_true(abs(slices[0].x - middle) <= 1 && abs(slices[0].h - 2 * radius) <= 2);
    assert_true(abs(slices[1].x + slices[1].w - middle) <= 1 && abs(slices[1].h - radius) <= 2);
    assert_true(slices[2].y < slices[1].y);
    check_drawing(d);
    check_table(d);
}

static void test_pie__of_one_slice_is_a_circle(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"自然人", "企业"}, *series[] = {NULL}, *values[] = {"7", "0"};
    drawn_give(d, BX_CHART_PIE, names, 2, series, 1, values);
    assert_true(drawn_make(d));
    struct bx_rect slices[4];
    assert_int_equal(drawn_list_shapes(d, slices, 4), 1);
    assert_true(abs(slices[0].w - 2 * d->style->chart.pie_radius) <= 2);
    check_table(d);
}

static void test_alt__tells_every_figure(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"2022年", "2023年"}, *series[] = {"甲", "乙"};
    const char *values[] = {"5", "6.50", NULL, "7"};
    drawn_give(d, BX_CHART_GROUPED, names, 2, series, 2, values);
    d->chart.unit = "件";
    d->caption.text = "图1";
    d->block.caption = (struct bx_text){.spans = &d->caption, .span_count = 1, .where = "/c"};
    assert_true(drawn_make(d));
    const struct bx_element *figure = &d->plan.structure.elements[2];
    assert_int_equal(figure->tag, BX_TAG_FIGURE);
    assert_string_equal(figure->alt,
                        "簇状柱形图：图1。甲：2022年 5件，2023年 6.50件；乙：2022年 "
                        "无数据，2023年 7件。");
    assert_true(d->plan.blocks[0].keep_next);
    assert_int_equal(d->plan.block_count, 2);
}

static void test_alt__given_is_kept(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲"}, *series[] = {NULL}, *values[] = {"5"};
    drawn_give(d, BX_CHART_BAR, names, 1, series, 1, values);
    d->block.alt = "一根柱子";
    assert_true(drawn_make(d));
    assert_string_equal(d->plan.structure.elements[2].alt, "一根柱子");
}

static void test_chart__too_large_for_a_page_is_told(void **state)
{
    struct drawn *d = *state;
    const char *names[24], *series[] = {NULL}, *values[24];
    for (int i = 0; i < 24; i++) {
        names[i] = "国家秘密法律禁止三安全一稳定保护第三方合法权益内部事务信息过程性信息";
        values[i] = "1";
    }
    drawn_give(d, BX_CHART_BAR, names, 24, series, 1, values);
    d->block.width_um = 60000;
    assert_false(drawn_make(d));
    assert_int_equal(d->err.code, BX_E_FIT);
    assert_string_equal(d->err.where, "/chart");
}

static void test_chart__needs_a_style_that_draws_charts(void **state)
{
    struct drawn *d = *state;
    const char *names[] = {"甲"}, *series[] = {NULL}, *values[] = {"5"};
    drawn_give(d, BX_CHART_BAR, names, 1, series, 1, values);
    d->style->chart.is_given = false;
    bool is_drawn = drawn_make(d);
    d->style->chart.is_given = true;
    assert_false(is_drawn);
    assert_int_equal(d->err.code, BX_E_LAYOUT);
}

/* ---- any figures ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static const char *random_name(struct bx_arena *arena, uint32_t *seed)
{
    static const char *const parts[] = {"公开",   "信息", "2023年", "不予", "申请",
                                        "（一）", "ABC",  "、",     "12",   "办理"};
    const char *name = parts[next_random(seed) % 5];
    for (uint32_t i = next_random(seed) % 6; i > 0; i--)
        name = bx_arena_printf(arena, "%s%s", name, parts[next_random(seed) % 10]);
    return name;
}

static const char *
random_figure(struct bx_arena *arena, uint32_t *seed, enum bx_chart_kind kind, int digits)
{
    uint32_t most = 1;
    for (int i = 0; i < digits; i++)
        most *= 10;
    const char *sign = kind != BX_CHART_PIE && next_random(seed) % 8 == 0 ? "-" : "";
    if (next_random(seed) % 9 == 0)
        return NULL;
    if (next_random(seed) % 4 == 0)
        return bx_arena_printf(arena, "%s%u.%02u", sign, next_random(seed) % most,
                               next_random(seed) % 100);
    return bx_arena_printf(arena, "%s%u", sign, next_random(seed) % most);
}

static void test_any_chart__keeps_what_must_hold(void **state)
{
    enum {
        CHARTS = 160
    };
    struct drawn *d = *state;
    uint32_t seed = 20231123;
    int drawn = 0;
    for (int n = 0; n < CHARTS; n++) {
        struct bx_arena arena = {0};
        const char *names[24], *series[6] = {0}, *values[60];
        enum bx_chart_kind kind = (enum bx_chart_kind)(n % 4);
        bool is_single = kind == BX_CHART_BAR || kind == BX_CHART_PIE;
        int most = kind == BX_CHART_PIE ? 12 : 24;
        int count = 2 + (int)(next_random(&seed) % (uint32_t)(most - 1));
        int rows = is_single ? 1 : 1 + (int)(next_random(&seed) % 6);
        rows = kind == BX_CHART_GROUPED && rows < 2 ? 2 : rows;
        rows = rows * count > 60 ? 60 / count : rows;
        int digits = 1 + (int)(next_random(&seed) % 8);
        for (int c = 0; c < count; c++)
            names[c] = random_name(&arena, &seed);
        for (int s = 0; s < rows; s++)
            series[s] = rows > 1 || next_random(&seed) % 2 ? random_name(&arena, &seed) : NULL;
        for (int i = 0; i < count * rows; i++)
            values[i] = random_figure(&arena, &seed, kind, digits);
        values[0] = "3";
        drawn_give(d, kind, names, count, series, rows, values);
        d->block.width_1000 = n % 3 == 0 ? 1000 - (int)(next_random(&seed) % 990) : 0;
        if (drawn_make(d)) {
            drawn++;
            assert_true(d->plan.blocks[0].image_h <= d->style->type_area.h);
            check_drawing(d);
            if (d->plan.block_count == 1)
                check_table(d);
        } else {
            assert_int_equal(d->err.code, BX_E_FIT);
        }
        bx_arena_fini(&arena);
    }
    assert_in_range(drawn, CHARTS / 2, CHARTS - 1);
}

int run_chart(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars__are_as_long_as_their_figures),
        cmocka_unit_test(test_bars__below_zero_hang_from_the_axis),
        cmocka_unit_test(test_bars__lie_where_their_figures_find_no_place),
        cmocka_unit_test(test_group__has_a_bar_for_each_figure_and_none_for_a_blank),
        cmocka_unit_test(test_lines__tell_their_figures_at_the_points),
        cmocka_unit_test(test_lines__that_are_crowded_get_a_table_below),
        cmocka_unit_test(test_pie__has_slices_clockwise_and_labels_outside),
        cmocka_unit_test(test_pie__of_one_slice_is_a_circle),
        cmocka_unit_test(test_alt__tells_every_figure),
        cmocka_unit_test(test_alt__given_is_kept),
        cmocka_unit_test(test_chart__too_large_for_a_page_is_told),
        cmocka_unit_test(test_chart__needs_a_style_that_draws_charts),
        cmocka_unit_test(test_any_chart__keeps_what_must_hold),
    };
    return cmocka_run_group_tests_name("chart", tests, drawn_set_up, drawn_tear_down);
}

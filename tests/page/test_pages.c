/* What bx_pages_build() tells and puts on every page, on plans made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "page/pages.h"
#include "stack.h"

int run_pages(void);

struct made {
    struct stack stack;
    struct bx_fontset *fonts;
    struct bx_findings findings;
    struct bx_pages *pages;
};

static void made_init(struct made *m)
{
    *m = (struct made){0};
    stack_init(&m->stack);
    struct bx_style *style = &m->stack.style;
    style->paper_w = 60 * PITCH;
    style->paper_h = 90 * PITCH;
    style->type_area.x = 8 * PITCH;
    style->type_area.y = 10 * PITCH;
    style->texts[BX_TEXT_PAGE_NUMBER] =
        (struct bx_text_style){.role = "songti", .size = PITCH, .pitch = PITCH};
    style->page_number = (struct bx_page_number){
        .below = PITCH, .inset_em1000 = 1000, .before = "— ", .after = " —"};
    struct bx_err err = {0};
    struct bx_fontset_options options = {.fonts_dir = BX_SOURCE_DIR "/fonts"};
    if (!bx_fontset_new(&m->fonts, &options, &m->findings, &err))
        fail_msg("%s: %s", err.file, err.what);
}

static void made_fini(struct made *m)
{
    bx_pages_free(m->pages);
    bx_fontset_free(m->fonts);
    bx_findings_fini(&m->findings);
    stack_fini(&m->stack);
}

static void build(struct made *m)
{
    struct bx_err err = {0};
    if (!bx_pages_build(&m->pages, &m->stack.plan, m->fonts, &m->findings, &err))
        fail_msg("%s", err.what);
}

static const struct bx_finding *find(const struct made *m, const char *code)
{
    for (int i = 0; i < m->findings.count; i++)
        if (strcmp(m->findings.items[i].code, code) == 0)
            return &m->findings.items[i];
    fail_msg("no finding %s", code);
    return NULL;
}

static void assert_told(const struct made *m, const char *code, enum bx_level level, int page)
{
    const struct bx_finding *finding = find(m, code);
    assert_int_equal(finding->level, level);
    assert_int_equal(finding->page, page);
    assert_string_equal(finding->where, "/sections/overview/body/4/text");
    assert_non_null(strstr(finding->zh, "政府信息"));
    assert_non_null(strstr(finding->en, "政府信息"));
}

static void test_pages__tell_of_lines_that_could_not_be_set_well(void **state)
{
    (void)state;
    struct made m;
    made_init(&m);
    stack_lines(&m.stack, 22);
    struct bx_plan_block *block = stack_lines(&m.stack, 4);
    block->where = "/sections/overview/body/4/text";
    block->para.text = "政府信息";
    for (int i = 0; i < 4; i++)
        block->para.lines[i].text_len = (int)strlen(block->para.text);
    block->para.lines[0].is_overfull = true;
    block->para.lines[1].is_emergency = true;
    block->para.lines[2].is_rescued = true;
    block->para.lines[3].is_loose = true;
    build(&m);
    assert_told(&m, "OVERFULL", BX_LEVEL_ERROR, 2);
    assert_told(&m, "EMERGENCY", BX_LEVEL_WARNING, 2);
    assert_told(&m, "RESCUED", BX_LEVEL_WARNING, 2);
    assert_told(&m, "LOOSE", BX_LEVEL_WARNING, 2);
    made_fini(&m);
}

static void test_pages__say_nothing_of_good_lines(void **state)
{
    (void)state;
    struct made m;
    made_init(&m);
    int before = m.findings.count;
    stack_lines(&m.stack, 30);
    build(&m);
    assert_int_equal(m.findings.count, before);
    made_fini(&m);
}

/* The edges of the page number's ink box on a page. */
static void number_edges(const struct bx_page *page, bx_len *left, bx_len *right, bx_len *top)
{
    assert_int_equal(page->mark_count, 1);
    const struct bx_run *run = &page->marks[0].run;
    assert_int_equal(run->element, BX_ARTIFACT_PAGINATION);
    struct bx_ink ink;
    assert_true(bx_font_ink(run->font, run->glyphs[0].index, &ink));
    *left = *right = run->x;
    for (int i = 0; i < run->glyph_count; i++)
        *right += run->glyphs[i].advance;
    *top = run->y - bx_font_len(run->font, ink.y1, run->size);
}

static void test_gbt9704_7_5__page_number_stands_on_the_outer_side(void **state)
{
    (void)state;
    struct made m;
    made_init(&m);
    stack_lines(&m.stack, 44);
    build(&m);
    assert_int_equal(m.pages->page_count, 2);
    const struct bx_rect *area = &m.stack.style.type_area;
    bx_len left, right, top;
    number_edges(&m.pages->pages[0], &left, &right, &top);
    assert_int_equal(right, area->x + area->w - PITCH); /* odd: one character from the right */
    assert_int_equal(top, area->y + area->h + PITCH);
    number_edges(&m.pages->pages[1], &left, &right, &top);
    assert_int_equal(left, area->x + PITCH); /* even: from the left */
    made_fini(&m);
}

static void assert_number(const struct made *m, int page, const char *text)
{
    const struct bx_page *at = &m->pages->pages[page - 1];
    assert_int_equal(at->mark_count, 1);
    const struct bx_run *run = &at->marks[0].run;
    assert_int_equal(run->text_len, (int)strlen(text));
    assert_memory_equal(run->text, text, strlen(text));
}

/* PAG-05: with the tenth page all pages say ten, and nothing else changes. */
static void test_pages__number_of_all_pages_where_the_style_tells_it(void **state)
{
    (void)state;
    for (int pages = 9; pages <= 10; pages++) {
        struct made m;
        made_init(&m);
        m.stack.style.page_number.before_total = " / ";
        stack_lines(&m.stack, 22 * pages);
        build(&m);
        assert_int_equal(m.pages->page_count, pages);
        assert_number(&m, 1, pages == 9 ? "— 1 / 9 —" : "— 1 / 10 —");
        assert_number(&m, 9, pages == 9 ? "— 9 / 9 —" : "— 9 / 10 —");
        const struct bx_rect *area = &m.stack.style.type_area;
        bx_len left, right, top;
        number_edges(&m.pages->pages[8], &left, &right, &top);
        assert_int_equal(right, area->x + area->w - PITCH);
        made_fini(&m);
    }
    struct made m;
    made_init(&m);
    stack_lines(&m.stack, 44);
    build(&m);
    assert_number(&m, 2, "— 2 —"); /* the styles of ours */
    made_fini(&m);
}

static void test_pages__explain_every_break(void **state)
{
    (void)state;
    struct made m;
    made_init(&m);
    stack_lines(&m.stack, 60);
    build(&m);
    assert_int_equal(m.pages->page_count, 3);
    assert_int_equal(m.pages->why_count, 3);
    for (int i = 0; i < 3; i++) {
        const struct bx_break_why *why = &m.pages->whys[i];
        assert_int_equal(why->page, i + 1);
        assert_non_null(why->what);
        assert_true(why->next_cost >= 0);
        assert_int_equal(why->blank, i < 2 ? 0 : 3 * LINES - 60);
        assert_true(why->cost >= why->page_cost + why->place_cost);
    }
    assert_string_equal(m.pages->whys[0].how, "inside a paragraph");
    assert_null(m.pages->whys[2].how);
    made_fini(&m);
}

int run_pages(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages__tell_of_lines_that_could_not_be_set_well),
        cmocka_unit_test(test_pages__say_nothing_of_good_lines),
        cmocka_unit_test(test_gbt9704_7_5__page_number_stands_on_the_outer_side),
        cmocka_unit_test(test_pages__number_of_all_pages_where_the_style_tells_it),
        cmocka_unit_test(test_pages__explain_every_break),
    };
    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}

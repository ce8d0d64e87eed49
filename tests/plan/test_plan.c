/* The plan of a report: its outline, what stays together, the settings of its tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "planning.h"
#include "tables.h"

int run_plan(void);

enum {
    HEADINGS_MOST = 4,
};

struct planned {
    struct tables tables; /* forms and values; the fonts of all */
    struct bx_style *style;
    struct bx_model model;
    struct bx_section_spec spec;
    struct bx_section section;
    struct bx_plan *plan;
    struct bx_err err;
};

static void init(struct planned *p)
{
    static const char *lines[] = {"某市年度报告"};
    *p = (struct planned){0};
    tables_init(&p->tables);
    if (!bx_style_read(&p->style, BX_SOURCE_DIR "/layouts", "gbt9704", &p->err))
        fail_msg("%s: %s", p->err.file, p->err.what);
    p->spec = (struct bx_section_spec){.id = "overview"};
    p->section = (struct bx_section){
        .spec = &p->spec, .title = "一、总体情况", .title_where = "/sections/overview/title"};
    p->model = (struct bx_model){.file = "report.json",
                                 .organ = "某市",
                                 .title_lines = lines,
                                 .title_line_count = 1,
                                 .title = lines[0],
                                 .title_where = "/title",
                                 .sections = &p->section,
                                 .section_count = 1};
}

static void build(struct planned *p)
{
    bx_plan_free(p->plan);
    if (!bx_plan_build(&p->plan, &p->model, p->style, NULL, p->tables.setting.fonts, NULL, NULL,
                       &p->tables.setting.findings, &p->err))
        fail_msg("%s: %s", p->err.where, p->err.what);
}

static void fini(struct planned *p)
{
    bx_plan_free(p->plan);
    bx_style_free(p->style);
    tables_fini(&p->tables);
}

/* The n-th element of a tag, from 0; -1 when there are fewer. */
static int find_tag(const struct bx_plan *plan, enum bx_tag tag, int n)
{
    for (int i = 0; i < plan->structure.element_count; i++)
        if (plan->structure.elements[i].tag == tag && n-- == 0)
            return i;
    return -1;
}

static int parent_of(const struct bx_plan *plan, int element)
{
    assert_true(element >= 0);
    return plan->structure.elements[element].parent;
}

/* The first block of an element. */
static const struct bx_plan_block *block_of(const struct bx_plan *plan, int element)
{
    for (int i = 0; i < plan->block_count; i++)
        if (plan->blocks[i].element == element)
            return &plan->blocks[i];
    fail_msg("no block shows element %d", element);
    return NULL;
}

static struct bx_block heading_block(int level, struct bx_span *span)
{
    *span = (struct bx_span){.text = "标题"};
    return (struct bx_block){.kind = BX_BLOCK_HEADING,
                             .where = "/block",
                             .level = level,
                             .heading = {.spans = span, .span_count = 1, .where = "/heading"}};
}

/* Inside a section a heading is one below the one before at most, whatever its numbering, and
 * never above H3. */
static void test_outline__misses_no_level(void **state)
{
    static const struct {
        int count, levels[HEADINGS_MOST];
        int tags[HEADINGS_MOST]; /* 3: H3 */
    } cases[] = {
        {1, {1}, {3}},
        {1, {2}, {3}},
        {1, {3}, {3}}, /* 1. right under the section */
        {1, {4}, {3}},
        {4, {2, 3, 4, 2}, {3, 4, 5, 3}},
        {3, {2, 4, 3}, {3, 4, 4}},
        {2, {2, 1}, {3, 3}},
    };
    struct planned p;
    struct bx_span span;
    struct bx_block blocks[HEADINGS_MOST];
    (void)state;
    init(&p);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        for (int k = 0; k < cases[i].count; k++)
            blocks[k] = heading_block(cases[i].levels[k], &span);
        p.section.body = (struct bx_blocks){blocks, cases[i].count};
        build(&p);
        int element = find_tag(p.plan, BX_TAG_H2, 0);
        for (int k = 0; k < cases[i].count; k++) {
            const struct bx_element *found = &p.plan->structure.elements[++element];
            assert_int_equal(found->tag, BX_TAG_H1 + cases[i].tags[k] - 1);
            assert_string_equal(found->title, "标题");
            assert_true(found->rowspan == 1 && found->colspan == 1); /* itself alone */
            assert_int_equal(found->parent, find_tag(p.plan, BX_TAG_SECT, 0));
        }
    }
    assert_int_equal(parent_of(p.plan, find_tag(p.plan, BX_TAG_DOCUMENT, 0)), -1);
    fini(&p);
}

/* A heading on its own is set as headings are, and stays with what follows; one that runs into its
 * paragraph is part of the body. */
static void test_heading__alone_and_run_in(void **state)
{
    struct planned p;
    struct bx_span heading, text = {.text = "本年没有。"};
    (void)state;
    init(&p);
    p.style->texts[BX_TEXT_HEADING2].blank_before = 2;
    p.style->texts[BX_TEXT_HEADING2].blank_after = 3;
    struct bx_block block = heading_block(2, &heading);
    p.section.body = (struct bx_blocks){&block, 1};
    build(&p);
    const struct bx_plan_block *made = block_of(p.plan, find_tag(p.plan, BX_TAG_H3, 0));
    assert_int_equal(made->blank_before, 2);
    assert_int_equal(made->blank_after, 3);
    assert_true(made->keep_next && made->keep_whole);

    block.kind = BX_BLOCK_PARAGRAPH;
    block.text = (struct bx_text){&text, 1, "/text"};
    build(&p);
    made = block_of(p.plan, find_tag(p.plan, BX_TAG_P, 0));
    assert_int_equal(made->blank_before, 0);
    assert_int_equal(made->blank_after, 0);
    assert_false(made->keep_next || made->keep_whole);
    assert_string_equal(made->para.text, "标题本年没有。");
    fini(&p);
}

/* A section that has no table has none, with or without prose. */
static void test_section__of_prose(void **state)
{
    struct planned p;
    (void)state;
    init(&p);
    build(&p);
    assert_int_equal(find_tag(p.plan, BX_TAG_TABLE, 0), -1);
    int heading = find_tag(p.plan, BX_TAG_H2, 0);
    assert_int_equal(parent_of(p.plan, heading), find_tag(p.plan, BX_TAG_SECT, 0));
    assert_true(block_of(p.plan, heading)->keep_next);
    assert_string_equal(p.plan->structure.elements[heading].title, "一、总体情况");
    fini(&p);
}

/* The title of a section is its table's caption; with prose between them it is the section's. */
static void test_section__of_a_table(void **state)
{
    struct planned p;
    struct bx_span text = {.text = "情况见表。"};
    struct bx_block block = {.kind = BX_BLOCK_PARAGRAPH,
                             .where = "/intro",
                             .text = {.spans = &text, .span_count = 1, .where = "/intro"}};
    (void)state;
    init(&p);
    p.section = tables_section(&p.tables, "2021", "review", "3");
    p.spec.id = "review";
    p.section.spec = &p.spec;
    p.section.title = "四、行政复议";
    build(&p);
    int sect = find_tag(p.plan, BX_TAG_SECT, 0), table = find_tag(p.plan, BX_TAG_TABLE, 0);
    int caption = find_tag(p.plan, BX_TAG_CAPTION, 0), heading = find_tag(p.plan, BX_TAG_H2, 0);
    assert_int_equal(parent_of(p.plan, heading), caption);
    assert_int_equal(parent_of(p.plan, caption), table);
    assert_int_equal(parent_of(p.plan, table), sect);
    assert_int_equal(find_tag(p.plan, BX_TAG_TABLE, 1), -1);
    assert_int_equal(block_of(p.plan, table)->kind, BX_PLAN_TABLE);

    p.section.body = (struct bx_blocks){&block, 1};
    build(&p);
    sect = find_tag(p.plan, BX_TAG_SECT, 0), table = find_tag(p.plan, BX_TAG_TABLE, 0);
    heading = find_tag(p.plan, BX_TAG_H2, 0);
    assert_int_equal(parent_of(p.plan, heading), sect);
    assert_int_equal(parent_of(p.plan, table), sect);
    assert_true(table > find_tag(p.plan, BX_TAG_P, 0)); /* in the order it is read */
    assert_int_equal(find_tag(p.plan, BX_TAG_CAPTION, 0), -1);
    fini(&p);
}

/* Of each mandated table there is the natural setting, and all of them when they are wanted. */
static void test_need_tables__sets_every_table_at_every_density(void **state)
{
    struct planned p;
    struct bx_section sections[2];
    struct bx_section_spec specs[2] = {{.id = "disclosure"}, {.id = "review"}};
    (void)state;
    init(&p);
    for (int i = 0; i < 2; i++) {
        sections[i] = tables_section(&p.tables, "2021", specs[i].id, "3");
        sections[i].spec = &specs[i];
        sections[i].title = "表";
    }
    p.model.sections = sections;
    p.model.section_count = 2;
    build(&p);
    for (int is_needed = 0; is_needed < 2; is_needed++) {
        int table_count = 0;
        for (int i = 0; i < p.plan->block_count; i++) {
            const struct bx_plan_block *block = &p.plan->blocks[i];
            for (int d = 0; d < block->table_count; d++) {
                assert_int_equal(block->tables[d].row_count > 0, d == 0 || is_needed);
                table_count++;
            }
        }
        assert_int_equal(table_count, 2 * 4); /* gbt9704: four steps of each */
        assert_true(bx_plan_need_tables(p.plan, &p.err));
    }
    fini(&p);
}

/* Blocks that are no tables need none, however many there are. */
static void test_need_tables__of_a_report_without(void **state)
{
    struct planned p;
    struct bx_span span = {.text = "本年没有。"};
    struct bx_text texts[20];
    (void)state;
    init(&p);
    p.model.preamble = texts;
    for (int i = 0; i < 20; i++) {
        texts[i] = (struct bx_text){.spans = &span, .span_count = 1, .where = "/preamble"};
        p.model.preamble_count = i + 1;
        build(&p);
        assert_int_equal(p.plan->block_count, i + 3); /* below the title, above the section's */
        assert_true(bx_plan_need_tables(p.plan, &p.err));
    }
    fini(&p);
}

/* The caption stands above a plain table and stays with it; the heading above both is not its own. */
static void test_plain_table__keeps_its_caption(void **state)
{
    struct planned p;
    struct bx_span text = {.text = "表1 甲"};
    (void)state;
    init(&p);
    struct bx_block blocks[2] = {
        {.kind = BX_BLOCK_PARAGRAPH, .where = "/text", .text = {&text, 1, "/text"}},
        {.kind = BX_BLOCK_TABLE, .where = "/table", .caption = {&text, 1, "/caption"}},
    };
    blocks[1].table = tables_plain(&p.tables, "甲|乙\n1|2", 1);
    p.section.body = (struct bx_blocks){blocks, 2};
    build(&p);
    int caption = find_tag(p.plan, BX_TAG_CAPTION, 0),
        table = find_tag(p.plan, BX_TAG_TABLE, 0);
    assert_int_equal(parent_of(p.plan, caption), table);
    assert_true(block_of(p.plan, caption)->keep_next);
    assert_true(block_of(p.plan, caption)->keep_whole);
    assert_false(block_of(p.plan, find_tag(p.plan, BX_TAG_P, 0))->keep_next);
    assert_ptr_equal(block_of(p.plan, table), block_of(p.plan, caption) + 1);
    fini(&p);
}

/* GRD-03: a line takes as many lines of the grid as its size needs. */
static void test_GRD_03__lines_of_the_grid_by_size(void **state)
{
    struct planning p;
    (void)state;
    planning_init(&p);
    static const int cells[][2] = {{1, 1}, {PITCH, 1}, {PITCH + 1, 2}, {2 * PITCH, 2}};
    for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++)
        assert_int_equal(bx_planner_line_cells(&p.planner, cells[i][0]), cells[i][1]);
    planning_fini(&p);
}

int run_plan(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outline__misses_no_level),
        cmocka_unit_test(test_heading__alone_and_run_in),
        cmocka_unit_test(test_section__of_prose),
        cmocka_unit_test(test_section__of_a_table),
        cmocka_unit_test(test_need_tables__sets_every_table_at_every_density),
        cmocka_unit_test(test_need_tables__of_a_report_without),
        cmocka_unit_test(test_plain_table__keeps_its_caption),
        cmocka_unit_test(test_GRD_03__lines_of_the_grid_by_size),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}

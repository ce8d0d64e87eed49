/* Titles: where they break, what is told of them, and what stands above and below.
 *
 * GB/T 9704-2012 7.3.1: words whole, a symmetric shape, 梯形 or 菱形. The weights between these are the
 * project's (title.c): a line end that is no joint costs an eighth of the title, a line below a longer
 * one half of what it is shorter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "plan/plan_work.h"
#include "setting.h"

int run_title(void);

enum {
    TITLE_EM = 22 * BX_PT, /* gbt9704: 2号 */
};

struct head {
    struct setting setting;
    struct bx_style *style;
    struct bx_sections sections;
    struct bx_model model;
    struct bx_plan plan;
    struct bx_planner planner;
    struct bx_err err;
};

static int set_up(void **state)
{
    static struct head h;
    h = (struct head){0};
    setting_init(&h.setting);
    if (!bx_style_read(&h.style, BX_SOURCE_DIR "/layouts", "gbt9704", &h.err))
        fail_msg("%s: %s", h.err.file, h.err.what);
    h.model.organ = "某市";
    h.model.title_where = "/title";
    h.plan.structure.arena = &h.plan.arena;
    bx_structure_add(&h.plan.structure, BX_TAG_DOCUMENT, -1);
    h.planner = (struct bx_planner){
        .plan = &h.plan,
        .model = &h.model,
        .style = h.style,
        .sections = &h.sections,
        .fonts = h.setting.fonts,
        .findings = &h.setting.findings,
        .context = {.arena = &h.plan.arena,
                    .fonts = h.setting.fonts,
                    .findings = &h.setting.findings},
        .err = &h.err,
        .dated_rules = h.style->lines,
    };
    *state = &h;
    return 0;
}

static int tear_down(void **state)
{
    struct head *h = *state;
    bx_arena_fini(&h->planner.context.scratch);
    bx_arena_fini(&h->plan.arena);
    bx_style_free(h->style);
    setting_fini(&h->setting);
    return 0;
}

/* The title with '/' for the line ends it is given. */
static const char *split(struct head *h,
                         const char *organ,
                         const char *text,
                         const char *const *words,
                         bx_len measure)
{
    struct bx_words own = {.items = (const char **)words};
    while (words[own.count])
        own.count++;
    h->sections.words = &own;
    h->model.organ = organ;
    const char *lines = bx_planner_split_words(&h->planner, BX_TEXT_TITLE, text, measure);
    assert_non_null(lines);
    char *shown = bx_arena_strndup(&h->setting.arena, lines, strlen(lines));
    for (char *at = shown; *at; at++)
        *at = *at == '\n' ? '/' : *at;
    return shown;
}

/* A text of words that have so many characters each: 某某甲 is one of three. */
static const char *spell(struct head *h, const int *lengths, int count, const int *line_ends)
{
    const char *text = "";
    for (int i = 0; i < count; i++) {
        for (int k = 1; k < lengths[i]; k++)
            text = bx_arena_printf(&h->setting.arena, "%s某", text);
        bool is_end = line_ends && i + 1 < count && *line_ends == i + 1;
        line_ends += is_end;
        text = bx_arena_printf(&h->setting.arena, "%s甲%s", text, is_end ? "/" : "");
    }
    return text;
}

enum {
    WORDS_MOST = 8
};

/* A title of words, by their lengths, in a measure, and how many of them end each line. */
struct shape {
    const char *why;
    int lengths[WORDS_MOST];
    int organ_words; /* the first so many are the organ: a joint behind them */
    int measure;
    int ends[4]; /* words before the end of each line but the last; 0: no more */
};

static const struct shape shapes[] = {
    {"a title that fills its line exactly has one", {5, 5}, 0, 10, {0}},
    {"one character more has two", {5, 5}, 0, 9, {1}},
    {"as few lines as can be", {5, 5, 5}, 0, 10, {1}},
    {"three where two do not do", {5, 5, 5}, 0, 6, {1, 2}},
    {"four where three do not do", {5, 5, 5, 5}, 0, 5, {1, 2, 3}},
    {"a line that fills the measure exactly", {4, 6}, 0, 6, {1}},
    {"more than four lines are left to the paragraph builder", {5, 5, 5, 5, 5}, 0, 5, {0}},
    {"as is a word wider than the measure", {3, 12, 3}, 0, 10, {0}},
    {"equal lines", {3, 2, 1, 6}, 0, 11, {3}},
    {"equal lines in three", {2, 2, 2, 2, 2, 2}, 0, 5, {2, 4}},
    {"梯形: of two shapes alike the shorter line above", {4, 2, 4}, 0, 8, {1}},
    /* shorter above: 2 x 11 off; longer above: 2 x 8 and half of 16 */
    {"梯形, though the reverse is nearer to equal, 22 to 24", {53, 19, 56}, 0, 80, {1}},
    /* 2 x 5 off; 2 x 4 and half of 8 */
    {"the same in short lines, 10 to 12", {7, 9, 8}, 0, 20, {1}},
    /* 2 x 10 off; 2 x 6 and half of 12 */
    {"the reverse where it is nearer by more than a third, 20 to 18", {54, 16, 58}, 0, 80, {2}},
    /* 2 x 8 off; 2 x 6 and half of 12 */
    {"and not where it is by less, 16 to 18", {56, 14, 58}, 0, 80, {1}},
    /* joint: 2 x 3 off; equal lines: 64 / 8 */
    {"a joint costs less than an eighth of the title", {29, 3, 32}, 1, 40, {1}},
    /* joint: 2 x 5 off */
    {"and no more", {27, 5, 32}, 1, 40, {2}},
    /* 4 off and half of 2, and an end that is no joint: 48 / 8; equal lines: two such ends */
    {"each line end that is no joint costs", {14, 2, 16, 16}, 1, 20, {1, 3}},
};

static void test_title__lines_are_few_and_equal_and_end_at_joints(void **state)
{
    struct head *h = *state;
    static const char *const words[] = {"甲", NULL};
    for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
        const struct shape *s = &shapes[i];
        int count = 0;
        while (count < WORDS_MOST && s->lengths[count] > 0)
            count++;
        const char *organ =
            s->organ_words > 0 ? spell(h, s->lengths, s->organ_words, NULL) : "乙";
        const char *lines =
            split(h, organ, spell(h, s->lengths, count, NULL), words, s->measure * TITLE_EM);
        const char *expected = spell(h, s->lengths, count, s->ends);
        if (strcmp(lines, expected) != 0)
            fail_msg("%s:\n%s\n%s", s->why, expected, lines);
    }
}

/* Of the words of a very long title the last ones, from the 48th on, stay together. */
static void test_title__very_long_titles_are_broken_too(void **state)
{
    struct head *h = *state;
    static const char *const words[] = {"甲", NULL};
    int lengths[60];
    for (int i = 0; i < 60; i++)
        lengths[i] = 1;
    const int ends[] = {20, 40, 0};
    assert_string_equal(split(h, "乙", spell(h, lengths, 60, NULL), words, 20 * TITLE_EM),
                        spell(h, lengths, 60, ends));
    assert_string_equal(split(h, "乙", spell(h, lengths, 60, NULL), words, 19 * TITLE_EM),
                        spell(h, lengths, 60, (const int[]){15, 30, 45, 0}));
}

enum {
    NAMES_MOST = 4
};

/* organ | title | its words, ascending by bytes | measure in 1/4 em | lines. 2019 is 2.2 em wide, and 1/4 em
 * stands between it and Han. */
static const struct {
    const char *organ, *title;
    const char *words[NAMES_MOST];
    int measure;
    const char *lines;
} joints[] = {
    /* behind the organ, if the title begins with it */
    {"某市", "某市工作报告", {"工作", "报告"}, 20, "某市/工作报告"},
    {"某县", "某市工作报告", {"工作", "报告"}, 20, "某市工作/报告"},
    /* a word does not reach over a joint; one that begins there is one */
    {"某工", "某工作报告", {"工作", "报告"}, 16, "某工/作报告"},
    {"某市", "某市信息公开报告", {"信息", "公开", "报告"}, 20, "某市信息/公开报告"},
    /* before and behind the year, with its 年 or 年度 */
    {"乙", "某某某某局2019", {NULL}, 20, "某某某某局/2019"},
    {"乙", "某某某某局2019年", {NULL}, 20, "某某某某局/2019年"},
    {"乙", "2019年某某报告", {NULL}, 20, "2019年/某某报告"},
    {"乙", "2019年度某某报告", {NULL}, 20, "2019年度/某某报告"},
    {"乙", "2019某某某报告", {NULL}, 20, "2019/某某某报告"},
    /* what is between year and Han counts inside a line, not at its start */
    {"乙", "某某2019甲", {"甲"}, 22, "某某/2019甲"},
    {"乙", "某某2019甲", {"甲"}, 23, "某某2019甲"},
    {"乙", "某某2019甲甲", {"甲"}, 18, "某某/2019甲甲"},
    /* four digits are a year, the first such */
    {"乙", "某某某某局20191", {NULL}, 20, "某某某某局20191"},
    {"乙", "某某某某局201", {NULL}, 20, "某某某某局201"},
    {"乙", "第12号某局2019", {NULL}, 24, "第12号某局/2019"},
    {"乙", "12345第6号2019年某某报告", {NULL}, 32, "12345第6号/2019年某某报告"},
    {"乙", "第2018号某某2019", {NULL}, 24, "第2018/号某某2019"},
};

static void test_title__organ_and_year_are_joints(void **state)
{
    struct head *h = *state;
    for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++) {
        const char *words[NAMES_MOST + 1] = {0};
        memcpy(words, joints[i].words, sizeof(joints[i].words));
        assert_string_equal(split(h, joints[i].organ, joints[i].title, words,
                                  joints[i].measure * (TITLE_EM / 4)),
                            joints[i].lines);
    }
}

static const char too_wide[] = "标题中有一行比版心宽，已另行回行",
                  lone[] = "标题中有一行只有一个字";

/* lines as given, or one that is free to be broken | what is told, NULL: nothing. The type area is as
 * wide as 20 characters of a title. */
static const struct {
    const char *lines[4];
    bool is_free;
    const char *told[2];
} told_titles[] = {
    {{"某市政府信息公开", "工作年度报告"}, false, {NULL}},
    {{"一二三四五六七八九十一二三四五六七八九十"}, false, {NULL}},
    {{"一二三四五六七八九十一二三四五六七八九十某"}, false, {too_wide}},
    {{"一二三四五六七八九十一二三四五六七八九十某某"}, false, {too_wide}},
    {{"某市", "工作年度报告"}, false, {NULL}},
    {{"某", "工作年度报告"}, false, {lone}},
    {{"工作年度报告", "（某）"}, false, {lone}},
    {{"某市政府", "2019", "工作年度报告"}, false, {NULL}},
    {{"某"}, false, {NULL}},
    /* one word, which only the paragraph builder can break */
    {{"一二三四五六七八九十一二三四五六七八九十某某"}, true, {NULL}},
    {{"一二三四五六七八九十一二三四五六七八九十某"}, true, {NULL}},
    /* the organ is a word of its own */
    {{"某一二三四五六七八九十一二三四五六七八九十"}, true, {lone}},
};

static void test_title__lines_that_do_not_fit_and_lone_characters_are_told(void **state)
{
    struct head *h = *state;
    const struct bx_findings *findings = &h->setting.findings;
    struct bx_words none = {0};
    h->sections.words = &none;
    h->model.organ = "某";
    for (size_t i = 0; i < sizeof(told_titles) / sizeof(*told_titles); i++) {
        const char *lines[4];
        memcpy(lines, told_titles[i].lines, sizeof(lines));
        h->model.title_lines = lines;
        h->model.title_line_count = 0;
        while (h->model.title_line_count < 4 && lines[h->model.title_line_count])
            h->model.title_line_count++;
        h->model.is_title_free = told_titles[i].is_free;
        int before = findings->count;
        assert_true(bx_planner_add_title(&h->planner));
        for (int k = 0; k < 2 && told_titles[i].told[k]; k++, before++) {
            if (before == findings->count)
                fail_msg("%s: not told: %s", lines[0], told_titles[i].told[k]);
            const struct bx_finding *finding = &findings->items[before];
            assert_string_equal(finding->zh, told_titles[i].told[k]);
            assert_string_equal(finding->code, "TITLE");
            assert_string_equal(finding->where, "/title");
            assert_int_equal(finding->level, BX_LEVEL_WARNING);
            assert_int_equal(finding->page, 1);
        }
        if (findings->count > before)
            fail_msg("%s: %s", lines[0], findings->items[before].zh);
    }
}

static void test_title__number_title_organ_and_date_stand_in_this_order(void **state)
{
    struct head *h = *state;
    static const struct {
        const char *number, *organ, *date, *format;
        bool is_below;
        const char *texts[4]; /* of the blocks, the title's as "" */
    } heads[] = {
        {NULL, NULL, NULL, "（{date}）", false, {""}},
        {"某政〔2026〕1号", NULL, NULL, "（{date}）", false, {"某政〔2026〕1号", ""}},
        {NULL, "某市", "2026年1月5日", "（{date}）", true, {"", "某市", "（2026年1月5日）"}},
        {"1号",
         "某市",
         "2026年1月5日",
         "{date}止",
         true,
         {"1号", "", "某市", "2026年1月5日止"}},
        {NULL, NULL, "2026年1月5日", "无", true, {"", "2026年1月5日"}},
        {NULL, "某市", NULL, "（{date}）", true, {"", "某市"}},
        {NULL, "某市", "2026年1月5日", "（{date}）", false, {""}},
    };
    const char *lines[] = {"某市工作", "年度报告"};
    h->model.title_lines = lines;
    h->model.title_line_count = 2;
    h->model.title = "某市工作年度报告";
    for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
        h->model.document_number = heads[i].number;
        h->model.signature = (struct bx_signature){
            .is_given = true,
            .under_title = heads[i].is_below,
            .organ = heads[i].organ,
            .date = heads[i].date,
        };
        h->sections.byline_date_format = heads[i].format;
        int first = h->plan.block_count, count = 0;
        assert_true(bx_planner_add_title(&h->planner));
        for (; count < 4 && heads[i].texts[count]; count++) {
            assert_true(first + count < h->plan.block_count);
            const struct bx_plan_block *block = &h->plan.blocks[first + count];
            const struct bx_element *element = &h->plan.structure.elements[block->element];
            bool is_title = !*heads[i].texts[count];
            bool is_last = count == 3 || !heads[i].texts[count + 1];
            assert_string_equal(block->para.text,
                                is_title ? "某市工作\n年度报告" : heads[i].texts[count]);
            assert_int_equal(element->tag, is_title ? BX_TAG_H1 : BX_TAG_P);
            assert_int_equal(element->parent, 0);
            assert_int_equal(block->is_title, is_title);
            assert_int_equal(block->keep_next && block->keep_whole, is_title);
            bool is_number = count == 0 && heads[i].number; /* never alone on a page */
            assert_int_equal(block->keep_next, is_title || is_number);
            if (is_title)
                assert_string_equal(element->title, "某市工作年度报告");
            else if (heads[i].is_below && *heads[i].texts[0] != '1')
                assert_int_equal(block->blank_after, is_last ? 1 : 0);
        }
        assert_int_equal(h->plan.block_count - first, count);
        assert_int_equal(h->plan.blocks[h->plan.block_count - 1].blank_after, 1);
    }
}

int run_title(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_title__lines_are_few_and_equal_and_end_at_joints,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_title__very_long_titles_are_broken_too, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_title__organ_and_year_are_joints, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            test_title__lines_that_do_not_fit_and_lone_characters_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_title__number_title_organ_and_date_stand_in_this_order, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("title", tests, NULL, NULL);
}

/* Texts of cells by themselves: how many lines they take, how high they are, where they stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "plan/table_work.h"
#include "tables.h"

int run_table_cell(void);

/* --- numbers: an em of 10 --- */

struct bound_case {
    bx_len most, width;
    int bound;
};

static void
check_bounds(const struct bx_cell_work *cell, const struct bound_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct bx_cell_work own = *cell;
        own.most = cases[i].most;
        if (bx_cell_lines_bound(&own, cases[i].width) != cases[i].bound)
            fail_msg("text of %d in %d: %d lines, not %d", cases[i].most, cases[i].width,
                     bx_cell_lines_bound(&own, cases[i].width), cases[i].bound);
    }
}

#define CHECK_BOUNDS(cell, cases) check_bounds(cell, cases, sizeof(cases) / sizeof(*(cases)))

/* Boxes are whole and half em: a measure of 39 holds 35 of them; and half an em need not be held (the
 * blank half of a mark). */
static void test_bound__counts_half_ems(void **state)
{
    (void)state;
    static const struct bound_case cases[] = {
        {40, 60, 1},  {41, 60, 1},  {45, 60, 1},  {46, 60, 2},  {85, 60, 2}, {86, 60, 3},
        {110, 59, 3}, {111, 59, 4}, {116, 59, 4}, {116, 60, 3}, {20, 25, 2}, {26, 24, 3},
        {20, 29, 2},  {20, 21, 2},  {0, 60, 1},   {0, 10, 1},
    };
    struct bx_cell_work cell = {
        .em = 10, .loose = 5, .pad_h = 10, .colspan = 1, .one.line_count = 1};
    CHECK_BOUNDS(&cell, cases);
}

/* Padding that takes all of a cell leaves its text one character a line. */
static void test_bound__a_cell_without_room_has_one_character_a_line(void **state)
{
    (void)state;
    static const struct bound_case cases[] = {{40, 20, 4}, {40, 19, 4}, {45, 0, 4}, {46, 0, 5}};
    struct bx_cell_work cell = {
        .em = 10, .loose = 5, .pad_h = 10, .colspan = 1, .one.line_count = 1};
    CHECK_BOUNDS(&cell, cases);
}

static void test_bound__lines_of_the_text_itself_are_the_least(void **state)
{
    (void)state;
    static const struct bound_case cases[] = {
        {40, 40, 3}, {50, 40, 3}, {100, 40, 3}, {130, 40, 4}};
    struct bx_cell_work cell = {.em = 10, .loose = 5, .colspan = 1, .one.line_count = 3};
    CHECK_BOUNDS(&cell, cases);
    static const struct bound_case upright[] = {{10, 1, 1}};
    cell.one.line_count = 1;
    cell.is_vertical = true;
    CHECK_BOUNDS(&cell, upright);
}

/* A head over figure columns: two characters a line below 4 em, from there on lines of whole
 * pairs, as equal as may be; one of four over a single column always in two lines. */
static void test_bound__words_are_broken_in_pairs(void **state)
{
    (void)state;
    static const struct bound_case cases[] = {
        {60, 19, 4},                              /* 1.5 em a line, no pair fits */
        {60, 20, 3},  {60, 35, 3},                /* three would fit */
        {60, 39, 3},  {60, 40, 2},                /* 4 and 2 */
        {60, 59, 2},  {60, 60, 1},  {100, 50, 2}, /* 3 and 2 in a measure of 5 */
        {100, 60, 2}, {120, 80, 2}, {410, 45, 9}, /* ten lines of 41 are no pairs: the measure */
        {400, 45, 9}, {20, 20, 1},  {20, 40, 1},  {40, 39, 2},
        {40, 40, 2},  {40, 50, 2},  {40, 100, 2}, {80, 100, 1},
    };
    struct bx_cell_work cell = {
        .em = 10, .loose = 5, .is_word = true, .colspan = 1, .one.line_count = 1};
    CHECK_BOUNDS(&cell, cases);
    static const struct bound_case wide[] = {{40, 40, 1}, {40, 50, 1}, {40, 39, 2}};
    cell.colspan = 2;
    CHECK_BOUNDS(&cell, wide);
}

/* Em boxes at the pitch, and above and below the padding or what the ink needs. */
static void test_height__padding_or_what_ink_needs(void **state)
{
    (void)state;
    struct bx_table_work work = {.line_em1000 = 1250, .pad_v = 3, .clear_v = 4};
    struct bx_cell_work cell = {.em = 10, .tall = 90};
    assert_int_equal(bx_cell_height(&work, &cell, 1), 10 + 2 * 3);
    assert_int_equal(bx_cell_height(&work, &cell, 3), 2 * 12 + 10 + 2 * 3);
    cell.reach = 8; /* 3 over the box */
    assert_int_equal(bx_cell_height(&work, &cell, 1), 10 + 2 * (4 + 3));
    cell.is_vertical = true;
    assert_int_equal(bx_cell_height(&work, &cell, 1), 90 + 2 * 3);
}

/* --- texts in the pinned faces --- */

enum {
    EM_SIZE = 10 * BX_PT,
    WIDTHS = 120,
};

static struct bx_table_work make_work(struct tables *t)
{
    return (struct bx_table_work){
        .context = &t->setting.context,
        .rules = &t->style.lines,
        .line_em1000 = 1200,
        .pad_v = 4 * BX_PT,
        .clear_v = BX_PT,
    };
}

static struct bx_cell_work
make_cell(struct tables *t, const char *role, const char *text, enum bx_align align)
{
    struct bx_piece *piece = BX_NEW(&t->setting.arena, struct bx_piece);
    *piece = (struct bx_piece){
        .text = text,
        .len = (int)strlen(text),
        .role = bx_fontset_find_role(t->setting.fonts, role),
        .size = EM_SIZE,
        .where = "/cell",
    };
    return (struct bx_cell_work){
        .rowspan = 1,
        .colspan = 1,
        .align = align,
        .pieces = piece,
        .piece_count = piece->len > 0,
        .em = EM_SIZE,
    };
}

static struct bx_cell_work
measure_cell(struct tables *t, struct bx_table_work *work, const char *role, const char *text)
{
    struct bx_cell_work cell = make_cell(t, role, text, BX_ALIGN_LEFT);
    assert_true(bx_cell_measure(work, &cell, &t->err));
    return cell;
}

static void test_measure__one_line_or_those_of_the_text(void **state)
{
    struct tables *t = *state;
    struct bx_table_work work = make_work(t);
    struct bx_cell_work cell = measure_cell(t, &work, "songti", "政府信息公开");
    assert_int_equal(cell.one.line_count, 1);
    assert_int_equal(cell.most, 6 * EM_SIZE);
    cell = measure_cell(t, &work, "songti", "政府\n信息公开\n年报告");
    assert_int_equal(cell.one.line_count, 3);
    assert_int_equal(cell.most, 4 * EM_SIZE);
    cell = measure_cell(t, &work, "songti", "（一）公开 2 件");
    assert_int_equal(cell.loose, 5 * EM_SIZE / 2);
    cell = measure_cell(t, &work, "songti", "政府信息公开");
    assert_int_equal(cell.loose, 0);
    cell = measure_cell(t, &work, "songti", "");
    assert_int_equal(cell.loose, 0);
    assert_int_equal(cell.one.line_count, 0);
    assert_int_equal(cell.most, 0);
    assert_int_equal(cell.reach, 0);
    bx_len unit;
    assert_true(bx_cell_unit(&unit, &work, &cell, &t->err));
    assert_int_equal(unit, 0);
}

/* How far the only glyph's ink goes up or down from the ideographic centre of its face. */
static bx_len ink_reach(const struct bx_cell_work *cell)
{
    const struct bx_run *run = &cell->one.lines[0].runs[0];
    struct bx_ink ink;
    assert_true(bx_font_ink(run->font, run->glyphs[0].index, &ink));
    bx_len centre = bx_font_centre(run->font, run->size);
    bx_len up = bx_font_len(run->font, ink.y1, run->size) - centre;
    bx_len down = centre - bx_font_len(run->font, ink.y0, run->size);
    return up > down ? up : down;
}

/* TAB-11: from the measured centre. Faces of one maker number their glyphs alike. */
static void test_measure__ink_reaches_from_the_centre_of_its_face(void **state)
{
    struct tables *t = *state;
    struct bx_table_work work = make_work(t);
    static const char *const roles[] = {"songti", "fangsong", "kaiti", "heiti"};
    static const char *const texts[] = {"g", "（", "/", "、", "g"};
    for (int i = 0; i < 5; i++)
        for (int r = 0; r < 4; r++) {
            struct bx_cell_work cell = measure_cell(t, &work, roles[r], texts[i]);
            assert_in_range(cell.reach, ink_reach(&cell) - 1, ink_reach(&cell) + 1);
        }
    struct bx_cell_work both = measure_cell(t, &work, "songti", "一\ng国");
    struct bx_cell_work one = measure_cell(t, &work, "songti", "g");
    assert_int_equal(both.reach, one.reach);
    /* A blank between has no ink. */
    both = measure_cell(t, &work, "songti", "g g");
    assert_int_equal(both.reach, one.reach);
}

/* Ideographs and figures need no look where the padding is a box that is full of ink and 1/16 em
 * more; below that they count as others do. */
static void test_measure__ideographs_count_where_padding_is_scarce(void **state)
{
    struct tables *t = *state;
    struct bx_table_work work = make_work(t);
    static const char *const texts[] = {"肆", "国", "8"};
    for (int i = 0; i < 3; i++) {
        work.pad_v = work.clear_v + EM_SIZE / 16;
        struct bx_cell_work cell = measure_cell(t, &work, "fangsong", texts[i]);
        assert_int_equal(cell.reach, 0);
        work.pad_v--;
        cell = measure_cell(t, &work, "fangsong", texts[i]);
        assert_in_range(cell.reach, ink_reach(&cell) - 1, ink_reach(&cell) + 1);
    }
}

static int lines_in(struct tables *t,
                    struct bx_table_work *work,
                    struct bx_cell_work *cell,
                    bx_len width,
                    bool *is_lone)
{
    int lines;
    assert_true(bx_cell_lines(&lines, is_lone, work, cell, width, &t->err));
    assert_true(lines >= bx_cell_lines_bound(cell, width));
    return lines;
}

/* 孤字: a last line of one Han, of several lines. */
static void test_lines__tell_of_a_last_line_of_one_han(void **state)
{
    struct tables *t = *state;
    struct bx_table_work work = make_work(t);
    static const struct {
        const char *text;
        int ems, lines;
        bool is_lone;
    } cases[] = {
        {"总计", 1, 2, true},      {"总", 1, 1, false},           {"自然人", 2, 2, true},
        {"结果维持", 2, 2, false}, {"社会公益组织", 2, 3, false}, {"总计", 2, 1, false},
        {"一\n二", 4, 2, false}, /* as it was given */
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct bx_cell_work cell = make_cell(t, "songti", cases[i].text, BX_ALIGN_CENTER);
        cell.is_word = true;
        assert_true(bx_cell_measure(&work, &cell, &t->err));
        bool is_lone = !cases[i].is_lone;
        assert_int_equal(lines_in(t, &work, &cell, cases[i].ems * EM_SIZE, &is_lone),
                         cases[i].lines);
        assert_int_equal(is_lone, cases[i].is_lone);
    }
    /* One that is wider than its cell is one line all the same, not the last of several. */
    struct bx_cell_work cell = measure_cell(t, &work, "songti", "总");
    bool is_lone = true;
    assert_int_equal(lines_in(t, &work, &cell, EM_SIZE / 2, &is_lone), 1);
    assert_false(is_lone);
}

/* The bound is one: at no width does a text take fewer lines. And the same text at the same
 * width is the same, in whatever order widths are asked for. */
static void test_lines__are_never_fewer_than_the_bound(void **state)
{
    struct tables *t = *state;
    struct bx_table_work work = make_work(t);
    static const char *const texts[] = {
        "5.要求行政机关确认或重新出具已获取信息",
        "（一）予以公开（区分处理的，不计其他情形）。",
        "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
        "Annual Report，2024",
        "“一网通办”、《条例》（2019年修订）：“依申请公开”·答复",
        "（（一）、（二）），「三」。",
    };
    for (int i = 0; i < 6; i++) {
        struct bx_cell_work cell = measure_cell(t, &work, "songti", texts[i]);
        int first[WIDTHS];
        bool is_lone;
        for (int k = 0; k < WIDTHS; k++) {
            first[k] = lines_in(t, &work, &cell, EM_SIZE + k * EM_SIZE / 7, &is_lone);
            assert_true(k == 0 || first[k] <= first[k - 1]);
        }
        for (int k = WIDTHS - 1; k >= 0; k--)
            assert_int_equal(lines_in(t, &work, &cell, EM_SIZE + k * EM_SIZE / 7, &is_lone),
                             first[k]);
    }
}

/* --- finished cells --- */

static struct bx_table_cell
set_cell(struct tables *t, struct bx_table_work *work, struct bx_cell_work *cell, bx_len width)
{
    struct bx_table_cell out;
    assert_true(bx_cell_measure(work, cell, &t->err));
    assert_true(bx_cell_set(&out, work, cell, width, &t->err));
    return out;
}

/* Each line by itself: at the left, in the middle, at the right of the room inside the padding. */
static void test_set__lines_stand_where_the_alignment_says(void **state)
{
    struct tables *t = *state;
    struct bx_table_work work = make_work(t);
    static const enum bx_align aligns[] = {BX_ALIGN_LEFT, BX_ALIGN_CENTER, BX_ALIGN_RIGHT};
    static const int ems[] = {4, 2, 3};
    for (int a = 0; a < 3; a++) {
        struct bx_cell_work cell = make_cell(t, "songti", "信息公开\n报告\n二〇年", aligns[a]);
        cell.pad_h = BX_PT;
        struct bx_table_cell out = set_cell(t, &work, &cell, 6 * EM_SIZE + 2 * BX_PT);
        assert_int_equal(out.pad_left, BX_PT);
        assert_int_equal(out.line_pitch, 12 * BX_PT);
        assert_int_equal(out.height, EM_SIZE + 2 * out.line_pitch);
        assert_int_equal(out.para.line_count, 3);
        bx_len widest = 0;
        for (int i = 0; i < 3; i++) {
            const struct bx_line *line = &out.para.lines[i];
            bx_len spare = (6 - ems[i]) * EM_SIZE;
            bx_len left = a == 0 ? 0 : a == 1 ? spare / 2 : spare;
            assert_int_equal(line->left, left);
            assert_int_equal(line->right, left + ems[i] * EM_SIZE);
            assert_int_equal(line->runs[0].x, left);
            widest = line->right > widest ? line->right : widest;
        }
        assert_int_equal(out.para.width, widest);
    }
}

/* A line that fits exactly is one; of the same text a little narrower there are two. */
static void test_set__breaks_what_does_not_fit(void **state)
{
    struct tables *t = *state;
    struct bx_table_work work = make_work(t);
    struct bx_cell_work cell = make_cell(t, "songti", "信息公开", BX_ALIGN_CENTER);
    struct bx_table_cell out = set_cell(t, &work, &cell, 4 * EM_SIZE);
    assert_int_equal(out.para.line_count, 1);
    assert_int_equal(out.height, EM_SIZE);
    out = set_cell(t, &work, &cell, 4 * EM_SIZE - 1);
    assert_int_equal(out.para.line_count, 2);
    assert_int_equal(out.height, EM_SIZE + out.line_pitch);
    /* Padding that leaves nothing: one character a line, in the middle. */
    cell.pad_h = EM_SIZE;
    out = set_cell(t, &work, &cell, 2 * EM_SIZE);
    assert_int_equal(out.para.line_count, 4);
    assert_int_equal(out.pad_left, EM_SIZE / 2);
}

/* Distributed text fills the measure also in its only line, but not upright. */
static void test_set__distributed_text_fills_the_measure(void **state)
{
    struct tables *t = *state;
    struct bx_table_work work = make_work(t);
    struct bx_cell_work cell = make_cell(t, "songti", "总计", BX_ALIGN_DISTRIBUTE);
    struct bx_table_cell out = set_cell(t, &work, &cell, 5 * EM_SIZE);
    assert_int_equal(out.para.line_count, 1);
    assert_int_equal(out.para.lines[0].left, 0);
    assert_int_equal(out.para.lines[0].right, 5 * EM_SIZE);
    for (int align = BX_ALIGN_LEFT; align <= BX_ALIGN_DISTRIBUTE; align++) {
        cell = make_cell(t, "songti", "总计", (enum bx_align)align);
        cell.is_vertical = true;
        out = set_cell(t, &work, &cell, 5 * EM_SIZE);
        assert_int_equal(out.para.line_count, 1);
        assert_int_equal(out.para.lines[0].left, 2 * EM_SIZE);
        assert_int_equal(out.para.lines[0].runs[0].x, 2 * EM_SIZE + EM_SIZE / 2);
        assert_int_equal(out.height, 2 * EM_SIZE);
        out = set_cell(t, &work, &cell, EM_SIZE / 2);
        assert_int_equal(out.para.line_count, 1);
    }
}

static void test_set__a_blank_is_empty(void **state)
{
    struct tables *t = *state;
    struct bx_table_work work = make_work(t);
    for (int align = BX_ALIGN_LEFT; align <= BX_ALIGN_DISTRIBUTE; align++) {
        struct bx_cell_work cell = make_cell(t, "songti", "", (enum bx_align)align);
        struct bx_table_cell out = set_cell(t, &work, &cell, 5 * EM_SIZE);
        assert_int_equal(out.para.line_count, 0);
        assert_int_equal(out.height, 0);
    }
}

/* A copy has marks of its own, moves by itself, and is as wide and as high. */
static void test_copy__is_another_cell(void **state)
{
    struct tables *t = *state;
    struct bx_table_work work = make_work(t);
    static const char *const texts[] = {"g12", "", "一\n34"};
    for (int i = 0; i < 3; i++) {
        struct bx_cell_work from = make_cell(t, "songti", texts[i], BX_ALIGN_RIGHT),
                            cell = from;
        cell.element = 7;
        assert_true(bx_cell_measure(&work, &from, &t->err));
        bx_cell_copy(&work, &cell, &from);
        assert_int_equal(cell.most, from.most);
        assert_int_equal(cell.loose, from.loose);
        assert_int_equal(cell.reach, from.reach);
        struct bx_table_cell out;
        assert_true(bx_cell_set(&out, &work, &cell, 9 * EM_SIZE, &t->err));
        assert_int_equal(out.para.line_count, from.one.line_count);
        for (int k = 0; k < out.para.line_count; k++) {
            const struct bx_line *was = &from.one.lines[k], *line = &out.para.lines[k];
            assert_int_equal(was->left, 0);
            assert_int_equal(line->right, 9 * EM_SIZE);
            assert_int_equal(line->run_count, was->run_count);
            for (int r = 0; r < line->run_count; r++) {
                assert_int_equal(line->runs[r].element, 7);
                assert_int_equal(was->runs[r].element, 0);
                assert_int_equal(line->runs[r].x - was->runs[r].x, line->left);
            }
        }
    }
}

int run_table_cell(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bound__counts_half_ems),
        cmocka_unit_test(test_bound__a_cell_without_room_has_one_character_a_line),
        cmocka_unit_test(test_bound__lines_of_the_text_itself_are_the_least),
        cmocka_unit_test(test_bound__words_are_broken_in_pairs),
        cmocka_unit_test(test_height__padding_or_what_ink_needs),
        TABLES_TEST(test_measure__one_line_or_those_of_the_text),
        TABLES_TEST(test_measure__ink_reaches_from_the_centre_of_its_face),
        TABLES_TEST(test_measure__ideographs_count_where_padding_is_scarce),
        TABLES_TEST(test_lines__tell_of_a_last_line_of_one_han),
        TABLES_TEST(test_lines__are_never_fewer_than_the_bound),
        TABLES_TEST(test_set__lines_stand_where_the_alignment_says),
        TABLES_TEST(test_set__breaks_what_does_not_fit),
        TABLES_TEST(test_set__distributed_text_fills_the_measure),
        TABLES_TEST(test_set__a_blank_is_empty),
        TABLES_TEST(test_copy__is_another_cell),
    };
    return cmocka_run_group_tests_name("table_cell", tests, NULL, NULL);
}

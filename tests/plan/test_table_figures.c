/* Figures as texts: what width each wants and needs, and that equal ones are set once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "plan/table_form.h"
#include "tables.h"

int run_table_figures(void);

enum {
    EM_12 = 12 * BX_PT,
    PAD = 1000,
    VALUES = 15,
};

/* layout.md 4a and LBK-09: a number is one unit; an amount may have its unit on a line of its own; a
 * string breaks as text does and wants no more width than 8 digits, 4 em, and at least 2 em. */
static const struct {
    enum bx_given given;
    const char *text;
    int pref,
        least; /* in 1/100 em; -1: pref is the width in one line, -2: least is that of the value behind */
} values[VALUES] = {
    {BX_GIVEN_NUMBER, "14069", 250, 250},     {BX_GIVEN_NUMBER, "10669.39万元", -1, -2},
    {BX_GIVEN_NUMBER, "10669.39", -1, -1},    {BX_GIVEN_NUMBER, "1元", 150, 100},
    {BX_GIVEN_NUMBER, "123万元", 350, 200},   {BX_GIVEN_NUMBER, "1234万元", 400, 200},
    {BX_GIVEN_NUMBER, "12345万元", 450, 250}, {BX_GIVEN_NUMBER, "+8", -1, -1},
    {BX_GIVEN_TEXT, "不适用", 100, 100},      {BX_GIVEN_TEXT, "123", 150, 150},
    {BX_GIVEN_TEXT, "123456", 300, 200},      {BX_GIVEN_TEXT, "1234567890", 400, 200},
    {BX_GIVEN_TEXT, "14069", 250, 200},       {BX_GIVEN_BLANK, "", 0, 0},
    {BX_GIVEN_NUMBER, "14069", 250, 250},
};

/* The label of a row before them, and the figures. */
static struct bx_form_work *make_work(struct tables *t)
{
    struct bx_arena *arena = &t->setting.arena;
    struct bx_form_work *fw = BX_NEW(arena, struct bx_form_work);
    struct bx_section *section = BX_NEW(arena, struct bx_section);
    section->values = BX_NEW_ARRAY(arena, struct bx_value, VALUES + 1);
    section->values[0] = (struct bx_value){.text = ""};
    fw->section = section;
    fw->style = &t->style;
    t->style.lines.autospace = 0; /* typesetting.md 11: none in cells */
    fw->figure_role = bx_fontset_find_role(t->setting.fonts, "songti");
    fw->figure_size = EM_12;
    fw->work = (struct bx_table_work){
        .context = &t->setting.context,
        .rules = &t->style.lines,
        .line_em1000 = t->style.line_em1000,
        .cells = BX_NEW_ARRAY(arena, struct bx_cell_work, VALUES + 1),
        .cell_count = VALUES + 1,
    };
    fw->work.cells[0] = (struct bx_cell_work){.most = 77, .pref = 5, .least = 3};
    for (int i = 0; i < VALUES; i++) {
        section->values[i + 1] =
            (struct bx_value){.given = values[i].given, .text = values[i].text, .where = "/v"};
        fw->work.cells[i + 1] =
            (struct bx_cell_work){.is_figure = true, .pad_h = PAD, .element = i + 1};
    }
    assert_true(bx_figures_measure(fw, &t->err));
    return fw;
}

static void test_figures__want_and_need_what_lines_leave_whole(void **state)
{
    struct tables *t = *state;
    struct bx_form_work *fw = make_work(t);
    assert_true(bx_figures_find_widths(fw, &t->err));
    for (int i = 0; i < VALUES; i++) {
        const struct bx_cell_work *cell = &fw->work.cells[i + 1];
        bx_len pref = values[i].pref < 0 ? cell->most : (bx_len)(values[i].pref * EM_12 / 100);
        bx_len least = values[i].least == -2   ? cell[1].most
                       : values[i].least == -1 ? cell->most
                                               : (bx_len)(values[i].least * EM_12 / 100);
        if (cell->pref != pref || cell->least != least)
            fail_msg("%s: %d, %d instead of %d, %d", values[i].text, cell->pref, cell->least,
                     pref, least);
        /* the ink of a string may fill its measure and reach 1/32 em out of it */
        bool is_string = values[i].given == BX_GIVEN_TEXT;
        assert_int_equal(cell->pad_h, PAD + (is_string ? EM_12 / 32 : 0));
        assert_int_equal(cell->em, EM_12);
        assert_int_equal(cell->piece_count, *values[i].text ? 1 : 0);
    }
    assert_int_equal(fw->work.cells[0].pref, 5); /* labels are left alone */
    assert_int_equal(fw->work.cells[0].least, 3);
    assert_int_equal(fw->work.cells[0].piece_count, 0);
}

static void test_figures__equal_ones_are_set_once_and_stand_for_themselves(void **state)
{
    struct tables *t = *state;
    struct bx_form_work *fw = make_work(t);
    const struct bx_cell_work *cells = &fw->work.cells[1];
    static const struct {
        int i, k;
        bool is_equal;
    } pairs[] = {{0, VALUES - 1, true}, {0, 12, true}, {1, 2, false}, {8, 9, false}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        const struct bx_run *first = &cells[pairs[i].i].one.lines[0].runs[0];
        const struct bx_run *second = &cells[pairs[i].k].one.lines[0].runs[0];
        assert_int_equal(first->glyphs == second->glyphs, pairs[i].is_equal);
        assert_int_equal(first->element, pairs[i].i + 1);
        assert_int_equal(second->element, pairs[i].k + 1);
    }
    for (int i = 0; i < VALUES; i++)
        assert_int_equal(cells[i].one.line_count, *values[i].text ? 1 : 0);
}

/* At every width at which an amount fits in two lines: they are the number and the unit. */
static void test_figures__amounts_break_before_their_unit_at_every_width(void **state)
{
    struct tables *t = *state;
    static const char *const units[] = {"元", "万元", "亿元"};
    for (int u = 0; u < 3; u++) {
        struct bx_section section = tables_section(t, "2019", "disclosure", "3");
        const char *amount = bx_arena_printf(&t->setting.arena, "1234567810669.39%s", units[u]);
        const char *broken =
            bx_arena_printf(&t->setting.arena, "1234567810669.39|%s", units[u]);
        tables_give(t, &section, "procurement/amount", amount, BX_GIVEN_NUMBER);
        int i = bx_form_find_cell(section.form, "procurement/amount"), broken_count = 0;
        for (bx_len width = 190 * BX_PT; width < 270 * BX_PT; width += 2 * BX_PT) {
            t->width = width;
            struct bx_table table = tables_set(t, &section, 0, width == 190 * BX_PT);
            const char *lines = tables_lines(t, &table.cells[i]);
            bool is_broken = table.cells[i].para.line_count == 2;
            assert_string_equal(lines, is_broken ? broken : amount);
            broken_count += is_broken;
        }
        assert_in_range(broken_count, 2, 38);
    }
}

int run_table_figures(void)
{
    const struct CMUnitTest tests[] = {
        TABLES_TEST(test_figures__want_and_need_what_lines_leave_whole),
        TABLES_TEST(test_figures__equal_ones_are_set_once_and_stand_for_themselves),
        TABLES_TEST(test_figures__amounts_break_before_their_unit_at_every_width),
    };
    return cmocka_run_group_tests_name("table_figures", tests, NULL, NULL);
}

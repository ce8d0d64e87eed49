/* Every two marks of GB/T 15834-2011 side by side between two characters, in Noto Serif CJK SC:
 * natural and least width against a table that is made of the standard's wording alone: a mark is
 * half an em, its other half is blank and stays only where no other blank or mark is beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "line_case.h"

int run_mark_pairs(void);

/* In halves of an em. */
struct mark {
    const char *text;
    int left, ink, right; /* blank, ink, blank */
    bool is_exclaim;
};

static const struct mark marks[] = {
    {"。", 0, 1, 1, false}, {"，", 0, 1, 1, false}, {"、", 0, 1, 1, false},
    {"；", 0, 1, 1, false}, {"：", 0, 1, 1, false}, {"？", 0, 1, 1, true},
    {"！", 0, 1, 1, true},  {"“", 1, 1, 0, false},  {"”", 0, 1, 1, false},
    {"‘", 1, 1, 0, false},  {"’", 0, 1, 1, false},  {"（", 1, 1, 0, false},
    {"）", 0, 1, 1, false}, {"［", 1, 1, 0, false}, {"］", 0, 1, 1, false},
    {"【", 1, 1, 0, false}, {"】", 0, 1, 1, false}, {"〔", 1, 1, 0, false},
    {"〕", 0, 1, 1, false}, {"《", 1, 1, 0, false}, {"》", 0, 1, 1, false},
    {"〈", 1, 1, 0, false}, {"〉", 0, 1, 1, false}, {"「", 1, 1, 0, false},
    {"」", 0, 1, 1, false}, {"『", 1, 1, 0, false}, {"』", 0, 1, 1, false},
    {"——", 0, 4, 0, false}, {"……", 0, 4, 0, false}, {"·", 0, 1, 0, false},
    {"～", 0, 2, 0, false}, {"/", 0, 1, 0, false},
};

enum {
    MARKS = sizeof(marks) / sizeof(*marks)
};

/* Halves of an em of 中AB中. */
static int natural_halves(const struct mark *a, const struct mark *b)
{
    int halves = 2 + a->left + a->ink + b->ink + 2;
    if (a->is_exclaim && b->is_exclaim)
        return halves; /* 5.1.2: two of them take one em */
    bool is_one_kind = (a->right && b->right) || (a->left && b->left);
    int between = a->right > b->left ? a->right : b->left;
    if (!is_one_kind)
        halves += between;
    return halves + b->right;
}

static void test_pairs_of_marks__are_as_wide_as_the_standard_says(void **state)
{
    (void)state;
    struct setting s;
    setting_init_fonts(&s, BX_TESTS_DIR "/lines/fonts");
    int role = bx_fontset_find_role(s.fonts, "songti"), failed = 0;
    for (int i = 0; i < MARKS; i++)
        for (int k = 0; k < MARKS; k++) {
            const struct mark *a = &marks[i], *b = &marks[k];
            char line[200], got[100], place[40] = "pair";
            int least = 4 + a->ink + b->ink;
            snprintf(line, sizeof(line), "w | 中%s%s中 | %d/%d | PUN-03 pair", a->text, b->text,
                     natural_halves(a, b) * 500, least * 500);
            struct line_case c;
            assert_true(line_case_read(&c, &s, line, place));
            c.spec.rules = &c.rules;
            line_case_run(got, sizeof(got), &c, &s, role);
            if (strcmp(got, c.expected) != 0) {
                print_error("%s: expected %s, got %s\n", c.text, c.expected, got);
                failed++;
            }
        }
    setting_fini(&s);
    assert_int_equal(failed, 0);
}

int run_mark_pairs(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs_of_marks__are_as_wide_as_the_standard_says),
    };
    return cmocka_run_group_tests_name("mark_pairs", tests, NULL, NULL);
}

/* The rules of lines as data: tests/lines/FILE.lines, in the form line_case.h describes. Legal
 * breaks must be the same in faces as unlike as Fandol, Noto and WenKai. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "line_case.h"

int run_line_cases(void);

enum {
    LEAST_CASES = 3, /* of a rule: plain, at a line end, in a narrow cell */
    RULES_MOST = 100,
};

struct tally {
    char rules[RULES_MOST][16];
    int cases[RULES_MOST];
    int rule_count, case_count, failed;
};

static void count_case(struct tally *tally, const char *rule)
{
    int i = 0;
    while (i < tally->rule_count && strcmp(tally->rules[i], rule) != 0)
        i++;
    assert_true(i < RULES_MOST);
    if (i == tally->rule_count)
        strcpy(tally->rules[tally->rule_count++], rule);
    tally->cases[i]++;
    tally->case_count++;
}

static void check_case(struct tally *tally,
                       const struct line_case *c,
                       struct setting *s,
                       const char *role,
                       const char *place)
{
    char got[4000];
    line_case_run(got, sizeof(got), c, s, bx_fontset_find_role(s->fonts, role));
    if (strcmp(got, c->expected) == 0)
        return;
    print_error("%s (%s): %s\n  expected %s\n       got %s\n", place, role, c->why, c->expected,
                got);
    tally->failed++;
}

static void check_file(struct tally *tally, struct setting *s, const char *name)
{
    static const char *const any[] = {"fangsong", "songti", "wenkai"};
    char path[500], line[5000], place[600];
    snprintf(path, sizeof(path), BX_TESTS_DIR "/lines/%s.lines", name);
    FILE *file = fopen(path, "r");
    if (!file)
        fail_msg("cannot open %s", path);
    for (int number = 1; fgets(line, sizeof(line), file); number++) {
        line[strcspn(line, "\r\n")] = '\0';
        snprintf(place, sizeof(place), "%s.lines:%d", name, number);
        struct line_case c;
        if (!line_case_read(&c, s, line, place))
            continue;
        c.spec.rules = &c.rules;
        count_case(tally, c.rule);
        int faces = c.look == LOOK_BREAKS && !c.role ? 3 : 1;
        for (int i = 0; i < faces; i++)
            check_case(tally, &c, s, c.role ? c.role : any[i], place);
    }
    fclose(file);
}

static void check_files(const char *const *names, int count)
{
    struct setting s;
    setting_init_fonts(&s, BX_TESTS_DIR "/lines/fonts");
    struct tally tally = {0};
    for (int i = 0; i < count; i++)
        check_file(&tally, &s, names[i]);
    for (int i = 0; i < tally.rule_count; i++)
        if (tally.cases[i] < LEAST_CASES) {
            print_error("%s has %d cases\n", tally.rules[i], tally.cases[i]);
            tally.failed++;
        }
    setting_fini(&s);
    assert_int_equal(tally.failed, 0);
    assert_true(tally.case_count > 0);
}

static void test_kinsoku_lines__hold(void **state)
{
    (void)state;
    check_files((const char *const[]){"kinsoku"}, 1);
}

static void test_marks_lines__hold(void **state)
{
    (void)state;
    check_files((const char *const[]){"marks"}, 1);
}

static void test_autospace_lines__hold(void **state)
{
    (void)state;
    check_files((const char *const[]){"autospace"}, 1);
}

static void test_justify_lines__hold(void **state)
{
    (void)state;
    check_files((const char *const[]){"justify"}, 1);
}

static void test_paragraph_lines__hold(void **state)
{
    (void)state;
    check_files((const char *const[]){"paragraph"}, 1);
}

static void test_costs_lines__hold(void **state)
{
    (void)state;
    check_files((const char *const[]){"costs"}, 1);
}

int run_line_cases(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinsoku_lines__hold),
        cmocka_unit_test(test_marks_lines__hold),
        cmocka_unit_test(test_autospace_lines__hold),
        cmocka_unit_test(test_justify_lines__hold),
        cmocka_unit_test(test_paragraph_lines__hold),
        cmocka_unit_test(test_costs_lines__hold),
    };
    return cmocka_run_group_tests_name("line_cases", tests, NULL, NULL);
}

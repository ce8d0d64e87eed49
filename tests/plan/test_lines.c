/* The line rules as data: tests/lines/typesetting-cases.tsv, one case a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plan/linebreak.h"
#include "setting.h"

int run_lines(void);

struct parts {
    struct bx_atoms atoms;
    struct bx_sum *sums;
    int penalties[1000];
    char *text;
};

static void take_apart(struct parts *parts, struct setting *s, const char *text)
{
    struct bx_piece piece = setting_piece(s, text);
    struct bx_para_spec spec = setting_spec(s, 28000, 0);
    bx_arena_reset(&s->context.scratch);
    bx_atoms_build(&parts->atoms, &s->context, piece.text, piece.len, 0, piece.len, &piece,
                   &piece.len, 1, &spec);
    assert_in_range(parts->atoms.count, 1, 999);
    bx_breaks_find(parts->penalties, &parts->atoms, text, &s->rules, s->rules.level,
                   BX_PASS_RULES);
    parts->sums = bx_sums_build(&s->context.scratch, &parts->atoms, &s->rules);
}

/* "中÷文，÷中": the breaks a text has, and none elsewhere. */
static int check_breaks(struct setting *s, const char *id, const char *expected)
{
    char text[1000] = "", got[2000] = "";
    for (const char *p = expected; *p;) {
        if (strncmp(p, "÷", 2) == 0)
            p += 2;
        else
            strncat(text, p++, 1);
    }
    struct parts parts;
    take_apart(&parts, s, text);
    for (int i = 0; i < parts.atoms.count; i++) {
        if (i > 0 && parts.penalties[i] < BX_BREAK_FORBIDDEN)
            strcat(got, "÷");
        strncat(got, text + parts.atoms.items[i].text_at,
                (size_t)parts.atoms.items[i].text_len);
    }
    if (strcmp(got, expected) == 0)
        return 0;
    print_error("%s: expected %s, got %s\n", id, expected, got);
    return 1;
}

static int
check_width(struct setting *s, const char *id, const char *text, const char *expected)
{
    struct parts parts;
    take_apart(&parts, s, text);
    struct bx_para_spec spec = setting_spec(s, 100000, 0);
    struct bx_breaker breaker = {.atoms = &parts.atoms,
                                 .rules = &s->rules,
                                 .sums = parts.sums,
                                 .penalties = parts.penalties,
                                 .measure = spec.measure,
                                 .em = spec.em};
    struct bx_span_measure m;
    bx_span_measure(&m, &breaker, 0, parts.atoms.count);
    bx_len least = m.natural;
    for (int i = 1; i <= BX_SHRINK_STEPS; i++)
        least -= m.shrink[i];
    int natural = 0, minimum = 0;
    assert_int_equal(sscanf(expected, "%d/%d", &natural, &minimum), 2);
    int got_natural = (int)((int64_t)m.natural * 1000 / EM);
    int got_minimum = (int)((int64_t)least * 1000 / EM);
    if (abs(got_natural - natural) <= 1 && abs(got_minimum - minimum) <= 1)
        return 0;
    print_error("%s: expected %s, got %d/%d\n", id, expected, got_natural, got_minimum);
    return 1;
}

static int
check_lines(struct setting *s, const char *id, const char *measures, const char *expected)
{
    int measure = 0, indent = 0;
    assert_int_equal(sscanf(measures, "%d,%d", &measure, &indent), 2);
    char text[2000] = "", got[2000] = "";
    for (const char *p = expected; *p; p++)
        if (*p != '|')
            strncat(text, p, 1);
    struct bx_piece piece = setting_piece(s, text);
    struct bx_para_spec spec = setting_spec(s, measure, indent);
    struct bx_para para;
    struct bx_err err = {0};
    assert_true(bx_para_build(&para, &s->context, &piece, 1, &spec, &err));
    for (int i = 0; i < para.line_count; i++) {
        if (i > 0)
            strcat(got, "|");
        strncat(got, para.text + para.lines[i].text_at, (size_t)para.lines[i].text_len);
    }
    if (strcmp(got, expected) == 0)
        return 0;
    print_error("%s: expected %s\n     got %s\n", id, expected, got);
    return 1;
}

static void test_typesetting_cases__hold(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    FILE *file = fopen(BX_TESTS_DIR "/lines/typesetting-cases.tsv", "r");
    assert_non_null(file);
    char line[4000];
    int cases = 0, failed = 0;
    while (fgets(line, sizeof(line), file)) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        char *fields[4] = {0};
        int count = 0;
        for (char *p = strtok(line, "\t"); p && count < 4; p = strtok(NULL, "\t"))
            fields[count++] = p;
        assert_in_range(count, 3, 4);
        cases++;
        if (strcmp(fields[1], "break") == 0)
            failed += check_breaks(&s, fields[0], fields[2]);
        else if (strcmp(fields[1], "width") == 0)
            failed += check_width(&s, fields[0], fields[2], fields[3]);
        else
            failed += check_lines(&s, fields[0], fields[2], fields[3]);
    }
    fclose(file);
    setting_fini(&s);
    assert_int_equal(cases, 36);
    assert_int_equal(failed, 0);
}

int run_lines(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typesetting_cases__hold),
    };
    return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}

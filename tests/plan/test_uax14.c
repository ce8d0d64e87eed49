/* The Latin part of Unicode's own test of line breaking: every line of LineBreakTest.txt that is
 * ASCII alone. Where we differ on purpose, tests/lines/uax14.differences says so, place by place,
 * with the reason; a difference that is not listed fails, and so does one that is listed and does
 * not occur. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plan/breaks.h"
#include "setting.h"

int run_uax14(void);

/* Where Debian's unicode-data puts it; the build reads the same folder. */
#define LINE_BREAK_TEST "/usr/share/unicode/auxiliary/LineBreakTest.txt"

enum {
    TEXT_MOST = 60,
    DIFFERENCES_MOST = 200,
    LEAST_CASES = 300
};

/* A text and where it may break: is_break[i] before character i. */
struct sample {
    char text[TEXT_MOST];
    bool is_break[TEXT_MOST];
    int len;
};

/* A place, as the characters at it: `before` up to the last that is no space, then `after`. */
struct difference {
    char place[8];
    bool is_used;
};

/* Gives false for a line that is not ASCII alone, or no case. */
static bool read_sample(struct sample *out, const char *line)
{
    *out = (struct sample){0};
    bool is_break = false;
    for (const char *p = line; *p && *p != '#' && *p != '\n';) {
        if (strncmp(p, "÷", 2) == 0 || strncmp(p, "×", 2) == 0) {
            is_break = strncmp(p, "÷", 2) == 0;
            p += 2;
        } else if (*p == ' ' || *p == '\t') {
            p++;
        } else {
            char *end;
            unsigned long cp = strtoul(p, &end, 16);
            if (cp < ' ' || cp > '~' || out->len + 1 >= TEXT_MOST)
                return false;
            out->is_break[out->len] = is_break;
            out->text[out->len++] = (char)cp;
            p = end;
        }
    }
    return out->len > 0;
}

static void find_breaks(bool *is_break, struct setting *s, const struct sample *sample)
{
    struct bx_piece piece = setting_piece(s, sample->text);
    struct bx_para_spec spec = setting_spec(s, 28000, 0);
    struct bx_atoms atoms;
    int penalties[TEXT_MOST + 1];
    bx_arena_reset(&s->context.scratch);
    bx_atoms_build(&atoms, &s->context, piece.text, piece.len, 0, piece.len, &piece, &piece.len,
                   1, &spec);
    bx_breaks_find(penalties, &atoms, piece.text, &s->rules, s->rules.level, BX_PASS_RULES);
    memset(is_break, 0, TEXT_MOST * sizeof(*is_break));
    for (int i = 1; i < atoms.count; i++)
        is_break[atoms.items[i].text_at] = penalties[i] < s->rules.rescue_penalty;
}

/* "+%(" a break we have and Unicode has not, "-a b" one we do not have. */
static void name_place(char *out, const struct sample *sample, int at, bool is_break)
{
    int before = at - 1;
    while (before > 0 && sample->text[before] == ' ')
        before--;
    bool is_spaced = before < at - 1;
    *out++ = is_break ? '+' : '-';
    *out++ = sample->text[before];
    if (is_spaced)
        *out++ = ' ';
    *out++ = sample->text[at];
    *out = '\0';
}

static int read_differences(struct difference *out)
{
    FILE *file = fopen(BX_TESTS_DIR "/lines/uax14.differences", "r");
    assert_non_null(file);
    char line[500];
    int count = 0;
    while (fgets(line, sizeof(line), file)) {
        char *reason = strstr(line, " | ");
        if ((line[0] == '#' && line[1] == ' ') || line[0] == '\n')
            continue;
        assert_non_null(reason);
        assert_true(strlen(reason) > 10);
        *reason = '\0';
        for (char *place = strtok(line, "\t"); place; place = strtok(NULL, "\t")) {
            assert_true(count < DIFFERENCES_MOST && strlen(place) < sizeof(out->place));
            strcpy(out[count++].place, place);
        }
    }
    fclose(file);
    return count;
}

static bool is_listed(struct difference *list, int count, const char *place)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].place, place) == 0) {
            list[i].is_used = true;
            return true;
        }
    return false;
}

static void test_latin_text__breaks_as_unicode_says_but_for_what_is_listed(void **state)
{
    (void)state;
    static struct difference list[DIFFERENCES_MOST];
    struct setting s;
    setting_init(&s);
    int listed = read_differences(list), cases = 0, failed = 0;
    FILE *file = fopen(LINE_BREAK_TEST, "r");
    if (!file)
        fail_msg("no %s: the package unicode-data is not installed", LINE_BREAK_TEST);
    char line[2000];
    while (fgets(line, sizeof(line), file)) {
        struct sample sample;
        bool is_break[TEXT_MOST];
        if (!read_sample(&sample, line))
            continue;
        cases++;
        find_breaks(is_break, &s, &sample);
        for (int i = 1; i < sample.len; i++) {
            char place[8];
            if (is_break[i] == sample.is_break[i])
                continue;
            name_place(place, &sample, i, is_break[i]);
            if (!is_listed(list, listed, place)) {
                print_error("%s\tin \"%s\" at %d\n", place, sample.text, i);
                failed++;
            }
        }
    }
    fclose(file);
    for (int i = 0; i < listed; i++)
        if (!list[i].is_used) {
            print_error("%s is listed and does not occur\n", list[i].place);
            failed++;
        }
    setting_fini(&s);
    assert_true(cases >= LEAST_CASES);
    assert_int_equal(failed, 0);
}

int run_uax14(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_latin_text__breaks_as_unicode_says_but_for_what_is_listed),
    };
    return cmocka_run_group_tests_name("uax14", tests, NULL, NULL);
}

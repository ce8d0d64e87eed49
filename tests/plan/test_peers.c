/* What luatexja, Typst and LibreOffice state about the same text (tests/lines/peers.table), and
 * what is set here: the same, or what the table says with the row of the ledger that explains it.
 *
 * Columns, split by " | ": the peer; how, as in line_case.h, or `start` or `end`: characters that
 * may not stand there; the text; what the peer has; = or what stands here; and why, where it
 * differs. Of `start` and `end` the fourth column is empty and the fifth names the characters that
 * may stand there after all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "line_case.h"
#include "plan/class.h"

int run_peers(void);

enum {
    COLUMNS = 6,
    LEAST_CASES = 80
};

static void split(char *columns[COLUMNS], char *line, const char *place)
{
    for (int i = 0; i < COLUMNS; i++) {
        columns[i] = line;
        char *end = strstr(line, " | ");
        if (!end && i + 1 < COLUMNS)
            fail_msg("%s: not %d columns", place, COLUMNS);
        if (end && i + 1 < COLUMNS) {
            *end = '\0';
            line = end + strlen(" | ");
        }
    }
}

/* Those of the characters that may stand at the line's start or end at the strictest level. */
static void look_at_edges(char *got, size_t size, const char *text, bool is_start)
{
    got[0] = '\0';
    for (int at = 0; text[at];) {
        int from = at;
        enum bx_class class = bx_class_of(bx_utf8_next(text, &at));
        bool may = is_start ? bx_class_may_start(class, BX_BREAK_STRICT)
                            : bx_class_may_end(class, BX_BREAK_STRICT);
        assert_true(strlen(got) + 8 < size);
        if (may)
            strncat(got, text + from, (size_t)(at - from));
    }
}

static void
look(char *got, size_t size, char *columns[COLUMNS], struct setting *s, const char *place)
{
    bool is_start = strcmp(columns[1], "start") == 0;
    if (is_start || strcmp(columns[1], "end") == 0) {
        look_at_edges(got, size, columns[2], is_start);
        return;
    }
    char line[4000];
    struct line_case c;
    snprintf(line, sizeof(line), "%s | %s | %s | XXX-00 %s", columns[1], columns[2], columns[3],
             columns[0]);
    assert_true(line_case_read(&c, s, line, place));
    c.spec.rules = &c.rules;
    line_case_run(got, size, &c, s,
                  bx_fontset_find_role(s->fonts, c.role ? c.role : "fangsong"));
}

/* Gives whether the case holds, and whether it differs from the peer. */
static bool check(char *columns[COLUMNS], struct setting *s, const char *place, bool *differs)
{
    char got[4000];
    const char *peer = columns[3], *ours = columns[4];
    *differs = strcmp(ours, "=") != 0;
    look(got, sizeof(got), columns, s, place);
    if (*differs && strcmp(peer, ours) == 0)
        fail_msg("%s: what is said to differ does not", place);
    if (*differs != (columns[5][0] != '-'))
        fail_msg("%s: a difference has a reason, and nothing else has", place);
    bool is_edge = strcmp(columns[1], "start") == 0 || strcmp(columns[1], "end") == 0;
    const char *expected = *differs ? ours : is_edge ? "" : peer;
    if (strcmp(got, expected) == 0)
        return true;
    print_error("%s: %s: %s\n  expected %s\n       got %s\n", place, columns[0], columns[2],
                expected, got);
    return false;
}

static void test_peers__agree_or_the_difference_is_explained(void **state)
{
    (void)state;
    struct setting s;
    setting_init_fonts(&s, BX_TESTS_DIR "/lines/fonts");
    FILE *file = fopen(BX_TESTS_DIR "/lines/peers.table", "r");
    assert_non_null(file);
    char line[4000], place[40];
    int cases = 0, failed = 0, different = 0;
    for (int number = 1; fgets(line, sizeof(line), file); number++) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        char *columns[COLUMNS];
        bool differs;
        snprintf(place, sizeof(place), "peers.table:%d", number);
        split(columns, line, place);
        failed += !check(columns, &s, place, &differs);
        different += differs;
        cases++;
    }
    fclose(file);
    setting_fini(&s);
    assert_int_equal(failed, 0);
    assert_true(cases >= LEAST_CASES);
    assert_in_range(different, 1, cases / 2);
}

int run_peers(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_peers__agree_or_the_difference_is_explained),
    };
    return cmocka_run_group_tests_name("peers", tests, NULL, NULL);
}

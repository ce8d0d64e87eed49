/* The table of classes against tests/lines/classes.table, and what each class may do at the edges
 * of a line at each level. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plan/class.h"

int run_classes(void);

static int check_word(const char *word, const char *name)
{
    char *end;
    unsigned long first = strtoul(word, &end, 16), last = first;
    if (*end == '-')
        last = strtoul(end + 1, &end, 16);
    assert_int_equal(*end, '\0');
    for (unsigned long cp = first; cp <= last; cp++) {
        const char *got = bx_class_name(bx_class_of((uint32_t)cp));
        if (strcmp(got, name) != 0) {
            print_error("U+%04lX: expected %s, got %s\n", cp, name, got);
            return 1;
        }
    }
    return 0;
}

static void test_classes__are_those_of_the_table(void **state)
{
    (void)state;
    FILE *file = fopen(BX_TESTS_DIR "/lines/classes.table", "r");
    assert_non_null(file);
    char line[1000];
    int words = 0, failed = 0;
    while (fgets(line, sizeof(line), file)) {
        line[strcspn(line, "\n")] = '\0';
        char *name = strtok(line, " ");
        if (!name || name[0] == '#')
            continue;
        for (char *word = strtok(NULL, " "); word; word = strtok(NULL, " "), words++)
            failed += check_word(word, name);
    }
    fclose(file);
    assert_true(words > 200);
    assert_int_equal(failed, 0);
}

/* The lowest level that forbids; '-' for none. Source: CLREQ, prohibition rules, levels basic,
 * GB and strict; the Latin marks as their full-width kin. */
static void test_classes__keep_off_line_edges_by_level(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        char start, end; /* n: even at level none, b, g, s, or - */
    } rows[] = {
        {"HAN", '-', '-'}, {"OP", '-', 'b'},  {"CL", 'b', '-'},  {"CM", 'b', '-'},
        {"SC", 'b', '-'},  {"PD", 'b', '-'},  {"EX", 'b', '-'},  {"MD", 'b', '-'},
        {"DS", 's', '-'},  {"EL", 's', '-'},  {"CO", 'b', '-'},  {"SO", 'b', 'g'},
        {"PR", '-', '-'},  {"PO", 'b', '-'},  {"SY", '-', '-'},  {"IT", 'b', '-'},
        {"NS", 'b', '-'},  {"RA", 'n', '-'},  {"LAT", '-', '-'}, {"LSY", '-', '-'},
        {"NUM", '-', '-'}, {"LOP", '-', 'b'}, {"LCL", 'b', '-'}, {"SP", 'n', '-'},
        {"ISP", 'b', '-'}, {"GL", 'n', 'n'},  {"ZW", 'n', '-'},  {"BK", 'n', '-'},
        {"CB", 'n', '-'},
    };
    static const char levels[] = "nbgs";
    assert_int_equal(sizeof(rows) / sizeof(*rows), BX_CLASS_COUNT);
    for (int c = 0; c < BX_CLASS_COUNT; c++) {
        int row = 0;
        while (strcmp(rows[row].name, bx_class_name((enum bx_class)c)) != 0) {
            row++;
            assert_true(row < BX_CLASS_COUNT);
        }
        for (int level = BX_BREAK_NONE; level <= BX_BREAK_STRICT; level++) {
            const char *start = strchr(levels, rows[row].start);
            const char *end = strchr(levels, rows[row].end);
            assert_int_equal(bx_class_may_start((enum bx_class)c, (enum bx_break_level)level),
                             !start || level < (int)(start - levels));
            assert_int_equal(bx_class_may_end((enum bx_class)c, (enum bx_break_level)level),
                             !end || level < (int)(end - levels));
        }
    }
}

int run_classes(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes__are_those_of_the_table),
        cmocka_unit_test(test_classes__keep_off_line_edges_by_level),
    };
    return cmocka_run_group_tests_name("classes", tests, NULL, NULL);
}

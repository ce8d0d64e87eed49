/* reader.txt, one by one: every finding of the reader, in order, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "setup.h"

int run_cases(void);

struct one {
    const char *name, *replace, *by;
    struct bx_buf finds;
};

static void judge(struct setup *setup, const char *base, struct one *one)
{
    if (!one->name)
        return;
    char *text = setup_replace(base, one->replace, one->by);
    struct bx_model *model = setup_read(setup, text, false);
    char *found = setup_list(setup, NULL);
    const char *wanted = one->finds.data ? one->finds.data : "";
    if (strcmp(found, wanted) != 0)
        fail_msg("%s\nfound:\n%swanted:\n%s", one->name, found, wanted);
    assert_int_equal(model == NULL, strstr(wanted, "error ") != NULL);
    assert_int_equal(setup->err.code, model ? BX_OK : BX_E_MODEL);
    for (int i = 0; i < setup->findings.count; i++) {
        assert_int_equal(setup->findings.items[i].stage, BX_E_MODEL);
        assert_true(setup->findings.items[i].zh[0] && setup->findings.items[i].en[0]);
    }
    bx_model_free(model);
    free(found);
    free(text);
    bx_buf_fini(&one->finds);
}

/* The rest of a line behind a word and a space, or NULL. */
static const char *rest_of(const char *line, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(line, word, len) != 0 || (line[len] != ' ' && line[len] != '\0'))
        return NULL;
    return line[len] == ' ' ? line + len + 1 : line + len;
}

static void test_reader__finds_what_the_cases_say_and_no_more(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *base = setup_load("model/base.json"), *cases = setup_load("model/reader.txt");
    struct one one = {0};
    int count = 0;
    for (char *line = cases, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        const char *rest = rest_of(line, "case");
        if (rest) {
            judge(&setup, base, &one);
            one = (struct one){.name = rest};
            count++;
        } else if ((rest = rest_of(line, "replace"))) {
            one.replace = rest;
        } else if ((rest = rest_of(line, "by"))) {
            one.by = rest;
        } else if ((rest = rest_of(line, "find"))) {
            bx_buf_printf(&one.finds, "%s\n", rest);
        } else {
            assert_true(line[0] == '\0' || line[0] == '#' || strcmp(line, "blind") == 0);
        }
    }
    judge(&setup, base, &one);
    assert_true(count > 200);
    free(base);
    free(cases);
    setup_fini(&setup);
}

/* Every prefix of a report is no JSON, told once, with a place, and without a crash. */
static void test_reader__a_cut_file_is_one_finding_with_a_place(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *base = setup_load("model/base.json");
    size_t len = strlen(base) - 2; /* the last brace and the line break */
    for (size_t at = 0; at <= len; at += at < 700 ? 1 : 97) {
        char *cut = malloc(at + 1);
        assert_non_null(cut);
        memcpy(cut, base, at);
        cut[at] = '\0';
        assert_null(setup_read(&setup, cut, false));
        assert_int_equal(setup.err.code, BX_E_READ);
        assert_int_equal(setup.findings.count, 1);
        assert_string_equal(setup.findings.items[0].code, "JSON");
        assert_string_equal(setup.findings.items[0].file, "report.json");
        assert_int_equal(setup.findings.items[0].stage, BX_E_READ);
        assert_int_equal(strncmp(setup.findings.items[0].where, "line ", 5), 0);
        free(cut);
    }
    free(base);
    setup_fini(&setup);
}

int run_cases(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reader__finds_what_the_cases_say_and_no_more),
        cmocka_unit_test(test_reader__a_cut_file_is_one_finding_with_a_place),
    };
    return cmocka_run_group_tests_name("cases", tests, NULL, NULL);
}

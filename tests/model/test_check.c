/* The cross-checks C1 to C7, on base.json (all noughts) and on the examples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/check.h"
#include "setup.h"

int run_check(void);

#define NEW                                                                                    \
    "\"new\": {\"natural_person\": 0, \"business\": 0, \"research\": 0, \"public_welfare\": "  \
    "0, \"legal_service\": 0, \"other\": 0, \"total\": 0}"
#define FORWARD                                                                                \
    "\"carried_forward\": {\"natural_person\": 0, \"business\": 0, \"research\": 0, "          \
    "\"public_welfare\": 0, \"legal_service\": 0, \"other\": 0, \"total\": 0}"
#define RECONSIDERATION                                                                        \
    "\"reconsideration\": {\"upheld\": 0, \"corrected\": 0, \"other\": 0, \"pending\": 0, "    \
    "\"total\": 0}"

/* base.json with pairs of replacements; to be freed. */
static char *change(const char *const *pairs)
{
    char *text = setup_load("model/base.json");
    for (; *pairs; pairs += 2) {
        char *next = setup_replace(text, pairs[0], pairs[1]);
        free(text);
        text = next;
    }
    return text;
}

#define CHANGE(...) change((const char *const[]){__VA_ARGS__, NULL})

/* Checks a report of one's own; the findings are those of the checks alone. */
static void check_text(struct setup *setup, const char *text, const char *last, bool allow)
{
    struct bx_model *previous = last ? setup_read_good(setup, last) : NULL;
    struct bx_model *model = setup_read_good(setup, text);
    bx_findings_fini(&setup->findings);
    bx_model_check(model, setup->sections, previous, allow, &setup->findings);
    bx_model_free(model);
    bx_model_free(previous);
}

static void assert_finds(struct setup *setup, char *text, const char *wanted)
{
    check_text(setup, text, NULL, false);
    char *found = setup_list(setup, NULL);
    if (strcmp(found, wanted) != 0)
        fail_msg("found:\n%swanted:\n%s", found, wanted);
    free(found);
    free(text);
}

static void test_checks__noughts_agree(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_finds(&setup, setup_load("model/base.json"), "");
    setup_fini(&setup);
}

static void test_examples__have_one_warning_among_them(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_finds(&setup, setup_load("examples/changsha-hitech-2019.json"), "");
    assert_finds(&setup, setup_load("examples/suqian-2023.json"), "");
    assert_finds(&setup, setup_load("examples/hongze-2024.json"),
                 "warning C5 /sections/overview/body/2/text\n");
    assert_non_null(strstr(setup.findings.items[0].zh, "17"));
    assert_non_null(strstr(setup.findings.items[0].zh, "95"));
    setup_fini(&setup);
}

static void test_c1__new_and_carried_over_equal_results_and_carried_forward(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_finds(
        &setup,
        CHANGE(FORWARD,
               "\"carried_forward\": {\"natural_person\": 2, \"business\": 0, \"research\": 0, "
               "\"public_welfare\": 0, \"legal_service\": 0, \"other\": 0, \"total\": 2}"),
        "error C1 /sections/applications/values/new/natural_person\n"
        "error C1 /sections/applications/values/new/total\n");
    assert_int_equal(strncmp(setup.findings.items[0].zh, "0 + 0 = 0 ≠ 0 + 2 = 2（",
                             strlen("0 + 0 = 0 ≠ 0 + 2 = 2（")),
                     0);
    assert_int_equal(setup.findings.items[0].stage, BX_E_MODEL);
    setup_fini(&setup);
}

static void test_c2__a_row_total_is_the_sum_of_its_row(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_finds(
        &setup,
        CHANGE(NEW,
               "\"new\": {\"natural_person\": 3, \"business\": 4, \"research\": 0, "
               "\"public_welfare\": 0, \"legal_service\": 0, \"other\": 0, \"total\": 0}",
               FORWARD,
               "\"carried_forward\": {\"natural_person\": 3, \"business\": 4, \"research\": 0, "
               "\"public_welfare\": 0, \"legal_service\": 0, \"other\": 0, \"total\": 0}"),
        "error C2 /sections/applications/values/new/total\n"
        "error C2 /sections/applications/values/carried_forward/total\n");
    const char *wanted = "总计 0 ≠ 3 + 4 + 0 + 0 + 0 + 0 = 7（";
    assert_int_equal(strncmp(setup.findings.items[0].zh, wanted, strlen(wanted)), 0);
    setup_fini(&setup);
}

static void test_c3__the_total_of_results_is_the_sum_of_all_results(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_finds(
        &setup,
        CHANGE("   \"state_secret\": {\"natural_person\": 0, \"business\": 0, \"research\": 0, "
               "\"public_welfare\": 0, \"legal_service\": 0, \"other\": 0, \"total\": 0}",
               "   \"state_secret\": {\"natural_person\": 1, \"business\": 0, \"research\": 0, "
               "\"public_welfare\": 0, \"legal_service\": 0, \"other\": 0, \"total\": 1}"),
        "error C3 /sections/applications/values/results/total/natural_person\n"
        "error C3 /sections/applications/values/results/total/total\n");
    assert_non_null(strstr(setup.findings.items[0].zh, "总计 0 ≠ 0 + 0 + 1 + 0"));
    setup_fini(&setup);
}

/* The example of cli.md. */
static void test_c4__says_label_and_equation(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_finds(&setup,
                 CHANGE(RECONSIDERATION,
                        "\"reconsideration\": {\"upheld\": 10, \"corrected\": 1, \"other\": 0, "
                        "\"pending\": 0, \"total\": 0}"),
                 "error C4 /sections/review/values/reconsideration/total\n");
    const char *wanted = "总计 0 ≠ 10 + 1 + 0 + 0 = 11";
    assert_int_equal(strncmp(setup.findings.items[0].zh, wanted, strlen(wanted)), 0);
    assert_string_equal(setup.findings.items[0].code, "C4");
    setup_fini(&setup);
}

static void test_c4__looks_at_all_three_groups(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_finds(
        &setup,
        CHANGE("\"direct\": {\"upheld\": 0, \"corrected\": 0, \"other\": 0, \"pending\": 0, "
               "\"total\": 0}",
               "\"direct\": {\"upheld\": 0, \"corrected\": 0, \"other\": 1, \"pending\": 0, "
               "\"total\": 0}",
               "\"after_reconsideration\": {\"upheld\": 0, \"corrected\": 0, \"other\": 0, "
               "\"pending\": 0, \"total\": 0}",
               "\"after_reconsideration\": {\"upheld\": 0, \"corrected\": 0, \"other\": 0, "
               "\"pending\": 0, \"total\": 1}"),
        "error C4 /sections/review/values/litigation/direct/total\n"
        "error C4 /sections/review/values/litigation/after_reconsideration/total\n");
    setup_fini(&setup);
}

static void test_checks__allow_inconsistent_makes_errors_notes(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *text = CHANGE(RECONSIDERATION,
                        "\"reconsideration\": {\"upheld\": 10, \"corrected\": 1, \"other\": 0, "
                        "\"pending\": 0, \"total\": 0}");
    check_text(&setup, text, NULL, true);
    char *found = setup_list(&setup, NULL);
    assert_string_equal(found, "note C4 /sections/review/values/reconsideration/total\n");
    free(found);
    free(text);
    setup_fini(&setup);
}

static void test_checks__a_blank_is_never_nought(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_finds(&setup,
                 CHANGE(RECONSIDERATION,
                        "\"reconsideration\": {\"upheld\": 10, \"corrected\": 1, \"other\": 0, "
                        "\"pending\": 0, \"total\": null}"),
                 "note SKIP /sections/review/values/reconsideration/total\n");
    assert_non_null(strstr(setup.findings.items[0].zh, "C4"));
    assert_non_null(strstr(setup.findings.items[0].zh, "空白"));
    assert_finds(&setup,
                 CHANGE(RECONSIDERATION,
                        "\"reconsideration\": {\"upheld\": 10, \"corrected\": \"/\", "
                        "\"other\": 0, \"pending\": 0, \"total\": 10}"),
                 "note SKIP /sections/review/values/reconsideration/corrected\n");
    setup_fini(&setup);
}

static void test_checks__strings_that_are_numbers_are_checked(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_finds(
        &setup,
        CHANGE(RECONSIDERATION,
               "\"reconsideration\": {\"upheld\": \"99999999999999999999\", \"corrected\": "
               "\"1\", \"other\": 0, \"pending\": 0, \"total\": 100000000000000000000}"),
        "");
    assert_finds(
        &setup,
        CHANGE(RECONSIDERATION,
               "\"reconsideration\": {\"upheld\": \"99999999999999999999\", \"corrected\": "
               "\"1\", \"other\": 0, \"pending\": 0, \"total\": 100000000000000000001}"),
        "error C4 /sections/review/values/reconsideration/total\n");
    setup_fini(&setup);
}

static void test_c6__carried_over_equals_what_last_year_carried_forward(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *text = setup_load("model/base.json");
    char *last =
        CHANGE("\"year\": 2023", "\"year\": 2022", FORWARD,
               "\"carried_forward\": {\"natural_person\": 2, \"business\": 0, \"research\": 0, "
               "\"public_welfare\": null, \"legal_service\": 0, \"other\": 0, \"total\": 2}");
    check_text(&setup, text, last, false);
    char *found = setup_list(&setup, NULL);
    assert_string_equal(found,
                        "warning C6 /sections/applications/values/carried_over/natural_person\n"
                        "note SKIP /sections/applications/values/carried_over/public_welfare\n"
                        "warning C6 /sections/applications/values/carried_over/total\n");
    free(found);
    free(last);
    free(text);
    setup_fini(&setup);
}

static void test_c6__in_force_continues_last_years_count(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *text = CHANGE("\"rules\": {\"issued\": 0, \"repealed\": 0, \"in_force\": 0}",
                        "\"rules\": {\"issued\": 2, \"repealed\": 1, \"in_force\": 11}",
                        "\"normative\": {\"issued\": 0, \"repealed\": 0, \"in_force\": 0}",
                        "\"normative\": {\"issued\": 3, \"repealed\": 1, \"in_force\": 8}");
    char *last = CHANGE("\"year\": 2023", "\"year\": 2022",
                        "\"rules\": {\"issued\": 0, \"repealed\": 0, \"in_force\": 0}",
                        "\"rules\": {\"issued\": 0, \"repealed\": 0, \"in_force\": 10}",
                        "\"normative\": {\"issued\": 0, \"repealed\": 0, \"in_force\": 0}",
                        "\"normative\": {\"issued\": 0, \"repealed\": 0, \"in_force\": 7}");
    check_text(&setup, text, last, false);
    char *found = setup_list(&setup, NULL);
    assert_string_equal(found, "warning C6 /sections/disclosure/values/normative/in_force\n");
    assert_non_null(strstr(setup.findings.items[0].zh, "8 - 3 + 1 = 6"));
    assert_non_null(strstr(setup.findings.items[0].zh, "7"));
    free(found);
    free(last);
    free(text);
    setup_fini(&setup);
}

static void test_c6__a_report_of_another_year_is_not_compared(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *text = setup_load("model/base.json");
    check_text(&setup, text, text, false);
    char *found = setup_list(&setup, NULL);
    assert_string_equal(found, "warning C6 /year\n");
    free(found);
    free(text);
    setup_fini(&setup);
}

static void test_c6__a_form_without_the_cell_is_a_skipped_check(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *last = setup_load("examples/changsha-hitech-2019.json");
    char *later = setup_replace(last, "\"year\": 2019", "\"year\": 2022");
    char *sample =
        setup_replace(later, "\"format\": ", "\"language\": \"zh-CN\", \"format\": ");
    char *text = setup_load("model/base.json");
    check_text(&setup, text, sample, false);
    char *found = setup_list(&setup, "SKIP");
    assert_string_equal(found, "note SKIP /sections/disclosure/values/rules/in_force\n"
                               "note SKIP /sections/disclosure/values/normative/in_force\n");
    free(found);
    free(text);
    free(sample);
    free(later);
    free(last);
    setup_fini(&setup);
}

static void assert_c5(struct setup *setup, const char *sentence, bool is_found)
{
    char body[1024] = "\"body\": [{\"text\": \"";
    strcat(body, sentence);
    strcat(body, "\"}]");
    char *text = CHANGE("\"body\": [{\"text\": \"有问题。\"}]", body);
    check_text(setup, text, NULL, false);
    char *found = setup_list(setup, "C5");
    const char *wanted = is_found ? "warning C5 /sections/problems/body/0/text\n" : "";
    if (strcmp(found, wanted) != 0)
        fail_msg("%s\nfound:\n%s", sentence, found);
    free(found);
    free(text);
}

static void test_c5__a_number_in_prose_agrees_with_the_table(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_c5(&setup, "全年收到政府信息公开申请0件。", false);
    assert_c5(&setup, "全年收到政府信息公开申请17件。", true);
    assert_c5(&setup, "全年公开信息17条。", false);
    setup_fini(&setup);
}

static void test_c7__six_mentions_the_processing_fee_since_2021(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    assert_finds(&setup, CHANGE("收取信息处理费0元。", "无"), "note C7 /sections/other\n");
    assert_finds(&setup,
                 CHANGE("收取信息处理费0元。", "无", "\"year\": 2023", "\"year\": 2020"), "");
    setup_fini(&setup);
}

static void test_path_matches__steps_and_stars(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *path;
        bool is_match;
    } cases[] = {
        {"new", "new", true},    {"new", "news", false},     {"new", "new/total", false},
        {"*", "new", true},      {"*", "a/b", false},        {"a/*", "a/b", true},
        {"a/*", "a", false},     {"**", "a/b/c", true},      {"a/**", "a/b/c", true},
        {"a/**", "b/c", false},  {"**/c", "a/b/c", true},    {"**/c", "c", true},
        {"a/**/c", "a/c", true}, {"a/**/c", "a/b/d", false}, {"a/*/c", "a/b/c", true},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(bx_form_path_matches(cases[i].pattern, cases[i].path),
                         cases[i].is_match);
}

int run_check(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checks__noughts_agree),
        cmocka_unit_test(test_examples__have_one_warning_among_them),
        cmocka_unit_test(test_c1__new_and_carried_over_equal_results_and_carried_forward),
        cmocka_unit_test(test_c2__a_row_total_is_the_sum_of_its_row),
        cmocka_unit_test(test_c3__the_total_of_results_is_the_sum_of_all_results),
        cmocka_unit_test(test_c4__says_label_and_equation),
        cmocka_unit_test(test_c4__looks_at_all_three_groups),
        cmocka_unit_test(test_checks__allow_inconsistent_makes_errors_notes),
        cmocka_unit_test(test_checks__a_blank_is_never_nought),
        cmocka_unit_test(test_checks__strings_that_are_numbers_are_checked),
        cmocka_unit_test(test_c6__carried_over_equals_what_last_year_carried_forward),
        cmocka_unit_test(test_c6__in_force_continues_last_years_count),
        cmocka_unit_test(test_c6__a_report_of_another_year_is_not_compared),
        cmocka_unit_test(test_c6__a_form_without_the_cell_is_a_skipped_check),
        cmocka_unit_test(test_c5__a_number_in_prose_agrees_with_the_table),
        cmocka_unit_test(test_c7__six_mentions_the_processing_fee_since_2021),
        cmocka_unit_test(test_path_matches__steps_and_stars),
    };
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}

#include "model/normalise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "model/characters.h"
#include "setup.h"

int run_normalise(void);

/* Replaces \n, \uXXXX and \UXXXXXXXX; in place, since that never makes a text longer. */
static void unescape(char *text)
{
    char *out = text;
    for (const char *p = text; *p;) {
        if (p[0] == '\\' && p[1] == 'n') {
            *out++ = '\n';
            p += 2;
        } else if (p[0] == '\\' && (p[1] == 'u' || p[1] == 'U')) {
            char digits[9] = "", bytes[4];
            int count = p[1] == 'u' ? 4 : 8;
            memcpy(digits, p + 2, (size_t)count);
            int len = bx_utf8_encode(bytes, (uint32_t)strtoul(digits, NULL, 16));
            memcpy(out, bytes, (size_t)len);
            out += len;
            p += 2 + count;
        } else {
            *out++ = *p++;
        }
    }
    *out = '\0';
}

static char *normalise(const char *text, bool keep, struct bx_findings *findings)
{
    struct bx_arena arena = {0};
    char *copy = strdup(bx_text_normalise(&arena, text, keep, "/a", findings));
    assert_non_null(copy);
    bx_arena_fini(&arena);
    return copy;
}

static void assert_normal(const char *text, const char *wanted)
{
    struct bx_findings findings = {0};
    char *found = normalise(text, false, &findings);
    if (strcmp(found, wanted) != 0)
        fail_msg("%s\nbecame %s\nwanted %s", text, found, wanted);

    /* What comes out stays as it is: a report read from our own text is the same report. */
    bx_findings_fini(&findings);
    char *again = normalise(found, false, &findings);
    assert_string_equal(again, found);
    for (int i = 0; i < findings.count; i++)
        assert_string_not_equal(findings.items[i].code, "PUN");
    bx_findings_fini(&findings);
    free(again);
    free(found);
}

static void test_normalise__every_case_comes_out_as_stated(void **state)
{
    (void)state;
    char *cases = setup_load("model/normalise.tsv");
    int count = 0;
    for (char *line = cases, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        char *wanted = strchr(line, '\t');
        assert_non_null(wanted);
        *wanted++ = '\0';
        unescape(line);
        unescape(wanted);
        assert_normal(line, strcmp(wanted, "=") == 0 ? line : wanted);
        count++;
    }
    assert_true(count >= 340); /* 300 of them about punctuation */
    free(cases);
}

static void test_normalise__keep_leaves_marks_and_drops_spaces(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"公开,解读:(好)", "公开,解读:(好)"},
        {"\"一站式\"...--3~5", "\"一站式\"...--3~5"},
        {"共 12 件", "共12件"},
        {"hello world公开", "hello world公开"},
        {"　　公开", "公开"},
        {"\u2F08", "人"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct bx_findings findings = {0};
        char *found = normalise(cases[i].text, true, &findings);
        assert_string_equal(found, cases[i].wanted);
        for (int k = 0; k < findings.count; k++)
            assert_string_not_equal(findings.items[k].code, "PUN");
        free(found);
        bx_findings_fini(&findings);
    }
}

static void test_normalise__every_change_is_a_note_with_its_place(void **state)
{
    (void)state;
    struct bx_findings findings = {0};
    free(normalise("公开,解读(好)...", false, &findings));
    static const char *const wanted[] = {
        "第 3 个字符 , 改为 ，",
        "第 6 个字符 ( 改为 （",
        "第 8 个字符 ) 改为 ）",
        "第 9 个字符 ... 改为 ……",
    };
    assert_int_equal(findings.count, 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(findings.items[i].level, BX_LEVEL_NOTE);
        assert_string_equal(findings.items[i].code, "PUN");
        assert_string_equal(findings.items[i].where, "/a");
        assert_string_equal(findings.items[i].zh, wanted[i]);
    }
    assert_string_equal(findings.items[3].en, "character 9, ..., became ……");
    bx_findings_fini(&findings);
}

static int count_code(const struct bx_findings *findings, const char *code)
{
    int count = 0;
    for (int i = 0; i < findings->count; i++)
        count += strcmp(findings->items[i].code, code) == 0;
    return count;
}

static void test_normalise__a_document_number_is_noted_and_kept(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int notes;
    } cases[] = {
        {"国办发[2019]60号", 1},
        {"国办发（2019）60号", 1},
        {"国办发(2019)60号", 1},
        {"国办发【2019】60号", 1},
        {"国办发[2019]60号、漳审综（2026）2号", 2},
        {"国办发〔2019〕60号", 0},
        {"国办发[19]60号", 0},
        {"国办发[2019]60件", 0},
    };
    for (int keep = 0; keep < 2; keep++) {
        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
            struct bx_findings findings = {0};
            char *found = normalise(cases[i].text, keep, &findings);
            assert_int_equal(count_code(&findings, "DOCNUM"), cases[i].notes);
            if (cases[i].notes > 0) {
                assert_string_equal(found, cases[i].text);
                assert_non_null(strstr(findings.items[0].zh, i < 4 ? "〔2019〕" : "〔"));
                assert_int_equal(findings.items[0].level, BX_LEVEL_NOTE);
            }
            free(found);
            bx_findings_fini(&findings);
        }
    }
}

static void test_normalise__neighbours_are_found_across_spans(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    struct bx_findings findings = {0};
    const char *texts[] = {"公开", ",", "OK (", "解读", ") ", "12", " 件"};
    bx_texts_normalise(&arena, texts, 7, false, "/a", &findings);
    static const char *const wanted[] = {"公开", "，", "OK（", "解读", "）", "12", "件"};
    for (int i = 0; i < 7; i++)
        assert_string_equal(texts[i], wanted[i]);
    const char *none[] = {"", "", ""};
    bx_texts_normalise(&arena, none, 3, false, "/a", &findings);
    assert_string_equal(none[2], "");
    bx_findings_fini(&findings);
    bx_arena_fini(&arena);
}

/* LNG-07: the 18 pairs of GB 18030-2022, one by one. */
static void test_lng_07__the_private_use_characters_of_gb_18030_are_mapped(void **state)
{
    (void)state;
    static const uint32_t pairs[18][2] = {{0xE78D, 0xFE10}, {0xE78E, 0xFE12}, {0xE78F, 0xFE11},
                                          {0xE790, 0xFE13}, {0xE791, 0xFE14}, {0xE792, 0xFE15},
                                          {0xE793, 0xFE16}, {0xE794, 0xFE17}, {0xE795, 0xFE18},
                                          {0xE796, 0xFE19}, {0xE81E, 0x9FB4}, {0xE826, 0x9FB5},
                                          {0xE82B, 0x9FB6}, {0xE82C, 0x9FB7}, {0xE832, 0x9FB8},
                                          {0xE843, 0x9FB9}, {0xE854, 0x9FBA}, {0xE864, 0x9FBB}};
    for (int i = 0; i < 18; i++)
        assert_int_equal(bx_char_map(pairs[i][0]), pairs[i][1]);
    struct bx_findings findings = {0};
    free(normalise("\uE81E\uE000", false, &findings));
    assert_int_equal(count_code(&findings, "MAP"), 1);
    assert_int_equal(count_code(&findings, "PUA"), 1);
    bx_findings_fini(&findings);
}

static void test_lng_07__every_kangxi_radical_becomes_an_ideograph(void **state)
{
    (void)state;
    for (uint32_t code = 0x2F00; code <= 0x2FD5; code++) {
        uint32_t mapped = bx_char_map(code);
        assert_true((0x3400 <= mapped && mapped <= 0x9FFF) || mapped >= 0x20000);
    }
    int supplement = 0;
    for (uint32_t code = 0x2E80; code <= 0x2EF3; code++)
        supplement += bx_char_map(code) != code;
    assert_int_equal(supplement, 114); /* of 115: 2E80 looks like no ideograph */
}

static void test_lng_07__compatibility_ideographs_stay(void **state)
{
    (void)state;
    for (uint32_t code = 0xF900; code <= 0xFAFF; code++)
        assert_int_equal(bx_char_map(code), code);
    for (uint32_t code = 0x4E00; code <= 0x9FFF; code++)
        assert_int_equal(bx_char_map(code), code);
}

int run_normalise(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normalise__every_case_comes_out_as_stated),
        cmocka_unit_test(test_normalise__keep_leaves_marks_and_drops_spaces),
        cmocka_unit_test(test_normalise__every_change_is_a_note_with_its_place),
        cmocka_unit_test(test_normalise__a_document_number_is_noted_and_kept),
        cmocka_unit_test(test_normalise__neighbours_are_found_across_spans),
        cmocka_unit_test(test_lng_07__the_private_use_characters_of_gb_18030_are_mapped),
        cmocka_unit_test(test_lng_07__every_kangxi_radical_becomes_an_ideograph),
        cmocka_unit_test(test_lng_07__compatibility_ideographs_stay),
    };
    return cmocka_run_group_tests_name("normalise", tests, NULL, NULL);
}

/* The mandated sections, the editions, and the checks of prose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "forms.h"
#include "layout/sections.h"

int run_sections(void);

static struct bx_sections *read_sections(void)
{
    struct bx_sections *sections = NULL;
    struct bx_err err = {0};
    if (!bx_sections_read(&sections, LAYOUTS, &err))
        fail_msg("%s %s: %s", err.file, err.where, err.what);
    return sections;
}

static void test_sections__are_six_in_the_mandated_order(void **state)
{
    (void)state;
    static const struct {
        const char *id, *title;
        enum bx_section_kind kind;
    } want[] = {
        {"overview", "一、总体情况", BX_SECTION_PROSE},
        {"disclosure", "二、主动公开政府信息情况", BX_SECTION_TABLE},
        {"applications", "三、收到和处理政府信息公开申请情况", BX_SECTION_TABLE},
        {"review", "四、政府信息公开行政复议、行政诉讼情况", BX_SECTION_TABLE},
        {"problems", "五、存在的主要问题及改进情况", BX_SECTION_PROSE},
        {"other", "六、其他需要报告的事项", BX_SECTION_PROSE},
    };
    struct bx_sections *sections = read_sections();
    assert_int_equal(sections->section_count, 6);
    for (int i = 0; i < 6; i++) {
        assert_string_equal(sections->sections[i].id, want[i].id);
        assert_string_equal(sections->sections[i].title, want[i].title);
        assert_int_equal(sections->sections[i].kind, want[i].kind);
    }
    bx_sections_free(sections);
}

static void test_sections__tables_have_the_titles_of_their_forms(void **state)
{
    (void)state;
    struct bx_sections *sections = read_sections();
    for (int i = 0; i < sections->section_count; i++) {
        const struct bx_section_spec *spec = &sections->sections[i];
        for (int edition = 0; edition < 2 && spec->kind == BX_SECTION_TABLE; edition++) {
            struct bx_form *form = forms_read(edition ? "2021" : "2019", spec->id);
            assert_string_equal(form->title, spec->title);
            bx_form_free(form);
        }
    }
    bx_sections_free(sections);
}

static void test_sections__years_take_their_edition(void **state)
{
    (void)state;
    struct bx_sections *sections = read_sections();
    for (int year = 2008; year <= 2100; year++)
        assert_string_equal(bx_sections_form_for(sections, year),
                            year <= 2020 ? "2019" : "2021");
    assert_string_equal(bx_sections_form_for(sections, 2007), "");
    bx_sections_free(sections);
}

static void test_sections__formats_are_those_of_published_reports(void **state)
{
    (void)state;
    struct bx_sections *sections = read_sections();
    assert_string_equal(sections->title_format, "{organ}{year}年政府信息公开工作年度报告");
    assert_string_equal(sections->date_format, "{year}年{month}月{day}日");
    assert_string_equal(sections->byline_date_format, "（{date}）");
    assert_true(sections->words->count > 0);
    bx_sections_free(sections);
}

/* --- C5 and C7 --- */

/* The numbers all patterns find in a sentence, in the order of the checks. */
static void check_numbers(const char *sentence, const char *want)
{
    struct bx_sections *sections = read_sections();
    struct bx_buf have = {0};
    bx_buf_add_text(&have, "");
    for (int i = 0; i < sections->text_check_count; i++) {
        GMatchInfo *match = NULL;
        g_regex_match(sections->text_checks[i].regex, sentence, 0, &match);
        while (g_match_info_matches(match)) {
            char *number = g_match_info_fetch(match, 1);
            bx_buf_printf(&have, "%s%d:%s", have.len > 0 ? " " : "", i, number);
            g_free(number);
            g_match_info_next(match, NULL);
        }
        g_match_info_free(match);
    }
    if (strcmp(have.data, want) != 0)
        fail_msg("%s: found %s, not %s", sentence, have.data, want);
    bx_buf_fini(&have);
    bx_sections_free(sections);
}

static void test_c5__finds_applications_received(void **state)
{
    (void)state;
    check_numbers("2019年度我区共收到依申请公开6件（不含放弃申请2件），其中自然人5件", "0:6");
    check_numbers("全市全年共收办政府信息公开申请案件3607件（市政府349件、沭阳县477件）",
                  "0:3607");
    check_numbers("区政府办代表区政府受理政府信息公开申请17件，均已在法定期限内答复", "0:17");
    check_numbers("新收政府信息公开申请 12 件", "0:12");
}

static void test_c5__leaves_other_numbers_alone(void **state)
{
    (void)state;
    check_numbers("2023年对25件政府信息公开申请案件收取信息处理费2950元", "");
    check_numbers("其中，自然人申请3493件，法人或其他组织申请114件", "");
    check_numbers("收到行政复议申请3件", "2:3");
    check_numbers("收到来信120封，办理申请事项，共计7件", "");
    check_numbers("受理投诉30件，答复申请12次", "");
}

static void test_c5__finds_what_is_carried_over_and_forward(void **state)
{
    (void)state;
    check_numbers("上年结转96件", "1:96");
    check_numbers("结转下年度继续办理121件", "1:121");
    check_numbers("结转至2024年度继续办理3件", "1:3");
    check_numbers("上年度结转政府信息公开申请5件，本年新收申请20件", "0:20 1:5");
}

static void test_c5__finds_reconsiderations_and_lawsuits(void **state)
{
    (void)state;
    check_numbers("因政府信息公开被申请行政复议3件、被提起行政诉讼2件", "2:3 3:2");
    check_numbers("行政复议、行政诉讼共12件", "2:12 3:12");
    check_numbers("行政复议结果维持2件，纠正1件", "");
    check_numbers("行政诉讼案件未审结4件", "");
}

static void test_c7__asks_for_the_fees_since_2021(void **state)
{
    (void)state;
    struct bx_sections *sections = read_sections();
    assert_int_equal(sections->mention_check_count, 1);
    const struct bx_mention_check *check = &sections->mention_checks[0];
    assert_string_equal(check->code, "C7");
    assert_string_equal(check->section, "other");
    assert_string_equal(check->word, "信息处理费");
    assert_int_equal(check->from_year, 2021);
    bx_sections_free(sections);
}

/* Every sum names cells that both editions' forms have. */
static void test_c5__sums_name_cells_of_the_forms(void **state)
{
    (void)state;
    struct bx_sections *sections = read_sections();
    assert_int_equal(sections->text_check_count, 4);
    for (int i = 0; i < sections->text_check_count; i++)
        for (int k = 0; k < sections->text_checks[i].accept_count; k++) {
            char **cells = g_strsplit(sections->text_checks[i].accepts[k], "+", 0);
            for (int c = 0; cells[c]; c++) {
                char **parts = g_strsplit(cells[c], ":", 2);
                for (int edition = 0; edition < 2; edition++) {
                    struct bx_form *form = forms_read(edition ? "2021" : "2019", parts[0]);
                    if (bx_form_find_cell(form, parts[1]) < 0)
                        fail_msg("no cell %s", cells[c]);
                    bx_form_free(form);
                }
                g_strfreev(parts);
            }
            g_strfreev(cells);
        }
    bx_sections_free(sections);
}

/* --- folders of an office's own --- */

/* A new folder that sees our schemas and words. The caller removes it with remove_folder(). */
static char *make_folder(void)
{
    static const char *const shared[] = {"form.rng", "style.rng", "sections.rng",
                                         "sections.xml", "words.txt"};
    char *folder = g_dir_make_tmp("banxin-layouts-XXXXXX", NULL);
    assert_non_null(folder);
    for (int i = 0; i < 5; i++) {
        char *from = g_build_filename(LAYOUTS, shared[i], NULL);
        char *to = g_build_filename(folder, shared[i], NULL);
        assert_int_equal(symlink(from, to), 0);
        g_free(from);
        g_free(to);
    }
    return folder;
}

static void put_file(const char *folder, const char *name, const char *text)
{
    char *path = g_build_filename(folder, name, NULL);
    char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0777), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_free(parent);
    g_free(path);
}

static void remove_tree(const char *path)
{
    if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
        GDir *dir = g_dir_open(path, 0, NULL);
        for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
            char *child = g_build_filename(path, name, NULL);
            remove_tree(child);
            g_free(child);
        }
        g_dir_close(dir);
    }
    g_remove(path);
}

static void refuse_checks(const char *checks, const char *where, const char *what)
{
    char *folder = make_folder();
    put_file(folder, "checks/own.xml", checks);
    struct bx_sections *sections = NULL;
    struct bx_err err = {0};
    assert_false(bx_sections_read(&sections, folder, &err));
    assert_int_equal(err.code, BX_E_LAYOUT);
    assert_non_null(strstr(err.file, "checks/own.xml"));
    assert_string_equal(err.where, where);
    if (!strstr(err.what, what))
        fail_msg("%s, not: %s", err.what, what);
    remove_tree(folder);
    g_free(folder);
}

#define CHECK(pattern)                                                                         \
    "<checks>\n<text-check code=\"C5\" source=\"s\"><pattern>" pattern                         \
    "</pattern><accept>review:x/y</accept><zh>z</zh><en>e</en></text-check>\n</checks>"

static void test_checks__bad_patterns_are_refused_with_their_line(void **state)
{
    (void)state;
    refuse_checks(CHECK("([0-9]+"), "line 2", "pattern is not valid");
    refuse_checks(CHECK("[0-9]+"), "line 2", "0 groups");
    refuse_checks(CHECK("(a)(b)"), "line 2", "2 groups");
    refuse_checks("<sections/>", "line 1", "");
    refuse_checks("<checks>\n\n<else/></checks>", "line 3", "else");
}

static void test_sections__folder_without_checks_has_none(void **state)
{
    (void)state;
    char *folder = make_folder();
    struct bx_sections *sections = NULL;
    struct bx_err err = {0};
    assert_true(bx_sections_read(&sections, folder, &err));
    assert_int_equal(sections->text_check_count, 0);
    assert_int_equal(sections->section_count, 6);
    bx_sections_free(sections);
    remove_tree(folder);
    g_free(folder);
}

static void test_form_set__province_adds_a_row_by_data_alone(void **state)
{
    (void)state;
    char *folder = make_folder();
    struct bx_buf text = forms_load(EXTRA "/forms/hubei-2021/disclosure.xml");
    put_file(folder, "forms/hubei-2021/disclosure.xml", text.data);
    struct bx_form_set set;
    struct bx_err err = {0};
    const struct bx_form *form = NULL;
    assert_true(bx_form_set_init(&set, folder, &err));
    if (!bx_form_set_find(&form, &set, "disclosure", "hubei-2021", &err))
        fail_msg("%s %s: %s", err.file, err.where, err.what);
    assert_non_null(form);
    int i = bx_form_find_cell(form, "other_documents/in_force");
    assert_true(i >= 0);
    assert_int_equal(form->cells[i].row, 4);
    assert_string_equal(form->cells[i - 3].text, "其他主动公开文件");
    assert_int_equal(form->row_count, 15);
    assert_int_equal(form->rows[4].group, form->rows[3].group);
    /* the check of the year before takes the new row */
    assert_true(bx_form_path_matches(form->year_checks[0].each_row, form->cells[i].row_id));
    bx_form_set_fini(&set);
    bx_buf_fini(&text);
    remove_tree(folder);
    g_free(folder);
}

static void test_form_set__form_in_the_wrong_folder_is_refused(void **state)
{
    (void)state;
    char *folder = make_folder();
    struct bx_buf text = forms_load(EXTRA "/forms/hubei-2021/disclosure.xml");
    put_file(folder, "forms/hunan-2021/disclosure.xml", text.data);
    struct bx_form_set set;
    struct bx_err err = {0};
    const struct bx_form *form = NULL;
    assert_true(bx_form_set_init(&set, folder, &err));
    assert_false(bx_form_set_find(&form, &set, "disclosure", "hunan-2021", &err));
    assert_int_equal(err.code, BX_E_LAYOUT);
    assert_string_equal(err.what,
                        "its folder and name say hunan-2021/disclosure, the file says "
                        "hubei-2021/disclosure");
    bx_form_set_fini(&set);
    bx_buf_fini(&text);
    remove_tree(folder);
    g_free(folder);
}

/* A row added under （三）不予公开 is one of the rows that make up （七）总计. */
static void test_c3__takes_a_row_that_an_office_adds(void **state)
{
    (void)state;
    struct bx_buf text = forms_load(LAYOUTS "/forms/2021/applications.xml");
    struct bx_buf wider = forms_edit(text.data, "rowspan=\"22\"", "rowspan=\"23\"");
    struct bx_buf longer =
        forms_edit(wider.data, "rowspan=\"3\">（四）", "rowspan=\"4\">（四）");
    struct bx_buf added = forms_edit(
        longer.data, "      <tr id=\"results/not_processed/petition\">",
        "      <tr id=\"results/unable/lost\">\n        <th scope=\"row\">4.已遗失</th>\n"
        "        <td/><td/><td/><td/><td/><td/><td/>\n      </tr>\n"
        "      <tr id=\"results/not_processed/petition\">");
    struct bx_xml_schema *schema = NULL;
    struct bx_form *form = NULL;
    struct bx_err err = {0};
    schema = bx_xml_schema_new(LAYOUTS "/form.rng");
    if (!bx_form_read_bytes(&form, schema, "own.xml", added.data, added.len, &err))
        fail_msg("%s: %s", err.where, err.what);
    const struct bx_check_term *term = &form->checks[2].right[0];
    int count = 0;
    for (int i = 0; i < form->cell_count; i++)
        count += form->cells[i].path && strcmp(form->cells[i].col_id, "total") == 0 &&
                 bx_form_path_matches(term->pattern, form->cells[i].row_id) &&
                 !bx_form_path_matches(term->except, form->cells[i].row_id);
    assert_int_equal(count, 22); /* 21 rows of the issued form, and one */
    bx_form_free(form);
    bx_xml_schema_free(schema);
    bx_buf_fini(&text);
    bx_buf_fini(&wider);
    bx_buf_fini(&longer);
    bx_buf_fini(&added);
}

int run_sections(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections__are_six_in_the_mandated_order),
        cmocka_unit_test(test_sections__tables_have_the_titles_of_their_forms),
        cmocka_unit_test(test_sections__years_take_their_edition),
        cmocka_unit_test(test_sections__formats_are_those_of_published_reports),
        cmocka_unit_test(test_c5__finds_applications_received),
        cmocka_unit_test(test_c5__leaves_other_numbers_alone),
        cmocka_unit_test(test_c5__finds_what_is_carried_over_and_forward),
        cmocka_unit_test(test_c5__finds_reconsiderations_and_lawsuits),
        cmocka_unit_test(test_c7__asks_for_the_fees_since_2021),
        cmocka_unit_test(test_c5__sums_name_cells_of_the_forms),
        cmocka_unit_test(test_checks__bad_patterns_are_refused_with_their_line),
        cmocka_unit_test(test_sections__folder_without_checks_has_none),
        cmocka_unit_test(test_form_set__province_adds_a_row_by_data_alone),
        cmocka_unit_test(test_form_set__form_in_the_wrong_folder_is_refused),
        cmocka_unit_test(test_c3__takes_a_row_that_an_office_adds),
    };
    return cmocka_run_group_tests_name("sections", tests, NULL, NULL);
}

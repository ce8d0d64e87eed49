/* The two styles, an office's own, and what a style may not be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "forms.h"
#include "layout/style.h"

int run_styles(void);

static struct bx_style *read_style(const char *name)
{
    struct bx_style *style = NULL;
    struct bx_err err = {0};
    if (!bx_style_read(&style, LAYOUTS, name, &err))
        fail_msg("%s %s: %s", err.file, err.where, err.what);
    return style;
}

/* Whether a length is within 1/200 pt of so many hundredths of a point. */
static void check_pt(bx_len len, int hundredths)
{
    int64_t off = (int64_t)len * 100 - (int64_t)hundredths * BX_PT;
    if (off > BX_PT / 2 || off < -BX_PT / 2)
        fail_msg("%d is not %d/100 pt", len, hundredths);
}

static void test_gbt9704_5_1__paper_is_a4(void **state)
{
    (void)state;
    struct bx_style *style = read_style("gbt9704");
    assert_int_equal(style->paper_w, bx_len_from_um(210000));
    assert_int_equal(style->paper_h, bx_len_from_um(297000));
    bx_style_free(style);
}

static void test_gbt9704_5_2_1__type_area_is_156_by_225_mm(void **state)
{
    (void)state;
    struct bx_style *style = read_style("gbt9704");
    assert_int_equal(style->type_area.x, bx_len_from_um(28000));
    assert_int_equal(style->type_area.y, bx_len_from_um(37000));
    assert_int_equal(style->type_area.w, bx_len_from_um(156000));
    assert_int_equal(style->type_area.h, bx_len_from_um(225000));
    bx_style_free(style);
}

static void test_gbt9704__tables_of_prose_have_the_rules_of_the_forms(void **state)
{
    (void)state;
    struct bx_style *style = read_style("gbt9704");
    const struct bx_table_style *plain = bx_style_find_table(style, "plain");
    assert_non_null(plain);
    assert_int_equal(plain->rule_outer, BX_PT);
    assert_int_equal(plain->rule_inner, BX_PT / 2);
    bx_style_free(style);
}

static void test_gbt9704_5_2_3__22_lines_of_28_fill_the_type_area(void **state)
{
    (void)state;
    struct bx_style *style = read_style("gbt9704");
    const struct bx_text_style *body = &style->texts[BX_TEXT_BODY];
    assert_int_equal(style->grid_lines, 22);
    assert_int_equal(style->grid_columns, 28);
    check_pt(style->line_pitch, 2962);
    check_pt(body->size, 1575);
    check_pt(body->pitch, 1579);
    /* not a unit too much, and less than one for each gap left */
    bx_len high = 21 * style->line_pitch + body->size;
    assert_in_range(style->type_area.h - high, 0, 20);
    assert_in_range(style->type_area.w - 28 * body->pitch, 0, 27);
    bx_style_free(style);
}

static void test_gbt9704_word__has_16_pt_on_the_same_pitch_in_22_cells(void **state)
{
    (void)state;
    struct bx_style *style = read_style("gbt9704-word");
    assert_int_equal(style->grid_fit, BX_FIT_CELLS);
    check_pt(style->line_pitch, 2899);
    check_pt(style->texts[BX_TEXT_BODY].size, 1600);
    check_pt(style->texts[BX_TEXT_BODY].pitch, 1579);
    bx_style_free(style);
}

static void test_gbt9704_7_3__texts_have_their_faces(void **state)
{
    (void)state;
    static const char *const roles[BX_TEXT_KIND_COUNT] = {
        [BX_TEXT_BODY] = "fangsong",
        [BX_TEXT_TITLE] = "xiaobiaosong",
        [BX_TEXT_DOCUMENT_NUMBER] = "fangsong",
        [BX_TEXT_HEADING1] = "heiti",
        [BX_TEXT_HEADING2] = "kaiti",
        [BX_TEXT_HEADING3] = "fangsong",
        [BX_TEXT_HEADING4] = "fangsong",
        [BX_TEXT_BYLINE] = "kaiti",
        [BX_TEXT_SIGNATURE] = "fangsong",
        [BX_TEXT_CAPTION] = "fangsong",
        [BX_TEXT_CELL] = "songti",
        [BX_TEXT_PAGE_NUMBER] = "songti",
    };
    static const char *const names[] = {"gbt9704", "gbt9704-word"};
    for (int i = 0; i < 2; i++) {
        struct bx_style *style = read_style(names[i]);
        for (int kind = 0; kind < BX_TEXT_KIND_COUNT; kind++)
            assert_string_equal(style->texts[kind].role, roles[kind]);
        check_pt(style->texts[BX_TEXT_TITLE].size, 2200);
        check_pt(style->texts[BX_TEXT_TITLE].pitch, 2200);
        assert_int_equal(style->texts[BX_TEXT_TITLE].align, BX_ALIGN_CENTER);
        assert_int_equal(style->texts[BX_TEXT_TITLE].blank_before, 1);
        assert_int_equal(style->texts[BX_TEXT_TITLE].blank_after, 1);
        assert_int_equal(style->texts[BX_TEXT_BODY].indent_em1000, 2000);
        assert_int_equal(style->texts[BX_TEXT_BODY].align, BX_ALIGN_JUSTIFY);
        bx_style_free(style);
    }
}

static void test_web__shares_no_measure_of_the_page_with_gbt9704(void **state)
{
    (void)state;
    struct bx_style *web = read_style("web"), *printed = read_style("gbt9704");
    assert_int_not_equal(web->type_area.w, printed->type_area.w);
    assert_int_not_equal(web->type_area.h, printed->type_area.h);
    assert_int_not_equal(web->grid_columns, printed->grid_columns);
    assert_int_not_equal(web->grid_lines, printed->grid_lines);
    assert_int_not_equal(web->line_pitch, printed->line_pitch);
    check_pt(web->texts[BX_TEXT_BODY].size, 1200);
    assert_string_equal(web->texts[BX_TEXT_BODY].role, "songti");
    bx_style_free(web);
    bx_style_free(printed);
}

static void test_gbt9704_7_3_5__signature_keeps_its_distances(void **state)
{
    (void)state;
    struct bx_style *style = read_style("gbt9704");
    const struct bx_signature_rules *rules = &style->signature;
    assert_int_equal(rules->right_em1000, 2000);
    assert_int_equal(rules->date_shift_em1000, 2000);
    assert_int_equal(rules->blank_before, 1);
    assert_int_equal(rules->sealed_right_em1000, 4000);
    assert_int_equal(rules->signer_right_em1000, 4000);
    assert_int_equal(rules->signer_gap_em1000, 2000);
    assert_int_equal(rules->signer_blank_before, 2);
    assert_int_equal(rules->name_blank_em1000, 6000);
    assert_int_equal(rules->seal_diameter, bx_len_from_um(42000));
    bx_style_free(style);
}

static void test_gbt9704_7_5__page_number_stands_between_dashes(void **state)
{
    (void)state;
    struct bx_style *style = read_style("gbt9704");
    assert_int_equal(style->page_number.below, bx_len_from_um(7000));
    assert_int_equal(style->page_number.inset_em1000, 1000);
    assert_string_equal(style->page_number.before, "— ");
    assert_string_equal(style->page_number.after, " —");
    assert_null(style->page_number.before_total);
    check_pt(style->texts[BX_TEXT_PAGE_NUMBER].size, 1400);
    assert_true(style->ink.is_gray);
    assert_int_equal(style->ink.r, 0);
    bx_style_free(style);
}

static void test_gbt9704__lines_follow_the_project_s_choices(void **state)
{
    (void)state;
    struct bx_style *style = read_style("gbt9704");
    const struct bx_line_rules *lines = &style->lines;
    assert_int_equal(lines->level, BX_BREAK_STRICT);
    assert_false(lines->force_line_end);
    assert_true(lines->trim_indent);
    assert_true(lines->keep_range);
    assert_false(lines->hang);
    assert_int_equal(lines->autospace, 250);
    assert_int_equal(lines->autospace_min, 125);
    assert_int_equal(lines->autospace_max, 500);
    assert_int_equal(lines->word_space_min, 250);
    assert_int_equal(lines->word_space_max, 500);
    assert_int_equal(lines->loose_gap, 250);
    assert_false(lines->loose_left);
    assert_int_equal(lines->rescue_penalty, 9000);
    assert_int_equal(lines->split_date_penalty, 50);
    assert_int_equal(lines->orphan_penalty, 3000);
    assert_int_equal(style->pages.widows, 2);
    assert_int_equal(style->pages.orphans, 1);
    assert_int_equal(style->pages.whole_blank_lines, 7);
    bx_style_free(style);
}

static void test_gbt9704__tables_have_the_ranges_of_density(void **state)
{
    (void)state;
    struct bx_style *style = read_style("gbt9704");
    static const char *const sections[] = {"disclosure", "applications", "review", "plain"};
    for (int i = 0; i < 4; i++) {
        const struct bx_table_style *table = bx_style_find_table(style, sections[i]);
        assert_non_null(table);
        check_pt(table->label_size[0], 1050);
        check_pt(table->label_size[1], 900);
        check_pt(table->figure_size[0], 1200);
        check_pt(table->figure_size[1], 900);
        check_pt(table->padding_v[0], 260);
        check_pt(table->padding_v[1], 130);
        check_pt(table->figure_least, 750);
        check_pt(table->figure_step, 50);
        check_pt(table->clearance, 100);
        assert_true(table->density_steps > 1);
        /* what the table's own lines leave out is the style's */
        assert_int_equal(table->lines.autospace, 0);
        assert_int_equal(table->lines.autospace_max, 0);
        assert_int_equal(table->lines.level, BX_BREAK_STRICT);
        assert_int_equal(table->lines.rescue_penalty, 9000);
    }
    assert_null(bx_style_find_table(style, "nothing"));
    bx_style_free(style);
}

/* --- an office's own --- */

static void test_bureau__has_its_own_page_by_data_alone(void **state)
{
    (void)state;
    struct bx_style *style = read_style(EXTRA "/styles/bureau.xml");
    assert_string_equal(style->name, "bureau");
    assert_int_equal(style->grid_lines, 25);
    assert_int_equal(style->grid_columns, 32);
    assert_int_equal(style->line_pitch, bx_len_from_um(240000) / 25);
    assert_int_equal(style->texts[BX_TEXT_BODY].pitch, bx_len_from_um(160000) / 32);
    assert_string_equal(style->texts[BX_TEXT_BODY].role, "songti");
    assert_true(style->lines.force_line_end);
    assert_string_equal(style->page_number.before_total, " / ");
    check_pt(bx_style_find_table(style, "review")->label_size[1], 850);
    assert_null(bx_style_find_table(style, "review")->continued.text);
    const struct bx_continued_style *said =
        &bx_style_find_table(style, "applications")->continued;
    assert_string_equal(said->text, "续表");
    assert_string_equal(said->role, "songti");
    check_pt(said->size, 900);
    assert_int_equal(said->align, BX_ALIGN_RIGHT);
    bx_style_free(style);
}

/* --- what is refused --- */

struct setting {
    struct bx_xml_schema *schema;
    struct bx_buf style;
};

static int set_up(void **state)
{
    static struct setting setting;
    setting = (struct setting){0};
    setting.schema = bx_xml_schema_new(LAYOUTS "/style.rng");
    setting.style = forms_load(LAYOUTS "/styles/gbt9704.xml");
    *state = &setting;
    return 0;
}

static int tear_down(void **state)
{
    struct setting *setting = *state;
    bx_xml_schema_free(setting->schema);
    bx_buf_fini(&setting->style);
    return 0;
}

/* `what` must be in the message; `at` stands on the line it names. */
static void
refuse_edit(void **state, const char *from, const char *to, const char *at, const char *what)
{
    const struct setting *setting = *state;
    struct bx_buf text = forms_edit(setting->style.data, from, to);
    struct bx_style *style = NULL;
    struct bx_err err = {0};
    char line[32];
    if (bx_style_read_bytes(&style, setting->schema, "own.xml", text.data, text.len, &err))
        fail_msg("the style was read");
    assert_null(style);
    assert_int_equal(err.code, BX_E_LAYOUT);
    assert_string_equal(err.file, "own.xml");
    if (!strstr(err.what, what))
        fail_msg("%s: %s, not: %s", err.where, err.what, what);
    snprintf(line, sizeof(line), "line %d", forms_line_of(text.data, at ? at : to));
    assert_string_equal(err.where, line);
    bx_buf_fini(&text);
}

static void test_style__figure_without_source_is_refused(void **state)
{
    refuse_edit(state, " source=\"GB/T 9704-2012 5.1: A4\"", "", "<paper ",
                "<paper width=\"210mm\"> has no source");
    refuse_edit(state, "right=\"2em\" date-shift=\"2em\" blank-before=\"1\" source=",
                "right=\"2em\" date-shift=\"2em\" blank-before=\"1\" note=", NULL, "note");
}

static void test_style__unknown_attribute_is_refused(void **state)
{
    refuse_edit(state, "<paper width", "<paper colour=\"white\" width", NULL, "colour");
}

static void test_style__bad_values_are_refused(void **state)
{
    refuse_edit(state, "width=\"210mm\"", "width=\"210\"", NULL, "a length in mm or pt is due");
    refuse_edit(state, "width=\"210mm\"", "width=\"210em\"", NULL,
                "a length in mm or pt is due");
    refuse_edit(state, "width=\"210mm\"", "width=\"99999999mm\"", NULL,
                "a length in mm or pt is due");
    refuse_edit(state, "lines=\"22\"", "lines=\"1\"", NULL, "from 2 to");
    refuse_edit(state, "widows=\"2\"", "widows=\"-2\"", "kept whole for at most a third",
                "from 0 to");
}

/* TAB-02 is a choice that no style of ours makes. */
static void test_style__tables_go_on_without_words_unless_it_has_them(void **state)
{
    (void)state;
    static const char *const names[] = {"gbt9704", "gbt9704-word", "web"};
    for (int i = 0; i < 3; i++) {
        struct bx_style *style = NULL;
        struct bx_err err = {0};
        assert_true(bx_style_read(&style, LAYOUTS, names[i], &err));
        for (int t = 0; t < style->table_count; t++)
            assert_null(style->tables[t].continued.text);
        bx_style_free(style);
    }
    static const char good[] =
        "sides=\"2.5pt\"/>\n"
        "<continued text=\"（续）\" role=\"songti\" size=\"9pt\" align=\"right\"/>\n";
    static const char *const bad[][3] = {
        {"text=\"（续）\"", "text=\"\"", "continued"},
        {"size=\"9pt\"", "size=\"0pt\"", "no size"},
        {"align=\"right\"", "align=\"justify\"", "continued"},
    };
    for (int i = 0; i < 3; i++) {
        struct bx_buf said = forms_edit(good, bad[i][0], bad[i][1]);
        refuse_edit(state, "sides=\"2.5pt\"/>\n", said.data, "<continued ", bad[i][2]);
        bx_buf_fini(&said);
    }
}

static void test_style__type_area_beyond_the_paper_is_refused(void **state)
{
    refuse_edit(state, "<type-area left=\"28mm\"", "<type-area left=\"58mm\"", NULL,
                "beyond the paper");
}

static void test_style__lines_lower_than_characters_are_refused(void **state)
{
    refuse_edit(state, "lines=\"22\"", "lines=\"60\"", "<style ", "lower than the body's");
}

static void test_style__kinds_of_text_stand_once(void **state)
{
    refuse_edit(state, "<text kind=\"caption\"", "<text kind=\"cell\"",
                "<text kind=\"cell\" role=\"songti\"", "given twice");
}

static void test_style__table_range_upside_down_is_refused(void **state)
{
    refuse_edit(state, "natural=\"10.5pt\" least=\"9pt\"", "natural=\"8pt\" least=\"9pt\"",
                NULL, "natural is at least least");
    refuse_edit(state, "smallest=\"7.5pt\"", "smallest=\"9.5pt\"", NULL, "smallest is above");
    refuse_edit(state, "inner=\"0.5pt\"", "inner=\"0pt\"", NULL, "a rule without a width");
    refuse_edit(state, "step=\"0.5pt\"", "step=\"0pt\"", NULL, "no step");
    refuse_edit(state, "section=\"plain\"", "section=\"review\"", "as the statutory tables",
                "given twice");
}

static void test_gbt9704__charts_are_black_and_in_the_tint_of_bands(void **state)
{
    (void)state;
    struct bx_style *style = read_style("gbt9704");
    const struct bx_chart_style *chart = &style->chart;
    assert_true(chart->is_given);
    assert_int_equal(chart->size, 9 * BX_PT);
    assert_string_equal(chart->role, "songti");
    assert_int_equal(chart->plot_height, bx_len_from_um(55000));
    assert_int_equal(chart->tint.r, 776);
    assert_int_equal(chart->tint.b, 945);
    assert_string_equal(chart->unit_before, "单位：");
    assert_string_equal(chart->unit_after, "");
    bx_style_free(style);
}

static void test_style__without_charts_is_read(void **state)
{
    const struct setting *setting = *state;
    const char *from = strstr(setting->style.data, "  <chart "),
               *end = strstr(from, "</chart>");
    struct bx_buf text = {0};
    bx_buf_add(&text, setting->style.data, (size_t)(from - setting->style.data));
    bx_buf_add_text(&text, end + strlen("</chart>"));
    struct bx_style *style = NULL;
    struct bx_err err = {0};
    assert_true(
        bx_style_read_bytes(&style, setting->schema, "own.xml", text.data, text.len, &err));
    assert_false(style->chart.is_given);
    bx_style_free(style);
    bx_buf_fini(&text);
}

static void test_style__chart_that_cannot_be_drawn_is_refused(void **state)
{
    refuse_edit(state, "<plot height=\"55mm\"", "<plot height=\"0mm\"", NULL,
                "larger than the type area");
    refuse_edit(state, "pie-radius=\"24mm\"", "pie-radius=\"90mm\"", NULL,
                "larger than the type area");
    refuse_edit(state, "steps=\"5\"/>", "steps=\"1\"/>", NULL, "from 2 to");
    refuse_edit(state, "axis=\"0.75pt\"", "axis=\"10pt\"", NULL, "wider than the characters");
    refuse_edit(state, "widest=\"10mm\" least=\"9pt\"", "widest=\"8pt\" least=\"9pt\"", NULL,
                "at most widest");
    refuse_edit(state, "hatch=\"3pt\"", "hatch=\"0.1pt\"", NULL, "1pt apart");
    refuse_edit(state, "line-pitch=\"1.2em\" gap", "line-pitch=\"0.9em\" gap", NULL,
                "lines lower");
}

static void test_style__unknown_name_is_told(void **state)
{
    (void)state;
    struct bx_style *style = NULL;
    struct bx_err err = {0};
    assert_false(bx_style_read(&style, LAYOUTS, "nothing", &err));
    assert_int_equal(err.code, BX_E_LAYOUT);
    assert_string_equal(err.file, LAYOUTS "/styles/nothing.xml");
    assert_string_equal(err.what, "there is no style of this name");
}

int run_styles(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gbt9704_5_1__paper_is_a4),
        cmocka_unit_test(test_gbt9704_5_2_1__type_area_is_156_by_225_mm),
        cmocka_unit_test(test_gbt9704__tables_of_prose_have_the_rules_of_the_forms),
        cmocka_unit_test(test_gbt9704_5_2_3__22_lines_of_28_fill_the_type_area),
        cmocka_unit_test(test_gbt9704_word__has_16_pt_on_the_same_pitch_in_22_cells),
        cmocka_unit_test(test_gbt9704_7_3__texts_have_their_faces),
        cmocka_unit_test(test_web__shares_no_measure_of_the_page_with_gbt9704),
        cmocka_unit_test(test_gbt9704_7_3_5__signature_keeps_its_distances),
        cmocka_unit_test(test_gbt9704_7_5__page_number_stands_between_dashes),
        cmocka_unit_test(test_gbt9704__lines_follow_the_project_s_choices),
        cmocka_unit_test(test_gbt9704__tables_have_the_ranges_of_density),
        cmocka_unit_test(test_gbt9704__charts_are_black_and_in_the_tint_of_bands),
        cmocka_unit_test(test_bureau__has_its_own_page_by_data_alone),
        cmocka_unit_test(test_style__figure_without_source_is_refused),
        cmocka_unit_test(test_style__unknown_attribute_is_refused),
        cmocka_unit_test(test_style__bad_values_are_refused),
        cmocka_unit_test(test_style__tables_go_on_without_words_unless_it_has_them),
        cmocka_unit_test(test_style__type_area_beyond_the_paper_is_refused),
        cmocka_unit_test(test_style__lines_lower_than_characters_are_refused),
        cmocka_unit_test(test_style__kinds_of_text_stand_once),
        cmocka_unit_test(test_style__table_range_upside_down_is_refused),
        cmocka_unit_test(test_style__without_charts_is_read),
        cmocka_unit_test(test_style__chart_that_cannot_be_drawn_is_refused),
        cmocka_unit_test(test_style__unknown_name_is_told),
    };
    return cmocka_run_group_tests_name("styles", tests, set_up, tear_down);
}

/* What the model holds after a report was read. */
#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/read.h"
#include "setup.h"

int run_model(void);

#define BLOCK "{\"heading\": \"（一）主动公开。\", \"text\": \"全年公开。\"}"

static struct bx_model *read_with(struct setup *setup, const char *old, const char *by)
{
    char *base = setup_load("model/base.json");
    char *text = setup_replace(base, old, by);
    struct bx_model *model = setup_read_good(setup, text);
    free(text);
    free(base);
    return model;
}

static const struct bx_value *
find_value(const struct bx_model *model, int section, const char *path)
{
    int at = bx_form_find_cell(model->sections[section].form, path);
    assert_true(at >= 0);
    return &model->sections[section].values[at];
}

static void test_model__holds_what_was_given(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *base = setup_load("model/base.json");
    struct bx_model *model = setup_read_good(&setup, base);
    assert_int_equal(setup.findings.count, 0);
    assert_string_equal(model->file, "report.json");
    assert_int_equal(model->year, 2023);
    assert_string_equal(model->organ, "某市人民政府");
    assert_string_equal(model->language, "zh-CN");
    assert_string_equal(model->document_number, "某政发〔2024〕1号");
    assert_int_equal(model->title_line_count, 2);
    assert_false(model->is_title_free);
    assert_string_equal(model->title, "某市人民政府2023年政府信息公开工作年度报告");
    assert_string_equal(model->title_where, "/title");
    assert_int_equal(model->preamble_count, 1);
    assert_string_equal(model->preamble[0].spans[0].text, "现报告如下。");
    assert_string_equal(model->preamble[0].where, "/preamble/0");
    assert_int_equal(model->source_len, strlen(base));
    assert_memory_equal(model->source, base, strlen(base));
    const struct bx_signature *signature = &model->signature;
    assert_true(signature->is_given && signature->has_signer && !signature->under_title);
    assert_string_equal(signature->date, "2024年1月20日");
    assert_string_equal(signature->date_iso, "2024-01-20");
    assert_string_equal(signature->date_where, "/signature/date");
    assert_string_equal(signature->signer_post, "市长");
    assert_int_equal(signature->seal, BX_SEAL_NONE);
    bx_model_free(model);
    free(base);
    setup_fini(&setup);
}

static void test_model__sections_stand_in_the_mandated_order(void **state)
{
    (void)state;
    static const char *const ids[] = {"overview", "disclosure", "applications",
                                      "review",   "problems",   "other"};
    struct setup setup;
    setup_init(&setup);
    char *base = setup_load("model/base.json");
    /* other before problems */
    char *cut =
        setup_replace(base, "\"problems\": {\"body\": [{\"text\": \"有问题。\"}]},\n", "");
    char *text =
        setup_replace(cut, "费0元。\"}]}\n",
                      "费0元。\"}]},\n\"problems\": {\"body\": [{\"text\": \"有问题。\"}]}\n");
    struct bx_model *model = setup_read_good(&setup, text);
    assert_int_equal(model->section_count, 6);
    for (int i = 0; i < 6; i++) {
        assert_string_equal(model->sections[i].spec->id, ids[i]);
        assert_true(model->sections[i].title[0] != '\0');
        assert_int_equal(model->sections[i].form != NULL, 1 <= i && i <= 3);
    }
    assert_string_equal(model->sections[4].body.items[0].text.spans[0].text, "有问题。");
    assert_string_equal(model->sections[2].title, model->sections[2].form->title);
    bx_model_free(model);
    free(text);
    free(cut);
    free(base);
    setup_fini(&setup);
}

static void test_model__a_title_is_made_of_organ_and_year(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    struct bx_model *model = read_with(
        &setup, "\"title\": [\"某市人民政府\", \"2023年政府信息公开工作年度报告\"],\n", "");
    assert_true(model->is_title_free);
    assert_int_equal(model->title_line_count, 1);
    assert_string_equal(model->title, "某市人民政府2023年政府信息公开工作年度报告");
    assert_string_equal(model->title_where, "/organ");
    bx_model_free(model);

    model = read_with(&setup, "[\"某市人民政府\", \"2023年政府信息公开工作年度报告\"]",
                      "\"某市2023年度(修订)报告\"");
    assert_true(model->is_title_free);
    assert_string_equal(model->title_lines[0], "某市2023年度（修订）报告");
    bx_model_free(model);
    setup_fini(&setup);
}

static void test_model__a_form_is_chosen_by_the_year(void **state)
{
    (void)state;
    static const struct {
        const char *year, *form;
    } cases[] = {{"2020", "2019"}, {"2021", "2021"}, {"2008", "2019"}, {"2100", "2021"}};
    struct setup setup;
    setup_init(&setup);
    char *base = setup_load("model/base.json");
    char *open = setup_replace(base, "\"review\": {\"form\": \"2021\", ", "\"review\": {");
    for (size_t i = 0; i < 4; i++) {
        char year[32];
        strcpy(year, "\"year\": ");
        strcat(year, cases[i].year);
        char *text = setup_replace(open, "\"year\": 2023", year);
        struct bx_model *model = setup_read_good(&setup, text);
        assert_string_equal(model->sections[3].form->name, cases[i].form);
        bx_model_free(model);
        free(text);
    }
    free(open);
    free(base);
    setup_fini(&setup);
}

static void test_model__values_are_printed_digit_for_digit(void **state)
{
    (void)state;
    static const struct {
        const char *written, *printed;
        enum bx_given given;
    } cases[] = {
        {"0", "0", BX_GIVEN_NUMBER},
        {"59237.2449", "59237.2449", BX_GIVEN_NUMBER},
        {"0.10", "0.10", BX_GIVEN_NUMBER},
        {"12345678901234567890", "12345678901234567890", BX_GIVEN_NUMBER},
        {"\"0.10\"", "0.10", BX_GIVEN_NUMBER},
        {"\"/\"", "/", BX_GIVEN_TEXT},
        {"\"约3,5\"", "约3,5", BX_GIVEN_TEXT},
        {"null", "", BX_GIVEN_BLANK},
    };
    struct setup setup;
    setup_init(&setup);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char by[64] = "\"fees\": {\"amount\": ";
        strcat(by, cases[i].written);
        strcat(by, "}");
        struct bx_model *model = read_with(&setup, "\"fees\": {\"amount\": 0}", by);
        const struct bx_value *value = find_value(model, 1, "fees/amount");
        assert_string_equal(value->text, cases[i].printed);
        assert_int_equal(value->given, cases[i].given);
        assert_string_equal(value->where, "/sections/disclosure/values/fees/amount");
        bx_model_free(model);
    }
    setup_fini(&setup);
}

static void test_model__signed_counts_and_units_are_those_of_the_form(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *sample = setup_load("examples/changsha-hitech-2019.json");
    struct bx_model *model = setup_read_good(&setup, sample);
    assert_string_equal(find_value(model, 1, "procurement/amount")->text, "10669.39万元");
    assert_int_equal(find_value(model, 1, "procurement/amount")->given, BX_GIVEN_NUMBER);
    assert_int_equal(find_value(model, 1, "licensing/change")->given, BX_GIVEN_NUMBER);
    bx_model_free(model);
    free(sample);
    setup_fini(&setup);
}

static void test_model__a_run_in_heading_and_its_text_are_one_block(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    struct bx_model *model = read_with(
        &setup, BLOCK,
        "{\"heading\": \"(一)公开.\", \"text\": [\"甲,\", {\"text\": \"乙\", "
        "\"role\": \"kai\"}, \"丙\\n丁\"]}, {\"heading\": \"小标题\"}, {\"text\": \"\"}");
    const struct bx_blocks *body = &model->sections[0].body;
    assert_int_equal(body->count, 2); /* the empty paragraph is left out */
    const struct bx_block *block = &body->items[0];
    assert_int_equal(block->kind, BX_BLOCK_PARAGRAPH);
    assert_int_equal(block->level, 2);
    assert_string_equal(block->where, "/sections/overview/body/0");
    assert_string_equal(block->heading.spans[0].text, "（一）公开。");
    assert_int_equal(block->text.span_count, 3);
    assert_string_equal(block->text.spans[0].text, "甲，");
    assert_null(block->text.spans[0].role);
    assert_string_equal(block->text.spans[1].role, "kai");
    assert_string_equal(block->text.spans[2].text, "丙\n丁");
    assert_int_equal(body->items[1].kind, BX_BLOCK_HEADING);
    assert_int_equal(body->items[1].level, 2);
    bx_model_free(model);
    setup_fini(&setup);
}

/* GB/T 9704-2012 7.3.3. */
static void test_gbt9704_7_3_3__the_numbering_makes_the_level(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int level;
    } cases[] = {
        {"一、总体情况", 1},
        {"十二、其他", 1},
        {"二十一、其他", 1},
        {"（一）主动公开", 2},
        {"(一)主动公开", 2},
        {"（十二）其他", 2},
        {"1.主动公开", 3},
        {"12.主动公开", 3},
        {"1．主动公开", 3},
        {"（1）主动公开", 4},
        {"(1)主动公开", 4},
        {"（12）其他", 4},
        {"主动公开", 0},
        {"一是公开", 0},
        {"1.5亿元", 0},
        {"2019年", 0},
        {"（一主动公开", 0},
        {"（）主动公开", 0},
        {"（甲）主动公开", 0},
        {"（1一）主动公开", 0},
        {"1、主动公开", 0},
        {"一.主动公开", 0},
        {"", 0},
        {"（", 0},
        {"1", 0},
        {"一", 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(bx_heading_level(cases[i].text), cases[i].level);
}

static void test_model__half_width_brackets_make_a_level_under_keep(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *base = setup_load("model/base.json");
    char *text = setup_replace(base, BLOCK, "{\"heading\": \"(1)公开,\", \"text\": \"甲\"}");
    struct bx_model *model = setup_read(&setup, text, true);
    assert_non_null(model);
    assert_string_equal(model->sections[0].body.items[0].heading.spans[0].text, "(1)公开,");
    assert_int_equal(model->sections[0].body.items[0].level, 4);
    bx_model_free(model);
    free(text);
    free(base);
    setup_fini(&setup);
}

static void test_model__a_given_level_wins(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    struct bx_model *model =
        read_with(&setup, BLOCK, "{\"heading\": \"（一）公开\", \"level\": 4}");
    assert_int_equal(model->sections[0].body.items[0].level, 4);
    bx_model_free(model);
    setup_fini(&setup);
}

static void test_model__an_image_keeps_its_width_in_its_unit(void **state)
{
    (void)state;
    static const struct {
        const char *width;
        int um, per_1000;
    } cases[] = {{"120mm", 120000, 0},
                 {"0.5mm", 500, 0},
                 {"60%", 0, 600},
                 {"33.333%", 0, 333},
                 {"0.01%", 0, 1}};
    struct setup setup;
    setup_init(&setup);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char by[128] =
            "{\"image\": \"a.png\", \"alt\": \"图\", \"caption\": \"图1:公开\", \"width\": \"";
        strcat(by, cases[i].width);
        strcat(by, "\"}");
        struct bx_model *model = read_with(&setup, BLOCK, by);
        const struct bx_block *block = &model->sections[0].body.items[0];
        assert_int_equal(block->kind, BX_BLOCK_IMAGE);
        assert_int_equal(block->width_um, cases[i].um);
        assert_int_equal(block->width_1000, cases[i].per_1000);
        assert_string_equal(block->caption.spans[0].text, "图1：公开");
        assert_string_equal(block->alt, "图");
        bx_model_free(model);
    }
    setup_fini(&setup);
}

static void test_model__a_plain_table_is_put_on_a_grid(void **state)
{
    (void)state;
    static const int wanted[][4] = {/* row, col, rowspan, colspan */
                                    {0, 0, 1, 2}, {0, 2, 2, 1}, {1, 0, 1, 1}, {1, 1, 1, 1},
                                    {2, 0, 2, 1}, {2, 1, 1, 2}, {3, 1, 1, 1}, {3, 2, 1, 1}};
    struct setup setup;
    setup_init(&setup);
    struct bx_model *model = read_with(
        &setup, BLOCK,
        "{\"table\": {\"columns\": [\"40%\", \"auto\", \"12.5%\"], \"head\": [[{\"text\": "
        "\"甲\", \"colspan\": 2}, {\"text\": \"乙\", \"rowspan\": 2}], [\"丙\", \"丁\"]], "
        "\"rows\": [[{\"text\": \"1\", \"rowspan\": 2, \"align\": \"right\"}, {\"text\": "
        "\"2\", "
        "\"colspan\": 2}], [\"3\", \"\"]]}}");
    const struct bx_plain_table *table = model->sections[0].body.items[0].table;
    assert_int_equal(table->col_count, 3);
    assert_int_equal(table->head_count, 2);
    assert_int_equal(table->row_count, 4);
    assert_int_equal(table->widths_1000[0], 400);
    assert_int_equal(table->widths_1000[1], 0);
    assert_int_equal(table->widths_1000[2], 125);
    assert_int_equal(table->cell_count, 8);
    for (int i = 0; i < 8; i++) {
        const struct bx_plain_cell *cell = &table->cells[i];
        assert_int_equal(cell->row, wanted[i][0]);
        assert_int_equal(cell->col, wanted[i][1]);
        assert_int_equal(cell->rowspan, wanted[i][2]);
        assert_int_equal(cell->colspan, wanted[i][3]);
    }
    assert_true(table->cells[4].has_align && !table->cells[5].has_align);
    assert_int_equal(table->cells[4].align, BX_ALIGN_RIGHT);
    bx_model_free(model);
    setup_fini(&setup);
}

static void test_model__a_seal_keeps_its_image_and_size(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    struct bx_model *model =
        read_with(&setup, "\"seal\": \"none\"",
                  "\"seal\": {\"image\": \"seal.png\", \"diameter\": \"42mm\"}");
    assert_int_equal(model->signature.seal, BX_SEAL_IMAGE);
    assert_string_equal(model->signature.seal_image, "seal.png");
    assert_int_equal(model->signature.seal_um, 42000);
    bx_model_free(model);
    model = read_with(&setup, "\"seal\": \"none\"", "\"seal\": \"space\"");
    assert_int_equal(model->signature.seal, BX_SEAL_SPACE);
    bx_model_free(model);
    setup_fini(&setup);
}

/* Texts outlive the bytes they were read from. */
static void test_model__owns_its_texts(void **state)
{
    (void)state;
    struct setup setup;
    setup_init(&setup);
    char *base = setup_load("model/base.json");
    struct bx_model *model = setup_read_good(&setup, base);
    memset(base, 'x', strlen(base));
    free(base);
    assert_string_equal(model->organ, "某市人民政府");
    assert_string_equal(find_value(model, 1, "fees/amount")->text, "0");
    bx_model_free(model);
    bx_model_free(NULL);
    setup_fini(&setup);
}

int run_model(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_model__holds_what_was_given),
        cmocka_unit_test(test_model__sections_stand_in_the_mandated_order),
        cmocka_unit_test(test_model__a_title_is_made_of_organ_and_year),
        cmocka_unit_test(test_model__a_form_is_chosen_by_the_year),
        cmocka_unit_test(test_model__values_are_printed_digit_for_digit),
        cmocka_unit_test(test_model__signed_counts_and_units_are_those_of_the_form),
        cmocka_unit_test(test_model__a_run_in_heading_and_its_text_are_one_block),
        cmocka_unit_test(test_gbt9704_7_3_3__the_numbering_makes_the_level),
        cmocka_unit_test(test_model__half_width_brackets_make_a_level_under_keep),
        cmocka_unit_test(test_model__a_given_level_wins),
        cmocka_unit_test(test_model__an_image_keeps_its_width_in_its_unit),
        cmocka_unit_test(test_model__a_plain_table_is_put_on_a_grid),
        cmocka_unit_test(test_model__a_seal_keeps_its_image_and_size),
        cmocka_unit_test(test_model__owns_its_texts),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}

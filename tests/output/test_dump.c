#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "output/dump.h"
#include "output/dump_text.h"

int run_dump(void);

static const struct bx_font face = {.postscript = "FandolFang-Regular"};

static const struct bx_glyph glyphs[4] = {
    {.index = 7, .advance = 16384, .text_at = 0, .text_len = 3},
    {.index = 8, .advance = 16384, .text_at = 3, .text_len = 3},
    {.index = 9, .advance = 8192, .dx = -12, .dy = 5, .text_at = 6, .text_len = 1},
    {.index = 10, .advance = 16384, .text_at = 7, .text_len = 3},
};

static struct bx_run make_run(void)
{
    return (struct bx_run){
        .font = &face,
        .size = 16384,
        .x = 81920,
        .y = -5,
        .scale_x_1000 = 1000,
        .glyphs = glyphs,
        .glyph_count = 4,
        .text = "公开\n文not ours",
        .text_len = 10,
        .colour = {.is_gray = true},
        .element = 5,
    };
}

/* The dump of one run, from malloc. */
static char *dump(const struct bx_run *run)
{
    struct bx_buf out = {0};
    bx_dump_run(&out, run, 0);
    return out.data;
}

static void test_run__is_one_line_with_its_own_text_last(void **state)
{
    (void)state;
    struct bx_run run = make_run();
    char *line = dump(&run);
    const char *start = "run 81920 -5 16384 FandolFang-Regular e5 2*16384,8192@-12;5,16384 #";
    assert_memory_equal(line, start, strlen(start));
    assert_string_equal(line + strlen(start) + 8, " 公开\\n文\n");
    free(line);
}

static void test_run__names_what_is_out_of_the_ordinary(void **state)
{
    (void)state;
    struct bx_run run = make_run();
    run.is_vertical = true;
    run.scale_x_1000 = 2000;
    run.colour = (struct bx_colour){.r = 1000, .g = 0, .b = 7};
    run.element = BX_ARTIFACT_REPEAT;
    char *line = dump(&run);
    assert_non_null(strstr(line, " repeat vertical scale 2000 colour 1000,0,7 2*16384,"));
    free(line);
}

/* Whatever moves or becomes another glyph changes the line. */
static void test_run__every_change_of_a_glyph_shows(void **state)
{
    (void)state;
    struct bx_run run = make_run();
    char *before = dump(&run);
    for (int i = 0; i < 4; i++) {
        for (int field = 0; field < 5; field++) {
            struct bx_glyph changed[4];
            memcpy(changed, glyphs, sizeof(changed));
            changed[i].index += field == 0;
            changed[i].advance += field == 1;
            changed[i].dx += field == 2;
            changed[i].dy += field == 3;
            changed[i].text_len += field == 4;
            run.glyphs = changed;
            char *after = dump(&run);
            assert_string_not_equal(before, after);
            free(after);
        }
    }
    free(before);
}

static void test_pages__marks_in_drawing_order(void **state)
{
    (void)state;
    const struct bx_image image = {.width = 3, .height = 4, .components = 1, .alpha = ""};
    const struct bx_rect rect = {.x = 1, .y = 2, .w = 3, .h = 4};
    struct bx_mark marks[] = {
        {.kind = BX_MARK_FILL,
         .element = BX_ARTIFACT_LAYOUT,
         .rect = rect,
         .colour = {.r = 776, .g = 851, .b = 945}},
        {.kind = BX_MARK_FILL,
         .element = BX_ARTIFACT_PAGINATION,
         .rect = rect,
         .colour = {.is_gray = true}},
        {.kind = BX_MARK_IMAGE, .element = 3, .rect = rect, .image = &image},
        {.kind = BX_MARK_LINK, .element = 4, .rect = rect, .uri = "http://a/ b"},
    };
    struct bx_page page = {
        .width = 609561, .height = 862095, .number = 1, .marks = marks, .mark_count = 4};
    struct bx_pages pages = {
        .pages = &page, .page_count = 1, .meta = {.title = "标题", .year = 2019}};
    struct bx_buf out = {0};
    bx_dump_pages(&out, &pages);
    assert_string_equal(out.data, "pages 1\n"
                                  "title 标题\n"
                                  "year 2019\n"
                                  "page 1 609561 862095 marks 4\n"
                                  "fill 1 2 3 4 776,851,945 layout\n"
                                  "fill 1 2 3 4 0 pagination\n"
                                  "image 1 2 3 4 3x4x1 alpha e3\n"
                                  "link 1 2 3 4 e4 http://a/ b\n");
    bx_buf_fini(&out);
}

static void test_pages__tell_every_step_of_a_path(void **state)
{
    (void)state;
    const struct bx_step steps[] = {
        {BX_STEP_MOVE, {{1, 2}}},
        {BX_STEP_LINE, {{3, 4}}},
        {BX_STEP_CURVE, {{5, 6}, {7, 8}, {9, 10}}},
        {.kind = BX_STEP_CLOSE},
    };
    const struct bx_path fill = {.steps = steps, .step_count = 4, .colour = {.r = 1, .b = 2}};
    const struct bx_path stroke = {
        .steps = steps,
        .step_count = 2,
        .clip = steps,
        .clip_count = 4,
        .is_stroked = true,
        .width = 11,
        .dash_on = 12,
        .dash_off = 13,
        .colour = {.is_gray = true},
    };
    const struct bx_rect rect = {.x = 1, .y = 2, .w = 3, .h = 4};
    struct bx_mark marks[] = {
        {.kind = BX_MARK_PATH, .element = 3, .rect = rect, .path = &fill},
        {.kind = BX_MARK_PATH, .element = 3, .rect = rect, .path = &stroke},
    };
    struct bx_page page = {
        .width = 10, .height = 20, .number = 1, .marks = marks, .mark_count = 2};
    struct bx_buf out = {0};
    bx_dump_page(&out, &page);
    assert_string_equal(out.data, "page 1 10 20 marks 2\n"
                                  "path 1 2 3 4 fill 1,0,2 e3 M1,2 L3,4 C5,6;7,8;9,10 Z\n"
                                  "path 1 2 3 4 stroke 0 width 11 dash 12,13 e3 M1,2 L3,4"
                                  " clip M1,2 L3,4 C5,6;7,8;9,10 Z\n");
    bx_buf_fini(&out);
}

static void test_structure__is_indented_by_parents(void **state)
{
    (void)state;
    static const int headers[] = {3, 2};
    const struct bx_element elements[] = {
        {.tag = BX_TAG_DOCUMENT, .parent = -1},
        {.tag = BX_TAG_H2, .parent = 0, .title = "一、总体情况", .where = "/sections/overview"},
        {.tag = BX_TAG_TH, .parent = 0, .scope = BX_SCOPE_COLGROUP, .rowspan = 1, .colspan = 6},
        {.tag = BX_TAG_TD,
         .parent = 2,
         .rowspan = 1,
         .colspan = 1,
         .headers = headers,
         .header_count = 2},
        {.tag = BX_TAG_FIGURE, .parent = 0, .alt = "图"},
    };
    const struct bx_pages pages = {.elements = elements, .element_count = 5};
    struct bx_buf out = {0};
    bx_dump_structure(&out, &pages);
    assert_string_equal(out.data, "Document e0\n"
                                  "  H2 e1 /sections/overview = 一、总体情况\n"
                                  "  TH e2 scope colgroup colspan 6\n"
                                  "    TD e3 headers e3,2\n"
                                  "  Figure e4 alt 图\n");
    bx_buf_fini(&out);
}

static void test_why__tells_the_cost_and_the_next_best(void **state)
{
    (void)state;
    struct bx_break_why whys[] = {
        {.page = 1, .block = 4, .what = "before line 3 of /a", .how = "inside a paragraph"},
        {.page = 2,
         .block = 9,
         .what = "before row 2 of /b",
         .how = "cuts the table between groups",
         .blank = 4,
         .cost = 70,
         .page_cost = 20,
         .place_cost = 35,
         .next_what = "before row 12 of /b",
         .next_cost = 300},
        {.page = 3, .block = 10, .what = "the end of the report", .blank = 12},
    };
    const struct bx_pages pages = {.page_count = 3, .whys = whys, .why_count = 3};
    struct bx_buf out = {0};
    bx_dump_why(&out, &pages);
    assert_string_equal(
        out.data,
        "pages 3\n"
        "page 1 ends before block 4: before line 3 of /a, inside a paragraph, 0 lines blank, "
        "cost 0 = page 0 + place 0 + rest 0\n"
        "page 2 ends before block 9: before row 2 of /b, cuts the table between groups, 4 "
        "lines blank, cost 70 = page 20 + place 35 + rest 15; next best: before row 12 of /b, "
        "300 more for the report\n"
        "page 3 ends with the report, 12 lines blank\n");
    bx_buf_fini(&out);
}

static void test_escape__keeps_a_text_on_one_line(void **state)
{
    (void)state;
    struct bx_buf out = {0};
    bx_dump_escape(&out, "a\\b\n\t\x1b公");
    assert_string_equal(out.data, "a\\\\b\\n\\t\\x1b公");
    bx_buf_fini(&out);
}

int run_dump(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_run__is_one_line_with_its_own_text_last),
        cmocka_unit_test(test_run__names_what_is_out_of_the_ordinary),
        cmocka_unit_test(test_run__every_change_of_a_glyph_shows),
        cmocka_unit_test(test_pages__marks_in_drawing_order),
        cmocka_unit_test(test_pages__tell_every_step_of_a_path),
        cmocka_unit_test(test_structure__is_indented_by_parents),
        cmocka_unit_test(test_why__tells_the_cost_and_the_next_best),
        cmocka_unit_test(test_escape__keeps_a_text_on_one_line),
    };
    return cmocka_run_group_tests_name("dump", tests, NULL, NULL);
}

/* Paragraphs of several pieces, what is told about them, and the class table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "plan/class.h"
#include "setting.h"

int run_para(void);

static struct bx_para
build(struct setting *s, const struct bx_piece *pieces, int count, int measure)
{
    struct bx_para_spec spec = setting_spec(s, measure, 0);
    struct bx_para para;
    struct bx_err err = {0};
    assert_true(bx_para_build(&para, &s->context, pieces, count, &spec, &err));
    return para;
}

static bx_len width_of(struct setting *s, const struct bx_piece *pieces, int count)
{
    return build(s, pieces, count, 100000).lines[0].natural;
}

static void test_LBK_13__a_note_mark_stays_with_the_character_before(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece pieces[] = {setting_piece(&s, "公公开"), setting_piece(&s, "①"),
                                setting_piece(&s, "情况")};
    struct bx_para para = build(&s, pieces, 3, 3000);
    assert_int_equal(para.line_count, 2);
    assert_int_equal(para.lines[0].text_len, (int)strlen("公公开"));
    pieces[1].is_note = true;
    para = build(&s, pieces, 3, 3000);
    assert_int_equal(para.lines[0].text_len, (int)strlen("公公"));
    setting_fini(&s);
}

static void test_AUT_06__no_space_across_a_change_of_size_or_face(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece pieces[] = {setting_piece(&s, "公开"), setting_piece(&s, "1")};
    assert_int_equal(width_of(&s, pieces, 2), (bx_len)(2.75 * EM));
    pieces[1].role = bx_fontset_find_role(s.fonts, "heiti");
    assert_int_equal(width_of(&s, pieces, 2), (bx_len)(2.5 * EM));
    pieces[1] = setting_piece(&s, "1");
    pieces[1].size = EM / 2;
    assert_int_equal(width_of(&s, pieces, 2), (bx_len)(2.25 * EM));
    setting_fini(&s);
}

/* A word that is broken is kerned inside its lines, not across them: each is as wide as alone. */
static void test_LBK_12__a_line_is_not_kerned_with_the_next(void **state)
{
    (void)state;
    static const char first[] = "http://www.example.gov.cn/";
    struct setting s;
    setting_init(&s);
    struct bx_piece whole = setting_piece(&s, "http://www.example.gov.cn/zwgk"),
                    alone = setting_piece(&s, first);
    whole.role = alone.role = bx_fontset_find_role(s.fonts, "songti");
    const bx_len width = width_of(&s, &alone, 1);
    struct bx_para_spec spec = setting_spec(&s, 0, 0);
    struct bx_err err = {0};
    for (int less = 0; less < 2; less++) {
        struct bx_para para;
        spec.measure = width - less;
        spec.align = BX_ALIGN_LEFT;
        assert_true(bx_para_build(&para, &s.context, &whole, 1, &spec, &err));
        assert_int_equal(para.line_count, 2);
        assert_int_equal(para.lines[0].text_len == (int)strlen(first), !less);
        assert_int_equal(para.lines[0].right == width, !less);
        assert_false(para.lines[0].is_overfull);
    }
    setting_fini(&s);
}

static void test_para__without_text_has_no_lines(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece piece = setting_piece(&s, "");
    assert_int_equal(build(&s, &piece, 0, 3000).line_count, 0);
    assert_int_equal(build(&s, &piece, 1, 3000).line_count, 0);
    setting_fini(&s);
}

static void check_widths(struct setting *s, const char *text, int least, int most)
{
    struct bx_piece piece = setting_piece(s, text);
    struct bx_para_spec spec = setting_spec(s, 100000, 2000);
    struct bx_err err = {0};
    bx_len got_least = -1, got_most = -1;
    assert_true(bx_para_widths(&got_least, &got_most, &s->context, &piece, text[0] ? 1 : 0,
                               &spec, &err));
    assert_int_equal(got_least / 1024, least);
    assert_int_equal(got_most / 1024, most);
}

/* The least width is that of the widest unit, every blank in it squeezed away; the most that of the
 * longest stretch on one line. */
static void test_para_widths__are_of_the_widest_unit_and_the_longest_line(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    check_widths(&s, "", 0, 0);
    check_widths(&s, "公公公", 1000, 3000);
    check_widths(&s, "公，公", 1500, 3000);
    check_widths(&s, "公公（公，", 2000, 5000);
    check_widths(&s, "公。/公", 3000, 3500);
    check_widths(&s, "公，/公", 3000, 3500);
    check_widths(&s, "公，/公。公", 3500, 5500);
    check_widths(&s, "公12345公", 2500, 5000);
    check_widths(&s, "公1\u00A01公", 1250, 3833);
    check_widths(&s, "公公\n公公公\n公12345公", 2500, 5000);
    check_widths(&s, "公公公公\n\n公公", 1000, 4000);
    s.rules.trim_indent = false; /* an opener behind the indent, which is the first line's */
    check_widths(&s, "（公\n公", 2000, 2000);
    check_widths(&s, "公\n（公", 1500, 1500);
    setting_fini(&s);
}

static void test_para__a_role_that_does_not_exist_fails(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece pieces[] = {setting_piece(&s, "公"), setting_piece(&s, "开")};
    struct bx_para_spec spec = setting_spec(&s, 3000, 0);
    struct bx_para para;
    struct bx_err err = {0};
    bx_len least, most;
    pieces[1].role = -1;
    assert_false(bx_para_build(&para, &s.context, pieces, 2, &spec, &err));
    assert_int_equal(err.code, BX_E_FONT);
    assert_string_equal(err.where, "/test");
    err = (struct bx_err){0};
    assert_false(bx_para_widths(&least, &most, &s.context, pieces, 2, &spec, &err));
    assert_int_equal(err.code, BX_E_FONT);
    setting_fini(&s);
}

static int count_findings(const struct setting *s, const char *code, const char *part)
{
    int count = 0;
    for (int i = 0; i < s->findings.count; i++)
        count += strcmp(s->findings.items[i].code, code) == 0 &&
                 strstr(s->findings.items[i].en, part) != NULL;
    return count;
}

static void test_LNG_05__a_form_no_face_has_is_told_and_the_character_set(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece piece = setting_piece(&s, "一一\U000E01EF一");
    struct bx_para para = build(&s, &piece, 1, 10000);
    assert_int_equal(para.lines[0].natural, 3 * EM);
    assert_int_equal(para.lines[0].runs[0].glyph_count, 3);
    assert_int_equal(count_findings(&s, "FALLBACK", "(U+4E00 U+E01EF)"), 1);
    setting_fini(&s);
}

/* A mark is no selector; the first selector of all is one; a form the face has is not told. */
static void test_LNG_05__only_a_lost_form_is_told(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece piece = setting_piece(&s, "一\u3099a\u0301中");
    build(&s, &piece, 1, 10000);
    assert_int_equal(count_findings(&s, "FALLBACK", " U+"), 0);
    piece = setting_piece(&s, "一a\U000E0100一");
    build(&s, &piece, 1, 10000);
    assert_int_equal(count_findings(&s, "FALLBACK", "(U+0061 U+E0100)"), 1);
    piece = setting_piece(&s, "葛\U000E0100");
    build(&s, &piece, 1, 10000);
    assert_int_equal(count_findings(&s, "FALLBACK", "(U+845B)"), 1); /* another face has it */
    assert_int_equal(count_findings(&s, "FALLBACK", "(U+845B U+E0100)"), 0);
    setting_fini(&s);
}

static void test_LNG_05__a_missing_character_may_have_a_selector(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece piece = setting_piece(&s, "公\U0010FFFD\U000E0100开");
    struct bx_para para = build(&s, &piece, 1, 10000);
    assert_int_equal(para.lines[0].natural, 2 * EM);
    assert_int_equal(count_findings(&s, "MISSING", "(U+10FFFD)"), 1);
    setting_fini(&s);
}

/* Marks beyond what a cluster looks at stay with it, unseen. */
static void test_LNG_05__a_base_keeps_all_its_marks(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    char text[100] = "a";
    for (int i = 0; i < 12; i++)
        strcat(text, "\u0301");
    strcat(text, "b公");
    struct bx_piece piece = setting_piece(&s, text);
    struct bx_para para = build(&s, &piece, 1, 100);
    assert_int_equal(para.lines[0].text_len, 1 + 12 * 2);
    setting_fini(&s);
}

/* A piece up to an eighth larger than the pitch is set on it; a larger one would meet itself. */
static void test_GRD_01__a_much_larger_piece_has_its_own_pitch(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece piece = setting_piece(&s, "公开");
    piece.size = EM + EM / 8;
    assert_int_equal(width_of(&s, &piece, 1), 2 * EM);
    piece.size++;
    assert_int_equal(width_of(&s, &piece, 1), 2 * (EM + EM / 8 + 1));
    piece.size = 2 * EM;
    assert_int_equal(width_of(&s, &piece, 1), 4 * EM);
    setting_fini(&s);
}

/* The bytes of what is not seen belong to what stands before it, or to the first character. */
static void test_para__every_byte_belongs_to_a_glyph(void **state)
{
    (void)state;
    static const char *const texts[] = {"\u2060公\u200B开", "\u200B\u2060公", "a\u0301公",
                                        "中fi中ffi中",      "公——开……",       "葛\U000E0100公"};
    struct setting s;
    setting_init(&s);
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct bx_piece piece = setting_piece(&s, texts[i]);
        struct bx_para para = build(&s, &piece, 1, 10000);
        int at = 0;
        assert_int_equal(para.line_count, 1);
        for (int r = 0; r < para.lines[0].run_count; r++) {
            const struct bx_run *run = &para.lines[0].runs[r];
            int covered = 0;
            assert_ptr_equal(run->text, para.text + at);
            for (int g = 0; g < run->glyph_count; g++) {
                if (g > 0)
                    assert_in_range(run->glyphs[g].text_at, run->glyphs[g - 1].text_at,
                                    covered);
                else
                    assert_int_equal(run->glyphs[g].text_at, 0);
                assert_true(run->glyphs[g].text_len >= 0);
                covered = run->glyphs[g].text_at + run->glyphs[g].text_len;
            }
            assert_int_equal(covered, run->text_len);
            at += run->text_len;
        }
        assert_int_equal(at, (int)strlen(texts[i]));
    }
    setting_fini(&s);
}

static void test_LNG_06__a_rare_character_is_told_once(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece piece = setting_piece(&s, "𬭎𬭎和𬭎");
    build(&s, &piece, 1, 10000);
    assert_int_equal(count_findings(&s, "FALLBACK", "(U+2CB4E)"), 1);
    /* one whose number begins like it */
    piece = setting_piece(&s, "㛹");
    build(&s, &piece, 1, 10000);
    assert_int_equal(count_findings(&s, "FALLBACK", "(U+36F9)"), 1);
    setting_fini(&s);
}

static void test_LNG_06__a_character_no_face_holds_is_an_error(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece piece = setting_piece(&s, "公\U0010FFFD\U0010FFFD开");
    build(&s, &piece, 1, 10000);
    assert_int_equal(count_findings(&s, "MISSING", "(U+10FFFD)"), 1);
    assert_int_equal(bx_findings_worst(&s.findings), BX_LEVEL_ERROR);
    setting_fini(&s);
}

static void test_LNG_01__runs_are_shaped_as_simplified_chinese(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    struct bx_piece piece = setting_piece(&s, "“一");
    piece.role = bx_fontset_find_role(s.fonts, "songti");
    struct bx_para para = build(&s, &piece, 1, 10000);
    /* half an em of the full-width form; the Japanese glyph is 0.462 em wide without a blank */
    assert_int_equal(para.lines[0].runs[0].glyphs[0].advance, EM / 2);
    setting_fini(&s);
}

/* Text of Han alone: as many as fit stand on each line. */
static void test_JUS_08__without_marks_lines_are_filled_greedily(void **state)
{
    (void)state;
    enum {
        HAN = 3 * 28 + 11
    };
    struct setting s;
    setting_init(&s);
    char text[3 * HAN + 1] = "";
    for (int i = 0; i < HAN; i++)
        strcat(text, "公");
    struct bx_piece piece = setting_piece(&s, text);
    struct bx_para para = build(&s, &piece, 1, 28000);
    assert_int_equal(para.line_count, 4);
    for (int i = 0; i < 3; i++)
        assert_int_equal(para.lines[i].text_len, 28 * 3);
    setting_fini(&s);
}

/* Unpaired quotation marks, invisible characters, long numbers: time and lines stay in bounds. */
static void test_JUS_08__odd_text_ends(void **state)
{
    (void)state;
    static const char *const parts[] = {"“",      "’",  "\u200B", "\u2060", "1",
                                        "—",      "…",  "/",      " ",      "\u3000",
                                        "\u00AD", "，", "）",     "。」",   "（"};
    enum {
        TIMES = 5000
    };
    struct setting s;
    setting_init(&s);
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        char *text = BX_NEW_ARRAY(&s.arena, char, TIMES * 6 + 10);
        size_t len = strlen(parts[i]);
        for (int k = 0; k < TIMES; k++)
            memcpy(text + (size_t)k * len, parts[i], len);
        struct bx_piece piece = setting_piece(&s, text);
        struct bx_para para = build(&s, &piece, 1, 1000);
        assert_in_range(para.line_count, 0, 2 * TIMES);
    }
    setting_fini(&s);
}

static void test_classes__can_be_printed_without_holes(void **state)
{
    (void)state;
    struct bx_buf buf = {0};
    bx_class_dump(&buf);
    unsigned next = 0;
    for (const char *line = buf.data; *line; line = strchr(line, '\n') + 1) {
        unsigned first = 0, last = 0;
        char name[8] = "";
        assert_int_equal(sscanf(line, "%X..%X %7s", &first, &last, name), 3);
        assert_int_equal(first, next);
        assert_string_equal(name, bx_class_name(bx_class_of(first)));
        assert_string_equal(name, bx_class_name(bx_class_of(last)));
        next = last + 1;
    }
    assert_int_equal(next, 0x110000);
    bx_buf_fini(&buf);
}

int run_para(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_LBK_12__a_line_is_not_kerned_with_the_next),
        cmocka_unit_test(test_para__without_text_has_no_lines),
        cmocka_unit_test(test_LBK_13__a_note_mark_stays_with_the_character_before),
        cmocka_unit_test(test_AUT_06__no_space_across_a_change_of_size_or_face),
        cmocka_unit_test(test_LNG_01__runs_are_shaped_as_simplified_chinese),
        cmocka_unit_test(test_LNG_05__a_form_no_face_has_is_told_and_the_character_set),
        cmocka_unit_test(test_para_widths__are_of_the_widest_unit_and_the_longest_line),
        cmocka_unit_test(test_para__a_role_that_does_not_exist_fails),
        cmocka_unit_test(test_LNG_05__only_a_lost_form_is_told),
        cmocka_unit_test(test_LNG_05__a_missing_character_may_have_a_selector),
        cmocka_unit_test(test_LNG_05__a_base_keeps_all_its_marks),
        cmocka_unit_test(test_GRD_01__a_much_larger_piece_has_its_own_pitch),
        cmocka_unit_test(test_para__every_byte_belongs_to_a_glyph),
        cmocka_unit_test(test_LNG_06__a_rare_character_is_told_once),
        cmocka_unit_test(test_LNG_06__a_character_no_face_holds_is_an_error),
        cmocka_unit_test(test_JUS_08__without_marks_lines_are_filled_greedily),
        cmocka_unit_test(test_JUS_08__odd_text_ends),
        cmocka_unit_test(test_classes__can_be_printed_without_holes),
    };
    return cmocka_run_group_tests_name("para", tests, NULL, NULL);
}

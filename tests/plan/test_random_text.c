/* Invariants of lines on random text: the characters of a real report and every mark, in any
 * order, on measures from one em up. The generator is seeded, so a failure can be run again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "plan/class.h"
#include "random_text.h"
#include "setting.h"

int run_random_text(void);

enum {
    TEXTS = 400, /* the long run (tests/long) asks for more through BX_RANDOM_TEXTS */
};

static bool is_dropped(char c)
{
    return c == ' ';
}

/* Every character stands on exactly one line, in order; only spaces at line edges are dropped. */
static void check_text(const struct bx_para *para)
{
    int at = 0;
    for (int i = 0; i < para->line_count; i++) {
        const struct bx_line *line = &para->lines[i];
        for (; at < line->text_at; at++)
            assert_true(is_dropped(para->text[at]));
        for (int k = 0; k < line->run_count; k++) {
            const struct bx_run *run = &line->runs[k];
            assert_ptr_equal(run->text, para->text + at);
            int covered = 0;
            for (int g = 0; g < run->glyph_count; g++) {
                assert_int_not_equal(run->glyphs[g].index, 0);
                if (run->glyphs[g].text_len > 0)
                    assert_int_equal(run->glyphs[g].text_at, covered);
                covered += run->glyphs[g].text_len;
            }
            assert_int_equal(covered, run->text_len);
            at += run->text_len;
        }
        assert_int_equal(at, line->text_at + line->text_len);
    }
    for (; para->text[at]; at++)
        assert_true(is_dropped(para->text[at]));
}

static bx_len line_end(const struct bx_line *line)
{
    const struct bx_run *last = &line->runs[line->run_count - 1];
    bx_len end = last->x;
    for (int g = 0; g < last->glyph_count; g++)
        end += last->glyphs[g].advance;
    return end;
}

static enum bx_class first_class(const struct bx_para *para, const struct bx_line *line)
{
    int at = line->text_at;
    return bx_class_of(bx_utf8_next(para->text, &at));
}

static enum bx_class last_class(const struct bx_para *para, const struct bx_line *line)
{
    int at = line->text_at, end = line->text_at + line->text_len;
    uint32_t cp = 0;
    while (at < end)
        cp = bx_utf8_next(para->text, &at);
    return bx_class_of(cp);
}

/* Edges keep to the level unless the line says that they could not. */
static void check_edges(const struct bx_para *para, enum bx_break_level level)
{
    for (int i = 0; i < para->line_count; i++) {
        const struct bx_line *line = &para->lines[i];
        bool is_bent = line->is_rescued || line->is_emergency;
        if (i + 1 < para->line_count && !is_bent) {
            enum bx_class end = last_class(para, line);
            assert_true(bx_class_may_end(end, level) || end == BX_CLASS_SOLIDUS);
            enum bx_class start = first_class(para, line + 1);
            bool may_start = bx_class_may_start(start, level) || start == BX_CLASS_DASH ||
                             start == BX_CLASS_CONNECTOR;
            if (!may_start)
                fail_msg("level %d: line %d starts with a %s: %.*s|%.*s", (int)level, i + 1,
                         bx_class_name(start), line->text_len, para->text + line->text_at,
                         line[1].text_len, para->text + line[1].text_at);
        }
    }
}

static void check_widths(const struct bx_para *para, const struct bx_para_spec *spec)
{
    for (int i = 0; i < para->line_count; i++) {
        const struct bx_line *line = &para->lines[i];
        if (!line->is_overfull)
            assert_in_range(line->right, 0, spec->measure);
        if (line->is_justified && !line->is_overfull)
            assert_int_equal(line_end(line), spec->measure);
        for (int r = 1; r < line->run_count; r++)
            assert_true(line->runs[r].x >= line->runs[r - 1].x);
    }
}

/* The Han of a line never stand nearer than an em (JUS-04). */
static void check_han(const struct bx_para *para, const struct bx_para_spec *spec)
{
    for (int i = 0; i < para->line_count; i++)
        for (int r = 0; r < para->lines[i].run_count; r++) {
            const struct bx_run *run = &para->lines[i].runs[r];
            for (int g = 0; g + 1 < run->glyph_count; g++) {
                int at = run->glyphs[g].text_at, next = run->glyphs[g + 1].text_at;
                bool are_han = bx_class_of(bx_utf8_next(run->text, &at)) == BX_CLASS_HAN &&
                               bx_class_of(bx_utf8_next(run->text, &next)) == BX_CLASS_HAN;
                if (are_han)
                    assert_true(run->glyphs[g].advance >= spec->em);
            }
        }
}

/* What stands between two glyphs, beside their own widths: the kinds of gaps whose width says
 * nothing about the characters. */
enum gap_kind {
    GAP_HAN,       /* two Han: stretch step 3 */
    GAP_HAN_DIGIT, /* autospace */
    GAP_DIGIT_HAN,
    GAP_COMMA_HAN, /* the blank of a comma: squeeze step 5, stretch step 3 */
    GAP_STOP_HAN,
    GAP_HAN_OPEN,
    GAP_KIND_COUNT,
};

static int gap_kind_of(enum bx_class left, enum bx_class right)
{
    if (left == BX_CLASS_HAN && right == BX_CLASS_HAN)
        return GAP_HAN;
    if (left == BX_CLASS_HAN && right == BX_CLASS_DIGIT)
        return GAP_HAN_DIGIT;
    if (left == BX_CLASS_DIGIT && right == BX_CLASS_HAN)
        return GAP_DIGIT_HAN;
    if (left == BX_CLASS_COMMA && right == BX_CLASS_HAN)
        return GAP_COMMA_HAN;
    if (left == BX_CLASS_STOP && right == BX_CLASS_HAN)
        return GAP_STOP_HAN;
    return left == BX_CLASS_HAN && right == BX_CLASS_OPEN ? GAP_HAN_OPEN : -1;
}

/* Gaps of one kind on one line are equal within one unit (JUS-06), and the digits of a number
 * stand at the distance the face gives them (JUS-03): half an em in this one. */
static void check_gaps(const struct bx_para *para)
{
    for (int i = 0; i < para->line_count; i++) {
        bx_len least[GAP_KIND_COUNT], most[GAP_KIND_COUNT];
        bool is_seen[GAP_KIND_COUNT] = {false};
        for (int r = 0; r < para->lines[i].run_count; r++) {
            const struct bx_run *run = &para->lines[i].runs[r];
            for (int g = 0; g + 1 < run->glyph_count; g++) {
                int at = run->glyphs[g].text_at, next = run->glyphs[g + 1].text_at;
                enum bx_class left = bx_class_of(bx_utf8_next(run->text, &at));
                enum bx_class right = bx_class_of(bx_utf8_next(run->text, &next));
                bx_len advance = run->glyphs[g].advance;
                if (left == BX_CLASS_DIGIT && right == BX_CLASS_DIGIT)
                    assert_int_equal(advance, EM / 2);
                int kind = gap_kind_of(left, right);
                if (kind < 0)
                    continue;
                least[kind] = is_seen[kind] && least[kind] < advance ? least[kind] : advance;
                most[kind] = is_seen[kind] && most[kind] > advance ? most[kind] : advance;
                is_seen[kind] = true;
            }
        }
        for (int k = 0; k < GAP_KIND_COUNT; k++)
            if (is_seen[k])
                assert_in_range(most[k] - least[k], 0, 1);
    }
}

static void test_lines__keep_their_invariants_on_random_text(void **state)
{
    (void)state;
    const char *asked = getenv("BX_RANDOM_TEXTS");
    int texts = asked ? atoi(asked) : TEXTS, lines = 0;
    struct setting s;
    setting_init(&s);
    struct random r = {.state = 20260101};
    for (int i = 0; i < texts; i++) {
        char text[4000];
        random_text(text, sizeof(text), &r);
        struct bx_piece piece = setting_piece(&s, text);
        random_rules(&s.rules, &r);
        int measure = 1000 + 500 * (int)random_next(&r, 60);
        struct bx_para_spec spec =
            setting_spec(&s, measure, measure > 4000 && random_next(&r, 2) ? 2000 : 0);
        spec.align = random_next(&r, 4) ? BX_ALIGN_JUSTIFY : BX_ALIGN_CENTER;
        struct bx_arena arena = {0};
        s.context.arena = &arena;
        struct bx_para para;
        struct bx_err err = {0};
        assert_true(bx_para_build(&para, &s.context, &piece, 1, &spec, &err));
        check_text(&para);
        check_edges(&para, s.rules.level);
        check_widths(&para, &spec);
        check_han(&para, &spec);
        check_gaps(&para);
        lines += para.line_count;
        bx_arena_fini(&arena);
    }
    s.context.arena = &s.arena;
    setting_fini(&s);
    assert_true(lines > texts);
    if (asked)
        print_message("random text: %d texts, %d lines\n", texts, lines);
}

int run_random_text(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines__keep_their_invariants_on_random_text),
    };
    return cmocka_run_group_tests_name("random_text", tests, NULL, NULL);
}

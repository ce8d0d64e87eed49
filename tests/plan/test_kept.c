/* Paragraphs that are kept are those that would be built. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "plan/kept.h"
#include "setting.h"

int run_kept(void);

static void assert_same_run(const struct bx_run *a,
                            const struct bx_para *pa,
                            const struct bx_run *b,
                            const struct bx_para *pb)
{
    assert_ptr_equal(a->font, b->font);
    assert_int_equal(a->size, b->size);
    assert_int_equal(a->x, b->x);
    assert_int_equal(a->y, b->y);
    assert_int_equal(a->scale_x_1000, b->scale_x_1000);
    assert_int_equal(a->colour.r, b->colour.r);
    assert_int_equal(a->element, b->element);
    assert_int_equal(a->text - pa->text, b->text - pb->text);
    assert_int_equal(a->text_len, b->text_len);
    assert_int_equal(a->glyph_count, b->glyph_count);
    assert_memory_equal(a->glyphs, b->glyphs, (size_t)a->glyph_count * sizeof(*a->glyphs));
}

static void assert_same(const struct bx_para *a, const struct bx_para *b)
{
    assert_string_equal(a->text, b->text);
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->line_count, b->line_count);
    for (int i = 0; i < a->line_count; i++) {
        const struct bx_line *la = &a->lines[i], *lb = &b->lines[i];
        assert_int_equal(la->left, lb->left);
        assert_int_equal(la->right, lb->right);
        assert_int_equal(la->natural, lb->natural);
        assert_int_equal(la->han_count, lb->han_count);
        assert_int_equal(la->text_at, lb->text_at);
        assert_int_equal(la->text_len, lb->text_len);
        assert_int_equal(la->run_count, lb->run_count);
        for (int k = 0; k < la->run_count; k++)
            assert_same_run(&la->runs[k], a, &lb->runs[k], b);
    }
}

static void set_up(struct setting *s)
{
    setting_init(s);
    s->context.kept = bx_kept_new();
}

static void tear_down(struct setting *s)
{
    bx_kept_free(s->context.kept);
    setting_fini(s);
}

/* Builds a paragraph both ways, and again where it is kept now: as many as `more` are new. */
static void check(struct setting *s,
                  const struct bx_piece *pieces,
                  int piece_count,
                  const struct bx_para_spec *spec,
                  int more)
{
    int before = bx_kept_count(s->context.kept);
    struct bx_err err = {0};
    struct bx_para built, kept;
    assert_true(bx_para_build(&built, &s->context, pieces, piece_count, spec, &err));
    for (int i = 0; i < 2; i++) {
        assert_true(bx_kept_build(&kept, &s->context, pieces, piece_count, spec, &err));
        assert_same(&built, &kept);
    }
    assert_int_equal(bx_kept_count(s->context.kept), before + more);
}

static void test_kept__is_what_would_be_built(void **state)
{
    (void)state;
    struct setting s;
    set_up(&s);
    struct bx_piece pieces[2] = {setting_piece(&s, "本年新收政府信息公开申请数量"),
                                 setting_piece(&s, "\n（单位：件）")};
    struct bx_para_spec spec = setting_spec(&s, 5000, 0);
    struct bx_line_rules rules = s.rules;
    spec.align = BX_ALIGN_CENTER;
    check(&s, pieces, 2, &spec, 1);
    check(&s, pieces, 1, &spec, 1);
    pieces[0].element = 7;
    pieces[1].element = 8;
    spec.ink = (struct bx_colour){.r = 1000};
    check(&s, pieces, 2, &spec, 0);

    /* each thing that a paragraph is made of by itself */
    pieces[1].text = "\n（单位：元）";
    check(&s, pieces, 2, &spec, 1);
    pieces[1].role = bx_fontset_find_role(s.fonts, "heiti");
    check(&s, pieces, 2, &spec, 1);
    pieces[1].size = EM / 2;
    check(&s, pieces, 2, &spec, 1);
    pieces[1].text = "\n2024";
    pieces[1].len = 5;
    check(&s, pieces, 2, &spec, 1);
    pieces[1].is_note = true;
    check(&s, pieces, 2, &spec, 1);
    spec.half_digits = true;
    check(&s, pieces, 2, &spec, 1);
    spec.measure += EM;
    check(&s, pieces, 2, &spec, 1);
    spec.em += EM / 8;
    check(&s, pieces, 2, &spec, 1);
    spec.indent = EM;
    check(&s, pieces, 2, &spec, 1);
    spec.align = BX_ALIGN_JUSTIFY;
    check(&s, pieces, 2, &spec, 1);
    spec.is_cell = true;
    check(&s, pieces, 2, &spec, 1);
    rules.autospace = 0;
    rules.level = BX_BREAK_BASIC;
    spec.rules = &rules;
    check(&s, pieces, 2, &spec, 1);
    tear_down(&s);
}

/* More texts than are kept at a time, and the first of them again. */
static void test_kept__is_emptied_when_it_is_full(void **state)
{
    (void)state;
    struct setting s;
    set_up(&s);
    struct bx_para_spec spec = setting_spec(&s, 5000, 0);
    for (int i = 0; i < 2500; i++) {
        struct bx_err err = {0};
        char text[8];
        snprintf(text, sizeof(text), "%d", i % 2400);
        assert_int_equal(bx_kept_count(s.context.kept), i == 0 ? 0 : (i - 1) % 2048 + 1);
        struct bx_piece piece = setting_piece(&s, text);
        struct bx_para kept;
        assert_true(bx_kept_build(&kept, &s.context, &piece, 1, &spec, &err));
        assert_string_equal(kept.text, text);
        assert_int_equal(kept.lines[0].text_len, (int)strlen(text));
    }
    tear_down(&s);
}

/* Texts of 256 bytes are kept, in one piece or several; longer ones and none at all are only built. */
static void test_kept__are_labels_and_no_long_texts(void **state)
{
    (void)state;
    struct setting s;
    set_up(&s);
    struct bx_para_spec spec = setting_spec(&s, 20000, 0);
    char text[258];
    memset(text, '8', sizeof(text));
    struct bx_piece pieces[3] = {setting_piece(&s, ""), setting_piece(&s, ""),
                                 setting_piece(&s, "")};
    const struct {
        int lens[3], count, more;
    } cases[] = {{{256}, 1, 1},     {{257}, 1, 0},    {{200, 56}, 2, 1},
                 {{200, 57}, 2, 0}, {{256, 1}, 2, 0}, {{257, 1}, 2, 0},
                 {{0}, 1, 0},       {{1}, 1, 1},      {{56, 100, 100}, 3, 1}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        for (int k = 0; k < cases[i].count; k++) {
            pieces[k].text = text;
            pieces[k].len = cases[i].lens[k];
        }
        if (cases[i].lens[0] > 0) {
            check(&s, pieces, cases[i].count, &spec, cases[i].more);
        } else {
            struct bx_para none;
            struct bx_err err = {0};
            int before = bx_kept_count(s.context.kept);
            assert_true(bx_kept_build(&none, &s.context, pieces, 1, &spec, &err));
            assert_int_equal(bx_kept_count(s.context.kept), before);
        }
    }
    tear_down(&s);
}

/* A report's texts are gone with it: what is kept has its own. */
static void test_kept__does_not_need_the_texts_it_was_given(void **state)
{
    (void)state;
    struct setting s;
    set_up(&s);
    struct bx_para_spec spec = setting_spec(&s, 20000, 0);
    char text[] = "12", same[] = "12";
    struct bx_piece piece = setting_piece(&s, text), again = setting_piece(&s, same);
    check(&s, &piece, 1, &spec, 1);
    text[0] = '3';
    check(&s, &again, 1, &spec, 0);
    check(&s, &piece, 1, &spec, 1);
    tear_down(&s);
}

/* A report is told of its characters though another was told before. */
static void test_kept__what_was_told_is_told_again(void **state)
{
    (void)state;
    struct setting s;
    set_up(&s);
    struct bx_piece piece = setting_piece(&s, "公𬭎开");
    struct bx_para_spec spec = setting_spec(&s, 5000, 0);
    for (int i = 0; i < 2; i++) {
        bx_findings_fini(&s.findings);
        struct bx_err err = {0};
        struct bx_para kept;
        assert_true(bx_kept_build(&kept, &s.context, &piece, 1, &spec, &err));
        assert_int_equal(s.findings.count, 1);
        assert_string_equal(s.findings.items[0].code, "FALLBACK");
    }
    tear_down(&s);
}

int run_kept(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept__is_what_would_be_built),
        cmocka_unit_test(test_kept__is_emptied_when_it_is_full),
        cmocka_unit_test(test_kept__are_labels_and_no_long_texts),
        cmocka_unit_test(test_kept__does_not_need_the_texts_it_was_given),
        cmocka_unit_test(test_kept__what_was_told_is_told_again),
    };
    return cmocka_run_group_tests_name("kept", tests, NULL, NULL);
}

/* Which face an emphasis of the report model is set in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "font/fontset.h"
#include "plan/pieces.h"
#include "setting.h"

int run_pieces(void);

static int role_of(struct setting *s, const char *emphasis)
{
    struct bx_span span = {.text = "办理", .role = emphasis};
    struct bx_text text = {.spans = &span, .span_count = 1, .where = "/text"};
    const struct bx_piece_base base = {.fonts = s->fonts,
                                       .role = bx_fontset_find_role(s->fonts, "fangsong"),
                                       .size = EM,
                                       .element = 7};
    struct bx_piece pieces[2] = {{.text = "前"}};
    int count = 1;
    bx_pieces_add(pieces, &count, &text, &base);
    assert_int_equal(count, 2);
    assert_string_equal(pieces[0].text, "前");
    assert_int_equal(pieces[1].len, (int)strlen(span.text));
    assert_int_equal(pieces[1].element, 7);
    return pieces[1].role;
}

static void test_add__each_emphasis_has_its_face(void **state)
{
    (void)state;
    static const char *const faces[][2] = {
        {"strong", "heiti"}, {"hei", "heiti"}, {"kai", "kaiti"}};
    struct setting s;
    setting_init(&s);
    for (size_t i = 0; i < sizeof(faces) / sizeof(*faces); i++) {
        int role = bx_fontset_find_role(s.fonts, faces[i][1]);
        assert_true(role >= 0);
        assert_int_equal(role_of(&s, faces[i][0]), role);
    }
    int own = bx_fontset_find_role(s.fonts, "fangsong");
    assert_int_equal(role_of(&s, NULL), own);
    assert_int_equal(role_of(&s, "other"), own);
    setting_fini(&s);
}

/* The free faces have no role for Latin text; a set that has one shows it. */
static void test_add__a_role_that_the_set_lacks_leaves_the_text_its_own(void **state)
{
    (void)state;
    struct setting s;
    setting_init(&s);
    assert_true(bx_fontset_find_role(s.fonts, "latin") < 0);
    assert_int_equal(role_of(&s, "latin"), bx_fontset_find_role(s.fonts, "fangsong"));
    setting_fini(&s);
    setting_init_fonts(&s, BX_TESTS_DIR "/lines/fonts-latin");
    int latin = bx_fontset_find_role(s.fonts, "latin");
    assert_true(latin >= 0);
    assert_int_equal(role_of(&s, "latin"), latin);
    setting_fini(&s);
}

int run_pieces(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add__each_emphasis_has_its_face),
        cmocka_unit_test(test_add__a_role_that_the_set_lacks_leaves_the_text_its_own),
    };
    return cmocka_run_group_tests_name("pieces", tests, NULL, NULL);
}

/* The prose of the three example reports, on every measure from 16 to 40 em: no line looser than
 * an eighth of an em per gap, none overfull, broken in a word or rescued, and no paragraph that
 * ends in a line of one character. The costs of linebreak.c were tuned on this. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "model/json.h"
#include "model/normalise.h"
#include "setting.h"

int run_prose(void);

enum {
    LEAST_PROSE = 90, /* bytes: thirty characters; what is shorter is a label or a name */
    NARROWEST = 16,
    WIDEST = 40,
    INDENT = 2,
    LEAST_LINES = 6000, /* of all measures together */
};

struct figures {
    int lines, justified;
    int loose_eighth, loose_quarter;
    int overfull, bent, orphans;
};

static void count_lines(struct figures *f, const struct bx_para *para)
{
    for (int i = 0; i < para->line_count; i++) {
        const struct bx_line *line = &para->lines[i];
        bool is_last = i > 0 && i + 1 == para->line_count;
        f->lines++;
        f->justified += line->is_justified;
        f->loose_eighth += line->gap_extra > EM / 8;
        f->loose_quarter += line->is_loose;
        f->overfull += line->is_overfull;
        f->bent += line->is_rescued || line->is_emergency;
        f->orphans += is_last && line->han_count <= 1;
    }
}

static void set_prose(struct figures *f, struct setting *s, const char *text)
{
    struct bx_piece piece =
        setting_piece(s, bx_text_normalise(&s->arena, text, false, "/test", &s->findings));
    for (int measure = NARROWEST; measure <= WIDEST; measure++) {
        struct bx_para_spec spec = setting_spec(s, measure * 1000, INDENT * 1000);
        struct bx_arena arena = {0};
        struct bx_para para;
        struct bx_err err = {0};
        s->context.arena = &arena;
        assert_true(bx_para_build(&para, &s->context, &piece, 1, &spec, &err));
        count_lines(f, &para);
        bx_arena_fini(&arena);
    }
    s->context.arena = &s->arena;
}

static void set_all_prose(struct figures *f, struct setting *s, const struct bx_json *value)
{
    if (value->kind == BX_JSON_STRING && value->text_len >= LEAST_PROSE)
        set_prose(f, s, value->text);
    for (const struct bx_json *child = value->first; child; child = child->next)
        set_all_prose(f, s, child);
}

static void test_prose_of_the_examples__is_set_evenly_on_every_measure(void **state)
{
    (void)state;
    static const char *const reports[] = {"changsha-hitech-2019", "hongze-2024", "suqian-2023"};
    struct setting s;
    struct figures f = {0};
    setting_init(&s);
    s.rules.keep_range = true;
    for (size_t i = 0; i < sizeof(reports) / sizeof(*reports); i++) {
        char path[500];
        struct bx_buf data = {0};
        struct bx_err err = {0};
        const struct bx_json *root;
        const char *zh;
        snprintf(path, sizeof(path), BX_TESTS_DIR "/examples/%s.json", reports[i]);
        assert_true(bx_file_read(&data, path, BX_JSON_LEN_MAX, &err));
        assert_true(bx_json_read(&root, &s.arena, path, data.data, data.len, &zh, &err));
        set_all_prose(&f, &s, root);
        bx_buf_fini(&data);
    }
    setting_fini(&s);
    assert_true(f.lines >= LEAST_LINES);
    assert_true(f.justified > f.lines / 2);
    assert_int_equal(f.loose_quarter, 0);
    assert_int_equal(f.loose_eighth, 0);
    assert_int_equal(f.overfull, 0);
    assert_int_equal(f.bent, 0);
    assert_int_equal(f.orphans, 0);
}

int run_prose(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prose_of_the_examples__is_set_evenly_on_every_measure),
    };
    return cmocka_run_group_tests_name("prose", tests, NULL, NULL);
}

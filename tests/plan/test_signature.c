/* Where organ, signer and date stand, by GB/T 9704-2012 7.3.5.1 to 7.3.5.3: texts of so many Han on a
 * type area of 28, so that every place is a whole number of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "planning.h"

int run_signature(void);

enum {
    HAN_BYTES = 3,
    TEXT_MOST = 40 * HAN_BYTES + 1,
};

struct signed_report {
    struct planning p;
    struct bx_sections *sections;
    char organ[TEXT_MOST], date[TEXT_MOST], post[TEXT_MOST], name[TEXT_MOST];
};

static void init(struct signed_report *r)
{
    *r = (struct signed_report){0};
    planning_init(&r->p);
    if (!bx_sections_read(&r->sections, BX_SOURCE_DIR "/layouts", &r->p.err))
        fail_msg("%s: %s", r->p.err.file, r->p.err.what);
    r->p.model.organ = "某市人民政府";
}

static void fini(struct signed_report *r)
{
    bx_sections_free(r->sections);
    planning_fini(&r->p);
}

/* So many Han; NULL for none. */
static const char *han(char *out, int count)
{
    out[0] = '\0';
    for (int i = 0; i < count; i++)
        strcat(out, "某");
    return count > 0 ? out : NULL;
}

/* A signature of texts of so many Han; 0: it has none. */
static struct bx_signature *
give(struct signed_report *r, int organ, int date, int post, int name)
{
    r->p.model.signature = (struct bx_signature){
        .is_given = true,
        .organ = han(r->organ, organ),
        .date = han(r->date, date),
        .has_signer = post > 0 || name > 0,
        .signer_post = han(r->post, post),
        .signer_name = han(r->name, name),
        .organ_where = "/signature/organ",
        .date_where = "/signature/date",
    };
    return &r->p.model.signature;
}

static void set(struct signed_report *r)
{
    planning_clear(&r->p);
    r->p.planner.sections = r->sections;
    if (!bx_planner_add_signature(&r->p.planner))
        fail_msg("%s", r->p.err.what);
}

/* The block of a text, found by its place in the model. */
static const struct bx_plan_block *find(const struct signed_report *r, const char *where)
{
    for (int i = 0; i < r->p.plan.block_count; i++)
        if (strcmp(r->p.plan.blocks[i].where, where) == 0)
            return &r->p.plan.blocks[i];
    return NULL;
}

static const struct bx_plan_block *organ_of(const struct signed_report *r)
{
    return find(r, "/signature/organ");
}

static const struct bx_plan_block *date_of(const struct signed_report *r)
{
    return find(r, "/signature/date");
}

static const struct bx_plan_block *post_of(const struct signed_report *r)
{
    return find(r, "/signature/signer/post");
}

static const struct bx_plan_block *name_of(const struct signed_report *r)
{
    return find(r, "/signature/signer/name");
}

/* Every line starts so many halves of a character from the left edge, and what is painted with it. */
static void assert_at(const struct bx_plan_block *block, int left)
{
    bx_len widest = 0;
    assert_non_null(block);
    assert_int_equal(block->kind, BX_PLAN_SIGNATURE);
    assert_true(block->keep_whole);
    for (int i = 0; i < block->para.line_count; i++) {
        const struct bx_line *line = &block->para.lines[i];
        assert_int_equal(line->left, left * (HAN / 2));
        assert_int_equal(line->runs[0].x, left * (HAN / 2));
        widest = line->right > widest ? line->right : widest;
    }
    assert_int_equal(block->para.width, widest);
}

/* 7.3.5.2: the organ ends two characters from the edge, the date begins two to the right of its
 * first; a longer date ends there itself and the organ begins two to its left. What is too long
 * for that takes of the two at the right. Places in half characters. */
static void test_gbt9704_7_3_5_2__unsealed(void **state)
{
    static const struct {
        int organ, date;       /* characters */
        int organ_at, date_at; /* from the left edge, in half characters */
    } cases[] = {
        {10, 6, 2 * 16, 2 * 18}, {4, 4, 2 * 22, 2 * 24}, /* no longer than the organ */
        {4, 5, 2 * 19, 2 * 21},  {4, 8, 2 * 16, 2 * 18}, {5, 0, 2 * 21, 0}, {0, 5, 0, 2 * 21},
        {26, 8, 0, 2 * 2},       {27, 8, 0, 2 * 2}, /* from the left edge on */
        {28, 8, 0, 2 * 2},       {4, 25, 0, 2 * 2}, /* the organ would begin beyond the edge */
        {4, 27, 0, 2 * 1}, /* and this date would end beyond the other */
    };
    struct signed_report r;
    (void)state;
    init(&r);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        give(&r, cases[i].organ, cases[i].date, 0, 0);
        set(&r);
        assert_int_equal(r.p.plan.block_count, (cases[i].organ > 0) + (cases[i].date > 0));
        if (cases[i].organ > 0)
            assert_at(organ_of(&r), cases[i].organ_at);
        if (cases[i].date > 0)
            assert_at(date_of(&r), cases[i].date_at);
    }
    fini(&r);
}

/* 7.3.5.1: the date ends four characters from the edge, the organ is centred on it; both go left
 * when the organ would pass the edge. */
static void test_gbt9704_7_3_5_1__sealed(void **state)
{
    static const struct {
        int organ, date;
        int organ_at, date_at;
    } cases[] = {
        {6, 6, 2 * 18, 2 * 18},
        {6, 9, 2 * 15 + 3, 2 * 15},
        {13, 6, 2 * 18 - 7, 2 * 18},
        {14, 6, 2 * 14, 2 * 18}, /* it ends at the edge */
        {15, 6, 2 * 13, 2 * 17 + 1},
        {28, 6, 0, 2 * 11},
        {5, 0, 2 * 19, 0},
        {0, 5, 0, 2 * 19},
        {27, 0, 0, 0}, /* from the left edge on */
    };
    struct signed_report r;
    (void)state;
    init(&r);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        give(&r, cases[i].organ, cases[i].date, 0, 0)->seal = BX_SEAL_SPACE;
        set(&r);
        if (cases[i].organ > 0)
            assert_at(organ_of(&r), cases[i].organ_at);
        if (cases[i].date > 0)
            assert_at(date_of(&r), cases[i].date_at);
    }
    fini(&r);
}

/* An organ over 28 characters breaks by its meaning, clear of the two at the right. */
static void test_organ__too_long_for_a_line_breaks_by_its_meaning(void **state)
{
    static const char *organ = "某省某自治州某高新技术产业开发区管理委员会综合行政执法局";
    struct signed_report r;
    (void)state;
    init(&r);
    struct bx_signature *signature = give(&r, 1, 6, 0, 0);
    for (int is_longer = 0; is_longer < 2; is_longer++) {
        snprintf(r.organ, sizeof(r.organ), "%s%s", is_longer ? "某" : "", organ);
        signature->organ = r.organ;
        set(&r);
        const struct bx_plan_block *block = organ_of(&r);
        assert_int_equal(block->para.line_count, 1 + is_longer);
        assert_int_equal(block->para.width, (is_longer ? 26 : 28) * HAN);
        assert_at(block, block->para.lines[0].left / (HAN / 2));
    }
    fini(&r);
}

/* Lines of the grid that stay blank: one above organ and date (7.3.5.2). */
static void test_gbt9704_7_3_5_2__one_blank_line_above(void **state)
{
    struct signed_report r;
    (void)state;
    init(&r);
    give(&r, 5, 4, 0, 0);
    set(&r);
    assert_int_equal(organ_of(&r)->blank_before, 1);
    assert_int_equal(date_of(&r)->blank_before, 0);
    assert_true(organ_of(&r)->keep_next);
    assert_false(date_of(&r)->keep_next);
    give(&r, 5, 0, 0, 0);
    set(&r);
    assert_false(organ_of(&r)->keep_next);
    give(&r, 0, 4, 0, 0);
    set(&r);
    assert_int_equal(date_of(&r)->blank_before, 1);
    fini(&r);
}

/* The seal's upper half stands between text and organ, whose em boxes are (n + 1) lines less an em
 * apart; its top lies within a line of the text, so no blank line more than that needs, and none more
 * than lets its foot reach the date's: n of them, organ and date are n + 1 lines below the first. */
static void test_gbt9704_7_3_5_1__room_for_the_upper_half_of_a_seal(void **state)
{
    static const struct {
        bx_len diameter;
        int blank;
    } cases[] = {
        {10 * BX_PT, 0},
        {2 * PITCH - 1, 0},
        {2 * PITCH, 1},
        {2 * (2 * PITCH - HAN), 1},
        {2 * (2 * PITCH - HAN + 1), 1},
        {3 * PITCH - 1, 1},
        {3 * PITCH, 2},
        {2 * (3 * PITCH - HAN), 2},
        {2 * (3 * PITCH - HAN + 1), 3},
        {2 * (4 * PITCH - HAN), 3},
    };
    struct signed_report r;
    (void)state;
    init(&r);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        give(&r, 6, 6, 0, 0)->seal = BX_SEAL_SPACE;
        r.p.style->signature.seal_diameter = cases[i].diameter;
        set(&r);
        assert_int_equal(organ_of(&r)->blank_before, cases[i].blank);
        assert_int_equal(date_of(&r)->blank_before, 0);
    }
    /* the report's own diameter goes before the style's: 20 mm, less than two lines */
    r.p.model.signature.seal_um = 20000;
    set(&r);
    assert_int_equal(organ_of(&r)->blank_before, 0);
    /* a date alone stands a line higher; with a signer no seal reaches all */
    give(&r, 0, 6, 0, 0)->seal = BX_SEAL_SPACE;
    r.p.model.signature.seal_um = 20000;
    set(&r);
    assert_int_equal(date_of(&r)->blank_before, 1);
    give(&r, 6, 6, 4, 3)->seal = BX_SEAL_SPACE;
    r.p.model.signature.seal_um = 20000;
    set(&r);
    assert_int_equal(organ_of(&r)->blank_before, 1);
    r.p.model.signature.seal_um = 9000; /* one at least, as without a seal */
    set(&r);
    assert_int_equal(organ_of(&r)->blank_before, 1);
    give(&r, 6, 6, 0, 0)->seal = BX_SEAL_SPACE;
    /* of two sizes the mean: em boxes stand in the middle of their lines */
    r.p.model.signature.seal_um = 0;
    r.p.style->texts[BX_TEXT_BODY].size = 20 * BX_PT;
    r.p.style->signature.seal_diameter = 2 * (3 * PITCH - 18 * BX_PT);
    set(&r);
    assert_int_equal(organ_of(&r)->blank_before, 2);
    r.p.style->signature.seal_diameter += 2;
    set(&r);
    assert_int_equal(organ_of(&r)->blank_before, 3);
    fini(&r);
}

/* 7.3.5.3: the name ends four characters from the edge, the post two to its left, on one line. */
static void test_gbt9704_7_3_5_3__signer(void **state)
{
    struct signed_report r;
    (void)state;
    init(&r);
    give(&r, 0, 0, 3, 2);
    set(&r);
    assert_int_equal(r.p.plan.block_count, 1);
    assert_at(post_of(&r), 2 * 17);
    const struct bx_line *line = &post_of(&r)->para.lines[0];
    assert_int_equal(post_of(&r)->para.line_count, 1);
    assert_int_equal(line->run_count, 2);
    assert_int_equal(line->runs[1].x, 22 * HAN);
    assert_string_equal(line->runs[1].text, "某某");
    assert_int_equal(line->right, 24 * HAN);
    assert_int_equal(post_of(&r)->blank_before, 2);
    assert_false(post_of(&r)->keep_next);

    give(&r, 0, 0, 3, 0); /* room of six characters to write the name */
    set(&r);
    assert_int_equal(r.p.plan.block_count, 1);
    assert_at(post_of(&r), 2 * 13);
    assert_int_equal(post_of(&r)->para.lines[0].run_count, 1);

    give(&r, 0, 0, 0, 2);
    set(&r);
    assert_int_equal(r.p.plan.block_count, 1);
    assert_at(name_of(&r), 2 * 22);
    assert_int_equal(name_of(&r)->blank_before, 2);
    fini(&r);
}

/* Where both are too long for a line the post stands above the name and ends where it does; where
 * even that is too little both begin at the left edge. */
static void test_gbt9704_7_3_5_3__a_post_too_long_stands_above_the_name(void **state)
{
    static const struct {
        int post, name;
        bool is_one;
        int post_at, name_at;
    } cases[] = {
        {19, 3, true, 0, 0},       {20, 3, false, 2 * 4, 2 * 21}, {24, 3, false, 0, 2 * 21},
        {25, 3, false, 0, 2 * 21}, {3, 24, false, 2 * 21, 0},     {3, 25, false, 2 * 21, 0},
    };
    struct signed_report r;
    (void)state;
    init(&r);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        give(&r, 0, 0, cases[i].post, cases[i].name);
        set(&r);
        assert_int_equal(r.p.plan.block_count, cases[i].is_one ? 1 : 2);
        assert_at(post_of(&r), cases[i].post_at);
        assert_int_equal(post_of(&r)->keep_next, !cases[i].is_one);
        if (cases[i].is_one)
            continue;
        assert_at(name_of(&r), cases[i].name_at);
        assert_int_equal(name_of(&r)->blank_before, 0);
        assert_false(name_of(&r)->keep_next);
        assert_int_equal(name_of(&r)->element, post_of(&r)->element);
    }
    /* nothing between them is enough where the style wants nothing there */
    r.p.style->signature.signer_gap_em1000 = 0;
    give(&r, 0, 0, 3, 2);
    set(&r);
    assert_int_equal(r.p.plan.block_count, 1);
    assert_at(post_of(&r), 2 * 19);
    fini(&r);
}

/* Two lines are not put beside one, however short they are: long words part early. */
static void test_gbt9704_7_3_5_3__several_lines_share_none(void **state)
{
    static const char *words =
        "Abcdefghijklmnopqrstuvwxyzabcdefghi Abcdefghijklmnopqrstuvwxyzabcdefghi";
    struct signed_report r;
    (void)state;
    init(&r);
    r.p.style->signature.signer_right_em1000 = 0;
    r.p.style->signature.signer_gap_em1000 = 0;
    for (int is_name = 0; is_name < 2; is_name++) {
        struct bx_signature *signature = give(&r, 0, 0, 1, 1);
        *(is_name ? &signature->signer_name : &signature->signer_post) = words;
        set(&r);
        assert_int_equal(r.p.plan.block_count, 2);
        assert_int_equal((is_name ? name_of(&r) : post_of(&r))->para.line_count, 2);
        const struct bx_line *line = &(is_name ? name_of(&r) : post_of(&r))->para.lines[0];
        assert_in_range(line->right - line->left, 14 * HAN, 26 * HAN);
    }
    fini(&r);
}

/* The signer stands between organ and date, a line below the one and above the other. */
static void test_signer__between_organ_and_date(void **state)
{
    struct signed_report r;
    (void)state;
    init(&r);
    give(&r, 6, 4, 3, 2);
    set(&r);
    assert_int_equal(r.p.plan.block_count, 3);
    assert_ptr_equal(organ_of(&r), &r.p.plan.blocks[0]);
    assert_ptr_equal(post_of(&r), &r.p.plan.blocks[1]);
    assert_ptr_equal(date_of(&r), &r.p.plan.blocks[2]);
    for (int i = 0; i < 3; i++) {
        const struct bx_plan_block *block = &r.p.plan.blocks[i];
        assert_int_equal(block->blank_before, 1);
        assert_int_equal(block->keep_next, i < 2);
        const struct bx_element *element = &r.p.plan.structure.elements[block->element];
        assert_int_equal(element->tag, BX_TAG_P);
        assert_int_equal(element->parent, 0);
        assert_int_equal(block->element, 2 + i); /* after the document and its section */
    }
    give(&r, 6, 0, 3, 2);
    set(&r);
    assert_true(organ_of(&r)->keep_next);
    assert_false(post_of(&r)->keep_next);
    give(&r, 0, 4, 20, 3);
    set(&r);
    assert_true(post_of(&r)->keep_next);
    assert_true(name_of(&r)->keep_next);
    fini(&r);
}

/* A picture of a seal is pressed on organ or date at the end of the report, and on nothing else. */
static void test_seal__without_organ_and_date_at_the_end_is_told(void **state)
{
    static const struct {
        int organ, date;
        bool under_title, is_told;
    } cases[] = {
        {6, 0, false, false}, {0, 6, false, false}, {6, 6, false, false},
        {0, 0, false, true},  {6, 6, true, true},   {6, 0, true, true},
    };
    struct signed_report r;
    (void)state;
    init(&r);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct bx_signature *signature = give(&r, cases[i].organ, cases[i].date, 3, 2);
        signature->seal = BX_SEAL_IMAGE;
        signature->seal_image = "seal.png";
        signature->under_title = cases[i].under_title;
        set(&r);
        assert_int_equal(planning_count(&r.p, "SEAL", BX_LEVEL_WARNING), cases[i].is_told);
        /* the picture is looked for only where it can stand: there is no folder to find it in */
        assert_int_equal(r.p.planner.lacks_image, !cases[i].is_told);
        if (cases[i].under_title)
            assert_int_equal(r.p.plan.block_count, 0);
    }
    fini(&r);
}

static void test_signature__that_is_not_given_leaves_no_trace(void **state)
{
    struct signed_report r;
    (void)state;
    init(&r);
    set(&r);
    assert_int_equal(r.p.plan.block_count, 0);
    assert_int_equal(r.p.plan.structure.element_count, 2);
    fini(&r);
}

int run_signature(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gbt9704_7_3_5_2__unsealed),
        cmocka_unit_test(test_gbt9704_7_3_5_1__sealed),
        cmocka_unit_test(test_organ__too_long_for_a_line_breaks_by_its_meaning),
        cmocka_unit_test(test_gbt9704_7_3_5_2__one_blank_line_above),
        cmocka_unit_test(test_gbt9704_7_3_5_1__room_for_the_upper_half_of_a_seal),
        cmocka_unit_test(test_gbt9704_7_3_5_3__signer),
        cmocka_unit_test(test_gbt9704_7_3_5_3__a_post_too_long_stands_above_the_name),
        cmocka_unit_test(test_gbt9704_7_3_5_3__several_lines_share_none),
        cmocka_unit_test(test_signer__between_organ_and_date),
        cmocka_unit_test(test_seal__without_organ_and_date_at_the_end_is_told),
        cmocka_unit_test(test_signature__that_is_not_given_leaves_no_trace),
    };
    return cmocka_run_group_tests_name("signature", tests, NULL, NULL);
}

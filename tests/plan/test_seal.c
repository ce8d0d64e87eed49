/* Seals: the size of their ink, and their place by GB/T 9704-2012 7.3.5.1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "plan/seal.h"

int run_seal(void);

enum {
    PITCH = 29 * BX_PT,
    EM = 16 * BX_PT,
    SIDE = 24, /* pixels of the pictures below */
};

static const struct bx_style style = {
    .type_area = {.x = 80 * BX_PT, .y = 100 * BX_PT, .w = 440 * BX_PT, .h = 22 * PITCH},
    .line_pitch = PITCH,
};

/* A red picture, blank but for columns and rows left .. right, top .. bottom. */
struct picture {
    struct bx_image image;
    struct bx_arena arena;
    struct bx_findings findings;
    unsigned char rgb[SIDE * SIDE * 3], alpha[SIDE * SIDE];
};

static void picture_init(struct picture *p, int left, int top, int right, int bottom)
{
    *p = (struct picture){.image = {.width = SIDE,
                                    .height = SIDE,
                                    .components = 3,
                                    .natural_w = 720 * BX_PT,
                                    .natural_h = 720 * BX_PT}};
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            int at = y * SIDE + x;
            bool is_ink = left <= x && x < right && top <= y && y < bottom;
            p->rgb[3 * at] = 200;
            p->alpha[at] = is_ink ? 255 : 0;
        }
    p->image.data = p->rgb;
    p->image.alpha = p->alpha;
}

static bool make(struct bx_seal *out, struct picture *p, bx_len diameter)
{
    struct bx_err err = {0};
    bool is_made =
        bx_seal_make(out, &p->image, diameter, &p->arena, "/signature", &p->findings, &err);
    if (!is_made)
        assert_int_equal(err.code, BX_E_READ);
    return is_made;
}

static void picture_fini(struct picture *p)
{
    bx_findings_fini(&p->findings);
    bx_arena_fini(&p->arena);
}

static int count_found(const struct picture *p, enum bx_level level)
{
    int count = 0;
    for (int i = 0; i < p->findings.count; i++) {
        assert_string_equal(p->findings.items[i].code, "SEAL");
        count += p->findings.items[i].level == level;
    }
    return count;
}

static void test_seal__its_ink_is_as_large_as_it_is_said_to_be(void **state)
{
    static const struct {
        int left, top, right, bottom;
        bx_len w, h;  /* of the ink, of a diameter of 120 pt */
        bx_len whole; /* of the picture: as the ink is to its diameter, to the nearest unit */
    } cases[] = {
        {0, 0, 24, 24, 120 * BX_PT, 120 * BX_PT, 120 * BX_PT},
        {6, 6, 18, 18, 120 * BX_PT, 120 * BX_PT, 240 * BX_PT},
        {9, 3, 21, 15, 120 * BX_PT, 120 * BX_PT, 240 * BX_PT},
        {2, 6, 22, 16, 120 * BX_PT, 60 * BX_PT, 144 * BX_PT}, /* an oval lying */
        {4, 0, 10, 24, 30 * BX_PT, 120 * BX_PT, 120 * BX_PT}, /* a name, upright */
        {0, 0, 17, 17, 120 * BX_PT, 120 * BX_PT, 173478},     /* 24/17 of it: 173477.65 */
        {0, 0, 13, 13, 120 * BX_PT, 120 * BX_PT, 226855},     /* 24/13: 226855.38 */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct picture p;
        struct bx_seal seal;
        picture_init(&p, cases[i].left, cases[i].top, cases[i].right, cases[i].bottom);
        assert_true(make(&seal, &p, 120 * BX_PT));
        assert_in_range(seal.ink.w + 2 - cases[i].w, 0, 4);
        assert_in_range(seal.ink.h + 2 - cases[i].h, 0, 4);
        assert_int_equal(seal.w, cases[i].whole);
        assert_int_equal(seal.h, cases[i].whole);
        assert_int_equal(count_found(&p, BX_LEVEL_WARNING), 0);
        /* The ink's centre comes to the place, wherever in the picture it is. */
        struct bx_rect rect = bx_seal_rect(&seal, (struct bx_point){300 * BX_PT, 500 * BX_PT});
        bx_len unit = seal.w / SIDE;
        bx_len x = rect.x + unit * (cases[i].left + cases[i].right) / 2;
        bx_len y = rect.y + unit * (cases[i].top + cases[i].bottom) / 2;
        assert_in_range(x - 300 * BX_PT + 40, 0, 80);
        assert_in_range(y - 500 * BX_PT + 40, 0, 80);
        picture_fini(&p);
    }
}

/* A picture eight times as large as its ink is one side or the other, or larger, has too wide a
 * margin; so has ink that is nothing wide on paper. */
static void test_seal__nothing_and_next_to_nothing_are_no_seals(void **state)
{
    static const struct {
        int side; /* of the ink, in pixels */
        bx_len natural_w, natural_h;
        bool is_seal;
    } cases[] = {
        {0, 700, 700, false},
        {2, 700 * BX_PT, 700 * BX_PT, false}, /* a twelfth of the picture */
        {3, 700 * BX_PT, 700 * BX_PT, false}, /* an eighth */
        {4, 700 * BX_PT, 700 * BX_PT, true},
        {6, 700 * BX_PT, 70 * BX_PT, true},
        {3, 700 * BX_PT, 70 * BX_PT, false}, /* across alone */
        {3, 70 * BX_PT, 700 * BX_PT, false},
        {4, 24, 24, true},
        {3, 4, 4, false},            /* less than a unit of ink */
        {8, 2880 * BX_PT, 1, false}, /* of no height: an eighth of a unit */
        {8, 1, 2880 * BX_PT, false},
    };
    struct picture p;
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct bx_seal seal = {.w = -1};
        picture_init(&p, 1, 1, 1 + cases[i].side, 1 + cases[i].side);
        p.image.natural_w = cases[i].natural_w;
        p.image.natural_h = cases[i].natural_h;
        assert_int_equal(make(&seal, &p, 120 * BX_PT), cases[i].is_seal);
        assert_int_equal(count_found(&p, BX_LEVEL_ERROR), !cases[i].is_seal);
        assert_int_equal(seal.w == -1, !cases[i].is_seal);
        picture_fini(&p);
    }
}

static void test_seal__that_is_not_red_is_told(void **state)
{
    struct bx_seal seal;
    struct picture p;
    (void)state;
    for (int colour = 0; colour < 3; colour++) { /* black, blue, gray */
        picture_init(&p, 0, 0, SIDE, SIDE);
        for (int i = 0; i < SIDE * SIDE; i++) {
            p.rgb[3 * i] = colour == 2 ? 120 : 0;
            p.rgb[3 * i + 1] = colour == 2 ? 120 : 0;
            p.rgb[3 * i + 2] = colour == 0 ? 0 : colour == 1 ? 200 : 120;
        }
        assert_true(make(&seal, &p, 120 * BX_PT));
        assert_int_equal(count_found(&p, BX_LEVEL_WARNING), 1);
        picture_fini(&p);
    }
    picture_init(&p, 0, 0, SIDE, SIDE); /* one component is gray too */
    p.image.components = 1;
    assert_true(make(&seal, &p, 120 * BX_PT));
    assert_int_equal(count_found(&p, BX_LEVEL_WARNING), 1);
    picture_fini(&p);
}

/* A text that ends at y 0, `blank` lines, then lines of organ and date. */
static struct bx_seal_spot spot_under(int blank, int lines)
{
    bx_len top = blank * PITCH + (PITCH - EM);
    return (struct bx_seal_spot){.above = 0,
                                 .top = top,
                                 .bottom = top + (lines - 1) * PITCH + EM,
                                 .middle = 400 * BX_PT};
}

static void test_gbt9704_7_3_5_1__the_seal_presses_organ_and_date(void **state)
{
    (void)state;
    for (int blank = 0; blank <= 5; blank++)
        for (int lines = 1; lines <= 4; lines++)
            for (bx_len d = 30 * BX_PT; d <= 220 * BX_PT; d += 7 * BX_PT) {
                struct bx_seal_spot spot = spot_under(blank, lines);
                struct bx_point centre = bx_seal_centre(&spot, &style.type_area, PITCH, d, d);
                assert_true(centre.y - d / 2 >= spot.above);         /* clear of the text */
                assert_true(centre.y - d / 2 <= spot.above + PITCH); /* within one line */
                bool is_room =
                    spot.above + d / 2 <= spot.top && spot.top <= spot.above + PITCH + d / 2;
                if (is_room && spot.bottom - spot.top <= d / 2) /* in its lower half */
                    assert_int_equal(centre.y, spot.top);
                if (is_room &&
                    centre.y > spot.top) /* too tall for that: still below its centre */
                    assert_true(centre.y <= (spot.top + spot.bottom) / 2);
            }
}

/* Where they are too tall for the lower half, the centre stands half way down organ and date. */
static void test_gbt9704_7_3_5_1__organ_and_date_are_never_below_the_seal(void **state)
{
    static const struct {
        int lines;
        bx_len diameter, under; /* of the centre, against the top of the organ */
    } cases[] = {
        {2, 2 * (PITCH + EM), 0},
        {2, 2 * (PITCH + EM) - 2, 1},
        {2, PITCH + EM, (PITCH + EM) / 2},
        {2, 30 * BX_PT, (PITCH + EM) / 2},
        {4, 60 * BX_PT, (3 * PITCH + EM) / 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct bx_seal_spot spot = spot_under(1, cases[i].lines);
        spot.above = spot.top - cases[i].diameter / 2; /* as much room as it needs */
        bx_len pitch = 4 * PITCH, d = cases[i].diameter;
        assert_int_equal(bx_seal_centre(&spot, &style.type_area, pitch, d, d).y,
                         spot.top + cases[i].under);
    }
}

static void test_gbt9704_7_3_5_1__centred_on_the_date_inside_the_type_area(void **state)
{
    struct bx_seal_spot spot = spot_under(2, 2);
    (void)state;
    assert_int_equal(bx_seal_centre(&spot, &style.type_area, PITCH, 119 * BX_PT, 119 * BX_PT).x,
                     400 * BX_PT);
    spot.middle = 500 * BX_PT;
    assert_int_equal(bx_seal_centre(&spot, &style.type_area, PITCH, 120 * BX_PT, 120 * BX_PT).x,
                     460 * BX_PT);
    spot.middle = 90 * BX_PT;
    assert_int_equal(bx_seal_centre(&spot, &style.type_area, PITCH, 120 * BX_PT, 120 * BX_PT).x,
                     140 * BX_PT);
}

int run_seal(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seal__its_ink_is_as_large_as_it_is_said_to_be),
        cmocka_unit_test(test_seal__nothing_and_next_to_nothing_are_no_seals),
        cmocka_unit_test(test_seal__that_is_not_red_is_told),
        cmocka_unit_test(test_gbt9704_7_3_5_1__the_seal_presses_organ_and_date),
        cmocka_unit_test(test_gbt9704_7_3_5_1__organ_and_date_are_never_below_the_seal),
        cmocka_unit_test(test_gbt9704_7_3_5_1__centred_on_the_date_inside_the_type_area),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

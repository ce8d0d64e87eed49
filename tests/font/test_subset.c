#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <hb-subset.h>

#include "base/utf8.h"
#include "font/facts.h"
#include "font/subset.h"
#include "fonts.h"

#define TAG_CFF HB_TAG('C', 'F', 'F', ' ')

int run_subset(void);

static const char text[] = "2019年度政府信息公开工作报告，按照《条例》要求编制。";

static int compare_ids(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* The glyphs of the text above, ascending without repeats. */
static int collect_glyphs(uint32_t *glyphs, const struct bx_font *font)
{
    int count = 0, kept = 0;
    for (int at = 0; at < (int)sizeof(text) - 1;)
        glyphs[count++] = find_glyph(font, bx_utf8_next(text, &at));
    qsort(glyphs, (size_t)count, sizeof(*glyphs), compare_ids);
    for (int i = 0; i < count; i++)
        if (i == 0 || glyphs[i] != glyphs[i - 1])
            glyphs[kept++] = glyphs[i];
    return kept;
}

static void build(struct bx_subset *out, const struct bx_font *font)
{
    uint32_t glyphs[64];
    struct bx_err err = {0};
    int count = collect_glyphs(glyphs, font);
    if (!bx_subset_build(out, font, glyphs, count, &err))
        fail_msg("%s", err.what);
}

/* The subset as a face again: a bare CFF table gets the tables HarfBuzz needs around it. */
static hb_face_t *open_program(const struct bx_subset *subset, const struct bx_font *font)
{
    hb_blob_t *program = hb_blob_create(subset->program.data, (unsigned)subset->program.len,
                                        HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face;
    if (subset->is_cff) {
        const unsigned n = (unsigned)subset->glyph_count;
        const char maxp[] = {0, 0, 0x50, 0, (char)(n >> 8), (char)n};
        hb_blob_t *head =
            hb_face_reference_table(bx_font_face(font), HB_TAG('h', 'e', 'a', 'd'));
        hb_blob_t *count =
            hb_blob_create(maxp, sizeof(maxp), HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
        hb_face_t *builder = hb_face_builder_create();
        hb_face_builder_add_table(builder, HB_TAG('h', 'e', 'a', 'd'), head);
        hb_face_builder_add_table(builder, HB_TAG('m', 'a', 'x', 'p'), count);
        hb_face_builder_add_table(builder, TAG_CFF, program);
        hb_blob_t *file = hb_face_reference_blob(builder);
        face = hb_face_create(file, 0);
        hb_blob_destroy(file);
        hb_face_destroy(builder);
        hb_blob_destroy(count);
        hb_blob_destroy(head);
    } else {
        face = hb_face_create(program, 0);
    }
    hb_blob_destroy(program);
    return face;
}

static void
move_to(hb_draw_funcs_t *f, void *path, hb_draw_state_t *s, float x, float y, void *user)
{
    (void)f, (void)s, (void)user;
    bx_buf_printf(path, "M%d,%d", (int)x, (int)y);
}

static void
line_to(hb_draw_funcs_t *f, void *path, hb_draw_state_t *s, float x, float y, void *user)
{
    (void)f, (void)s, (void)user;
    bx_buf_printf(path, "L%d,%d", (int)x, (int)y);
}

static void cubic_to(hb_draw_funcs_t *f,
                     void *path,
                     hb_draw_state_t *s,
                     float x1,
                     float y1,
                     float x2,
                     float y2,
                     float x,
                     float y,
                     void *user)
{
    (void)f, (void)s, (void)user;
    bx_buf_printf(path, "C%d,%d,%d,%d,%d,%d", (int)x1, (int)y1, (int)x2, (int)y2, (int)x,
                  (int)y);
}

static void draw(struct bx_buf *path, hb_font_t *font, uint32_t glyph)
{
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, cubic_to, NULL, NULL);
    bx_buf_clear(path);
    hb_font_get_glyph_shape(font, glyph, funcs, path);
    hb_draw_funcs_destroy(funcs);
}

/* Every glyph of the subset is drawn as the old one was, has its advance, and the list of old
 * numbers is ascending from 0. */
static void check_same_glyphs(const char *lock_id)
{
    struct bx_font *font = open_face(lock_id);
    struct bx_subset subset;
    build(&subset, font);
    hb_face_t *face = open_program(&subset, font);
    hb_font_t *small = hb_font_create(face);
    assert_int_equal(hb_face_get_glyph_count(face), subset.glyph_count);
    assert_int_equal(subset.old_ids[0], 0);
    assert_int_equal(subset.is_cff, font->is_cff);

    struct bx_buf then = {0}, now = {0};
    for (int i = 1; i < subset.glyph_count; i++) {
        assert_true(subset.old_ids[i] > subset.old_ids[i - 1]);
        draw(&then, bx_font_hb(font), subset.old_ids[i]);
        draw(&now, small, (uint32_t)i);
        assert_true(then.len > 0);
        assert_string_equal(then.data, now.data);
        assert_int_equal(subset.advances[i],
                         hb_font_get_glyph_h_advance(bx_font_hb(font), subset.old_ids[i]));
    }
    bx_buf_fini(&then);
    bx_buf_fini(&now);
    hb_font_destroy(small);
    hb_face_destroy(face);
    bx_subset_fini(&subset);
    close_face(font);
}

static void test_subset__draws_the_same_glyphs_from_cid_keyed_cff(void **state)
{
    (void)state;
    check_same_glyphs("fandol-fang");
    check_same_glyphs("noto-serif-sc");
}

static void test_subset__draws_the_same_glyphs_from_truetype(void **state)
{
    (void)state;
    check_same_glyphs("lxgw-wenkai");
}

static void test_subset__every_glyph_asked_for_is_in_it(void **state)
{
    (void)state;
    static const char *const ids[] = {"fandol-fang", "lxgw-wenkai", "babelstone-han"};
    for (int f = 0; f < 3; f++) {
        struct bx_font *font = open_face(ids[f]);
        uint32_t glyphs[64];
        int count = collect_glyphs(glyphs, font);
        struct bx_subset subset;
        build(&subset, font);
        for (int g = 0; g < count; g++) {
            int i = 0;
            while (i < subset.glyph_count && subset.old_ids[i] != glyphs[g])
                i++;
            assert_true(i < subset.glyph_count);
        }
        bx_subset_fini(&subset);
        close_face(font);
    }
}

static unsigned read_number(const struct bx_buf *bytes, size_t at, int size)
{
    assert_true(at + (size_t)size <= bytes->len);
    unsigned value = 0;
    for (int i = 0; i < size; i++)
        value = value << 8 | (unsigned char)bytes->data[at + (size_t)i];
    return value;
}

/* Where an INDEX of a CFF table ends. */
static size_t end_of_index(const struct bx_buf *cff, size_t at)
{
    unsigned count = read_number(cff, at, 2);
    if (count == 0)
        return at + 2;
    int size = (int)read_number(cff, at + 2, 1);
    size_t offsets = at + 3;
    return offsets + (count + 1) * (unsigned)size - 1 +
           read_number(cff, offsets + count * (unsigned)size, size);
}

/* The charset's offset, read from the Top DICT as five bytes before the operator 15. */
static size_t find_charset(const struct bx_buf *cff)
{
    size_t top = end_of_index(cff, read_number(cff, 2, 1));
    size_t end = end_of_index(cff, top);
    for (size_t at = top + 5; at < end - 5; at++)
        if (cff->data[at] == 29 && cff->data[at + 5] == 15)
            return read_number(cff, at + 1, 4);
    fail_msg("no charset in the Top DICT");
    return 0;
}

static void test_subset__cid_is_glyph_number(void **state)
{
    (void)state;
    static const char *const ids[] = {"fandol-fang", "fandol-kai", "noto-serif-sc-bold"};
    for (int f = 0; f < 3; f++) {
        struct bx_font *font = open_face(ids[f]);
        struct bx_subset subset;
        build(&subset, font);
        size_t charset = find_charset(&subset.program);
        assert_int_equal(read_number(&subset.program, charset, 1), 2);
        assert_int_equal(read_number(&subset.program, charset + 1, 2), 1);
        assert_int_equal(read_number(&subset.program, charset + 3, 2), subset.glyph_count - 2);

        size_t strings = end_of_index(
            &subset.program, end_of_index(&subset.program, read_number(&subset.program, 2, 1)));
        const char *found = NULL;
        for (size_t at = strings; at + 13 <= end_of_index(&subset.program, strings); at++)
            if (memcmp(subset.program.data + at, "AdobeIdentity", 13) == 0)
                found = subset.program.data + at;
        assert_non_null(found);
        bx_subset_fini(&subset);
        close_face(font);
    }
}

static void test_subset__same_bytes_twice(void **state)
{
    (void)state;
    static const char *const ids[] = {"fandol-hei", "lxgw-wenkai"};
    for (int f = 0; f < 2; f++) {
        struct bx_subset subsets[2];
        for (int i = 0; i < 2; i++) {
            struct bx_font *font = open_face(ids[f]);
            build(&subsets[i], font);
            close_face(font);
        }
        assert_int_equal(subsets[0].program.len, subsets[1].program.len);
        assert_memory_equal(subsets[0].program.data, subsets[1].program.data,
                            subsets[0].program.len);
        bx_subset_fini(&subsets[0]);
        bx_subset_fini(&subsets[1]);
    }
}

/* OpenType 1.9, "Calculating checksums": words of four bytes, the last filled with zeroes. */
static unsigned sum_words(const struct bx_buf *file, size_t at, size_t len)
{
    unsigned sum = 0;
    for (size_t i = 0; i < len; i += 4)
        for (size_t k = 0; k < 4; k++)
            if (i + k < len)
                sum += (unsigned)(unsigned char)file->data[at + i + k] << (24 - 8 * k);
    return sum;
}

static void test_subset__truetype_checksums_and_tables(void **state)
{
    (void)state;
    struct bx_font *font = open_face("lxgw-wenkai");
    struct bx_subset subset;
    build(&subset, font);
    const struct bx_buf *file = &subset.program;
    static const char kept[] = "glyf head hhea hmtx loca maxp ";
    unsigned tables = read_number(file, 4, 2);
    assert_int_equal(tables, 6);
    for (unsigned i = 0; i < tables; i++) {
        size_t entry = 12 + 16 * i, at = read_number(file, entry + 8, 4);
        size_t len = read_number(file, entry + 12, 4);
        assert_memory_equal(file->data + entry, kept + (size_t)5 * i, 4);
        assert_true(at + len <= file->len);
        unsigned sum = sum_words(file, at, len);
        if (memcmp(file->data + entry, "head", 4) == 0)
            sum -= read_number(file, at + 8, 4); /* checkSumAdjustment counts as 0 */
        assert_int_equal(sum, read_number(file, entry + 4, 4));
    }
    assert_int_equal(sum_words(file, 0, file->len), 0xB1B0AFBAu);
    bx_subset_fini(&subset);
    close_face(font);
}

static void check_refused(unsigned char high, unsigned char low)
{
    struct bx_font *font = open_face("fandol-fang");
    char os2[78] = {0};
    os2[8] = (char)high;
    os2[9] = (char)low;
    hb_blob_t *blob = hb_blob_create(os2, sizeof(os2), HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    hb_face_t *builder = hb_face_builder_create();
    hb_face_builder_add_table(builder, HB_TAG('O', 'S', '/', '2'), blob);
    hb_font_t *hb = hb_font_create(builder);
    struct bx_facts facts;
    bx_facts_read(&facts, hb, 1);
    font->facts = &facts;

    struct bx_subset subset;
    struct bx_err err = {0};
    const uint32_t glyph = 1;
    assert_false(bx_subset_build(&subset, font, &glyph, 1, &err));
    assert_int_equal(err.code, BX_E_FONT);
    assert_non_null(strstr(err.what, "forbids"));
    hb_font_destroy(hb);
    hb_face_destroy(builder);
    hb_blob_destroy(blob);
    close_face(font);
}

static void test_subset__a_face_that_forbids_it_is_refused(void **state)
{
    (void)state;
    check_refused(0, 0x02);
    check_refused(0x01, 0x00);
    check_refused(0x02, 0x00);
}

static void test_subset__a_glyph_the_face_does_not_have_fails(void **state)
{
    (void)state;
    struct bx_font *font = open_face("fandol-fang");
    struct bx_subset subset;
    struct bx_err err = {0};
    const uint32_t glyph = 60000;
    assert_false(bx_subset_build(&subset, font, &glyph, 1, &err));
    assert_int_equal(err.code, BX_E_FONT);
    close_face(font);
}

/* Every glyph of a face, 4,000 at a time: with all of its lines and curves there are operators that
 * hold as many operands as they may, and every other choice of the encoder. */
static void check_all_glyphs(const char *lock_id, uint32_t step)
{
    struct bx_font *font = open_face(lock_id);
    const uint32_t count = hb_face_get_glyph_count(bx_font_face(font));
    uint32_t *glyphs = calloc(count, sizeof(*glyphs));
    assert_non_null(glyphs);
    struct bx_buf then = {0}, now = {0};
    for (uint32_t first = 1; first < count; first += 4000 * step) {
        int n = 0;
        for (uint32_t g = first; g < count && n < 4000; g += step)
            glyphs[n++] = g;
        struct bx_subset subset;
        struct bx_err err = {0};
        assert_true(bx_subset_build(&subset, font, glyphs, n, &err));
        hb_face_t *face = open_program(&subset, font);
        hb_font_t *small = hb_font_create(face);
        for (int i = 0; i < subset.glyph_count; i++) {
            draw(&then, bx_font_hb(font), subset.old_ids[i]);
            draw(&now, small, (uint32_t)i);
            assert_int_equal(then.len, now.len);
            if (then.len > 0)
                assert_string_equal(then.data, now.data);
        }
        hb_font_destroy(small);
        hb_face_destroy(face);
        bx_subset_fini(&subset);
    }
    bx_buf_fini(&then);
    bx_buf_fini(&now);
    free(glyphs);
    close_face(font);
}

static void test_subset__draws_all_glyphs_of_the_faces_the_same(void **state)
{
    (void)state;
    check_all_glyphs("fandol-fang", 1);
    check_all_glyphs("fandol-hei-bold", 3);
    check_all_glyphs("noto-serif-sc", 17);
    check_all_glyphs("noto-sans-sc-bold", 17);
}

/* Beside hb-subset, which copies operators as the face has them: never more bytes. */
static void test_subset__is_not_larger_than_that_of_harfbuzz(void **state)
{
    (void)state;
    static const char *const ids[] = {"fandol-fang", "fandol-kai", "noto-serif-sc"};
    for (int f = 0; f < 3; f++) {
        struct bx_font *font = open_face(ids[f]);
        uint32_t glyphs[64];
        int count = collect_glyphs(glyphs, font);
        struct bx_subset subset;
        build(&subset, font);

        hb_subset_input_t *input = hb_subset_input_create_or_fail();
        assert_non_null(input);
        hb_subset_input_set_flags(input,
                                  HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
        for (int i = 0; i < count; i++)
            hb_set_add(hb_subset_input_glyph_set(input), glyphs[i]);
        hb_face_t *theirs = hb_subset_or_fail(bx_font_face(font), input);
        assert_non_null(theirs);
        hb_blob_t *table = hb_face_reference_table(theirs, TAG_CFF);
        assert_true(subset.program.len < hb_blob_get_length(table));
        hb_blob_destroy(table);
        hb_face_destroy(theirs);
        hb_subset_input_destroy(input);
        bx_subset_fini(&subset);
        close_face(font);
    }
}

int run_subset(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_subset__draws_the_same_glyphs_from_cid_keyed_cff),
        cmocka_unit_test(test_subset__draws_the_same_glyphs_from_truetype),
        cmocka_unit_test(test_subset__draws_all_glyphs_of_the_faces_the_same),
        cmocka_unit_test(test_subset__is_not_larger_than_that_of_harfbuzz),
        cmocka_unit_test(test_subset__every_glyph_asked_for_is_in_it),
        cmocka_unit_test(test_subset__cid_is_glyph_number),
        cmocka_unit_test(test_subset__same_bytes_twice),
        cmocka_unit_test(test_subset__truetype_checksums_and_tables),
        cmocka_unit_test(test_subset__a_face_that_forbids_it_is_refused),
        cmocka_unit_test(test_subset__a_glyph_the_face_does_not_have_fails),
    };
    return cmocka_run_group_tests_name("subset", tests, NULL, NULL);
}

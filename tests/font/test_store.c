#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "font/charstring.h"
#include "font/face.h"
#include "font/shape.h"
#include "font/store.h"
#include "font/store_file.h"
#include "font/subset.h"
#include "fonts.h"

int run_store(void);

/* A face as HarfBuzz has it, and the same with its store. */
struct pair {
    struct bx_font *plain, *prepared;
    struct bx_store_key key;
};

static const char *folder(void)
{
    static char path[64];
    snprintf(path, sizeof(path), "store-%ld", (long)getpid());
    return path;
}

static void make_key(struct bx_store_key *key, const struct bx_font *font)
{
    assert_true(bx_store_key_of(key, font->path, font->index, font->postscript));
}

static void open_pair(struct pair *out, const char *lock_id)
{
    struct bx_err err = {0};
    out->plain = open_face(lock_id);
    out->prepared = open_face(lock_id);
    make_key(&out->key, out->plain);
    if (bx_store_open(&out->prepared->store, folder(), &out->key) == BX_STORE_GOOD)
        return;
    if (!bx_store_make(folder(), out->plain->path, &out->key, &err))
        fail_msg("%s: %s", err.file, err.what);
    assert_int_equal(bx_store_open(&out->prepared->store, folder(), &out->key), BX_STORE_GOOD);
}

static void close_pair(struct pair *pair)
{
    assert_false(bx_store_is_damaged(pair->prepared->store));
    close_face(pair->prepared);
    close_face(pair->plain);
}

static int remove_store(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder());
    return system(command);
}

static const char *const IDS[] = {"fandol-fang", "noto-serif-sc", "lxgw-wenkai"};
#define ID_COUNT 3

static void test_store__facts_are_those_of_the_face(void **state)
{
    (void)state;
    for (int f = 0; f < ID_COUNT; f++) {
        struct pair pair;
        open_pair(&pair, IDS[f]);
        assert_memory_equal(bx_store_facts(pair.prepared->store), pair.plain->facts,
                            sizeof(struct bx_facts));
        assert_true(bx_store_check(pair.prepared->store));
        close_pair(&pair);
    }
}

static void test_store__every_glyph_is_as_harfbuzz_has_it(void **state)
{
    (void)state;
    for (int f = 0; f < ID_COUNT; f++) {
        struct pair pair;
        open_pair(&pair, IDS[f]);
        struct bx_tracer *tracer = bx_tracer_new(pair.plain);
        struct bx_buf traced = {0}, kept = {0};
        for (uint32_t g = 0; g < (uint32_t)pair.plain->glyph_count; g++) {
            struct bx_ink then = {0}, now = {0};
            bool has_ink = bx_font_ink(pair.plain, g, &then);
            assert_int_equal(bx_font_ink(pair.prepared, g, &now), has_ink);
            if (has_ink)
                assert_memory_equal(&then, &now, sizeof(then));
            assert_int_equal(bx_font_advance(pair.plain, g), bx_font_advance(pair.prepared, g));
            if (g % 7 != 0)
                continue;
            size_t lens[2];
            uint32_t twice[2] = {g, g}; /* the second may be kept of the first */
            bx_buf_clear(&traced);
            bx_buf_clear(&kept);
            bool is_known = bx_store_charstrings(&kept, lens, pair.prepared->store, twice, 2);
            assert_int_equal(is_known, pair.plain->is_cff);
            if (is_known) {
                assert_true(bx_charstring_trace(&traced, tracer, g));
                assert_int_equal(lens[0], traced.len);
                assert_int_equal(lens[1], traced.len);
                assert_int_equal(kept.len, 2 * traced.len);
                assert_memory_equal(kept.data, traced.data, traced.len);
                assert_memory_equal(kept.data + traced.len, traced.data, traced.len);
            }
        }
        bx_buf_fini(&traced);
        bx_buf_fini(&kept);
        bx_tracer_free(tracer);
        close_pair(&pair);
    }
}

static void test_store__every_character_is_covered_as_in_the_face(void **state)
{
    (void)state;
    for (int f = 0; f < ID_COUNT; f++) {
        struct pair pair;
        open_pair(&pair, IDS[f]);
        for (uint32_t c = 1; c < 0x110000; c += c < 0x3400 || c >= 0x20000 ? 1 : 3)
            assert_int_equal(bx_font_covers(pair.plain, c), bx_font_covers(pair.prepared, c));
        close_pair(&pair);
    }
}

/* --- shaping --- */

static const unsigned FLAGS[] = {0,
                                 BX_SHAPE_HALF_DIGITS,
                                 BX_SHAPE_LATIN,
                                 BX_SHAPE_LATIN | BX_SHAPE_HALF_DIGITS,
                                 BX_SHAPE_VERTICAL,
                                 BX_SHAPE_VERTICAL | BX_SHAPE_HALF_DIGITS};

static void check_text(const struct pair *pair, const struct bx_buf *text, unsigned flags)
{
    struct bx_arena arena = {0};
    struct bx_shaped *then, *now;
    int len = (int)text->len;
    int count = bx_shape(&then, &arena, pair->plain, text->data, len, 0, len, flags);
    assert_int_equal(bx_shape(&now, &arena, pair->prepared, text->data, len, 0, len, flags),
                     count);
    for (int i = 0; i < count; i++)
        if (memcmp(&then[i], &now[i], sizeof(then[i])) != 0)
            fail_msg("%s, %u: glyph %d of '%s'", pair->plain->postscript, flags, i, text->data);
    bx_arena_fini(&arena);
}

/* The characters that the store says need no shaping. */
static int collect_known(uint32_t *out, const struct pair *pair, enum bx_store_mode mode)
{
    int count = 0;
    struct bx_store_character known;
    for (uint32_t c = 1; c < BX_STORE_CODE_POINTS; c++)
        if (bx_store_character(&known, pair->prepared->store, c) && known.glyph[mode] > 0)
            out[count++] = c;
    return count;
}

static uint32_t next_random(uint32_t *random)
{
    *random = *random * 1664525 + 1013904223;
    return *random >> 8;
}

/* Every such character, in texts of 50 in the order of code points and in random order: each beside
 * others of all kinds. The test that none but those without lookups are among them is that HarfBuzz
 * gives the same for the whole text. */
static void test_store__what_needs_no_shaping_is_shaped_the_same(void **state)
{
    (void)state;
    static uint32_t known[BX_STORE_CODE_POINTS];
    uint32_t random = 1;
    for (int f = 0; f < ID_COUNT; f++) {
        struct pair pair;
        open_pair(&pair, IDS[f]);
        struct bx_buf text = {0};
        for (size_t i = 0; i < sizeof(FLAGS) / sizeof(FLAGS[0]); i++) {
            enum bx_store_mode mode = FLAGS[i] & BX_SHAPE_VERTICAL ? BX_STORE_UPRIGHT
                                      : FLAGS[i] & BX_SHAPE_LATIN  ? BX_STORE_LATIN
                                                                   : BX_STORE_HAN;
            int count = collect_known(known, &pair, mode);
            assert_true(count > 5000);
            for (int pass = 0; pass < 2; pass++)
                for (int at = 0; at < count; at += 50) {
                    bx_buf_clear(&text);
                    for (int k = at; k < at + 50 && k < count; k++) {
                        int n = pass == 0 ? k : (int)(next_random(&random) % (uint32_t)count);
                        bx_buf_add_utf8(&text, known[n]);
                        if (next_random(&random) % 4 == 0)
                            bx_buf_add_byte(&text, (char)('0' + next_random(&random) % 10));
                    }
                    check_text(&pair, &text, FLAGS[i]);
                }
        }
        bx_buf_fini(&text);
        close_pair(&pair);
    }
}

/* Texts in which something must be shaped: dashes that join, marks, selectors, kerned letters,
 * characters the face lacks. */
static void test_store__what_must_be_shaped_is_shaped(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "公开——依",   "……“公”",      "葛\U000E0100城",   "AVAV fi ffi",          "é e\u0301 ᄀ",
        "①⑴㈠",       "が か\u3099", "\u200B公\u2011开", "\U00020000\U00031350", "Ⅻ％№℃",
        "1/2 ㎡ 10²",
    };
    for (int f = 0; f < ID_COUNT; f++) {
        struct pair pair;
        open_pair(&pair, IDS[f]);
        for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++)
            for (size_t i = 0; i < sizeof(FLAGS) / sizeof(FLAGS[0]); i++) {
                struct bx_buf text = {0};
                bx_buf_add_text(&text, texts[t]);
                check_text(&pair, &text, FLAGS[i]);
                bx_buf_fini(&text);
            }
        close_pair(&pair);
    }
}

static void test_store__more_runs_of_digits_than_features(void **state)
{
    (void)state;
    struct pair pair;
    open_pair(&pair, "noto-serif-sc");
    struct bx_buf text = {0};
    for (int i = 0; i < 80; i++) {
        bx_buf_add_text(&text, "1件");
        check_text(&pair, &text, BX_SHAPE_HALF_DIGITS);
    }
    bx_buf_fini(&text);
    close_pair(&pair);
}

/* A dash that joins its neighbour must not be looked up, or the tests above say nothing. */
static void test_store__a_dash_that_joins_is_not_said_to_be_plain(void **state)
{
    (void)state;
    struct pair pair;
    struct bx_store_character known;
    open_pair(&pair, "noto-serif-sc");
    assert_true(bx_store_character(&known, pair.prepared->store, 0x2014));
    assert_true(known.nominal > 0);
    assert_int_equal(known.glyph[BX_STORE_HAN], 0);
    assert_true(bx_store_character(&known, pair.prepared->store, 0x516C));
    assert_true(known.glyph[BX_STORE_HAN] > 0);
    close_pair(&pair);
}

static void test_store__a_subset_has_the_same_bytes(void **state)
{
    (void)state;
    for (int f = 0; f < ID_COUNT; f++) {
        struct pair pair;
        open_pair(&pair, IDS[f]);
        uint32_t glyphs[200];
        for (uint32_t i = 0; i < 200; i++)
            glyphs[i] = 1 + i * 29;
        struct bx_subset then, now;
        struct bx_err err = {0};
        assert_true(bx_subset_build(&then, pair.plain, glyphs, 200, &err));
        assert_true(bx_subset_build(&now, pair.prepared, glyphs, 200, &err));
        assert_int_equal(then.program.len, now.program.len);
        assert_memory_equal(then.program.data, now.program.data, then.program.len);
        bx_subset_fini(&then);
        bx_subset_fini(&now);
        close_pair(&pair);
    }
}

/* --- damage --- */

/* The bytes of a store, changed, as a file in a folder of its own. */
static enum bx_store_state open_changed(struct bx_store **out,
                                        const struct bx_store_key *key,
                                        const void *bytes,
                                        size_t len)
{
    struct bx_arena arena = {0};
    struct bx_err err = {0};
    const char *place = bx_arena_printf(&arena, "%s/changed", folder());
    assert_true(bx_file_make_folder(place, &err));
    FILE *file = fopen(bx_store_file(&arena, place, key), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    enum bx_store_state state = bx_store_open(out, place, key);
    bx_arena_fini(&arena);
    return state;
}

static void read_store(struct bx_buf *out, const struct bx_store_key *key)
{
    struct bx_arena arena = {0};
    struct bx_err err = {0};
    assert_true(bx_file_read(out, bx_store_file(&arena, folder(), key), 1u << 30, &err));
    bx_arena_fini(&arena);
}

/* The long form with 10,000 changes, each on a whole report: tests/long/stores. */
static void test_store__any_changed_byte_is_found(void **state)
{
    (void)state;
    struct pair pair;
    struct bx_buf bytes = {0};
    uint32_t random = 7;
    open_pair(&pair, "fandol-fang");
    read_store(&bytes, &pair.key);
    size_t head = sizeof(struct bx_store_header) + BX_STORE_DIRECTORY * sizeof(uint16_t);
    for (int i = 0; i < 150; i++) {
        size_t span = i < 50 ? sizeof(struct bx_store_header) : i < 80 ? head : bytes.len;
        size_t at = (next_random(&random) * 256u + next_random(&random)) % span;
        char change = (char)(1 + next_random(&random) % 255);
        bytes.data[at] ^= change;
        struct bx_store *store = NULL;
        if (open_changed(&store, &pair.key, bytes.data, bytes.len) == BX_STORE_GOOD) {
            assert_true(at >= head);
            if (bx_store_check(store))
                fail_msg("byte %zu was changed by %d unnoticed", at, change);
        }
        bx_store_close(store);
        bytes.data[at] ^= change;
    }
    bx_buf_fini(&bytes);
    close_pair(&pair);
}

static void test_store__a_cut_file_is_refused(void **state)
{
    (void)state;
    struct pair pair;
    struct bx_buf bytes = {0};
    struct bx_store *store = NULL;
    open_pair(&pair, "fandol-fang");
    read_store(&bytes, &pair.key);
    const size_t cuts[] = {1, 8, 16, sizeof(struct bx_store_header), 9000, bytes.len - 1};
    for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++)
        assert_int_equal(open_changed(&store, &pair.key, bytes.data, cuts[i]),
                         BX_STORE_DAMAGED);
    bx_buf_add_byte(&bytes, 0);
    assert_int_equal(open_changed(&store, &pair.key, bytes.data, bytes.len), BX_STORE_DAMAGED);
    assert_null(store);
    bx_buf_fini(&bytes);
    close_pair(&pair);
}

/* A header that is right by its sum but does not fit the file it is in. */
static void test_store__a_header_that_adds_up_wrongly_is_refused(void **state)
{
    (void)state;
    struct pair pair;
    struct bx_buf bytes = {0};
    struct bx_store *store = NULL;
    open_pair(&pair, "fandol-fang");
    read_store(&bytes, &pair.key);
    struct bx_store_header *header = (struct bx_store_header *)(void *)bytes.data,
                           kept = *header;
    for (int i = 0; i < 5; i++) {
        *header = kept;
        if (i == 0)
            header->facts.glyph_count = 65537;
        else if (i == 1)
            header->facts.glyph_count = -1;
        else if (i == 2)
            header->block_count = 0xFFFFFFFF;
        else if (i == 3)
            header->facts.upem = 0;
        else
            header->len++;
        header->sum = bx_store_sum(header, offsetof(struct bx_store_header, sum), 0);
        assert_int_equal(open_changed(&store, &pair.key, bytes.data, bytes.len),
                         BX_STORE_DAMAGED);
    }
    assert_null(store);
    bx_buf_fini(&bytes);
    close_pair(&pair);
}

static void test_store__of_another_file_or_time_or_version_is_stale(void **state)
{
    (void)state;
    struct pair pair;
    struct bx_buf bytes = {0};
    struct bx_store *store = NULL;
    open_pair(&pair, "fandol-fang");
    read_store(&bytes, &pair.key);
    struct bx_store_key other = pair.key;
    other.time++;
    assert_int_equal(open_changed(&store, &other, bytes.data, bytes.len), BX_STORE_STALE);
    other = pair.key;
    other.size++;
    assert_int_equal(open_changed(&store, &other, bytes.data, bytes.len), BX_STORE_STALE);
    other = pair.key;
    other.index = 1;
    assert_int_equal(open_changed(&store, &other, bytes.data, bytes.len), BX_STORE_STALE);

    struct bx_store_header *header = (struct bx_store_header *)(void *)bytes.data;
    header->harfbuzz[0] = '9';
    header->sum = bx_store_sum(header, offsetof(struct bx_store_header, sum), 0);
    assert_int_equal(open_changed(&store, &pair.key, bytes.data, bytes.len), BX_STORE_STALE);
    header->version++;
    assert_int_equal(open_changed(&store, &pair.key, bytes.data, bytes.len), BX_STORE_STALE);
    assert_int_equal(bx_store_open(&store, "no-such-folder", &pair.key), BX_STORE_MISSING);
    assert_null(store);
    bx_buf_fini(&bytes);
    close_pair(&pair);
}

/* Times as a file has them, and as the layer of an image gives them back. */
static void test_store__fractions_of_a_second_do_not_make_it_stale(void **state)
{
    (void)state;
    char path[80];
    snprintf(path, sizeof(path), "%s-face", folder());
    assert_true(fclose(fopen(path, "w")) == 0);
    const struct timespec times[3][2] = {{{1700000000, 999999999}, {1700000000, 999999999}},
                                         {{1700000000, 0}, {1700000000, 0}},
                                         {{1700000001, 0}, {1700000001, 0}}};
    struct bx_store_key keys[3];
    for (int i = 0; i < 3; i++) {
        assert_int_equal(utimensat(AT_FDCWD, path, times[i], 0), 0);
        assert_true(bx_store_key_of(&keys[i], path, 0, "Face"));
    }
    assert_int_equal(keys[0].time, keys[1].time);
    assert_int_not_equal(keys[1].time, keys[2].time);
    assert_int_equal(remove(path), 0);
}

int run_store(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store__facts_are_those_of_the_face),
        cmocka_unit_test(test_store__every_glyph_is_as_harfbuzz_has_it),
        cmocka_unit_test(test_store__every_character_is_covered_as_in_the_face),
        cmocka_unit_test(test_store__what_needs_no_shaping_is_shaped_the_same),
        cmocka_unit_test(test_store__what_must_be_shaped_is_shaped),
        cmocka_unit_test(test_store__more_runs_of_digits_than_features),
        cmocka_unit_test(test_store__a_dash_that_joins_is_not_said_to_be_plain),
        cmocka_unit_test(test_store__a_subset_has_the_same_bytes),
        cmocka_unit_test(test_store__any_changed_byte_is_found),
        cmocka_unit_test(test_store__a_cut_file_is_refused),
        cmocka_unit_test(test_store__a_header_that_adds_up_wrongly_is_refused),
        cmocka_unit_test(test_store__of_another_file_or_time_or_version_is_stale),
        cmocka_unit_test(test_store__fractions_of_a_second_do_not_make_it_stale),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, remove_store);
}

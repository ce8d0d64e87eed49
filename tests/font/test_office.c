/* An office's own faces. The face of these tests is made here: glyphs of LXGW WenKai under a name
 * an office's system would give it, with the Chinese family name only a reader of all languages
 * finds. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <hb-subset.h>

#include "base/buf.h"
#include "base/file.h"
#include "font/fontset.h"
#include "fonts.h"

int run_office(void);

/* A folder for one test, emptied by name: the files a test makes are few. */
static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/banxin-test-XXXXXX");
    return mkdtemp(folder) ? setenv("XDG_CACHE_HOME", folder, 1) : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    return system(command);
}

static const char *inside(char path[128], const char *name)
{
    snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

static void add_number(struct bx_buf *buf, unsigned value)
{
    bx_buf_add_byte(buf, (char)(value >> 8));
    bx_buf_add_byte(buf, (char)value);
}

/* One record of a name table: Windows, UTF-16. */
static void add_name(struct bx_buf *records,
                     struct bx_buf *texts,
                     unsigned language,
                     unsigned id,
                     const uint16_t *text)
{
    size_t start = texts->len;
    for (; *text; text++)
        add_number(texts, *text);
    const unsigned record[] = {
        3, 1, language, id, (unsigned)(texts->len - start), (unsigned)start};
    for (int i = 0; i < 6; i++)
        add_number(records, record[i]);
}

/* "Office Fang" in English, 仿宋_GB2312 in Chinese; OpenType 1.9, name. */
static hb_blob_t *make_names(void)
{
    static const uint16_t english[] = {'O', 'f', 'f', 'i', 'c', 'e',
                                       ' ', 'F', 'a', 'n', 'g', 0};
    static const uint16_t chinese[] = {0x4EFF, 0x5B8B, '_', 'G', 'B', '2', '3', '1', '2', 0};
    static const uint16_t postscript[] = {'O', 'f', 'f', 'i', 'c', 'e', 'F', 'a', 'n', 'g', 0};
    static const uint16_t regular[] = {'R', 'e', 'g', 'u', 'l', 'a', 'r', 0};
    static const uint16_t version[] = {'V', 'e', 'r', 's', 'i', 'o', 'n', ' ', '5', 0};
    struct bx_buf table = {0}, records = {0}, texts = {0};
    add_name(&records, &texts, 0x409, 1, english);
    add_name(&records, &texts, 0x409, 2, regular);
    add_name(&records, &texts, 0x409, 4, english);
    add_name(&records, &texts, 0x409, 5, version);
    add_name(&records, &texts, 0x409, 6, postscript);
    add_name(&records, &texts, 0x804, 1, chinese);
    add_number(&table, 0);
    add_number(&table, 6);
    add_number(&table, 6 + 6 * 12);
    bx_buf_add(&table, records.data, records.len);
    bx_buf_add(&table, texts.data, texts.len);
    hb_blob_t *blob =
        hb_blob_create(table.data, (unsigned)table.len, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    bx_buf_fini(&table);
    bx_buf_fini(&records);
    bx_buf_fini(&texts);
    return blob;
}

/* Writes the face with 公, 开 and A to a file of the folder. */
static void write_office_face(const char *name)
{
    struct bx_font *font = open_face("lxgw-wenkai");
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    assert_non_null(input);
    hb_set_add(hb_subset_input_unicode_set(input), 0x516C);
    hb_set_add(hb_subset_input_unicode_set(input), 0x5F00);
    hb_set_add(hb_subset_input_unicode_set(input), 'A');
    hb_face_t *subset = hb_subset_or_fail(bx_font_face(font), input);
    assert_non_null(subset);

    hb_face_t *builder = hb_face_builder_create();
    static const char *const tables[] = {"cmap", "glyf", "head", "hhea", "hmtx",
                                         "loca", "maxp", "post", "OS/2"};
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        hb_tag_t tag = hb_tag_from_string(tables[i], 4);
        hb_blob_t *table = hb_face_reference_table(subset, tag);
        hb_face_builder_add_table(builder, tag, table);
        hb_blob_destroy(table);
    }
    hb_blob_t *names = make_names();
    hb_face_builder_add_table(builder, HB_TAG('n', 'a', 'm', 'e'), names);
    hb_blob_t *file = hb_face_reference_blob(builder);
    unsigned len;
    const char *bytes = hb_blob_get_data(file, &len);
    char path[128];
    struct bx_err err = {0};
    assert_true(bx_file_write(inside(path, name), bytes, len, &err));
    hb_blob_destroy(file);
    hb_blob_destroy(names);
    hb_face_destroy(builder);
    hb_face_destroy(subset);
    hb_subset_input_destroy(input);
    close_face(font);
}

static void write_text(const char *name, const char *text)
{
    char path[128];
    struct bx_err err = {0};
    assert_true(bx_file_write(inside(path, name), text, strlen(text), &err));
}

static void test_office__its_face_wins_by_its_chinese_name(void **state)
{
    (void)state;
    struct bx_fontset *set;
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    char path[128];
    write_office_face("whatever.ttf");
    assert_true(bx_fontset_new(&set, &(struct bx_fontset_options){FONTS_DIR, folder, {NULL}},
                               &findings, &err));
    const struct bx_font *font = bx_fontset_first(set, bx_fontset_find_role(set, "fangsong"));
    assert_string_equal(font->path, inside(path, "whatever.ttf"));
    assert_string_equal(font->postscript, "OfficeFang");
    assert_string_equal(font->version, "Version 5");
    assert_string_equal(font->sha256, "");
    assert_false(font->is_pinned);
    assert_true(font->has_han);
    assert_in_range(font->centre, 300, 420); /* measured from two characters */

    /* Every role but this one is set in a free face, and a note says so. */
    assert_int_equal(findings.count, 4);
    for (int i = 0; i < findings.count; i++) {
        assert_string_equal(findings.items[i].code, "FONT");
        assert_null(strstr(findings.items[i].en, "fangsong"));
    }
    bx_fontset_free(set);
    bx_findings_fini(&findings);
}

static void test_office__what_its_face_lacks_comes_from_the_free_one(void **state)
{
    (void)state;
    write_office_face("whatever.ttf");
    struct bx_fontset *set = open_fonts(folder);
    int role = bx_fontset_find_role(set, "fangsong");
    bool is_fallback;
    const uint32_t has = 0x516C, lacks = 0x56FD;
    assert_string_equal(bx_fontset_pick(set, role, &has, 1, &is_fallback)->postscript,
                        "OfficeFang");
    assert_false(is_fallback);
    assert_string_equal(bx_fontset_pick(set, role, &lacks, 1, &is_fallback)->postscript,
                        "FandolFang-Regular");
    assert_true(is_fallback);
    bx_fontset_free(set);
}

/* FcFontMatch() would answer with some face; an equal name is asked for. */
static void test_office__a_face_of_another_name_is_not_used(void **state)
{
    (void)state;
    char link[128];
    assert_int_equal(symlink("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
                             inside(link, "a.ttf")),
                     0);
    struct bx_fontset *set = open_fonts(folder);
    assert_string_equal(bx_fontset_first(set, bx_fontset_find_role(set, "kaiti"))->postscript,
                        "FandolKai-Regular");
    bx_fontset_free(set);
}

static void test_office__a_folder_that_is_not_there_fails(void **state)
{
    (void)state;
    struct bx_fontset *set;
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    char path[128];
    assert_false(bx_fontset_new(
        &set, &(struct bx_fontset_options){FONTS_DIR, inside(path, "no"), {NULL}}, &findings,
        &err));
    assert_int_equal(err.code, BX_E_READ);
    assert_string_equal(err.file, path);
    bx_findings_fini(&findings);
}

static void test_office__a_damaged_file_is_passed_over(void **state)
{
    (void)state;
    write_text("damaged.ttf", "this is no font");
    struct bx_fontset *set = open_fonts(folder);
    assert_string_equal(
        bx_fontset_first(set, bx_fontset_find_role(set, "fangsong"))->postscript,
        "FandolFang-Regular");
    bx_fontset_free(set);
}

static void write_conf(const char *searched)
{
    char text[512];
    snprintf(text, sizeof(text),
             "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'urn:fontconfig:fonts.dtd'>"
             "<fontconfig><dir>%s</dir><cachedir>%s/cache</cachedir></fontconfig>",
             searched, folder);
    write_text("fonts.conf", text);
}

/* A fonts folder of this test's own: one pinned face and what it says about it. */
static void write_fonts_folder(const char *file, int size, const char *names)
{
    struct bx_buf lock = {0}, roles = {0};
    bx_buf_printf(
        &lock,
        "<lock><face id='noto' postscript='NotoSerifCJKsc-Regular' name='Noto'"
        " file='%s' index='2' size='%d' centre='1' package='p' version='1' licence='l'"
        " sha256='%064d'/></lock>",
        file, size, 0);
    bx_buf_printf(&roles,
                  "<roles><role name='songti' zh='宋体'>%s<face lock='noto'/></role>"
                  "<fallback zh='后备'><face lock='noto'/></fallback></roles>",
                  names);
    write_text("lock.xml", lock.data);
    write_text("roles.xml", roles.data);
    write_conf("/usr/share/fonts/opentype/noto");
    bx_buf_fini(&lock);
    bx_buf_fini(&roles);
}

#define NOTO "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"

static void check_one_note(const char *text)
{
    struct bx_fontset *set;
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    if (!bx_fontset_new(&set, &(struct bx_fontset_options){folder, NULL, {NULL}}, &findings,
                        &err))
        fail_msg("%s: %s", err.file, err.what);
    const struct bx_font *font = bx_fontset_first(set, 0);
    assert_string_equal(font->path, NOTO);
    assert_int_equal(font->index, 2);
    assert_false(font->is_pinned);
    assert_string_equal(font->sha256, "");
    assert_int_equal(font->centre, 379); /* measured: the lock speaks of another face */
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].level, BX_LEVEL_NOTE);
    assert_non_null(strstr(findings.items[0].en, text));
    bx_fontset_free(set);
    bx_findings_fini(&findings);
}

static void test_lock__a_file_of_another_size_is_used_with_a_note(void **state)
{
    (void)state;
    write_fonts_folder(NOTO, 1234, "");
    check_one_note("differs from the pinned one");
}

static void test_lock__a_missing_file_is_looked_for_by_its_postscript_name(void **state)
{
    (void)state;
    write_fonts_folder("nowhere.ttc", 1234, "");
    check_one_note("is not in its pinned place; " NOTO " is used");
}

static void test_lock__a_face_that_is_nowhere_fails(void **state)
{
    (void)state;
    struct bx_fontset *set;
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    write_fonts_folder("nowhere.ttc", 1234, "");
    write_conf("/nonexistent");
    assert_false(bx_fontset_new(&set, &(struct bx_fontset_options){folder, NULL, {NULL}},
                                &findings, &err));
    assert_int_equal(err.code, BX_E_FONT);
    assert_int_equal(findings.count, 1);
    assert_non_null(strstr(findings.items[0].en, "is missing"));
    bx_findings_fini(&findings);
}

/* Of a family in two weights the regular one is meant, or the one asked for. */
static void test_office__weight_of_a_family(void **state)
{
    (void)state;
    static const char *const expected[][2] = {
        {"<name>Noto Serif CJK SC</name>", "NotoSerifCJKsc-Regular"},
        {"<name weight='700'>Noto Serif CJK SC</name>", "NotoSerifCJKsc-Bold"},
        {"<name>noto sans cjk sc bold</name>", "NotoSansCJKsc-Bold"},
        {"<name>NotoSansCJKsc-Bold</name>", "NotoSansCJKsc-Bold"},
    };
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        struct bx_fontset *set;
        struct bx_findings findings = {0};
        struct bx_err err = {0};
        write_fonts_folder(NOTO, 26297400, expected[i][0]);
        assert_true(bx_fontset_new(
            &set,
            &(struct bx_fontset_options){folder, "/usr/share/fonts/opentype/noto", {NULL}},
            &findings, &err));
        assert_string_equal(bx_fontset_first(set, 0)->postscript, expected[i][1]);
        assert_int_equal(bx_fontset_first(set, 0)->index, 2);
        bx_fontset_free(set);
        bx_findings_fini(&findings);
    }
}

int run_office(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_office__its_face_wins_by_its_chinese_name,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(
            test_office__what_its_face_lacks_comes_from_the_free_one, make_folder,
            remove_folder),
        cmocka_unit_test_setup_teardown(test_office__a_face_of_another_name_is_not_used,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_office__a_folder_that_is_not_there_fails,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_office__a_damaged_file_is_passed_over, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(test_office__weight_of_a_family, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(test_lock__a_file_of_another_size_is_used_with_a_note,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(
            test_lock__a_missing_file_is_looked_for_by_its_postscript_name, make_folder,
            remove_folder),
        cmocka_unit_test_setup_teardown(test_lock__a_face_that_is_nowhere_fails, make_folder,
                                        remove_folder),
    };
    return cmocka_run_group_tests_name("office", tests, NULL, NULL);
}

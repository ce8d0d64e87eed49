#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "picture.h"

int run_image(void);

/* A report's folder with a picture, beside a secret one, and links to both. */
struct folder {
    char root[64], base[96];
};

static void in_folder(char out[160], const struct folder *f, const char *name)
{
    snprintf(out, 160, "%s/%s", f->root, name);
}

static void link_to(const struct folder *f, const char *target, const char *name)
{
    char path[160];
    in_folder(path, f, name);
    assert_int_equal(symlink(target, path), 0);
}

static void folder_init(struct folder *f)
{
    snprintf(f->root, sizeof(f->root), "/tmp/banxin-image-XXXXXX");
    assert_non_null(mkdtemp(f->root));
    snprintf(f->base, sizeof(f->base), "%s/report", f->root);
    assert_int_equal(mkdir(f->base, 0700), 0);
    struct picture p;
    picture_init(&p, "gray8.png");
    const char *const names[] = {"secret.png", "report/a.png", "report/sub/b.png"};
    char path[160];
    in_folder(path, f, "report/sub");
    assert_int_equal(mkdir(path, 0700), 0);
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        in_folder(path, f, names[i]);
        assert_true(bx_file_write(path, p.data, p.len, &p.err));
    }
    picture_fini(&p);
    link_to(f, "sub/b.png", "report/inner.png");
    link_to(f, "../secret.png", "report/outer.png");
    link_to(f, "..", "report/up");
    link_to(f, f->root, "report/absolute");
    link_to(f, "loop", "report/loop");
    in_folder(path, f, "report/pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    in_folder(path, f, "report-too");
    assert_int_equal(mkdir(path, 0700), 0);
    link_to(f, "../report-too", "report/sister");
    in_folder(path, f, "report-too/c.png");
    assert_int_equal(symlink("../secret.png", path), 0);
}

static void folder_fini(const struct folder *f)
{
    static const char *const names[] = {"report/sub/b.png", "report/a.png", "report/inner.png",
                                        "report/outer.png", "report/up",    "report/absolute",
                                        "report/loop",      "report/pipe",  "report/sister",
                                        "report-too/c.png", "secret.png"};
    static const char *const folders[] = {"report-too", "report/sub", "report"};
    char path[160];
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        in_folder(path, f, names[i]);
        assert_int_equal(unlink(path), 0);
    }
    for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
        in_folder(path, f, folders[i]);
        assert_int_equal(rmdir(path), 0);
    }
    assert_int_equal(rmdir(f->root), 0);
}

/* Empty when it was read, else what was said. */
static void load(char said[512], const char *base_dir, const char *path)
{
    struct bx_arena arena = {0};
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    struct bx_image *image = NULL;
    const struct bx_image_request request = {
        .base_dir = base_dir,
        .path = path,
        .where = "/x",
        .space = {.area_w = 1000 * BX_PT, .most_h = 1000 * BX_PT},
    };
    bool is_read = bx_image_load(&image, &arena, &request, &findings, &err);
    assert_true(is_read == (image != NULL));
    assert_int_equal(findings.count, is_read ? 0 : 1);
    assert_int_equal(err.code, is_read ? BX_OK : BX_E_READ);
    snprintf(said, 512, "%s", err.what);
    bx_findings_fini(&findings);
    bx_arena_fini(&arena);
}

static void test_load__only_what_lies_in_the_report_s_folder(void **state)
{
    (void)state;
    struct folder f;
    folder_init(&f);
    const struct {
        const char *path, *says;
    } cases[] = {
        {"a.png", ""},
        {"sub/b.png", ""},
        {"./sub/../a.png", "does not lie in the report's folder"}, /* no step up, even so */
        {"inner.png", ""},
        {"outer.png", "does not lie in the report's folder"},
        {"up/secret.png", "does not lie in the report's folder"},
        {"absolute/secret.png", "does not lie in the report's folder"},
        {"sister/c.png", "does not lie in the report's folder"},
        {"../secret.png", "does not lie in the report's folder"},
        {"/etc/passwd", "does not lie in the report's folder"},
        {"loop", "cannot be read"},
        {"missing.png", "cannot be read"},
        {"a.png/b.png", "cannot be read"},
        {"sub", "no regular file"},
        {"pipe", "no regular file"},
    };
    char said[512];
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        load(said, f.base, cases[i].path);
        if (cases[i].says[0] ? !strstr(said, cases[i].says) : said[0] != '\0')
            fail_msg("%s: \"%s\"", cases[i].path, said);
    }
    load(said, NULL, "a.png");
    assert_non_null(strstr(said, "the report has no folder"));
    load(said, "/nonexistent-folder", "a.png");
    assert_non_null(strstr(said, "cannot be read"));
    folder_fini(&f);
}

static void test_load__bytes_of_no_kind_are_refused(void **state)
{
    (void)state;
    const char *const texts[] = {"",  "GIF89a",  "\x89PN",          "\xFF\xD8",        "  ",
                                 "<", "<html/>", "{\"format\": 1}", "\xEF\xBB\xBF<svg"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct picture p;
        picture_init(&p, "gray8.png");
        p.len = strlen(texts[i]);
        memcpy(p.data, texts[i], p.len);
        assert_false(picture_read(&p));
        picture_fini(&p);
    }
}

static void test_place_size__as_asked_and_never_larger_than_the_room(void **state)
{
    (void)state;
    const struct {
        int width_um, width_1000;
        bx_len natural_w, natural_h, w, h;
    } cases[] = {
        {0, 0, 100, 50, 100, 50},       /* as it is */
        {0, 0, 2000, 500, 1000, 250},   /* wider than the room */
        {0, 0, 500, 1600, 250, 800},    /* taller */
        {0, 0, 4000, 8000, 400, 800},   /* both */
        {0, 500, 100, 50, 500, 250},    /* half of the room's width */
        {0, 2000, 100, 50, 1000, 500},  /* twice of it is not to be had */
        {0, 1000, 100, 200, 400, 800},  /* the height decides */
        {353, 0, 300, 300, 800, 800},   /* 353 um are 1025 */
        {35, 0, 10, 20, 102, 204},      /* 35 um are 101.6 */
        {0, 0, 1000000000, 1, 1000, 1}, /* a hair */
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const struct bx_image_space space = {.width_um = cases[i].width_um,
                                             .width_1000 = cases[i].width_1000,
                                             .area_w = 1000,
                                             .most_h = 800};
        bx_len w, h;
        bx_image_place_size(&w, &h, cases[i].natural_w, cases[i].natural_h, &space);
        assert_int_equal(w, cases[i].w);
        assert_int_equal(h, cases[i].h);
    }
}

int run_image(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load__only_what_lies_in_the_report_s_folder),
        cmocka_unit_test(test_load__bytes_of_no_kind_are_refused),
        cmocka_unit_test(test_place_size__as_asked_and_never_larger_than_the_room),
    };
    return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

int run_file(void);

/* A folder of the test's own, removed with everything in it at the end. */
struct folder {
    char path[64];
    struct bx_buf name; /* of the last file asked for */
};

static int make_folder(void **state)
{
    struct folder *folder = calloc(1, sizeof(*folder));
    if (!folder)
        return -1;
    strcpy(folder->path, "/tmp/banxin-test-XXXXXX");
    *state = folder;
    return mkdtemp(folder->path) ? 0 : -1;
}

static const char *name_of(struct folder *folder, const char *name)
{
    bx_buf_clear(&folder->name);
    bx_buf_printf(&folder->name, "%s/%s", folder->path, name);
    return folder->name.data;
}

static int count_files(const struct folder *folder)
{
    int count = 0;
    DIR *dir = opendir(folder->path);
    assert_non_null(dir);
    for (struct dirent *item = readdir(dir); item; item = readdir(dir))
        count += strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0;
    closedir(dir);
    return count;
}

static int remove_folder(void **state)
{
    struct folder *folder = *state;
    chmod(folder->path, 0700);
    DIR *dir = opendir(folder->path);
    for (struct dirent *item = dir ? readdir(dir) : NULL; item; item = readdir(dir))
        unlink(name_of(folder, item->d_name)); /* fails for . and .. */
    if (dir)
        closedir(dir);
    int failed = rmdir(folder->path);
    bx_buf_fini(&folder->name);
    free(folder);
    return failed;
}

static void assert_file(const char *path, const char *wanted)
{
    struct bx_buf file = {0};
    struct bx_err err = {0};
    assert_true(bx_file_read(&file, path, 1 << 20, &err));
    assert_int_equal(file.len, strlen(wanted));
    assert_memory_equal(file.data, wanted, file.len);
    bx_buf_fini(&file);
}

static void test_file__what_is_written_is_read(void **state)
{
    struct folder *folder = *state;
    struct bx_err err = {0};
    const char *path = name_of(folder, "a.pdf");
    assert_true(bx_file_write(path, "公文", 6, &err));
    assert_file(path, "公文");
    assert_true(bx_file_write(path, "", 0, &err));
    assert_file(path, "");
    assert_int_equal(count_files(folder), 1);
}

static void test_file_write__mode_follows_the_umask(void **state)
{
    struct folder *folder = *state;
    struct bx_err err = {0};
    struct stat info;
    mode_t before = umask(027);
    const char *path = name_of(folder, "a.pdf");
    assert_true(bx_file_write(path, "a", 1, &err));
    umask(before);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
}

static void test_file_write__a_link_keeps_its_place(void **state)
{
    struct folder *folder = *state;
    struct bx_err err = {0};
    struct stat info;
    assert_true(bx_file_write(name_of(folder, "a.pdf"), "old", 3, &err));
    const char *link = name_of(folder, "b.pdf");
    assert_int_equal(symlink("a.pdf", link), 0);
    assert_true(bx_file_write(link, "new", 3, &err));
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_file(name_of(folder, "a.pdf"), "new");
}

static void test_file_write__what_is_no_file_is_written_straight(void **state)
{
    (void)state;
    struct bx_err err = {0};
    struct stat info;
    assert_true(bx_file_write("/dev/null", "a", 1, &err));
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
    assert_false(bx_file_write("/dev/full", "a", 1, &err));
    assert_int_equal(err.code, BX_E_WRITE);
}

/* rename() onto a folder fails after the new file was written in full. */
static void test_file_write__a_failure_leaves_nothing_behind(void **state)
{
    struct folder *folder = *state;
    struct bx_err err = {0};
    assert_false(bx_file_write(folder->path, "a", 1, &err));
    assert_int_equal(err.code, BX_E_WRITE);
    assert_string_equal(err.file, folder->path);
    assert_int_equal(count_files(folder), 0);

    err = (struct bx_err){0};
    assert_false(bx_file_write(name_of(folder, "no/a.pdf"), "a", 1, &err));
    assert_int_equal(err.code, BX_E_WRITE);
    err = (struct bx_err){0};
    assert_false(bx_file_write(name_of(folder, ""), "a", 1, &err));
    assert_int_equal(err.code, BX_E_WRITE);
    assert_int_equal(count_files(folder), 0);
}

static void test_file_write__a_name_may_be_as_long_as_names_may_be(void **state)
{
    struct folder *folder = *state;
    struct bx_err err = {0};
    char name[256];
    memset(name, 'a', 255);
    name[255] = '\0';
    const char *path = name_of(folder, name);
    assert_true(bx_file_write(path, "a", 1, &err));
    assert_file(path, "a");
}

static void test_file_read__fails_with_the_name(void **state)
{
    struct folder *folder = *state;
    struct bx_buf file = {0};
    struct bx_err err = {0};
    const char *path = name_of(folder, "none.json");
    assert_false(bx_file_read(&file, path, 100, &err));
    assert_int_equal(err.code, BX_E_READ);
    assert_string_equal(err.file, path);
    err = (struct bx_err){0};
    assert_false(bx_file_read(&file, folder->path, 100, &err));
    assert_int_equal(err.code, BX_E_READ);
    bx_buf_fini(&file);
}

static void test_file_read__holds_to_the_limit(void **state)
{
    struct folder *folder = *state;
    struct bx_buf file = {0};
    struct bx_err err = {0};
    char large[70000];
    memset(large, 'a', sizeof(large));
    const char *path = name_of(folder, "large");
    assert_true(bx_file_write(path, large, sizeof(large), &err));
    assert_true(bx_file_read(&file, path, sizeof(large), &err));
    assert_int_equal(file.len, sizeof(large));
    bx_buf_clear(&file);
    bx_buf_add_text(&file, "before");
    assert_false(bx_file_read(&file, path, sizeof(large) - 1, &err));
    assert_int_equal(err.code, BX_E_READ);
    assert_string_equal(file.data, "before");
    bx_buf_fini(&file);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int run_file(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_file__what_is_written_is_read),
        TEST(test_file_write__mode_follows_the_umask),
        TEST(test_file_write__a_link_keeps_its_place),
        TEST(test_file_write__what_is_no_file_is_written_straight),
        TEST(test_file_write__a_failure_leaves_nothing_behind),
        TEST(test_file_write__a_name_may_be_as_long_as_names_may_be),
        TEST(test_file_read__fails_with_the_name),
        TEST(test_file_read__holds_to_the_limit),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}

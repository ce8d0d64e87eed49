#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "font/roles.h"
#include "font/sets.h"
#include "fonts.h"

int run_roles(void);

#define FACE                                                                                   \
    "<face id='a' postscript='A' name='A' file='a.otf' index='0' size='1' centre='1'"          \
    " package='p' version='1' licence='l' sha256="                                             \
    "'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'/>"
#define LOCK     "<lock>" FACE "</lock>"
#define FALLBACK "<fallback zh='后备'><face lock='a'/></fallback>"
#define ROLES    "<roles><role name='r' zh='用'><face lock='a'/></role>" FALLBACK "</roles>"

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/banxin-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static void put(const char *name, const char *text)
{
    char path[128];
    struct bx_err err = {0};
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_true(bx_file_write(path, text, strlen(text), &err));
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const names[] = {"lock.xml", "roles.xml", "sets.txt"};
    for (int i = 0; i < 3; i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static bool read_both(const char *lock, const char *roles, struct bx_err *err)
{
    struct bx_arena arena = {0};
    struct bx_roles out;
    *err = (struct bx_err){0};
    put("lock.xml", lock);
    put("roles.xml", roles);
    bool is_read = bx_roles_read(&out, &arena, folder, err);
    bx_arena_fini(&arena);
    return is_read;
}

static void test_roles_read__takes_what_is_right(void **state)
{
    (void)state;
    struct bx_err err;
    assert_true(read_both(LOCK, ROLES, &err));
}

static void test_roles_read__refuses_a_wrong_lock(void **state)
{
    (void)state;
    static const char *const locks[][2] = {
        {"", "well-formed"},
        {"<lock>", "well-formed"},
        {"<key/>", "root"},
        {"<lock/>", "no face"},
        {"<lock>" FACE "<font/></lock>", "unknown element: font"},
        {"<lock>" FACE FACE "</lock>", "second face"},
        {"<lock><face id='a'/></lock>", "missing attribute: postscript"},
        {"<lock><face id='a' typo='1'/></lock>", "unknown attribute: typo"},
        {"<lock><face id='a' postscript='A' name='A' file='f' index='-1'/></lock>", "index"},
        {"<lock><face id='a' postscript='A' name='A' file='f' index='0' size='99999999999'/>"
         "</lock>",
         "size"},
        {"<lock><face id='a' postscript='A' name='A' file='f' index='0' size='1' centre='1'"
         " package='p' version='1' licence='l' sha256='ABC'/></lock>",
         "SHA-256"},
    };
    for (size_t i = 0; i < sizeof(locks) / sizeof(locks[0]); i++) {
        struct bx_err err;
        assert_false(read_both(locks[i][0], ROLES, &err));
        assert_int_equal(err.code, BX_E_LAYOUT);
        assert_non_null(strstr(err.file, "lock.xml"));
        assert_memory_equal(err.where, "line ", 5);
        assert_non_null(strstr(err.what, locks[i][1]));
    }
}

static void test_roles_read__refuses_wrong_roles(void **state)
{
    (void)state;
    static const char *const roles[][2] = {
        {"<roles/>", "fallback"},
        {"<roles>" FALLBACK FALLBACK "</roles>", "fallback"},
        {"<roles><rule/>" FALLBACK "</roles>", "unknown element: rule"},
        {"<roles><role name='r'/>" FALLBACK "</roles>", "missing attribute: zh"},
        {"<roles><role name='r' zh='用'><face lock='b'/></role>" FALLBACK "</roles>",
         "no such face in lock.xml: b"},
        {"<roles><role name='r' zh='用' optional='no'/>" FALLBACK "</roles>", "optional"},
        {"<roles><role name='r' zh='用'><name/></role>" FALLBACK "</roles>", "name"},
        {"<roles><role name='r' zh='用'><name weight='x'>A</name></role>" FALLBACK "</roles>",
         "weight"},
    };
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
        struct bx_err err;
        assert_false(read_both(LOCK, roles[i][0], &err));
        assert_int_equal(err.code, BX_E_LAYOUT);
        assert_non_null(strstr(err.file, "roles.xml"));
        assert_non_null(strstr(err.what, roles[i][1]));
    }
}

static void test_roles_read__a_missing_file_cannot_be_read(void **state)
{
    (void)state;
    struct bx_arena arena = {0};
    struct bx_roles roles;
    struct bx_err err = {0};
    assert_false(bx_roles_read(&roles, &arena, folder, &err));
    assert_int_equal(err.code, BX_E_READ);
    assert_non_null(strstr(err.file, "lock.xml"));
    bx_arena_fini(&arena);
}

static void test_sets_read__refuses_what_is_not_of_its_form(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "公",
        "set 公",
        "set 0 A\n",
        "set 2 A\n公\n",
        "set 2 A\n公\nset 1 B\n开\n",
        "set 1 A\nwith B\n",
        "set 1 A\nU+4E00\n",
        "set 1 A\nU+4E01..U+4E00\n",
        "set 1 A\n\xE5\x85\n",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct bx_char_sets sets;
        struct bx_err err = {0};
        put("sets.txt", texts[i]);
        assert_false(bx_char_sets_read(&sets, folder, &err));
        assert_int_equal(err.code, BX_E_LAYOUT);
    }
}

static void test_sets_read__ranges_characters_and_earlier_sets(void **state)
{
    (void)state;
    struct bx_char_sets sets;
    struct bx_err err = {0};
    put("sets.txt",
        "# head\nset 2 A b\nsource s\n公开\n\nset 4 C\nwith A b\nU+20000..U+20001\n");
    assert_true(bx_char_sets_read(&sets, folder, &err));
    assert_int_equal(sets.count, 2);
    assert_string_equal(sets.items[0].name, "A b");
    assert_true(hb_set_has(sets.items[1].members, 0x516C));
    assert_true(hb_set_has(sets.items[1].members, 0x20001));
    bx_char_sets_fini(&sets);
}

int run_roles(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_roles_read__takes_what_is_right, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(test_roles_read__refuses_a_wrong_lock, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(test_roles_read__refuses_wrong_roles, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(test_roles_read__a_missing_file_cannot_be_read,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_sets_read__refuses_what_is_not_of_its_form,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_sets_read__ranges_characters_and_earlier_sets,
                                        make_folder, remove_folder),
    };
    return cmocka_run_group_tests_name("roles", tests, NULL, NULL);
}

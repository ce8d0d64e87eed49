#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/findings.h"

int run_findings(void);

static void add(struct bx_findings *list, enum bx_level level, const char *where)
{
    bx_findings_add(list, &(struct bx_finding){.level = level,
                                               .code = "C1",
                                               .where = where,
                                               .zh = bx_findings_text(list, "第%d条", 1),
                                               .en = "one"});
}

static void test_findings__keep_their_order_and_copy_their_texts(void **state)
{
    (void)state;
    struct bx_findings list = {.file = "a.json"};
    char where[16] = "/a";
    for (int i = 0; i < 100; i++) {
        where[1] = (char)('a' + i % 26);
        add(&list, BX_LEVEL_NOTE, where);
    }
    where[1] = '?';
    assert_int_equal(list.count, 100);
    assert_string_equal(list.items[27].where, "/b");
    assert_string_equal(list.items[99].where, "/v");
    assert_string_equal(list.items[0].file, "a.json");
    assert_string_equal(list.items[0].zh, "第1条");
    bx_findings_fini(&list);
    assert_int_equal(list.count, 0);
}

static void test_findings_worst__is_the_highest_level(void **state)
{
    (void)state;
    struct bx_findings list = {0};
    assert_int_equal(bx_findings_worst(&list), BX_LEVEL_NOTE);
    add(&list, BX_LEVEL_WARNING, NULL);
    add(&list, BX_LEVEL_NOTE, "/a");
    assert_int_equal(bx_findings_worst(&list), BX_LEVEL_WARNING);
    assert_string_equal(list.items[0].where, "");
    add(&list, BX_LEVEL_ERROR, "/b");
    assert_int_equal(bx_findings_worst(&list), BX_LEVEL_ERROR);
    bx_findings_fini(&list);
}

static void test_findings__texts_are_utf8_whatever_was_found(void **state)
{
    (void)state;
    struct bx_findings list = {0};
    bx_findings_add(&list, &(struct bx_finding){.level = BX_LEVEL_ERROR,
                                                .code = "X",
                                                .zh = "坏字\xF4）\xE5\xA4",
                                                .en = "\xFF\xFE"});
    assert_string_equal(list.items[0].zh, "坏字\xEF\xBF\xBD）\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_string_equal(list.items[0].en, "\xEF\xBF\xBD\xEF\xBF\xBD");
    bx_findings_fini(&list);
}

int run_findings(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings__keep_their_order_and_copy_their_texts),
        cmocka_unit_test(test_findings__texts_are_utf8_whatever_was_found),
        cmocka_unit_test(test_findings_worst__is_the_highest_level),
    };
    return cmocka_run_group_tests_name("findings", tests, NULL, NULL);
}

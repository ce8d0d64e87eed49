#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

int run_digest(void);

/* FIPS 180-4's own examples, and the empty message. */
static void test_sha256__the_examples_of_fips_180(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char hex[BX_SHA256_HEX_SIZE];
        bx_sha256_hex(hex, cases[i].text, strlen(cases[i].text));
        assert_string_equal(hex, cases[i].wanted);
    }
}

/* RFC 1321, A.5. */
static void test_md5__the_examples_of_rfc_1321(void **state)
{
    (void)state;
    static const unsigned char none[BX_MD5_LEN] = {0xd4, 0x1d, 0x8c, 0xd9, 0x8f, 0x00,
                                                   0xb2, 0x04, 0xe9, 0x80, 0x09, 0x98,
                                                   0xec, 0xf8, 0x42, 0x7e};
    static const unsigned char abc[BX_MD5_LEN] = {0x90, 0x01, 0x50, 0x98, 0x3c, 0xd2,
                                                  0x4f, 0xb0, 0xd6, 0x96, 0x3f, 0x7d,
                                                  0x28, 0xe1, 0x7f, 0x72};
    unsigned char found[BX_MD5_LEN];
    bx_md5(found, "", 0);
    assert_memory_equal(found, none, BX_MD5_LEN);
    bx_md5(found, "abc", 3);
    assert_memory_equal(found, abc, BX_MD5_LEN);
    char hex[BX_MD5_HEX_SIZE];
    bx_md5_hex(hex, "abc", 3);
    assert_string_equal(hex, "900150983cd24fb0d6963f7d28e17f72");
}

int run_digest(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256__the_examples_of_fips_180),
        cmocka_unit_test(test_md5__the_examples_of_rfc_1321),
    };
    return cmocka_run_group_tests_name("digest", tests, NULL, NULL);
}

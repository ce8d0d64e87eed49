#include "sign/sm2.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include "sign/cms.h"

/* OpenSSL computes Z inside its own signing and shows it to nobody, so it is put together here: the
 * identity with its length in bits, then the curve's a, b and generator and the public key, each number
 * in 32 bytes. The curve comes from OpenSSL's table. */

enum {
    NUMBER_SIZE = 32,
};

bool bx_sm2_is_key(EVP_PKEY *pkey)
{
    char name[64] = "";
    bool is_named = EVP_PKEY_is_a(pkey, "SM2") == 1;
    if (!is_named && EVP_PKEY_is_a(pkey, "EC")) {
        EVP_PKEY_get_group_name(pkey, name, sizeof(name), NULL);
        is_named = OBJ_txt2nid(name) == NID_sm2;
    }
    return is_named;
}

static bool add_number(struct bx_buf *to, const BIGNUM *number)
{
    unsigned char bytes[NUMBER_SIZE];
    bool is_done = BN_bn2binpad(number, bytes, sizeof(bytes)) == NUMBER_SIZE;
    if (is_done)
        bx_buf_add(to, bytes, sizeof(bytes));
    return is_done;
}

/* a, b and the generator. */
static bool add_curve(struct bx_buf *to)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_sm2);
    BIGNUM *first = BN_new(), *second = BN_new();
    bool is_done = group && first && second &&
                   EC_GROUP_get_curve(group, NULL, first, second, NULL) == 1 &&
                   add_number(to, first) && add_number(to, second) &&
                   EC_POINT_get_affine_coordinates(group, EC_GROUP_get0_generator(group), first,
                                                   second, NULL) == 1 &&
                   add_number(to, first) && add_number(to, second);
    BN_free(first);
    BN_free(second);
    EC_GROUP_free(group);
    return is_done;
}

static bool add_public(struct bx_buf *to, EVP_PKEY *pkey)
{
    BIGNUM *x = NULL, *y = NULL;
    bool is_done = EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_EC_PUB_X, &x) == 1 &&
                   EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_EC_PUB_Y, &y) == 1 &&
                   add_number(to, x) && add_number(to, y);
    BN_free(x);
    BN_free(y);
    return is_done;
}

bool bx_sm2_digest(
    struct bx_digest *out, EVP_PKEY *pkey, const void *bytes, size_t len, struct bx_err *err)
{
    static const char identity[] = BX_SM2_IDENTITY;
    const unsigned bits = 8 * (sizeof(identity) - 1);
    struct bx_buf content = {0};
    bx_buf_add_byte(&content, (char)(bits >> 8));
    bx_buf_add_byte(&content, (char)(bits & 0xFF));
    bx_buf_add_text(&content, identity);
    struct bx_digest z;
    bool is_done = add_curve(&content) && add_public(&content, pkey)
                       ? bx_digest_make(&z, NID_sm3, content.data, content.len, "", 0, err)
                       : bx_sign_fail(err, "", "the public key is not one of SM2");
    bx_buf_fini(&content);
    return is_done && bx_digest_make(out, NID_sm3, z.bytes, z.len, bytes, len, err);
}

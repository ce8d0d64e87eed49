#include "sign/token.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "sign/path.h"

/* What a token says counts only when all of it holds together, so it is read and verified in one. Who
 * the authority is, and whether anyone believes it, is asked elsewhere (path.h). */

/* Source  RFC 3161 2.3: the purpose stands alone and is critical, so that a key which stamps does
 * nothing else. */
static bool may_only_stamp(X509 *certificate)
{
    int is_critical = 0;
    EXTENDED_KEY_USAGE *uses =
        X509_get_ext_d2i(certificate, NID_ext_key_usage, &is_critical, NULL);
    bool is_so = uses && is_critical == 1 && sk_ASN1_OBJECT_num(uses) == 1 &&
                 OBJ_obj2nid(sk_ASN1_OBJECT_value(uses, 0)) == NID_time_stamp;
    sk_ASN1_OBJECT_pop_free(uses, ASN1_OBJECT_free);
    return is_so;
}

static bool is_valid_at(X509 *certificate, int64_t at)
{
    time_t time = (time_t)at;
    return X509_cmp_time(X509_get0_notBefore(certificate), &time) < 0 &&
           X509_cmp_time(X509_get0_notAfter(certificate), &time) > 0;
}

static bool read_info(struct bx_token *token)
{
    ASN1_OCTET_STRING **content = CMS_get0_content(token->object.object);
    if (OBJ_obj2nid(CMS_get0_eContentType(token->object.object)) != NID_id_smime_ct_TSTInfo ||
        !content || !*content)
        return false;
    const unsigned char *at = ASN1_STRING_get0_data(*content);
    const unsigned char *end = at + ASN1_STRING_length(*content);
    token->info = d2i_TS_TST_INFO(NULL, &at, ASN1_STRING_length(*content));
    if (!token->info || at != end || TS_TST_INFO_get_version(token->info) != 1)
        return false;
    const ASN1_OBJECT *name = NULL;
    X509_ALGOR_get0(&name, NULL, NULL,
                    TS_MSG_IMPRINT_get_algo(TS_TST_INFO_get_msg_imprint(token->info)));
    token->digest = OBJ_obj2nid(name);
    /* Fractions of a second are left out: they are the authority's, and nothing here asks for them. */
    token->time = bx_time_read(TS_TST_INFO_get_time(token->info));
    return token->time >= 0;
}

/* What is wrong with a token that could be read, or NULL. */
static const char *find_fault(struct bx_token *token)
{
    ASN1_OCTET_STRING *content = *CMS_get0_content(token->object.object);
    struct bx_span all = {(const char *)ASN1_STRING_get0_data(content),
                          (size_t)ASN1_STRING_length(content)};
    if (!token->object.signer)
        return "the time-stamp does not hold its authority's certificate";
    if (!may_only_stamp(token->object.signer))
        return "the certificate of the time-stamp is not one for time-stamping";
    if (bx_signed_name(&token->object) != BX_SIGNED_NAMED)
        return "the time-stamp does not name its certificate";
    if (!bx_signed_is_type(&token->object, NID_id_smime_ct_TSTInfo) ||
        !bx_signed_has_digest(&token->object, all, (struct bx_span){"", 0}))
        return "the time-stamp contradicts its own signature";
    if (!bx_signed_is_signed(&token->object))
        return "the time-stamp's signature is not of its authority's key";
    if (!is_valid_at(token->object.signer, token->time))
        return "the certificate of the time-stamp was not valid at its time";
    return NULL;
}

bool bx_token_read(struct bx_token *out, struct bx_span der, const char **why)
{
    *out = (struct bx_token){.time = -1};
    if (!bx_signed_read(&out->object, der) || !read_info(out))
        *why = "it is no time-stamp";
    else
        *why = find_fault(out);
    ERR_clear_error();
    return *why == NULL;
}

void bx_token_fini(struct bx_token *token)
{
    TS_TST_INFO_free(token->info);
    bx_signed_fini(&token->object);
    *token = (struct bx_token){0};
}

bool bx_token_is_of(const struct bx_token *token, const struct bx_digest *digest)
{
    const ASN1_OCTET_STRING *said =
        TS_MSG_IMPRINT_get_msg(TS_TST_INFO_get_msg_imprint(token->info));
    return token->digest == digest->nid && (size_t)ASN1_STRING_length(said) == digest->len &&
           memcmp(ASN1_STRING_get0_data(said), digest->bytes, digest->len) == 0;
}

#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <string.h>

#include "base/utf8.h"
#include "sign/check_work.h"
#include "sign/cms.h"
#include "sign/der.h"

/* One signer, signed attributes, the digest among them, the signature over them; all as RFC 5652 5.6
 * says. OpenSSL takes the object apart and knows RSA and ECDSA; SM2 needs its identity, which OpenSSL's
 * CMS functions cannot be told, so there the attributes are verified by hand. */

static const char distid[] = "1234567812345678";

/* Source  GB/T 32918.2: certificates signed with SM2 are signed under the default identity too. */
void bx_check_set_identity(X509 *certificate)
{
    if (X509_get_signature_nid(certificate) != NID_SM2_with_SM3)
        return;
    ASN1_OCTET_STRING *identity = ASN1_OCTET_STRING_new();
    if (identity &&
        ASN1_OCTET_STRING_set(identity, (const unsigned char *)distid, sizeof(distid) - 1) == 1)
        X509_set0_distinguishing_id(certificate, identity);
    else
        ASN1_OCTET_STRING_free(identity);
}

static void say(struct bx_check_signature *to, const char *why)
{
    if (!to->why)
        to->why = why;
}

static const char *find_name(struct bx_arena *arena, X509 *certificate)
{
    unsigned char *text = NULL;
    X509_NAME *subject = X509_get_subject_name(certificate);
    int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    int len = at < 0 ? -1
                     : ASN1_STRING_to_UTF8(
                           &text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    bool is_text = len > 0 && bx_utf8_valid_len((const char *)text, (size_t)len) == (size_t)len;
    const char *copy =
        bx_arena_strndup(arena, is_text ? (const char *)text : "", is_text ? (size_t)len : 0);
    OPENSSL_free(text);
    return copy;
}

/* The attributes as they were signed: a SET OF. */
static void join_attributes(struct bx_buf *out, CMS_SignerInfo *info)
{
    struct bx_buf items[16] = {{0}};
    int count = CMS_signed_get_attr_count(info);
    for (int i = 0; i < count && i < 16; i++) {
        unsigned char *bytes = NULL;
        int len = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(info, i), &bytes);
        bx_buf_add(&items[i], bytes ? (const char *)bytes : "", len > 0 ? (size_t)len : 0);
        OPENSSL_free(bytes);
    }
    if (0 < count && count <= 16)
        bx_der_add_set(out, BX_DER_SET, items, count);
    for (int i = 0; i < 16; i++)
        bx_buf_fini(&items[i]);
}

static bool verify_sm2(CMS_SignerInfo *info, EVP_PKEY *pkey)
{
    const OSSL_PARAM params[] = {OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_DIST_ID,
                                                         (void *)(uintptr_t)distid,
                                                         sizeof(distid) - 1),
                                 OSSL_PARAM_END};
    struct bx_buf attributes = {0};
    join_attributes(&attributes, info);
    const ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature(info);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_good =
        context && attributes.len > 0 &&
        EVP_DigestVerifyInit_ex(context, NULL, "SM3", NULL, NULL, pkey, params) == 1 &&
        EVP_DigestVerify(context, ASN1_STRING_get0_data(signature),
                         (size_t)ASN1_STRING_length(signature),
                         (const unsigned char *)attributes.data, attributes.len) == 1;
    EVP_MD_CTX_free(context);
    bx_buf_fini(&attributes);
    return is_good;
}

static bool is_sm2(EVP_PKEY *pkey)
{
    char name[64] = "";
    bool is_named = EVP_PKEY_is_a(pkey, "SM2");
    if (!is_named && EVP_PKEY_is_a(pkey, "EC")) {
        EVP_PKEY_get_group_name(pkey, name, sizeof(name), NULL);
        is_named = OBJ_txt2nid(name) == NID_sm2;
    }
    return is_named;
}

/* The only value of an attribute that stands once, or NULL. */
static const ASN1_TYPE *find_attribute(CMS_SignerInfo *info, int nid)
{
    int at = CMS_signed_get_attr_by_NID(info, nid, -1);
    if (at < 0 || CMS_signed_get_attr_by_NID(info, nid, at) >= 0)
        return NULL;
    X509_ATTRIBUTE *attribute = CMS_signed_get_attr(info, at);
    return X509_ATTRIBUTE_count(attribute) == 1 ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;
}

static bool is_digest(CMS_SignerInfo *info, struct bx_span before, struct bx_span after)
{
    X509_ALGOR *algorithm = NULL;
    const ASN1_OBJECT *name = NULL;
    CMS_SignerInfo_get0_algs(info, NULL, NULL, &algorithm, NULL);
    X509_ALGOR_get0(&name, NULL, NULL, algorithm);
    struct bx_digest digest;
    struct bx_err err = {0};
    const ASN1_TYPE *said = find_attribute(info, NID_pkcs9_messageDigest);
    return said && ASN1_TYPE_get(said) == V_ASN1_OCTET_STRING &&
           OBJ_obj2nid(name) != NID_undef && OBJ_obj2nid(name) != NID_md5 &&
           OBJ_obj2nid(name) != NID_sha1 &&
           bx_digest_make(&digest, OBJ_obj2nid(name), before.at, before.len, after.at,
                          after.len, &err) &&
           (size_t)ASN1_STRING_length(said->value.octet_string) == digest.len &&
           memcmp(ASN1_STRING_get0_data(said->value.octet_string), digest.bytes, digest.len) ==
               0;
}

static bool is_data(CMS_SignerInfo *info)
{
    const ASN1_TYPE *said = find_attribute(info, NID_pkcs9_contentType);
    return said && ASN1_TYPE_get(said) == V_ASN1_OBJECT &&
           OBJ_obj2nid(said->value.object) == NID_pkcs7_data;
}

/* The attribute that names the certificate, so that no other with the same key can be put in its place.
 * 0: it is another; 1: it is this; -1: there is no such attribute. */
static int names_certificate(CMS_SignerInfo *info, X509 *certificate)
{
    const ASN1_TYPE *said = find_attribute(info, NID_id_smime_aa_signingCertificateV2);
    if (!said)
        return CMS_signed_get_attr_by_NID(info, NID_id_smime_aa_signingCertificateV2, -1) < 0
                   ? -1
                   : 0;
    if (ASN1_TYPE_get(said) != V_ASN1_SEQUENCE)
        return 0;
    const unsigned char *at = ASN1_STRING_get0_data(said->value.sequence);
    ESS_SIGNING_CERT_V2 *ess =
        d2i_ESS_SIGNING_CERT_V2(NULL, &at, ASN1_STRING_length(said->value.sequence));
    STACK_OF(X509) *one = sk_X509_new_null();
    bool is_this = ess && one && sk_X509_push(one, certificate) > 0 &&
                   OSSL_ESS_check_signing_certs(NULL, ess, one, 0) == 1;
    sk_X509_free(one);
    ESS_SIGNING_CERT_V2_free(ess);
    return is_this;
}

static void check_trust(struct bx_check_signature *to,
                        struct bx_arena *arena,
                        X509 *certificate,
                        STACK_OF(X509) * others,
                        X509_STORE *trusted,
                        int64_t time)
{
    if (!trusted)
        return;
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    bool is_trusted = false;
    if (context && X509_STORE_CTX_init(context, trusted, certificate, others) == 1) {
        X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);
        if (time >= 0)
            X509_VERIFY_PARAM_set_time(param, (time_t)time);
        else
            X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME);
        X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_ANY);
        is_trusted = X509_verify_cert(context) == 1;
    }
    to->trust = is_trusted ? BX_CHECK_TRUSTED : BX_CHECK_UNTRUSTED;
    const char *why =
        context ? X509_verify_cert_error_string(X509_STORE_CTX_get_error(context)) : "";
    to->why_not_trusted = is_trusted ? NULL : bx_arena_strndup(arena, why, strlen(why));
    X509_STORE_CTX_free(context);
}

static X509 *find_signer(CMS_SignerInfo *info, STACK_OF(X509) * certificates)
{
    for (int i = 0; i < sk_X509_num(certificates); i++)
        if (CMS_SignerInfo_cert_cmp(info, sk_X509_value(certificates, i)) == 0)
            return sk_X509_value(certificates, i);
    return NULL;
}

static void check_signer(struct bx_check_signature *to,
                         CMS_SignerInfo *info,
                         X509 *certificate,
                         struct bx_span before,
                         struct bx_span after)
{
    EVP_PKEY *pkey = X509_get0_pubkey(certificate);
    bool is_good = false;
    if (pkey && is_sm2(pkey)) {
        is_good = verify_sm2(info, pkey);
    } else if (pkey) {
        CMS_SignerInfo_set1_signer_cert(info, certificate);
        is_good = CMS_SignerInfo_verify(info) == 1;
    }
    int named = names_certificate(info, certificate);
    if (!is_digest(info, before, after))
        say(to, "the bytes it covers were changed");
    if (!is_good)
        say(to, "the signature is not of this key");
    if (!is_data(info) || named == 0)
        say(to, "its attributes contradict each other");
    to->is_pades = to->is_pades && named == 1 &&
                   CMS_signed_get_attr_by_NID(info, NID_pkcs9_signingTime, -1) < 0;
}

void bx_check_cms(struct bx_check_signature *to,
                  struct bx_arena *arena,
                  struct bx_span cms,
                  struct bx_span before,
                  struct bx_span after,
                  X509_STORE *trusted,
                  int64_t time)
{
    const unsigned char *at = (const unsigned char *)cms.at;
    CMS_ContentInfo *object = d2i_CMS_ContentInfo(NULL, &at, (long)cms.len);
    bool is_signed = object && OBJ_obj2nid(CMS_get0_type(object)) == NID_pkcs7_signed &&
                     CMS_is_detached(object) == 1;
    STACK_OF(CMS_SignerInfo) *infos = is_signed ? CMS_get0_SignerInfos(object) : NULL;
    STACK_OF(X509) *certificates = is_signed ? CMS_get1_certs(object) : NULL;
    for (int i = 0; i < sk_X509_num(certificates); i++)
        bx_check_set_identity(sk_X509_value(certificates, i));
    if (!infos || sk_CMS_SignerInfo_num(infos) != 1) {
        say(to, "its contents are no signature of one signer");
    } else {
        CMS_SignerInfo *info = sk_CMS_SignerInfo_value(infos, 0);
        X509 *certificate = find_signer(info, certificates);
        if (!certificate) {
            say(to, "its certificate is missing");
        } else {
            to->signer = find_name(arena, certificate);
            check_signer(to, info, certificate, before, after);
            check_trust(to, arena, certificate, certificates, trusted, time);
        }
    }
    sk_X509_pop_free(certificates, X509_free);
    CMS_ContentInfo_free(object);
    ERR_clear_error();
}

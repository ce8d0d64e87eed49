#include "sign/signed.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <string.h>

#include "base/utf8.h"
#include "sign/cms.h"
#include "sign/der.h"
#include "sign/sm2.h"

/* One signer, signed attributes, the digest among them, the signature over them; all as RFC 5652 5.6
 * says. OpenSSL takes the object apart and knows RSA and ECDSA; SM2 needs its identity, which OpenSSL's
 * CMS functions cannot be told, so there the attributes are verified by hand. */

const char bx_signed_identity[] = BX_SM2_IDENTITY;

ASN1_OCTET_STRING *bx_signed_new_identity(void)
{
    ASN1_OCTET_STRING *identity = ASN1_OCTET_STRING_new();
    if (identity)
        ASN1_OCTET_STRING_set(identity, (const unsigned char *)bx_signed_identity,
                              (int)strlen(bx_signed_identity));
    return identity;
}

void bx_signed_set_identity(X509 *certificate)
{
    if (X509_get_signature_nid(certificate) == NID_SM2_with_SM3)
        X509_set0_distinguishing_id(certificate, bx_signed_new_identity());
}

const char *bx_signed_find_name(struct bx_arena *arena, X509 *certificate)
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

/* --- Reading -------------------------------------------------------------------------------- */

static X509 *find_signer(CMS_SignerInfo *info, STACK_OF(X509) * certificates)
{
    for (int i = 0; i < sk_X509_num(certificates); i++)
        if (CMS_SignerInfo_cert_cmp(info, sk_X509_value(certificates, i)) == 0)
            return sk_X509_value(certificates, i);
    return NULL;
}

bool bx_signed_read(struct bx_signed *out, struct bx_span der)
{
    const unsigned char *at = (const unsigned char *)der.at;
    *out = (struct bx_signed){.object = d2i_CMS_ContentInfo(NULL, &at, (long)der.len)};
    bool is_signed = out->object && OBJ_obj2nid(CMS_get0_type(out->object)) == NID_pkcs7_signed;
    STACK_OF(CMS_SignerInfo) *infos = is_signed ? CMS_get0_SignerInfos(out->object) : NULL;
    ERR_clear_error();
    if (!infos || sk_CMS_SignerInfo_num(infos) != 1)
        return false;
    out->info = sk_CMS_SignerInfo_value(infos, 0);
    out->certificates = CMS_get1_certs(out->object);
    for (int i = 0; i < sk_X509_num(out->certificates); i++)
        bx_signed_set_identity(sk_X509_value(out->certificates, i));
    out->signer = find_signer(out->info, out->certificates);
    ERR_clear_error();
    return true;
}

void bx_signed_fini(struct bx_signed *object)
{
    sk_X509_pop_free(object->certificates, X509_free);
    CMS_ContentInfo_free(object->object);
    *object = (struct bx_signed){0};
}

/* --- The signature -------------------------------------------------------------------------- */

void bx_signed_join_attributes(struct bx_buf *out, const struct bx_signed *object)
{
    CMS_SignerInfo *info = object->info;
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

bool bx_signed_verify_sm2(EVP_PKEY *pkey, struct bx_span data, const ASN1_STRING *signature)
{
    const OSSL_PARAM params[] = {OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_DIST_ID,
                                                         (void *)(uintptr_t)bx_signed_identity,
                                                         sizeof(bx_signed_identity) - 1),
                                 OSSL_PARAM_END};
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_good =
        context &&
        EVP_DigestVerifyInit_ex(context, NULL, "SM3", NULL, NULL, pkey, params) == 1 &&
        EVP_DigestVerify(context, ASN1_STRING_get0_data(signature),
                         (size_t)ASN1_STRING_length(signature), (const unsigned char *)data.at,
                         data.len) == 1;
    EVP_MD_CTX_free(context);
    return is_good;
}

static bool verify_sm2(const struct bx_signed *object, EVP_PKEY *pkey)
{
    struct bx_buf attributes = {0};
    bx_signed_join_attributes(&attributes, object);
    bool is_good = attributes.len > 0 &&
                   bx_signed_verify_sm2(pkey, (struct bx_span){attributes.data, attributes.len},
                                        CMS_SignerInfo_get0_signature(object->info));
    bx_buf_fini(&attributes);
    return is_good;
}

bool bx_signed_is_signed(struct bx_signed *object)
{
    EVP_PKEY *pkey = object->signer ? X509_get0_pubkey(object->signer) : NULL;
    bool is_good = false;
    if (pkey && bx_sm2_is_key(pkey)) {
        is_good = verify_sm2(object, pkey);
    } else if (pkey) {
        CMS_SignerInfo_set1_signer_cert(object->info, object->signer);
        is_good = CMS_SignerInfo_verify(object->info) == 1;
    }
    ERR_clear_error();
    return is_good;
}

/* --- The attributes ------------------------------------------------------------------------- */

/* The only value of an attribute that stands once, or NULL. */
static const ASN1_TYPE *find_attribute(CMS_SignerInfo *info, int nid)
{
    int at = CMS_signed_get_attr_by_NID(info, nid, -1);
    if (at < 0 || CMS_signed_get_attr_by_NID(info, nid, at) >= 0)
        return NULL;
    X509_ATTRIBUTE *attribute = CMS_signed_get_attr(info, at);
    return X509_ATTRIBUTE_count(attribute) == 1 ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;
}

bool bx_signed_has_digest(struct bx_signed *object, struct bx_span before, struct bx_span after)
{
    X509_ALGOR *algorithm = NULL;
    const ASN1_OBJECT *name = NULL;
    CMS_SignerInfo_get0_algs(object->info, NULL, NULL, &algorithm, NULL);
    X509_ALGOR_get0(&name, NULL, NULL, algorithm);
    int nid = OBJ_obj2nid(name);
    struct bx_digest digest;
    struct bx_err err = {0};
    const ASN1_TYPE *said = find_attribute(object->info, NID_pkcs9_messageDigest);
    return said && ASN1_TYPE_get(said) == V_ASN1_OCTET_STRING && nid != NID_undef &&
           nid != NID_md5 && nid != NID_sha1 &&
           bx_digest_make(&digest, nid, before.at, before.len, after.at, after.len, &err) &&
           (size_t)ASN1_STRING_length(said->value.octet_string) == digest.len &&
           memcmp(ASN1_STRING_get0_data(said->value.octet_string), digest.bytes, digest.len) ==
               0;
}

bool bx_signed_is_type(struct bx_signed *object, int nid)
{
    const ASN1_TYPE *said = find_attribute(object->info, NID_pkcs9_contentType);
    return said && ASN1_TYPE_get(said) == V_ASN1_OBJECT &&
           OBJ_obj2nid(said->value.object) == nid;
}

static bool names_signer(struct bx_signed *object, const ASN1_TYPE *said, bool is_second)
{
    if (ASN1_TYPE_get(said) != V_ASN1_SEQUENCE)
        return false;
    const unsigned char *at = ASN1_STRING_get0_data(said->value.sequence);
    long len = ASN1_STRING_length(said->value.sequence);
    ESS_SIGNING_CERT_V2 *second = is_second ? d2i_ESS_SIGNING_CERT_V2(NULL, &at, len) : NULL;
    ESS_SIGNING_CERT *first = is_second ? NULL : d2i_ESS_SIGNING_CERT(NULL, &at, len);
    /* The signer's own comes first; further ones name certificates above it. */
    STACK_OF(X509) *known = sk_X509_dup(object->certificates);
    bool is_this = (first || second) && known && sk_X509_unshift(known, object->signer) > 0 &&
                   OSSL_ESS_check_signing_certs(first, second, known, 0) == 1;
    sk_X509_free(known);
    ESS_SIGNING_CERT_V2_free(second);
    ESS_SIGNING_CERT_free(first);
    ERR_clear_error();
    return is_this;
}

enum bx_signed_name bx_signed_name(struct bx_signed *object)
{
    static const int kinds[] = {NID_id_smime_aa_signingCertificateV2,
                                NID_id_smime_aa_signingCertificate};
    for (int i = 0; i < 2; i++) {
        if (CMS_signed_get_attr_by_NID(object->info, kinds[i], -1) < 0)
            continue;
        const ASN1_TYPE *said = find_attribute(object->info, kinds[i]);
        return said && object->signer && names_signer(object, said, i == 0) ? BX_SIGNED_NAMED
                                                                            : BX_SIGNED_OTHER;
    }
    return BX_SIGNED_UNNAMED;
}

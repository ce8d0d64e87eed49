#include "sign/cms.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <string.h>

#include "sign/der.h"
#include "sign/sm2.h"

/* The object is put together here rather than by OpenSSL's CMS functions: those always add the
 * signing-time attribute that PAdES forbids, do not know SM2, and want the key at hand, which it is not
 * when a device signs. What is signed are the attributes as a SET OF in DER; in the object they stand
 * with the tag [0] instead (RFC 5652 5.4). */

static const char distid[] = BX_SM2_IDENTITY;

bool bx_digest_make(struct bx_digest *out,
                    int nid,
                    const void *first,
                    size_t first_len,
                    const void *second,
                    size_t second_len,
                    struct bx_err *err)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_MD *md = EVP_MD_fetch(NULL, OBJ_nid2sn(nid), NULL);
    unsigned int len = 0;
    bool is_done = context && md && EVP_DigestInit_ex(context, md, NULL) == 1 &&
                   EVP_DigestUpdate(context, first, first_len) == 1 &&
                   EVP_DigestUpdate(context, second, second_len) == 1 &&
                   EVP_DigestFinal_ex(context, out->bytes, &len) == 1;
    out->nid = nid;
    out->len = len;
    EVP_MD_free(md);
    EVP_MD_CTX_free(context);
    return is_done || bx_sign_fail(err, "", "the digest cannot be computed");
}

static void add_and_free(struct bx_buf *to, int len, unsigned char *bytes)
{
    if (len > 0)
        bx_buf_add(to, bytes, (size_t)len);
    OPENSSL_free(bytes);
}

/* What identifies a certificate: its issuer's name and its number. */
static void add_issuer_and_serial(struct bx_buf *to, X509 *certificate, bool as_general_name)
{
    struct bx_buf content = {0}, name = {0};
    unsigned char *bytes = NULL;
    int len = i2d_X509_NAME(X509_get_issuer_name(certificate), &bytes);
    add_and_free(&name, len, bytes);
    if (as_general_name) {
        struct bx_buf general = {0};
        bx_der_wrap(&general, BX_DER_CONTEXT + 4, &name); /* directoryName */
        bx_der_wrap(&content, BX_DER_SEQUENCE, &general);
    } else {
        bx_buf_add(&content, name.data, name.len);
        bx_buf_fini(&name);
    }
    bytes = NULL;
    len = i2d_ASN1_INTEGER(X509_get0_serialNumber(certificate), &bytes);
    add_and_free(&content, len, bytes);
    bx_der_wrap(to, BX_DER_SEQUENCE, &content);
}

static void add_attribute(struct bx_buf *to, int nid, struct bx_buf *value)
{
    struct bx_buf content = {0};
    bx_der_add_oid(&content, nid);
    bx_der_wrap(&content, BX_DER_SET, value);
    bx_der_wrap(to, BX_DER_SEQUENCE, &content);
}

/* SigningCertificateV2 with one ESSCertIDv2; its digest is the document's kind, and SHA-256, being the
 * default, is not named. */
static bool add_signing_certificate(struct bx_buf *to,
                                    const struct bx_digest *document,
                                    X509 *certificate,
                                    struct bx_err *err)
{
    struct bx_digest digest;
    unsigned char *bytes = NULL;
    int len = i2d_X509(certificate, &bytes);
    if (len <= 0)
        return bx_sign_fail(err, "", "the certificate cannot be written");
    bool is_done = bx_digest_make(&digest, document->nid, bytes, (size_t)len, "", 0, err);
    OPENSSL_free(bytes);
    if (!is_done)
        return false;
    struct bx_buf id = {0}, list = {0}, value = {0};
    if (digest.nid != NID_sha256)
        bx_der_add_algorithm(&id, digest.nid, false);
    bx_der_add(&id, BX_DER_OCTETS, digest.bytes, digest.len);
    add_issuer_and_serial(&id, certificate, true);
    bx_der_wrap(&list, BX_DER_SEQUENCE, &id);
    struct bx_buf certificates = {0};
    bx_der_wrap(&certificates, BX_DER_SEQUENCE, &list);
    bx_der_wrap(&value, BX_DER_SEQUENCE, &certificates);
    add_attribute(to, NID_id_smime_aa_signingCertificateV2, &value);
    return true;
}

bool bx_cms_attributes(struct bx_buf *out,
                       const struct bx_digest *document,
                       X509 *certificate,
                       struct bx_err *err)
{
    struct bx_buf items[3] = {{0}}, value = {0};
    bx_der_add_oid(&value, NID_pkcs7_data);
    add_attribute(&items[0], NID_pkcs9_contentType, &value);
    bx_der_add(&value, BX_DER_OCTETS, document->bytes, document->len);
    add_attribute(&items[1], NID_pkcs9_messageDigest, &value);
    bool is_done = add_signing_certificate(&items[2], document, certificate, err);
    if (is_done)
        bx_der_add_set(out, BX_DER_SET, items, 3);
    for (int i = 0; i < 3; i++)
        bx_buf_fini(&items[i]);
    return is_done;
}

bool bx_cms_sign(struct bx_buf *out,
                 const struct bx_buf *attributes,
                 EVP_PKEY *pkey,
                 const struct bx_key_kind *kind,
                 struct bx_err *err)
{
    const OSSL_PARAM params[] = {OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_DIST_ID,
                                                         (void *)(uintptr_t)distid,
                                                         sizeof(distid) - 1),
                                 OSSL_PARAM_END};
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const unsigned char *data = (const unsigned char *)attributes->data;
    unsigned char *signature = NULL;
    size_t len = 0;
    bool is_done = context &&
                   EVP_DigestSignInit_ex(context, NULL, OBJ_nid2sn(kind->digest), NULL, NULL,
                                         pkey, kind->is_sm2 ? params : NULL) == 1 &&
                   EVP_DigestSign(context, NULL, &len, data, attributes->len) == 1 &&
                   (signature = OPENSSL_malloc(len)) != NULL &&
                   EVP_DigestSign(context, signature, &len, data, attributes->len) == 1;
    if (is_done)
        bx_buf_add(out, signature, len);
    OPENSSL_free(signature);
    EVP_MD_CTX_free(context);
    return is_done || bx_sign_fail(err, "", "the key cannot sign");
}

bool bx_cms_add_pair(struct bx_buf *out,
                     const unsigned char *r,
                     const unsigned char *s,
                     size_t len)
{
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *first = BN_bin2bn(r, (int)len, NULL), *second = BN_bin2bn(s, (int)len, NULL);
    unsigned char *bytes = NULL;
    int size = -1;
    if (pair && first && second && ECDSA_SIG_set0(pair, first, second) == 1) {
        first = second = NULL; /* the pair's now */
        size = i2d_ECDSA_SIG(pair, &bytes);
    }
    if (size > 0)
        bx_buf_add(out, bytes, (size_t)size);
    OPENSSL_free(bytes);
    BN_free(first);
    BN_free(second);
    ECDSA_SIG_free(pair);
    return size > 0;
}

static void add_certificates(struct bx_buf *to, const struct bx_cms_parts *parts)
{
    struct bx_buf items[64] = {{0}};
    int count = 0, chain_count = parts->chain ? sk_X509_num(parts->chain) : 0;
    for (int i = -1; i < chain_count && count < 64; i++) {
        X509 *one = i < 0 ? parts->certificate : sk_X509_value(parts->chain, i);
        bool is_there = i >= 0 && X509_cmp(one, parts->certificate) == 0;
        for (int j = 0; j < i && !is_there; j++)
            is_there = X509_cmp(one, sk_X509_value(parts->chain, j)) == 0;
        if (is_there)
            continue;
        unsigned char *bytes = NULL;
        int len = i2d_X509(one, &bytes);
        add_and_free(&items[count++], len, bytes);
    }
    bx_der_add_set(to, BX_DER_CONTEXT + 0, items, count);
    for (int i = 0; i < count; i++)
        bx_buf_fini(&items[i]);
}

static void add_signer(struct bx_buf *to, const struct bx_cms_parts *parts)
{
    struct bx_buf info = {0};
    bx_der_add(&info, BX_DER_INTEGER, "\1", 1);
    add_issuer_and_serial(&info, parts->certificate, false);
    bx_der_add_algorithm(&info, parts->kind->digest, false);
    size_t at = info.len;
    bx_buf_add(&info, parts->attributes->data, parts->attributes->len);
    info.data[at] = (char)(BX_DER_CONTEXT + 0);
    bx_der_add_algorithm(&info, parts->kind->signature, parts->kind->has_null);
    bx_der_add(&info, BX_DER_OCTETS, parts->signature->data, parts->signature->len);
    if (parts->token) {
        struct bx_buf value = {0}, attribute = {0};
        bx_buf_add(&value, parts->token->data, parts->token->len);
        add_attribute(&attribute, NID_id_smime_aa_timeStampToken, &value);
        bx_der_wrap(&info, BX_DER_CONTEXT + 1, &attribute);
    }
    struct bx_buf signer = {0};
    bx_der_wrap(&signer, BX_DER_SEQUENCE, &info);
    bx_der_wrap(to, BX_DER_SET, &signer);
}

void bx_cms_build(struct bx_buf *out, const struct bx_cms_parts *parts)
{
    struct bx_buf data = {0}, algorithm = {0}, type = {0};
    bx_der_add(&data, BX_DER_INTEGER, "\1", 1);
    bx_der_add_algorithm(&algorithm, parts->kind->digest, false);
    bx_der_wrap(&data, BX_DER_SET, &algorithm);
    bx_der_add_oid(&type, NID_pkcs7_data);
    bx_der_wrap(&data, BX_DER_SEQUENCE, &type); /* detached: no content */
    add_certificates(&data, parts);
    add_signer(&data, parts);

    struct bx_buf signed_data = {0}, info = {0};
    bx_der_wrap(&signed_data, BX_DER_SEQUENCE, &data);
    bx_der_add_oid(&info, NID_pkcs7_signed);
    bx_der_wrap(&info, BX_DER_CONTEXT + 0, &signed_data);
    bx_der_wrap(out, BX_DER_SEQUENCE, &info);
}

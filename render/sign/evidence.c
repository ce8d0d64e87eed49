#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "base/file.h"
#include "sign/path.h"
#include "sign/signed.h"

/* CRLs and OCSP answers, each believed only as far as its signature goes: a CRL of the issuer itself, an
 * answer of the issuer or of one whom the issuer has told to answer. CRLs of somebody else (indirect
 * ones), of some reasons only, and those that tell differences are left aside: then nothing is known,
 * which is never taken for good. */

enum {
    FILE_BYTES_MOST = 64 << 20,
};

void bx_evidence_init(struct bx_evidence *evidence)
{
    *evidence = (struct bx_evidence){.certificates = sk_X509_new_null(),
                                     .crls = sk_X509_CRL_new_null()};
}

void bx_evidence_fini(struct bx_evidence *evidence)
{
    for (int i = 0; i < evidence->answer_count; i++) {
        OCSP_RESPONSE_free(evidence->answers[i].response);
        OCSP_BASICRESP_free(evidence->answers[i].basic);
    }
    sk_X509_pop_free(evidence->certificates, X509_free);
    sk_X509_CRL_pop_free(evidence->crls, X509_CRL_free);
    bx_arena_fini(&evidence->arena);
    *evidence = (struct bx_evidence){0};
}

/* --- Reading -------------------------------------------------------------------------------- */

bool bx_evidence_add_certificate(struct bx_evidence *to, const void *der, size_t len)
{
    const unsigned char *at = der;
    X509 *one = d2i_X509(NULL, &at, (long)len);
    ERR_clear_error();
    if (!one)
        return false;
    bx_signed_set_identity(one);
    return sk_X509_push(to->certificates, one) > 0;
}

static bool keep_crl(struct bx_evidence *to, X509_CRL *crl)
{
    ERR_clear_error();
    if (!crl)
        return false;
    return sk_X509_CRL_push(to->crls, crl) > 0;
}

bool bx_evidence_add_crl(struct bx_evidence *to, const void *der, size_t len)
{
    const unsigned char *at = der;
    return keep_crl(to, d2i_X509_CRL(NULL, &at, (long)len));
}

bool bx_evidence_add_ocsp(struct bx_evidence *to, const void *der, size_t len)
{
    const unsigned char *at = der;
    OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &at, (long)len);
    OCSP_BASICRESP *basic =
        response && OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL
            ? OCSP_response_get1_basic(response)
            : NULL;
    ERR_clear_error();
    if (!basic) {
        OCSP_RESPONSE_free(response);
        return false;
    }
    if (to->answer_count == to->answer_capacity)
        to->answers = bx_arena_grow(&to->arena, to->answers, to->answer_count,
                                    &to->answer_capacity, sizeof(*to->answers));
    to->answers[to->answer_count++] = (struct bx_ocsp){response, basic};
    return true;
}

bool bx_evidence_read_crl(struct bx_evidence *to, const char *path, struct bx_err *err)
{
    struct bx_buf file = {0};
    if (!bx_file_read(&file, path, FILE_BYTES_MOST, err))
        return false;
    int before = sk_X509_CRL_num(to->crls);
    BIO *bio = BIO_new_mem_buf(file.data ? file.data : "", (int)file.len);
    X509_CRL *crl;
    while (bio && (crl = PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL)))
        keep_crl(to, crl);
    BIO_free(bio);
    ERR_clear_error();
    bool is_read = sk_X509_CRL_num(to->crls) > before ||
                   (file.data && bx_evidence_add_crl(to, file.data, file.len));
    bx_buf_fini(&file);
    return is_read || bx_fail(err, BX_E_SIGN, path, "", "there is no CRL in this file");
}

bool bx_evidence_read_ocsp(struct bx_evidence *to, const char *path, struct bx_err *err)
{
    struct bx_buf file = {0};
    if (!bx_file_read(&file, path, FILE_BYTES_MOST, err))
        return false;
    bool is_read = file.data && bx_evidence_add_ocsp(to, file.data, file.len);
    bx_buf_fini(&file);
    return is_read || bx_fail(err, BX_E_SIGN, path, "",
                              "this is no OCSP answer in DER, or one that says nothing");
}

/* --- CRLs ----------------------------------------------------------------------------------- */

/* Time `at` lies between both; an end that is missing does not count. */
static bool is_current(const ASN1_TIME *next, int64_t at)
{
    return at < 0 || (next && bx_time_read(next) >= at);
}

static bool has_same_name(DIST_POINT_NAME *one, DIST_POINT_NAME *other)
{
    if (!one || !other || one->type != 0 || other->type != 0)
        return false;
    for (int i = 0; i < sk_GENERAL_NAME_num(one->name.fullname); i++)
        for (int j = 0; j < sk_GENERAL_NAME_num(other->name.fullname); j++)
            if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(one->name.fullname, i),
                                 sk_GENERAL_NAME_value(other->name.fullname, j)) == 0)
                return true;
    return false;
}

static bool is_point_of(DIST_POINT_NAME *name, X509 *certificate)
{
    CRL_DIST_POINTS *points =
        X509_get_ext_d2i(certificate, NID_crl_distribution_points, NULL, NULL);
    bool is_named = false;
    for (int i = 0; i < sk_DIST_POINT_num(points) && !is_named; i++)
        is_named = has_same_name(name, sk_DIST_POINT_value(points, i)->distpoint);
    CRL_DIST_POINTS_free(points);
    return is_named;
}

/* It tells of certificates of this kind and place, and for every reason. Source  RFC 5280 5.2.5. */
static bool is_in_scope(X509_CRL *crl, X509 *certificate)
{
    int is_critical = 0;
    ISSUING_DIST_POINT *point =
        X509_CRL_get_ext_d2i(crl, NID_issuing_distribution_point, &is_critical, NULL);
    if (!point)
        return is_critical == -1; /* there is none */
    bool is_authority = X509_check_ca(certificate) > 0;
    bool is_so = point->indirectCRL <= 0 && point->onlyattr <= 0 && !point->onlysomereasons &&
                 !(point->onlyuser > 0 && is_authority) &&
                 !(point->onlyCA > 0 && !is_authority) &&
                 (!point->distpoint || is_point_of(point->distpoint, certificate));
    ISSUING_DIST_POINT_free(point);
    return is_so;
}

static bool is_whole(X509_CRL *crl)
{
    for (int i = 0; i < X509_CRL_get_ext_count(crl); i++) {
        X509_EXTENSION *extension = X509_CRL_get_ext(crl, i);
        int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
        if (nid == NID_delta_crl ||
            (X509_EXTENSION_get_critical(extension) && nid != NID_issuing_distribution_point))
            return false;
    }
    return true;
}

static bool is_crl_signed(X509_CRL *crl, EVP_PKEY *pkey)
{
    if (X509_CRL_get_signature_nid(crl) != NID_SM2_with_SM3)
        return X509_CRL_verify(crl, pkey) == 1;
    const ASN1_BIT_STRING *signature = NULL;
    unsigned char *bytes = NULL;
    int len = i2d_re_X509_CRL_tbs(crl, &bytes);
    X509_CRL_get0_signature(crl, &signature, NULL);
    bool is_good = len > 0 && signature &&
                   bx_signed_verify_sm2(
                       pkey, (struct bx_span){(const char *)bytes, (size_t)len}, signature);
    OPENSSL_free(bytes);
    return is_good;
}

static bool is_crl_of(X509_CRL *crl, X509 *certificate, X509 *issuer)
{
    return X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer)) == 0 &&
           (X509_get_key_usage(issuer) & KU_CRL_SIGN) != 0 && is_whole(crl) &&
           is_in_scope(crl, certificate) && is_crl_signed(crl, X509_get0_pubkey(issuer));
}

static enum bx_revocation
ask_crl(X509_CRL *crl, X509 *certificate, X509 *issuer, int64_t time, int64_t *since)
{
    X509_REVOKED *entry = NULL;
    if (!is_crl_of(crl, certificate, issuer))
        return BX_REVOCATION_UNKNOWN;
    int found = X509_CRL_get0_by_cert(crl, &entry, certificate); /* 2: taken off the list */
    if (found == 1) {
        *since = bx_time_read(X509_REVOKED_get0_revocationDate(entry));
        return BX_REVOCATION_REVOKED;
    }
    return is_current(X509_CRL_get0_nextUpdate(crl), time) ? BX_REVOCATION_GOOD
                                                           : BX_REVOCATION_UNKNOWN;
}

/* --- OCSP ----------------------------------------------------------------------------------- */

static bool is_signed_by(OCSP_BASICRESP *basic, X509 *signer)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *key = EVP_PKEY_CTX_new(X509_get0_pubkey(signer), NULL);
    const X509_ALGOR *algorithm = OCSP_resp_get0_tbs_sigalg(basic);
    bool is_good = false;
    if (context && key) {
        if (OBJ_obj2nid(algorithm->algorithm) == NID_SM2_with_SM3)
            EVP_PKEY_CTX_set1_id(key, bx_signed_identity, (int)strlen(bx_signed_identity));
        EVP_MD_CTX_set_pkey_ctx(context, key);
        is_good = ASN1_item_verify_ctx(ASN1_ITEM_rptr(OCSP_RESPDATA), algorithm,
                                       OCSP_resp_get0_signature(basic),
                                       OCSP_resp_get0_respdata(basic), context) == 1;
    }
    EVP_MD_CTX_free(context);
    EVP_PKEY_CTX_free(key);
    return is_good;
}

/* One whom the issuer has told to answer for it, and whom nobody asks back or a CRL clears.
 * Source  RFC 6960 4.2.2.2. */
static bool
is_told_to_answer(const struct bx_evidence *evidence, X509 *signer, X509 *issuer, int64_t time)
{
    bx_signed_set_identity(signer);
    if (X509_check_issued(issuer, signer) != X509_V_OK ||
        X509_verify(signer, X509_get0_pubkey(issuer)) != 1 ||
        (X509_get_extension_flags(signer) & EXFLAG_XKUSAGE) == 0 ||
        (X509_get_extended_key_usage(signer) & XKU_OCSP_SIGN) == 0)
        return false;
    if (X509_get_ext_by_NID(signer, NID_id_pkix_OCSP_noCheck, -1) >= 0)
        return true;
    int64_t since;
    for (int i = 0; i < sk_X509_CRL_num(evidence->crls); i++)
        if (ask_crl(sk_X509_CRL_value(evidence->crls, i), signer, issuer, time, &since) ==
            BX_REVOCATION_GOOD)
            return true;
    return false;
}

static bool is_answer_of(const struct bx_evidence *evidence,
                         OCSP_BASICRESP *basic,
                         X509 *issuer,
                         int64_t time)
{
    X509 *signer = NULL;
    STACK_OF(X509) *extra = sk_X509_new_null();
    bool is_known = extra && sk_X509_push(extra, issuer) > 0 &&
                    OCSP_resp_get0_signer(basic, &signer, extra) == 1;
    sk_X509_free(extra);
    ERR_clear_error();
    int64_t produced = bx_time_read(OCSP_resp_get0_produced_at(basic));
    time_t moment = (time_t)produced;
    return is_known &&
           (X509_cmp(signer, issuer) == 0 ||
            (X509_cmp_time(X509_get0_notBefore(signer), &moment) < 0 &&
             X509_cmp_time(X509_get0_notAfter(signer), &moment) > 0 &&
             is_told_to_answer(evidence, signer, issuer, time))) &&
           is_signed_by(basic, signer);
}

/* The digest of the names is the answer's choice. */
static bool is_about(OCSP_SINGLERESP *single, X509 *certificate, X509 *issuer)
{
    OCSP_CERTID *said = (OCSP_CERTID *)(uintptr_t)OCSP_SINGLERESP_get0_id(single);
    ASN1_OBJECT *digest = NULL;
    if (OCSP_id_get0_info(NULL, &digest, NULL, NULL, said) != 1)
        return false;
    const EVP_MD *md = EVP_get_digestbyobj(digest);
    OCSP_CERTID *own = md ? OCSP_cert_to_id(md, certificate, issuer) : NULL;
    bool is_so = own && OCSP_id_cmp(own, said) == 0;
    OCSP_CERTID_free(own);
    return is_so;
}

static enum bx_revocation ask_ocsp(const struct bx_evidence *evidence,
                                   OCSP_BASICRESP *basic,
                                   X509 *certificate,
                                   X509 *issuer,
                                   int64_t time,
                                   int64_t *since)
{
    for (int i = 0; i < OCSP_resp_count(basic); i++) {
        OCSP_SINGLERESP *single = OCSP_resp_get0(basic, i);
        ASN1_GENERALIZEDTIME *revoked = NULL, *this_update = NULL, *next = NULL;
        int status = OCSP_single_get0_status(single, NULL, &revoked, &this_update, &next);
        if (!is_about(single, certificate, issuer) ||
            !is_answer_of(evidence, basic, issuer, time))
            continue;
        if (status == V_OCSP_CERTSTATUS_REVOKED) {
            *since = bx_time_read(revoked);
            return BX_REVOCATION_REVOKED;
        }
        /* Without a next update there is always a newer one: it holds for its own moment. */
        if (status == V_OCSP_CERTSTATUS_GOOD && is_current(next ? next : this_update, time))
            return BX_REVOCATION_GOOD;
    }
    return BX_REVOCATION_UNKNOWN;
}

/* --- Both ----------------------------------------------------------------------------------- */

enum bx_revocation bx_evidence_ask(const struct bx_evidence *evidence,
                                   X509 *certificate,
                                   X509 *issuer,
                                   int64_t time,
                                   int64_t *since)
{
    enum bx_revocation best = BX_REVOCATION_UNKNOWN;
    int crl_count = sk_X509_CRL_num(evidence->crls);
    for (int i = 0; i < crl_count + evidence->answer_count; i++) {
        enum bx_revocation one =
            i < crl_count ? ask_crl(sk_X509_CRL_value(evidence->crls, i), certificate, issuer,
                                    time, since)
                          : ask_ocsp(evidence, evidence->answers[i - crl_count].basic,
                                     certificate, issuer, time, since);
        best = one > best ? one : best;
        if (best == BX_REVOCATION_REVOKED)
            break;
    }
    ERR_clear_error();
    return best;
}

enum bx_revocation bx_evidence_ask_path(const struct bx_evidence *evidence,
                                        STACK_OF(X509) * path,
                                        int64_t time,
                                        X509 **which,
                                        int64_t *since)
{
    enum bx_revocation worst = BX_REVOCATION_GOOD;
    for (int i = 0; i + 1 < sk_X509_num(path) && worst != BX_REVOCATION_REVOKED; i++) {
        X509 *one = sk_X509_value(path, i);
        enum bx_revocation of_it =
            bx_evidence_ask(evidence, one, sk_X509_value(path, i + 1), time, since);
        if (of_it == BX_REVOCATION_GOOD ||
            (of_it == BX_REVOCATION_UNKNOWN && worst == BX_REVOCATION_UNKNOWN))
            continue;
        worst = of_it;
        *which = one;
    }
    return worst;
}

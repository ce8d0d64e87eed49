#include <openssl/err.h>
#include <string.h>

#include "sign/check.h"
#include "sign/der.h"
#include "sign/level.h"
#include "sign/sign_work.h"
#include "sign/signed.h"
#include "sign/steps.h"

/* What came back is put into the prepared file, and then the file is looked at with the same eyes that
 * verify has: nothing is given away that verify would not call intact and of level B-B. So whatever was
 * changed on the way, in the file, in the attributes, in the signature, is found here rather than by the
 * first reader. What is tested before that is tested for the sake of a clear word. */

struct job {
    const struct bx_sign_options *options;
    const struct bx_finish_input *input;
    struct bx_source source;
    struct bx_field_list fields;
    const struct bx_field *field; /* the prepared one */
    size_t contents_at, reserved; /* of its '<'; bytes */
    struct bx_key key;
    struct bx_level level;
    struct bx_buf cms;
    struct bx_buf token; /* in it */
    struct bx_err *err;
};

static bool fail_finish(struct job *job, const char *what)
{
    ERR_clear_error();
    return bx_fail(job->err, BX_E_SIGN, "", "", "%s", what);
}

/* --- The prepared file ------------------------------------------------------------------------ */

static bool is_all_zero(struct bx_span hex)
{
    bool is_zero =
        hex.len >= 4 && hex.len % 2 == 0 && hex.at[0] == '<' && hex.at[hex.len - 1] == '>';
    for (size_t i = 1; is_zero && i + 1 < hex.len; i++)
        is_zero = hex.at[i] == '0';
    return is_zero;
}

/* The numbers of ByteRange are these. */
static bool has_range(struct job *job, const struct bx_value *dict, const size_t wanted[4])
{
    struct bx_value array = bx_source_find(&job->source, dict, "ByteRange");
    struct bx_span rest = bx_value_inside(&array);
    for (int i = 0; i < 4; i++) {
        struct bx_value value = bx_value_next_plain(&rest);
        if (value.kind != BX_VALUE_INT || value.number < 0 || (size_t)value.number != wanted[i])
            return false;
    }
    bx_span_skip_blank(&rest);
    return rest.len == 0;
}

/* Room for a signature over the whole file, as bx_prepare_pdf() leaves it. */
static bool is_prepared(struct job *job, const struct bx_field *field)
{
    struct bx_span file = job->source.file;
    struct bx_value dict = bx_source_follow(&job->source, field->value);
    struct bx_value filter = bx_source_find(&job->source, &dict, "SubFilter");
    struct bx_value contents = bx_value_find(&dict, "Contents");
    if (contents.kind != BX_VALUE_STRING || !bx_value_is_name(&filter, "ETSI.CAdES.detached") ||
        !is_all_zero(contents.span) || contents.span.at < file.at ||
        contents.span.at >= file.at + file.len)
        return false;
    size_t at = (size_t)(contents.span.at - file.at), end = at + contents.span.len;
    if (!has_range(job, &dict, (const size_t[4]){0, at, end, file.len - end}))
        return false;
    job->contents_at = at;
    job->reserved = (contents.span.len - 2) / 2;
    return true;
}

static bool find_prepared(struct job *job, const void *data, size_t len)
{
    if (!bx_source_read(&job->source, data, len, job->err) ||
        !bx_field_list_read(&job->fields, &job->source, job->err))
        return false;
    for (int i = 0; i < job->fields.count && !job->field; i++)
        if (job->fields.items[i].value.kind == BX_VALUE_REF &&
            is_prepared(job, &job->fields.items[i]))
            job->field = &job->fields.items[i];
    return job->field ||
           fail_finish(job,
                       "the file has no place for a signature as sign prepare leaves it, or "
                       "was changed behind it");
}

/* --- A signature and its attributes ----------------------------------------------------------- */

/* The digest the attributes speak of, told by its length. */
static int find_digest(struct bx_finish_part attributes, const struct bx_key_kind *kind)
{
    const unsigned char *at = (const unsigned char *)attributes.at;
    const unsigned char *end = at + attributes.len;
    size_t len = 0;
    X509_ATTRIBUTE *one;
    for (at += bx_der_head_len(attributes.at);
         (one = d2i_X509_ATTRIBUTE(NULL, &at, (long)(end - at)));) {
        if (OBJ_obj2nid(X509_ATTRIBUTE_get0_object(one)) == NID_pkcs9_messageDigest) {
            const ASN1_OCTET_STRING *said =
                X509_ATTRIBUTE_get0_data(one, 0, V_ASN1_OCTET_STRING, NULL);
            len = said ? (size_t)ASN1_STRING_length(said) : 0;
        }
        X509_ATTRIBUTE_free(one);
    }
    return kind->is_sm2 ? NID_sm3
           : len == 32  ? NID_sha256
           : len == 48  ? NID_sha384
           : len == 64  ? NID_sha512
                        : NID_undef;
}

static int pick_ecdsa(int digest)
{
    return digest == NID_sha256   ? NID_ecdsa_with_SHA256
           : digest == NID_sha384 ? NID_ecdsa_with_SHA384
                                  : NID_ecdsa_with_SHA512;
}

/* A signature of two numbers as CMS has it. Devices give it in DER, or the numbers one behind the other;
 * those after GM/T 0016 right-aligned in 64 bytes each. */
static bool add_signature(struct bx_buf *out, struct bx_finish_part raw, EVP_PKEY *pkey)
{
    const unsigned char *bytes = (const unsigned char *)raw.at, *at = bytes;
    size_t size = ((size_t)EVP_PKEY_get_bits(pkey) + 7) / 8;
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)raw.len);
    bool is_der = pair && at == bytes + raw.len;
    ECDSA_SIG_free(pair);
    ERR_clear_error();
    if (is_der)
        bx_buf_add(out, raw.at, raw.len);
    return is_der || ((raw.len == 2 * size || (size == 32 && raw.len == 128)) &&
                      bx_cms_add_pair(out, bytes, bytes + raw.len / 2, raw.len / 2));
}

static bool build_cms(struct job *job)
{
    struct bx_finish_part given = job->input->attributes, raw = job->input->signature;
    struct bx_key_kind kind;
    X509 *certificate = job->key.certificate;
    if (!bx_key_kind(&kind, X509_get0_pubkey(certificate), job->err))
        return false;
    if (given.len == 0 || (unsigned char)given.at[0] != BX_DER_SET ||
        bx_der_len(given.at, given.len) != given.len)
        return fail_finish(job, "the attributes are not those that sign prepare wrote");
    kind.digest = find_digest(given, &kind);
    if (kind.digest == NID_undef)
        return fail_finish(job, "the attributes do not hold the document's digest");
    bool is_pair = kind.is_sm2 || kind.signature != NID_rsaEncryption;
    if (is_pair && !kind.is_sm2)
        kind.signature = pick_ecdsa(kind.digest);
    struct bx_buf attributes = {0}, signature = {0};
    bx_buf_add(&attributes, given.at, given.len);
    bool is_done = true;
    if (!is_pair)
        bx_buf_add(&signature, raw.at, raw.len);
    else if (!add_signature(&signature, raw, X509_get0_pubkey(certificate)))
        is_done = fail_finish(job, "the signature has neither the length nor the form of one");
    is_done = is_done && bx_level_read(&job->level, job->options, &job->key, job->err) &&
              bx_level_stamp(&job->token, &job->level, &signature, &kind, job->err);
    const struct bx_cms_parts parts = {
        .certificate = certificate,
        .chain = job->key.chain,
        .kind = &kind,
        .attributes = &attributes,
        .signature = &signature,
        .token = job->token.len > 0 ? &job->token : NULL,
    };
    if (is_done)
        bx_cms_build(&job->cms, &parts);
    bx_buf_fini(&attributes);
    bx_buf_fini(&signature);
    return is_done;
}

/* --- A CMS object ----------------------------------------------------------------------------- */

static bool has_attributes(const struct bx_signed *object, struct bx_finish_part wanted)
{
    struct bx_buf joined = {0};
    bx_signed_join_attributes(&joined, object);
    bool is_same = joined.len == wanted.len && joined.len > 0 &&
                   memcmp(joined.data, wanted.at, wanted.len) == 0;
    bx_buf_fini(&joined);
    return is_same;
}

/* Adds what the object lacks of the certificates that were given. */
static bool add_certificates(struct job *job, const struct bx_signed *object)
{
    bool is_changed = false;
    for (int i = -1; i < (job->key.chain ? sk_X509_num(job->key.chain) : 0); i++) {
        X509 *one = i < 0 ? job->key.certificate : sk_X509_value(job->key.chain, i);
        bool is_there = false;
        for (int j = 0; j < sk_X509_num(object->certificates) && !is_there; j++)
            is_there = X509_cmp(sk_X509_value(object->certificates, j), one) == 0;
        if (!is_there)
            is_changed |= CMS_add1_cert(object->object, one) == 1;
    }
    ERR_clear_error();
    return is_changed;
}

/* Who signed, when nobody said so: the object does. */
static void take_signer(struct job *job, const struct bx_signed *object)
{
    if (job->key.certificate || !object->signer || X509_up_ref(object->signer) != 1)
        return;
    job->key.certificate = object->signer;
    job->key.chain = X509_chain_up_ref(object->certificates);
}

/* The time-stamp that a level asks for: the platform's own, else one that is put in. */
static bool add_token(struct job *job, const struct bx_signed *object, bool *is_changed)
{
    if (job->options->level < BX_SIGN_T)
        return true;
    const int nid = NID_id_smime_aa_timeStampToken;
    int at = CMS_unsigned_get_attr_by_NID(object->info, nid, -1);
    const ASN1_TYPE *there =
        at < 0 ? NULL : X509_ATTRIBUTE_get0_type(CMS_unsigned_get_attr(object->info, at), 0);
    if (there && ASN1_TYPE_get(there) == V_ASN1_SEQUENCE) {
        bx_buf_add(&job->token, ASN1_STRING_get0_data(there->value.sequence),
                   (size_t)ASN1_STRING_length(there->value.sequence));
        return true;
    }
    struct bx_key_kind kind;
    struct bx_buf signature = {0};
    const ASN1_OCTET_STRING *said = CMS_SignerInfo_get0_signature(object->info);
    bx_buf_add(&signature, ASN1_STRING_get0_data(said), (size_t)ASN1_STRING_length(said));
    bool is_done = object->signer &&
                   bx_key_kind(&kind, X509_get0_pubkey(object->signer), job->err) &&
                   bx_level_stamp(&job->token, &job->level, &signature, &kind, job->err) &&
                   (CMS_unsigned_add1_attr_by_NID(object->info, nid, V_ASN1_SEQUENCE,
                                                  job->token.data, (int)job->token.len) == 1 ||
                    fail_finish(job, "the time-stamp cannot be put into the CMS object"));
    *is_changed = true;
    bx_buf_fini(&signature);
    return is_done || fail_finish(job, "the CMS object does not hold its certificate");
}

static bool write_object(struct job *job, const struct bx_signed *object, bool is_changed)
{
    struct bx_finish_part given = job->input->cms;
    unsigned char *bytes = NULL;
    int len = 0;
    if (!is_changed && bx_der_len(given.at, given.len) == given.len)
        bx_buf_add(&job->cms, given.at, given.len);
    else if ((len = i2d_CMS_ContentInfo(object->object, &bytes)) > 0)
        bx_buf_add(&job->cms, bytes, (size_t)len);
    OPENSSL_free(bytes);
    return job->cms.len > 0 || fail_finish(job, "the CMS object cannot be written");
}

static bool take_object(struct job *job, const struct bx_signed *object)
{
    CMS_SignerInfo *info = object->info;
    if (CMS_is_detached(object->object) != 1)
        return fail_finish(job, "the CMS object holds the document: it must be a detached one");
    if (CMS_signed_get_attr_by_NID(info, NID_pkcs9_signingTime, -1) >= 0)
        return fail_finish(job, "the CMS object has a signing-time attribute, which PAdES "
                                "forbids: the claimed time is that of sign prepare");
    if (CMS_signed_get_attr_by_NID(info, NID_id_smime_aa_signingCertificateV2, -1) < 0)
        return fail_finish(job, "the CMS object does not name its certificate in an attribute "
                                "signing-certificate-v2, as PAdES asks");
    if (job->input->attributes.at && !has_attributes(object, job->input->attributes))
        return fail_finish(job, "the CMS object has other attributes than those given");
    if (job->key.certificate && CMS_SignerInfo_cert_cmp(info, job->key.certificate) != 0)
        return fail_finish(job, "the CMS object is of another certificate than the one given");
    bool is_changed = job->key.certificate && add_certificates(job, object);
    take_signer(job, object);
    return bx_level_read(&job->level, job->options, &job->key, job->err) &&
           add_token(job, object, &is_changed) && write_object(job, object, is_changed);
}

static bool take_cms(struct job *job)
{
    struct bx_finish_part given = job->input->cms;
    const unsigned char *at = (const unsigned char *)given.at;
    CMS_ContentInfo *whole = d2i_CMS_ContentInfo(NULL, &at, (long)given.len);
    bool is_whole = whole && at == (const unsigned char *)given.at + given.len;
    CMS_ContentInfo_free(whole);
    struct bx_signed object = {0};
    bool is_taken = is_whole ? bx_signed_read(&object, (struct bx_span){given.at, given.len}) &&
                                   take_object(job, &object)
                             : fail_finish(job, "this is no CMS object in DER");
    if (!is_taken)
        fail_finish(job, "the CMS object is not signed data (RFC 5652) with one signer");
    bx_signed_fini(&object);
    return is_taken;
}

/* --- Both ------------------------------------------------------------------------------------- */

static void patch(struct bx_buf *out, const struct job *job)
{
    struct bx_buf hex = {0};
    bx_add_pdf_hex(&hex, job->cms.data, job->cms.len);
    /* Without its '>': zeroes follow up to the one that is there. */
    memcpy(out->data + job->contents_at, hex.data, hex.len - 1);
    bx_buf_fini(&hex);
}

/* What verify will say of it. */
static bool is_accepted(struct job *job, const struct bx_buf *file)
{
    struct bx_check_result check;
    const struct bx_check_options options = {.trusted_count = 0};
    const char *why = "the signature cannot be found again";
    if (!bx_check_pdf(&check, file->data, file->len, &options, job->err)) {
        bx_check_fini(&check);
        return false;
    }
    for (int i = 0; i < check.count; i++) {
        const struct bx_check_signature *one = &check.signatures[i];
        if (one->covered_len == file->len && strcmp(one->field, job->field->name) == 0)
            why = !one->is_intact ? one->why : !one->is_pades ? "it is not one of PAdES" : NULL;
    }
    if (why)
        bx_fail(job->err, BX_E_SIGN, "", "", "this is no signature of the prepared file: %s",
                why);
    bx_check_fini(&check);
    return !why;
}

static bool run(struct job *job, struct bx_buf *file, const void *data, size_t len)
{
    bool is_raw = !job->input->cms.at;
    if (!find_prepared(job, data, len) ||
        (job->options->certificate && !bx_key_read_public(&job->key, job->options, job->err)))
        return false;
    if (is_raw &&
        !(job->key.certificate && job->input->signature.at && job->input->attributes.at))
        return bx_fail(job->err, BX_E_USAGE, "", "",
                       "a signature comes with its attributes and its certificate");
    if (is_raw ? !build_cms(job) : !take_cms(job))
        return false;
    if (job->cms.len > job->reserved)
        return bx_fail(job->err, BX_E_SIGN, "", "",
                       "the signature takes %zu bytes and its place has %zu", job->cms.len,
                       job->reserved);
    bx_buf_add(file, data, len);
    patch(file, job);
    const struct bx_level_signature signature = {
        .key = &job->key,
        .token = &job->token,
        .contents = {file->data + job->contents_at + 1, 2 * job->reserved},
    };
    return is_accepted(job, file) && bx_level_extend(file, &job->level, &signature, job->err);
}

bool bx_finish_pdf(struct bx_buf *out,
                   const void *data,
                   size_t len,
                   const struct bx_sign_options *options,
                   const struct bx_finish_input *input,
                   struct bx_err *err)
{
    struct job job = {.options = options, .input = input, .err = err};
    struct bx_buf file = {0};
    bool is_done = run(&job, &file, data, len);
    if (is_done) {
        *out = file;
        file = (struct bx_buf){0};
    }
    bx_buf_fini(&file);
    bx_buf_fini(&job.cms);
    bx_buf_fini(&job.token);
    bx_level_fini(&job.level);
    bx_source_fini(&job.source);
    bx_key_fini(&job.key);
    return is_done;
}

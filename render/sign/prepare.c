#include <string.h>

#include "sign/sign_work.h"
#include "sign/sm2.h"
#include "sign/steps.h"

/* The file is prepared exactly as sign.c does before it signs; the room is larger when nobody knows what
 * will come back. */

enum {
    RESERVE_KNOWN = 6144,    /* with the certificates at hand, which sign.c adds up */
    RESERVE_UNKNOWN = 12288, /* a platform's object may hold a time-stamp too */
};

static const struct {
    const char *name;
    int digest, ecdsa;
} hashes[] = {
    {"sha256", NID_sha256, NID_ecdsa_with_SHA256},
    {"sha384", NID_sha384, NID_ecdsa_with_SHA384},
    {"sm3", NID_sm3, NID_undef},
};

/* Takes another digest than the key's usual one. */
static bool change_digest(struct bx_key_kind *kind, const char *hash, struct bx_err *err)
{
    for (size_t i = 0; i < sizeof(hashes) / sizeof(hashes[0]); i++) {
        if (strcmp(hashes[i].name, hash) != 0)
            continue;
        if (kind->is_sm2 != (hashes[i].digest == NID_sm3))
            return bx_fail(err, BX_E_USAGE, "", "",
                           "SM3 is the digest of SM2 keys, and of no others");
        if (kind->signature != NID_rsaEncryption && !kind->is_sm2)
            kind->signature = hashes[i].ecdsa;
        kind->digest = hashes[i].digest;
        return true;
    }
    return bx_fail(err, BX_E_USAGE, "", "", "the digest %s is not known", hash);
}

static int find_digest(const char *hash)
{
    for (size_t i = 0; hash && i < sizeof(hashes) / sizeof(hashes[0]); i++)
        if (strcmp(hashes[i].name, hash) == 0)
            return hashes[i].digest;
    return hash ? NID_undef : NID_sha256;
}

/* Who will sign, as far as it is known, and with which digest. */
static bool choose_kind(struct bx_sign_job *job,
                        const struct bx_prepare_options *prepare,
                        struct bx_err *err)
{
    const struct bx_sign_options *options = job->options;
    if (!options->certificate) {
        job->kind.digest = find_digest(prepare->hash);
        if (prepare->has_attributes)
            return bx_fail(err, BX_E_USAGE, "", "",
                           "the attributes name the certificate, which is missing");
        return job->kind.digest != NID_undef ||
               bx_fail(err, BX_E_USAGE, "", "", "the digest %s is not known", prepare->hash);
    }
    return bx_key_read_public(&job->key, options, err) &&
           bx_key_kind(&job->kind, X509_get0_pubkey(job->key.certificate), err) &&
           (!prepare->hash || change_digest(&job->kind, prepare->hash, err));
}

static void write_hex(char *out, const struct bx_digest *digest)
{
    struct bx_buf text = {0};
    for (size_t i = 0; i < digest->len; i++)
        bx_buf_printf(&text, "%02x", digest->bytes[i]);
    memcpy(out, text.data, text.len + 1);
    bx_buf_fini(&text);
}

static bool write_attributes(struct bx_prepared *out,
                             struct bx_sign_job *job,
                             const struct bx_digest *document)
{
    X509 *certificate = job->key.certificate;
    struct bx_buf *bytes = &out->attributes;
    struct bx_digest digest;
    if (!bx_cms_attributes(bytes, document, certificate, job->err))
        return false;
    bool is_done = job->kind.is_sm2 ? bx_sm2_digest(&digest, X509_get0_pubkey(certificate),
                                                    bytes->data, bytes->len, job->err)
                                    : bx_digest_make(&digest, job->kind.digest, bytes->data,
                                                     bytes->len, "", 0, job->err);
    if (is_done)
        write_hex(out->to_sign, &digest);
    return is_done;
}

bool bx_prepare_pdf(struct bx_prepared *out,
                    const void *data,
                    size_t len,
                    const struct bx_sign_options *options,
                    const struct bx_prepare_options *prepare,
                    struct bx_err *err)
{
    struct bx_prepared made = {0};
    struct bx_digest document;
    struct bx_sign_job job = {
        .options = options,
        .reserve_least = options->certificate && options->level == BX_SIGN_B ? RESERVE_KNOWN
                                                                             : RESERVE_UNKNOWN,
        .err = err};
    bool is_done = bx_sign_job_read(&job, data, len) && choose_kind(&job, prepare, err) &&
                   bx_sign_job_write(&job) &&
                   bx_sign_job_digest(&document, &job, job.kind.digest) &&
                   (!prepare->has_attributes || write_attributes(&made, &job, &document));
    if (is_done) {
        write_hex(made.document, &document);
        made.file = job.revision.out;
        job.revision.out = (struct bx_buf){0};
        *out = made;
    } else {
        bx_buf_fini(&made.attributes);
    }
    bx_sign_job_fini(&job);
    return is_done;
}

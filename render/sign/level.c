#include "sign/level.h"

#include <openssl/err.h>
#include <string.h>

#include "sign/dss.h"
#include "sign/signed.h"
#include "sign/stamp.h"
#include "sign/token.h"

/* Validation must be possible for ever from the file alone, so whatever it will ask for is asked for here:
 * the whole path of the signer and of the authority, and for each certificate on it, but the root,
 * a word of its issuer that it was good when the authority stamped. */

enum {
    STAMP_SPARE = 1024, /* bytes by which the next token may be longer than the last */
    STAMP_TRIES = 2,
};

/* --- Paths ---------------------------------------------------------------------------------- */

static const char *name_of(struct bx_arena *arena, X509 *certificate)
{
    const char *name = bx_signed_find_name(arena, certificate);
    return name[0] ? name : "without a name";
}

/* The path is complete and all on it good at a time; `used`, unless NULL, gets its certificates. */
static bool check_path(const struct bx_level *level,
                       X509 *certificate,
                       STACK_OF(X509) * others,
                       int64_t time,
                       STACK_OF(X509) * used,
                       struct bx_err *err)
{
    struct bx_arena arena = {0};
    X509 *which = NULL;
    int64_t since;
    const char *why;
    STACK_OF(X509) *known = sk_X509_new_null();
    bx_path_keep(known, others);
    bx_path_keep(known, level->evidence.certificates);
    STACK_OF(X509) *path = bx_path_build(certificate, known, level->trusted, time, &why);
    bool is_good = path != NULL;
    if (!is_good) {
        bx_fail(err, BX_E_SIGN, "", "",
                "the path of the certificate %s is not complete (--chain, --trust): %s",
                name_of(&arena, certificate), why);
    } else {
        enum bx_revocation said =
            bx_evidence_ask_path(&level->evidence, path, time, &which, &since);
        is_good = said == BX_REVOCATION_GOOD;
        if (!is_good)
            bx_fail(err, BX_E_SIGN, "", "",
                    said == BX_REVOCATION_REVOKED
                        ? "the certificate %s was revoked"
                        : "there is no current CRL or OCSP answer for the certificate %s",
                    name_of(&arena, which));
    }
    if (is_good && used)
        bx_path_keep(used, path);
    sk_X509_pop_free(path, X509_free);
    sk_X509_pop_free(known, X509_free);
    bx_arena_fini(&arena);
    return is_good;
}

bool bx_level_read(struct bx_level *out,
                   const struct bx_sign_options *options,
                   const struct bx_key *key,
                   struct bx_err *err)
{
    *out = (struct bx_level){.options = options};
    bx_evidence_init(&out->evidence);
    if (options->level >= BX_SIGN_T && !options->tsa)
        return bx_fail(err, BX_E_USAGE, "", "", "levels from t on need --tsa");
    if (options->level < BX_SIGN_LT)
        return true;
    bool is_read =
        bx_path_read_trusted(&out->trusted, options->trusted, options->trusted_count, err);
    for (int i = 0; is_read && i < options->trusted_count; i++)
        is_read =
            bx_key_read_certificates(out->evidence.certificates, options->trusted[i], err);
    for (int i = 0; is_read && i < options->crl_count; i++)
        is_read = bx_evidence_read_crl(&out->evidence, options->crls[i], err);
    for (int i = 0; is_read && i < options->ocsp_count; i++)
        is_read = bx_evidence_read_ocsp(&out->evidence, options->ocsps[i], err);
    return is_read && (!key->certificate ||
                       check_path(out, key->certificate, key->chain, BX_TIME_NONE, NULL, err));
}

void bx_level_fini(struct bx_level *level)
{
    X509_STORE_free(level->trusted);
    bx_evidence_fini(&level->evidence);
    *level = (struct bx_level){0};
}

/* --- B-T ------------------------------------------------------------------------------------ */

bool bx_level_stamp(struct bx_buf *token,
                    const struct bx_level *level,
                    const struct bx_buf *signature,
                    const struct bx_key_kind *kind,
                    struct bx_err *err)
{
    struct bx_digest digest;
    if (level->options->level < BX_SIGN_T)
        return true;
    return bx_digest_make(&digest, kind->digest, signature->data, signature->len, "", 0, err) &&
           bx_stamp_take(token, &digest, level->options, err);
}

/* --- B-LTA ---------------------------------------------------------------------------------- */

struct extension {
    const struct bx_level *level;
    const struct bx_level_signature *signature;
    struct bx_token token;
    STACK_OF(X509) * used; /* the paths of signer and authority */
    struct bx_err *err;
};

/* One try: a field with room for `reserve` bytes, and the token for it. */
static bool stamp_once(struct bx_sign_job *job,
                       struct bx_buf *token,
                       const struct bx_buf *file,
                       const struct extension *x)
{
    struct bx_digest digest;
    /* The authority of the signature's token will be that of this one: who reads the field is told. */
    if (X509_up_ref(x->token.object.signer) == 1)
        job->key.certificate = x->token.object.signer;
    return bx_sign_job_read(job, file->data, file->len) && bx_sign_job_write(job) &&
           bx_sign_job_digest(&digest, job, x->token.digest) &&
           bx_stamp_take(token, &digest, job->options, x->err);
}

/* What stamps everything must be covered by what it stamps. */
static bool is_covered(const struct extension *x, const struct bx_buf *der)
{
    struct bx_token token;
    const char *why;
    bool is_so = bx_token_read(&token, (struct bx_span){der->data, der->len}, &why) &&
                 check_path(x->level, token.object.signer, token.object.certificates,
                            token.time, NULL, x->err);
    bx_token_fini(&token);
    return is_so;
}

static bool stamp_document(struct bx_buf *file, const struct extension *x)
{
    size_t reserve = x->signature->token->len + STAMP_SPARE;
    for (int i = 0; i < STAMP_TRIES; i++) {
        struct bx_buf token = {0};
        struct bx_sign_job job = {.options = x->level->options,
                                  .is_stamp = true,
                                  .reserve_least = reserve,
                                  .err = x->err};
        bool is_taken = stamp_once(&job, &token, file, x) && is_covered(x, &token);
        bool is_done = is_taken && token.len <= job.reserved;
        if (is_done) {
            bx_sign_job_patch(&job, &token);
            bx_buf_fini(file);
            *file = job.revision.out;
            job.revision.out = (struct bx_buf){0};
        }
        reserve = token.len + STAMP_SPARE;
        bx_buf_fini(&token);
        bx_sign_job_fini(&job);
        if (is_done || !is_taken)
            return is_done;
    }
    return bx_fail(x->err, BX_E_SIGN, x->level->options->tsa, "",
                   "the authority's time-stamps grow from one to the next");
}

/* --- B-LT ----------------------------------------------------------------------------------- */

static bool check_paths(struct extension *x)
{
    const struct bx_key *key = x->signature->key;
    const char *why;
    struct bx_span der = {x->signature->token->data, x->signature->token->len};
    if (!bx_token_read(&x->token, der, &why))
        return bx_fail(x->err, BX_E_SIGN, "", "", "%s", why);
    return check_path(x->level, key->certificate, key->chain, x->token.time, x->used, x->err) &&
           check_path(x->level, x->token.object.signer, x->token.object.certificates,
                      x->token.time, x->used, x->err);
}

bool bx_level_extend(struct bx_buf *file,
                     const struct bx_level *level,
                     const struct bx_level_signature *signature,
                     struct bx_err *err)
{
    if (level->options->level < BX_SIGN_LT)
        return true;
    struct extension x = {
        .level = level, .signature = signature, .used = sk_X509_new_null(), .err = err};
    struct bx_buf longer = {0};
    bool is_done =
        check_paths(&x) &&
        bx_dss_append(&longer, file, x.used, &level->evidence, signature->contents, err) &&
        (level->options->level < BX_SIGN_LTA || stamp_document(&longer, &x));
    if (is_done) {
        bx_buf_fini(file);
        *file = longer;
    } else {
        bx_buf_fini(&longer);
    }
    bx_token_fini(&x.token);
    sk_X509_pop_free(x.used, X509_free);
    return is_done;
}

#include "sign/sign.h"

#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "sign/level.h"
#include "sign/look.h"

/* One revision: signature dictionary, field, form, cross-reference. Then the digest over all of it but
 * the place of the signature, which is patched in.
 *
 * ByteRange and Contents are written with room to spare, since both are known only when all else
 * stands. Contents is the only gap: the second stretch starts behind its '>' (EN 319 142-1 5.1, ISO
 * 32000-2 12.8.1). */

enum {
    RESERVE_LEAST = 6144,
    RESERVE_STAMPED = 12288, /* with a time-stamp in it */
    RESERVE_SPARE = 512,
    RESERVE_MOST = 16383, /* bytes; two digits each stay under ISO 19005-2 6.1.13's 32767 */
    RANGE_WIDTH = 48,     /* characters between the brackets of ByteRange */
};

/* --- What the file allows ------------------------------------------------------------------- */

static bool fail_sign(struct bx_sign_job *job, const char *what)
{
    return bx_fail(job->err, BX_E_SIGN, "", "", "%s", what);
}

static const struct bx_field *find_empty(const struct bx_field_list *list)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i].value.kind == BX_VALUE_NONE)
            return &list->items[i];
    return NULL;
}

static const char *invent_name(struct bx_sign_job *job)
{
    for (int i = 1;; i++) {
        const char *name = bx_arena_printf(&job->source.arena,
                                           job->is_stamp ? "TimeStamp%d" : "Signature%d", i);
        if (!bx_field_list_find(&job->fields, name))
            return name;
    }
}

/* The field to sign, or the name of a new one. */
static bool
choose_field(struct bx_sign_job *job, const struct bx_field **field, const char **name)
{
    const char *wanted = job->options->field;
    if (job->is_stamp) { /* allowed by every certification (ISO 32000-2 12.8.2.2) */
        *field = NULL;
        *name = invent_name(job);
        return true;
    }
    *field = wanted ? bx_field_list_find(&job->fields, wanted) : find_empty(&job->fields);
    *name = wanted;
    if (*field && (*field)->value.kind != BX_VALUE_NONE)
        return bx_fail(job->err, BX_E_SIGN, "", "", "the field %s is signed already", wanted);
    struct bx_value lock = *field ? bx_value_find(&(*field)->dict, "Lock")
                                  : (struct bx_value){.kind = BX_VALUE_NONE};
    if (lock.kind != BX_VALUE_NONE)
        return bx_fail(job->err, BX_E_SIGN, "", "",
                       "the field %s locks other fields, which is not in this version",
                       (*field)->name);
    if (*field)
        return true;
    if (job->fields.permission > 0)
        return fail_sign(job, wanted ? "the file is certified and has no such empty field"
                                     : "the file is certified and has no empty field left");
    if (wanted && strchr(wanted, '.'))
        return fail_sign(job, "the name of a new field cannot contain a dot");
    if (!wanted)
        *name = invent_name(job);
    return true;
}

static bool check_permissions(struct bx_sign_job *job)
{
    if (job->fields.permission == 1 && !job->is_stamp)
        return fail_sign(job, "the file's certification allows no further change");
    if (job->fields.has_usage_rights)
        return fail_sign(job, "the file carries usage rights, which a revision would break");
    if (job->options->is_certification && !job->is_stamp && job->fields.signed_count > 0)
        return fail_sign(job, "only the first signature can certify, and the file has one");
    return true;
}

/* --- The signature dictionary --------------------------------------------------------------- */

/* D:20261123215500+08'00. Source  ISO 32000-2 7.9.4. */
static void add_time(struct bx_buf *to, int64_t epoch, int zone_minutes)
{
    time_t shown = (time_t)(epoch + (int64_t)zone_minutes * 60);
    struct tm tm;
    gmtime_r(&shown, &tm);
    int zone = zone_minutes < 0 ? -zone_minutes : zone_minutes;
    bx_buf_printf(to, "(D:%04d%02d%02d%02d%02d%02d%c%02d'%02d')", tm.tm_year + 1900,
                  tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
                  zone_minutes < 0 ? '-' : '+', zone / 60, zone % 60);
}

/* From the real certificates: they are what makes a signature large. */
static bool size_contents(struct bx_sign_job *job)
{
    size_t size = 2048;
    for (int i = job->key.certificate ? -1 : 0;
         i < (job->key.chain ? sk_X509_num(job->key.chain) : 0); i++)
        size += (size_t)i2d_X509(
            i < 0 ? job->key.certificate : sk_X509_value(job->key.chain, i), NULL);
    job->reserved = size < job->reserve_least ? job->reserve_least : size;
    return job->reserved <= RESERVE_MOST ||
           fail_sign(job, "the chain of certificates is too long for a signature in PDF/A");
}

/* What the signer says of time, place, reason and of what may follow. */
static void write_claims(struct bx_buf *to, const struct bx_sign_options *options)
{
    bx_buf_add_text(to, "/M");
    add_time(to, options->time, options->zone_minutes);
    if (options->reason) {
        bx_buf_add_text(to, "/Reason");
        bx_add_pdf_text(to, options->reason);
    }
    if (options->location) {
        bx_buf_add_text(to, "/Location");
        bx_add_pdf_text(to, options->location);
    }
    /* Source  ISO 32000-2 12.8.2.2: 2 allows filling in and signing the fields there are. */
    if (options->is_certification)
        bx_buf_add_text(to, "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams"
                            "<</Type/TransformParams/P 2/V/1.2>>>>]");
}

static void write_signature(struct bx_sign_job *job, int number)
{
    const struct bx_sign_options *options = job->options;
    struct bx_buf *to = bx_revision_begin(&job->revision, number);
    bx_buf_printf(to, "<</Type/%s/Filter/Adobe.PPKLite/SubFilter/%s/ByteRange[",
                  job->is_stamp ? "DocTimeStamp" : "Sig",
                  job->is_stamp ? "ETSI.RFC3161" : "ETSI.CAdES.detached");
    job->range_at = to->len;
    for (int i = 0; i < RANGE_WIDTH; i++)
        bx_buf_add_byte(to, ' ');
    bx_buf_add_text(to, "]/Contents");
    job->contents_at = to->len;
    bx_buf_add_byte(to, '<');
    for (size_t i = 0; i < 2 * job->reserved; i++)
        bx_buf_add_byte(to, '0');
    bx_buf_add_byte(to, '>');
    if (!job->is_stamp)
        write_claims(to, options);
    bx_buf_add_text(to, ">>");
    bx_revision_end(&job->revision);
}

/* Who signed, for those who do not see; the field's name when nobody knows yet. */
static const char *describe_signer(struct bx_sign_job *job, const char *field)
{
    if (!job->key.certificate)
        return field;
    unsigned char *text = NULL;
    X509_NAME *subject = X509_get_subject_name(job->key.certificate);
    int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    int len = at < 0 ? -1
                     : ASN1_STRING_to_UTF8(
                           &text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    bool is_text = len > 0 && bx_utf8_valid_len((const char *)text, (size_t)len) == (size_t)len;
    const char *copy = bx_arena_strndup(&job->source.arena, is_text ? (const char *)text : "?",
                                        is_text ? (size_t)len : 1);
    OPENSSL_free(text);
    return copy;
}

static void patch_range(struct bx_sign_job *job)
{
    struct bx_buf *out = &job->revision.out, range = {0};
    size_t end = job->contents_at + 2 * job->reserved + 2;
    bx_buf_printf(&range, "0 %zu %zu %zu", job->contents_at, end, out->len - end);
    memcpy(out->data + job->range_at, range.data, range.len);
    bx_buf_fini(&range);
}

bool bx_sign_job_write(struct bx_sign_job *job)
{
    const struct bx_field *field;
    const char *name;
    if (!choose_field(job, &field, &name) || !size_contents(job))
        return false;
    struct bx_look look = {0};
    bool has_look = job->options->seal && !job->is_stamp;
    if (has_look && !bx_look_place(&look, &job->fields, field, job->options->seal, job->err))
        return false;
    bx_revision_init(&job->revision, &job->source);
    int signature = bx_revision_new(&job->revision);
    const struct bx_field_change change = {
        .field = field,
        .name = name,
        .description = describe_signer(job, field ? field->name : name),
        .signature = signature,
        .is_certification = job->options->is_certification && !job->is_stamp,
        .is_stamp = job->is_stamp,
        .look = has_look ? &look : NULL,
    };
    if (!bx_field_write(&job->revision, &job->fields, &change, job->err))
        return false;
    write_signature(job, signature);
    bx_revision_finish(&job->revision);
    patch_range(job);
    return true;
}

/* --- The signature -------------------------------------------------------------------------- */

void bx_sign_job_patch(struct bx_sign_job *job, const struct bx_buf *cms)
{
    struct bx_buf hex = {0};
    bx_add_pdf_hex(&hex, cms->data, cms->len);
    /* Without its '>': zeroes follow up to the one that is there. */
    memcpy(job->revision.out.data + job->contents_at, hex.data, hex.len - 1);
    bx_buf_fini(&hex);
}

bool bx_sign_job_digest(struct bx_digest *out, const struct bx_sign_job *job, int nid)
{
    const struct bx_buf *file = &job->revision.out;
    size_t end = job->contents_at + 2 * job->reserved + 2;
    return bx_digest_make(out, nid, file->data, job->contents_at, file->data + end,
                          file->len - end, job->err);
}

/* The object with the time-stamp that its level asks for, and that one alone. */
static bool make_cms(struct bx_sign_job *job,
                     const struct bx_level *level,
                     struct bx_buf *cms,
                     struct bx_buf *token)
{
    struct bx_digest digest;
    struct bx_buf attributes = {0}, signature = {0};
    bool is_done = bx_sign_job_digest(&digest, job, job->kind.digest) &&
                   bx_cms_attributes(&attributes, &digest, job->key.certificate, job->err) &&
                   bx_key_sign(&signature, &job->key, &job->kind, &attributes, job->err) &&
                   bx_level_stamp(token, level, &signature, &job->kind, job->err);
    if (is_done) {
        const struct bx_cms_parts parts = {
            .certificate = job->key.certificate,
            .chain = job->key.chain,
            .kind = &job->kind,
            .attributes = &attributes,
            .signature = &signature,
            .token = token->len > 0 ? token : NULL,
        };
        bx_cms_build(cms, &parts);
    }
    bx_buf_fini(&attributes);
    bx_buf_fini(&signature);
    return is_done;
}

static bool is_text(const char *text)
{
    return !text || bx_utf8_valid_len(text, strlen(text)) == strlen(text);
}

bool bx_sign_job_read(struct bx_sign_job *job, const void *data, size_t len)
{
    const struct bx_sign_options *options = job->options;
    if (!is_text(options->field) || !is_text(options->reason) || !is_text(options->location))
        return bx_fail(job->err, BX_E_USAGE, "", "", "field, reason and location are UTF-8");
    return bx_source_read(&job->source, data, len, job->err) &&
           bx_field_list_read(&job->fields, &job->source, job->err) && check_permissions(job);
}

void bx_sign_job_fini(struct bx_sign_job *job)
{
    bx_revision_fini(&job->revision);
    bx_source_fini(&job->source);
    bx_key_fini(&job->key);
}

/* Writes the revision and signs it. A time-stamp that does not fit tells how large they are, and the next
 * one has a place of that size: a token more for those authorities, none in vain for all others. */
static bool sign(struct bx_sign_job *job, const struct bx_level *level, struct bx_buf *token)
{
    for (int i = 0; i < 2; i++) {
        struct bx_buf cms = {0};
        bx_buf_fini(token);
        *token = (struct bx_buf){0};
        bx_revision_fini(&job->revision);
        bool is_made = bx_sign_job_write(job) && make_cms(job, level, &cms, token);
        bool is_done = is_made && cms.len <= job->reserved;
        if (is_done)
            bx_sign_job_patch(job, &cms);
        job->reserve_least = cms.len + RESERVE_SPARE;
        bx_buf_fini(&cms);
        if (is_done || !is_made)
            return is_done;
    }
    return fail_sign(job, "the signature is larger than its place");
}

/* What the level asks for behind the signature. */
static bool
extend(struct bx_sign_job *job, const struct bx_level *level, const struct bx_buf *token)
{
    struct bx_buf *file = &job->revision.out;
    const struct bx_level_signature signature = {
        .key = &job->key,
        .token = token,
        .contents = {file->data + job->contents_at + 1, 2 * job->reserved},
    };
    return bx_level_extend(file, level, &signature, job->err);
}

static bool run(struct bx_sign_job *job, const void *data, size_t len)
{
    struct bx_level level = {0};
    struct bx_buf token = {0};
    bool is_done = bx_sign_job_read(job, data, len) &&
                   bx_key_read(&job->key, job->options, job->err) &&
                   bx_key_kind(&job->kind, X509_get0_pubkey(job->key.certificate), job->err) &&
                   bx_level_read(&level, job->options, &job->key, job->err) &&
                   sign(job, &level, &token) && extend(job, &level, &token);
    bx_buf_fini(&token);
    bx_level_fini(&level);
    return is_done;
}

bool bx_sign_pdf(struct bx_buf *out,
                 const void *data,
                 size_t len,
                 const struct bx_sign_options *options,
                 struct bx_err *err)
{
    struct bx_sign_job job = {.options = options,
                              .reserve_least =
                                  options->level >= BX_SIGN_T ? RESERVE_STAMPED : RESERVE_LEAST,
                              .err = err};
    bool is_done = run(&job, data, len);
    if (is_done) {
        *out = job.revision.out;
        job.revision.out = (struct bx_buf){0};
    }
    bx_sign_job_fini(&job);
    return is_done;
}

/* Signing as the public header shows it. */
#include <assert.h>
#include <string.h>

#include "api_sign_seal.h"
#include "base/file.h"
#include "sign/load.h"

_Static_assert((int)BX_SIGNING_B == (int)BX_SIGN_B && (int)BX_SIGNING_LTA == (int)BX_SIGN_LTA,
               "the public levels are the inner ones");

/* ISO 32000 tells places by ten digits. */
#define PDF_BYTES_MOST    ((size_t)1 << 31)
#define ANSWER_BYTES_MOST ((size_t)1 << 20)

_Static_assert(BX_SIGNING_DIGEST_SIZE == BX_DIGEST_HEX_SIZE, "digests have one size");

struct bx_signing {
    struct bx_sign_options options;
    const char *hash, *seal_path;
    int seal_diameter_um;
    struct bx_sign_seal seal;
    struct bx_findings findings;
};

struct bx_signing *bx_signing_new(const struct bx_signing_options *options)
{
    struct bx_findings findings = {0};
    struct bx_signing *signing = BX_NEW(&findings.arena, struct bx_signing);
    signing->options = (struct bx_sign_options){
        .key = options->key,
        .certificate = options->certificate,
        .chain = options->chain,
        .pkcs11 = options->pkcs11,
        .token_label = options->token_label,
        .key_label = options->key_label,
        .ask_pin = options->ask_pin,
        .ask_context = options->ask_context,
        .level = (enum bx_sign_level)options->level,
        .tsa = options->tsa,
        .crls = options->crls,
        .ocsps = options->ocsps,
        .trusted = options->trusted,
        .crl_count = options->crl_count,
        .ocsp_count = options->ocsp_count,
        .trusted_count = options->trusted_count,
        .field = options->field,
        .reason = options->reason,
        .location = options->location,
        .is_certification = options->is_certification,
        .time = options->time,
        .zone_minutes = options->zone_minutes,
    };
    signing->hash = options->hash;
    signing->seal_path = options->seal;
    signing->seal_diameter_um = options->seal_diameter_um;
    signing->findings = findings;
    return signing;
}

void bx_signing_free(struct bx_signing *signing)
{
    if (!signing)
        return;
    struct bx_findings findings = signing->findings; /* the signing itself lives in its arena */
    bx_findings_fini(&findings);
}

const struct bx_findings *bx_signing_findings(const struct bx_signing *signing)
{
    return &signing->findings;
}

/* Of the file's own, when nothing else is to blame. */
static enum bx_status tell_of(struct bx_signing *signing, struct bx_err *err, const char *name)
{
    if (!err->file[0])
        memcpy(err->file, name, strlen(name) < sizeof(err->file) ? strlen(name) + 1 : 1);
    return bx_api_tell(&signing->findings, err);
}

/* The options for one file: with a seal, if one is wanted, whose pixels live as long as the signing. */
static bool
choose_look(struct bx_signing *signing, const void *data, size_t len, struct bx_err *err)
{
    const struct bx_api_sign_seal from = {.path = signing->seal_path,
                                          .diameter_um = signing->seal_diameter_um,
                                          .data = data,
                                          .len = len};
    if (!from.path)
        return true;
    signing->options.seal = &signing->seal;
    return bx_api_read_sign_seal(&signing->seal, &signing->findings.arena, &from,
                                 &signing->findings, err);
}

static enum bx_status sign(struct bx_signing *signing,
                           const struct bx_buf *file,
                           const char *name,
                           struct bx_buf *out)
{
    struct bx_err err = {0};
    const struct bx_signer *signer = bx_signer_load(&err);
    if (signer && choose_look(signing, file->data, file->len, &err) &&
        signer->sign(out, file->data, file->len, &signing->options, &err))
        return BX_STATUS_DONE;
    return tell_of(signing, &err, name);
}

enum bx_status bx_signing_sign(struct bx_signing *signing,
                               const void *data,
                               size_t len,
                               const char *name,
                               struct bx_bytes *out)
{
    struct bx_buf file = {0}, done = {0};
    bx_buf_add(&file, data, len);
    enum bx_status status = sign(signing, &file, name, &done);
    if (status == BX_STATUS_DONE)
        bx_api_give(out, &done);
    bx_buf_fini(&file);
    bx_buf_fini(&done);
    return status;
}

enum bx_status
bx_signing_sign_file(struct bx_signing *signing, const char *path, const char *out_path)
{
    struct bx_buf file = {0}, done = {0};
    struct bx_err err = {0};
    enum bx_status status = BX_STATUS_DONE;
    if (!bx_file_read(&file, path, PDF_BYTES_MOST, &err))
        status = bx_api_tell(&signing->findings, &err);
    if (status == BX_STATUS_DONE)
        status = sign(signing, &file, path, &done);
    if (status == BX_STATUS_DONE && !bx_file_write(out_path, done.data, done.len, &err))
        status = bx_api_tell(&signing->findings, &err);
    bx_buf_fini(&file);
    bx_buf_fini(&done);
    return status;
}

/* --- In two steps ----------------------------------------------------------------------------- */

static enum bx_status prepare(struct bx_signing *signing,
                              const void *data,
                              size_t len,
                              const char *name,
                              bool has_attributes,
                              struct bx_prepared *out)
{
    struct bx_err err = {0};
    const struct bx_signer *signer = bx_signer_load(&err);
    const struct bx_prepare_options options = {.hash = signing->hash,
                                               .has_attributes = has_attributes};
    if (signer && choose_look(signing, data, len, &err) &&
        signer->prepare(out, data, len, &signing->options, &options, &err))
        return BX_STATUS_DONE;
    return tell_of(signing, &err, name);
}

enum bx_status bx_signing_prepare(struct bx_signing *signing,
                                  const void *data,
                                  size_t len,
                                  const char *name,
                                  bool has_attributes,
                                  struct bx_signing_prepared *out)
{
    struct bx_prepared made = {0};
    enum bx_status status = prepare(signing, data, len, name, has_attributes, &made);
    if (status != BX_STATUS_DONE)
        return status;
    *out = (struct bx_signing_prepared){0};
    bx_api_give(&out->pdf, &made.file);
    if (has_attributes)
        bx_api_give(&out->attributes, &made.attributes);
    memcpy(out->document, made.document, sizeof(made.document));
    memcpy(out->to_sign, made.to_sign, sizeof(made.to_sign));
    return status;
}

enum bx_status bx_signing_prepare_file(struct bx_signing *signing,
                                       const char *path,
                                       const char *out_path,
                                       const char *attributes_path,
                                       struct bx_signing_prepared *out)
{
    struct bx_buf file = {0};
    struct bx_err err = {0};
    struct bx_signing_prepared made = {0};
    enum bx_status status = BX_STATUS_DONE;
    if (!bx_file_read(&file, path, PDF_BYTES_MOST, &err))
        status = bx_api_tell(&signing->findings, &err);
    if (status == BX_STATUS_DONE)
        status = bx_signing_prepare(signing, file.data, file.len, path, attributes_path, &made);
    const struct bx_held_file files[] = {
        {out_path, made.pdf.data, made.pdf.len},
        {attributes_path, made.attributes.data, made.attributes.len}};
    if (status == BX_STATUS_DONE &&
        !(attributes_path ? bx_file_write_both(files, &err)
                          : bx_file_write(out_path, made.pdf.data, made.pdf.len, &err)))
        status = bx_api_tell(&signing->findings, &err);
    if (status == BX_STATUS_DONE)
        *out = made;
    else
        bx_signing_prepared_fini(&made);
    bx_buf_fini(&file);
    return status;
}

void bx_signing_prepared_fini(struct bx_signing_prepared *prepared)
{
    if (!prepared)
        return;
    bx_bytes_fini(&prepared->pdf);
    bx_bytes_fini(&prepared->attributes);
}

enum bx_status bx_signing_finish(struct bx_signing *signing,
                                 const void *data,
                                 size_t len,
                                 const char *name,
                                 const struct bx_signing_answer *answer,
                                 struct bx_bytes *out)
{
    struct bx_err err = {0};
    struct bx_buf done = {0};
    const struct bx_finish_input input = {
        .cms = {answer->cms.data, answer->cms.len},
        .signature = {answer->signature.data, answer->signature.len},
        .attributes = {answer->attributes.data, answer->attributes.len},
    };
    const struct bx_signer *signer = bx_signer_load(&err);
    if (!signer || !signer->finish(&done, data, len, &signing->options, &input, &err))
        return tell_of(signing, &err, name);
    bx_api_give(out, &done);
    return BX_STATUS_DONE;
}

/* What is not given stays empty. Anything that comes back is small. */
static bool read_part(struct bx_bytes *out, const char *path, struct bx_err *err)
{
    struct bx_buf file = {0};
    if (!path)
        return true;
    if (!bx_file_read(&file, path, ANSWER_BYTES_MOST, err)) {
        bx_buf_fini(&file);
        return false;
    }
    bx_api_give(out, &file);
    return true;
}

enum bx_status bx_signing_finish_file(struct bx_signing *signing,
                                      const char *path,
                                      const char *out_path,
                                      const struct bx_signing_answer_files *files)
{
    struct bx_signing_answer answer = {0};
    struct bx_buf file = {0};
    struct bx_bytes done = {0};
    struct bx_err err = {0};
    enum bx_status status = BX_STATUS_DONE;
    if (!read_part(&answer.cms, files->cms, &err) ||
        !read_part(&answer.signature, files->signature, &err) ||
        !read_part(&answer.attributes, files->attributes, &err) ||
        !bx_file_read(&file, path, PDF_BYTES_MOST, &err))
        status = bx_api_tell(&signing->findings, &err);
    if (status == BX_STATUS_DONE)
        status = bx_signing_finish(signing, file.data, file.len, path, &answer, &done);
    if (status == BX_STATUS_DONE && !bx_file_write(out_path, done.data, done.len, &err))
        status = bx_api_tell(&signing->findings, &err);
    bx_bytes_fini(&done);
    bx_bytes_fini(&answer.cms);
    bx_bytes_fini(&answer.signature);
    bx_bytes_fini(&answer.attributes);
    bx_buf_fini(&file);
    return status;
}

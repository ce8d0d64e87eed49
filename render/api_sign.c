/* Signing as the public header shows it. */
#include <assert.h>
#include <string.h>

#include "api.h"
#include "base/file.h"
#include "sign/load.h"

_Static_assert((int)BX_SIGNING_B == (int)BX_SIGN_B && (int)BX_SIGNING_LTA == (int)BX_SIGN_LTA,
               "the public levels are the inner ones");

/* ISO 32000 tells places by ten digits. */
#define PDF_BYTES_MOST ((size_t)1 << 31)

struct bx_signing {
    struct bx_sign_options options;
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
        .ask_pin = options->ask_pin,
        .ask_context = options->ask_context,
        .level = (enum bx_sign_level)options->level,
        .field = options->field,
        .reason = options->reason,
        .location = options->location,
        .is_certification = options->is_certification,
        .time = options->time,
        .zone_minutes = options->zone_minutes,
    };
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

static enum bx_status sign(struct bx_signing *signing,
                           const struct bx_buf *file,
                           const char *name,
                           struct bx_buf *out)
{
    struct bx_err err = {0};
    const struct bx_signer *signer = bx_signer_load(&err);
    if (signer && signer->sign(out, file->data, file->len, &signing->options, &err))
        return BX_STATUS_DONE;
    if (!err.file[0])
        memcpy(err.file, name, strlen(name) < sizeof(err.file) ? strlen(name) + 1 : 1);
    return bx_api_tell(&signing->findings, &err);
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

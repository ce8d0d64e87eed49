/* A signature on its way into a file: what sign.c shares with those who get the CMS object elsewhere. */
#ifndef BX_SIGN_WORK_H
#define BX_SIGN_WORK_H

#include "sign/cms.h"
#include "sign/field.h"

/* Begun with options, reserve_least and err; ended with bx_sign_job_fini().
 *
 * Holds  range_at, contents_at and reserved are set once the revision is written. */
struct bx_sign_job {
    const struct bx_sign_options *options;
    struct bx_source source;
    struct bx_field_list fields;
    struct bx_revision revision;
    struct bx_key key; /* without a certificate when nobody knows yet who signs */
    struct bx_key_kind kind;
    bool is_stamp;        /* a document time-stamp: a new field, and no signer */
    size_t reserve_least; /* bytes for the CMS object */
    size_t range_at, contents_at, reserved; /* in the revision's bytes */
    struct bx_err *err;
};

/* Reads the file and whether it may be signed. Fails   BX_E_USAGE, BX_E_READ, BX_E_SIGN. */
bool bx_sign_job_read(struct bx_sign_job *job, const void *data, size_t len);

/* Writes the revision, with zeroes where the CMS object will be. Fails   BX_E_READ, BX_E_SIGN. */
bool bx_sign_job_write(struct bx_sign_job *job);

/* The digest of all bytes but the place of the CMS object. Fails   BX_E_SIGN. */
bool bx_sign_job_digest(struct bx_digest *out, const struct bx_sign_job *job, int nid);

/* Puts the CMS object into its place. Needs   one that is not larger than job->reserved. */
void bx_sign_job_patch(struct bx_sign_job *job, const struct bx_buf *cms);

void bx_sign_job_fini(struct bx_sign_job *job);

#endif

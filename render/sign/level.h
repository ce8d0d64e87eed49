/* What a level of PAdES adds to a signature: a time-stamp in it, and behind it, each in a revision of its
 * own, all that validation needs and a time-stamp over everything.
 *
 * Source  EN 319 142-1 5.4, 5.5, 6. */
#ifndef BX_SIGN_LEVEL_H
#define BX_SIGN_LEVEL_H

#include "sign/path.h"
#include "sign/sign_work.h"

/* Holds  the certificates of the evidence are those of --trust, too. */
struct bx_level {
    const struct bx_sign_options *options; /* borrowed */
    struct bx_evidence evidence;
    X509_STORE *trusted; /* or NULL */
};

/* Reads what the options name for their level; *out is to be emptied with bx_level_fini(), after a failure
 * too. With the signer's certificate known, what is missing of his revocation data is told here,
 * before any authority is asked.
 *
 * Fails   BX_E_READ; BX_E_SIGN: data that lacks, or says that a certificate was revoked. */
bool bx_level_read(struct bx_level *out,
                   const struct bx_sign_options *options,
                   const struct bx_key *key,
                   struct bx_err *err);
void bx_level_fini(struct bx_level *level);

/* From B-T on: a token over the signature, else nothing. Fails   BX_E_SIGN. */
bool bx_level_stamp(struct bx_buf *token,
                    const struct bx_level *level,
                    const struct bx_buf *signature,
                    const struct bx_key_kind *kind,
                    struct bx_err *err);

/* Of a signature that is in the file: */
struct bx_level_signature {
    const struct bx_key *key;   /* certificate and chain */
    const struct bx_buf *token; /* in it */
    struct bx_span contents;    /* the hexadecimal digits of Contents */
};

/* From B-LT on: appends the revisions, else nothing.
 *
 * Gives   *file, longer. Untouched on failure.
 * Fails   BX_E_SIGN: a path or revocation data is not complete, the authority fails. */
bool bx_level_extend(struct bx_buf *file,
                     const struct bx_level *level,
                     const struct bx_level_signature *signature,
                     struct bx_err *err);

#endif

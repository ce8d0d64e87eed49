/* What check.c, check_cms.c and check_changes.c share. */
#ifndef BX_SIGN_CHECK_WORK_H
#define BX_SIGN_CHECK_WORK_H

#include <openssl/x509.h>

#include "sign/check.h"
#include "sign/field.h"
#include "sign/path.h"
#include "sign/token.h"

/* What is known of a signature until all of them were looked at.
 *
 * Holds  object is empty for a document time-stamp, which is the token itself. */
struct bx_check_item {
    struct bx_signed object;
    struct bx_token token;
    bool has_token; /* one that holds, and is of this signature or document */
};

/* Looks at the CMS object over the covered bytes: fills in signer, is_pades, why, stamp and item. */
void bx_check_cms(struct bx_check_signature *to,
                  struct bx_arena *arena,
                  struct bx_span cms,
                  struct bx_span before,
                  struct bx_span after);

/* The same for the token of a document time-stamp. */
void bx_check_stamp(struct bx_check_signature *to,
                    struct bx_arena *arena,
                    struct bx_span token,
                    struct bx_span before,
                    struct bx_span after);
void bx_check_item_fini(struct bx_check_item *item);

/* D:20260123093000+08'00' in seconds since 1970, BX_TIME_NONE for anything else. */
int64_t bx_check_read_time(const char *text);

/* Once all are looked at and sorted: whom to trust at which time, who was revoked, and the levels. */
struct bx_check_judge {
    struct bx_check_result *check;
    struct bx_span file;
    X509_STORE *trusted;               /* or NULL */
    const struct bx_evidence *inside;  /* of the file */
    const struct bx_evidence *outside; /* given beside it */
};
void bx_check_judge(const struct bx_check_judge *judge);

/* Compares the file with what it was at a signature: fills in changes and change. */
void bx_check_changes(struct bx_check_signature *to,
                      struct bx_arena *arena,
                      struct bx_span now,
                      struct bx_span then);

/* Everything from this byte on is revisions that readers agree on. */
bool bx_check_is_revisions(struct bx_span file, size_t from);

/* All that changed since then are signatures that nothing is seen of, with their fields and tags. */
bool bx_check_is_only_signed(struct bx_span now, struct bx_span then);

#endif

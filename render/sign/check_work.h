/* What check.c, check_cms.c and check_changes.c share. */
#ifndef BX_SIGN_CHECK_WORK_H
#define BX_SIGN_CHECK_WORK_H

#include <openssl/x509.h>

#include "sign/check.h"
#include "sign/field.h"

/* Looks at the CMS object over the covered bytes: fills in signer, is_pades, why, trust. Trust is that of
 * the claimed time, seconds since 1970; -1 for none. */
void bx_check_cms(struct bx_check_signature *to,
                  struct bx_arena *arena,
                  struct bx_span cms,
                  struct bx_span before,
                  struct bx_span after,
                  X509_STORE *trusted,
                  int64_t time);

/* Compares the file with what it was at a signature: fills in changes and change. */
void bx_check_changes(struct bx_check_signature *to,
                      struct bx_arena *arena,
                      struct bx_span now,
                      struct bx_span then);

/* All that changed since then are signatures that nothing is seen of, with their fields and tags. */
bool bx_check_is_only_signed(struct bx_span now, struct bx_span then);

#endif

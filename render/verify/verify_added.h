/* What a file holds that none of ours does: annotations, scripts, forms, layers, revisions. */
#ifndef BX_VERIFY_ADDED_H
#define BX_VERIFY_ADDED_H

#include "base/findings.h"
#include "verify/seen.h"

/* Tells everything added as errors VERIFY-ADDED, and what hides text as VERIFY-HIDDEN. What is told
 * of the file written again in `ours` (may be NULL) belongs to it: fields to be signed, say. Each
 * excuses one finding.
 *
 * Needs   drawn to be that of the document, whose bytes are data[0 .. len). */
void bx_verify_find_added(struct bx_findings *findings,
                          const struct bx_findings *ours,
                          const struct bx_seen *drawn,
                          const void *data,
                          size_t len);

#endif

/* The document security store: certificates, CRLs and OCSP answers in the file.
 *
 * Source  ISO 32000-2 12.8.4.3; EN 319 142-1 5.4.2. */
#ifndef BX_SIGN_DSS_H
#define BX_SIGN_DSS_H

#include "base/buf.h"
#include "sign/path.h"
#include "sign/source.h"

/* Appends a revision in which the store holds these certificates and all CRLs and answers of the
 * evidence, beside what it held before, and an entry for the signature with these Contents.
 *
 * Gives   *out, the whole file. Untouched on failure.
 * Fails   BX_E_READ. */
bool bx_dss_append(struct bx_buf *out,
                   const struct bx_buf *file,
                   STACK_OF(X509) * certificates,
                   const struct bx_evidence *evidence,
                   struct bx_span contents,
                   struct bx_err *err);

/* Adds all that the store of a file holds, if it has one. What cannot be read is left out. */
void bx_dss_read(struct bx_evidence *to,
                 struct bx_source *source,
                 const struct bx_value *catalog);

/* A store as there should be: lists of references to certificates, CRLs and answers, and of each signature
 * the same; nothing that is anything else as well, such as the content of a page. */
bool bx_dss_is_store(struct bx_source *source, const struct bx_value *store);

#endif

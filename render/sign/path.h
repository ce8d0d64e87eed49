/* The path from a certificate to one that is believed, and whether a certificate on it was revoked.
 *
 * Source  RFC 5280 5 and 6; RFC 6960 (OCSP). */
#ifndef BX_SIGN_PATH_H
#define BX_SIGN_PATH_H

#include <openssl/ocsp.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

#define BX_TIME_NONE (-1)

/* The certificates of PEM files, to be believed; NULL in *out for no file. Fails   BX_E_READ. */
bool bx_path_read_trusted(X509_STORE **out,
                          const char *const *paths,
                          int count,
                          struct bx_err *err);

/* Adds the certificates that are not there yet. */
void bx_path_keep(STACK_OF(X509) * to, STACK_OF(X509) * from);

/* Builds the path, valid at a time; BX_TIME_NONE asks for none. Without `trusted` it may end at any
 * certificate of `others` that is its own issuer: it is complete then, not trusted.
 *
 * Gives   the path from the certificate up, to be freed with sk_X509_pop_free(); NULL when there is
 *         none, and *why. */
STACK_OF(X509) * bx_path_build(X509 *certificate,
                               STACK_OF(X509) * others,
                               X509_STORE *trusted,
                               int64_t time,
                               const char **why);

/* --- What is known of revocation ------------------------------------------------------------- */

struct bx_ocsp {
    OCSP_RESPONSE *response;
    OCSP_BASICRESP *basic;
};

/* Holds  everything is owned; the arena holds the array of answers. */
struct bx_evidence {
    struct bx_arena arena;
    STACK_OF(X509) * certificates;
    STACK_OF(X509_CRL) * crls;
    struct bx_ocsp *answers;
    int answer_count, answer_capacity;
};

void bx_evidence_init(struct bx_evidence *evidence);
void bx_evidence_fini(struct bx_evidence *evidence);

/* Adds one in DER; false when it is none, or an OCSP answer without an answer. */
bool bx_evidence_add_certificate(struct bx_evidence *to, const void *der, size_t len);
bool bx_evidence_add_crl(struct bx_evidence *to, const void *der, size_t len);
bool bx_evidence_add_ocsp(struct bx_evidence *to, const void *der, size_t len);

/* A file with CRLs, in PEM or DER, or with an OCSP answer in DER. Fails   BX_E_READ, BX_E_SIGN. */
bool bx_evidence_read_crl(struct bx_evidence *to, const char *path, struct bx_err *err);
bool bx_evidence_read_ocsp(struct bx_evidence *to, const char *path, struct bx_err *err);

enum bx_revocation {
    BX_REVOCATION_UNKNOWN, /* nothing says anything of this certificate */
    BX_REVOCATION_GOOD,
    BX_REVOCATION_REVOKED,
};

/* What the evidence says of a certificate at a time. What was out of date at that time does not count,
 * but for a revocation, which nothing takes back.
 *
 * Gives   *since, the time of a revocation in seconds since 1970. */
enum bx_revocation bx_evidence_ask(const struct bx_evidence *evidence,
                                   X509 *certificate,
                                   X509 *issuer,
                                   int64_t time,
                                   int64_t *since);

/* The same of a whole path but its end, which nobody above could revoke: REVOKED when one is, UNKNOWN
 * when of one nothing is known, and *which one. */
enum bx_revocation bx_evidence_ask_path(const struct bx_evidence *evidence,
                                        STACK_OF(X509) * path,
                                        int64_t time,
                                        X509 **which,
                                        int64_t *since);

/* Seconds since 1970, BX_TIME_NONE for what is no time. */
int64_t bx_time_read(const ASN1_TIME *time);

#endif

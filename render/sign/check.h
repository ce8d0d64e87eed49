/* What the signatures of a PDF are worth, each, and what was done to the file behind them.
 *
 * A signature holds when its digest and its signature agree, when it stands in the file where a reader
 * looks for it, and when it covers all of a revision but itself. Whether anyone should believe the
 * signer is another question, asked only with certificates to trust. */
#ifndef BX_SIGN_CHECK_H
#define BX_SIGN_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum bx_check_trust {
    BX_CHECK_NOT_ASKED,
    BX_CHECK_TRUSTED,
    BX_CHECK_UNTRUSTED,
};

/* What later revisions do. */
enum bx_check_changes {
    BX_CHECK_NO_CHANGE, /* it covers the whole file */
    BX_CHECK_EVIDENCE,  /* time-stamps of the document and what validation needs were added */
    BX_CHECK_SIGNED,    /* fields were signed that were there */
    BX_CHECK_FIELDS_ADDED, /* and fields were added, each with its signature */
    BX_CHECK_OTHER_CHANGE, /* anything else */
};

enum bx_check_revocation {
    BX_CHECK_UNKNOWN, /* of one certificate on the path nothing is known */
    BX_CHECK_GOOD,
    BX_CHECK_REVOKED, /* when it signed, or nobody can tell when */
};

/* A time-stamp that holds in itself and is of what it stands at. */
struct bx_check_stamp {
    const char *time;      /* 2026-01-23T01:30:00Z, or "" for none */
    const char *authority; /* common name of its certificate */
    enum bx_check_trust trust;
    const char *why; /* not trusted; or why there is none, though there is something like one */
};

/* Holds  why is NULL when is_intact; change is the first thing of BX_CHECK_OTHER_CHANGE. Of a document
 *        time-stamp signer, time and level are "", and what its authority says is the stamp. */
struct bx_check_signature {
    const char *field;
    bool is_stamp;      /* a document time-stamp */
    const char *signer; /* common name of its certificate, or "" */
    const char *time;   /* claimed: as a PDF has it, or "" */
    bool is_pades; /* B-B at least: ETSI.CAdES.detached with the signing certificate named */
    const char *level; /* "B-B", "B-T", "B-LT", "B-LTA", or "" for anything else */
    bool is_intact;
    const char *why;
    enum bx_check_trust trust;
    const char *why_not_trusted;
    struct bx_check_stamp stamp;
    enum bx_check_revocation revocation; /* of signer or authority */
    size_t covered_len;                  /* of the file, from its start */
    enum bx_check_changes changes;
    const char *change;
    bool is_certification;
    bool is_change_allowed;
    struct bx_check_item *item; /* while it is looked at; NULL in a result */
    bool has_seal;              /* it is seen as a seal */
};

/* Shape  signatures in the order of what they cover, least first.
 * Holds  original_len is how much of the file there was before the first was added; the whole file
 *        when there is none. */
struct bx_check_result {
    struct bx_arena arena;
    struct bx_check_signature *signatures;
    int count, capacity;
    size_t original_len;
    bool
        is_only_signed; /* behind it stand signatures without anything to see, and nothing else */
};

struct bx_check_options {
    const char *const *trusted; /* PEM files with certificates to believe */
    const char *const *crls;    /* files, beside what the PDF holds */
    int trusted_count, crl_count;
};

/* Looks at all signatures.
 *
 * Gives   *out, to be emptied with bx_check_fini(), after a failure too.
 * Fails   BX_E_READ: no PDF, or damaged; a file of certificates. BX_E_SIGN: a file without a CRL. */
bool bx_check_pdf(struct bx_check_result *out,
                  const void *data,
                  size_t len,
                  const struct bx_check_options *options,
                  struct bx_err *err);
void bx_check_fini(struct bx_check_result *check);

#endif

/* Signing a PDF file: one more revision with a CMS signature in a field.
 *
 * Source  ETSI EN 319 142-1 (PAdES baseline); ISO 32000-2 12.8. */
#ifndef BX_SIGN_H
#define BX_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "sign/seal.h"

enum bx_sign_level {
    BX_SIGN_B,
    BX_SIGN_T,
    BX_SIGN_LT,
    BX_SIGN_LTA,
};

/* Texts are UTF-8 and borrowed. */
struct bx_sign_options {
    const char *key;                     /* file: PKCS#12, or PEM */
    const char *certificate;             /* PEM; NULL with PKCS#12 */
    const char *pkcs11;                  /* a module instead of the key's file, or NULL */
    const char *token_label, *key_label; /* with pkcs11 */
    const char *chain;                   /* PEM with the certificates above, or NULL */
    /* Called when the key is locked: writes the PIN, at most size - 1 bytes and a zero; false when
     * there is none. Or NULL. */
    bool (*ask_pin)(void *context, char *pin, size_t size);
    void *ask_context;
    enum bx_sign_level level;
    const char *tsa;            /* URL of the time-stamping authority, from BX_SIGN_T on */
    const char *const *crls;    /* files, from BX_SIGN_LT on */
    const char *const *ocsps;   /* the same */
    const char *const *trusted; /* PEM files with certificates to believe, or none */
    int crl_count, ocsp_count, trusted_count;
    const char *field; /* NULL: the first empty one, else a new one */
    const char *reason, *location;
    const struct bx_sign_seal *seal; /* what is seen of it, or NULL: nothing */
    bool is_certification;
    int64_t time;     /* claimed, seconds since 1970-01-01T00:00:00Z */
    int zone_minutes; /* how that is written: minutes east of Greenwich */
};

/* Signs a file.
 *
 * Gives   *out: the bytes of the file, then the revision. Untouched on failure.
 * Fails   BX_E_READ: the file or the key cannot be read. BX_E_SIGN: the key cannot sign; the file
 *         does not allow it; the authority gives no time-stamp that holds; revocation data are
 *         missing. */
bool bx_sign_pdf(struct bx_buf *out,
                 const void *data,
                 size_t len,
                 const struct bx_sign_options *options,
                 struct bx_err *err);

#endif

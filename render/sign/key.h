/* The key that signs, its certificate and the chain above it. */
#ifndef BX_SIGN_KEY_H
#define BX_SIGN_KEY_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "sign/sign.h"

struct bx_device;

/* Holds  pkey is NULL when the key is elsewhere: in the device, or nobody knows where. chain does not hold
 *        the certificate itself. */
struct bx_key {
    EVP_PKEY *pkey;
    struct bx_device *device; /* open, or NULL */
    X509 *certificate;
    STACK_OF(X509) * chain;
};

/* Reads what the options name.
 *
 * Gives   *out, to be emptied with bx_key_fini(), after a failure too.
 * Fails   BX_E_READ: no such file. BX_E_SIGN: no key or certificate in it, a wrong PIN, a key that is
 *         not the certificate's; no such module, token or key. */
bool bx_key_read(struct bx_key *out, const struct bx_sign_options *options, struct bx_err *err);

/* The same for a key that is elsewhere: certificate, and what stands in its file behind it, and chain.
 * Needs   options with a certificate. Fails   BX_E_READ, BX_E_SIGN. */
bool bx_key_read_public(struct bx_key *out,
                        const struct bx_sign_options *options,
                        struct bx_err *err);

/* The certificates of a PEM file. Fails   BX_E_READ, BX_E_SIGN. */
bool bx_key_read_certificates(STACK_OF(X509) * to, const char *path, struct bx_err *err);

void bx_key_fini(struct bx_key *key);

/* What a key's kind means for signing. */
struct bx_key_kind {
    int digest;    /* NID */
    int signature; /* NID of the algorithm in the CMS */
    bool has_null; /* its parameters are NULL rather than absent */
    bool is_sm2;
};

/* Fails   BX_E_SIGN: another kind than RSA of 2048 bits and more, P-256, P-384, P-521, SM2. */
bool bx_key_kind(struct bx_key_kind *out, EVP_PKEY *pkey, struct bx_err *err);

struct bx_secret;

/* The PIN, as a text; false when there is none. Empty *pin in either case. */
bool bx_key_ask_pin(struct bx_secret *pin, const struct bx_sign_options *options);

/* The signature over the attributes, by the key in memory or the device. Fails   BX_E_SIGN. */
bool bx_key_sign(struct bx_buf *out,
                 const struct bx_key *key,
                 const struct bx_key_kind *kind,
                 const struct bx_buf *attributes,
                 struct bx_err *err);

/* A failure with OpenSSL's own reason behind it; empties its queue. Returns false. */
bool bx_sign_fail(struct bx_err *err, const char *file, const char *what);

#endif

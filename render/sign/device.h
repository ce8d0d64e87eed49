/* A key in a device that PKCS#11 leads to: a card, a stick, a box in the network, SoftHSM.
 *
 * Source  OASIS PKCS #11 v2.40. */
#ifndef BX_SIGN_DEVICE_H
#define BX_SIGN_DEVICE_H

#include <openssl/x509.h>

#include "sign/key.h"

struct bx_device;

/* Opens the token and finds the key.
 *
 * Gives   *out, to be closed with bx_device_close(); *certificate, the key's from the token, owned by
 *         the caller, NULL when it holds none. Both untouched on failure.
 * Fails   BX_E_SIGN: no such module, token or key, more than one of them, a wrong PIN. */
bool bx_device_open(struct bx_device **out,
                    X509 **certificate,
                    const struct bx_sign_options *options,
                    struct bx_err *err);

/* The signature over the attributes, as bx_cms_sign() gives it.
 *
 * Needs   the kind of the certificate's key.
 * Fails   BX_E_SIGN: the device refuses; SM2, which PKCS#11 has not. */
bool bx_device_sign(struct bx_buf *out,
                    struct bx_device *device,
                    const struct bx_buf *attributes,
                    const struct bx_key_kind *kind,
                    struct bx_err *err);

/* Logs out. Accepts NULL. */
void bx_device_close(struct bx_device *device);

#endif

/* Signing in two steps, for keys that are elsewhere: in a device, behind a platform's door.
 *
 * The first step leaves a file with room for a signature and says what is to be signed; the second puts
 * in what came back. Nothing is kept between them but the files: who changed either of them meanwhile is
 * found out by the digests.
 *
 * Source  ETSI EN 319 142-1; RFC 5652 5.4. */
#ifndef BX_SIGN_STEPS_H
#define BX_SIGN_STEPS_H

#include "sign/sign.h"

#define BX_DIGEST_HEX_SIZE 129

struct bx_prepare_options {
    const char *hash;    /* "sha256", "sha384", "sm3"; NULL: what fits the certificate */
    bool has_attributes; /* the attributes are to be made; needs a certificate */
};

/* Digests in hexadecimal digits.
 *
 * Holds  attributes and to_sign are empty without has_attributes. */
struct bx_prepared {
    struct bx_buf file;
    struct bx_buf attributes;          /* a SET OF in DER */
    char document[BX_DIGEST_HEX_SIZE]; /* what a platform that makes the CMS object takes */
    char to_sign
        [BX_DIGEST_HEX_SIZE]; /* what a device takes: of the attributes, for SM2 behind Z */
};

/* The first step. Of the options, key and ask_pin are not looked at, and level only for the room that it takes;
 * certificate may be NULL.
 *
 * Gives   *out, two buffers to be freed; untouched on failure.
 * Fails   BX_E_USAGE: a hash that is not for the key. BX_E_READ, BX_E_SIGN: as bx_sign_pdf(). */
bool bx_prepare_pdf(struct bx_prepared *out,
                    const void *data,
                    size_t len,
                    const struct bx_sign_options *options,
                    const struct bx_prepare_options *prepare,
                    struct bx_err *err);

/* What came back: a CMS object, or a signature and the attributes that were signed. With a CMS object
 * attributes and certificate may be given too, and must then be its own. */
struct bx_finish_input {
    struct bx_finish_part {
        const char *at; /* NULL when not given */
        size_t len;
    } cms, signature, attributes;
};

/* The second step. Of the options, certificate, chain and all that concerns the level are looked at.
 *
 * Gives   *out: the prepared file with the signature in its place. Untouched on failure.
 * Notes   a signature of ECDSA or SM2 is one in DER, or two numbers one behind the other.
 * Fails   BX_E_SIGN: the file is not prepared; what came back is not a signature of this file, by this
 *         certificate, in the form PAdES asks for. BX_E_READ: no PDF, a certificate that is none. */
bool bx_finish_pdf(struct bx_buf *out,
                   const void *data,
                   size_t len,
                   const struct bx_sign_options *options,
                   const struct bx_finish_input *input,
                   struct bx_err *err);

#endif

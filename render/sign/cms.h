/* The CMS object of a PAdES signature.
 *
 * Source  RFC 5652; RFC 5035 (ESS signing-certificate-v2); EN 319 142-1 6.3; EN 319 122-1 5.2. */
#ifndef BX_SIGN_CMS_H
#define BX_SIGN_CMS_H

#include "sign/key.h"

enum {
    BX_DIGEST_SIZE = 64,
};

struct bx_digest {
    int nid;
    unsigned char bytes[BX_DIGEST_SIZE];
    size_t len;
};

/* The digest of two stretches, one behind the other. Fails   BX_E_SIGN. */
bool bx_digest_make(struct bx_digest *out,
                    int nid,
                    const void *first,
                    size_t first_len,
                    const void *second,
                    size_t second_len,
                    struct bx_err *err);

/* The signed attributes of a document's digest, a SET OF in DER: content type, message digest and
 * signing certificate; no signing time (EN 319 142-1 6.3: the claimed time is the dictionary's M). */
bool bx_cms_attributes(struct bx_buf *out,
                       const struct bx_digest *document,
                       X509 *certificate,
                       struct bx_err *err);

/* The signature over the attributes. Fails   BX_E_SIGN. */
bool bx_cms_sign(struct bx_buf *out,
                 const struct bx_buf *attributes,
                 EVP_PKEY *pkey,
                 const struct bx_key_kind *kind,
                 struct bx_err *err);

/* Two numbers of `len` bytes each, as CMS has a signature of ECDSA or SM2; false when they are none. */
bool bx_cms_add_pair(struct bx_buf *out,
                     const unsigned char *r,
                     const unsigned char *s,
                     size_t len);

struct bx_cms_parts {
    X509 *certificate;
    STACK_OF(X509) * chain; /* or NULL */
    const struct bx_key_kind *kind;
    const struct bx_buf *attributes; /* as bx_cms_attributes() gives them */
    const struct bx_buf *signature;
    const struct bx_buf *token; /* RFC 3161, over the signature; or NULL */
};

/* The whole ContentInfo. */
void bx_cms_build(struct bx_buf *out, const struct bx_cms_parts *parts);

#endif

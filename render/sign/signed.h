/* A CMS object with one signature, taken apart: that of a document, or a time-stamp's.
 *
 * Source  RFC 5652 5; RFC 5035 5.4. */
#ifndef BX_SIGN_SIGNED_H
#define BX_SIGN_SIGNED_H

#include <openssl/cms.h>
#include <stdbool.h>

#include "base/buf.h"
#include "sign/value.h"

/* Holds  signer is one of certificates, or NULL when its certificate is missing. */
struct bx_signed {
    CMS_ContentInfo *object;
    CMS_SignerInfo *info; /* of the object */
    STACK_OF(X509) * certificates;
    X509 *signer;
};

/* Gives   *out, to be emptied with bx_signed_fini(), after a failure too. False when it is no
 *         SignedData with one signer. */
bool bx_signed_read(struct bx_signed *out, struct bx_span der);
void bx_signed_fini(struct bx_signed *object);

/* The attributes as they were signed: a SET OF. Nothing when there are none, or more than 16. */
void bx_signed_join_attributes(struct bx_buf *out, const struct bx_signed *object);

/* The attributes are signed with this certificate's key. */
bool bx_signed_is_signed(struct bx_signed *object);

/* The digest among the attributes is that of these two stretches; SHA-1 and MD5 do not count. */
bool bx_signed_has_digest(struct bx_signed *object,
                          struct bx_span before,
                          struct bx_span after);

/* The attributes say that the content is of this type. */
bool bx_signed_is_type(struct bx_signed *object, int nid);

/* The attribute that names the certificate, so that no other with the same key can be put in its
 * place. */
enum bx_signed_name {
    BX_SIGNED_UNNAMED,
    BX_SIGNED_NAMED,
    BX_SIGNED_OTHER, /* it names another, or cannot be read */
};
enum bx_signed_name bx_signed_name(struct bx_signed *object);

/* Certificates and what they signed are verified under the identity that SM2 was given.
 * Source  GB/T 32918.2: the default one. */
extern const char bx_signed_identity[];
ASN1_OCTET_STRING *bx_signed_new_identity(void);
void bx_signed_set_identity(X509 *certificate);

/* A signature with SM2 and SM3 under that identity, where OpenSSL cannot be told of it. */
bool bx_signed_verify_sm2(EVP_PKEY *pkey, struct bx_span data, const ASN1_STRING *signature);

/* The common name of a certificate's subject, or "". */
const char *bx_signed_find_name(struct bx_arena *arena, X509 *certificate);

#endif

#include "sign/key.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <string.h>

#include "sign/cms.h"
#include "sign/device.h"
#include "sign/secret.h"

enum {
    PIN_SIZE = 256,
    RSA_BITS_LEAST = 2048,
};

bool bx_sign_fail(struct bx_err *err, const char *file, const char *what)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return bx_fail(err, BX_E_SIGN, file, "", reason ? "%s: %s" : "%s", what, reason);
}

bool bx_key_ask_pin(struct bx_secret *pin, const struct bx_sign_options *options)
{
    return bx_secret_init(pin, PIN_SIZE) && options->ask_pin &&
           options->ask_pin(options->ask_context, pin->bytes, pin->len);
}

/* --- PKCS#12 -------------------------------------------------------------------------------- */

static bool try_pkcs12(struct bx_key *out, PKCS12 *p12, const char *pin)
{
    return PKCS12_parse(p12, pin, &out->pkey, &out->certificate, &out->chain) == 1;
}

static bool read_pkcs12(struct bx_key *out,
                        PKCS12 *p12,
                        const struct bx_sign_options *options,
                        struct bx_err *err)
{
    bool is_open = PKCS12_verify_mac(p12, "", 0) || PKCS12_verify_mac(p12, NULL, 0);
    struct bx_secret pin = {0};
    bool is_read;
    if (is_open) {
        is_read = try_pkcs12(out, p12, PKCS12_verify_mac(p12, "", 0) ? "" : NULL);
    } else if (!bx_key_ask_pin(&pin, options)) {
        bx_secret_fini(&pin);
        return bx_fail(err, BX_E_SIGN, options->key, "",
                       "the key is locked and no PIN is given");
    } else {
        is_read = try_pkcs12(out, p12, pin.bytes);
    }
    bx_secret_fini(&pin);
    ERR_clear_error();
    return is_read || bx_fail(err, BX_E_SIGN, options->key, "",
                              "the key cannot be opened: the PIN is wrong, or the file's "
                              "encryption is too old for this machine");
}

/* --- PEM ------------------------------------------------------------------------------------ */

struct asking {
    const struct bx_sign_options *options;
    bool is_asked, has_pin;
};

static int give_pin(char *to, int size, int is_writing, void *context)
{
    (void)is_writing;
    struct asking *asking = context;
    struct bx_secret pin = {0};
    asking->is_asked = true;
    asking->has_pin = bx_key_ask_pin(&pin, asking->options);
    int len = asking->has_pin ? (int)strlen(pin.bytes) : -1;
    if (len > size)
        len = -1;
    if (len > 0)
        memcpy(to, pin.bytes, (size_t)len);
    bx_secret_fini(&pin);
    return len;
}

static bool read_pem(struct bx_key *out,
                     const struct bx_secret *file,
                     const struct bx_sign_options *options,
                     struct bx_err *err)
{
    struct asking asking = {.options = options};
    BIO *bio = BIO_new_mem_buf(file->bytes, (int)file->len);
    out->pkey = PEM_read_bio_PrivateKey(bio, NULL, give_pin, &asking);
    BIO_free(bio);
    ERR_clear_error();
    if (!out->pkey)
        return bx_fail(err, BX_E_SIGN, options->key, "", "%s",
                       !asking.is_asked ? "this file holds no private key, in PEM or PKCS#12"
                       : asking.has_pin ? "the key cannot be opened: the PIN is wrong"
                                        : "the key is locked and no PIN is given");
    if (!options->certificate)
        return bx_fail(err, BX_E_USAGE, "", "", "a key in PEM needs its certificate: --cert");
    STACK_OF(X509) *found = sk_X509_new_null();
    bool is_read = bx_key_read_certificates(found, options->certificate, err);
    out->certificate = is_read ? sk_X509_shift(found) : NULL;
    out->chain = found;
    return is_read;
}

bool bx_key_read_certificates(STACK_OF(X509) * to, const char *path, struct bx_err *err)
{
    BIO *bio = BIO_new_file(path, "r");
    if (!bio) {
        ERR_clear_error();
        return bx_fail(err, BX_E_READ, path, "", "the certificates cannot be read");
    }
    int before = sk_X509_num(to);
    for (X509 *one; (one = PEM_read_bio_X509(bio, NULL, NULL, NULL));)
        sk_X509_push(to, one);
    BIO_free(bio);
    ERR_clear_error();
    return sk_X509_num(to) > before ||
           bx_fail(err, BX_E_SIGN, path, "", "there is no certificate in this file");
}

/* --- All ------------------------------------------------------------------------------------ */

/* Key and certificate, with what stands in their files beside them. */
static bool
read_file(struct bx_key *out, const struct bx_sign_options *options, struct bx_err *err)
{
    struct bx_secret file = {0};
    if (!bx_secret_read(&file, options->key, err)) {
        bx_secret_fini(&file);
        return false;
    }
    const unsigned char *at = (const unsigned char *)file.bytes;
    PKCS12 *p12 = d2i_PKCS12(NULL, &at, (long)file.len);
    ERR_clear_error();
    bool is_read =
        p12 ? read_pkcs12(out, p12, options, err) : read_pem(out, &file, options, err);
    PKCS12_free(p12);
    bx_secret_fini(&file);
    if (is_read && (!out->pkey || !out->certificate))
        return bx_fail(err, BX_E_SIGN, options->key, "",
                       "the file does not hold a key with its certificate");
    return is_read;
}

/* The certificate that is given counts before that of the token. */
static bool
read_device(struct bx_key *out, const struct bx_sign_options *options, struct bx_err *err)
{
    if (!options->token_label || !options->key_label)
        return bx_fail(err, BX_E_USAGE, "", "",
                       "a key in a token needs the labels of token and key");
    if (!bx_device_open(&out->device, &out->certificate, options, err))
        return false;
    if (options->certificate) {
        X509_free(out->certificate);
        out->certificate = NULL;
        out->chain = sk_X509_new_null();
        if (!bx_key_read_certificates(out->chain, options->certificate, err))
            return false;
        out->certificate = sk_X509_shift(out->chain);
    }
    return out->certificate || bx_fail(err, BX_E_SIGN, options->pkcs11, "",
                                       "the token holds no certificate of this key: --cert");
}

bool bx_key_read(struct bx_key *out, const struct bx_sign_options *options, struct bx_err *err)
{
    bx_secret_keep();
    if (!(options->pkcs11 ? read_device(out, options, err) : read_file(out, options, err)))
        return false;
    if (options->chain) {
        if (!out->chain)
            out->chain = sk_X509_new_null();
        if (!bx_key_read_certificates(out->chain, options->chain, err))
            return false;
    }
    bool is_pair = !out->pkey || X509_check_private_key(out->certificate, out->pkey) == 1;
    ERR_clear_error();
    return is_pair || bx_fail(err, BX_E_SIGN, options->key, "",
                              "the key does not belong to the certificate");
}

/* Whether a device's key is the certificate's shows by its signature alone. */
static bool is_of(const struct bx_key *key,
                  const struct bx_key_kind *kind,
                  const struct bx_buf *attributes,
                  const struct bx_buf *signature)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_it =
        context &&
        EVP_DigestVerifyInit_ex(context, NULL, OBJ_nid2sn(kind->digest), NULL, NULL,
                                X509_get0_pubkey(key->certificate), NULL) == 1 &&
        EVP_DigestVerify(context, (const unsigned char *)signature->data, signature->len,
                         (const unsigned char *)attributes->data, attributes->len) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return is_it;
}

bool bx_key_sign(struct bx_buf *out,
                 const struct bx_key *key,
                 const struct bx_key_kind *kind,
                 const struct bx_buf *attributes,
                 struct bx_err *err)
{
    if (!key->device)
        return bx_cms_sign(out, attributes, key->pkey, kind, err);
    return bx_device_sign(out, key->device, attributes, kind, err) &&
           (is_of(key, kind, attributes, out) ||
            bx_fail(err, BX_E_SIGN, "", "",
                    "the token's key does not belong to the certificate"));
}

bool bx_key_read_public(struct bx_key *out,
                        const struct bx_sign_options *options,
                        struct bx_err *err)
{
    out->chain = sk_X509_new_null();
    if (!bx_key_read_certificates(out->chain, options->certificate, err))
        return false;
    out->certificate = sk_X509_shift(out->chain);
    return !options->chain || bx_key_read_certificates(out->chain, options->chain, err);
}

void bx_key_fini(struct bx_key *key)
{
    bx_device_close(key->device);
    EVP_PKEY_free(key->pkey);
    X509_free(key->certificate);
    sk_X509_pop_free(key->chain, X509_free);
    *key = (struct bx_key){0};
}

/* Source  GM/T 0009, 0010 for SM2; RFC 5753 for ECDSA, with the digest as long as the curve. */
static bool find_curve(struct bx_key_kind *out, EVP_PKEY *pkey)
{
    char name[64] = "";
    EVP_PKEY_get_group_name(pkey, name, sizeof(name), NULL);
    int curve = OBJ_txt2nid(name);
    if (curve == NID_sm2)
        *out = (struct bx_key_kind){NID_sm3, NID_SM2_with_SM3, false, true};
    else if (curve == NID_X9_62_prime256v1)
        *out = (struct bx_key_kind){NID_sha256, NID_ecdsa_with_SHA256, false, false};
    else if (curve == NID_secp384r1)
        *out = (struct bx_key_kind){NID_sha384, NID_ecdsa_with_SHA384, false, false};
    else if (curve == NID_secp521r1)
        *out = (struct bx_key_kind){NID_sha512, NID_ecdsa_with_SHA512, false, false};
    else
        return false;
    return true;
}

bool bx_key_kind(struct bx_key_kind *out, EVP_PKEY *pkey, struct bx_err *err)
{
    bool is_known = false;
    if (EVP_PKEY_is_a(pkey, "RSA") && EVP_PKEY_get_bits(pkey) >= RSA_BITS_LEAST) {
        *out = (struct bx_key_kind){NID_sha256, NID_rsaEncryption, true, false};
        is_known = true;
    } else if (EVP_PKEY_is_a(pkey, "SM2")) {
        *out = (struct bx_key_kind){NID_sm3, NID_SM2_with_SM3, false, true};
        is_known = true;
    } else if (EVP_PKEY_is_a(pkey, "EC")) {
        is_known = find_curve(out, pkey);
    }
    ERR_clear_error();
    return is_known ||
           bx_fail(err, BX_E_SIGN, "", "",
                   "the key is of a kind that is not for signing: RSA from 2048 bits, P-256, "
                   "P-384, P-521 and SM2 are");
}

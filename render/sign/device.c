#include "sign/device.h"

#include <dlfcn.h>
#include <openssl/err.h>
#include <p11-kit/pkcs11.h>
#include <stdlib.h>
#include <string.h>

#include "sign/cms.h"
#include "sign/der.h"
#include "sign/secret.h"

/* Cryptoki is called directly. What OpenSSL 3.0 could be taught to do it with is an engine, which 3.0 has
 * deprecated, or a provider that Debian 12 does not have; and all that is wanted here is a dozen calls. The
 * digest is made here and the device signs it with the plainest mechanism of its kind of key, which
 * every device has (RSA PKCS #1 v1.5 over a DigestInfo, ECDSA over a digest).
 *
 * Of the p11-kit only its header is used. */

enum {
    SLOTS_MOST = 64,
    SIGNATURE_MOST = 2048,
    ID_MOST = 256,
    CERTIFICATE_MOST = 64 << 10,
};

struct bx_device {
    const struct bx_sign_options *options;
    CK_FUNCTION_LIST *call;
    bool is_ours; /* the module was not in use before */
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE key;
    bool has_session;
    bool asks_itself; /* for the PIN, at its own keys */
    bool asks_always; /* for each signature */
};

static bool fail_device(const struct bx_device *device, struct bx_err *err, const char *what)
{
    return bx_fail(err, BX_E_SIGN, device->options->pkcs11, "", "%s", what);
}

static const char *find_reason(CK_RV code)
{
    static const struct {
        CK_RV code;
        const char *text;
    } reasons[] = {
        {CKR_PIN_INCORRECT, "the PIN is wrong"},
        {CKR_PIN_INVALID, "the PIN is wrong"},
        {CKR_PIN_LEN_RANGE, "the PIN is wrong"},
        {CKR_PIN_LOCKED, "the PIN is locked"},
        {CKR_PIN_EXPIRED, "the PIN is out of date"},
        {CKR_USER_PIN_NOT_INITIALIZED, "the token has no PIN yet"},
        {CKR_TOKEN_NOT_PRESENT, "the token was taken out"},
        {CKR_DEVICE_REMOVED, "the device was taken out"},
        {CKR_FUNCTION_CANCELED, "it was cancelled at the device"},
        {CKR_KEY_FUNCTION_NOT_PERMITTED, "the key is not for signing"},
        {CKR_MECHANISM_INVALID, "the device cannot sign with this kind of key"},
    };
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        if (reasons[i].code == code)
            return reasons[i].text;
    return NULL;
}

/* True for CKR_OK; else the reason is told, by its number when it has no words. */
static bool is_ok(const struct bx_device *device, CK_RV code, struct bx_err *err)
{
    const char *reason = find_reason(code);
    if (code == CKR_OK)
        return true;
    if (reason)
        return fail_device(device, err, reason);
    return bx_fail(err, BX_E_SIGN, device->options->pkcs11, "",
                   "the device fails with PKCS#11 error %lu", (unsigned long)code);
}

/* --- Module and token ----------------------------------------------------------------------- */

static bool load_module(struct bx_device *device, struct bx_err *err)
{
    CK_C_GetFunctionList get = NULL;
    void *library = dlopen(device->options->pkcs11, RTLD_NOW | RTLD_LOCAL);
    void *address = library ? dlsym(library, "C_GetFunctionList") : NULL;
    memcpy(&get, &address, sizeof(address)); /* as POSIX promises */
    if (!get || get(&device->call) != CKR_OK || !device->call)
        return fail_device(device, err, "this is no PKCS#11 module that can be loaded");
    CK_C_INITIALIZE_ARGS args = {.flags = CKF_OS_LOCKING_OK};
    CK_RV code = device->call->C_Initialize(&args);
    device->is_ours = code == CKR_OK;
    return code == CKR_CRYPTOKI_ALREADY_INITIALIZED || is_ok(device, code, err);
}

/* Texts of tokens are padded with blanks. */
static bool is_label(const CK_UTF8CHAR *padded, size_t size, const char *label)
{
    size_t len = strlen(label);
    if (len > size || memcmp(padded, label, len) != 0)
        return false;
    for (size_t i = len; i < size; i++)
        if (padded[i] != ' ')
            return false;
    return true;
}

static bool
find_token(struct bx_device *device, CK_SLOT_ID *out, CK_TOKEN_INFO *token, struct bx_err *err)
{
    CK_SLOT_ID slots[SLOTS_MOST];
    CK_ULONG count = SLOTS_MOST;
    int found = 0;
    if (!is_ok(device, device->call->C_GetSlotList(CK_TRUE, slots, &count), err))
        return false;
    for (CK_ULONG i = 0; i < count; i++) {
        CK_TOKEN_INFO info;
        if (device->call->C_GetTokenInfo(slots[i], &info) != CKR_OK ||
            !is_label(info.label, sizeof(info.label), device->options->token_label))
            continue;
        *out = slots[i];
        *token = info;
        found++;
    }
    if (found != 1)
        return fail_device(device, err,
                           found == 0 ? "there is no token of this label"
                                      : "there is more than one token of this label");
    return true;
}

/* One try: devices lock after a few. */
static bool log_in(struct bx_device *device, CK_USER_TYPE user, struct bx_err *err)
{
    struct bx_secret pin = {0};
    bool asks_itself = device->asks_itself;
    bool has_pin = asks_itself || bx_key_ask_pin(&pin, device->options);
    CK_RV code = CKR_OK;
    if (has_pin)
        code = device->call->C_Login(device->session, user,
                                     asks_itself ? NULL : (CK_UTF8CHAR *)pin.bytes,
                                     asks_itself ? 0 : (CK_ULONG)strlen(pin.bytes));
    bx_secret_fini(&pin);
    if (!has_pin)
        return fail_device(device, err, "the token is locked and no PIN is given");
    return code == CKR_USER_ALREADY_LOGGED_IN || is_ok(device, code, err);
}

static bool open_session(struct bx_device *device, struct bx_err *err)
{
    CK_SLOT_ID slot = 0;
    CK_TOKEN_INFO token = {.flags = 0};
    if (!find_token(device, &slot, &token, err))
        return false;
    CK_RV code =
        device->call->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &device->session);
    if (!is_ok(device, code, err))
        return false;
    device->has_session = true;
    device->asks_itself = (token.flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0;
    return (token.flags & CKF_LOGIN_REQUIRED) == 0 || log_in(device, CKU_USER, err);
}

/* --- Key and certificate -------------------------------------------------------------------- */

/* The only object like this; 0 for none, 2 for more than one. */
static int find_object(struct bx_device *device,
                       CK_ATTRIBUTE *like,
                       CK_ULONG like_count,
                       CK_OBJECT_HANDLE *out)
{
    CK_OBJECT_HANDLE found[2];
    CK_ULONG count = 0;
    CK_FUNCTION_LIST *call = device->call;
    if (call->C_FindObjectsInit(device->session, like, like_count) != CKR_OK)
        return 0;
    if (call->C_FindObjects(device->session, found, 2, &count) != CKR_OK)
        count = 0;
    call->C_FindObjectsFinal(device->session);
    if (count > 0)
        *out = found[0];
    return (int)count;
}

/* An attribute's bytes; 0 when there is none or it is longer than `most`. */
static CK_ULONG read_attribute(struct bx_device *device,
                               CK_OBJECT_HANDLE object,
                               CK_ATTRIBUTE_TYPE type,
                               void *to,
                               CK_ULONG most)
{
    CK_ATTRIBUTE attribute = {.type = type, .pValue = to, .ulValueLen = most};
    CK_RV code = device->call->C_GetAttributeValue(device->session, object, &attribute, 1);
    return code == CKR_OK && attribute.ulValueLen <= most ? attribute.ulValueLen : 0;
}

static bool find_key(struct bx_device *device, struct bx_err *err)
{
    CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    const char *label = device->options->key_label;
    CK_ATTRIBUTE like[] = {
        {CKA_CLASS, &class, sizeof(class)},
        {CKA_LABEL, (void *)(uintptr_t)label, (CK_ULONG)strlen(label)},
    };
    int count = find_object(device, like, 2, &device->key);
    if (count != 1)
        return fail_device(device, err,
                           count == 0
                               ? "the token holds no private key of this label"
                               : "the token holds more than one private key of this label");
    CK_BBOOL asks = CK_FALSE;
    read_attribute(device, device->key, CKA_ALWAYS_AUTHENTICATE, &asks, sizeof(asks));
    device->asks_always = asks == CK_TRUE;
    return true;
}

static X509 *read_certificate(struct bx_device *device, CK_ATTRIBUTE *like, CK_ULONG count)
{
    CK_OBJECT_HANDLE object = 0;
    if (find_object(device, like, count, &object) != 1)
        return NULL;
    unsigned char *bytes = calloc(1, CERTIFICATE_MOST);
    CK_ULONG len =
        bytes ? read_attribute(device, object, CKA_VALUE, bytes, CERTIFICATE_MOST) : 0;
    const unsigned char *at = bytes;
    X509 *certificate = len > 0 ? d2i_X509(NULL, &at, (long)len) : NULL;
    free(bytes);
    ERR_clear_error();
    return certificate;
}

/* That with the key's identifier, as PKCS#11 wants it, else that with its label. */
static X509 *find_certificate(struct bx_device *device)
{
    CK_OBJECT_CLASS class = CKO_CERTIFICATE;
    CK_CERTIFICATE_TYPE type = CKC_X_509;
    unsigned char id[ID_MOST];
    CK_ULONG id_len = read_attribute(device, device->key, CKA_ID, id, sizeof(id));
    const char *label = device->options->key_label;
    CK_ATTRIBUTE like[] = {
        {CKA_CLASS, &class, sizeof(class)},
        {CKA_CERTIFICATE_TYPE, &type, sizeof(type)},
        {CKA_ID, id, id_len},
    };
    X509 *found = id_len > 0 ? read_certificate(device, like, 3) : NULL;
    like[2] = (CK_ATTRIBUTE){CKA_LABEL, (void *)(uintptr_t)label, (CK_ULONG)strlen(label)};
    return found ? found : read_certificate(device, like, 3);
}

bool bx_device_open(struct bx_device **out,
                    X509 **certificate,
                    const struct bx_sign_options *options,
                    struct bx_err *err)
{
    struct bx_device *device = calloc(1, sizeof(*device));
    if (!device)
        abort();
    device->options = options;
    if (!load_module(device, err) || !open_session(device, err) || !find_key(device, err)) {
        bx_device_close(device);
        return false;
    }
    *certificate = find_certificate(device);
    *out = device;
    return true;
}

void bx_device_close(struct bx_device *device)
{
    if (!device)
        return;
    if (device->has_session) {
        device->call->C_Logout(device->session);
        device->call->C_CloseSession(device->session);
    }
    if (device->is_ours)
        device->call->C_Finalize(NULL);
    free(device); /* the module stays: some cannot be taken out again */
}

/* --- Signing -------------------------------------------------------------------------------- */

static void add_digest_info(struct bx_buf *to, const struct bx_digest *digest)
{
    struct bx_buf content = {0};
    bx_der_add_algorithm(&content, digest->nid, true);
    bx_der_add(&content, BX_DER_OCTETS, digest->bytes, digest->len);
    bx_der_wrap(to, BX_DER_SEQUENCE, &content);
}

static bool run_signing(struct bx_device *device,
                        CK_MECHANISM_TYPE type,
                        const struct bx_buf *input,
                        unsigned char *signature,
                        CK_ULONG *len,
                        struct bx_err *err)
{
    CK_MECHANISM mechanism = {.mechanism = type};
    CK_RV code = device->call->C_SignInit(device->session, &mechanism, device->key);
    if (!is_ok(device, code, err))
        return false;
    if (device->asks_always && !log_in(device, CKU_CONTEXT_SPECIFIC, err))
        return false;
    code = device->call->C_Sign(device->session, (CK_BYTE *)input->data, (CK_ULONG)input->len,
                                signature, len);
    return is_ok(device, code, err);
}

bool bx_device_sign(struct bx_buf *out,
                    struct bx_device *device,
                    const struct bx_buf *attributes,
                    const struct bx_key_kind *kind,
                    struct bx_err *err)
{
    struct bx_digest digest;
    struct bx_buf input = {0};
    unsigned char signature[SIGNATURE_MOST];
    CK_ULONG len = sizeof(signature);
    bool is_rsa = kind->signature == NID_rsaEncryption;
    if (kind->is_sm2)
        return fail_device(device, err, "PKCS#11 knows no SM2: sign prepare and finish do");
    if (!bx_digest_make(&digest, kind->digest, attributes->data, attributes->len, "", 0, err))
        return false;
    if (is_rsa)
        add_digest_info(&input, &digest);
    else
        bx_buf_add(&input, digest.bytes, digest.len);
    bool is_done =
        run_signing(device, is_rsa ? CKM_RSA_PKCS : CKM_ECDSA, &input, signature, &len, err);
    if (is_done && is_rsa)
        bx_buf_add(out, signature, len);
    else if (is_done)
        is_done =
            (len % 2 == 0 && bx_cms_add_pair(out, signature, signature + len / 2, len / 2)) ||
            fail_device(device, err, "the device's signature has not the form of one");
    bx_buf_fini(&input);
    return is_done;
}

#include <openssl/err.h>
#include <string.h>

#include "sign/check_work.h"
#include "sign/signed.h"

/* The signature over a document: of one signer, detached, over the bytes that are covered, by the key
 * of the certificate that its attributes name. */

static void say(struct bx_check_signature *to, const char *why)
{
    if (!to->why)
        to->why = why;
}

static void check_trust(struct bx_check_signature *to,
                        struct bx_arena *arena,
                        X509 *certificate,
                        STACK_OF(X509) * others,
                        X509_STORE *trusted,
                        int64_t time)
{
    if (!trusted)
        return;
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    bool is_trusted = false;
    if (context && X509_STORE_CTX_init(context, trusted, certificate, others) == 1) {
        X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);
        if (time >= 0)
            X509_VERIFY_PARAM_set_time(param, (time_t)time);
        else
            X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME);
        X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_ANY);
        is_trusted = X509_verify_cert(context) == 1;
    }
    to->trust = is_trusted ? BX_CHECK_TRUSTED : BX_CHECK_UNTRUSTED;
    const char *why =
        context ? X509_verify_cert_error_string(X509_STORE_CTX_get_error(context)) : "";
    to->why_not_trusted = is_trusted ? NULL : bx_arena_strndup(arena, why, strlen(why));
    X509_STORE_CTX_free(context);
}

static void check_signer(struct bx_check_signature *to,
                         struct bx_signed *object,
                         struct bx_span before,
                         struct bx_span after)
{
    enum bx_signed_name named = bx_signed_name(object);
    if (!bx_signed_has_digest(object, before, after))
        say(to, "the bytes it covers were changed");
    if (!bx_signed_is_signed(object))
        say(to, "the signature is not of this key");
    if (!bx_signed_is_type(object, NID_pkcs7_data) || named == BX_SIGNED_OTHER)
        say(to, "its attributes contradict each other");
    to->is_pades = to->is_pades && named == BX_SIGNED_NAMED &&
                   CMS_signed_get_attr_by_NID(object->info, NID_pkcs9_signingTime, -1) < 0;
}

void bx_check_cms(struct bx_check_signature *to,
                  struct bx_arena *arena,
                  struct bx_span cms,
                  struct bx_span before,
                  struct bx_span after,
                  X509_STORE *trusted,
                  int64_t time)
{
    struct bx_signed object;
    if (!bx_signed_read(&object, cms) || CMS_is_detached(object.object) != 1) {
        say(to, "its contents are no signature of one signer");
    } else if (!object.signer) {
        say(to, "its certificate is missing");
    } else {
        to->signer = bx_signed_find_name(arena, object.signer);
        check_signer(to, &object, before, after);
        check_trust(to, arena, object.signer, object.certificates, trusted, time);
    }
    bx_signed_fini(&object);
    ERR_clear_error();
}

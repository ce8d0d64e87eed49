#include "sign/path.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "sign/key.h"
#include "sign/signed.h"

int64_t bx_time_read(const ASN1_TIME *time)
{
    ASN1_TIME *start = ASN1_TIME_new();
    int days = 0, seconds = 0;
    bool is_time = time && start && ASN1_TIME_set_string(start, "19700101000000Z") == 1 &&
                   ASN1_TIME_diff(&days, &seconds, start, time) == 1 && days >= 0;
    ASN1_TIME_free(start);
    ERR_clear_error();
    return is_time ? (int64_t)days * 86400 + seconds : BX_TIME_NONE;
}

bool bx_path_read_trusted(X509_STORE **out,
                          const char *const *paths,
                          int count,
                          struct bx_err *err)
{
    if (count == 0)
        return true;
    X509_STORE *store = X509_STORE_new();
    STACK_OF(X509) *found = sk_X509_new_null();
    bool is_read = store && found;
    for (int i = 0; i < count && is_read; i++)
        is_read = bx_key_read_certificates(found, paths[i], err);
    for (int i = 0; is_read && i < sk_X509_num(found); i++) {
        bx_signed_set_identity(sk_X509_value(found, i));
        X509_STORE_add_cert(store, sk_X509_value(found, i));
    }
    sk_X509_pop_free(found, X509_free);
    ERR_clear_error();
    if (is_read)
        *out = store;
    else
        X509_STORE_free(store);
    return is_read ||
           bx_fail(err, BX_E_READ, "", "", "the certificates to trust cannot be read");
}

void bx_path_keep(STACK_OF(X509) * to, STACK_OF(X509) * from)
{
    for (int i = 0; i < sk_X509_num(from); i++) {
        X509 *one = sk_X509_value(from, i);
        bool is_there = false;
        for (int j = 0; j < sk_X509_num(to) && !is_there; j++)
            is_there = X509_cmp(sk_X509_value(to, j), one) == 0;
        if (is_there || X509_up_ref(one) != 1)
            continue;
        bx_signed_set_identity(one);
        sk_X509_push(to, one);
    }
}

/* Those that are their own issuers. */
static X509_STORE *take_roots(STACK_OF(X509) * others)
{
    X509_STORE *store = X509_STORE_new();
    for (int i = 0; store && i < sk_X509_num(others); i++) {
        X509 *one = sk_X509_value(others, i);
        if (X509_check_issued(one, one) == X509_V_OK)
            X509_STORE_add_cert(store, one);
    }
    return store;
}

STACK_OF(X509) * bx_path_build(X509 *certificate,
                               STACK_OF(X509) * others,
                               X509_STORE *trusted,
                               int64_t time,
                               const char **why)
{
    X509_STORE *own = trusted ? NULL : take_roots(others);
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *path = NULL;
    *why = "no path of certificates can be built";
    if (context &&
        X509_STORE_CTX_init(context, trusted ? trusted : own, certificate, others) == 1) {
        X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);
        if (time >= 0)
            X509_VERIFY_PARAM_set_time(param, (time_t)time);
        else
            X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME);
        X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_ANY);
        if (X509_verify_cert(context) == 1)
            path = X509_STORE_CTX_get1_chain(context);
        else
            *why = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context));
    }
    X509_STORE_CTX_free(context);
    X509_STORE_free(own);
    ERR_clear_error();
    return path;
}

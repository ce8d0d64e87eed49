#include "sign/stamp.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <string.h>

#include "sign/der.h"
#include "sign/fetch.h"
#include "sign/path.h"
#include "sign/token.h"

enum {
    NONCE_SIZE = 8,
    ANSWER_BYTES_MOST = 64 << 10, /* a token with its chain takes 3 to 8 kB */
};

static bool
fail_stamp(const struct bx_sign_options *options, struct bx_err *err, const char *what)
{
    ERR_clear_error();
    return bx_fail(err, BX_E_SIGN, options->tsa, "", "%s", what);
}

/* --- The question --------------------------------------------------------------------------- */

/* TimeStampReq: version, what is to be stamped, the number, and the wish for the certificate. */
static void write_question(struct bx_buf *to,
                           const struct bx_digest *digest,
                           const unsigned char nonce[NONCE_SIZE])
{
    static const char yes = (char)0xFF;
    struct bx_buf content = {0}, imprint = {0};
    bx_der_add(&content, BX_DER_INTEGER, "\1", 1);
    bx_der_add_algorithm(&imprint, digest->nid, true);
    bx_der_add(&imprint, BX_DER_OCTETS, digest->bytes, digest->len);
    bx_der_wrap(&content, BX_DER_SEQUENCE, &imprint);
    bx_der_add(&content, BX_DER_INTEGER, nonce, NONCE_SIZE);
    bx_der_add(&content, 0x01, &yes, 1);
    bx_der_wrap(to, BX_DER_SEQUENCE, &content);
}

/* A positive INTEGER of this many bytes in its shortest form. */
static bool make_nonce(unsigned char nonce[NONCE_SIZE])
{
    if (RAND_bytes(nonce, NONCE_SIZE) != 1)
        return false;
    nonce[0] = (unsigned char)((nonce[0] & 0x3F) | 0x40);
    return true;
}

/* --- The answer ----------------------------------------------------------------------------- */

/* Source  RFC 3161 2.4.2, PKIFailureInfo. */
static const char *find_reason(const TS_STATUS_INFO *status)
{
    static const struct {
        int bit;
        const char *text;
    } reasons[] = {
        {0, "it does not know the digest"},    {2, "it does not serve such questions"},
        {5, "it could not read the question"}, {14, "its clock does not work"},
        {15, "it does not know the policy"},   {16, "it does not know an extension"},
        {17, "it lacks what was asked for"},   {25, "something in it does not work"},
    };
    const ASN1_BIT_STRING *said = TS_STATUS_INFO_get0_failure_info(status);
    for (size_t i = 0; said && i < sizeof(reasons) / sizeof(reasons[0]); i++)
        if (ASN1_BIT_STRING_get_bit(said, reasons[i].bit))
            return reasons[i].text;
    return "it does not say why";
}

static bool is_granted(const TS_STATUS_INFO *status)
{
    long said = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
    return said == TS_STATUS_GRANTED || said == TS_STATUS_GRANTED_WITH_MODS;
}

/* TimeStampResp is a status, and a token behind it when it is granted. The token's bytes are taken as
 * they stand: what is written anew need not be what was signed. */
static bool open_answer(struct bx_span *token,
                        const struct bx_buf *answer,
                        const struct bx_sign_options *options,
                        struct bx_err *err)
{
    const unsigned char *at = (const unsigned char *)answer->data, *start = at;
    long len = 0;
    int tag = 0, class = 0;
    if (!at ||
        ASN1_get_object(&at, &len, &tag, &class, (long)answer->len) != V_ASN1_CONSTRUCTED ||
        tag != V_ASN1_SEQUENCE || at - start + len != (long)answer->len)
        return fail_stamp(options, err, "the authority's answer is no time-stamp answer");
    const unsigned char *end = at + len;
    TS_STATUS_INFO *status = d2i_TS_STATUS_INFO(NULL, &at, len);
    if (!status)
        return fail_stamp(options, err, "the authority's answer is no time-stamp answer");
    bool is_good = is_granted(status);
    const char *reason = is_good ? NULL : find_reason(status);
    TS_STATUS_INFO_free(status);
    ERR_clear_error();
    if (!is_good)
        return bx_fail(err, BX_E_SIGN, options->tsa, "",
                       "the authority gives no time-stamp: %s", reason);
    *token = (struct bx_span){(const char *)at, (size_t)(end - at)};
    return token->len > 0 ||
           fail_stamp(options, err, "the authority's answer has no time-stamp");
}

static bool has_nonce(const struct bx_token *token, const unsigned char nonce[NONCE_SIZE])
{
    const ASN1_INTEGER *said = TS_TST_INFO_get_nonce(token->info);
    return said && ASN1_STRING_type(said) == V_ASN1_INTEGER &&
           ASN1_STRING_length(said) == NONCE_SIZE &&
           memcmp(ASN1_STRING_get0_data(said), nonce, NONCE_SIZE) == 0;
}

static bool check_trust(const struct bx_token *token,
                        const struct bx_sign_options *options,
                        struct bx_err *err)
{
    X509_STORE *trusted = NULL;
    const char *why;
    if (!bx_path_read_trusted(&trusted, options->trusted, options->trusted_count, err))
        return false;
    if (!trusted)
        return true;
    STACK_OF(X509) *path = bx_path_build(token->object.signer, token->object.certificates,
                                         trusted, token->time, &why);
    X509_STORE_free(trusted);
    bool is_trusted = path != NULL;
    sk_X509_pop_free(path, X509_free);
    return is_trusted || bx_fail(err, BX_E_SIGN, options->tsa, "",
                                 "the time-stamping authority is not trusted: %s", why);
}

static bool check_token(struct bx_span der,
                        const struct bx_digest *digest,
                        const unsigned char nonce[NONCE_SIZE],
                        const struct bx_sign_options *options,
                        struct bx_err *err)
{
    struct bx_token token;
    const char *why;
    bool is_good;
    if (!bx_token_read(&token, der, &why))
        is_good = fail_stamp(options, err, why);
    else if (!bx_token_is_of(&token, digest))
        is_good = fail_stamp(options, err, "the time-stamp is of something else");
    else if (!has_nonce(&token, nonce))
        is_good = fail_stamp(options, err, "the time-stamp answers another question");
    else
        is_good = check_trust(&token, options, err);
    bx_token_fini(&token);
    return is_good;
}

bool bx_stamp_take(struct bx_buf *out,
                   const struct bx_digest *digest,
                   const struct bx_sign_options *options,
                   struct bx_err *err)
{
    unsigned char nonce[NONCE_SIZE];
    const struct bx_fetch fetch = {
        .url = options->tsa,
        .type = "application/timestamp-query",
        .answer_type = "application/timestamp-reply",
        .answer_most = ANSWER_BYTES_MOST,
        .trusted = options->trusted,
        .trusted_count = options->trusted_count,
    };
    if (!options->tsa)
        return bx_fail(err, BX_E_USAGE, "", "",
                       "a time-stamp needs the address of an authority");
    if (!make_nonce(nonce))
        return bx_sign_fail(err, "", "there is no randomness");
    struct bx_buf question = {0}, answer = {0};
    struct bx_span token;
    write_question(&question, digest, nonce);
    bool is_done = bx_fetch_post(&answer, &fetch, &question, err) &&
                   open_answer(&token, &answer, options, err) &&
                   check_token(token, digest, nonce, options, err);
    if (is_done)
        bx_buf_add(out, token.at, token.len);
    bx_buf_fini(&question);
    bx_buf_fini(&answer);
    return is_done;
}

#include <openssl/err.h>
#include <string.h>
#include <time.h>

#include "sign/check_work.h"

/* The signature over a document: of one signer, detached, over the bytes that are covered, by the key
 * of the certificate that its attributes name; and the time-stamp in it. Nobody has signed that
 * attribute, anyone could have put it there: what it says counts only when it is of this signature, and
 * a signature holds without it. */

static void say(struct bx_check_signature *to, const char *why)
{
    if (!to->why)
        to->why = why;
}

static const char *write_time(struct bx_arena *arena, int64_t epoch)
{
    time_t time = (time_t)epoch;
    struct tm tm;
    if (!gmtime_r(&time, &tm))
        return "";
    return bx_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900,
                           tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void tell_token(struct bx_check_signature *to, struct bx_arena *arena)
{
    to->item->has_token = true;
    to->stamp.time = write_time(arena, to->item->token.time);
    to->stamp.authority = bx_signed_find_name(arena, to->item->token.object.signer);
}

/* --- Signatures ----------------------------------------------------------------------------- */

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

/* The first time-stamp, as it stands in the object; empty without one. */
static struct bx_span find_token(CMS_SignerInfo *info)
{
    int at = CMS_unsigned_get_attr_by_NID(info, NID_id_smime_aa_timeStampToken, -1);
    X509_ATTRIBUTE *attribute = at < 0 ? NULL : CMS_unsigned_get_attr(info, at);
    const ASN1_TYPE *value = attribute && X509_ATTRIBUTE_count(attribute) > 0
                                 ? X509_ATTRIBUTE_get0_type(attribute, 0)
                                 : NULL;
    if (!value || ASN1_TYPE_get(value) != V_ASN1_SEQUENCE)
        return (struct bx_span){0};
    return (struct bx_span){(const char *)ASN1_STRING_get0_data(value->value.sequence),
                            (size_t)ASN1_STRING_length(value->value.sequence)};
}

static void check_token(struct bx_check_signature *to, struct bx_arena *arena)
{
    struct bx_check_item *item = to->item;
    struct bx_span der = find_token(item->object.info);
    const ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature(item->object.info);
    struct bx_digest digest;
    struct bx_err err = {0};
    if (der.len == 0)
        return;
    if (!bx_token_read(&item->token, der, &to->stamp.why))
        return;
    if (bx_digest_make(&digest, item->token.digest, ASN1_STRING_get0_data(signature),
                       (size_t)ASN1_STRING_length(signature), "", 0, &err) &&
        bx_token_is_of(&item->token, &digest))
        tell_token(to, arena);
    else
        to->stamp.why = "the time-stamp is of something else";
}

void bx_check_cms(struct bx_check_signature *to,
                  struct bx_arena *arena,
                  struct bx_span cms,
                  struct bx_span before,
                  struct bx_span after)
{
    struct bx_signed *object = &to->item->object;
    if (!bx_signed_read(object, cms) || CMS_is_detached(object->object) != 1) {
        say(to, "its contents are no signature of one signer");
    } else if (!object->signer) {
        say(to, "its certificate is missing");
    } else {
        to->signer = bx_signed_find_name(arena, object->signer);
        check_signer(to, object, before, after);
        check_token(to, arena);
    }
    ERR_clear_error();
}

/* --- Document time-stamps ------------------------------------------------------------------- */

void bx_check_stamp(struct bx_check_signature *to,
                    struct bx_arena *arena,
                    struct bx_span token,
                    struct bx_span before,
                    struct bx_span after)
{
    struct bx_check_item *item = to->item;
    struct bx_digest digest;
    struct bx_err err = {0};
    const char *why;
    to->is_stamp = true;
    if (!bx_token_read(&item->token, token, &why))
        say(to, why);
    else if (!bx_digest_make(&digest, item->token.digest, before.at, before.len, after.at,
                             after.len, &err) ||
             !bx_token_is_of(&item->token, &digest))
        say(to, "the bytes it covers were changed");
    else
        tell_token(to, arena);
    ERR_clear_error();
}

void bx_check_item_fini(struct bx_check_item *item)
{
    bx_token_fini(&item->token);
    bx_signed_fini(&item->object);
}

#include <openssl/err.h>
#include <string.h>

#include "sign/check_work.h"
#include "sign/dss.h"

/* Whom to believe, and since when that is proved.
 *
 * A path of certificates is asked for at the time it was used: for a signature that of its time-stamp when
 * an authority is believed, else the time it claims; for a time-stamp its own. A revocation takes back
 * what was made after it. Whether something was made before can be shown by time-stamps alone, so
 * without one a revocation counts whenever it was. The latest time-stamp stands for those before it,
 * which is what B-LTA is for; hence they are judged from the last to the first.
 *
 * The level is what the file itself holds: what was given beside it does not count, and nobody needs to be
 * trusted. */

/* --- Paths ---------------------------------------------------------------------------------- */

struct answer {
    enum bx_check_trust trust;
    enum bx_check_revocation revocation;
    const char *why; /* not trusted, or revoked */
};

static enum bx_check_revocation
ask(const struct bx_check_judge *judge, STACK_OF(X509) * path, int64_t time, int64_t proved)
{
    const struct bx_evidence *const sources[] = {judge->inside, judge->outside};
    enum bx_check_revocation all = BX_CHECK_GOOD;
    for (int i = 0; i + 1 < sk_X509_num(path); i++) {
        enum bx_check_revocation of_it = BX_CHECK_UNKNOWN;
        for (int j = 0; j < 2; j++) {
            int64_t since = BX_TIME_NONE;
            enum bx_revocation said = bx_evidence_ask(sources[j], sk_X509_value(path, i),
                                                      sk_X509_value(path, i + 1), time, &since);
            if (said == BX_REVOCATION_REVOKED && (proved < 0 || since <= proved))
                return BX_CHECK_REVOKED;
            if (said != BX_REVOCATION_UNKNOWN)
                of_it = BX_CHECK_GOOD;
        }
        all = of_it == BX_CHECK_UNKNOWN ? BX_CHECK_UNKNOWN : all;
    }
    return all;
}

/* A certificate that was used at `time`, which is known to have been before `proved`. */
static struct answer judge_path(const struct bx_check_judge *judge,
                                const struct bx_signed *object,
                                int64_t time,
                                int64_t proved)
{
    struct answer answer = {.trust = judge->trusted ? BX_CHECK_UNTRUSTED : BX_CHECK_NOT_ASKED};
    STACK_OF(X509) *known = sk_X509_new_null();
    bx_path_keep(known, object->certificates);
    bx_path_keep(known, judge->inside->certificates);
    const char *why;
    STACK_OF(X509) *path = bx_path_build(object->signer, known, judge->trusted, time, &why);
    if (path) {
        answer.revocation = ask(judge, path, time, proved);
        if (answer.revocation == BX_CHECK_REVOKED)
            answer.why = "a certificate of its path was revoked";
        else if (judge->trusted)
            answer.trust = BX_CHECK_TRUSTED;
    } else if (judge->trusted) {
        answer.why = why;
    }
    sk_X509_pop_free(path, X509_free);
    sk_X509_pop_free(known, X509_free);
    return answer;
}

/* --- Time ----------------------------------------------------------------------------------- */

static bool is_believed(const struct bx_check_signature *one)
{
    return one->item->has_token && one->stamp.trust != BX_CHECK_UNTRUSTED;
}

/* The time of the first document time-stamp that is behind a signature and believed. */
static int64_t find_later(const struct bx_check_judge *judge, int i)
{
    const struct bx_check_result *check = judge->check;
    for (int j = i + 1; j < check->count; j++) {
        const struct bx_check_signature *one = &check->signatures[j];
        if (one->is_stamp && one->is_intact && is_believed(one) &&
            one->covered_len > check->signatures[i].covered_len)
            return one->item->token.time;
    }
    return BX_TIME_NONE;
}

static void judge_stamp(const struct bx_check_judge *judge, int i, int64_t later)
{
    struct bx_check_signature *one = &judge->check->signatures[i];
    if (!one->item->has_token)
        return;
    const struct bx_token *token = &one->item->token;
    struct answer answer = judge_path(judge, &token->object, token->time, later);
    if (answer.revocation ==
        BX_CHECK_REVOKED) /* then its time is nobody's word, trust or no trust */
        answer.trust = BX_CHECK_UNTRUSTED;
    one->stamp.trust = answer.trust;
    one->stamp.why = answer.why;
    if (one->is_stamp)
        one->revocation = answer.revocation;
}

static void judge_signature(const struct bx_check_judge *judge, int i)
{
    struct bx_check_signature *one = &judge->check->signatures[i];
    int64_t later = find_later(judge, i);
    judge_stamp(judge, i, later);
    if (one->is_stamp) {
        one->trust = one->stamp.trust;
        return;
    }
    if (!one->item->object.signer)
        return;
    int64_t proved = is_believed(one) ? one->item->token.time : later;
    int64_t time = proved >= 0 ? proved : bx_check_read_time(one->time);
    struct answer answer = judge_path(judge, &one->item->object, time, proved);
    one->trust = answer.trust;
    one->revocation = answer.revocation;
    one->why_not_trusted = answer.why;
}

/* --- Levels --------------------------------------------------------------------------------- */

static bool
is_complete(const struct bx_evidence *evidence, const struct bx_signed *object, int64_t time)
{
    X509 *which;
    int64_t since;
    const char *why;
    STACK_OF(X509) *known = sk_X509_new_null();
    bx_path_keep(known, object->certificates);
    bx_path_keep(known, evidence->certificates);
    STACK_OF(X509) *path = bx_path_build(object->signer, known, NULL, time, &why);
    bool is_so = path && bx_evidence_ask_path(evidence, path, time, &which, &since) !=
                             BX_REVOCATION_UNKNOWN;
    sk_X509_pop_free(path, X509_free);
    sk_X509_pop_free(known, X509_free);
    return is_so;
}

static bool holds_all(const struct bx_evidence *evidence,
                      const struct bx_signed *signer,
                      const struct bx_token *token)
{
    return is_complete(evidence, signer, token->time) &&
           is_complete(evidence, &token->object, token->time);
}

/* The same for what the file held when a document time-stamp was put on it. */
static bool
held_all(struct bx_span file, const struct bx_signed *signer, const struct bx_token *token)
{
    struct bx_source source;
    struct bx_field_list fields;
    struct bx_evidence evidence;
    struct bx_err err = {0};
    bx_evidence_init(&evidence);
    bool is_so = bx_source_read(&source, file.at, file.len, &err) &&
                 bx_field_list_read(&fields, &source, &err);
    if (is_so) {
        bx_dss_read(&evidence, &source, &fields.catalog);
        is_so = holds_all(&evidence, signer, token);
    }
    bx_source_fini(&source);
    bx_evidence_fini(&evidence);
    return is_so;
}

static const char *find_level(const struct bx_check_judge *judge, int i)
{
    const struct bx_check_result *check = judge->check;
    const struct bx_check_signature *one = &check->signatures[i];
    const struct bx_signed *signer = &one->item->object;
    const struct bx_token *token = one->item->has_token ? &one->item->token : NULL;
    if (one->is_stamp || !one->is_intact || !one->is_pades)
        return "";
    const char *level = token ? "B-T" : "B-B";
    if (token && holds_all(judge->inside, signer, token))
        level = "B-LT";
    for (int j = i + 1; j < check->count; j++) {
        const struct bx_check_signature *later = &check->signatures[j];
        if (!later->is_stamp || !later->is_intact || later->covered_len <= one->covered_len)
            continue;
        if (!token) {
            token = &later->item->token;
            level = holds_all(judge->inside, signer, token) ? "B-LT" : "B-T";
        }
        struct bx_span file = {judge->file.at, later->covered_len};
        if (strcmp(level, "B-LT") == 0 && held_all(file, signer, token))
            return "B-LTA";
    }
    return level;
}

void bx_check_judge(const struct bx_check_judge *judge)
{
    for (int i = judge->check->count - 1; i >= 0; i--)
        judge_signature(judge, i);
    for (int i = 0; i < judge->check->count; i++)
        judge->check->signatures[i].level = find_level(judge, i);
    ERR_clear_error();
}

/* Verifying: a file, its model, and what that model gives when it is set again.
 *
 * The file says in its metadata how it was made; the model is set and written again by the same
 * functions that `render` uses, with what of this is at hand here. verify/ then compares. A model
 * that cannot be set is a failure of the file when the model is to blame, and not possible when
 * this machine's faces are. */
#include "api_straddle.h"

#include <assert.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/utf8.h"
#include "sign/load.h"
#include "verify/verify.h"

#define FILE_BYTES_MOST  ((size_t)256 << 20)
#define MODEL_BYTES_MOST ((size_t)64 << 20)

struct bx_verdict {
    struct bx_arena arena;
    struct bx_engine *engine;
    struct bx_findings findings;
    int told_count; /* findings that the engine's watch was told */
    const char *file;
    struct bx_buf given;   /* a model that came beside the file */
    const char *given_dir; /* where it lies, or NULL */
    bool has_given, is_verified;
    enum bx_answer answers[BX_QUESTION_COUNT];
    const char *model_from; /* "attached", "given", "none" */
    char model_sha256[BX_SHA256_HEX_SIZE];
    struct bx_making record;
    const char *trusted[BX_TRUST_FILES_MOST];
    const char *crls[BX_REVOCATION_FILES_MOST];
    int trusted_count, crl_count;
    struct bx_check_result signatures;
};

struct bx_verdict *bx_verdict_new(struct bx_engine *engine)
{
    assert(engine);
    struct bx_arena arena = {0};
    struct bx_verdict *verdict = BX_NEW(&arena, struct bx_verdict);
    verdict->engine = engine;
    verdict->arena = arena;
    verdict->file = "";
    verdict->model_from = "none";
    verdict->record.packet = "";
    return verdict;
}

void bx_verdict_free(struct bx_verdict *verdict)
{
    if (!verdict)
        return;
    bx_making_fini(&verdict->record);
    bx_arena_fini(&verdict->signatures.arena);
    bx_findings_fini(&verdict->findings);
    bx_buf_fini(&verdict->given);
    struct bx_arena arena = verdict->arena; /* the verdict itself lives in it */
    bx_arena_fini(&arena);
}

void bx_verdict_trust_file(struct bx_verdict *verdict, const char *path)
{
    assert(!verdict->is_verified && verdict->trusted_count < BX_TRUST_FILES_MOST);
    verdict->trusted[verdict->trusted_count++] =
        bx_arena_strndup(&verdict->arena, path, strlen(path));
}

void bx_verdict_crl_file(struct bx_verdict *verdict, const char *path)
{
    assert(!verdict->is_verified && verdict->crl_count < BX_REVOCATION_FILES_MOST);
    verdict->crls[verdict->crl_count++] = bx_arena_strndup(&verdict->arena, path, strlen(path));
}

int bx_verdict_signature_count(const struct bx_verdict *verdict)
{
    return verdict->signatures.count;
}

bool bx_verdict_signature(const struct bx_verdict *verdict,
                          int i,
                          struct bx_signature_verdict *out)
{
    assert(0 <= i && i < verdict->signatures.count);
    const struct bx_check_signature *one = &verdict->signatures.signatures[i];
    *out = (struct bx_signature_verdict){
        .is_stamp = one->is_stamp,
        .field = one->field,
        .signer = one->is_stamp ? one->stamp.authority : one->signer,
        .level = one->level,
        .time = one->time,
        .stamped = one->stamp.time,
        .is_intact = one->is_intact,
        .is_trust_checked = one->trust != BX_CHECK_NOT_ASKED,
        .is_trusted = one->trust == BX_CHECK_TRUSTED,
        .is_stamp_trusted = one->stamp.trust == BX_CHECK_TRUSTED,
        .is_revoked = one->revocation == BX_CHECK_REVOKED,
    };
    return one->is_intact && one->is_change_allowed &&
           (one->is_stamp || one->trust != BX_CHECK_UNTRUSTED);
}

const struct bx_findings *bx_verdict_findings(const struct bx_verdict *verdict)
{
    return &verdict->findings;
}

enum bx_answer bx_verdict_answer(const struct bx_verdict *verdict, enum bx_question question)
{
    assert(question < BX_QUESTION_COUNT);
    return verdict->answers[question];
}

static enum bx_status settle(struct bx_verdict *verdict)
{
    bx_api_tell_watch(verdict->engine, &verdict->findings, &verdict->told_count);
    return bx_api_status(&verdict->findings);
}

static enum bx_status fail_verdict(struct bx_verdict *verdict, const struct bx_err *err)
{
    bx_api_tell(&verdict->findings, err);
    return settle(verdict);
}

enum bx_status bx_verdict_read_model(struct bx_verdict *verdict,
                                     const void *data,
                                     size_t len,
                                     const char *name)
{
    assert(!verdict->has_given && !verdict->is_verified && name);
    verdict->has_given = true;
    bx_buf_add(&verdict->given, data, len);
    return BX_STATUS_DONE;
}

enum bx_status bx_verdict_read_model_file(struct bx_verdict *verdict, const char *path)
{
    struct bx_err err = {0};
    struct bx_buf bytes = {0};
    enum bx_status status = BX_STATUS_DONE;
    const char *slash = strrchr(path, '/');
    size_t len = slash > path ? (size_t)(slash - path) : 1;
    if (strcmp(path, "-") != 0)
        verdict->given_dir = bx_arena_strndup(&verdict->arena, slash ? path : ".", len);
    if (bx_file_read(&bytes, path, MODEL_BYTES_MOST, &err))
        status = bx_verdict_read_model(verdict, bytes.data ? bytes.data : "", bytes.len, path);
    else
        status = fail_verdict(verdict, &err);
    bx_buf_fini(&bytes);
    return status;
}

static void tell(struct bx_verdict *verdict,
                 enum bx_level level,
                 const char *code,
                 enum bx_code stage,
                 const char *zh,
                 const char *en)
{
    bx_findings_add(&verdict->findings,
                    &(struct bx_finding){
                        .level = level, .code = code, .stage = (int)stage, .zh = zh, .en = en});
}

/* ---- the model ---- */

/* One file's verification. */
struct work {
    struct bx_verdict *verdict;
    struct bx_verify_input input;
    struct bx_document *document, *made_document;
    struct bx_attached_list files;
    struct bx_report *report;
    struct bx_held_files held;
    struct bx_held_file intent;
    struct bx_bytes made;
    const void *model;
    size_t model_len;
};

static void find_attached(struct work *work)
{
    struct bx_verdict *verdict = work->verdict;
    const struct bx_attached *model = bx_attached_list_model(&work->files);
    if (!model)
        return;
    work->model = model->data;
    work->model_len = model->len;
    verdict->model_from = "attached";
    verdict->answers[BX_QUESTION_MODEL] = model->is_whole ? BX_ANSWER_YES : BX_ANSWER_NO;
    if (!model->is_whole)
        tell(verdict, BX_LEVEL_ERROR, "VERIFY-MODEL", BX_E_MODEL,
             "所附报告数据与所记的长度或摘要不符",
             "the attached model is not of the length or digest that stands beside it");
}

static void find_model(struct work *work)
{
    struct bx_verdict *verdict = work->verdict;
    find_attached(work);
    if (verdict->has_given) {
        bool is_other =
            work->model && (work->model_len != verdict->given.len ||
                            memcmp(work->model, verdict->given.data, work->model_len) != 0);
        work->model = verdict->given.data ? verdict->given.data : "";
        work->model_len = verdict->given.len;
        verdict->model_from = "given";
        if (is_other)
            tell(verdict, BX_LEVEL_ERROR, "VERIFY-MODEL", BX_E_MODEL,
                 "所附报告数据不是 --model 给的那一份",
                 "the attached model is not the one given with --model");
    }
    if (work->model)
        bx_sha256_hex(verdict->model_sha256, work->model, work->model_len);
    else
        tell(verdict, BX_LEVEL_NOTE, "VERIFY-NOT", BX_OK,
             "文字没有核对：文件没有附报告数据，要用 --model 给出",
             "the text is not checked: the file carries no model; give it with --model");
}

/* ---- setting it again ---- */

static const char *find_option(const struct bx_making *record, const char *start)
{
    return bx_making_find(record, "banxin:options", start);
}

static long long read_number(const char *text, long long most)
{
    long long value = 0;
    for (; text && '0' <= *text && *text <= '9' && value <= most; text++)
        value = 10 * value + (*text - '0');
    return value < most ? value : most;
}

/* The name of the style: a word behind "style ". One that is a path names a file of another
 * machine: nothing on this one is read for it. */
static const char *find_style(struct bx_verdict *verdict)
{
    const char *style = bx_making_find(&verdict->record, "banxin:layouts", "style ");
    return style && !strchr(style, '/')
               ? bx_arena_strndup(&verdict->arena, style, strcspn(style, " "))
               : NULL;
}

static struct bx_report_options read_options(struct bx_verdict *verdict)
{
    const struct bx_making *record = &verdict->record;
    const char *keep = find_option(record, "punctuation=keep");
    const char *date = find_option(record, "date=");
    return (struct bx_report_options){
        .style = find_style(verdict),
        .profile = find_option(record, "profile="),
        .base_dir = verdict->given_dir,
        .bleed_um = (int)read_number(find_option(record, "bleed-um="), BX_BLEED_UM_MOST),
        .has_crop_marks = find_option(record, "crop-marks") != NULL,
        .signature_fields =
            (int)read_number(find_option(record, "signature-field="), BX_SIGNATURE_FIELDS_MOST),
        .keep_punctuation = keep && !*keep,
        .allow_inconsistent = find_option(record, "allow-inconsistent") != NULL,
        .is_draft = find_option(record, "draft") != NULL,
        .has_date = date != NULL,
        .date_epoch = read_number(date, 253402300799),
    };
}

/* Why the model could not be set or written: its own fault, or this machine's. Its pages may be
 * there all the same: figures that contradict each other can be read. */
static void tell_unset(struct work *work, enum bx_status status)
{
    struct bx_verdict *verdict = work->verdict;
    const struct bx_findings *list = &work->report->findings;
    const struct bx_finding *first = NULL;
    for (int i = 0; i < list->count && !first; i++)
        if (list->items[i].level == BX_LEVEL_ERROR &&
            (enum bx_status)list->items[i].stage == status)
            first = &list->items[i];
    for (int i = 0; i < list->count && !first; i++)
        if (list->items[i].level == BX_LEVEL_ERROR)
            first = &list->items[i];
    bool is_ours = status == BX_STATUS_LAYOUT || status == BX_STATUS_FONT;
    if (status == BX_STATUS_USAGE) /* a profile that this version does not know */
        is_ours = true;
    bx_findings_add(
        &verdict->findings,
        &(struct bx_finding){
            .level = is_ours ? BX_LEVEL_NOTE : BX_LEVEL_ERROR,
            .code = is_ours ? "VERIFY-NOT" : "VERIFY-MODEL",
            .stage = BX_E_MODEL,
            .where = first ? first->where : "",
            .zh = bx_findings_text(&verdict->findings, "报告数据不能重新排版：%s",
                                   first ? first->zh : ""),
            .en = bx_findings_text(&verdict->findings, "the model cannot be set again: %s",
                                   first ? first->en : ""),
        });
    for (int i = BX_QUESTION_TEXT; i < BX_QUESTION_COUNT; i++)
        if (i != BX_QUESTION_CHANGES)
            verdict->answers[i] = is_ours                 ? BX_ANSWER_NOT_POSSIBLE
                                  : i == BX_QUESTION_TEXT ? BX_ANSWER_NO
                                                          : BX_ANSWER_NOT_CHECKED;
}

/* The images of the report are among its attachments; without any they lie beside the model. The
 * printer's profile is the file's own. */
static void hold_files(struct work *work)
{
    struct bx_arena *arena = &work->verdict->arena;
    const struct bx_document *document = work->document;
    int count = work->files.count;
    struct bx_held_file *items = BX_NEW_ARRAY(arena, struct bx_held_file, (size_t)count + 1);
    for (int i = 0; i < count; i++)
        items[i] = (struct bx_held_file){.path = work->files.items[i].name,
                                         .data = work->files.items[i].data,
                                         .len = work->files.items[i].len};
    work->held = (struct bx_held_files){.items = items, .count = count};
    if (count > 0)
        work->report->held = &work->held;
    work->report->held_straddle =
        bx_api_find_straddle(&work->held, find_option(&work->verdict->record, "straddle="));
    const struct bx_object *intents = bx_object_find(document, document->root, "OutputIntents");
    const struct bx_object *profile =
        bx_object_find(document, bx_object_item(document, intents, 0), "DestOutputProfile");
    work->intent =
        (struct bx_held_file){.path = "", .data = profile->bytes, .len = profile->len};
    if (find_option(&work->verdict->record, "output-intent="))
        work->report->held_intent = &work->intent;
}

static bool set_again(struct work *work, struct bx_err *cancelled)
{
    struct bx_report_options options = read_options(work->verdict);
    work->report = bx_report_new(work->verdict->engine, &options);
    work->report->is_inner = true;
    hold_files(work);
    enum bx_status status =
        bx_report_read(work->report, work->model, work->model_len, "report.json");
    if (work->report->model)
        status = bx_report_typeset(work->report);
    work->input.pages = work->report->pages;
    struct bx_err err = {0};
    if (status == BX_STATUS_DONE)
        status = bx_report_render(work->report, &work->made);
    if (status == BX_STATUS_DONE &&
        !bx_document_read(&work->made_document, work->made.data, work->made.len, &err))
        status = bx_api_tell(&work->report->findings, &err);
    if (status == BX_STATUS_CANCELLED)
        return bx_fail(cancelled, BX_E_CANCELLED, "", "", "the caller wanted no more");
    if (status != BX_STATUS_DONE) {
        tell_unset(work, status);
        return true;
    }
    work->input.made = work->made_document;
    work->input.made_data = work->made.data;
    work->input.made_len = work->made.len;
    return bx_cancel_check(&work->verdict->engine->cancel, cancelled);
}

/* ---- the answer ---- */

static enum bx_answer answer_of(enum bx_verdict_answer answer)
{
    switch (answer) {
    case BX_VERDICT_NOT_CHECKED:
        return BX_ANSWER_NOT_CHECKED;
    case BX_VERDICT_NOT_POSSIBLE:
        return BX_ANSWER_NOT_POSSIBLE;
    case BX_VERDICT_SAME:
        return BX_ANSWER_YES;
    case BX_VERDICT_DIFFERENT:
        return BX_ANSWER_NO;
    }
    return BX_ANSWER_NO;
}

static void take_result(struct bx_verdict *verdict, const struct bx_verify_result *result)
{
    const enum bx_verdict_answer answers[BX_QUESTION_COUNT] = {
        [BX_QUESTION_TEXT] = result->text,
        [BX_QUESTION_ATTACHMENTS] = result->attachments,
        [BX_QUESTION_PAGES] = result->pages,
        [BX_QUESTION_BYTES] = result->bytes,
    };
    for (int i = BX_QUESTION_TEXT; i < BX_QUESTION_COUNT; i++)
        if (answers[i] != BX_VERDICT_NOT_CHECKED)
            verdict->answers[i] = answer_of(answers[i]);
    verdict->answers[BX_QUESTION_CHANGES] = result->is_untouched ? BX_ANSWER_YES : BX_ANSWER_NO;
}

static void verify(struct work *work, const void *data, size_t len)
{
    struct bx_verdict *verdict = work->verdict;
    bx_making_read(&verdict->record, work->document);
    bx_attached_list_build(&work->files, work->document);
    find_model(work);
    work->input.document = work->document;
    work->input.data = data;
    work->input.len = len;
    struct bx_err cancelled = {0};
    if (work->model && !set_again(work, &cancelled)) {
        bx_api_tell(&verdict->findings, &cancelled);
        return;
    }
    struct bx_verify_result result = bx_verify_compare(&work->input, &verdict->findings);
    take_result(verdict, &result);
}

/* ---- signatures ---- */

static void tell_signature(struct bx_verdict *verdict,
                           const struct bx_check_signature *signature,
                           enum bx_level level,
                           const char *code,
                           const char *zh,
                           const char *en,
                           const char *why)
{
    struct bx_findings *list = &verdict->findings;
    bx_findings_add(list,
                    &(struct bx_finding){.level = level,
                                         .code = code,
                                         .stage = BX_E_SIGN,
                                         .zh = bx_findings_text(list, "签名 %s %s：%s",
                                                                signature->field, zh, why),
                                         .en = bx_findings_text(list, "the signature %s %s: %s",
                                                                signature->field, en, why)});
}

/* A time-stamp is somebody else's word: without it a signature holds, for less time. */
static void tell_stamp(struct bx_verdict *verdict, const struct bx_check_signature *one)
{
    if (one->stamp.why)
        tell_signature(verdict, one, BX_LEVEL_WARNING, "VERIFY-STAMP", "的时间戳不能作准",
                       "has a time-stamp that proves no time", one->stamp.why);
    if (one->revocation == BX_CHECK_REVOKED && one->trust == BX_CHECK_NOT_ASKED)
        tell_signature(verdict, one, BX_LEVEL_WARNING, "VERIFY-REVOKED", "所用证书已被吊销",
                       "is of a certificate that was revoked",
                       "the file's own revocation data, or those given, say so");
}

static void tell_signatures(struct bx_verdict *verdict)
{
    for (int i = 0; i < verdict->signatures.count; i++) {
        const struct bx_check_signature *one = &verdict->signatures.signatures[i];
        if (!one->is_intact)
            tell_signature(verdict, one, BX_LEVEL_ERROR, "VERIFY-SIGNATURE", "无效",
                           "does not hold", one->why);
        if (one->trust == BX_CHECK_UNTRUSTED && !one->is_stamp)
            tell_signature(verdict, one, BX_LEVEL_ERROR, "VERIFY-TRUST", "的签名人不在信任之列",
                           "is of nobody who is trusted", one->why_not_trusted);
        if (one->has_seal)
            tell(verdict, BX_LEVEL_NOTE, "VERIFY-SEAL", BX_OK,
                 bx_findings_text(&verdict->findings, "签名 %s 显示为印章图样：以签名为准",
                                  one->field),
                 bx_findings_text(&verdict->findings,
                                  "the signature %s is seen as a picture of a seal, which is "
                                  "worth what the signature is",
                                  one->field));
        if (!one->is_change_allowed)
            tell_signature(verdict, one, BX_LEVEL_ERROR, "VERIFY-SIGNED",
                           "之后文件有不允许的改动", "does not allow what was changed after it",
                           one->change ? one->change : "a field was added");
        tell_stamp(verdict, one);
    }
}

/* The part of the file that the model is to be held against: what was there before the first
 * signature, when behind it stand signatures alone. Else all of it, and every addition is told. */
static size_t check_signatures(struct bx_verdict *verdict,
                               const struct bx_document *document,
                               const void *data,
                               size_t len)
{
    struct bx_err err = {0};
    const struct bx_check_options options = {.trusted = verdict->trusted,
                                             .crls = verdict->crls,
                                             .trusted_count = verdict->trusted_count,
                                             .crl_count = verdict->crl_count};
    const struct bx_signer *signer = bx_signer_load(&err);
    if (!signer || !signer->check(&verdict->signatures, data, len, &options, &err)) {
        /* A file without a form has no signature; what else is wrong with it is told below. */
        if (err.file[0])
            fail_verdict(verdict, &err); /* a file of --trust */
        else if (bx_object_find(document, document->root, "AcroForm")->kind != BX_OBJECT_NULL)
            tell(verdict, BX_LEVEL_ERROR, "VERIFY-SIGNATURE", BX_E_SIGN,
                 bx_findings_text(&verdict->findings, "签名无法核验：%s", err.what),
                 bx_findings_text(&verdict->findings, "the signatures cannot be verified: %s",
                                  err.what));
        return len;
    }
    tell_signatures(verdict);
    return verdict->signatures.is_only_signed ? verdict->signatures.original_len : len;
}

enum bx_status
bx_verdict_verify(struct bx_verdict *verdict, const void *data, size_t len, const char *name)
{
    assert(!verdict->is_verified && name);
    struct work work = {.verdict = verdict};
    struct bx_err err = {0};
    verdict->is_verified = true;
    verdict->file = bx_arena_strndup(&verdict->arena, name, strlen(name));
    verdict->findings.file = verdict->file;
    if (!bx_document_read(&work.document, data, len, &err))
        return fail_verdict(verdict, &err);
    size_t original_len = check_signatures(verdict, work.document, data, len);
    if (original_len < len) {
        bx_document_free(work.document);
        work.document = NULL;
        if (!bx_document_read(&work.document, data, original_len, &err))
            return fail_verdict(verdict, &err);
    }
    verify(&work, data, original_len);
    bx_bytes_fini(&work.made);
    bx_document_free(work.made_document);
    bx_report_free(work.report);
    bx_attached_list_fini(&work.files);
    bx_document_free(work.document);
    return settle(verdict);
}

enum bx_status bx_verdict_verify_file(struct bx_verdict *verdict, const char *path)
{
    struct bx_err err = {0};
    struct bx_buf bytes = {0};
    enum bx_status status;
    if (bx_file_read(&bytes, path, FILE_BYTES_MOST, &err)) {
        status = bx_verdict_verify(verdict, bytes.data ? bytes.data : "", bytes.len, path);
    } else {
        verdict->is_verified = true;
        status = fail_verdict(verdict, &err);
    }
    bx_buf_fini(&bytes);
    return status;
}

/* ---- the report ---- */

/* What a damaged file named may be cut or broken: JSON is UTF-8 all the same (RFC 8259 8.1). */
static void add_json(struct bx_buf *to, const char *text)
{
    const char *good = text; /* up to here it is known to be UTF-8 */
    bx_buf_add_byte(to, '"');
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if ((const char *)at == good)
            good += bx_utf8_valid_len(good, strlen(good));
        if ((const char *)at == good) {
            bx_buf_add_utf8(to, 0xFFFD);
            good++;
            continue;
        }
        if (*at == '"' || *at == '\\')
            bx_buf_add_byte(to, '\\');
        if (*at < 0x20 || *at == 0x7F)
            bx_buf_printf(to, "\\u%04x", *at);
        else
            bx_buf_add_byte(to, (char)*at);
    }
    bx_buf_add_byte(to, '"');
}

static void add_field(struct bx_buf *to, const char *name, const char *value)
{
    bx_buf_printf(to, "%s\"%s\":", to->data[to->len - 1] == '{' ? "" : ",", name);
    add_json(to, value);
}

static void add_findings(struct bx_buf *to, const struct bx_findings *list)
{
    static const char *const levels[] = {"note", "warning", "error"};
    for (int i = 0; i < list->count; i++) {
        const struct bx_finding *finding = &list->items[i];
        bx_buf_add_text(to, i > 0 ? ",\n  {" : "\n  {");
        add_field(to, "level", levels[finding->level]);
        add_field(to, "code", finding->code);
        add_field(to, "where", finding->where);
        if (finding->page > 0)
            bx_buf_printf(to, ",\"page\":%d", finding->page);
        else
            bx_buf_add_text(to, ",\"page\":null");
        add_field(to, "zh", finding->zh);
        add_field(to, "en", finding->en);
        bx_buf_add_byte(to, '}');
    }
}

static void add_record(struct bx_buf *to, const struct bx_making *record)
{
    for (int i = 0; i < record->count; i++) {
        bx_buf_add_text(to, i > 0 ? ",\n  {" : "\n  {");
        add_field(to, "name", record->items[i].name);
        add_field(to, "value", record->items[i].value);
        bx_buf_add_byte(to, '}');
    }
}

static const char *const trusts[] = {"null", "true", "false"};

static void add_stamp(struct bx_buf *to, const struct bx_check_stamp *stamp)
{
    bx_buf_add_text(to, ",\"stamp\":");
    if (!stamp->time[0]) {
        bx_buf_add_text(to, "null");
        return;
    }
    bx_buf_add_byte(to, '{');
    add_field(to, "time", stamp->time);
    add_field(to, "authority", stamp->authority);
    bx_buf_printf(to, ",\"trusted\":%s}", trusts[stamp->trust]);
}

static void add_signatures(struct bx_buf *to, const struct bx_check_result *check)
{
    static const char *const changes[] = {"none", "evidence added", "signed", "fields added",
                                          "other"};
    static const char *const revocations[] = {"unknown", "good", "revoked"};
    for (int i = 0; i < check->count; i++) {
        const struct bx_check_signature *one = &check->signatures[i];
        bx_buf_add_text(to, i > 0 ? ",\n  {" : "\n  {");
        add_field(to, "field", one->field);
        add_field(to, "kind", one->is_stamp ? "time-stamp" : "signature");
        add_field(to, "level", one->level);
        add_field(to, "signer", one->signer);
        add_field(to, "time", one->time);
        add_stamp(to, &one->stamp);
        bx_buf_printf(to, ",\"intact\":%s,\"trusted\":%s", one->is_intact ? "true" : "false",
                      trusts[one->trust]);
        add_field(to, "revocation", revocations[one->revocation]);
        bx_buf_printf(to, ",\"covers\":%zu", one->covered_len);
        add_field(to, "changes", changes[one->changes]);
        bx_buf_printf(to, ",\"allowed\":%s,\"certifies\":%s}",
                      one->is_change_allowed ? "true" : "false",
                      one->is_certification ? "true" : "false");
    }
}

void bx_verdict_report(const struct bx_verdict *verdict, struct bx_bytes *out)
{
    static const char *const questions[] = {
        [BX_QUESTION_MODEL] = "model",     [BX_QUESTION_TEXT] = "text",
        [BX_QUESTION_PAGES] = "pages",     [BX_QUESTION_ATTACHMENTS] = "attachments",
        [BX_QUESTION_CHANGES] = "changes", [BX_QUESTION_BYTES] = "bytes",
    };
    static const char *const answers[] = {
        [BX_ANSWER_NOT_CHECKED] = "not checked",
        [BX_ANSWER_NOT_POSSIBLE] = "not possible",
        [BX_ANSWER_YES] = "holds",
        [BX_ANSWER_NO] = "fails",
    };
    struct bx_buf json = {0};
    bx_buf_add_byte(&json, '{');
    add_field(&json, "format", "banxin-verify/1");
    add_field(&json, "file", verdict->file);
    bx_buf_printf(&json, ",\"status\":%d", (int)bx_api_status(&verdict->findings));
    bx_buf_add_text(&json, ",\n \"answers\":{");
    for (int i = 0; i < BX_QUESTION_COUNT; i++)
        add_field(&json, questions[i], answers[verdict->answers[i]]);
    bx_buf_add_text(&json, "},\n \"model\":{");
    add_field(&json, "from", verdict->model_from);
    add_field(&json, "sha256", verdict->model_sha256);
    bx_buf_add_text(&json, "},\n \"signatures\":[");
    add_signatures(&json, &verdict->signatures);
    bx_buf_add_text(&json, "],\n \"record\":[");
    add_record(&json, &verdict->record);
    bx_buf_add_text(&json, "],\n \"findings\":[");
    add_findings(&json, &verdict->findings);
    bx_buf_add_text(&json, "]}\n");
    bx_api_give(out, &json);
}

enum bx_status bx_verdict_write_report(struct bx_verdict *verdict, const char *path)
{
    struct bx_bytes json = {0};
    struct bx_err err = {0};
    bx_verdict_report(verdict, &json);
    bool is_done = bx_file_write(path, json.data, json.len, &err);
    bx_bytes_fini(&json);
    return is_done ? BX_STATUS_DONE : fail_verdict(verdict, &err);
}

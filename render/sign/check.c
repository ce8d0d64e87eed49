#include "sign/check.h"

#include <limits.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sign/check_work.h"
#include "sign/der.h"
#include "sign/dss.h"
#include "sign/look.h"

/* Where the signature stands is found twice: by the field that leads to it, and by the gap in what it
 * covers. Both must be one place of the file's own bytes, or what was signed and what a reader is shown
 * are two things (signature wrapping, universal forgery). */

struct run {
    struct bx_check_result *check;
    struct bx_span file;
    struct bx_source *source;
};

/* The numbers of ByteRange; false when they are not two stretches with one gap from byte 0. */
static bool read_range(struct run *run, const struct bx_value *dict, size_t range[4])
{
    struct bx_value array = bx_source_find(run->source, dict, "ByteRange");
    struct bx_span rest = bx_value_inside(&array);
    for (int i = 0; i < 4; i++) {
        struct bx_value value = bx_value_next_plain(&rest);
        if (value.kind != BX_VALUE_INT || value.number < 0 ||
            (uint64_t)value.number > run->file.len)
            return false;
        range[i] = (size_t)value.number;
    }
    bx_span_skip_blank(&rest);
    return rest.len == 0 && range[0] == 0 && range[1] > 0 && range[2] > range[1] + 2 &&
           range[2] <= run->file.len && range[3] <= run->file.len - range[2];
}

static bool
is_place_of(const struct run *run, const struct bx_value *contents, const size_t range[4])
{
    return contents->kind == BX_VALUE_STRING && contents->span.at == run->file.at + range[1] &&
           contents->span.len == range[2] - range[1] && contents->span.at[0] == '<';
}

/* The length of the DER object that bytes start with; zeroes may follow. */
static size_t object_len(const unsigned char *bytes, size_t len)
{
    size_t end = len > 0 && bytes[0] == BX_DER_SEQUENCE ? bx_der_len(bytes, len) : 0;
    for (size_t i = end; i < len; i++)
        if (bytes[i] != 0)
            return 0;
    return end;
}

static int two_digits(const char *at)
{
    return (at[0] - '0') * 10 + (at[1] - '0');
}

int64_t bx_check_read_time(const char *text)
{
    if (strlen(text) < 16 || strncmp(text, "D:", 2) != 0 ||
        strspn(text + 2, "0123456789") != 14)
        return -1;
    int year = two_digits(text + 2) * 100 + two_digits(text + 4), month = two_digits(text + 6);
    if (year < 1970 || month < 1 || month > 12)
        return -1;
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int leap_years = (year - (month <= 2)) / 4 - (year - (month <= 2)) / 100 +
                     (year - (month <= 2)) / 400 - 477;
    int64_t days = (int64_t)(year - 1970) * 365 + leap_years + before[month - 1] +
                   two_digits(text + 8) - 1;
    int64_t zone = 0;
    const char *sign = text + 16;
    if ((*sign == '+' || *sign == '-') && strspn(sign + 1, "0123456789") == 2 &&
        sign[3] == '\'' && strspn(sign + 4, "0123456789") == 2)
        zone = (two_digits(sign + 1) * 60 + two_digits(sign + 4)) * (*sign == '-' ? -60 : 60);
    return days * 86400 + two_digits(text + 10) * 3600 + two_digits(text + 12) * 60 +
           two_digits(text + 14) - zone;
}

static struct bx_check_signature *add_signature(struct bx_check_result *check)
{
    if (check->count == check->capacity)
        check->signatures = bx_arena_grow(&check->arena, check->signatures, check->count,
                                          &check->capacity, sizeof(*check->signatures));
    struct bx_check_signature *added = &check->signatures[check->count++];
    *added = (struct bx_check_signature){
        .is_intact = true,
        .signer = "",
        .time = "",
        .level = "",
        .stamp = {.time = "", .authority = ""},
        .item = BX_NEW(&check->arena, struct bx_check_item),
    };
    return added;
}

static bool is_known(const struct bx_value *filter)
{
    return bx_value_is_name(filter, "ETSI.CAdES.detached") ||
           bx_value_is_name(filter, "adbe.pkcs7.detached") ||
           bx_value_is_name(filter, "ETSI.RFC3161");
}

static void check_bytes(struct run *run,
                        struct bx_check_signature *to,
                        const struct bx_value *dict,
                        bool is_stamp,
                        const size_t range[4])
{
    struct bx_value contents = bx_value_find(dict, "Contents");
    size_t len;
    const char *cms = bx_value_bytes(&contents, &run->check->arena, &len);
    len = object_len((const unsigned char *)cms, len);
    if (len == 0) {
        to->why = "its contents are no signature";
        return;
    }
    struct bx_span before = {run->file.at, range[1]};
    struct bx_span after = {run->file.at + range[2], range[3]};
    if (is_stamp)
        bx_check_stamp(to, &run->check->arena, (struct bx_span){cms, len}, before, after);
    else
        bx_check_cms(to, &run->check->arena, (struct bx_span){cms, len}, before, after);
}

static void check_field(struct run *run, const struct bx_field *field, bool is_certification)
{
    struct bx_arena *arena = &run->check->arena;
    struct bx_check_signature *to = add_signature(run->check);
    to->field = bx_arena_strndup(arena, field->name, strlen(field->name));
    to->is_certification = is_certification;
    struct bx_value dict = bx_source_follow(run->source, field->value);
    struct bx_value filter = bx_source_find(run->source, &dict, "SubFilter");
    struct bx_value contents = bx_value_find(&dict, "Contents");
    struct bx_value time = bx_source_find(run->source, &dict, "M");
    size_t range[4] = {0};
    if (time.kind == BX_VALUE_STRING)
        to->time = bx_value_text(&time, arena);
    to->is_pades = bx_value_is_name(&filter, "ETSI.CAdES.detached");
    if (dict.kind != BX_VALUE_DICT || !bx_value_has_unique_keys(&dict))
        to->why = "it is no signature dictionary";
    else if (!is_known(&filter))
        to->why = "it is of a kind that is not verified";
    else if (!read_range(run, &dict, range))
        to->why = "what it covers is not the file but a gap";
    else if (!is_place_of(run, &contents, range))
        to->why = "it does not stand in the gap of what it covers";
    else
        check_bytes(run, to, &dict, bx_value_is_name(&filter, "ETSI.RFC3161"), range);
    to->covered_len = range[2] + range[3];
    to->is_intact = to->why == NULL;
    to->has_seal = bx_look_is_seal(run->source, &field->dict);
    bx_check_changes(to, arena, run->file, (struct bx_span){run->file.at, to->covered_len});
}

/* --- The file before its first signature ---------------------------------------------------- */

static bool is_end_of(const struct bx_span *file, size_t end, size_t section_at)
{
    struct bx_source source;
    struct bx_err err = {0};
    bool is_it =
        bx_source_read(&source, file->at, end, &err) && source.sections[0].at == section_at;
    bx_source_fini(&source);
    return is_it;
}

/* The end of the revision whose section starts at this byte, 0 when none is found. */
static size_t find_end(const struct bx_span *file, size_t section_at)
{
    int tries = 0;
    for (size_t at = section_at; at + 5 <= file->len && tries < 8; at++) {
        if (file->at[at] != '%' || memcmp(file->at + at, "%%EOF", 5) != 0)
            continue;
        size_t end = at + 5;
        end += end < file->len && file->at[end] == '\r';
        end += end < file->len && file->at[end] == '\n';
        tries++;
        if (is_end_of(file, end, section_at))
            return end;
    }
    return 0;
}

static size_t find_original(const struct bx_span *file, size_t covered_len)
{
    struct bx_source source;
    struct bx_err err = {0};
    size_t end = 0;
    if (bx_source_read(&source, file->at, covered_len, &err) && source.section_count > 1)
        end = find_end(file, source.sections[1].at);
    bx_source_fini(&source);
    return end > 0 ? end : file->len;
}

/* --- All ------------------------------------------------------------------------------------ */

static int compare_signatures(const void *a, const void *b)
{
    const struct bx_check_signature *left = a, *right = b;
    return left->covered_len < right->covered_len ? -1 : left->covered_len > right->covered_len;
}

static void check_all(struct run *run, const struct bx_field_list *fields)
{
    struct bx_value perms = bx_source_find(run->source, &fields->catalog, "Perms");
    struct bx_value certifying = bx_value_find(&perms, "DocMDP");
    for (int i = 0; i < fields->count; i++) {
        const struct bx_field *field = &fields->items[i];
        if (field->value.kind != BX_VALUE_NONE)
            check_field(run, field,
                        certifying.kind == BX_VALUE_REF && field->value.kind == BX_VALUE_REF &&
                            certifying.number == field->value.number);
    }
    struct bx_check_result *check = run->check;
    if (check->count == 0)
        return;
    qsort(check->signatures, (size_t)check->count, sizeof(*check->signatures),
          compare_signatures);
    check->original_len = find_original(&run->file, check->signatures[0].covered_len);
    check->is_only_signed =
        check->original_len < run->file.len &&
        bx_check_is_only_signed(run->file, (struct bx_span){run->file.at, check->original_len});
}

/* Reads what is needed to judge, and does. */
static bool judge_all(struct run *run,
                      const struct bx_field_list *fields,
                      const struct bx_check_options *options,
                      struct bx_err *err)
{
    struct bx_evidence inside, outside;
    struct bx_check_judge judge = {
        .check = run->check, .file = run->file, .inside = &inside, .outside = &outside};
    bx_evidence_init(&inside);
    bx_evidence_init(&outside);
    bool is_read =
        bx_path_read_trusted(&judge.trusted, options->trusted, options->trusted_count, err);
    for (int i = 0; is_read && i < options->crl_count; i++)
        is_read = bx_evidence_read_crl(&outside, options->crls[i], err);
    if (is_read) {
        bx_dss_read(&inside, run->source, &fields->catalog);
        bx_check_judge(&judge);
    }
    X509_STORE_free(judge.trusted);
    bx_evidence_fini(&inside);
    bx_evidence_fini(&outside);
    return is_read;
}

bool bx_check_pdf(struct bx_check_result *out,
                  const void *data,
                  size_t len,
                  const struct bx_check_options *options,
                  struct bx_err *err)
{
    struct bx_source source = {0};
    struct bx_field_list fields;
    *out = (struct bx_check_result){.original_len = len};
    struct run run = {.check = out, .file = {data, len}, .source = &source};
    bool is_done =
        bx_source_read(&source, data, len, err) && bx_field_list_read(&fields, &source, err);
    if (is_done) {
        check_all(&run, &fields);
        is_done = judge_all(&run, &fields, options, err);
    }
    for (int i = 0; i < out->count; i++) {
        bx_check_item_fini(out->signatures[i].item);
        out->signatures[i].item = NULL;
    }
    bx_source_fini(&source);
    ERR_clear_error();
    return is_done;
}

void bx_check_fini(struct bx_check_result *check)
{
    bx_arena_fini(&check->arena);
    *check = (struct bx_check_result){0};
}

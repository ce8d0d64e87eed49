#include "sign/dss.h"

#include <openssl/evp.h>
#include <openssl/objects.h>
#include <string.h>

#include "sign/cms.h"
#include "sign/field.h"
#include "sign/revision.h"

/* The store is a new object in each revision, and what is in the file already is referred to instead of
 * being written again, so that offices that sign in turn carry one copy of their common root. */

enum {
    ITEMS_MOST = 4096, /* of a list in the file */
};

static const char *const lists[] = {"Certs", "CRLs", "OCSPs"};
static const char *const own_lists[] = {"Cert", "CRL", "OCSP"};

enum {
    LIST_COUNT = sizeof(lists) / sizeof(lists[0]),
};

struct job {
    struct bx_source source;
    struct bx_field_list fields;
    struct bx_revision revision;
    struct bx_value store;           /* as it was, or a NONE */
    struct bx_buf items[LIST_COUNT]; /* "12 0 R " and so on: all, and those of this signature */
    struct bx_buf own[LIST_COUNT];
    struct bx_err *err;
};

/* --- What is there -------------------------------------------------------------------------- */

/* The bytes of the stream behind a reference; empty when it is none. */
static struct bx_span read_item(struct bx_source *source, const struct bx_value *ref)
{
    struct bx_span raw = {0}, out = {0};
    struct bx_value dict = {.kind = BX_VALUE_NONE};
    if (ref->kind == BX_VALUE_REF)
        dict = bx_source_object(source, (int)ref->number, &raw);
    if (dict.kind != BX_VALUE_DICT || !raw.at || !bx_source_decode(source, &dict, raw, &out))
        out = (struct bx_span){0};
    return out;
}

static struct bx_span
open_list(struct bx_source *source, struct bx_value *store, const char *name)
{
    struct bx_value list = bx_source_find(source, store, name);
    return bx_value_inside(&list);
}

static bool (*const readers[LIST_COUNT])(struct bx_evidence *, const void *, size_t) = {
    bx_evidence_add_certificate, bx_evidence_add_crl, bx_evidence_add_ocsp};

void bx_dss_read(struct bx_evidence *to,
                 struct bx_source *source,
                 const struct bx_value *catalog)
{
    struct bx_value store = bx_source_find(source, catalog, "DSS");
    for (int i = 0; i < LIST_COUNT; i++) {
        struct bx_span rest = open_list(source, &store, lists[i]);
        for (int j = 0; j < ITEMS_MOST; j++) {
            struct bx_value ref = bx_value_next(&rest);
            if (ref.kind == BX_VALUE_NONE)
                break;
            struct bx_span bytes = read_item(source, &ref);
            if (bytes.len > 0)
                readers[i](to, bytes.at, bytes.len);
        }
    }
}

/* References to streams that are what the list is of, or no list at all. */
static bool is_list(struct bx_source *source, struct bx_value list, int kind)
{
    list = bx_source_follow(source, list);
    if (list.kind != BX_VALUE_ARRAY)
        return list.kind == BX_VALUE_NONE;
    struct bx_evidence read;
    bx_evidence_init(&read);
    struct bx_span rest = bx_value_inside(&list);
    struct bx_value ref;
    bool is_one = true;
    for (int j = 0; is_one && (ref = bx_value_next(&rest)).kind != BX_VALUE_NONE; j++) {
        struct bx_span bytes = read_item(source, &ref);
        is_one = j < ITEMS_MOST && bytes.len > 0 && readers[kind](&read, bytes.at, bytes.len);
    }
    bx_span_skip_blank(&rest);
    bx_evidence_fini(&read);
    return is_one && rest.len == 0;
}

/* The lists are such ones, and beside them stand only these keys. */
static bool has_lists(struct bx_source *source,
                      const struct bx_value *dict,
                      const char *const names[LIST_COUNT],
                      const char *const others[])
{
    struct bx_span rest = bx_value_inside(dict);
    struct bx_value key, value;
    bool is_so = dict->kind == BX_VALUE_DICT && bx_value_has_unique_keys(dict);
    while (is_so && bx_value_entry(&rest, &key, &value)) {
        is_so = false;
        for (int i = 0; i < LIST_COUNT && !is_so; i++)
            is_so = bx_value_is_name(&key, names[i]) && is_list(source, value, i);
        for (int i = 0; others[i] && !is_so; i++)
            is_so = bx_value_is_name(&key, others[i]);
    }
    return is_so;
}

bool bx_dss_is_store(struct bx_source *source, const struct bx_value *store)
{
    static const char *const of_store[] = {"Type", "VRI", NULL};
    static const char *const of_signature[] = {"Type", "TU", "TS", NULL};
    struct bx_value each = bx_source_find(source, store, "VRI"), key, value;
    struct bx_span rest = bx_value_inside(&each);
    bool is_one = has_lists(source, store, lists, of_store) &&
                  (each.kind == BX_VALUE_DICT || each.kind == BX_VALUE_NONE);
    while (is_one && bx_value_entry(&rest, &key, &value)) {
        value = bx_source_follow(source, value);
        is_one = has_lists(source, &value, own_lists, of_signature);
    }
    return is_one;
}

static void keep_items(struct job *job, int list)
{
    struct bx_span rest = open_list(&job->source, &job->store, lists[list]);
    for (int j = 0; j < ITEMS_MOST; j++) {
        struct bx_value ref = bx_value_next(&rest);
        if (ref.kind == BX_VALUE_NONE)
            break;
        bx_buf_add(&job->items[list], ref.span.at, ref.span.len);
        bx_buf_add_byte(&job->items[list], ' ');
    }
}

/* The reference to an item with these bytes; its kind is NONE when there is none. */
static struct bx_value find_item(struct job *job, int list, const void *der, size_t len)
{
    struct bx_span rest = open_list(&job->source, &job->store, lists[list]);
    struct bx_value ref;
    for (int j = 0; j < ITEMS_MOST; j++) {
        ref = bx_value_next(&rest);
        struct bx_span bytes = read_item(&job->source, &ref);
        if (ref.kind == BX_VALUE_NONE || (bytes.len == len && memcmp(bytes.at, der, len) == 0))
            return ref;
    }
    return (struct bx_value){.kind = BX_VALUE_NONE};
}

/* --- What is added -------------------------------------------------------------------------- */

/* Takes the DER, which is OpenSSL's. */
static void add_item(struct job *job, int list, unsigned char *der, int der_len)
{
    size_t len = der_len > 0 ? (size_t)der_len : 0;
    struct bx_value there = {.kind = BX_VALUE_NONE};
    if (len == 0)
        return;
    there = find_item(job, list, der, len);
    if (there.kind == BX_VALUE_REF) {
        bx_buf_add(&job->own[list], there.span.at, there.span.len);
        bx_buf_add_byte(&job->own[list], ' ');
    } else {
        int number = bx_revision_new(&job->revision);
        struct bx_buf *to = bx_revision_begin(&job->revision, number);
        bx_buf_printf(to, "<</Length %zu>>\nstream\n", len);
        bx_buf_add(to, der, len);
        bx_buf_add_text(to, "\nendstream");
        bx_revision_end(&job->revision);
        bx_buf_printf(&job->items[list], "%d 0 R ", number);
        bx_buf_printf(&job->own[list], "%d 0 R ", number);
    }
    OPENSSL_free(der);
}

static void
add_items(struct job *job, STACK_OF(X509) * certificates, const struct bx_evidence *evidence)
{
    for (int i = 0; i < LIST_COUNT; i++)
        keep_items(job, i);
    for (int i = 0; i < sk_X509_num(certificates); i++) {
        unsigned char *der = NULL;
        int len = i2d_X509(sk_X509_value(certificates, i), &der);
        add_item(job, 0, der, len);
    }
    for (int i = 0; i < sk_X509_CRL_num(evidence->crls); i++) {
        unsigned char *der = NULL;
        int len = i2d_X509_CRL(sk_X509_CRL_value(evidence->crls, i), &der);
        add_item(job, 1, der, len);
    }
    for (int i = 0; i < evidence->answer_count; i++) {
        unsigned char *der = NULL;
        int len = i2d_OCSP_RESPONSE(evidence->answers[i].response, &der);
        add_item(job, 2, der, len);
    }
}

static int digit(char c)
{
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* The name of the signature's entry: the digest of all that its Contents hold, padding too.
 * Source  ISO 32000-2 table 262. */
static bool add_vri_key(struct bx_buf *to, struct bx_span contents, struct bx_err *err)
{
    struct bx_buf bytes = {0};
    struct bx_digest digest;
    for (size_t i = 0; i + 1 < contents.len; i += 2)
        bx_buf_add_byte(&bytes, (char)(digit(contents.at[i]) << 4 | digit(contents.at[i + 1])));
    bool is_done =
        bx_digest_make(&digest, NID_sha1, bytes.data ? bytes.data : "", bytes.len, "", 0, err);
    bx_buf_add_byte(to, '/');
    for (size_t i = 0; is_done && i < digest.len; i++)
        bx_buf_printf(to, "%02X", digest.bytes[i]);
    bx_buf_fini(&bytes);
    return is_done;
}

static void add_lists(struct bx_buf *to, const char *const *names, const struct bx_buf *refs)
{
    for (int i = 0; i < LIST_COUNT; i++)
        if (refs[i].len > 0)
            bx_buf_printf(to, "/%s[%.*s]", names[i], (int)refs[i].len - 1, refs[i].data);
}

static bool write_store(struct job *job, struct bx_span contents)
{
    struct bx_value vri = bx_source_find(&job->source, &job->store, "VRI");
    struct bx_span before = bx_value_inside(&vri);
    int number = bx_revision_new(&job->revision);
    struct bx_buf *to = bx_revision_begin(&job->revision, number);
    bx_buf_add_text(to, "<</Type/DSS/VRI<<");
    if (before.len > 0)
        bx_buf_add(to, before.at, before.len);
    bool is_done = add_vri_key(to, contents, job->err);
    bx_buf_add_text(to, "<</Type/VRI");
    add_lists(to, own_lists, job->own);
    bx_buf_add_text(to, ">>>>");
    add_lists(to, lists, job->items);
    bx_buf_add_text(to, ">>");
    bx_revision_end(&job->revision);

    const struct bx_change change = {"DSS", bx_revision_ref(&job->revision, number)};
    to = bx_revision_begin(&job->revision, job->fields.catalog_number);
    bx_revision_add_changed(to, &job->fields.catalog, &change, 1);
    bx_revision_end(&job->revision);
    return is_done;
}

bool bx_dss_append(struct bx_buf *out,
                   const struct bx_buf *file,
                   STACK_OF(X509) * certificates,
                   const struct bx_evidence *evidence,
                   struct bx_span contents,
                   struct bx_err *err)
{
    struct job job = {.err = err};
    bool is_done = bx_source_read(&job.source, file->data, file->len, err) &&
                   bx_field_list_read(&job.fields, &job.source, err);
    if (is_done) {
        job.store = bx_source_find(&job.source, &job.fields.catalog, "DSS");
        bx_revision_init(&job.revision, &job.source);
        add_items(&job, certificates, evidence);
        is_done = write_store(&job, contents);
        bx_revision_finish(&job.revision);
    }
    if (is_done) {
        *out = job.revision.out;
        job.revision.out = (struct bx_buf){0};
    }
    for (int i = 0; i < LIST_COUNT; i++) {
        bx_buf_fini(&job.items[i]);
        bx_buf_fini(&job.own[i]);
    }
    bx_revision_fini(&job.revision);
    bx_source_fini(&job.source);
    return is_done;
}

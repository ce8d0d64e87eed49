#include "verify/document.h"

#include <dlfcn.h>
#include <limits.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

/* qpdf as the strict reader: it repairs nothing here, and all it complains of is counted. Values
 * are copied out of it, those that are referred to first come first, and it is closed again; this
 * file alone knows it.
 *
 * It is loaded when the first file is verified: with it come the C++ library and one for
 * encryption, which every start of the program would have to bind. The interface used is that of
 * qpdf 11 (libqpdf.so.29). Its functions hand out numbers for values; a value that was copied is
 * given back at once, or a large file would fill the memory with them. */

#define QPDF_LIBRARY "libqpdf.so.29"

enum {
    DEPTH_MOST = 64,        /* of arrays and dictionaries in each other; ours have 7 */
    OBJECTS_MOST = 1 << 22, /* ISO 19005-2 6.1.13 allows 8,388,607 */
};

/* A deflated stream of a hostile file may grow a thousandfold. */
#define DECODED_MOST ((size_t)1 << 29)

struct qpdf {
    qpdf_data (*init)(void);
    void (*cleanup)(qpdf_data *qpdf);
    void (*silence_errors)(qpdf_data qpdf);
    void (*set_suppress_warnings)(qpdf_data qpdf, QPDF_BOOL value);
    void (*set_attempt_recovery)(qpdf_data qpdf, QPDF_BOOL value);
    QPDF_ERROR_CODE(*read_memory)
    (qpdf_data qpdf,
     const char *description,
     const char *buffer,
     unsigned long long size,
     const char *password);
    QPDF_BOOL (*has_error)(qpdf_data qpdf);
    qpdf_error (*get_error)(qpdf_data qpdf);
    QPDF_BOOL (*more_warnings)(qpdf_data qpdf);
    qpdf_error (*next_warning)(qpdf_data qpdf);
    const char *(*get_error_message_detail)(qpdf_data qpdf, qpdf_error error);
    unsigned long long (*get_error_file_position)(qpdf_data qpdf, qpdf_error error);
    QPDF_BOOL (*is_encrypted)(qpdf_data qpdf);
    qpdf_oh (*get_trailer)(qpdf_data qpdf);
    qpdf_oh (*get_object_by_id)(qpdf_data qpdf, int number, int generation);
    void (*oh_release)(qpdf_data qpdf, qpdf_oh oh);
    QPDF_BOOL (*oh_is_indirect)(qpdf_data qpdf, qpdf_oh oh);
    int (*oh_get_object_id)(qpdf_data qpdf, qpdf_oh oh);
    enum qpdf_object_type_e (*oh_get_type_code)(qpdf_data qpdf, qpdf_oh oh);
    QPDF_BOOL (*oh_get_bool_value)(qpdf_data qpdf, qpdf_oh oh);
    long long (*oh_get_int_value)(qpdf_data qpdf, qpdf_oh oh);
    const char *(*oh_get_real_value)(qpdf_data qpdf, qpdf_oh oh);
    const char *(*oh_get_name)(qpdf_data qpdf, qpdf_oh oh);
    const char *(*oh_get_binary_string_value)(qpdf_data qpdf, qpdf_oh oh, size_t *len);
    int (*oh_get_array_n_items)(qpdf_data qpdf, qpdf_oh oh);
    qpdf_oh (*oh_get_array_item)(qpdf_data qpdf, qpdf_oh oh, int n);
    void (*oh_begin_dict_key_iter)(qpdf_data qpdf, qpdf_oh dict);
    QPDF_BOOL (*oh_dict_more_keys)(qpdf_data qpdf);
    const char *(*oh_dict_next_key)(qpdf_data qpdf);
    qpdf_oh (*oh_get_key)(qpdf_data qpdf, qpdf_oh oh, const char *key);
    qpdf_oh (*oh_get_dict)(qpdf_data qpdf, qpdf_oh oh);
    QPDF_ERROR_CODE(*oh_get_stream_data)
    (qpdf_data qpdf,
     qpdf_oh stream,
     enum qpdf_stream_decode_level_e level,
     QPDF_BOOL *filtered,
     unsigned char **data,
     size_t *len);
};

/* ISO C has no cast from an address to a function; POSIX promises that the bits are the same. */
static bool find(void *member, void *library, const char *name)
{
    void *address = dlsym(library, name);
    memcpy(member, &address, sizeof(address));
    return address != NULL;
}

/* Never closed: the C++ library below it keeps things for the whole process. */
static bool load_qpdf(struct qpdf *out)
{
    void *library = dlopen(QPDF_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return false;
    const struct {
        void *member;
        const char *name;
    } wanted[] = {
        {&out->init, "qpdf_init"},
        {&out->cleanup, "qpdf_cleanup"},
        {&out->silence_errors, "qpdf_silence_errors"},
        {&out->set_suppress_warnings, "qpdf_set_suppress_warnings"},
        {&out->set_attempt_recovery, "qpdf_set_attempt_recovery"},
        {&out->read_memory, "qpdf_read_memory"},
        {&out->has_error, "qpdf_has_error"},
        {&out->get_error, "qpdf_get_error"},
        {&out->more_warnings, "qpdf_more_warnings"},
        {&out->next_warning, "qpdf_next_warning"},
        {&out->get_error_message_detail, "qpdf_get_error_message_detail"},
        {&out->get_error_file_position, "qpdf_get_error_file_position"},
        {&out->is_encrypted, "qpdf_is_encrypted"},
        {&out->get_trailer, "qpdf_get_trailer"},
        {&out->get_object_by_id, "qpdf_get_object_by_id"},
        {&out->oh_release, "qpdf_oh_release"},
        {&out->oh_is_indirect, "qpdf_oh_is_indirect"},
        {&out->oh_get_object_id, "qpdf_oh_get_object_id"},
        {&out->oh_get_type_code, "qpdf_oh_get_type_code"},
        {&out->oh_get_bool_value, "qpdf_oh_get_bool_value"},
        {&out->oh_get_int_value, "qpdf_oh_get_int_value"},
        {&out->oh_get_real_value, "qpdf_oh_get_real_value"},
        {&out->oh_get_name, "qpdf_oh_get_name"},
        {&out->oh_get_binary_string_value, "qpdf_oh_get_binary_string_value"},
        {&out->oh_get_array_n_items, "qpdf_oh_get_array_n_items"},
        {&out->oh_get_array_item, "qpdf_oh_get_array_item"},
        {&out->oh_begin_dict_key_iter, "qpdf_oh_begin_dict_key_iter"},
        {&out->oh_dict_more_keys, "qpdf_oh_dict_more_keys"},
        {&out->oh_dict_next_key, "qpdf_oh_dict_next_key"},
        {&out->oh_get_key, "qpdf_oh_get_key"},
        {&out->oh_get_dict, "qpdf_oh_get_dict"},
        {&out->oh_get_stream_data, "qpdf_oh_get_stream_data"},
    };
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
        if (!find(wanted[i].member, library, wanted[i].name))
            return false;
    return true;
}

/* Holds  queue[0 .. queue_count) are the numbers asked for so far; those before queue_at are read. */
struct loader {
    const struct qpdf *q;
    qpdf_data data;
    struct bx_document *document;
    bool *is_asked; /* by number */
    int *queue, queue_count, queue_at;
    size_t decoded;
    bool is_too_deep, is_too_large;
};

static void note_warning(struct loader *loader, const char *text)
{
    struct bx_document *document = loader->document;
    if (document->warning_count++ == 0)
        document->warning = bx_arena_strndup(&document->arena, text, strlen(text));
}

static struct bx_object make_ref(struct loader *loader, int number)
{
    struct bx_object ref = {.kind = BX_OBJECT_REF, .number = number, .bytes = ""};
    if (0 < number && number < loader->document->object_count && !loader->is_asked[number]) {
        loader->is_asked[number] = true;
        loader->queue[loader->queue_count++] = number;
    }
    return ref;
}

static int64_t clamp_number(int64_t value)
{
    return value > BX_NUMBER_MOST    ? BX_NUMBER_MOST
           : value < -BX_NUMBER_MOST ? -BX_NUMBER_MOST
                                     : value;
}

/* "-12.5" in millionths; further decimals are dropped. */
static int64_t read_real(const char *text)
{
    bool is_negative = text[0] == '-';
    int64_t whole = 0, part = 0, unit = BX_MICRO;
    if (text[0] == '-' || text[0] == '+')
        text++;
    for (; '0' <= *text && *text <= '9'; text++)
        whole = clamp_number(10 * whole + (*text - '0'));
    if (*text == '.')
        for (text++; '0' <= *text && *text <= '9' && unit > 1; text++) {
            unit /= 10;
            part += unit * (*text - '0');
        }
    int64_t value = whole * BX_MICRO + part;
    return is_negative ? -value : value;
}

static void
set_bytes(struct loader *loader, struct bx_object *to, const char *bytes, size_t len)
{
    to->bytes = bx_arena_strndup(&loader->document->arena, bytes ? bytes : "", len);
    to->len = len;
}

static struct bx_object load_value(struct loader *loader, qpdf_oh oh, int depth);

static void load_array(struct loader *loader, struct bx_object *to, qpdf_oh oh, int depth)
{
    int count = loader->q->oh_get_array_n_items(loader->data, oh);
    if (count <= 0)
        return;
    struct bx_object *items =
        BX_NEW_ARRAY(&loader->document->arena, struct bx_object, (size_t)count);
    for (int i = 0; i < count; i++)
        items[i] =
            load_value(loader, loader->q->oh_get_array_item(loader->data, oh, i), depth + 1);
    to->items = items;
    to->count = count;
}

/* The names of all keys first: the library's iteration is one for the whole file. They come in the
 * order of their bytes. */
static void load_dict(struct loader *loader, struct bx_object *to, qpdf_oh oh, int depth)
{
    struct bx_arena *arena = &loader->document->arena;
    const char **keys = NULL;
    int count = 0, capacity = 0;
    loader->q->oh_begin_dict_key_iter(loader->data, oh);
    while (loader->q->oh_dict_more_keys(loader->data)) {
        const char *key = loader->q->oh_dict_next_key(loader->data);
        if (count == capacity)
            keys = bx_arena_grow(arena, keys, count, &capacity, sizeof(*keys));
        keys[count++] = bx_arena_strndup(arena, key, strlen(key));
    }
    if (count == 0)
        return;
    struct bx_object *items = BX_NEW_ARRAY(arena, struct bx_object, (size_t)count);
    for (int i = 0; i < count; i++) {
        items[i] =
            load_value(loader, loader->q->oh_get_key(loader->data, oh, keys[i]), depth + 1);
        keys[i] += keys[i][0] == '/';
    }
    to->items = items;
    to->keys = keys;
    to->count = count;
}

/* Source  RFC 1950: the sums modulo 65521 that end a zlib stream. */
static uint32_t adler32(const unsigned char *data, size_t len)
{
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < len; i++) {
        a = (a + data[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

/* qpdf does not look at the sum behind deflated data, which tells a changed byte that still
 * decodes. Under a predictor the sum is one of other data. */
static void check_sum(struct loader *loader, const struct bx_object *stream, qpdf_oh oh)
{
    unsigned char *raw = NULL;
    size_t len = 0;
    if (!bx_object_is_name(bx_object_find_raw(stream, "Filter"), "FlateDecode") ||
        bx_object_find_raw(stream, "DecodeParms")->kind != BX_OBJECT_NULL)
        return;
    loader->q->oh_get_stream_data(loader->data, oh, qpdf_dl_none, NULL, &raw, &len);
    uint32_t sum = adler32((const unsigned char *)stream->bytes, stream->len), said = 0;
    for (size_t i = 0; i < 4 && len >= 4; i++)
        said = said << 8 | raw[len - 4 + i];
    if (sum != said)
        note_warning(loader, "a stream whose data is not of its sum");
    free(raw);
}

static void load_stream(struct loader *loader, struct bx_object *to, qpdf_oh oh, int depth)
{
    qpdf_oh dict = loader->q->oh_get_dict(loader->data, oh);
    load_dict(loader, to, dict, depth);
    loader->q->oh_release(loader->data, dict);

    QPDF_BOOL is_decoded = QPDF_FALSE;
    unsigned char *data = NULL;
    size_t len = 0;
    QPDF_ERROR_CODE code = loader->q->oh_get_stream_data(loader->data, oh, qpdf_dl_generalized,
                                                         &is_decoded, &data, &len);
    to->bytes = "";
    if (code & (QPDF_ERRORS)) {
        note_warning(loader, "a stream cannot be decoded");
    } else if (len > DECODED_MOST - loader->decoded) {
        loader->is_too_large = true;
    } else {
        loader->decoded += len;
        to->is_decoded = is_decoded;
        set_bytes(loader, to, (const char *)data, len);
        if (is_decoded)
            check_sum(loader, to, oh);
    }
    free(data);
}

static void load_direct(struct loader *loader, struct bx_object *to, qpdf_oh oh, int depth)
{
    size_t len = 0;
    const char *text;
    switch (loader->q->oh_get_type_code(loader->data, oh)) {
    case ot_boolean:
        to->kind = BX_OBJECT_BOOL;
        to->number = loader->q->oh_get_bool_value(loader->data, oh) != 0;
        break;
    case ot_integer:
        to->kind = BX_OBJECT_NUMBER;
        to->number = clamp_number(loader->q->oh_get_int_value(loader->data, oh)) * BX_MICRO;
        break;
    case ot_real:
        to->kind = BX_OBJECT_NUMBER;
        to->number = read_real(loader->q->oh_get_real_value(loader->data, oh));
        break;
    case ot_string:
        to->kind = BX_OBJECT_STRING;
        text = loader->q->oh_get_binary_string_value(loader->data, oh, &len);
        set_bytes(loader, to, text, len);
        break;
    case ot_name:
        to->kind = BX_OBJECT_NAME;
        text = loader->q->oh_get_name(loader->data, oh);
        text += text[0] == '/';
        set_bytes(loader, to, text, strlen(text));
        break;
    case ot_array:
        to->kind = BX_OBJECT_ARRAY;
        load_array(loader, to, oh, depth);
        break;
    case ot_dictionary:
        to->kind = BX_OBJECT_DICT;
        load_dict(loader, to, oh, depth);
        break;
    case ot_stream:
        to->kind = BX_OBJECT_STREAM;
        load_stream(loader, to, oh, depth);
        break;
    case ot_uninitialized:
    case ot_reserved:
    case ot_null:
    case ot_operator:
    case ot_inlineimage:
    case ot_unresolved:
    case ot_destroyed:
        break;
    }
}

/* Copies a value and gives its number back. Depth 0 is an object itself, below it a reference
 * stays one. */
static struct bx_object load_value(struct loader *loader, qpdf_oh oh, int depth)
{
    struct bx_object value = {.kind = BX_OBJECT_NULL, .bytes = ""};
    if (depth > 0 && loader->q->oh_is_indirect(loader->data, oh))
        value = make_ref(loader, loader->q->oh_get_object_id(loader->data, oh));
    else if (depth > DEPTH_MOST)
        loader->is_too_deep = true;
    else
        load_direct(loader, &value, oh, depth);
    loader->q->oh_release(loader->data, oh);
    return value;
}

static const struct bx_object *load_object(struct loader *loader, qpdf_oh oh)
{
    struct bx_object value = load_value(loader, oh, 0);
    if (value.kind == BX_OBJECT_NULL)
        return NULL;
    struct bx_object *copy = BX_NEW(&loader->document->arena, struct bx_object);
    *copy = value;
    return copy;
}

/* The trailer's Size, which a hostile file may say to be anything: an object takes a byte. */
static int count_objects(struct loader *loader, size_t file_len)
{
    qpdf_oh trailer = loader->q->get_trailer(loader->data);
    qpdf_oh size = loader->q->oh_get_key(loader->data, trailer, "/Size");
    long long count = 0;
    if (loader->q->oh_get_type_code(loader->data, size) == ot_integer)
        count = loader->q->oh_get_int_value(loader->data, size);
    loader->q->oh_release(loader->data, size);
    loader->q->oh_release(loader->data, trailer);
    size_t most = file_len < OBJECTS_MOST ? file_len : OBJECTS_MOST;
    return count < 0 ? 0 : (unsigned long long)count > most ? (int)most : (int)count;
}

static void take_warnings(struct loader *loader)
{
    while (loader->q->more_warnings(loader->data)) {
        qpdf_error warning = loader->q->next_warning(loader->data);
        note_warning(loader, loader->q->get_error_message_detail(loader->data, warning));
    }
    if (loader->q->has_error(loader->data)) {
        qpdf_error error = loader->q->get_error(loader->data);
        note_warning(loader, loader->q->get_error_message_detail(loader->data, error));
    }
}

/* What nothing refers to. The streams that pack objects and the cross-reference are the format's
 * own. */
static void count_strays(struct loader *loader)
{
    struct bx_document *document = loader->document;
    for (int i = 1; i < document->object_count; i++) {
        if (loader->is_asked[i])
            continue;
        qpdf_oh oh = loader->q->get_object_by_id(loader->data, i, 0);
        enum qpdf_object_type_e type = loader->q->oh_get_type_code(loader->data, oh);
        bool is_own = type == ot_null;
        if (type == ot_stream) {
            qpdf_oh dict = loader->q->oh_get_dict(loader->data, oh);
            qpdf_oh kind = loader->q->oh_get_key(loader->data, dict, "/Type");
            const char *name = loader->q->oh_get_type_code(loader->data, kind) == ot_name
                                   ? loader->q->oh_get_name(loader->data, kind)
                                   : "";
            is_own = strcmp(name, "/ObjStm") == 0 || strcmp(name, "/XRef") == 0;
            loader->q->oh_release(loader->data, kind);
            loader->q->oh_release(loader->data, dict);
        }
        document->stray_count += !is_own;
        loader->q->oh_release(loader->data, oh);
    }
}

static bool load_all(struct loader *loader, size_t len, struct bx_err *err)
{
    struct bx_document *document = loader->document;
    document->is_encrypted = loader->q->is_encrypted(loader->data);
    int count = count_objects(loader, len);
    document->object_count = count;
    document->objects =
        BX_NEW_ARRAY(&document->arena, const struct bx_object *, (size_t)count + 1);
    loader->is_asked = BX_NEW_ARRAY(&document->arena, bool, (size_t)count + 1);
    loader->queue = BX_NEW_ARRAY(&document->arena, int, (size_t)count + 1);
    document->trailer = load_object(loader, loader->q->get_trailer(loader->data));
    for (; loader->queue_at < loader->queue_count && !loader->is_too_large;
         loader->queue_at++) {
        int number = loader->queue[loader->queue_at];
        document->objects[number] =
            load_object(loader, loader->q->get_object_by_id(loader->data, number, 0));
    }
    count_strays(loader);
    take_warnings(loader);
    if (loader->is_too_deep)
        return bx_fail(err, BX_E_READ, "", "", "the PDF is nested too deep");
    if (loader->is_too_large)
        return bx_fail(err, BX_E_READ, "", "", "the PDF is too large once decoded");
    if (document->trailer)
        document->root = bx_object_find(document, document->trailer, "Root");
    if (!document->root || document->root->kind != BX_OBJECT_DICT)
        return bx_fail(err, BX_E_READ, "", "", "the PDF has no catalog");
    return true;
}

static bool fail_open(const struct loader *loader, struct bx_err *err)
{
    qpdf_error error = loader->q->get_error(loader->data);
    if (!error)
        return bx_fail(err, BX_E_READ, "", "", "this is no PDF");
    return bx_fail(err, BX_E_READ, "", "", "this is no PDF that can be read: %s, at byte %llu",
                   loader->q->get_error_message_detail(loader->data, error),
                   loader->q->get_error_file_position(loader->data, error));
}

bool bx_document_read(struct bx_document **out,
                      const void *data,
                      size_t len,
                      struct bx_err *err)
{
    struct qpdf qpdf;
    if (len < 8 || memcmp(data, "%PDF-", 5) != 0)
        return bx_fail(err, BX_E_READ, "", "", "this is no PDF");
    if (!load_qpdf(&qpdf))
        return bx_fail(err, BX_E_READ, "", "", "verifying needs the library %s", QPDF_LIBRARY);

    struct bx_arena arena = {0};
    struct bx_document *document = BX_NEW(&arena, struct bx_document);
    document->arena = arena;
    struct loader loader = {.q = &qpdf, .data = qpdf.init(), .document = document};
    qpdf.silence_errors(loader.data);
    qpdf.set_suppress_warnings(loader.data, QPDF_TRUE);
    qpdf.set_attempt_recovery(loader.data, QPDF_FALSE);
    QPDF_ERROR_CODE code = qpdf.read_memory(loader.data, "pdf", data, len, "");
    bool is_done = code & (QPDF_ERRORS) ? fail_open(&loader, err) : load_all(&loader, len, err);
    qpdf.cleanup(&loader.data);
    if (!is_done) {
        bx_document_free(document);
        return false;
    }
    *out = document;
    return true;
}

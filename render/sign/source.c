#include "sign/source.h"

#include <libdeflate.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "sign/source_work.h"

enum {
    FOLLOW_MOST = 8, /* references to references; the format has none */
};

/* A hostile stream may grow a thousandfold; object streams of ours take some 300 kB. */
#define INFLATED_MOST ((size_t)1 << 28)

static const struct bx_value none = {.kind = BX_VALUE_NONE};

/* --- Decoding ------------------------------------------------------------------------------- */

/* libdeflate wants to know the size beforehand; it is found by trying. */
static bool inflate_all(struct bx_source *source, struct bx_span raw, struct bx_span *out)
{
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    size_t capacity = raw.len < 512 ? 4096 : raw.len * 8, len = 0;
    char *bytes = NULL;
    while (inflater && result == LIBDEFLATE_INSUFFICIENT_SPACE &&
           capacity <= INFLATED_MOST - source->inflated) {
        free(bytes);
        bytes = malloc(capacity);
        if (!bytes)
            break;
        result = libdeflate_zlib_decompress(inflater, raw.at, raw.len, bytes, capacity, &len);
        capacity *= 4;
    }
    bool is_done = inflater && bytes && result == LIBDEFLATE_SUCCESS;
    if (is_done) {
        source->inflated += len;
        *out = (struct bx_span){bx_arena_strndup(&source->arena, bytes, len), len};
    }
    free(bytes);
    if (inflater)
        libdeflate_free_decompressor(inflater);
    return is_done;
}

static int paeth(int left, int up, int corner)
{
    int p = left + up - corner;
    int a = abs(p - left), b = abs(p - up), c = abs(p - corner);
    return a <= b && a <= c ? left : b <= c ? up : corner;
}

/* Rows of one kind byte and `columns` bytes. Source  ISO 32000-2 7.4.4.4; RFC 2083, 6. */
static bool undo_png(struct bx_source *source, struct bx_span *text, int64_t columns)
{
    if (columns < 1 || columns > 65536)
        return false;
    size_t width = (size_t)columns, row_count = text->len / (width + 1);
    if (row_count * (width + 1) != text->len)
        return false;
    unsigned char *out = (unsigned char *)bx_arena_alloc(&source->arena, text->len + 1, 1);
    const unsigned char *in = (const unsigned char *)text->at;
    for (size_t r = 0; r < row_count; r++) {
        const unsigned char *row = in + r * (width + 1);
        unsigned char *to = out + r * width;
        for (size_t i = 0; i < width; i++) {
            int left = i > 0 ? to[i - 1] : 0, up = r > 0 ? to[i - width] : 0;
            int corner = i > 0 && r > 0 ? to[i - width - 1] : 0;
            int add = row[0] == 0   ? 0
                      : row[0] == 1 ? left
                      : row[0] == 2 ? up
                      : row[0] == 3 ? (left + up) / 2
                                    : paeth(left, up, corner);
            if (row[0] > 4)
                return false;
            to[i] = (unsigned char)(row[1 + i] + add);
        }
    }
    *text = (struct bx_span){(const char *)out, row_count * width};
    return true;
}

/* The only item of an array, or the value itself. */
static struct bx_value only_item(const struct bx_value *value)
{
    if (value->kind != BX_VALUE_ARRAY)
        return *value;
    struct bx_span rest = bx_value_inside(value);
    struct bx_value item = bx_value_next(&rest);
    bx_span_skip_blank(&rest);
    return rest.len == 0 ? item : none;
}

bool bx_source_decode(struct bx_source *source,
                      const struct bx_value *dict,
                      struct bx_span raw,
                      struct bx_span *out)
{
    struct bx_value filter = bx_value_find(dict, "Filter");
    *out = raw;
    if (filter.kind == BX_VALUE_NONE)
        return true;
    filter = only_item(&filter);
    if (!bx_value_is_name(&filter, "FlateDecode") || !inflate_all(source, raw, out))
        return false;
    struct bx_value params = bx_value_find(dict, "DecodeParms");
    params = only_item(&params);
    struct bx_value predictor = bx_value_find(&params, "Predictor");
    if (params.kind != BX_VALUE_DICT || predictor.kind != BX_VALUE_INT || predictor.number == 1)
        return params.kind != BX_VALUE_REF;
    struct bx_value columns = bx_value_find(&params, "Columns");
    return predictor.number >= 10 && columns.kind == BX_VALUE_INT &&
           undo_png(source, out, columns.number);
}

/* --- Objects -------------------------------------------------------------------------------- */

/* The bytes behind the word "stream", whose number the dictionary tells. */
static bool take_stream(struct bx_source *source,
                        const struct bx_value *dict,
                        struct bx_span *rest,
                        struct bx_span *stream)
{
    if (rest->len > 0 && *rest->at == '\r') {
        rest->at++;
        rest->len--;
    }
    if (rest->len == 0 || *rest->at != '\n')
        return false;
    rest->at++;
    rest->len--;
    struct bx_value length = bx_value_find(dict, "Length");
    if (length.kind == BX_VALUE_REF) {
        /* A length that is itself packed in the stream it measures would never end. */
        if (length.number >= source->place_count ||
            source->places[length.number].kind != BX_PLACE_PLAIN)
            return false;
        int number, generation;
        size_t at = source->places[length.number].at;
        length = bx_source_at(source, at, &number, &generation, NULL);
    }
    if (length.kind != BX_VALUE_INT || length.number < 0 || (uint64_t)length.number > rest->len)
        return false;
    *stream = (struct bx_span){rest->at, (size_t)length.number};
    rest->at += stream->len;
    rest->len -= stream->len;
    return bx_span_take_word(rest, "endstream");
}

/* What stands at the start of *rest, which moves behind it. */
static struct bx_value take_object(struct bx_source *source,
                                   struct bx_span *rest,
                                   int *number,
                                   int *generation,
                                   struct bx_span *stream)
{
    struct bx_value first = bx_value_next_plain(rest), second = bx_value_next_plain(rest);
    if (first.kind != BX_VALUE_INT || first.number < 0 || first.number > BX_OBJECTS_MOST ||
        second.kind != BX_VALUE_INT || second.number < 0 || second.number > 65535 ||
        !bx_span_take_word(rest, "obj"))
        return none;
    *number = (int)first.number;
    *generation = (int)second.number;
    struct bx_value value = bx_value_next(rest);
    struct bx_span bytes = {.at = NULL};
    if (value.kind == BX_VALUE_DICT && stream && bx_span_take_word(rest, "stream")) {
        if (!take_stream(source, &value, rest, &bytes))
            return none;
    }
    if (stream)
        *stream = bytes;
    return value;
}

struct bx_value bx_source_at(
    struct bx_source *source, size_t at, int *number, int *generation, struct bx_span *stream)
{
    if (at >= source->file.len)
        return none;
    struct bx_span rest = {source->file.at + at, source->file.len - at};
    return take_object(source, &rest, number, generation, stream);
}

size_t bx_source_object_end(struct bx_source *source, size_t at, int *number)
{
    int generation;
    struct bx_span stream;
    if (at >= source->file.len)
        return 0;
    struct bx_span rest = {source->file.at + at, source->file.len - at};
    struct bx_value value = take_object(source, &rest, number, &generation, &stream);
    bool is_whole = value.kind != BX_VALUE_NONE && bx_span_take_word(&rest, "endobj");
    return is_whole ? source->file.len - rest.len : 0;
}

static bool open_packed(struct bx_source *source, struct bx_opened *out, int number)
{
    const struct bx_place *place = &source->places[number];
    if (place->kind != BX_PLACE_PLAIN)
        return false;
    int found, generation;
    struct bx_span raw;
    struct bx_value dict = bx_source_at(source, place->at, &found, &generation, &raw);
    struct bx_value type = bx_value_find(&dict, "Type");
    struct bx_value count = bx_value_find(&dict, "N"), first = bx_value_find(&dict, "First");
    if (found != number || !raw.at || !bx_value_is_name(&type, "ObjStm") ||
        count.kind != BX_VALUE_INT || count.number < 0 || count.number > BX_OBJECTS_MOST ||
        first.kind != BX_VALUE_INT || first.number < 0 ||
        !bx_source_decode(source, &dict, raw, &out->text) ||
        (uint64_t)first.number > out->text.len || first.number > INT_MAX)
        return false;
    out->number = number;
    out->count = (int)count.number;
    out->first = (int)first.number;
    return true;
}

static const struct bx_opened *need_packed(struct bx_source *source, int number)
{
    for (int i = 0; i < source->opened_count; i++)
        if (source->opened[i].number == number)
            return &source->opened[i];
    struct bx_opened opened = {.number = number};
    if (number >= source->place_count || !open_packed(source, &opened, number))
        return NULL;
    if (source->opened_count == source->opened_capacity)
        source->opened = bx_arena_grow(&source->arena, source->opened, source->opened_count,
                                       &source->opened_capacity, sizeof(*source->opened));
    source->opened[source->opened_count] = opened;
    return &source->opened[source->opened_count++];
}

/* Source  ISO 32000-2 7.5.7: pairs of number and place, then the values. */
static struct bx_value packed_object(struct bx_source *source, int number)
{
    const struct bx_place *place = &source->places[number];
    const struct bx_opened *opened =
        place->at > BX_OBJECTS_MOST ? NULL : need_packed(source, (int)place->at);
    if (!opened || place->index < 0 || place->index >= opened->count)
        return none;
    struct bx_span head = {opened->text.at, (size_t)opened->first};
    struct bx_value found = none, at = none;
    for (int i = 0; i <= place->index; i++) {
        found = bx_value_next_plain(&head);
        at = bx_value_next_plain(&head);
    }
    size_t room = opened->text.len - (size_t)opened->first;
    if (found.kind != BX_VALUE_INT || found.number != number || at.kind != BX_VALUE_INT ||
        at.number < 0 || (uint64_t)at.number >= room)
        return none;
    struct bx_span rest = {opened->text.at + opened->first + at.number,
                           room - (size_t)at.number};
    return bx_value_next(&rest);
}

struct bx_value bx_source_object(struct bx_source *source, int number, struct bx_span *stream)
{
    if (stream)
        *stream = (struct bx_span){.at = NULL};
    if (number <= 0 || number >= source->place_count)
        return none;
    const struct bx_place *place = &source->places[number];
    if (place->kind == BX_PLACE_PACKED)
        return packed_object(source, number);
    if (place->kind == BX_PLACE_FREE)
        return none;
    int found = 0, generation = 0;
    struct bx_value value = bx_source_at(source, place->at, &found, &generation, stream);
    return found == number && generation == place->index ? value : none;
}

struct bx_value bx_source_follow(struct bx_source *source, struct bx_value value)
{
    for (int i = 0; i < FOLLOW_MOST && value.kind == BX_VALUE_REF; i++)
        value = value.number > BX_OBJECTS_MOST
                    ? none
                    : bx_source_object(source, (int)value.number, NULL);
    return value.kind == BX_VALUE_REF ? none : value;
}

struct bx_value
bx_source_find(struct bx_source *source, const struct bx_value *dict, const char *key)
{
    return bx_source_follow(source, bx_value_find(dict, key));
}

const struct bx_value *bx_source_trailer(const struct bx_source *source)
{
    return &source->sections[0].trailer;
}

/* --- The file ------------------------------------------------------------------------------- */

/* Source  ISO 32000-2 7.5.2: "%PDF-1.4" to "%PDF-1.7", "%PDF-2.0". */
static bool is_pdf(const char *data, size_t len)
{
    return len > 32 && ((memcmp(data, "%PDF-1.", 7) == 0 && '4' <= data[7] && data[7] <= '7') ||
                        memcmp(data, "%PDF-2.0", 8) == 0);
}

bool bx_source_read(struct bx_source *out, const void *data, size_t len, struct bx_err *err)
{
    *out = (struct bx_source){.file = {data, len}};
    if (!is_pdf(data, len))
        return bx_fail(err, BX_E_READ, "", "", "this is no PDF of version 1.4 to 2.0");
    if (!bx_source_read_sections(out, err))
        return false;
    struct bx_value encrypt = bx_value_find(bx_source_trailer(out), "Encrypt");
    if (encrypt.kind != BX_VALUE_NONE)
        return bx_fail(err, BX_E_READ, "", "", "the PDF is encrypted");
    struct bx_value root = bx_source_find(out, bx_source_trailer(out), "Root");
    struct bx_value type = bx_source_find(out, &root, "Type");
    if (!bx_value_is_name(&type, "Catalog"))
        return bx_fail(err, BX_E_READ, "", "", "the PDF has no catalog");
    return true;
}

void bx_source_fini(struct bx_source *source)
{
    bx_arena_fini(&source->arena);
    *source = (struct bx_source){0};
}

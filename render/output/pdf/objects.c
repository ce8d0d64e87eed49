#include "output/pdf/objects.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libdeflate.h>

#include "base/utf8.h"

/* libdeflate's level. Much is nearly alike; 7 takes a quarter longer for 1/200. */
#define LEVEL 6

/* Objects in one object stream, about 100 kB: more gain nothing, since deflate looks back 32 kB
 * only, and a reader has to inflate a whole one for a single object. */
#define PACKED_MAX 1000

#define XREF_WIDTH 7 /* kind, four bytes of place, two of index */

static void *grow(void *items, size_t count, size_t size)
{
    void *grown = realloc(items, count * size);
    if (!grown) {
        fprintf(stderr, "banxin: out of memory (%zu bytes)\n", count * size);
        abort();
    }
    return grown;
}

double bx_pdf_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void bx_pdf_objects_init(struct bx_pdf_objects *objects,
                         struct bx_buf *out,
                         const char *version)
{
    *objects = (struct bx_pdf_objects){.out = out};
    objects->compressor = libdeflate_alloc_compressor(LEVEL);
    assert(objects->compressor);
    bx_pdf_new_object(objects); /* 0, the head of the free list */
    /* Four bytes over 127 in the second line say that the file is binary (ISO 19005-2 6.1.2). */
    bx_buf_printf(out, "%%PDF-%s\n%%\xC7\xD0\xCE\xC4\n", version);
    objects->census.stored[BX_PDF_KIND_FILE] = out->len;
}

int bx_pdf_new_object(struct bx_pdf_objects *objects)
{
    if (objects->count == objects->capacity) {
        objects->capacity = objects->capacity ? 2 * objects->capacity : 256;
        objects->places =
            grow(objects->places, (size_t)objects->capacity, sizeof(*objects->places));
    }
    objects->places[objects->count] = (struct bx_pdf_place){0};
    return objects->count++;
}

static struct bx_pdf_place *place_of(struct bx_pdf_objects *objects, int number)
{
    assert(0 < number && number < objects->count);
    struct bx_pdf_place *place = &objects->places[number];
    assert(place->at == 0); /* else it is written twice */
    return place;
}

void bx_pdf_set_kind(struct bx_pdf_objects *objects, enum bx_pdf_kind kind)
{
    objects->kind = kind;
}

/* Each kind is charged its part of the object stream, by its bytes before compression. */
static void charge_packed(struct bx_pdf_objects *objects, size_t stored)
{
    size_t plain = 0, rest = stored;
    for (int i = 0; i < BX_PDF_KIND_COUNT; i++)
        plain += objects->packed_plain[i];
    for (int i = 0; i < BX_PDF_KIND_COUNT; i++) {
        size_t part = plain > 0 ? stored * objects->packed_plain[i] / plain : 0;
        objects->census.plain[i] += objects->packed_plain[i];
        objects->census.stored[i] += part;
        objects->packed_plain[i] = 0;
        rest -= part;
    }
    objects->census.stored[BX_PDF_KIND_FILE] += rest;
}

static void flush_packed(struct bx_pdf_objects *objects)
{
    if (objects->packed_count == 0)
        return;
    size_t before = objects->out->len;
    char entries[80];
    snprintf(entries, sizeof(entries), "/Type/ObjStm/N %d/First %zu", objects->packed_count,
             objects->packed_head.len);
    bx_buf_add(&objects->packed_head, objects->packed.data, objects->packed.len);
    bx_pdf_add_stream(objects, objects->packed_stream, entries, objects->packed_head.data,
                      objects->packed_head.len, BX_PDF_PACKED);
    charge_packed(objects, objects->out->len - before);
    bx_buf_clear(&objects->packed);
    bx_buf_clear(&objects->packed_head);
    objects->packed_count = 0;
}

struct bx_buf *bx_pdf_begin(struct bx_pdf_objects *objects, int number)
{
    assert(!objects->is_open);
    if (objects->packed_count == PACKED_MAX)
        flush_packed(objects);
    if (objects->packed_count == 0)
        objects->packed_stream = bx_pdf_new_object(objects);

    struct bx_pdf_place *place = place_of(objects, number);
    place->is_packed = true;
    place->at = (uint32_t)objects->packed_stream;
    place->index = (uint32_t)objects->packed_count++;
    bx_pdf_add_int(&objects->packed_head, number);
    bx_buf_add_byte(&objects->packed_head, ' ');
    bx_pdf_add_int(&objects->packed_head, (int64_t)objects->packed.len);
    bx_buf_add_byte(&objects->packed_head, ' ');
    objects->is_open = true;
    objects->begun_at = objects->packed.len;
    return &objects->packed;
}

void bx_pdf_end(struct bx_pdf_objects *objects)
{
    assert(
        objects->is_open); /* its value ends with a delimiter: nothing parts it from the next */
    objects->is_open = false;
    objects->packed_plain[objects->kind] += objects->packed.len - objects->begun_at;
    objects->census.objects[objects->kind]++;
}

void bx_pdf_deflate(struct bx_buf *to,
                    struct libdeflate_compressor *compressor,
                    const void *data,
                    size_t len)
{
    size_t bound = libdeflate_zlib_compress_bound(compressor, len);
    bx_buf_clear(to);
    bx_buf_reserve(to, bound);
    to->len = libdeflate_zlib_compress(compressor, data, len, to->data, bound);
    assert(to->len > 0);
}

/* Deflates into objects->deflated. */
static void deflate(struct bx_pdf_objects *objects, const void *data, size_t len)
{
    double start = bx_pdf_now_ms();
    bx_pdf_deflate(&objects->deflated, objects->compressor, data, len);
    objects->compress_ms += bx_pdf_now_ms() - start;
}

/* Writes a stream as it is to stand in the file; plain is how long it was before. */
static void write_stream(struct bx_pdf_objects *objects,
                         int number,
                         const char *entries,
                         const struct bx_buf *bytes,
                         size_t plain,
                         enum bx_pdf_filter filter)
{
    assert(!objects->is_open);
    assert(objects->out->len < UINT32_MAX / 2);
    size_t before = objects->out->len;
    place_of(objects, number)->at = (uint32_t)before;
    bx_buf_printf(objects->out, "%d 0 obj\n<<%s/Length %zu%s>>\nstream\n", number, entries,
                  bytes->len, filter != BX_PDF_PLAIN ? "/Filter/FlateDecode" : "");
    bx_buf_add(objects->out, bytes->data, bytes->len);
    bx_buf_add_text(objects->out, "\nendstream\nendobj\n");
    if (filter == BX_PDF_PACKED)
        return;
    objects->census.objects[objects->kind]++;
    objects->census.plain[objects->kind] += plain;
    objects->census.stored[objects->kind] += objects->out->len - before;
}

void bx_pdf_add_stream(struct bx_pdf_objects *objects,
                       int number,
                       const char *entries,
                       const void *data,
                       size_t len,
                       enum bx_pdf_filter filter)
{
    struct bx_buf plain = {.data = (char *)(uintptr_t)data, .len = len};
    if (filter != BX_PDF_PLAIN)
        deflate(objects, len > 0 ? data : "", len);
    write_stream(objects, number, entries, filter == BX_PDF_PLAIN ? &plain : &objects->deflated,
                 len, filter);
}

void bx_pdf_add_deflated(struct bx_pdf_objects *objects,
                         int number,
                         const char *entries,
                         const struct bx_buf *bytes,
                         size_t plain)
{
    write_stream(objects, number, entries, bytes, plain, BX_PDF_DEFLATE);
}

/* One row of the cross-reference stream. */
static void
encode_place(const struct bx_pdf_place *place, bool is_free, uint8_t row[XREF_WIDTH])
{
    uint32_t at = place->at, index = is_free ? 65535 : place->index;
    row[0] = is_free ? 0 : place->is_packed ? 2 : 1;
    for (int i = 0; i < 4; i++)
        row[1 + i] = (uint8_t)(at >> (8 * (3 - i)));
    row[5] = (uint8_t)(index >> 8);
    row[6] = (uint8_t)index;
}

/* Rows as differences to the row before (PNG's Up predictor): packed objects then differ in one
 * byte, and deflate leaves almost nothing of them. */
static void encode_xref(const struct bx_pdf_objects *objects, struct bx_buf *to)
{
    uint8_t before[XREF_WIDTH] = {0}, row[XREF_WIDTH];
    for (int i = 0; i < objects->count; i++) {
        assert(i == 0 || objects->places[i].at > 0); /* else a number was never written */
        encode_place(&objects->places[i], i == 0, row);
        bx_buf_add_byte(to, 2);
        for (int k = 0; k < XREF_WIDTH; k++)
            bx_buf_add_byte(to, (char)(uint8_t)(row[k] - before[k]));
        memcpy(before, row, sizeof(row));
    }
}

void bx_pdf_objects_identify(struct bx_pdf_objects *objects)
{
    flush_packed(objects);
    bx_md5_hex(objects->id, objects->out->data, objects->out->len);
}

void bx_pdf_objects_finish(struct bx_pdf_objects *objects, int root)
{
    assert(objects->packed_count == 0 && objects->id[0]);
    bx_pdf_set_kind(objects, BX_PDF_KIND_FILE);
    int number = bx_pdf_new_object(objects);
    size_t start = objects->out->len;
    objects->places[number].at = (uint32_t)start;
    struct bx_buf rows = {0};
    encode_xref(objects, &rows);
    objects->places[number].at = 0; /* add_stream sets it again, to the same */

    char entries[320];
    snprintf(entries, sizeof(entries),
             "/Type/XRef/Size %d/W[1 4 2]/DecodeParms<</Predictor 12/Columns %d>>"
             "/Root %d 0 R/ID[<%s><%s>]",
             objects->count, XREF_WIDTH, root, objects->id, objects->id);
    bx_pdf_add_stream(objects, number, entries, rows.data, rows.len, BX_PDF_DEFLATE);
    bx_buf_fini(&rows);
    size_t before = objects->out->len;
    bx_buf_printf(objects->out, "startxref\n%zu\n%%%%EOF\n", start);
    objects->census.stored[BX_PDF_KIND_FILE] += objects->out->len - before;
}

void bx_pdf_objects_fini(struct bx_pdf_objects *objects)
{
    free(objects->places);
    bx_buf_fini(&objects->packed);
    bx_buf_fini(&objects->packed_head);
    bx_buf_fini(&objects->deflated);
    if (objects->compressor)
        libdeflate_free_compressor(objects->compressor);
    *objects = (struct bx_pdf_objects){0};
}

/* Not printf: a file of five pages holds thousands of numbers. */
void bx_pdf_add_int(struct bx_buf *buf, int64_t value)
{
    char digits[24];
    size_t at = sizeof(digits);
    uint64_t rest = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        digits[--at] = '-';
    bx_buf_add(buf, digits + at, sizeof(digits) - at);
}

void bx_pdf_add_milli(struct bx_buf *buf, int64_t milli)
{
    if (milli < 0)
        bx_buf_add_byte(buf, '-');
    milli = llabs(milli);
    bx_pdf_add_int(buf, milli / 1000);
    char digits[4] = {'.', (char)('0' + milli / 100 % 10), (char)('0' + milli / 10 % 10),
                      (char)('0' + milli % 10)};
    size_t len = sizeof(digits);
    while (digits[len - 1] == '0')
        len--;
    bx_buf_add(buf, digits, len > 1 ? len : 0);
}

void bx_pdf_add_ref(struct bx_buf *buf, int number)
{
    bx_pdf_add_int(buf, number);
    bx_buf_add(buf, " 0 R", 4);
}

void bx_pdf_add_name(struct bx_buf *buf, const char *name)
{
    bx_buf_add_byte(buf, '/');
    for (const char *p = name; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c <= 0x20 || c >= 0x7F || strchr("#()<>[]{}/%", c))
            bx_buf_printf(buf, "#%02X", c);
        else
            bx_buf_add_byte(buf, *p);
    }
}

void bx_pdf_add_string(struct bx_buf *buf, const void *bytes, size_t len)
{
    const char *p = bytes;
    bx_buf_add_byte(buf, '(');
    for (size_t i = 0; i < len; i++) {
        /* A bare end of line would be read as a line feed, whatever it was. */
        if (p[i] == '\r') {
            bx_buf_add_text(buf, "\\r");
            continue;
        }
        if (p[i] == '(' || p[i] == ')' || p[i] == '\\')
            bx_buf_add_byte(buf, '\\');
        bx_buf_add_byte(buf, p[i]);
    }
    bx_buf_add_byte(buf, ')');
}

static void add_utf16(struct bx_buf *buf, uint32_t unit)
{
    bx_buf_add_byte(buf, (char)(unit >> 8));
    bx_buf_add_byte(buf, (char)(unit & 0xFF));
}

void bx_pdf_add_text(struct bx_buf *buf, const char *utf8, size_t len)
{
    bool is_ascii = true;
    for (size_t i = 0; i < len; i++)
        is_ascii = is_ascii && (unsigned char)utf8[i] < 0x7F && (unsigned char)utf8[i] >= 0x20;
    if (is_ascii) {
        bx_pdf_add_string(buf, utf8, len);
        return;
    }

    struct bx_buf units = {0};
    add_utf16(&units, 0xFEFF);
    for (int at = 0; at < (int)len;) {
        uint32_t cp = bx_utf8_next(utf8, &at);
        if (cp >= 0x10000) {
            add_utf16(&units, 0xD800 + ((cp - 0x10000) >> 10));
            add_utf16(&units, 0xDC00 + ((cp - 0x10000) & 0x3FF));
        } else {
            add_utf16(&units, cp);
        }
    }
    bx_pdf_add_string(buf, units.data, units.len);
    bx_buf_fini(&units);
}

int64_t bx_pdf_milli(bx_len len)
{
    int64_t n = (int64_t)len * 1000;
    return (n + (len < 0 ? -BX_PT / 2 : BX_PT / 2)) / BX_PT;
}

void bx_pdf_add_len(struct bx_buf *buf, bx_len len)
{
    bx_pdf_add_milli(buf, bx_pdf_milli(len));
}

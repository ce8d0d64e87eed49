/* A PDF file as numbered objects: the lowest layer of the writer.
 *
 * A stream is written where it is made. Every other object is packed into object streams, which
 * makes the many small objects of a structure tree about ten times smaller; a cross-reference
 * stream ends the file (ISO 32000-1 7.5.7, 7.5.8; allowed from PDF/A-2 on). */
#ifndef BX_PDF_OBJECTS_H
#define BX_PDF_OBJECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/len.h"
#include "output/pdf/pdf.h"

struct libdeflate_compressor;

/* Where an object lies: at a byte of the file, or as one of an object stream. */
struct bx_pdf_place {
    bool is_packed;
    uint32_t at;    /* byte of the file, or number of the object stream */
    uint32_t index; /* in the object stream */
};

/* Shape  places[0 .. count), by object number; 0 is the free entry that every file has.
 * Holds  every number handed out is written once before bx_pdf_objects_finish(). */
struct bx_pdf_objects {
    struct bx_buf *out; /* the file; lent */
    struct bx_pdf_place *places;
    int count, capacity;
    struct bx_buf packed, packed_head; /* of the object stream being filled */
    int packed_count, packed_stream;
    bool is_open;    /* between begin and end */
    size_t begun_at; /* byte of `packed` where the open object starts */
    struct bx_buf deflated;
    struct libdeflate_compressor *compressor;
    double compress_ms;

    char id[BX_MD5_HEX_SIZE]; /* the file identifier; empty until it is taken */

    enum bx_pdf_kind kind; /* what is being written */
    struct bx_pdf_census census;
    size_t packed_plain[BX_PDF_KIND_COUNT]; /* bytes in the object stream being filled */
};

enum bx_pdf_filter {
    BX_PDF_PLAIN, /* as it is; the dictionary names what it is in */
    BX_PDF_DEFLATE,
    BX_PDF_PACKED, /* an object stream: deflated too */
};

/* Writes the header of a version, "1.7". */
void bx_pdf_objects_init(struct bx_pdf_objects *objects,
                         struct bx_buf *out,
                         const char *version);

/* The next free object number, from 1. */
int bx_pdf_new_object(struct bx_pdf_objects *objects);

/* Opens an object that is no stream. The caller writes its value to the buffer and closes it with
 * bx_pdf_end() before anything else is written. */
struct bx_buf *bx_pdf_begin(struct bx_pdf_objects *objects, int number);
void bx_pdf_end(struct bx_pdf_objects *objects);

/* Writes a stream. `entries` are those of its dictionary besides Length and Filter. */
void bx_pdf_add_stream(struct bx_pdf_objects *objects,
                       int number,
                       const char *entries,
                       const void *data,
                       size_t len,
                       enum bx_pdf_filter filter);

/* Puts the bytes, deflated for FlateDecode, into a buffer in place of what it holds. */
void bx_pdf_deflate(struct bx_buf *to,
                    struct libdeflate_compressor *compressor,
                    const void *data,
                    size_t len);

/* Writes a stream that is compressed already; plain is how long it was. */
void bx_pdf_add_deflated(struct bx_pdf_objects *objects,
                         int number,
                         const char *entries,
                         const struct bx_buf *bytes,
                         size_t plain);

/* Tells of what kind the objects are that are written from now on. */
void bx_pdf_set_kind(struct bx_pdf_objects *objects, enum bx_pdf_kind kind);

/* Writes what is still packed and takes the file identifier: a digest of all that is written by now
 * (pdf.md: the same input gives the same bytes). What is written later must follow from it. */
void bx_pdf_objects_identify(struct bx_pdf_objects *objects);

/* Writes the cross-reference stream and the trailer. Needs   bx_pdf_objects_identify(). */
void bx_pdf_objects_finish(struct bx_pdf_objects *objects, int root);

/* A zeroed one is nothing to free. */
void bx_pdf_objects_fini(struct bx_pdf_objects *objects);

/* Values. A length is written in points with three decimals at most: 0.35 um. */
void bx_pdf_add_ref(struct bx_buf *buf, int number);
void bx_pdf_add_int(struct bx_buf *buf, int64_t value);
void bx_pdf_add_milli(struct bx_buf *buf, int64_t milli); /* 15750 is 15.75 */
void bx_pdf_add_name(struct bx_buf *buf, const char *name);
void bx_pdf_add_string(struct bx_buf *buf, const void *bytes, size_t len);

/* A text string: as it is when ASCII, else UTF-16 with its mark (ISO 32000-1 7.9.2.2). */
void bx_pdf_add_text(struct bx_buf *buf, const char *utf8, size_t len);

/* 1/1000 pt, halves away from zero. */
int64_t bx_pdf_milli(bx_len len);
void bx_pdf_add_len(struct bx_buf *buf, bx_len len);

/* Milliseconds of a clock that only tells differences: for --timings, never for the file. */
double bx_pdf_now_ms(void);

#endif

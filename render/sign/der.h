/* DER, as much of it as a CMS signature takes.
 *
 * Values are put together from the inside out: the content first, then its head before it. */
#ifndef BX_SIGN_DER_H
#define BX_SIGN_DER_H

#include <stdbool.h>

#include "base/buf.h"

enum {
    BX_DER_INTEGER = 0x02,
    BX_DER_OCTETS = 0x04,
    BX_DER_NULL = 0x05,
    BX_DER_SEQUENCE = 0x30,
    BX_DER_SET = 0x31,
    BX_DER_CONTEXT = 0xA0, /* + number, constructed */
};

/* A value with this tag. */
void bx_der_add(struct bx_buf *to, int tag, const void *content, size_t len);

/* The same; the content is given back. */
void bx_der_wrap(struct bx_buf *to, int tag, struct bx_buf *content);

/* An object identifier by OpenSSL's number. */
void bx_der_add_oid(struct bx_buf *to, int nid);

/* An AlgorithmIdentifier. */
void bx_der_add_algorithm(struct bx_buf *to, int nid, bool has_null);

/* How many of these bytes the value at their start takes; 0 when they hold less, and for a length of a form
 * that DER has not. */
size_t bx_der_len(const void *bytes, size_t len);

/* How many of them stand before its content. Needs   bytes with a bx_der_len(). */
size_t bx_der_head_len(const void *bytes);

/* A SET OF: the items, each a whole value, in the order DER asks for. Source  X.690 11.6. */
void bx_der_add_set(struct bx_buf *to, int tag, struct bx_buf *items, int count);

#endif

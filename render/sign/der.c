#include "sign/der.h"

#include <openssl/objects.h>
#include <stdlib.h>
#include <string.h>

static void add_head(struct bx_buf *to, int tag, size_t len)
{
    bx_buf_add_byte(to, (char)tag);
    if (len < 0x80) {
        bx_buf_add_byte(to, (char)len);
        return;
    }
    int count = 1;
    while (len >> (8 * count) > 0)
        count++;
    bx_buf_add_byte(to, (char)(0x80 | count));
    while (count-- > 0)
        bx_buf_add_byte(to, (char)(len >> (8 * count) & 0xFF));
}

void bx_der_add(struct bx_buf *to, int tag, const void *content, size_t len)
{
    add_head(to, tag, len);
    bx_buf_add(to, content, len);
}

void bx_der_wrap(struct bx_buf *to, int tag, struct bx_buf *content)
{
    bx_der_add(to, tag, content->data ? content->data : "", content->len);
    bx_buf_fini(content);
    *content = (struct bx_buf){0};
}

void bx_der_add_oid(struct bx_buf *to, int nid)
{
    const ASN1_OBJECT *object = OBJ_nid2obj(nid);
    bx_der_add(to, 0x06, OBJ_get0_data(object), OBJ_length(object));
}

void bx_der_add_algorithm(struct bx_buf *to, int nid, bool has_null)
{
    struct bx_buf content = {0};
    bx_der_add_oid(&content, nid);
    if (has_null)
        bx_der_add(&content, BX_DER_NULL, "", 0);
    bx_der_wrap(to, BX_DER_SEQUENCE, &content);
}

size_t bx_der_len(const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    if (len < 2)
        return 0;
    size_t value = at[1], head = 2;
    if (value >= 0x80) {
        size_t count = value & 0x7F;
        if (count < 1 || count > 4 || len < 2 + count)
            return 0;
        value = 0;
        for (size_t i = 0; i < count; i++)
            value = value << 8 | at[head++];
    }
    return value > len - head ? 0 : head + value;
}

size_t bx_der_head_len(const void *bytes)
{
    size_t second = ((const unsigned char *)bytes)[1];
    return second < 0x80 ? 2 : 2 + (second & 0x7F);
}

static int compare_items(const void *a, const void *b)
{
    const struct bx_buf *left = a, *right = b;
    size_t len = left->len < right->len ? left->len : right->len;
    int order = memcmp(left->data, right->data, len);
    return order ? order : left->len < right->len ? -1 : left->len > right->len;
}

void bx_der_add_set(struct bx_buf *to, int tag, struct bx_buf *items, int count)
{
    struct bx_buf content = {0};
    qsort(items, (size_t)count, sizeof(*items), compare_items);
    for (int i = 0; i < count; i++)
        bx_buf_add(&content, items[i].data, items[i].len);
    bx_der_wrap(to, tag, &content);
}

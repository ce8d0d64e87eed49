#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static void resize(struct bx_buf *buf, size_t capacity)
{
    char *data = realloc(buf->data, capacity);
    if (!data) {
        fprintf(stderr, "banxin: out of memory (%zu bytes)\n", capacity);
        abort();
    }
    buf->data = data;
    buf->capacity = capacity;
}

static void grow(struct bx_buf *buf, size_t more)
{
    assert(more < SIZE_MAX / 4 && buf->len < SIZE_MAX / 4);
    size_t need = buf->len + more + 1;
    size_t capacity = buf->capacity ? buf->capacity : 256;
    while (capacity < need)
        capacity *= 2;
    resize(buf, capacity);
}

/* For `more` bytes and a zero after them. */
static inline void make_room(struct bx_buf *buf, size_t more)
{
    if (buf->capacity - buf->len <= more)
        grow(buf, more);
}

void bx_buf_reserve(struct bx_buf *buf, size_t len)
{
    assert(len < SIZE_MAX / 4 && buf->len < SIZE_MAX / 4);
    if (buf->capacity - buf->len <= len)
        resize(buf, buf->len + len + 1);
    buf->data[buf->len] = '\0';
}

void bx_buf_add(struct bx_buf *buf, const void *bytes, size_t len)
{
    make_room(buf, len);
    if (len > 0)
        memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void bx_buf_add_zeroes(struct bx_buf *buf, size_t len)
{
    make_room(buf, len);
    memset(buf->data + buf->len, 0, len + 1);
    buf->len += len;
}

void bx_buf_add_text(struct bx_buf *buf, const char *text)
{
    bx_buf_add(buf, text, strlen(text));
}

void bx_buf_add_byte(struct bx_buf *buf, char byte)
{
    make_room(buf, 1);
    buf->data[buf->len++] = byte;
    buf->data[buf->len] = '\0';
}

/* Into the room there is, and once more where that was too little. */
void bx_buf_printf(struct bx_buf *buf, const char *fmt, ...)
{
    make_room(buf, 0);
    size_t room = buf->capacity - buf->len;
    va_list ap;
    va_start(ap, fmt);
    int len = vsnprintf(buf->data + buf->len, room, fmt, ap);
    va_end(ap);
    assert(len >= 0);
    if ((size_t)len >= room) {
        make_room(buf, (size_t)len);
        va_start(ap, fmt);
        vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, ap);
        va_end(ap);
    }
    buf->len += (size_t)len;
}

void bx_buf_add_fixed(struct bx_buf *buf, int64_t value, int decimals)
{
    assert(0 <= decimals && decimals <= 9);
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;

    if (value < 0) {
        bx_buf_add_byte(buf, '-');
        value = -value;
    }
    bx_buf_printf(buf, "%lld", (long long)(value / scale));
    int64_t rest = value % scale;
    if (rest == 0)
        return;
    bx_buf_add_byte(buf, '.');
    for (scale /= 10; rest > 0; scale /= 10) {
        bx_buf_add_byte(buf, (char)('0' + rest / scale));
        rest %= scale;
    }
}

void bx_buf_add_utf8(struct bx_buf *buf, uint32_t code_point)
{
    char bytes[4];
    bx_buf_add(buf, bytes, (size_t)bx_utf8_encode(bytes, code_point));
}

void bx_buf_clear(struct bx_buf *buf)
{
    buf->len = 0;
    if (buf->data)
        buf->data[0] = '\0';
}

void bx_buf_fini(struct bx_buf *buf)
{
    free(buf->data);
    *buf = (struct bx_buf){0};
}

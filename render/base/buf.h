/* A growing run of bytes: files being written, texts being put together.
 *
 * Like the arena it never fails: the process ends when memory runs out. */
#ifndef BX_BUF_H
#define BX_BUF_H

#include <stddef.h>
#include <stdint.h>

struct bx_buf {
    char *data; /* len bytes and a zero after them; NULL while nothing was added */
    size_t len;
    size_t capacity;
};

void bx_buf_add(struct bx_buf *buf, const void *bytes, size_t len);
void bx_buf_add_text(struct bx_buf *buf, const char *text);
void bx_buf_add_byte(struct bx_buf *buf, char byte);

/* Makes room for len bytes more, so that adding them moves nothing. Only ever saves time. */
void bx_buf_reserve(struct bx_buf *buf, size_t len);

/* Adds zeroes, to be written over. */
void bx_buf_add_zeroes(struct bx_buf *buf, size_t len);

/* Integers only: a double has no place in what we write (pdf.md: no "%f"). */
void bx_buf_printf(struct bx_buf *buf, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds `value` / 10^decimals in decimal, without trailing zeroes: 15750 with 3 is "15.75". */
void bx_buf_add_fixed(struct bx_buf *buf, int64_t value, int decimals);

/* Adds a code point as UTF-8. */
void bx_buf_add_utf8(struct bx_buf *buf, uint32_t code_point);

/* Makes the buffer empty and keeps its memory. */
void bx_buf_clear(struct bx_buf *buf);

void bx_buf_fini(struct bx_buf *buf);

#endif

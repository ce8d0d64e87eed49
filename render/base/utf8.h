/* UTF-8, checked once at the readers and trusted behind them. */
#ifndef BX_UTF8_H
#define BX_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The code point that starts at text[*at], and moves *at behind it.
 *
 * Needs   valid UTF-8 and 0 <= *at < len. */
uint32_t bx_utf8_next(const char *text, int *at);

/* Writes the 1 to 4 bytes of a code point and returns how many. */
int bx_utf8_encode(char bytes[4], uint32_t code_point);

/* The number of leading bytes that are valid UTF-8 (no surrogates, no overlong forms, up to
 * U+10FFFF): len when all is well, else where the first bad byte sequence starts. */
size_t bx_utf8_valid_len(const char *text, size_t len);

/* The number of code points in valid UTF-8. */
int bx_utf8_count(const char *text, int len);

#endif

/* Characters: what they are to the rules of punctuation, and which are replaced (LNG-07). */
#ifndef BX_CHARACTERS_H
#define BX_CHARACTERS_H

#include <stdbool.h>
#include <stdint.h>

/* Ideographs, radicals and what stands for one: 々 〇, full-width letters and digits. */
bool bx_char_is_han(uint32_t code);

/* Marks that only Chinese text uses: 、。（）《》 and the other full-width ones. */
bool bx_char_is_chinese_mark(uint32_t code);

/* Marks that Chinese shares with other scripts: “ ” ‘ ’ — … · */
bool bx_char_is_shared_mark(uint32_t code);

bool bx_char_is_digit(uint32_t code);  /* 0-9 */
bool bx_char_is_letter(uint32_t code); /* A-Z a-z */

/* A typed space: U+0020, or the U+00A0 that web pages put in its place. */
bool bx_char_is_space(uint32_t code);

bool bx_char_is_private(uint32_t code);

/* The character that stands for `code`: itself, as a rule. */
uint32_t bx_char_map(uint32_t code);

#endif

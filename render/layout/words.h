/* The words that titles are made of: layouts/words.txt. */
#ifndef BX_WORDS_H
#define BX_WORDS_H

#include "base/arena.h"
#include "base/err.h"

struct bx_words {
    struct bx_arena arena;
    const char **items; /* ascending by bytes */
    int count;
};

/* Reads layouts_dir/words.txt: words with blanks between them, # starts a comment.
 *
 * Gives   *out, which the caller frees with bx_words_free(); untouched on failure.
 * Fails   BX_E_LAYOUT: no such file, not UTF-8. */
bool bx_words_read(struct bx_words **out, const char *layouts_dir, struct bx_err *err);

void bx_words_free(struct bx_words *words);

/* The length in bytes of the longest word that text starts with, 0 when there is none. */
int bx_words_match(const struct bx_words *words, const char *text, int len);

#endif

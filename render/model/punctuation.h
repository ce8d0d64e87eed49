/* Half-width marks to full-width ones, where Chinese text wants them (GB/T 15834). */
#ifndef BX_PUNCTUATION_H
#define BX_PUNCTUATION_H

#include <stdbool.h>
#include <stdint.h>

/* A character on its way through the steps. */
struct bx_char {
    uint32_t code; /* as it stands now */
    int text;      /* which of the joined texts it belongs to */
    bool is_dropped;
};

/* The text between two neighbours: several spans of a paragraph, joined. */
struct bx_chars {
    struct bx_char *items;
    int count;
    bool has_han;
};

/* A change: from `was`, `len` characters at `at`, to the characters that stand there now. */
struct bx_punctuation_sink {
    void (*change)(void *data, int at, const uint32_t *was, int len);
    void (*document_number)(void *data, int at, const uint32_t *number);
    void *data;
};

/* Converts what report-model.md, "Punctuation", says. With keep, only document numbers are
 * looked for. Characters are replaced one for one; those that are left over (the third dot of
 * an ellipsis) are marked dropped. */
void bx_punctuation_convert(struct bx_chars *chars,
                            bool keep,
                            const struct bx_punctuation_sink *sink);

#endif

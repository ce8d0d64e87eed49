/* From the text as written to the text of the file.
 *
 * In this order: punctuation (unless kept), standardised private-use characters and radicals
 * mapped to ideographs (LNG-07), a typed space between Han and Latin or inside Chinese dropped
 * (AUT-05), U+3000 at a paragraph's start dropped. '\n' stays: it is a forced line break. */
#ifndef BX_NORMALISE_H
#define BX_NORMALISE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/findings.h"

/* Normalises one string as a whole: pairs and neighbours are looked for inside it.
 *
 * Needs   valid UTF-8 without control characters but '\n'.
 * Gives   a zero-terminated text in the arena.
 * Notes   PUN (note) for each change of punctuation, with the place; LNG-07 for each mapping. */
const char *bx_text_normalise(struct bx_arena *arena,
                              const char *text,
                              bool keep_punctuation,
                              const char *where,
                              struct bx_findings *findings);

/* The same for a text made of several spans: neighbours are looked for across their borders.
 * texts[i] is replaced by its normalised form. */
void bx_texts_normalise(struct bx_arena *arena,
                        const char **texts,
                        int count,
                        bool keep_punctuation,
                        const char *where,
                        struct bx_findings *findings);

#endif

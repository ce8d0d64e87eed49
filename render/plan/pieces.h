/* Texts of the model to pieces for the paragraph builder. */
#ifndef BX_PIECES_H
#define BX_PIECES_H

#include "model/model.h"
#include "plan/para.h"

/* What all pieces of a text share unless a span says otherwise. */
struct bx_piece_base {
    const struct bx_fontset *fonts;
    int role;
    bx_len size;
    int element;
};

/* Adds the spans of a text behind pieces[*count] and counts them; room is the caller's.
 *
 * Notes   a span's "hei", "kai", "strong", "latin" is the face role of that kind (report model,
 *         "Prose"); a font set without such a role keeps the text's own. */
void bx_pieces_add(struct bx_piece *pieces,
                   int *count,
                   const struct bx_text *text,
                   const struct bx_piece_base *base);

#endif

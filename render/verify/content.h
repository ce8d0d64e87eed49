/* Content streams and the maps of codes to text, which have one grammar: operands, then the word
 * that uses them. */
#ifndef BX_VERIFY_CONTENT_H
#define BX_VERIFY_CONTENT_H

#include "verify/document.h"

/* Holds  operands live until the next call. */
struct bx_content {
    const char *data;
    size_t len, at;
    struct bx_arena arena; /* of the operands */
    struct bx_object *operands;
    int operand_count, operand_capacity;
};

enum bx_content_step {
    BX_CONTENT_WORD, /* an operator with its operands */
    BX_CONTENT_END,
    BX_CONTENT_BROKEN, /* what follows cannot be read */
};

/* Needs   *content zeroed but for data and len. */
enum bx_content_step bx_content_next(struct bx_content *content, const char **word);

/* Operand i as a number in millionths; 0 when it is none. */
int64_t bx_content_number(const struct bx_content *content, int i);

void bx_content_fini(struct bx_content *content);

#endif

/* What the parts of the comparison share. */
#ifndef BX_VERIFY_WORK_H
#define BX_VERIFY_WORK_H

#include "verify/logical.h"
#include "verify/seen.h"
#include "verify/verify.h"

/* The stages of docs/cli.md: 3 the text differs from the model, 8 a change that is not allowed. */
enum {
    BX_VERIFY_STAGE_TEXT = BX_E_MODEL,
    BX_VERIFY_STAGE_CHANGE = BX_E_SIGN,
};

struct bx_verifier {
    const struct bx_verify_input *input;
    struct bx_findings *findings;
    struct bx_seen drawn, made; /* made is empty without input->made */
    bool is_comparable;         /* made by the same means */
    struct bx_verify_result result;
};

/* Adds a finding; page from 0, or -1. */
void bx_verifier_tell(struct bx_verifier *verifier,
                      enum bx_level level,
                      const char *code,
                      int stage,
                      int page,
                      const char *where,
                      const char *zh,
                      const char *en);

/* Compares two texts, and tells where they part.
 *
 * Gives   whether they are equal. */
bool bx_verifier_compare_text(struct bx_verifier *verifier,
                              const struct bx_logical *got,
                              const struct bx_logical *wanted,
                              const char *zh,
                              const char *en);

/* The start of a text, cut between characters. */
const char *bx_verifier_quote(struct bx_findings *findings, const char *text, int len);

/* Compares what the pages draw, mark by mark, and tells the first difference of each page.
 *
 * Needs   verifier->is_comparable.
 * Gives   whether they are equal. */
bool bx_verifier_compare_pages(struct bx_verifier *verifier);

#endif

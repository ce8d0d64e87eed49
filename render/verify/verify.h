/* Is a file what its model says, and what was done to it since it was written? */
#ifndef BX_VERIFY_H
#define BX_VERIFY_H

#include "base/findings.h"
#include "page/pages.h"
#include "verify/attached.h"
#include "verify/document.h"
#include "verify/making.h"

enum bx_verdict_answer {
    BX_VERDICT_NOT_CHECKED,  /* nothing to hold it against */
    BX_VERDICT_NOT_POSSIBLE, /* what it was made with is not at hand */
    BX_VERDICT_SAME,
    BX_VERDICT_DIFFERENT,
};

/* The file, and what its model gives now.
 *
 * Holds  pages and made belong together: the display list and the file written from it; made is
 *        NULL with pages when the model could not be set, or pages is there alone when it could
 *        not be written. The stages before told why. */
struct bx_verify_input {
    const struct bx_document *document;
    const void *data;
    size_t len;
    const struct bx_pages *pages;
    const struct bx_document *made;
    const void *made_data;
    size_t made_len;
};

struct bx_verify_result {
    enum bx_verdict_answer text, pages, bytes, attachments;
    bool is_untouched; /* nothing was added, nothing hidden */
};

/* Compares, and tells every difference as a finding with its page and its place in the model.
 *
 * Notes   VERIFY-TEXT, VERIFY-PAGE, VERIFY-FILE, VERIFY-ADDED, VERIFY-HIDDEN, VERIFY-CHANGE as
 *         errors; VERIFY-BYTES a warning; VERIFY-NOT a note: why something was not compared;
 *         VERIFY-SEAL a note: a seal is drawn. */
struct bx_verify_result bx_verify_compare(const struct bx_verify_input *input,
                                          struct bx_findings *findings);

#endif

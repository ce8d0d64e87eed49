/* The signature at the end of a finished file, found without its model. */
#ifndef BX_ENDING_H
#define BX_ENDING_H

#include "verify/seen.h"

/* Millionths of a point, y up, as the file has them.
 *
 * Holds  top and bottom are those of the em boxes of organ and date, near enough. */
struct bx_ending {
    const struct bx_seen_page *page;
    int64_t middle;      /* across: of the last paragraph, the date */
    int64_t top, bottom; /* of all its lines on that page */
    int64_t above;       /* where what stands above it ends */
    int64_t pitch;       /* of its lines; of one line twice its size */
};

/* Gives   whether the file ends with paragraphs of no section, as our files end with organ and date. */
bool bx_ending_find(struct bx_ending *out, const struct bx_seen *drawn);

#endif

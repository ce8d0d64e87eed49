/* A seal's picture, and where GB/T 9704-2012 7.3.5.1 wants it. */
#ifndef BX_SEAL_H
#define BX_SEAL_H

#include "base/findings.h"
#include "image/image.h"
#include "layout/style.h"
#include "plan/mark.h"

/* Holds  the larger side of the ink is the seal's diameter; what of the picture is blank around it
 *        moves nothing. */
struct bx_seal {
    const struct bx_image *image; /* pixels */
    bx_len w, h;                  /* of the whole picture on paper */
    struct bx_rect ink;           /* in the picture */
    int element;                  /* its figure */
};

/* Tells that a drawn seal is an illustration: SEAL, a note. */
void bx_seal_tell(struct bx_findings *findings, const char *where);

/* Makes a seal of a picture.
 *
 * Needs   0 < diameter.
 * Gives   *out, which points into the arena and the image.
 * Notes   SEAL (warning): the picture is not red.
 * Fails   BX_E_READ, also told as an error SEAL: it is blank, or too large on paper. */
bool bx_seal_make(struct bx_seal *out,
                  const struct bx_image *image,
                  bx_len diameter,
                  struct bx_arena *arena,
                  const char *where,
                  struct bx_findings *findings,
                  struct bx_err *err);

/* What a seal is pressed on. Places count from one corner, as the style's type area does. */
struct bx_seal_spot {
    bx_len above;       /* where the text above ends */
    bx_len top, bottom; /* of organ and date: their em boxes */
    bx_len middle;      /* across: the date's, else the organ's */
};

/* The place of a seal's centre. Its top stands within one line of the text; organ and date lie in its
 * lower half, and under what is too small or they too tall for that, a little below its centre.
 *
 * Needs   the rectangle it may not leave at its sides; the pitch of lines; w, h of its ink.
 * Source  GB/T 9704-2012 7.3.5.1. */
struct bx_point bx_seal_centre(const struct bx_seal_spot *spot,
                               const struct bx_rect *area,
                               bx_len pitch,
                               bx_len w,
                               bx_len h);

/* Where the whole picture stands when its ink's centre is there. */
struct bx_rect bx_seal_rect(const struct bx_seal *seal, struct bx_point centre);

#endif

/* Images: what a picture file holds, as pages can show it.
 *
 * A file is known by its bytes, never by its name. Everything ends as gray or sRGB of 8 bits, the
 * colours that a file with an sRGB output intent may hold; a JPEG that is already so stays as it
 * is, byte for byte. The libraries below are only called for a file of their kind, and librsvg is
 * not even loaded without one, so that a report without images pays for none of them. */
#ifndef BX_IMAGE_H
#define BX_IMAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/file.h"
#include "base/findings.h"
#include "base/len.h"

enum {
    BX_IMAGE_PIXELS_MOST = 64 << 20, /* an A4 scan at 600 dpi has 35 million */
    BX_IMAGE_SIDE_MOST = 65500,      /* pixels; what libjpeg allows */
    BX_IMAGE_BYTES_MOST = 64 << 20,  /* of the file */
    BX_IMAGE_SVG_DPI = 600,
};

/* Pixels, or a JPEG file.
 *
 * Shape  rows from the top, pixels from the left, components together, one byte each.
 * Holds  the way up is the right one: an orientation tag was obeyed or is not there. */
struct bx_image {
    int width, height; /* pixels */
    int components;    /* 1 gray, 3 RGB */
    const void *data;  /* width * height * components bytes, or a JPEG file */
    size_t data_len;
    bool is_jpeg;
    const void *alpha; /* width * height bytes, or NULL */

    bx_len natural_w, natural_h; /* on paper, by the file's own resolution; > 0 */
    const char *path;            /* as the report names it */
    const char *mime;
    const void *source; /* the file byte for byte */
    size_t source_len;
};

/* How large an image is asked to be, and how large it may be. */
struct bx_image_space {
    int width_um, width_1000; /* one of both > 0, or both 0: the natural size */
    bx_len area_w;            /* width_1000 counts in it; no image is wider */
    bx_len most_h;
};

struct bx_image_request {
    const char *base_dir;             /* the report's folder, or NULL: it has none */
    const char *path;                 /* inside that folder */
    const struct bx_held_files *held; /* the report's files instead of a folder, or NULL */
    const char *where;                /* JSON Pointer of the block */
    struct bx_image_space space;
};

/* Reads an image of the report, from its folder or from the files held for it. Nothing outside the report's folder is ever opened, whatever links
 * lie in it.
 *
 * Gives   *out in the arena; untouched on failure.
 * Notes   IMAGE: an SVG was turned into pixels; a colour profile could not be used.
 * Fails   BX_E_READ, also told as an error IMAGE: no folder, a path that leads out of it, no such
 *         file, too large, of no known kind, broken. */
bool bx_image_load(struct bx_image **out,
                   struct bx_arena *arena,
                   const struct bx_image_request *request,
                   struct bx_findings *findings,
                   struct bx_err *err);

/* The same from bytes that were read elsewhere. They are copied.
 *
 * Needs   request->base_dir is not looked at. */
bool bx_image_read(struct bx_image **out,
                   struct bx_arena *arena,
                   const void *data,
                   size_t len,
                   const struct bx_image_request *request,
                   struct bx_findings *findings,
                   struct bx_err *err);

/* The size on paper: as asked, made smaller until it fits, never cut, never distorted. */
void bx_image_place_size(bx_len *w,
                         bx_len *h,
                         bx_len natural_w,
                         bx_len natural_h,
                         const struct bx_image_space *space);

/* What of an image leaves traces on white paper. */
struct bx_image_ink {
    int left, top, right, bottom; /* pixels: the least box around it */
    bool is_blank;                /* there is none, and no box */
    bool is_red;                  /* as a whole */
};

/* Needs   pixels, no JPEG file. */
void bx_image_find_ink(struct bx_image_ink *out, const struct bx_image *image);

/* The pixels of an image that is a JPEG file, for back ends that draw pixels.
 *
 * Gives   *out with is_jpeg false, its data in the arena. */
bool bx_image_decode(struct bx_image *out,
                     struct bx_arena *arena,
                     const struct bx_image *jpeg,
                     struct bx_err *err);

#endif

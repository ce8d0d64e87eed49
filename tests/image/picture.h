/* What the tests of images share: files, ways to put something into them, and reading them. */
#ifndef PICTURE_H
#define PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "image/image.h"

/* The pictures of make_files.py are PNGs of this size, with these values. */
enum {
    PICTURE_WIDTH = 11,
    PICTURE_HEIGHT = 9,
};

struct picture {
    struct bx_arena arena;
    unsigned char *data; /* the file */
    size_t len;
    struct bx_image_request request;
    struct bx_findings findings;
    struct bx_err err;
    struct bx_image *image;
};

/* Opens a file of tests/image/files. The room is larger than any of them. */
void picture_init(struct picture *p, const char *name);
void picture_fini(struct picture *p);

/* Puts a chunk behind a PNG's head. */
void picture_add_chunk(struct picture *p, const char *type, const void *data, size_t len);

/* A chunk with a profile, deflated. */
void picture_add_iccp(struct picture *p, const void *profile, size_t len);

/* Puts a segment at a JPEG's start. */
void picture_add_segment(struct picture *p, int marker, const void *data, size_t len);

/* An Exif segment or chunk with an orientation and nothing else: 26 bytes of TIFF. */
enum {
    PICTURE_TIFF_LEN = 26,
};
void picture_make_tiff(unsigned char tiff[PICTURE_TIFF_LEN], int orientation, bool is_little);

/* Reads the bytes as they are now; the image, findings and failure before are forgotten. */
bool picture_read(struct picture *p);

/* The same for the first `len` bytes, in memory of exactly that size. */
bool picture_read_part(struct picture *p, size_t len);

/* A component of a pixel. */
int picture_at(const struct picture *p, int x, int y, int component);

/* How many findings IMAGE of a level there are. */
int picture_count(const struct picture *p, enum bx_level level);

/* Profiles; the caller frees them. Swapped: sRGB's primaries with red and green exchanged. */
void *picture_profile_srgb(size_t *len);
void *picture_profile_swapped(size_t *len);
void *picture_profile_black_only(size_t *len); /* CMYK, blind to all inks but black */

#endif

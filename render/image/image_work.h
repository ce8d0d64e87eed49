/* What the readers of the kinds of image share. */
#ifndef BX_IMAGE_WORK_H
#define BX_IMAGE_WORK_H

#include <stdint.h>

#include "image/image.h"

enum {
    BX_ICC_BYTES_MOST = 4 << 20,
    BX_METRE_DEFAULT = 5906, /* pixels a metre where the file says nothing: 150 dpi */
    BX_METRE_LEAST = 400,    /* 10 dpi; what says less means something else */
    BX_METRE_MOST = 1000000,
};

/* One file while it is read. */
struct bx_image_reader {
    struct bx_arena *arena;  /* of the result */
    struct bx_arena scratch; /* gone when the file is read */
    const unsigned char *data;
    size_t len;
    const struct bx_image_request *request;
    struct bx_findings *findings;
    struct bx_err *err;
};

/* Tells what is wrong with the file, as a finding and as the stage's failure; returns false.
 * `detail` is a library's own message, or NULL. */
bool bx_image_fail(struct bx_image_reader *reader,
                   const char *zh,
                   const char *en,
                   const char *detail);

void bx_image_note(struct bx_image_reader *reader, const char *zh, const char *en);

/* Whether the file's sides are such that its pixels may be held in memory; tells it otherwise. */
bool bx_image_check_sides(struct bx_image_reader *reader, int64_t width, int64_t height);

/* How an image is stored against how it is seen.
 *
 * Source  Exif 2.32 (CIPA DC-008), tag 0112: 1 as it is, 2 mirrored, 3 half a turn, 4 upside down
 *         mirrored, 5 to 8 with rows and columns exchanged. */
struct bx_exif {
    int orientation; /* 1 .. 8 */
};

/* Looks for the orientation in a TIFF block, as JPEG (behind "Exif\0\0") and PNG (eXIf) hold it.
 * What cannot be read says nothing. */
void bx_exif_read(struct bx_exif *out, const unsigned char *data, size_t len);

/* What an image's numbers mean. All zero: sRGB, or gray of its curve. */
struct bx_icc {
    const unsigned char *data; /* an ICC profile, or NULL */
    size_t len;
    uint32_t gamma;        /* of PNG's gAMA: 100000 / exponent; 0 = none */
    bool has_primaries;    /* of PNG's cHRM */
    uint32_t primaries[8]; /* white, red, green, blue; x and y each, in 1/100000 */
    bool is_cmyk_inverted; /* 255 is no ink, as Adobe writes it */
};

/* Pixels while they are read: as the file has them, components together.
 *
 * Holds  components is 1 gray, 3 RGB, 4 CMYK; alpha, not multiplied in, follows them. */
struct bx_pixels {
    int width, height;
    int components;
    bool has_alpha;
    unsigned char *samples; /* width * height * (components + has_alpha), in a scratch arena */
};

enum bx_icc_kind {
    BX_ICC_SAME,  /* sRGB or its gray already, to the eye */
    BX_ICC_OTHER, /* to be converted */
    BX_ICC_UNFIT, /* of another kind than the image, or broken: not to be used */
};

/* What a profile would do to an image of so many components. */
enum bx_icc_kind bx_icc_look(const struct bx_icc *icc, int components);

/* Turns pixels into gray or sRGB. CMYK without a profile is converted by the plain formula.
 *
 * Needs   the profile is not UNFIT.
 * Notes   samples may be new, in the scratch arena. */
void bx_icc_convert(struct bx_pixels *pixels,
                    const struct bx_icc *icc,
                    struct bx_arena *scratch);

/* table[i] is the number, of 255, for the light i / 65535 by the power that libpng takes for
 * sRGB's curve. */
enum {
    BX_LIGHT_COUNT = 65536,
};
void bx_icc_make_encoding(unsigned char table[BX_LIGHT_COUNT]);

/* Ends the reading: pixels the right way up, alpha apart and only where something shows through,
 * one component where all are gray.
 *
 * Needs   components 1 or 3. */
struct bx_image *
bx_pixels_give(const struct bx_pixels *pixels, int orientation, struct bx_arena *arena);

/* Natural size from pixels a metre, 0 where unknown; exchanged by orientations 5 to 8.
 *
 * Needs   width and height of the image as seen. */
void bx_image_set_natural(struct bx_image *image, int64_t metre_x, int64_t metre_y);

/* Bytes of big-endian numbers. */
uint32_t bx_image_u32(const unsigned char *at);
uint32_t bx_image_u16(const unsigned char *at);

/* A JPEG's head: all segments before the first scan.
 *
 * Shape  icc_parts[i] is part i + 1 of icc_part_count, each with its length. */
struct bx_jpeg_head {
    int width, height, components;
    int frame;     /* the SOF marker's second byte: C0 baseline, C2 progressive ... */
    int precision; /* bits */
    int ids[4];    /* of the components */
    bool has_jfif, has_adobe;
    int adobe_transform;
    int metre_x, metre_y; /* pixels a metre, or 0 */
    struct bx_exif exif;
    const unsigned char *icc_parts[255];
    size_t icc_lens[255];
    int icc_part_count;
};

/* false when the segments are no JPEG's or end too soon. */
bool bx_jpeg_head_read(struct bx_jpeg_head *out, const unsigned char *data, size_t len);

/* The sides that a PNG claims; false when it is none. */
bool bx_png_sides(int64_t *width, int64_t *height, const unsigned char *data, size_t len);

bool bx_png_read(struct bx_image **out, struct bx_image_reader *reader);
bool bx_jpeg_read(struct bx_image **out, struct bx_image_reader *reader);
bool bx_svg_read(struct bx_image **out, struct bx_image_reader *reader);

/* Looks through an SVG before it is drawn: it must be one, and whole in itself: no file, no
 * network, and pixels inside it of bounded size. */
bool bx_svg_xml_check(struct bx_image_reader *reader);

/* Opens and reads a file below a folder (image/inside.c). */
bool bx_image_read_inside(struct bx_image_reader *reader);

#endif

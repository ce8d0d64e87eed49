#include "image/image_work.h"

#include <string.h>
#include <turbojpeg.h>

/* JPEG through TurboJPEG, whose errors are return values: libjpeg's own interface jumps.
 *
 * A file that a PDF may hold and every reader shows alike is kept byte for byte: nothing is lost by
 * packing it again. It is decoded once all the same, at an eighth of its size, since only that
 * tells whether it is whole. All others become pixels: PDF knows no orientation tags, this
 * project's files hold no CMYK, and a foreign profile would need a colour space of its own.
 *
 * A warning of the decoder counts as an error: it means that what is seen is not what was saved. */

enum {
    FRAME_BASELINE = 0xC0,
    FRAME_PROGRESSIVE = 0xC2,
    FLAGS = TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT,
};

/* Nothing in the file, or between file and reader, leaves open which colours are meant. With a
 * JFIF marker three components are YCbCr; an Adobe marker that says otherwise contradicts it, and
 * readers differ. Without either, PDF takes YCbCr and libjpeg looks at the components' names.
 *
 * Source  ISO 32000-1 7.4.8, ColorTransform. */
static bool is_plain(const struct bx_jpeg_head *head)
{
    bool is_known_frame = head->frame == FRAME_BASELINE || head->frame == FRAME_PROGRESSIVE;
    if (!is_known_frame || head->precision != 8 || head->exif.orientation != 1)
        return false;
    if (head->components == 1)
        return true;
    if (head->components != 3)
        return false;
    if (head->has_adobe)
        return head->adobe_transform == 1 || (head->adobe_transform == 0 && !head->has_jfif);
    return head->has_jfif || (head->ids[0] == 1 && head->ids[1] == 2 && head->ids[2] == 3);
}

/* Puts the profile together. A missing part leaves it out: false then. */
static bool
join_profile(struct bx_icc *icc, const struct bx_jpeg_head *head, struct bx_arena *scratch)
{
    size_t len = 0;
    for (int i = 0; i < head->icc_part_count; i++) {
        if (!head->icc_parts[i])
            return false;
        len += head->icc_lens[i];
    }
    if (len == 0)
        return head->icc_part_count == 0;
    if (len > BX_ICC_BYTES_MOST)
        return false;
    unsigned char *joined = bx_arena_alloc(scratch, len, 1);
    icc->data = joined;
    icc->len = len;
    for (int i = 0; i < head->icc_part_count; i++) {
        memcpy(joined, head->icc_parts[i], head->icc_lens[i]);
        joined += head->icc_lens[i];
    }
    return true;
}

static int pixel_format(int components)
{
    return components == 1 ? TJPF_GRAY : components == 3 ? TJPF_RGB : TJPF_CMYK;
}

static bool fail_decoding(struct bx_image_reader *reader, tjhandle decoder)
{
    return bx_image_fail(reader, "JPEG 文件已损坏", "the JPEG file is broken",
                         tjGetErrorStr2(decoder));
}

/* Decodes the file; at an eighth, into nothing that is kept, with `samples` NULL. */
static bool decode(unsigned char *samples,
                   struct bx_image_reader *reader,
                   tjhandle decoder,
                   const struct bx_jpeg_head *head)
{
    int width = head->width, height = head->height, flags = FLAGS | TJFLAG_STOPONWARNING;
    if (!samples) {
        const tjscalingfactor eighth = {1, 8};
        width = TJSCALED(width, eighth);
        height = TJSCALED(height, eighth);
        samples = bx_arena_alloc(&reader->scratch, (size_t)width * (size_t)height,
                                 (size_t)head->components);
    }
    if (tjDecompress2(decoder, reader->data, (unsigned long)reader->len, samples, width, 0,
                      height, pixel_format(head->components), flags) != 0)
        return fail_decoding(reader, decoder);
    return true;
}

static bool keep_file(struct bx_image **out,
                      struct bx_image_reader *reader,
                      tjhandle decoder,
                      const struct bx_jpeg_head *head)
{
    if (!decode(NULL, reader, decoder, head))
        return false;
    struct bx_image *image = BX_NEW(reader->arena, struct bx_image);
    *image = (struct bx_image){
        .width = head->width,
        .height = head->height,
        .components = head->components,
        .data = reader->data,
        .data_len = reader->len,
        .is_jpeg = true,
    };
    *out = image;
    return true;
}

static bool convert_file(struct bx_image **out,
                         struct bx_image_reader *reader,
                         tjhandle decoder,
                         const struct bx_jpeg_head *head,
                         const struct bx_icc *icc)
{
    struct bx_pixels pixels = {
        .width = head->width, .height = head->height, .components = head->components};
    size_t count = (size_t)head->width * (size_t)head->height;
    pixels.samples = bx_arena_alloc(&reader->scratch, count, (size_t)head->components);
    if (!decode(pixels.samples, reader, decoder, head))
        return false;
    if (icc)
        bx_icc_convert(&pixels, icc, &reader->scratch);
    *out = bx_pixels_give(&pixels, head->exif.orientation, reader->arena);
    return true;
}

static bool read_with(struct bx_image **out,
                      struct bx_image_reader *reader,
                      tjhandle decoder,
                      const struct bx_jpeg_head *head)
{
    int width, height, sampling, space;
    if (tjDecompressHeader3(decoder, reader->data, (unsigned long)reader->len, &width, &height,
                            &sampling, &space) != 0)
        return fail_decoding(reader, decoder);
    if (width != head->width || height != head->height)
        return bx_image_fail(reader, "JPEG 文件已损坏", "the JPEG file is broken", NULL);

    struct bx_icc icc = {.is_cmyk_inverted = head->has_adobe};
    bool is_joined = join_profile(&icc, head, &reader->scratch);
    enum bx_icc_kind found = bx_icc_look(&icc, head->components);
    if (found == BX_ICC_UNFIT || !is_joined) {
        bx_image_note(reader, "内嵌的颜色特性文件不能用，没有使用",
                      "its colour profile cannot be used and is passed over");
        icc.data = NULL;
        found = bx_icc_look(&icc, head->components);
    }
    if (head->components == 4 && !icc.data)
        bx_image_note(reader, "CMYK 图片没有颜色特性文件，颜色按通常的公式换算",
                      "a CMYK image without a colour profile: its colours are converted by the "
                      "plain formula");
    if (found == BX_ICC_SAME && is_plain(head))
        return keep_file(out, reader, decoder, head);
    return convert_file(out, reader, decoder, head, found == BX_ICC_OTHER ? &icc : NULL);
}

bool bx_jpeg_read(struct bx_image **out, struct bx_image_reader *reader)
{
    struct bx_jpeg_head head;
    if (!bx_jpeg_head_read(&head, reader->data, reader->len))
        return bx_image_fail(reader, "JPEG 文件不完整", "the JPEG file is cut off", NULL);
    if (head.components != 1 && head.components != 3 && head.components != 4)
        return bx_image_fail(reader, "JPEG 的颜色分量数不是 1、3 或 4",
                             "the JPEG has neither 1, 3 nor 4 components", NULL);
    if (!bx_image_check_sides(reader, head.width, head.height))
        return false;
    tjhandle decoder = tjInitDecompress();
    if (!decoder)
        return bx_image_fail(reader, "解码器不能启动", "the decoder does not start", NULL);
    bool is_read = read_with(out, reader, decoder, &head);
    tjDestroy(decoder);
    if (!is_read)
        return false;
    bool is_turned = head.exif.orientation >= 5;
    bx_image_set_natural(*out, is_turned ? head.metre_y : head.metre_x,
                         is_turned ? head.metre_x : head.metre_y);
    return true;
}

bool bx_image_decode(struct bx_image *out,
                     struct bx_arena *arena,
                     const struct bx_image *jpeg,
                     struct bx_err *err)
{
    size_t count = (size_t)jpeg->width * (size_t)jpeg->height;
    unsigned char *samples = bx_arena_alloc(arena, count, (size_t)jpeg->components);
    tjhandle decoder = tjInitDecompress();
    bool is_done = decoder && tjDecompress2(decoder, jpeg->data, (unsigned long)jpeg->data_len,
                                            samples, jpeg->width, 0, jpeg->height,
                                            pixel_format(jpeg->components), FLAGS) == 0;
    if (!is_done)
        bx_fail(err, BX_E_READ, jpeg->path ? jpeg->path : "", "",
                "a JPEG cannot be decoded: %s", tjGetErrorStr2(decoder));
    if (decoder)
        tjDestroy(decoder);
    if (!is_done)
        return false;
    *out = *jpeg;
    out->data = samples;
    out->data_len = count * (size_t)jpeg->components;
    out->is_jpeg = false;
    return true;
}

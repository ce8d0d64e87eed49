/* A seal for a signature: its picture as plain pixels, and a place for it in a file that has left none. */
#include "api_sign_seal.h"

#include <assert.h>

#include "base/file.h"
#include "image/load.h"
#include "plan/seal.h"
#include "verify/ending.h"

static int64_t milli(bx_len len)
{
    return (int64_t)len * 1000 / BX_PT;
}

static bx_len len_of(int64_t micro)
{
    return (bx_len)(micro * BX_PT / BX_MICRO);
}

/* By GB/T 9704-2012 7.3.5.1, on a page whose edges are all that bounds it. */
static void
place(struct bx_sign_seal *seal, const struct bx_ending *ending, const struct bx_seal *made)
{
    const struct bx_seen_page *page = ending->page;
    const struct bx_rect area = {.w = len_of(page->right - page->left)};
    const struct bx_seal_spot spot = {.above = len_of(page->top - ending->above),
                                      .top = len_of(page->top - ending->top),
                                      .bottom = len_of(page->top - ending->bottom),
                                      .middle = len_of(ending->middle - page->left)};
    struct bx_point centre =
        bx_seal_centre(&spot, &area, len_of(ending->pitch), made->ink.w, made->ink.h);
    seal->page = page->number;
    seal->centre_x = page->left / 1000 + milli(centre.x);
    seal->centre_y = page->top / 1000 - milli(centre.y);
}

static void
find_place(struct bx_sign_seal *seal, const struct bx_seal *made, const void *data, size_t len)
{
    struct bx_document *document;
    struct bx_err ignored = {0}; /* whoever signs it says what is wrong with the file */
    struct bx_seen drawn;
    struct bx_ending ending;
    if (!bx_document_read(&document, data, len, &ignored))
        return;
    bx_seen_build(&drawn, document);
    if (bx_ending_find(&ending, &drawn))
        place(seal, &ending, made);
    bx_seen_fini(&drawn);
    bx_document_free(document);
}

static bool read_picture(struct bx_seal *out,
                         struct bx_arena *arena,
                         const char *path,
                         bx_len diameter,
                         struct bx_findings *findings,
                         struct bx_err *err)
{
    struct bx_buf file = {0};
    struct bx_image *image;
    const struct bx_pictures *pictures = bx_pictures_load(err);
    const struct bx_image_request request = {
        .path = path,
        .where = "",
        .space = {.width_1000 = 1000, .area_w = diameter, .most_h = diameter},
    };
    bool is_read = pictures && bx_file_read(&file, path, BX_IMAGE_BYTES_MOST, err) &&
                   pictures->read(&image, arena, file.data ? file.data : "", file.len, &request,
                                  findings, err) &&
                   bx_seal_make(out, image, diameter, arena, "", findings, err);
    bx_buf_fini(&file);
    return is_read;
}

bool bx_api_read_sign_seal(struct bx_sign_seal *out,
                           struct bx_arena *arena,
                           const struct bx_api_sign_seal *from,
                           struct bx_findings *findings,
                           struct bx_err *err)
{
    int um = from->diameter_um > 0 ? from->diameter_um : BX_SEAL_DIAMETER_UM;
    struct bx_seal made;
    assert(um <= BX_SEAL_DIAMETER_UM_MOST);
    if (!read_picture(&made, arena, from->path, bx_len_from_um(um), findings, err))
        return false;
    *out = (struct bx_sign_seal){
        .width = made.image->width,
        .height = made.image->height,
        .components = made.image->components,
        .pixels = made.image->data,
        .alpha = made.image->alpha,
        .picture_w = milli(made.w),
        .picture_h = milli(made.h),
        .ink_x = milli(made.ink.x),
        .ink_y = milli(made.ink.y),
        .ink_w = milli(made.ink.w),
        .ink_h = milli(made.ink.h),
    };
    find_place(out, &made, from->data, from->len);
    return true;
}

#include "plan/seal.h"

#include "image/load.h"

/* The picture is as large as makes its ink as large as the seal is: an office that leaves a blank
 * margin around its stamp gets the same stamp on paper as one that cuts it close. */

enum {
    TIMES_MOST = 8, /* the whole picture, against its ink: more margin than anyone leaves */
};

static bool fail_seal(struct bx_findings *findings,
                      const char *where,
                      const char *zh,
                      const char *en,
                      struct bx_err *err)
{
    bx_findings_add(findings, &(struct bx_finding){.level = BX_LEVEL_ERROR,
                                                   .code = "SEAL",
                                                   .where = where,
                                                   .stage = BX_E_READ,
                                                   .zh = zh,
                                                   .en = en});
    return bx_fail(err, BX_E_READ, "", where, "%s", en);
}

static void tell(struct bx_findings *findings,
                 enum bx_level level,
                 const char *where,
                 const char *zh,
                 const char *en)
{
    bx_findings_add(findings, &(struct bx_finding){.level = level,
                                                   .code = "SEAL",
                                                   .where = where,
                                                   .stage = BX_E_FIT,
                                                   .zh = zh,
                                                   .en = en});
}

void bx_seal_tell(struct bx_findings *findings, const char *where)
{
    tell(findings, BX_LEVEL_NOTE, where, "所画的印章只是示意图样，不是经认证的电子印章",
         "the seal that is drawn is an illustration, no certified electronic seal");
}

static bx_len part_of(int64_t whole, int64_t part, int64_t of)
{
    return (bx_len)((whole * part + of / 2) / of);
}

static bool set_size(struct bx_seal *out, const struct bx_image_ink *ink, bx_len diameter)
{
    const struct bx_image *image = out->image;
    int64_t w = image->width, h = image->height;
    int64_t ink_w = (int64_t)image->natural_w * (ink->right - ink->left) / w;
    int64_t ink_h = (int64_t)image->natural_h * (ink->bottom - ink->top) / h;
    int64_t larger = ink_w > ink_h ? ink_w : ink_h;
    if (image->natural_w >= TIMES_MOST * larger || image->natural_h >= TIMES_MOST * larger)
        return false;
    out->w = part_of(image->natural_w, diameter, larger);
    out->h = part_of(image->natural_h, diameter, larger);
    out->ink.x = part_of(out->w, ink->left, w);
    out->ink.y = part_of(out->h, ink->top, h);
    out->ink.w = part_of(out->w, ink->right, w) - out->ink.x;
    out->ink.h = part_of(out->h, ink->bottom, h) - out->ink.y;
    return out->ink.w > 0 && out->ink.h > 0;
}

bool bx_seal_make(struct bx_seal *out,
                  const struct bx_image *image,
                  bx_len diameter,
                  struct bx_arena *arena,
                  const char *where,
                  struct bx_findings *findings,
                  struct bx_err *err)
{
    struct bx_seal seal = {.image = image};
    if (image->is_jpeg) {
        struct bx_image *pixels = BX_NEW(arena, struct bx_image);
        const struct bx_pictures *pictures = bx_pictures_load(err);
        if (!pictures || !pictures->decode(pixels, arena, image, err))
            return fail_seal(findings, where, "印章图样读不了",
                             "the seal's picture cannot be read", err);
        seal.image = pixels;
    }
    struct bx_image_ink ink;
    bx_image_find_ink(&ink, seal.image);
    if (ink.is_blank)
        return fail_seal(findings, where, "印章图样是空白的", "the seal's picture is blank",
                         err);
    if (!set_size(&seal, &ink, diameter))
        return fail_seal(findings, where, "印章图样四周的空白太宽",
                         "the seal's picture has too wide a blank margin", err);
    if (!ink.is_red)
        tell(findings, BX_LEVEL_WARNING, where, "印章图样不是红色（GB/T 9704-2012 7.3.5.1）",
             "the seal's picture is not red (GB/T 9704-2012 7.3.5.1)");
    *out = seal;
    return true;
}

static bx_len bound(bx_len value, bx_len least, bx_len most)
{
    value = value > most ? most : value;
    return value < least ? least : value;
}

struct bx_point bx_seal_centre(const struct bx_seal_spot *spot,
                               const struct bx_rect *area,
                               bx_len pitch,
                               bx_len w,
                               bx_len h)
{
    bx_len half_way = spot->top + (spot->bottom - spot->top) / 2;
    bx_len y = bound(spot->bottom - h / 2, spot->top, half_way);
    return (struct bx_point){
        .x = bound(spot->middle, area->x + w / 2, area->x + area->w - w / 2),
        .y = bound(y, spot->above + h / 2, spot->above + pitch + h / 2),
    };
}

struct bx_rect bx_seal_rect(const struct bx_seal *seal, struct bx_point centre)
{
    return (struct bx_rect){.x = centre.x - seal->ink.w / 2 - seal->ink.x,
                            .y = centre.y - seal->ink.h / 2 - seal->ink.y,
                            .w = seal->w,
                            .h = seal->h};
}

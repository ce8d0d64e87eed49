/* The seal over the edges of all pages (骑缝章): its picture is an option's, not the report's, so it may
 * lie anywhere, as the printer's profile may. It goes along with the file, that the pages can be set
 * again. */
#include "api_straddle.h"

#include <string.h>

#include "base/digest.h"
#include "image/load.h"

static const char *choose_extension(const struct bx_image *image)
{
    return strcmp(image->mime, "image/svg+xml") == 0 ? "svg"
           : strcmp(image->mime, "image/jpeg") == 0  ? "jpg"
                                                     : "png";
}

static bool read_picture(struct bx_image **out,
                         struct bx_report *report,
                         bx_len diameter,
                         struct bx_err *err)
{
    struct bx_buf file = {0};
    const struct bx_held_file *held = report->held_straddle;
    const char *path = held ? held->path : report->options.straddle;
    if (held)
        bx_buf_add(&file, held->data, held->len);
    else if (!bx_file_read(&file, path, BX_IMAGE_BYTES_MOST, err)) {
        bx_buf_fini(&file);
        return false;
    }
    const struct bx_image_request request = {
        .path = path,
        .where = "",
        .space = {.width_1000 = 1000, .area_w = diameter, .most_h = diameter},
    };
    const struct bx_pictures *pictures = bx_pictures_load(err);
    bool is_read = pictures && pictures->read(out, &report->arena, file.data ? file.data : "",
                                              file.len, &request, &report->findings, err);
    bx_buf_fini(&file);
    return is_read;
}

bool bx_api_add_straddle(struct bx_report *report, struct bx_err *err)
{
    if (!report->options.straddle && !report->held_straddle)
        return true;
    bx_len diameter = report->style->signature.seal_diameter;
    struct bx_image *image;
    struct bx_seal *seal = BX_NEW(&report->arena, struct bx_seal);
    if (!read_picture(&image, report, diameter, err) ||
        !bx_seal_make(seal, image, diameter, &report->arena, "", &report->findings, err))
        return false;
    bx_seal_tell(&report->findings, "");
    image->path = bx_arena_printf(&report->arena, "straddle.%s", choose_extension(image));
    report->straddle = image;
    bx_pages_add_straddle(report->pages, report->plan, seal, &report->findings);
    return true;
}

const struct bx_held_file *bx_api_find_straddle(const struct bx_held_files *files,
                                                const char *sha256)
{
    char digest[BX_SHA256_HEX_SIZE];
    for (int i = 0; sha256 && i < files->count; i++) {
        bx_sha256_hex(digest, files->items[i].data, files->items[i].len);
        if (strcmp(digest, sha256) == 0)
            return &files->items[i];
    }
    return NULL;
}

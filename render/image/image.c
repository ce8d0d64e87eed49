#include "image/image.h"

#include <string.h>

#include "image/image_work.h"

/* A kind is told by its first bytes: a name says what somebody thought, and a PNG named .jpg is
 * common. SVG has no magic number; it is what begins like XML, and its reader looks closer. */

bool bx_image_fail(struct bx_image_reader *reader,
                   const char *zh,
                   const char *en,
                   const char *detail)
{
    const struct bx_image_request *request = reader->request;
    const char *colon_zh = detail ? "：" : "", *colon_en = detail ? ": " : "";
    detail = detail ? detail : "";
    const char *text_en = bx_findings_text(reader->findings, "the image %s: %s%s%s",
                                           request->path, en, colon_en, detail);
    bx_findings_add(
        reader->findings,
        &(struct bx_finding){.level = BX_LEVEL_ERROR,
                             .code = "IMAGE",
                             .where = request->where,
                             .stage = BX_E_READ,
                             .zh = bx_findings_text(reader->findings, "图片 %s：%s%s%s",
                                                    request->path, zh, colon_zh, detail),
                             .en = text_en});
    return bx_fail(reader->err, BX_E_READ, request->path, request->where, "%s", text_en);
}

void bx_image_note(struct bx_image_reader *reader, const char *zh, const char *en)
{
    const struct bx_image_request *request = reader->request;
    bx_findings_add(
        reader->findings,
        &(struct bx_finding){
            .level = BX_LEVEL_NOTE,
            .code = "IMAGE",
            .where = request->where,
            .zh = bx_findings_text(reader->findings, "图片 %s：%s", request->path, zh),
            .en = bx_findings_text(reader->findings, "the image %s: %s", request->path, en)});
}

bool bx_image_check_sides(struct bx_image_reader *reader, int64_t width, int64_t height)
{
    if (width <= 0 || height <= 0)
        return bx_image_fail(reader, "没有像素", "it has no pixels", NULL);
    if (width > BX_IMAGE_SIDE_MOST || height > BX_IMAGE_SIDE_MOST ||
        width * height > BX_IMAGE_PIXELS_MOST)
        return bx_image_fail(reader, "像素太多（至多 6400 万，每边至多 65500）",
                             "it has too many pixels (64 million at most, 65500 a side)", NULL);
    return true;
}

static bool
starts_with(const struct bx_image_reader *reader, size_t at, const char *bytes, size_t len)
{
    return reader->len >= at + len && memcmp(reader->data + at, bytes, len) == 0;
}

static bool starts_like_xml(const struct bx_image_reader *reader)
{
    size_t at = starts_with(reader, 0, "\xEF\xBB\xBF", 3) ? 3 : 0;
    while (at < reader->len && memchr(" \t\r\n", reader->data[at], 4))
        at++;
    return at < reader->len && reader->data[at] == '<';
}

static bool read_kind(struct bx_image **out, struct bx_image_reader *reader, const char **mime)
{
    if (starts_with(reader, 0, "\x89PNG\r\n\x1a\n", 8)) {
        *mime = "image/png";
        return bx_png_read(out, reader);
    }
    if (starts_with(reader, 0, "\xFF\xD8\xFF", 3)) {
        *mime = "image/jpeg";
        return bx_jpeg_read(out, reader);
    }
    if (starts_like_xml(reader)) {
        *mime = "image/svg+xml";
        return bx_svg_read(out, reader);
    }
    return bx_image_fail(reader, "不是 PNG、JPEG 或 SVG", "it is no PNG, JPEG or SVG", NULL);
}

static const char *copy_text(struct bx_arena *arena, const char *text)
{
    return bx_arena_strndup(arena, text, strlen(text));
}

/* Needs   reader->data in the result's arena. */
static bool read_image(struct bx_image **out, struct bx_image_reader *reader)
{
    const char *mime = NULL;
    struct bx_image *image = NULL;
    if (!read_kind(&image, reader, &mime))
        return false;
    image->mime = mime;
    image->path = copy_text(reader->arena, reader->request->path);
    image->source = reader->data;
    image->source_len = reader->len;
    *out = image;
    return true;
}

static bool read_held(struct bx_image_reader *reader)
{
    const struct bx_held_files *held = reader->request->held;
    for (int i = 0; i < held->count; i++)
        if (strcmp(held->items[i].path, reader->request->path) == 0) {
            reader->len = held->items[i].len;
            reader->data = (const unsigned char *)bx_arena_strndup(
                reader->arena, held->items[i].data, reader->len);
            return true;
        }
    return bx_image_fail(reader, "图片不在报告的附件里",
                         "it is not among the files that came with the report", NULL);
}

bool bx_image_load(struct bx_image **out,
                   struct bx_arena *arena,
                   const struct bx_image_request *request,
                   struct bx_findings *findings,
                   struct bx_err *err)
{
    struct bx_image_reader reader = {
        .arena = arena, .request = request, .findings = findings, .err = err};
    bool is_here = request->held ? read_held(&reader) : bx_image_read_inside(&reader);
    bool is_read = is_here && read_image(out, &reader);
    bx_arena_fini(&reader.scratch);
    return is_read;
}

bool bx_image_read(struct bx_image **out,
                   struct bx_arena *arena,
                   const void *data,
                   size_t len,
                   const struct bx_image_request *request,
                   struct bx_findings *findings,
                   struct bx_err *err)
{
    struct bx_image_reader reader = {
        .arena = arena,
        .data = (const unsigned char *)bx_arena_strndup(arena, data, len),
        .len = len,
        .request = request,
        .findings = findings,
        .err = err,
    };
    bool is_read = read_image(out, &reader);
    bx_arena_fini(&reader.scratch);
    return is_read;
}

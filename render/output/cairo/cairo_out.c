/* Pages to PNG and SVG bytes, one surface a call.
 *
 * cairo names a group in an SVG after a counter of the process, so that the same page would have
 * other bytes when drawn second; those names are put back to ones that depend on the page only. */
#include "output/cairo/cairo_out.h"

#include <assert.h>
#include <cairo-svg.h>
#include <string.h>

#include "output/cairo/marks.h"

/* The largest side of a cairo image. */
#define PIXELS_MOST 32767

static cairo_status_t add_bytes(void *closure, const unsigned char *bytes, unsigned len)
{
    bx_buf_add(closure, bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

static bool check_status(cairo_status_t status, struct bx_err *err)
{
    return status == CAIRO_STATUS_SUCCESS ||
           bx_fail(err, BX_E_WRITE, "", "", "cairo: %s", cairo_status_to_string(status));
}

/* Draws on a surface whose user space is `scale` units a point. */
static bool draw_page(cairo_surface_t *surface,
                      const struct bx_page *page,
                      double scale,
                      bool as_paths,
                      struct bx_err *err)
{
    struct bx_cairo_faces faces = {0};
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    bool is_done = bx_cairo_marks(cr, page, as_paths, &faces, err);
    is_done = is_done && check_status(cairo_status(cr), err);
    cairo_destroy(cr);
    bx_cairo_faces_fini(&faces);
    return is_done;
}

/* Pixels that hold the length whole, as poppler counts them. */
static int pixels(bx_len len, int dpi)
{
    int64_t unit = (int64_t)72 * BX_PT;
    return (int)(((int64_t)len * dpi + unit - 1) / unit);
}

bool bx_cairo_png(
    struct bx_buf *out, const struct bx_pages *pages, int page, int dpi, struct bx_err *err)
{
    assert(0 <= page && page < pages->page_count && dpi > 0);
    const struct bx_page *sheet = &pages->pages[page];
    int width = pixels(sheet->width, dpi), height = pixels(sheet->height, dpi);
    if (width > PIXELS_MOST || height > PIXELS_MOST)
        return bx_fail(err, BX_E_WRITE, "", "", "%d x %d pixels are too many for a picture",
                       width, height);

    struct bx_buf bytes = {0};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    bool is_done =
        check_status(cairo_surface_status(surface), err) &&
        draw_page(surface, sheet, dpi / 72.0, true, err) &&
        check_status(cairo_surface_write_to_png_stream(surface, add_bytes, &bytes), err);
    cairo_surface_destroy(surface);
    if (is_done)
        bx_buf_add(out, bytes.data, bytes.len);
    bx_buf_fini(&bytes);
    return is_done;
}

/* The digits behind `name` where text starts with it: their number, 0 otherwise. */
static size_t counter_len(const char *text, const char *name)
{
    size_t len = strlen(name);
    return strncmp(text, name, len) == 0 ? strspn(text + len, "0123456789") : 0;
}

/* Copies an SVG with id="surface12" (and "#surface12") counted from 1 in order of appearance. */
static void add_renumbered(struct bx_buf *out, const char *svg)
{
    static const char *const names[] = {"surface", "image", "source-", "mask-", "clip-"};
    struct bx_arena arena = {0};
    const char **seen = NULL;
    int count = 0, capacity = 0;
    for (const char *at = svg; *at;) {
        const char *name = NULL;
        size_t digits = 0;
        for (size_t i = 0; !digits && i < sizeof(names) / sizeof(names[0]); i++) {
            name = names[i];
            digits = at > svg && (at[-1] == '"' || at[-1] == '#') ? counter_len(at, name) : 0;
        }
        if (!digits) {
            bx_buf_add_byte(out, *at++);
            continue;
        }
        size_t len = strlen(name) + digits;
        int i = 0;
        while (i < count && (strncmp(seen[i], at, len) != 0 || seen[i][len]))
            i++;
        if (i == count) {
            seen = bx_arena_grow(&arena, seen, count, &capacity, sizeof(*seen));
            seen[count++] = bx_arena_strndup(&arena, at, len);
        }
        bx_buf_printf(out, "%s%d", name, i + 1);
        at += len;
    }
    bx_arena_fini(&arena);
}

bool bx_cairo_svg(struct bx_buf *out,
                  const struct bx_pages *pages,
                  int page,
                  struct bx_err *err)
{
    assert(0 <= page && page < pages->page_count);
    const struct bx_page *sheet = &pages->pages[page];
    struct bx_buf bytes = {0};
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
        add_bytes, &bytes, (double)sheet->width / BX_PT, (double)sheet->height / BX_PT);
    bool is_done = check_status(cairo_surface_status(surface), err) &&
                   draw_page(surface, sheet, 1.0, false, err);
    if (is_done) {
        cairo_surface_finish(surface);
        is_done = check_status(cairo_surface_status(surface), err);
    }
    cairo_surface_destroy(surface);
    if (is_done)
        add_renumbered(out, bytes.data ? bytes.data : "");
    bx_buf_fini(&bytes);
    return is_done;
}

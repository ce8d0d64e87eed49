#include "image/image_work.h"

#include <cairo.h>
#include <dlfcn.h>
#include <librsvg/rsvg.h>
#include <string.h>

/* SVG through librsvg and cairo, as pixels of 600 dpi of the size it is printed in.
 *
 * librsvg is loaded when the first SVG is met: with it come 17 libraries and 5 ms, among them one
 * that reads pictures of all kinds, which would be bound at every start of the program. It is
 * never unloaded, since GLib's types cannot be. */

#define RSVG_LIBRARY "librsvg-2.so.2"

struct rsvg {
    RsvgHandle *(*new_from_data)(const guint8 *data, gsize len, GError **error);
    void (*set_dpi)(RsvgHandle *handle, double dpi);
    void (*get_dimensions)(RsvgHandle *handle,
                           gboolean *has_width,
                           RsvgLength *width,
                           gboolean *has_height,
                           RsvgLength *height,
                           gboolean *has_view_box,
                           RsvgRectangle *view_box);
    gboolean (*get_pixels)(RsvgHandle *handle, gdouble *width, gdouble *height);
    gboolean (*render)(RsvgHandle *handle,
                       cairo_t *cr,
                       const RsvgRectangle *viewport,
                       GError **error);
    void (*unref)(gpointer object);
};

enum {
    CSS_DPI = 96, /* of a CSS px; CSS Values 3, 5.2 */
    SVG_BYTES_MOST = 16 << 20,
    SIDE_PX_MOST = 100000, /* of the size an SVG claims, in CSS px */
};

/* ISO C has no cast from an address to a function; POSIX promises that the bits are the same. */
static bool find(void *member, void *library, const char *name)
{
    void *address = dlsym(library, name);
    memcpy(member, &address, sizeof(address));
    return address != NULL;
}

static bool load_rsvg(struct rsvg *out)
{
    void *library = dlopen(RSVG_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    return library && find(&out->new_from_data, library, "rsvg_handle_new_from_data") &&
           find(&out->set_dpi, library, "rsvg_handle_set_dpi") &&
           find(&out->get_dimensions, library, "rsvg_handle_get_intrinsic_dimensions") &&
           find(&out->get_pixels, library, "rsvg_handle_get_intrinsic_size_in_pixels") &&
           find(&out->render, library, "rsvg_handle_render_document") &&
           find(&out->unref, library, "g_object_unref");
}

static bool fail_svg(struct bx_image_reader *reader, GError *error)
{
    bx_image_fail(reader, "SVG 画不出来", "the SVG cannot be drawn",
                  error ? error->message : NULL);
    g_clear_error(&error);
    return false;
}

/* The size in CSS px: as stated, else that of the view box. */
static bool
find_size(const struct rsvg *rsvg, RsvgHandle *handle, double *width, double *height)
{
    if (!rsvg->get_pixels(handle, width, height)) {
        gboolean has_width, has_height, has_box = FALSE;
        RsvgLength w, h;
        RsvgRectangle box = {0};
        rsvg->get_dimensions(handle, &has_width, &w, &has_height, &h, &has_box, &box);
        *width = has_box ? box.width : 0;
        *height = has_box ? box.height : 0;
    }
    return *width > 0 && *height > 0 && *width <= SIDE_PX_MOST && *height <= SIDE_PX_MOST;
}

static bx_len natural_side(double px)
{
    double len = px * 72 * BX_PT / CSS_DPI;
    return len < 1 ? 1 : (bx_len)len;
}

static int dots(bx_len len)
{
    int64_t count = ((int64_t)len * BX_IMAGE_SVG_DPI + 72 * BX_PT - 1) / (72 * BX_PT);
    return count < BX_IMAGE_SIDE_MOST ? (int)count : BX_IMAGE_SIDE_MOST;
}

/* cairo multiplies colour with alpha; PDF wants both apart. */
static unsigned char divide(uint32_t pixel, int shift)
{
    uint32_t alpha = pixel >> 24, value = pixel >> shift & 0xFF;
    return (unsigned char)(alpha == 0 ? 255 : (value * 255 + alpha / 2) / alpha);
}

static void
read_surface(struct bx_pixels *out, cairo_surface_t *surface, struct bx_arena *scratch)
{
    cairo_surface_flush(surface);
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    const unsigned char *rows = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    *out = (struct bx_pixels){
        .width = width,
        .height = height,
        .components = 3,
        .has_alpha = true,
        .samples = bx_arena_alloc(scratch, (size_t)width * (size_t)height, 4),
    };
    unsigned char *to = out->samples;
    for (int y = 0; y < height; y++) {
        const uint32_t *row = (const uint32_t *)(const void *)(rows + (size_t)y * stride);
        for (int x = 0; x < width; x++) {
            for (int shift = 16; shift >= 0; shift -= 8)
                *to++ = divide(row[x], shift);
            *to++ = (unsigned char)(row[x] >> 24);
        }
    }
}

static bool draw(struct bx_pixels *out,
                 struct bx_image_reader *reader,
                 const struct rsvg *rsvg,
                 RsvgHandle *handle,
                 int width,
                 int height)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *cr = cairo_create(surface);
    const RsvgRectangle viewport = {.width = width, .height = height};
    GError *error = NULL;
    bool is_drawn = cairo_status(cr) == CAIRO_STATUS_SUCCESS &&
                    rsvg->render(handle, cr, &viewport, &error) &&
                    cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    if (is_drawn)
        read_surface(out, surface, &reader->scratch);
    else
        fail_svg(reader, error);
    cairo_surface_destroy(surface);
    return is_drawn;
}

static bool read_handle(struct bx_image **out,
                        struct bx_image_reader *reader,
                        const struct rsvg *rsvg,
                        RsvgHandle *handle)
{
    double width, height;
    rsvg->set_dpi(handle, CSS_DPI);
    if (!find_size(rsvg, handle, &width, &height))
        return bx_image_fail(reader, "SVG 没有写明合理的宽和高",
                             "the SVG states no sensible width and height", NULL);
    bx_len natural_w = natural_side(width), natural_h = natural_side(height), w, h;
    bx_image_place_size(&w, &h, natural_w, natural_h, &reader->request->space);
    if (!bx_image_check_sides(reader, dots(w), dots(h)))
        return false;
    struct bx_pixels pixels;
    if (!draw(&pixels, reader, rsvg, handle, dots(w), dots(h)))
        return false;
    *out = bx_pixels_give(&pixels, 1, reader->arena);
    (*out)->natural_w = natural_w;
    (*out)->natural_h = natural_h;
    bx_image_note(
        reader, "SVG 已按 600 dpi 转成点阵图，其中的文字用了本机的字体",
        "the SVG was turned into pixels of 600 dpi, its texts in this machine's faces");
    return true;
}

bool bx_svg_read(struct bx_image **out, struct bx_image_reader *reader)
{
    /* Compiles only where the table has the types of librsvg's header. */
    _Static_assert(sizeof((struct rsvg){.new_from_data = rsvg_handle_new_from_data,
                                        .set_dpi = rsvg_handle_set_dpi,
                                        .get_dimensions = rsvg_handle_get_intrinsic_dimensions,
                                        .get_pixels = rsvg_handle_get_intrinsic_size_in_pixels,
                                        .render = rsvg_handle_render_document,
                                        .unref = g_object_unref}) > 0,
                   "");
    if (reader->len > SVG_BYTES_MOST)
        return bx_image_fail(reader, "SVG 文件太大（至多 16 MiB）",
                             "the SVG is too large (16 MiB at most)", NULL);
    if (!bx_svg_xml_check(reader))
        return false;
    struct rsvg rsvg;
    if (!load_rsvg(&rsvg))
        return bx_image_fail(reader, "本机没有 " RSVG_LIBRARY "，画不了 SVG",
                             "this machine has no " RSVG_LIBRARY " to draw an SVG with", NULL);
    GError *error = NULL;
    RsvgHandle *handle = rsvg.new_from_data(reader->data, reader->len, &error);
    if (!handle)
        return fail_svg(reader, error);
    bool is_read = read_handle(out, reader, &rsvg, handle);
    rsvg.unref(handle);
    return is_read;
}

/* Marks with the same glyph numbers at the same places as in the display list.
 *
 * On pixels a glyph is a filled path: cairo 1.16 moves what cairo_show_glyphs() draws to whole
 * pixels, up to 0.2 mm at 72 dpi, and even gaps would look uneven. In SVG nothing is moved, so
 * there outlines are shared. */
#include "output/cairo/marks.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

static double points(bx_len len)
{
    return (double)len / BX_PT;
}

static void set_colour(cairo_t *cr, struct bx_colour colour)
{
    if (colour.is_gray)
        cairo_set_source_rgb(cr, colour.r / 1000.0, colour.r / 1000.0, colour.r / 1000.0);
    else
        cairo_set_source_rgb(cr, colour.r / 1000.0, colour.g / 1000.0, colour.b / 1000.0);
}

/* The pen starts at the run's place and moves by each advance, along the line. */
static void place_glyphs(cairo_glyph_t *glyphs, const struct bx_run *run)
{
    int64_t x = run->x, y = run->y;
    for (int i = 0; i < run->glyph_count; i++) {
        const struct bx_glyph *glyph = &run->glyphs[i];
        glyphs[i] = (cairo_glyph_t){
            .index = glyph->index,
            .x = (double)(x + glyph->dx) / BX_PT,
            .y = (double)(y + glyph->dy) / BX_PT,
        };
        if (run->is_vertical)
            y += glyph->advance;
        else
            x += glyph->advance;
    }
}

static bool draw_run(cairo_t *cr,
                     const struct bx_run *run,
                     bool as_paths,
                     struct bx_cairo_faces *faces,
                     struct bx_err *err)
{
    assert(run->glyph_count > 0 && run->scale_x_1000 > 0);
    cairo_font_face_t *face;
    if (!bx_cairo_faces_find(&face, faces, run->font, err))
        return false;
    cairo_set_font_face(cr, face);
    cairo_matrix_t matrix;
    cairo_matrix_init_scale(&matrix, points(run->size) * run->scale_x_1000 / 1000.0,
                            points(run->size));
    cairo_set_font_matrix(cr, &matrix);
    set_colour(cr, run->colour);

    cairo_glyph_t *glyphs = cairo_glyph_allocate(run->glyph_count);
    if (!glyphs)
        abort();
    place_glyphs(glyphs, run);
    if (as_paths) {
        cairo_glyph_path(cr, glyphs, run->glyph_count);
        cairo_fill(cr);
    } else {
        cairo_show_glyphs(cr, glyphs, run->glyph_count);
    }
    cairo_glyph_free(glyphs);
    return true;
}

static void draw_fill(cairo_t *cr, const struct bx_mark *mark)
{
    set_colour(cr, mark->colour);
    cairo_rectangle(cr, points(mark->rect.x), points(mark->rect.y), points(mark->rect.w),
                    points(mark->rect.h));
    cairo_fill(cr);
}

static void add_steps(cairo_t *cr, const struct bx_step *steps, int count)
{
    for (int i = 0; i < count; i++) {
        const struct bx_point *p = steps[i].points;
        switch (steps[i].kind) {
        case BX_STEP_MOVE:
            cairo_move_to(cr, points(p[0].x), points(p[0].y));
            break;
        case BX_STEP_LINE:
            cairo_line_to(cr, points(p[0].x), points(p[0].y));
            break;
        case BX_STEP_CURVE:
            cairo_curve_to(cr, points(p[0].x), points(p[0].y), points(p[1].x), points(p[1].y),
                           points(p[2].x), points(p[2].y));
            break;
        case BX_STEP_CLOSE:
            cairo_close_path(cr);
            break;
        }
    }
}

static void draw_path(cairo_t *cr, const struct bx_mark *mark)
{
    const struct bx_path *path = mark->path;
    cairo_save(cr);
    cairo_translate(cr, points(mark->rect.x), points(mark->rect.y));
    if (path->clip) {
        add_steps(cr, path->clip, path->clip_count);
        cairo_clip(cr);
    }
    set_colour(cr, path->colour);
    add_steps(cr, path->steps, path->step_count);
    if (path->is_stroked) {
        double dashes[] = {points(path->dash_on), points(path->dash_off)};
        cairo_set_line_width(cr, points(path->width));
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_set_dash(cr, dashes, path->dash_on > 0 ? 2 : 0, 0);
        cairo_stroke(cr);
    } else {
        cairo_fill(cr);
    }
    cairo_restore(cr);
}

/* cairo's ARGB32: 0xAARRGGBB in the machine's byte order, colour multiplied by alpha. */
static uint32_t read_pixel(const struct bx_image *image, size_t at)
{
    const unsigned char *data = image->data;
    const unsigned char *alphas = image->alpha;
    uint32_t alpha = alphas ? alphas[at] : 255;
    uint32_t pixel = alpha;
    for (int i = 0; i < 3; i++) {
        size_t component = image->components == 3 ? 3 * at + (size_t)i : at;
        pixel = pixel << 8 | (data[component] * alpha + 127) / 255;
    }
    return pixel;
}

static cairo_surface_t *make_image(const struct bx_image *image)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, image->width, image->height);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        return surface;
    cairo_surface_flush(surface);
    unsigned char *rows = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < image->height; y++) {
        uint32_t *row = (uint32_t *)(void *)(rows + (size_t)y * (size_t)stride);
        for (int x = 0; x < image->width; x++)
            row[x] = read_pixel(image, (size_t)y * (size_t)image->width + (size_t)x);
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}

/* PDF/A forbids smoothing an enlarged image (Interpolate), so its pixels are seen as squares; here
 * too. A reduced one is averaged. */
static cairo_filter_t choose_filter(cairo_t *cr)
{
    double dx = 1, dy = 1;
    cairo_user_to_device_distance(cr, &dx, &dy);
    return dx >= 1 && dy >= 1 ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD;
}

static bool draw_image(cairo_t *cr, const struct bx_mark *mark, struct bx_err *err)
{
    const struct bx_image *image = mark->image;
    assert(image && image->width > 0 && image->height > 0);
    struct bx_arena arena = {0};
    struct bx_image pixels;
    struct bx_err why = {0};
    if (image->is_jpeg) {
        if (!bx_image_decode(&pixels, &arena, image, &why)) {
            bx_arena_fini(&arena);
            return bx_fail(err, BX_E_WRITE, why.file, "", "%s", why.what);
        }
        image = &pixels;
    }
    assert(image->components == 1 || image->components == 3);
    cairo_surface_t *surface = make_image(image);
    bx_arena_fini(&arena);
    cairo_save(cr);
    cairo_translate(cr, points(mark->rect.x), points(mark->rect.y));
    cairo_scale(cr, points(mark->rect.w) / image->width, points(mark->rect.h) / image->height);
    cairo_set_source_surface(cr, surface, 0, 0);
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
    cairo_pattern_set_filter(cairo_get_source(cr), choose_filter(cr));
    cairo_rectangle(cr, 0, 0, image->width, image->height);
    cairo_fill(cr);
    cairo_restore(cr);
    cairo_surface_destroy(surface);
    return true;
}

/* Ink over ink. */
static bool draw_seal(cairo_t *cr, const struct bx_mark *mark, struct bx_err *err)
{
    cairo_save(cr);
    cairo_rectangle(cr, points(mark->shown.x), points(mark->shown.y), points(mark->shown.w),
                    points(mark->shown.h));
    cairo_clip(cr);
    cairo_set_operator(cr, CAIRO_OPERATOR_MULTIPLY);
    bool is_done = draw_image(cr, mark, err);
    cairo_restore(cr);
    return is_done;
}

/* No hinting of any kind: on paper there are no pixels. */
static void set_options(cairo_t *cr)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
}

bool bx_cairo_marks(cairo_t *cr,
                    const struct bx_page *page,
                    bool as_paths,
                    struct bx_cairo_faces *faces,
                    struct bx_err *err)
{
    set_options(cr);
    for (int i = 0; i < page->mark_count; i++) {
        const struct bx_mark *mark = &page->marks[i];
        bool is_done = true;
        switch (mark->kind) {
        case BX_MARK_RUN:
            is_done = draw_run(cr, &mark->run, as_paths, faces, err);
            break;
        case BX_MARK_FILL:
            draw_fill(cr, mark);
            break;
        case BX_MARK_IMAGE:
            is_done = draw_image(cr, mark, err);
            break;
        case BX_MARK_SEAL:
            is_done = draw_seal(cr, mark, err);
            break;
        case BX_MARK_LINK:
        case BX_MARK_FIELD:
            break; /* nothing to see */
        case BX_MARK_PATH:
            draw_path(cr, mark);
            break;
        }
        if (!is_done)
            return false;
    }
    return true;
}

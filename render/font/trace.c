/* Glyphs as HarfBuzz draws them, as charstrings.
 *
 * A face's own charstring is not copied: HarfBuzz interprets it, as it does for everything else the
 * engine measures, with its subroutines, hints and accents, and what comes out is a list of lines
 * and curves, which charstring.c writes. So no damaged table is read by code of ours. */
#include "font/charstring.h"

#include <stdlib.h>

#include <hb.h>

#include "font/charstring_work.h"

#define FARTHEST 16000 /* units from the origin: bx_contour_add() */

struct bx_tracer {
    const struct bx_font *font;
    hb_draw_funcs_t *funcs;
    struct bx_contour contour;
    struct bx_buf *out;
    bool is_bad;
};

/* In 1/65536 of a unit. */
static int32_t fixed_of(struct bx_tracer *tracer, float value)
{
    if (!(-FARTHEST <= value && value <= FARTHEST)) { /* nor if it is not a number */
        tracer->is_bad = true;
        return 0;
    }
    double scaled = (double)value * BX_CHARSTRING_ONE;
    return (int32_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
}

static void move_to(
    hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    struct bx_tracer *tracer = data;
    struct bx_contour *contour = &tracer->contour;
    bx_contour_write(tracer->out, contour);
    contour->start_x = contour->at_x = fixed_of(tracer, x);
    contour->start_y = contour->at_y = fixed_of(tracer, y);
}

static void line_to(
    hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    struct bx_tracer *tracer = data;
    const int32_t points[] = {fixed_of(tracer, x), fixed_of(tracer, y)};
    bx_contour_add(&tracer->contour, points, 2);
}

static void cubic_to(hb_draw_funcs_t *funcs,
                     void *data,
                     hb_draw_state_t *state,
                     float x1,
                     float y1,
                     float x2,
                     float y2,
                     float x,
                     float y,
                     void *user)
{
    (void)funcs, (void)state, (void)user;
    struct bx_tracer *tracer = data;
    const int32_t points[] = {fixed_of(tracer, x1), fixed_of(tracer, y1), fixed_of(tracer, x2),
                              fixed_of(tracer, y2), fixed_of(tracer, x),  fixed_of(tracer, y)};
    bx_contour_add(&tracer->contour, points, 6);
}

struct bx_tracer *bx_tracer_new(const struct bx_font *font)
{
    struct bx_tracer *tracer = calloc(1, sizeof(*tracer));
    if (!tracer)
        abort();
    tracer->font = font;
    tracer->funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(tracer->funcs, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(tracer->funcs, line_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(tracer->funcs, cubic_to, NULL, NULL);
    return tracer;
}

void bx_tracer_free(struct bx_tracer *tracer)
{
    if (!tracer)
        return;
    hb_draw_funcs_destroy(tracer->funcs);
    bx_contour_fini(&tracer->contour);
    free(tracer);
}

bool bx_charstring_trace(struct bx_buf *out, struct bx_tracer *tracer, uint32_t glyph)
{
    size_t before = out->len;
    tracer->out = out;
    tracer->contour.x = tracer->contour.y = 0;
    tracer->is_bad = false;
    hb_font_get_glyph_shape(bx_font_hb(tracer->font), glyph, tracer->funcs, tracer);
    bx_contour_write(out, &tracer->contour);
    bx_charstring_end(out);
    if (tracer->is_bad)
        out->len = before;
    return !tracer->is_bad;
}

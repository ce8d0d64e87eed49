/* The box of a full-width mark is its ink's half of the em: what is blank on its other half is
 * kept beside the box and belongs to the glue, never more of it than the face leaves free of ink
 * (PUN-01, PUN-08). Faces draw some marks narrower than their em; they are padded to it. What
 * fills the em is set on the character pitch, be that wider than the em or narrower (GRD-01). */
#include "plan/atom_measure.h"

#include "font/fontset.h"

enum {
    INK_CLEARANCE = 20, /* 1/1000 em kept free beside the ink, PUN-08 */
    LATIN_SIDE = 50,    /* 1/1000 em beside the ink of a Latin quotation mark */
};

/* The ink of an atom's glyphs against the pen of the first, at its size; y up. */
struct ink {
    bx_len x0, x1, y0, y1;
};

static bx_len least(bx_len a, bx_len b)
{
    return a < b ? a : b;
}

static bx_len most(bx_len a, bx_len b)
{
    return a > b ? a : b;
}

/* Gives false, and nothing, for an atom without ink. */
static bool
measure_ink(struct ink *out, const struct bx_atom *atom, const struct bx_glyph *glyphs)
{
    bool has_ink = false;
    bx_len pen = 0;
    for (int i = 0; i < atom->glyph_count; i++) {
        const struct bx_glyph *g = &glyphs[atom->glyph_at + i];
        struct bx_ink raw;
        if (bx_font_ink(atom->font, g->index, &raw)) {
            struct ink ink = {
                .x0 = pen + g->dx + bx_font_len(atom->font, raw.x0, atom->size),
                .x1 = pen + g->dx + bx_font_len(atom->font, raw.x1, atom->size),
                .y0 = bx_font_len(atom->font, raw.y0, atom->size) - g->dy,
                .y1 = bx_font_len(atom->font, raw.y1, atom->size) - g->dy,
            };
            *out = !has_ink ? ink
                            : (struct ink){least(out->x0, ink.x0), most(out->x1, ink.x1),
                                           least(out->y0, ink.y0), most(out->y1, ink.y1)};
            has_ink = true;
        }
        pen += g->advance;
    }
    return has_ink;
}

static bx_len atom_advance(const struct bx_atom *atom, const struct bx_glyph *glyphs)
{
    bx_len advance = 0;
    for (int i = 0; i < atom->glyph_count; i++)
        advance += glyphs[atom->glyph_at + i].advance;
    return advance;
}

/* A mark with a blank half: of the em it stands in, that half is blank unless ink is there. */
static void measure_mark(struct bx_atom *atom, const struct bx_glyph *glyphs, bool is_half_mark)
{
    bx_len em = atom->em, half = em / 2, advance = atom_advance(atom, glyphs);
    bool has_left = bx_class_has_left_blank(atom->class);
    struct ink ink = {0};
    bool has_ink = measure_ink(&ink, atom, glyphs);
    /* the face draws it on less than an em */
    bool is_narrow = (int64_t)advance * 4 < (int64_t)em * 3;

    if (is_half_mark || is_narrow) {
        atom->box = is_half_mark ? half : most(half, advance);
        atom->draw_dx = (atom->box - (is_half_mark ? ink.x0 + ink.x1 : advance)) / 2;
        bx_len blank = is_half_mark ? 0 : em - atom->box;
        atom->blank_left = has_left ? blank : 0;
        atom->blank_right = has_left ? 0 : blank;
        return;
    }
    bx_len pad = (em - advance) / 2;
    bx_len free_side = has_left ? pad + ink.x0 : em - pad - ink.x1;
    bx_len blank = has_ink ? free_side - bx_len_part(em, INK_CLEARANCE) : half;
    blank = most(0, least(blank, half));
    atom->box = em - blank;
    atom->draw_dx = has_left ? pad - blank : pad;
    atom->blank_left = has_left ? blank : 0;
    atom->blank_right = has_left ? 0 : blank;
}

/* ——: two em without a gap (PUN-10). The first glyph, where a face draws the pair as two, is
 * stretched over both, so that no white column shows whatever the ink of the face, and keeps the
 * larger of its blanks at either end. */
static void measure_dashes(struct bx_atom *atom, struct bx_glyph *glyphs)
{
    struct bx_glyph *first = &glyphs[atom->glyph_at];
    struct ink ink;
    atom->box = 2 * atom->em;
    atom->glyph_count = 1;
    first->text_at = atom->text_at;
    if (!measure_ink(&ink, atom, glyphs))
        return;
    bx_len margin = most(0, most(ink.x0, first->advance - ink.x1)), drawn = ink.x1 - ink.x0;
    if (drawn > 0) { /* the thinnest of lines is none at a small size */
        atom->scale_x_1000 = (int)((int64_t)(atom->box - 2 * margin) * 1000 / drawn);
        atom->draw_dx = margin - (bx_len)((int64_t)ink.x0 * atom->scale_x_1000 / 1000);
    }
}

/* ……: two em, six dots evenly, centred on the ideographs' centre (PUN-11). */
static void measure_ellipsis(struct bx_atom *atom, struct bx_glyph *glyphs, int em_count)
{
    bx_len advance = atom_advance(atom, glyphs);
    atom->box = em_count * atom->em;
    if (atom->glyph_count == 2) {
        struct bx_glyph *first = &glyphs[atom->glyph_at];
        advance += atom->em - first->advance;
        first->advance = atom->em;
    }
    atom->draw_dx = (atom->box - advance) / 2;
    struct ink ink;
    if (!measure_ink(&ink, atom, glyphs))
        return;
    bx_len off = bx_font_centre(atom->font, atom->size) - (ink.y0 + ink.y1) / 2;
    for (int i = 0; i < atom->glyph_count; i++)
        glyphs[atom->glyph_at + i].dy -= off;
}

/* Half an em with the ink in its middle, unless the ink needs more (PUN-09). */
static void measure_half(struct bx_atom *atom, const struct bx_glyph *glyphs)
{
    struct ink ink;
    if (!measure_ink(&ink, atom, glyphs))
        ink = (struct ink){.x1 = atom_advance(atom, glyphs)};
    bx_len needed = ink.x1 - ink.x0;
    atom->box = most(atom->em / 2, needed);
    atom->draw_dx = (atom->box - ink.x0 - ink.x1) / 2;
}

/* What fills its em stands in the middle of the pitch. */
static void measure_full(struct bx_atom *atom, const struct bx_glyph *glyphs)
{
    bx_len advance = atom_advance(atom, glyphs);
    atom->box = atom->em + most(0, advance - atom->size);
    atom->draw_dx = (atom->box - advance) / 2;
}

/* As the face has it; a quotation mark or apostrophe of a Latin text in a face that draws it on a
 * full em loses its blank. */
static void measure_latin(struct bx_atom *atom, const struct bx_glyph *glyphs, uint32_t cp)
{
    atom->box = atom_advance(atom, glyphs);
    bool is_quote = cp >= 0x2018 && cp <= 0x201D;
    bool is_wide = (int64_t)atom->box * 4 > (int64_t)atom->em * 3;
    struct ink ink;
    if (!is_quote || !is_wide || !measure_ink(&ink, atom, glyphs))
        return;
    bx_len side = bx_len_part(atom->em, LATIN_SIDE);
    atom->kern = 0;
    atom->box = ink.x1 - ink.x0 + 2 * side;
    atom->draw_dx = side - ink.x0;
}

void bx_atom_measure(struct bx_atom *atom, struct bx_glyph *glyphs, const struct bx_cluster *c)
{
    uint32_t cp = c->code_points[0];
    switch (atom->class) {
    case BX_CLASS_OPEN:
    case BX_CLASS_CLOSE:
    case BX_CLASS_COMMA:
    case BX_CLASS_COLON:
    case BX_CLASS_STOP:
    case BX_CLASS_EXCLAIM:
        measure_mark(atom, glyphs, c->is_half_mark);
        break;
    case BX_CLASS_DASH:
        if (c->is_pair || cp == 0x2E3A)
            measure_dashes(atom, glyphs);
        else
            measure_full(atom, glyphs);
        break;
    case BX_CLASS_ELLIPSIS:
        measure_ellipsis(atom, glyphs, c->is_pair ? 2 : 1);
        break;
    case BX_CLASS_MIDDLE_DOT:
    case BX_CLASS_SOLIDUS:
        measure_half(atom, glyphs);
        break;
    case BX_CLASS_HAN:
    case BX_CLASS_SYMBOL:
    case BX_CLASS_IDEO_SPACE:
        measure_full(atom, glyphs);
        break;
    case BX_CLASS_ITERATION:
    case BX_CLASS_NONSTARTER:
    case BX_CLASS_CONNECTOR:
    case BX_CLASS_PREFIX:
    case BX_CLASS_POSTFIX:
        /* as the face has them; those drawn on a full em get the pitch */
        if (cp == 0x2013)
            measure_half(atom, glyphs);
        else if (atom_advance(atom, glyphs) == atom->size)
            measure_full(atom, glyphs);
        else
            atom->box = atom_advance(atom, glyphs);
        break;
    case BX_CLASS_SPACE:
    case BX_CLASS_GLUE:
        atom->space = atom_advance(atom, glyphs);
        atom->box = 0;
        break;
    case BX_CLASS_LATIN:
    case BX_CLASS_LATIN_SYMBOL:
    case BX_CLASS_DIGIT:
    case BX_CLASS_LATIN_OPEN:
    case BX_CLASS_LATIN_CLOSE:
    case BX_CLASS_RAISED:
    case BX_CLASS_ZERO_WIDTH: /* not in clusters of their own */
    case BX_CLASS_BREAK:
    case BX_CLASS_MARK:
    case BX_CLASS_COUNT:
        measure_latin(atom, glyphs, cp);
        break;
    }
}

/* The box of a full-width mark is its ink's half of the em: what is blank on its other half is
 * kept beside the box and belongs to the glue, never more of it than the face leaves free of ink
 * (PUN-01, PUN-08). Faces draw some marks narrower than their em; they are padded to it. */
#include "plan/atom.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "font/shape.h"
#include "plan/cluster.h"

struct builder {
    struct bx_para_context *context;
    const char *text;
    int text_len;
    const struct bx_piece *pieces;
    const int *piece_ends;
    int piece_count;
    const struct bx_para_spec *spec;
    struct bx_cluster *clusters;
    int cluster_count;
    struct bx_atoms *atoms;
    int glyph_capacity;
};

static bx_len part_of(bx_len em, int em1000)
{
    return (bx_len)(((int64_t)em * em1000 + 500) / 1000);
}

static void report_face(struct bx_para_context *context,
                        const struct bx_cluster *c,
                        const struct bx_font *font,
                        const char *where)
{
    char utf8[5] = "";
    bx_utf8_encode(utf8, c->code_points[0]);
    unsigned cp = (unsigned)c->code_points[0];
    struct bx_findings *list = context->findings;
    if (!font) {
        bx_findings_add(
            list, &(struct bx_finding){
                      .level = BX_LEVEL_ERROR,
                      .code = "MISSING",
                      .where = where,
                      .stage = BX_E_FONT,
                      .zh = bx_findings_text(list, "没有字体包含字符 %s（U+%04X）", utf8, cp),
                      .en = bx_findings_text(list, "no font holds the character %s (U+%04X)",
                                             utf8, cp)});
        return;
    }
    bx_findings_add(list, &(struct bx_finding){
                              .level = BX_LEVEL_WARNING,
                              .code = "FALLBACK",
                              .where = where,
                              .stage = BX_E_FONT,
                              .zh = bx_findings_text(list, "字符 %s（U+%04X）改用字体 %s", utf8,
                                                     cp, font->postscript),
                              .en = bx_findings_text(list, "character %s (U+%04X) is set in %s",
                                                     utf8, cp, font->postscript)});
}

/* Whether this character was already reported at this place: once is enough. */
static bool
is_reported(const struct bx_findings *list, const struct bx_cluster *c, const char *code)
{
    char mark[16];
    struct bx_buf buf = {0};
    bx_buf_printf(&buf, "U+%04X", (unsigned)c->code_points[0]);
    memcpy(mark, buf.data, buf.len + 1);
    bx_buf_fini(&buf);
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->items[i].code, code) == 0 && strstr(list->items[i].en, mark))
            return true;
    return false;
}

/* The face of a cluster, or NULL when none holds it. */
static const struct bx_font *pick_face(struct builder *b, const struct bx_cluster *c, int piece)
{
    bool is_fallback = false;
    const struct bx_font *font =
        bx_fontset_pick(b->context->fonts, b->pieces[piece].role, c->code_points,
                        c->code_point_count, &is_fallback);
    if (!font || is_fallback) {
        const char *code = font ? "FALLBACK" : "MISSING";
        if (!is_reported(b->context->findings, c, code))
            report_face(b->context, c, font, b->pieces[piece].where);
    }
    return font;
}

static int piece_of(const struct builder *b, int at, int piece)
{
    while (at >= b->piece_ends[piece])
        piece++;
    assert(piece < b->piece_count);
    return piece;
}

static void add_glyph(struct builder *b, struct bx_glyph glyph)
{
    struct bx_atoms *atoms = b->atoms;
    if (atoms->glyph_count == b->glyph_capacity)
        atoms->glyphs = bx_arena_grow(&b->context->scratch, atoms->glyphs, atoms->glyph_count,
                                      &b->glyph_capacity, sizeof(*atoms->glyphs));
    atoms->glyphs[atoms->glyph_count++] = glyph;
}

static unsigned shape_flags(const struct builder *b, const struct bx_cluster *c)
{
    unsigned flags = b->spec->half_digits ? BX_SHAPE_HALF_DIGITS : 0;
    bool is_word = bx_class_is_latin(c->class) || c->class == BX_CLASS_SPACE;
    return flags | (is_word ? BX_SHAPE_LATIN : 0);
}

/* Shapes clusters first .. last-1, which share face, size and script, into atoms. A cluster that
 * got no glyph of its own (a ligature took it) becomes part of the atom before it. */
static void
shape_clusters(struct builder *b, int first, int last, const struct bx_font *font, int piece)
{
    const struct bx_cluster *c = &b->clusters[first];
    int at = c->at, len = b->clusters[last - 1].at + b->clusters[last - 1].len - at;
    struct bx_shaped *shaped;
    int count = bx_shape(&shaped, &b->context->scratch, font, b->text, b->text_len, at, len,
                         shape_flags(b, c));
    bx_len size = b->pieces[piece].size;
    int g = 0, start = b->atoms->count;
    for (int i = first; i < last; i++) {
        c = &b->clusters[i];
        int end = c->at + c->len, glyph_at = b->atoms->glyph_count;
        for (; g < count && shaped[g].text_at < end; g++)
            add_glyph(b, (struct bx_glyph){
                             .index = shaped[g].glyph,
                             .advance = bx_font_len(font, shaped[g].advance, size),
                             .dx = bx_font_len(font, shaped[g].dx, size),
                             .dy = -bx_font_len(font, shaped[g].dy, size),
                             .text_at = shaped[g].text_at,
                         });
        if (glyph_at == b->atoms->glyph_count && b->atoms->count > start) {
            b->atoms->items[b->atoms->count - 1].text_len += c->len;
            continue;
        }
        b->atoms->items[b->atoms->count++] = (struct bx_atom){
            .class = b->pieces[piece].is_note ? BX_CLASS_RAISED : c->class,
            .text_at = c->at,
            .text_len = c->len,
            .piece = piece,
            .font = font,
            .size = size,
            .em = b->spec->em,
            .box = i, /* the cluster's number, until measure_atom() sets the box */
            .glyph_at = glyph_at,
            .glyph_count = b->atoms->glyph_count - glyph_at,
            .scale_x_1000 = 1000,
            .is_url_joint = c->is_url_joint,
        };
    }
}

/* The ink of an atom's glyphs against the pen of the first, at its size; y up. */
static bool atom_ink(const struct builder *b,
                     const struct bx_atom *atom,
                     bx_len *x0,
                     bx_len *x1,
                     bx_len *y0,
                     bx_len *y1)
{
    bool has_ink = false;
    bx_len pen = 0;
    for (int i = 0; i < atom->glyph_count; i++) {
        const struct bx_glyph *g = &b->atoms->glyphs[atom->glyph_at + i];
        struct bx_ink ink;
        if (bx_font_ink(atom->font, g->index, &ink)) {
            bx_len left = pen + g->dx + bx_font_len(atom->font, ink.x0, atom->size);
            bx_len right = pen + g->dx + bx_font_len(atom->font, ink.x1, atom->size);
            bx_len low = bx_font_len(atom->font, ink.y0, atom->size) - g->dy;
            bx_len high = bx_font_len(atom->font, ink.y1, atom->size) - g->dy;
            *x0 = has_ink && *x0 < left ? *x0 : left;
            *x1 = has_ink && *x1 > right ? *x1 : right;
            *y0 = has_ink && *y0 < low ? *y0 : low;
            *y1 = has_ink && *y1 > high ? *y1 : high;
            has_ink = true;
        }
        pen += g->advance;
    }
    return has_ink;
}

static bx_len atom_advance(const struct builder *b, const struct bx_atom *atom)
{
    bx_len advance = 0;
    for (int i = 0; i < atom->glyph_count; i++)
        advance += b->atoms->glyphs[atom->glyph_at + i].advance;
    return advance;
}

/* A mark with a blank half: of the em it stands in, that half is blank unless ink is there. */
static void measure_mark(const struct builder *b, struct bx_atom *atom, bool is_half_mark)
{
    enum {
        INK_CLEARANCE = 20
    }; /* 1/1000 em kept free beside the ink, PUN-08 */
    bx_len em = atom->em, half = em / 2, advance = atom_advance(b, atom);
    bx_len x0 = 0, x1 = 0, y0 = 0, y1 = 0;
    bool has_ink = atom_ink(b, atom, &x0, &x1, &y0, &y1);
    bool is_narrow =
        (int64_t)advance * 4 < (int64_t)em * 3; /* the face draws it on less than an em */

    if (is_half_mark || is_narrow) {
        atom->box = is_half_mark || advance < half ? half : advance;
        atom->draw_dx = (atom->box - (is_half_mark ? x0 + x1 : advance)) / 2;
        bx_len blank = is_half_mark ? 0 : em - atom->box;
        atom->blank_left = bx_class_has_left_blank(atom->class) ? blank : 0;
        atom->blank_right = bx_class_has_right_blank(atom->class) ? blank : 0;
        return;
    }
    bx_len pad = (em - advance) / 2, clearance = part_of(em, INK_CLEARANCE);
    bx_len free = bx_class_has_left_blank(atom->class) ? pad + x0 : em - pad - x1;
    bx_len blank = has_ink ? free - clearance : half;
    blank = blank > half ? half : blank < 0 ? 0 : blank;
    atom->box = em - blank;
    atom->draw_dx = pad;
    if (bx_class_has_left_blank(atom->class)) {
        atom->blank_left = blank;
        atom->draw_dx -= blank;
    } else {
        atom->blank_right = blank;
    }
}

/* ——: two em without a gap (PUN-10). Where a face draws the pair as two glyphs, one of them is
 * stretched over both, so that no white column shows whatever the ink of the face. */
static void measure_dashes(struct builder *b, struct bx_atom *atom)
{
    bx_len em = atom->em, x0 = 0, x1 = 0, y0 = 0, y1 = 0;
    struct bx_glyph *first = &b->atoms->glyphs[atom->glyph_at];
    bx_len margin;
    if (atom->glyph_count > 1) {
        atom->glyph_count = 1;
        if (!atom_ink(b, atom, &x0, &x1, &y0, &y1))
            return;
        margin = x0 > em - x1 ? x0 : em - x1 > 0 ? em - x1 : 0;
    } else {
        if (!atom_ink(b, atom, &x0, &x1, &y0, &y1))
            return;
        margin = x0 > 0 ? x0 : 0;
    }
    bx_len ink = 2 * em - 2 * margin;
    atom->scale_x_1000 = (int)(((int64_t)ink * 1000 + (x1 - x0) / 2) / (x1 - x0));
    atom->box = 2 * em;
    atom->draw_dx = margin - (bx_len)((int64_t)x0 * atom->scale_x_1000 / 1000);
    first->advance = 2 * em;
    first->text_at = atom->text_at;
}

/* ……: two em, six dots evenly, centred on the ideographs' centre (PUN-11). */
static void measure_ellipsis(struct builder *b, struct bx_atom *atom, int em_count)
{
    bx_len x0 = 0, x1 = 0, y0 = 0, y1 = 0, advance = atom_advance(b, atom);
    atom->box = em_count * atom->em;
    if (atom->glyph_count == 2) {
        struct bx_glyph *first = &b->atoms->glyphs[atom->glyph_at];
        advance += atom->em - first->advance;
        first->advance = atom->em;
    }
    atom->draw_dx = (atom->box - advance) / 2;
    if (!atom_ink(b, atom, &x0, &x1, &y0, &y1))
        return;
    bx_len off = bx_font_centre(atom->font, atom->size) - (y0 + y1) / 2;
    if (off * 20 > atom->size || -off * 20 > atom->size)
        for (int i = 0; i < atom->glyph_count; i++)
            b->atoms->glyphs[atom->glyph_at + i].dy -= off;
}

/* A box of fixed width with the glyph in its middle; as wide as the glyph if that is wider. */
static void measure_centred(const struct builder *b, struct bx_atom *atom, bx_len box)
{
    bx_len advance = atom_advance(b, atom);
    atom->box = advance > box ? advance : box;
    atom->draw_dx = (atom->box - advance) / 2;
}

static void measure_atom(struct builder *b, struct bx_atom *atom)
{
    const struct bx_cluster *c = &b->clusters[atom->box];
    bx_len em = atom->em;
    switch (atom->class) {
    case BX_CLASS_OPEN:
    case BX_CLASS_CLOSE:
    case BX_CLASS_COMMA:
    case BX_CLASS_COLON:
    case BX_CLASS_STOP:
    case BX_CLASS_EXCLAIM:
        measure_mark(b, atom, c->is_half_mark);
        break;
    case BX_CLASS_DASH:
        if (c->is_pair || c->code_points[0] == 0x2E3A)
            measure_dashes(b, atom);
        else
            measure_centred(b, atom, em);
        break;
    case BX_CLASS_ELLIPSIS:
        measure_ellipsis(b, atom, c->is_pair ? 2 : 1);
        break;
    case BX_CLASS_MIDDLE_DOT:
        atom->box = em / 2;
        atom->draw_dx = (atom->box - atom_advance(b, atom)) / 2;
        break;
    case BX_CLASS_SOLIDUS:
        measure_centred(b, atom, em / 2);
        break;
    case BX_CLASS_HAN:
    case BX_CLASS_SYMBOL:
    case BX_CLASS_IDEO_SPACE:
        measure_centred(b, atom, em);
        break;
    case BX_CLASS_ITERATION:
    case BX_CLASS_NONSTARTER:
    case BX_CLASS_CONNECTOR:
    case BX_CLASS_PREFIX:
    case BX_CLASS_POSTFIX:
        /* as the face has them; those drawn on a full em get the pitch */
        measure_centred(b, atom, atom_advance(b, atom) == atom->size ? em : 0);
        break;
    case BX_CLASS_SPACE:
    case BX_CLASS_GLUE:
        atom->space = atom_advance(b, atom);
        atom->box = 0;
        break;
    case BX_CLASS_ZERO_WIDTH:
    case BX_CLASS_BREAK:
        atom->box = 0;
        break;
    case BX_CLASS_LATIN:
    case BX_CLASS_LATIN_SYMBOL:
    case BX_CLASS_DIGIT:
    case BX_CLASS_LATIN_OPEN:
    case BX_CLASS_LATIN_CLOSE:
    case BX_CLASS_RAISED:
    case BX_CLASS_MARK:
    case BX_CLASS_COUNT:
        atom->box = atom_advance(b, atom);
        break;
    }
}

/* A quotation mark of a Latin text in a face that draws it on a full em loses its blank. */
static void trim_latin_mark(const struct builder *b, struct bx_atom *atom)
{
    bx_len x0 = 0, x1 = 0, y0 = 0, y1 = 0;
    bool is_wide = (int64_t)atom->box * 4 > (int64_t)atom->em * 3;
    if (!is_wide || !atom_ink(b, atom, &x0, &x1, &y0, &y1))
        return;
    bx_len side = atom->em / 20;
    atom->box = x1 - x0 + 2 * side;
    atom->draw_dx = side - x0;
}

bool bx_atoms_are_solid(const struct bx_atoms *atoms, int left)
{
    const struct bx_atom *a = &atoms->items[left], *b = &atoms->items[left + 1];
    bool is_after_latin = bx_class_is_latin(a->class),
         is_before_latin = bx_class_is_latin(b->class);
    if (b->class == BX_CLASS_RAISED || (is_after_latin && is_before_latin))
        return true;
    if (a->class == BX_CLASS_PREFIX)
        return is_before_latin || b->class == BX_CLASS_PREFIX;
    if (b->class == BX_CLASS_PREFIX)
        return bx_class_is_word(a->class);
    if (b->class == BX_CLASS_POSTFIX)
        return is_after_latin || a->class == BX_CLASS_POSTFIX;
    if (a->class == BX_CLASS_POSTFIX) /* 20°C */
        return is_before_latin;
    return a->class == b->class && (a->class == BX_CLASS_DASH || a->class == BX_CLASS_ELLIPSIS);
}

void bx_atoms_build(struct bx_atoms *out,
                    struct bx_para_context *context,
                    const char *text,
                    int text_len,
                    int at,
                    int len,
                    const struct bx_piece *pieces,
                    const int *piece_ends,
                    int piece_count,
                    const struct bx_para_spec *spec)
{
    struct builder b = {
        .context = context,
        .text = text,
        .text_len = text_len,
        .pieces = pieces,
        .piece_ends = piece_ends,
        .piece_count = piece_count,
        .spec = spec,
        .atoms = out,
    };
    *out = (struct bx_atoms){0};
    b.cluster_count = bx_clusters_build(&b.clusters, &context->scratch, text, at, len);
    if (b.cluster_count == 0)
        return;
    out->items = BX_NEW_ARRAY(&context->scratch, struct bx_atom, (size_t)b.cluster_count);

    int run = 0, piece = piece_of(&b, b.clusters[0].at, 0);
    const struct bx_font *font = pick_face(&b, &b.clusters[0], piece);
    for (int i = 1; i <= b.cluster_count; i++) {
        bool is_end = i == b.cluster_count;
        int next_piece = is_end ? piece : piece_of(&b, b.clusters[i].at, piece);
        const struct bx_font *next = is_end ? NULL : pick_face(&b, &b.clusters[i], next_piece);
        bool is_same = !is_end && next == font && next_piece == piece &&
                       shape_flags(&b, &b.clusters[i]) == shape_flags(&b, &b.clusters[run]);
        if (is_same)
            continue;
        if (font)
            shape_clusters(&b, run, i, font, piece);
        run = i;
        piece = next_piece;
        font = next;
    }
    for (int i = 0; i < out->count; i++) {
        struct bx_atom *atom = &out->items[i];
        measure_atom(&b, atom);
        if (atom->class == BX_CLASS_LATIN_OPEN || atom->class == BX_CLASS_LATIN_CLOSE)
            trim_latin_mark(&b, atom);
    }
}

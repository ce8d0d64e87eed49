/* Clusters of one face, size and script are shaped together, so that what a face does across
 * characters (kerning of Latin, one glyph for a ——) is kept; the glyphs are then given back to
 * their clusters. A face is asked for whole clusters: a mark never leaves its base. */
#include "plan/atom.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "font/shape.h"
#include "plan/atom_measure.h"
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
    int latin_role; /* or -1 */
};

/* Tells of a cluster that is not drawn as its role would have it: once for each character. `font`
 * draws it instead; NULL tells that no face does. A cluster that only lost its variation selector
 * is named by both code points (LNG-05). */
static void report_face(struct bx_para_context *context,
                        const struct bx_cluster *c,
                        uint32_t selector,
                        const struct bx_font *font,
                        const char *where)
{
    context->told_count++;
    struct bx_findings *list = context->findings;
    const char *code = font ? "FALLBACK" : "MISSING";
    char utf8[5] = "", name[32];
    bx_utf8_encode(utf8, c->code_points[0]);
    if (selector)
        snprintf(name, sizeof(name), "U+%04X U+%04X", (unsigned)c->code_points[0],
                 (unsigned)selector);
    else
        snprintf(name, sizeof(name), "U+%04X", (unsigned)c->code_points[0]);
    const char *mark = bx_findings_text(list, "(%s)", name);
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->items[i].code, code) == 0 && strstr(list->items[i].en, mark))
            return;

    struct bx_finding finding = {
        .level = font ? BX_LEVEL_WARNING : BX_LEVEL_ERROR,
        .code = code,
        .where = where,
        .stage = BX_E_FONT,
    };
    if (!font) {
        finding.zh = bx_findings_text(list, "没有字体包含字符 %s（%s）", utf8, name);
        finding.en = bx_findings_text(list, "no font holds the character %s (%s)", utf8, name);
    } else if (selector) {
        finding.zh =
            bx_findings_text(list, "没有字体包含字符 %s（%s）的异体，按本字排印", utf8, name);
        finding.en = bx_findings_text(
            list, "no font holds this form of %s (%s): the character itself is set", utf8,
            name);
    } else {
        finding.zh =
            bx_findings_text(list, "字符 %s（%s）改用字体 %s", utf8, name, font->postscript);
        finding.en = bx_findings_text(list, "character %s (%s) is set in %s", utf8, name,
                                      font->postscript);
    }
    bx_findings_add(list, &finding);
}

/* The variation selector of a cluster that the face does not draw, or 0. */
static uint32_t lost_selector(const struct bx_cluster *c, const struct bx_font *font)
{
    for (int i = 1; i < c->code_point_count; i++) {
        uint32_t cp = c->code_points[i];
        if (cp >= 0xE0100 && cp <= 0xE01EF &&
            !bx_font_has_sequence(font, c->code_points[i - 1], cp))
            return cp;
    }
    return 0;
}

/* The face of a cluster, or NULL when none holds it. Words and figures are set in the role
 * "latin" where the office names one that holds them (LNG-04); so are the quotation marks of a
 * Latin text (LNG-03), and no others. */
static const struct bx_font *pick_face(struct builder *b, const struct bx_cluster *c, int piece)
{
    struct bx_fontset *fonts = b->context->fonts;
    bool is_fallback = false;
    if (b->latin_role >= 0 && (bx_class_is_latin(c->class) || c->code_points[0] < 0x80)) {
        const struct bx_font *latin = bx_fontset_pick(fonts, b->latin_role, c->code_points,
                                                      c->code_point_count, &is_fallback);
        if (latin && !is_fallback)
            return latin;
    }
    const struct bx_font *font = bx_fontset_pick(fonts, b->pieces[piece].role, c->code_points,
                                                 c->code_point_count, &is_fallback);
    const char *where = b->pieces[piece].where;
    if (!font || is_fallback)
        report_face(b->context, c, 0, font, where);
    uint32_t lost = font && c->code_point_count > 1 ? lost_selector(c, font) : 0;
    if (lost)
        report_face(b->context, c, lost, font, where);
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

/* How much farther than by itself the last glyph of an atom moves the pen, for the glyph after it. */
static bx_len kern_of(const struct bx_font *font, const struct bx_shaped *last, bx_len size)
{
    return bx_font_len(font, last->advance, size) -
           bx_font_len(font, bx_font_advance(font, last->glyph), size);
}

static unsigned shape_flags(const struct builder *b, const struct bx_cluster *c)
{
    unsigned flags = b->spec->half_digits ? BX_SHAPE_HALF_DIGITS : 0;
    bool is_word = bx_class_is_latin(c->class) || c->class == BX_CLASS_SPACE;
    return flags | (is_word ? BX_SHAPE_LATIN : 0);
}

/* The pitch of a piece: the paragraph's, unless the piece is so much larger that its characters
 * would meet. */
static bx_len own_em(bx_len em, bx_len size)
{
    enum {
        MOST_OVER_PITCH = 1125 /* 1/1000 of the pitch; 三号 of 16 pt on 28 columns is 1013 */
    };
    return (int64_t)size * 1000 > (int64_t)em * MOST_OVER_PITCH ? size : em;
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
            add_glyph(
                b, (struct bx_glyph){
                       .index = shaped[g].glyph,
                       .advance = bx_font_len(font, shaped[g].advance, size),
                       .dx = bx_font_len(font, shaped[g].dx, size),
                       .dy = -bx_font_len(font, shaped[g].dy, size),
                       .text_at = b->atoms->glyph_count == glyph_at ? c->at : shaped[g].text_at,
                   });
        bool is_kerned =
            bx_class_is_latin(c->class) && glyph_at < b->atoms->glyph_count && g < count;
        if (glyph_at == b->atoms->glyph_count && b->atoms->count > start) {
            b->atoms->items[b->atoms->count - 1].text_len += c->len;
            continue;
        }
        b->atoms->items[b->atoms->count++] = (struct bx_atom){
            .class = b->pieces[piece].is_note ? BX_CLASS_RAISED : c->class,
            .text_at = c->at,
            .text_len = c->len,
            .piece = piece,
            .role = b->pieces[piece].role,
            .font = font,
            .size = size,
            .em = own_em(b->spec->em, size),
            .box = i, /* the cluster's number, until bx_atom_measure() sets the box */
            .glyph_at = glyph_at,
            .glyph_count = b->atoms->glyph_count - glyph_at,
            .kern = is_kerned ? kern_of(font, &shaped[g - 1], size) : 0,
            .scale_x_1000 = 1000,
            .is_url_joint = c->is_url_joint,
            .behind = c->behind,
        };
    }
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
        return bx_class_is_word(a->class) || a->class == BX_CLASS_LATIN_SYMBOL;
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
        .latin_role = bx_fontset_find_role(context->fonts, "latin"),
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
        bx_atom_measure(atom, out->glyphs, &b.clusters[atom->box]);
    }
}

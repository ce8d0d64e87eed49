/* A paragraph is cut at its forced breaks; each stretch becomes atoms, is broken as a whole and
 * set line by line. Rules are bent only when a stretch cannot be set within them: then words may
 * break anywhere, at a cost that keeps such breaks few, and each is told. */
#include "plan/para.h"

#include <assert.h>
#include <string.h>

#include "plan/justify.h"
#include "plan/linebreak.h"

enum {
    CELL_STRETCH_EM = 8, /* TAB-07: narrower cells are never stretched */
    CELL_BASIC_EM = 3,   /* TAB-08: narrower cells keep to the basic level */
};

struct stretch {
    struct bx_para_context *context;
    const struct bx_para_spec *spec;
    const struct bx_piece *pieces;
    const char *text;
    struct bx_atoms atoms;
    int *penalties;
    enum bx_break_level level;
    struct bx_breaker breaker;
};

struct joined {
    char *text;
    int len;
    int *ends;
};

static struct joined
join_pieces(struct bx_para_context *context, const struct bx_piece *pieces, int piece_count)
{
    size_t len = 0;
    for (int i = 0; i < piece_count; i++)
        len += (size_t)pieces[i].len;
    assert(len < INT32_MAX);
    struct joined joined = {
        .text = BX_NEW_ARRAY(context->arena, char, len + 1),
        .ends = BX_NEW_ARRAY(&context->scratch, int, (size_t)piece_count),
    };
    for (int i = 0; i < piece_count; i++) {
        memcpy(joined.text + joined.len, pieces[i].text, (size_t)pieces[i].len);
        joined.len += pieces[i].len;
        joined.ends[i] = joined.len;
    }
    return joined;
}

static bool is_ragged(const struct bx_para_spec *spec)
{
    if (spec->align == BX_ALIGN_DISTRIBUTE)
        return false;
    bool is_narrow_cell = spec->is_cell && spec->measure < CELL_STRETCH_EM * spec->em;
    return spec->align != BX_ALIGN_JUSTIFY || is_narrow_cell;
}

static void prepare(struct stretch *s, bool is_first)
{
    const struct bx_para_spec *spec = s->spec;
    struct bx_arena *scratch = &s->context->scratch;
    s->penalties = BX_NEW_ARRAY(scratch, int, (size_t)s->atoms.count + 1);
    s->level = spec->rules->level;
    if (spec->is_cell && spec->measure < CELL_BASIC_EM * spec->em && s->level > BX_BREAK_BASIC)
        s->level = BX_BREAK_BASIC;
    s->breaker = (struct bx_breaker){
        .atoms = &s->atoms,
        .rules = spec->rules,
        .sums = bx_sums_build(scratch, &s->atoms, spec->rules),
        .penalties = s->penalties,
        .measure = spec->measure,
        .first_indent = is_first ? spec->indent : 0,
        .em = spec->em,
        .align = spec->align,
        .is_ragged = is_ragged(spec),
    };
}

static int choose_breaks(struct stretch *s, int **breaks)
{
    struct bx_arena *scratch = &s->context->scratch;
    bool is_overfull;
    for (int pass = BX_PASS_RULES;; pass++) {
        bx_breaks_find(s->penalties, &s->atoms, s->text, s->spec->rules, s->level,
                       (enum bx_break_pass)pass);
        int count = bx_breaks_choose(breaks, &is_overfull, scratch, &s->breaker);
        if (!is_overfull || pass == BX_PASS_RESORT)
            return count;
    }
}

/* The ideographic centre of a run's face above its baseline. A face without ideographs stands on
 * the baseline of its role's own face. */
static bx_len centre_of(const struct stretch *s, const struct bx_atom *atom)
{
    const struct bx_font *font = atom->font;
    if (!font->has_han)
        font = bx_fontset_first(s->context->fonts, s->pieces[atom->piece].role);
    return bx_font_centre(font, atom->size);
}

static bool shares_run(const struct bx_atom *a, const struct bx_atom *b)
{
    return a->font == b->font && a->size == b->size && a->piece == b->piece &&
           a->scale_x_1000 == 1000 && b->scale_x_1000 == 1000;
}

/* Writes the glyphs of one atom at its place; `end` is where the next atom's box starts. */
static void emit_atom(struct bx_run *run,
                      struct bx_glyph *glyphs,
                      const struct stretch *s,
                      const struct bx_atom *atom,
                      bx_len at,
                      bx_len end,
                      int text_at)
{
    bx_len pen = at;
    for (int i = 0; i < atom->glyph_count; i++) {
        struct bx_glyph g = s->atoms.glyphs[atom->glyph_at + i];
        bool is_last = i + 1 == atom->glyph_count;
        int next_at = is_last ? atom->text_at + atom->text_len
                              : s->atoms.glyphs[atom->glyph_at + i + 1].text_at;
        g.dx += atom->draw_dx;
        g.advance = is_last ? end - pen : g.advance;
        g.text_len = next_at - g.text_at;
        g.text_at -= text_at;
        pen += g.advance;
        glyphs[run->glyph_count++] = g;
    }
}

/* Turns atoms first .. last of a set line into runs. */
static void emit_runs(struct bx_line *line,
                      const struct stretch *s,
                      const struct bx_span_measure *m,
                      const struct bx_set_line *set,
                      bx_len end)
{
    struct bx_arena *arena = s->context->arena;
    const struct bx_atom *items = s->atoms.items;
    int glyph_count = 0, run_count = 0;
    for (int i = m->first; i <= m->last; i++) {
        glyph_count += items[i].glyph_count;
        run_count += i == m->first || !shares_run(&items[i - 1], &items[i]);
    }
    struct bx_glyph *glyphs = BX_NEW_ARRAY(arena, struct bx_glyph, (size_t)glyph_count + 1);
    line->runs = BX_NEW_ARRAY(arena, struct bx_run, (size_t)run_count);
    struct bx_run *run = NULL;
    for (int i = m->first; i <= m->last; i++) {
        const struct bx_atom *atom = &items[i];
        bx_len at = set->at[i - m->first];
        if (i == m->first || !shares_run(&items[i - 1], atom)) {
            run = &line->runs[line->run_count++];
            *run = (struct bx_run){
                .font = atom->font,
                .size = atom->size,
                .x = at,
                .y = centre_of(s, atom),
                .scale_x_1000 = atom->scale_x_1000,
                .glyphs = glyphs,
                .text = s->text + atom->text_at,
                .colour = s->spec->ink,
                .element = s->pieces[atom->piece].element,
            };
        }
        bx_len next = i < m->last ? set->at[i + 1 - m->first] : end;
        int before = run->glyph_count;
        emit_atom(run, glyphs - before, s, atom, at, next, (int)(run->text - s->text));
        glyphs += run->glyph_count - before;
        run->text_len = atom->text_at + atom->text_len - (int)(run->text - s->text);
    }
}

static void set_line(struct bx_line *line, const struct stretch *s, int start, int end)
{
    const struct bx_para_spec *spec = s->spec;
    struct bx_span_measure m;
    struct bx_set_line set;
    bool is_last = end == s->atoms.count;
    bx_len indent = start == 0 ? s->breaker.first_indent : 0;
    bx_span_measure(&m, &s->breaker, start, end);
    bx_line_justify(&set, &s->context->scratch, &s->breaker, &m, indent, spec->measure - indent,
                    is_last);
    *line = (struct bx_line){
        .left = set.at[0],
        .right = set.right,
        .natural = m.natural,
        .gap_extra = set.gap_extra,
        .is_loose = set.is_loose,
        .is_overfull = set.is_overfull,
        .is_justified = set.is_justified,
        .is_rescued = bx_breaks_is_rescue(&s->atoms, end, s->level),
        .is_emergency = !is_last && s->penalties[end] >= BX_BREAK_EMERGENCY,
        .han_count = m.chars,
        .text_at = s->atoms.items[m.first].text_at,
    };
    const struct bx_atom *last = &s->atoms.items[m.last];
    line->text_len = last->text_at + last->text_len - line->text_at;
    emit_runs(line, s, &m, &set, set.is_justified ? spec->measure : set.right);
}

/* Sets text[at .. at+len), which holds no line break, behind the lines there are. */
static void set_stretch(struct bx_para *out,
                        int *capacity,
                        struct stretch *s,
                        const struct joined *joined,
                        int at,
                        int len,
                        int piece_count)
{
    bx_atoms_build(&s->atoms, s->context, s->text, joined->len, at, len, s->pieces,
                   joined->ends, piece_count, s->spec);
    if (s->atoms.count == 0)
        return;
    prepare(s, out->line_count == 0);
    int *breaks, count = choose_breaks(s, &breaks);
    for (int i = 0, start = 0; i < count; start = breaks[i++]) {
        if (out->line_count == *capacity)
            out->lines = bx_arena_grow(s->context->arena, out->lines, out->line_count, capacity,
                                       sizeof(*out->lines));
        struct bx_line *line = &out->lines[out->line_count++];
        set_line(line, s, start, breaks[i]);
        out->width = line->right > out->width ? line->right : out->width;
    }
}

static bool check_roles(const struct bx_piece *pieces, int piece_count, struct bx_err *err)
{
    for (int i = 0; i < piece_count; i++)
        if (pieces[i].role < 0)
            return bx_fail(err, BX_E_FONT, "", pieces[i].where ? pieces[i].where : "",
                           "a text names a role that fonts/roles.xml does not have");
    return true;
}

bool bx_para_build(struct bx_para *out,
                   struct bx_para_context *context,
                   const struct bx_piece *pieces,
                   int piece_count,
                   const struct bx_para_spec *spec,
                   struct bx_err *err)
{
    assert(spec->measure > 0 && spec->em > 0);
    *out = (struct bx_para){.text = ""};
    if (!check_roles(pieces, piece_count, err))
        return false;
    bx_arena_reset(&context->scratch);
    if (piece_count == 0)
        return true;
    struct joined joined = join_pieces(context, pieces, piece_count);
    struct stretch s = {
        .context = context,
        .spec = spec,
        .pieces = pieces,
        .text = joined.text,
    };
    out->text = joined.text;
    int capacity = 0;
    for (int at = 0; at < joined.len;) {
        const char *newline = memchr(joined.text + at, '\n', (size_t)(joined.len - at));
        int len = newline ? (int)(newline - joined.text) - at : joined.len - at;
        set_stretch(out, &capacity, &s, &joined, at, len, piece_count);
        at += len + 1;
    }
    return true;
}

/* The widest piece between two legal breaks, squeezed. */
static bx_len widest_unit(const struct stretch *s)
{
    bx_len widest = 0;
    for (int start = 0, end = 1; end <= s->atoms.count; end++) {
        if (s->penalties[end] >= BX_BREAK_RESORT)
            continue;
        struct bx_span_measure m;
        bx_span_measure(&m, &s->breaker, start, end);
        bx_len width = m.natural - m.shrink[1];
        for (int k = 2; k <= BX_SHRINK_STEPS; k++)
            width -= m.shrink[k];
        widest = width > widest ? width : widest;
        start = end;
    }
    return widest;
}

bool bx_para_widths(bx_len *least,
                    bx_len *most,
                    struct bx_para_context *context,
                    const struct bx_piece *pieces,
                    int piece_count,
                    const struct bx_para_spec *spec,
                    struct bx_err *err)
{
    *least = *most = 0;
    if (!check_roles(pieces, piece_count, err))
        return false;
    bx_arena_reset(&context->scratch);
    if (piece_count == 0)
        return true;
    struct joined joined = join_pieces(context, pieces, piece_count);
    struct stretch s = {
        .context = context, .spec = spec, .pieces = pieces, .text = joined.text};
    for (int at = 0; at < joined.len;) {
        const char *newline = memchr(joined.text + at, '\n', (size_t)(joined.len - at));
        int len = newline ? (int)(newline - joined.text) - at : joined.len - at;
        bx_atoms_build(&s.atoms, context, joined.text, joined.len, at, len, pieces, joined.ends,
                       piece_count, spec);
        if (s.atoms.count > 0) {
            prepare(&s, at == 0);
            bx_breaks_find(s.penalties, &s.atoms, s.text, spec->rules, s.level, BX_PASS_RULES);
            struct bx_span_measure m;
            bx_span_measure(&m, &s.breaker, 0, s.atoms.count);
            bx_len widest = widest_unit(&s);
            *least = widest > *least ? widest : *least;
            *most = m.natural > *most ? m.natural : *most;
        }
        at += len + 1;
    }
    return true;
}

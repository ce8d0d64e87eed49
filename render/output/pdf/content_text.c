#include "output/pdf/content_state.h"

#include <stdlib.h>
#include <string.h>

/* Text operators. The display list counts 1/1024 pt, a PDF decimals of a point, and a reader
 * moves its pen by rounded widths. So the pen is followed here exactly as a reader moves it, in
 * nanopoints of what was written, and put right as soon as it is off by more than a tolerance:
 * errors never add up. Constant gaps of a justified line are said once, as character spacing. */

#define NANO_PER_MILLI 1000000 /* nanopoints in 1/1000 pt */
#define NANO_PER_CENTI 10000000
#define TOLERANCE_NANO 8000000 /* 0.008 pt, 3 um: half of 1/1000 em at 16 pt */
#define ALIKE_NANO     2000000 /* gaps that differ by rounding only: 2 units of the list */

static const struct bx_pdf_code *codes_of(const struct bx_pdf_content *c)
{
    return (const struct bx_pdf_code *)(const void *)c->codes.data; /* malloc's alignment */
}

static void flush_string(struct bx_pdf_content *c)
{
    if (c->string.len == 0)
        return;
    bx_buf_add_text(c->out, c->has_adjustments ? "[(" : "(");
    bx_buf_add(c->out, c->string.data, c->string.len);
    bx_buf_add_text(c->out, c->has_adjustments ? ")]TJ\n" : ")Tj\n");
    bx_buf_clear(&c->string);
    c->has_adjustments = false;
}

/* Two bytes as they are: a third smaller than hexadecimal digits once deflated. */
static void add_code(struct bx_pdf_content *c, uint32_t code)
{
    char bytes[2] = {(char)(code >> 8), (char)(code & 0xFF)};
    for (int i = 0; i < 2; i++) {
        if (bytes[i] == '\r') { /* bare, it would be read as a line feed */
            bx_buf_add_text(&c->string, "\\r");
            continue;
        }
        if (bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\')
            bx_buf_add_byte(&c->string, '\\');
        bx_buf_add_byte(&c->string, bytes[i]);
    }
}

static void set_font(struct bx_pdf_content *c, const struct bx_run *run, int face)
{
    int font = 2 * face + run->is_vertical;
    int64_t size = bx_pdf_milli(run->size);
    if (font != c->font || size != c->size) {
        flush_string(c);
        bx_buf_printf(c->out, "/%c%d ", run->is_vertical ? 'V' : 'F', face);
        bx_pdf_add_milli(c->out, size);
        bx_buf_add_text(c->out, " Tf\n");
    }
    c->font = font;
    c->size = size;
    if (run->scale_x_1000 != c->scale) {
        flush_string(c);
        c->scale = run->scale_x_1000;
        bx_pdf_add_milli(c->out, 100 * c->scale);
        bx_buf_add_text(c->out, " Tz\n");
    }
}

static void set_spacing(struct bx_pdf_content *c, int64_t spacing)
{
    if (spacing == c->spacing)
        return;
    c->spacing = spacing;
    bx_pdf_add_milli(c->out, spacing);
    bx_buf_add_text(c->out, " Tc\n");
}

static int64_t nano_from_len(int64_t len)
{
    return (len * 1953125 + (len < 0 ? -1 : 1)) / 2; /* 1e9 / 1024 */
}

static int64_t round_nano(int64_t nano, int64_t unit)
{
    return (2 * nano + (nano < 0 ? -unit : unit)) / (2 * unit);
}

/* Where the reader's pen must stand for a glyph, given the place of its horizontal origin:
 * along and across the line, y down. */
struct pen_place {
    int64_t along, across;
};

static struct pen_place place_glyph(const struct bx_pdf_content *c,
                                    const struct bx_run *run,
                                    bx_len at,
                                    const struct bx_glyph *g,
                                    int width)
{
    if (!run->is_vertical)
        return (struct pen_place){.along = nano_from_len((int64_t)run->x + at + g->dx),
                                  .across = nano_from_len((int64_t)run->y + g->dy)};
    return (struct pen_place){
        .along = nano_from_len((int64_t)run->y + at + g->dy) - BX_PDF_ORIGIN_Y * c->size * 1000,
        .across = nano_from_len((int64_t)run->x + g->dx) + width * c->size * c->scale / 2,
    };
}

/* How far a reader moves its pen for one code, without spacing. */
static int64_t reader_advance(const struct bx_pdf_content *c, bool is_vertical, int width)
{
    return is_vertical ? c->size * NANO_PER_MILLI : width * c->size * c->scale;
}

/* The gap behind most glyphs of a run, 1/1000 pt of text space; 0 when there is none. Distinct
 * gaps are few: the pitch of a line, squeezed marks, stretched spaces. */
static int64_t find_spacing(const struct bx_pdf_content *c, const struct bx_run *run)
{
    enum {
        KIND_MAX = 8
    };
    int64_t gaps[KIND_MAX];
    int counts[KIND_MAX], kind_count = 0, best = 0;
    for (int i = 0; i + 1 < run->glyph_count; i++) {
        const struct bx_glyph *g = &run->glyphs[i];
        int width = codes_of(c)[i].width;
        bx_len shift = run->is_vertical ? g[1].dy - g->dy : g[1].dx - g->dx;
        int64_t gap = nano_from_len((int64_t)g->advance + shift) -
                      reader_advance(c, run->is_vertical, width);
        int k = 0;
        while (k < kind_count && llabs(gaps[k] - gap) > ALIKE_NANO)
            k++;
        if (k == KIND_MAX)
            continue;
        if (k == kind_count) {
            gaps[k] = gap;
            counts[k] = 0;
            kind_count++;
        }
        if (++counts[k] > counts[best])
            best = k;
    }
    if (kind_count == 0)
        return c->spacing; /* one glyph: whatever is set */
    int64_t unit = run->is_vertical ? NANO_PER_MILLI : (int64_t)c->scale * 1000;
    int64_t spacing = round_nano(gaps[best], unit);
    return run->is_vertical ? -spacing : spacing;
}

/* Starts a text line so that the pen stands at the place, rounded to 1/100 pt. */
static void move_line(struct bx_pdf_content *c, const struct pen_place *place, bool is_vertical)
{
    flush_string(c);
    int64_t x = 10 * round_nano(is_vertical ? place->across : place->along, NANO_PER_CENTI);
    int64_t y = 10 * round_nano(is_vertical ? place->along : place->across, NANO_PER_CENTI);
    bx_pdf_add_milli(c->out, x - c->line_x);
    bx_buf_add_byte(c->out, ' ');
    bx_pdf_add_milli(c->out, c->line_y - y);
    bx_buf_add_text(c->out, " Td\n");
    c->line_x = x;
    c->line_y = y;
    c->pen = (is_vertical ? y : x) * NANO_PER_MILLI;
    c->across = place->across;
    c->is_placed = true;
    c->is_vertical = is_vertical;
}

/* May the next glyph follow the one before without a move? Inside a run the pen is put right
 * along the line; a run goes on behind another where it happens to stand. */
static bool is_at(const struct bx_pdf_content *c,
                  const struct pen_place *place,
                  const struct bx_run *run,
                  bool is_inside)
{
    return c->is_placed && c->is_vertical == run->is_vertical &&
           llabs(place->across - c->across) <= ALIKE_NANO / 2 &&
           (is_inside || llabs(place->along - c->pen) <= TOLERANCE_NANO);
}

/* Puts the pen right along the line, in 1/1000 em, or tenths of it where whole ones are too
 * coarse. Positive numbers move left, or down in vertical writing (ISO 32000-1 table 109). */
static void adjust_pen(struct bx_pdf_content *c, int64_t along, bool is_vertical)
{
    int64_t off = along - c->pen;
    if (llabs(off) <= TOLERANCE_NANO)
        return;
    int64_t unit = is_vertical ? c->size * 1000 : c->size * c->scale; /* 1/1000 em */
    int64_t tenths = 10 * round_nano(off, unit);
    if (llabs(off - tenths / 10 * unit) > TOLERANCE_NANO)
        tenths = round_nano(10 * off, unit);
    if (tenths == 0)
        return;
    c->pen += tenths * unit / 10;
    c->has_adjustments = true;
    bx_buf_add_byte(&c->string, ')');
    bx_pdf_add_milli(&c->string, 100 * (is_vertical ? tenths : -tenths));
    bx_buf_add_byte(&c->string, '(');
}

/* Draws glyph i, whose pen stands `at` behind the run's. */
static void
show_glyph(struct bx_pdf_content *c, const struct bx_run *run, bx_len at, int i, bool is_inside)
{
    const struct bx_pdf_code *code = &codes_of(c)[i];
    struct pen_place place = place_glyph(c, run, at, &run->glyphs[i], code->width);
    set_font(c, run, code->face);
    if (!is_at(c, &place, run, is_inside))
        move_line(c, &place, run->is_vertical);
    else if (is_inside)
        adjust_pen(c, place.along, run->is_vertical);
    add_code(c, code->code);
    int64_t spacing =
        run->is_vertical ? -c->spacing * NANO_PER_MILLI : c->spacing * c->scale * 1000;
    c->pen += reader_advance(c, run->is_vertical, code->width) + spacing;
}

/* Draws glyphs [first, last), which start `at` behind the run's pen; gives where they end. */
static bx_len
show_glyphs(struct bx_pdf_content *c, const struct bx_run *run, int first, int last, bx_len at)
{
    bx_pdf_set_colour(c, &run->colour);
    set_font(c, run, codes_of(c)[first].face);
    set_spacing(c, find_spacing(c, run));
    for (int i = first; i < last; i++) {
        show_glyph(c, run, at, i, i > first);
        at += run->glyphs[i].advance;
    }
    flush_string(c);
    return at;
}

/* Do the n glyphs of the cluster at i say something else than its text? */
static bool needs_actual(const struct bx_pdf_content *c, int i, int n)
{
    for (int k = i; k < i + n; k++)
        if (codes_of(c)[k].is_actual)
            return true;
    return false;
}

/* A run in stretches of clusters that need ActualText or do not. */
void bx_pdf_draw_run(struct bx_pdf_content *c, const struct bx_run *run)
{
    bx_buf_clear(&c->codes);
    for (int i = 0; i < run->glyph_count; i++) {
        struct bx_pdf_code code = bx_pdf_fonts_code(&c->pdf->fonts, run, i);
        bx_buf_add(&c->codes, &code, sizeof(code));
    }

    bx_len at = 0;
    for (int i = 0; i < run->glyph_count;) {
        int n = bx_pdf_cluster_len(run, i), first = i;
        bool is_actual = needs_actual(c, i, n);
        int text_at = run->glyphs[i].text_at, text_end = text_at;
        do {
            text_end = run->glyphs[i].text_at + run->glyphs[i].text_len;
            i += n;
            n = i < run->glyph_count ? bx_pdf_cluster_len(run, i) : 0;
        } while (n > 0 && needs_actual(c, i, n) == is_actual);

        if (is_actual)
            bx_pdf_begin_actual(c, run->element, run->text + text_at, text_end - text_at);
        else
            bx_pdf_begin_sequence(c, run->element, true);
        at = show_glyphs(c, run, first, i, at);
        if (is_actual)
            bx_pdf_end_actual(c, run->element);
    }
}

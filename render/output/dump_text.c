#include "output/dump_text.h"

#include <stdint.h>
#include <string.h>

#include "plan/structure.h"

void bx_dump_escape(struct bx_buf *out, const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '\n')
            bx_buf_add_text(out, "\\n");
        else if (*at == '\t')
            bx_buf_add_text(out, "\\t");
        else if (*at == '\\')
            bx_buf_add_text(out, "\\\\");
        else if (*at < 0x20 || *at == 0x7F)
            bx_buf_printf(out, "\\x%02x", *at);
        else
            bx_buf_add_byte(out, (char)*at);
    }
}

void bx_dump_string(struct bx_buf *out, const char *text)
{
    bx_buf_add_byte(out, ' ');
    bx_dump_escape(out, text ? text : "-");
}

void bx_dump_field(struct bx_buf *out, int depth, const char *name, const char *text)
{
    if (!text)
        return;
    bx_buf_printf(out, "%*s%s", 2 * depth, "", name);
    bx_dump_string(out, text);
    bx_buf_add_byte(out, '\n');
}

void bx_dump_element(struct bx_buf *out, int element)
{
    if (element >= 0)
        bx_buf_printf(out, " e%d", element);
    else if (element == BX_ARTIFACT_LAYOUT)
        bx_buf_add_text(out, " layout");
    else if (element == BX_ARTIFACT_PAGINATION)
        bx_buf_add_text(out, " pagination");
    else
        bx_buf_add_text(out, " repeat");
}

void bx_dump_rect(struct bx_buf *out, struct bx_rect rect)
{
    bx_buf_printf(out, " %d %d %d %d", rect.x, rect.y, rect.w, rect.h);
}

void bx_dump_colour(struct bx_buf *out, struct bx_colour colour)
{
    if (colour.is_gray)
        bx_buf_printf(out, " %d", colour.r);
    else
        bx_buf_printf(out, " %d,%d,%d", colour.r, colour.g, colour.b);
}

void bx_dump_spans(struct bx_buf *out, const struct bx_text *text)
{
    for (int i = 0; i < text->span_count; i++) {
        const struct bx_span *span = &text->spans[i];
        if (i > 0)
            bx_buf_add_text(out, " |");
        if (span->role)
            bx_buf_printf(out, " %s:", span->role);
        bx_dump_string(out, span->text);
    }
}

const char *bx_dump_align(enum bx_align align)
{
    switch (align) {
    case BX_ALIGN_LEFT:
        return "left";
    case BX_ALIGN_CENTER:
        return "center";
    case BX_ALIGN_RIGHT:
        return "right";
    case BX_ALIGN_JUSTIFY:
        return "justify";
    case BX_ALIGN_DISTRIBUTE:
        return "distribute";
    }
    return "?";
}

static bool is_placed_alike(const struct bx_glyph *a, const struct bx_glyph *b)
{
    return a->advance == b->advance && a->dx == b->dx && a->dy == b->dy;
}

static void add_advances(struct bx_buf *out, const struct bx_run *run)
{
    int next;
    for (int i = 0; i < run->glyph_count; i = next) {
        const struct bx_glyph *glyph = &run->glyphs[i];
        for (next = i + 1; next < run->glyph_count; next++)
            if (!is_placed_alike(glyph, &run->glyphs[next]))
                break;
        bx_buf_add_byte(out, i ? ',' : ' ');
        if (next - i > 1)
            bx_buf_printf(out, "%d*", next - i);
        bx_buf_printf(out, "%d", glyph->advance);
        if (glyph->dx || glyph->dy)
            bx_buf_printf(out, "@%d;%d", glyph->dx, glyph->dy);
    }
}

/* FNV-1a, 32 bits, of little-endian bytes: the same on every machine. */
static uint32_t mix(uint32_t sum, uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        sum = (sum ^ (value >> shift & 0xFF)) * 16777619u;
    return sum;
}

static uint32_t glyph_sum(const struct bx_run *run)
{
    uint32_t sum = 2166136261u;
    for (int i = 0; i < run->glyph_count; i++) {
        sum = mix(sum, run->glyphs[i].index);
        sum = mix(sum, (uint32_t)run->glyphs[i].text_at);
        sum = mix(sum, (uint32_t)run->glyphs[i].text_len);
    }
    return sum;
}

void bx_dump_run(struct bx_buf *out, const struct bx_run *run, int depth)
{
    const char *face = run->font->postscript;
    bx_buf_printf(out, "%*srun %d %d %d", 2 * depth, "", run->x, run->y, run->size);
    bx_dump_string(out, face && face[0] ? face : NULL);
    bx_dump_element(out, run->element);
    if (run->is_vertical)
        bx_buf_add_text(out, " vertical");
    if (run->scale_x_1000 != 1000)
        bx_buf_printf(out, " scale %d", run->scale_x_1000);
    if (!run->colour.is_gray || run->colour.r != 0) {
        bx_buf_add_text(out, " colour");
        bx_dump_colour(out, run->colour);
    }
    add_advances(out, run);
    bx_buf_printf(out, " #%08x ", glyph_sum(run));
    /* The text is exactly text_len bytes; what lies behind it is not ours. */
    struct bx_buf text = {0};
    bx_buf_add(&text, run->text, (size_t)run->text_len);
    bx_dump_escape(out, text.data);
    bx_buf_fini(&text);
    bx_buf_add_byte(out, '\n');
}

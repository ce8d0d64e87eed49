/* An upright label: characters from top to bottom in the middle of its column.
 *
 * The shaper places each character by the measured box of its face and gives 、 its vertical
 * form. The text stays one word, in one run unless a face lacks a character. */
#include "plan/table_work.h"

#include <string.h>

#include "base/utf8.h"
#include "font/shape.h"

static const char *join_pieces(struct bx_arena *arena, const struct bx_cell_work *cell)
{
    const char *text = "";
    for (int i = 0; i < cell->piece_count; i++)
        text =
            bx_arena_printf(arena, "%s%.*s", text, cell->pieces[i].len, cell->pieces[i].text);
    return text;
}

/* The end of the stretch from `at` that one face holds, all of the text as a rule; NULL for the
 * face of characters that none holds (the cell was measured as a paragraph, which told so). */
static int find_face(
    const struct bx_font **font, struct bx_fontset *fonts, int role, const char *text, int at)
{
    int next = at;
    uint32_t code_point = bx_utf8_next(text, &next);
    bool is_fallback;
    *font = bx_fontset_pick(fonts, role, &code_point, 1, &is_fallback);
    while (text[next]) {
        at = next;
        code_point = bx_utf8_next(text, &next);
        if (bx_fontset_pick(fonts, role, &code_point, 1, &is_fallback) != *font)
            return at;
    }
    return next;
}

/* Shapes a stretch in the run's face and returns how far the pen went. */
static bx_len fill_run(struct bx_run *run, struct bx_arena *arena, const char *text, int len)
{
    struct bx_shaped *shaped;
    int count = bx_shape(&shaped, arena, run->font, text, len, 0, len, BX_SHAPE_VERTICAL);
    struct bx_glyph *glyphs = BX_NEW_ARRAY(arena, struct bx_glyph, (size_t)count + 1);
    bx_len length = 0;
    int first = 0; /* glyph of the cluster, which stands for its text */
    for (int i = 0; i < count; i++) {
        glyphs[i] = (struct bx_glyph){
            .index = shaped[i].glyph,
            .dx = bx_font_len(run->font, shaped[i].dx, run->size),
            .dy = -bx_font_len(run->font, shaped[i].dy, run->size),
            .advance = bx_font_len(run->font, shaped[i].advance, run->size),
            .text_at = shaped[i].text_at,
        };
        length += glyphs[i].advance;
        if (glyphs[i].text_at != glyphs[first].text_at) {
            glyphs[first].text_len = glyphs[i].text_at - glyphs[first].text_at;
            first = i;
        }
    }
    glyphs[first].text_len = len - glyphs[first].text_at;
    run->glyphs = glyphs;
    run->glyph_count = count;
    run->text = text;
    run->text_len = len;
    return length;
}

bx_len bx_vertical_set(struct bx_para *out,
                       const struct bx_table_work *work,
                       const struct bx_cell_work *cell)
{
    struct bx_arena *arena = work->context->arena;
    const struct bx_piece *piece = &cell->pieces[0];
    const char *text = join_pieces(arena, cell);
    int len = (int)strlen(text);
    struct bx_line *line = BX_NEW(arena, struct bx_line);
    line->runs = BX_NEW_ARRAY(arena, struct bx_run, (size_t)len + 1);
    bx_len y = 0;
    for (int at = 0; at < len;) {
        struct bx_run *run = &line->runs[line->run_count];
        *run = (struct bx_run){
            .size = piece->size,
            .y = y,
            .is_vertical = true,
            .scale_x_1000 = 1000,
            .colour = work->ink,
            .element = cell->element,
        };
        int to = find_face(&run->font, work->context->fonts, piece->role, text, at);
        if (run->font) {
            y += fill_run(run, arena, text + at, to - at);
            line->run_count++;
        }
        at = to;
    }
    line->left = -cell->em / 2;
    line->right = line->left + cell->em;
    line->natural = cell->em;
    line->han_count = bx_utf8_count(text, len);
    line->text_len = len;
    *out = (struct bx_para){.lines = line, .line_count = 1, .text = text, .width = line->right};
    return y;
}

/* An upright label: characters from top to bottom in the middle of its column.
 *
 * Each character has an em box of its own, one under the other, and is placed by the measured
 * ideographic centre of its face, as characters of horizontal lines are: the vertical metrics of
 * the face are not asked, since they disagree with its ink as the horizontal ones do. 、 takes
 * its vertical form, whose ink lies at the upper right of the box. The text stays one word. */
#include "plan/table_work.h"

#include "base/utf8.h"
#include "font/shape.h"

static const char *
join_pieces(struct bx_arena *arena, const struct bx_cell_work *cell, int *len)
{
    *len = 0;
    for (int i = 0; i < cell->piece_count; i++)
        *len += cell->pieces[i].len;
    char *text = BX_NEW_ARRAY(arena, char, (size_t)*len + 1);
    int at = 0;
    for (int i = 0; i < cell->piece_count; i++)
        for (int k = 0; k < cell->pieces[i].len; k++)
            text[at++] = cell->pieces[i].text[k];
    return text;
}

/* The end of the stretch from `at` that one face holds, all of the text as a rule; NULL for the
 * face of a character that none holds (the cell was measured as a paragraph, which told so). */
static int find_face(const struct bx_font **font,
                     struct bx_fontset *fonts,
                     int role,
                     const char *text,
                     int len,
                     int at)
{
    int next = at;
    uint32_t code_point = bx_utf8_next(text, &next);
    bool is_fallback;
    *font = bx_fontset_pick(fonts, role, &code_point, 1, &is_fallback);
    while (*font && next < len) {
        at = next;
        code_point = bx_utf8_next(text, &next);
        if (bx_fontset_pick(fonts, role, &code_point, 1, &is_fallback) != *font)
            return at;
    }
    return next;
}

static int cluster_end(const struct bx_shaped *shaped, int count, int i, int len)
{
    for (int k = i + 1; k < count; k++)
        if (shaped[k].text_at > shaped[i].text_at)
            return shaped[k].text_at;
    return len;
}

static int fill_run(struct bx_run *run,
                    const struct bx_table_work *work,
                    const struct bx_cell_work *cell,
                    const char *text,
                    int from,
                    int to)
{
    struct bx_arena *arena = work->context->arena;
    struct bx_shaped *shaped;
    int len = to - from;
    int count =
        bx_shape(&shaped, arena, run->font, text + from, len, 0, len, BX_SHAPE_VERTICAL);
    struct bx_glyph *glyphs = BX_NEW_ARRAY(arena, struct bx_glyph, (size_t)count + 1);
    bx_len down = cell->em / 2 + bx_font_centre(run->font, run->size);
    int boxes = 0;
    for (int i = 0; i < count; i++) {
        bool is_first = i == 0 || shaped[i].text_at != shaped[i - 1].text_at;
        boxes += is_first;
        glyphs[i] = (struct bx_glyph){
            .index = shaped[i].glyph,
            .dx = bx_font_len(run->font, shaped[i].dx, run->size),
            .dy = is_first ? down : down - cell->em,
            .advance = is_first ? cell->em : 0,
            .text_at = shaped[i].text_at,
            .text_len = is_first ? cluster_end(shaped, count, i, len) - shaped[i].text_at : 0,
        };
    }
    run->glyphs = glyphs;
    run->glyph_count = count;
    run->text = text + from;
    run->text_len = len;
    return boxes;
}

void bx_vertical_set(struct bx_para *out,
                     const struct bx_table_work *work,
                     const struct bx_cell_work *cell,
                     bx_len measure)
{
    struct bx_arena *arena = work->context->arena;
    const struct bx_piece *piece = cell->piece_count > 0 ? &cell->pieces[0] : NULL;
    int len;
    const char *text = join_pieces(arena, cell, &len);
    *out = (struct bx_para){.text = text};
    if (len == 0)
        return;

    struct bx_line *line = BX_NEW(arena, struct bx_line);
    line->runs = BX_NEW_ARRAY(arena, struct bx_run, (size_t)len);
    bx_len y = 0;
    for (int at = 0; at < len;) {
        struct bx_run *run = &line->runs[line->run_count];
        *run = (struct bx_run){
            .size = piece->size,
            .x = measure / 2,
            .y = y,
            .is_vertical = true,
            .scale_x_1000 = 1000,
            .colour = work->ink,
            .element = cell->element,
        };
        int to = find_face(&run->font, work->context->fonts, piece->role, text, len, at);
        if (run->font) {
            y += fill_run(run, work, cell, text, at, to) * cell->em;
            line->run_count++;
        }
        at = to;
    }
    line->left = measure / 2 - cell->em / 2;
    line->right = line->left + cell->em;
    line->natural = cell->em;
    line->han_count = bx_utf8_count(text, len);
    line->text_len = len;
    *out = (struct bx_para){.lines = line, .line_count = 1, .text = text, .width = line->right};
}

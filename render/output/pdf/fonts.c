#include "output/pdf/fonts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "output/pdf/font_kept.h"

#define CODE_MAX 65535 /* CIDs, ISO 19005-2 6.1.13 */

int bx_pdf_cluster_len(const struct bx_run *run, int i)
{
    int n = 1;
    while (i + n < run->glyph_count && run->glyphs[i + n].text_len == 0)
        n++;
    return n;
}

/* The part of its cluster's text that a glyph stands for. Several glyphs of a cluster share it: a
 * code point each, the last one the rest; one that is left over stands for nothing. Read one after
 * another they give the text again, whatever the reader knows of clusters. */
static void split_cluster(const struct bx_run *run, int i, const char **text, int *len)
{
    int first = i;
    while (first > 0 && run->glyphs[first].text_len == 0)
        first--;
    int at = run->glyphs[first].text_at, end = at + run->glyphs[first].text_len;
    for (int k = first; k < i && at < end; k++)
        bx_utf8_next(run->text, &at);
    *text = run->text + at;
    *len = end - at;
    bool is_last = i + 1 == run->glyph_count || run->glyphs[i + 1].text_len > 0;
    if (!is_last && at < end) {
        int next = at;
        bx_utf8_next(run->text, &next);
        *len = next - at;
    }
}

/* The first subset of a face. */
static int find_face(const struct bx_pdf_fonts *fonts, const struct bx_font *font)
{
    for (int i = 0; i < fonts->face_count; i++)
        if (fonts->faces[i].font == font)
            return i;
    return -1;
}

static int add_face(struct bx_pdf_fonts *fonts, const struct bx_font *font)
{
    if (fonts->face_count == fonts->face_capacity)
        fonts->faces = bx_arena_grow(&fonts->arena, fonts->faces, fonts->face_count,
                                     &fonts->face_capacity, sizeof(*fonts->faces));
    struct bx_pdf_face *face = &fonts->faces[fonts->face_count];
    *face = (struct bx_pdf_face){.font = font, .other = -1};
    face->slots = BX_NEW_ARRAY(&fonts->arena, uint16_t, (size_t)font->glyph_count + 1);
    return fonts->face_count++;
}

/* The place of a glyph in face->glyphs. */
static int add_glyph(struct bx_pdf_fonts *fonts, struct bx_pdf_face *face, uint32_t glyph)
{
    if (face->slots[glyph] > 0)
        return face->slots[glyph] - 1;
    int n = face->glyph_count, capacity = face->glyph_capacity;
    if (n == capacity) {
        face->glyphs =
            bx_arena_grow(&fonts->arena, face->glyphs, n, &capacity, sizeof(uint32_t));
        capacity = face->glyph_capacity;
        face->meanings =
            bx_arena_grow(&fonts->arena, face->meanings, n, &capacity, sizeof(int));
        face->glyph_capacity = capacity;
    }
    face->glyphs[n] = glyph;
    face->meanings[n] = -1;
    face->slots[glyph] = (uint16_t)(n + 1);
    return face->glyph_count++;
}

static void count_meaning(
    struct bx_pdf_fonts *fonts, struct bx_pdf_face *face, int slot, const char *text, int len)
{
    int *link = &face->meanings[slot];
    while (*link >= 0) {
        struct bx_pdf_meaning *meaning = &fonts->meanings[*link];
        if (meaning->len == len && memcmp(meaning->text, text, (size_t)len) == 0) {
            meaning->count++;
            return;
        }
        link = &meaning->next;
    }
    *link = fonts->meaning_count;
    if (fonts->meaning_count == fonts->meaning_capacity)
        fonts->meanings = bx_arena_grow(&fonts->arena, fonts->meanings, fonts->meaning_count,
                                        &fonts->meaning_capacity, sizeof(*fonts->meanings));
    fonts->meanings[fonts->meaning_count++] =
        (struct bx_pdf_meaning){.text = text, .len = len, .count = 1, .next = -1};
}

static void collect_run(struct bx_pdf_fonts *fonts, const struct bx_run *run)
{
    int n = find_face(fonts, run->font);
    if (n < 0)
        n = add_face(fonts, run->font);
    struct bx_pdf_face *face = &fonts->faces[n];
    face->is_used[run->is_vertical] = true;
    for (int i = 0; i < run->glyph_count; i++) {
        int slot = add_glyph(fonts, face, run->glyphs[i].index);
        const char *text;
        int len;
        split_cluster(run, i, &text, &len);
        count_meaning(fonts, face, slot, text, len);
    }
}

/* Takes the most frequent text of a glyph out of its list and gives the rest of it; of equals the
 * one met first. */
static int choose_meaning(struct bx_pdf_fonts *fonts, int *list)
{
    int *best = list;
    for (int *link = list; *link >= 0; link = &fonts->meanings[*link].next)
        if (fonts->meanings[*link].count > fonts->meanings[*best].count)
            best = link;
    int chosen = *best;
    *best = fonts->meanings[chosen].next;
    fonts->meanings[chosen].next = -1;
    int rest = *list;
    *list = chosen;
    return rest;
}

/* Leaves every glyph one meaning; the others go to a second subset, which does the same. */
static void choose_meanings(struct bx_pdf_fonts *fonts, int number)
{
    for (int i = 0; i < fonts->faces[number].glyph_count; i++) {
        int rest = choose_meaning(fonts, &fonts->faces[number].meanings[i]);
        if (rest < 0)
            continue;
        int other = fonts->faces[number].other;
        if (other < 0)
            other = add_face(fonts, fonts->faces[number].font);
        struct bx_pdf_face *face = &fonts->faces[number];
        face->other = other;
        int slot = add_glyph(fonts, &fonts->faces[other], face->glyphs[i]);
        fonts->faces[other].meanings[slot] = rest;
        for (int v = 0; v < 2; v++)
            fonts->faces[other].is_used[v] |= face->is_used[v];
    }
}

static int compare_glyphs(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The subset may hold more glyphs than were asked for: the parts of composite ones. */
static bool make_subset(struct bx_pdf_fonts *fonts,
                        struct bx_pdf_face *face,
                        const struct bx_pdf_kept *kept,
                        struct bx_err *err)
{
    size_t n = (size_t)face->glyph_count;
    uint32_t *sorted = BX_NEW_ARRAY(&fonts->arena, uint32_t, n);
    memcpy(sorted, face->glyphs, n * sizeof(*sorted));
    qsort(sorted, n, sizeof(*sorted), compare_glyphs);
    face->is_kept = bx_pdf_kept_take(face, kept, sorted, (int)n);
    if (!face->is_kept && !bx_subset_build(&face->subset, face->font, sorted, (int)n, err))
        return false;
    if (face->subset.glyph_count > CODE_MAX)
        return bx_fail(err, BX_E_WRITE, "", "", "%s has too many glyphs",
                       face->font->postscript);

    face->codes = BX_NEW_ARRAY(&fonts->arena, uint32_t, n);
    face->widths = BX_NEW_ARRAY(&fonts->arena, int, (size_t)face->subset.glyph_count);
    int upem = face->font->upem;
    for (int i = 0; i < face->subset.glyph_count; i++) {
        uint32_t old = face->subset.old_ids[i];
        if (face->slots[old] > 0)
            face->codes[face->slots[old] - 1] = (uint32_t)i;
        face->widths[i] = (2 * 1000 * face->subset.advances[i] + upem) / (2 * upem);
    }
    for (size_t i = 0; i < n; i++)
        assert(face->codes[i] > 0);
    return true;
}

bool bx_pdf_fonts_build(struct bx_pdf_fonts *out,
                        const struct bx_pages *pages,
                        bool has_helper,
                        const struct bx_pdf_kept *kept,
                        struct bx_err *err)
{
    for (int p = 0; p < pages->page_count; p++)
        for (int i = 0; i < pages->pages[p].mark_count; i++) {
            const struct bx_mark *mark = &pages->pages[p].marks[i];
            if (mark->kind == BX_MARK_RUN)
                collect_run(out, &mark->run);
        }
    for (int i = 0; i < out->face_count; i++) /* faces may be added behind */
        choose_meanings(out, i);
    bx_pdf_queue_open(out, has_helper); /* the faces stay where they are from here on */
    for (int i = 0; i < out->face_count; i++) {
        if (!make_subset(out, &out->faces[i], kept, err))
            return false;
        bx_pdf_queue_add(out, i + 1);
    }
    return true;
}

struct bx_pdf_code
bx_pdf_fonts_code(const struct bx_pdf_fonts *fonts, const struct bx_run *run, int i)
{
    const char *text;
    int len, number = find_face(fonts, run->font);
    split_cluster(run, i, &text, &len);
    bool is_first = true;
    for (;; is_first = false) {
        const struct bx_pdf_face *face = &fonts->faces[number];
        int slot = face->slots[run->glyphs[i].index] - 1;
        const struct bx_pdf_meaning *meaning = &fonts->meanings[face->meanings[slot]];
        if (meaning->len == len && memcmp(meaning->text, text, (size_t)len) == 0)
            return (struct bx_pdf_code){.face = number,
                                        .code = face->codes[slot],
                                        .width = face->widths[face->codes[slot]],
                                        .is_actual = !is_first || len == 0};
        number = face->other;
    }
}

void bx_pdf_fonts_fini(struct bx_pdf_fonts *fonts)
{
    bx_pdf_queue_close(fonts);
    for (int i = 0; i < fonts->face_count; i++) {
        bx_subset_fini(&fonts->faces[i].subset);
        bx_buf_fini(&fonts->faces[i].deflated);
    }
    bx_arena_fini(&fonts->arena);
    *fonts = (struct bx_pdf_fonts){0};
}

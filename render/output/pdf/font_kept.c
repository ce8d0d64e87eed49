/* One program a face, of those that are not large: a body text never has the same characters as the
 * one before. What is given is a copy, so that a file owns its programs. */
#include "output/pdf/font_kept.h"

#include <stdlib.h>
#include <string.h>

enum {
    FACES_MOST = 16,
    PROGRAM_MOST = 64 * 1024, /* bytes */
};

struct bx_pdf_kept {
    struct {
        const struct bx_font *font;
        struct bx_subset subset;
        struct bx_buf deflated;
    } faces[FACES_MOST];
    int count;
};

struct bx_pdf_kept *bx_pdf_kept_new(void)
{
    struct bx_pdf_kept *kept = calloc(1, sizeof(*kept));
    if (!kept)
        abort();
    return kept;
}

void bx_pdf_kept_free(struct bx_pdf_kept *kept)
{
    for (int i = 0; kept && i < kept->count; i++) {
        bx_subset_fini(&kept->faces[i].subset);
        bx_buf_fini(&kept->faces[i].deflated);
    }
    free(kept);
}

/* The place of a face's program, or where it would come. */
static int place_of(const struct bx_pdf_kept *kept, const struct bx_font *font)
{
    int i = 0;
    while (i < kept->count && kept->faces[i].font != font)
        i++;
    return i;
}

static void copy_lists(struct bx_subset *to, const struct bx_subset *from)
{
    size_t count = (size_t)from->glyph_count;
    to->is_cff = from->is_cff;
    to->glyph_count = from->glyph_count;
    to->old_ids = malloc(count * sizeof(*to->old_ids));
    to->advances = malloc(count * sizeof(*to->advances));
    if (!to->old_ids || !to->advances)
        abort();
    memcpy(to->old_ids, from->old_ids, count * sizeof(*to->old_ids));
    memcpy(to->advances, from->advances, count * sizeof(*to->advances));
}

static void copy_program(struct bx_subset *to,
                         struct bx_buf *to_deflated,
                         const struct bx_subset *from,
                         const struct bx_buf *deflated)
{
    copy_lists(to, from);
    bx_buf_add(&to->program, from->program.data, from->program.len);
    bx_buf_add(to_deflated, deflated->data, deflated->len);
}

/* Of a face of composite glyphs a subset may hold more than was asked for: it is made anew. */
bool bx_pdf_kept_take(struct bx_pdf_face *face,
                      const struct bx_pdf_kept *kept,
                      const uint32_t *glyphs,
                      int count)
{
    int i = kept ? place_of(kept, face->font) : 0;
    if (!kept || i == kept->count)
        return false;
    const struct bx_subset *subset = &kept->faces[i].subset;
    bool is_same = subset->glyph_count == count + 1 &&
                   memcmp(subset->old_ids + 1, glyphs, (size_t)count * sizeof(*glyphs)) == 0;
    if (is_same)
        copy_program(&face->subset, &face->deflated, subset, &kept->faces[i].deflated);
    return is_same;
}

/* Whether a face stands before it already: a second subset of it never is the same again. */
static bool is_second(const struct bx_pdf_fonts *fonts, int number)
{
    for (int i = 0; i < number; i++)
        if (fonts->faces[i].font == fonts->faces[number].font)
            return true;
    return false;
}

void bx_pdf_kept_add(struct bx_pdf_kept *kept, const struct bx_pdf_fonts *fonts)
{
    for (int k = 0; kept && k < fonts->face_count; k++) {
        const struct bx_pdf_face *face = &fonts->faces[k];
        int i = place_of(kept, face->font);
        if (face->is_kept || is_second(fonts, k) || face->subset.program.len > PROGRAM_MOST ||
            i == FACES_MOST)
            continue;
        if (i == kept->count)
            kept->faces[kept->count++].font = face->font;
        bx_subset_fini(&kept->faces[i].subset);
        bx_buf_clear(&kept->faces[i].deflated);
        copy_program(&kept->faces[i].subset, &kept->faces[i].deflated, &face->subset,
                     &face->deflated);
    }
}

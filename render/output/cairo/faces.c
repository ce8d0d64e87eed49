/* FreeType faces behind cairo's.
 *
 * cairo keeps scaled fonts in a cache of its own for longer than we live, and with them our faces;
 * a FreeType library that was closed before would leave it dangling pointers. So each face has a
 * library to itself, and both go when cairo lets go of the face. That also makes a face safe in
 * whatever thread cairo's cache drops it. */
#include "output/cairo/faces.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include <stdlib.h>
#include FT_FREETYPE_H

struct opened {
    FT_Library library;
    FT_Face face;
};

static void close_face(void *data)
{
    struct opened *opened = data;
    FT_Done_Face(opened->face);
    FT_Done_FreeType(opened->library);
    free(opened);
}

static struct opened *open_face(const struct bx_font *font, struct bx_err *err)
{
    struct opened *opened = calloc(1, sizeof(*opened));
    if (!opened)
        abort();
    if (FT_Init_FreeType(&opened->library) != 0)
        goto fail_library;
    if (FT_New_Face(opened->library, font->path, font->index, &opened->face) != 0)
        goto fail_face;
    return opened;

fail_face:
    FT_Done_FreeType(opened->library);
fail_library:
    free(opened);
    bx_fail(err, BX_E_FONT, font->path, "", "FreeType cannot open face %d", font->index);
    return NULL;
}

bool bx_cairo_faces_find(cairo_font_face_t **out,
                         struct bx_cairo_faces *faces,
                         const struct bx_font *font,
                         struct bx_err *err)
{
    static const cairo_user_data_key_t key;
    for (int i = 0; i < faces->count; i++)
        if (faces->items[i].font == font) {
            *out = faces->items[i].face;
            return true;
        }

    struct opened *opened = open_face(font, err);
    if (!opened)
        return false;
    cairo_font_face_t *face =
        cairo_ft_font_face_create_for_ft_face(opened->face, FT_LOAD_NO_HINTING);
    if (cairo_font_face_set_user_data(face, &key, opened, close_face) != CAIRO_STATUS_SUCCESS) {
        cairo_font_face_destroy(face);
        close_face(opened);
        return bx_fail(err, BX_E_FONT, font->path, "", "cairo cannot use the face");
    }
    faces->items = bx_arena_grow(&faces->arena, faces->items, faces->count, &faces->capacity,
                                 sizeof(*faces->items));
    faces->items[faces->count++] = (struct bx_cairo_face){.font = font, .face = face};
    *out = face;
    return true;
}

void bx_cairo_faces_fini(struct bx_cairo_faces *faces)
{
    for (int i = 0; i < faces->count; i++)
        cairo_font_face_destroy(faces->items[i].face);
    bx_arena_fini(&faces->arena);
    *faces = (struct bx_cairo_faces){0};
}

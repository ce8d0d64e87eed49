#include "fonts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "font/face.h"
#include "font/roles.h"

struct bx_fontset *open_fonts(const char *office_dir)
{
    struct bx_fontset *set = NULL;
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    const struct bx_fontset_options options = {FONTS_DIR, office_dir, {NULL}};
    if (!bx_fontset_new(&set, &options, &findings, &err))
        fail_msg("%s %s %s", err.file, err.where, err.what);
    bx_findings_fini(&findings);
    return set;
}

/* A font, first, and the memory it lives in. */
struct holder {
    struct bx_font font;
    struct bx_arena arena;
};

struct bx_font *open_face(const char *lock_id)
{
    struct bx_arena arena = {0};
    struct bx_roles roles;
    struct bx_err err = {0};
    assert_true(bx_roles_read(&roles, &arena, FONTS_DIR, &err));
    int i = 0;
    while (i < roles.lock_count && strcmp(roles.lock[i].id, lock_id) != 0)
        i++;
    assert_true(i < roles.lock_count);
    const char *file = roles.lock[i].file;
    const char *path =
        file[0] == '/' ? file : bx_arena_printf(&arena, "%s/%s", FONTS_DIR, file);
    hb_face_t *face = bx_face_open(path, roles.lock[i].index);
    if (!face)
        fail_msg("%s is missing: run fonts/install.sh", path);

    struct holder *holder = calloc(1, sizeof(*holder));
    assert_non_null(holder);
    const char *name = roles.lock[i].postscript;
    holder->font.path = bx_arena_strndup(&holder->arena, path, strlen(path));
    holder->font.index = roles.lock[i].index;
    holder->font.postscript = bx_arena_strndup(&holder->arena, name, strlen(name));
    bx_face_init(&holder->font, &holder->arena, face, 0);
    bx_arena_fini(&arena);
    return &holder->font;
}

void close_face(struct bx_font *font)
{
    struct holder *holder = (struct holder *)font;
    bx_face_fini(font);
    bx_arena_fini(&holder->arena);
    free(holder);
}

uint32_t find_glyph(const struct bx_font *font, uint32_t code_point)
{
    hb_codepoint_t glyph = 0;
    assert_true(hb_font_get_nominal_glyph(bx_font_hb(font), code_point, &glyph));
    assert_true(glyph > 0);
    return glyph;
}

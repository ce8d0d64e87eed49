#include "setting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

void setting_init(struct setting *s)
{
    setting_init_fonts(s, BX_SOURCE_DIR "/fonts");
}

void setting_init_fonts(struct setting *s, const char *fonts_dir)
{
    *s = (struct setting){0};
    struct bx_err err = {0};
    struct bx_fontset_options options = {.fonts_dir = fonts_dir};
    if (!bx_fontset_new(&s->fonts, &options, &s->findings, &err))
        fail_msg("pinned fonts: %s %s", err.file, err.what);
    s->context = (struct bx_para_context){
        .arena = &s->arena,
        .fonts = s->fonts,
        .findings = &s->findings,
    };
    struct bx_style *style = NULL;
    if (!bx_style_read(&style, BX_SOURCE_DIR "/layouts", "gbt9704", &err))
        fail_msg("%s %s %s", err.file, err.where, err.what);
    s->rules = style->lines;
    s->rules.keep_range = false; /* a figure range may part: cases ask for the other choice */
    bx_style_free(style);
}

void setting_fini(struct setting *s)
{
    bx_arena_fini(&s->context.scratch);
    bx_fontset_free(s->fonts);
    bx_findings_fini(&s->findings);
    bx_arena_fini(&s->arena);
}

struct bx_piece setting_piece(struct setting *s, const char *text)
{
    return (struct bx_piece){
        .text = text,
        .len = (int)strlen(text),
        .role = bx_fontset_find_role(s->fonts, "fangsong"),
        .size = EM,
        .where = "/test",
    };
}

struct bx_para_spec setting_spec(struct setting *s, int measure_em1000, int indent_em1000)
{
    return (struct bx_para_spec){
        .measure = (bx_len)((int64_t)measure_em1000 * EM / 1000),
        .em = EM,
        .indent = (bx_len)((int64_t)indent_em1000 * EM / 1000),
        .align = BX_ALIGN_JUSTIFY,
        .rules = &s->rules,
    };
}

/* The engine: what reports of one thread share.
 *
 * Layouts and fonts are read when the first report needs them: `check` never opens a font, and an
 * engine that failed can say the same again for the next report. */
#include "api.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/home.h"
#include "font/store.h"
#include "output/pdf/pdf.h"
#include "plan/kept.h"

#define STRING(x)  STRING2(x)
#define STRING2(x) #x
_Static_assert(sizeof(BX_VERSION) == sizeof(STRING(BX_VERSION_MAJOR) "." STRING(
                                         BX_VERSION_MINOR) "." STRING(BX_VERSION_PATCH)),
               "the header and the build agree on the version");

const char *bx_version(void)
{
    return BX_VERSION;
}

double bx_api_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static const char *copy(struct bx_arena *arena, const char *text)
{
    return text ? bx_arena_strndup(arena, text, strlen(text)) : NULL;
}

struct bx_engine *bx_engine_new(const struct bx_engine_options *options)
{
    const struct bx_engine_options defaults = {0};
    if (!options)
        options = &defaults;

    struct bx_arena arena = {0};
    struct bx_engine *engine = BX_NEW(&arena, struct bx_engine);
    const char *data = bx_home_data(&arena);
    engine->layouts_dir = options->layouts_dir ? copy(&arena, options->layouts_dir)
                                               : bx_arena_printf(&arena, "%s/layouts", data);
    engine->fonts_dir = options->fonts_dir ? copy(&arena, options->fonts_dir)
                                           : bx_arena_printf(&arena, "%s/fonts", data);
    engine->office_fonts_dir = copy(&arena, options->office_fonts_dir);
    engine->has_helper = options->has_helper;
    if (!options->faces_dir) {
        engine->faces_dirs[0] = bx_store_user_folder(&arena);
        engine->faces_dirs[1] = bx_arena_printf(&arena, "%s/faces", data);
    } else if (options->faces_dir[0]) {
        engine->faces_dirs[0] = copy(&arena, options->faces_dir);
    }
    engine->arena = arena;
    return engine;
}

void bx_engine_free(struct bx_engine *engine)
{
    if (!engine)
        return;
    bx_findings_fini(&engine->findings);
    bx_findings_fini(&engine->font_findings);
    bx_kept_free(engine->kept);
    bx_pdf_kept_free(engine->kept_programs);
    bx_fontset_free(engine->fonts);
    for (int i = 0; i < engine->style_count; i++)
        bx_style_free(engine->styles[i].style);
    bx_form_set_fini(&engine->forms);
    bx_sections_free(engine->sections);
    struct bx_arena arena = engine->arena; /* the engine itself lives in it */
    bx_arena_fini(&arena);
}

void bx_engine_watch(struct bx_engine *engine, const struct bx_watch *watch)
{
    engine->watch = watch ? *watch : (struct bx_watch){0};
    engine->cancel = (struct bx_cancel){.is_cancelled = engine->watch.is_cancelled,
                                        .context = engine->watch.context};
}

void bx_api_tell_watch(const struct bx_engine *engine,
                       const struct bx_findings *list,
                       int *told_count)
{
    for (; *told_count < list->count; ++*told_count)
        if (engine->watch.tell)
            engine->watch.tell(engine->watch.context, &list->items[*told_count]);
}

const struct bx_findings *bx_engine_findings(const struct bx_engine *engine)
{
    return &engine->findings;
}

bool bx_engine_need_layouts(struct bx_engine *engine, struct bx_err *err)
{
    if (engine->sections)
        return true;
    double start = bx_api_now_ms();
    struct bx_sections *sections = NULL;
    if (!bx_sections_read(&sections, engine->layouts_dir, err))
        return false;
    if (!bx_form_set_init(&engine->forms, engine->layouts_dir, err)) {
        bx_sections_free(sections);
        return false;
    }
    engine->sections = sections;
    engine->layouts_ms = bx_api_now_ms() - start;
    return true;
}

bool bx_engine_need_style(struct bx_engine *engine,
                          const char *name,
                          const struct bx_style **out,
                          struct bx_err *err)
{
    for (int i = 0; i < engine->style_count; i++)
        if (strcmp(engine->styles[i].name, name) == 0) {
            *out = engine->styles[i].style;
            return true;
        }
    struct bx_style *style;
    if (!bx_style_read(&style, engine->layouts_dir, name, err))
        return false;
    if (engine->style_count == engine->style_capacity)
        engine->styles = bx_arena_grow(&engine->arena, engine->styles, engine->style_count,
                                       &engine->style_capacity, sizeof(*engine->styles));
    engine->styles[engine->style_count++] = (struct bx_style_entry){
        .name = bx_arena_strndup(&engine->arena, name, strlen(name)),
        .style = style,
    };
    *out = style;
    return true;
}

bool bx_engine_need_fonts(struct bx_engine *engine, struct bx_err *err)
{
    if (engine->fonts)
        return true;
    double start = bx_api_now_ms();
    bx_findings_fini(&engine->font_findings);
    const struct bx_fontset_options options = {
        .fonts_dir = engine->fonts_dir,
        .office_dir = engine->office_fonts_dir,
        .faces_dirs = {engine->faces_dirs[0], engine->faces_dirs[1]},
    };
    bool is_done = bx_fontset_new(&engine->fonts, &options, &engine->font_findings, err);
    engine->fonts_ms = bx_api_now_ms() - start;
    return is_done;
}

struct bx_kept *bx_engine_kept(struct bx_engine *engine)
{
    if (engine->has_set && !engine->kept)
        engine->kept = bx_kept_new();
    engine->has_set = true;
    return engine->kept;
}

struct bx_pdf_kept *bx_engine_kept_programs(struct bx_engine *engine)
{
    if (engine->has_written && !engine->kept_programs)
        engine->kept_programs = bx_pdf_kept_new();
    engine->has_written = true;
    return engine->kept_programs;
}

enum bx_status bx_engine_fonts(struct bx_engine *engine, bool in_chinese, struct bx_bytes *out)
{
    struct bx_err err = {0};
    struct bx_buf text = {0};
    bool is_done = bx_engine_need_fonts(engine, &err);
    bx_api_repeat(&engine->findings, &engine->font_findings);
    if (!is_done || !bx_fontset_describe(engine->fonts, &text, in_chinese, &err)) {
        bx_buf_fini(&text);
        return bx_api_tell(&engine->findings, &err);
    }
    bx_api_give(out, &text);
    return bx_api_status(&engine->findings);
}

enum bx_status
bx_engine_prepare_fonts(struct bx_engine *engine, bool in_chinese, struct bx_bytes *out)
{
    struct bx_err err = {0};
    struct bx_buf text = {0};
    bool is_done = bx_engine_need_fonts(engine, &err) &&
                   bx_fontset_prepare(engine->fonts, &text, in_chinese, &err);
    if (text.len > 0)
        bx_api_give(out, &text);
    return is_done ? BX_STATUS_DONE : bx_api_tell(&engine->findings, &err);
}

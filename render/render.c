/* The pipeline: a report from its bytes to its pages, one stage after the other.
 *
 *     layouts -> model -> checks -> fonts -> plan -> pages -> PDF | picture | text
 *
 * A stage is built once and kept; each function below builds what is missing before it. An error
 * of the cross-checks does not keep the lines from being set, because all findings of a run are to
 * be told; it keeps the result from being written. */
#include "api.h"

#include <assert.h>
#include <string.h>

#include "api_straddle.h"
#include "base/file.h"
#include "image/load.h"

/* A report is text; what is larger than this is something else. */
#define REPORT_BYTES_MOST ((size_t)64 << 20)

#define EPOCH_MOST 253402300799 /* 9999-12-31T23:59:59Z */

static const char *copy_text(struct bx_arena *arena, const char *text)
{
    return text ? bx_arena_strndup(arena, text, strlen(text)) : NULL;
}

struct bx_report *bx_report_new(struct bx_engine *engine,
                                const struct bx_report_options *options)
{
    assert(engine);
    struct bx_arena arena = {0};
    struct bx_report *report = BX_NEW(&arena, struct bx_report);
    if (options)
        report->options = *options;
    report->options.style = copy_text(&arena, options ? options->style : NULL);
    report->options.base_dir = copy_text(&arena, options ? options->base_dir : NULL);
    report->options.profile = copy_text(&arena, options ? options->profile : NULL);
    report->options.output_intent = copy_text(&arena, options ? options->output_intent : NULL);
    report->options.straddle = copy_text(&arena, options ? options->straddle : NULL);
    assert(0 <= report->options.bleed_um && report->options.bleed_um <= BX_BLEED_UM_MOST);
    assert(0 <= report->options.signature_fields &&
           report->options.signature_fields <= BX_SIGNATURE_FIELDS_MOST);
    assert(!report->options.has_date ||
           (0 <= report->options.date_epoch && report->options.date_epoch <= EPOCH_MOST));
    report->engine = engine;
    report->arena = arena;
    return report;
}

void bx_report_free(struct bx_report *report)
{
    if (!report)
        return;
    bx_pages_free(report->pages);
    bx_plan_free(report->plan);
    bx_model_free(report->previous);
    bx_model_free(report->model);
    bx_findings_fini(&report->findings);
    struct bx_arena arena = report->arena; /* the report itself lives in it */
    bx_arena_fini(&arena);
}

const struct bx_findings *bx_report_findings(const struct bx_report *report)
{
    return &report->findings;
}

/* Under --strict a warning is an error from the moment it is told. */
enum bx_status bx_api_settle(struct bx_report *report)
{
    struct bx_findings *list = &report->findings;
    for (int i = report->settled_count; report->options.is_strict && i < list->count; i++)
        if (list->items[i].level == BX_LEVEL_WARNING)
            list->items[i].level = BX_LEVEL_ERROR;
    if (report->is_inner)
        report->settled_count = list->count;
    else
        bx_api_tell_watch(report->engine, list, &report->settled_count);
    return bx_api_status(&report->findings);
}

enum bx_status bx_report_status(const struct bx_report *report)
{
    return bx_api_status(&report->findings);
}

enum bx_status bx_api_fail(struct bx_report *report, const struct bx_err *err)
{
    bx_api_tell(&report->findings, err);
    return bx_api_settle(report);
}

/* Asked before each stage; the stages ask between their own pieces. */
static bool go_on(const struct bx_report *report, struct bx_err *err)
{
    return bx_cancel_check(&report->engine->cancel, err);
}

static bool read_model(struct bx_model **out,
                       struct bx_report *report,
                       const void *data,
                       size_t len,
                       const char *name,
                       struct bx_findings *findings,
                       struct bx_err *err)
{
    if (!go_on(report, err) || !bx_engine_need_layouts(report->engine, err))
        return false;
    double start = bx_api_now_ms();
    const struct bx_model_options options = {
        .file = name,
        .base_dir = report->options.base_dir,
        .held = report->held,
        .keep_punctuation = report->options.keep_punctuation,
        .forms = &report->engine->forms,
        .sections = report->engine->sections,
    };
    findings->file = name;
    bool is_done = bx_model_read(out, data, len, &options, findings, err);
    report->phase_ms[BX_PHASE_MODEL] += bx_api_now_ms() - start;
    return is_done;
}

enum bx_status
bx_report_read(struct bx_report *report, const void *data, size_t len, const char *name)
{
    assert(!report->model && name);
    struct bx_err err = {0};
    report->file = copy_text(&report->arena, name);
    if (!read_model(&report->model, report, data, len, report->file, &report->findings, &err))
        return bx_api_fail(report, &err);
    return bx_api_settle(report);
}

/* Only errors are told of last year's report: it was published as it is. */
enum bx_status bx_report_read_previous(struct bx_report *report,
                                       const void *data,
                                       size_t len,
                                       const char *name)
{
    assert(!report->previous && !report->is_checked && name);
    struct bx_err err = {0};
    struct bx_findings findings = {0};
    const char *file = copy_text(&report->arena, name);
    bool is_done = read_model(&report->previous, report, data, len, file, &findings, &err);
    if (!is_done)
        bx_api_tell(&findings, &err);
    for (int i = 0; i < findings.count; i++)
        if (findings.items[i].level == BX_LEVEL_ERROR)
            bx_findings_add(&report->findings, &findings.items[i]);
    bx_findings_fini(&findings);
    return bx_api_settle(report);
}

static enum bx_status
read_file(struct bx_report *report,
          const char *path,
          enum bx_status (*read)(struct bx_report *, const void *, size_t, const char *))
{
    struct bx_err err = {0};
    struct bx_buf bytes = {0};
    enum bx_status status;
    if (bx_file_read(&bytes, path, REPORT_BYTES_MOST, &err))
        status = read(report, bytes.data ? bytes.data : "", bytes.len, path);
    else
        status = bx_api_fail(report, &err);
    bx_buf_fini(&bytes);
    return status;
}

/* The folder a file lies in. */
static const char *folder_of(struct bx_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return bx_arena_strndup(arena, path, slash > path ? (size_t)(slash - path) : 1);
}

enum bx_status bx_report_read_file(struct bx_report *report, const char *path)
{
    if (!report->options.base_dir && strcmp(path, "-") != 0)
        report->options.base_dir = folder_of(&report->arena, path);
    return read_file(report, path, bx_report_read);
}

enum bx_status bx_report_read_previous_file(struct bx_report *report, const char *path)
{
    return read_file(report, path, bx_report_read_previous);
}

enum bx_status bx_report_check(struct bx_report *report)
{
    if (!report->model || report->is_checked)
        return bx_api_settle(report);
    double start = bx_api_now_ms();
    report->findings.file = report->file;
    bx_model_check(report->model, report->engine->sections, report->previous,
                   report->options.allow_inconsistent || report->options.is_draft,
                   &report->findings);
    report->is_checked = true;
    report->phase_ms[BX_PHASE_MODEL] += bx_api_now_ms() - start;
    return bx_api_settle(report);
}

static bool need_style(struct bx_report *report, struct bx_err *err)
{
    if (report->style)
        return true;
    double start = bx_api_now_ms();
    const char *name = report->options.style ? report->options.style : "gbt9704";
    bool is_done = bx_engine_need_style(report->engine, name, &report->style, err);
    report->phase_ms[BX_PHASE_LAYOUTS] += bx_api_now_ms() - start;
    return is_done;
}

static bool need_fonts(struct bx_report *report, struct bx_err *err)
{
    bool is_done = bx_engine_need_fonts(report->engine, err);
    bx_api_repeat(&report->findings, &report->engine->font_findings);
    return is_done;
}

static bool need_plan(struct bx_report *report, struct bx_err *err)
{
    if (!go_on(report, err) || !need_style(report, err) || !need_fonts(report, err) ||
        !go_on(report, err))
        return false;
    double start = bx_api_now_ms();
    bool is_done =
        bx_plan_build(&report->plan, report->model, report->style, report->engine->sections,
                      report->engine->fonts, bx_engine_kept(report->engine),
                      &report->engine->cancel, &report->findings, err);
    report->phase_ms[BX_PHASE_PLAN] += bx_api_now_ms() - start;
    return is_done;
}

/* A character that no face holds leaves a line with a hole: it is told, and no page is made. */
static bool is_missing_characters(const struct bx_report *report)
{
    for (int i = 0; i < report->findings.count; i++)
        if (report->findings.items[i].level == BX_LEVEL_ERROR &&
            report->findings.items[i].stage == (int)BX_E_FONT)
            return true;
    return false;
}

static bool need_pages(struct bx_report *report, struct bx_err *err)
{
    if (is_missing_characters(report))
        return true;
    if (!go_on(report, err))
        return false;
    double start = bx_api_now_ms();
    bool is_done = bx_pages_build(&report->pages, report->plan, report->engine->fonts,
                                  &report->findings, err) &&
                   (!report->options.is_draft ||
                    bx_pages_add_draft(report->pages, report->style, report->engine->fonts,
                                       &report->findings, err)) &&
                   bx_api_add_straddle(report, err);
    if (is_done && report->options.signature_fields > 0)
        is_done = bx_pages_add_fields(report->pages, report->plan,
                                      report->options.signature_fields, err);
    report->phase_ms[BX_PHASE_PAGES] += bx_api_now_ms() - start;
    return is_done;
}

enum bx_status bx_report_typeset(struct bx_report *report)
{
    bx_report_check(report);
    if (!report->model || report->is_typeset)
        return bx_api_settle(report);
    report->is_typeset = true;
    struct bx_err err = {0};
    bool is_done = need_plan(report, &err) && need_pages(report, &err);
    if (report->engine->fonts)
        bx_fontset_tell_damage(report->engine->fonts, &report->findings);
    return is_done ? bx_api_settle(report) : bx_api_fail(report, &err);
}

int bx_report_page_count(const struct bx_report *report)
{
    return report->pages ? report->pages->page_count : 0;
}

enum bx_status bx_report_preview(
    struct bx_report *report, int page, enum bx_picture kind, int dpi, struct bx_bytes *out)
{
    enum bx_status status = bx_report_typeset(report);
    if (status != BX_STATUS_DONE)
        return status;
    assert(0 <= page && page < report->pages->page_count);
    assert(kind == BX_PICTURE_SVG || (BX_DPI_LEAST <= dpi && dpi <= BX_DPI_MOST));

    struct bx_buf picture = {0};
    struct bx_err err = {0};
    const struct bx_pictures *pictures = go_on(report, &err) ? bx_pictures_load(&err) : NULL;
    bool is_done =
        pictures &&
        (kind == BX_PICTURE_PNG ? pictures->draw_png(&picture, report->pages, page, dpi, &err)
                                : pictures->draw_svg(&picture, report->pages, page, &err));
    if (!is_done) {
        bx_buf_fini(&picture);
        return bx_api_fail(report, &err);
    }
    bx_api_give(out, &picture);
    return BX_STATUS_DONE;
}

enum bx_status
bx_report_write_file(struct bx_report *report, const char *path, const struct bx_bytes *bytes)
{
    double start = bx_api_now_ms();
    struct bx_err err = {0};
    bool is_done = bx_file_write(path, bytes->data ? bytes->data : "", bytes->len, &err);
    report->phase_ms[BX_PHASE_WRITE] += bx_api_now_ms() - start;
    return is_done ? BX_STATUS_DONE : bx_api_fail(report, &err);
}

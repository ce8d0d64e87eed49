/* A report as a file: its profile, its date, what is attached and recorded. */
#include "api_record.h"

#include <string.h>
#include <time.h>

#include "base/file.h"
#include "output/csv.h"
#include "output/pdf/intent.h"

#define INTENT_BYTES_MOST ((size_t)1 << 24)

/* The file's date, or NULL for none.
 *
 * Source  pdf.md 3.9: SOURCE_DATE_EPOCH, else the signature's date at 00:00 in China. */
static const char *file_date(struct bx_report *report)
{
    if (report->options.has_date) {
        time_t epoch = (time_t)report->options.date_epoch;
        struct tm utc;
        char text[32];
        if (!gmtime_r(&epoch, &utc) ||
            !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S+00:00", &utc))
            return NULL;
        return bx_arena_strndup(&report->arena, text, strlen(text));
    }
    const char *signed_on = report->pages->meta.date_iso;
    if (!signed_on)
        return NULL;
    return bx_arena_printf(&report->arena, "%sT00:00:00+08:00", signed_on);
}

/* Shape  room for all files from the start. */
struct files {
    struct bx_attachment *items;
    int count;
};

/* One path is one file of the report's folder. */
static bool has_image(const struct files *files, const char *path)
{
    for (int i = 0; i < files->count; i++)
        if (strcmp(files->items[i].name, path) == 0 &&
            strcmp(files->items[i].relationship, "Supplement") == 0)
            return true;
    return false;
}

static void add_tables(struct bx_report *report, struct files *files)
{
    struct bx_buf csv = {0};
    for (int i = 0; i < report->model->section_count; i++) {
        const struct bx_section *section = &report->model->sections[i];
        if (!section->form)
            continue;
        bx_buf_clear(&csv);
        bx_csv_write(&csv, section);
        files->items[files->count++] = (struct bx_attachment){
            .name = bx_arena_printf(&report->arena, "%s.csv", section->form->section),
            .mime = "text/csv",
            .description = section->form->title,
            .relationship = "Data",
            .data = bx_arena_strndup(&report->arena, csv.data, csv.len),
            .len = csv.len,
        };
    }
    bx_buf_fini(&csv);
}

static void
add_image(struct files *files, const struct bx_image *image, const char *description)
{
    if (!has_image(files, image->path))
        files->items[files->count++] = (struct bx_attachment){
            .name = image->path,
            .mime = image->mime,
            .description = description,
            .relationship = "Supplement",
            .data = image->source,
            .len = image->source_len,
        };
}

/* Under a name that no other file has. */
static const struct bx_image *name_straddle(struct bx_report *report, const struct files *files)
{
    struct bx_image *named = BX_NEW(&report->arena, struct bx_image);
    *named = *report->straddle;
    for (int i = 1; has_image(files, named->path); i++)
        named->path = bx_arena_printf(&report->arena, "straddle-%d%s", i,
                                      strrchr(report->straddle->path, '.'));
    return named;
}

static void add_images(struct bx_report *report, struct files *files)
{
    const struct bx_plan *plan = report->plan;
    for (int i = 0; i < plan->block_count; i++)
        if (plan->blocks[i].image)
            add_image(files, plan->blocks[i].image, "报告所用的图片");
    if (plan->seal)
        add_image(files, plan->seal->image, "印章图样");
    if (report->straddle)
        add_image(files, name_straddle(report, files), "骑缝章图样");
}

/* The model, the mandated tables, then each image file once, in the report's order.
 *
 * Source  pdf.md 3.14. */
static void collect_attachments(struct bx_report *report, struct bx_pdf_options *options)
{
    int most = 3 + report->model->section_count + report->plan->block_count;
    struct files files = {
        .items = BX_NEW_ARRAY(&report->arena, struct bx_attachment, (size_t)most),
    };
    files.items[files.count++] = (struct bx_attachment){
        .name = "report.json",
        .mime = "application/json",
        .description = "报告数据（本文件由此排成）",
        .relationship = "Source",
        .data = report->model->source,
        .len = report->model->source_len,
    };
    add_tables(report, &files);
    add_images(report, &files);
    options->attachments = files.items;
    options->attachment_count = files.count;
}

/* What the profile does not allow is wrong before any work is done. */
static bool
choose_profile(struct bx_report *report, struct bx_pdf_options *out, struct bx_err *err)
{
    const struct bx_report_options *given = &report->options;
    const char *name = given->profile;
    out->profile = name ? bx_pdf_profile_find(name) : bx_pdf_profile_at(0);
    if (!out->profile)
        return bx_fail(err, BX_E_USAGE, "", "", "there is no profile %s", name);
    if (!out->profile->may_be_printed &&
        (given->output_intent || given->bleed_um != 0 || given->has_crop_marks))
        return bx_fail(err, BX_E_USAGE, "", "",
                       "output intent, bleed and crop marks are for the profile print");
    out->bleed = bx_len_from_um(given->bleed_um);
    out->has_crop_marks = given->has_crop_marks;
    return true;
}

static bool read_intent(struct bx_buf *out, const struct bx_report *report, struct bx_err *err)
{
    const char *path = report->options.output_intent;
    if (report->held_intent) {
        bx_buf_add(out, report->held_intent->data, report->held_intent->len);
        path = report->held_intent->path;
    }
    if (!path)
        return true;
    if (!report->held_intent && !bx_file_read(out, path, INTENT_BYTES_MOST, err))
        return false;
    return bx_pdf_is_printer(out->data, out->len) ||
           bx_fail(err, BX_E_READ, path, "", "this is no ICC profile of a CMYK printer");
}

static bool write_pdf(struct bx_buf *out,
                      struct bx_report *report,
                      struct bx_pdf_options *options,
                      struct bx_pdf_census *census,
                      struct bx_err *err)
{
    options->producer = "Banxin " BX_VERSION;
    options->date = file_date(report);
    options->cancel = &report->engine->cancel;
    options->has_helper = report->engine->has_helper;
    options->kept = bx_engine_kept_programs(report->engine);
    options->seal_magenta = report->style->signature.seal_magenta;
    options->seal_yellow = report->style->signature.seal_yellow;
    options->data_dir = bx_arena_printf(&report->arena, "%s/icc", report->engine->layouts_dir);
    if (options->profile->may_attach)
        collect_attachments(report, options);
    if (!bx_cancel_check(options->cancel, err) || !bx_api_record(report, options, err))
        return false;
    struct bx_pdf_timings timings = {0};
    const struct bx_pdf_told told = {
        .timings = &timings, .census = census, .findings = &report->findings};
    bool is_done = bx_pdf_write(out, report->pages, options, &told, err);
    bx_fontset_tell_damage(report->engine->fonts, &report->findings);
    report->phase_ms[BX_PHASE_SUBSET] += timings.subset_ms;
    report->phase_ms[BX_PHASE_COMPRESS] += timings.compress_ms;
    report->phase_ms[BX_PHASE_WRITE] += timings.write_ms;
    return is_done;
}

enum bx_status
bx_api_pdf(struct bx_report *report, struct bx_buf *out, struct bx_pdf_census *census)
{
    struct bx_pdf_options options = {0};
    struct bx_err err = {0};
    struct bx_buf intent = {0}, pdf = {0};
    bool is_done = choose_profile(report, &options, &err) && read_intent(&intent, report, &err);
    if (is_done && bx_report_typeset(report) != BX_STATUS_DONE) {
        bx_buf_fini(&intent);
        return bx_report_status(report);
    }
    if (is_done && intent.len > 0) {
        options.intent = intent.data;
        options.intent_len = intent.len;
    }
    is_done = is_done && write_pdf(&pdf, report, &options, census, &err);
    bx_buf_fini(&intent);
    if (!is_done) {
        bx_buf_fini(&pdf);
        return bx_api_fail(report, &err);
    }
    enum bx_status status = bx_api_settle(report);
    if (status == BX_STATUS_DONE)
        *out = pdf;
    else
        bx_buf_fini(&pdf);
    return status;
}

enum bx_status bx_report_render(struct bx_report *report, struct bx_bytes *out)
{
    struct bx_buf pdf = {0};
    enum bx_status status = bx_api_pdf(report, &pdf, NULL);
    if (status == BX_STATUS_DONE)
        bx_api_give(out, &pdf);
    return status;
}

enum bx_status bx_report_render_to(struct bx_report *report,
                                   bool (*write)(void *context, const void *data, size_t len),
                                   void *context)
{
    enum {
        PIECE = 1 << 16
    };
    struct bx_buf pdf = {0};
    enum bx_status status = bx_api_pdf(report, &pdf, NULL);
    for (size_t at = 0; status == BX_STATUS_DONE && at < pdf.len; at += PIECE) {
        size_t len = pdf.len - at < PIECE ? pdf.len - at : PIECE;
        struct bx_err err = {0};
        if (!write(context, pdf.data + at, len)) {
            bx_fail(&err, BX_E_WRITE, "", "", "the receiver took only %zu of %zu bytes", at,
                    pdf.len);
            status = bx_api_fail(report, &err);
        }
    }
    bx_buf_fini(&pdf);
    return status;
}

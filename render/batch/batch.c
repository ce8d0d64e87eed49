/* A batch from its options to its exit status.
 *
 * The plan reads and decides; only the run writes. So whatever is wrong with the inputs together
 * (two reports for one file, a list that cannot be read) is told before the first byte is. */
#include "batch/batch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "batch/pattern.h"
#include "batch/shard.h"
#include "sign/load.h"

enum {
    THREADS_MOST = 256
};

static const char *copy_text(struct bx_arena *arena, const char *text)
{
    return text ? bx_arena_strndup(arena, text, strlen(text)) : NULL;
}

static const char *choose_manifest(struct bx_arena *arena,
                                   const struct bx_batch_options *options)
{
    if (options->manifest)
        return copy_text(arena, options->manifest);
    if (options->shard_count > 1)
        return bx_arena_printf(arena, "%s/manifest-%d-of-%d.jsonl", options->folder,
                               options->shard, options->shard_count);
    return bx_arena_printf(arena, "%s/manifest.jsonl", options->folder);
}

static int choose_threads(int wanted)
{
    long count = wanted > 0 ? wanted : sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > THREADS_MOST ? THREADS_MOST : (int)count;
}

/* Beside the report, what decides the bytes of its PDF. Fonts and layouts are known by folder. */
static const char *digest_setting(struct bx_arena *arena,
                                  const struct bx_batch_options *options)
{
    const struct bx_report_options *report = &options->report;
    const char *texts[] = {bx_version(),
                           report->style,
                           report->base_dir,
                           report->profile,
                           report->output_intent,
                           report->straddle,
                           options->previous,
                           options->engine.layouts_dir,
                           options->engine.fonts_dir,
                           options->engine.office_fonts_dir};
    struct bx_buf all = {0};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        bx_buf_add_text(&all, texts[i] ? texts[i] : "");
        bx_buf_add_byte(&all, '\n');
    }
    bx_buf_printf(&all, "%d %d %d %d %d %d %d %d %lld", report->bleed_um,
                  report->has_crop_marks, report->signature_fields, report->keep_punctuation,
                  report->allow_inconsistent, report->is_draft, report->is_strict,
                  report->has_date, report->has_date ? report->date_epoch : 0);
    char hex[BX_SHA256_HEX_SIZE];
    bx_sha256_hex(hex, all.data, all.len);
    bx_buf_fini(&all);
    return bx_arena_strndup(arena, hex, sizeof(hex) - 1);
}

/* The options with every text copied, and defaults filled in. */
static void copy_options(struct bx_batch *batch, const struct bx_batch_options *options)
{
    struct bx_arena *arena = &batch->arena;
    struct bx_batch_options *own = &batch->options;
    *own = *options;
    const char **inputs = BX_NEW_ARRAY(arena, const char *, (size_t)options->input_count + 1);
    for (int i = 0; i < options->input_count; i++)
        inputs[i] = copy_text(arena, options->inputs[i]);
    own->inputs = inputs;
    own->folder = copy_text(arena, options->folder);
    own->name = copy_text(arena, options->name ? options->name : BX_BATCH_NAME);
    own->manifest = choose_manifest(arena, options);
    own->previous = copy_text(arena, options->previous);
    own->thread_count = choose_threads(options->thread_count);
    own->shard_count = options->shard_count > 0 ? options->shard_count : 1;
    own->engine.layouts_dir = copy_text(arena, options->engine.layouts_dir);
    own->engine.fonts_dir = copy_text(arena, options->engine.fonts_dir);
    own->engine.office_fonts_dir = copy_text(arena, options->engine.office_fonts_dir);
    own->engine.faces_dir = copy_text(arena, options->engine.faces_dir);
    own->report.style = copy_text(arena, options->report.style);
    own->report.profile = copy_text(arena, options->report.profile);
    own->report.output_intent = copy_text(arena, options->report.output_intent);
    own->report.straddle = copy_text(arena, options->report.straddle);
    own->report.base_dir = copy_text(arena, options->report.base_dir);
}

static void sha256_here(char *out, const void *data, size_t len)
{
    bx_sha256_hex(out, data, len);
}

/* Every report and every PDF is digested, a sixth of a batch's time by the digests at hand; those of
 * the signing part are quicker, where it is installed. */
static void choose_digest(struct bx_batch *batch)
{
    struct bx_err unheard = {0};
    const struct bx_signer *signer = bx_signer_load(&unheard);
    batch->sha256_hex = signer ? signer->sha256_hex : sha256_here;
}

struct bx_batch *bx_batch_new(const struct bx_batch_options *options)
{
    assert(options && options->folder && options->input_count >= 0);
    assert(options->shard_count == 0 ||
           (0 <= options->shard && options->shard < options->shard_count));
    struct bx_batch *batch = calloc(1, sizeof(*batch));
    if (!batch || pthread_mutex_init(&batch->mutex, NULL) != 0)
        abort();
    atomic_init(&batch->next, 0);
    atomic_init(&batch->is_stopped, false);
    copy_options(batch, options);
    choose_digest(batch);
    batch->setting = digest_setting(&batch->arena, &batch->options);
    return batch;
}

void bx_batch_free(struct bx_batch *batch)
{
    if (!batch)
        return;
    bx_manifest_close(&batch->manifest);
    bx_buf_fini(&batch->stdin_bytes);
    bx_findings_fini(&batch->findings);
    pthread_mutex_destroy(&batch->mutex);
    bx_arena_fini(&batch->arena);
    free(batch);
}

const struct bx_findings *bx_batch_findings(const struct bx_batch *batch)
{
    return &batch->findings;
}

int bx_batch_count(const struct bx_batch *batch)
{
    return batch->job_count;
}

int bx_batch_total(const struct bx_batch *batch)
{
    return batch->total_count;
}

void bx_batch_cancel(struct bx_batch *batch)
{
    atomic_store(&batch->is_stopped, true);
}

/* --- the plan --- */

static enum bx_status fail_batch(struct bx_batch *batch, const struct bx_err *err)
{
    return bx_api_tell(&batch->findings, err);
}

static bool check_patterns(const struct bx_batch *batch, struct bx_err *err)
{
    const struct bx_batch_options *options = &batch->options;
    if (!bx_pattern_is_valid(options->name) || !bx_pattern_is_inside(options->name))
        return bx_fail(err, BX_E_USAGE, options->name, "",
                       "a name is a path below the folder, with {year} and {organ} in it");
    if (options->previous && !bx_pattern_is_valid(options->previous))
        return bx_fail(err, BX_E_USAGE, options->previous, "",
                       "only {year} and {organ} have a meaning in a path");
    return true;
}

/* Leaves the jobs of this shard. */
static void keep_shard(struct bx_batch *batch)
{
    batch->total_count = batch->job_count;
    int kept = 0;
    for (int i = 0; i < batch->job_count; i++)
        if (bx_shard_of(batch->jobs[i].key, batch->options.shard_count) == batch->options.shard)
            batch->jobs[kept++] = batch->jobs[i];
    batch->job_count = kept;
}

enum bx_status bx_batch_plan(struct bx_batch *batch)
{
    assert(!batch->jobs);
    struct bx_err err = {0};
    if (!check_patterns(batch, &err) || !bx_inputs_read(batch, &err)) {
        batch->job_count = 0;
        return fail_batch(batch, &err);
    }
    if (!bx_names_give(batch)) {
        batch->job_count = 0;
        return bx_api_status(&batch->findings);
    }
    keep_shard(batch);
    return BX_STATUS_DONE;
}

/* --- the run --- */

/* Lines whose PDF this run will make anew go; those of other inputs stay. */
static void mark_stale(struct bx_batch *batch, struct bx_manifest_lines *known)
{
    for (int i = 0; i < batch->job_count; i++) {
        const struct bx_job *job = &batch->jobs[i];
        const struct bx_manifest_line *line =
            job->name && !job->is_kept ? bx_manifest_find(known, job->name) : NULL;
        if (line)
            known->lines[line - known->lines].is_stale = true;
    }
}

static bool resume(struct bx_batch *batch, struct bx_err *err)
{
    struct bx_manifest_lines known;
    bool is_done = bx_manifest_read(&known, batch->options.manifest, err);
    if (is_done)
        bx_jobs_compare(batch, &known);
    /* Cancelled halfway, the manifest stays: what was not looked at is not stale. */
    if (is_done && !atomic_load(&batch->is_stopped)) {
        mark_stale(batch, &known);
        is_done = bx_manifest_replace(&batch->manifest, &known, err);
    }
    bx_manifest_lines_fini(&known);
    return is_done;
}

static bool prepare_run(struct bx_batch *batch, struct bx_err *err)
{
    const struct bx_batch_options *options = &batch->options;
    struct bx_arena scratch = {0};
    bx_folders_make(bx_arena_printf(&scratch, "%s/", options->folder));
    bx_arena_fini(&scratch);
    bx_folders_make(options->manifest);
    if (!bx_manifest_open(&batch->manifest, options->manifest, options->is_synced, err))
        return false;
    bx_leftovers_remove(batch);
    return options->is_resumed ? resume(batch, err) : bx_manifest_clear(&batch->manifest, err);
}

static enum bx_status first_failure(const struct bx_batch *batch)
{
    for (int i = 0; i < batch->job_count; i++)
        if (batch->jobs[i].status != BX_STATUS_DONE)
            return batch->jobs[i].status;
    return BX_STATUS_DONE;
}

enum bx_status bx_batch_run(struct bx_batch *batch,
                            void (*tell)(void *data, const struct bx_batch_item *item),
                            void *data)
{
    struct bx_err err = {0};
    if (!prepare_run(batch, &err))
        return fail_batch(batch, &err);
    batch->tell = tell;
    batch->tell_data = data;
    bx_jobs_draw(batch);
    bx_manifest_close(&batch->manifest);
    return first_failure(batch);
}

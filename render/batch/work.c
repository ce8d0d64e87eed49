/* The threads of a batch.
 *
 * Each thread has an engine of its own, so nothing of layouts or fonts is shared and nothing is
 * waited for but the manifest. A report is freed before its thread takes the next: the memory of a
 * batch is that of as many reports as there are threads. A job is taken by counting up, so jobs
 * begin in the order of the inputs and end in any. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "batch/batch.h"

/* One thread, and what it needs for its jobs. */
struct worker {
    struct bx_batch *batch;
    void (*work)(struct worker *worker, struct bx_job *job);
    const struct bx_manifest_lines *lines;
    struct bx_engine *engine;
};

static void *run_worker(void *data)
{
    struct worker *worker = data;
    struct bx_batch *batch = worker->batch;
    worker->engine = bx_engine_new(&batch->options.engine);
    while (!atomic_load(&batch->is_stopped)) {
        int at = atomic_fetch_add(&batch->next, 1);
        if (at >= batch->job_count)
            break;
        worker->work(worker, &batch->jobs[at]);
    }
    bx_engine_free(worker->engine);
    return NULL;
}

/* Runs the work of all jobs. When a thread cannot be started those that were do its share; the
 * first is this one. */
static void run_workers(struct bx_batch *batch, const struct worker *model)
{
    int count = batch->options.thread_count;
    if (count > batch->job_count)
        count = batch->job_count > 0 ? batch->job_count : 1;
    struct bx_arena scratch = {0};
    struct worker *workers = BX_NEW_ARRAY(&scratch, struct worker, (size_t)count);
    pthread_t *threads = BX_NEW_ARRAY(&scratch, pthread_t, (size_t)count);
    int started = 1;
    atomic_store(&batch->next, 0);
    for (int i = 0; i < count; i++)
        workers[i] = *model;
    while (started < count &&
           pthread_create(&threads[started], NULL, run_worker, &workers[started]) == 0)
        started++;
    run_worker(&workers[0]);
    for (int i = 1; i < started; i++)
        pthread_join(threads[i], NULL);
    bx_arena_fini(&scratch);
}

/* --- names --- */

static void name_job(struct worker *worker, struct bx_job *job)
{
    bx_job_name(worker->batch, job);
}

void bx_jobs_name(struct bx_batch *batch)
{
    run_workers(batch, &(struct worker){.batch = batch, .work = name_job});
}

/* --- what is there already --- */

static bool
has_digest(const struct bx_batch *batch, const struct bx_buf *bytes, const char *digest)
{
    char own[BX_SHA256_HEX_SIZE];
    batch->sha256_hex(own, bytes->data ? bytes->data : "", bytes->len);
    return strcmp(own, digest) == 0;
}

/* An output that is gone, changed or not readable is drawn again. */
static void compare_job(struct worker *worker, struct bx_job *job)
{
    const struct bx_manifest_line *line =
        job->name ? bx_manifest_find(worker->lines, job->name) : NULL;
    if (!line || strcmp(line->setting, worker->batch->setting) != 0)
        return;
    struct bx_arena scratch = {0};
    struct bx_buf input = {0}, output = {0};
    struct bx_err ignored = {0};
    enum {
        OUTPUT_BYTES_MOST = 1 << 30
    };
    job->is_kept = bx_job_read(&input, job, &ignored) &&
                   has_digest(worker->batch, &input, line->input_sha256) &&
                   bx_file_read(&output, bx_job_output(&scratch, worker->batch, job->name),
                                OUTPUT_BYTES_MOST, &ignored) &&
                   has_digest(worker->batch, &output, line->output_sha256);
    bx_buf_fini(&output);
    bx_buf_fini(&input);
    bx_arena_fini(&scratch);
}

void bx_jobs_compare(struct bx_batch *batch, const struct bx_manifest_lines *lines)
{
    run_workers(batch, &(struct worker){.batch = batch, .work = compare_job, .lines = lines});
}

/* --- drawing --- */

/* A report on its way from file to file. */
struct drawing {
    struct bx_batch *batch;
    struct bx_job *job;
    struct bx_report *report;
    char input_sha256[BX_SHA256_HEX_SIZE], output_sha256[BX_SHA256_HEX_SIZE];
};

/* Where the images of a report lie: beside its file, unless the user said where. */
static const char *
find_base(struct bx_arena *scratch, const struct bx_batch *batch, const struct bx_job *job)
{
    if (batch->options.report.base_dir || job->line)
        return batch->options.report.base_dir;
    const char *slash = strrchr(job->input, '/');
    if (!slash)
        return ".";
    return bx_arena_strndup(scratch, job->input,
                            slash > job->input ? (size_t)(slash - job->input) : 1);
}

/* Tells every failure but the first of a report that cannot be read. */
static bool read_report(struct drawing *drawing)
{
    struct bx_err err = {0};
    struct bx_buf bytes = {0};
    bool is_done = bx_job_read(&bytes, drawing->job, &err);
    if (is_done) {
        drawing->batch->sha256_hex(drawing->input_sha256, bytes.data ? bytes.data : "",
                                   bytes.len);
        bx_report_read(drawing->report, bytes.data ? bytes.data : "", bytes.len,
                       drawing->job->input);
    } else {
        bx_api_tell(&drawing->report->findings, &err);
    }
    bx_buf_fini(&bytes);
    if (is_done && drawing->job->previous)
        bx_report_read_previous_file(drawing->report, drawing->job->previous);
    return is_done;
}

static void write_pdf(struct drawing *drawing, const struct bx_bytes *pdf)
{
    struct bx_arena scratch = {0};
    struct bx_err err = {0};
    const struct bx_batch *batch = drawing->batch;
    const char *name = drawing->job->name;
    const char *path = bx_job_output(&scratch, batch, name);
    bx_folders_make(path);
    if (bx_file_write_through(path, bx_job_temp(&scratch, batch, name), pdf->data, pdf->len,
                              batch->options.is_synced, &err))
        batch->sha256_hex(drawing->output_sha256, pdf->data, pdf->len);
    else
        bx_api_tell(&drawing->report->findings, &err);
    bx_arena_fini(&scratch);
}

/* A report that reads without an error has year and organ, hence a name; if its file changed since
 * they were read it may have none, or another's. */
static void draw_report(struct drawing *drawing)
{
    struct bx_bytes pdf = {0};
    if (read_report(drawing) && bx_report_render(drawing->report, &pdf) == BX_STATUS_DONE) {
        if (drawing->job->name) {
            write_pdf(drawing, &pdf);
        } else {
            struct bx_err err = {0};
            bx_fail(&err, BX_E_READ, drawing->job->input, "",
                    "the report has changed while the batch was running");
            bx_api_tell(&drawing->report->findings, &err);
        }
    }
    bx_bytes_fini(&pdf);
}

static int count_level(const struct bx_findings *list, enum bx_level level)
{
    int count = 0;
    for (int i = 0; i < list->count; i++)
        count += list->items[i].level == level;
    return count;
}

/* Needs   the mutex. */
static void enter_report(struct drawing *drawing, long long ms)
{
    struct bx_findings *findings = &drawing->report->findings;
    const struct bx_manifest_report said = {
        .input = drawing->job->input,
        .input_sha256 = drawing->input_sha256,
        .output = drawing->job->name,
        .output_sha256 = drawing->output_sha256,
        .setting = drawing->batch->setting,
        .page_count = bx_report_page_count(drawing->report),
        .note_count = count_level(findings, BX_LEVEL_NOTE),
        .warning_count = count_level(findings, BX_LEVEL_WARNING),
        .error_count = count_level(findings, BX_LEVEL_ERROR),
        .status = (int)bx_report_status(drawing->report),
        .ms = ms,
    };
    struct bx_err err = {0};
    if (!bx_manifest_add(&drawing->batch->manifest, &said, &err))
        bx_api_tell(findings, &err);
}

static void tell_job(struct bx_batch *batch, struct bx_job *job, const struct bx_report *report)
{
    struct bx_arena scratch = {0};
    job->is_done = true;
    if (batch->tell)
        batch->tell(batch->tell_data,
                    &(struct bx_batch_item){
                        .index = (int)(job - batch->jobs),
                        .input = job->input,
                        .output = job->name ? bx_job_output(&scratch, batch, job->name) : NULL,
                        .status = job->status,
                        .report = report,
                    });
    bx_arena_fini(&scratch);
}

static void draw_job(struct worker *worker, struct bx_job *job)
{
    struct bx_batch *batch = worker->batch;
    if (job->is_kept) {
        pthread_mutex_lock(&batch->mutex);
        tell_job(batch, job, NULL);
        pthread_mutex_unlock(&batch->mutex);
        return;
    }
    long long start = (long long)bx_api_now_ms();
    struct bx_arena scratch = {0};
    struct bx_report_options options = batch->options.report;
    options.base_dir = find_base(&scratch, batch, job);
    struct drawing drawing = {
        .batch = batch, .job = job, .report = bx_report_new(worker->engine, &options)};
    draw_report(&drawing);

    pthread_mutex_lock(&batch->mutex);
    enter_report(&drawing, (long long)bx_api_now_ms() - start);
    job->status = bx_report_status(drawing.report);
    if (job->status != BX_STATUS_DONE && batch->options.is_fail_fast)
        atomic_store(&batch->is_stopped, true);
    tell_job(batch, job, drawing.report);
    pthread_mutex_unlock(&batch->mutex);
    bx_report_free(drawing.report);
    bx_arena_fini(&scratch);
}

void bx_jobs_draw(struct bx_batch *batch)
{
    run_workers(batch, &(struct worker){.batch = batch, .work = draw_job});
}

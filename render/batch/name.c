/* Every report's place among the outputs, before the first is drawn.
 *
 * All reports of all shards are looked at, since a name that two of them have must stop every
 * shard alike. Of a report only year and organ are read here; whether it is right is found out
 * when it is drawn. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "batch/batch.h"
#include "batch/pattern.h"
#include "model/json.h"

/* The year before, in `out`; what is no plain year stays as it is. */
static void step_back(char *out, size_t size, const struct bx_json *year)
{
    enum {
        YEAR_DIGITS = 4
    };
    long value = year->text_len == YEAR_DIGITS ? strtol(year->text, NULL, 10) : 0;
    if (value > 0)
        snprintf(out, size, "%ld", value - 1);
    else
        snprintf(out, size, "%s", year->text);
}

/* Needs   the mutex: names lie in the batch's arena. */
static void name_job(struct bx_batch *batch, struct bx_job *job, const struct bx_json *root)
{
    const struct bx_json *year = bx_json_find(root, "year");
    const struct bx_json *organ = bx_json_find(root, "organ");
    if (!year || !organ || organ->kind != BX_JSON_STRING ||
        (year->kind != BX_JSON_NUMBER && year->kind != BX_JSON_STRING))
        return;
    struct bx_pattern_values values = {
        .year = year->text,
        .year_len = year->text_len,
        .organ = organ->text,
        .organ_len = organ->text_len,
    };
    job->name = bx_pattern_fill(&batch->arena, batch->options.name, &values);
    if (!batch->options.previous)
        return;
    char before[32];
    step_back(before, sizeof(before), year);
    values.year = before;
    values.year_len = (int)strlen(before);
    job->previous = bx_pattern_fill(&batch->arena, batch->options.previous, &values);
}

void bx_job_name(struct bx_batch *batch, struct bx_job *job)
{
    struct bx_arena scratch = {0};
    struct bx_buf bytes = {0};
    struct bx_err ignored = {0}; /* told when its turn comes */
    const struct bx_json *root;
    const char *zh;
    if (bx_job_read(&bytes, job, &ignored) &&
        bx_json_read(&root, &scratch, "", bytes.data, bytes.len, &zh, &ignored) &&
        root->kind == BX_JSON_OBJECT) {
        pthread_mutex_lock(&batch->mutex);
        name_job(batch, job, root);
        pthread_mutex_unlock(&batch->mutex);
    }
    bx_buf_fini(&bytes);
    bx_arena_fini(&scratch);
}

/* --- no two alike --- */

static int compare_names(const void *a, const void *b)
{
    const struct bx_job *first = *(const struct bx_job *const *)a;
    const struct bx_job *second = *(const struct bx_job *const *)b;
    int order = strcmp(first->name, second->name);
    return order != 0 ? order : first < second ? -1 : first > second;
}

static void add_error(struct bx_batch *batch, const char *file, const char *zh, const char *en)
{
    bx_findings_add(&batch->findings, &(struct bx_finding){
                                          .level = BX_LEVEL_ERROR,
                                          .code = "USAGE",
                                          .file = file,
                                          .where = "",
                                          .stage = BX_E_USAGE,
                                          .zh = zh,
                                          .en = en,
                                      });
}

static void tell_twins(struct bx_batch *batch, struct bx_job **sorted, int count)
{
    for (int i = 1; i < count; i++)
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0)
            add_error(batch, sorted[i]->input,
                      bx_findings_text(&batch->findings, "和%s一样要写到%s",
                                       sorted[i - 1]->input, sorted[i]->name),
                      bx_findings_text(&batch->findings, "%s has the same output, %s",
                                       sorted[i - 1]->input, sorted[i]->name));
}

/* A file, whatever paths lead to it. */
struct identity {
    dev_t device;
    ino_t number;
};

static int compare_identities(const void *a, const void *b)
{
    const struct identity *first = a, *second = b;
    if (first->device != second->device)
        return first->device < second->device ? -1 : 1;
    return first->number < second->number ? -1 : first->number > second->number;
}

/* An input that an output would replace would be lost. */
static void tell_overwritten(struct bx_batch *batch)
{
    struct bx_arena scratch = {0};
    struct identity *inputs =
        BX_NEW_ARRAY(&scratch, struct identity, (size_t)batch->job_count + 1);
    size_t count = 0;
    struct stat info;
    for (int i = 0; i < batch->job_count; i++)
        if (!batch->jobs[i].line && stat(batch->jobs[i].input, &info) == 0)
            inputs[count++] = (struct identity){info.st_dev, info.st_ino};
    qsort(inputs, count, sizeof(*inputs), compare_identities);
    for (int i = 0; i < batch->job_count; i++) {
        const struct bx_job *job = &batch->jobs[i];
        if (!job->name || stat(bx_job_output(&scratch, batch, job->name), &info) != 0)
            continue;
        const struct identity own = {info.st_dev, info.st_ino};
        if (bsearch(&own, inputs, count, sizeof(own), compare_identities))
            add_error(
                batch, job->input,
                bx_findings_text(&batch->findings, "输出%s会覆盖一份报告的数据", job->name),
                bx_findings_text(&batch->findings, "The output %s would replace an input",
                                 job->name));
    }
    bx_arena_fini(&scratch);
}

bool bx_names_give(struct bx_batch *batch)
{
    bx_jobs_name(batch);
    struct bx_arena scratch = {0};
    struct bx_job **sorted =
        BX_NEW_ARRAY(&scratch, struct bx_job *, (size_t)batch->job_count + 1);
    int count = 0;
    for (int i = 0; i < batch->job_count; i++)
        if (batch->jobs[i].name)
            sorted[count++] = &batch->jobs[i];
    qsort(sorted, (size_t)count, sizeof(struct bx_job *), compare_names);
    int told_count = batch->findings.count;
    tell_twins(batch, sorted, count);
    bx_arena_fini(&scratch);
    tell_overwritten(batch);
    return batch->findings.count == told_count;
}

const char *
bx_job_output(struct bx_arena *arena, const struct bx_batch *batch, const char *name)
{
    return bx_arena_printf(arena, "%s/%s", batch->options.folder, name);
}

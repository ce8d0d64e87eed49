/* A batch: many reports set on several threads. What the files of batch/ share.
 *
 *     inputs -> jobs -> names -> shard -> manifest -> work
 *
 * Everything up to the shard is decided before anything is drawn, and is the same in every shard. */
#ifndef BX_BATCH_H
#define BX_BATCH_H

#include <pthread.h>
#include <stdatomic.h>

#include "api.h"
#include "batch/manifest.h"

/* One report. Texts lie in the batch's arena. */
struct bx_job {
    const char *input; /* how it is told, and the path of its file: "-:3" is a line of stdin */
    const char *key;   /* what decides the shard */
    const char *line;  /* its bytes when it came from standard input, else NULL */
    size_t line_len;
    const char *name;     /* of its PDF below the folder; NULL when it has no year or organ */
    const char *previous; /* path of last year's report, or NULL */
    bool is_kept;         /* the manifest has it, and its PDF is there: nothing to do */
    bool is_done;         /* its end was told */
    enum bx_status status;
};

/* Holds  jobs stand in the order of the inputs; after bx_batch_plan() only those of this shard.
 *        Threads share jobs (each job is one thread's), `next` and `is_stopped`; what else changes
 *        while they run is guarded by `mutex`. */
struct bx_batch {
    struct bx_arena arena;
    struct bx_batch_options options; /* texts copied, defaults filled in */
    struct bx_findings findings;     /* of the plan and the manifest */
    const char *setting;             /* digest of what else decides the bytes of a PDF */
    void (*sha256_hex)(char *out, const void *data, size_t len); /* of whole files */
    struct bx_job *jobs;
    int job_count, job_capacity;
    int total_count; /* in all shards */
    struct bx_buf stdin_bytes;
    bool has_stdin;
    struct bx_manifest manifest;
    pthread_mutex_t mutex;
    atomic_int next;
    atomic_bool is_stopped;
    void (*tell)(void *data, const struct bx_batch_item *item);
    void *tell_data;
};

/* Turns the inputs into jobs. Fails   USAGE, READ. */
bool bx_inputs_read(struct bx_batch *batch, struct bx_err *err);

/* Reads a job's report. Fails   READ. */
bool bx_job_read(struct bx_buf *out, const struct bx_job *job, struct bx_err *err);

/* Reads year and organ of a job's report and names it; it stays without where it cannot be read. */
void bx_job_name(struct bx_batch *batch, struct bx_job *job);

/* bx_job_name() of all jobs, on all threads. */
void bx_jobs_name(struct bx_batch *batch);

/* Gives each job its name by the year and organ in its report; a job whose report cannot be read
 * gets none, and fails when its turn comes. False when it has told a name that two jobs have, or
 * an output that would replace an input. */
bool bx_names_give(struct bx_batch *batch);

/* The path of a job's PDF. Needs   a name. */
const char *
bx_job_output(struct bx_arena *arena, const struct bx_batch *batch, const char *name);

/* The path that a job's PDF has until it is whole. */
const char *bx_job_temp(struct bx_arena *arena, const struct bx_batch *batch, const char *name);

/* Removes what a killed run of this shard has left half written. Other shards' files stay: they
 * may be at work. */
void bx_leftovers_remove(struct bx_batch *batch);

/* Makes the folders above a file. A folder that cannot be made is told by who opens the file. */
void bx_folders_make(const char *path);

/* Finds the jobs that the manifest has and marks them kept, on all threads. */
void bx_jobs_compare(struct bx_batch *batch, const struct bx_manifest_lines *lines);

/* Draws what is not kept, on all threads. */
void bx_jobs_draw(struct bx_batch *batch);

#endif

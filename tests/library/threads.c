/* Several threads, each with an engine of its own, every second one with a helper, render, preview and
 * verify reports as often as the command line says:
 *
 *     library_threads THREADS TIMES REPORT.json...
 *
 * and every result must be that of the others. tests/long/tsan runs it under ThreadSanitizer. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "banxin.h"

enum {
    THREADS_MOST = 16,
    REPORTS_MOST = 8,
};

struct worker {
    pthread_t thread;
    char **paths;
    int path_count, times;
    bool has_helper;
    struct bx_bytes pdfs[REPORTS_MOST], pictures[REPORTS_MOST];
    int findings;
    bool is_good;
};

/* Keeps the first result of a report; says whether a further one is the same. */
static bool keep(struct bx_bytes *kept, struct bx_bytes *made)
{
    if (!kept->data) {
        *kept = *made;
        *made = (struct bx_bytes){0};
        return true;
    }
    bool is_same = kept->len == made->len && memcmp(kept->data, made->data, kept->len) == 0;
    bx_bytes_fini(made);
    return is_same;
}

static bool never(void *context)
{
    (void)context;
    return false;
}

static void count(void *context, const struct bx_finding *finding)
{
    struct worker *worker = context;
    worker->findings += bx_finding_zh(finding)[0] != '\0';
}

static bool verify(struct bx_engine *engine, const struct bx_bytes *pdf)
{
    struct bx_verdict *verdict = bx_verdict_new(engine);
    bool holds =
        bx_verdict_verify(verdict, pdf->data, pdf->len, "made.pdf") == BX_STATUS_DONE &&
        bx_verdict_answer(verdict, BX_QUESTION_BYTES) == BX_ANSWER_YES;
    bx_verdict_free(verdict);
    return holds;
}

static bool work_on(struct worker *worker, struct bx_engine *engine, int i)
{
    struct bx_report *report = bx_report_new(engine, NULL);
    struct bx_bytes pdf = {0}, picture = {0};
    bool is_good =
        bx_report_read_file(report, worker->paths[i]) == BX_STATUS_DONE &&
        bx_report_render(report, &pdf) == BX_STATUS_DONE &&
        bx_report_preview(report, 0, BX_PICTURE_PNG, 36, &picture) == BX_STATUS_DONE &&
        verify(engine, &pdf);
    is_good = is_good && keep(&worker->pdfs[i], &pdf) && keep(&worker->pictures[i], &picture);
    bx_bytes_fini(&pdf);
    bx_bytes_fini(&picture);
    bx_report_free(report);
    return is_good;
}

static void *run(void *data)
{
    struct worker *worker = data;
    worker->is_good = true;
    for (int n = 0; n < worker->times; n++) {
        struct bx_engine *engine =
            bx_engine_new(&(struct bx_engine_options){.has_helper = worker->has_helper});
        bx_engine_watch(engine, &(struct bx_watch){
                                    .is_cancelled = never, .tell = count, .context = worker});
        for (int i = 0; i < worker->path_count; i++)
            worker->is_good &= work_on(worker, engine, i);
        bx_engine_free(engine);
    }
    return NULL;
}

static bool is_same(const struct bx_bytes *a, const struct bx_bytes *b)
{
    return a->len > 0 && a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

int main(int argc, char **argv)
{
    static struct worker workers[THREADS_MOST]; /* zeroed */
    int threads = argc > 3 ? (int)strtol(argv[1], NULL, 10) : 0;
    int times = argc > 3 ? (int)strtol(argv[2], NULL, 10) : 0;
    if (threads < 1 || threads > THREADS_MOST || times < 1 || argc - 3 > REPORTS_MOST)
        return 2;
    for (int i = 0; i < threads; i++) {
        workers[i].paths = argv + 3;
        workers[i].path_count = argc - 3;
        workers[i].times = times;
        workers[i].has_helper = i % 2 == 1;
        if (pthread_create(&workers[i].thread, NULL, run, &workers[i]) != 0)
            return 2;
    }
    bool is_good = true;
    for (int i = 0; i < threads; i++) {
        pthread_join(workers[i].thread, NULL);
        is_good &= workers[i].is_good && workers[i].findings == workers[0].findings;
        for (int r = 0; r < argc - 3; r++)
            is_good &= is_same(&workers[0].pdfs[r], &workers[i].pdfs[r]) &&
                       is_same(&workers[0].pictures[r], &workers[i].pictures[r]);
    }
    for (int i = 0; i < threads; i++)
        for (int r = 0; r < argc - 3; r++) {
            bx_bytes_fini(&workers[i].pdfs[r]);
            bx_bytes_fini(&workers[i].pictures[r]);
        }
    printf("%d threads, %d times, %d reports: %s\n", threads, times, argc - 3,
           is_good ? "the same" : "NOT the same");
    return is_good ? 0 : 1;
}

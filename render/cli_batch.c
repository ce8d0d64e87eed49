/* The command batch: signals, findings report by report, and the sum of it all.
 *
 * Findings of a report come in one piece when it is over, never mixed with another's. In text, what
 * stops nobody is left to the manifest, which counts it: a province's notes on quotation marks
 * would bury its errors. JSON has every finding, for a program to sort.
 *
 * Signals are waited for by a thread of their own (sigwait), so nothing runs inside a handler and
 * nothing is global. The first SIGINT or SIGTERM begins no more reports; the second ends the
 * process as if nobody had waited for it. */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "cli_progress.h"

/* A report that failed, to be named at the end. */
struct failure {
    struct failure *next;
    int index;
    enum bx_status status;
    char input[];
};

struct run {
    const struct bx_cli_request *request;
    struct bx_batch *batch;
    struct bx_cli_meter meter;
    struct failure *failures; /* by input order */
    double phase_ms[BX_PHASE_COUNT];
};

/* --- signals --- */

struct guard {
    const struct bx_cli_voice *voice;
    struct bx_batch *batch;
    sigset_t signals, before;
    pthread_t thread;
    bool is_running;
    int signal; /* the first that came; read after the thread has ended */
};

static void *wait_for_signals(void *data)
{
    struct guard *guard = data;
    int number;
    if (sigwait(&guard->signals, &number) != 0)
        return NULL;
    guard->signal = number;
    bx_batch_cancel(guard->batch);
    const char *said = guard->voice->in_chinese
                           ? "\n停止：排完手上的几份就结束，再按一次立即结束\n"
                           : "\nstopping: what was begun will be finished; again to end now\n";
    if (!guard->voice->is_json && write(STDERR_FILENO, said, strlen(said)) < 0)
        return NULL;
    if (sigwait(&guard->signals, &number) != 0)
        return NULL;
    pthread_sigmask(SIG_UNBLOCK, &guard->signals, NULL);
    raise(number);
    return NULL;
}

/* A signal that is ignored (nohup, a shell's background) stays so. */
static void add_signal(sigset_t *set, int number)
{
    struct sigaction action;
    if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
        sigaddset(set, number);
}

/* Threads that are made later inherit the mask, so this comes before the batch's. */
static void start_guard(struct guard *guard)
{
    sigemptyset(&guard->signals);
    add_signal(&guard->signals, SIGINT);
    add_signal(&guard->signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &guard->signals, &guard->before);
    guard->is_running = pthread_create(&guard->thread, NULL, wait_for_signals, guard) == 0;
    if (!guard->is_running)
        pthread_sigmask(SIG_SETMASK, &guard->before, NULL);
}

static void end_guard(struct guard *guard)
{
    if (!guard->is_running)
        return;
    pthread_cancel(guard->thread); /* sigwait() is where it ends */
    pthread_join(guard->thread, NULL);
    pthread_sigmask(SIG_SETMASK, &guard->before, NULL);
}

/* --- telling --- */

static void note_failure(struct run *run, const struct bx_batch_item *item)
{
    size_t size = strlen(item->input) + 1;
    struct failure *failure = malloc(sizeof(*failure) + size);
    if (!failure)
        abort();
    struct failure **place = &run->failures;
    while (*place && (*place)->index < item->index)
        place = &(*place)->next;
    failure->next = *place;
    *place = failure;
    failure->index = item->index;
    failure->status = item->status;
    memcpy(failure->input, item->input, size);
}

static bool has_worse_than_notes(const struct bx_findings *list)
{
    for (int i = 0; i < bx_findings_count(list); i++)
        if (bx_finding_level(bx_findings_at(list, i)) != BX_FINDING_NOTE)
            return true;
    return false;
}

static void tell_item(void *data, const struct bx_batch_item *item)
{
    struct run *run = data;
    const struct bx_cli_voice *voice = &run->request->voice;
    const struct bx_findings *list = item->report ? bx_report_findings(item->report) : NULL;
    if (list && (voice->is_json || has_worse_than_notes(list))) {
        bx_cli_meter_clear(&run->meter);
        bx_cli_tell_findings(voice, list, NULL);
    }
    for (int i = 0; item->report && i < BX_PHASE_COUNT; i++)
        run->phase_ms[i] += bx_report_phase_ms(item->report, (enum bx_phase)i);
    if (item->status != BX_STATUS_DONE)
        note_failure(run, item);
    bx_cli_meter_step(&run->meter, item);
}

static void print_failures(const struct run *run)
{
    bool in_chinese = run->request->voice.in_chinese;
    if (run->failures)
        fputs(in_chinese ? "失败的：\n" : "failed:\n", stderr);
    for (const struct failure *at = run->failures; at; at = at->next) {
        fputs("  ", stderr);
        bx_cli_put_text(stderr, at->input);
        fprintf(stderr, in_chinese ? "（退出码%d）\n" : " (status %d)\n", (int)at->status);
    }
}

static void print_sum(const struct run *run)
{
    const struct bx_cli_meter *meter = &run->meter;
    int drawn = meter->done_count - meter->kept_count - meter->failed_count;
    int left = meter->all_count - meter->done_count;
    double seconds = (bx_cli_now_ms() - meter->start_ms) / 1e3;
    print_failures(run);
    fprintf(stderr,
            run->request->voice.in_chinese
                ? "共%d份：排好%d，已有%d，失败%d，未做%d；%.1f秒\n"
                : "reports: %d; set %d, there already %d, failed %d, not begun %d; %.1f s\n",
            meter->all_count, drawn, meter->kept_count, meter->failed_count, left, seconds);
}

/* Of all threads together, so more than what a clock on the wall shows. */
static void print_timings(const struct run *run)
{
    for (int i = 0; i < BX_PHASE_COUNT; i++)
        fprintf(stderr, "%-9s%9.2f ms\n", bx_phase_name((enum bx_phase)i), run->phase_ms[i]);
}

static int run_batch(struct run *run)
{
    const struct bx_cli_request *request = run->request;
    int status = (int)bx_batch_plan(run->batch);
    if (status != BX_STATUS_DONE)
        return status;
    run->meter = (struct bx_cli_meter){
        .voice = &request->voice,
        .kind = bx_cli_find_progress(&request->voice, request->progress),
        .all_count = bx_batch_count(run->batch),
        .start_ms = bx_cli_now_ms(),
    };
    struct guard guard = {.voice = &request->voice, .batch = run->batch};
    start_guard(&guard);
    status = (int)bx_batch_run(run->batch, tell_item, run);
    end_guard(&guard);
    bx_cli_meter_clear(&run->meter);
    if (bx_findings_count(bx_batch_findings(run->batch)) > 0)
        return status; /* the manifest: nothing was begun */
    if (request->progress != BX_CLI_PROGRESS_NONE && !request->voice.is_json)
        print_sum(run);
    if (request->wants_timings)
        print_timings(run);
    /* As a shell tells of a process that a signal has ended. */
    bool is_cut_short = guard.signal != 0 && run->meter.done_count < run->meter.all_count;
    return is_cut_short ? 128 + guard.signal : status;
}

int bx_cli_batch(const struct bx_cli_request *request, const struct bx_report_options *options)
{
    struct bx_batch_options batch = request->batch;
    batch.inputs = request->inputs;
    batch.input_count = request->input_count;
    batch.previous = request->previous;
    batch.engine = request->engine;
    batch.report = *options;

    struct run run = {.request = request, .batch = bx_batch_new(&batch)};
    int status = run_batch(&run);
    bx_cli_tell_findings(&request->voice, bx_batch_findings(run.batch), NULL);
    while (run.failures) {
        struct failure *next = run.failures->next;
        free(run.failures);
        run.failures = next;
    }
    bx_batch_free(run.batch);
    return status;
}

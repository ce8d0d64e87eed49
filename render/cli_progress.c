/* A bar where a person looks, lines where a file is written.
 *
 * The rate is that of the whole run, and the time left follows from it: reports are much alike,
 * and a rate of the last second only would jump. Reports that were there already are not counted
 * in it. The bar is drawn at most ten times a second. */
#include "cli_progress.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    BAR_CELLS = 24,
    REDRAW_MS = 100,
};

double bx_cli_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

enum bx_cli_progress bx_cli_find_progress(const struct bx_cli_voice *voice,
                                          enum bx_cli_progress kind)
{
    if (kind != BX_CLI_PROGRESS_AUTO)
        return kind;
    if (voice->is_json)
        return BX_CLI_PROGRESS_NONE;
    return isatty(STDERR_FILENO) ? BX_CLI_PROGRESS_BAR : BX_CLI_PROGRESS_PLAIN;
}

static void put_time(long seconds)
{
    if (seconds >= 3600)
        fprintf(stderr, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    else
        fprintf(stderr, "%ld:%02ld", seconds / 60, seconds % 60);
}

static void draw_bar(struct bx_cli_meter *meter)
{
    bool in_chinese = meter->voice->in_chinese;
    double seconds = (bx_cli_now_ms() - meter->start_ms) / 1e3;
    double rate = seconds > 0 ? (meter->done_count - meter->kept_count) / seconds : 0;
    int full = meter->all_count > 0 ? meter->done_count * BAR_CELLS / meter->all_count : 0;
    char bar[BAR_CELLS + 1] = {0};
    for (int i = 0; i < BAR_CELLS; i++)
        bar[i] = i < full ? '#' : '.';
    fprintf(stderr, "\r\033[K[%s] %d/%d", bar, meter->done_count, meter->all_count);
    if (meter->failed_count > 0)
        fprintf(stderr, in_chinese ? "，失败%d" : ", %d failed", meter->failed_count);
    if (rate > 0) {
        fprintf(stderr, in_chinese ? "，每秒%.1f份，还要" : ", %.1f/s, left ", rate);
        put_time((long)((meter->all_count - meter->done_count) / rate + 0.5));
    }
    fflush(stderr);
    meter->is_drawn = true;
}

/* [12/1000] pdf/2024/….pdf */
static void put_line(const struct bx_cli_meter *meter, const struct bx_batch_item *item)
{
    bool in_chinese = meter->voice->in_chinese;
    fprintf(stderr, "[%d/%d] ", meter->done_count, meter->all_count);
    bool is_failed = item->status != BX_STATUS_DONE;
    bx_cli_put_text(stderr, is_failed || !item->output ? item->input : item->output);
    if (is_failed)
        fprintf(stderr, in_chinese ? "：失败（退出码%d）" : ": failed (status %d)",
                (int)item->status);
    else if (!item->report)
        fputs(in_chinese ? "：已有" : ": there already", stderr);
    fputc('\n', stderr);
}

void bx_cli_meter_step(struct bx_cli_meter *meter, const struct bx_batch_item *item)
{
    meter->done_count++;
    meter->kept_count += !item->report;
    meter->failed_count += item->status != BX_STATUS_DONE;
    if (meter->kind == BX_CLI_PROGRESS_PLAIN)
        put_line(meter, item);
    if (meter->kind != BX_CLI_PROGRESS_BAR)
        return;
    double now = bx_cli_now_ms();
    if (now - meter->drawn_ms < REDRAW_MS && meter->done_count < meter->all_count)
        return;
    meter->drawn_ms = now;
    draw_bar(meter);
}

void bx_cli_meter_clear(struct bx_cli_meter *meter)
{
    if (meter->is_drawn)
        fputs("\r\033[K", stderr);
    meter->is_drawn = false;
    meter->drawn_ms = 0;
}

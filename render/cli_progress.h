/* How far a batch is, told on standard error. */
#ifndef BX_CLI_PROGRESS_H
#define BX_CLI_PROGRESS_H

#include "cli.h"

/* Zeroed but for the first three, which the caller fills in. */
struct bx_cli_meter {
    const struct bx_cli_voice *voice;
    enum bx_cli_progress kind; /* never AUTO */
    int all_count;
    int done_count, kept_count, failed_count;
    double start_ms, drawn_ms;
    bool is_drawn; /* the bar stands on the line */
};

/* What "auto" means here. */
enum bx_cli_progress bx_cli_find_progress(const struct bx_cli_voice *voice,
                                          enum bx_cli_progress kind);

/* One more report is over: counts it and tells. */
void bx_cli_meter_step(struct bx_cli_meter *meter, const struct bx_batch_item *item);

/* Takes the bar off the line, so that something else can be told; it comes back with the next
 * step. */
void bx_cli_meter_clear(struct bx_cli_meter *meter);

double bx_cli_now_ms(void);

#endif

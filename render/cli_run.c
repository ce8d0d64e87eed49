/* What each command does, through banxin.h only.
 *
 * A result is made whole in memory before its file is touched; then findings are told, whatever
 * became of the result. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The engine and the report of one run. */
struct job {
    const struct bx_cli_request *request;
    struct bx_engine *engine;
    struct bx_report *report;
};

static bool is_same_file(const char *a, const char *b)
{
    struct stat stat_a, stat_b;
    return strcmp(a, "-") != 0 && strcmp(b, "-") != 0 && stat(a, &stat_a) == 0 &&
           stat(b, &stat_b) == 0 && stat_a.st_dev == stat_b.st_dev &&
           stat_a.st_ino == stat_b.st_ino;
}

/* What has to be there before work starts; false when it has told what is missing. */
static bool is_complete(const struct bx_cli_request *request)
{
    const struct bx_cli_command_spec *spec = &bx_cli_commands[request->command];
    const char *zh = NULL, *en = NULL;
    if (spec->has_report && !request->input && !request->wants_classes) {
        zh = "要写报告文件：%s";
        en = "a report is missing: %s";
    } else if (spec->has_pdf && !request->input) {
        zh = "要写 PDF 文件：%s";
        en = "a PDF file is missing: %s";
    } else if (!request->output &&
               (request->command == BX_CLI_RENDER || request->command == BX_CLI_PREVIEW)) {
        zh = "要用 -o 写明输出文件：%s";
        en = "-o and an output file are missing: %s";
    } else if (request->command == BX_CLI_DUMP && !request->has_stage && !request->wants_why) {
        zh = "要写 --stage 或 --why：%s";
        en = "--stage or --why is missing: %s";
    } else if (request->wants_why && request->has_stage && request->stage != BX_STAGE_PAGES) {
        zh = "--why 只和 --stage pages 同用，或不写 --stage：%s";
        en = "--why goes with --stage pages only, or alone: %s";
    }
    if (request->command == BX_CLI_BATCH && request->input_count == 0) {
        zh = "要写输入：%s";
        en = "an input is missing: %s";
    } else if (request->command == BX_CLI_BATCH &&
               (!request->batch.folder || strcmp(request->batch.folder, "-") == 0)) {
        zh = "要用 -o 写明输出文件夹：%s";
        en = "-o and an output folder are missing: %s";
    }
    if (zh) {
        bx_cli_tell_usage_of(&request->voice, zh, en, spec->usage);
        return false;
    }
    if (request->previous && request->input && strcmp(request->previous, "-") == 0 &&
        strcmp(request->input, "-") == 0) {
        bx_cli_tell_usage(&request->voice, "标准输入只能读一份报告",
                          "standard input holds one report only");
        return false;
    }
    if (request->input && request->report_path &&
        is_same_file(request->input, request->report_path)) {
        bx_cli_tell_usage_of(&request->voice, "输出会覆盖 PDF 本身：%s",
                             "the output would replace the PDF: %s", request->report_path);
        return false;
    }
    if (request->input && request->output && is_same_file(request->input, request->output)) {
        bx_cli_tell_usage_of(&request->voice, "输出会覆盖报告本身：%s",
                             "the output would replace the report: %s", request->output);
        return false;
    }
    return true;
}

/* SOURCE_DATE_EPOCH (reproducible-builds.org): the only environment variable that counts in what
 * is written. One that is no number is told rather than ignored, as its specification asks. */
static bool take_date(struct bx_report_options *options, const struct bx_cli_voice *voice)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    if (!text || !text[0])
        return true;
    char *end;
    errno = 0;
    long long epoch = strtoll(text, &end, 10);
    if (errno || *end || strspn(text, "0123456789") != strlen(text) || epoch > 253402300799) {
        bx_cli_tell_usage_of(voice, "环境变量 SOURCE_DATE_EPOCH 不是秒数：%s",
                             "SOURCE_DATE_EPOCH is not a number of seconds: %s", text);
        return false;
    }
    options->has_date = true;
    options->date_epoch = epoch;
    return true;
}

static int put_bytes(const struct bx_cli_voice *voice, const struct bx_bytes *bytes)
{
    if (fwrite(bytes->data ? bytes->data : "", 1, bytes->len, stdout) == bytes->len &&
        fflush(stdout) == 0)
        return BX_STATUS_DONE;
    bx_cli_tell_failure(voice, "写不了标准输出", "cannot write to standard output");
    return BX_STATUS_WRITE;
}

static enum bx_status run_render(struct job *job)
{
    struct bx_bytes pdf = {0};
    enum bx_status status = bx_report_render(job->report, &pdf);
    if (status == BX_STATUS_DONE)
        status = bx_report_write_file(job->report, job->request->output, &pdf);
    bx_bytes_fini(&pdf);
    return status;
}

static enum bx_status run_dump(struct job *job)
{
    struct bx_bytes text = {0};
    enum bx_stage stage = job->request->wants_why ? BX_STAGE_WHY : job->request->stage;
    enum bx_status status = bx_report_dump(job->report, stage, &text);
    const char *path = job->request->output ? job->request->output : "-";
    if (status == BX_STATUS_DONE)
        status = bx_report_write_file(job->report, path, &text);
    bx_bytes_fini(&text);
    return status;
}

static void print_timings(const struct job *job, double start_ms)
{
    double total = start_ms;
    fprintf(stderr, "%-9s%9.2f ms\n", "start", start_ms);
    for (int i = 0; i < BX_PHASE_COUNT; i++) {
        double ms = bx_report_phase_ms(job->report, (enum bx_phase)i);
        fprintf(stderr, "%-9s%9.2f ms\n", bx_phase_name((enum bx_phase)i), ms);
        total += ms;
    }
    fprintf(stderr, "%-9s%9.2f ms\n", "total", total);
}

/* One line for people: what was made, or how the check went. */
static void print_summary(const struct job *job, enum bx_status status)
{
    const struct bx_cli_request *request = job->request;
    bool in_chinese = request->voice.in_chinese;
    if (request->voice.is_json)
        return;
    if (request->command == BX_CLI_RENDER && status == BX_STATUS_DONE &&
        strcmp(request->output, "-") != 0) {
        fputs(in_chinese ? "已写好 " : "wrote ", stderr);
        bx_cli_put_text(stderr, request->output);
        fprintf(stderr, in_chinese ? "，共%d页\n" : ", pages: %d\n",
                bx_report_page_count(job->report));
    }
    if (request->command != BX_CLI_CHECK && status == BX_STATUS_DONE)
        return;
    const struct bx_findings *list = bx_report_findings(job->report);
    bx_cli_put_text(stderr, request->input);
    fprintf(stderr,
            in_chinese ? "：错误%d、警告%d、提示%d\n" : ": errors %d, warnings %d, notes %d\n",
            bx_cli_count_findings(list, BX_FINDING_ERROR),
            bx_cli_count_findings(list, BX_FINDING_WARNING),
            bx_cli_count_findings(list, BX_FINDING_NOTE));
}

static int run_report(struct job *job)
{
    const struct bx_cli_request *request = job->request;
    enum bx_status status = bx_report_read_file(job->report, request->input);
    if (request->previous)
        status = bx_report_read_previous_file(job->report, request->previous);
    switch (request->command) {
    case BX_CLI_RENDER:
        status = run_render(job);
        break;
    case BX_CLI_CHECK:
        status = bx_report_check(job->report);
        break;
    case BX_CLI_PREVIEW:
        status = bx_cli_preview(job->report, request);
        break;
    case BX_CLI_DUMP:
        status = run_dump(job);
        break;
    case BX_CLI_BATCH:
    case BX_CLI_FORMS:
    case BX_CLI_FONTS:
    case BX_CLI_FONTS_PREPARE:
    case BX_CLI_VERIFY:
    case BX_CLI_SIGN:
    case BX_CLI_SIGN_PREPARE:
    case BX_CLI_SIGN_FINISH:
    case BX_CLI_COMMAND_COUNT:
        break;
    }
    bx_cli_tell_findings(&request->voice, bx_report_findings(job->report), request->input);
    print_summary(job, status);
    if (request->wants_timings)
        print_timings(job, request->start_ms);
    return (int)status;
}

/* Commands about the engine: their result goes to standard output. */
static int run_engine(struct job *job)
{
    const struct bx_cli_request *request = job->request;
    struct bx_bytes text = {0};
    enum bx_status status =
        request->command == BX_CLI_FONTS
            ? bx_engine_fonts(job->engine, request->voice.in_chinese, &text)
        : request->command == BX_CLI_FONTS_PREPARE
            ? bx_engine_prepare_fonts(job->engine, request->voice.in_chinese, &text)
        : request->schema ? bx_engine_form_schema(job->engine, request->schema, &text)
                          : bx_engine_forms(job->engine, request->voice.in_chinese, &text);
    bx_cli_tell_findings(&request->voice, bx_engine_findings(job->engine), NULL);
    if (text.len > 0 && put_bytes(&request->voice, &text) != BX_STATUS_DONE)
        status = BX_STATUS_WRITE;
    bx_bytes_fini(&text);
    return (int)status;
}

/* The report is there only to write the file as all others are written. */
static int run_classes(struct job *job)
{
    struct bx_bytes text = {0};
    bx_dump_classes(&text);
    const char *path = job->request->output ? job->request->output : "-";
    enum bx_status status = bx_report_write_file(job->report, path, &text);
    bx_bytes_fini(&text);
    bx_cli_tell_findings(&job->request->voice, bx_report_findings(job->report), path);
    return (int)status;
}

int bx_cli_run(const struct bx_cli_request *request)
{
    struct bx_report_options options = request->report;
    if (!is_complete(request) || !take_date(&options, &request->voice))
        return BX_STATUS_USAGE;

    if (request->command == BX_CLI_BATCH)
        return bx_cli_batch(request, &options);
    if (request->command == BX_CLI_VERIFY)
        return bx_cli_verify(request);
    if (request->command == BX_CLI_SIGN)
        return bx_cli_sign(*request);
    if (request->command == BX_CLI_SIGN_PREPARE)
        return bx_cli_sign_prepare(*request);
    if (request->command == BX_CLI_SIGN_FINISH)
        return bx_cli_sign_finish(*request);

    struct bx_engine_options engine = request->engine;
    engine.has_helper = true;
    struct job job = {.request = request, .engine = bx_engine_new(&engine)};
    int status;
    if (bx_cli_commands[request->command].has_report) {
        job.report = bx_report_new(job.engine, &options);
        status = request->wants_classes ? run_classes(&job) : run_report(&job);
    } else {
        status = run_engine(&job);
    }
    bx_report_free(job.report);
    bx_engine_free(job.engine);
    return status;
}

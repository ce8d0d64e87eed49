/* banxin sign prepare and sign finish: signing with a key that is elsewhere.
 *
 * Digests go to standard output, bare, a line each, so that a script can take them: first that of the
 * document, then, with --attributes, the one to sign. */
#include "cli.h"

#include <string.h>

static bool tell_missing(const struct bx_cli_request *request,
                         const char *option,
                         const char *zh,
                         const char *en)
{
    char said[256];
    snprintf(said, sizeof(said), "%s (%s)", option, bx_cli_commands[request->command].usage);
    bx_cli_tell_usage_of(&request->voice, zh, en, said);
    return false;
}

static bool is_standard(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

/* "signed OUT.pdf", unless somebody else reads standard error, or OUT is standard output. */
static void tell_done(const struct bx_cli_request *request, const char *zh, const char *en)
{
    if (request->voice.is_json || is_standard(request->output))
        return;
    fputs(request->voice.in_chinese ? zh : en, stderr);
    bx_cli_put_text(stderr, request->output);
    fputc('\n', stderr);
}

/* --- prepare --------------------------------------------------------------------------------- */

static bool can_prepare(const struct bx_cli_request *request)
{
    if (!request->output)
        return tell_missing(request, "-o", "缺少 %s", "%s is missing");
    if (is_standard(request->output) || is_standard(request->attributes))
        return tell_missing(request, "-o", "标准输出留给摘要，%s 要写文件名",
                            "standard output is for the digests; %s needs a file");
    if (request->attributes && strcmp(request->attributes, request->output) == 0)
        return tell_missing(request, "--attributes", "%s 和 -o 不能是同一个文件",
                            "%s and -o cannot be one file");
    if (request->attributes && !request->signing.certificate)
        return tell_missing(request, "--cert", "--attributes 要有 %s", "--attributes needs %s");
    if (request->signing.chain && !request->signing.certificate)
        return tell_missing(request, "--cert", "--chain 要有 %s", "--chain needs %s");
    return true;
}

int bx_cli_sign_prepare(struct bx_cli_request request)
{
    if (!can_prepare(&request) || !bx_cli_take_time(&request))
        return BX_STATUS_USAGE;
    struct bx_signing *signing = bx_signing_new(&request.signing);
    struct bx_signing_prepared made = {0};
    enum bx_status status = bx_signing_prepare_file(signing, request.input, request.output,
                                                    request.attributes, &made);
    bx_cli_tell_findings(&request.voice, bx_signing_findings(signing), request.input);
    if (status == BX_STATUS_DONE) {
        printf("%s\n", made.document);
        if (made.to_sign[0])
            printf("%s\n", made.to_sign);
        tell_done(&request, "已备好待签 ", "prepared ");
        if (fflush(stdout) != 0 || ferror(stdout))
            status = (enum bx_status)bx_cli_tell_failure(&request.voice, "写不了标准输出",
                                                         "cannot write to standard output");
    }
    bx_signing_prepared_fini(&made);
    bx_signing_free(signing);
    return (int)status;
}

/* --- finish ---------------------------------------------------------------------------------- */

static bool can_finish(const struct bx_cli_request *request)
{
    const struct bx_signing_answer_files *answer = &request->answer;
    const char *const inputs[] = {request->input, answer->cms, answer->signature,
                                  request->attributes};
    int standard_count = 0;
    for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++)
        standard_count += is_standard(inputs[i]);
    if (!request->output)
        return tell_missing(request, "-o", "缺少 %s", "%s is missing");
    if (!answer->cms == !answer->signature)
        return tell_missing(request, "--cms, --signature", "%s 要写一个，也只写一个",
                            "one of %s must be given, and only one");
    if (answer->signature && !request->attributes)
        return tell_missing(request, "--attributes", "--signature 要有 %s",
                            "--signature needs %s");
    if ((answer->signature || request->signing.chain) && !request->signing.certificate)
        return tell_missing(request, "--cert", "缺少 %s", "%s is missing");
    if (standard_count > 1)
        return tell_missing(request, "-", "标准输入只能读一份文件：%s",
                            "standard input holds one file only: %s");
    return true;
}

int bx_cli_sign_finish(struct bx_cli_request request)
{
    if (!can_finish(&request) || !bx_cli_is_level_complete(&request))
        return BX_STATUS_USAGE;
    struct bx_signing_answer_files files = request.answer;
    files.attributes = request.attributes;
    bx_cli_take_lists(&request);
    struct bx_signing *signing = bx_signing_new(&request.signing);
    enum bx_status status =
        bx_signing_finish_file(signing, request.input, request.output, &files);
    bx_cli_tell_findings(&request.voice, bx_signing_findings(signing), request.input);
    if (status == BX_STATUS_DONE)
        tell_done(&request, "已签名 ", "signed ");
    bx_signing_free(signing);
    return (int)status;
}

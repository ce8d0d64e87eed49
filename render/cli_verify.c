/* banxin verify: what holds of a file, a line a question, then what was found. */
#include "cli.h"

#include <string.h>

static const char *say_answer(enum bx_answer answer, bool in_chinese)
{
    switch (answer) {
    case BX_ANSWER_NOT_CHECKED:
        return in_chinese ? "没有核对" : "not checked";
    case BX_ANSWER_NOT_POSSIBLE:
        return in_chinese ? "无法比较" : "not possible";
    case BX_ANSWER_YES:
        return in_chinese ? "合格" : "holds";
    case BX_ANSWER_NO:
        return in_chinese ? "不合格" : "fails";
    }
    return "";
}

/* Bytes that differ are told, but a file that was only saved anew does not fail. */
static const char *
say(const struct bx_verdict *verdict, enum bx_question question, bool in_chinese)
{
    enum bx_answer answer = bx_verdict_answer(verdict, question);
    if (question == BX_QUESTION_BYTES && answer == BX_ANSWER_NO)
        return in_chinese ? "不同" : "differ";
    return say_answer(answer, in_chinese);
}

static void print_answers(const struct bx_verdict *verdict, bool in_chinese)
{
    static const char *const zh[BX_QUESTION_COUNT] = {
        [BX_QUESTION_MODEL] = "所附报告数据的摘要",
        [BX_QUESTION_TEXT] = "文字与报告数据一致",
        [BX_QUESTION_ATTACHMENTS] = "附件与报告数据一致",
        [BX_QUESTION_CHANGES] = "没有增添、隐藏、改动",
        [BX_QUESTION_PAGES] = "页面与重新生成的一致",
        [BX_QUESTION_BYTES] = "字节与重新生成的一致",
    };
    static const char *const en[BX_QUESTION_COUNT] = {
        [BX_QUESTION_MODEL] = "the attached model's digest",
        [BX_QUESTION_TEXT] = "the text is the model's",
        [BX_QUESTION_ATTACHMENTS] = "the attachments are the model's",
        [BX_QUESTION_CHANGES] = "nothing was added, hidden or changed",
        [BX_QUESTION_PAGES] = "the pages are those written again",
        [BX_QUESTION_BYTES] = "the bytes are those written again",
    };
    for (int i = 0; i < BX_QUESTION_COUNT; i++)
        printf(in_chinese ? "%s：%s\n" : "%s: %s\n", in_chinese ? zh[i] : en[i],
               say(verdict, (enum bx_question)i, in_chinese));
}

static void print_trust(const struct bx_signature_verdict *one, bool in_chinese)
{
    const char *said = !one->is_trust_checked ? say_answer(BX_ANSWER_NOT_CHECKED, in_chinese)
                       : one->is_trusted      ? (in_chinese ? "可信" : "trusted")
                                              : (in_chinese ? "不可信" : "not trusted");
    printf(in_chinese ? "，%s%s" : ", %s %s",
           one->is_stamp ? (in_chinese ? "时间戳服务" : "authority")
                         : (in_chinese ? "签名人" : "signer"),
           said);
    if (one->is_revoked)
        fputs(in_chinese ? "，证书已吊销" : ", certificate revoked", stdout);
}

/* When it was, and whose word that is. */
static void print_time(const struct bx_signature_verdict *one, bool in_chinese)
{
    if (one->stamped[0])
        printf(in_chinese ? "，时间戳 %s%s" : ", time-stamped %s%s", one->stamped,
               !one->is_trust_checked || one->is_stamp_trusted
                   ? ""
                   : (in_chinese ? "（不可信）" : " (not trusted)"));
    if (one->time[0]) {
        fputs(in_chinese ? "，自称时间 " : ", claimed time ", stdout);
        bx_cli_put_text(stdout, one->time);
    }
}

static void print_signatures(const struct bx_verdict *verdict, bool in_chinese)
{
    for (int i = 0; i < bx_verdict_signature_count(verdict); i++) {
        struct bx_signature_verdict one;
        bool holds = bx_verdict_signature(verdict, i, &one);
        fputs(one.is_stamp ? (in_chinese ? "文档时间戳 " : "time-stamp ")
                           : (in_chinese ? "签名 " : "signature "),
              stdout);
        bx_cli_put_text(stdout, one.field);
        fputs(one.is_stamp ? (in_chinese ? "，时间戳服务 " : " by ")
                           : (in_chinese ? "，签名人 " : " by "),
              stdout);
        bx_cli_put_text(stdout, one.signer);
        printf(in_chinese ? "：%s" : ": %s",
               say_answer(holds ? BX_ANSWER_YES : BX_ANSWER_NO, in_chinese));
        if (one.level[0])
            printf(in_chinese ? "，%s" : ", %s", one.level);
        print_trust(&one, in_chinese);
        print_time(&one, in_chinese);
        putchar('\n');
    }
}

static int verify_file(struct bx_verdict *verdict, const struct bx_cli_request *request)
{
    enum bx_status status = BX_STATUS_DONE;
    for (int i = 0; i < request->trusted_count; i++)
        bx_verdict_trust_file(verdict, request->trusted[i]);
    for (int i = 0; i < request->crl_count; i++)
        bx_verdict_crl_file(verdict, request->crls[i]);
    if (request->model)
        status = bx_verdict_read_model_file(verdict, request->model);
    if (status == BX_STATUS_DONE)
        status = bx_verdict_verify_file(verdict, request->input);
    if (request->report_path) {
        enum bx_status written = bx_verdict_write_report(verdict, request->report_path);
        status = status == BX_STATUS_DONE ? written : status;
    }
    return (int)status;
}

int bx_cli_verify(const struct bx_cli_request *request)
{
    if (request->model && strcmp(request->model, "-") == 0 && strcmp(request->input, "-") == 0)
        return bx_cli_tell_usage(&request->voice, "标准输入只能读一份文件",
                                 "standard input holds one file only");
    struct bx_engine *engine = bx_engine_new(&request->engine);
    struct bx_verdict *verdict = bx_verdict_new(engine);
    int status = verify_file(verdict, request);
    bx_cli_tell_findings(&request->voice, bx_verdict_findings(verdict), request->input);
    bool is_output_taken = request->report_path && strcmp(request->report_path, "-") == 0;
    if (!request->voice.is_json && !is_output_taken && status != BX_STATUS_READ) {
        print_answers(verdict, request->voice.in_chinese);
        print_signatures(verdict, request->voice.in_chinese);
    }
    bx_verdict_free(verdict);
    bx_engine_free(engine);
    return status;
}

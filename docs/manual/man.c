/* man(7): a request starts a line with a dot, so no text of ours may; hyphens that the user types are
 * written \-, or they would be copied out of the page as another character. */
#include <string.h>

#include "manual.h"

static void put_char(FILE *out, char c)
{
    if (c == '\\')
        fputs("\\e", out);
    else if (c == '-')
        fputs("\\-", out);
    else if (c == '\'')
        fputs("\\(aq", out);
    else if (c == '.')
        fputs(".\\&", out);
    else
        fputc(c, out);
}

/* A Chinese character or mark, of three bytes. */
static bool is_wide(const char *at)
{
    return ((unsigned char)at[0] & 0xF0) == 0xE0;
}

static bool is_one_of(const char *at, const char *marks)
{
    for (; *marks; marks += 3)
        if (memcmp(at, marks, 3) == 0)
            return true;
    return false;
}

/* roff breaks lines at blanks, of which Chinese has none: \: lets it break between two characters,
 * but never before a closing mark or behind an opening one. */
static void put_chinese(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n')
            continue;
        if (!is_wide(text)) {
            put_char(out, *text);
            continue;
        }
        fwrite(text, 1, 3, out);
        bool may_break = !is_one_of(text, "（“《〔");
        text += 2;
        if (may_break && is_wide(text + 1) && !is_one_of(text + 1, "，。、；：？！）”》〕"))
            fputs("\\:", out);
    }
}

/* Lines of the help are filled again: the page has another width. */
static void put_text(FILE *out, const char *text, bool in_chinese)
{
    /* Of the few blanks none is stretched, and words in Latin letters are names. */
    fputs(in_chinese ? ".ad l\n.nh\n\\&" : "\\&", out);
    if (in_chinese)
        put_chinese(out, text);
    else
        bx_put_line(out, text, " ", put_char);
    fputc('\n', out);
}

static void put_words(FILE *out, const char *font, const char *text)
{
    fprintf(out, "\\f%s", font);
    bx_put_line(out, text, " ", put_char);
    fputs("\\fR", out);
}

static void put_option(FILE *out, const struct bx_cli_option *option, bool in_chinese)
{
    const char *value = in_chinese ? option->value_zh : option->value_en;
    fputs(".TP\n", out);
    if (option->letter)
        fprintf(out, "\\fB\\-%c\\fR, ", option->letter);
    fputs("\\fB\\-\\-", out);
    bx_put_line(out, option->name, " ", put_char);
    fputs("\\fR", out);
    if (value) {
        fputc(' ', out);
        put_words(out, "I", value);
    }
    fputc('\n', out);
    put_text(out, in_chinese ? option->zh : option->en, in_chinese);
}

/* Whether every command has it: such options stand once, at the end. */
static bool is_common(const struct bx_cli_option *option)
{
    for (int c = 0; c < BX_CLI_COMMAND_COUNT; c++)
        if (!bx_cli_takes((enum bx_cli_command)c, option))
            return false;
    return true;
}

static void put_example(FILE *out, const char *text)
{
    fputs(".PP\n.nf\n.RS\n\\&", out);
    bx_put_line(out, text, " ", put_char);
    fputs("\n.RE\n.fi\n", out);
}

static void put_command(FILE *out, enum bx_cli_command command, bool in_chinese)
{
    const struct bx_cli_command_spec *spec = &bx_cli_commands[command];
    const char *more = in_chinese ? spec->more_zh : spec->more_en;
    fprintf(out, ".SS %s\n", spec->name);
    put_words(out, "B", spec->usage);
    fputs("\n.PP\n", out);
    put_text(out, in_chinese ? spec->zh : spec->en, in_chinese);
    if (more) {
        fputs(".PP\n", out);
        put_text(out, more, in_chinese);
    }
    const struct bx_cli_option *option;
    for (int i = 0; (option = bx_command_option(command, i)); i++)
        if (!is_common(option))
            put_option(out, option, in_chinese);
    put_example(out, spec->example);
}

static void put_head(FILE *out, bool in_chinese)
{
    fprintf(out,
            ".\\\" Made from render/cli_options.c.\n.TH BANXIN 1 \"\" \"banxin %s\" \"%s\"\n",
            bx_version(), in_chinese ? "版心" : "Banxin");
    fputs(in_chinese
              ? ".SH 名称\nbanxin \\- 把政府信息公开工作年度报告排成可打印、可存档的文件\n"
              : ".SH NAME\nbanxin \\- set statutory annual reports for print and archive\n",
          out);
    fputs(in_chinese ? ".SH 用法\n\\fBbanxin\\fR \\fI命令\\fR [\\fI选项\\fR]...\n"
                     : ".SH SYNOPSIS\n\\fBbanxin\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]...\n",
          out);
    fputs(in_chinese ? ".SH 说明\n" : ".SH DESCRIPTION\n", out);
    put_text(out,
             in_chinese
                 ? "读一份 JSON 报告，核对数字，按国家标准和规定的表式排成带结构标记的 PDF/A。"
                   "文件名写作 - 时为标准输入或标准输出。"
                 : "Reads a report as JSON, checks its figures and sets it by the national "
                   "standard, with the mandated tables, as tagged PDF/A. "
                   "A file called - is standard input or output.",
             in_chinese);
}

static void put_common(FILE *out, bool in_chinese)
{
    const struct bx_cli_option *option;
    fputs(in_chinese ? ".SH 各命令都有的选项\n" : ".SH OPTIONS OF EVERY COMMAND\n", out);
    for (int i = 0; (option = bx_cli_option_at(i)); i++)
        if (is_common(option))
            put_option(out, option, in_chinese);
}

static void put_end(FILE *out, bool in_chinese)
{
    fputs(in_chinese ? ".SH 退出码\n" : ".SH EXIT STATUS\n", out);
    put_text(out, bx_cli_statuses(in_chinese), in_chinese);
    fputs(in_chinese ? ".SH 环境变量\n" : ".SH ENVIRONMENT\n", out);
    fputs(".TP\n.B LC_ALL, LC_MESSAGES, LANG\n", out);
    put_text(out,
             in_chinese ? "提示信息的语言，没有 --lang 时。"
                        : "the language of messages, without --lang.",
             in_chinese);
    fputs(".TP\n.B SOURCE_DATE_EPOCH\n", out);
    put_text(out,
             in_chinese
                 ? "文件的日期，代替落款日期：1970 年以来的秒数。"
                 : "the date of the file instead of the signature's, in seconds since 1970.",
             in_chinese);
}

void bx_manual_write(FILE *out, bool in_chinese)
{
    put_head(out, in_chinese);
    fputs(in_chinese ? ".SH 命令\n" : ".SH COMMANDS\n", out);
    for (int c = 0; c < BX_CLI_COMMAND_COUNT; c++)
        put_command(out, (enum bx_cli_command)c, in_chinese);
    put_common(out, in_chinese);
    put_end(out, in_chinese);
}

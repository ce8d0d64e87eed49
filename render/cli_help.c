/* The help, printed from the tables of cli_options.c. */
#include "cli.h"

#include <string.h>

/* Columns a text takes on a terminal: what is not ASCII is Chinese here and takes two. */
static int text_width(const char *text)
{
    int width = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        width += *at < 0x80 ? 1 : (*at & 0xC0) == 0xC0 ? 2 : 0;
    return width;
}

static void put_spaces(FILE *out, int count)
{
    for (int i = 0; i < count; i++)
        fputc(' ', out);
}

/* A text whose further lines start in the given column. */
static void put_lines(FILE *out, const char *text, int column)
{
    for (const char *at = text; *at; at++) {
        fputc(*at, out);
        if (*at == '\n')
            put_spaces(out, column);
    }
    fputc('\n', out);
}

#define OPTION_COLUMN 28

static void print_option(FILE *out, const struct bx_cli_option *option, bool in_chinese)
{
    const char *value = in_chinese ? option->value_zh : option->value_en;
    char left[96];
    if (option->letter)
        snprintf(left, sizeof(left), "  -%c, --%s", option->letter, option->name);
    else
        snprintf(left, sizeof(left), "      --%s", option->name);
    fputs(left, out);
    int width = text_width(left);
    if (value) {
        fprintf(out, " %s", value);
        width += 1 + text_width(value);
    }
    if (width + 2 > OPTION_COLUMN) {
        fputc('\n', out);
        width = 0;
    }
    put_spaces(out, OPTION_COLUMN - width);
    put_lines(out, in_chinese ? option->zh : option->en, OPTION_COLUMN);
}

void bx_cli_print_command_help(FILE *out, enum bx_cli_command command, bool in_chinese)
{
    const struct bx_cli_command_spec *spec = &bx_cli_commands[command];
    fprintf(out,
            in_chinese ? "用法：%s [选项]\n\n%s：%s。\n" : "Usage: %s [OPTION]...\n\n%s: %s.\n",
            spec->usage, spec->name, in_chinese ? spec->zh : spec->en);
    const char *more = in_chinese ? spec->more_zh : spec->more_en;
    if (more)
        fprintf(out, "%s\n", more);
    if (spec->has_report)
        fputs(in_chinese ? "REPORT.json 写作 - 时从标准输入读。\n"
                         : "REPORT.json may be - for standard input.\n",
              out);
    if (spec->has_pdf)
        fputs(in_chinese ? "FILE.pdf 写作 - 时从标准输入读。\n"
                         : "FILE.pdf may be - for standard input.\n",
              out);
    fputs(in_chinese ? "\n选项：\n" : "\nOptions:\n", out);
    const struct bx_cli_option *option;
    for (int i = 0; (option = bx_cli_option_at(i)); i++)
        if (bx_cli_takes(command, option))
            print_option(out, option, in_chinese);
    fprintf(out, in_chinese ? "\n例：\n  %s\n" : "\nExample:\n  %s\n", spec->example);
}

const char *bx_cli_statuses(bool in_chinese)
{
    return in_chinese
               ? "0 完成，1 用法不对，2 读不了，3 数据有错，4 版式文件有错，\n"
                 "5 缺字体或缺字，6 排不下，7 写不了，\n"
                 "8 签名不成或核验发现改动。失败时不写任何文件，原有文件保持不变。\n"
               : "0 done, 1 wrong usage, 2 cannot read, 3 the data is wrong,\n"
                 "4 a layout file is wrong, 5 a font or character is missing, 6 does not fit,\n"
                 "7 cannot write, 8 signing failed or verify found a change. On failure "
                 "nothing is\n"
                 "written and an existing file stays.\n";
}

void bx_cli_print_help(FILE *out, bool in_chinese)
{
    fprintf(out,
            in_chinese
                ? "版心 banxin %s：把政府信息公开工作年度报告的数据排成可打印、可存档的文件\n\n"
                  "用法：banxin 命令 [选项]\n\n命令：\n"
                : "banxin %s: sets China's statutory annual reports on open government\n"
                  "information, from data to pages for print and archive\n\n"
                  "Usage: banxin COMMAND [OPTION]...\n\nCommands:\n",
            bx_version());
    for (int i = 0; i < BX_CLI_COMMAND_COUNT; i++)
        fprintf(out, "  %-14s%s\n", bx_cli_commands[i].name,
                in_chinese ? bx_cli_commands[i].zh : bx_cli_commands[i].en);
    fputs(in_chinese ? "\n各命令的选项：banxin 命令 --help。版本：banxin --version。\n"
                       "英文说明：banxin --help --lang en。\n\n例：\n"
                     : "\nThe options of each command: banxin COMMAND --help. Version: banxin "
                       "--version.\nIn Chinese: banxin --help --lang zh.\n\nExamples:\n",
          out);
    for (int i = 0; i < BX_CLI_COMMAND_COUNT; i++)
        fprintf(out, "  %s\n", bx_cli_commands[i].example);
    fprintf(out, in_chinese ? "\n退出码：%s" : "\nExit status: %s",
            bx_cli_statuses(in_chinese));
}

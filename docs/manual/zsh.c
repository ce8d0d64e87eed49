/* zsh: a table for _arguments for each command, in both languages; which one is shown is decided as
 * the program decides it, by the locale. A command of two words is found behind its first. */
#include <string.h>

#include "manual.h"

/* Inside single quotes, where _arguments reads ":" and "]" as its own. */
static void put_char(FILE *out, char c)
{
    if (c == '\'')
        fputs("'\\''", out);
    else if (c == ':' || c == ']' || c == '[' || c == '\\')
        fprintf(out, "\\%c", c);
    else
        fputc(c, out);
}

static void put_text(FILE *out, const char *text, bool in_chinese)
{
    bx_put_line(out, text, in_chinese ? "" : " ", put_char);
}

static void put_action(FILE *out, const struct bx_cli_option *option)
{
    switch (bx_wanted_value(option)) {
    case BX_WANTED_CHOICE:
        for (int i = 0; option->choices[i]; i++)
            fprintf(out, "%s%s", i > 0 ? " " : "(", option->choices[i]);
        fputc(')', out);
        break;
    case BX_WANTED_FILE:
        fputs("_files", out);
        break;
    case BX_WANTED_FOLDER:
        fputs("_files -/", out);
        break;
    case BX_WANTED_TEXT:
        break;
    }
}

static void
put_spec(FILE *out, const struct bx_cli_option *option, char letter, bool in_chinese)
{
    const char *value = in_chinese ? option->value_zh : option->value_en;
    fputs("            '", out);
    if (option->is_repeatable)
        fputc('*', out);
    if (letter)
        fprintf(out, "-%c[", letter);
    else
        fprintf(out, "--%s[", option->name);
    put_text(out, in_chinese ? option->zh : option->en, in_chinese);
    fputc(']', out);
    if (value) {
        fputs(option->is_value_optional ? "::" : ":", out);
        put_text(out, value, in_chinese);
        fputc(':', out);
        put_action(out, option);
    }
    fputs("' \\\n", out);
}

static void put_command(FILE *out, enum bx_cli_command command, bool in_chinese)
{
    const struct bx_cli_command_spec *spec = &bx_cli_commands[command];
    const char *ending = bx_wanted_ending(spec);
    fprintf(out, "    '%s:%s')\n", in_chinese ? "zh" : "en", spec->name);
    bx_put_second_words(out, spec->name, "        (( CURRENT == 2 )) && compadd -- ", "\n");
    fputs("        _arguments \\\n", out);
    const struct bx_cli_option *option;
    for (int i = 0; (option = bx_command_option(command, i)); i++) {
        if (option->letter)
            put_spec(out, option, option->letter, in_chinese);
        put_spec(out, option, 0, in_chinese);
    }
    if (!ending)
        fputs("            ':: :' ;;\n", out);
    else if (!ending[0])
        fputs("            '*: :_files' ;;\n", out);
    else
        fprintf(out, "            '*: :_files -g \"*%s(-.)\"' ;;\n", ending);
}

static void put_names(FILE *out, bool in_chinese)
{
    fprintf(out, "    %s) commands=(\n", in_chinese ? "zh" : "en");
    for (int c = 0; c < BX_CLI_COMMAND_COUNT; c++) {
        const struct bx_cli_command_spec *spec = &bx_cli_commands[c];
        if (strchr(spec->name, ' '))
            continue;
        fprintf(out, "        '%s:", spec->name);
        put_text(out, in_chinese ? spec->zh : spec->en, in_chinese);
        fputs("'\n", out);
    }
    fputs("    ) ;;\n", out);
}

static void put_second_words(FILE *out)
{
    for (int c = 0; c < BX_CLI_COMMAND_COUNT; c++)
        if (strchr(bx_cli_commands[c].name, ' '))
            fprintf(out, "    '%s') command=\"$words[1,2]\"; shift words; (( CURRENT-- )) ;;\n",
                    bx_cli_commands[c].name);
}

void bx_complete_zsh(FILE *out)
{
    fputs("#compdef banxin\n# Made from render/cli_options.c.\n"
          "_banxin_command() {\n"
          "    local command=$words[1]\n"
          "    (( CURRENT > 2 )) && case \"$words[1,2]\" in\n",
          out);
    put_second_words(out);
    fputs("    esac\n    case \"$language:$command\" in\n", out);
    for (int c = 0; c < BX_CLI_COMMAND_COUNT; c++) {
        put_command(out, (enum bx_cli_command)c, true);
        put_command(out, (enum bx_cli_command)c, false);
    }
    fputs("    esac\n}\n"
          "_banxin() {\n"
          "    local language=en curcontext=$curcontext\n"
          "    local -a commands\n"
          "    [[ ${LC_ALL:-${LC_MESSAGES:-$LANG}} == zh* ]] && language=zh\n"
          "    case $language in\n",
          out);
    put_names(out, true);
    put_names(out, false);
    fputs("    esac\n"
          "    if (( CURRENT == 2 )); then\n"
          "        _describe -t commands banxin commands\n"
          "        return\n"
          "    fi\n"
          "    shift words; (( CURRENT-- ))\n"
          "    _banxin_command\n"
          "}\n"
          "_banxin \"$@\"\n",
          out);
}

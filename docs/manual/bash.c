/* bash: words by compgen, nothing of the package bash-completion. A command may be two words ("sign
 * prepare"); then the first alone is one too. */
#include <string.h>

#include "manual.h"

static void put_options(FILE *out, enum bx_cli_command command)
{
    const struct bx_cli_option *option;
    for (int i = 0; (option = bx_command_option(command, i)); i++)
        fprintf(out, "%s--%s", i > 0 ? " " : "", option->name);
}

/* The first words of all commands, each once: a command of two words stands behind that of one. */
static void put_commands(FILE *out)
{
    for (int c = 0; c < BX_CLI_COMMAND_COUNT; c++)
        if (!strchr(bx_cli_commands[c].name, ' '))
            fprintf(out, "%s ", bx_cli_commands[c].name);
}

static void put_second_words(FILE *out)
{
    for (int c = 0; c < BX_CLI_COMMAND_COUNT; c++) {
        const char *second = strchr(bx_cli_commands[c].name, ' ');
        if (second)
            fprintf(out, "        '%s') command='%s' first=3 ;;\n", bx_cli_commands[c].name,
                    bx_cli_commands[c].name);
    }
}

static void put_value(FILE *out, const struct bx_cli_option *option, const char *command)
{
    if (!option->value_en || option->is_value_optional)
        return;
    fprintf(out, "        '%s:--%s'", command, option->name);
    if (option->letter)
        fprintf(out, " | '%s:-%c'", command, option->letter);
    fputs(") ", out);
    switch (bx_wanted_value(option)) {
    case BX_WANTED_CHOICE:
        fputs("_banxin_words '", out);
        for (int i = 0; option->choices[i]; i++)
            fprintf(out, "%s%s", i > 0 ? " " : "", option->choices[i]);
        fputs("'", out);
        break;
    case BX_WANTED_FILE:
        fputs("_banxin_files ''", out);
        break;
    case BX_WANTED_FOLDER:
        fputs("_banxin_folders", out);
        break;
    case BX_WANTED_TEXT:
        fputs("COMPREPLY=()", out);
        break;
    }
    fputs("; return ;;\n", out);
}

static void put_values(FILE *out, enum bx_cli_command command)
{
    const struct bx_cli_option *option;
    for (int i = 0; (option = bx_command_option(command, i)); i++)
        put_value(out, option, bx_cli_commands[command].name);
}

static void put_word(FILE *out, enum bx_cli_command command)
{
    const struct bx_cli_command_spec *spec = &bx_cli_commands[command];
    const char *ending = bx_wanted_ending(spec);
    fprintf(out, "        '%s')\n            case $word in\n            -*) _banxin_words '",
            spec->name);
    put_options(out, command);
    fputs("' ;;\n            *) ", out);
    if (ending)
        fprintf(out, "_banxin_files '%s'", ending);
    else
        fputs(":", out);
    bx_put_second_words(out, spec->name, "; [ \"$COMP_CWORD\" -gt 2 ] || _banxin_more '", "'");
    fputs(" ;;\n            esac ;;\n", out);
}

void bx_complete_bash(FILE *out)
{
    fputs(
        "# bash completion of banxin. Made from render/cli_options.c.\n"
        "_banxin_words() {\n"
        "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$word\")\n"
        "}\n"
        "_banxin_more() {\n"
        "    mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -W \"$1\" -- \"$word\")\n"
        "}\n"
        "_banxin_folders() {\n"
        "    compopt -o filenames 2>/dev/null\n"
        "    mapfile -t COMPREPLY < <(compgen -d -- \"$word\")\n"
        "}\n"
        "# Files with this ending, and the folders that may hold some.\n"
        "_banxin_files() {\n"
        "    compopt -o filenames 2>/dev/null\n"
        "    mapfile -t COMPREPLY < <(compgen -d -- \"$word\"\n"
        "        compgen -f -X \"!*$1\" -- \"$word\" | while IFS= read -r file; do\n"
        "            [ -d \"$file\" ] || printf '%s\\n' \"$file\"\n"
        "        done)\n"
        "}\n"
        "_banxin() {\n"
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
        "    local command=${COMP_WORDS[1]} first=2\n"
        "    COMPREPLY=()\n"
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "        _banxin_words '",
        out);
    put_commands(out);
    fputs("--help --version'\n        return\n    fi\n"
          "    if [ \"$COMP_CWORD\" -gt 2 ]; then\n"
          "        case \"$command ${COMP_WORDS[2]}\" in\n",
          out);
    put_second_words(out);
    fputs("        esac\n    fi\n"
          "    if [ \"$COMP_CWORD\" -gt \"$first\" ]; then\n"
          "        case \"$command:$before\" in\n",
          out);
    for (int c = 0; c < BX_CLI_COMMAND_COUNT; c++)
        put_values(out, (enum bx_cli_command)c);
    fputs("        esac\n    fi\n    case $command in\n", out);
    for (int c = 0; c < BX_CLI_COMMAND_COUNT; c++)
        put_word(out, (enum bx_cli_command)c);
    fputs("    esac\n}\ncomplete -F _banxin banxin\n", out);
}

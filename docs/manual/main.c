/* make_manual FOLDER: writes banxin.1, banxin.zh.1, banxin.bash and banxin.zsh into it. */
#include <stdlib.h>
#include <string.h>

#include "manual.h"

enum bx_wanted bx_wanted_value(const struct bx_cli_option *option)
{
    if (option->choices)
        return BX_WANTED_CHOICE;
    const char *value = option->value_en ? option->value_en : "";
    if (strstr(value, "DIR") || strstr(value, "FOLDER"))
        return BX_WANTED_FOLDER;
    if (strstr(value, "FILE") || strstr(value, "IMAGE") || strstr(value, "MODULE") ||
        strchr(value, '.'))
        return BX_WANTED_FILE;
    return BX_WANTED_TEXT;
}

const char *bx_wanted_ending(const struct bx_cli_command_spec *command)
{
    if (command->has_report)
        return ".json";
    if (command->has_pdf)
        return ".pdf";
    return strstr(command->usage, "INPUT") ? "" : NULL;
}

const struct bx_cli_option *bx_command_option(enum bx_cli_command command, int i)
{
    const struct bx_cli_option *option;
    for (int at = 0; (option = bx_cli_option_at(at)); at++)
        if (bx_cli_takes(command, option) && i-- == 0)
            return option;
    return NULL;
}

void bx_put_second_words(FILE *out, const char *command, const char *before, const char *after)
{
    size_t len = strlen(command);
    bool has_any = false;
    for (int c = 0; c < BX_CLI_COMMAND_COUNT; c++) {
        const char *name = bx_cli_commands[c].name;
        if (strncmp(name, command, len) != 0 || name[len] != ' ')
            continue;
        fprintf(out, "%s%s", has_any ? " " : before, name + len + 1);
        has_any = true;
    }
    if (has_any)
        fputs(after, out);
}

void bx_put_line(FILE *out, const char *text, const char *space, void (*put)(FILE *, char))
{
    for (; *text; text++)
        if (*text == '\n')
            fputs(space, out);
        else
            put(out, *text);
}

static void write_chinese(FILE *out)
{
    bx_manual_write(out, true);
}

static void write_english(FILE *out)
{
    bx_manual_write(out, false);
}

static bool write_file(const char *folder, const char *name, void (*write)(FILE *))
{
    char path[4096];
    if ((size_t)snprintf(path, sizeof(path), "%s/%s", folder, name) >= sizeof(path))
        return false;
    FILE *out = fopen(path, "wb");
    if (!out)
        return false;
    write(out);
    bool is_written = !ferror(out);
    return fclose(out) == 0 && is_written;
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return EXIT_FAILURE;
    bool is_done = write_file(argv[1], "banxin.1", write_english) &&
                   write_file(argv[1], "banxin.zh.1", write_chinese) &&
                   write_file(argv[1], "banxin.bash", bx_complete_bash) &&
                   write_file(argv[1], "banxin.zsh", bx_complete_zsh);
    return is_done ? EXIT_SUCCESS : EXIT_FAILURE;
}

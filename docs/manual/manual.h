/* The manual page and the completions of shells, made from the program's own description of its
 * commands and options (render/cli_options.c), so that none of them can say otherwise than --help. */
#ifndef BX_MANUAL_H
#define BX_MANUAL_H

#include <stdio.h>

#include "cli.h"

/* A manual page of man(7), in one language. */
void bx_manual_write(FILE *out, bool in_chinese);

/* A completion function for bash, and one for zsh; zsh shows descriptions in the user's language. */
void bx_complete_bash(FILE *out);
void bx_complete_zsh(FILE *out);

/* What stands behind an option or a command, for a shell that completes it. */
enum bx_wanted {
    BX_WANTED_TEXT,   /* nothing that a shell knows */
    BX_WANTED_CHOICE, /* one of option->choices */
    BX_WANTED_FILE,
    BX_WANTED_FOLDER,
};

enum bx_wanted bx_wanted_value(const struct bx_cli_option *option);

/* The ending of a command's files, ".json" or ".pdf"; "" for any; NULL: it takes none. */
const char *bx_wanted_ending(const struct bx_cli_command_spec *command);

/* Puts the second words of the commands that start with this one, `before` ahead of the first; nothing
 * when there is none. */
void bx_put_second_words(FILE *out, const char *command, const char *before, const char *after);

/* Option i of a command, NULL behind the last: those it has and that work. */
const struct bx_cli_option *bx_command_option(enum bx_cli_command command, int i);

/* A text on one line: breaks become `space`, which is "" for Chinese. */
void bx_put_line(FILE *out, const char *text, const char *space, void (*put)(FILE *, char));

#endif

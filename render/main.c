/* The command line: finds the command and hands over. */
#include "cli.h"

#include <malloc.h>
#include <string.h>
#include <time.h>

static bool is_word(const char *text, const char *a, const char *b)
{
    return strcmp(text, a) == 0 || (b && strcmp(text, b) == 0);
}

/* Standard output may be a full disk or a closed pipe. */
static int end_output(const struct bx_cli_voice *voice)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return BX_STATUS_DONE;
    return bx_cli_tell_failure(voice, "写不了标准输出", "cannot write to standard output");
}

static int tell_unknown_command(const struct bx_cli_voice *voice, const char *name)
{
    return bx_cli_tell_usage_of(voice, "没有“%s”这个命令；用 banxin --help 看有哪些",
                                "there is no command %s; banxin --help lists them", name);
}

/* The command that argv begins with; one of two words comes before the one of its first. *words tells how
 * many it took. */
static int find_command(int argc, char **argv, int *words)
{
    int found = -1;
    for (int i = 0; i < BX_CLI_COMMAND_COUNT; i++) {
        const char *name = bx_cli_commands[i].name, *second = strchr(name, ' ');
        size_t len = second ? (size_t)(second - name) : strlen(name);
        if (strlen(argv[1]) != len || memcmp(argv[1], name, len) != 0 ||
            (second && (argc < 3 || strcmp(argv[2], second + 1) != 0)))
            continue;
        found = i;
        *words = second ? 2 : 1;
    }
    return found;
}

/* glibc hands memory back to the system whenever some is free at the end, and maps large blocks one
 * by one: every report of a batch then pays for the same pages again, two threads with one lock
 * (132,000 page faults in 200 reports, 4,000 with this). For the program alone: a library does not
 * touch its host's settings. */
static void keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
#endif
}

int main(int argc, char **argv)
{
    keep_memory();
    setvbuf(stderr, NULL, _IOLBF, 0); /* else every character is a call of the system */
    /* Processor time up to here is the loader's: the phase "start". */
    struct timespec used = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);

    struct bx_cli_voice voice = bx_cli_find_voice(argc, argv);
    if (argc < 2) {
        bx_cli_print_help(stderr, voice.in_chinese);
        return BX_STATUS_USAGE;
    }
    if (is_word(argv[1], "--help", "-h") || is_word(argv[1], "help", NULL)) {
        bx_cli_print_help(stdout, voice.in_chinese);
        return end_output(&voice);
    }
    if (is_word(argv[1], "--version", "-V")) {
        printf("banxin %s\n", bx_version());
        return end_output(&voice);
    }
    int words = 0, command = find_command(argc, argv, &words);
    if (command < 0)
        return tell_unknown_command(&voice, argv[1]);

    struct bx_cli_request request = {
        .command = (enum bx_cli_command)command,
        .voice = voice,
        .start_ms = (double)used.tv_sec * 1e3 + (double)used.tv_nsec / 1e6,
    };
    if (!bx_cli_parse(&request, argc - 1 - words, argv + 1 + words))
        return BX_STATUS_USAGE;
    if (request.wants_help) {
        bx_cli_print_command_help(stdout, request.command, voice.in_chinese);
        return end_output(&voice);
    }
    return bx_cli_run(&request);
}

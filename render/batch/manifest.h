/* The manifest: one line of JSON a report, written when its PDF is in place. */
#ifndef BX_MANIFEST_H
#define BX_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"

/* What a line says. Texts are borrowed. */
struct bx_manifest_report {
    const char *input, *input_sha256; /* digest "": the report could not be read */
    const char *output;               /* below the folder; NULL: none */
    const char *output_sha256;        /* "": nothing was written */
    const char *setting;              /* digest of version and options */
    int page_count;
    int note_count, warning_count, error_count;
    int status;
    long long ms;
};

/* A line that was read: what resuming has to know.
 *
 * Holds  line is the whole line without its end, so that it can be written again as it was. */
struct bx_manifest_line {
    const char *line;
    size_t line_len;
    const char *input_sha256, *output, *output_sha256, *setting; /* never NULL */
    bool is_stale;                                               /* not to be kept */
    int at;                                                      /* the number of the line */
};

/* The whole lines of a manifest. A last line without an end was torn by a kill: it is left out,
 * and so is whatever is no line of ours.
 *
 * Holds  lines are sorted by output; of several with one output only the last is left. */
struct bx_manifest_lines {
    struct bx_arena arena;
    struct bx_manifest_line *lines;
    int count;
};

/* A manifest that is open, and locked for this process. Zeroed: closed. */
struct bx_manifest {
    const char *path; /* borrowed */
    int fd;
    bool is_open, is_synced;
};

/* Opens or makes the file.
 *
 * Fails   WRITE when it cannot be written, USAGE when another process has it. */
bool bx_manifest_open(struct bx_manifest *out,
                      const char *path,
                      bool is_synced,
                      struct bx_err *err);
void bx_manifest_close(struct bx_manifest *manifest);

/* Empties it. */
bool bx_manifest_clear(struct bx_manifest *manifest, struct bx_err *err);

/* Adds a line in one write: after a kill it is there or not, and at worst torn at the end.
 *
 * Fails   BX_E_WRITE, and then the line is not there. */
bool bx_manifest_add(struct bx_manifest *manifest,
                     const struct bx_manifest_report *report,
                     struct bx_err *err);

/* Reads the lines of a manifest; none when there is no such file.
 *
 * Gives   *out, which the caller empties with bx_manifest_lines_fini(). Fails   BX_E_READ. */
bool bx_manifest_read(struct bx_manifest_lines *out, const char *path, struct bx_err *err);
void bx_manifest_lines_fini(struct bx_manifest_lines *set);

/* The line of an output, or NULL. */
const struct bx_manifest_line *bx_manifest_find(const struct bx_manifest_lines *set,
                                                const char *output);

/* Replaces the manifest by the lines that are not stale, in their old order, whole or not at
 * all, and stays its holder. */
bool bx_manifest_replace(struct bx_manifest *manifest,
                         const struct bx_manifest_lines *set,
                         struct bx_err *err);

#endif

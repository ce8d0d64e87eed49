/* Files: read whole, mapped, or written so that no half file is ever seen. */
#ifndef BX_FILE_H
#define BX_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* Files that are already in memory, as those of a PDF are. All borrowed. */
struct bx_held_file {
    const char *path;
    const void *data;
    size_t len;
};
struct bx_held_files {
    const struct bx_held_file *items;
    int count;
};

/* Reads a file, or standard input when path is "-", to its end.
 *
 * Fails   BX_E_READ, err.file the path; also when it is larger than max_len bytes. */
bool bx_file_read(struct bx_buf *out, const char *path, size_t max_len, struct bx_err *err);

/* Makes a folder with all that it lies in, unless it is there.
 *
 * Fails   BX_E_WRITE. */
bool bx_file_make_folder(const char *path, struct bx_err *err);

/* Writes a file in one piece: to a temporary file in the same folder, flushed, then renamed.
 * An existing file stays as it was until the new one is whole, and keeps its place on failure.
 * "-" writes to standard output.
 *
 * Fails   BX_E_WRITE. */
bool bx_file_write(const char *path, const void *data, size_t len, struct bx_err *err);

/* Two files, both or none: nothing is renamed before both are whole.
 *
 * Needs   neither path "-".
 * Fails   BX_E_WRITE. */
bool bx_file_write_both(const struct bx_held_file files[2], struct bx_err *err);

/* bx_file_write() by way of a temporary file of the caller's naming, so that what a kill leaves behind
 * can be told and removed. Only with is_synced are the file and its folder flushed to the disk.
 *
 * Needs   temp in the folder of path, and nobody else who uses that name.
 * Fails   BX_E_WRITE. */
bool bx_file_write_through(const char *path,
                           const char *temp,
                           const void *data,
                           size_t len,
                           bool is_synced,
                           struct bx_err *err);

#endif

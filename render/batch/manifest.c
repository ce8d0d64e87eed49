/* Writing the manifest.
 *
 * A line goes out in one write() to a file opened for appending, after its PDF has been renamed
 * into place. So whenever a run is killed, every line tells of a PDF that is there; at most the
 * last line is torn, and the reader leaves it out. The other order would promise what may never
 * come.
 *
 * The file is locked while it is open, so that the same shard cannot be started twice: the second
 * would remove what the first has half written. POSIX drops such a lock when its holder dies,
 * also by SIGKILL; a lock file would stay. */
#include "batch/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

static bool fail_write(const char *path, int error, struct bx_err *err)
{
    return bx_fail(err, BX_E_WRITE, path, "", "the manifest cannot be written: %s",
                   g_strerror(error));
}

/* Locks the whole file for this process. Returns an errno. */
static int lock_file(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(fd, F_SETLK, &lock) == 0 ? 0 : errno;
}

bool bx_manifest_open(struct bx_manifest *out,
                      const char *path,
                      bool is_synced,
                      struct bx_err *err)
{
    int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
    if (fd < 0)
        return fail_write(path, errno, err);
    int error = lock_file(fd);
    if (error != 0) {
        close(fd);
        if (error == EACCES || error == EAGAIN)
            return bx_fail(
                err, BX_E_USAGE, path, "",
                "another batch is writing this manifest: is this shard running twice?");
        return fail_write(path, error, err);
    }
    *out =
        (struct bx_manifest){.path = path, .fd = fd, .is_open = true, .is_synced = is_synced};
    return true;
}

void bx_manifest_close(struct bx_manifest *manifest)
{
    if (manifest->is_open)
        close(manifest->fd);
    *manifest = (struct bx_manifest){0};
}

bool bx_manifest_clear(struct bx_manifest *manifest, struct bx_err *err)
{
    return ftruncate(manifest->fd, 0) == 0 || fail_write(manifest->path, errno, err);
}

/* --- a line --- */

/* A JSON string. Paths may hold any byte: what is no UTF-8 becomes U+FFFD. */
static void add_string(struct bx_buf *out, const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    bx_buf_add_byte(out, '"');
    for (const char *at = valid; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte == '"' || byte == '\\')
            bx_buf_printf(out, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7F)
            bx_buf_printf(out, "\\u%04x", byte);
        else
            bx_buf_add_byte(out, *at);
    }
    bx_buf_add_byte(out, '"');
    g_free(valid);
}

static void add_member(struct bx_buf *out, const char *name, const char *text)
{
    bx_buf_printf(out, "%s\"%s\":", out->len > 1 ? "," : "", name);
    if (text && text[0])
        add_string(out, text);
    else
        bx_buf_add_text(out, "null");
}

static void add_line(struct bx_buf *out, const struct bx_manifest_report *report)
{
    bx_buf_add_byte(out, '{');
    add_member(out, "input", report->input);
    add_member(out, "input_sha256", report->input_sha256);
    add_member(out, "output", report->output);
    add_member(out, "output_sha256", report->output_sha256);
    bx_buf_printf(out,
                  ",\"pages\":%d,\"findings\":{\"note\":%d,\"warning\":%d,\"error\":%d},"
                  "\"status\":%d,\"ms\":%lld",
                  report->page_count, report->note_count, report->warning_count,
                  report->error_count, report->status, report->ms);
    add_member(out, "setting", report->setting);
    bx_buf_add_text(out, "}\n");
}

/* Returns an errno; then the file is as long as it was. */
static int append(int fd, const struct bx_buf *line)
{
    off_t before = lseek(fd, 0, SEEK_END);
    size_t done = 0;
    while (done < line->len) {
        ssize_t some = write(fd, line->data + done, line->len - done);
        if (some < 0 && errno == EINTR)
            continue;
        if (some < 0) {
            int error = errno;
            if (before >= 0 && ftruncate(fd, before) != 0)
                return error; /* a torn line, which readers leave out */
            return error;
        }
        done += (size_t)some;
    }
    return 0;
}

bool bx_manifest_add(struct bx_manifest *manifest,
                     const struct bx_manifest_report *report,
                     struct bx_err *err)
{
    struct bx_buf line = {0};
    add_line(&line, report);
    int error = append(manifest->fd, &line);
    bx_buf_fini(&line);
    if (error == 0 && manifest->is_synced && fsync(manifest->fd) != 0)
        error = errno;
    return error == 0 || fail_write(manifest->path, error, err);
}

/* --- the lines that stay --- */

static int compare_places(const void *a, const void *b)
{
    const struct bx_manifest_line *first = *(const struct bx_manifest_line *const *)a;
    const struct bx_manifest_line *second = *(const struct bx_manifest_line *const *)b;
    return first->at < second->at ? -1 : first->at > second->at;
}

static void add_kept(struct bx_buf *out, const struct bx_manifest_lines *set)
{
    struct bx_arena scratch = {0};
    const struct bx_manifest_line **kept =
        BX_NEW_ARRAY(&scratch, const struct bx_manifest_line *, (size_t)set->count + 1);
    size_t count = 0;
    for (int i = 0; i < set->count; i++)
        if (!set->lines[i].is_stale)
            kept[count++] = &set->lines[i];
    qsort(kept, count, sizeof(*kept), compare_places);
    for (size_t i = 0; i < count; i++) {
        bx_buf_add(out, kept[i]->line, kept[i]->line_len);
        bx_buf_add_byte(out, '\n');
    }
    bx_arena_fini(&scratch);
}

/* The new file is locked before it takes the name, so there is no moment at which the manifest
 * has no holder. */
bool bx_manifest_replace(struct bx_manifest *manifest,
                         const struct bx_manifest_lines *set,
                         struct bx_err *err)
{
    struct bx_arena names = {0};
    const char *temp = bx_arena_printf(&names, "%s.new", manifest->path);
    struct bx_manifest made = {0};
    struct bx_buf lines = {0};
    bool is_done = false;
    unlink(temp); /* of a killed run: we hold the manifest, so nobody is writing it */
    add_kept(&lines, set);
    if (bx_manifest_open(&made, temp, manifest->is_synced, err)) {
        int error = append(made.fd, &lines);
        if (error == 0 && manifest->is_synced && fsync(made.fd) != 0)
            error = errno;
        if (error == 0 && rename(temp, manifest->path) != 0)
            error = errno;
        is_done = error == 0 || fail_write(manifest->path, error, err);
    }
    bx_buf_fini(&lines);
    if (is_done) {
        made.path = manifest->path;
        bx_manifest_close(manifest);
        *manifest = made;
    } else if (made.is_open) {
        unlink(temp);
        bx_manifest_close(&made);
    }
    bx_arena_fini(&names);
    return is_done;
}

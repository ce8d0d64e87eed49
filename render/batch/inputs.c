/* From what the user names to a list of reports with keys.
 *
 * A key is what two machines agree on when they see the same inputs: the path relative to the
 * folder that was given, the path as a list writes it, or the number of the line of standard
 * input. A folder is walked in the byte order of those paths, whatever order the file system has;
 * names that start with a dot are passed over, as a shell's *.json does, and links to folders are
 * not followed, so that no circle is walked. */
#include <dirent.h>
#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "batch/batch.h"
#include "model/json.h"

enum {
    LIST_BYTES_MOST = 1 << 30, /* a list, or the lines of standard input */
    FOLDER_DEPTH_MOST = 64,
};

static struct bx_job *add_job(struct bx_batch *batch, const char *input, const char *key)
{
    if (batch->job_count == batch->job_capacity)
        batch->jobs = bx_arena_grow(&batch->arena, batch->jobs, batch->job_count,
                                    &batch->job_capacity, sizeof(*batch->jobs));
    struct bx_job *job = &batch->jobs[batch->job_count++];
    *job = (struct bx_job){.input = input, .key = key};
    return job;
}

/* --- a folder --- */

/* Paths found so far, relative to the folder. */
struct walk {
    struct bx_arena *arena;
    const char *folder;
    const char **paths;
    int count, capacity;
    struct bx_err *err;
};

static bool is_report_name(const char *name)
{
    static const char ending[] = ".json";
    size_t len = strlen(name), ending_len = sizeof(ending) - 1;
    return len > ending_len && strcmp(name + len - ending_len, ending) == 0;
}

static void add_path(struct walk *walk, const char *path)
{
    if (walk->count == walk->capacity)
        walk->paths = bx_arena_grow(walk->arena, walk->paths, walk->count, &walk->capacity,
                                    sizeof(*walk->paths));
    walk->paths[walk->count++] = path;
}

/* `inside` is the path from the folder to the one to be walked, with a slash at its end, or "". */
static bool walk_folder(struct walk *walk, const char *inside, int depth)
{
    const char *path = bx_arena_printf(walk->arena, "%s/%s", walk->folder, inside);
    if (depth > FOLDER_DEPTH_MOST)
        return bx_fail(walk->err, BX_E_READ, path, "", "the folders are nested too deep");
    DIR *folder = opendir(path);
    if (!folder)
        return bx_fail(walk->err, BX_E_READ, path, "", "the folder cannot be read: %s",
                       g_strerror(errno));
    bool is_done = true;
    for (struct dirent *entry; is_done && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        const char *name = bx_arena_printf(walk->arena, "%s%s", inside, entry->d_name);
        const char *whole = bx_arena_printf(walk->arena, "%s/%s", walk->folder, name);
        struct stat info;
        if (lstat(whole, &info) == 0 && S_ISDIR(info.st_mode))
            is_done = walk_folder(walk, bx_arena_printf(walk->arena, "%s/", name), depth + 1);
        else if (is_report_name(entry->d_name) && stat(whole, &info) == 0 &&
                 !S_ISDIR(info.st_mode))
            add_path(walk, name);
    }
    closedir(folder);
    return is_done;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool add_folder(struct bx_batch *batch, const char *folder, struct bx_err *err)
{
    size_t len = strlen(folder);
    while (len > 1 && folder[len - 1] == '/')
        len--;
    struct walk walk = {
        .arena = &batch->arena,
        .folder = bx_arena_strndup(&batch->arena, folder, len),
        .err = err,
    };
    if (!walk_folder(&walk, "", 0))
        return false;
    if (walk.count > 0)
        qsort(walk.paths, (size_t)walk.count, sizeof(*walk.paths), compare_paths);
    for (int i = 0; i < walk.count; i++)
        add_job(batch, bx_arena_printf(&batch->arena, "%s/%s", walk.folder, walk.paths[i]),
                walk.paths[i]);
    return true;
}

/* --- lists and standard input --- */

static bool
read_once(struct bx_buf *out, struct bx_batch *batch, const char *path, struct bx_err *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    if (is_stdin && batch->has_stdin)
        return bx_fail(err, BX_E_USAGE, "", "", "standard input is named twice");
    batch->has_stdin = batch->has_stdin || is_stdin;
    return bx_file_read(out, path, LIST_BYTES_MOST, err);
}

/* The end of the line that starts at `at`. */
static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline : end;
}

/* Lists made by other systems' editors start with a byte order mark and end lines in CR LF. */
static bool add_list(struct bx_batch *batch, const char *path, struct bx_err *err)
{
    struct bx_buf bytes = {0};
    if (!read_once(&bytes, batch, path, err)) {
        bx_buf_fini(&bytes);
        return false;
    }
    const char *at = bytes.data, *end = bytes.data + bytes.len;
    if (bytes.len >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    bool is_text = !memchr(bytes.data, '\0', bytes.len);
    for (const char *next; is_text && at < end; at = next + 1) {
        next = line_end(at, end);
        size_t len = (size_t)(next - at);
        len -= len > 0 && at[len - 1] == '\r';
        if (len == 0)
            continue;
        const char *written = bx_arena_strndup(&batch->arena, at, len);
        add_job(batch, written, written);
    }
    bx_buf_fini(&bytes);
    return is_text ||
           bx_fail(err, BX_E_READ, path, "", "this is no list of paths: it holds a zero byte");
}

static bool is_blank(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
        at++;
    return at == end;
}

static bool add_stdin(struct bx_batch *batch, struct bx_err *err)
{
    struct bx_buf *bytes = &batch->stdin_bytes;
    if (!read_once(bytes, batch, "-", err))
        return false;
    const char *end = bytes->data + bytes->len;
    int number = 1;
    for (const char *at = bytes->data, *next; at < end; at = next + 1, number++) {
        next = line_end(at, end);
        if (is_blank(at, next))
            continue;
        struct bx_job *job = add_job(batch, bx_arena_printf(&batch->arena, "-:%d", number),
                                     bx_arena_printf(&batch->arena, "%d", number));
        job->line = at;
        job->line_len = (size_t)(next - at);
    }
    return true;
}

bool bx_inputs_read(struct bx_batch *batch, struct bx_err *err)
{
    for (int i = 0; i < batch->options.input_count; i++) {
        const char *input = bx_arena_strndup(&batch->arena, batch->options.inputs[i],
                                             strlen(batch->options.inputs[i]));
        struct stat info;
        bool is_done = true;
        if (strcmp(input, "-") == 0)
            is_done = add_stdin(batch, err);
        else if (input[0] == '@')
            is_done = add_list(batch, input + 1, err);
        else if (stat(input, &info) == 0 && S_ISDIR(info.st_mode))
            is_done = add_folder(batch, input, err);
        else
            add_job(batch, input, input);
        if (!is_done)
            return false;
    }
    return true;
}

bool bx_job_read(struct bx_buf *out, const struct bx_job *job, struct bx_err *err)
{
    if (job->line) {
        bx_buf_add(out, job->line, job->line_len);
        return true;
    }
    /* In a list, "-" is a file like any other. */
    const char *path = strcmp(job->input, "-") == 0 ? "./-" : job->input;
    return bx_file_read(out, path, BX_JSON_LEN_MAX, err);
}

/* Reading a manifest back, to resume.
 *
 * A line counts when it is a JSON object with our members; anything else (a torn end, a line that
 * somebody edited) is passed over, and its report is drawn again, which is always right. */
#include "batch/manifest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "model/json.h"

enum {
    MANIFEST_BYTES_MOST = 1 << 30
};

static const char *find_string(const struct bx_json *root, const char *name)
{
    const struct bx_json *value = bx_json_find(root, name);
    return value && value->kind == BX_JSON_STRING ? value->text : NULL;
}

/* Reads one line; false when it tells of no PDF. */
static bool
read_line(struct bx_manifest_line *out, struct bx_arena *arena, const char *line, size_t len)
{
    const struct bx_json *root;
    const char *zh;
    struct bx_err ignored = {0};
    if (!bx_json_read(&root, arena, "", line, len, &zh, &ignored) ||
        root->kind != BX_JSON_OBJECT)
        return false;
    *out = (struct bx_manifest_line){
        .line = bx_arena_strndup(arena, line, len),
        .line_len = len,
        .input_sha256 = find_string(root, "input_sha256"),
        .output = find_string(root, "output"),
        .output_sha256 = find_string(root, "output_sha256"),
        .setting = find_string(root, "setting"),
    };
    return out->input_sha256 && out->output && out->output_sha256 && out->setting;
}

static int compare_lines(const void *a, const void *b)
{
    const struct bx_manifest_line *first = a, *second = b;
    int order = strcmp(first->output, second->output);
    return order != 0 ? order : first->at < second->at ? -1 : first->at > second->at;
}

/* Sorts, and leaves the last of those with one output. */
static void sort_lines(struct bx_manifest_lines *set)
{
    if (set->count == 0)
        return;
    qsort(set->lines, (size_t)set->count, sizeof(*set->lines), compare_lines);
    int kept = 0;
    for (int i = 0; i < set->count; i++) {
        if (kept > 0 && strcmp(set->lines[kept - 1].output, set->lines[i].output) == 0)
            kept--;
        set->lines[kept++] = set->lines[i];
    }
    set->count = kept;
}

static void read_lines(struct bx_manifest_lines *out, const char *at, const char *end)
{
    int capacity = 0;
    for (int number = 0; at < end; number++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        if (!newline)
            break; /* torn */
        if (out->count == capacity)
            out->lines = bx_arena_grow(&out->arena, out->lines, out->count, &capacity,
                                       sizeof(*out->lines));
        struct bx_manifest_line *line = &out->lines[out->count];
        if (read_line(line, &out->arena, at, (size_t)(newline - at))) {
            line->at = number;
            out->count++;
        }
        at = newline + 1;
    }
    sort_lines(out);
}

bool bx_manifest_read(struct bx_manifest_lines *out, const char *path, struct bx_err *err)
{
    struct stat info;
    *out = (struct bx_manifest_lines){0};
    if (stat(path, &info) != 0)
        return true;
    struct bx_buf bytes = {0};
    bool is_done = bx_file_read(&bytes, path, MANIFEST_BYTES_MOST, err);
    if (is_done)
        read_lines(out, bytes.data, bytes.data + bytes.len);
    bx_buf_fini(&bytes);
    return is_done;
}

void bx_manifest_lines_fini(struct bx_manifest_lines *set)
{
    bx_arena_fini(&set->arena);
    *set = (struct bx_manifest_lines){0};
}

static int compare_output(const void *key, const void *member)
{
    return strcmp(key, ((const struct bx_manifest_line *)member)->output);
}

const struct bx_manifest_line *bx_manifest_find(const struct bx_manifest_lines *set,
                                                const char *output)
{
    return set->count == 0 ? NULL
                           : bsearch(output, set->lines, (size_t)set->count,
                                     sizeof(*set->lines), compare_output);
}

/* Files that are not whole yet, and folders.
 *
 * A PDF is written under a name of its own beside its place: a prefix, a digest of its name, the
 * number of the process. The digest tells whose it is, so a shard that starts again can remove
 * what it left half written when it was killed, and nobody else's: the folders are shared with
 * other shards, which may be at work. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/batch.h"

#define PREFIX ".banxin-batch-"

enum {
    MARK_LEN =
        16, /* hexadecimal digits of the digest: 64 bits tell the outputs of a shard apart */
    MARK_SIZE = MARK_LEN + 1,
};

/* The folder part of a path with its slash; 0 without one. */
static int folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (int)(slash - path) + 1 : 0;
}

static void make_mark(char out[MARK_SIZE], const char *name)
{
    char hex[BX_SHA256_HEX_SIZE];
    bx_sha256_hex(hex, name, strlen(name));
    memcpy(out, hex, MARK_LEN);
    out[MARK_LEN] = '\0';
}

const char *bx_job_temp(struct bx_arena *arena, const struct bx_batch *batch, const char *name)
{
    char mark[MARK_SIZE];
    make_mark(mark, name);
    return bx_arena_printf(arena, "%s/%.*s" PREFIX "%s-%ld", batch->options.folder,
                           folder_len(name), name, mark, (long)getpid());
}

static int compare_marks(const void *a, const void *b)
{
    return memcmp(a, b, MARK_LEN);
}

static void clean_folder(const char *folder, const char (*marks)[MARK_SIZE], size_t count)
{
    DIR *open = opendir(folder);
    if (!open)
        return; /* not made yet */
    struct bx_arena names = {0};
    for (struct dirent *entry; (entry = readdir(open));) {
        const char *mark = entry->d_name + strlen(PREFIX);
        if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) == 0 && strlen(mark) > MARK_LEN &&
            bsearch(mark, marks, count, sizeof(*marks), compare_marks))
            unlink(bx_arena_printf(&names, "%s/%s", folder, entry->d_name));
    }
    bx_arena_fini(&names);
    closedir(open);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void bx_leftovers_remove(struct bx_batch *batch)
{
    struct bx_arena scratch = {0};
    size_t most = (size_t)batch->job_count + 1, count = 0;
    char(*marks)[MARK_SIZE] = bx_arena_alloc(&scratch, most, sizeof(*marks));
    const char **folders = BX_NEW_ARRAY(&scratch, const char *, most);
    for (int i = 0; i < batch->job_count; i++) {
        const char *name = batch->jobs[i].name;
        if (!name)
            continue;
        make_mark(marks[count], name);
        folders[count++] =
            bx_arena_printf(&scratch, "%s/%.*s", batch->options.folder, folder_len(name), name);
    }
    qsort(marks, count, sizeof(*marks), compare_marks);
    qsort(folders, count, sizeof(*folders), compare_texts);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(folders[i - 1], folders[i]) != 0)
            clean_folder(folders[i], (const char(*)[MARK_SIZE])marks, count);
    bx_arena_fini(&scratch);
}

void bx_folders_make(const char *path)
{
    struct bx_arena scratch = {0};
    char *folder = bx_arena_strndup(&scratch, path, (size_t)folder_len(path));
    struct stat info;
    if (folder[0] && stat(folder, &info) != 0)
        for (char *at = strchr(folder + 1, '/'); at; at = strchr(at + 1, '/')) {
            *at = '\0';
            mkdir(folder, 0777);
            *at = '/';
        }
    bx_arena_fini(&scratch);
}

#include "image/image_work.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file below the report's folder. All links are resolved first; what then lies outside is
 * refused. The resolved path is walked step by step without following any link, so that one put
 * there between the two looks makes the walk fail instead of leading out. Links that stay inside
 * work as anywhere. */

static bool fail_missing(struct bx_image_reader *reader, int error)
{
    return bx_image_fail(reader, "读不了", "it cannot be read", g_strerror(error));
}

static bool fail_outside(struct bx_image_reader *reader)
{
    return bx_image_fail(reader, "不在报告所在的文件夹内",
                         "it does not lie in the report's folder", NULL);
}

/* What is left of `path` below `folder`, both without links; NULL when it lies elsewhere. */
static const char *find_rest(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    if (strcmp(folder, "/") == 0)
        return path + 1;
    return strncmp(path, folder, len) == 0 && path[len] == '/' ? path + len + 1 : NULL;
}

/* Opens `rest` below `folder`. Returns -1 and leaves errno. */
static int open_below(const char *folder, const char *rest)
{
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (dir >= 0) {
        size_t len = strcspn(rest, "/");
        bool is_last = rest[len] == '\0';
        char *step = g_strndup(rest, len);
        /* O_NONBLOCK: a pipe would wait for a writer; a regular file does not notice. */
        int fd = openat(dir, step,
                        O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK |
                            (is_last ? 0 : O_DIRECTORY));
        int error = errno;
        g_free(step);
        close(dir);
        errno = error;
        if (is_last)
            return fd;
        dir = fd;
        rest += len + 1;
    }
    return -1;
}

static bool read_open(struct bx_image_reader *reader, int fd)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return fail_missing(reader, errno);
    if (!S_ISREG(info.st_mode))
        return bx_image_fail(reader, "不是普通文件", "it is no regular file", NULL);
    if (info.st_size > BX_IMAGE_BYTES_MOST)
        return bx_image_fail(reader, "文件太大（至多 64 MiB）",
                             "the file is too large (64 MiB at most)", NULL);
    size_t size = (size_t)info.st_size, len = 0;
    unsigned char *data = bx_arena_alloc(reader->arena, size + 1, 1);
    while (len < size) {
        ssize_t got = read(fd, data + len, size - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_missing(reader, errno);
        if (got == 0)
            break; /* it became shorter; its reader will see that */
        len += (size_t)got;
    }
    reader->data = data;
    reader->len = len;
    return true;
}

/* Takes the resolved paths, which may be NULL. */
static bool read_resolved(struct bx_image_reader *reader, const char *folder, const char *path)
{
    if (!folder || !path)
        return fail_missing(reader, errno);
    const char *rest = find_rest(path, folder);
    if (!rest)
        return fail_outside(reader);
    int fd = open_below(folder, rest);
    if (fd < 0)
        return fail_missing(reader, errno);
    bool is_read = read_open(reader, fd);
    close(fd);
    return is_read;
}

static bool has_step_up(const char *path)
{
    for (const char *step = path; step; step = strchr(step, '/')) {
        step += *step == '/';
        if (strncmp(step, "..", 2) == 0 && (step[2] == '/' || step[2] == '\0'))
            return true;
    }
    return false;
}

bool bx_image_read_inside(struct bx_image_reader *reader)
{
    const struct bx_image_request *request = reader->request;
    if (!request->base_dir)
        return bx_image_fail(reader, "报告没有所在的文件夹；从标准输入读取时请用 --base 指明",
                             "the report has no folder; name one with --base when it comes "
                             "from standard input",
                             NULL);
    if (request->path[0] == '/' || has_step_up(request->path))
        return fail_outside(reader);
    char *joined = g_build_filename(request->base_dir, request->path, NULL);
    char *folder = realpath(request->base_dir, NULL);
    char *path = folder ? realpath(joined, NULL) : NULL;
    bool is_read = read_resolved(reader, folder, path);
    free(path);
    free(folder);
    g_free(joined);
    return is_read;
}

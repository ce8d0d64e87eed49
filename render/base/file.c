/* Whole files in and out.
 *
 * A file is written beside its place under a name of its own, flushed to the disk and renamed:
 * rename() within a folder is atomic (POSIX.1-2017), so a reader sees the old file or the new
 * one, and a failure leaves the old one. The name is made with O_EXCL and the mode 0666, which
 * lets the umask act; mkstemp() would make 0600, and asking for the umask sets it for a moment
 * in all threads. A place that is no regular file (/dev/null, a pipe) is written straight, since
 * a rename would put a file over it. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PIECE = 64 * 1024,
    TEMP_TRIES = 10000,
};

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool fail_read(struct bx_err *err, const char *path, int error)
{
    return bx_fail(err, BX_E_READ, path, "", "the file cannot be read: %s", g_strerror(error));
}

static bool fail_write(struct bx_err *err, const char *path, int error)
{
    return bx_fail(err, BX_E_WRITE, path, "", "the file cannot be written: %s",
                   g_strerror(error));
}

/* Appends what is left of fd to out, one byte more than max_len at most. Returns an errno. */
static int read_all(struct bx_buf *out, int fd, size_t max_len)
{
    char piece[PIECE];
    size_t total = 0;
    while (total <= max_len) {
        size_t want = max_len - total < PIECE ? max_len - total + 1 : PIECE;
        ssize_t got = read(fd, piece, want < PIECE ? want : PIECE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        if (got == 0)
            return 0;
        bx_buf_add(out, piece, (size_t)got);
        total += (size_t)got;
    }
    return EFBIG;
}

bool bx_file_read(struct bx_buf *out, const char *path, size_t max_len, struct bx_err *err)
{
    int fd = is_standard(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fail_read(err, path, errno);
    bx_buf_add(out, "", 0); /* data is never NULL after a success */
    size_t before = out->len;
    int error = read_all(out, fd, max_len);
    if (fd != STDIN_FILENO)
        close(fd);
    if (error == 0)
        return true;

    out->len = before;
    out->data[before] = '\0';
    if (error == EFBIG)
        return bx_fail(err, BX_E_READ, path, "", "the file is larger than %zu bytes", max_len);
    return fail_read(err, path, error);
}

bool bx_file_make_folder(const char *path, struct bx_err *err)
{
    if (g_mkdir_with_parents(path, 0777) == 0)
        return true;
    return bx_fail(err, BX_E_WRITE, path, "", "the folder cannot be made: %s",
                   g_strerror(errno));
}

/* Returns an errno. */
static int write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t done = write(fd, data, len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno;
        data += done;
        len -= (size_t)done;
    }
    return 0;
}

static bool write_straight(const char *path, const void *data, size_t len, struct bx_err *err)
{
    int fd = is_standard(path) ? STDOUT_FILENO : open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fail_write(err, path, errno);
    int error = write_all(fd, data, len);
    if (fd != STDOUT_FILENO && close(fd) != 0 && error == 0)
        error = errno;
    return error == 0 ? true : fail_write(err, path, error);
}

/* Makes a new file in the folder of path. The name does not hold path's own, which may already be as long as a name may be. */
static int make_temp(char **name, const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder_len = slash ? (int)(slash - path) + 1 : 0;
    for (int i = 0; i < TEMP_TRIES; i++) {
        *name = g_strdup_printf("%.*s.banxin-%ld-%d", folder_len, path, (long)getpid(), i);
        int fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
        g_free(*name);
        *name = NULL;
    }
    return -1;
}

/* Writes the bytes beside path, to the disk. Returns an errno; *temp is then NULL. */
static int write_temp(char **temp, const char *path, const void *data, size_t len)
{
    int fd = make_temp(temp, path);
    int error = fd < 0 ? errno : write_all(fd, data, len);
    if (fd >= 0 && error == 0 && fsync(fd) != 0)
        error = errno;
    if (fd >= 0 && close(fd) != 0 && error == 0)
        error = errno;
    if (error != 0 && fd >= 0)
        unlink(*temp);
    if (error != 0) {
        g_free(*temp);
        *temp = NULL;
    }
    return error;
}

/* Gives *temp back. Returns an errno. */
static int rename_temp(char **temp, const char *path)
{
    int error = rename(*temp, path) == 0 ? 0 : errno;
    if (error != 0)
        unlink(*temp);
    g_free(*temp);
    *temp = NULL;
    return error;
}

static bool write_beside(const char *path, const void *data, size_t len, struct bx_err *err)
{
    char *temp = NULL;
    int error = write_temp(&temp, path, data, len);
    if (error == 0)
        error = rename_temp(&temp, path);
    return error == 0 ? true : fail_write(err, path, error);
}

bool bx_file_write(const char *path, const void *data, size_t len, struct bx_err *err)
{
    struct stat info;
    if (is_standard(path))
        return write_straight(path, data, len, err);
    if (stat(path, &info) != 0)
        return write_beside(path, data, len, err);
    if (S_ISDIR(info.st_mode))
        return fail_write(err, path, EISDIR);
    if (!S_ISREG(info.st_mode))
        return write_straight(path, data, len, err);

    /* A link keeps its place: the file it names is the one that is replaced. */
    char *real = realpath(path, NULL);
    if (!real)
        return fail_write(err, path, errno);
    bool is_done = write_beside(real, data, len, err);
    free(real);
    return is_done;
}

/* The place a file is renamed to: what a link names. NULL for a folder, with *error. */
static char *find_place(const char *path, int *error)
{
    struct stat info;
    *error = 0;
    if (stat(path, &info) != 0)
        return g_strdup(path);
    *error = S_ISDIR(info.st_mode) ? EISDIR : S_ISREG(info.st_mode) ? 0 : EINVAL;
    char *real = *error == 0 ? realpath(path, NULL) : NULL;
    if (*error == 0 && !real)
        *error = errno;
    char *copy = real ? g_strdup(real) : NULL;
    free(real);
    return copy;
}

bool bx_file_write_both(const struct bx_held_file files[2], struct bx_err *err)
{
    char *places[2] = {NULL, NULL}, *temps[2] = {NULL, NULL};
    bool is_done = true;
    for (int i = 0; i < 2 && is_done; i++) {
        int error;
        places[i] = find_place(files[i].path, &error);
        if (places[i])
            error = write_temp(&temps[i], places[i], files[i].data, files[i].len);
        is_done = error == 0 ? true : fail_write(err, files[i].path, error);
    }
    for (int i = 0; i < 2 && is_done; i++) {
        int error = rename_temp(&temps[i], places[i]);
        is_done = error == 0 ? true : fail_write(err, files[i].path, error);
    }
    for (int i = 0; i < 2; i++) {
        if (temps[i])
            unlink(temps[i]);
        g_free(temps[i]);
        g_free(places[i]);
    }
    return is_done;
}

/* A renamed file is safe when its folder is. Returns an errno. */
static int sync_folder(const char *path)
{
    char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    g_free(folder);
    if (fd < 0)
        return errno;
    int error = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return error;
}

bool bx_file_write_through(const char *path,
                           const char *temp,
                           const void *data,
                           size_t len,
                           bool is_synced,
                           struct bx_err *err)
{
    if (unlink(temp) != 0 && errno != ENOENT)
        return fail_write(err, path, errno);
    int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail_write(err, path, errno);
    int error = write_all(fd, data, len);
    if (error == 0 && is_synced && fsync(fd) != 0)
        error = errno;
    if (close(fd) != 0 && error == 0)
        error = errno;
    if (error == 0 && rename(temp, path) != 0)
        error = errno;
    if (error != 0)
        unlink(temp);
    else if (is_synced)
        error = sync_folder(path);
    return error == 0 ? true : fail_write(err, path, error);
}

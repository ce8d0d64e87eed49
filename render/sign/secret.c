#include "sign/secret.h"

#include <fcntl.h>
#include <malloc.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Private numbers go to OpenSSL's secure heap: locked, guarded, left out of core files. But on their way
 * there they pass through buffers that OpenSSL frees as they are (the decoded PEM, the PIN as PKCS #12
 * turns it about), so its memory is wiped whenever it is freed. Both are the process's: a host that has
 * used OpenSSL before keeps what it had, and then those buffers are as OpenSSL leaves them. */

enum {
    FILE_BYTES_MOST = 1 << 20,
    SECURE_BYTES = 1 << 16,
    SECURE_LEAST = 16,
};

bool bx_secret_init(struct bx_secret *out, size_t len)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), size = (len + 1 + page - 1) / page * page;
    void *bytes = NULL;
    if (posix_memalign(&bytes, page, size) != 0)
        return false;
    (void)mlock(bytes, size); /* may be forbidden (RLIMIT_MEMLOCK): wiping remains */
    memset(bytes, 0, size);
    *out = (struct bx_secret){.bytes = bytes, .len = len, .size = size};
    return true;
}

void bx_secret_fini(struct bx_secret *secret)
{
    if (!secret->bytes)
        return;
    OPENSSL_cleanse(secret->bytes, secret->size);
    munlock(secret->bytes, secret->size);
    free(secret->bytes);
    *secret = (struct bx_secret){0};
}

bool bx_secret_read(struct bx_secret *out, const char *path, struct bx_err *err)
{
    struct stat stat;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool is_read = file >= 0 && fstat(file, &stat) == 0 && S_ISREG(stat.st_mode) &&
                   stat.st_size > 0 && stat.st_size <= FILE_BYTES_MOST &&
                   bx_secret_init(out, (size_t)stat.st_size);
    size_t at = 0;
    while (is_read && at < out->len) {
        ssize_t got = read(file, out->bytes + at, out->len - at);
        is_read = got > 0;
        at += is_read ? (size_t)got : 0;
    }
    if (file >= 0)
        close(file);
    return is_read || bx_fail(err, BX_E_READ, path, "", "the key file cannot be read");
}

/* --- OpenSSL's own -------------------------------------------------------------------------- */

static void *allocate(size_t size, const char *file, int line)
{
    (void)file, (void)line;
    return malloc(size);
}

static void wipe_and_free(void *block, const char *file, int line)
{
    (void)file, (void)line;
    if (block)
        OPENSSL_cleanse(block, malloc_usable_size(block));
    free(block);
}

static void *move(void *block, size_t size, const char *file, int line)
{
    void *moved = size > 0 ? malloc(size) : NULL;
    size_t old = block ? malloc_usable_size(block) : 0;
    if (moved && block) {
        memcpy(moved, block, old < size ? old : size);
    }
    if (moved || size == 0)
        wipe_and_free(block, file, line);
    return moved;
}

void bx_secret_keep(void)
{
    CRYPTO_set_mem_functions(allocate, move, wipe_and_free);
    if (!CRYPTO_secure_malloc_initialized())
        CRYPTO_secure_malloc_init(SECURE_BYTES, SECURE_LEAST);
}

/* The readers of fonts/lock.xml and fonts/roles.xml on any bytes, each beside the project's own
 * other file. They read a folder, so the bytes go by way of one. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/file.h"
#include "font/roles.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FOLDER "fuzz_roles.tmp"

/* The project's own files, read once. */
static struct bx_buf own_lock, own_roles;

static void read_own(void)
{
    struct bx_err err = {0};
    if (own_roles.data)
        return;
    mkdir(FOLDER, 0777);
    bool is_good = bx_file_read(&own_lock, BX_SOURCE_DIR "/fonts/lock.xml", 1 << 20, &err) &&
                   bx_file_read(&own_roles, BX_SOURCE_DIR "/fonts/roles.xml", 1 << 20, &err);
    assert(is_good);
}

static void put(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert(file);
    bool is_whole = fwrite(data, 1, size, file) == size;
    assert(fclose(file) == 0 && is_whole);
}

static void read_folder(void)
{
    struct bx_arena arena = {0};
    struct bx_err err = {0};
    struct bx_roles roles = {0};
    if (bx_roles_read(&roles, &arena, FOLDER, &err)) {
        assert(roles.role_count > 0 && roles.fallback == roles.role_count - 1);
        for (int i = 0; i < roles.role_count; i++)
            for (int j = 0; j < roles.roles[i].face_count; j++)
                assert(0 <= roles.roles[i].faces[j].lock &&
                       roles.roles[i].faces[j].lock < roles.lock_count);
    } else {
        assert(err.code == BX_E_LAYOUT || err.code == BX_E_READ);
    }
    bx_arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_own();
    put(FOLDER "/roles.xml", own_roles.data, own_roles.len);
    put(FOLDER "/lock.xml", data, size);
    read_folder();
    put(FOLDER "/lock.xml", own_lock.data, own_lock.len);
    put(FOLDER "/roles.xml", data, size);
    read_folder();
    return 0;
}

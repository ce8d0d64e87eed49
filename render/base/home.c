/* dladdr1() tells which file holds this very function. Of the program itself it knows only what the
 * caller said its name was, so that file is asked from /proc instead. */
#define _GNU_SOURCE /* dladdr1(); POSIX has no way to ask */
#include "base/home.h"

#include <dlfcn.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PATH_SIZE = 4096, /* PATH_MAX of Linux, with its zero */
};

/* Asked about by dladdr1(): an object of this file, since ISO C has no pointer from a function to
 * void. */
static const char landmark = 0;

static bool read_program(char *out, size_t size)
{
    ssize_t len = readlink("/proc/self/exe", out, size);
    if (len <= 0 || (size_t)len >= size)
        return false;
    out[len] = '\0';
    return true;
}

/* The folder of the file that this code was loaded from. */
static bool read_home(char *out, size_t size)
{
    Dl_info info;
    void *found = NULL;
    if (!dladdr1(&landmark, &info, &found, RTLD_DL_LINKMAP) || !found)
        return false;
    const struct link_map *map = found;
    if (map->l_name && map->l_name[0]) {
        if ((size_t)snprintf(out, size, "%s", map->l_name) >= size)
            return false;
    } else if (!read_program(out, size)) {
        return false;
    }
    char *slash = strrchr(out, '/');
    if (!slash)
        return false; /* a name without a folder comes from the search path of the loader */
    *slash = '\0';
    return true;
}

static bool join(char *out, size_t size, const char *folder, const char *name)
{
    return (size_t)snprintf(out, size, "%s/%s", folder, name) < size;
}

const char *bx_home_data(struct bx_arena *arena)
{
    static const char *const places[] = {BX_DATA_BESIDE, BX_DATA_FROM_PROGRAMS,
                                         BX_DATA_FROM_LIBRARIES};
    char home[PATH_SIZE], path[PATH_SIZE], whole[PATH_SIZE];
    if (read_home(home, sizeof(home)))
        for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
            if (join(path, sizeof(path), home, places[i]) && realpath(path, whole))
                return bx_arena_printf(arena, "%s", whole);
    return BX_DATA_DIR;
}

void *bx_home_load(const char *name)
{
    static const char *const places[] = {".", "banxin", BX_MODULES_FROM_PROGRAMS};
    char home[PATH_SIZE], folder[PATH_SIZE], path[PATH_SIZE];
    if (!read_home(home, sizeof(home)))
        return NULL;
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        if (join(folder, sizeof(folder), home, places[i]) &&
            join(path, sizeof(path), folder, name) && access(path, R_OK) == 0)
            return dlopen(path, RTLD_NOW | RTLD_LOCAL);
    return NULL;
}

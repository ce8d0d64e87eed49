/* Where stores lie and what they are called: POSTSCRIPT.INDEX.SIZE.bxface. The name tells nearly
 * everything a store is looked up by, so a folder holds those of several versions of a face, and
 * moving the fonts does no harm. */
#include "font/store.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "font/store_file.h"

#define NAME_MOST 64 /* of a PostScript name's characters (OpenType: 63) */

bool bx_store_key_of(struct bx_store_key *out,
                     const char *path,
                     int index,
                     const char *postscript)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    *out = (struct bx_store_key){
        .postscript = postscript,
        .index = index,
        .size = info.st_size,
        .time = info.st_mtim.tv_sec,
    };
    return true;
}

const char *
bx_store_file(struct bx_arena *arena, const char *folder, const struct bx_store_key *key)
{
    char name[NAME_MOST + 1];
    size_t len = 0;
    for (const char *p = key->postscript; *p && len < NAME_MOST; p++) {
        bool is_plain = ('a' <= *p && *p <= 'z') || ('A' <= *p && *p <= 'Z') ||
                        ('0' <= *p && *p <= '9') || *p == '-';
        name[len++] = is_plain ? *p : '_';
    }
    name[len] = '\0';
    return bx_arena_printf(arena, "%s/%s.%d.%lld.bxface", folder, name, key->index,
                           (long long)key->size);
}

const char *bx_store_user_folder(struct bx_arena *arena)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (cache && cache[0] == '/')
        return bx_arena_printf(arena, "%s/banxin/faces", cache);
    return home && home[0] == '/' ? bx_arena_printf(arena, "%s/.cache/banxin/faces", home)
                                  : NULL;
}

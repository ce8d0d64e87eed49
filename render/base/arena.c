#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALIGN _Alignof(max_align_t)

/* Of data. Most arenas hold little (a file's tree, a line of scratch), and zeroing what they never
 * use would be most of their cost; a large one soon has large chunks. */
#define CHUNK_LEAST ((size_t)2 * 1024)
#define CHUNK_MOST  ((size_t)64 * 1024)

struct bx_arena_chunk {
    struct bx_arena_chunk *next;
    size_t size; /* of data */
    _Alignas(max_align_t) unsigned char data[];
};

static void out_of_memory(size_t size)
{
    fprintf(stderr, "banxin: out of memory (%zu bytes)\n", size);
    abort();
}

static struct bx_arena_chunk *new_chunk(size_t size, struct bx_arena_chunk *next)
{
    struct bx_arena_chunk *chunk = calloc(1, sizeof(*chunk) + size);
    if (!chunk)
        out_of_memory(size);
    chunk->size = size;
    chunk->next = next;
    return chunk;
}

void *bx_arena_alloc(struct bx_arena *arena, size_t count, size_t size)
{
    assert(count > 0 && size > 0);
    if (count > (SIZE_MAX - CHUNK_MOST) / size)
        out_of_memory(SIZE_MAX);

    size_t bytes = (count * size + ALIGN - 1) / ALIGN * ALIGN;
#ifdef BX_ARENA_MALLOC
    arena->chunks = new_chunk(count * size, arena->chunks);
    arena->used = bytes;
    return arena->chunks->data;
#else
    if (!arena->chunks || arena->chunks->size - arena->used < bytes) {
        size_t next = arena->chunks ? 2 * arena->chunks->size : CHUNK_LEAST;
        next = next < CHUNK_MOST ? next : CHUNK_MOST;
        arena->chunks = new_chunk(bytes > next ? bytes : next, arena->chunks);
        arena->used = 0;
    }
    void *block = arena->chunks->data + arena->used;
    arena->used += bytes;
    return block;
#endif
}

char *bx_arena_strndup(struct bx_arena *arena, const char *text, size_t len)
{
    char *copy = bx_arena_alloc(arena, len + 1, 1);
    memcpy(copy, text, len);
    return copy;
}

/* Most texts are short: they are formatted once, and a long one once more. */
char *bx_arena_printf(struct bx_arena *arena, const char *fmt, ...)
{
    char shorter[256];
    va_list ap;
    va_start(ap, fmt);
    int len = vsnprintf(shorter, sizeof(shorter), fmt, ap);
    va_end(ap);
    assert(len >= 0);
    if ((size_t)len < sizeof(shorter))
        return bx_arena_strndup(arena, shorter, (size_t)len);
    char *text = bx_arena_alloc(arena, (size_t)len + 1, 1);
    va_start(ap, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, ap);
    va_end(ap);
    return text;
}

void *
bx_arena_grow(struct bx_arena *arena, const void *items, int count, int *capacity, size_t size)
{
    assert(count >= 0 && *capacity >= count);
    *capacity = count < 8 ? 16 : 2 * count;
    void *grown = bx_arena_alloc(arena, (size_t)*capacity, size);
    if (count > 0)
        memcpy(grown, items, (size_t)count * size);
    return grown;
}

void bx_arena_reset(struct bx_arena *arena)
{
    if (!arena->chunks)
        return;
#ifdef BX_ARENA_MALLOC
    bx_arena_fini(arena);
#else
    struct bx_arena rest = {.chunks = arena->chunks->next};
    bx_arena_fini(&rest);
    arena->chunks->next = NULL;
    memset(arena->chunks->data, 0, arena->used);
    arena->used = 0;
#endif
}

void bx_arena_fini(struct bx_arena *arena)
{
    while (arena->chunks) {
        struct bx_arena_chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
    arena->used = 0;
}

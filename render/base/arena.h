/* Memory that is freed all at once.
 *
 * Every stage's result lives in one arena. Allocation never fails: like GLib
 * below us, it ends the process when memory runs out. Blocks are zeroed and
 * aligned for any type. With BX_ARENA_MALLOC each block is its own malloc, so
 * that AddressSanitizer sees every overrun; sanitizer builds define it. */
#ifndef BX_ARENA_H
#define BX_ARENA_H

#include <stddef.h>

struct bx_arena {
    struct bx_arena_chunk *chunks; /* newest first; NULL when empty */
    size_t used;                   /* bytes used of the newest chunk */
};

/* Returns count * size zeroed bytes, count and size > 0. Borrow it: never free it. */
void *bx_arena_alloc(struct bx_arena *arena, size_t count, size_t size);

/* A copy of len bytes of text with a zero after them. */
char *bx_arena_strndup(struct bx_arena *arena, const char *text, size_t len);

/* A printf into the arena. */
char *bx_arena_printf(struct bx_arena *arena, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* A larger copy of an array: `count` items of `size` bytes are kept, *capacity becomes at least
 * count + 1. The old block stays until the arena goes, so growth doubles. */
void *
bx_arena_grow(struct bx_arena *arena, const void *items, int count, int *capacity, size_t size);

/* Makes the arena empty and keeps one chunk: for scratch memory that is used again and again.
 * Every block is gone. */
void bx_arena_reset(struct bx_arena *arena);

/* Frees every block and leaves the arena empty and usable. A zeroed arena is empty. */
void bx_arena_fini(struct bx_arena *arena);

#define BX_NEW(arena, type)          ((type *)bx_arena_alloc((arena), 1, sizeof(type)))
#define BX_NEW_ARRAY(arena, type, n) ((type *)bx_arena_alloc((arena), (n), sizeof(type)))

#endif

#include "verify/same.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pairs of objects that must be equal go through a queue, so that the places told are the shortest
 * ways to them and no chain of objects is too long. A set of the pairs already met ends it: there
 * are at most as many as the shorter file has references. */

struct pair {
    int file, other; /* object numbers */
    const char *path;
};

/* Shape  met is a hash table of file << 32 | other, 0 for an empty place; never more than half
 *        full. */
struct compare {
    struct bx_differences *out;
    const struct bx_document *file, *other;
    struct pair *queue;
    int queue_count, queue_capacity;
    uint64_t *met;
    size_t met_count, met_size;
};

enum {
    PAIRS_MOST = 1 << 22,
    PATH_MOST = 200,
};

static void note(struct compare *c, const char *path, enum bx_difference_kind kind)
{
    if (c->out->count < BX_DIFFERENCES_MOST)
        c->out->items[c->out->count] = (struct bx_difference){
            .kind = kind, .path = bx_arena_printf(&c->out->arena, "%s", path)};
    c->out->count++;
}

/* The place of a key, or of the empty place where it belongs. */
static size_t find_met(const uint64_t *met, size_t size, uint64_t key)
{
    size_t at = (size_t)(key * 11400714819323198485u) & (size - 1); /* Fibonacci hashing */
    while (met[at] && met[at] != key)
        at = (at + 1) & (size - 1);
    return at;
}

static void grow_met(struct compare *c)
{
    size_t size = c->met_size ? 2 * c->met_size : 1024;
    uint64_t *met = calloc(size, sizeof(*met));
    if (!met)
        abort();
    for (size_t i = 0; i < c->met_size; i++)
        if (c->met[i])
            met[find_met(met, size, c->met[i])] = c->met[i];
    free(c->met);
    c->met = met;
    c->met_size = size;
}

/* Puts a pair in the queue, once. */
static void enqueue(struct compare *c, int file, int other, const char *path)
{
    uint64_t key = (uint64_t)(uint32_t)(file + 1) << 32 | (uint32_t)(other + 1);
    if (2 * c->met_count >= c->met_size)
        grow_met(c);
    size_t at = find_met(c->met, c->met_size, key);
    if (c->met[at] || c->queue_count == PAIRS_MOST)
        return;
    c->met[at] = key;
    c->met_count++;
    if (c->queue_count == c->queue_capacity)
        c->queue = bx_arena_grow(&c->out->arena, c->queue, c->queue_count, &c->queue_capacity,
                                 sizeof(*c->queue));
    c->queue[c->queue_count++] = (struct pair){
        .file = file, .other = other, .path = bx_arena_printf(&c->out->arena, "%s", path)};
}

/* How a stream is packed says nothing of what it holds. */
static bool is_packing(const struct bx_object *object, const char *key)
{
    return object->kind == BX_OBJECT_STREAM &&
           (strcmp(key, "Length") == 0 ||
            (object->is_decoded &&
             (strcmp(key, "Filter") == 0 || strcmp(key, "DecodeParms") == 0)));
}

static void compare_values(struct compare *c,
                           const struct bx_object *a,
                           const struct bx_object *b,
                           const char *path);

/* A key with null is a key that is not there (ISO 32000-1 7.3.7). */
static bool is_there(const struct compare *c, const struct bx_object *value, bool is_file)
{
    return bx_object_follow(is_file ? c->file : c->other, value)->kind != BX_OBJECT_NULL;
}

/* A chain of objects would give longer and longer paths; the start of one is enough. */
static const char *join(struct compare *c, const char *path, const char *key)
{
    if (strlen(path) > PATH_MOST)
        return path;
    return bx_arena_printf(&c->out->arena, "%s/%s", path, key);
}

static const char *join_index(struct compare *c, const char *path, int i)
{
    char index[16];
    snprintf(index, sizeof(index), "%d", i);
    return join(c, path, index);
}

/* Both lists of keys ascend. */
static void compare_dicts(struct compare *c,
                          const struct bx_object *a,
                          const struct bx_object *b,
                          const char *path)
{
    for (int i = 0, k = 0; i < a->count || k < b->count;) {
        int order = i == a->count ? 1 : k == b->count ? -1 : strcmp(a->keys[i], b->keys[k]);
        const char *key = order <= 0 ? a->keys[i] : b->keys[k];
        if (is_packing(order <= 0 ? a : b, key))
            ;
        else if (order == 0)
            compare_values(c, &a->items[i], &b->items[k], join(c, path, key));
        else if (order < 0 && is_there(c, &a->items[i], true))
            note(c, join(c, path, key), BX_DIFFERENCE_ADDED);
        else if (order > 0 && is_there(c, &b->items[k], false))
            note(c, join(c, path, key), BX_DIFFERENCE_MISSING);
        i += order <= 0;
        k += order >= 0;
    }
}

static void compare_arrays(struct compare *c,
                           const struct bx_object *a,
                           const struct bx_object *b,
                           const char *path)
{
    for (int i = 0; i < a->count && i < b->count; i++)
        compare_values(c, &a->items[i], &b->items[i], join_index(c, path, i));
    if (a->count != b->count)
        note(c, join_index(c, path, a->count < b->count ? a->count : b->count),
             a->count < b->count ? BX_DIFFERENCE_MISSING : BX_DIFFERENCE_ADDED);
}

static bool is_same_bytes(const struct bx_object *a, const struct bx_object *b)
{
    return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

static void compare_values(struct compare *c,
                           const struct bx_object *a,
                           const struct bx_object *b,
                           const char *path)
{
    if (a->kind == BX_OBJECT_REF && b->kind == BX_OBJECT_REF) {
        enqueue(c, (int)a->number, (int)b->number, path);
        return;
    }
    a = bx_object_follow(c->file, a);
    b = bx_object_follow(c->other, b);
    if (a->kind != b->kind) {
        note(c, path,
             a->kind == BX_OBJECT_NULL   ? BX_DIFFERENCE_MISSING
             : b->kind == BX_OBJECT_NULL ? BX_DIFFERENCE_ADDED
                                         : BX_DIFFERENCE_CHANGED);
        return;
    }
    switch (a->kind) {
    case BX_OBJECT_NULL:
    case BX_OBJECT_REF:
        return;
    case BX_OBJECT_BOOL:
    case BX_OBJECT_NUMBER:
        if (a->number != b->number)
            note(c, path, BX_DIFFERENCE_CHANGED);
        return;
    case BX_OBJECT_STRING:
    case BX_OBJECT_NAME:
        if (!is_same_bytes(a, b))
            note(c, path, BX_DIFFERENCE_CHANGED);
        return;
    case BX_OBJECT_ARRAY:
        compare_arrays(c, a, b, path);
        return;
    case BX_OBJECT_DICT:
        compare_dicts(c, a, b, path);
        return;
    case BX_OBJECT_STREAM:
        compare_dicts(c, a, b, path);
        if (a->is_decoded != b->is_decoded || !is_same_bytes(a, b))
            note(c, path, BX_DIFFERENCE_CHANGED);
        return;
    }
}

void bx_differences_build(struct bx_differences *out,
                          const struct bx_document *file,
                          const struct bx_document *other)
{
    static const char *const keys[] = {"Root", "Info", "Encrypt"};
    *out = (struct bx_differences){0};
    struct compare c = {.out = out, .file = file, .other = other};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        compare_values(&c, bx_object_find_raw(file->trailer, keys[i]),
                       bx_object_find_raw(other->trailer, keys[i]), join(&c, "", keys[i]));
    for (int i = 0; i < c.queue_count; i++) {
        const struct bx_object a = {.kind = BX_OBJECT_REF, .number = c.queue[i].file};
        const struct bx_object b = {.kind = BX_OBJECT_REF, .number = c.queue[i].other};
        compare_values(&c, bx_object_follow(file, &a), bx_object_follow(other, &b),
                       c.queue[i].path);
    }
    free(c.met);
}

void bx_differences_fini(struct bx_differences *differences)
{
    bx_arena_fini(&differences->arena);
    *differences = (struct bx_differences){0};
}

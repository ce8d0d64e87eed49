#include "verify/attached.h"

#include <string.h>

#include "base/digest.h"

enum {
    DEPTH_MOST = 8, /* of the name tree; ours has one level */
    FILES_MOST = 4096,
    NODES_MOST = 4096,
};

static bool is_whole(const struct bx_document *document, const struct bx_object *stream)
{
    const struct bx_object *params = bx_object_find(document, stream, "Params");
    const struct bx_object *sum = bx_object_find(document, params, "CheckSum");
    unsigned char md5[BX_MD5_LEN];
    bx_md5(md5, stream->bytes, stream->len);
    return stream->is_decoded &&
           bx_object_int(bx_object_find(document, params, "Size"), -1) ==
               (int64_t)stream->len &&
           sum->kind == BX_OBJECT_STRING && sum->len == BX_MD5_LEN &&
           memcmp(sum->bytes, md5, BX_MD5_LEN) == 0;
}

static void add_file(struct bx_attached_list *list,
                     const struct bx_document *document,
                     const struct bx_object *specification)
{
    const struct bx_object *files = bx_object_find(document, specification, "EF");
    const struct bx_object *stream = bx_object_find(document, files, "UF");
    const struct bx_object *name = bx_object_find(document, specification, "UF");
    if (stream->kind != BX_OBJECT_STREAM)
        stream = bx_object_find(document, files, "F");
    if (name->kind != BX_OBJECT_STRING)
        name = bx_object_find(document, specification, "F");
    if (list->count == FILES_MOST)
        return;
    if (list->count == list->capacity)
        list->items = bx_arena_grow(&list->arena, list->items, list->count, &list->capacity,
                                    sizeof(*list->items));
    list->items[list->count++] = (struct bx_attached){
        .name = bx_object_text(name, &list->arena),
        .relationship = bx_object_text(
            bx_object_find(document, specification, "AFRelationship"), &list->arena),
        .mime = bx_object_text(bx_object_find(document, stream, "Subtype"), &list->arena),
        .data = stream->bytes,
        .len = stream->kind == BX_OBJECT_STREAM ? stream->len : 0,
        .is_whole = stream->kind == BX_OBJECT_STREAM && is_whole(document, stream),
    };
}

static void walk_names(struct bx_attached_list *list,
                       const struct bx_document *document,
                       const struct bx_object *node,
                       int depth,
                       int *node_count)
{
    const struct bx_object *names = bx_object_find(document, node, "Names");
    const struct bx_object *kids = bx_object_find(document, node, "Kids");
    if (names->kind == BX_OBJECT_ARRAY)
        for (int i = 1; i < names->count; i += 2)
            add_file(list, document, bx_object_item(document, names, i));
    if (kids->kind == BX_OBJECT_ARRAY && depth < DEPTH_MOST)
        for (int i = 0; i < kids->count && (*node_count)++ < NODES_MOST; i++)
            walk_names(list, document, bx_object_item(document, kids, i), depth + 1,
                       node_count);
}

void bx_attached_list_build(struct bx_attached_list *out, const struct bx_document *document)
{
    *out = (struct bx_attached_list){0};
    const struct bx_object *names = bx_object_find(document, document->root, "Names");
    int node_count = 0;
    walk_names(out, document, bx_object_find(document, names, "EmbeddedFiles"), 0, &node_count);
}

void bx_attached_list_fini(struct bx_attached_list *list)
{
    bx_arena_fini(&list->arena);
    *list = (struct bx_attached_list){0};
}

const struct bx_attached *bx_attached_list_find(const struct bx_attached_list *list,
                                                const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return &list->items[i];
    return NULL;
}

const struct bx_attached *bx_attached_list_model(const struct bx_attached_list *list)
{
    const struct bx_attached *model = NULL;
    for (int i = 0; i < list->count; i++) {
        const struct bx_attached *item = &list->items[i];
        if (strcmp(item->relationship, "Source") != 0 ||
            strcmp(item->mime, "application/json") != 0)
            continue;
        if (model)
            return NULL;
        model = item;
    }
    return model;
}

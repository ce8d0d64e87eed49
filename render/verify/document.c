#include "verify/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* Looking at what was read. Nothing here trusts the file: a value of the wrong kind is as good as
 * none. */

static const struct bx_object nothing = {.kind = BX_OBJECT_NULL, .bytes = ""};

const struct bx_object *bx_object_follow(const struct bx_document *document,
                                         const struct bx_object *object)
{
    if (!object)
        return &nothing;
    if (object->kind != BX_OBJECT_REF)
        return object;
    if (object->number < 0 || object->number >= document->object_count ||
        !document->objects[object->number])
        return &nothing;
    object = document->objects[object->number];
    return object->kind == BX_OBJECT_REF ? &nothing : object; /* the format has no chains */
}

static int compare_key(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

const struct bx_object *bx_object_find_raw(const struct bx_object *dict, const char *key)
{
    if (dict->kind != BX_OBJECT_DICT && dict->kind != BX_OBJECT_STREAM)
        return &nothing;
    const char *const *found = dict->count > 0 ? bsearch(key, dict->keys, (size_t)dict->count,
                                                         sizeof(*dict->keys), compare_key)
                                               : NULL;
    return found ? &dict->items[found - dict->keys] : &nothing;
}

const struct bx_object *bx_object_find(const struct bx_document *document,
                                       const struct bx_object *dict,
                                       const char *key)
{
    return bx_object_follow(document, bx_object_find_raw(dict, key));
}

int bx_object_item_count(const struct bx_object *array)
{
    return array->kind == BX_OBJECT_ARRAY ? array->count : array->kind != BX_OBJECT_NULL;
}

const struct bx_object *
bx_object_item(const struct bx_document *document, const struct bx_object *array, int i)
{
    if (array->kind != BX_OBJECT_ARRAY)
        return i == 0 ? bx_object_follow(document, array) : &nothing;
    return 0 <= i && i < array->count ? bx_object_follow(document, &array->items[i]) : &nothing;
}

bool bx_object_is_name(const struct bx_object *object, const char *name)
{
    return object->kind == BX_OBJECT_NAME && strcmp(object->bytes, name) == 0;
}

int64_t bx_object_int(const struct bx_object *object, int64_t otherwise)
{
    return object->kind == BX_OBJECT_NUMBER ? object->number / BX_MICRO : otherwise;
}

static void add_utf16(struct bx_buf *to, const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i + 1 < len; i += 2) {
        uint32_t unit = (uint32_t)(bytes[i] << 8 | bytes[i + 1]);
        if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < len) {
            uint32_t low = (uint32_t)(bytes[i + 2] << 8 | bytes[i + 3]);
            if (low >= 0xDC00 && low < 0xE000) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        bool is_character = unit > 0 && (unit < 0xD800 || unit > 0xDFFF);
        bx_buf_add_utf8(to, is_character ? unit : 0xFFFD);
    }
}

/* What is neither UTF-16 nor UTF-8 is PDFDocEncoding, which agrees with ASCII and, but for a few
 * marks that no file of ours holds, with Latin-1. */
const char *bx_object_text(const struct bx_object *object, struct bx_arena *arena)
{
    if (object->kind != BX_OBJECT_STRING && object->kind != BX_OBJECT_NAME)
        return "";
    const unsigned char *bytes = (const unsigned char *)object->bytes;
    struct bx_buf text = {0};
    if (object->len >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF) {
        add_utf16(&text, bytes + 2, object->len - 2);
    } else {
        bool has_mark = object->len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
        bool is_utf8 = has_mark && bx_utf8_valid_len(object->bytes, object->len) == object->len;
        for (size_t i = is_utf8 ? 3 : 0; i < object->len; i++)
            if (is_utf8)
                bx_buf_add_byte(&text, object->bytes[i]);
            else
                bx_buf_add_utf8(&text, bytes[i] ? bytes[i] : 0xFFFD);
    }
    const char *copy = bx_arena_strndup(arena, text.data ? text.data : "", text.len);
    bx_buf_fini(&text);
    return copy;
}

void bx_document_free(struct bx_document *document)
{
    if (!document)
        return;
    struct bx_arena arena = document->arena; /* the document itself lives in it */
    bx_arena_fini(&arena);
}

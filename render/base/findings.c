#include "base/findings.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

static const char *copy(struct bx_findings *list, const char *text)
{
    return bx_arena_strndup(&list->arena, text ? text : "", text ? strlen(text) : 0);
}

/* The same in UTF-8 for sure: others' words about a damaged file may hold bytes of it. */
static const char *copy_text(struct bx_findings *list, const char *text)
{
    size_t len = text ? strlen(text) : 0;
    size_t valid = bx_utf8_valid_len(text ? text : "", len);
    if (valid == len)
        return copy(list, text);
    struct bx_buf clean = {0};
    while (len > 0) {
        bx_buf_add(&clean, text, valid);
        if (valid < len)
            bx_buf_add_utf8(&clean, 0xFFFD);
        size_t used = valid < len ? valid + 1 : valid;
        text += used;
        len -= used;
        valid = bx_utf8_valid_len(text, len);
    }
    const char *kept = copy(list, clean.data);
    bx_buf_fini(&clean);
    return kept;
}

void bx_findings_add(struct bx_findings *list, const struct bx_finding *finding)
{
    assert(finding->code && finding->zh && finding->en);
    if (list->count == list->capacity) {
        int capacity = list->capacity ? 2 * list->capacity : 16;
        struct bx_finding *items =
            BX_NEW_ARRAY(&list->arena, struct bx_finding, (size_t)capacity);
        if (list->count > 0)
            memcpy(items, list->items, sizeof(*items) * (size_t)list->count);
        list->items = items;
        list->capacity = capacity;
    }
    struct bx_finding *item = &list->items[list->count++];
    *item = *finding;
    item->file = copy(list, finding->file ? finding->file : list->file);
    item->where = copy_text(list, finding->where);
    item->zh = copy_text(list, finding->zh);
    item->en = copy_text(list, finding->en);
}

const char *bx_findings_text(struct bx_findings *list, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int len = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    assert(len >= 0);
    char *text = BX_NEW_ARRAY(&list->arena, char, (size_t)len + 1);
    va_start(ap, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, ap);
    va_end(ap);
    return text;
}

enum bx_level bx_findings_worst(const struct bx_findings *list)
{
    enum bx_level worst = BX_LEVEL_NOTE;
    for (int i = 0; i < list->count; i++)
        if (list->items[i].level > worst)
            worst = list->items[i].level;
    return worst;
}

void bx_findings_fini(struct bx_findings *list)
{
    bx_arena_fini(&list->arena);
    *list = (struct bx_findings){0};
}

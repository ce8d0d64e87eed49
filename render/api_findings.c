/* Findings as the public header shows them, and failures made findings.
 *
 * A stage that ends without a result says so once, in struct bx_err. Users meet one list only, so
 * a failure becomes an error in it, unless the stage has put its own, more exact ones there. */
#include "api.h"

#include <assert.h>
#include <stdlib.h>

_Static_assert((int)BX_FINDING_NOTE == (int)BX_LEVEL_NOTE &&
                   (int)BX_FINDING_WARNING == (int)BX_LEVEL_WARNING &&
                   (int)BX_FINDING_ERROR == (int)BX_LEVEL_ERROR,
               "the public levels are the inner ones");
_Static_assert((int)BX_STATUS_DONE == (int)BX_OK && (int)BX_STATUS_USAGE == (int)BX_E_USAGE &&
                   (int)BX_STATUS_READ == (int)BX_E_READ &&
                   (int)BX_STATUS_MODEL == (int)BX_E_MODEL &&
                   (int)BX_STATUS_LAYOUT == (int)BX_E_LAYOUT &&
                   (int)BX_STATUS_FONT == (int)BX_E_FONT &&
                   (int)BX_STATUS_FIT == (int)BX_E_FIT &&
                   (int)BX_STATUS_WRITE == (int)BX_E_WRITE &&
                   (int)BX_STATUS_SIGN == (int)BX_E_SIGN &&
                   (int)BX_STATUS_CANCELLED == (int)BX_E_CANCELLED,
               "the public statuses are the inner codes");

int bx_findings_count(const struct bx_findings *list)
{
    return list->count;
}

const struct bx_finding *bx_findings_at(const struct bx_findings *list, int i)
{
    assert(0 <= i && i < list->count);
    return &list->items[i];
}

enum bx_finding_level bx_finding_level(const struct bx_finding *finding)
{
    return (enum bx_finding_level)finding->level;
}

const char *bx_finding_code(const struct bx_finding *finding)
{
    return finding->code;
}

const char *bx_finding_file(const struct bx_finding *finding)
{
    return finding->file;
}

const char *bx_finding_where(const struct bx_finding *finding)
{
    return finding->where;
}

int bx_finding_page(const struct bx_finding *finding)
{
    return finding->page;
}

const char *bx_finding_zh(const struct bx_finding *finding)
{
    return finding->zh;
}

const char *bx_finding_en(const struct bx_finding *finding)
{
    return finding->en;
}

/* The code of a failure, and what is said in Chinese before a sentence that has none. */
static const char *failure_words(enum bx_code code, const char **zh)
{
    switch (code) {
    case BX_OK:
        break;
    case BX_E_USAGE:
        *zh = "用法不对";
        return "USAGE";
    case BX_E_READ:
        *zh = "读不了";
        return "READ";
    case BX_E_MODEL:
        *zh = "报告数据不合规定";
        return "MODEL";
    case BX_E_LAYOUT:
        *zh = "版式文件有错";
        return "LAYOUT";
    case BX_E_FONT:
        *zh = "字体有问题";
        return "FONT";
    case BX_E_FIT:
        *zh = "排不下";
        return "FIT";
    case BX_E_WRITE:
        *zh = "写不了";
        return "WRITE";
    case BX_E_SIGN:
        *zh = "签名有问题";
        return "SIGN";
    case BX_E_CANCELLED:
        *zh = "已取消";
        return "CANCELLED";
    }
    assert(false && "a failure has a code");
    return NULL;
}

enum bx_status bx_api_tell(struct bx_findings *list, const struct bx_err *err)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i].level == BX_LEVEL_ERROR && list->items[i].stage == (int)err->code)
            return (enum bx_status)err->code;

    const char *lead = NULL;
    const char *code = failure_words(err->code, &lead);
    struct bx_buf chinese = {0};
    bool is_known = bx_api_chinese(&chinese, err->what);
    bx_findings_add(list,
                    &(struct bx_finding){
                        .level = BX_LEVEL_ERROR,
                        .code = code,
                        .file = err->file[0] ? err->file : NULL,
                        .where = err->where,
                        .stage = (int)err->code,
                        .zh = is_known ? bx_findings_text(list, "%s", chinese.data)
                                       : bx_findings_text(list, "%s：%s", lead, err->what),
                        .en = err->what,
                    });
    bx_buf_fini(&chinese);
    return (enum bx_status)err->code;
}

void bx_api_repeat(struct bx_findings *list, const struct bx_findings *from)
{
    for (int i = 0; i < from->count; i++)
        bx_findings_add(list, &from->items[i]);
}

enum bx_status bx_api_status(const struct bx_findings *list)
{
    int first = 0;
    for (int i = 0; i < list->count; i++) {
        const struct bx_finding *item = &list->items[i];
        if (item->stage == (int)BX_E_CANCELLED)
            return BX_STATUS_CANCELLED;
        int stage = item->stage > 0 ? item->stage : (int)BX_E_MODEL;
        if (item->level == BX_LEVEL_ERROR && (first == 0 || stage < first))
            first = stage;
    }
    return (enum bx_status)first;
}

void bx_bytes_fini(struct bx_bytes *bytes)
{
    if (!bytes)
        return;
    free(bytes->data);
    *bytes = (struct bx_bytes){0};
}

void bx_api_give(struct bx_bytes *out, struct bx_buf *buf)
{
    *out = (struct bx_bytes){.data = buf->data, .len = buf->len};
    *buf = (struct bx_buf){0};
}

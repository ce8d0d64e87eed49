/* The stores of a font set: found, told of, made. */
#include "font/fontset.h"

#include <string.h>

#include "base/buf.h"
#include "font/fontset_data.h"

/* The first good one of the folders; without one, the best that can be said. */
enum bx_store_state bx_fontset_find_store(struct bx_store **out,
                                          const struct bx_fontset *set,
                                          const struct bx_entry *entry)
{
    enum bx_store_state best = BX_STORE_MISSING;
    struct bx_store_key key;
    if (set->folder_count == 0 ||
        !bx_store_key_of(&key, entry->path, entry->index, entry->postscript))
        return best;
    for (int i = 0; i < set->folder_count && best != BX_STORE_GOOD; i++) {
        enum bx_store_state state = bx_store_open(out, set->folders[i], &key);
        if (state > best)
            best = state;
    }
    return best;
}

static void tell(struct bx_entry *entry, struct bx_findings *findings)
{
    bool is_stale = entry->state == BX_STORE_STALE;
    entry->is_told = true;
    bx_findings_add(
        findings,
        &(struct bx_finding){
            .level = BX_LEVEL_NOTE,
            .code = "FONT",
            .file = entry->path,
            .where = "",
            .stage = BX_E_FONT,
            .zh = bx_findings_text(
                findings, "字体“%s”的预备文件%s，这次没有用；可运行banxin fonts prepare重做",
                entry->postscript, is_stale ? "已经过时" : "已损坏"),
            .en = bx_findings_text(
                findings,
                "What was prepared of the face \"%s\" is %s and was not used; banxin fonts "
                "prepare makes it anew",
                entry->postscript, is_stale ? "out of date" : "damaged"),
        });
}

void bx_fontset_tell_damage(struct bx_fontset *set, struct bx_findings *findings)
{
    for (int i = 0; i < set->entry_count; i++) {
        struct bx_entry *entry = &set->entries[i];
        if (bx_store_is_damaged(entry->store))
            entry->state = BX_STORE_DAMAGED;
        bool is_useless = entry->state == BX_STORE_STALE || entry->state == BX_STORE_DAMAGED;
        if (is_useless && !entry->is_told)
            tell(entry, findings);
    }
}

/* Makes the store of a face unless a good one is there. */
static bool prepare(struct bx_entry *entry,
                    const char *folder,
                    struct bx_buf *out,
                    bool in_chinese,
                    struct bx_err *err)
{
    struct bx_store_key key;
    struct bx_store *store = NULL;
    if (!bx_store_key_of(&key, entry->path, entry->index, entry->postscript))
        return bx_fail(err, BX_E_READ, entry->path, "", "this font file cannot be looked at");
    bool is_there =
        bx_store_open(&store, folder, &key) == BX_STORE_GOOD && bx_store_check(store);
    bx_store_close(store);
    if (!is_there && !bx_store_make(folder, entry->path, &key, err))
        return false;
    bx_buf_printf(out, "%s  %s\n", entry->postscript,
                  in_chinese ? (is_there ? "已经备好" : "备好了")
                             : (is_there ? "was prepared already" : "prepared"));
    return true;
}

bool bx_fontset_prepare(struct bx_fontset *set,
                        struct bx_buf *out,
                        bool in_chinese,
                        struct bx_err *err)
{
    bool is_done = true;
    if (set->folder_count == 0)
        return bx_fail(err, BX_E_WRITE, "", "", "there is no folder to put it into");
    for (int i = 0; i < set->entry_count; i++) {
        struct bx_err failure = {0};
        if (set->entries[i].is_broken ||
            prepare(&set->entries[i], set->folders[0], out, in_chinese, &failure))
            continue;
        if (is_done)
            *err = failure;
        is_done = false;
    }
    return is_done;
}

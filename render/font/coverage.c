/* `banxin fonts`: every role with its faces, where each comes from, whether it is the pinned one to
 * the byte, and what it covers. Opens every face and reads it whole; rendering never does. */
#include "font/fontset.h"

#include <string.h>

#include <hb.h>

#include "base/buf.h"
#include "base/digest.h"
#include "font/fontset_data.h"
#include "font/sets.h"

struct writer {
    struct bx_fontset *set;
    struct bx_buf *out;
    struct bx_char_sets sets;
    bool in_chinese;
};

static const char *choose(const struct writer *writer, const char *zh, const char *en)
{
    return writer->in_chinese ? zh : en;
}

/* The SHA-256 of a file, or "" when it cannot be read. */
static void digest_file(char hex[BX_SHA256_HEX_SIZE], const char *path)
{
    hex[0] = '\0';
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob)
        return;
    unsigned len;
    const char *bytes = hb_blob_get_data(blob, &len);
    bx_sha256_hex(hex, bytes, len);
    hb_blob_destroy(blob);
}

static void write_prepared(const struct writer *writer, const struct bx_entry *entry)
{
    enum bx_store_state state = entry->state;
    if (entry->store && !bx_store_check(entry->store))
        state = BX_STORE_DAMAGED;
    const char *words = NULL;
    switch (state) {
    case BX_STORE_MISSING:
        words = choose(writer, "否", "no");
        break;
    case BX_STORE_STALE:
        words = choose(writer, "已过时", "out of date");
        break;
    case BX_STORE_DAMAGED:
        words = choose(writer, "已损坏", "damaged");
        break;
    case BX_STORE_GOOD:
        words = choose(writer, "是", "yes");
        break;
    }
    bx_buf_printf(writer->out, "      %s%s\n", choose(writer, "预备：", "prepared: "), words);
}

static void write_origin(const struct writer *writer, const struct bx_entry *entry)
{
    const struct bx_roles *roles = &writer->set->roles;
    char hex[BX_SHA256_HEX_SIZE];
    digest_file(hex, entry->path);
    const char *state;
    if (entry->lock < 0)
        state = choose(writer, "单位自有", "the office's own");
    else if (strcmp(hex, roles->lock[entry->lock].sha256) == 0)
        state = choose(writer, "与锁定的摘要一致", "digest as pinned");
    else
        state = choose(writer, "与锁定的摘要不同", "digest differs from the pinned one");
    bx_buf_printf(writer->out, "      %s #%d\n", entry->path, entry->index);
    bx_buf_printf(writer->out, "      SHA-256 %s %s\n", hex, state);
    write_prepared(writer, entry);
}

static void write_counts(const struct writer *writer, const hb_set_t *coverage)
{
    bx_buf_add_text(writer->out, "      ");
    for (int i = 0; i < writer->sets.count; i++) {
        const struct bx_char_set *set = &writer->sets.items[i];
        hb_set_t *both = hb_set_copy(set->members);
        hb_set_intersect(both, coverage);
        bx_buf_printf(writer->out, "%s%s %u/%d", i > 0 ? " · " : "", set->name,
                      hb_set_get_population(both), set->size);
        hb_set_destroy(both);
    }
    bx_buf_add_byte(writer->out, '\n');
}

/* What stands for another kind is said where it is used. */
static const char *find_stands_for(const struct bx_role *role, int lock)
{
    for (int i = 0; i < role->face_count; i++)
        if (role->faces[i].lock == lock)
            return role->faces[i].stands_for;
    return NULL;
}

static void write_face(const struct writer *writer, const struct bx_role *role, int entry_at)
{
    struct bx_fontset *set = writer->set;
    const struct bx_font *font = bx_fontset_load(set, entry_at);
    const struct bx_entry *entry = &set->entries[entry_at];
    bx_buf_printf(writer->out, "    %s", entry->postscript);
    const char *stands_for = find_stands_for(role, entry->lock);
    if (stands_for)
        bx_buf_printf(writer->out, " (%s %s)", choose(writer, "代替", "stands for"),
                      stands_for);
    if (!font) {
        bx_buf_printf(writer->out, ": %s %s\n", entry->path,
                      choose(writer, "不能使用", "cannot be used"));
        return;
    }
    bx_buf_printf(writer->out, "  %s\n", font->version);
    write_origin(writer, entry);
    hb_set_t *coverage = hb_set_create();
    hb_face_collect_unicodes(bx_font_face(font), coverage);
    write_counts(writer, coverage);
    hb_set_destroy(coverage);
}

static void write_missing(const struct writer *writer, const struct bx_role *role)
{
    const struct bx_fontset *set = writer->set;
    for (int i = 0; i < role->face_count; i++) {
        const struct bx_lock_face *face = &set->roles.lock[role->faces[i].lock];
        if (set->lock_entries[role->faces[i].lock] < 0)
            bx_buf_printf(writer->out, "    %s: %s %s\n", face->postscript,
                          choose(writer, "缺少，见软件包", "missing, see the package"),
                          face->package);
    }
}

static void write_role(const struct writer *writer, int role_at)
{
    const struct bx_role *role = &writer->set->roles.roles[role_at];
    const struct bx_role_set *list = &writer->set->sets[role_at];
    bx_buf_printf(writer->out, "  %s %s\n", role->zh, role->name);
    for (int i = 0; i < list->entry_count; i++)
        write_face(writer, role, list->entries[i]);
    if (list->entry_count == 0)
        bx_buf_add_text(writer->out, choose(writer, "    不设：用所在文字的字体\n",
                                            "    none: the face of the text around it\n"));
    write_missing(writer, role);
}

/* What any face of the fallback chain draws. */
static void write_union(const struct writer *writer)
{
    struct bx_fontset *set = writer->set;
    const struct bx_role_set *list = &set->sets[set->roles.fallback];
    hb_set_t *coverage = hb_set_create();
    for (int i = 0; i < list->entry_count; i++) {
        const struct bx_font *font = bx_fontset_load(set, list->entries[i]);
        if (font)
            hb_face_collect_unicodes(bx_font_face(font), coverage);
    }
    bx_buf_add_text(writer->out,
                    choose(writer, "  后备合计\n", "  the fallback faces together\n"));
    write_counts(writer, coverage);
    hb_set_destroy(coverage);
}

bool bx_fontset_describe(struct bx_fontset *set,
                         struct bx_buf *out,
                         bool in_chinese,
                         struct bx_err *err)
{
    struct writer writer = {.set = set, .out = out, .in_chinese = in_chinese};
    if (!bx_char_sets_read(&writer.sets, set->fonts_dir, err))
        return false;
    bx_buf_printf(out, "%s %s\n", choose(&writer, "字体文件夹", "Fonts folder"),
                  set->fonts_dir);
    bx_buf_printf(out, "%s %s\n", choose(&writer, "单位的字体", "Office's faces"),
                  set->office_dir ? set->office_dir : choose(&writer, "未给出", "none given"));
    bx_buf_printf(out, "%s\n", choose(&writer, "用途", "Roles"));
    for (int i = 0; i < set->roles.role_count; i++)
        write_role(&writer, i);
    write_union(&writer);
    bx_char_sets_fini(&writer.sets);
    return true;
}

/* From roles to faces.
 *
 * When a set is made, every role gets its ordered list of faces: the office's by name, then the
 * pinned ones by place. Without an office's folder that is a few stat() calls and no fontconfig.
 * A pinned face is known by its size here; its digest is verified by bx_fontset_describe() only,
 * because reading 100 MB of faces to print a report would cost more than the report. A face that is
 * prepared (store.h) is not even opened. */
#include "font/fontset.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "font/catalog.h"
#include "font/face.h"
#include "font/fontset_data.h"

enum {
    MISSING = -1,
    NOT_LOOKED_FOR = -2
};

struct maker {
    struct bx_fontset *set;
    struct bx_catalog *office; /* NULL without a folder */
    struct bx_catalog *system; /* NULL until a pinned file is missing */
    struct bx_findings *findings;
    struct bx_err *err;
};

static void add_note(struct maker *maker, const char *file, const char *zh, const char *en)
{
    bx_findings_add(maker->findings, &(struct bx_finding){
                                         .level = BX_LEVEL_NOTE,
                                         .code = "FONT",
                                         .file = file,
                                         .where = "",
                                         .stage = BX_E_FONT,
                                         .zh = zh,
                                         .en = en,
                                     });
}

/* The place of a face in the set's list; the same file and index have one place. */
static int add_entry(struct bx_fontset *set, const struct bx_entry *entry)
{
    for (int i = 0; i < set->entry_count; i++)
        if (set->entries[i].index == entry->index &&
            strcmp(set->entries[i].path, entry->path) == 0)
            return i;
    if (set->entry_count == set->entry_capacity)
        set->entries = bx_arena_grow(&set->arena, set->entries, set->entry_count,
                                     &set->entry_capacity, sizeof(*set->entries));
    set->entries[set->entry_count] = *entry;
    return set->entry_count++;
}

/* A store tells that the face could be opened when it was made, and of the same file; so the file is
 * not looked into. */
static bool open_entry(struct bx_fontset *set, struct bx_entry *entry)
{
    if (entry->is_broken)
        return false;
    if (!entry->store && !entry->face)
        entry->state = bx_fontset_find_store(&entry->store, set, entry);
    if (!entry->store && !entry->face)
        entry->face = bx_face_open(entry->path, entry->index);
    entry->is_broken = !entry->store && !entry->face;
    return !entry->is_broken;
}

/* Looks for a pinned face that is not in its place among the system's faces. */
static int search_system(struct maker *maker, int lock)
{
    struct bx_fontset *set = maker->set;
    const struct bx_lock_face *pinned = &set->roles.lock[lock];
    struct bx_catalog_face found;
    struct bx_err ignored = {0};
    if (!maker->system && !bx_catalog_new(&maker->system, set->fonts_dir, NULL, &ignored))
        maker->system = NULL;

    if (!maker->system ||
        !bx_catalog_find(&found, &set->arena, maker->system, pinned->postscript, 0)) {
        add_note(
            maker, pinned->file,
            bx_findings_text(maker->findings, "缺少锁定的字体“%s”，可运行fonts/install.sh安装",
                             pinned->name),
            bx_findings_text(maker->findings,
                             "The pinned face \"%s\" is missing; fonts/install.sh brings it",
                             pinned->name));
        return MISSING;
    }
    add_note(maker, pinned->file,
             bx_findings_text(maker->findings, "字体“%s”不在锁定的位置，改用%s", pinned->name,
                              found.path),
             bx_findings_text(maker->findings,
                              "The face \"%s\" is not in its pinned place; %s is used",
                              pinned->name, found.path));
    return add_entry(set, &(struct bx_entry){
                              .path = found.path,
                              .index = found.index,
                              .postscript = found.postscript,
                              .lock = lock,
                          });
}

/* The entry of a pinned face, or MISSING. */
static int find_pinned(struct maker *maker, int lock)
{
    struct bx_fontset *set = maker->set;
    if (set->lock_entries[lock] != NOT_LOOKED_FOR)
        return set->lock_entries[lock];

    const struct bx_lock_face *pinned = &set->roles.lock[lock];
    struct bx_entry entry = {
        .path = pinned->file[0] == '/'
                    ? pinned->file
                    : bx_arena_printf(&set->arena, "%s/%s", set->fonts_dir, pinned->file),
        .index = pinned->index,
        .postscript = pinned->postscript,
        .lock = lock,
    };
    struct stat info;
    if (stat(entry.path, &info) != 0 || !S_ISREG(info.st_mode)) {
        set->lock_entries[lock] = search_system(maker, lock);
        return set->lock_entries[lock];
    }
    entry.is_pinned = info.st_size == pinned->size;
    if (!entry.is_pinned)
        add_note(maker, entry.path,
                 bx_findings_text(maker->findings, "字体“%s”与锁定的版本不同", pinned->name),
                 bx_findings_text(maker->findings,
                                  "The face \"%s\" differs from the pinned one", pinned->name));
    set->lock_entries[lock] = add_entry(set, &entry);
    return set->lock_entries[lock];
}

static void append(struct bx_role_set *list, int entry)
{
    for (int i = 0; i < list->entry_count; i++)
        if (list->entries[i] == entry)
            return;
    list->entries[list->entry_count++] = entry;
}

static void
add_office_faces(struct maker *maker, const struct bx_role *role, struct bx_role_set *list)
{
    struct bx_fontset *set = maker->set;
    for (int i = 0; maker->office && i < role->name_count; i++) {
        struct bx_catalog_face found;
        if (!bx_catalog_find(&found, &set->arena, maker->office, role->names[i].name,
                             role->names[i].weight))
            continue;
        int entry = add_entry(set, &(struct bx_entry){
                                       .path = found.path,
                                       .index = found.index,
                                       .postscript = found.postscript,
                                       .lock = -1,
                                   });
        bool was_broken = set->entries[entry].is_broken;
        if (open_entry(set, &set->entries[entry]))
            append(list, entry);
        else if (!was_broken)
            add_note(maker, found.path, "这个字体文件不能使用",
                     "This font file cannot be used");
    }
    list->office_count = list->entry_count;
}

/* Says which face stands for a role that could not have its own. */
static void report_substitution(struct maker *maker, int role_at)
{
    const struct bx_fontset *set = maker->set;
    const struct bx_role *role = &set->roles.roles[role_at];
    const struct bx_role_set *list = &set->sets[role_at];
    const struct bx_entry *first = &set->entries[list->entries[0]];
    if (list->office_count > 0 || role_at == set->roles.fallback)
        return;
    int at = 0;
    while (at < role->face_count && role->faces[at].lock != first->lock)
        at++;
    const char *name = set->roles.lock[first->lock].name;
    bool is_other_kind = at < role->face_count && role->faces[at].stands_for;
    if (!is_other_kind && at == 0 && !maker->office)
        return;

    if (is_other_kind) {
        const char *kind = role->faces[at].stands_for;
        add_note(
            maker, "", bx_findings_text(maker->findings, "没有%s字体，以%s代替", kind, name),
            bx_findings_text(maker->findings,
                             "There is no face of the kind %s; %s stands for it", kind, name));
    } else {
        add_note(
            maker, "",
            bx_findings_text(maker->findings, "没有找到%s首选的字体，改用%s", role->zh, name),
            bx_findings_text(maker->findings,
                             "The first choice for %s was not found; %s is used", role->name,
                             name));
    }
}

static bool make_role(struct maker *maker, int role_at)
{
    struct bx_fontset *set = maker->set;
    const struct bx_role *role = &set->roles.roles[role_at];
    struct bx_role_set *list = &set->sets[role_at];
    list->entries =
        BX_NEW_ARRAY(&set->arena, int, (size_t)(role->name_count + role->face_count + 1));
    add_office_faces(maker, role, list);
    for (int i = 0; i < role->face_count; i++) {
        int entry = find_pinned(maker, role->faces[i].lock);
        /* A role's first face is opened now, so that bx_fontset_first() cannot fail. */
        if (entry >= 0 && (list->entry_count > 0 || open_entry(set, &set->entries[entry])))
            append(list, entry);
    }
    if (list->entry_count == 0 && role->is_optional)
        return true;
    if (list->entry_count == 0)
        return bx_fail(maker->err, BX_E_FONT, "", "", "there is no face for %s", role->name);
    report_substitution(maker, role_at);
    return true;
}

static bool make_roles(struct maker *maker)
{
    struct bx_fontset *set = maker->set;
    size_t locks = (size_t)set->roles.lock_count, roles = (size_t)set->roles.role_count;
    set->lock_entries = BX_NEW_ARRAY(&set->arena, int, locks);
    for (size_t i = 0; i < locks; i++)
        set->lock_entries[i] = NOT_LOOKED_FOR;
    set->sets = BX_NEW_ARRAY(&set->arena, struct bx_role_set, roles);
    for (int i = 0; i < set->roles.role_count; i++)
        if (!make_role(maker, i))
            return false;
    set->fonts = BX_NEW_ARRAY(&set->arena, struct bx_font *, (size_t)set->entry_count);
    return true;
}

bool bx_fontset_new(struct bx_fontset **out,
                    const struct bx_fontset_options *options,
                    struct bx_findings *findings,
                    struct bx_err *err)
{
    struct bx_fontset *set = calloc(1, sizeof(*set));
    if (!set)
        abort();
    struct maker maker = {.set = set, .findings = findings, .err = err};
    set->fonts_dir =
        bx_arena_strndup(&set->arena, options->fonts_dir, strlen(options->fonts_dir));
    if (options->office_dir)
        set->office_dir =
            bx_arena_strndup(&set->arena, options->office_dir, strlen(options->office_dir));

    for (int i = 0; i < 2; i++)
        if (options->faces_dirs[i])
            set->folders[set->folder_count++] = bx_arena_strndup(
                &set->arena, options->faces_dirs[i], strlen(options->faces_dirs[i]));

    bool is_made = bx_roles_read(&set->roles, &set->arena, set->fonts_dir, err) &&
                   (!set->office_dir ||
                    bx_catalog_new(&maker.office, set->fonts_dir, set->office_dir, err)) &&
                   make_roles(&maker);
    if (is_made)
        bx_fontset_tell_damage(set, findings);
    bx_catalog_free(maker.office);
    bx_catalog_free(maker.system);
    if (is_made)
        *out = set;
    else
        bx_fontset_free(set);
    return is_made;
}

void bx_fontset_free(struct bx_fontset *set)
{
    if (!set)
        return;
    for (int i = 0; i < set->entry_count; i++) {
        if (set->entries[i].font) {
            bx_face_fini(set->entries[i].font);
        } else {
            hb_face_destroy(set->entries[i].face);
            bx_store_close(set->entries[i].store);
        }
    }
    bx_arena_fini(&set->arena);
    free(set);
}

int bx_fontset_find_role(const struct bx_fontset *set, const char *name)
{
    for (int i = 0; i < set->roles.fallback; i++)
        if (strcmp(set->roles.roles[i].name, name) == 0)
            return set->sets[i].entry_count > 0 ? i : -1;
    return -1;
}

struct bx_font *bx_fontset_load(struct bx_fontset *set, int entry_at)
{
    struct bx_entry *entry = &set->entries[entry_at];
    if (entry->font)
        return entry->font;
    if (!open_entry(set, entry))
        return NULL;
    struct bx_font *font = BX_NEW(&set->arena, struct bx_font);
    const struct bx_lock_face *pinned = entry->is_pinned ? &set->roles.lock[entry->lock] : NULL;
    font->id = set->font_count;
    font->path = entry->path;
    font->index = entry->index;
    font->postscript = entry->postscript;
    font->is_pinned = entry->is_pinned;
    int centre = pinned ? pinned->centre : 0;
    if (entry->store)
        bx_face_init_prepared(font, &set->arena, entry->store, centre);
    else
        bx_face_init(font, &set->arena, entry->face, centre);
    font->version = pinned ? pinned->version : font->facts->version;
    font->sha256 = pinned ? pinned->sha256 : "";
    entry->font = font;
    set->fonts[set->font_count++] = font;
    return font;
}

const struct bx_font *bx_fontset_first(struct bx_fontset *set, int role)
{
    assert(0 <= role && role < set->roles.role_count && set->sets[role].entry_count > 0);
    const struct bx_font *font = bx_fontset_load(set, set->sets[role].entries[0]);
    assert(font);
    return font;
}

int bx_fontset_count(const struct bx_fontset *set)
{
    return set->font_count;
}

const struct bx_font *bx_fontset_at(const struct bx_fontset *set, int i)
{
    assert(0 <= i && i < set->font_count);
    return set->fonts[i];
}

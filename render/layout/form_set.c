/* The forms of a folder. Listing it costs two levels of readdir; a form is read when a report
 * asks for it, and the schema is parsed with the first. */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "layout/form.h"
#include "layout/xml_read.h"

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder, in byte order, but for hidden ones. NULL when it cannot be read.
 * GDir knows no hidden state: the order is ours, so that it is the same on every machine. */
static GPtrArray *list_folder(const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    if (!dir)
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir))
        if (name[0] != '.')
            g_ptr_array_add(names, g_strdup(name));
    g_dir_close(dir);
    if (names->len > 1)
        qsort(names->pdata, names->len, sizeof(names->pdata[0]), compare_names);
    return names;
}

static void
add_entry(struct bx_form_set *set, int *capacity, const char *name, const char *file)
{
    static const char ending[] = ".xml";
    size_t len = strlen(file), ending_len = sizeof(ending) - 1;
    if (len <= ending_len || strcmp(file + len - ending_len, ending) != 0)
        return;
    if (set->entry_count == *capacity)
        set->entries = bx_arena_grow(&set->arena, set->entries, set->entry_count, capacity,
                                     sizeof(*set->entries));
    set->entries[set->entry_count++] = (struct bx_form_entry){
        .name = bx_arena_strndup(&set->arena, name, strlen(name)),
        .section = bx_arena_strndup(&set->arena, file, len - ending_len),
        .path = bx_arena_printf(&set->arena, "%s/forms/%s/%s", set->layouts_dir, name, file),
    };
}

bool bx_form_set_init(struct bx_form_set *out, const char *layouts_dir, struct bx_err *err)
{
    struct bx_form_set set = {0};
    int capacity = 0;
    set.layouts_dir = bx_arena_strndup(&set.arena, layouts_dir, strlen(layouts_dir));
    const char *root = bx_arena_printf(&set.arena, "%s/forms", layouts_dir);
    GPtrArray *names = list_folder(root);
    if (!names) {
        bx_fail(err, BX_E_LAYOUT, root, "", "the folder of forms cannot be read");
        bx_arena_fini(&set.arena);
        return false;
    }
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        GPtrArray *files = list_folder(bx_arena_printf(&set.arena, "%s/%s", root, name));
        if (!files) /* a file beside the folders */
            continue;
        for (guint k = 0; k < files->len; k++)
            add_entry(&set, &capacity, name, files->pdata[k]);
        g_ptr_array_free(files, TRUE);
    }
    g_ptr_array_free(names, TRUE);
    *out = set;
    return true;
}

static struct bx_xml_schema *new_schema(const char *layouts_dir)
{
    struct bx_arena arena = {0};
    struct bx_xml_schema *schema =
        bx_xml_schema_new(bx_arena_printf(&arena, "%s/form.rng", layouts_dir));
    bx_arena_fini(&arena);
    return schema;
}

static bool read_file(struct bx_form **out,
                      struct bx_xml_schema *schema,
                      const char *path,
                      struct bx_err *err)
{
    struct bx_buf buf = {0};
    bool is_done = bx_xml_load(&buf, path, err) &&
                   bx_form_read_bytes(out, schema, path, buf.data, buf.len, err);
    bx_buf_fini(&buf);
    return is_done;
}

bool bx_form_read(struct bx_form **out,
                  const char *layouts_dir,
                  const char *path,
                  struct bx_err *err)
{
    struct bx_xml_schema *schema = new_schema(layouts_dir);
    bool is_done = read_file(out, schema, path, err);
    bx_xml_schema_free(schema);
    return is_done;
}

/* A file in the wrong folder would be found under a name it does not have. */
static bool read_entry(struct bx_form_set *set, struct bx_form_entry *entry, struct bx_err *err)
{
    if (!set->schema)
        set->schema = new_schema(set->layouts_dir);
    struct bx_form *form = NULL;
    if (!read_file(&form, set->schema, entry->path, err))
        return false;
    if (strcmp(form->name, entry->name) != 0 || strcmp(form->section, entry->section) != 0) {
        bx_fail(err, BX_E_LAYOUT, entry->path, "",
                "its folder and name say %s/%s, the file says %s/%s", entry->name,
                entry->section, form->name, form->section);
        bx_form_free(form);
        return false;
    }
    entry->form = form;
    return true;
}

bool bx_form_set_find(const struct bx_form **out,
                      struct bx_form_set *set,
                      const char *section,
                      const char *name,
                      struct bx_err *err)
{
    for (int i = 0; i < set->entry_count; i++) {
        struct bx_form_entry *entry = &set->entries[i];
        if (strcmp(entry->section, section) != 0 || strcmp(entry->name, name) != 0)
            continue;
        if (!entry->form && !read_entry(set, entry, err))
            return false;
        *out = entry->form;
        return true;
    }
    *out = NULL;
    return true;
}

void bx_form_set_fini(struct bx_form_set *set)
{
    for (int i = 0; i < set->entry_count; i++)
        bx_form_free(set->entries[i].form);
    bx_xml_schema_free(set->schema);
    bx_arena_fini(&set->arena);
    *set = (struct bx_form_set){0};
}

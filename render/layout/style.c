/* Finding a style's file, and what stands in it. */
#include "layout/style.h"

#include <glib.h>
#include <string.h>

#include "base/buf.h"
#include "layout/xml_read.h"

/* A name of the layouts folder, or a path of the caller's. */
static bool find_path(const char **out,
                      struct bx_arena *arena,
                      const char *layouts_dir,
                      const char *name,
                      struct bx_err *err)
{
    bool is_path = strchr(name, '/') != NULL;
    *out = is_path ? bx_arena_strndup(arena, name, strlen(name))
                   : bx_arena_printf(arena, "%s/styles/%s.xml", layouts_dir, name);
    return g_file_test(*out, G_FILE_TEST_EXISTS) ||
           bx_fail(err, BX_E_LAYOUT, *out, "", "there is no style of this name");
}

bool bx_style_read(struct bx_style **out,
                   const char *layouts_dir,
                   const char *name,
                   struct bx_err *err)
{
    struct bx_arena arena = {0};
    struct bx_buf buf = {0};
    struct bx_xml_schema *schema =
        bx_xml_schema_new(bx_arena_printf(&arena, "%s/style.rng", layouts_dir));
    const char *path;
    bool is_done = find_path(&path, &arena, layouts_dir, name, err) &&
                   bx_xml_load(&buf, path, err) &&
                   bx_style_read_bytes(out, schema, path, buf.data, buf.len, err);
    bx_xml_schema_free(schema);
    bx_buf_fini(&buf);
    bx_arena_fini(&arena);
    return is_done;
}

void bx_style_free(struct bx_style *style)
{
    if (!style)
        return;
    struct bx_arena arena = style->arena; /* the style itself lives in it */
    bx_arena_fini(&arena);
}

const struct bx_table_style *bx_style_find_table(const struct bx_style *style,
                                                 const char *section)
{
    for (int i = 0; i < style->table_count; i++)
        if (strcmp(style->tables[i].section, section) == 0)
            return &style->tables[i];
    return NULL;
}

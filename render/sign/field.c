#include "sign/field.h"

#include <string.h>

/* Finding the fields: the tree of the form is walked, FT and T come down it.
 *
 * Source  ISO 32000-2 12.7.4.1, 12.7.5.5, 12.8.2.2. */

enum {
    DEPTH_MOST = 16,
    FIELDS_MOST = 1 << 16,
};

struct walk {
    struct bx_field_list *list;
    int visited;
};

static bool is_signature(struct bx_source *source, const struct bx_value *dict, bool inherited)
{
    struct bx_value type = bx_source_find(source, dict, "FT");
    return type.kind == BX_VALUE_NONE ? inherited : bx_value_is_name(&type, "Sig");
}

static const char *join_name(struct bx_arena *arena, const char *above, const char *own)
{
    return above[0] && own[0] ? bx_arena_printf(arena, "%s.%s", above, own)
           : own[0]           ? own
                              : above;
}

static void add_field(struct bx_field_list *list, const struct bx_field *field)
{
    if (list->count == list->capacity)
        list->items = bx_arena_grow(&list->source->arena, list->items, list->count,
                                    &list->capacity, sizeof(*list->items));
    list->items[list->count++] = *field;
    list->signed_count += field->value.kind != BX_VALUE_NONE;
}

static void walk_fields(
    struct walk *walk, struct bx_value kids, const char *above, bool inherited, int depth);

static void visit(
    struct walk *walk, const struct bx_value *ref, const char *above, bool inherited, int depth)
{
    struct bx_field_list *list = walk->list;
    if (ref->kind != BX_VALUE_REF || walk->visited++ > FIELDS_MOST)
        return;
    struct bx_value dict = bx_source_follow(list->source, *ref);
    struct bx_value title = bx_source_find(list->source, &dict, "T");
    if (dict.kind != BX_VALUE_DICT || (depth > 0 && title.kind != BX_VALUE_STRING))
        return; /* a kid without a name is the look of its parent, not a field */
    const char *own =
        title.kind == BX_VALUE_STRING ? bx_value_text(&title, &list->source->arena) : "";
    const char *name = join_name(&list->source->arena, above, own);
    bool is_own = is_signature(list->source, &dict, inherited);
    struct bx_value kids = bx_source_find(list->source, &dict, "Kids");
    int before = list->count;
    if (kids.kind == BX_VALUE_ARRAY && depth < DEPTH_MOST)
        walk_fields(walk, kids, name, is_own, depth + 1);
    struct bx_value value = bx_value_find(&dict, "V");
    if (value.kind == BX_VALUE_NULL)
        value.kind = BX_VALUE_NONE;
    if (is_own && list->count == before)
        add_field(list,
                  &(struct bx_field){
                      .number = (int)ref->number, .name = name, .dict = dict, .value = value});
}

static void walk_fields(
    struct walk *walk, struct bx_value kids, const char *above, bool inherited, int depth)
{
    struct bx_span rest = bx_value_inside(&kids);
    for (;;) {
        struct bx_value ref = bx_value_next(&rest);
        if (ref.kind == BX_VALUE_NONE)
            return;
        visit(walk, &ref, above, inherited, depth);
    }
}

/* What the certification allows; one whose transform cannot be read allows nothing. */
static void read_permissions(struct bx_field_list *list)
{
    struct bx_source *source = list->source;
    struct bx_value perms = bx_source_find(source, &list->catalog, "Perms");
    struct bx_value signature = bx_source_find(source, &perms, "DocMDP");
    struct bx_value usage = bx_value_find(&perms, "UR3");
    list->has_usage_rights = usage.kind != BX_VALUE_NONE;
    if (signature.kind == BX_VALUE_NONE)
        return;
    list->permission = 1;
    struct bx_value references = bx_source_find(source, &signature, "Reference");
    struct bx_span rest = bx_value_inside(&references);
    struct bx_value reference = bx_source_follow(source, bx_value_next(&rest));
    struct bx_value params = bx_source_find(source, &reference, "TransformParams");
    struct bx_value level = bx_source_find(source, &params, "P");
    if (params.kind == BX_VALUE_DICT)
        list->permission = level.kind == BX_VALUE_NONE ? 2 : (int)level.number;
    if (list->permission < 1 || list->permission > 3)
        list->permission = 1;
}

bool bx_field_list_read(struct bx_field_list *out, struct bx_source *source, struct bx_err *err)
{
    struct bx_field_list list = {.source = source};
    struct bx_value root = bx_value_find(bx_source_trailer(source), "Root");
    list.catalog = bx_source_follow(source, root);
    if (root.kind != BX_VALUE_REF || list.catalog.kind != BX_VALUE_DICT)
        return bx_fail(err, BX_E_READ, "", "", "the PDF has no catalog");
    list.catalog_number = (int)root.number;
    struct bx_value form = bx_value_find(&list.catalog, "AcroForm");
    list.form_number = form.kind == BX_VALUE_REF ? (int)form.number : 0;
    list.form = bx_source_follow(source, form);
    if (form.kind != BX_VALUE_NONE && list.form.kind != BX_VALUE_DICT)
        return bx_fail(err, BX_E_READ, "", "", "the PDF's form is no form");
    struct walk walk = {.list = &list};
    struct bx_value fields = bx_source_find(source, &list.form, "Fields");
    if (fields.kind == BX_VALUE_ARRAY)
        walk_fields(&walk, fields, "", false, 0);
    read_permissions(&list);
    *out = list;
    return true;
}

const struct bx_field *bx_field_list_find(const struct bx_field_list *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return &list->items[i];
    return NULL;
}

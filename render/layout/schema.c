/* The JSON Schema of a form's values. The paths of its figures are hung into a tree, which is
 * written as nested objects in the form's order. What a schema cannot say (a string that reads
 * as a number, an integer written 1e3) the reader of the model judges. */
#include <string.h>

#include "layout/describe.h"

struct branch {
    const char *name;
    const char *title;               /* or NULL */
    const struct bx_form_cell *cell; /* of a leaf */
    struct branch *first, *last, *next;
};

static struct branch *
find_branch(struct bx_arena *arena, struct branch *parent, const char *name, size_t len)
{
    for (struct branch *child = parent->first; child; child = child->next)
        if (strncmp(child->name, name, len) == 0 && child->name[len] == '\0')
            return child;
    struct branch *child = BX_NEW(arena, struct branch);
    child->name = bx_arena_strndup(arena, name, len);
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    return child;
}

static struct branch *add_path(struct bx_arena *arena, struct branch *root, const char *path)
{
    while (*path) {
        size_t len = strcspn(path, "/");
        root = find_branch(arena, root, path, len);
        path += len + (path[len] == '/');
    }
    return root;
}

static void grow_tree(struct bx_arena *arena, struct branch *root, const struct bx_form *form)
{
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        if (!cell->path)
            continue;
        const struct bx_form_cell *label = bx_form_find_label(form, cell);
        const struct bx_form_cell *head = bx_form_find_head(form, cell);
        add_path(arena, root, cell->row_id)->title = label ? label->text : NULL;
        struct branch *leaf = add_path(arena, root, cell->path);
        leaf->title = head ? head->text : NULL;
        leaf->cell = cell;
    }
}

/* --- writing --- */

static void add_string(struct bx_buf *out, const char *text)
{
    bx_buf_add_byte(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            bx_buf_add_byte(out, '\\');
        if ((unsigned char)*text < ' ')
            bx_buf_printf(out, "\\u%04x", (unsigned)*text);
        else
            bx_buf_add_byte(out, *text);
    }
    bx_buf_add_byte(out, '"');
}

static void start_line(struct bx_buf *out, int depth)
{
    bx_buf_add_byte(out, '\n');
    for (int i = 0; i < depth; i++)
        bx_buf_add_text(out, "  ");
}

static const char *kind_name(enum bx_value_kind kind)
{
    static const char *const names[] = {
        [BX_VALUE_COUNT] = "count",
        [BX_VALUE_SIGNED] = "signed",
        [BX_VALUE_AMOUNT] = "amount",
        [BX_VALUE_AMOUNT_UNIT] = "amount_with_unit",
    };
    return names[kind];
}

static void add_title(struct bx_buf *out, const char *title)
{
    if (!title)
        return;
    bx_buf_add_text(out, "\"title\": ");
    add_string(out, title);
    bx_buf_add_text(out, ", ");
}

static void add_branch(struct bx_buf *out, const struct branch *branch, int depth)
{
    bx_buf_add_byte(out, '{');
    add_title(out, branch->title);
    if (branch->cell) {
        bx_buf_printf(out, "\"$ref\": \"#/$defs/%s\"}", kind_name(branch->cell->value_kind));
        return;
    }
    bx_buf_add_text(out, "\"type\": \"object\", \"additionalProperties\": false,");
    start_line(out, depth + 1);
    bx_buf_add_text(out, "\"required\": [");
    for (const struct branch *child = branch->first; child; child = child->next) {
        add_string(out, child->name);
        bx_buf_add_text(out, child->next ? ", " : "],");
    }
    start_line(out, depth + 1);
    bx_buf_add_text(out, "\"properties\": {");
    for (const struct branch *child = branch->first; child; child = child->next) {
        start_line(out, depth + 2);
        add_string(out, child->name);
        bx_buf_add_text(out, ": ");
        add_branch(out, child, depth + 2);
        if (child->next)
            bx_buf_add_byte(out, ',');
    }
    start_line(out, depth + 1);
    bx_buf_add_byte(out, '}');
    start_line(out, depth);
    bx_buf_add_byte(out, '}');
}

static void add_values(struct bx_buf *out, const struct bx_form *form, int depth)
{
    struct bx_arena arena = {0};
    struct branch root = {.title = form->title};
    grow_tree(&arena, &root, form);
    add_branch(out, &root, depth);
    bx_arena_fini(&arena);
}

/* null is a blank cell: not given. A string is printed as written. */
static void add_definitions(struct bx_buf *out)
{
    bx_buf_add_text(
        out,
        "  \"$defs\": {\n"
        "    \"count\": {\"type\": [\"integer\", \"string\", \"null\"], \"minimum\": 0, "
        "\"maxLength\": 64},\n"
        "    \"signed\": {\"type\": [\"integer\", \"string\", \"null\"], \"maxLength\": 64},\n"
        "    \"amount\": {\"type\": [\"number\", \"string\", \"null\"], \"minimum\": 0, "
        "\"maxLength\": 64},\n"
        "    \"amount_with_unit\": {\"type\": [\"number\", \"string\", \"null\"], "
        "\"minimum\": 0, \"maxLength\": 64}\n"
        "  }\n}\n");
}

static void start_schema(struct bx_buf *out)
{
    bx_buf_add_text(out,
                    "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n");
}

void bx_form_schema(struct bx_buf *out, const struct bx_form *form)
{
    start_schema(out);
    bx_buf_add_text(out, "  \"allOf\": [");
    add_values(out, form, 1);
    bx_buf_add_text(out, "],\n");
    add_definitions(out);
}

/* "2021" takes all sections, "2021/review" one. */
static bool is_wanted(const struct bx_form_entry *entry, const char *name)
{
    size_t len = strcspn(name, "/");
    return strncmp(entry->name, name, len) == 0 && entry->name[len] == '\0' &&
           (name[len] == '\0' || strcmp(entry->section, name + len + 1) == 0);
}

bool bx_forms_schema(struct bx_buf *out,
                     struct bx_form_set *set,
                     const char *name,
                     struct bx_err *err)
{
    int count = 0;
    start_schema(out);
    bx_buf_add_text(out, "  \"type\": \"object\",\n  \"properties\": {");
    for (int i = 0; i < set->entry_count; i++) {
        const struct bx_form_entry *entry = &set->entries[i];
        const struct bx_form *form;
        if (!is_wanted(entry, name))
            continue;
        if (!bx_form_set_find(&form, set, entry->section, entry->name, err))
            return false;
        bx_buf_printf(out, "%s\n    \"%s\": {\n      \"type\": \"object\",\n",
                      count++ > 0 ? "," : "", entry->section);
        bx_buf_printf(out,
                      "      \"properties\": {\n        \"form\": {\"const\": \"%s\"},\n"
                      "        \"values\": ",
                      entry->name);
        add_values(out, form, 4);
        bx_buf_add_text(out, "\n      }\n    }");
    }
    if (count == 0)
        return bx_fail(err, BX_E_USAGE, "", "", "there is no form of the name %.100s", name);
    bx_buf_add_text(out, "\n  },\n");
    add_definitions(out);
    return true;
}

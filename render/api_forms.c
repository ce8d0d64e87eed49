/* The forms of the layouts folder, shown to people and to JSON Schema.
 *
 * Both walk the figure cells: a form's ids are what its cells are bound to, and nothing else. */
#include "api.h"

#include <assert.h>
#include <string.h>

/* A step of a value path. Shape  a tree; children in the order of their first cell. */
struct node {
    const char *id;
    int id_len;
    const struct bx_form_cell *cell; /* of a leaf, else NULL */
    struct node *first, *last, *next;
};

static struct node *
find_child(struct bx_arena *arena, struct node *parent, const char *id, int len)
{
    for (struct node *child = parent->first; child; child = child->next)
        if (child->id_len == len && memcmp(child->id, id, (size_t)len) == 0)
            return child;
    struct node *child = BX_NEW(arena, struct node);
    child->id = id;
    child->id_len = len;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    return child;
}

static struct node *build_tree(struct bx_arena *arena, const struct bx_form *form)
{
    struct node *root = BX_NEW(arena, struct node);
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        if (cell->kind != BX_CELL_FIGURE || !cell->path)
            continue;
        struct node *node = root;
        for (const char *step = cell->path; *step;) {
            int len = (int)strcspn(step, "/");
            node = find_child(arena, node, step, len);
            step += len;
            step += *step == '/';
        }
        node->cell = cell;
    }
    return root;
}

/* --- As text ------------------------------------------------------------------------------- */

static void add_tree(struct bx_buf *out, const struct node *parent, int depth)
{
    for (const struct node *child = parent->first; child; child = child->next) {
        /* The figures of one row share a line. */
        if (child->cell) {
            bx_buf_printf(out, "%*s", 2 * depth - 1, "");
            for (; child && child->cell; child = child->next)
                bx_buf_printf(out, " %.*s", child->id_len, child->id);
            bx_buf_add_byte(out, '\n');
            if (!child)
                return;
        }
        bx_buf_printf(out, "%*s%.*s\n", 2 * depth, "", child->id_len, child->id);
        add_tree(out, child, depth + 1);
    }
}

static bool add_form(struct bx_buf *out,
                     struct bx_engine *engine,
                     const struct bx_form_entry *entry,
                     struct bx_err *err)
{
    const struct bx_form *form = NULL;
    if (!bx_form_set_find(&form, &engine->forms, entry->section, entry->name, err))
        return false;
    assert(form);
    struct bx_arena arena = {0};
    bx_buf_printf(out, "%s/%s %s\n  %s\n", entry->name, entry->section,
                  form->title ? form->title : "", form->source ? form->source : "");
    add_tree(out, build_tree(&arena, form), 1);
    bx_arena_fini(&arena);
    return true;
}

enum bx_status bx_engine_forms(struct bx_engine *engine, struct bx_bytes *out)
{
    struct bx_err err = {0};
    struct bx_buf text = {0};
    bool is_done = bx_engine_need_layouts(engine, &err);
    for (int i = 0; is_done && i < engine->forms.entry_count; i++)
        is_done = add_form(&text, engine, &engine->forms.entries[i], &err);
    if (!is_done) {
        bx_buf_fini(&text);
        return bx_api_tell(&engine->findings, &err);
    }
    bx_api_give(out, &text);
    return BX_STATUS_DONE;
}

/* --- As JSON Schema ------------------------------------------------------------------------ */

static void add_line(struct bx_buf *out, int depth, const char *text)
{
    bx_buf_printf(out, "%*s%s", 2 * depth, "", text);
}

/* A JSON string; titles come from files, so anything may stand in them. */
static void add_string(struct bx_buf *out, const char *text, size_t len)
{
    bx_buf_add_byte(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == '"' || byte == '\\')
            bx_buf_printf(out, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7f)
            bx_buf_printf(out, "\\u%04x", byte);
        else
            bx_buf_add_byte(out, (char)byte);
    }
    bx_buf_add_byte(out, '"');
}

/* What a cell takes (report-model.md, Tables): a number of its kind, any short string, or null for
 * not given. A string where a number is due is a warning of the reader, which a schema cannot
 * say; nor can it refuse an exponent. */
static const char *kind_schema(enum bx_value_kind kind)
{
    switch (kind) {
    case BX_VALUE_COUNT:
        return "{\"anyOf\": [{\"type\": \"integer\", \"minimum\": 0}, "
               "{\"type\": \"string\", \"maxLength\": 64}, {\"type\": \"null\"}]}";
    case BX_VALUE_SIGNED:
        return "{\"anyOf\": [{\"type\": \"integer\"}, "
               "{\"type\": \"string\", \"maxLength\": 64}, {\"type\": \"null\"}]}";
    case BX_VALUE_AMOUNT:
    case BX_VALUE_AMOUNT_UNIT:
        return "{\"anyOf\": [{\"type\": \"number\", \"minimum\": 0}, "
               "{\"type\": \"string\", \"maxLength\": 64}, {\"type\": \"null\"}]}";
    }
    assert(false && "a figure cell has a kind");
    return "";
}

static void add_schema(struct bx_buf *out, const struct node *node, int depth)
{
    if (node->cell) {
        bx_buf_add_text(out, kind_schema(node->cell->value_kind));
        return;
    }
    bx_buf_add_text(out, "{\n");
    add_line(out, depth + 1, "\"type\": \"object\",\n");
    add_line(out, depth + 1, "\"additionalProperties\": false,\n");
    add_line(out, depth + 1, "\"required\": [");
    for (const struct node *child = node->first; child; child = child->next) {
        add_string(out, child->id, (size_t)child->id_len);
        bx_buf_add_text(out, child->next ? ", " : "],\n");
    }
    add_line(out, depth + 1, "\"properties\": {\n");
    for (const struct node *child = node->first; child; child = child->next) {
        add_line(out, depth + 2, "");
        add_string(out, child->id, (size_t)child->id_len);
        bx_buf_add_text(out, ": ");
        add_schema(out, child, depth + 2);
        bx_buf_add_text(out, child->next ? ",\n" : "\n");
    }
    add_line(out, depth + 1, "}\n");
    add_line(out, depth, "}");
}

/* "2021" names all sections of a form, "2021/review" one. */
static bool is_named(const struct bx_form_entry *entry, const char *name)
{
    size_t len = strlen(entry->name);
    if (strncmp(entry->name, name, len) != 0)
        return false;
    return name[len] == '\0' ||
           (name[len] == '/' && strcmp(name + len + 1, entry->section) == 0);
}

/* One property per section: {"review": {"type": "object", "properties": {"values": ...}}}. */
static bool add_section(struct bx_buf *out,
                        struct bx_engine *engine,
                        const struct bx_form_entry *entry,
                        bool is_first,
                        struct bx_err *err)
{
    const struct bx_form *form = NULL;
    if (!bx_form_set_find(&form, &engine->forms, entry->section, entry->name, err))
        return false;
    assert(form);
    bx_buf_add_text(out, is_first ? "\n" : ",\n");
    add_line(out, 2, "");
    add_string(out, entry->section, strlen(entry->section));
    bx_buf_add_text(out, ": {\n");
    if (form->title) {
        add_line(out, 3, "\"title\": ");
        add_string(out, form->title, strlen(form->title));
        bx_buf_add_text(out, ",\n");
    }
    add_line(out, 3, "\"type\": \"object\",\n");
    add_line(out, 3, "\"required\": [\"values\"],\n");
    add_line(out, 3, "\"properties\": {\n");
    add_line(out, 4, "\"values\": ");
    struct bx_arena arena = {0};
    add_schema(out, build_tree(&arena, form), 4);
    bx_arena_fini(&arena);
    bx_buf_add_text(out, "\n");
    add_line(out, 3, "}\n");
    add_line(out, 2, "}");
    return true;
}

static bool add_form_schema(struct bx_buf *out,
                            struct bx_engine *engine,
                            const char *name,
                            struct bx_err *err)
{
    int count = 0;
    bx_buf_add_text(out, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                         "  \"title\": ");
    add_string(out, name, strlen(name));
    bx_buf_add_text(out, ",\n  \"type\": \"object\",\n  \"properties\": {");
    for (int i = 0; i < engine->forms.entry_count; i++) {
        const struct bx_form_entry *entry = &engine->forms.entries[i];
        if (!is_named(entry, name))
            continue;
        if (!add_section(out, engine, entry, count == 0, err))
            return false;
        count++;
    }
    bx_buf_add_text(out, "\n  }\n}\n");
    if (count == 0)
        return bx_fail(err, BX_E_USAGE, "", "", "there is no form named %s", name);
    return true;
}

enum bx_status
bx_engine_form_schema(struct bx_engine *engine, const char *name, struct bx_bytes *out)
{
    struct bx_err err = {0};
    struct bx_buf text = {0};
    if (!bx_engine_need_layouts(engine, &err) || !add_form_schema(&text, engine, name, &err)) {
        bx_buf_fini(&text);
        return bx_api_tell(&engine->findings, &err);
    }
    bx_api_give(out, &text);
    return BX_STATUS_DONE;
}

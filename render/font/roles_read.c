/* The readers of lock.xml and roles.xml: small trees, walked once, every attribute checked.
 *
 * Strict, because a misspelt attribute would otherwise choose another face without a word. */
#include "font/roles.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/xml.h"

enum {
    FILE_MAX = 1024 * 1024, /* far above either */
};

struct reader {
    struct bx_arena *arena;
    const char *file;
    struct bx_err *err;
};

static bool fail_at(const struct reader *reader,
                    const struct bx_xml_node *node,
                    const char *what,
                    const char *name)
{
    char line[32];
    snprintf(line, sizeof(line), "line %d", node->line);
    return bx_fail(reader->err, BX_E_LAYOUT, reader->file, line, "%s: %s", what, name);
}

static bool is_named(const struct bx_xml_node *node, const char *name)
{
    return strcmp(node->name, name) == 0;
}

static const struct bx_xml_node *skip_to_element(const struct bx_xml_node *node)
{
    while (node && !node->name)
        node = node->next;
    return node;
}

static int count_children(const struct bx_xml_node *parent, const char *name)
{
    int count = 0;
    for (const struct bx_xml_node *n = skip_to_element(parent->first); n;
         n = skip_to_element(n->next))
        count += is_named(n, name);
    return count;
}

/* The attribute's text, or NULL when it is not given. */
static const char *
find_attribute(const struct reader *reader, const struct bx_xml_node *node, const char *name)
{
    const char *value = bx_xml_find_attr(node, name);
    return value ? bx_arena_strndup(reader->arena, value, strlen(value)) : NULL;
}

static bool need_attribute(const char **out,
                           const struct reader *reader,
                           const struct bx_xml_node *node,
                           const char *name)
{
    *out = find_attribute(reader, node, name);
    if (!*out || !**out)
        return fail_at(reader, node, "missing attribute", name);
    return true;
}

static bool need_number(int64_t *out,
                        const struct reader *reader,
                        const struct bx_xml_node *node,
                        const char *name,
                        int64_t most)
{
    const char *text;
    if (!need_attribute(&text, reader, node, name))
        return false;
    int64_t value = 0;
    for (const char *p = text; *p; p++) {
        if (*p < '0' || *p > '9' || value > most)
            return fail_at(reader, node, "not a number in range", name);
        value = value * 10 + (*p - '0');
    }
    if (value > most)
        return fail_at(reader, node, "not a number in range", name);
    *out = value;
    return true;
}

/* Whether every attribute is one of the list, which ends with NULL. */
static bool only_attributes(const struct reader *reader,
                            const struct bx_xml_node *node,
                            const char *const *allowed)
{
    for (int a = 0; a < node->attr_count; a++) {
        int i = 0;
        while (allowed[i] && strcmp(allowed[i], node->attrs[a].name) != 0)
            i++;
        if (!allowed[i])
            return fail_at(reader, node, "unknown attribute", node->attrs[a].name);
    }
    return true;
}

static bool is_sha256(const char *text)
{
    return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

static bool read_lock_face(struct bx_lock_face *out,
                           const struct reader *reader,
                           const struct bx_xml_node *node)
{
    static const char *const allowed[] = {"id",      "postscript", "name",    "file",
                                          "index",   "size",       "centre",  "sha256",
                                          "package", "version",    "licence", NULL};
    int64_t index, centre;
    if (!only_attributes(reader, node, allowed) ||
        !need_attribute(&out->id, reader, node, "id") ||
        !need_attribute(&out->postscript, reader, node, "postscript") ||
        !need_attribute(&out->name, reader, node, "name") ||
        !need_attribute(&out->file, reader, node, "file") ||
        !need_number(&index, reader, node, "index", 255) ||
        !need_number(&out->size, reader, node, "size", INT_MAX) ||
        !need_number(&centre, reader, node, "centre", 16384) ||
        !need_attribute(&out->sha256, reader, node, "sha256") ||
        !need_attribute(&out->package, reader, node, "package") ||
        !need_attribute(&out->version, reader, node, "version") ||
        !need_attribute(&out->licence, reader, node, "licence"))
        return false;
    if (!is_sha256(out->sha256))
        return fail_at(reader, node, "not a SHA-256", out->sha256);
    out->index = (int)index;
    out->centre = (int)centre;
    return true;
}

static int find_lock(const struct bx_roles *roles, const char *id)
{
    for (int i = 0; i < roles->lock_count; i++)
        if (strcmp(roles->lock[i].id, id) == 0)
            return i;
    return -1;
}

static bool
read_lock(struct bx_roles *roles, const struct reader *reader, const struct bx_xml_node *root)
{
    static const char *const allowed[] = {"source", NULL};
    if (!is_named(root, "lock"))
        return fail_at(reader, root, "the root must be <lock>, not", root->name);
    int count = count_children(root, "face");
    if (count == 0)
        return fail_at(reader, root, "no face in", "lock");
    if (!only_attributes(reader, root, allowed))
        return false;

    roles->lock = BX_NEW_ARRAY(reader->arena, struct bx_lock_face, (size_t)count);
    for (const struct bx_xml_node *n = skip_to_element(root->first); n;
         n = skip_to_element(n->next)) {
        struct bx_lock_face face = {0};
        if (!is_named(n, "face"))
            return fail_at(reader, n, "unknown element", n->name);
        if (!read_lock_face(&face, reader, n))
            return false;
        if (find_lock(roles, face.id) >= 0)
            return fail_at(reader, n, "second face with this id", face.id);
        roles->lock[roles->lock_count++] = face;
    }
    return true;
}

static bool read_role_name(struct bx_role *role,
                           const struct reader *reader,
                           const struct bx_xml_node *node)
{
    static const char *const allowed[] = {"weight", NULL};
    struct bx_role_name *name = &role->names[role->name_count];
    int64_t weight = 0;
    if (!only_attributes(reader, node, allowed) ||
        (bx_xml_find_attr(node, "weight") &&
         !need_number(&weight, reader, node, "weight", 1000)))
        return false;
    name->name = bx_xml_text(node, reader->arena);
    name->weight = (int)weight;
    if (!*name->name)
        return fail_at(reader, node, "empty element", "name");
    role->name_count++;
    return true;
}

static bool read_role_face(struct bx_role *role,
                           const struct bx_roles *roles,
                           const struct reader *reader,
                           const struct bx_xml_node *node)
{
    static const char *const allowed[] = {"lock", "stands-for", NULL};
    const char *id;
    if (!only_attributes(reader, node, allowed) || !need_attribute(&id, reader, node, "lock"))
        return false;
    struct bx_role_face *face = &role->faces[role->face_count];
    face->lock = find_lock(roles, id);
    face->stands_for = find_attribute(reader, node, "stands-for");
    if (face->lock < 0)
        return fail_at(reader, node, "no such face in lock.xml", id);
    role->face_count++;
    return true;
}

static bool read_role(struct bx_role *role,
                      const struct bx_roles *roles,
                      const struct reader *reader,
                      const struct bx_xml_node *node)
{
    static const char *const allowed[] = {"name", "zh", "optional", NULL};
    if (!only_attributes(reader, node, allowed) ||
        !need_attribute(&role->zh, reader, node, "zh"))
        return false;
    role->name = "fallback";
    if (is_named(node, "role")) {
        const char *optional = find_attribute(reader, node, "optional");
        if (!need_attribute(&role->name, reader, node, "name"))
            return false;
        if (optional && strcmp(optional, "yes") != 0)
            return fail_at(reader, node, "only \"yes\" can stand in the attribute", "optional");
        role->is_optional = optional != NULL;
    }

    size_t names = (size_t)count_children(node, "name");
    size_t faces = (size_t)count_children(node, "face");
    role->names = BX_NEW_ARRAY(reader->arena, struct bx_role_name, names + 1);
    role->faces = BX_NEW_ARRAY(reader->arena, struct bx_role_face, faces + 1);
    for (const struct bx_xml_node *n = skip_to_element(node->first); n;
         n = skip_to_element(n->next)) {
        if (is_named(n, "name")   ? !read_role_name(role, reader, n)
            : is_named(n, "face") ? !read_role_face(role, roles, reader, n)
                                  : !fail_at(reader, n, "unknown element", n->name))
            return false;
    }
    return true;
}

static bool
read_roles(struct bx_roles *roles, const struct reader *reader, const struct bx_xml_node *root)
{
    static const char *const allowed[] = {"source", NULL};
    if (!is_named(root, "roles"))
        return fail_at(reader, root, "the root must be <roles>, not", root->name);
    if (!only_attributes(reader, root, allowed))
        return false;
    if (count_children(root, "fallback") != 1)
        return fail_at(reader, root, "there must be exactly one element", "fallback");

    int count = count_children(root, "role") + 1;
    roles->roles = BX_NEW_ARRAY(reader->arena, struct bx_role, (size_t)count);
    roles->fallback = count - 1;
    for (const struct bx_xml_node *n = skip_to_element(root->first); n;
         n = skip_to_element(n->next)) {
        bool is_fallback = is_named(n, "fallback");
        if (!is_fallback && !is_named(n, "role"))
            return fail_at(reader, n, "unknown element", n->name);
        struct bx_role *role =
            &roles->roles[is_fallback ? roles->fallback : roles->role_count++];
        if (!read_role(role, roles, reader, n))
            return false;
    }
    roles->role_count = count;
    return true;
}

/* Parses a file and hands its root to one of the two readers. */
static bool read_file(struct bx_roles *roles,
                      struct reader *reader,
                      bool (*read_root)(struct bx_roles *,
                                        const struct reader *,
                                        const struct bx_xml_node *))
{
    struct bx_buf bytes = {0};
    struct bx_arena tree = {0};
    struct bx_xml_fault fault = {0};
    const struct bx_xml_node *root = NULL;
    bool is_read = bx_file_read(&bytes, reader->file, FILE_MAX, reader->err);
    if (is_read && !bx_xml_parse(&root, &tree, bytes.data, bytes.len, &fault)) {
        char line[32];
        snprintf(line, sizeof(line), "line %d", fault.line);
        is_read = bx_fail(reader->err, BX_E_LAYOUT, reader->file, line,
                          "is not well-formed XML: %s", fault.what);
    }
    is_read = is_read && read_root(roles, reader, root);
    bx_arena_fini(&tree);
    bx_buf_fini(&bytes);
    return is_read;
}

bool bx_roles_read(struct bx_roles *out,
                   struct bx_arena *arena,
                   const char *fonts_dir,
                   struct bx_err *err)
{
    struct bx_roles roles = {0};
    struct reader reader = {
        .arena = arena,
        .file = bx_arena_printf(arena, "%s/lock.xml", fonts_dir),
        .err = err,
    };
    if (!read_file(&roles, &reader, read_lock))
        return false;
    reader.file = bx_arena_printf(arena, "%s/roles.xml", fonts_dir);
    if (!read_file(&roles, &reader, read_roles))
        return false;
    *out = roles;
    return true;
}

/* The file is read whole, parsed into plain elements, and validated unless its digest says that it
 * was. The digests stand in a list that the build makes of the layouts it comes with, all of which
 * it validates; what a reader of this version may rely on is the schema of this version. */
#include "layout/xml_read.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/home.h"
#include "layout/validator.h"

#define MODULE_NAME "libbanxin-validator.so"

enum {
    FILE_MAX = 1024 * 1024, /* far above any form */
};

struct bx_xml_schema {
    char *path;
    const char *name; /* of the file, without .rng; in the path */
    size_t name_len;
    const struct bx_validator *validator; /* NULL until something has to be validated */
    void *grammar;
};

static const struct {
    const char *schema, *md5;
} valid_files[] = {
#include "valid.inc"
};

/* --- messages --- */

static bool fail_at(struct bx_err *err, const char *file, int line, const char *what)
{
    char where[32] = "";
    if (line > 0)
        snprintf(where, sizeof(where), "line %d", line);
    return bx_fail(err, BX_E_LAYOUT, file, where, "%s", what);
}

bool bx_xml_fail(const struct bx_xml *xml,
                 const struct bx_xml_node *node,
                 struct bx_err *err,
                 const char *fmt,
                 ...)
{
    char what[sizeof(err->what)];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    return fail_at(err, xml->file, node->line, what);
}

bool bx_xml_load(struct bx_buf *out, const char *path, struct bx_err *err)
{
    struct bx_err own = {0};
    if (bx_file_read(out, path, FILE_MAX, &own))
        return true;
    return fail_at(err, path, 0, own.what);
}

/* --- schema --- */

struct bx_xml_schema *bx_xml_schema_new(const char *path)
{
    struct bx_xml_schema *schema = calloc(1, sizeof(*schema));
    char *own = strdup(path);
    if (!schema || !own)
        abort();
    const char *slash = strrchr(own, '/');
    schema->path = own;
    schema->name = slash ? slash + 1 : own;
    schema->name_len = strcspn(schema->name, ".");
    return schema;
}

void bx_xml_schema_free(struct bx_xml_schema *schema)
{
    if (!schema)
        return;
    if (schema->grammar)
        schema->validator->free(schema->grammar);
    free(schema->path);
    free(schema);
}

static bool load_validator(struct bx_xml_schema *schema, struct bx_err *err)
{
    void *library = bx_home_load(MODULE_NAME);
    const struct bx_validator *validator = library ? dlsym(library, BX_VALIDATOR_SYMBOL) : NULL;
    if (!validator || validator->version != BX_VALIDATOR_VERSION)
        return bx_fail(
            err, BX_E_LAYOUT, "", "",
            "layouts that did not come with banxin need %s of this version, where it "
            "was installed",
            MODULE_NAME);
    schema->validator = validator;
    return true;
}

static bool need_grammar(struct bx_xml_schema *schema, struct bx_err *err)
{
    if (schema->grammar)
        return true;
    struct bx_buf buf = {0};
    struct bx_xml_fault fault = {0};
    bool is_loaded = load_validator(schema, err) && bx_xml_load(&buf, schema->path, err);
    if (is_loaded)
        schema->grammar = schema->validator->read(buf.data ? buf.data : "", buf.len, &fault);
    bx_buf_fini(&buf);
    return schema->grammar || (is_loaded && fail_at(err, schema->path, fault.line, fault.what));
}

static bool was_valid(const struct bx_xml_schema *schema, const void *data, size_t len)
{
    char md5[BX_MD5_HEX_SIZE];
    bx_md5_hex(md5, data, len);
    for (size_t i = 0; i < sizeof(valid_files) / sizeof(*valid_files); i++)
        if (strcmp(valid_files[i].md5, md5) == 0 &&
            strlen(valid_files[i].schema) == schema->name_len &&
            memcmp(valid_files[i].schema, schema->name, schema->name_len) == 0)
            return true;
    return false;
}

/* The validator's one message that does not say what is wrong. */
static bool is_about_attributes(const struct bx_xml_fault *fault)
{
    return strstr(fault->what, "failed to validate attributes") != NULL;
}

static bool validate(struct bx_xml *xml,
                     struct bx_xml_schema *schema,
                     const char *file,
                     const void *data,
                     size_t len,
                     struct bx_err *err)
{
    struct bx_xml_fault fault;
    if (was_valid(schema, data, len))
        return true;
    if (!need_grammar(schema, err))
        return false;
    if (schema->validator->check(schema->grammar, data, len, &fault))
        return true;
    if (!is_about_attributes(&fault))
        return fail_at(err, file, fault.line, fault.what);
    xml->doubt = bx_arena_printf(&xml->arena, "%s: one is missing, or is not what it may be",
                                 fault.what);
    xml->doubt_line = fault.line;
    return true;
}

bool bx_xml_settle(const struct bx_xml *xml, struct bx_err *err)
{
    return !xml->doubt || fail_at(err, xml->file, xml->doubt_line, xml->doubt);
}

/* --- files --- */

bool bx_xml_read_bytes(struct bx_xml *out,
                       struct bx_xml_schema *schema,
                       const char *file,
                       const void *data,
                       size_t len,
                       struct bx_err *err)
{
    *out = (struct bx_xml){0};
    if (len > FILE_MAX)
        return fail_at(err, file, 0, "the file is too large");
    struct bx_xml_fault fault = {0};
    if (!bx_xml_parse(&out->root, &out->arena, data, len, &fault)) {
        bx_xml_fini(out);
        return fail_at(err, file, fault.line, fault.what);
    }
    out->file = bx_arena_strndup(&out->arena, file, strlen(file));
    if (validate(out, schema, file, data, len, err))
        return true;
    bx_xml_fini(out);
    return false;
}

bool bx_xml_read(struct bx_xml *out,
                 struct bx_xml_schema *schema,
                 const char *path,
                 struct bx_err *err)
{
    *out = (struct bx_xml){0};
    struct bx_buf buf = {0};
    bool is_done = bx_xml_load(&buf, path, err) &&
                   bx_xml_read_bytes(out, schema, path, buf.data, buf.len, err);
    bx_buf_fini(&buf);
    return is_done;
}

void bx_xml_fini(struct bx_xml *xml)
{
    bx_arena_fini(&xml->arena);
    *xml = (struct bx_xml){0};
}

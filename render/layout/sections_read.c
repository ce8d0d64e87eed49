/* The mandated sections, the editions by year, and the checks of prose. */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "layout/sections.h"
#include "layout/xml_read.h"
#include "layout/xml_value.h"

enum {
    YEAR_MIN = 1000,
    YEAR_MAX = 9999, /* four digits */
};

struct sections_reader {
    struct bx_sections *sections;
    struct bx_xml_schema *schema;
    struct bx_err *err;
    int text_capacity, mention_capacity;
};

static struct bx_xml_place
place_of(const struct bx_xml *xml, const struct bx_xml_node *node, struct bx_err *err)
{
    return (struct bx_xml_place){.xml = xml, .node = node, .err = err};
}

static size_t count_children(const struct bx_xml_node *node, const char *name)
{
    size_t count = 0;
    for (node = bx_xml_find_child(node, name); node; node = bx_xml_find_next(node, name))
        count++;
    return count;
}

static const char *
child_text(struct bx_arena *arena, const struct bx_xml_node *node, const char *name)
{
    const struct bx_xml_node *child = bx_xml_find_child(node, name);
    return child ? bx_xml_text(child, arena) : "";
}

/* --- sections.xml --- */

static bool read_format(const char **out,
                        struct bx_sections *sections,
                        const struct bx_xml *xml,
                        const char *name,
                        struct bx_err *err)
{
    const struct bx_xml_node *node = bx_xml_find_child(xml->root, name);
    if (node) {
        struct bx_xml_place place = place_of(xml, node, err);
        bx_xml_string(out, &place, "format", &sections->arena);
    }
    return *out || bx_xml_fail(xml, xml->root, err, "<%s> has no format", name);
}

static bool
read_editions(struct bx_sections *sections, const struct bx_xml *xml, struct bx_err *err)
{
    size_t count = count_children(xml->root, "edition");
    sections->editions = BX_NEW_ARRAY(&sections->arena, struct bx_edition, count + 1);
    for (const struct bx_xml_node *node = bx_xml_find_child(xml->root, "edition"); node;
         node = bx_xml_find_next(node, "edition")) {
        struct bx_edition *edition = &sections->editions[sections->edition_count++];
        struct bx_xml_place place = place_of(xml, node, err);
        edition->form = "";
        bx_xml_string(&edition->form, &place, "form", &sections->arena);
        if (!bx_xml_int(&edition->from_year, &place, "from", YEAR_MIN, YEAR_MAX) ||
            !bx_xml_int(&edition->to_year, &place, "to", YEAR_MIN, YEAR_MAX))
            return false;
        if (edition->from_year > edition->to_year)
            return bx_xml_fail(xml, node, err, "the edition ends before it starts");
    }
    return true;
}

static bool
read_specs(struct bx_sections *sections, const struct bx_xml *xml, struct bx_err *err)
{
    static const char *const kinds[] = {
        [BX_SECTION_PROSE] = "prose", [BX_SECTION_TABLE] = "table", NULL};
    size_t count = count_children(xml->root, "section");
    sections->sections = BX_NEW_ARRAY(&sections->arena, struct bx_section_spec, count + 1);
    for (const struct bx_xml_node *node = bx_xml_find_child(xml->root, "section"); node;
         node = bx_xml_find_next(node, "section")) {
        struct bx_section_spec spec = {.id = "", .title = ""};
        struct bx_xml_place place = place_of(xml, node, err);
        int kind = BX_SECTION_PROSE;
        bx_xml_string(&spec.id, &place, "id", &sections->arena);
        bx_xml_string(&spec.title, &place, "title", &sections->arena);
        if (!bx_xml_word(&kind, &place, "kind", kinds))
            return false;
        spec.kind = (enum bx_section_kind)kind;
        for (int i = 0; i < sections->section_count; i++)
            if (strcmp(sections->sections[i].id, spec.id) == 0)
                return bx_xml_fail(xml, node, err, "the section %s stands twice", spec.id);
        sections->sections[sections->section_count++] = spec;
    }
    return true;
}

static bool read_main(struct sections_reader *reader, const char *path)
{
    struct bx_sections *sections = reader->sections;
    struct bx_xml xml;
    if (!bx_xml_read(&xml, reader->schema, path, reader->err))
        return false;
    bool is_done =
        strcmp(xml.root->name, "sections") == 0 ||
        bx_xml_fail(&xml, xml.root, reader->err, "<sections> is due, not <%s>", xml.root->name);
    is_done = is_done &&
              read_format(&sections->title_format, sections, &xml, "title", reader->err) &&
              read_format(&sections->date_format, sections, &xml, "date", reader->err) &&
              read_format(&sections->byline_date_format, sections, &xml, "byline-date",
                          reader->err) &&
              read_editions(sections, &xml, reader->err) &&
              read_specs(sections, &xml, reader->err) && bx_xml_settle(&xml, reader->err);
    bx_xml_fini(&xml);
    return is_done;
}

/* --- checks --- */

/* Compiled here, so that a wrong pattern is told with its file and line; into machine code, which costs
 * what it saves in one report, and saves it again in each further one. NULL on failure. */
static GRegex *compile_pattern(const struct bx_xml *xml,
                               const struct bx_xml_node *node,
                               struct sections_reader *r)
{
    struct bx_arena *arena = &r->sections->arena;
    GError *error = NULL;
    GRegex *regex =
        g_regex_new(child_text(arena, node, "pattern"), G_REGEX_OPTIMIZE, 0, &error);
    if (!regex) {
        bx_xml_fail(xml, node, r->err, "the pattern is not valid: %s", error->message);
        g_error_free(error);
        return NULL;
    }
    int groups = g_regex_get_capture_count(regex);
    if (groups == 1)
        return regex;
    bx_xml_fail(xml, node, r->err, "the pattern has %d groups, one is due", groups);
    g_regex_unref(regex);
    return NULL;
}

static bool read_text_check(struct sections_reader *reader,
                            const struct bx_xml *xml,
                            const struct bx_xml_node *node)
{
    struct bx_sections *sections = reader->sections;
    struct bx_arena *arena = &sections->arena;
    struct bx_xml_place place = place_of(xml, node, reader->err);
    GRegex *regex = compile_pattern(xml, node, reader);
    if (!regex)
        return false;
    const char **accepts =
        BX_NEW_ARRAY(arena, const char *, count_children(node, "accept") + 1);
    int count = 0;
    for (const struct bx_xml_node *accept = bx_xml_find_child(node, "accept"); accept;
         accept = bx_xml_find_next(accept, "accept"))
        accepts[count++] = bx_xml_text(accept, arena);
    if (sections->text_check_count == reader->text_capacity)
        sections->text_checks =
            bx_arena_grow(arena, sections->text_checks, sections->text_check_count,
                          &reader->text_capacity, sizeof(*sections->text_checks));
    struct bx_text_check *check = &sections->text_checks[sections->text_check_count++];
    *check = (struct bx_text_check){
        .code = "",
        .regex = regex,
        .accepts = accepts,
        .accept_count = count,
        .zh = child_text(arena, node, "zh"),
        .en = child_text(arena, node, "en"),
    };
    bx_xml_string(&check->code, &place, "code", arena);
    return true;
}

static bool read_mention_check(struct sections_reader *reader,
                               const struct bx_xml *xml,
                               const struct bx_xml_node *node)
{
    struct bx_sections *sections = reader->sections;
    struct bx_arena *arena = &sections->arena;
    struct bx_xml_place place = place_of(xml, node, reader->err);
    if (sections->mention_check_count == reader->mention_capacity)
        sections->mention_checks =
            bx_arena_grow(arena, sections->mention_checks, sections->mention_check_count,
                          &reader->mention_capacity, sizeof(*sections->mention_checks));
    struct bx_mention_check *check = &sections->mention_checks[sections->mention_check_count++];
    *check = (struct bx_mention_check){
        .code = "",
        .section = "",
        .word = "",
        .zh = child_text(arena, node, "zh"),
        .en = child_text(arena, node, "en"),
    };
    bx_xml_string(&check->code, &place, "code", arena);
    bx_xml_string(&check->section, &place, "section", arena);
    bx_xml_string(&check->word, &place, "word", arena);
    return bx_xml_int(&check->from_year, &place, "from", YEAR_MIN, YEAR_MAX);
}

static bool read_checks(struct sections_reader *reader, const char *path)
{
    struct bx_xml xml;
    if (!bx_xml_read(&xml, reader->schema, path, reader->err))
        return false;
    bool is_done =
        strcmp(xml.root->name, "checks") == 0 ||
        bx_xml_fail(&xml, xml.root, reader->err, "<checks> is due, not <%s>", xml.root->name);
    for (const struct bx_xml_node *node = xml.root->first; node && is_done; node = node->next) {
        if (!node->name)
            continue;
        is_done = strcmp(node->name, "text-check") == 0
                      ? read_text_check(reader, &xml, node)
                      : read_mention_check(reader, &xml, node);
    }
    is_done = is_done && bx_xml_settle(&xml, reader->err);
    bx_xml_fini(&xml);
    return is_done;
}

/* --- the folder --- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every *.xml of layouts/checks, in byte order; without the folder there are none. */
static bool read_all_checks(struct sections_reader *reader, const char *layouts_dir)
{
    struct bx_arena *arena = &reader->sections->arena;
    const char *folder = bx_arena_printf(arena, "%s/checks", layouts_dir);
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char **paths = NULL;
    int count = 0, capacity = 0;
    for (const char *name = dir ? g_dir_read_name(dir) : NULL; name;
         name = g_dir_read_name(dir)) {
        if (name[0] == '.' || !g_str_has_suffix(name, ".xml"))
            continue;
        if (count == capacity)
            paths = bx_arena_grow(arena, paths, count, &capacity, sizeof(*paths));
        paths[count++] = bx_arena_printf(arena, "%s/%s", folder, name);
    }
    if (dir)
        g_dir_close(dir);
    if (count > 1)
        qsort(paths, (size_t)count, sizeof(*paths), compare_names);
    for (int i = 0; i < count; i++)
        if (!read_checks(reader, paths[i]))
            return false;
    return true;
}

bool bx_sections_read(struct bx_sections **out, const char *layouts_dir, struct bx_err *err)
{
    struct bx_arena arena = {0};
    struct bx_sections *sections = BX_NEW(&arena, struct bx_sections);
    sections->arena = arena;
    struct sections_reader reader = {.sections = sections, .err = err};
    const char *path = bx_arena_printf(&sections->arena, "%s/sections.xml", layouts_dir);
    const char *rng = bx_arena_printf(&sections->arena, "%s/sections.rng", layouts_dir);
    reader.schema = bx_xml_schema_new(rng);
    bool is_done = read_main(&reader, path) && read_all_checks(&reader, layouts_dir) &&
                   bx_words_read(&sections->words, layouts_dir, err);
    bx_xml_schema_free(reader.schema);
    if (!is_done) {
        bx_sections_free(sections);
        return false;
    }
    *out = sections;
    return true;
}

void bx_sections_free(struct bx_sections *sections)
{
    if (!sections)
        return;
    bx_words_free(sections->words);
    for (int i = 0; i < sections->text_check_count; i++)
        g_regex_unref(sections->text_checks[i].regex);
    struct bx_arena arena = sections->arena; /* the sections themselves live in it */
    bx_arena_fini(&arena);
}

const char *bx_sections_form_for(const struct bx_sections *sections, int year)
{
    for (int i = 0; i < sections->edition_count; i++) {
        const struct bx_edition *edition = &sections->editions[i];
        if (edition->from_year <= year && year <= edition->to_year)
            return edition->form;
    }
    return "";
}

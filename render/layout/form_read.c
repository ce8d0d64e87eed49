/* A form file to a form: what stands around the grid. The schema has been checked before, so an
 * element that it demands is there; what it cannot say is checked here and in form_grid_read.c. */
#include "layout/form_read.h"

#include <string.h>

struct bx_xml_place bx_form_place(const struct bx_form_reader *reader,
                                  const struct bx_xml_node *node)
{
    return (struct bx_xml_place){.xml = reader->xml, .node = node, .err = reader->err};
}

bool bx_form_read_align(enum bx_align *out,
                        const struct bx_form_reader *reader,
                        const struct bx_xml_node *node,
                        const char *name)
{
    static const char *const words[] = {
        [BX_ALIGN_LEFT] = "left",
        [BX_ALIGN_CENTER] = "center",
        [BX_ALIGN_RIGHT] = "right",
        NULL,
    };
    struct bx_xml_place place = bx_form_place(reader, node);
    int word = (int)*out;
    if (!bx_xml_word(&word, &place, name, words))
        return false;
    *out = (enum bx_align)word;
    return true;
}

static bool read_look(struct bx_form_reader *reader, const struct bx_xml_node *root)
{
    struct bx_form *form = reader->form;
    const struct bx_xml_node *look = bx_xml_find_child(root, "look");
    if (!look)
        return bx_xml_fail(reader->xml, root, reader->err, "<form> has no <look>");
    struct bx_xml_place place = bx_form_place(reader, look);
    form->density = form->section;
    bx_xml_string(&form->density, &place, "density", &form->arena);
    bx_xml_string(&form->aux_role, &place, "em-role", &form->arena);
    reader->has_band_fill = bx_xml_find_attr(look, "band-fill") != NULL;
    if (reader->has_band_fill && !bx_xml_colour(&form->rules.band_fill, &place, "band-fill"))
        return false;
    return bx_xml_len(&form->rules.outer, &place, "outer") &&
           bx_xml_len(&form->rules.inner, &place, "inner") &&
           bx_form_read_align(&reader->aligns[BX_CELL_BAND], reader, look, "band") &&
           bx_form_read_align(&reader->aligns[BX_CELL_HEAD], reader, look, "head") &&
           bx_form_read_align(&reader->aligns[BX_CELL_LABEL], reader, look, "label") &&
           bx_form_read_align(&reader->aligns[BX_CELL_FIGURE], reader, look, "figure");
}

static bool read_form(struct bx_form_reader *reader)
{
    struct bx_form *form = reader->form;
    const struct bx_xml_node *root = reader->xml->root;
    const struct bx_xml_node *title = bx_xml_find_child(root, "title");
    const struct bx_xml_node *table = bx_xml_find_child(root, "table");
    struct bx_xml_place place = bx_form_place(reader, root);
    form->name = form->section = form->source = form->version = "";
    bx_xml_string(&form->name, &place, "name", &form->arena);
    bx_xml_string(&form->section, &place, "section", &form->arena);
    bx_xml_string(&form->source, &place, "source", &form->arena);
    bx_xml_string(&form->version, &place, "version", &form->arena);
    if (!title || !table)
        return bx_xml_fail(reader->xml, root, reader->err, "<form> has no title or no table");
    form->title = bx_xml_text(title, &form->arena);
    return bx_xml_check_sources(reader->xml, false, reader->err) && read_look(reader, root) &&
           bx_form_read_cols(reader, table) && bx_form_read_grid(reader, table) &&
           bx_form_read_checks(reader, root);
}

bool bx_form_read_bytes(struct bx_form **out,
                        struct bx_xml_schema *schema,
                        const char *file,
                        const void *data,
                        size_t len,
                        struct bx_err *err)
{
    struct bx_xml xml;
    if (!bx_xml_read_bytes(&xml, schema, file, data, len, err))
        return false;
    struct bx_arena arena = {0};
    struct bx_form *form = BX_NEW(&arena, struct bx_form);
    form->arena = arena;
    struct bx_form_reader reader = {.xml = &xml, .err = err, .form = form};
    bool is_done = read_form(&reader) && bx_xml_settle(&xml, err);
    bx_arena_fini(&reader.scratch);
    bx_xml_fini(&xml);
    if (!is_done) {
        bx_form_free(form);
        return false;
    }
    *out = form;
    return true;
}

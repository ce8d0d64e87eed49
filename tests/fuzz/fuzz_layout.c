/* The readers of forms and page styles on any bytes: each takes the file or says what is wrong
 * with it. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "layout/form.h"
#include "layout/style.h"
#include "layout/xml_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Read once: they are not what is tested. */
static struct bx_xml_schema *form_schema, *style_schema;

static void read_schemas(void)
{
    static const char no_form[] = "<form><fuzz/></form>";
    struct bx_err err = {0};
    struct bx_form *form = NULL;
    if (style_schema)
        return;
    form_schema = bx_xml_schema_new(BX_SOURCE_DIR "/layouts/form.rng");
    style_schema = bx_xml_schema_new(BX_SOURCE_DIR "/layouts/style.rng");
    bool is_read = bx_form_read_bytes(&form, form_schema, "no-form.xml", no_form,
                                      sizeof(no_form) - 1, &err);
    assert(!is_read && strcmp(err.file, "no-form.xml") == 0); /* the validator is there */
}

static void read_form(const uint8_t *data, size_t size)
{
    struct bx_err err = {0};
    struct bx_form *form = NULL;
    if (!bx_form_read_bytes(&form, form_schema, "fuzz.xml", data, size, &err)) {
        assert(!form && err.code == BX_E_LAYOUT && err.what[0]);
        return;
    }
    int covered = 0;
    for (int i = 0; i < form->cell_count; i++)
        covered += form->cells[i].rowspan * form->cells[i].colspan;
    assert(err.code == BX_OK && covered == form->row_count * form->col_count);
    bx_form_free(form);
}

static void read_style(const uint8_t *data, size_t size)
{
    struct bx_err err = {0};
    struct bx_style *style = NULL;
    if (bx_style_read_bytes(&style, style_schema, "fuzz.xml", data, size, &err)) {
        assert(err.code == BX_OK && style->line_pitch > 0 && style->grid_lines > 0);
        bx_style_free(style);
    } else {
        assert(!style && err.code == BX_E_LAYOUT && err.what[0]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_schemas();
    read_form(data, size);
    read_style(data, size);
    return 0;
}

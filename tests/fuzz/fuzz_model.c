/* The model's reader and its checks on any bytes: nothing crashes, and what is refused says why. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "model/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Read once: they are not what is tested. */
static struct bx_form_set forms;
static struct bx_sections *sections;

static void read_layouts(void)
{
    struct bx_err err = {0};
    if (sections)
        return;
    bool is_good = bx_form_set_init(&forms, BX_SOURCE_DIR "/layouts", &err) &&
                   bx_sections_read(&sections, BX_SOURCE_DIR "/layouts", &err);
    assert(is_good);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_layouts();
    struct bx_findings findings = {0};
    struct bx_err err = {0};
    struct bx_model *model = NULL;
    struct bx_model_options options = {.file = "fuzz.json",
                                       .keep_punctuation = size % 2 == 1,
                                       .forms = &forms,
                                       .sections = sections};
    if (bx_model_read(&model, data, size, &options, &findings, &err)) {
        assert(err.code == BX_OK && bx_findings_worst(&findings) < BX_LEVEL_ERROR);
        struct bx_model last = *model;
        last.year--;
        bx_model_check(model, sections, &last, size % 3 == 0, &findings);
    } else {
        assert(!model && (err.code == BX_E_READ || err.code == BX_E_MODEL));
        assert(bx_findings_worst(&findings) == BX_LEVEL_ERROR);
    }
    bx_model_free(model);
    bx_findings_fini(&findings);
    return 0;
}

#include "setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"

void setup_init(struct setup *setup)
{
    *setup = (struct setup){0};
    if (!bx_form_set_init(&setup->forms, BX_SOURCE_DIR "/layouts", &setup->err) ||
        !bx_sections_read(&setup->sections, BX_SOURCE_DIR "/layouts", &setup->err))
        fail_msg("%s %s: %s", setup->err.file, setup->err.where, setup->err.what);
}

void setup_fini(struct setup *setup)
{
    bx_findings_fini(&setup->findings);
    bx_sections_free(setup->sections);
    bx_form_set_fini(&setup->forms);
}

char *setup_load(const char *name)
{
    struct bx_buf path = {0}, file = {0};
    struct bx_err err = {0};
    bx_buf_printf(&path, "%s/%s", BX_TESTS_DIR, name);
    if (!bx_file_read(&file, path.data, 1 << 20, &err))
        fail_msg("%s: %s", err.file, err.what);
    bx_buf_fini(&path);
    return file.data;
}

char *setup_replace(const char *text, const char *old, const char *by)
{
    const char *found = strstr(text, old);
    if (!found || strstr(found + 1, old))
        fail_msg("the text to replace does not stand there once: %s", old);
    struct bx_buf out = {0};
    bx_buf_add(&out, text, (size_t)(found - text));
    bx_buf_add_text(&out, by);
    bx_buf_add_text(&out, found + strlen(old));
    return out.data;
}

struct bx_model *setup_read(struct setup *setup, const char *text, bool keep_punctuation)
{
    struct bx_model *model = NULL;
    const struct bx_model_options options = {.file = "report.json",
                                             .keep_punctuation = keep_punctuation,
                                             .forms = &setup->forms,
                                             .sections = setup->sections};
    bx_findings_fini(&setup->findings);
    setup->err = (struct bx_err){0};
    bool is_good =
        bx_model_read(&model, text, strlen(text), &options, &setup->findings, &setup->err);
    assert_int_equal(is_good, model != NULL);
    assert_int_equal(is_good, setup->err.code == BX_OK);
    return model;
}

struct bx_model *setup_read_good(struct setup *setup, const char *text)
{
    struct bx_model *model = setup_read(setup, text, false);
    if (!model)
        fail_msg("%s: %s", setup->err.where, setup->err.what);
    return model;
}

char *setup_list(const struct setup *setup, const char *code)
{
    static const char *const levels[] = {"note", "warning", "error"};
    struct bx_buf out = {0};
    bx_buf_add_text(&out, "");
    for (int i = 0; i < setup->findings.count; i++) {
        const struct bx_finding *item = &setup->findings.items[i];
        bool is_wanted = code ? strcmp(item->code, code) == 0 : strcmp(item->code, "PUN") != 0;
        if (is_wanted)
            bx_buf_printf(&out, "%s %s %s\n", levels[item->level], item->code, item->where);
    }
    return out.data;
}

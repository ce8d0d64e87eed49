/* The forms of the layouts folder, shown to people and to JSON Schema. */
#include "api.h"

#include "layout/describe.h"

enum bx_status bx_engine_forms(struct bx_engine *engine, bool in_chinese, struct bx_bytes *out)
{
    struct bx_err err = {0};
    struct bx_buf text = {0};
    if (!bx_engine_need_layouts(engine, &err) ||
        !bx_forms_describe(&text, &engine->forms, in_chinese, &err)) {
        bx_buf_fini(&text);
        return bx_api_tell(&engine->findings, &err);
    }
    bx_api_give(out, &text);
    return BX_STATUS_DONE;
}

enum bx_status
bx_engine_form_schema(struct bx_engine *engine, const char *name, struct bx_bytes *out)
{
    struct bx_err err = {0};
    struct bx_buf text = {0};
    if (!bx_engine_need_layouts(engine, &err) ||
        !bx_forms_schema(&text, &engine->forms, name, &err)) {
        bx_buf_fini(&text);
        return bx_api_tell(&engine->findings, &err);
    }
    bx_api_give(out, &text);
    return BX_STATUS_DONE;
}

/* What a report tells of its making: its stages as text, its times. */
#include "api.h"

#include <assert.h>

#include "output/dump.h"
#include "output/pdf/pdf.h"
#include "plan/class.h"

enum bx_status
bx_report_dump(struct bx_report *report, enum bx_stage stage, struct bx_bytes *out)
{
    enum bx_status status =
        stage == BX_STAGE_MODEL ? bx_report_check(report) : bx_report_typeset(report);
    if (status != BX_STATUS_DONE)
        return status;

    struct bx_err err = {0};
    struct bx_buf text = {0}, pdf = {0};
    struct bx_pdf_census census = {0};
    switch (stage) {
    case BX_STAGE_MODEL:
        bx_dump_model(&text, report->model);
        break;
    case BX_STAGE_PLAN:
        if (!bx_plan_need_tables(report->plan, &err))
            return bx_api_fail(report, &err);
        bx_dump_plan(&text, report->plan);
        break;
    case BX_STAGE_PAGES:
        bx_dump_pages(&text, report->pages);
        break;
    case BX_STAGE_STRUCTURE:
        bx_dump_structure(&text, report->pages);
        break;
    case BX_STAGE_WHY:
        bx_dump_why(&text, report->pages);
        break;
    case BX_STAGE_PDF:
        status = bx_api_pdf(report, &pdf, &census);
        bx_buf_fini(&pdf);
        if (status != BX_STATUS_DONE)
            return status;
        bx_pdf_describe(&text, &census);
        break;
    }
    bx_api_give(out, &text);
    return BX_STATUS_DONE;
}

void bx_dump_classes(struct bx_bytes *out)
{
    struct bx_buf text = {0};
    bx_class_dump(&text);
    bx_api_give(out, &text);
}

const char *bx_phase_name(enum bx_phase phase)
{
    static const char *const names[BX_PHASE_COUNT] = {
        [BX_PHASE_LAYOUTS] = "layouts",   [BX_PHASE_FONTS] = "fonts",
        [BX_PHASE_MODEL] = "model",       [BX_PHASE_PLAN] = "plan",
        [BX_PHASE_PAGES] = "pages",       [BX_PHASE_SUBSET] = "subset",
        [BX_PHASE_COMPRESS] = "compress", [BX_PHASE_WRITE] = "write",
    };
    assert(phase < BX_PHASE_COUNT);
    return names[phase];
}

/* Layouts and fonts were read for the engine and are told with every report. */
double bx_report_phase_ms(const struct bx_report *report, enum bx_phase phase)
{
    assert(phase < BX_PHASE_COUNT);
    double shared = phase == BX_PHASE_LAYOUTS ? report->engine->layouts_ms
                    : phase == BX_PHASE_FONTS ? report->engine->fonts_ms
                                              : 0;
    return shared + report->phase_ms[phase];
}

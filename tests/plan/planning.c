#include "planning.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

void planning_init(struct planning *p)
{
    *p = (struct planning){0};
    setting_init(&p->setting);
    if (!bx_style_read(&p->style, BX_SOURCE_DIR "/layouts", "gbt9704", &p->err))
        fail_msg("%s: %s", p->err.file, p->err.what);
    struct bx_style *style = p->style;
    style->texts[BX_TEXT_BODY].size = style->texts[BX_TEXT_BODY].pitch = HAN;
    style->texts[BX_TEXT_SIGNATURE].size = style->texts[BX_TEXT_SIGNATURE].pitch = HAN;
    style->line_pitch = PITCH;
    style->type_area.w = COLUMNS * HAN;
    style->type_area.h = (LINES - 1) * PITCH + HAN;
    p->model.file = "report.json";
    planning_clear(p);
}

static void drop_plan(struct planning *p)
{
    bx_arena_fini(&p->planner.context.scratch);
    bx_arena_fini(&p->plan.arena);
}

void planning_clear(struct planning *p)
{
    drop_plan(p);
    bx_findings_fini(&p->setting.findings);
    p->setting.findings = (struct bx_findings){0};
    p->err = (struct bx_err){0};
    p->plan = (struct bx_plan){.style = p->style, .model = &p->model};
    p->plan.structure.arena = &p->plan.arena;
    p->planner = (struct bx_planner){
        .plan = &p->plan,
        .model = &p->model,
        .style = p->style,
        .fonts = p->setting.fonts,
        .findings = &p->setting.findings,
        .context = {.arena = &p->plan.arena,
                    .fonts = p->setting.fonts,
                    .findings = &p->setting.findings},
        .dated_rules = p->style->lines,
        .err = &p->err,
    };
    p->planner.dated_rules.autospace = 0;
    bx_structure_add(&p->plan.structure, BX_TAG_DOCUMENT, -1);
    p->planner.section = bx_structure_add(&p->plan.structure, BX_TAG_SECT, 0);
}

int planning_count(const struct planning *p, const char *code, enum bx_level level)
{
    int count = 0;
    for (int i = 0; i < p->setting.findings.count; i++) {
        const struct bx_finding *finding = &p->setting.findings.items[i];
        count += strcmp(finding->code, code) == 0 && finding->level == level;
    }
    return count;
}

void planning_fini(struct planning *p)
{
    drop_plan(p);
    bx_style_free(p->style);
    setting_fini(&p->setting);
}

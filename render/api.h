/* What stands behind the opaque types of banxin.h. For render.c and api_*.c only. */
#ifndef BX_API_H
#define BX_API_H

#include "banxin.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/cancel.h"
#include "base/err.h"
#include "base/findings.h"
#include "font/fontset.h"
#include "layout/sections.h"
#include "layout/style.h"
#include "model/model.h"
#include "page/pages.h"
#include "plan/plan.h"

/* A style under the name or path it was asked for. */
struct bx_style_entry {
    const char *name;
    struct bx_style *style;
};

/* Holds  sections and forms are read together; fonts may be NULL while no page was asked for.
 *        font_findings repeat in every report set with these fonts. */
struct bx_engine {
    struct bx_arena arena;
    const char *layouts_dir, *fonts_dir;
    const char *office_fonts_dir; /* or NULL */
    bool has_helper;
    const char *faces_dirs[2]; /* of prepared faces, best first; or NULL */
    struct bx_sections *sections;
    struct bx_form_set forms;
    struct bx_style_entry *styles; /* those read so far */
    int style_count, style_capacity;
    struct bx_fontset *fonts;
    bool has_set;                      /* a report */
    struct bx_kept *kept;              /* from the second report on */
    bool has_written;                  /* a PDF */
    struct bx_pdf_kept *kept_programs; /* from the second PDF on */
    struct bx_findings font_findings;
    struct bx_findings findings; /* of bx_engine_forms() and its like */
    double layouts_ms, fonts_ms;
    struct bx_watch watch;   /* of the caller */
    struct bx_cancel cancel; /* its question, as the stages take it */
};

/* Holds  a stage's result is NULL until it was built, and points into those above it. */
struct bx_report {
    struct bx_arena arena;
    struct bx_engine *engine; /* borrowed */
    struct bx_report_options options;
    const char *file;                         /* as the caller named it */
    const struct bx_held_files *held;         /* its images, or NULL: in a folder; borrowed */
    const struct bx_held_file *held_intent;   /* the printer's profile, or NULL: in a file */
    const struct bx_held_file *held_straddle; /* a seal's picture, or NULL: in a file */
    const struct bx_image *straddle;          /* it, once it was read, or NULL */
    struct bx_findings findings;
    int settled_count; /* findings that is_strict was applied to, and that were told */
    bool is_inner;     /* a verdict's own: what it finds is told by the verdict, if at all */
    const struct bx_style *style; /* the engine's */
    struct bx_model *model, *previous;
    struct bx_plan *plan;
    struct bx_pages *pages;
    bool is_checked, is_typeset;
    double phase_ms[BX_PHASE_COUNT];
};

/* Reads what every report needs, once. Fails   BX_E_LAYOUT. */
bool bx_engine_need_layouts(struct bx_engine *engine, struct bx_err *err);
/* Reads a style unless it was read before. Gives   *out, which lives as long as the engine.
 * Fails   BX_E_LAYOUT. */
bool bx_engine_need_style(struct bx_engine *engine,
                          const char *name,
                          const struct bx_style **out,
                          struct bx_err *err);
/* Fails   BX_E_FONT, BX_E_READ, BX_E_LAYOUT. */
bool bx_engine_need_fonts(struct bx_engine *engine, struct bx_err *err);
/* What a plan may take from those before it; NULL for the first, which would only pay for it. */
struct bx_kept *bx_engine_kept(struct bx_engine *engine);
/* What a PDF may take from those before it; NULL for the first. */
struct bx_pdf_kept *bx_engine_kept_programs(struct bx_engine *engine);

/* render/api_words.c: the sentence of a failure in Chinese. False, and nothing is added, where there
 * is none. */
bool bx_api_chinese(struct bx_buf *to, const char *sentence);

/* Adds a failure to the findings, unless the stage told the same as an error itself, and gives
 * its status. */
enum bx_status bx_api_tell(struct bx_findings *list, const struct bx_err *err);

/* The status of a report whose new findings were made errors under is_strict, and told. */
enum bx_status bx_api_settle(struct bx_report *report);

/* bx_api_tell() and bx_api_settle(). */
enum bx_status bx_api_fail(struct bx_report *report, const struct bx_err *err);

/* The report as PDF. `census` may be NULL. */
struct bx_pdf_census;
enum bx_status
bx_api_pdf(struct bx_report *report, struct bx_buf *out, struct bx_pdf_census *census);

/* Tells the watch of an engine the findings from *told_count on. */
void bx_api_tell_watch(const struct bx_engine *engine,
                       const struct bx_findings *list,
                       int *told_count);

/* Adds copies of another list's findings. */
void bx_api_repeat(struct bx_findings *list, const struct bx_findings *from);

/* The status of the first error by stage, DONE without one; CANCELLED when that is among them. */
enum bx_status bx_api_status(const struct bx_findings *list);

/* Hands the buffer's memory to the caller. */
void bx_api_give(struct bx_bytes *out, struct bx_buf *buf);

double bx_api_now_ms(void);

#endif

/* The report: what stands in report.json, read, checked and normalised.
 *
 * Made by bx_model_read(); plain data afterwards. Every text has been through the steps of "the
 * text of the file": punctuation, mapped characters, dropped spaces; so what is here is what is
 * printed, extracted and compared. Where a text came from is kept as a JSON Pointer. */
#ifndef BX_MODEL_H
#define BX_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/findings.h"
#include "layout/form.h"
#include "layout/sections.h"

/* A stretch of text with one emphasis. '\n' is a forced line break. */
struct bx_span {
    const char *text; /* UTF-8, zero-terminated */
    const char *role; /* "strong", "kai", "hei", "latin" of the model, or NULL */
};

struct bx_text {
    const struct bx_span *spans;
    int span_count;
    const char *where; /* JSON Pointer of the string or array */
};

/* A cell of a plain table. */
struct bx_plain_cell {
    struct bx_text text;
    int row, col, rowspan, colspan;
    bool has_align;
    enum bx_align align;
};

struct bx_plain_table {
    int *widths_1000; /* per column, 1/1000 of the type area's width; 0 = automatic */
    int col_count, row_count, head_count;
    struct bx_plain_cell *cells;
    int cell_count;
};

enum bx_chart_kind {
    BX_CHART_BAR,     /* one series of bars */
    BX_CHART_GROUPED, /* several, side by side */
    BX_CHART_LINE,
    BX_CHART_PIE,
};

/* Figures to be drawn.
 *
 * Shape  values[s * category_count + c].
 * Holds  at least one value is given; those of a pie are not negative, and one is above 0. */
struct bx_chart {
    enum bx_chart_kind kind;
    const char *unit; /* or NULL */
    const char **categories;
    int category_count;
    const char **series; /* names; NULL for a single series that has none */
    int series_count;
    const char **values; /* as written; NULL where none was given */
};

enum bx_block_kind {
    BX_BLOCK_PARAGRAPH, /* heading may run in */
    BX_BLOCK_HEADING,   /* on a line of its own */
    BX_BLOCK_IMAGE,
    BX_BLOCK_TABLE,
    BX_BLOCK_CHART,
};

struct bx_block {
    enum bx_block_kind kind;
    const char *where;      /* JSON Pointer of the block */
    struct bx_text heading; /* span_count 0 when there is none */
    int level;              /* of the heading: 1..4; 0 without heading */
    struct bx_text text;
    struct bx_plain_table *table; /* TABLE only */
    struct bx_chart *chart;       /* CHART only */
    struct bx_text caption;       /* IMAGE, TABLE, CHART */
    const char *image_path;       /* IMAGE */
    const char *alt;              /* IMAGE; CHART, or NULL */
    int width_um, width_1000;     /* IMAGE, CHART: one of both > 0, or both 0 */
};

struct bx_blocks {
    struct bx_block *items;
    int count;
};

enum bx_given {
    BX_GIVEN_BLANK,  /* null: not given, never 0 */
    BX_GIVEN_NUMBER, /* a number, or a string that reads as one of the column's kind */
    BX_GIVEN_TEXT,   /* any other string */
};

struct bx_value {
    enum bx_given given;
    const char *text;  /* as printed; "" for blanks */
    const char *where; /* JSON Pointer */
};

struct bx_section {
    const struct bx_section_spec *spec; /* borrowed from the sections */
    const char *title;                  /* the organ's or the mandated one, normalised */
    const char *title_where;
    struct bx_blocks body; /* prose; for tables the intro */
    struct bx_blocks after;
    const struct bx_form *form; /* tables only; borrowed from the form set */
    struct bx_value *values;    /* one per cell of the form, in its order; others are blank */
};

enum bx_seal_kind {
    BX_SEAL_NONE,
    BX_SEAL_SPACE,
    BX_SEAL_IMAGE,
};

struct bx_signature {
    bool is_given;
    const char *organ;    /* or NULL */
    const char *date;     /* as printed: 2020年1月23日; or NULL */
    const char *date_iso; /* 2020-01-23; or NULL */
    bool under_title;
    enum bx_seal_kind seal;
    const char *seal_image;
    int seal_um;
    bool has_signer;
    const char *signer_post, *signer_name; /* or NULL */
    const char *organ_where, *date_where;
};

struct bx_model {
    struct bx_arena arena;
    const char *file;                 /* as the user gave it */
    const char *base_dir;             /* where its images lie, or NULL: nowhere */
    const struct bx_held_files *held; /* its images, instead of a folder, or NULL */
    int year;
    const char *organ;
    const char *language;
    const char *
        *title_lines; /* normalised; title_line_count 1 with is_title_free: to be broken */
    int title_line_count;
    bool is_title_free; /* given as one string, or made from organ and year */
    const char *title_where;
    const char *title;           /* all lines joined */
    const char *document_number; /* or NULL */
    struct bx_text *preamble;
    int preamble_count;
    struct bx_section *sections; /* in the mandated order */
    int section_count;
    struct bx_signature signature;
    const void *source; /* the file byte for byte, for the attachment */
    size_t source_len;
};

struct bx_model_options {
    const char *file;                 /* for messages */
    const char *base_dir;             /* where the report's images lie, or NULL: nowhere */
    const struct bx_held_files *held; /* they themselves, instead of a folder, or NULL */
    bool keep_punctuation;            /* --punctuation=keep */
    struct bx_form_set *forms;        /* read on demand */
    const struct bx_sections *sections;
};

/* Reads a report. All findings are added to the list, errors included.
 *
 * Needs   data to be valid for the call only; it is copied.
 * Gives   *out when no finding is an error of the schema; the caller frees it with bx_model_free().
 * Fails   BX_E_READ (one finding, with line and column, code "JSON"): no UTF-8, no JSON, too deep.
 *         BX_E_MODEL when findings of level error were added. */
bool bx_model_read(struct bx_model **out,
                   const void *data,
                   size_t len,
                   const struct bx_model_options *options,
                   struct bx_findings *findings,
                   struct bx_err *err);

void bx_model_free(struct bx_model *model);

/* The cross-checks C1..C7 of the report's forms and of layouts/checks. C1..C4 are errors of stage
 * MODEL, or notes of what was found when `allow_inconsistent`; C5, C6 warnings; C7 and SKIP notes.
 *
 * Needs   previous may be NULL: then C6 is not checked. */
void bx_model_check(const struct bx_model *model,
                    const struct bx_sections *sections,
                    const struct bx_model *previous,
                    bool allow_inconsistent,
                    struct bx_findings *findings);

#endif

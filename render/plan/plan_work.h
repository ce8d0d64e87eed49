/* What the files of plan/plan*.c share while a plan is made. */
#ifndef BX_PLAN_WORK_H
#define BX_PLAN_WORK_H

#include "plan/pieces.h"
#include "plan/plan.h"

struct bx_planner {
    struct bx_plan *plan;
    const struct bx_model *model;
    const struct bx_style *style;
    const struct bx_sections *sections;
    struct bx_fontset *fonts;
    struct bx_findings *findings;
    struct bx_para_context context;
    struct bx_line_rules
        dated_rules;                /* of signature and byline: no Han-Latin space in a date */
    const struct bx_cancel *cancel; /* or NULL */
    struct bx_err *err;
    int capacity;      /* of plan->blocks */
    int section;       /* the element that new blocks go under */
    int heading_depth; /* of the last heading in the section: 2 for H2 */
    bool lacks_image;  /* one could not be read */
};

/* A new block behind the others; valid until the next is added. */
struct bx_plan_block *
bx_planner_add(struct bx_planner *p, enum bx_plan_kind kind, const char *where);

/* The number of the role a kind of text is set in. */
int bx_planner_role(const struct bx_planner *p, enum bx_text_kind kind);

/* The setting of a kind of text on the whole width of the type area. */
struct bx_para_spec bx_planner_spec(const struct bx_planner *p, enum bx_text_kind kind);

/* How many grid lines a line of this size takes (GRD-03). */
int bx_planner_line_cells(const struct bx_planner *p, bx_len size);

/* One string in one kind of text, as a block of its own. */
bool bx_planner_add_string(struct bx_planner *p,
                           enum bx_text_kind kind,
                           const char *text,
                           const char *where,
                           int element);

/* The caption of an image or table, in one piece. */
bool bx_planner_add_caption(struct bx_planner *p, const struct bx_block *block, int parent);

/* A plain table with its caption above it. */
bool bx_planner_add_plain_table(struct bx_planner *p, const struct bx_block *block);

/* plan/plan_table.c: a section's mandated table, whose element is there already. */
bool bx_planner_add_statutory_table(struct bx_planner *p,
                                    const struct bx_section *section,
                                    int element);

/* plan/title.c: document number, title, byline. */
bool bx_planner_add_title(struct bx_planner *p);

/* A text with '\n' put between its words, so that it goes into as few lines of this measure as can
 * be, as equal as words and the joints of its meaning allow; as it is where no words do that.
 * NULL, and the planner's err, when it cannot be measured. */
const char *bx_planner_split_words(struct bx_planner *p,
                                   enum bx_text_kind kind,
                                   const char *text,
                                   bx_len measure);

/* plan/seal_read.c: the seal's picture, which is told and missing when it cannot be read. */
void bx_planner_add_seal(struct bx_planner *p);

/* plan/signature.c: organ, signer and date at the end. */
bool bx_planner_add_signature(struct bx_planner *p);

#endif

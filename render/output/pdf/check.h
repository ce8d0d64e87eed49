/* The writer's self-check: every rule of the file that the display list alone can break, told
 * with its place in the model before a byte is written (pdf.md 3.17).
 *
 * The walk over the pages stands in check.c, that over tables in check_table.c, the rules with
 * their clauses and words in check_rules.c. */
#ifndef BX_PDF_CHECK_H
#define BX_PDF_CHECK_H

#include "output/pdf/pdf.h"

/* ISO 19005-2 6.1.13. */
#define BX_PDF_NAME_MAX   127
#define BX_PDF_STRING_MAX 32767

enum bx_pdf_rule {
    BX_PDF_RULE_PAGES,
    BX_PDF_RULE_PAGE_SIZE,
    BX_PDF_RULE_TITLE,
    BX_PDF_RULE_ORGAN,
    BX_PDF_RULE_LANGUAGE,
    BX_PDF_RULE_DATE,
    BX_PDF_RULE_STRING,
    BX_PDF_RULE_NAME,
    BX_PDF_RULE_PARENT,
    BX_PDF_RULE_ROOT,
    BX_PDF_RULE_NESTING,
    BX_PDF_RULE_HEADING,
    BX_PDF_RULE_ALT,
    BX_PDF_RULE_SCOPE,
    BX_PDF_RULE_HEAD,
    BX_PDF_RULE_ROW_HEAD,
    BX_PDF_RULE_COLUMN_HEAD,
    BX_PDF_RULE_RAGGED,
    BX_PDF_RULE_SPAN,
    BX_PDF_RULE_CELL,
    BX_PDF_RULE_OVERLAP,
    BX_PDF_RULE_CONTENT,
    BX_PDF_RULE_PRIVATE,
    BX_PDF_RULE_CHARACTER,
    BX_PDF_RULE_GLYPH,
    BX_PDF_RULE_EMBEDDING,
    BX_PDF_RULE_LINK,
    BX_PDF_RULE_FIELD,
    BX_PDF_RULE_MARK,
    BX_PDF_RULE_ATTACHMENT,
    BX_PDF_RULE_DESCRIPTION,
    BX_PDF_RULE_FAMILY,
    BX_PDF_RULE_PRINT,
    BX_PDF_RULE_INTENT,
    BX_PDF_RULE_COUNT,
};

struct bx_pdf_rule_text {
    enum bx_code code; /* what the file fails with */
    const char *clause;
    const char *zh, *en; /* the fault, as a sentence */
};
const struct bx_pdf_rule_text *bx_pdf_rule_text(enum bx_pdf_rule rule);

/* A check under way. */
struct bx_pdf_checker {
    const struct bx_pages *pages;
    const struct bx_pdf_options *options;
    const struct bx_pdf_profile *profile;
    struct bx_findings *findings;
    struct bx_err *err; /* takes the first fault */
    int fault_count;
    enum bx_pdf_rule last_rule; /* told last, and where */
    char last_where[256];
};

/* A broken rule at an element: its own place in the model or the nearest one above it; else, and
 * for artifacts, the page (from 0). The same rule at the same place is told once. `detail` is what
 * is wrong, or NULL. */
void bx_pdf_tell(struct bx_pdf_checker *checker,
                 enum bx_pdf_rule rule,
                 int element,
                 int page,
                 const char *detail);

/* A broken rule at a place that is no element. */
void bx_pdf_tell_at(struct bx_pdf_checker *checker,
                    enum bx_pdf_rule rule,
                    const char *where,
                    const char *detail);

/* Rows, spans and heads of all tables. */
void bx_pdf_check_tables(struct bx_pdf_checker *checker);

/* Notes   PDF (error), one for each rule broken at a place. `findings` may be NULL.
 * Fails   BX_E_WRITE or BX_E_FONT: the first of them. */
bool bx_pdf_check(const struct bx_pages *pages,
                  const struct bx_pdf_options *options,
                  struct bx_findings *findings,
                  struct bx_err *err);

#endif

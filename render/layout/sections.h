/* The mandated sections and text checks, as data: layouts/sections.xml and layouts/checks/.
 *
 * Six sections in the mandated order with their titles, the default title of a report, the
 * numbering that makes a heading's level, and the patterns of C5 and C7. */
#ifndef BX_SECTIONS_H
#define BX_SECTIONS_H

#include "layout/form.h"
#include "layout/words.h"

enum bx_section_kind {
    BX_SECTION_PROSE,
    BX_SECTION_TABLE,
};

struct bx_section_spec {
    const char *id;    /* "overview" */
    const char *title; /* 一、总体情况; the form's own title wins for tables */
    enum bx_section_kind kind;
};

/* An edition: which form name a year takes when the report names none. */
struct bx_edition {
    const char *form; /* "2019" */
    int from_year, to_year;
};

/* C5: a number in prose that must agree with a table. The pattern has one group: the number.
 * accepts[] are sums: "applications:new/total+applications:carried_over/total". */
struct bx_text_check {
    const char *code;
    struct _GRegex *regex; /* GLib's, compiled once for all reports */
    const char *const *accepts;
    int accept_count;
    const char *zh, *en;
};

/* C7: a section that does not mention a word the form asks for. */
struct bx_mention_check {
    const char *code;
    const char *section;
    const char *word;
    int from_year;
    const char *zh, *en;
};

struct bx_sections {
    struct bx_arena arena;
    struct bx_section_spec *sections;
    int section_count;
    struct bx_edition *editions;
    int edition_count;
    const char *title_format; /* "{organ}{year}年政府信息公开工作年度报告" */
    const char *date_format;  /* "{year}年{month}月{day}日" */
    struct bx_text_check *text_checks;
    int text_check_count;
    struct bx_mention_check *mention_checks;
    int mention_check_count;
    struct bx_words *words;         /* layouts/words.txt: where titles may break */
    const char *byline_date_format; /* "（{date}）": the date under a title */
};

/* Fails   BX_E_LAYOUT. */
bool bx_sections_read(struct bx_sections **out, const char *layouts_dir, struct bx_err *err);
void bx_sections_free(struct bx_sections *sections);

/* The form name for a year, e.g. "2021". */
const char *bx_sections_form_for(const struct bx_sections *sections, int year);

#endif

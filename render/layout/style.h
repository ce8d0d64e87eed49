/* A page style as data: what stands in layouts/styles/NAME.xml.
 *
 * Every figure carries its source in the file; the reader refuses one without. C knows the
 * names of the settings and nothing of their values. */
#ifndef BX_STYLE_H
#define BX_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/len.h"
#include "layout/form.h"

/* The kinds of text a report is made of. */
enum bx_text_kind {
    BX_TEXT_BODY,
    BX_TEXT_TITLE,
    BX_TEXT_DOCUMENT_NUMBER,
    BX_TEXT_HEADING1, /* 一、 and section titles */
    BX_TEXT_HEADING2, /* （一） */
    BX_TEXT_HEADING3, /* 1. */
    BX_TEXT_HEADING4, /* （1） */
    BX_TEXT_BYLINE,   /* organ and （date） under the title */
    BX_TEXT_SIGNATURE,
    BX_TEXT_CAPTION,
    BX_TEXT_CELL, /* of plain tables */
    BX_TEXT_PAGE_NUMBER,
    BX_TEXT_KIND_COUNT,
};

struct bx_text_style {
    const char *role;              /* of the font set */
    bx_len size;                   /* of the em */
    bx_len pitch;                  /* character pitch, = size where the style names none */
    int indent_em1000;             /* of the first line */
    int blank_before, blank_after; /* grid lines */
    enum bx_align align;
};

enum bx_grid_fit {
    BX_FIT_EDGES, /* first em box at the top edge, last at the bottom edge */
    BX_FIT_CELLS, /* equal cells, the em box centred in each */
};

enum bx_break_level {
    BX_BREAK_NONE,
    BX_BREAK_BASIC,
    BX_BREAK_GB,
    BX_BREAK_STRICT,
};

/* Choices of typesetting.md that a style makes. Lengths in 1/1000 em, penalties in the units of
 * plan/linebreak.h. */
struct bx_line_rules {
    enum bx_break_level level;
    bool
        force_line_end; /* PUN-13: true = GB/T 15834 5.1.10 always, false = first step of shrinking */
    bool trim_indent;                   /* PUN-12: an opener after the indent loses its blank */
    bool keep_fullstop;                 /* JUS-02 step 7 never */
    bool keep_range;                    /* LBK-04: 3～5 unbreakable up to 9 characters */
    bool hang;                          /* PUN-15 */
    int autospace;                      /* natural Han-Latin glue; 0 = none */
    int autospace_max;                  /* stretch to */
    int autospace_min;                  /* shrink to */
    bool autospace_grid;                /* AUT-07 */
    int word_space_max, word_space_min; /* of U+0020 */
    int loose_gap;          /* JUS-05: more stretch than this in a gap is a loose line */
    bool loose_left;        /* and such a line is set flush left instead of stretched */
    int rescue_penalty;     /* LBK-16 */
    int split_date_penalty; /* LBK-18 */
    int orphan_penalty;     /* PAR-03: last line of one Han */
    bool tight_pairs;       /* PUN-03: 1 em for two marks instead of 1.5 */
};

/* What stands above the head where a table goes on on a further page (TAB-02). */
struct bx_continued_style {
    const char *text; /* "（续）"; NULL: nothing stands there */
    const char *role;
    bx_len size;
    enum bx_align align; /* left, center or right, on the table's width */
};

/* How a table of a section is set; two ends of a range: [0] natural, [1] least. */
struct bx_table_style {
    const char *section; /* "disclosure" ..., or "plain" */
    const char *label_role, *figure_role;
    bx_len label_size[2], figure_size[2], padding_v[2];
    bx_len figure_least; /* figures that do not fit go down to this, in steps of figure_step */
    bx_len figure_step;
    bx_len padding_h;
    bx_len clearance;              /* of ink to any rule, at least */
    bx_len rule_outer, rule_inner; /* of tables of prose; 0: the style gives none */
    int line_em1000;               /* line pitch inside a cell */
    int density_steps;             /* how many densities from natural to least, >= 1 */
    struct bx_line_rules lines;    /* rules of cell text */
    struct bx_continued_style continued;
};

struct bx_page_rules {
    int widows, orphans;
    int whole_blank_lines; /* a table is kept whole if at most this many lines stay blank */
    int cost_cut_table, cost_blank_line, cost_short_page, cost_dense_step, cost_unbalanced;
    int cost_page;  /* of each page but the last */
    int keep_lines; /* lines of text a heading keeps with it, a signature keeps above it */
    int even_lines; /* of a page that gave them up for the signature: shared among the others */
};

struct bx_signature_rules {
    int right_em1000;        /* 7.3.5.2: organ right with 2 */
    int date_shift_em1000;   /* date's first character 2 to the right of the organ's first */
    int blank_before;        /* lines */
    int sealed_right_em1000; /* 7.3.5.1: date right with 4 */
    int signer_right_em1000; /* 7.3.5.3 */
    int signer_gap_em1000;
    int signer_blank_before;
    int name_blank_em1000; /* room for a name that is absent */
    bx_len seal_diameter;
    int seal_magenta, seal_yellow; /* percent of the red ink of prints in CMYK */
    const char *seal_alt;          /* what a seal's picture is, for those who do not see it */
    bx_len straddle_least;         /* of a slice of a seal over the edges of the pages */
};

/* The word across each page of a draft. */
struct bx_draft_style {
    const char *text, *role;
    bx_len size;
    int turn_1000; /* of a whole turn, anticlockwise */
    struct bx_colour colour;
};

struct bx_page_number {
    bx_len below;               /* of the dashes' top, under the type area's bottom edge */
    int inset_em1000;           /* from the type area's outer edge */
    const char *before, *after; /* "— ", " —" */
    const char *before_total;   /* between the number and that of all pages; NULL: not told */
};

/* How charts are drawn. */
struct bx_chart_style {
    bool is_given;
    bx_len plot_height; /* of columns and lines, between the scale's ends */
    bx_len pie_radius;
    bx_len gap; /* between texts, and of a text to what it names */
    const char *role;
    bx_len size; /* of all texts */
    int line_em1000;
    bx_len axis_rule, grid_rule, outline_rule, curve_rule;
    bx_len hatch_pitch;
    bx_len bar_widest, bar_least; /* a column; narrower, the bars lie */
    bx_len bar_gap;               /* between lying groups of bars, at least */
    bx_len marker;                /* of a point, across */
    int steps;                    /* of the scale, at most */
    struct bx_colour tint;
    const char *unit_before, *unit_after; /* what stands around the unit */
    const char *bar_name, *grouped_name, *line_name, *pie_name; /* in a generated alt text */
    const char *blank_name;                                     /* there, where no figure is */
};

struct bx_style {
    struct bx_arena arena;
    const char *name;
    const char *version;
    const char *source;
    bx_len paper_w, paper_h;
    struct bx_rect type_area;
    int grid_columns, grid_lines;
    enum bx_grid_fit grid_fit;
    bx_len line_pitch; /* by fit, from the type area and the body size */
    struct bx_text_style texts[BX_TEXT_KIND_COUNT];
    struct bx_line_rules lines;
    struct bx_page_rules pages;
    struct bx_signature_rules signature;
    struct bx_page_number page_number;
    struct bx_draft_style draft;
    struct bx_chart_style chart;
    struct bx_table_style *tables;
    int table_count;
    struct bx_colour ink; /* of text and rules */
};

/* Reads layouts_dir/styles/NAME.xml, or `name` itself when it holds a slash.
 *
 * Gives   *out, which the caller frees with bx_style_free(); untouched on failure.
 * Fails   BX_E_LAYOUT, with file and line: not valid against style.rng, a figure without a source. */
bool bx_style_read(struct bx_style **out,
                   const char *layouts_dir,
                   const char *name,
                   struct bx_err *err);

/* The same from memory, with the schema at hand (layout/xml_read.h); `file` is for messages. */
struct bx_xml_schema;
bool bx_style_read_bytes(struct bx_style **out,
                         struct bx_xml_schema *schema,
                         const char *file,
                         const void *data,
                         size_t len,
                         struct bx_err *err);

void bx_style_free(struct bx_style *style);

/* The setting for a section's tables, or NULL. */
const struct bx_table_style *bx_style_find_table(const struct bx_style *style,
                                                 const char *section);

#endif

/* A case of tests/lines/FILE.lines: one line of four columns, split by " | ".
 *
 *   how | text | expected | rule and why
 *
 * how       starts with what is looked at, options follow:
 *             -        every legal break of the text, as ÷ in `expected`; the same in each of the
 *                      faces Fandol Fang, Noto Serif CJK SC, LXGW WenKai unless face= names one
 *             r        the same with the places of a rescue (LBK-16)
 *             w        its natural and least width in 1/1000 em, as 3500/3000
 *             12.5     a measure in em: the lines it is set in, with ↵ between them and {loose},
 *                      {overfull}, {emergency}, {rescued} behind a line that says so
 *             @12.5    the same measure: where each glyph's box starts, in 1/1000 em, and behind
 *                      > where the last ends, lines with ↵ between them
 *           options: level=none|basic|gb|strict face=ROLE align=left|center|right|justify|distribute
 *             indent=EM pitch=EM cell force notrim keep-fullstop keep-range hang tight loose-left
 *             autospace=EM|grid word-space=LEAST-EM model (the text is normalised first)
 *           defaults: strict, fangsong, justified, as tests/plan/setting.c sets the rules
 * text      = stands for `expected` without ÷, ↵ and {}; \n for a line break
 * rule      the rule's name in typesetting.md, then why
 *
 * Lines that are empty or start with # are left out. */
#ifndef BX_TEST_LINE_CASE_H
#define BX_TEST_LINE_CASE_H

#include "setting.h"

enum line_look {
    LOOK_BREAKS,
    LOOK_WIDTHS,
    LOOK_LINES,
    LOOK_PLACES,
};

struct line_case {
    enum line_look look;
    struct bx_line_rules rules;
    struct bx_para_spec spec; /* its rules point at the field above */
    const char *role;         /* NULL: any */
    bool is_modelled, shows_rescue;
    char text[1500], expected[2000], why[500];
    char rule[16]; /* "LBK-01" */
};

/* Reads one line. Gives false for an empty line or a comment; fails the test on a fault. */
bool line_case_read(struct line_case *c,
                    struct setting *s,
                    const char *line,
                    const char *place);

/* What the case gives in a role, in the form of `expected`. */
void line_case_run(
    char *got, size_t size, const struct line_case *c, struct setting *s, int role);

#endif

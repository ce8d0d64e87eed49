/* Paragraphs: text in faces to lines of glyphs, by the rules of Chinese typesetting.
 *
 * Clusters get a class and a face, become atoms (a box without its removable blank), stand in
 * glue, and are broken by total fit; each line is then set to the measure by priority. */
#ifndef BX_PARA_H
#define BX_PARA_H

#include "base/arena.h"
#include "base/findings.h"
#include "layout/style.h"
#include "plan/mark.h"

/* Text in one role and size. */
struct bx_piece {
    const char *text; /* UTF-8, normalised; '\n' breaks the line */
    int len;
    int role; /* of the font set */
    bx_len size;
    int element; /* its marks belong to this */
    const char *where;
    bool is_note; /* a note mark: stays with what stands before it (LBK-13) */
};

struct bx_para_spec {
    bx_len measure; /* > 0 */
    bx_len em;      /* character pitch: the width of every Han box */
    bx_len indent;  /* of the first line */
    enum bx_align align;
    const struct bx_line_rules *rules;
    bool is_cell;     /* no stretching of gaps unless at least 8 em wide (TAB-07) */
    bool half_digits; /* hwid (figures, page numbers) */
    struct bx_colour ink;
};

/* One line. Runs are placed relative to the line: x from the measure's left edge, y from the
 * line's ideographic centre (so a baseline lies at y = centre of its face).
 *
 * Holds  on a justified line, x of the first run + all advances = measure, exactly. */
struct bx_line {
    struct bx_run *runs;
    int run_count;
    bx_len left,
        right; /* of the ink box: where the first and the last atom's boxes start and end */
    bx_len natural;   /* width before justification */
    bx_len gap_extra; /* most stretch put into one step-3 gap; 0 on tight lines */
    bool is_loose, is_overfull, is_emergency, is_rescued;
    bool is_justified;
    int han_count;         /* characters other than marks: 1 = 孤字 */
    int text_at, text_len; /* bytes in the joined text of the pieces */
};

struct bx_para {
    struct bx_line *lines;
    int line_count;
    const char *text; /* all pieces joined */
    bx_len width;     /* right edge of the widest line */
};

struct bx_kept;

struct bx_para_context {
    struct bx_arena *arena; /* results live here */
    struct bx_fontset *fonts;
    struct bx_findings *findings;
    struct bx_kept *kept; /* plan/kept.h, or NULL */
    int told_count; /* characters there was something to tell of, each time they were met */
    struct bx_arena
        scratch; /* of a paragraph while it is built; whoever made the context frees it */
};

/* Breaks pieces into lines.
 *
 * Gives   *out in the context's arena.
 * Notes   GLYPH-FALLBACK for a character not in the role's face, once each.
 *         Loose, overfull, emergency and rescued lines are flags of the line; page/ reports them.
 * Notes   MISSING (error, stage FONT) for a character that no face holds; the line is set without
 *         it and the report is not printed, so that all of them are told.
 * Fails   BX_E_FONT when a role of a piece does not exist. */
bool bx_para_build(struct bx_para *out,
                   struct bx_para_context *context,
                   const struct bx_piece *pieces,
                   int piece_count,
                   const struct bx_para_spec *spec,
                   struct bx_err *err);

/* The narrowest and the widest a text can be set: its widest unbreakable unit, and one line. */
bool bx_para_widths(bx_len *least,
                    bx_len *most,
                    struct bx_para_context *context,
                    const struct bx_piece *pieces,
                    int piece_count,
                    const struct bx_para_spec *spec,
                    struct bx_err *err);

#endif

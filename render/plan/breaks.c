/* A break is forbidden inside words, numbers and units, before what may not start a line and
 * after what may not end one; everything else is free. Rules by class: LBK-01..15 of CLREQ and
 * GB/T 15834-2011 clause 5; UAX #14 is left only where Latin words meet spaces. */
#include "plan/breaks.h"

#include <string.h>

#include "base/utf8.h"

enum {
    URL_PENALTY =
        200 /* of a break inside a URL: rather than a loose line, not for its colour */
};

static uint32_t code_point(const struct bx_atom *atom, const char *text)
{
    int at = atom->text_at;
    return bx_utf8_next(text, &at);
}

static bool is_space(const struct bx_atom *atom)
{
    return atom->class == BX_CLASS_SPACE;
}

static bool
may_meet(const struct bx_atom *a, const struct bx_atom *b, enum bx_break_level level)
{
    return bx_class_may_end(a->class, level) && bx_class_may_start(b->class, level);
}

/* LBK-04: 3～5 stays whole when both numbers and the connector take at most nine characters. */
static bool is_short_range(const struct bx_atoms *atoms, int connector)
{
    enum {
        RANGE_MAX = 9
    }; /* characters; source: LBK-04 */
    int first = connector, last = connector;
    while (first > 0 && atoms->items[first - 1].class == BX_CLASS_DIGIT)
        first--;
    while (last + 1 < atoms->count && atoms->items[last + 1].class == BX_CLASS_DIGIT)
        last++;
    return first < connector && last > connector && last - first + 1 <= RANGE_MAX;
}

static bool is_rescued_mark(const struct bx_atom *atom, enum bx_break_level level)
{
    return !bx_class_may_start(atom->class, level) && bx_class_has_right_blank(atom->class);
}

/* Inside a run of three marks or more that may not start a line: the rescue of LBK-16. Only as
 * much of the run is looked at as tells: a text may be one run from end to end. */
static bool is_in_mark_run(const struct bx_atoms *atoms, int i, enum bx_break_level level)
{
    const struct bx_atom *items = atoms->items;
    if (!is_rescued_mark(&items[i - 1], level) || !is_rescued_mark(&items[i], level))
        return false;
    return (i > 1 && is_rescued_mark(&items[i - 2], level)) ||
           (i + 1 < atoms->count && is_rescued_mark(&items[i + 1], level));
}

/* LBK-18: a figure and its unit of time or text part. The characters are a list of the rule. */
static bool is_figure_unit(const struct bx_atom *a, const struct bx_atom *b, const char *text)
{
    static const uint32_t units[] = {0x5E74, 0x6708, 0x65E5, 0x53F7,
                                     0x6761, 0x6B3E, 0x9879, 0x4EF6};
    if (a->class != BX_CLASS_DIGIT || b->class != BX_CLASS_HAN)
        return false;
    uint32_t cp = code_point(b, text);
    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
        if (units[i] == cp)
            return true;
    return false;
}

/* The atom before i that is no space, or -1. */
static int before_spaces(const struct bx_atoms *atoms, int i)
{
    int k = i - 1;
    while (k >= 0 && is_space(&atoms->items[k]))
        k--;
    return k;
}

static int rule_penalty(const struct bx_atoms *atoms,
                        int i,
                        const char *text,
                        const struct bx_line_rules *rules,
                        enum bx_break_level level)
{
    const struct bx_atom *a = &atoms->items[i - 1], *b = &atoms->items[i];
    if (is_space(b) || a->behind == BX_BEHIND_JOINER || a->class == BX_CLASS_GLUE ||
        b->class == BX_CLASS_GLUE)
        return BX_BREAK_FORBIDDEN;
    if (a->behind == BX_BEHIND_BREAK)
        return 0;
    if (is_space(a)) {
        int k = before_spaces(atoms, i);
        bool is_free =
            k < 0 ? bx_class_may_start(b->class, level) : may_meet(&atoms->items[k], b, level);
        return is_free ? 0 : BX_BREAK_FORBIDDEN;
    }
    if (bx_atoms_are_solid(atoms, i - 1))
        return a->is_url_joint ? URL_PENALTY : BX_BREAK_FORBIDDEN;
    if (rules->keep_range && a->class == BX_CLASS_CONNECTOR && is_short_range(atoms, i - 1))
        return BX_BREAK_FORBIDDEN;
    if (!may_meet(a, b, level))
        return is_in_mark_run(atoms, i, level) ? rules->rescue_penalty : BX_BREAK_FORBIDDEN;
    return is_figure_unit(a, b, text) ? rules->split_date_penalty : 0;
}

/* LBK-12: behind which characters a word longer than the measure may be parted. */
static bool is_url_joint(uint32_t cp)
{
    return cp > 0 && cp < 0x80 && strchr("/?&=._-", (int)cp) != NULL;
}

/* What a place costs that the rules forbid: a URL's own joints first, then edges of marks, then
 * anywhere between clusters. */
static int
resort_penalty(const struct bx_atoms *atoms, int i, const char *text, enum bx_break_level level)
{
    const struct bx_atom *a = &atoms->items[i - 1], *b = &atoms->items[i];
    if (is_space(b))
        return BX_BREAK_FORBIDDEN;
    bool is_joint = is_url_joint(code_point(a, text)) && !is_url_joint(code_point(b, text));
    if (is_joint && bx_atoms_are_solid(atoms, i - 1) && bx_class_may_start(b->class, level))
        return BX_BREAK_RESORT;
    int before = before_spaces(atoms, i);
    if (before < 0 || may_meet(&atoms->items[before], b, level))
        return BX_BREAK_EMERGENCY;
    return bx_atoms_are_solid(atoms, i - 1) ? BX_BREAK_EMERGENCY + BX_BREAK_RESORT
                                            : 2 * BX_BREAK_RESORT;
}

void bx_breaks_find(int *penalties,
                    const struct bx_atoms *atoms,
                    const char *text,
                    const struct bx_line_rules *rules,
                    enum bx_break_level level,
                    enum bx_break_pass pass)
{
    penalties[0] = BX_BREAK_FORBIDDEN;
    for (int i = 1; i < atoms->count; i++) {
        penalties[i] = rule_penalty(atoms, i, text, rules, level);
        if (penalties[i] == BX_BREAK_FORBIDDEN && pass == BX_PASS_RESORT)
            penalties[i] = resort_penalty(atoms, i, text, level);
    }
    penalties[atoms->count] = 0;
}

bool bx_breaks_is_rescue(const struct bx_atoms *atoms, int i, enum bx_break_level level)
{
    if (i <= 0 || i >= atoms->count)
        return false;
    int before = before_spaces(atoms, i);
    return before >= 0 && !bx_atoms_are_solid(atoms, i - 1) &&
           !may_meet(&atoms->items[before], &atoms->items[i], level);
}

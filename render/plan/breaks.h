/* Where a line may end: the penalty of each place between two atoms. */
#ifndef BX_BREAKS_H
#define BX_BREAKS_H

#include "plan/atom.h"

enum {
    BX_BREAK_FORBIDDEN = 1 << 20,
    BX_BREAK_RESORT = 1 << 16,                /* from here on: only where nothing else fits */
    BX_BREAK_EMERGENCY = 3 * BX_BREAK_RESORT, /* and from here on inside a word or number */
};

/* How far the rules may be bent. */
enum bx_break_pass {
    BX_PASS_RULES,
    BX_PASS_RESORT, /* long words and URLs anywhere, marks at line edges: at RESORT and more */
};

/* Fills penalties[0 .. atoms->count]: penalties[i] is for a break before atom i. The first is
 * forbidden, the last 0. */
void bx_breaks_find(int *penalties,
                    const struct bx_atoms *atoms,
                    const char *text,
                    const struct bx_line_rules *rules,
                    enum bx_break_level level,
                    enum bx_break_pass pass);

/* Whether a break before atom i goes against kinsoku (a rescue, LBK-16). */
bool bx_breaks_is_rescue(const struct bx_atoms *atoms, int i, enum bx_break_level level);

#endif

/* What was found about a report: notes, warnings and errors, all of them, in order.
 *
 * A finding never ends a stage by itself; the caller decides by bx_findings_worst().
 * Codes are the fixed list of docs/findings.md. Texts are complete sentences without a full
 * stop, in Chinese and in English. */
#ifndef BX_FINDINGS_H
#define BX_FINDINGS_H

#include "base/arena.h"

enum bx_level {
    BX_LEVEL_NOTE,
    BX_LEVEL_WARNING,
    BX_LEVEL_ERROR,
};

struct bx_finding {
    enum bx_level level;
    const char *code;  /* "C4", "PUN", "SCHEMA": static */
    const char *file;  /* as the user gave it, or "" */
    const char *where; /* JSON Pointer, or "line 3 column 7", or "" */
    int page;          /* from 1, or 0 where no page is known */
    int stage;         /* the exit status an error of this kind leads to: enum bx_code */
    const char *zh, *en;
};

struct bx_findings {
    struct bx_arena arena;
    struct bx_finding *items;
    int count;
    int capacity;
    const char *file; /* put into every finding that is added; borrowed */
};

/* Adds a finding; where, zh and en are copied. */
void bx_findings_add(struct bx_findings *list, const struct bx_finding *finding);

/* A printf into the list's arena, for the texts of findings. */
const char *bx_findings_text(struct bx_findings *list, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The worst level in the list, BX_LEVEL_NOTE when it is empty. */
enum bx_level bx_findings_worst(const struct bx_findings *list);

/* A zeroed list is empty. */
void bx_findings_fini(struct bx_findings *list);

#endif

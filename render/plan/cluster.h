/* Clusters: what is never taken apart: a base with its marks, selectors and joiners. */
#ifndef BX_CLUSTER_H
#define BX_CLUSTER_H

#include "base/arena.h"
#include "plan/class.h"

enum {
    BX_CLUSTER_MAX = 8
}; /* code points looked at; a longer cluster keeps the rest unseen */

/* What stands behind a cluster without being seen. */
enum bx_behind {
    BX_BEHIND_NOTHING,
    BX_BEHIND_BREAK,  /* a zero-width space: a line may end there */
    BX_BEHIND_JOINER, /* a word joiner: it may not */
};

/* One cluster, or a —— or …… as one. Its bytes hold the invisible characters behind it, and
 * those before the first cluster of a text. */
struct bx_cluster {
    int at, len; /* bytes in the text */
    enum bx_class class;
    uint32_t code_points[BX_CLUSTER_MAX];
    int code_point_count;
    enum bx_behind behind;
    bool is_pair;      /* two dashes, two ellipses: one unit of two em */
    bool is_half_mark; /* one of two ！？ that share one em (PUN-14) */
    bool is_url_joint; /* a solidus inside a URL: a line may end after it (LBK-05) */
};

/* Cuts text[at .. at+len) into clusters and gives each its class, with the neighbours' say:
 * quotation marks between Latin words, a single dash, a solidus or hyphen inside a Latin word, a
 * minus sign, the marks of a URL.
 *
 * Gives   the number; *out in the arena. */
int bx_clusters_build(
    struct bx_cluster **out, struct bx_arena *arena, const char *text, int at, int len);

#endif

/* Paragraphs of table cells, kept from one report to the next.
 *
 * The labels of the forms are the same in every report, and so are most figures. An engine that sets
 * a second report keeps what it set, and gives copies: a plan never points in here. */
#ifndef BX_KEPT_H
#define BX_KEPT_H

#include "plan/para.h"

struct bx_kept;

/* Gives   what the caller frees with bx_kept_free(), before the font set. It belongs to one thread. */
struct bx_kept *bx_kept_new(void);
void bx_kept_free(struct bx_kept *kept);

/* Paragraphs that were built for it since it was new or last emptied. */
int bx_kept_count(const struct bx_kept *kept);

/* bx_para_build(), or a copy of what it gave for the same texts in the same setting.
 *
 * Needs   one font set for all calls. Where context->kept is NULL nothing is kept.
 * Notes   as bx_para_build(): a paragraph of which anything was told is not kept. */
bool bx_kept_build(struct bx_para *out,
                   struct bx_para_context *context,
                   const struct bx_piece *pieces,
                   int piece_count,
                   const struct bx_para_spec *spec,
                   struct bx_err *err);

#endif

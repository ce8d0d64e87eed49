/* What the dumps of all stages write alike. */
#ifndef BX_DUMP_TEXT_H
#define BX_DUMP_TEXT_H

#include "base/buf.h"
#include "model/model.h"
#include "plan/mark.h"

/* A text on one line: backslash and control characters escaped. */
void bx_dump_escape(struct bx_buf *out, const char *text);

/* A space and the text; a lone "-" for NULL. */
void bx_dump_string(struct bx_buf *out, const char *text);

/* An indented line "NAME TEXT"; nothing for NULL. */
void bx_dump_field(struct bx_buf *out, int depth, const char *name, const char *text);

/* " e12" or " layout". */
void bx_dump_element(struct bx_buf *out, int element);

/* " X Y W H". */
void bx_dump_rect(struct bx_buf *out, struct bx_rect rect);

/* " 0" or " 776,851,945". */
void bx_dump_colour(struct bx_buf *out, struct bx_colour colour);

/* " a span | role: another" of a text. */
void bx_dump_spans(struct bx_buf *out, const struct bx_text *text);

/* A whole line: see dump.c. */
void bx_dump_run(struct bx_buf *out, const struct bx_run *run, int depth);

const char *bx_dump_align(enum bx_align align);

#endif

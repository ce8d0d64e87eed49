/* A drawing: marks that stand together, in the place of an image. */
#ifndef BX_DRAWING_H
#define BX_DRAWING_H

#include "base/arena.h"
#include "plan/mark.h"
#include "plan/para.h"

enum bx_drawn_kind {
    BX_DRAWN_FILL,
    BX_DRAWN_PATH,
    BX_DRAWN_RUN,
};

struct bx_drawn {
    enum bx_drawn_kind kind;
    int element;             /* or BX_ARTIFACT_... */
    struct bx_rect rect;     /* FILL; PATH: its box */
    struct bx_colour colour; /* FILL, RUN */
    struct bx_path path;
    struct bx_run run;
};

/* Shape  items in drawing order; places count from the drawing's top left corner. */
struct bx_drawing {
    struct bx_arena *arena; /* borrowed: of the plan */
    struct bx_drawn *items;
    int count, capacity;
};

/* The box of all points: a curve never leaves that of its control points.
 *
 * Needs   count > 0, the first a MOVE. */
struct bx_rect bx_steps_box(const struct bx_step *steps, int count);

void bx_drawing_add_fill(struct bx_drawing *drawing,
                         struct bx_rect rect,
                         struct bx_colour colour,
                         int element);

/* Adds a path given in the drawing's places; its box is found here. The arrays are copied. */
void bx_drawing_add_path(struct bx_drawing *drawing, const struct bx_path *path, int element);

/* Adds a line's runs with its left edge at x and its ideographic centre at y. */
void bx_drawing_add_line(struct bx_drawing *drawing,
                         const struct bx_line *line,
                         bx_len x,
                         bx_len y);

#endif

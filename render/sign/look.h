/* What is seen of a signature: a seal in its field, letting through what lies under it. */
#ifndef BX_SIGN_LOOK_H
#define BX_SIGN_LOOK_H

#include "base/err.h"
#include "sign/field.h"
#include "sign/seal.h"

/* 1/1000 pt, from the page's origin, y up. */
struct bx_look_box {
    int64_t left, bottom, right, top;
};

/* What a field looks like, and where.
 *
 * Holds  form is 0 until bx_look_write(). */
struct bx_look {
    const struct bx_sign_seal *seal;
    struct bx_look_box box;
    bool is_moved; /* the field's own rectangle was too small */
    int page;      /* of a new field: number of its object */
    int form;      /* object of the appearance */
};

/* Finds a place for a seal in its real size: the field's own rectangle where that is large enough, else the
 * seal's square about its middle; for a new field the place that the seal names.
 *
 * Fails   BX_E_SIGN: there is none, or it may not be made; the file's colours are those of a press. */
bool bx_look_place(struct bx_look *out,
                   const struct bx_field_list *list,
                   const struct bx_field *field,
                   const struct bx_sign_seal *seal,
                   struct bx_err *err);

/* Writes the appearance and its image. */
void bx_look_write(struct bx_look *look, struct bx_revision *revision);

/* "[1 2 3 4]". In the arena. */
const char *bx_look_rect(const struct bx_look *look, struct bx_arena *arena);

/* Is what is seen of a field a seal as it is written here, in a rectangle of its size, and so light that
 * whatever lies under it stays legible? */
bool bx_look_is_seal(struct bx_source *source, const struct bx_value *field);

/* Do two rectangles share more than an edge? */
bool bx_look_do_meet(const struct bx_look_box *a, const struct bx_look_box *b);

/* A rectangle in its order. false when it is none. */
bool bx_look_read_box(struct bx_look_box *out,
                      struct bx_source *source,
                      const struct bx_value *dict,
                      const char *key);

#endif

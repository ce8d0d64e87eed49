/* Each step is used up before the next is touched (JUS-02, JUS-03). Inside a step everyone gives
 * or takes in proportion to its capacity; shares are rounded cumulatively, so that they add up to
 * the need exactly and gaps of one kind differ by one unit at most (JUS-06). */
#include "plan/justify.h"

struct shares {
    int64_t need, cap; /* of one step */
    int64_t seen;      /* capacity handed out so far */
    int64_t given;
};

/* The share of one gap with capacity `own`. */
static bx_len next_share(struct shares *s, int64_t own)
{
    if (s->cap == 0)
        return 0;
    s->seen += own;
    int64_t upto = (s->need * s->seen * 2 + s->cap) / (2 * s->cap);
    bx_len share = (bx_len)(upto - s->given);
    s->given = upto;
    return share;
}

struct plan_of_line {
    struct shares shrink[BX_SHRINK_STEPS + 1];
    struct shares stretch[BX_STRETCH_STEPS + 1];
};

/* Splits what a line has too much or too little over the steps. */
static void split_need(struct plan_of_line *plan,
                       const struct bx_span_measure *m,
                       bx_len excess,
                       bx_len missing)
{
    for (int s = 1; s <= BX_SHRINK_STEPS; s++) {
        int64_t take = excess < m->shrink[s] ? excess : m->shrink[s];
        plan->shrink[s] = (struct shares){.need = take, .cap = m->shrink[s]};
        excess -= (bx_len)take;
    }
    for (int s = 1; s <= 2; s++) {
        int64_t take = missing < m->stretch[s] ? missing : m->stretch[s];
        plan->stretch[s] = (struct shares){.need = take, .cap = m->stretch[s]};
        missing -= (bx_len)take;
    }
    if (m->gaps > 0)
        plan->stretch[3] = (struct shares){.need = missing, .cap = m->gaps};
}

static bx_len set_gap(struct plan_of_line *plan, const struct bx_glue *glue, bx_len *gap_extra)
{
    bx_len gap = glue->natural;
    if (glue->shrink_step > 0)
        gap -= next_share(&plan->shrink[glue->shrink_step], glue->shrink);
    if (glue->stretch_step == 1 || glue->stretch_step == 2)
        gap += next_share(&plan->stretch[glue->stretch_step], glue->stretch);
    if (glue->stretch_step == 3) {
        bx_len extra = next_share(&plan->stretch[3], 1);
        *gap_extra = extra > *gap_extra ? extra : *gap_extra;
        gap += extra;
    }
    return gap;
}

static bool fills_measure(const struct bx_breaker *b, bool is_last)
{
    if (b->align == BX_ALIGN_DISTRIBUTE)
        return true;
    return b->align == BX_ALIGN_JUSTIFY && !b->is_ragged && !is_last;
}

/* Where a line that is not filled starts. What its last mark keeps of its blank does not count
 * for the balance of a centred or right-aligned line. */
static bx_len align_offset(enum bx_align align, bx_len spare)
{
    if (align == BX_ALIGN_CENTER)
        return spare / 2;
    return align == BX_ALIGN_RIGHT ? spare : 0;
}

void bx_line_justify(struct bx_set_line *out,
                     struct bx_arena *arena,
                     const struct bx_breaker *b,
                     const struct bx_span_measure *m,
                     bx_len left,
                     bx_len room,
                     bool is_last)
{
    bx_len excess = m->natural > room ? m->natural - room : 0;
    bx_len missing = m->natural < room ? room - m->natural : 0;
    bool is_filled = fills_measure(b, is_last);
    bx_len soft = m->stretch[1] + m->stretch[2];
    bx_len loose_gap = bx_len_part(b->em, b->rules->loose_gap);
    bool is_rigid = is_filled && missing > soft && m->gaps == 0;
    bool is_loose = b->align != BX_ALIGN_DISTRIBUTE &&
                    (is_rigid || (is_filled && missing - soft > (int64_t)loose_gap * m->gaps));
    if (is_rigid || (is_loose && b->rules->loose_left))
        is_filled = false; /* flush left, and told (JUS-05) */

    *out = (struct bx_set_line){.is_justified = is_filled};
    struct plan_of_line plan = {0};
    split_need(&plan, m, excess, is_filled ? missing : 0);
    if (!is_filled)
        left += align_offset(b->align, missing + m->tail - (bx_len)plan.shrink[1].need);

    int count = m->last - m->first + 1;
    out->at = BX_NEW_ARRAY(arena, bx_len, (size_t)count);
    bx_len x = left + m->head;
    for (int i = 0; i < count; i++) {
        out->at[i] = x;
        x += b->atoms->items[m->first + i].box;
        if (i + 1 == count)
            break;
        struct bx_glue glue = bx_glue_between(b->atoms, m->first + i, b->rules);
        x += set_gap(&plan, &glue, &out->gap_extra);
    }
    out->right = x - b->atoms->items[m->last].kern - m->hung;
    out->is_loose = is_loose;
    out->is_overfull = out->right > left + room;
}

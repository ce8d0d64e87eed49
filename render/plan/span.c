/* Every length of a line is a difference of two sums, so a line is measured in the same time however
 * long it is. What hangs, and what its edges leave out, is looked at by itself. */
#include "plan/span.h"

struct bx_sum *bx_sums_build(struct bx_arena *arena,
                             const struct bx_atoms *atoms,
                             const struct bx_line_rules *rules)
{
    struct bx_sum *sums = BX_NEW_ARRAY(arena, struct bx_sum, (size_t)atoms->count + 1);
    for (int i = 0; i < atoms->count; i++) {
        const struct bx_atom *atom = &atoms->items[i];
        bool is_char = atom->class == BX_CLASS_HAN || atom->class == BX_CLASS_SYMBOL ||
                       atom->class == BX_CLASS_ITERATION || bx_class_is_word(atom->class);
        struct bx_glue glue = {0};
        if (i + 1 < atoms->count)
            glue = bx_glue_between(atoms, i, rules);
        struct bx_sum *next = &sums[i + 1];
        *next = sums[i];
        next->chars += is_char;
        next->at += atom->box + glue.natural;
        next->tight += atom->box + glue.natural;
        if (glue.shrink_step >= 2) {
            next->shrink[glue.shrink_step] += glue.shrink;
            next->tight -= glue.shrink;
        }
        if (glue.stretch_step == 1 || glue.stretch_step == 2)
            next->stretch[glue.stretch_step] += glue.stretch;
        next->gaps += glue.stretch_step == 3;
    }
    return sums;
}

/* A line that long is never set; the sums over its parts must not overflow either. */
static bx_len clamp_len(int64_t len)
{
    enum {
        MOST = INT32_MAX / 16
    };
    len = len < MOST ? len : MOST;
    return (bx_len)len;
}

static bool is_edge_space(const struct bx_atom *atom)
{
    return atom->class == BX_CLASS_SPACE;
}

/* PUN-15: one point mark, never behind another mark, where the style has it. */
static bool can_hang(const struct bx_breaker *b, int first, int last)
{
    const struct bx_atom *items = b->atoms->items;
    enum bx_class c = items[last].class;
    bool is_point = c == BX_CLASS_COMMA || c == BX_CLASS_COLON || c == BX_CLASS_STOP ||
                    c == BX_CLASS_EXCLAIM;
    return b->rules->hang && is_point && last > first &&
           !bx_class_has_right_blank(items[last - 1].class);
}

/* The last mark of a line that cannot be squeezed into its room stands outside of it. */
static void hang_last(struct bx_span_measure *m, const struct bx_atom *last, bx_len room)
{
    bx_len least = m->natural;
    for (int s = 1; s <= BX_SHRINK_STEPS; s++)
        least -= m->shrink[s];
    if (least <= room)
        return;
    m->hung = last->box;
    m->natural -= m->tail + last->box;
    m->tail = 0;
    m->shrink[1] = 0;
}

bx_len bx_line_room(const struct bx_breaker *b, int start)
{
    return b->measure - (start == 0 ? b->first_indent : 0);
}

/* Finds the atoms of a line between its spaces, and the blanks at its edges. */
static void
measure_edges(struct bx_span_measure *out, const struct bx_breaker *b, int start, int end)
{
    const struct bx_atom *items = b->atoms->items;
    int first = start, last = end - 1;
    while (first < last && is_edge_space(&items[first]))
        first++;
    while (last > first &&
           (is_edge_space(&items[last]) || items[last].class == BX_CLASS_IDEO_SPACE))
        last--;
    bool keeps_head = start == 0 && b->first_indent > 0 && !b->rules->trim_indent;
    out->first = first;
    out->last = last;
    out->head = keeps_head ? items[first].blank_left : 0;
    out->tail = bx_glue_tail(&items[last], b->rules);
    out->hung = 0;
}

/* Between its edges, but for what it can be squeezed. */
static void measure_width(struct bx_span_measure *out, const struct bx_breaker *b)
{
    const struct bx_sum *from = &b->sums[out->first], *to = &b->sums[out->last];
    const struct bx_atom *last = &b->atoms->items[out->last];
    out->natural =
        clamp_len(to->at - from->at + last->box - last->kern + out->tail + out->head);
    for (int s = 1; s <= 2; s++)
        out->stretch[s] = clamp_len(to->stretch[s] - from->stretch[s]);
    out->gaps = to->gaps - from->gaps;
    out->chars = to[1].chars - from->chars;
}

static void measure_shrink(struct bx_span_measure *out, const struct bx_breaker *b, int start)
{
    const struct bx_sum *from = &b->sums[out->first], *to = &b->sums[out->last];
    out->shrink[1] = out->tail;
    for (int s = 2; s <= BX_SHRINK_STEPS; s++)
        out->shrink[s] = clamp_len(to->shrink[s] - from->shrink[s]);
    if (can_hang(b, out->first, out->last))
        hang_last(out, &b->atoms->items[out->last], bx_line_room(b, start));
}

void bx_span_measure(struct bx_span_measure *out,
                     const struct bx_breaker *b,
                     int start,
                     int end)
{
    measure_edges(out, b, start, end);
    measure_width(out, b);
    measure_shrink(out, b, start);
}

void bx_span_measure_needed(struct bx_span_measure *out,
                            const struct bx_breaker *b,
                            int start,
                            int end)
{
    measure_edges(out, b, start, end);
    measure_width(out, b);
    if (out->natural > bx_line_room(b, start)) /* else nothing is squeezed, and nothing hangs */
        measure_shrink(out, b, start);
}

bool bx_span_fits(const struct bx_breaker *b, int start, int end)
{
    struct bx_span_measure m;
    measure_edges(&m, b, start, end);
    const struct bx_atom *last = &b->atoms->items[m.last];
    int64_t least =
        b->sums[m.last].tight - b->sums[m.first].tight + last->box - last->kern + m.head;
    if (can_hang(b, m.first, m.last))
        least -= last->box;
    return least <= bx_line_room(b, start);
}

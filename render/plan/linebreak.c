/* Dynamic programming over legal breaks, in the manner of Knuth and Plass with the weights of
 * Chinese setting: squeezing is dearer than it is visible only when much of the blank is used,
 * stretching beyond the word spaces is dear at once, and neighbouring lines of unlike colour
 * cost a little. Each break keeps its best predecessor for three colours of the line that ends
 * there. Only starts from which the line can be squeezed into the measure are tried, so the work
 * is linear in the text; and of those only the ones that could still be the best: from the first
 * line on that is stretched, a later start makes it emptier and so dearer, until no start to come
 * is cheap enough for it.
 *
 * All costs are integers: the same breaks on every machine. */
#include "plan/linebreak.h"

#include <stdlib.h>

enum {
    COLOURS = 3, /* tight, even, loose */
    ONE = 1024,  /* of a ratio */
    BADNESS_MAX = 1000000,
    BADNESS_SCALE = 16, /* badness counts in sixteenths */
    /* Weights held against the prose of the example reports, 6,600 lines of 16 to 40 em: no line
     * is looser than an eighth of an em per gap and none ends in an orphan, nor with the squeeze
     * or loose weight halved or doubled or the stretch weight halved (tests/plan/test_prose.c). */
    SQUEEZE_WEIGHT = 60,
    STRETCH_WEIGHT = 50,
    LOOSE_WEIGHT = 100,
    RAGGED_WEIGHT = 40,
    RAGGED_LINE = 400,    /* each further line of a ragged text */
    LAST_STEP_COST = 100, /* for blanks of full stops, squeezed last */
    COLOUR_COST = 120,
    LOOSEST = 10240, /* ten times the loose gap in every gap: beyond is all alike */
};

static const int64_t NO_WAY = INT64_MAX / 4; /* more than 100,000 lines of the worst cost */

struct node {
    int64_t cost[COLOURS];
    int64_t best; /* the least of them, once all lines that end here are tried */
    int from[COLOURS];
    signed char from_colour[COLOURS];
};

/* The search while it goes forward through the ends.
 *
 * Shape  low[low_first .. low_end) are places that lines can start from, ascending in place and in
 *        cost: each is the cheapest of all from it to the end that is being tried.
 * Holds  no line from before widest_start can be squeezed into the measure any more. */
struct search {
    const struct bx_breaker *b;
    struct node *nodes;
    int *low;
    int low_first, low_end;
    int widest_start;
    bool is_overfull;
};

static int64_t cubed(int64_t ratio, int weight)
{
    return ratio * ratio / ONE * ratio / ONE * weight * BADNESS_SCALE / ONE;
}

/* The badness of a line that has `need` to squeeze in, and its colour. Below 0: it cannot be. */
static int64_t squeeze_badness(const struct bx_span_measure *m, bx_len need, int *colour)
{
    int64_t cap = 0;
    for (int s = 1; s <= BX_SHRINK_STEPS; s++)
        cap += m->shrink[s];
    if (need > cap)
        return cap - need;
    int64_t ratio = (int64_t)need * ONE / cap;
    *colour = ratio * 2 > ONE ? 0 : 1;
    int64_t badness = cubed(ratio, SQUEEZE_WEIGHT);
    if (need > cap - m->shrink[BX_SHRINK_STEPS])
        badness += LAST_STEP_COST * BADNESS_SCALE;
    return badness;
}

static int64_t stretch_badness(const struct bx_breaker *b,
                               const struct bx_span_measure *m,
                               bx_len need,
                               int *colour)
{
    int64_t soft = (int64_t)m->stretch[1] + m->stretch[2];
    if (need <= soft) {
        *colour = 1;
        return need == 0 ? 0 : cubed((int64_t)need * ONE / soft, STRETCH_WEIGHT);
    }
    int64_t loose = (int64_t)b->em * b->rules->loose_gap / 1000 * m->gaps;
    int64_t over = (need - soft) * ONE;
    int64_t per_gap = over < LOOSEST * loose ? over / loose : LOOSEST;
    *colour = per_gap * 4 > ONE ? 2 : 1;
    return cubed(ONE + 4 * per_gap, LOOSE_WEIGHT);
}

/* Ragged lines: few, and none much shorter than another; the last is free on the left. */
static int64_t ragged_badness(const struct bx_breaker *b, bx_len need, bool is_last)
{
    int64_t short_by = (int64_t)need * ONE / b->measure;
    int weight = !is_last ? RAGGED_WEIGHT : b->align == BX_ALIGN_CENTER ? RAGGED_WEIGHT / 2 : 0;
    return short_by * short_by * weight * BADNESS_SCALE / ONE / ONE +
           RAGGED_LINE * BADNESS_SCALE;
}

static int64_t line_badness(const struct bx_breaker *b,
                            const struct bx_span_measure *m,
                            int start,
                            int end,
                            int *colour)
{
    bx_len room = bx_line_room(b, start);
    bool is_last = end == b->atoms->count;
    int64_t badness;
    *colour = 1;
    if (m->natural > room)
        badness = squeeze_badness(m, m->natural - room, colour);
    else if (b->is_ragged)
        badness = ragged_badness(b, room - m->natural, is_last);
    else if (is_last)
        badness = 0;
    else
        badness = stretch_badness(b, m, room - m->natural, colour);
    if (badness < 0)
        return badness;
    if (b->is_ragged && m->natural > room) /* a squeezed line is a line too */
        badness += RAGGED_LINE * BADNESS_SCALE;
    if (is_last && start > 0 && m->chars <= 1)
        badness += (int64_t)b->rules->orphan_penalty * BADNESS_SCALE;
    int64_t bound = (int64_t)BADNESS_MAX * BADNESS_SCALE;
    return badness < bound ? badness : bound;
}

/* Resort penalties lie above all badness: they only choose among themselves. */
static int64_t demerits(int64_t badness, int penalty)
{
    bool is_resort = penalty >= BX_BREAK_RESORT;
    int64_t sum = BADNESS_SCALE + badness, resort = (int64_t)penalty << 25;
    if (!is_resort)
        sum += (int64_t)penalty * BADNESS_SCALE;
    int64_t square = sum * sum / BADNESS_SCALE / BADNESS_SCALE;
    return is_resort ? square + resort : square;
}

int64_t bx_line_cost(const struct bx_breaker *b, int start, int end, int *colour)
{
    struct bx_span_measure m;
    bx_span_measure(&m, b, start, end);
    int64_t badness = line_badness(b, &m, start, end, colour);
    return badness < 0 ? badness : demerits(badness, b->penalties[end]);
}

int64_t bx_colour_cost(int before, int colour)
{
    bool are_far = abs(before - colour) == COLOURS - 1;
    return are_far ? (int64_t)COLOUR_COST * COLOUR_COST : 0;
}

/* Offers node `end` a line from `start` that costs `own`. */
static void try_line(struct node *nodes, int start, int end, int64_t own, int colour)
{
    for (int c = COLOURS - 1; c >= 0; c--) { /* of equal ways, the one that fills early lines */
        int64_t cost = nodes[start].cost[c] + own; /* no less than NO_WAY where there is none */
        if (start > 0)
            cost += bx_colour_cost(c, colour);
        if (cost < nodes[end].cost[colour]) {
            nodes[end].cost[colour] = cost;
            nodes[end].from[colour] = start;
            nodes[end].from_colour[colour] = (signed char)c;
        }
    }
}

static int64_t least_cost(const struct node *node)
{
    int64_t best = node->cost[0];
    for (int c = 1; c < COLOURS; c++)
        best = node->cost[c] < best ? node->cost[c] : best;
    return best;
}

/* The dearest way to a node of those whose line is of colour `from` or looser. */
static int64_t most_cost(const struct node *node, int from)
{
    int64_t most = node->cost[from];
    for (int c = from + 1; c < COLOURS; c++)
        most = node->cost[c] > most ? node->cost[c] : most;
    return most;
}

/* Nothing fits before `end`: the shortest line that can be reached is set too wide. What it costs
 * says nothing, for every way goes through it. */
static void reach_overfull(struct search *s, int end)
{
    int start = end - 1;
    while (s->nodes[start].best >= NO_WAY)
        start--;
    try_line(s->nodes, start, end, BADNESS_MAX, 0);
    s->is_overfull = true;
}

/* Whether no start behind `start` can bring a better line to `end`, its own costing `own`. From a
 * line on that is neither squeezed nor hangs, later ones cost no less and are no tighter. */
static bool is_past_best(const struct search *s,
                         const struct bx_span_measure *m,
                         int start,
                         int end,
                         int64_t own,
                         int colour)
{
    if (m->natural + m->hung > bx_line_room(s->b, start))
        return false;
    int k = s->low_first;
    while (k < s->low_end && s->low[k] <= start)
        k++;
    return k == s->low_end ||
           s->nodes[s->low[k]].best + own >= most_cost(&s->nodes[end], colour);
}

/* Tries the lines that end before atom `end`, from the longest on. Once one is found, lines
 * but the last that would be less than half full are left out: no setting would choose them.
 * widest_start only ever moves forward, since a line that is too wide stays so when it grows. */
static void reach(struct search *s, int end)
{
    const struct bx_breaker *b = s->b;
    while (s->widest_start < end && !bx_span_fits(b, s->widest_start, end))
        s->widest_start++;
    while (s->low_first < s->low_end && s->low[s->low_first] < s->widest_start)
        s->low_first++;
    bool is_reached = false;
    for (int start = s->widest_start; start < end; start++) {
        if (s->nodes[start].best >= most_cost(&s->nodes[end], 0))
            continue;
        bool is_short = 2 * (b->sums[end].at - b->sums[start].at) < b->measure;
        if (is_reached && is_short && end < b->atoms->count)
            break;
        struct bx_span_measure m;
        int colour;
        bx_span_measure_needed(&m, b, start, end);
        int64_t badness = line_badness(b, &m, start, end, &colour);
        if (badness < 0)
            continue;
        int64_t own = demerits(badness, b->penalties[end]);
        try_line(s->nodes, start, end, own, colour);
        is_reached = true;
        if (is_past_best(s, &m, start, end, own, colour))
            break;
    }
    if (!is_reached)
        reach_overfull(s, end);
}

/* Lines may start at a place from now on. */
static void add_start(struct search *s, int place)
{
    struct node *node = &s->nodes[place];
    node->best = least_cost(node);
    while (s->low_end > s->low_first && s->nodes[s->low[s->low_end - 1]].best >= node->best)
        s->low_end--;
    s->low[s->low_end++] = place;
}

/* Whether all of it is one line that is not squeezed, which no other setting betters: two lines of
 * a ragged text cost more than the raggedness of one, and a last line that is not ragged costs
 * nothing. */
static bool is_one_line(const struct bx_breaker *b)
{
    struct bx_span_measure m;
    bx_span_measure_needed(&m, b, 0, b->atoms->count);
    return m.hung == 0 && m.natural <= bx_line_room(b, 0);
}

static int trace(int **breaks, struct bx_arena *arena, const struct node *nodes, int count)
{
    int colour = 0, lines = 0;
    for (int c = 1; c < COLOURS; c++)
        if (nodes[count].cost[c] < nodes[count].cost[colour])
            colour = c;
    for (int at = count, c = colour; at > 0; lines++) {
        int from = nodes[at].from[c];
        c = nodes[at].from_colour[c];
        at = from;
    }
    *breaks = BX_NEW_ARRAY(arena, int, (size_t)lines);
    for (int at = count, c = colour, i = lines - 1; at > 0; i--) {
        (*breaks)[i] = at;
        int from = nodes[at].from[c];
        c = nodes[at].from_colour[c];
        at = from;
    }
    return lines;
}

int bx_breaks_choose(int **breaks,
                     bool *is_overfull,
                     struct bx_arena *arena,
                     const struct bx_breaker *b)
{
    int count = b->atoms->count;
    *is_overfull = false;
    if (is_one_line(b)) {
        *breaks = BX_NEW_ARRAY(arena, int, 1);
        **breaks = count;
        return 1;
    }
    struct search s = {
        .b = b,
        .nodes = BX_NEW_ARRAY(arena, struct node, (size_t)count + 1),
        .low = BX_NEW_ARRAY(arena, int, (size_t)count + 1),
    };
    for (int i = 1; i <= count; i++) {
        s.nodes[i].best = NO_WAY;
        for (int c = 0; c < COLOURS; c++)
            s.nodes[i].cost[c] = NO_WAY;
    }
    add_start(&s, 0);
    for (int end = 1; end <= count; end++)
        if (b->penalties[end] < BX_BREAK_FORBIDDEN) {
            reach(&s, end);
            add_start(&s, end);
        }
    *is_overfull = s.is_overfull;
    return trace(breaks, arena, s.nodes, count);
}

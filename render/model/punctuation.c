/* Which half-width marks of a text become full-width.
 *
 * The rule looks at the nearest character on each side, "skipping digits and marks that are
 * converted too". All marks of one run of digits and marks thus see the same two neighbours, so
 * a run is judged once and the rule is not circular: what can never be converted (a decimal
 * point, a bracket without its partner, anything in a URL) ends a run. A run whose own neighbours
 * are not Chinese is converted too when a bracket or quotation mark of it has to be, since a
 * converted mark is a Chinese neighbour: so what comes out, put in again, stays as it is.
 *
 * Beyond the letter of report-model.md, for what web pages really hold: spaces are skipped like
 * digits; the marks inside a figure (12.5, 1,234) are part of it; a stop between two Latin
 * letters or digits (gov.cn, 附件3.pdf) stays; so does the stop of a list number behind a colon
 * or a semicolon (如下:1.主动公开). */
#include "model/punctuation.h"

#include <glib.h>

#include "model/characters.h"
#include "model/punctuation_marks.h"

static bool is_chinese_at(const struct bx_marks *work, int at)
{
    uint32_t code = bx_marks_code(work, at);
    if (bx_char_is_han(code) || bx_char_is_chinese_mark(code))
        return true;
    if (code == 0x2019 && bx_char_is_letter(bx_marks_code(work, at - 1)) &&
        bx_char_is_letter(bx_marks_code(work, at + 1)))
        return false;
    return work->chars->has_han && bx_char_is_shared_mark(code);
}

/* Whether a mark stands at the run's end on this side, with nothing but spaces behind it. */
static bool
has_mark_at_end(const struct bx_marks *work, const struct bx_mark_run *run, int step)
{
    int at = step > 0 ? run->to - 1 : run->from;
    while (run->from <= at && at < run->to && work->states[at].class == CLASS_SPACE)
        at -= step;
    return run->from <= at && at < run->to && work->states[at].class != CLASS_FIGURE;
}

static bool is_run_chinese(const struct bx_marks *work, const struct bx_mark_run *run)
{
    if (is_chinese_at(work, run->from - 1) || is_chinese_at(work, run->to))
        return true;
    for (int i = run->from; i < run->to; i++)
        if (work->states[i].is_forced)
            return true;
    if (!work->chars->has_han)
        return false;
    return (bx_marks_is_edge(bx_marks_code(work, run->from - 1)) &&
            has_mark_at_end(work, run, -1)) ||
           (bx_marks_is_edge(bx_marks_code(work, run->to)) && has_mark_at_end(work, run, 1));
}

static void find_runs(struct bx_marks *work)
{
    int count = work->chars->count;
    for (int i = 0; i < count; i++) {
        if (work->states[i].class == CLASS_PLAIN)
            continue;
        struct bx_mark_run *run = &work->runs[work->run_count];
        run->from = i;
        while (i < count && work->states[i].class != CLASS_PLAIN)
            work->states[i++].run = work->run_count;
        run->to = i;
        work->run_count++;
    }
}

/* Chooses the runs whose marks are converted: those with a Chinese neighbour, and those that
 * hold the partner of a bracket in one of them. */
static void choose_runs(struct bx_marks *work)
{
    int depth = 0;
    for (int i = 0; i < work->run_count; i++) {
        work->runs[i].is_chosen = is_run_chinese(work, &work->runs[i]);
        if (work->runs[i].is_chosen)
            work->stack[depth++] = i;
    }
    while (depth > 0) {
        const struct bx_mark_run *run = &work->runs[work->stack[--depth]];
        for (int i = run->from; i < run->to; i++) {
            int partner = work->states[i].partner;
            if (partner < 0 || work->states[partner].class != CLASS_MARK)
                continue;
            int other = work->states[partner].run;
            if (!work->runs[other].is_chosen) {
                work->runs[other].is_chosen = true;
                work->stack[depth++] = other;
            }
        }
    }
}

/* ---- the change ---- */

static void apply_mark(struct bx_marks *work, int at)
{
    enum {
        LEN_MAX = 64
    };
    uint32_t was[LEN_MAX];
    int len = 0;
    struct bx_char *items = work->chars->items;
    do {
        if (len < LEN_MAX)
            was[len] = items[at + len].code;
        items[at + len].code = work->states[at].wants;
        items[at + len].is_dropped = len >= 2;
        len++;
    } while (at + len < work->chars->count && work->states[at + len].class == CLASS_TAIL);
    work->sink->change(work->sink->data, at, was, len < LEN_MAX ? len : LEN_MAX);
}

/* Whether a figure ends before `at`, with its unit: 3, 10%, 1月, 3万元. */
static bool is_behind_figure(const struct bx_marks *work, int at)
{
    enum {
        UNIT_MAX = 3
    };
    for (int i = 0; i <= UNIT_MAX; i++, at--) {
        uint32_t code = bx_marks_code(work, at);
        if (bx_char_is_digit(code))
            return true;
        if (!bx_char_is_han(code) && code != '%' && code != 0x2030 && code != 0x2103)
            return false;
    }
    return false;
}

/* ~ between figures. */
static void apply_tilde(struct bx_marks *work, int at)
{
    if (!is_behind_figure(work, bx_marks_skip_blanks(work, at - 1, -1)) ||
        !bx_char_is_digit(bx_marks_code(work, bx_marks_skip_blanks(work, at + 1, 1))))
        return;
    uint32_t was = '~';
    work->chars->items[at].code = 0xFF5E;
    work->sink->change(work->sink->data, at, &was, 1);
}

static void apply_all(struct bx_marks *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        const struct bx_mark_state *state = &work->states[i];
        if (state->class == CLASS_MARK && state->wants && work->runs[state->run].is_chosen)
            apply_mark(work, i);
        else if (bx_marks_code(work, i) == '~' && !state->is_fixed)
            apply_tilde(work, i);
    }
}

void bx_punctuation_convert(struct bx_chars *chars,
                            bool keep,
                            const struct bx_punctuation_sink *sink)
{
    if (chars->count == 0)
        return;
    struct bx_marks work = {
        .chars = chars,
        .states = g_new0(struct bx_mark_state, (gsize)chars->count),
        .stack = g_new(int, (gsize)chars->count),
        .runs = g_new0(struct bx_mark_run, (gsize)chars->count),
        .sink = sink,
    };
    bx_marks_build(&work);
    if (!keep) {
        bx_marks_protect(&work);
        find_runs(&work);
        choose_runs(&work);
        apply_all(&work);
    }
    g_free(work.states);
    g_free(work.stack);
    g_free(work.runs);
}

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
#include <string.h>

#include "model/characters.h"

enum sort {
    SORT_PLAIN,  /* ends a run */
    SORT_FIGURE, /* digits and marks inside a number: skipped */
    SORT_SPACE,  /* skipped */
    SORT_MARK,   /* may be converted */
    SORT_TAIL,   /* the rest of a mark of several characters: ... and -- */
};

struct state {
    enum sort sort;
    int partner;    /* of a bracket or quotation mark: its index; -1 without one */
    uint32_t wants; /* MARK: what it becomes */
    int run;        /* index, of all but PLAIN */
    bool is_fixed;  /* inside a URL or an address */
    bool is_forced; /* converted whatever its neighbours */
};

struct run {
    int from, to;
    bool is_chosen;
};

struct work {
    struct bx_chars *chars;
    struct state *states;
    int *stack; /* open brackets; then runs to look at */
    struct run *runs;
    int run_count;
    const struct bx_punctuation_sink *sink;
};

/* The code at an index; 0 outside. */
static uint32_t code_at(const struct work *work, int at)
{
    return 0 <= at && at < work->chars->count ? work->chars->items[at].code : 0;
}

static bool is_alnum(uint32_t code)
{
    return bx_char_is_digit(code) || bx_char_is_letter(code);
}

static bool is_blank(uint32_t code)
{
    return bx_char_is_space(code) || code == 0x3000;
}

static bool is_edge(uint32_t code)
{
    return code == 0 || code == '\n';
}

static int skip_blanks(const struct work *work, int at, int step)
{
    while (is_blank(code_at(work, at)))
        at += step;
    return at;
}

static uint32_t full_width_of(uint32_t code)
{
    switch (code) {
    case ',':
        return 0xFF0C;
    case '.':
        return 0x3002;
    case ':':
        return 0xFF1A;
    case ';':
        return 0xFF1B;
    case '?':
        return 0xFF1F;
    case '!':
        return 0xFF01;
    case '(':
        return 0xFF08;
    case ')':
        return 0xFF09;
    case '[':
        return 0xFF3B;
    case ']':
        return 0xFF3D;
    default:
        return 0;
    }
}

static void set_sorts(struct work *work, int from, int to, enum sort sort)
{
    for (int i = from; i < to; i++)
        work->states[i].sort = sort;
}

/* A mark written with several equal characters: dots for an ellipsis, hyphens for a dash. */
static int set_repeated(struct work *work, int at)
{
    uint32_t code = code_at(work, at);
    int end = at;
    while (code_at(work, end) == code)
        end++;
    int len = end - at;
    bool is_mark = code == '.' ? len >= 3 : 2 <= len && len <= 4;
    set_sorts(work, at, end, is_mark ? SORT_TAIL : SORT_PLAIN);
    if (is_mark) {
        work->states[at].sort = SORT_MARK;
        work->states[at].wants = code == '.' ? 0x2026 : 0x2014;
    } else if (code == '.' && len == 1) {
        work->states[at].sort = SORT_MARK;
        work->states[at].wants = full_width_of(code);
    }
    return end;
}

static void set_all(struct work *work)
{
    for (int i = 0; i < work->chars->count;) {
        struct state *state = &work->states[i];
        uint32_t code = code_at(work, i);
        state->partner = -1;
        if (code == '.' || code == '-') {
            int end = set_repeated(work, i);
            for (; i < end; i++)
                work->states[i].partner = -1;
            continue;
        }
        state->wants = full_width_of(code);
        state->sort = bx_char_is_digit(code)                        ? SORT_FIGURE
                      : is_blank(code)                              ? SORT_SPACE
                      : state->wants || code == '"' || code == '\'' ? SORT_MARK
                                                                    : SORT_PLAIN;
        i++;
    }
}

/* ---- what is never converted ---- */

static void fix(struct work *work, int from, int to)
{
    for (int i = from; i < to; i++) {
        work->states[i].sort = SORT_PLAIN;
        work->states[i].is_fixed = true;
    }
}

static bool is_url_char(uint32_t code)
{
    return code > 0x20 && code < 0x7F && !strchr("\"<>\\^`{|}", (int)code);
}

static bool starts_with(const struct work *work, int at, const char *text)
{
    for (int i = 0; text[i]; i++)
        if ((code_at(work, at + i) | 0x20) != (uint32_t)text[i] &&
            code_at(work, at + i) != (uint32_t)text[i])
            return false;
    return true;
}

/* Where a URL that starts at `at` ends: before a bracket it did not open, and before the marks
 * of the sentence around it. */
static int find_url_end(const struct work *work, int at)
{
    int depth = 0, end = at;
    for (; is_url_char(code_at(work, end)); end++) {
        uint32_t code = code_at(work, end);
        depth += code == '(' ? 1 : code == ')' ? -1 : 0;
        if (depth < 0)
            break;
    }
    while (end > at && strchr(".,;:?!('", (int)code_at(work, end - 1)))
        end--;
    return end;
}

static void protect_urls(struct work *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        if (is_alnum(code_at(work, i - 1)))
            continue;
        int scheme = i;
        while (bx_char_is_letter(code_at(work, scheme)))
            scheme++;
        bool is_url =
            (scheme > i && starts_with(work, scheme, "://")) || starts_with(work, i, "www.");
        if (!is_url) {
            i = scheme > i ? scheme - 1 : i;
            continue;
        }
        int end = find_url_end(work, i);
        fix(work, i, end);
        i = end > i ? end - 1 : i;
    }
}

static bool is_address_char(uint32_t code)
{
    return is_alnum(code) || code == '.' || code == '_' || code == '-' || code == '+';
}

static void protect_addresses(struct work *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        if (code_at(work, i) != '@')
            continue;
        int start = i, end = i + 1;
        while (is_address_char(code_at(work, start - 1)))
            start--;
        while (is_address_char(code_at(work, end)))
            end++;
        while (end > i + 1 && !is_alnum(code_at(work, end - 1)))
            end--;
        if (start < i && end > i + 1)
            fix(work, start, end);
    }
}

/* Thousands: one to three digits, then groups of a comma and three digits, no digit around. */
static void protect_thousands(struct work *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        if (!bx_char_is_digit(code_at(work, i)) || bx_char_is_digit(code_at(work, i - 1)))
            continue;
        int at = i;
        while (bx_char_is_digit(code_at(work, at)))
            at++;
        if (at - i > 3)
            continue;
        int good = at;
        while (code_at(work, at) == ',' && bx_char_is_digit(code_at(work, at + 1)) &&
               bx_char_is_digit(code_at(work, at + 2)) &&
               bx_char_is_digit(code_at(work, at + 3))) {
            at += 4;
            if (!bx_char_is_digit(code_at(work, at)))
                good = at;
        }
        for (int k = i; k < good; k++)
            if (work->states[k].sort == SORT_MARK)
                work->states[k].sort = SORT_FIGURE;
    }
}

/* Whether the stop at `at` belongs to a list number or letter: 1. or A. at the start of a line;
 * inside one a number of one or two digits behind a mark that ends an item or opens a list. */
static bool is_list_stop(const struct work *work, int at)
{
    int start = at;
    while (bx_char_is_digit(code_at(work, start - 1)))
        start--;
    if (start == at && bx_char_is_letter(code_at(work, at - 1)))
        start--;
    if (start == at)
        return false;
    int before = skip_blanks(work, start - 1, -1);
    if (is_edge(code_at(work, before)))
        return true;
    uint32_t next = code_at(work, skip_blanks(work, at + 1, 1));
    bool is_behind_mark =
        code_at(work, before) < 0x80
            ? strchr(":;(", (int)code_at(work, before)) != NULL
            : code_at(work, before) == 0xFF1A || code_at(work, before) == 0xFF1B ||
                  code_at(work, before) == 0xFF08 || code_at(work, before) == 0x3002;
    return is_behind_mark && at - start <= 2 && bx_char_is_digit(code_at(work, start)) &&
           bx_char_is_han(next);
}

static void protect_stops_and_colons(struct work *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        struct state *state = &work->states[i];
        if (state->sort != SORT_MARK)
            continue;
        uint32_t code = code_at(work, i);
        uint32_t before = code_at(work, i - 1), next = code_at(work, i + 1);
        if (code == ':') {
            before = code_at(work, skip_blanks(work, i - 1, -1));
            next = code_at(work, skip_blanks(work, i + 1, 1));
            if (bx_char_is_digit(before) && bx_char_is_digit(next))
                state->sort = SORT_FIGURE;
        } else if (code == '.' && state->wants == 0x3002) {
            if (bx_char_is_digit(before) && bx_char_is_digit(next))
                state->sort = SORT_FIGURE;
            else if ((is_alnum(before) && is_alnum(next)) || is_list_stop(work, i))
                state->sort = SORT_PLAIN;
        }
    }
}

/* The bracket that closes one of those written around the year of a document number. */
static uint32_t closing_of(uint32_t open)
{
    switch (open) {
    case '(':
        return ')';
    case '[':
        return ']';
    case 0xFF08:
    case 0x3010:
        return open + 1;
    case 0xFF3B:
        return 0xFF3D;
    default:
        return 0;
    }
}

/* A year in brackets, then a number, then 号: printed as written. The brackets should be 〔〕
 * (GB/T 9704-2012 7.2.5). */
static void protect_document_numbers(struct work *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        uint32_t close = closing_of(code_at(work, i));
        if (close == 0 || code_at(work, i + 5) != close)
            continue;
        int digits = 0;
        uint32_t year[4];
        while (digits < 4 && bx_char_is_digit(code_at(work, i + 1 + digits))) {
            year[digits] = code_at(work, i + 1 + digits);
            digits++;
        }
        int at = skip_blanks(work, i + 6, 1);
        if (code_at(work, at) == 0x7B2C) /* 第, which the standard leaves out */
            at = skip_blanks(work, at + 1, 1);
        while (bx_char_is_digit(code_at(work, at)))
            at++;
        at = skip_blanks(work, at, 1);
        if (digits < 4 || code_at(work, at) != 0x53F7) /* 号 */
            continue;
        set_sorts(work, i, at, SORT_PLAIN);
        work->sink->document_number(work->sink->data, i, year);
    }
}

/* ---- pairs ---- */

static int family_of(uint32_t code)
{
    switch (code) {
    case '(':
    case ')':
    case 0xFF08:
    case 0xFF09:
        return 0;
    case '[':
    case ']':
    case 0xFF3B:
    case 0xFF3D:
        return 1;
    default:
        return -1;
    }
}

static bool is_opening(uint32_t code)
{
    return code == '(' || code == '[' || code == 0xFF08 || code == 0xFF3B;
}

static void join(struct work *work, int open, int close)
{
    work->states[open].partner = close;
    work->states[close].partner = open;
    if (code_at(work, open) > 0x7F)
        work->states[close].is_forced = true;
    if (code_at(work, close) > 0x7F)
        work->states[open].is_forced = true;
}

/* Brackets pair with the nearest open one of their kind; what stands open between them has no
 * partner. Counting the open ones of each kind keeps the search linear. */
static void pair_brackets(struct work *work)
{
    int depth = 0, open_count[2] = {0, 0};
    for (int i = 0; i < work->chars->count; i++) {
        uint32_t code = code_at(work, i);
        int family = family_of(code);
        bool is_protected = code < 0x80 && work->states[i].sort != SORT_MARK;
        if (family < 0 || is_protected)
            continue;
        if (is_opening(code)) {
            work->stack[depth++] = i;
            open_count[family]++;
            continue;
        }
        while (open_count[family] > 0) {
            int open = work->stack[--depth];
            int kind = family_of(code_at(work, open));
            open_count[kind]--;
            if (kind == family) {
                join(work, open, i);
                break;
            }
        }
    }
}

/* An apostrophe, or the sign for minutes and feet. */
static bool is_apostrophe(const struct work *work, int at, bool is_open)
{
    bool is_behind = is_alnum(code_at(work, at - 1));
    return is_behind && (!is_open || bx_char_is_letter(code_at(work, at + 1)));
}

/* Straight quotation marks open and close in turn; a typed one of the same kind counts. */
static void pair_quotes(struct work *work, uint32_t straight, uint32_t left, uint32_t right)
{
    int open = -1;
    for (int i = 0; i < work->chars->count; i++) {
        uint32_t code = code_at(work, i);
        bool is_straight = code == straight && work->states[i].sort == SORT_MARK;
        if (is_straight && straight == '\'' && is_apostrophe(work, i, open >= 0)) {
            work->states[i].sort = SORT_PLAIN;
        } else if (open < 0 && (is_straight || code == left)) {
            open = i;
            if (is_straight)
                work->states[i].wants = left;
        } else if (open >= 0 && (is_straight || code == right)) {
            if (is_straight)
                work->states[i].wants = right;
            join(work, open, i);
            work->states[open].is_forced = work->states[i].is_forced = work->chars->has_han;
            open = -1;
        }
    }
}

static void drop_unpaired(struct work *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        struct state *state = &work->states[i];
        uint32_t code = code_at(work, i);
        bool needs_partner = family_of(code) >= 0 || code == '"' || code == '\'';
        if (state->sort == SORT_MARK && needs_partner && state->partner < 0)
            state->sort = SORT_PLAIN;
    }
}

/* ---- the choice ---- */

static bool is_chinese_at(const struct work *work, int at)
{
    uint32_t code = code_at(work, at);
    if (bx_char_is_han(code) || bx_char_is_chinese_mark(code))
        return true;
    if (code == 0x2019 && bx_char_is_letter(code_at(work, at - 1)) &&
        bx_char_is_letter(code_at(work, at + 1)))
        return false;
    return work->chars->has_han && bx_char_is_shared_mark(code);
}

/* Whether a mark stands at the run's end on this side, with nothing but spaces behind it. */
static bool has_mark_at_end(const struct work *work, const struct run *run, int step)
{
    int at = step > 0 ? run->to - 1 : run->from;
    while (run->from <= at && at < run->to && work->states[at].sort == SORT_SPACE)
        at -= step;
    return run->from <= at && at < run->to && work->states[at].sort != SORT_FIGURE;
}

static bool is_run_chinese(const struct work *work, const struct run *run)
{
    if (is_chinese_at(work, run->from - 1) || is_chinese_at(work, run->to))
        return true;
    for (int i = run->from; i < run->to; i++)
        if (work->states[i].is_forced)
            return true;
    if (!work->chars->has_han)
        return false;
    return (is_edge(code_at(work, run->from - 1)) && has_mark_at_end(work, run, -1)) ||
           (is_edge(code_at(work, run->to)) && has_mark_at_end(work, run, 1));
}

static void find_runs(struct work *work)
{
    int count = work->chars->count;
    for (int i = 0; i < count; i++) {
        if (work->states[i].sort == SORT_PLAIN)
            continue;
        struct run *run = &work->runs[work->run_count];
        run->from = i;
        while (i < count && work->states[i].sort != SORT_PLAIN)
            work->states[i++].run = work->run_count;
        run->to = i;
        work->run_count++;
    }
}

/* Chooses the runs whose marks are converted: those with a Chinese neighbour, and those that
 * hold the partner of a bracket in one of them. */
static void choose_runs(struct work *work)
{
    int depth = 0;
    for (int i = 0; i < work->run_count; i++) {
        work->runs[i].is_chosen = is_run_chinese(work, &work->runs[i]);
        if (work->runs[i].is_chosen)
            work->stack[depth++] = i;
    }
    while (depth > 0) {
        const struct run *run = &work->runs[work->stack[--depth]];
        for (int i = run->from; i < run->to; i++) {
            int partner = work->states[i].partner;
            if (partner < 0 || work->states[partner].sort != SORT_MARK)
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

static void apply_mark(struct work *work, int at)
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
    } while (at + len < work->chars->count && work->states[at + len].sort == SORT_TAIL);
    work->sink->change(work->sink->data, at, was, len < LEN_MAX ? len : LEN_MAX);
}

/* Whether a figure ends before `at`, with its unit: 3, 10%, 1月, 3万元. */
static bool is_behind_figure(const struct work *work, int at)
{
    enum {
        UNIT_MAX = 3
    };
    for (int i = 0; i <= UNIT_MAX; i++, at--) {
        uint32_t code = code_at(work, at);
        if (bx_char_is_digit(code))
            return true;
        if (!bx_char_is_han(code) && code != '%' && code != 0x2030 && code != 0x2103)
            return false;
    }
    return false;
}

/* ~ between figures. */
static void apply_tilde(struct work *work, int at)
{
    if (!is_behind_figure(work, skip_blanks(work, at - 1, -1)) ||
        !bx_char_is_digit(code_at(work, skip_blanks(work, at + 1, 1))))
        return;
    uint32_t was = '~';
    work->chars->items[at].code = 0xFF5E;
    work->sink->change(work->sink->data, at, &was, 1);
}

static void apply_all(struct work *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        const struct state *state = &work->states[i];
        if (state->sort == SORT_MARK && state->wants && work->runs[state->run].is_chosen)
            apply_mark(work, i);
        else if (code_at(work, i) == '~' && !state->is_fixed)
            apply_tilde(work, i);
    }
}

void bx_punctuation_convert(struct bx_chars *chars,
                            bool keep,
                            const struct bx_punctuation_sink *sink)
{
    if (chars->count == 0)
        return;
    struct work work = {
        .chars = chars,
        .states = g_new0(struct state, (gsize)chars->count),
        .stack = g_new(int, (gsize)chars->count),
        .runs = g_new0(struct run, (gsize)chars->count),
        .sink = sink,
    };
    set_all(&work);
    protect_document_numbers(&work);
    if (!keep) {
        protect_urls(&work);
        protect_addresses(&work);
        protect_thousands(&work);
        protect_stops_and_colons(&work);
        pair_brackets(&work);
        pair_quotes(&work, '"', 0x201C, 0x201D);
        pair_quotes(&work, '\'', 0x2018, 0x2019);
        drop_unpaired(&work);
        find_runs(&work);
        choose_runs(&work);
        apply_all(&work);
    }
    g_free(work.states);
    g_free(work.stack);
    g_free(work.runs);
}

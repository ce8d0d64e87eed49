/* Which marks of a text may be converted at all.
 *
 * Every character gets a class. Then what must stay is taken out, one rule a function: URLs and
 * addresses, thousands, decimal points and list numbers, document numbers; last, brackets and
 * quotation marks without a partner. */
#include "model/punctuation_marks.h"

#include <string.h>

#include "model/characters.h"

uint32_t bx_marks_code(const struct bx_marks *work, int at)
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

bool bx_marks_is_edge(uint32_t code)
{
    return code == 0 || code == '\n';
}

int bx_marks_skip_blanks(const struct bx_marks *work, int at, int step)
{
    while (is_blank(bx_marks_code(work, at)))
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

static void set_class(struct bx_marks *work, int from, int to, enum bx_mark_class class)
{
    for (int i = from; i < to; i++)
        work->states[i].class = class;
}

/* A mark written with several equal characters: dots for an ellipsis, hyphens for a dash. */
static int set_repeated(struct bx_marks *work, int at)
{
    uint32_t code = bx_marks_code(work, at);
    int end = at;
    while (bx_marks_code(work, end) == code)
        end++;
    int len = end - at;
    bool is_mark = code == '.' ? len >= 3 : 2 <= len && len <= 4;
    set_class(work, at, end, is_mark ? CLASS_TAIL : CLASS_PLAIN);
    if (is_mark) {
        work->states[at].class = CLASS_MARK;
        work->states[at].wants = code == '.' ? 0x2026 : 0x2014;
    } else if (code == '.' && len == 1) {
        work->states[at].class = CLASS_MARK;
        work->states[at].wants = full_width_of(code);
    }
    return end;
}

static void set_all(struct bx_marks *work)
{
    for (int i = 0; i < work->chars->count;) {
        struct bx_mark_state *state = &work->states[i];
        uint32_t code = bx_marks_code(work, i);
        state->partner = -1;
        if (code == '.' || code == '-') {
            int end = set_repeated(work, i);
            for (; i < end; i++)
                work->states[i].partner = -1;
            continue;
        }
        state->wants = full_width_of(code);
        state->class = bx_char_is_digit(code)                        ? CLASS_FIGURE
                       : is_blank(code)                              ? CLASS_SPACE
                       : state->wants || code == '"' || code == '\'' ? CLASS_MARK
                                                                     : CLASS_PLAIN;
        i++;
    }
}

/* ---- what is never converted ---- */

static void fix(struct bx_marks *work, int from, int to)
{
    for (int i = from; i < to; i++) {
        work->states[i].class = CLASS_PLAIN;
        work->states[i].is_fixed = true;
    }
}

static bool is_url_char(uint32_t code)
{
    return code > 0x20 && code < 0x7F && !strchr("\"<>\\^`{|}", (int)code);
}

static bool starts_with(const struct bx_marks *work, int at, const char *text)
{
    for (int i = 0; text[i]; i++)
        if ((bx_marks_code(work, at + i) | 0x20) != (uint32_t)text[i] &&
            bx_marks_code(work, at + i) != (uint32_t)text[i])
            return false;
    return true;
}

/* Where a URL that starts at `at` ends: before a bracket it did not open, and before the marks
 * of the sentence around it. */
static int find_url_end(const struct bx_marks *work, int at)
{
    int depth = 0, end = at;
    for (; is_url_char(bx_marks_code(work, end)); end++) {
        uint32_t code = bx_marks_code(work, end);
        depth += code == '(' ? 1 : code == ')' ? -1 : 0;
        if (depth < 0)
            break;
    }
    while (end > at && strchr(".,;:?!('", (int)bx_marks_code(work, end - 1)))
        end--;
    return end;
}

static void protect_urls(struct bx_marks *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        if (is_alnum(bx_marks_code(work, i - 1)))
            continue;
        int scheme = i;
        while (bx_char_is_letter(bx_marks_code(work, scheme)))
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

static void protect_addresses(struct bx_marks *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        if (bx_marks_code(work, i) != '@')
            continue;
        int start = i, end = i + 1;
        while (is_address_char(bx_marks_code(work, start - 1)))
            start--;
        while (is_address_char(bx_marks_code(work, end)))
            end++;
        while (end > i + 1 && !is_alnum(bx_marks_code(work, end - 1)))
            end--;
        if (start < i && end > i + 1)
            fix(work, start, end);
    }
}

/* Thousands: one to three digits, then groups of a comma and three digits, no digit around. */
static void protect_thousands(struct bx_marks *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        if (!bx_char_is_digit(bx_marks_code(work, i)) ||
            bx_char_is_digit(bx_marks_code(work, i - 1)))
            continue;
        int at = i;
        while (bx_char_is_digit(bx_marks_code(work, at)))
            at++;
        if (at - i > 3)
            continue;
        int good = at;
        while (bx_marks_code(work, at) == ',' &&
               bx_char_is_digit(bx_marks_code(work, at + 1)) &&
               bx_char_is_digit(bx_marks_code(work, at + 2)) &&
               bx_char_is_digit(bx_marks_code(work, at + 3))) {
            at += 4;
            if (!bx_char_is_digit(bx_marks_code(work, at)))
                good = at;
        }
        for (int k = i; k < good; k++)
            if (work->states[k].class == CLASS_MARK)
                work->states[k].class = CLASS_FIGURE;
    }
}

/* Whether the stop at `at` belongs to a list number or letter: 1. or A. at the start of a line;
 * inside one a number of one or two digits behind a mark that ends an item or opens a list. */
static bool is_list_stop(const struct bx_marks *work, int at)
{
    int start = at;
    while (bx_char_is_digit(bx_marks_code(work, start - 1)))
        start--;
    if (start == at && bx_char_is_letter(bx_marks_code(work, at - 1)))
        start--;
    if (start == at)
        return false;
    int before = bx_marks_skip_blanks(work, start - 1, -1);
    if (bx_marks_is_edge(bx_marks_code(work, before)))
        return true;
    uint32_t next = bx_marks_code(work, bx_marks_skip_blanks(work, at + 1, 1));
    bool is_behind_mark = bx_marks_code(work, before) < 0x80
                              ? strchr(":;(", (int)bx_marks_code(work, before)) != NULL
                              : bx_marks_code(work, before) == 0xFF1A ||
                                    bx_marks_code(work, before) == 0xFF1B ||
                                    bx_marks_code(work, before) == 0xFF08 ||
                                    bx_marks_code(work, before) == 0x3002;
    return is_behind_mark && at - start <= 2 && bx_char_is_digit(bx_marks_code(work, start)) &&
           bx_char_is_han(next);
}

static void protect_stops_and_colons(struct bx_marks *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        struct bx_mark_state *state = &work->states[i];
        if (state->class != CLASS_MARK)
            continue;
        uint32_t code = bx_marks_code(work, i);
        uint32_t before = bx_marks_code(work, i - 1), next = bx_marks_code(work, i + 1);
        if (code == ':') {
            before = bx_marks_code(work, bx_marks_skip_blanks(work, i - 1, -1));
            next = bx_marks_code(work, bx_marks_skip_blanks(work, i + 1, 1));
            if (bx_char_is_digit(before) && bx_char_is_digit(next))
                state->class = CLASS_FIGURE;
        } else if (code == '.' && state->wants == 0x3002) {
            if (bx_char_is_digit(before) && bx_char_is_digit(next))
                state->class = CLASS_FIGURE;
            else if ((is_alnum(before) && is_alnum(next)) || is_list_stop(work, i))
                state->class = CLASS_PLAIN;
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
static void protect_document_numbers(struct bx_marks *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        uint32_t close = closing_of(bx_marks_code(work, i));
        if (close == 0 || bx_marks_code(work, i + 5) != close)
            continue;
        int digits = 0;
        uint32_t year[4];
        while (digits < 4 && bx_char_is_digit(bx_marks_code(work, i + 1 + digits))) {
            year[digits] = bx_marks_code(work, i + 1 + digits);
            digits++;
        }
        int at = bx_marks_skip_blanks(work, i + 6, 1);
        if (bx_marks_code(work, at) == 0x7B2C) /* 第, which the standard leaves out */
            at = bx_marks_skip_blanks(work, at + 1, 1);
        while (bx_char_is_digit(bx_marks_code(work, at)))
            at++;
        at = bx_marks_skip_blanks(work, at, 1);
        if (digits < 4 || bx_marks_code(work, at) != 0x53F7) /* 号 */
            continue;
        set_class(work, i, at, CLASS_PLAIN);
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

static void join(struct bx_marks *work, int open, int close)
{
    work->states[open].partner = close;
    work->states[close].partner = open;
    if (bx_marks_code(work, open) > 0x7F)
        work->states[close].is_forced = true;
    if (bx_marks_code(work, close) > 0x7F)
        work->states[open].is_forced = true;
}

/* Brackets pair with the nearest open one of their kind; what stands open between them has no
 * partner. Counting the open ones of each kind keeps the search linear. */
static void pair_brackets(struct bx_marks *work)
{
    int depth = 0, open_count[2] = {0, 0};
    for (int i = 0; i < work->chars->count; i++) {
        uint32_t code = bx_marks_code(work, i);
        int family = family_of(code);
        bool is_protected = code < 0x80 && work->states[i].class != CLASS_MARK;
        if (family < 0 || is_protected)
            continue;
        if (is_opening(code)) {
            work->stack[depth++] = i;
            open_count[family]++;
            continue;
        }
        while (open_count[family] > 0) {
            int open = work->stack[--depth];
            int kind = family_of(bx_marks_code(work, open));
            open_count[kind]--;
            if (kind == family) {
                join(work, open, i);
                break;
            }
        }
    }
}

/* An apostrophe, or the sign for minutes and feet. */
static bool is_apostrophe(const struct bx_marks *work, int at, bool is_open)
{
    bool is_behind = is_alnum(bx_marks_code(work, at - 1));
    return is_behind && (!is_open || bx_char_is_letter(bx_marks_code(work, at + 1)));
}

/* Straight quotation marks open and close in turn; a typed one of the same kind counts. */
static void pair_quotes(struct bx_marks *work, uint32_t straight, uint32_t left, uint32_t right)
{
    int open = -1;
    for (int i = 0; i < work->chars->count; i++) {
        uint32_t code = bx_marks_code(work, i);
        bool is_straight = code == straight && work->states[i].class == CLASS_MARK;
        if (is_straight && straight == '\'' && is_apostrophe(work, i, open >= 0)) {
            work->states[i].class = CLASS_PLAIN;
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

static void drop_unpaired(struct bx_marks *work)
{
    for (int i = 0; i < work->chars->count; i++) {
        struct bx_mark_state *state = &work->states[i];
        uint32_t code = bx_marks_code(work, i);
        bool needs_partner = family_of(code) >= 0 || code == '"' || code == '\'';
        if (state->class == CLASS_MARK && needs_partner && state->partner < 0)
            state->class = CLASS_PLAIN;
    }
}

void bx_marks_build(struct bx_marks *work)
{
    set_all(work);
    protect_document_numbers(work);
}

void bx_marks_protect(struct bx_marks *work)
{
    protect_urls(work);
    protect_addresses(work);
    protect_thousands(work);
    protect_stops_and_colons(work);
    pair_brackets(work);
    pair_quotes(work, '"', 0x201C, 0x201D);
    pair_quotes(work, '\'', 0x2018, 0x2019);
    drop_unpaired(work);
}

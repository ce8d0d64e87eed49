/* The head of the report: document number, title, byline.
 *
 * A title given as lines keeps them. One given as a string that is wider than the type area is
 * broken between words into as few lines as can be, as equal as words allow, rather at the joints
 * of its meaning (behind the organ, around the year) than elsewhere, and a shorter line above a
 * longer one (梯形) rather than the reverse. GB/T 9704-2012 7.3.1 asks for whole words and a
 * symmetric shape. Only a word wider than the measure is broken inside, by the paragraph builder. */
#include <string.h>

#include "base/utf8.h"
#include "plan/plan_work.h"

enum {
    PARTS_MAX = 48,
    LINES_MAX = 4,
    WORD_BREAK_COST = 8, /* 1/8 of the title's width, for a line end that is no joint */
};

/* A title in words. Part i is text[at[i] .. at[i+1]). */
struct title_parts {
    int at[PARTS_MAX + 1];
    bool is_joint[PARTS_MAX]; /* whether the meaning has a joint before part i */
    bx_len width[PARTS_MAX];
    int count;
};

/* A way to break a title: line i ends behind part ends[i] - 1. */
struct title_split {
    int ends[LINES_MAX];
    int line_count;
    int64_t cost;
};

static bool is_digit_at(const char *text, int at)
{
    return text[at] >= '0' && text[at] <= '9';
}

/* Where the year with its 年 or 年度 stands: *from .. *to; false when there is none. */
static bool find_year(const char *text, int len, int *from, int *to)
{
    for (int at = 0; at + 4 <= len; at++) {
        bool is_year = is_digit_at(text, at) && is_digit_at(text, at + 1) &&
                       is_digit_at(text, at + 2) && is_digit_at(text, at + 3);
        if (!is_year || (at > 0 && is_digit_at(text, at - 1)) ||
            (at + 4 < len && is_digit_at(text, at + 4)))
            continue;
        static const char nian[] = "\xE5\xB9\xB4", du[] = "\xE5\xBA\xA6"; /* U+5E74, U+5EA6 */
        *from = at;
        *to = at + 4;
        if (strncmp(text + *to, nian, 3) == 0)
            *to += 3;
        if (strncmp(text + *to, du, 3) == 0)
            *to += 3;
        return true;
    }
    return false;
}

static void start_part(struct title_parts *parts, int at, bool is_joint)
{
    if (parts->count == PARTS_MAX)
        return;
    parts->is_joint[parts->count] = is_joint;
    parts->at[parts->count++] = at;
}

/* Cuts a title into words. Characters of no word stay with the word behind them. */
static void find_parts(struct title_parts *parts,
                       const char *text,
                       const char *organ,
                       const struct bx_words *words)
{
    int len = (int)strlen(text), organ_len = (int)strlen(organ), joints[3] = {-1, -1, -1};
    if (strncmp(text, organ, (size_t)organ_len) == 0)
        joints[0] = organ_len;
    find_year(text, len, &joints[1], &joints[2]);
    *parts = (struct title_parts){0};
    start_part(parts, 0, false);
    for (int at = 0; at < len;) {
        int limit = len; /* a word does not reach over a joint */
        for (int i = 0; i < 3; i++)
            if (joints[i] > at && joints[i] < limit)
                limit = joints[i];
        int step = bx_words_match(words, text + at, limit - at);
        bool is_word = step > 0;
        if (is_word)
            at += step;
        else
            bx_utf8_next(text, &at);
        bool is_joint = at == joints[0] || at == joints[1] || at == joints[2];
        if (at < len && (is_word || is_joint))
            start_part(parts, at, is_joint);
    }
    parts->at[parts->count] = len;
}

static bool measure_parts(struct bx_planner *p,
                          enum bx_text_kind kind,
                          struct title_parts *parts,
                          const char *text)
{
    struct bx_para_spec spec = bx_planner_spec(p, kind);
    for (int i = 0; i < parts->count; i++) {
        struct bx_piece piece = {
            .text = text + parts->at[i],
            .len = parts->at[i + 1] - parts->at[i],
            .role = bx_planner_role(p, kind),
            .size = p->style->texts[kind].size,
            .where = p->model->title_where,
        };
        bx_len least;
        if (!bx_para_widths(&least, &parts->width[i], &p->context, &piece, 1, &spec, p->err))
            return false;
    }
    return true;
}

static int64_t width_between(const struct title_parts *parts, int from, int to)
{
    int64_t width = 0;
    for (int i = from; i < to; i++)
        width += parts->width[i];
    return width;
}

/* How far a split is from equal lines at joints; -1 when a line is wider than the measure. */
static int64_t
split_cost(const struct title_parts *parts, const struct title_split *split, bx_len measure)
{
    int64_t total = width_between(parts, 0, parts->count), cost = 0, above = 0;
    for (int i = 0, from = 0; i < split->line_count; from = split->ends[i++]) {
        int64_t width = width_between(parts, from, split->ends[i]);
        if (width > measure)
            return -1;
        int64_t off = width - total / split->line_count;
        cost += off < 0 ? -off : off;
        cost += above > width ? (above - width) / 2 : 0;
        if (i > 0 && !parts->is_joint[from])
            cost += total / WORD_BREAK_COST;
        above = width;
    }
    return cost;
}

/* Tries every end of line `line` and keeps the best split. */
static void try_splits(const struct title_parts *parts,
                       struct title_split *tried,
                       int line,
                       bx_len measure,
                       struct title_split *best)
{
    int from = line > 0 ? tried->ends[line - 1] : 0;
    if (line + 1 == tried->line_count) {
        tried->ends[line] = parts->count;
        tried->cost = split_cost(parts, tried, measure);
        if (tried->cost >= 0 && (best->line_count == 0 || tried->cost < best->cost))
            *best = *tried;
        return;
    }
    for (int end = from + 1; end < parts->count; end++) {
        tried->ends[line] = end;
        try_splits(parts, tried, line + 1, measure, best);
    }
}

/* Fewest lines first; no lines at all when some word is too wide for every split. */
static struct title_split best_split(const struct title_parts *parts, bx_len measure)
{
    struct title_split best = {0};
    for (int lines = 1; lines <= LINES_MAX && best.line_count == 0; lines++) {
        struct title_split tried = {.line_count = lines};
        try_splits(parts, &tried, 0, measure, &best);
    }
    return best;
}

const char *bx_planner_split_words(struct bx_planner *p,
                                   enum bx_text_kind kind,
                                   const char *text,
                                   bx_len measure)
{
    struct title_parts parts;
    find_parts(&parts, text, p->model->organ, p->sections->words);
    if (!measure_parts(p, kind, &parts, text))
        return NULL;
    struct title_split split = best_split(&parts, measure);
    if (split.line_count == 0)
        return text;
    const char *joined = "";
    for (int i = 0, from = 0; i < split.line_count; from = split.ends[i++])
        joined =
            bx_arena_printf(&p->plan->arena, "%s%s%.*s", joined, i > 0 ? "\n" : "",
                            parts.at[split.ends[i]] - parts.at[from], text + parts.at[from]);
    return joined;
}

static const char *join_lines(struct bx_planner *p)
{
    const char *joined = p->model->title_lines[0];
    for (int i = 1; i < p->model->title_line_count; i++)
        joined = bx_arena_printf(&p->plan->arena, "%s\n%s", joined, p->model->title_lines[i]);
    return joined;
}

/* A given line that does not fit, or a character that ends up alone. */
static void report_title(struct bx_planner *p, const struct bx_para *para)
{
    bool is_given = !p->model->is_title_free;
    bool is_broken = is_given && para->line_count > p->model->title_line_count;
    bool has_lone = false;
    for (int i = 0; i < para->line_count; i++)
        has_lone |= para->line_count > 1 && para->lines[i].han_count <= 1;
    if (is_broken)
        bx_findings_add(p->findings, &(struct bx_finding){
                                         .level = BX_LEVEL_WARNING,
                                         .code = "TITLE",
                                         .where = p->model->title_where,
                                         .page = 1,
                                         .zh = "标题中有一行比版心宽，已另行回行",
                                         .en = "a title line is wider than the type area and "
                                               "was broken"});
    if (has_lone)
        bx_findings_add(p->findings,
                        &(struct bx_finding){.level = BX_LEVEL_WARNING,
                                             .code = "TITLE",
                                             .where = p->model->title_where,
                                             .page = 1,
                                             .zh = "标题中有一行只有一个字",
                                             .en = "a title line holds a single character"});
}

/* The date in the form's brackets: "{date}" of the format is the date. */
static const char *byline_date(struct bx_planner *p, const char *date)
{
    static const char slot[] = "{date}";
    const char *format = p->sections->byline_date_format, *at = strstr(format, slot);
    if (!at)
        return date;
    return bx_arena_printf(&p->plan->arena, "%.*s%s%s", (int)(at - format), format, date,
                           at + sizeof(slot) - 1);
}

/* Organ and date under the title, with the title's blank lines behind them. */
static bool add_byline(struct bx_planner *p)
{
    const struct bx_signature *signature = &p->model->signature;
    struct bx_structure *structure = &p->plan->structure;
    if (!signature->is_given || !signature->under_title)
        return true;
    if (signature->organ &&
        !bx_planner_add_string(p, BX_TEXT_BYLINE, signature->organ, signature->organ_where,
                               bx_structure_add(structure, BX_TAG_P, 0)))
        return false;
    if (signature->date &&
        !bx_planner_add_string(p, BX_TEXT_BYLINE, byline_date(p, signature->date),
                               signature->date_where, bx_structure_add(structure, BX_TAG_P, 0)))
        return false;
    p->plan->blocks[p->plan->block_count - 1].blank_after =
        p->style->texts[BX_TEXT_TITLE].blank_after;
    return true;
}

bool bx_planner_add_title(struct bx_planner *p)
{
    const struct bx_model *model = p->model;
    struct bx_structure *structure = &p->plan->structure;
    if (model->document_number &&
        !bx_planner_add_string(p, BX_TEXT_DOCUMENT_NUMBER, model->document_number,
                               "/document_number", bx_structure_add(structure, BX_TAG_P, 0)))
        return false;

    const char *text = model->is_title_free
                           ? bx_planner_split_words(p, BX_TEXT_TITLE, model->title_lines[0],
                                                    p->style->type_area.w)
                           : join_lines(p);
    if (!text)
        return false;
    int element = bx_structure_add(structure, BX_TAG_H1, 0);
    structure->elements[element].title = model->title;
    if (!bx_planner_add_string(p, BX_TEXT_TITLE, text, model->title_where, element))
        return false;
    struct bx_plan_block *block = &p->plan->blocks[p->plan->block_count - 1];
    block->is_title = true;
    block->keep_next = block->keep_whole = true;
    report_title(p, &block->para);

    return add_byline(p);
}

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
    bx_len gap[PARTS_MAX]; /* before part i where it stands behind another */
    int count;
};

/* A way to break a title: line i ends behind part ends[i] - 1. */
struct title_split {
    int ends[LINES_MAX];
    int line_count;
    int64_t cost;
};

/* Bytes behind text if it starts with `word`, else 0. */
static int word_len(const char *text, const char *word)
{
    size_t len = strlen(word);
    return strncmp(text, word, len) == 0 ? (int)len : 0;
}

/* Where the year with its 年 or 年度 stands: *from .. *to; both 0 when there is none. A year is four
 * digits with no more beside them. */
static void find_year(const char *text, int *from, int *to)
{
    static const char digits[] = "0123456789", nian[] = "\xE5\xB9\xB4",
                      du[] = "\xE5\xBA\xA6"; /* U+5E74, U+5EA6 */
    const char *at = text + strcspn(text, digits);
    while (*at && strspn(at, digits) != 4) {
        at += strspn(at, digits);
        at += strcspn(at, digits);
    }
    if (!*at)
        return;
    *from = (int)(at - text);
    *to = *from + 4;
    *to += word_len(text + *to, nian);
    *to += word_len(text + *to, du);
}

static void start_part(struct title_parts *parts, int at, bool is_joint)
{
    if (parts->count == PARTS_MAX)
        return;
    parts->is_joint[parts->count] = is_joint;
    parts->at[parts->count++] = at;
}

/* Where the meaning has joints: behind the organ, before and behind the year. 0 for those that are
 * missing: the first line starts there in any case. */
struct title_joints {
    int organ, year, after_year;
};

static bool is_joint(const struct title_joints *joints, int at)
{
    return at == joints->organ || at == joints->year || at == joints->after_year;
}

static int nearer(int limit, int joint, int at)
{
    int next = joint > at ? joint : limit;
    return next < limit ? next : limit;
}

/* The next joint, or the end of the text: a word does not reach over it. */
static int word_limit(const struct title_joints *joints, int at, int len)
{
    int limit = nearer(len, joints->organ, at);
    limit = nearer(limit, joints->year, at);
    return nearer(limit, joints->after_year, at);
}

/* Cuts a title into words. Characters of no word stay with the word behind them. */
static void find_parts(struct title_parts *parts,
                       const char *text,
                       const char *organ,
                       const struct bx_words *words)
{
    int len = (int)strlen(text), at = 0;
    struct title_joints joints = {.organ = word_len(text, organ)};
    find_year(text, &joints.year, &joints.after_year);
    bool starts_part = true;
    while (text[at]) {
        if (starts_part)
            start_part(parts, at, is_joint(&joints, at));
        int step = bx_words_match(words, text + at, word_limit(&joints, at, len) - at);
        if (step > 0)
            at += step;
        else
            bx_utf8_next(text, &at);
        starts_part = step > 0 || is_joint(&joints, at);
    }
    parts->at[parts->count] = len;
}

static bool measure_between(bx_len *width,
                            struct bx_planner *p,
                            enum bx_text_kind kind,
                            const char *text,
                            int from,
                            int to)
{
    struct bx_para_spec spec = bx_planner_spec(p, kind);
    struct bx_piece piece = {
        .text = text + from,
        .len = to - from,
        .role = bx_planner_role(p, kind),
        .size = p->style->texts[kind].size,
        .where = p->model->title_where,
    };
    bx_len least;
    return bx_para_widths(&least, width, &p->context, &piece, 1, &spec, p->err);
}

/* The width of each part, and what is between it and the one before: a year keeps 1/4 em. */
static bool measure_parts(struct bx_planner *p,
                          enum bx_text_kind kind,
                          struct title_parts *parts,
                          const char *text)
{
    const int *at = parts->at;
    bx_len *width = parts->width;
    for (int i = 0; i < parts->count; i++)
        if (!measure_between(&width[i], p, kind, text, at[i], at[i + 1]))
            return false;
    for (int i = 1; i < parts->count; i++) {
        bx_len both;
        if (!measure_between(&both, p, kind, text, at[i - 1], at[i + 1]))
            return false;
        parts->gap[i] = both - width[i - 1] - width[i];
    }
    return true;
}

static int64_t width_between(const struct title_parts *parts, int from, int to)
{
    int64_t width = -parts->gap[from];
    for (int i = from; i < to; i++)
        width += parts->gap[i] + parts->width[i];
    return width;
}

/* How far a split is from equal lines at joints; false when a line is wider than the measure. What
 * the first line's start costs is the same for all splits. */
static bool
rate_split(struct title_split *split, const struct title_parts *parts, bx_len measure)
{
    int64_t total = width_between(parts, 0, parts->count), above = 0;
    split->cost = 0;
    for (int i = 0, from = 0; i < split->line_count; from = split->ends[i++]) {
        int64_t width = width_between(parts, from, split->ends[i]);
        if (width > measure)
            return false;
        int64_t mean = total / split->line_count;
        int64_t less = above > width ? above - width : 0;
        split->cost += width > mean ? width - mean : mean - width;
        split->cost += less / 2;
        if (!parts->is_joint[from])
            split->cost += total / WORD_BREAK_COST;
        above = width;
    }
    return true;
}

/* Tries every end of line `line`, which starts with part `from`, and keeps the best split. */
static void try_splits(const struct title_parts *parts,
                       struct title_split *tried,
                       int line,
                       int from,
                       bx_len measure,
                       struct title_split *best)
{
    if (line + 1 == tried->line_count) {
        tried->ends[line] = parts->count;
        if (rate_split(tried, parts, measure) &&
            (best->line_count == 0 || tried->cost < best->cost))
            *best = *tried;
        return;
    }
    for (int end = from + 1; end < parts->count; end++) {
        tried->ends[line] = end;
        try_splits(parts, tried, line + 1, end, measure, best);
    }
}

/* Fewest lines first; no lines at all when some word is too wide for every split. */
static struct title_split best_split(const struct title_parts *parts, bx_len measure)
{
    struct title_split best = {0};
    for (int lines = 1; lines <= LINES_MAX && best.line_count == 0; lines++) {
        struct title_split tried = {.line_count = lines};
        try_splits(parts, &tried, 0, 0, measure, &best);
    }
    return best;
}

const char *bx_planner_split_words(struct bx_planner *p,
                                   enum bx_text_kind kind,
                                   const char *text,
                                   bx_len measure)
{
    struct title_parts parts = {0};
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
    if (model->document_number) {
        if (!bx_planner_add_string(p, BX_TEXT_DOCUMENT_NUMBER, model->document_number,
                                   "/document_number",
                                   bx_structure_add(structure, BX_TAG_P, 0)))
            return false;
        p->plan->blocks[p->plan->block_count - 1].keep_next = true; /* with the title */
    }

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

/* The head of the report: document number, title, byline.
 *
 * A title given as lines keeps them. One given as a string is broken at the joints of its
 * meaning (after the organ, before and after the year) into lines as equal as these joints
 * allow, a shorter line above a longer one (梯形) before the reverse; GB/T 9704-2012 7.3.1 asks
 * for whole words and a symmetric shape. Only when a part between joints is wider than the
 * measure does the paragraph builder break inside it. */
#include <string.h>

#include "base/utf8.h"
#include "plan/plan_work.h"

enum {
    JOINTS_MAX = 8,
    LINES_MAX = 4
};

struct title_parts {
    int at[JOINTS_MAX + 1]; /* byte where part i starts; at[count] is the end */
    bx_len width[JOINTS_MAX];
    int count;
};

static void add_joint(struct title_parts *parts, int at, int len)
{
    if (parts->count < JOINTS_MAX && at > parts->at[parts->count - 1] && at < len) {
        parts->at[parts->count] = at;
        parts->count++;
    }
}

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

static void find_joints(struct title_parts *parts, const char *text, const char *organ)
{
    int len = (int)strlen(text), organ_len = (int)strlen(organ), from = 0, to = 0;
    *parts = (struct title_parts){.count = 1};
    if (strncmp(text, organ, (size_t)organ_len) == 0)
        add_joint(parts, organ_len, len);
    if (find_year(text, len, &from, &to)) {
        add_joint(parts, from, len);
        add_joint(parts, to, len);
    }
    parts->at[parts->count] = len;
}

static bool measure_parts(struct bx_planner *p, struct title_parts *parts, const char *text)
{
    struct bx_para_spec spec = bx_planner_spec(p, BX_TEXT_TITLE);
    for (int i = 0; i < parts->count; i++) {
        struct bx_piece piece = {
            .text = text + parts->at[i],
            .len = parts->at[i + 1] - parts->at[i],
            .role = bx_planner_role(p, BX_TEXT_TITLE),
            .size = p->style->texts[BX_TEXT_TITLE].size,
            .where = p->model->title_where,
        };
        bx_len least;
        if (!bx_para_widths(&least, &parts->width[i], &p->context, &piece, 1, &spec, p->err))
            return false;
    }
    return true;
}

/* How far the lines of a split are from equal; a line longer than the one below it costs twice.
 * `split` has bit i set when a line ends behind part i. -1: a line is wider than the measure. */
static int64_t
unevenness(const struct title_parts *parts, unsigned split, bx_len measure, int *line_count)
{
    int64_t sum = 0, total = 0, last = 0, width = 0;
    for (int i = 0; i < parts->count; i++)
        total += parts->width[i];
    *line_count = 1;
    for (int i = 0; i + 1 < parts->count; i++)
        *line_count += (int)(split >> i & 1);
    for (int i = 0; i < parts->count; i++) {
        width += parts->width[i];
        if (i + 1 < parts->count && !(split >> i & 1))
            continue;
        if (width > measure)
            return -1;
        int64_t off = width - total / *line_count;
        sum += off < 0 ? -off : off;
        sum += last > width ? last - width : 0;
        last = width;
        width = 0;
    }
    return sum;
}

/* The joints to break at: fewest lines, then the most even. */
static unsigned best_split(const struct title_parts *parts, bx_len measure)
{
    unsigned best = 0;
    int best_lines = LINES_MAX + 1;
    int64_t best_cost = 0;
    for (unsigned split = 0; split < 1u << (parts->count - 1); split++) {
        int lines;
        int64_t cost = unevenness(parts, split, measure, &lines);
        if (cost >= 0 && (lines < best_lines || (lines == best_lines && cost < best_cost))) {
            best = split;
            best_lines = lines;
            best_cost = cost;
        }
    }
    return best;
}

static const char *split_title(struct bx_planner *p, const char *text)
{
    struct title_parts parts;
    find_joints(&parts, text, p->model->organ);
    if (!measure_parts(p, &parts, text))
        return NULL;
    unsigned split = best_split(&parts, p->style->type_area.w);
    struct bx_arena *arena = &p->plan->arena;
    const char *joined = "";
    for (int i = 0; i < parts.count; i++)
        joined = bx_arena_printf(arena, "%s%.*s%s", joined, parts.at[i + 1] - parts.at[i],
                                 text + parts.at[i], split >> i & 1 ? "\n" : "");
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

bool bx_planner_add_title(struct bx_planner *p)
{
    const struct bx_model *model = p->model;
    struct bx_structure *structure = &p->plan->structure;
    if (model->document_number &&
        !bx_planner_add_string(p, BX_TEXT_DOCUMENT_NUMBER, model->document_number,
                               "/document_number", bx_structure_add(structure, BX_TAG_P, 0)))
        return false;

    const char *text =
        model->is_title_free ? split_title(p, model->title_lines[0]) : join_lines(p);
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

    const struct bx_signature *signature = &model->signature;
    if (!signature->is_given || !signature->under_title)
        return true;
    if (signature->organ &&
        !bx_planner_add_string(p, BX_TEXT_BYLINE, signature->organ, signature->organ_where,
                               bx_structure_add(structure, BX_TAG_P, 0)))
        return false;
    if (!signature->date)
        return true;
    const char *date = bx_arena_printf(&p->plan->arena, "（%s）", signature->date);
    return bx_planner_add_string(p, BX_TEXT_BYLINE, date, signature->date_where,
                                 bx_structure_add(structure, BX_TAG_P, 0));
}

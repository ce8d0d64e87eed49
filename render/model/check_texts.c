/* What the prose says against what the tables say: C5, and C7.
 *
 * The patterns are data. A number that a pattern finds must equal one of the sums its check
 * accepts; no pattern, no finding. It is a warning, since prose may speak of a part only. */
#include "model/check.h"

#include <glib.h>
#include <string.h>

#include "base/buf.h"

struct search {
    struct bx_checker *checker;
    const struct bx_text_check *check;
};

enum outcome {
    OUTCOME_EQUAL,
    OUTCOME_DIFFERENT,
    OUTCOME_UNKNOWN, /* a cell is blank, no number, or not in the form */
};

static const char *join_spans(struct bx_arena *arena, const struct bx_text *text)
{
    struct bx_buf out = {0};
    for (int i = 0; i < text->span_count; i++)
        bx_buf_add_text(&out, text->spans[i].text);
    const char *joined = bx_arena_strndup(arena, out.data ? out.data : "", out.len);
    bx_buf_fini(&out);
    return joined;
}

/* Adds the cell that "section:path" names, or gives it as the one that is no number. */
static enum outcome add_cell(struct bx_checker *checker,
                             const char *name,
                             struct bx_sum *sum,
                             const struct bx_value **bad)
{
    const char *colon = strchr(name, ':');
    if (!colon)
        return OUTCOME_UNKNOWN;
    const char *id = bx_arena_strndup(&checker->scratch, name, (size_t)(colon - name));
    const struct bx_section *section = bx_check_find_section(checker->model, id);
    if (!section || !section->form || !section->values)
        return OUTCOME_UNKNOWN;
    int at = bx_form_find_cell(section->form, colon + 1);
    if (at < 0)
        return OUTCOME_UNKNOWN;
    const struct bx_value *value = &section->values[at];
    if (value->given == BX_GIVEN_NUMBER && bx_sum_add(sum, value->text, 1))
        return OUTCOME_EQUAL;
    *bad = value;
    return OUTCOME_UNKNOWN;
}

/* Compares with one accepted sum: "applications:new/total+applications:carried_over/total". */
static enum outcome compare_with(struct bx_checker *checker,
                                 const char *accept,
                                 const struct bx_sum *said,
                                 struct bx_sum *sum,
                                 const struct bx_value **bad)
{
    enum outcome outcome = OUTCOME_EQUAL;
    *sum = (struct bx_sum){0};
    while (outcome == OUTCOME_EQUAL && *accept) {
        size_t len = strcspn(accept, "+");
        const char *name = bx_arena_strndup(&checker->scratch, accept, len);
        outcome = add_cell(checker, name, sum, bad);
        accept += len + (accept[len] == '+');
    }
    if (outcome == OUTCOME_EQUAL && !bx_sum_is_equal(said, sum))
        return OUTCOME_DIFFERENT;
    return outcome;
}

/* The digits of a number in prose, without its thousands commas. */
static const char *plain_digits(struct bx_arena *arena, const char *number)
{
    char *out = bx_arena_strndup(arena, number, strlen(number));
    size_t len = 0;
    for (const char *p = number; *p; p++)
        if (*p != ',')
            out[len++] = *p;
    out[len] = '\0';
    return out;
}

/* The sums a number could have equalled, each once. */
struct sums {
    struct bx_buf zh, en;
    const char **texts;
    int count;
};

static void add_sum(struct sums *sums, const char *text)
{
    for (int i = 0; i < sums->count; i++)
        if (strcmp(sums->texts[i], text) == 0)
            return;
    bx_buf_printf(&sums->zh, "%s%s", sums->count > 0 ? "、" : "", text);
    bx_buf_printf(&sums->en, "%s%s", sums->count > 0 ? " or " : "", text);
    sums->texts[sums->count++] = text;
}

static void report_number(const struct search *search,
                          const char *number,
                          const char *where,
                          const struct sums *sums)
{
    const struct bx_text_check *check = search->check;
    struct bx_findings *list = search->checker->findings;
    bx_check_report(
        search->checker, BX_LEVEL_WARNING, check->code, where,
        bx_findings_text(list, "正文写 %s，表中是 %s（%s）", number, sums->zh.data, check->zh),
        bx_findings_text(list, "the text says %s, the table says %s (%s)", number,
                         sums->en.data, check->en));
}

static void judge_number(const struct search *search, const char *number, const char *where)
{
    struct bx_checker *checker = search->checker;
    const struct bx_text_check *check = search->check;
    struct bx_arena *arena = &checker->scratch;
    struct bx_sum said = {0}, sum;
    const struct bx_value *bad = NULL;
    if (!bx_sum_add(&said, plain_digits(arena, number), 1))
        return;
    bool is_equal = false;
    struct sums sums = {.texts =
                            BX_NEW_ARRAY(arena, const char *, (size_t)check->accept_count + 1)};
    for (int i = 0; i < check->accept_count && !is_equal; i++) {
        enum outcome outcome = compare_with(checker, check->accepts[i], &said, &sum, &bad);
        is_equal = outcome == OUTCOME_EQUAL;
        if (outcome == OUTCOME_DIFFERENT)
            add_sum(&sums, bx_sum_text(arena, &sum));
    }
    if (!is_equal && bad)
        bx_check_skip(checker, check->code, bad, check->zh, check->en);
    else if (!is_equal && sums.count > 0)
        report_number(search, number, where, &sums);
    bx_buf_fini(&sums.zh);
    bx_buf_fini(&sums.en);
}

static void search_text(const struct search *search, const struct bx_text *text)
{
    if (text->span_count == 0)
        return;
    GMatchInfo *match = NULL;
    const char *joined = join_spans(&search->checker->scratch, text);
    g_regex_match(search->check->regex, joined, 0, &match);
    while (g_match_info_matches(match)) {
        char *number = g_match_info_fetch(match, 1);
        if (number && number[0])
            judge_number(search, number, text->where);
        g_free(number);
        g_match_info_next(match, NULL);
    }
    g_match_info_free(match);
}

static void search_blocks(const struct search *search, const struct bx_blocks *blocks)
{
    for (int i = 0; i < blocks->count; i++) {
        search_text(search, &blocks->items[i].heading);
        search_text(search, &blocks->items[i].text);
    }
}

static void search_all(const struct search *search)
{
    const struct bx_model *model = search->checker->model;
    for (int i = 0; i < model->preamble_count; i++)
        search_text(search, &model->preamble[i]);
    for (int i = 0; i < model->section_count; i++) {
        search_blocks(search, &model->sections[i].body);
        search_blocks(search, &model->sections[i].after);
    }
}

static bool
mentions(struct bx_checker *checker, const struct bx_blocks *blocks, const char *word)
{
    for (int i = 0; i < blocks->count; i++)
        if (strstr(join_spans(&checker->scratch, &blocks->items[i].heading), word) ||
            strstr(join_spans(&checker->scratch, &blocks->items[i].text), word))
            return true;
    return false;
}

static void check_mention(struct bx_checker *checker, const struct bx_mention_check *check)
{
    const struct bx_section *section = bx_check_find_section(checker->model, check->section);
    if (!section || checker->model->year < check->from_year ||
        mentions(checker, &section->body, check->word) ||
        mentions(checker, &section->after, check->word))
        return;
    const char *where = bx_arena_printf(&checker->scratch, "/sections/%s", check->section);
    bx_check_report(checker, BX_LEVEL_NOTE, check->code, where, check->zh, check->en);
}

void bx_check_texts(struct bx_checker *checker)
{
    const struct bx_sections *sections = checker->sections;
    for (int i = 0; i < sections->text_check_count; i++)
        search_all(&(struct search){checker, &sections->text_checks[i]});
    for (int i = 0; i < sections->mention_check_count; i++)
        check_mention(checker, &sections->mention_checks[i]);
}

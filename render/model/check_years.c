/* C6: what this year's report says of last year against last year's own report.
 *
 * The two reports may use forms of different editions; the sums then meet by their ids, and
 * where last year's form lacks a cell the check is skipped with a note. */
#include "model/check.h"

#include <string.h>

struct comparison {
    struct bx_checker *checker;
    const struct bx_section *now, *last;
    const struct bx_year_check *check;
};

static void report_years(const struct comparison *comparison,
                         const struct bx_operands sides[2],
                         const struct bx_sum sums[2])
{
    struct bx_checker *checker = comparison->checker;
    struct bx_findings *list = checker->findings;
    const char *now = bx_operands_text(&checker->scratch, &sides[0], &sums[0]);
    const char *last = bx_operands_text(&checker->scratch, &sides[1], &sums[1]);
    bx_check_report(
        checker, BX_LEVEL_WARNING, comparison->check->code, sides[0].values[0]->where,
        bx_findings_text(list, "本年 %s ≠ 上年 %s（%s）", now, last, comparison->check->zh),
        bx_findings_text(list, "this year %s ≠ last year %s (%s)", now, last,
                         comparison->check->en));
}

static void compare_line(const struct comparison *comparison, bool is_column, const char *fixed)
{
    struct bx_checker *checker = comparison->checker;
    const struct bx_year_check *check = comparison->check;
    struct bx_operands sides[2];
    struct bx_sum sums[2];
    bx_operands_build(&sides[0], &checker->scratch, comparison->now, check->now,
                      check->now_count, is_column, fixed);
    if (!sides[0].is_complete)
        return;
    bx_operands_build(&sides[1], &checker->scratch, comparison->last, check->last,
                      check->last_count, is_column, fixed);
    if (!sides[1].is_complete) {
        bx_check_report(
            checker, BX_LEVEL_NOTE, "SKIP", sides[0].values[0]->where,
            bx_findings_text(checker->findings,
                             "%s 没有核对，因为上年报告的版式没有对应的格（%s）", check->code,
                             check->zh),
            bx_findings_text(checker->findings,
                             "%s was not checked: the form of last year's report has no such "
                             "cell (%s)",
                             check->code, check->en));
        return;
    }
    for (int side = 0; side < 2; side++) {
        const struct bx_value *bad = bx_operands_sum(&sides[side], &sums[side]);
        if (!bad)
            continue;
        /* The place must be one of this report. */
        struct bx_value here = *bad;
        here.where = sides[0].values[0]->where;
        bx_check_skip(checker, check->code, side == 0 ? bad : &here, check->zh, check->en);
        return;
    }
    if (!bx_sum_is_equal(&sums[0], &sums[1]))
        report_years(comparison, sides, sums);
}

static void compare_section(const struct comparison *comparison)
{
    const struct bx_form *form = comparison->now->form;
    bool is_column = comparison->check->each_row == NULL;
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        if (!bx_check_is_first(form, i, is_column))
            continue;
        if (is_column || bx_form_path_matches(comparison->check->each_row, cell->row_id))
            compare_line(comparison, is_column, is_column ? cell->col_id : cell->row_id);
    }
}

void bx_check_years(struct bx_checker *checker, const struct bx_model *previous)
{
    const struct bx_model *model = checker->model;
    if (previous->year != model->year - 1) {
        bx_check_report(checker, BX_LEVEL_WARNING, "C6", "/year",
                        bx_findings_text(checker->findings,
                                         "给出的上年报告是 %d 年的，不是 %d 年的，没有比较",
                                         previous->year, model->year - 1),
                        bx_findings_text(
                            checker->findings,
                            "last year's report is that of %d, not of %d: nothing was compared",
                            previous->year, model->year - 1));
        return;
    }
    for (int s = 0; s < model->section_count; s++) {
        const struct bx_section *now = &model->sections[s];
        const struct bx_section *last = bx_check_find_section(previous, now->spec->id);
        if (!now->form || !last || !last->form)
            continue;
        for (int c = 0; c < now->form->year_check_count; c++) {
            struct comparison comparison = {.checker = checker,
                                            .now = now,
                                            .last = last,
                                            .check = &now->form->year_checks[c]};
            compare_section(&comparison);
        }
    }
}

/* The cross-checks that a form states of its own figures: C1 to C4.
 *
 * A check is data: sums of rows that must agree in every column, or sums of columns that must
 * agree in every row. What is blank was not given and is never taken for 0: such a check is
 * skipped and says so. Figures are compared exactly and never altered. */
#include "model/check.h"

#include <string.h>

#include "base/buf.h"

void bx_check_report(struct bx_checker *checker,
                     enum bx_level level,
                     const char *code,
                     const char *where,
                     const char *zh,
                     const char *en)
{
    bx_findings_add(checker->findings, &(struct bx_finding){.level = level,
                                                            .code = code,
                                                            .file = checker->model->file,
                                                            .where = where,
                                                            .stage = BX_E_MODEL,
                                                            .zh = zh,
                                                            .en = en});
}

const struct bx_section *bx_check_find_section(const struct bx_model *model, const char *id)
{
    for (int i = 0; i < model->section_count; i++)
        if (strcmp(model->sections[i].spec->id, id) == 0)
            return &model->sections[i];
    return NULL;
}

static const char *line_id(const struct bx_form_cell *cell, bool is_column)
{
    return is_column ? cell->col_id : cell->row_id;
}

static int line_first(const struct bx_form_cell *cell, bool is_column)
{
    return is_column ? cell->col_first : cell->row_first;
}

bool bx_check_is_first(const struct bx_form *form, int at, bool is_column)
{
    return line_first(&form->cells[at], is_column) == at;
}

/* The first figure of a line, which a form of another year may not have: -1. */
static int find_line(const struct bx_form *form, bool is_column, const char *id)
{
    for (int i = 0; i < form->cell_count; i++)
        if (bx_check_is_first(form, i, is_column) &&
            strcmp(line_id(&form->cells[i], is_column), id) == 0)
            return i;
    return -1;
}

static bool
takes(const struct bx_check_term *term, const struct bx_form_cell *cell, bool is_column)
{
    const char *id = line_id(cell, !is_column);
    return bx_form_path_matches(term->pattern, id) &&
           !(term->except && bx_form_path_matches(term->except, id));
}

void bx_operands_build(struct bx_operands *out,
                       struct bx_arena *arena,
                       const struct bx_section *section,
                       const struct bx_check_term *terms,
                       int term_count,
                       bool is_column,
                       const char *fixed)
{
    const struct bx_form *form = section->form;
    int first = find_line(form, is_column, fixed), cell_count = 0;
    for (int i = first; i >= 0 && i < form->cell_count; i++)
        cell_count += line_first(&form->cells[i], is_column) == first;
    size_t most = (size_t)cell_count * (size_t)term_count + 1;
    *out = (struct bx_operands){
        .cells = BX_NEW_ARRAY(arena, const struct bx_form_cell *, most),
        .values = BX_NEW_ARRAY(arena, const struct bx_value *, most),
        .signs = BX_NEW_ARRAY(arena, int, most),
        .is_complete = term_count > 0,
    };
    for (int t = 0; t < term_count; t++) {
        int before = out->count;
        for (int i = first; i >= 0 && i < form->cell_count; i++) {
            if (line_first(&form->cells[i], is_column) != first ||
                !takes(&terms[t], &form->cells[i], is_column))
                continue;
            out->cells[out->count] = &form->cells[i];
            out->values[out->count] = &section->values[i];
            out->signs[out->count++] = terms[t].sign < 0 ? -1 : 1;
        }
        out->is_complete &= out->count > before;
    }
}

const struct bx_value *bx_operands_sum(const struct bx_operands *operands, struct bx_sum *sum)
{
    *sum = (struct bx_sum){0};
    for (int i = 0; i < operands->count; i++) {
        const struct bx_value *value = operands->values[i];
        if (value->given != BX_GIVEN_NUMBER ||
            !bx_sum_add(sum, value->text, operands->signs[i]))
            return value;
    }
    return NULL;
}

const char *bx_operands_text(struct bx_arena *arena,
                             const struct bx_operands *operands,
                             const struct bx_sum *sum)
{
    struct bx_buf out = {0};
    for (int i = 0; i < operands->count; i++) {
        if (operands->signs[i] < 0)
            bx_buf_add_text(&out, i > 0 ? " - " : "-");
        else if (i > 0)
            bx_buf_add_text(&out, " + ");
        bx_buf_add_text(&out, operands->values[i]->text);
    }
    if (operands->count > 1 || operands->signs[0] < 0)
        bx_buf_printf(&out, " = %s", bx_sum_text(arena, sum));
    const char *text = bx_arena_strndup(arena, out.data ? out.data : "", out.len);
    bx_buf_fini(&out);
    return text;
}

const char *
bx_check_label(const struct bx_form *form, const struct bx_form_cell *figure, bool is_column)
{
    const struct bx_form_cell *best = NULL;
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        bool is_over = cell->kind == BX_CELL_HEAD && cell->row < figure->row &&
                       cell->col <= figure->col && figure->col < cell->col + cell->colspan;
        bool is_before = cell->kind == BX_CELL_LABEL && cell->col < figure->col &&
                         cell->row <= figure->row && figure->row < cell->row + cell->rowspan;
        if (is_column ? is_over && (!best || cell->row > best->row)
                      : is_before && (!best || cell->col > best->col))
            best = cell;
    }
    return best ? best->text : "";
}

void bx_check_skip(struct bx_checker *checker,
                   const char *code,
                   const struct bx_value *value,
                   const char *zh,
                   const char *en)
{
    struct bx_findings *list = checker->findings;
    bool is_blank = value->given == BX_GIVEN_BLANK;
    bx_check_report(checker, BX_LEVEL_NOTE, "SKIP", value->where,
                    bx_findings_text(list, "%s 没有核对，因为这一格%s（%s）", code,
                                     is_blank ? "是空白" : "不是纯数字", zh),
                    bx_findings_text(list, "%s was not checked: this cell is %s (%s)", code,
                                     is_blank ? "blank" : "no plain number", en));
}

static void report_sums(struct bx_checker *checker,
                        const struct bx_section *section,
                        const struct bx_check *check,
                        const struct bx_operands sides[2],
                        const struct bx_sum sums[2])
{
    struct bx_findings *list = checker->findings;
    const struct bx_form_cell *cell = sides[0].cells[0];
    bool is_single = sides[0].count == 1, is_row = check->each == BX_EACH_ROW;
    const char *left = bx_operands_text(&checker->scratch, &sides[0], &sums[0]);
    const char *right = bx_operands_text(&checker->scratch, &sides[1], &sums[1]);
    const char *label = is_single ? bx_check_label(section->form, cell, is_row) : "";
    const char *id = is_single ? (is_row ? cell->col_id : cell->row_id) : "";
    bx_check_report(checker, checker->allow_inconsistent ? BX_LEVEL_NOTE : BX_LEVEL_ERROR,
                    check->code, sides[0].values[0]->where,
                    bx_findings_text(list, "%s%s%s ≠ %s（%s）", label, label[0] ? " " : "",
                                     left, right, check->zh),
                    bx_findings_text(list, "%s%s%s ≠ %s (%s)", id, id[0] ? " " : "", left,
                                     right, check->en));
}

/* One check in one column or row. */
static void check_line(struct bx_checker *checker,
                       const struct bx_section *section,
                       const struct bx_check *check,
                       const char *fixed)
{
    bool is_column = check->each == BX_EACH_COLUMN;
    struct bx_operands sides[2];
    struct bx_sum sums[2];
    struct bx_arena *arena = &checker->scratch;
    bx_operands_build(&sides[0], arena, section, check->left, check->left_count, is_column,
                      fixed);
    bx_operands_build(&sides[1], arena, section, check->right, check->right_count, is_column,
                      fixed);
    if (!sides[0].is_complete || !sides[1].is_complete)
        return;
    for (int side = 0; side < 2; side++) {
        const struct bx_value *bad = bx_operands_sum(&sides[side], &sums[side]);
        if (bad) {
            bx_check_skip(checker, check->code, bad, check->zh, check->en);
            return;
        }
    }
    if (!bx_sum_is_equal(&sums[0], &sums[1]))
        report_sums(checker, section, check, sides, sums);
}

static void check_section(struct bx_checker *checker, const struct bx_section *section)
{
    const struct bx_form *form = section->form;
    if (!form || !section->values)
        return;
    for (int c = 0; c < form->check_count; c++) {
        const struct bx_check *check = &form->checks[c];
        bool is_column = check->each == BX_EACH_COLUMN;
        for (int i = 0; i < form->cell_count; i++)
            if (bx_check_is_first(form, i, is_column))
                check_line(checker, section, check, line_id(&form->cells[i], is_column));
    }
}

void bx_model_check(const struct bx_model *model,
                    const struct bx_sections *sections,
                    const struct bx_model *previous,
                    bool allow_inconsistent,
                    struct bx_findings *findings)
{
    struct bx_checker checker = {.model = model,
                                 .sections = sections,
                                 .findings = findings,
                                 .allow_inconsistent = allow_inconsistent};
    for (int i = 0; i < model->section_count; i++)
        check_section(&checker, &model->sections[i]);
    bx_check_texts(&checker);
    if (previous)
        bx_check_years(&checker, previous);
    bx_arena_fini(&checker.scratch);
}

/* The cross-checks of a form, kept as they stand for the report's figures to be tried against.
 * What a term names must exist: a slip of the pen in an id would pass every report. */
#include <string.h>

#include "layout/form_read.h"

/* One side of a relation. */
struct side {
    struct bx_check_term *terms;
    int count;
};

static void
read_side(struct side *out, struct bx_form_reader *reader, const struct bx_xml_node *node)
{
    struct bx_arena *arena = &reader->form->arena;
    int capacity = 0;
    *out = (struct side){0};
    for (const struct bx_xml_node *term = bx_xml_find_child(node, "term"); term;
         term = bx_xml_find_next(term, "term")) {
        struct bx_xml_place place = bx_form_place(reader, term);
        const char *sign = bx_xml_find_attr(term, "sign");
        if (out->count == capacity)
            out->terms =
                bx_arena_grow(arena, out->terms, out->count, &capacity, sizeof(*out->terms));
        struct bx_check_term *to = &out->terms[out->count++];
        *to = (struct bx_check_term){.pattern = "", .sign = sign && *sign == '-' ? -1 : 1};
        bx_xml_string(&to->pattern, &place, "of", arena);
        bx_xml_string(&to->except, &place, "except", arena);
    }
}

static const char *
read_words(struct bx_form_reader *reader, const struct bx_xml_node *node, const char *name)
{
    const struct bx_xml_node *words = bx_xml_find_child(node, name);
    return words ? bx_xml_text(words, &reader->form->arena) : "";
}

/* --- which rows and columns a term speaks of --- */

static bool term_takes(const struct bx_check_term *term, const char *path)
{
    return bx_form_path_matches(term->pattern, path) &&
           !(term->except && bx_form_path_matches(term->except, path));
}

/* A term that matches nothing is a slip of the pen that would pass every report. */
static bool check_terms(struct bx_form_reader *reader,
                        const struct bx_xml_node *node,
                        const struct side *side,
                        bool by_column)
{
    const struct bx_form *form = reader->form;
    for (int i = 0; i < side->count; i++) {
        bool is_used = false;
        for (int k = 0; k < form->cell_count && !is_used; k++) {
            const struct bx_form_cell *cell = &form->cells[k];
            is_used = cell->path &&
                      term_takes(&side->terms[i], by_column ? cell->row_id : cell->col_id);
        }
        if (!is_used)
            return bx_xml_fail(reader->xml, node, reader->err, "no %s of the form is called %s",
                               by_column ? "row" : "column", side->terms[i].pattern);
    }
    return true;
}

static bool read_sides(struct side sides[2],
                       struct bx_form_reader *reader,
                       const struct bx_xml_node *node,
                       const char *const names[2],
                       bool by_column)
{
    for (int i = 0; i < 2; i++) {
        const struct bx_xml_node *from = bx_xml_find_child(node, names[i]);
        if (!from)
            return bx_xml_fail(reader->xml, node, reader->err, "a check without <%s>",
                               names[i]);
        read_side(&sides[i], reader, from);
        if (!check_terms(reader, node, &sides[i], by_column))
            return false;
    }
    return true;
}

static bool is_by_column(const struct bx_xml_node *node)
{
    const char *each = bx_xml_find_attr(node, "each");
    return each && strcmp(each, "column") == 0;
}

static bool read_check(struct bx_form_reader *reader, const struct bx_xml_node *node)
{
    static const char *const names[2] = {"left", "right"};
    struct bx_form *form = reader->form;
    struct bx_xml_place place = bx_form_place(reader, node);
    struct side sides[2];
    bool by_column = is_by_column(node);
    if (!read_sides(sides, reader, node, names, by_column))
        return false;
    struct bx_check *check = &form->checks[form->check_count++];
    *check = (struct bx_check){
        .code = "",
        .each = by_column ? BX_EACH_COLUMN : BX_EACH_ROW,
        .left = sides[0].terms,
        .left_count = sides[0].count,
        .right = sides[1].terms,
        .right_count = sides[1].count,
        .zh = read_words(reader, node, "zh"),
        .en = read_words(reader, node, "en"),
    };
    bx_xml_string(&check->code, &place, "code", &form->arena);
    return true;
}

static bool read_year_check(struct bx_form_reader *reader, const struct bx_xml_node *node)
{
    static const char *const names[2] = {"now", "last"};
    struct bx_form *form = reader->form;
    struct bx_xml_place place = bx_form_place(reader, node);
    struct side sides[2];
    if (!read_sides(sides, reader, node, names, is_by_column(node)))
        return false;
    struct bx_year_check *check = &form->year_checks[form->year_check_count++];
    *check = (struct bx_year_check){
        .code = "",
        .now = sides[0].terms,
        .now_count = sides[0].count,
        .last = sides[1].terms,
        .last_count = sides[1].count,
        .zh = read_words(reader, node, "zh"),
        .en = read_words(reader, node, "en"),
    };
    bx_xml_string(&check->code, &place, "code", &form->arena);
    bx_xml_string(&check->each_row, &place, "rows", &form->arena);
    return true;
}

static size_t count_children(const struct bx_xml_node *root, const char *name)
{
    size_t count = 0;
    for (const struct bx_xml_node *node = bx_xml_find_child(root, name); node;
         node = bx_xml_find_next(node, name))
        count++;
    return count;
}

bool bx_form_read_checks(struct bx_form_reader *reader, const struct bx_xml_node *root)
{
    struct bx_form *form = reader->form;
    size_t checks = count_children(root, "check") + 1;
    size_t year_checks = count_children(root, "year-check") + 1;
    form->checks = BX_NEW_ARRAY(&form->arena, struct bx_check, checks);
    form->year_checks = BX_NEW_ARRAY(&form->arena, struct bx_year_check, year_checks);
    for (const struct bx_xml_node *node = root->first; node; node = node->next) {
        if (node->name && strcmp(node->name, "check") == 0 && !read_check(reader, node))
            return false;
        if (node->name && strcmp(node->name, "year-check") == 0 &&
            !read_year_check(reader, node))
            return false;
    }
    return true;
}

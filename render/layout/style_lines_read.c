/* The rules of lines a style chooses, and how it sets tables. */
#include <string.h>

#include "layout/style_read.h"

enum {
    PENALTY_MAX = 10000, /* of plan/linebreak.h: beyond it a break is forbidden */
    STEPS_MAX = 16,
};

static bool find_part(struct bx_xml_place *out,
                      const struct bx_style_reader *reader,
                      const struct bx_xml_node *lines,
                      const char *name)
{
    *out = (struct bx_xml_place){.xml = reader->xml, .err = reader->err};
    out->node = bx_xml_find_child(lines, name);
    return out->node != NULL;
}

static bool read_break(struct bx_line_rules *out, const struct bx_xml_place *place)
{
    static const char *const levels[] = {
        [BX_BREAK_NONE] = "none",
        [BX_BREAK_BASIC] = "basic",
        [BX_BREAK_GB] = "gb",
        [BX_BREAK_STRICT] = "strict",
        NULL,
    };
    int level = (int)out->level;
    if (!bx_xml_word(&level, place, "level", levels))
        return false;
    out->level = (enum bx_break_level)level;
    return bx_xml_bool(&out->keep_range, place, "keep-range") &&
           bx_xml_int(&out->rescue_penalty, place, "rescue-penalty", 0, PENALTY_MAX) &&
           bx_xml_int(&out->split_date_penalty, place, "split-date-penalty", 0, PENALTY_MAX) &&
           bx_xml_int(&out->orphan_penalty, place, "orphan-penalty", 0, PENALTY_MAX);
}

static bool read_marks(struct bx_line_rules *out, const struct bx_xml_place *place)
{
    static const char *const line_ends[] = {"allow", "force", NULL};
    int line_end = out->force_line_end;
    if (!bx_xml_word(&line_end, place, "line-end", line_ends))
        return false;
    out->force_line_end = line_end == 1;
    return bx_xml_bool(&out->trim_indent, place, "trim-indent") &&
           bx_xml_bool(&out->keep_fullstop, place, "keep-fullstop") &&
           bx_xml_bool(&out->tight_pairs, place, "tight-pairs") &&
           bx_xml_bool(&out->hang, place, "hang");
}

static bool read_autospace(struct bx_line_rules *out, const struct bx_xml_place *place)
{
    if (!bx_xml_em1000(&out->autospace, place, "natural") ||
        !bx_xml_em1000(&out->autospace_min, place, "least") ||
        !bx_xml_em1000(&out->autospace_max, place, "most") ||
        !bx_xml_bool(&out->autospace_grid, place, "grid"))
        return false;
    return (out->autospace_min <= out->autospace && out->autospace <= out->autospace_max) ||
           bx_style_fail(place, "natural lies between least and most");
}

static bool read_loose(struct bx_line_rules *out, const struct bx_xml_place *place)
{
    static const char *const settings[] = {"justify", "left", NULL};
    int setting = out->loose_left;
    if (!bx_xml_em1000(&out->loose_gap, place, "gap") ||
        !bx_xml_word(&setting, place, "set", settings))
        return false;
    out->loose_left = setting == 1;
    return true;
}

bool bx_style_read_lines(struct bx_line_rules *out,
                         const struct bx_style_reader *reader,
                         const struct bx_xml_node *lines)
{
    struct bx_xml_place place;
    if (find_part(&place, reader, lines, "break") && !read_break(out, &place))
        return false;
    if (find_part(&place, reader, lines, "marks") && !read_marks(out, &place))
        return false;
    if (find_part(&place, reader, lines, "autospace") && !read_autospace(out, &place))
        return false;
    if (find_part(&place, reader, lines, "word-space") &&
        (!bx_xml_em1000(&out->word_space_min, &place, "least") ||
         !bx_xml_em1000(&out->word_space_max, &place, "most")))
        return false;
    return !find_part(&place, reader, lines, "loose") || read_loose(out, &place);
}

/* --- tables --- */

/* A range from natural down to least. */
static bool read_range(bx_len out[2], const struct bx_xml_place *place, bx_len smallest)
{
    return bx_xml_len(&out[0], place, "natural") && bx_xml_len(&out[1], place, "least") &&
           ((out[0] >= out[1] && out[1] >= smallest) ||
            bx_style_fail(place, "natural is at least least, and characters have a size"));
}

static bool read_table_parts(struct bx_table_style *out,
                             const struct bx_style_reader *reader,
                             const struct bx_xml_node *table)
{
    struct bx_arena *arena = &reader->style->arena;
    struct bx_xml_place place;
    if (!bx_style_place(&place, reader, table, "label") ||
        !read_range(out->label_size, &place, 1))
        return false;
    bx_xml_string(&out->label_role, &place, "role", arena);
    if (!bx_style_place(&place, reader, table, "figure") ||
        !read_range(out->figure_size, &place, 1) ||
        !bx_xml_len(&out->figure_least, &place, "smallest") ||
        !bx_xml_len(&out->figure_step, &place, "step"))
        return false;
    bx_xml_string(&out->figure_role, &place, "role", arena);
    if (out->figure_least < 1 || out->figure_least > out->figure_size[1] ||
        out->figure_step < 1 || !out->label_role || !out->figure_role)
        return bx_style_fail(&place, "smallest is above least, or there is no step or role");
    return bx_style_place(&place, reader, table, "padding") &&
           read_range(out->padding_v, &place, 0) &&
           bx_xml_len(&out->padding_h, &place, "sides");
}

/* The rules of tables of prose, where the style gives them. */
static bool read_rules(struct bx_table_style *out,
                       struct bx_style_reader *reader,
                       const struct bx_xml_node *table)
{
    struct bx_xml_place place;
    if (!bx_xml_find_child(table, "rules"))
        return true;
    if (!bx_style_place(&place, reader, table, "rules") ||
        !bx_xml_len(&out->rule_outer, &place, "outer") ||
        !bx_xml_len(&out->rule_inner, &place, "inner"))
        return false;
    return (out->rule_outer > 0 && out->rule_inner > 0) ||
           bx_style_fail(&place, "a rule without a width");
}

/* What is said of a table that goes on, where the style says it. */
static bool read_continued(struct bx_continued_style *out,
                           struct bx_style_reader *reader,
                           const struct bx_xml_node *table)
{
    static const char *const aligns[] = {[BX_ALIGN_LEFT] = "left",
                                         [BX_ALIGN_CENTER] = "center",
                                         [BX_ALIGN_RIGHT] = "right",
                                         NULL};
    struct bx_xml_place place;
    int align = BX_ALIGN_RIGHT;
    if (!bx_xml_find_child(table, "continued"))
        return true;
    if (!bx_style_place(&place, reader, table, "continued") ||
        !bx_xml_len(&out->size, &place, "size") ||
        !bx_xml_word(&align, &place, "align", aligns))
        return false;
    out->align = (enum bx_align)align;
    bx_xml_string(&out->text, &place, "text", &reader->style->arena);
    bx_xml_string(&out->role, &place, "role", &reader->style->arena);
    return (out->text && out->role && out->size > 0) ||
           bx_style_fail(&place, "there is no text, no role or no size");
}

static bool read_table(struct bx_style_reader *reader, const struct bx_xml_node *node)
{
    struct bx_style *style = reader->style;
    struct bx_xml_place place = {.xml = reader->xml, .node = node, .err = reader->err};
    struct bx_table_style table = {.section = "", .lines = style->lines, .density_steps = 1};
    bx_xml_string(&table.section, &place, "section", &style->arena);
    if (bx_style_find_table(style, table.section))
        return bx_style_fail(&place, "this section is given twice");
    if (!bx_xml_int(&table.density_steps, &place, "steps", 1, STEPS_MAX) ||
        !bx_xml_len(&table.clearance, &place, "clearance") ||
        !bx_xml_em1000(&table.line_em1000, &place, "line-pitch") ||
        !read_table_parts(&table, reader, node) || !read_rules(&table, reader, node) ||
        !read_continued(&table.continued, reader, node))
        return false;
    if (table.line_em1000 < 1000)
        return bx_style_fail(&place, "lines lower than their characters");
    const struct bx_xml_node *lines = bx_xml_find_child(node, "lines");
    if (lines && !bx_style_read_lines(&table.lines, reader, lines))
        return false;
    style->tables[style->table_count++] = table;
    return true;
}

bool bx_style_read_tables(struct bx_style_reader *reader)
{
    const struct bx_xml_node *root = reader->xml->root;
    size_t count = 0;
    for (const struct bx_xml_node *node = bx_xml_find_child(root, "table"); node;
         node = bx_xml_find_next(node, "table"))
        count++;
    reader->style->tables =
        BX_NEW_ARRAY(&reader->style->arena, struct bx_table_style, count + 1);
    for (const struct bx_xml_node *node = bx_xml_find_child(root, "table"); node;
         node = bx_xml_find_next(node, "table"))
        if (!read_table(reader, node))
            return false;
    return true;
}

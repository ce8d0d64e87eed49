/* The columns of a form. Widths are shares: of the sum where the file gives lengths, as they are
 * where it gives percentages; so the same form fits every type area. */
#include <string.h>

#include "layout/form_read.h"

static int count_cols(const struct bx_xml_node *table)
{
    int count = 0;
    for (const struct bx_xml_node *group = bx_xml_find_child(table, "colgroup"); group;
         group = bx_xml_find_next(group, "colgroup"))
        for (const struct bx_xml_node *col = bx_xml_find_child(group, "col"); col;
             col = bx_xml_find_next(col, "col"))
            count++;
    return count;
}

static bool is_share(const struct bx_xml_node *col)
{
    const char *width = bx_xml_find_attr(col, "width");
    return width && strchr(width, '%');
}

static bool read_col(struct bx_form_reader *reader, int col, bx_len *width)
{
    struct bx_form_col *out = &reader->form->cols[col];
    const struct bx_xml_node *node = reader->col_nodes[col];
    struct bx_xml_place place = bx_form_place(reader, node);
    out->most_1000 = 1000;
    bx_xml_string(&out->id, &place, "id", &reader->form->arena);
    if (is_share(node) != is_share(reader->col_nodes[0]))
        return bx_xml_fail(reader->xml, node, reader->err,
                           "widths are all lengths or all percentages");
    bool is_read = is_share(node) ? bx_xml_share1000(&out->natural_1000, &place, "width")
                                  : bx_xml_len(width, &place, "width");
    return is_read && bx_xml_em1000(&out->least_em1000, &place, "least") &&
           bx_xml_len(&out->least_add, &place, "least-add") &&
           bx_xml_share1000(&out->most_1000, &place, "most");
}

bool bx_form_read_cols(struct bx_form_reader *reader, const struct bx_xml_node *table)
{
    struct bx_form *form = reader->form;
    int count = count_cols(table);
    if (count < 1 || count > BX_FORM_COLS_MAX)
        return bx_xml_fail(reader->xml, table, reader->err, "a table has 1 to %d columns",
                           BX_FORM_COLS_MAX);
    form->col_count = count;
    form->cols = BX_NEW_ARRAY(&form->arena, struct bx_form_col, (size_t)count);
    reader->col_nodes =
        BX_NEW_ARRAY(&reader->scratch, const struct bx_xml_node *, (size_t)count);
    int i = 0;
    for (const struct bx_xml_node *group = bx_xml_find_child(table, "colgroup"); group;
         group = bx_xml_find_next(group, "colgroup"))
        for (const struct bx_xml_node *col = bx_xml_find_child(group, "col"); col;
             col = bx_xml_find_next(col, "col"))
            reader->col_nodes[i++] = col;

    bx_len *widths = BX_NEW_ARRAY(&reader->scratch, bx_len, (size_t)count);
    int64_t sum = 0;
    for (int col = 0; col < count; col++) {
        if (!read_col(reader, col, &widths[col]))
            return false;
        sum += widths[col];
    }
    for (int col = 0; col < count; col++) {
        if (sum > 0)
            form->cols[col].natural_1000 = (int)((widths[col] * (int64_t)1000 + sum / 2) / sum);
        if (form->cols[col].natural_1000 < 1)
            return bx_xml_fail(reader->xml, reader->col_nodes[col], reader->err,
                               "a column without width");
    }
    return true;
}

/* The rule that every figure has a source. */
#include <string.h>

#include "layout/xml_read.h"

/* A number with a unit, or with `counts_too` without one. */
static bool is_figure(const char *value, bool counts_too)
{
    value += *value == '+' || *value == '-';
    size_t digits = strspn(value, "0123456789.");
    const char *unit = value + digits;
    if (digits == 0)
        return false;
    if (*unit == '\0')
        return counts_too;
    return strcmp(unit, "mm") == 0 || strcmp(unit, "pt") == 0 || strcmp(unit, "em") == 0 ||
           strcmp(unit, "%") == 0;
}

static bool has_source(const struct bx_xml_node *node)
{
    for (; node->parent; node = node->parent) {
        const char *source = bx_xml_find_attr(node, "source");
        if (source && *source)
            return true;
    }
    return false;
}

static bool check_node(const struct bx_xml *xml,
                       const struct bx_xml_node *node,
                       bool counts_too,
                       struct bx_err *err)
{
    for (int i = 0; i < node->attr_count && node->parent; i++)
        if (is_figure(node->attrs[i].value, counts_too) && !has_source(node))
            return bx_xml_fail(xml, node, err, "<%s %s=\"%s\"> has no source", node->name,
                               node->attrs[i].name, node->attrs[i].value);
    for (const struct bx_xml_node *child = node->first; child; child = child->next)
        if (child->name && !check_node(xml, child, counts_too, err))
            return false;
    return true;
}

bool bx_xml_check_sources(const struct bx_xml *xml, bool counts_too, struct bx_err *err)
{
    return check_node(xml, xml->root, counts_too, err);
}

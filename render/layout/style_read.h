/* What the parts of the style reader share. */
#ifndef BX_STYLE_READ_H
#define BX_STYLE_READ_H

#include "layout/style.h"
#include "layout/xml_read.h"
#include "layout/xml_value.h"

struct bx_style_reader {
    const struct bx_xml *xml;
    struct bx_err *err;
    struct bx_style *style;
};

/* A child element that the schema demands. Fails   BX_E_LAYOUT where it is missing. */
bool bx_style_place(struct bx_xml_place *out,
                    const struct bx_style_reader *reader,
                    const struct bx_xml_node *parent,
                    const char *name);

bool bx_style_fail(const struct bx_xml_place *place, const char *what);

/* Reads <lines>; what it leaves out stays as it is in *out. */
bool bx_style_read_lines(struct bx_line_rules *out,
                         const struct bx_style_reader *reader,
                         const struct bx_xml_node *lines);

/* Reads <chart>, which a style may lack. */
bool bx_style_read_chart(struct bx_style_reader *reader);

/* Reads every <table>; after the style's own line rules, from which its tables start. */
bool bx_style_read_tables(struct bx_style_reader *reader);

#endif

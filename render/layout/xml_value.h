/* Values of attributes: lengths, shares, counts, words.
 *
 * An attribute that is absent leaves *out as it is and is no failure; which ones must be there
 * the schema says. All fail with BX_E_LAYOUT, naming element, attribute and line. */
#ifndef BX_XML_VALUE_H
#define BX_XML_VALUE_H

#include "base/len.h"
#include "layout/form.h"
#include "layout/xml_read.h"

/* An attribute of an element, and where a failure goes. */
struct bx_xml_place {
    const struct bx_xml *xml;
    const struct bx_xml_node *node;
    struct bx_err *err;
};

/* "156mm" or "15.75pt"; at most 20 m. */
bool bx_xml_len(bx_len *out, const struct bx_xml_place *place, const char *name);

/* "2.5em" to 2500. */
bool bx_xml_em1000(int *out, const struct bx_xml_place *place, const char *name);

/* "39%" to 390. */
bool bx_xml_share1000(int *out, const struct bx_xml_place *place, const char *name);

/* A whole number from least to most. */
bool bx_xml_int(
    int *out, const struct bx_xml_place *place, const char *name, int least, int most);

/* "yes" or "no". */
bool bx_xml_bool(bool *out, const struct bx_xml_place *place, const char *name);

/* The index of the value in `words`, whose end is NULL. */
bool bx_xml_word(int *out,
                 const struct bx_xml_place *place,
                 const char *name,
                 const char *const *words);

/* "#C6D9F1" in 1/1000 of each colour, rounded. */
bool bx_xml_colour(struct bx_colour *out, const struct bx_xml_place *place, const char *name);

/* A copy in the arena. */
void bx_xml_string(const char **out,
                   const struct bx_xml_place *place,
                   const char *name,
                   struct bx_arena *arena);

#endif

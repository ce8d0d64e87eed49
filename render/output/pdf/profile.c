#include "output/pdf/profile.h"

#include <stddef.h>
#include <string.h>

/* Sources: ISO 19005-2 and -3 6.6.4 (part, conformance), 6.6.2.3 (described schemas), 6.2.3
 * (output intent); ISO 19005-2 6.8 lets only PDF/A files be embedded, so archive-2a holds none;
 * ISO 14289-1 clause 5; ISO 19005-4 6.1.2, 6.7.3, annex A; ISO 14289-2 8.2.4 (namespaces), 8.8
 * (structure destinations), clause 5; WTPDF 1.0 6.1.3 (declarations). print claims what archive
 * claims: it differs in colour and boxes only. */
static const struct bx_pdf_profile PROFILES[] = {
    {
        .name = "archive",
        .pdf_version = "1.7",
        .claims = {{"pdfaid:part", "3"}, {"pdfaid:conformance", "A"}, {"pdfuaid:part", "1"}},
        .intent = "GTS_PDFA1",
        .describes_schemas = true,
        .may_attach = true,
    },
    {
        .name = "archive-2a",
        .pdf_version = "1.7",
        .claims = {{"pdfaid:part", "2"}, {"pdfaid:conformance", "A"}, {"pdfuaid:part", "1"}},
        .intent = "GTS_PDFA1",
        .describes_schemas = true,
    },
    {
        .name = "archive-4f",
        .pdf_version = "2.0",
        .claims = {{"pdfaid:part", "4"},
                   {"pdfaid:rev", "2020"},
                   {"pdfaid:conformance", "F"},
                   {"pdfuaid:part", "2"},
                   {"pdfuaid:rev", "2024"}},
        .declarations = {"http://pdfa.org/declarations/wtpdf#accessibility1.0",
                         "http://pdfa.org/declarations/wtpdf#reuse1.0"},
        .intent = "GTS_PDFA1",
        .may_attach = true,
        .has_namespace = true,
        .has_element_places = true,
    },
    {
        .name = "print",
        .pdf_version = "1.7",
        .claims = {{"pdfaid:part", "3"}, {"pdfaid:conformance", "A"}, {"pdfuaid:part", "1"}},
        .intent = "GTS_PDFA1",
        .describes_schemas = true,
        .may_attach = true,
        .is_black = true,
        .may_be_printed = true,
    },
};

int bx_pdf_profile_count(void)
{
    return (int)(sizeof(PROFILES) / sizeof(PROFILES[0]));
}

const struct bx_pdf_profile *bx_pdf_profile_at(int i)
{
    return &PROFILES[i];
}

const struct bx_pdf_profile *bx_pdf_profile_find(const char *name)
{
    for (int i = 0; i < bx_pdf_profile_count(); i++)
        if (strcmp(PROFILES[i].name, name) == 0)
            return &PROFILES[i];
    return NULL;
}

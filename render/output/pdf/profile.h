/* The profiles: which standards a file claims, and what they allow and require of the writer.
 *
 * Every difference between profiles is a field here and a row of the table in profile.c; the rest
 * of the writer asks for fields and never for a profile by name. */
#ifndef BX_PDF_PROFILE_H
#define BX_PDF_PROFILE_H

#include <stdbool.h>

#define BX_PDF_CLAIM_MAX       6
#define BX_PDF_DECLARATION_MAX 2

/* A property of the metadata by which a file says what it is. */
struct bx_pdf_claim {
    const char *property, *value; /* "pdfaid:part", "3" */
};

struct bx_pdf_profile {
    const char *name;                                 /* of --profile */
    const char *pdf_version;                          /* of the header */
    struct bx_pdf_claim claims[BX_PDF_CLAIM_MAX];     /* ends with NULL, or is full */
    const char *declarations[BX_PDF_DECLARATION_MAX]; /* URIs of PDF Declarations */
    const char *intent;                               /* kind of the output intent */
    bool describes_schemas;  /* properties that XMP does not define are described in the file */
    bool may_attach;         /* files may be embedded */
    bool has_namespace;      /* each element names the namespace of its tag */
    bool has_element_places; /* bookmarks lead to elements, not only to places on pages */
    bool is_black;           /* everything on the black plate: DeviceGray alone */
    bool may_be_printed;     /* takes another output intent, bleed and crop marks */
};

/* The profile of a name, or NULL. Needs no file. */
const struct bx_pdf_profile *bx_pdf_profile_find(const char *name);

/* 0 <= i < bx_pdf_profile_count(); the first one is the default. */
const struct bx_pdf_profile *bx_pdf_profile_at(int i);
int bx_pdf_profile_count(void);

#endif

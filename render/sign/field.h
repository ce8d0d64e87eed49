/* The signature fields of a file, and what a revision must change for one of them to carry a
 * signature. */
#ifndef BX_SIGN_FIELD_H
#define BX_SIGN_FIELD_H

#include "base/err.h"
#include "sign/revision.h"

struct bx_field {
    int number;       /* of its object */
    const char *name; /* complete: "a.b" */
    struct bx_value dict;
    struct bx_value value; /* V as it stands, NONE for an empty field */
};

/* Shape  items in the order of the form.
 * Holds  catalog and form are dictionaries, the form a NONE when the file has none. */
struct bx_field_list {
    struct bx_source *source; /* borrowed */
    struct bx_value catalog, form;
    int catalog_number;
    int form_number; /* 0 when it stands in the catalog */
    struct bx_field *items;
    int count, capacity;
    int signed_count;
    int permission;        /* P of the certification, 1 to 3; 0 without one */
    bool has_usage_rights; /* or any other entry of Perms */
};

/* Fails   BX_E_READ: a catalog, form or field that is none. */
bool bx_field_list_read(struct bx_field_list *out,
                        struct bx_source *source,
                        struct bx_err *err);

/* The field of this name, or NULL. */
const struct bx_field *bx_field_list_find(const struct bx_field_list *list, const char *name);

struct bx_look;

struct bx_field_change {
    const struct bx_field *field; /* to be signed; NULL makes a new, invisible one */
    const char *name;             /* of a new one */
    const char *description;      /* of a new one, for those who do not see */
    int signature;                /* object number of the signature dictionary */
    bool is_certification;        /* the catalog's Perms name it */
    bool is_stamp;                /* a time-stamp's new field: without a look */
    struct bx_look *look;         /* a seal, with its place; or NULL */
};

/* Writes the field with its signature and all that must change with it: form, catalog; for a new
 * field also page, structure tree and appearance.
 *
 * Fails   BX_E_READ: the file lacks a page or its structure is damaged. */
bool bx_field_write(struct bx_revision *revision,
                    const struct bx_field_list *list,
                    const struct bx_field_change *change,
                    struct bx_err *err);

#endif

/* fonts/lock.xml and fonts/roles.xml as plain data. */
#ifndef BX_ROLES_H
#define BX_ROLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* A pinned face. Texts are never NULL. */
struct bx_lock_face {
    const char *id;         /* "fandol-fang" */
    const char *postscript; /* as its name table has it */
    const char *name;       /* for people */
    const char *file;       /* absolute, or relative to the fonts folder */
    const char *sha256;     /* 64 digits, lower case */
    const char *package, *version, *licence;
    int64_t size; /* of the file in bytes */
    int index;    /* in a collection */
    int centre;   /* as bx_font.centre */
};

/* A name an office's face may have. */
struct bx_role_name {
    const char *name;
    int weight; /* as in CSS; 0 when any will do */
};

struct bx_role_face {
    int lock;               /* index into the lock */
    const char *stands_for; /* the kind that was asked for and this is not, or NULL */
};

struct bx_role {
    const char *name; /* "fangsong" */
    const char *zh;   /* "仿宋" */
    bool is_optional;
    struct bx_role_name *names;
    int name_count;
    struct bx_role_face *faces;
    int face_count;
};

/* Shape  roles in the order of the file; the fallback chain is a role too, the last. */
struct bx_roles {
    struct bx_lock_face *lock;
    int lock_count;
    struct bx_role *roles;
    int role_count;
    int fallback; /* = role_count - 1 */
};

/* Reads both files of a fonts folder, strictly: what is not described is an error.
 *
 * Gives   *out in the arena.
 * Fails   BX_E_READ when a file cannot be read; BX_E_LAYOUT, with the line, when it is no XML or
 *         not of this form. */
bool bx_roles_read(struct bx_roles *out,
                   struct bx_arena *arena,
                   const char *fonts_dir,
                   struct bx_err *err);

#endif

/* What a font set keeps: shared by the files that make it and that describe it. */
#ifndef BX_FONTSET_DATA_H
#define BX_FONTSET_DATA_H

#include "font/fontset.h"
#include "font/roles.h"
#include "font/store.h"

/* A face that may be used; mapped when it is a role's first, else when a character needs it. */
struct bx_entry {
    const char *path;
    int index;
    const char *postscript;
    int lock;                  /* index into the lock, or -1: a face of the office */
    bool is_pinned;            /* at the place of the lock, with its size */
    bool is_broken;            /* could not be opened: never tried again */
    enum bx_store_state state; /* of its store, once it was looked for */
    bool is_told;              /* that the store is of no use */
    hb_face_t *face;           /* opened, or */
    struct bx_store *store;    /* prepared */
    struct bx_font *font;      /* once it is in use, which owns face and store then */
};

/* Shape  entries[0 .. entry_count): indexes into the set's entries, best first. */
struct bx_role_set {
    int *entries;
    int entry_count;
    int office_count; /* how many of them, the first, are the office's own */
};

struct bx_fontset {
    struct bx_arena arena;
    const char *fonts_dir, *office_dir; /* office_dir may be NULL */
    struct bx_roles roles;
    struct bx_role_set *sets; /* one a role, the fallback chain last */
    struct bx_entry *entries;
    int entry_count, entry_capacity;
    int *
        lock_entries; /* lock -> entry, -1 when the face is missing, -2 before it was looked for */
    struct bx_font **fonts; /* in use, by id */
    int font_count;
    const char *folders[2]; /* of stores, best first */
    int folder_count;
};

/* Puts a face to use, if it can be opened. */
struct bx_font *bx_fontset_load(struct bx_fontset *set, int entry);

/* Looks for the store of a face. Gives *out when the state is GOOD. */
enum bx_store_state bx_fontset_find_store(struct bx_store **out,
                                          const struct bx_fontset *set,
                                          const struct bx_entry *entry);

#endif

/* Looking things up in a form. */
#include "layout/form.h"

#include <string.h>

void bx_form_free(struct bx_form *form)
{
    if (!form)
        return;
    struct bx_arena arena = form->arena; /* the form itself lives in it */
    bx_arena_fini(&arena);
}

int bx_form_find_cell_from(const struct bx_form *form, const char *path, int from)
{
    for (int n = 0, i = from; n < form->cell_count; n++, i++) {
        i = i < form->cell_count ? i : 0;
        if (form->cells[i].path && strcmp(form->cells[i].path, path) == 0)
            return i;
    }
    return -1;
}

int bx_form_find_cell(const struct bx_form *form, const char *path)
{
    return bx_form_find_cell_from(form, path, 0);
}

bool bx_form_path_matches(const char *pattern, const char *path)
{
    size_t step = strcspn(pattern, "/"), len = strcspn(path, "/");
    const char *next_pattern = pattern + step + (pattern[step] == '/');
    const char *next_path = path + len + (path[len] == '/');
    if (step == 0)
        return len == 0;
    if (step == 2 && memcmp(pattern, "**", 2) == 0)
        return bx_form_path_matches(next_pattern, path) ||
               (len > 0 && bx_form_path_matches(pattern, next_path));
    bool is_any = step == 1 && pattern[0] == '*';
    if (len == 0 || (!is_any && (step != len || memcmp(pattern, path, len) != 0)))
        return false;
    return bx_form_path_matches(next_pattern, next_path);
}

#include "forms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"

struct bx_buf forms_load(const char *path)
{
    struct bx_buf out = {0};
    struct bx_err err = {0};
    if (!bx_file_read(&out, path, 1 << 20, &err))
        fail_msg("%s: %s", path, err.what);
    return out;
}

struct bx_form *forms_read(const char *edition, const char *section)
{
    struct bx_arena arena = {0};
    struct bx_form *form = NULL;
    struct bx_err err = {0};
    const char *path = bx_arena_printf(&arena, LAYOUTS "/forms/%s/%s.xml", edition, section);
    if (!bx_form_read(&form, LAYOUTS, path, &err))
        fail_msg("%s %s: %s", err.file, err.where, err.what);
    bx_arena_fini(&arena);
    return form;
}

struct bx_buf forms_edit(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    if (!at)
        fail_msg("the file has no %s", from);
    struct bx_buf out = {0};
    bx_buf_add(&out, text, (size_t)(at - text));
    bx_buf_add_text(&out, to);
    bx_buf_add_text(&out, at + strlen(from));
    return out;
}

int forms_line_of(const char *text, const char *needle)
{
    const char *at = strstr(text, needle);
    if (!at)
        fail_msg("the file has no %s", needle);
    int line = 1;
    for (const char *p = text; p < at; p++)
        line += *p == '\n';
    return line;
}

/* The reader of sets.txt: a line at a time, each with one meaning (the file's head tells them). */
#include "font/sets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

#define MAX_SIZE 1000000 /* bytes of the file */

struct reader {
    struct bx_char_sets *sets;
    struct bx_char_set *set; /* the one being read */
    const char *file;
    int line;
    struct bx_err *err;
};

static bool fail_line(const struct reader *reader, const char *what)
{
    char line[32];
    snprintf(line, sizeof(line), "line %d", reader->line);
    return bx_fail(reader->err, BX_E_LAYOUT, reader->file, line, "%s", what);
}

static bool close_set(const struct reader *reader)
{
    if (reader->set &&
        hb_set_get_population(reader->set->members) != (unsigned)reader->set->size)
        return fail_line(reader, "the set above does not have as many members as it says");
    return true;
}

static bool open_set(struct reader *reader, const char *text)
{
    struct bx_char_sets *sets = reader->sets;
    char *name;
    long size = strtol(text, &name, 10);
    if (size <= 0 || size > 0x110000 || *name != ' ' || name[1] == '\0')
        return fail_line(reader, "\"set\" needs a size and a name");
    if (!close_set(reader))
        return false;
    if (sets->count == sets->capacity)
        sets->items = bx_arena_grow(&sets->arena, sets->items, sets->count, &sets->capacity,
                                    sizeof(*sets->items));
    reader->set = &sets->items[sets->count++];
    *reader->set = (struct bx_char_set){
        .name = bx_arena_strndup(&sets->arena, name + 1, strlen(name + 1)),
        .size = (int)size,
        .members = hb_set_create(),
    };
    return true;
}

static bool take_in(const struct reader *reader, const char *name)
{
    for (int i = 0; i < reader->sets->count - 1; i++)
        if (strcmp(reader->sets->items[i].name, name) == 0) {
            hb_set_union(reader->set->members, reader->sets->items[i].members);
            return true;
        }
    return fail_line(reader, "there is no such set above");
}

static bool add_range(const struct reader *reader, const char *text)
{
    unsigned first, last;
    int end = 0;
    if (sscanf(text, "U+%6X..U+%6X%n", &first, &last, &end) != 2 || text[end] != '\0' ||
        first > last || last > 0x10FFFF)
        return fail_line(reader, "a range looks like U+4E00..U+9FA5");
    hb_set_add_range(reader->set->members, first, last);
    return true;
}

static bool read_line(struct reader *reader, const char *line)
{
    if (*line == '\0' || *line == '#')
        return true;
    if (strncmp(line, "set ", 4) == 0)
        return open_set(reader, line + 4);
    if (!reader->set)
        return fail_line(reader, "the first line must begin a set");
    if (strncmp(line, "source ", 7) == 0)
        return true;
    if (strncmp(line, "with ", 5) == 0)
        return take_in(reader, line + 5);
    if (strncmp(line, "U+", 2) == 0)
        return add_range(reader, line);
    int len = (int)strlen(line);
    for (int at = 0; at < len;)
        hb_set_add(reader->set->members, bx_utf8_next(line, &at));
    return true;
}

static bool read_lines(struct reader *reader, struct bx_buf *text)
{
    if (text->len == 0 || strlen(text->data) != text->len ||
        bx_utf8_valid_len(text->data, text->len) != text->len)
        return fail_line(reader, "the file is not UTF-8 text");
    for (char *line = text->data; line;) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        reader->line++;
        if (!read_line(reader, line))
            return false;
        line = end ? end + 1 : NULL;
    }
    return close_set(reader);
}

bool bx_char_sets_read(struct bx_char_sets *out, const char *fonts_dir, struct bx_err *err)
{
    struct bx_char_sets sets = {0};
    struct bx_buf text = {0};
    struct reader reader = {
        .sets = &sets,
        .file = bx_arena_printf(&sets.arena, "%s/sets.txt", fonts_dir),
        .err = err,
    };
    bool is_read =
        bx_file_read(&text, reader.file, MAX_SIZE, err) && read_lines(&reader, &text);
    bx_buf_fini(&text);
    if (is_read)
        *out = sets;
    else
        bx_char_sets_fini(&sets);
    return is_read;
}

void bx_char_sets_fini(struct bx_char_sets *sets)
{
    for (int i = 0; i < sets->count; i++)
        hb_set_destroy(sets->items[i].members);
    bx_arena_fini(&sets->arena);
    *sets = (struct bx_char_sets){0};
}

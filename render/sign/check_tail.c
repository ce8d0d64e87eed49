#include <string.h>

#include "sign/check_work.h"
#include "sign/source_work.h"

/* Whether the bytes behind a signature are revisions and nothing else.
 *
 * A strict reader follows the cross-reference and never sees what it does not lead to; a lenient one
 * searches the file for objects when something seems broken, and then shows what was hidden there
 * (incremental saving attacks without cross-reference). So each revision is walked byte by byte: objects
 * that its own cross-reference leads to, that cross-reference, the words of its end. */

enum {
    ENDS_MOST = 256, /* "%%EOF" that are tried for one revision: attached files may hold some */
};

static void skip_white(struct bx_span *rest)
{
    while (rest->len > 0 && memchr("\0\t\n\f\r ", *rest->at, 6)) {
        rest->at++;
        rest->len--;
    }
}

static bool take_bytes(struct bx_span *rest, const char *bytes)
{
    size_t len = strlen(bytes);
    bool is_there = rest->len >= len && memcmp(rest->at, bytes, len) == 0;
    if (is_there) {
        rest->at += len;
        rest->len -= len;
    }
    return is_there;
}

/* White space, and comments that cannot be taken for an object. */
static void skip_between(struct bx_span *rest)
{
    for (;;) {
        skip_white(rest);
        if (rest->len == 0 || *rest->at != '%')
            return;
        struct bx_span line = *rest;
        while (line.len > 0 && *line.at != '\n' && *line.at != '\r') {
            if (line.len >= 3 && memcmp(line.at, "obj", 3) == 0)
                return;
            line.at++;
            line.len--;
        }
        *rest = line;
    }
}

/* The objects from `at` to the newest section; each is one that the section leads to. */
static bool walk_objects(struct bx_source *source, size_t *at)
{
    const struct bx_section *section = &source->sections[0];
    for (;;) {
        struct bx_span rest = {source->file.at + *at, source->file.len - *at};
        skip_between(&rest);
        *at = source->file.len - rest.len;
        if (*at >= section->at)
            return *at == section->at;
        int number;
        size_t end = bx_source_object_end(source, *at, &number);
        if (end == 0 || number >= source->place_count ||
            source->places[number].kind != BX_PLACE_PLAIN || source->places[number].at != *at)
            return false;
        *at = end;
    }
}

/* The section itself, and startxref with its place. */
static bool walk_end(struct bx_source *source, size_t at)
{
    const struct bx_section *section = &source->sections[0];
    int number;
    size_t end =
        section->is_stream
            ? bx_source_object_end(source, at, &number)
            : (size_t)(section->trailer.span.at + section->trailer.span.len - source->file.at);
    if (end == 0)
        return false;
    struct bx_span rest = {source->file.at + end, source->file.len - end};
    skip_between(&rest);
    if (!take_bytes(&rest, "startxref"))
        return false;
    struct bx_value place = bx_value_next_plain(&rest);
    skip_white(&rest);
    if (place.kind != BX_VALUE_INT || (size_t)place.number != section->at ||
        !take_bytes(&rest, "%%EOF"))
        return false;
    skip_white(&rest);
    return rest.len == 0;
}

/* The file up to `end` ends with a revision that begins at `at`. */
static bool is_revision(struct bx_span file, size_t at, size_t end)
{
    struct bx_source source;
    struct bx_err err = {0};
    bool is_one = bx_source_read(&source, file.at, end, &err) && source.sections[0].at >= at &&
                  walk_objects(&source, &at) && walk_end(&source, at);
    bx_source_fini(&source);
    return is_one;
}

/* Where the revision that begins at `at` ends, 0 when there is none. */
static size_t find_end(struct bx_span file, size_t at)
{
    int tries = 0;
    for (size_t i = at; i + 5 <= file.len && tries < ENDS_MOST; i++) {
        if (memcmp(file.at + i, "%%EOF", 5) != 0)
            continue;
        size_t end = i + 5;
        end += end < file.len && file.at[end] == '\r';
        end += end < file.len && file.at[end] == '\n';
        tries++;
        if (is_revision(file, at, end))
            return end;
    }
    return 0;
}

bool bx_check_is_revisions(struct bx_span file, size_t from)
{
    while (from < file.len) {
        from = find_end(file, from);
        if (from == 0)
            return false;
    }
    return true;
}

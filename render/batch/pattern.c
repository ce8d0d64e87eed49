/* Values come from files that anyone may have written, patterns from the user. So a value is
 * cleaned until it cannot leave its folder or hide, and the pattern may hold slashes, but no way
 * up. C1 control characters (U+0080 to U+009F) count as control characters too: a terminal that
 * lists the folder would obey them. */
#include "batch/pattern.h"

#include <string.h>

#include "base/buf.h"

static const char year_place[] = "{year}";
static const char organ_place[] = "{organ}";

static bool is_at(const char *at, const char *place)
{
    return strncmp(at, place, strlen(place)) == 0;
}

bool bx_pattern_is_valid(const char *pattern)
{
    for (const char *at = pattern; *at; at++)
        if (*at == '{' && !is_at(at, year_place) && !is_at(at, organ_place))
            return false;
    return true;
}

bool bx_pattern_is_inside(const char *pattern)
{
    if (pattern[0] == '/' || pattern[0] == '\0' || pattern[strlen(pattern) - 1] == '/')
        return false;
    for (const char *at = pattern; at; at = strchr(at, '/')) {
        at += *at == '/';
        size_t len = strcspn(at, "/");
        if (len == 2 && at[0] == '.' && at[1] == '.')
            return false;
    }
    return true;
}

static void add_value(struct bx_buf *out, const char *text, int len)
{
    for (int i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool is_c1 = byte == 0xC2 && i + 1 < len && (unsigned char)text[i + 1] < 0xA0;
        if (byte < 0x20 || byte == 0x7F || byte == '/' || is_c1 || (byte == '.' && i == 0))
            bx_buf_add_byte(out, '_');
        else
            bx_buf_add_byte(out, text[i]);
        i += is_c1;
    }
}

const char *bx_pattern_fill(struct bx_arena *arena,
                            const char *pattern,
                            const struct bx_pattern_values *values)
{
    struct bx_buf out = {0};
    for (const char *at = pattern; *at;) {
        if (is_at(at, year_place)) {
            add_value(&out, values->year, values->year_len);
            at += strlen(year_place);
        } else if (is_at(at, organ_place)) {
            add_value(&out, values->organ, values->organ_len);
            at += strlen(organ_place);
        } else {
            bx_buf_add_byte(&out, *at++);
        }
    }
    const char *name = bx_arena_strndup(arena, out.data ? out.data : "", out.len);
    bx_buf_fini(&out);
    return name;
}

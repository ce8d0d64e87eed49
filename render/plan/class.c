#include "plan/class.h"

#include <stddef.h>

struct range {
    uint32_t first, last;
    enum bx_class class;
};

static const struct range ranges[] = {
#include "classes.inc"
};

/* The lowest level at which a line may not start or end with a class; NEVER_FORBIDDEN when it
 * always may.
 *
 * Source  CLREQ "prohibition rules for line start and line end", levels basic, GB, strict;
 *         GB/T 15834-2011 5.1.1-5.1.9. Latin marks follow their full-width kin. */
enum {
    BASIC = BX_BREAK_BASIC,
    GB = BX_BREAK_GB,
    STRICT = BX_BREAK_STRICT,
    NEVER_FORBIDDEN = 9,
};

static const struct {
    const char *name;
    int no_start, no_end;
} edges[BX_CLASS_COUNT] = {
    [BX_CLASS_HAN] = {"HAN", NEVER_FORBIDDEN, NEVER_FORBIDDEN},
    [BX_CLASS_OPEN] = {"OP", NEVER_FORBIDDEN, BASIC},
    [BX_CLASS_CLOSE] = {"CL", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_COMMA] = {"CM", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_COLON] = {"SC", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_STOP] = {"PD", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_EXCLAIM] = {"EX", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_MIDDLE_DOT] = {"MD", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_DASH] = {"DS", STRICT, NEVER_FORBIDDEN},
    [BX_CLASS_ELLIPSIS] = {"EL", STRICT, NEVER_FORBIDDEN},
    [BX_CLASS_CONNECTOR] = {"CO", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_SOLIDUS] = {"SO", BASIC, GB},
    [BX_CLASS_PREFIX] = {"PR", NEVER_FORBIDDEN, NEVER_FORBIDDEN},
    [BX_CLASS_POSTFIX] = {"PO", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_SYMBOL] = {"SY", NEVER_FORBIDDEN, NEVER_FORBIDDEN},
    [BX_CLASS_ITERATION] = {"IT", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_NONSTARTER] = {"NS", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_RAISED] = {"RA", BX_BREAK_NONE, NEVER_FORBIDDEN},
    [BX_CLASS_LATIN] = {"LAT", NEVER_FORBIDDEN, NEVER_FORBIDDEN},
    [BX_CLASS_LATIN_SYMBOL] = {"LSY", NEVER_FORBIDDEN, NEVER_FORBIDDEN},
    [BX_CLASS_DIGIT] = {"NUM", NEVER_FORBIDDEN, NEVER_FORBIDDEN},
    [BX_CLASS_LATIN_OPEN] = {"LOP", NEVER_FORBIDDEN, BASIC},
    [BX_CLASS_LATIN_CLOSE] = {"LCL", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_SPACE] = {"SP", BX_BREAK_NONE, NEVER_FORBIDDEN},
    [BX_CLASS_IDEO_SPACE] = {"ISP", BASIC, NEVER_FORBIDDEN},
    [BX_CLASS_GLUE] = {"GL", BX_BREAK_NONE, BX_BREAK_NONE},
    [BX_CLASS_ZERO_WIDTH] = {"ZW", BX_BREAK_NONE, NEVER_FORBIDDEN},
    [BX_CLASS_BREAK] = {"BK", BX_BREAK_NONE, NEVER_FORBIDDEN},
    [BX_CLASS_MARK] = {"CB", BX_BREAK_NONE, NEVER_FORBIDDEN},
};

enum bx_class bx_class_of(uint32_t code_point)
{
    if (code_point >= 0x4E00 && code_point <= 0x9FFF)
        return BX_CLASS_HAN; /* nearly every character of a report */
    size_t low = 0, high = sizeof(ranges) / sizeof(*ranges) - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code_point > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return ranges[low].class;
}

const char *bx_class_name(enum bx_class c)
{
    return edges[c].name;
}

bool bx_class_may_start(enum bx_class c, enum bx_break_level level)
{
    return (int)level < edges[c].no_start;
}

bool bx_class_may_end(enum bx_class c, enum bx_break_level level)
{
    return (int)level < edges[c].no_end;
}

bool bx_class_has_left_blank(enum bx_class c)
{
    return c == BX_CLASS_OPEN;
}

bool bx_class_has_right_blank(enum bx_class c)
{
    return c == BX_CLASS_CLOSE || c == BX_CLASS_COMMA || c == BX_CLASS_COLON ||
           c == BX_CLASS_STOP || c == BX_CLASS_EXCLAIM;
}

bool bx_class_is_word(enum bx_class c)
{
    return c == BX_CLASS_LATIN || c == BX_CLASS_DIGIT;
}

bool bx_class_is_latin(enum bx_class c)
{
    return bx_class_is_word(c) || c == BX_CLASS_LATIN_SYMBOL || c == BX_CLASS_LATIN_OPEN ||
           c == BX_CLASS_LATIN_CLOSE;
}

void bx_class_dump(struct bx_buf *out)
{
    for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
        bx_buf_printf(out, "%04X..%04X %s\n", (unsigned)ranges[i].first,
                      (unsigned)ranges[i].last, edges[ranges[i].class].name);
}

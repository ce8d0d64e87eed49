/* LNG-07: private-use characters that GB 18030 has since given a code point, and radicals that
 * PDF extraction leaves in place of ideographs. The compatibility ideographs F900-FAFF are left
 * alone: normalising them would change names. Ranges instead of GLib's script property: the text
 * of a report must not change with the version of a library. */
#include "model/characters.h"

#include <stddef.h>

struct pair {
    uint32_t from, to;
};

#include "model/characters_table.h"

static bool is_in(uint32_t code, uint32_t first, uint32_t last)
{
    return first <= code && code <= last;
}

bool bx_char_is_han(uint32_t code)
{
    if (code < 0x2E80)
        return false;
    return is_in(code, 0x4E00, 0x9FFF) || is_in(code, 0x2E80, 0x2FDF) ||
           is_in(code, 0x3005, 0x3007) || is_in(code, 0x3021, 0x3029) ||
           is_in(code, 0x3400, 0x4DBF) || is_in(code, 0xF900, 0xFAFF) ||
           is_in(code, 0xFF10, 0xFF19) || is_in(code, 0xFF21, 0xFF3A) ||
           is_in(code, 0xFF41, 0xFF5A) || is_in(code, 0x20000, 0x3FFFF);
}

bool bx_char_is_chinese_mark(uint32_t code)
{
    return is_in(code, 0x3001, 0x3003) || is_in(code, 0x3008, 0x3020) ||
           is_in(code, 0xFE10, 0xFE19) || is_in(code, 0xFE30, 0xFE4F) ||
           is_in(code, 0xFF01, 0xFF0F) || is_in(code, 0xFF1A, 0xFF20) ||
           is_in(code, 0xFF3B, 0xFF40) || is_in(code, 0xFF5B, 0xFF65);
}

bool bx_char_is_shared_mark(uint32_t code)
{
    return is_in(code, 0x2018, 0x2019) || is_in(code, 0x201C, 0x201D) || code == 0x2014 ||
           code == 0x2026 || code == 0x00B7;
}

bool bx_char_is_digit(uint32_t code)
{
    return is_in(code, '0', '9');
}

bool bx_char_is_letter(uint32_t code)
{
    return is_in(code, 'A', 'Z') || is_in(code, 'a', 'z');
}

bool bx_char_is_space(uint32_t code)
{
    return code == 0x20 || code == 0xA0;
}

bool bx_char_is_private(uint32_t code)
{
    return is_in(code, 0xE000, 0xF8FF) || code >= 0xF0000;
}

uint32_t bx_char_map(uint32_t code)
{
    size_t low = 0, high = sizeof(pairs) / sizeof(pairs[0]);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pairs[middle].from < code)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_found = low < sizeof(pairs) / sizeof(pairs[0]) && pairs[low].from == code;
    return is_found ? pairs[low].to : code;
}

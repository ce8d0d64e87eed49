/* Decimals are read as whole numbers of millionths: no floating point, no locale. */
#include "layout/xml_value.h"

#include <string.h>

enum {
    MILLION = 1000000,
    DIGITS_MAX = 9, /* before the point; a million of millionths of it fits 64 bits */
    DECIMALS_MAX = 6,
    EM_MAX = 1000,
    SHARE_MAX = 1000, /* per cent */
};

static bool fail_value(const struct bx_xml_place *place, const char *name, const char *due)
{
    const char *value = bx_xml_find_attr(place->node, name);
    return bx_xml_fail(place->xml, place->node, place->err, "<%s %s=\"%.40s\">: %s is due",
                       place->node->name, name, value ? value : "", due);
}

/* Reads "-12.5mm" as -12500000 and "mm". */
static bool read_decimal(int64_t *out, const char **unit, const char *text)
{
    bool is_negative = *text == '-';
    text += *text == '-' || *text == '+';
    size_t whole = strspn(text, "0123456789");
    if (whole == 0 || whole > DIGITS_MAX)
        return false;
    int64_t value = 0;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (text[i] - '0');
    text += whole;
    value *= MILLION;
    if (*text == '.') {
        size_t decimals = strspn(++text, "0123456789");
        if (decimals == 0 || decimals > DECIMALS_MAX)
            return false;
        int64_t step = MILLION;
        for (size_t i = 0; i < decimals; i++)
            value += (text[i] - '0') * (step /= 10);
        text += decimals;
    }
    *out = is_negative ? -value : value;
    *unit = text;
    return true;
}

/* Half away from zero. */
static int64_t divide_rounded(int64_t value, int64_t by)
{
    return (value + (value < 0 ? -by / 2 : by / 2)) / by;
}

bool bx_xml_len(bx_len *out, const struct bx_xml_place *place, const char *name)
{
    const char *text = bx_xml_find_attr(place->node, name), *unit;
    int64_t value;
    if (!text)
        return true;
    if (!read_decimal(&value, &unit, text))
        return fail_value(place, name, "a length in mm or pt");
    int64_t um = divide_rounded(value, 1000);
    if (strcmp(unit, "mm") == 0 && -BX_UM_MAX <= um && um <= BX_UM_MAX) {
        *out = bx_len_from_um((int32_t)um);
        return true;
    }
    if (strcmp(unit, "pt") != 0)
        return fail_value(place, name, "a length in mm or pt");
    int64_t len = divide_rounded(value * BX_PT, MILLION);
    int64_t most = bx_len_from_um(BX_UM_MAX);
    if (len < -most || len > most)
        return fail_value(place, name, "a length in mm or pt");
    *out = (bx_len)len;
    return true;
}

/* A number with this unit, in thousandths. */
static bool read_1000(int *out,
                      const struct bx_xml_place *place,
                      const char *name,
                      const char *unit,
                      int per_unit,
                      int most,
                      const char *due)
{
    const char *text = bx_xml_find_attr(place->node, name), *rest;
    int64_t value;
    if (!text)
        return true;
    if (!read_decimal(&value, &rest, text) || strcmp(rest, unit) != 0 ||
        value > (int64_t)most * MILLION || value < -(int64_t)most * MILLION)
        return fail_value(place, name, due);
    *out = (int)divide_rounded(value * per_unit, MILLION);
    return true;
}

bool bx_xml_em1000(int *out, const struct bx_xml_place *place, const char *name)
{
    return read_1000(out, place, name, "em", 1000, EM_MAX, "a length in em");
}

bool bx_xml_share1000(int *out, const struct bx_xml_place *place, const char *name)
{
    return read_1000(out, place, name, "%", 10, SHARE_MAX, "a share in %");
}

bool bx_xml_int(
    int *out, const struct bx_xml_place *place, const char *name, int least, int most)
{
    const char *text = bx_xml_find_attr(place->node, name), *rest;
    int64_t value;
    if (!text)
        return true;
    if (!read_decimal(&value, &rest, text) || *rest || strchr(text, '.') ||
        value < (int64_t)least * MILLION || value > (int64_t)most * MILLION)
        return bx_xml_fail(place->xml, place->node, place->err,
                           "<%s %s=\"%.40s\">: a whole number from %d to %d is due",
                           place->node->name, name, text, least, most);
    *out = (int)(value / MILLION);
    return true;
}

bool bx_xml_word(int *out,
                 const struct bx_xml_place *place,
                 const char *name,
                 const char *const *words)
{
    const char *text = bx_xml_find_attr(place->node, name);
    if (!text)
        return true;
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return true;
        }
    return fail_value(place, name, "another word");
}

bool bx_xml_bool(bool *out, const struct bx_xml_place *place, const char *name)
{
    static const char *const words[] = {"no", "yes", NULL};
    int i = *out;
    bool is_done = bx_xml_word(&i, place, name, words);
    *out = i == 1;
    return is_done;
}

static int read_hex_digit(char digit)
{
    if ('0' <= digit && digit <= '9')
        return digit - '0';
    if ('A' <= digit && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

bool bx_xml_colour(struct bx_colour *out, const struct bx_xml_place *place, const char *name)
{
    const char *text = bx_xml_find_attr(place->node, name);
    int parts[3] = {0};
    if (!text)
        return true;
    bool is_good = strlen(text) == 7 && text[0] == '#';
    for (int i = 0; i < 6 && is_good; i++) {
        int digit = read_hex_digit(text[1 + i]);
        is_good = digit >= 0;
        parts[i / 2] = parts[i / 2] * 16 + digit;
    }
    if (!is_good)
        return fail_value(place, name, "a colour like #RRGGBB, in capitals,");
    *out = (struct bx_colour){
        .is_gray = parts[0] == parts[1] && parts[1] == parts[2],
        .r = (int16_t)((parts[0] * 1000 + 127) / 255),
        .g = (int16_t)((parts[1] * 1000 + 127) / 255),
        .b = (int16_t)((parts[2] * 1000 + 127) / 255),
    };
    return true;
}

void bx_xml_string(const char **out,
                   const struct bx_xml_place *place,
                   const char *name,
                   struct bx_arena *arena)
{
    const char *text = bx_xml_find_attr(place->node, name);
    if (text)
        *out = bx_arena_strndup(arena, text, strlen(text));
}

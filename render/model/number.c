/* School arithmetic in decimal digits.
 *
 * Figures of reports are given digit for digit, with up to 64 digits; a double holds 15 and an
 * int64 18. Addition by columns is exact, has one width for all, and is quick enough by far: a
 * report has a few hundred sums. */
#include "model/number.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

static bool is_digit(char c)
{
    return '0' <= c && c <= '9';
}

/* What follows digits, with a fraction if it may have one; NULL when there is no number. */
static const char *skip_decimal(const char *text, bool has_fraction)
{
    if (!is_digit(*text))
        return NULL;
    while (is_digit(*text))
        text++;
    if (!has_fraction || *text != '.')
        return text;
    if (!is_digit(*++text))
        return NULL;
    while (is_digit(*text))
        text++;
    return text;
}

bool bx_number_suits(const char *text, enum bx_value_kind kind)
{
    static const char *const units[] = {"", "元", "万元", "亿元"};
    const char *rest = NULL;
    switch (kind) {
    case BX_VALUE_COUNT:
        rest = skip_decimal(text, false);
        return rest && *rest == '\0';
    case BX_VALUE_SIGNED:
        rest = skip_decimal(text + (*text == '+' || *text == '-'), false);
        return rest && *rest == '\0';
    case BX_VALUE_AMOUNT:
        rest = skip_decimal(text, true);
        return rest && *rest == '\0';
    case BX_VALUE_AMOUNT_UNIT:
        rest = skip_decimal(text, true);
        for (size_t i = 0; rest && i < sizeof(units) / sizeof(units[0]); i++)
            if (strcmp(rest, units[i]) == 0)
                return true;
        return false;
    }
    return false;
}

/* The digits of a number without its point and its trailing noughts: value * 10^scale. */
struct decimal {
    int value;
    int scale;
};

/* One digit behind the others; noughts wait until a digit other than nought follows. */
static bool add_digit(struct decimal *decimal, int *noughts, int digit)
{
    enum {
        VALUE_MAX = 100000000
    };
    if (digit == 0) {
        *noughts += 1;
        return true;
    }
    if (decimal->value == 0)
        *noughts = 0; /* leading ones */
    for (; *noughts >= 0; *noughts -= 1) {
        if (decimal->value > VALUE_MAX / 10)
            return false;
        decimal->value *= 10;
    }
    *noughts = 0;
    decimal->value += digit;
    return true;
}

static int read_exponent(const char *text)
{
    enum {
        EXPONENT_MAX = 1000000
    };
    bool is_negative = *text == '-';
    int exponent = 0;
    for (text += *text == '+' || *text == '-'; is_digit(*text); text++)
        if (exponent < EXPONENT_MAX)
            exponent = exponent * 10 + (*text - '0');
    return is_negative ? -exponent : exponent;
}

bool bx_number_whole(const char *text, int *out)
{
    enum {
        SCALE_MAX = 9
    };
    struct decimal decimal = {0};
    bool is_negative = *text == '-', is_fraction = false;
    int noughts = 0;
    for (text += is_negative; is_digit(*text) || *text == '.'; text++) {
        is_fraction |= *text == '.';
        if (*text == '.')
            continue;
        decimal.scale -= is_fraction;
        if (!add_digit(&decimal, &noughts, *text - '0'))
            return false;
    }
    decimal.scale += noughts;
    if (*text == 'e' || *text == 'E')
        decimal.scale += read_exponent(text + 1);
    if (decimal.value == 0)
        decimal.scale = 0;
    if (decimal.scale < 0 || decimal.scale > SCALE_MAX)
        return false;
    int64_t value = decimal.value;
    for (int i = 0; i < decimal.scale; i++)
        value *= 10;
    if (value > INT32_MAX)
        return false;
    *out = (int)(is_negative ? -value : value);
    return true;
}

/* -1, 0 or 1 as the left size is smaller, equal or larger; signs do not count. */
static int compare_sizes(const struct bx_sum *left, const struct bx_sum *right)
{
    int order = memcmp(left->digits, right->digits, sizeof(left->digits));
    return (order > 0) - (order < 0);
}

static bool is_zero(const struct bx_sum *sum)
{
    struct bx_sum zero = {0};
    return compare_sizes(sum, &zero) == 0;
}

static void add_sizes(struct bx_sum *sum, const struct bx_sum *addend)
{
    int carry = 0;
    for (int i = BX_SUM_DIGITS - 1; i >= 0; i--) {
        int digit = sum->digits[i] + addend->digits[i] + carry;
        carry = digit / 10;
        sum->digits[i] = (signed char)(digit % 10);
    }
}

/* sum = larger - smaller, in size. */
static void
subtract_sizes(struct bx_sum *sum, const struct bx_sum *larger, const struct bx_sum *smaller)
{
    int borrow = 0;
    for (int i = BX_SUM_DIGITS - 1; i >= 0; i--) {
        int digit = larger->digits[i] - smaller->digits[i] - borrow;
        borrow = digit < 0;
        sum->digits[i] = (signed char)(digit + 10 * borrow);
    }
}

/* Reads [+-]digits[.digits]; false when something else follows. */
static bool read_number(struct bx_sum *out, const char *text)
{
    *out = (struct bx_sum){.is_negative = *text == '-'};
    text += *text == '+' || *text == '-';
    const char *end = skip_decimal(text, true);
    if (!end || *end != '\0' || end - text > BX_NUMBER_DIGITS_MAX)
        return false;
    int whole = (int)strspn(text, "0123456789");
    for (int i = 0; i < whole; i++)
        out->digits[BX_SUM_INTEGERS - whole + i] = (signed char)(text[i] - '0');
    for (int i = 0; text[whole] == '.' && text[whole + 1 + i]; i++)
        out->digits[BX_SUM_INTEGERS + i] = (signed char)(text[whole + 1 + i] - '0');
    return true;
}

bool bx_sum_add(struct bx_sum *sum, const char *text, int sign)
{
    struct bx_sum addend;
    if (!read_number(&addend, text))
        return false;
    if (sign < 0)
        addend.is_negative = !addend.is_negative;
    if (sum->is_negative == addend.is_negative) {
        add_sizes(sum, &addend);
    } else if (compare_sizes(sum, &addend) >= 0) {
        subtract_sizes(sum, sum, &addend);
    } else {
        subtract_sizes(&addend, &addend, sum);
        *sum = addend;
    }
    if (is_zero(sum))
        sum->is_negative = false;
    return true;
}

bool bx_sum_is_equal(const struct bx_sum *left, const struct bx_sum *right)
{
    return left->is_negative == right->is_negative && compare_sizes(left, right) == 0;
}

const char *bx_sum_text(struct bx_arena *arena, const struct bx_sum *sum)
{
    int first = 0, last = BX_SUM_DIGITS - 1;
    while (first < BX_SUM_INTEGERS - 1 && sum->digits[first] == 0)
        first++;
    while (last >= BX_SUM_INTEGERS && sum->digits[last] == 0)
        last--;
    struct bx_buf out = {0};
    bx_buf_add_text(&out, sum->is_negative ? "-" : "");
    for (int i = first; i <= last; i++) {
        if (i == BX_SUM_INTEGERS)
            bx_buf_add_byte(&out, '.');
        bx_buf_add_byte(&out, (char)('0' + sum->digits[i]));
    }
    const char *text = bx_arena_strndup(arena, out.data, out.len);
    bx_buf_fini(&out);
    return text;
}

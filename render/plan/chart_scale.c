/* A figure has up to 16 digits on either side of its point, a place on the page 20 bits: twelve
 * digits, counted from the largest figure's first, are more than a chart can show, and their
 * product with a length fits 64 bits. All are whole numbers of the smallest unit that some figure
 * is given in, so a step is never finer than the figures: counts get whole steps. */
#include "plan/chart_scale.h"

#include <assert.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

static int count_whole(const char *text)
{
    return (int)strcspn(text + (*text == '-'), ".");
}

static int count_decimals(const char *text)
{
    const char *point = strchr(text, '.');
    return point ? (int)strlen(point + 1) : 0;
}

/* A place below all others, that can still be counted down from. */
static const int NO_LEAD = INT_MIN + BX_SCALE_DIGITS;

/* One above the place of the first digit that is not 0; of nothing but noughts NO_LEAD. */
static int lead_of(const char *text)
{
    text += *text == '-';
    size_t whole = strcspn(text, "."), first = strspn(text, "0.");
    bool is_decimal = memchr(text, '.', first) != NULL;
    return text[first] == '\0' ? NO_LEAD : (int)whole - (int)first + is_decimal;
}

/* The digit at 10^place; 0 where none is written. */
static int digit_at(const char *text, int place)
{
    text += *text == '-';
    int whole = (int)strcspn(text, "."), len = (int)strlen(text);
    int at = place >= 0 ? whole - 1 - place : whole - place;
    return 0 <= at && at < len ? text[at] - '0' : 0;
}

/* Rounded half away from zero. */
static int64_t read_figure(const char *text, int exponent)
{
    int64_t value = 0;
    for (int place = count_whole(text) - 1; place >= exponent; place--)
        value = value * 10 + digit_at(text, place);
    if (digit_at(text, exponent - 1) >= 5)
        value++;
    return text[0] == '-' ? -value : value;
}

void bx_figures_read(struct bx_figures *out,
                     struct bx_arena *arena,
                     const char *const *texts,
                     int count)
{
    int lead = NO_LEAD, decimals = 0;
    for (int i = 0; i < count; i++) {
        if (!texts[i])
            continue;
        lead = lead_of(texts[i]) > lead ? lead_of(texts[i]) : lead;
        decimals = count_decimals(texts[i]) > decimals ? count_decimals(texts[i]) : decimals;
    }
    int coarse = lead - BX_SCALE_DIGITS, fine = -decimals;
    *out = (struct bx_figures){
        .items = BX_NEW_ARRAY(arena, int64_t, (size_t)count),
        .count = count,
        .exponent = coarse > fine ? coarse : fine,
    };
    for (int i = 0; i < count; i++)
        out->items[i] = texts[i] ? read_figure(texts[i], out->exponent) : 0;
}

/* How many steps reach `value`, which is not negative. */
static int64_t steps_to(int64_t value, int64_t step)
{
    return (value + step - 1) / step;
}

void bx_scale_build(struct bx_scale *out, const struct bx_figures *figures, int steps)
{
    assert(steps >= 2); /* one on either side of 0 */
    int64_t low = 0, high = 0;
    for (int i = 0; i < figures->count; i++) {
        low = figures->items[i] < low ? figures->items[i] : low;
        high = figures->items[i] > high ? figures->items[i] : high;
    }
    if (low == 0 && high == 0)
        high = 1;
    int64_t step = 1, ten = 1; /* the power of ten that the step is 1, 2 or 5 of */
    while (steps_to(high, step) + steps_to(-low, step) > steps) {
        step = step == 2 * ten ? 5 * ten : 2 * step;
        ten = step == 10 * ten ? step : ten;
    }
    *out = (struct bx_scale){
        .low = -steps_to(-low, step) * step,
        .high = steps_to(high, step) * step,
        .step = step,
        .exponent = figures->exponent,
    };
}

bx_len bx_scale_at(const struct bx_scale *scale, int64_t value, bx_len length)
{
    int64_t range = scale->high - scale->low;
    return (bx_len)(((value - scale->low) * length + range / 2) / range);
}

const char *bx_scale_text(struct bx_arena *arena, const struct bx_scale *scale, int64_t value)
{
    const char *sign = value < 0 ? "-" : "";
    int64_t size = value < 0 ? -value : value, step = scale->step;
    int exponent = scale->exponent;
    for (; step % 10 == 0; exponent++, step /= 10)
        size /= 10; /* a multiple of the step, so its noughts are there too */
    if (size == 0 || exponent == 0)
        return bx_arena_printf(arena, "%s%lld", sign, (long long)size);
    if (exponent > 0)
        return bx_arena_printf(arena, "%s%lld%0*d", sign, (long long)size, exponent, 0);
    int64_t one = 1;
    for (int i = 0; i < -exponent; i++)
        one *= 10;
    return bx_arena_printf(arena, "%s%lld.%0*lld", sign, (long long)(size / one), -exponent,
                           (long long)(size % one));
}
